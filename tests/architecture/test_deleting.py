"""Nobody can delete a formal record by a role: rows go in listed places alone.

In one of them a formal record goes: when its period has ended and two people say so (PER-14; REC-10).
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from sightline.core.access import Permission

from .test_house import PACKAGE, name_of, sources

# Where rows are deleted at all, each by its function, and what they are. A formal record is among them in one place.
DELETES = {
    "sightline/intelligence/keeping.py:take_back": "the copy of a file that was not kept after all",
    "sightline/intelligence/operations/_taking_in_editions.py": "questions about names that a newer edition answered",
    "sightline/intelligence/operations/_sightings.py": "what is worked out from items, to be worked out again",
    "sightline/intelligence/operations/_drafts.py": "an unsent draft, by whoever began it",
    "sightline/intelligence/operations/_writing.py": "drafts of what was sent",
    "sightline/risks/operations/_now.py": "lines worked out from risks, to be worked out again",
    "sightline/directory/operations/_derived.py": "relations worked out from others",
    "sightline/accounts/operations.py": "the second factors of somebody who lost theirs",
    "sightline/records/operations/_disposing.py": "what is past its period, by two people, with a certificate",
    "sightline/publication/operations/following.py": "addresses of the public that are not to be told any more",
}
# Tables that hold what the others rest on, by the records of the retention schedule and what is said in them.
FORMAL = {
    "meetings": {"Meeting", "MeetingStep", "AgendaItem", "NotePassage", "NoteAgreement", "AgreedPassage", "ItemOutcome"},
    "publication": {"KeyPoints", "KeyPoint", "Clearance", "Release", "Edition"},
    "reports": {"Report", "ReportVersion", "ReportLine", "Gathering", "Sending", "Receipt"},
    "surveillance": {"LevelProposal", "LevelDecision"},
    "risks": {"Risk", "RiskStatement", "RiskScore", "RiskEnding"},
    "improvement": {"Plan", "PlanVersion", "PlanEnding", "RapidReview", "RapidFinding", "RapidEnding"},
    "records": {"Hold", "HoldLifting", "Disposal", "DisposalAnswer", "DisposalSubject"},
    "audit": {"Event"},
}  # fmt: skip
DERIVED = {"RiskNow", "RegisterLine"}  # worked out from risks, and made again at any time


def _deleting(path: Path) -> list[int]:
    """The lines of a file on which rows are deleted, by the ORM or in SQL."""
    tree = ast.parse(path.read_text())
    calls = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"delete", "_raw_delete"}
    ]
    words = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.strip().upper().startswith(("DELETE FROM", "TRUNCATE "))
    ]
    return calls + words


@pytest.mark.requirement("PER-14", "REC-10")
def test_rows_are_deleted_in_listed_places_alone() -> None:
    listed = {place.partition(":")[0] for place in DELETES}
    found = {name_of(path) for path in sources(PACKAGE) if _deleting(path)}
    assert found == listed


@pytest.mark.requirement("PER-14", "REC-10")
def test_a_place_that_deletes_names_no_formal_record() -> None:
    formal = {name for names in FORMAL.values() for name in names}
    for place in DELETES:
        path = PACKAGE.parent / place.partition(":")[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "delete":
                names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                assert not names & formal, f"{place} deletes {names & formal}"


@pytest.mark.requirement("PER-14", "REC-10")
def test_deleting_anything_else_never_takes_a_formal_record_with_it() -> None:
    for app, names in FORMAL.items():
        for name in names:
            for field in apps.get_model(app, name)._meta.get_fields():
                if isinstance(field, models.ForeignKey):
                    assert field.remote_field.on_delete is models.PROTECT, f"{name}.{field.name}"


@pytest.mark.requirement("PER-14")
def test_no_permission_is_one_to_delete() -> None:
    assert not [one for one in Permission if {"delete", "dispose", "destroy"} & set(one.value.split("_"))]

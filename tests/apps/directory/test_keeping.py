"""What people write into the directory: each operation allowed, refused with nothing changed, recorded once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sightline.audit.models import Event
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Commissioning, Identifier, Organisation, OrganisationFact, Relation, Subject
from sightline.directory.operations import (
    add_provider,
    add_subject,
    record_commissioning,
    record_fact,
    record_identifier,
    record_relation,
)
from sightline.directory.queries import find_organisation
from sightline.directory.words import FactKind, Kind, Link, Route, Scheme, Sector, SubjectKind
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
Given = dict[str, Any]


def _two() -> tuple[Organisation, Organisation]:
    return make.an_organisation("ZR1"), make.an_organisation("Q0A", kind=Kind.ICB)


def _provider() -> Given:
    return {"code": "zn9", "name": "Larch Clinic", "kind": Kind.INDEPENDENT_PROVIDER}


def _identifier() -> Given:
    return {"organisation": _two()[0], "scheme": Scheme.GSS, "value": "e99"}


def _relation() -> Given:
    origin, target = _two()
    return {"origin": origin, "link": Link.PART_OF, "target": target}


def _commissioning() -> Given:
    provider, commissioner = _two()
    return {"provider": provider, "service": "Maternity", "route": Route.NHS_ICB, "commissioner": commissioner}


def _fact() -> Given:
    return {
        "organisation": _two()[1],
        "kind": FactKind.QUALITY_LEAD,
        "value": "Chief nurse",
        "source": "Board, May 2026",
    }


CASES: list[tuple[str, Callable[..., Any], Callable[[], Given], Any]] = [
    ("add_subject", add_subject, lambda: {"kind": SubjectKind.PATHWAY, "name": "Stroke"}, Subject),
    ("add_provider", add_provider, _provider, Organisation),
    ("record_relation", record_relation, _relation, Relation),
    ("record_identifier", record_identifier, _identifier, Identifier),
    ("record_commissioning", record_commissioning, _commissioning, Commissioning),
    ("record_fact", record_fact, _fact, OrganisationFact),
]  # fmt: skip
_each = pytest.mark.parametrize(("name", "verb", "given", "model"), CASES, ids=[case[0] for case in CASES])


@_each
def test_whoever_keeps_the_directory_may_and_it_is_recorded_once(
    name: str, verb: Callable[..., Any], given: Callable[[], Given], model: Any
) -> None:
    arguments = given()
    before = model.objects.count()
    verb(by=make.KEEPER, at=make.AT, **arguments)
    assert model.objects.count() == before + 1
    assert Event.objects.get().verb == f"directory.{name}"


@_each
def test_an_onlooker_is_refused_and_nothing_changes(
    name: str, verb: Callable[..., Any], given: Callable[[], Given], model: Any
) -> None:
    arguments = given()
    before = model.objects.count()
    with pytest.raises(Refused):
        verb(by=make.ONLOOKER, at=make.AT, **arguments)
    assert model.objects.count() == before
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("verb", "given", "change", "says"),
    [
        (add_subject, CASES[0][2], {"name": "  "}, "Give the subject a name"),
        (add_subject, CASES[0][2], {"kind": SubjectKind.ORGANISATION}, "needs its organisation"),
        (add_provider, CASES[1][2], {"code": ""}, "Give the provider a code"),
        (record_relation, _relation, {"valid_from": date(2026, 4, 1), "valid_to": date(2026, 3, 1)}, "lies before"),
        (record_commissioning, _commissioning, {"service": ""}, "Name the service"),
        (record_fact, _fact, {"source": " "}, "Say where this is written"),
        (record_fact, _fact, {"kind": FactKind.OVERSIGHT_SEGMENT, "value": "seven"}, "number from 1 to 5"),
    ],
)
def test_what_cannot_be_used_is_answered_with_its_mend(
    verb: Callable[..., Any], given: Callable[[], Given], change: Given, says: str
) -> None:
    arguments = {**given(), **change}
    with pytest.raises(Invalid, match=says):
        verb(by=make.KEEPER, at=make.AT, **arguments)
    assert not Event.objects.exists()


@pytest.mark.requirement("ORG-08")
def test_a_provider_needs_no_contract_to_be_added() -> None:
    subject = add_provider(
        by=make.KEEPER,
        at=make.AT,
        code="ZN9",
        name="Larch Clinic",
        kind=Kind.INDEPENDENT_PROVIDER,
        sector=Sector.COMMUNITY,
    )
    assert (subject.key, subject.sector, subject.organisation.kind) == ("ZN9", "community", "independent_provider")
    assert not Commissioning.objects.exists()


def test_a_provider_is_not_added_twice() -> None:
    make.import_file(make.trusts_before())
    with pytest.raises(Invalid, match="ZR1 is in the directory already"):
        add_provider(by=make.KEEPER, at=make.AT, code="ZR1", name="Again", kind=Kind.NHS_TRUST)


def test_the_same_theme_is_not_added_twice() -> None:
    add_subject(by=make.KEEPER, at=make.AT, kind=SubjectKind.THEME, name="Sepsis")
    with pytest.raises(Invalid, match="such a subject already"):
        add_subject(by=make.KEEPER, at=make.AT, kind=SubjectKind.THEME, name=" sepsis ")


@pytest.mark.requirement("ORG-04")
def test_a_board_is_a_subject_beside_its_system() -> None:
    board = make.an_organisation("Q0A", kind=Kind.ICB)
    add_subject(by=make.KEEPER, at=make.AT, kind=SubjectKind.ICB, name="The board itself", organisation=board)
    assert set(board.subjects.values_list("kind", flat=True)) == {SubjectKind.SYSTEM, SubjectKind.ICB}


def test_a_code_written_down_finds_its_organisation() -> None:
    body = make.an_organisation("E40900001", kind=Kind.REGION)
    record_identifier(by=make.KEEPER, at=make.AT, organisation=body, scheme=Scheme.ODS, value="zy1")
    assert find_organisation("ZY1") == body


def test_a_code_of_another_is_refused() -> None:
    first, second = _two()
    record_identifier(by=make.KEEPER, at=make.AT, organisation=first, scheme=Scheme.ODS, value="ZZ1")
    with pytest.raises(Invalid, match="belongs to"):
        record_identifier(by=make.KEEPER, at=make.AT, organisation=second, scheme=Scheme.ODS, value="ZZ1")


def test_a_relation_told_again_with_its_last_day_is_ended() -> None:
    given = {**_relation(), "valid_from": date(2020, 4, 1)}
    record_relation(by=make.KEEPER, at=make.AT, **given)
    record_relation(by=make.KEEPER, at=make.AT, **given, valid_to=date(2026, 3, 31))
    assert Relation.objects.get().valid_to == date(2026, 3, 31)


def test_a_succession_that_a_person_writes_down_closes_the_body() -> None:
    make.import_file(make.trusts_before())
    old, new = Organisation.objects.get(code="ZR2"), Organisation.objects.get(code="ZR1")
    record_relation(
        by=make.KEEPER, at=make.AT, origin=old, link=Link.SUCCEEDED_BY, target=new, valid_from=date(2025, 4, 1)
    )
    old.refresh_from_db()
    assert old.closed_on == date(2025, 3, 31)


def test_the_database_itself_refuses_a_relation_of_a_body_to_itself() -> None:
    body = make.an_organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.a_relation(body, Link.PART_OF, body)

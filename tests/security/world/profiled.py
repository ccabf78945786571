"""The aids and the risk profile of the one body: what each side wrote, shared, signed, and reviewed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast as as_type
from uuid import uuid4

from django.utils import timezone

from sightline.core.rulebook.tools import HeatMap, RiskProfile, TriggerTool
from sightline.core.triangulation.triggering import Answer
from sightline.directory.models import Subject
from sightline.profiles import operations as do
from sightline.profiles.giving import Answered
from sightline.profiles.models import HeatMapReading, MeasureReview, Profile
from sightline.profiles.queries import current_tool
from tests.factories.profiles import ANOTHER_VIEW, SCORED, sheet_of
from tests.security.personas import SUBJECT, Cast

EVERYTHING = replace(
    ANOTHER_VIEW, evidence_for="x", evidence_against="x", good_practice="x", measures=("x",), signals=("x",)
)


def build(cast: Cast) -> None:
    """This function will bring one profile to its yearly review, and use each aid once."""
    subject = Subject.objects.get(key=SUBJECT)
    _aids(cast, subject)
    cast.records["profile"] = _profile(cast, subject)


def domain() -> str:
    """This function will name a domain of the profile's template."""
    return _domains()[0]


def _domains() -> tuple[str, ...]:
    tool = current_tool("risk_profile", timezone.localdate())
    assert tool is not None
    return tuple(one.id for one in as_type(RiskProfile, tool.part).domains)


def _aids(cast: Cast, subject: Subject) -> None:
    by = {"by": cast.people["secretariat"], "at": timezone.now(), "subject": subject, "because": "Concerns last"}
    heat, triggers = current_tool("heat_map", timezone.localdate()), current_tool("trigger_tool", timezone.localdate())
    assert heat and triggers
    heat_map, tool = as_type(HeatMap, heat.part), as_type(TriggerTool, triggers.part)
    do.read_heat_map(
        form_key=uuid4(), issues=2, risk=heat_map.risk[0].id, confidence=heat_map.confidence[0].id,
        issues_because="Two are told twice", **by,
    )  # fmt: skip
    assert HeatMapReading.objects.get().issues_because
    do.assess_triggers(
        form_key=uuid4(), answers=[Answered(one.id, Answer.NOT_KNOWN, "Nobody says") for one in tool.questions], **by
    )
    do.record_other_process(
        form_key=uuid4(), name="A review", held_on=timezone.localdate(), reference="On the shelf", **by
    )


def _profile(cast: Cast, subject: Subject) -> Profile:
    """Agreed by both sides, reviewed, and then written on by the commissioner's side for itself."""
    lead, provider = cast.people["quality_lead"], cast.people["subject_provider"]
    profile = do.start_profile(
        by=lead, at=timezone.now(), subject=subject, form_key=uuid4(), because="Visits gave no assurance"
    )
    ours = replace(SCORED, signals=("x",))
    for one in _domains():
        do.write_entry(by=lead, at=timezone.now(), profile=profile, domain=one, seen=0, written=ours)
    do.share_entries(by=lead, at=timezone.now(), profile=profile, domains=_domains())
    do.write_entry(by=provider, at=timezone.now(), profile=profile, domain=domain(), seen=0, written=EVERYTHING)
    for person in (lead, provider):
        do.sign_profile(by=person, at=timezone.now(), profile=profile, seen=sheet_of(person, profile).now)
    do.review_measures(
        by=lead, at=timezone.now(), profile=profile, form_key=uuid4(), measures=("Falls",), because="A year went by"
    )
    assert MeasureReview.objects.count() == 1
    return profile

"""What the group of the demonstration agreed: what to measure quality by, and a risk profile worked through together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from sightline.core.rulebook.tools import TriggerTool
from sightline.core.triangulation.triggering import Answer
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.organisations import MATERNITY_TRUST, SILENT_TRUST
from sightline.demonstration.profile_words import (
    ANEW,
    ANEW_BY_PROVIDER,
    BY_PROVIDER,
    OURS,
    WHY_ANEW,
    WHY_FIRST,
    YES,
    Judged,
)
from sightline.demonstration.scene import Deed, Scene
from sightline.indicators.models import MetricSet, Rhythm
from sightline.indicators.operations.agreeing import Chosen, agree_set
from sightline.profiles.giving import Answered
from sightline.profiles.models import Profile
from sightline.profiles.operations import (
    assess_triggers,
    read_heat_map,
    record_other_process,
    share_entries,
    sign_profile,
    start_profile,
    write_entry,
)
from sightline.profiles.queries import concerns_that_count, current_tool, one_sheet, standing_signals

LEAD, SECRETARY, PROVIDER = Part.QUALITY_LEAD, Part.SECRETARY, Part.SUBJECT_PROVIDER
SET_NAME = "Core measures of quality"
FIRST = (
    Chosen("shmi", Rhythm.ON_PUBLICATION),
    Chosen("ae-4h-all-types", Rhythm.EVERY_MEETING),
    Chosen("cqc-overall-rating", Rhythm.ON_PUBLICATION),
)
THEN = (*FIRST, Chosen("sickness-absence-rate", Rhythm.EVERY_MEETING), Chosen("care-homes-good-or-outstanding"))


def form_key(name: str) -> UUID:
    """The same form in each demonstration, so that two demonstrations of one day are alike."""
    return uuid5(NAMESPACE_URL, f"demonstration:{name}")


def _set_agreed(scene: Scene, at: datetime) -> None:
    agree_set(
        by=scene.by(LEAD), at=at, agreed_by="System Quality Group", agreed_on=scene.day(300), chosen=FIRST,
        name=SET_NAME, area=MAIN.code, because="So that every place of the system is held against the same few figures.",
    )  # fmt: skip


def _set_agreed_anew(scene: Scene, at: datetime) -> None:
    agree_set(
        by=scene.by(LEAD), at=at, metric_set=MetricSet.objects.get(name=SET_NAME), seen=1,
        agreed_by="System Quality Group", agreed_on=scene.day(60), chosen=THEN,
        because="Staff and social care were missing: the first set spoke of hospitals alone.",
    )  # fmt: skip


def _heat_map_read(scene: Scene, at: datetime) -> None:
    by, subject, today = scene.by(SECRETARY), scene.subject(MATERNITY_TRUST), timezone.localdate(at)
    read_heat_map(
        by=by, at=at, subject=subject, form_key=form_key("heat-map"), risk="high", confidence="some",
        issues=len(concerns_that_count(standing_signals(by, today, subject), today)),
        because="The trust knows of it and has a plan. What families tell has not changed yet.",
    )  # fmt: skip


def _triggers_assessed(scene: Scene, at: datetime) -> None:
    tool = current_tool("trigger_tool", timezone.localdate(at))
    questions = cast(TriggerTool, tool.part).questions if tool else ()
    answers = [
        Answered(one.id, YES[one.id][0], YES[one.id][1]) if one.id in YES else Answered(one.id, Answer.NO)
        for one in questions
    ]
    because = "Concerns last, and two visits gave no assurance. The trust is open about it."
    assess_triggers(
        by=scene.by(LEAD), at=at, subject=scene.subject(MATERNITY_TRUST), form_key=form_key("triggers"), answers=answers,
        because=because,
    )  # fmt: skip


def _assessed_otherwise(scene: Scene, at: datetime) -> None:
    record_other_process(
        by=scene.by(SECRETARY), at=at, subject=scene.subject(SILENT_TRUST), form_key=form_key("other-process"),
        name="Clinical review with the regulator", held_on=scene.day(150), reference="CR-DEMO-4",
        because="All partners took part, and each domain of quality was gone through.",
    )  # fmt: skip


def _written(scene: Scene, at: datetime, profile: Profile, by: Part, judged: Sequence[Judged]) -> None:
    for number, one in enumerate(judged):
        moment = at + timedelta(minutes=number)
        write_entry(by=scene.by(by), at=moment, profile=profile, domain=one.domain, seen=0, written=one.written())


def _signed(scene: Scene, at: datetime, profile: Profile, by: Part) -> None:
    sheet = one_sheet(scene.by(by), timezone.localdate(at), profile.pk)
    if sheet is not None:
        sign_profile(by=scene.by(by), at=at, profile=profile, seen=sheet.now)


def _first_profile(scene: Scene, at: datetime) -> None:
    """Worked through together more than a year ago, with differences, and signed by both: its review is late now."""
    profile = start_profile(
        by=scene.by(LEAD), at=at, subject=scene.subject(MATERNITY_TRUST), form_key=form_key("first"), because=WHY_FIRST
    )
    _written(scene, at + timedelta(days=2), profile, SECRETARY, OURS)
    share_entries(by=scene.by(LEAD), at=at + timedelta(days=4), profile=profile, domains=[one.domain for one in OURS])
    _written(scene, at + timedelta(days=9), profile, PROVIDER, BY_PROVIDER)
    _signed(scene, at + timedelta(days=15), profile, LEAD)
    _signed(scene, at + timedelta(days=17), profile, PROVIDER)


def _second_profile(scene: Scene, at: datetime) -> None:
    """Begun on what the first one said: some is shared and disagreed with, the rest still to be looked at again."""
    profile = start_profile(
        by=scene.by(LEAD), at=at, subject=scene.subject(MATERNITY_TRUST), form_key=form_key("second"), because=WHY_ANEW
    )
    _written(scene, at + timedelta(days=1), profile, SECRETARY, ANEW)
    share_entries(by=scene.by(LEAD), at=at + timedelta(days=2), profile=profile, domains=[ANEW[0].domain])
    _written(scene, at + timedelta(days=5), profile, PROVIDER, ANEW_BY_PROVIDER)


AGREED: tuple[Deed, ...] = (
    Deed(440, _first_profile),
    Deed(298, _set_agreed),
    Deed(148, _assessed_otherwise),
    Deed(58, _set_agreed_anew),
    Deed(26, _heat_map_read),
    Deed(24, _triggers_assessed),
    Deed(20, _second_profile),
)

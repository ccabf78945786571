"""Who decides on regulatory action at which level, and when that may be put on record, as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sightline.core.escalation.defaulting import Terms, is_usual, purpose_by
from sightline.core.escalation.following import (
    Asked,
    DutyHow,
    DutyStatus,
    Part,
    Step,
    followed,
    may_step,
    passes_to_lead,
)
from sightline.core.escalation.regulating import (
    Outcome,
    Place,
    Regulating,
    deciders_at,
    may_regulate,
    must_consult,
    remarks_on,
)
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.duties import NoticeKind, Purpose
from sightline.core.rulebook.levels import Force, Slot

COMMITTEE, SUPPORT = Slot.SYSTEM_OVERSIGHT_COMMITTEE, Slot.REGIONAL_SUPPORT_GROUP
KNOWN = frozenset({COMMITTEE, SUPPORT})
LOWEST, BETWEEN, HIGHEST = Place(True, False, KNOWN), Place(False, False, KNOWN), Place(False, True, KNOWN)
ELSEWHERE = Place(False, True, frozenset())  # guidance that knows no committee
DAY = date(2026, 1, 15)
ASKED = Regulating(COMMITTEE, frozenset({SUPPORT}), Outcome.ACTION, "Directions", DAY, DAY, date(2026, 1, 1))


@pytest.mark.requirement("RPT-07")
@pytest.mark.parametrize(
    ("place", "wanted"),
    [(LOWEST, ()), (BETWEEN, (COMMITTEE, SUPPORT)), (HIGHEST, (COMMITTEE,)), (ELSEWHERE, ())],
)
def test_the_committee_decides_at_the_highest_level_and_either_between(place: Place, wanted: tuple[Slot, ...]) -> None:
    assert deciders_at(place) == wanted
    assert bool(remarks_on(place, wanted)) is bool(wanted)


@pytest.mark.requirement("RPT-07")
@pytest.mark.parametrize(
    ("place", "asked", "says"),
    [
        (HIGHEST, ASKED, ""),
        (BETWEEN, replace(ASKED, decider=SUPPORT, consulted=frozenset()), ""),
        (HIGHEST, replace(ASKED, outcome=Outcome.NONE, action=""), ""),
        (LOWEST, ASKED, "nobody decides"),
        (ELSEWHERE, ASKED, "nobody decides"),
        (HIGHEST, replace(ASKED, decider=SUPPORT), "Oversight Committee decides"),
        (HIGHEST, replace(ASKED, consulted=frozenset()), "was consulted"),
        (HIGHEST, replace(ASKED, action=" "), "which action"),
        (HIGHEST, replace(ASKED, decided_on=date(2026, 1, 16)), "still to come"),
        (HIGHEST, replace(ASKED, decided_on=date(2025, 12, 31)), "not set yet"),
        (HIGHEST, replace(ASKED, stood_until=DAY), "another level stood"),
    ],
)
def test_a_decision_is_recorded_where_level_bodies_and_day_fit(place: Place, asked: Regulating, says: str) -> None:
    verdict = may_regulate(place, asked)
    assert bool(verdict) is not bool(says)
    assert says in verdict.words


def test_the_committee_consults_only_where_the_guidance_says_so() -> None:
    assert must_consult(HIGHEST, COMMITTEE) == {SUPPORT}
    assert must_consult(BETWEEN, COMMITTEE) == must_consult(BETWEEN, SUPPORT) == frozenset()


# --- what a memorandum sets by default


@pytest.mark.requirement("ORG-13")
@pytest.mark.parametrize(
    ("acts_from", "severity", "wanted"),
    [
        (None, Severity.VERY_SIGNIFICANT, Purpose.INFORMATION),
        (Severity.SIGNIFICANT, Severity.NONE, Purpose.INFORMATION),
        (Severity.SIGNIFICANT, Severity.SYSTEM, Purpose.INFORMATION),
        (Severity.SIGNIFICANT, Severity.SIGNIFICANT, Purpose.ACTION),
        (Severity.SIGNIFICANT, Severity.VERY_SIGNIFICANT, Purpose.ACTION),
    ],
)
def test_the_region_is_asked_to_act_from_the_severity_that_the_memorandum_names(
    acts_from: Severity | None, severity: Severity, wanted: Purpose
) -> None:
    assert purpose_by(Terms("sqg-2022", "icb-to-region", "QY1", acts_from), severity) is wanted
    assert purpose_by(None, severity) is Purpose.INFORMATION


@pytest.mark.requirement("ORG-13")
def test_the_usual_way_is_the_one_named_and_none_under_other_guidance() -> None:
    terms = Terms("sqg-2022", "icb-to-region", "QY1")
    assert is_usual(terms, "sqg-2022", "icb-to-region")
    assert not is_usual(terms, "sqg-2022", "system-to-icb")
    assert not is_usual(terms, "qsg-2017", "icb-to-region")
    assert not is_usual(None, "sqg-2022", "icb-to-region")


# --- what is handed over


@pytest.mark.requirement("ORG-11")
@pytest.mark.parametrize("status", list(DutyStatus))
def test_what_is_not_done_passes_to_the_lead_and_what_is_done_does_not(status: DutyStatus) -> None:
    assert passes_to_lead(status, True) is (status in {DutyStatus.OPEN, DutyStatus.NOT_YET})
    assert not passes_to_lead(status, False)


def test_handing_over_changes_nothing_of_where_a_duty_stands() -> None:
    asked = Asked(NoticeKind.TASK, Force.MUST, DAY)
    steps = [Step(DutyHow.NOT_YET, DAY, date(2026, 2, 1)), Step(DutyHow.HANDED_OVER, DAY)]
    assert followed(asked, steps, DAY) == followed(asked, steps[:1], DAY)
    assert not may_step(asked, DutyStatus.OPEN, DutyHow.HANDED_OVER, Part(does=True, receives=True), DAY)

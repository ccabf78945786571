"""Which register takes a risk: every severity, register and way of commissioning, against the words of the guidance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.risks import (
    AccountableBody,
    Place,
    Status,
    Window,
    accountable_for,
    came_unseen,
    counts_as,
    falls_within,
    has_its_numbers,
    may_answer_for,
    may_stand_on,
    missing_from,
    must_stand_on,
    returns,
    window_of,
)
from sightline.core.risks.recurring import months_after, months_between
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.clocks import Clocks
from sightline.core.rulebook.registers import Same, Tier
from tests.unit.core.risks.made import HOSPICE, TRUST, a_closed_risk, a_risk, plain, shipped

RULES = shipped().registers
UP = (Tier.REGION, Tier.NATION)
MILD = (Severity.MINOR, Severity.MODERATE)


def _slow_may(severity: Severity, tier: Tier, is_nhse: bool, is_national: bool) -> bool:
    """What the tables of the guidance say, written out."""
    if tier is Tier.PLACE:
        return True
    if severity is Severity.NONE:
        return False
    if severity in MILD and tier is Tier.REGION:
        return is_nhse or is_national
    if severity in MILD and tier is Tier.NATION:
        return is_national
    return True


@pytest.mark.requirement("RPT-02", "RPT-03", "RPT-05")
@pytest.mark.parametrize(("severity", "tier"), list(product(Severity, Tier)), ids=lambda one: one.value)
@pytest.mark.parametrize("is_nhse", [True, False])
@pytest.mark.parametrize("is_national", [True, False])
def test_every_severity_on_every_register(severity: Severity, tier: Tier, is_nhse: bool, is_national: bool) -> None:
    risk = a_risk(severity=severity, is_nhs_england_commissioned=is_nhse, is_nationally_commissioned=is_national)
    verdict = may_stand_on(RULES, risk, tier)
    assert bool(verdict) is _slow_may(severity, tier, is_nhse, is_national)
    assert all(reason.says and "NQB risk response 2022" in reason.source for reason in verdict.reasons)


@pytest.mark.requirement("RPT-04", "RPT-06")
@pytest.mark.parametrize(
    ("severity", "must"),
    [
        (Severity.NONE, set()),
        (Severity.MINOR, set()),
        (Severity.MODERATE, set()),
        (Severity.SYSTEM, {Tier.SYSTEM, Tier.ICB}),
        (Severity.SIGNIFICANT, {Tier.SYSTEM, Tier.ICB}),
        (Severity.VERY_SIGNIFICANT, {Tier.SYSTEM, Tier.ICB, Tier.REGION}),
    ],
)
def test_registers_on_which_a_risk_has_to_stand(severity: Severity, must: set[Tier]) -> None:
    risk = a_risk(severity=severity, places=(Place(Tier.SYSTEM, date(2026, 1, 1)),))
    assert {one.tier for one in must_stand_on(RULES, risk)} == must
    assert {one.tier for one in missing_from(RULES, risk)} == must - {Tier.SYSTEM}
    assert missing_from(RULES, replace(risk, status=Status.CLOSED)) == ()


@pytest.mark.requirement("RSK-06")
@pytest.mark.parametrize("modifier", ["complex", "recurrent"])
@pytest.mark.parametrize(
    ("severity", "level", "counted"),
    [
        (Severity.NONE, "intensive", Severity.NONE),
        (Severity.MINOR, "routine", Severity.SIGNIFICANT),
        (Severity.SYSTEM, "enhanced", Severity.SIGNIFICANT),
        (Severity.MINOR, "intensive", Severity.VERY_SIGNIFICANT),
        (Severity.VERY_SIGNIFICANT, "routine", Severity.VERY_SIGNIFICANT),
    ],
)
def test_complex_and_recurrent_concerns_count_as_graver(
    modifier: str, severity: Severity, level: str, counted: Severity
) -> None:
    assert counts_as(RULES, a_risk(severity=severity, modifiers=frozenset({modifier})), (level,)) is counted
    assert counts_as(RULES, a_risk(severity=severity), (level,)) is severity


@pytest.mark.requirement("RSK-06")
def test_complex_minor_concern_may_go_to_the_region_where_a_plain_one_may_not() -> None:
    plain_one = a_risk(severity=Severity.MINOR)
    assert not may_stand_on(RULES, plain_one, Tier.REGION)
    assert may_stand_on(RULES, replace(plain_one, modifiers=frozenset({"complex"})), Tier.REGION)


@pytest.mark.requirement("RSK-02")
def test_health_risk_of_the_system_needs_its_number_on_the_icbs_register() -> None:
    on_system = Place(Tier.SYSTEM, date(2026, 1, 1))
    lacking = a_risk(places=(on_system,))
    verdict = has_its_numbers(RULES, lacking)
    assert not verdict and verdict.reasons[0].source == "NQB risk response 2022, Core components"
    assert not has_its_numbers(RULES, replace(lacking, places=(on_system, Place(Tier.ICB, date(2026, 1, 1)))))
    assert has_its_numbers(RULES, replace(lacking, places=(on_system, Place(Tier.ICB, date(2026, 1, 1), "I-7"))))
    assert has_its_numbers(RULES, replace(lacking, is_healthcare=False))
    assert has_its_numbers(RULES, replace(lacking, places=(Place(Tier.PLACE, date(2026, 1, 1)),)))


@pytest.mark.requirement("RSK-12")
@pytest.mark.parametrize(
    ("is_assured", "is_health", "who"),
    [
        (True, True, "authority-assured"),
        (False, True, "icb"),
        (False, False, "agreed"),
        (True, False, "authority-assured"),
    ],
)
def test_who_answers_for_a_risk_where_nothing_was_agreed(is_assured: bool, is_health: bool, who: str) -> None:
    risk = a_risk(is_authority_assured=is_assured, is_healthcare=is_health)
    assert accountable_for(RULES, risk).id == who


@pytest.mark.requirement("RSK-12")
def test_no_group_answers_for_a_risk() -> None:
    verdict = may_answer_for(RULES, a_risk(accountable=AccountableBody("a group", is_group=True)))
    assert not verdict and "SQG 2022 §3.12" in verdict.reasons[0].source
    assert may_answer_for(RULES, a_risk())
    assert may_answer_for(RULES, a_risk(accountable=None))


@pytest.mark.requirement("LRN-01")
@pytest.mark.parametrize(
    ("severity", "known_since", "unseen"),
    [
        (Severity.SIGNIFICANT, None, True),
        (Severity.SIGNIFICANT, date(2025, 10, 1), True),  # known on the very day: that is not beforehand
        (Severity.SIGNIFICANT, date(2025, 9, 30), False),
        (Severity.VERY_SIGNIFICANT, None, True),
        (Severity.SYSTEM, None, False),
    ],
)
def test_grave_risk_that_nobody_saw_coming_calls_for_a_look_back(
    severity: Severity, known_since: date | None, unseen: bool
) -> None:
    found = came_unseen(RULES, a_risk(severity=severity, known_since=known_since))
    assert (found is not None) is unseen
    assert found is None or found.cites == "QSG 2017 ¶37"


# --- risks that come back

CLOSED_ON = date(2025, 2, 1)
WINDOWS = [
    (date(2025, 2, 1), True, False),
    (date(2025, 7, 31), True, False),
    (date(2025, 8, 1), True, True),
    (date(2025, 9, 1), True, True),
    (date(2026, 2, 1), True, True),
    (date(2026, 2, 2), False, False),
    (date(2025, 1, 31), False, False),
]


@pytest.mark.requirement("RSK-07")
@pytest.mark.parametrize(("opened", "sooner_counts", "six_at_least"), WINDOWS)
def test_window_holds_both_its_ends_and_says_whether_sooner_counts(
    opened: date, sooner_counts: bool, six_at_least: bool
) -> None:
    assert falls_within(CLOSED_ON, opened, Window()) is sooner_counts
    assert falls_within(CLOSED_ON, opened, Window(sooner_counts=False)) is six_at_least


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 900))
def test_whole_months_are_counted_as_by_walking_month_by_month(first: date, days: int) -> None:
    last = first + timedelta(days)
    walked = 0
    while months_after(first, walked + 1) <= last:
        walked += 1
    assert months_between(first, last) == walked


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 5, 1), 0, date(2025, 5, 1)),
    ],
)
def test_a_day_some_months_later(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.requirement("RSK-07")
def test_only_the_same_category_at_the_same_subject_counts_or_what_a_person_linked() -> None:
    new = a_risk(opened_on=date(2025, 9, 1))
    closed = {"subjects": (TRUST,), "closed_on": CLOSED_ON}
    same = a_closed_risk(id="A", **closed)
    elsewhere = a_closed_risk(id="B", closed_on=CLOSED_ON, subjects=(HOSPICE,))
    other = a_closed_risk(id="C", category="finance", **closed)
    still_open = a_risk(id="D")
    everything = (new, same, elsewhere, other, still_open)
    assert [one.earlier.id for one in returns(new, everything, Window(), RULES)] == ["A"]
    linked = returns(replace(new, follows="C"), everything, Window(), RULES)
    assert {one.earlier.id: one.is_linked for one in linked} == {"A": False, "C": True}
    assert returns(new, everything, Window(is_on=False), RULES) == ()


def test_house_may_count_only_what_a_person_has_linked() -> None:
    strict = RULES.model_copy(update={"returning": RULES.returning.model_copy(update={"same": Same.LINKED})})
    new, same = a_risk(opened_on=date(2025, 9, 1)), a_closed_risk(subjects=(TRUST,), closed_on=CLOSED_ON)
    assert returns(new, (same,), Window(), strict) == ()
    assert [one.months for one in returns(replace(new, follows="R2"), (same,), Window(), strict)] == [7]


def test_of_several_returns_the_latest_comes_first() -> None:
    new = a_risk(opened_on=date(2025, 12, 1))
    earlier = [
        a_closed_risk(id=name, subjects=(TRUST,), closed_on=day)
        for name, day in (("A", date(2025, 1, 1)), ("B", date(2025, 6, 1)), ("C", date(2025, 3, 1)))
    ]
    assert [one.earlier.id for one in returns(new, earlier, Window(), RULES)] == ["B", "C", "A"]


@pytest.mark.requirement("RSK-07")
def test_window_is_the_one_of_the_clocks() -> None:
    clocks = Clocks.model_validate(plain("clocks"))
    clock = clocks.clock("recurrence")
    assert clock is not None
    assert window_of(clock) == Window(6, 12, sooner_counts=True, is_on=True)
    assert window_of(clock.model_copy(update={"is_on": False, "value": 3})) == Window(3, 12, is_on=False)

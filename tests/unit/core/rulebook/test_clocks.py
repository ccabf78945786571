"""Every clock of the guidance as data: where it stands, what its length is, when it comes round, and slips of the pen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from sightline.core.rulebook import Part, RulebookError, as_text, parse
from sightline.core.rulebook.agreeing import dangling, place_of
from sightline.core.rulebook.clocks import OF_LEVELS, ClockId, Clocks
from sightline.core.rulebook.readings import Readings
from sightline.rulebook.packs import PACKS
from tests.factories.levels import part

LAST = date(2026, 1, 31)
OLDEST, OLD, NOW = "qsg-2013", "qsg-2017", "sqg-2022"


def clocks(pack: str) -> Clocks:
    return part(pack, "clocks", Clocks)


@pytest.mark.requirement("FRW-01")
@pytest.mark.parametrize(
    ("clock", "packs", "cites"),
    [
        (ClockId.MEETING_INTERVAL, (OLD, NOW), "¶91"),
        (ClockId.TERMS_REVIEW, (OLDEST, OLD, NOW), "Annex A"),
        (ClockId.BUSINESS_CYCLE_REVIEW, (OLD, NOW), "Annex A"),
        (ClockId.COVERAGE, (OLD, NOW), "¶95"),
        (ClockId.LONG_STAY, (OLD, NOW), "¶126"),
        (ClockId.REGION_UPDATE, (OLD, NOW), "¶127"),
        (ClockId.RECURRENCE, (NOW,), "Enhanced/Overview"),
        (ClockId.ACTION_REVIEW, (NOW,), "§3.10"),
        (ClockId.LEVEL_REVIEW, (OLD, NOW), "¶123"),
        (ClockId.PROFILE_REVIEW, (OLD, NOW), "¶113"),
        (ClockId.SCRUTINY_REPORT, (OLDEST, NOW), "HOSC"),
        (ClockId.INTEREST_DECLARATION, (NOW,), "Conflicts of interest"),
        (ClockId.RAPID_REVIEW, (NOW,), "Annex A"),
    ],
)
def test_each_clock_stands_in_each_guidance_that_speaks_of_it_beside_its_paragraph(
    clock: ClockId, packs: tuple[str, ...], cites: str
) -> None:
    found = {pack: one for pack in PACKS if (one := clocks(pack).clock(clock)) is not None}
    assert tuple(found) == packs
    assert any(cites in one.cites for one in found.values())


@pytest.mark.parametrize(
    ("pack", "clock", "due_on"),
    [
        (OLD, ClockId.BUSINESS_CYCLE_REVIEW, date(2027, 1, 31)),
        (NOW, ClockId.BUSINESS_CYCLE_REVIEW, date(2027, 1, 31)),
        (NOW, ClockId.COVERAGE, date(2027, 1, 31)),
        (OLD, ClockId.PROFILE_REVIEW, date(2027, 1, 31)),
        (NOW, ClockId.REGION_UPDATE, date(2026, 4, 30)),
        (NOW, ClockId.ACTION_REVIEW, None),  # at every meeting, and on no day
        (NOW, ClockId.RAPID_REVIEW, None),  # at short notice, without a number
        (NOW, ClockId.TERMS_REVIEW, None),  # its length stands with the terms
        (NOW, ClockId.LONG_STAY, None),  # it is off
        (OLDEST, ClockId.COVERAGE, None),  # the slides say nothing of it
    ],
)
def test_clock_says_when_something_is_due_again(pack: str, clock: ClockId, due_on: date | None) -> None:
    assert clocks(pack).next_due(clock, LAST) == due_on


def test_action_log_and_interests_come_round_at_each_meeting_and_a_level_review_does_too() -> None:
    at_each = {one for one in ClockId if clocks(NOW).is_at_each_meeting(one)}
    assert at_each == {ClockId.ACTION_REVIEW, ClockId.INTEREST_DECLARATION, ClockId.LEVEL_REVIEW}


@pytest.mark.parametrize("pack", PACKS)
def test_length_that_stands_elsewhere_stands_in_a_part_that_the_guidance_has(pack: str) -> None:
    for one in clocks(pack).clocks:
        assert one.stands_in is None or one.stands_in in PACKS[pack].parts
        assert not (one.id in OF_LEVELS and one.stands_in)


def test_part_that_a_clock_or_a_reading_names_and_that_is_not_there_is_a_fault_that_can_be_found() -> None:
    parts: dict[str, Part] = dict(PACKS[NOW].parts)
    without = {name: one for name, one in parts.items() if name not in {"terms", "improvement"}}
    found = dangling(without)
    assert [place_of(one) for one in found] == [("clocks", "terms-review"), ("readings", "ending")]
    readings = part(NOW, "readings", Readings)
    assert readings.reading("ending") is not None and readings.reading("no-such") is None


Plain = dict[str, Any]


def remade(clock: str, spoil: Callable[[Plain], Any]) -> Part:
    whole: Plain = yaml.safe_load(as_text(clocks(NOW)))
    spoil(next(one for one in whole["clocks"] if one["id"] == clock))
    return parse("clocks", yaml.safe_dump(whole, allow_unicode=True, sort_keys=False))


@pytest.mark.requirement("MTG-05")
@pytest.mark.parametrize(
    ("clock", "spoil", "says"),
    [
        ("rapid-review", lambda one: one.update(value=5, unit="days"), "no number may be laid down"),
        ("rapid-review", lambda one: one.update(stands_in="terms"), "no number may be laid down"),
        ("coverage", lambda one: one.pop("unit"), "give both, or neither"),
        ("coverage", lambda one: one.pop("value"), "give both, or neither"),
        ("coverage", lambda one: (one.pop("value"), one.pop("unit")), "here or in another part"),
        ("coverage", lambda one: one.update(stands_in="terms"), "here or in another part"),
        (
            "region-update",
            lambda one: (one.pop("value"), one.pop("unit"), one.update(stands_in="terms")),
            "no other part",
        ),
        ("coverage", lambda one: one.update(id="tea-time"), "clocks › number"),
    ],
)
def test_slip_of_the_pen_is_refused(clock: str, spoil: Callable[[Plain], Any], says: str) -> None:
    with pytest.raises(RulebookError, match=says):
        remade(clock, spoil)

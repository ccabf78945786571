"""Who has still to declare for a meeting: as a table over the clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.core.meetings.declaring import Declared, not_declared
from sightline.core.rulebook.clocks import Clock, ClockId, Unit

ON = date(2026, 3, 2)


def a_clock(value: int = 1, unit: Unit = Unit.MEETINGS, is_on: bool = True) -> Clock:
    """This function will make the clock of declarations."""
    words = {"name": "Declaration", "says": "They declare.", "cites": "local"}
    return Clock(id=ClockId.INTEREST_DECLARATION, value=value, unit=unit, is_on=is_on, **words)


@pytest.mark.requirement("MTG-22")
@pytest.mark.parametrize(
    ("clock", "ago", "days", "is_named"),
    [
        (a_clock(), 0, 0, False),
        (a_clock(), 1, 30, True),
        (a_clock(2), 1, 30, False),
        (a_clock(2), 2, 60, True),
        (a_clock(is_on=False), 5, 900, False),
        (None, 5, 900, False),
        (a_clock(2, Unit.MONTHS), 1, 59, False),  # on 2 January: until 2 March, the day itself
        (a_clock(2, Unit.MONTHS), 1, 60, True),
        (a_clock(1, Unit.DAYS), 0, 30, False),  # it was made for this very meeting
    ],
)
def test_a_declaration_lasts_as_its_clock_has_it(clock: Clock | None, ago: int, days: int, is_named: bool) -> None:
    made = [Declared("ann", ago, ON - timedelta(days=days))]
    always = ("bob",) if clock is not None and clock.is_on else ()
    assert not_declared(clock, ["ann", "bob", "bob"], made, ON) == (("ann",) if is_named else ()) + always

"""No clock of a guidance runs without something that asks it: in the code by its name, or in a pack by another part."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sightline.core.rulebook.clocks import OF_LEVELS, ClockId

CODE = Path(__file__).resolve().parents[2] / "sightline"
THEMSELVES = CODE / "core/rulebook/clocks.py"


@pytest.mark.parametrize("clock", sorted(set(ClockId) - OF_LEVELS))
def test_every_clock_of_a_group_or_a_house_is_asked_by_something(clock: ClockId) -> None:
    by_code = (one for one in CODE.rglob("*.py") if one != THEMSELVES and f"ClockId.{clock.name}" in one.read_text())
    named = re.compile(rf"^ +clock: {clock.value}\b", re.MULTILINE)
    by_data = (one for one in CODE.glob("rulebook/packs/*/*.yaml") if named.search(one.read_text()))
    assert next(by_code, None) or next(by_data, None), f"nothing asks the clock “{clock.value}”"

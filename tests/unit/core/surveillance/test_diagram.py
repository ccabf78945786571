"""The drawing of the levels follows the rules: every move, and who authorises it."""

from __future__ import annotations

from itertools import permutations

import pytest

from sightline.core.rulebook.circumstances import Commissioner
from sightline.core.rulebook.levels import Skip
from sightline.core.surveillance.diagram import moves, state_diagram, table
from sightline.core.surveillance.facts import LevelRules
from tests.factories.levels import rules


@pytest.mark.requirement("LVL-01", "SUR-01")
@pytest.mark.parametrize(("pack", "count"), [("qsg-2013", 4), ("qsg-2017", 4), ("sqg-2022", 3)])
def test_drawing_has_every_level_and_every_move_once(pack: str, count: int) -> None:
    drawn = state_diagram(rules(pack)).splitlines()
    arrows = [line.split(":")[0].strip() for line in drawn if "-->" in line]
    names = [one.id.replace("-", "_") for one in rules(pack).levels.levels]
    assert len(names) == count and drawn[0] == "stateDiagram-v2"
    assert arrows == [f"[*] --> {names[0]}", *(f"{before} --> {after}" for before, after in permutations(names, 2))]
    assert all(line.split(": ", 1)[1] for line in drawn[2:])


def test_arrow_says_who_authorises_and_what_a_skip_asks() -> None:
    drawn = state_diagram(rules()).splitlines()
    assert "    routine --> enhanced: ICB executive lead for quality or ICB chief executive" in drawn
    assert "    routine --> intensive: NHS England’s region or NHS England’s national team (to protect people)" in drawn
    other = state_diagram(rules(), Commissioner.LOCAL_AUTHORITY).splitlines()
    assert "    routine --> enhanced: Local authority" in other


def test_rules_that_never_skip_draw_no_skip() -> None:
    found = rules()
    skipping = found.levels.skipping.model_copy(update={"rule": Skip.NEVER})
    levels = found.levels.model_copy(update={"skipping": skipping})
    strict = LevelRules(found.pack, levels, found.triggers, found.authority)
    pairs = [(before.id, after.id) for before, after in moves(strict)]
    assert len(pairs) == 5 and ("routine", "intensive") not in pairs and ("intensive", "routine") in pairs


@pytest.mark.requirement("LVL-07")
def test_table_has_a_line_for_each_move_and_each_authority_that_it_may_need() -> None:
    lines = table(rules()).splitlines()
    assert len(lines) == 2 + 2 * 6 + 4 * 3  # two moves ask for the authority of Enhanced, four for that of Intensive
    for name in ("This ICB, Another ICB", "NHS England", "(the ICB itself is the subject)"):
        assert any(line.startswith(f"| Routine | Enhanced | {name} |") for line in lines)
    assert all(line.count("|") == 7 and "||" not in line for line in lines)
    old = table(rules("qsg-2017")).splitlines()
    assert len(old) == 2 + 12 and all("| whoever commissions |" in line for line in old[2:])

"""The three aids as data: what the packs hold fits its shape, and a slip of the pen is named."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

import sightline.rulebook
from sightline.core.rulebook.shapes import Entry, Part
from sightline.core.rulebook.tools import PARTS, HeatMap, RiskProfile, TriggerTool

PACKS = Path(sightline.rulebook.__file__).parent / "packs"
FILES = sorted(path for name in PARTS for path in PACKS.glob(f"*/{name}.yaml"))
Plain = dict[str, Any]


def plain(name: str) -> Plain:
    """This function will give a part of the newest pack as plain values."""
    found: Plain = yaml.safe_load((PACKS / "sqg_2022" / f"{name}.yaml").read_text())
    return found


def entries(one: object) -> list[Entry]:
    """This function will find every value with a citation, however deep it stands."""
    if isinstance(one, (list, tuple)):
        return [found for each in one for found in entries(each)]
    own = [one] if isinstance(one, Entry) else []
    inner = [getattr(one, name) for name in type(one).model_fields] if isinstance(one, (Entry, Part)) else []
    return own + [found for each in inner for found in entries(each)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_part_of_the_packs_fits_its_shape_and_cites_each_value(path: Path) -> None:
    part = PARTS[path.stem].model_validate(yaml.safe_load(path.read_text()))
    cited = [one.cites for one in entries(part)]
    assert len(cited) > 10 and all(cited)
    assert "generic" in part.says, "it must say that it does not reproduce the tool of NHS England"  # type: ignore[attr-defined]


@pytest.mark.requirement("RSK-13")
def test_heat_map_weighs_the_three_factors_of_2013() -> None:
    heat_map = HeatMap.model_validate(plain("heat_map"))
    assert len(heat_map.issues) * len(heat_map.risk) * len(heat_map.confidence) == 64
    assert "not-known" in {one.id for one in heat_map.confidence}


def test_grid_of_the_profile_is_the_published_matrix_of_2008() -> None:
    profile = RiskProfile.model_validate(plain("risk_profile"))
    for likelihood in range(1, 6):
        for consequence in range(1, 6):
            score = likelihood * consequence
            slow = "low" if score <= 3 else "moderate" if score <= 6 else "high" if score <= 12 else "extreme"
            assert profile.band(likelihood, consequence).id == slow


def test_profile_has_eight_to_ten_domains_and_reviews_yearly() -> None:
    profile = RiskProfile.model_validate(plain("risk_profile"))
    assert 8 <= len(profile.domains) <= 10 and profile.review_months == 12
    assert profile.domain("safety") and profile.domain("nothing") is None


HEAT: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "bands from above nought": (lambda p: p["issues"][0].update(at_least=1), "begin at 0"),
    "bands that fall": (lambda p: p["issues"][2].update(at_least=1), "each begins higher"),
    "a table missing": (lambda p: p["matrix"].pop(), "one table for each degree of confidence"),
    "a row missing": (lambda p: p["matrix"][0]["rows"].pop(), "one row for each band"),
    "a cell missing": (lambda p: p["matrix"][0]["rows"][0]["levels"].pop(), "one level for each level of risk"),
    "an unknown level": (lambda p: p["matrix"][0]["rows"][0].update(levels=["routine", "x", "x", "x"]), "“x”"),
    "less where it is worse": (
        lambda p: p["matrix"][3]["rows"][3].update(levels=["routine"] * 4), "suggests less than a case",
    ),
    "a level twice": (lambda p: p["levels"].append(p["levels"][0]), "stands twice"),
    "an unknown field": (lambda p: p.update(score=3), "Extra inputs"),
}  # fmt: skip
TRIGGER: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "an unknown step": (lambda p: p["rules"][0].update(step="nowhere"), "there is no step “nowhere”"),
    "an unknown least step": (lambda p: p.update(when_not_known="nowhere"), "there is no step “nowhere”"),
    "an unknown question": (lambda p: p["rules"][0].update(any_of=["who"]), "names a question “who”"),
    "a rule that asks nothing": (lambda p: p["rules"][0].update(any_of=[]), "a rule needs"),
    "more than there are": (lambda p: p["rules"][0].update(among=["silence"], at_least=2), "more than “among” names"),
    "among without a number": (lambda p: p["rules"][0].update(among=["silence"]), "“among” needs “at_least”"),
    "a question twice": (lambda p: p["groups"][0]["questions"].append(p["groups"][0]["questions"][0]), "stands twice"),
    "lasting without months": (
        lambda p: p["groups"][0]["questions"][0].update(hint={"kind": "lasting"}), "“months” is given for “lasting”",
    ),
}  # fmt: skip
PROFILE: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "a step missing": (lambda p: p["likelihood"].pop(), "five steps 1 to 5"),
    "a row missing": (lambda p: p["grid"].pop(), "five rows of five"),
    "an unknown band": (lambda p: p["grid"][0].__setitem__(0, "x"), "a band “x”"),
    "a lower band where it is graver": (lambda p: p["grid"][4].__setitem__(4, "low"), "a lower band where"),
    "a domain twice": (lambda p: p["domains"].append(p["domains"][0]), "stands twice"),
}
SLIPS = [
    pytest.param(name, *slip, id=f"{name}: {what}")
    for name, table in (("heat_map", HEAT), ("trigger_tool", TRIGGER), ("risk_profile", PROFILE))
    for what, slip in table.items()
]


@pytest.mark.parametrize(("name", "spoil", "says"), SLIPS)
def test_slip_of_the_pen_is_refused_by_name(name: str, spoil: Callable[[Plain], Any], says: str) -> None:
    whole = plain(name)
    PARTS[name].model_validate(deepcopy(whole))
    spoil(whole)
    with pytest.raises(ValidationError, match=says):
        PARTS[name].model_validate(whole)


def test_steps_rise_in_the_order_in_which_they_stand() -> None:
    tool = TriggerTool.model_validate(plain("trigger_tool"))
    assert [tool.rank(step.id) for step in tool.steps] == list(range(len(tool.steps)))
    assert tool.step("profile") and tool.step("nowhere") is None
    assert tool.rank(tool.when_not_known) > 0, "not knowing must never be answered by doing nothing"

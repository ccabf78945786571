"""Levels, triggers, authority, notices, clocks and the map as data: what packs hold, and slips of the pen named by line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from sightline.core.rulebook import RulebookError, parse
from sightline.core.rulebook.agreeing import dangling, faults_between
from sightline.core.rulebook.authority import Authorities, Mode
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.duties import LevelMap, Notices
from sightline.core.rulebook.levels import GROUPS, NATIONAL, REGIONAL, Levels, Slot, Triggers
from sightline.core.rulebook.shapes import Part
from sightline.rulebook.packs import PACKS, PackError, load
from tests.factories.levels import part

FOLDER = Path(load.__code__.co_filename).parent
NAMES = ("levels", "triggers", "authority", "notices", "mapping", "clocks")
FILES = sorted(path for name in NAMES for path in FOLDER.glob(f"*/{name}.yaml"))
GUIDANCE = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[5] / "shared")) / "guidance"
Plain = dict[str, Any]


def plain(name: str, pack: str = "sqg_2022") -> Plain:
    """This function will give a part of a pack as plain values."""
    found: Plain = yaml.safe_load((FOLDER / pack / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def remade(name: str, spoil: Callable[[Plain], Any], pack: str = "sqg_2022") -> Part:
    """This function will make a part of a text in which something was changed."""
    whole = plain(name, pack)
    spoil(whole)
    apart = json.loads(json.dumps(whole))  # what stands twice is written twice
    return parse(name, yaml.safe_dump(apart, allow_unicode=True, sort_keys=False))


# --- what the packs hold


@pytest.mark.requirement("SUR-01", "LVL-01", "SUR-04")
@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        ("qsg-2013", [("routine", "R"), ("further-information", "F"), ("enhanced", "EN"), ("risk-summit", "RS")]),
        ("qsg-2017", [("routine", "R"), ("further-information", "F"), ("enhanced", "EN"), ("risk-summit", "RS")]),
        ("sqg-2022", [("routine", "R"), ("enhanced", "E"), ("intensive", "I")]),
    ],
)
def test_each_guidance_has_its_levels_with_meaning_and_default_action(
    pack: str, expected: list[tuple[str, str]]
) -> None:
    levels = part(pack, "levels", Levels).levels
    assert [(one.id, one.code) for one in levels] == expected
    assert all(one.means and one.action and one.cites for one in levels)


@pytest.mark.requirement("SUR-03")
def test_second_meaning_of_further_information_stands_beside_the_first() -> None:
    level = part("qsg-2017", "levels", Levels).level("further-information")
    assert level and [note.cites for note in level.notes] == ["QSG 2017 Annex E"]


@pytest.mark.requirement("LVL-12", "LVL-13", "LVL-20", "LVL-21")
@pytest.mark.parametrize(
    ("of", "count", "local"), [("enhanced", 8, 1), ("intensive", 5, 1), (REGIONAL, 7, 0), (NATIONAL, 2, 0)]
)
def test_triggers_of_2022_are_whole_and_an_open_list_has_one_for_another_reason(
    of: str, count: int, local: int
) -> None:
    triggers = part("sqg-2022", "triggers", Triggers).of(of)
    assert (len([one for one in triggers if not one.is_local]), len([one for one in triggers if one.is_local])) == (
        count,
        local,
    )


@pytest.mark.requirement("LVL-02", "LVL-03", "LVL-04", "LVL-15")
def test_levels_of_2022_say_which_risks_they_are_for_and_who_leads() -> None:
    levels = part("sqg-2022", "levels", Levels).levels
    for level, means, led_by in zip(
        levels,
        ("minor", "complex, significant or recurrent", "Very significant"),
        ("provider and the ICB", "provider and the ICB in most circumstances", "NHS England and other regulators"),
        strict=True,
    ):
        assert means in level.means and led_by in level.led_by


@pytest.mark.requirement("LVL-22", "LVL-25", "LVL-26", "SUR-11")
@pytest.mark.parametrize(
    ("pack", "level"), [("qsg-2017", "enhanced"), ("sqg-2022", "routine"), ("sqg-2022", "intensive")]
)
def test_level_offers_what_may_be_done_by_whom(pack: str, level: str) -> None:
    found = part(pack, "levels", Levels).level(level)
    assert found and len(found.activities) >= 5 and all(one.by and one.name and one.cites for one in found.activities)


@pytest.mark.requirement("SUR-14")
def test_region_of_2017_is_offered_the_five_ways_in_which_it_can_act() -> None:
    """QSG 2017 ¶128: challenge, support, name for a wider response, agree actions of organisations, a Risk Summit."""
    level = part("qsg-2017", "levels", Levels).level("enhanced")
    ways = [one.name for one in level.activities if one.by == "Regional QSG"] if level else []
    told = (
        "Ask questions",
        "Find support",
        "response of the region or the nation",
        "single organisations",
        "Risk Summit",
    )
    assert len(ways) == len(told) and all(words in way for words, way in zip(told, ways, strict=True))


@pytest.mark.requirement("LVL-07", "LVL-08")
def test_somebody_authorises_every_level_by_every_route_and_never_a_group() -> None:
    authority = part("sqg-2022", "authority", Authorities)
    for level, route, is_icb in product(("enhanced", "intensive"), Commissioner, (False, True)):
        found = authority.of(level, Circumstances(commissioned_by=route, is_the_icb=is_icb))
        assert found and not {*found.slots, *found.override} & GROUPS
        assert not (
            is_icb and {Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE} & {*found.slots, *found.override}
        )
    assert authority.of("routine", Circumstances()) is None
    assert part("qsg-2017", "authority", Authorities).decided_by.mode is Mode.AGREEMENT


@pytest.mark.requirement("RPT-08", "RPT-09", "RPT-20", "RPT-22")
@pytest.mark.parametrize(
    ("pack", "sender", "to"),
    [
        ("sqg-2022", Slot.PLACE_GROUP, {Slot.SYSTEM_QUALITY_GROUP, Slot.ICB_EXECUTIVE_QUALITY_LEAD}),
        ("sqg-2022", Slot.ICB_EXECUTIVE_QUALITY_LEAD, {Slot.NHS_ENGLAND_REGION}),
        (
            "sqg-2022",
            Slot.SYSTEM_QUALITY_GROUP,
            {
                Slot.ICB_EXECUTIVE_QUALITY_LEAD,
                Slot.ICB_CHIEF_EXECUTIVE,
                Slot.LOCAL_AUTHORITY,
                Slot.REGIONAL_QUALITY_GROUP,
            },
        ),
        ("qsg-2017", Slot.SYSTEM_QUALITY_GROUP, {Slot.REGIONAL_QUALITY_GROUP}),
        ("qsg-2017", Slot.REGIONAL_QUALITY_GROUP, {Slot.NHS_ENGLAND_NATION}),
    ],
)
def test_routes_lead_upward(pack: str, sender: Slot, to: set[Slot]) -> None:
    assert {one.to for one in part(pack, "notices", Notices).routes_from(sender)} == to


@pytest.mark.requirement("FRW-09")
@pytest.mark.parametrize(
    ("later", "nearest"), [("routine", "routine"), ("enhanced", "enhanced"), ("intensive", "risk-summit")]
)
def test_a_group_that_goes_back_to_2017_finds_each_level_of_2022_beside_one_of_its_own(
    later: str, nearest: str
) -> None:
    found = part("qsg-2017", "mapping", LevelMap).nearest("sqg-2022", later)
    assert found is not None and found.comes_nearest == nearest


@pytest.mark.requirement("FRW-09")
@pytest.mark.parametrize("pack", ["qsg-2017", "sqg-2022"])
def test_every_earlier_level_has_one_that_comes_nearest(pack: str) -> None:
    mapping = part(pack, "mapping", LevelMap)
    earlier = [one for one in PACKS.values() if one.facts.in_force_from < PACKS[pack].facts.in_force_from]
    for other in earlier:
        assert all(mapping.nearest(other.id, level.id) for level in part(other.id, "levels", Levels).levels)
    assert mapping.nearest("qsg-2017", "purple") is None and "indicative only" in mapping.says


@pytest.mark.parametrize("pack", list(PACKS))
def test_parts_of_each_guidance_fit_each_other(pack: str) -> None:
    assert faults_between(PACKS[pack].parts) == ()


def test_guidance_without_levels_says_nothing_to_hold_against_them() -> None:
    assert faults_between({"triggers": PACKS["sqg-2022"].parts["triggers"]}) == ()


# --- slips of the pen


def clash(p: Plain) -> None:
    p["authorities"].append({**p["authorities"][0], "id": "another"})


def circle(p: Plain) -> None:
    p["routes"].append({**p["routes"][0], "id": "back", "sender": "nhs-england-nation", "to": "place-group"})


def first_clock(p: Plain) -> Plain:
    found: Plain = p["clocks"][0]
    return found


def notice_of(p: Plain, notice: str) -> Plain:
    return next(one for one in p["notices"] if one["id"] == notice)


SLIPS: list[tuple[str, Callable[[Plain], Any], str]] = [
    ("levels", lambda p: p["levels"].reverse(), "from the mildest"),
    ("levels", lambda p: p["levels"].append(p["levels"][0]), "the level “routine” stands twice"),
    ("levels", lambda p: p["levels"][1].update(code="R"), "the code “R” stands twice"),
    ("levels", lambda p: p["levels"][0].pop("cites"), "levels › number 1 › cites: it is missing"),
    (
        "levels",
        lambda p: p["levels"][1]["needs"][0].update(need="wishes"),
        "levels › number 2 › needs › number 1 › need",
    ),
    ("levels", lambda p: p["replaced"][0].update(id="enhanced"), "“enhanced” is a level, and is said to be replaced"),
    ("levels", lambda p: p["replaced"][0].update(by="risk-review"), "leads in a circle"),
    ("levels", lambda p: p["replaced"][0].update(by="a-chat"), "does not stand under “instead”"),
    ("triggers", lambda p: p["triggers"].append(p["triggers"][0]), "the trigger “across-pathways” stands twice"),
    ("triggers", lambda p: p["triggers"][0].update(when="on-a-whim"), "triggers › number 1 › when"),
    ("authority", lambda p: p["authorities"][0].update(slots=["system-quality-group"]), "never authorises it"),
    ("authority", lambda p: p["authorities"][0].update(override=["group-chair"]), "never authorises it"),
    ("authority", lambda p: p["authorities"][0].update(slots=["mayor"]), "authorities › number 1 › slots › number 1"),
    ("authority", lambda p: p["authorities"][0].update(override=["icb-chief-executive"]), "stands twice"),
    ("authority", lambda p: p["slots"].pop(0), "that has no name under “slots”"),
    ("authority", lambda p: p["commissioners"].pop(), "ways of commissioning"),
    ("authority", clash, "speak of the same case"),
    ("notices", circle, "that is a circle"),
    ("notices", lambda p: p["routes"][0].update(to=p["routes"][0]["sender"]), "that is a circle"),
    ("notices", lambda p: p["notices"][0].update(occasion="staying"), "“clock” is given for"),
    ("notices", lambda p: p["notices"][0].update(clock="region-update"), "“clock” is given for"),
    ("notices", lambda p: p["notices"][-1].update(kind="notice", by=p["notices"][-1]["to"]), "nobody tells themselves"),
    ("notices", lambda p: p["notices"][2].update(registers=["icb"]), "“registers” is for a task"),  # of a region
    ("notices", lambda p: p["notices"][1].update(registers=["icb", "icb"]), "the register “icb” stands twice"),
    (
        "notices",
        lambda p: notice_of(p, "report-to-the-icb").update(to="provider"),
        "told of a level, and not of a concern",
    ),
    ("notices", lambda p: p["notices"][0].update(levels=["enhanced", "enhanced"]), "stands twice"),
    (
        "mapping",
        lambda p: p["pairs"].append({**p["pairs"][0], "id": "again"}),
        "the level of other guidance “qsg-2017, routine” stands",
    ),
    ("clocks", lambda p: p["clocks"].append(p["clocks"][0]), "the clock “long-stay” stands twice"),
    ("clocks", lambda p: first_clock(p)["settings"][0].update(chosen="sometimes"), "not among its choices"),
    ("clocks", lambda p: first_clock(p)["settings"][0]["choices"][0].update(id="sometimes"), "not among its choices"),
    ("clocks", lambda p: first_clock(p)["settings"].pop(), "has the settings that its rule reads"),
    ("clocks", lambda p: first_clock(p).update(unit="months"), "counted in quarters"),
    ("clocks", lambda p: p["clocks"][1].pop("at_most"), "with “at_most”"),
    ("clocks", lambda p: p["clocks"][1].update(at_most=3), "ends before it begins"),
]


@pytest.mark.parametrize(("name", "spoil", "says"), SLIPS, ids=[f"{name}: {says}"[:60] for name, _, says in SLIPS])
def test_slip_of_the_pen_is_refused_with_its_line(name: str, spoil: Callable[[Plain], Any], says: str) -> None:
    with pytest.raises(RulebookError) as caught:
        remade(name, spoil)
    assert says in str(caught.value) and re.search(r"Line \d+|The text", str(caught.value))


@pytest.mark.requirement("RPT-21")
def test_notice_that_does_not_say_whether_it_is_for_information_or_for_action_is_refused() -> None:
    with pytest.raises(RulebookError, match="notices › number 1 › purpose: it is missing"):
        remade("notices", lambda p: p["notices"][0].pop("purpose"), "qsg_2017")


def test_choice_that_no_rule_understands_is_refused() -> None:
    def odd(p: Plain) -> None:
        first_clock(p)["settings"][0]["choices"].append({"id": "sometimes", "name": "Sometimes", "cites": "local"})

    with pytest.raises(RulebookError, match="which its rule does not understand"):
        remade("clocks", odd)


def test_level_agreed_by_a_group_is_authorised_by_no_organisation() -> None:
    with pytest.raises(RulebookError, match="where levels are agreed by a group"):
        remade("authority", lambda p: p["authorities"][0].update(slots=["nhs-england-region"]), "qsg_2017")


BETWEEN: list[tuple[str, Callable[[Plain], Any], str, bool]] = [
    (
        "triggers",
        lambda p: p["triggers"][0].update(of="purple"),
        "The trigger “across-pathways” names a level “purple”",
        True,
    ),
    ("authority", lambda p: p["authorities"][0].update(level="purple"), "“enhanced-by-the-icb” names a level", True),
    ("notices", lambda p: p["notices"][0].update(levels=["purple"]), "names a level “purple” that there is not", True),
    ("clocks", lambda p: p["clocks"][0].update(levels=["purple"]), "The clock “long-stay” names a level", True),
    ("mapping", lambda p: p["pairs"][0].update(comes_nearest="purple"), "The pair “2017-routine” names a level", True),
    ("notices", lambda p: p["notices"][-1].update(clock="purple"), "comes again by a clock “purple”", True),
    ("triggers", lambda p: p.update(triggers=p["triggers"][:9]), "“intensive” needs a trigger", False),
    ("authority", lambda p: p["authorities"].pop(0), "Nobody authorises the level “enhanced”", False),
    ("authority", lambda p: p["slots"].pop(-2), "“regional-support-group” that “authority” does not name", True),
    ("authority", lambda p: p["slots"].pop(-5), "The route “place-to-system” names a role “place-group”", True),
]


@pytest.mark.parametrize(("name", "spoil", "says", "dangles"), BETWEEN, ids=[one[2][:50] for one in BETWEEN])
def test_part_that_does_not_fit_another_is_named(
    name: str, spoil: Callable[[Plain], Any], says: str, dangles: bool
) -> None:
    parts = {**PACKS["sqg-2022"].parts, name: remade(name, spoil)}
    assert says in " ".join(faults_between(parts))
    assert (says in " ".join(dangling(parts))) is dangles


def test_pack_whose_parts_do_not_fit_is_not_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "sqg_2022"
    folder.mkdir()
    for path in (FOLDER / "sqg_2022").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("of: intensive", "of: purple") if path.stem == "triggers" else text
        (folder / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(
        PackError,
        match=r"sqg_2022/triggers.yaml: Line \d+: The trigger “act-rapidly” names a level “purple” that there is not",
    ):
        load(tmp_path)


# --- citations


@pytest.mark.reference
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_paragraphs_that_are_cited_exist(path: Path) -> None:
    if not GUIDANCE.is_dir():
        pytest.skip("The guidance beside the project is needed: set SIGHTLINE_SHARED.")
    old, new = ((GUIDANCE / name).read_text(encoding="utf-8") for name in ("qsg-2017.txt", "sqg-2022.txt"))
    cited = re.findall(r"cites: \"?([^\"\n}]+)", path.read_text(encoding="utf-8"))
    assert cited
    for one in cited:
        for number in re.findall(r"¶(\d+)", one):
            assert re.search(rf"^\s*{number}\. ", old, re.MULTILINE), one
        for number in re.findall(r"§(\d\.\d+)", re.sub(r"Annex G §[\d.]+", "", one)):
            assert re.search(rf"^(?:- )?{re.escape(number)}\.", new, re.MULTILINE), one


@pytest.mark.reference
@pytest.mark.requirement("LVL-12", "LVL-13", "LVL-20", "LVL-21")
def test_each_cited_trigger_shares_its_words_with_the_guidance() -> None:
    if not GUIDANCE.is_dir():
        pytest.skip("The guidance beside the project is needed: set SIGHTLINE_SHARED.")
    text = (GUIDANCE / "risk-response-2022.txt").read_text(encoding="utf-8").casefold()
    tables = text[
        text.index("led by provider/ icb in most circumstances") : text.index("annex a: glossary of key terms")
    ]
    theirs = set(re.findall(r"[a-z]{5,}", tables))
    for one in part("sqg-2022", "triggers", Triggers).triggers:
        mine = set(re.findall(r"[a-z]{5,}", one.says.casefold()))
        assert one.is_local or len(mine & theirs) * 2 >= len(mine), one.says

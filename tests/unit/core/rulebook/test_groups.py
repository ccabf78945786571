"""Types of group as data: what packs hold, and slips of the pen named by line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sightline.core.rulebook import RulebookError, parse
from sightline.core.rulebook.groups import GroupTypes, SeatPart, Use
from sightline.core.rulebook.levels import Force, Slot
from sightline.rulebook.packs import PACKS, load
from tests.factories.levels import part

FOLDER = Path(load.__code__.co_filename).parent
GUIDANCE = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[5] / "shared")) / "guidance"
Plain = dict[str, Any]


def plain(pack: str = "sqg_2022") -> Plain:
    found: Plain = yaml.safe_load((FOLDER / pack / "group_types.yaml").read_text(encoding="utf-8"))
    return found


def remade(spoil: Callable[[Plain], Any], pack: str = "sqg_2022") -> Any:
    whole = plain(pack)
    spoil(whole)
    apart = json.loads(json.dumps(whole))
    return parse("group_types", yaml.safe_dump(apart, allow_unicode=True, sort_keys=False))


@pytest.mark.requirement("FRW-05", "GRP-01")
@pytest.mark.parametrize(
    ("pack", "kind", "called"),
    [
        ("qsg-2013", "system-group", "Local Quality Surveillance Group (Local QSG)"),
        ("qsg-2017", "system-group", "Local Quality Surveillance Group (Local QSG)"),
        ("sqg-2022", "system-group", "System Quality Group (SQG)"),
        ("qsg-2017", "regional-group", "Regional Quality Surveillance Group (Regional QSG)"),
        ("sqg-2022", "regional-group", "Regional Quality Group (RQG)"),
    ],
)
def test_same_group_has_the_name_of_each_guidance(pack: str, kind: str, called: str) -> None:
    found = part(pack, "group_types", GroupTypes).type(kind)
    assert found and found.called == called


@pytest.mark.requirement("GRP-01")
def test_guidance_of_2022_knows_every_group_that_rules_speak_of() -> None:
    slots = {one.slot for one in part("sqg-2022", "group_types", GroupTypes).types}
    assert slots == {
        None,
        Slot.PLACE_GROUP,
        Slot.SYSTEM_QUALITY_GROUP,
        Slot.REGIONAL_QUALITY_GROUP,
        Slot.REGIONAL_SUPPORT_GROUP,
        Slot.SYSTEM_OVERSIGHT_COMMITTEE,
    }


@pytest.mark.requirement("GRP-03")
def test_system_must_have_its_group_and_a_place_may() -> None:
    found = part("sqg-2022", "group_types", GroupTypes)
    needed = {one.id: one.needed for one in found.types}
    assert (needed["system-group"], needed["place-group"]) == (Force.MUST, Force.MAY)


@pytest.mark.requirement("GRP-06", "GRP-07", "GRP-09")
@pytest.mark.parametrize(
    ("pack", "kind", "kinds", "count"),
    [
        ("sqg-2022", "system-group", {"assurance-committee", "regional-group"}, 3),
        ("sqg-2022", "place-group", {"system-group", "assurance-committee"}, 3),
        ("qsg-2017", "system-group", {"regional-group"}, 1),
        ("qsg-2017", "regional-group", {"national-group"}, 1),
    ],
)
def test_to_whom_each_group_reports(pack: str, kind: str, kinds: set[str], count: int) -> None:
    found = part(pack, "group_types", GroupTypes).type(kind)
    assert found and {one.kind for one in found.reports_to if one.kind} == kinds and len(found.reports_to) == count


def test_minimum_of_2022_has_two_lay_members_and_one_chair() -> None:
    kind = part("sqg-2022", "group_types", GroupTypes).type("system-group")
    assert kind and sum(one.at_least for one in kind.seats if one.force is Force.MUST) == 16
    assert [one.at_least for one in kind.seats if one.id == "lay"] == [2]
    assert [one.title for one in kind.seats if one.part is SeatPart.CHAIR] == ["ICB executive lead for quality"]


@pytest.mark.requirement("GRP-04")
@pytest.mark.parametrize("pack", PACKS)
def test_no_guidance_lets_a_quality_group_be_the_assurance_committee(pack: str) -> None:
    for kind in part(pack, "group_types", GroupTypes).types:
        assert kind.slot is None or kind.bar(Use.ASSURANCE_COMMITTEE), kind.id


SLIPS: list[tuple[Callable[[Plain], Any], str]] = [
    (lambda p: p["types"].append(p["types"][0]), "the type “place-group” stands twice"),
    (lambda p: p["types"][2].update(slot="place-group"), "the role “place-group” stands twice"),
    (lambda p: p["types"][1].pop("may_not_be"), "must say that it may not be an assurance committee"),
    (lambda p: p["types"][1].update(uses=["assurance-committee"]), "serves as “assurance-committee” and may not"),
    (lambda p: p["types"].pop(1), "which there is not"),
    (lambda p: p.update(types=p["types"][3:5]), "no type has the role “system-quality-group”"),
    (lambda p: p["types"][1]["seats"].pop(0), "has one seat for its chair"),
    (lambda p: p["types"][1]["seats"][1].update(part="chair"), "has one seat for its chair"),
    (lambda p: p["types"][1]["seats"].append(p["types"][1]["seats"][3]), "the seat “icb” stands twice"),
    (lambda p: p["types"][1]["seats"][3].update(title="Local Authority"), "the title of a seat “local authority”"),
    (lambda p: p["types"][1]["reports_to"][0].update(kind="court"), "of the type “court”, which there is not"),
    (lambda p: p["types"][1]["seats"][0].pop("cites"), "types › number 2 › seats › number 1 › cites: it is missing"),
    (lambda p: p["types"][1].update(tier="system"), "tier: there is no such field"),
    (lambda p: p["types"][1].update(tiers=[]), "tiers"),
    (lambda p: p["types"][1]["seats"][3].update(at_least=0), "at_least"),
]


@pytest.mark.parametrize(("spoil", "says"), SLIPS, ids=[says[:50] for _, says in SLIPS])
def test_slip_of_the_pen_is_refused_with_its_line(spoil: Callable[[Plain], Any], says: str) -> None:
    with pytest.raises(RulebookError) as caught:
        remade(spoil)
    assert says in str(caught.value) and re.search(r"Line \d+|The text", str(caught.value))


@pytest.mark.reference
@pytest.mark.parametrize("pack", ["qsg_2013", "qsg_2017", "sqg_2022"])
def test_paragraphs_that_are_cited_exist(pack: str) -> None:
    if not GUIDANCE.is_dir():
        pytest.skip("The guidance beside the project is needed: set SIGHTLINE_SHARED.")
    old, new = ((GUIDANCE / name).read_text(encoding="utf-8") for name in ("qsg-2017.txt", "sqg-2022.txt"))
    cited = re.findall(r"cites: \"?([^\"\n}]+)", (FOLDER / pack / "group_types.yaml").read_text(encoding="utf-8"))
    assert cited
    for one in cited:
        for number in re.findall(r"¶(\d+)", one):
            assert re.search(rf"^\s*{number}\. ", old, re.MULTILINE), one
        for number in re.findall(r"§(\d\.\d+)", one):
            assert re.search(rf"^(?:- )?{re.escape(number)}\.", new, re.MULTILINE), one

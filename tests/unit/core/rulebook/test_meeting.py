"""How groups meet, as data: what the packs hold, where the guidance is silent, and slips of the pen named by line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.clocks import Unit
from sightline.core.rulebook.groups import GroupType, GroupTypes
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.meeting import SETTINGS, Moment, StandingItem
from sightline.rulebook.packs import PACKS
from sightline.rulebook.presenters import meets
from tests.factories.levels import part

Plain = dict[str, Any]


def kind(pack: str, name: str) -> GroupType:
    found = part(pack, "group_types", GroupTypes).type(name)
    assert found is not None
    return found


@pytest.mark.requirement("FRW-01")
@pytest.mark.parametrize(
    ("pack", "name", "months", "reviewed"),
    [
        ("qsg-2017", "system-group", 2, 12),  # "at least bi-monthly"
        ("qsg-2017", "regional-group", 3, 12),
        ("qsg-2017", "national-group", None, None),
        ("sqg-2022", "system-group", 3, 12),
        ("sqg-2022", "place-group", 1, None),
        ("sqg-2022", "quality-improvement-group", 1, None),
        ("sqg-2022", "rapid-quality-review", None, None),  # called at short notice
        ("sqg-2022", "regional-group", None, None),
        ("qsg-2013", "system-group", None, None),
    ],
)
def test_each_group_meets_as_often_as_its_guidance_asks(
    pack: str, name: str, months: int | None, reviewed: int | None
) -> None:
    cadence = kind(pack, name).cadence
    assert (cadence.value if cadence else None, cadence.reviewed_every_months if cadence else None) == (
        months,
        reviewed,
    )
    assert cadence is None or (cadence.unit, cadence.force) == (Unit.MONTHS, Force.MUST)


@pytest.mark.requirement("FRW-01")
def test_system_quality_group_needs_half_its_members_and_somebody_from_each_of_five_seats() -> None:
    quorum = kind("sqg-2022", "system-group").quorum
    assert quorum and quorum.share == 50 and quorum.outside
    assert {one.seat: one.at_least for one in quorum.of_each} == {
        "icb": 1, "local-authority": 1, "provider-collaboratives": 1, "lay": 1, "nhs-england-region": 1,
    }  # fmt: skip


def test_place_group_needs_half_its_members_and_no_seat_in_particular() -> None:
    quorum = kind("sqg-2022", "place-group").quorum
    assert quorum and quorum.share == 50 and quorum.of_each == () and quorum.outside is None


@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017"])
def test_guidance_before_2022_lays_down_no_quorum_and_none_is_made_up(pack: str) -> None:
    for one in part(pack, "group_types", GroupTypes).types:
        assert one.quorum is None and meets(one).quorate == ()


@pytest.mark.parametrize(
    ("pack", "name", "item", "cites"),
    [
        ("qsg-2017", "system-group", "feedback-from-the-region", "QSG 2017 ¶89-90"),
        ("qsg-2017", "regional-group", "feedback-from-the-nation", "QSG 2017 ¶89-90"),
        ("qsg-2017", "system-group", "safeguarding", "QSG 2017 ¶79"),
        ("qsg-2017", "system-group", "emerging-intelligence", "QSG 2017 ¶99"),
        ("qsg-2017", "system-group", "conclusions", "QSG 2017 ¶99"),
        ("sqg-2022", "system-group", "safeguarding", "local, after QSG 2017 ¶79"),
    ],
)
def test_what_stands_on_every_agenda_stands_beside_its_paragraph(pack: str, name: str, item: str, cites: str) -> None:
    assert standing(pack, name)[item].cites == cites


def test_item_for_safeguarding_names_the_member_who_is_responsible_and_no_other_does() -> None:
    for pack in ("qsg-2017", "sqg-2022"):
        found = standing(pack, "system-group")
        assert [one.id for one in found.values() if one.has_responsible] == ["safeguarding"]


def test_conclusions_on_levels_close_a_meeting() -> None:
    assert standing("qsg-2017", "system-group")["conclusions"].moment is Moment.CLOSING


@pytest.mark.requirement("QUO-01", "QUO-03", "QUO-04", "QUO-09", "QUO-10")
def test_what_the_guidance_leaves_open_of_a_quorum_is_a_choice_in_sight() -> None:
    system, place = kind("sqg-2022", "system-group").quorum, kind("sqg-2022", "place-group").quorum
    assert system and place
    assert {one.id: one.chosen for one in system.settings} == {
        "heads": "person", "vacancies": "left-out", "limbs": "one", "agreement": "every-seat", "route": "after-inquorate",
        "binding": "must",
    }  # fmt: skip
    assert {one.id for one in place.settings} == {"heads", "vacancies"}  # nothing else is open there
    for one in (*system.settings, *place.settings):
        assert {choice.id for choice in one.choices} == {word.value for word in SETTINGS[one.id]}
        assert one.chosen == next(word.value for word in SETTINGS[one.id])  # what is read where nothing is chosen


@pytest.mark.parametrize(
    ("pack", "name", "filled"),
    [
        ("qsg-2017", "system-group", {"feedback", "subjects", "conclusions"}),
        ("qsg-2017", "regional-group", {"feedback", "escalations", "conclusions"}),
        ("sqg-2022", "system-group", {"interests", "actions"}),
    ],
)
def test_standing_items_say_what_they_are_filled_with(pack: str, name: str, filled: set[str]) -> None:
    assert {one.gathers.value for one in standing(pack, name).values() if one.gathers} == filled


def standing(pack: str, name: str) -> dict[str, StandingItem]:
    return {one.id: one for one in kind(pack, name).standing_items}


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_of_how_a_group_meets_is_told_in_words_beside_its_paragraph(pack: str) -> None:
    for one in part(pack, "group_types", GroupTypes).types:
        told = meets(one)
        assert len(told.often) == (one.cadence is not None)
        assert len(told.agenda) == len(one.standing_items)
        assert len(told.quorate) == (
            1
            + len(one.quorum.of_each)
            + (one.quorum.outside is not None)
            + any(each.id == "binding" for each in one.quorum.settings)
            if one.quorum
            else 0
        )
        assert told.is_silent is not bool(told.often or told.quorate or told.agenda)
        assert all(line.says and line.cites for line in (*told.often, *told.quorate, *told.agenda))


def test_words_of_the_quorum_call_each_seat_by_its_title_and_say_how_a_plural_is_read() -> None:
    lines = {one.title: one.says for one in meets(kind("sqg-2022", "system-group")).quorate}
    assert "Provider collaborative" in lines and "Where it is not reached" in lines
    assert lines["Lay member with lived experience"].startswith("At least one must be there. The guidance writes")


def remade(spoil: Callable[[Plain], Any]) -> Any:
    whole: Plain = yaml.safe_load(as_text(part("sqg-2022", "group_types", GroupTypes)))
    spoil(next(one for one in whole["types"] if one["id"] == "system-group"))
    return parse("group_types", yaml.safe_dump(json.loads(json.dumps(whole)), allow_unicode=True, sort_keys=False))


SLIPS: list[tuple[Callable[[Plain], Any], str]] = [
    (lambda p: p["cadence"].update(value=0), "cadence › value"),
    (lambda p: p["cadence"].update(unit="fortnights"), "cadence › unit"),
    (lambda p: p["cadence"].update(unit="meetings"), "counted in months"),
    (lambda p: p["cadence"].pop("cites"), "cadence › cites: it is missing"),
    (lambda p: p["quorum"].update(share=101), "quorum › share"),
    (lambda p: (p["quorum"].pop("share"), p["quorum"].pop("of_each")), "a quorum asks for something"),
    (lambda p: p["quorum"]["of_each"][0].update(seat="mayor"), "counts the seat “mayor” for its quorum"),
    (lambda p: p["quorum"]["of_each"].append(p["quorum"]["of_each"][0]), "the seat in the quorum “icb” stands twice"),
    (lambda p: p["quorum"]["outside"].pop("cites"), "quorum › outside › cites: it is missing"),
    (lambda p: p["standing_items"].append(p["standing_items"][0]), "the standing item “interests” stands twice"),
    (lambda p: p["standing_items"][1].update(title="declarations of interest"), "title of a standing item"),
    (lambda p: p["standing_items"][0].update(moment="tea"), "standing_items › number 1 › moment"),
    (lambda p: p["standing_items"][0].update(gathers="tea"), "standing_items › number 1 › gathers"),
    (lambda p: p["standing_items"][1].update(gathers="interests"), "filled with “interests” stands twice"),
    (lambda p: p["quorum"]["settings"][0].update(chosen="shoe-size"), "takes “shoe-size”, which is not among"),
    (lambda p: p["quorum"]["settings"][0].update(id="hats"), "a quorum has no setting “hats”"),
    (lambda p: p["quorum"]["settings"][0]["choices"][1].update(id="hats"), "offers “hats”, which its rule does not"),
    (lambda p: p["quorum"]["settings"].append(p["quorum"]["settings"][0]), "the setting “heads” stands twice"),
    (lambda p: p.update(quorums=[]), "quorums: there is no such field"),
]


@pytest.mark.parametrize(("spoil", "says"), SLIPS, ids=[says[:40] for _, says in SLIPS])
def test_slip_of_the_pen_is_refused_with_its_line(spoil: Callable[[Plain], Any], says: str) -> None:
    with pytest.raises(RulebookError) as caught:
        remade(spoil)
    assert says in str(caught.value) and re.search(r"Line \d+", str(caught.value))

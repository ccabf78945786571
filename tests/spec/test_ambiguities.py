"""Each sentence of the guidance that can be read in several ways: where its reading stands, and that it counts.

Seventeen are told of, in the order in which they were found. For each there is a row on the page of the rules that says
what is unclear, what is taken here, and which entry is changed to take it otherwise; and a test that takes it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest
import yaml

from sightline.core.escalation.consequences import Change, Consequence, consequences
from sightline.core.groups.chairing import About, ChairRules, open_to
from sightline.core.groups.chairing import remarks as chairing_remarks
from sightline.core.groups.seating import lacking
from sightline.core.improvement.ending import End, may_end
from sightline.core.meetings.deciding import Question, may_decide
from sightline.core.meetings.quorum import Member, Stay, quorum_at
from sightline.core.risks import may_stand_on, returns
from sightline.core.risks.recurring import window_of
from sightline.core.rulebook import Version, as_text, parse
from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.core.rulebook.clocks import Clocks
from sightline.core.rulebook.duties import LevelMap, Notices
from sightline.core.rulebook.groups import GroupType, GroupTypes
from sightline.core.rulebook.improving import Improvement, Limb
from sightline.core.rulebook.levels import Levels, Slot
from sightline.core.rulebook.publishing import Publication
from sightline.core.rulebook.readings import Place, Readings, entry_of
from sightline.core.rulebook.registers import Registers, Tier
from sightline.core.rulebook.shapes import Part
from sightline.core.surveillance.clocks import long_stay
from sightline.core.surveillance.facts import Dated, History
from sightline.core.surveillance.moving import may_begin, may_move
from sightline.rulebook.packs import PACKS
from sightline.rulebook.presenters import sections
from sightline.rulebook.queries import PartInForce
from tests.factories.levels import ICB, OTHER_ICB, a_case, a_move, a_subject, at, part, rules
from tests.unit.core.risks.made import a_closed_risk, a_risk

P = TypeVar("P", bound=Part)
NOW, OLD = "sqg-2022", "qsg-2017"

# Which reading of which guidance answers each of them.
ALL: dict[int, tuple[str, str]] = {
    1: (NOW, "quorum"),
    2: (OLD, "long-stay"),
    3: (NOW, "stepping-down"),
    4: (NOW, "ending"),
    5: (NOW, "recurrence"),
    6: (NOW, "moderate"),
    7: (NOW, "members"),
    8: (NOW, "local-authority-chairs"),
    9: (NOW, "quorum-force"),
    10: (NOW, "key-points"),
    11: (NOW, "tell-the-provider"),
    12: (NOW, "local-authority-decides"),
    13: (NOW, "themes"),
    14: (NOW, "affected-regions"),
    15: (OLD, "further-information"),
    16: (NOW, "notified-of-intensive"),
    17: (NOW, "risk-summits"),
}


def otherwise(pack: str, name: str, shape: type[P], change: Callable[[Any], object]) -> P:
    """This function will give a part as a house would have it that takes something otherwise."""
    plain = yaml.safe_load(as_text(part(pack, name, shape)))
    change(plain)
    made = parse(name, yaml.safe_dump(plain, allow_unicode=True, sort_keys=False))
    assert isinstance(made, shape)
    return made


def the(entries: list[dict[str, Any]], entry: str) -> dict[str, Any]:
    return next(one for one in entries if one["id"] == entry)


def choose(entry: dict[str, Any], setting: str, word: str) -> None:
    the(entry["settings"], setting)["chosen"] = word


# --- all of them stand in sight


def test_there_are_seventeen_and_each_is_answered_once() -> None:
    assert list(ALL) == list(range(1, 18)) and len(set(ALL.values())) == 17


@pytest.mark.parametrize("number", ALL)
def test_each_says_what_is_unclear_and_what_is_taken_and_where_that_is_changed(number: int) -> None:
    pack, name = ALL[number]
    found = part(pack, "readings", Readings).reading(name)
    assert found and found.says and found.taken and not found.is_local
    for place in found.stands_in:
        assert entry_of(PACKS[pack].parts, place) is not None, place


@pytest.mark.parametrize("pack", [OLD, NOW])
def test_page_of_the_rules_shows_each_with_the_titles_of_the_entries(pack: str) -> None:
    held = PACKS[pack]
    [section] = sections(PartInForce("readings", held, Version(pack, held.version), held.parts["readings"]))
    shown = {row.title: row for row in section.rows}
    for one in part(pack, "readings", Readings).readings:
        row = shown[one.name]
        assert [fact.says for fact in row.facts] == [one.says, one.taken] and row.cites == one.cites
        assert len(row.children) == len(one.stands_in)
        assert all(child.title and child.facts[0].label for child in row.children)


# --- each of them, taken as it is here and taken otherwise


def system_group(change: Callable[[Any], object] = lambda _: None) -> GroupType:
    def within(plain: Any) -> None:
        change(the(plain["types"], "system-group"))

    found = otherwise(NOW, "group_types", GroupTypes, within).type("system-group")
    assert found is not None
    return found


FIVE = ("icb", "local-authority", "nhs-england-region", "provider-collaboratives", "lay")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.requirement("QUO-03")
def test_01_vacant_seats_are_left_out_of_a_quorum_unless_a_house_counts_them() -> None:
    counting = system_group(lambda kind: choose(kind["quorum"], "vacancies", "counted"))
    empty = [Member(f"v{n}", "cqc", "", is_vacant=True) for n in range(2)]
    members = [Member(f"s{n}", seat, f"b{n}", person=f"p{n}") for n, seat in enumerate([*FIVE, *("cqc",) * 5])]
    stays = [Stay(f"p{n}", f"s{n}", NOON) for n in range(5)]
    answers = [
        quorum_at(kind.quorum, [*members, *empty], stays, NOON).may_transact for kind in (system_group(), counting)
    ]
    assert answers == [True, False]


@pytest.mark.requirement("SUR-08")
def test_02_quarters_count_at_any_time_in_them_unless_a_house_counts_whole_ones() -> None:
    def fires(change: Callable[[Any], object]) -> date:
        clock = otherwise(OLD, "clocks", Clocks, lambda plain: change(the(plain["clocks"], "long-stay"))).clock(
            "long-stay"
        )
        assert clock is not None
        stay = long_stay(clock, History.of([Dated("enhanced", OLD, date(2025, 5, 5))]), OLD, date(2026, 6, 1))
        assert stay is not None
        return stay.fires_on

    assert fires(lambda _: None) == date(2026, 1, 1)
    assert fires(lambda one: choose(one, "counting", "full-quarters")) == date(2026, 4, 1)
    assert fires(lambda one: choose(one, "quarters", "from-start")) == date(2026, 2, 5)


@pytest.mark.requirement("LVL-17")
def test_03_who_authorises_the_level_left_steps_down_unless_a_house_asks_for_the_level_entered() -> None:
    given = rules()
    entered = otherwise(
        NOW, "authority", Authorities,
        lambda plain: plain["stepping_down"].update(authority="of-the-level-entered"),
    )  # fmt: skip
    by_icb = a_move("intensive", "enhanced", Slot.ICB_EXECUTIVE_QUALITY_LEAD)
    answers = [
        bool(may_move(one, a_subject(), at("intensive"), by_icb)) for one in (given, replace(given, authority=entered))
    ]
    assert answers == [False, True]


@pytest.mark.requirement("LVL-17")
def test_03_a_step_down_waits_for_its_evidence_unless_a_house_asks_for_none() -> None:
    def without(plain: Any) -> None:
        level = the(plain["levels"], "enhanced")
        level["needs"] = [one for one in level["needs"] if one["need"] != "exit-evidence"]

    bare = a_move("enhanced", "routine", exit_evidence="")
    changed = replace(rules(), levels=otherwise(NOW, "levels", Levels, without))
    assert not may_move(rules(), a_subject(), at("enhanced"), bare)
    assert may_move(changed, a_subject(), at("enhanced"), bare)


@pytest.mark.requirement("QIG-08")
def test_04_one_condition_with_a_reason_ends_a_group_unless_a_house_asks_for_both() -> None:
    both = otherwise(NOW, "improvement", Improvement, lambda plain: choose(plain["ending"], "asked", "all"))
    end = End(frozenset({Limb.MILESTONES_LAST}), because="The rest has a plan of its own.")
    assert [bool(may_end(one.ending, end)) for one in (part(NOW, "improvement", Improvement), both)] == [True, False]


@pytest.mark.requirement("RSK-07")
@pytest.mark.parametrize(
    ("closed", "shorter", "same", "is_same_again"),
    [
        (date(2025, 12, 1), "counts", "category", True),  # back after three months
        (date(2025, 12, 1), "does-not-count", "category", False),
        (date(2025, 7, 1), "does-not-count", "category", True),
        (date(2025, 7, 1), "counts", "linked", False),  # nobody has said that it is the same
    ],
)
def test_05_a_risk_of_the_same_category_is_the_same_and_a_sooner_return_counts(
    closed: date, shorter: str, same: str, is_same_again: bool
) -> None:
    clocks = otherwise(
        NOW, "clocks", Clocks, lambda plain: choose(the(plain["clocks"], "recurrence"), "shorter", shorter)
    )
    registers = otherwise(NOW, "registers", Registers, lambda plain: plain["returning"].update(same=same))
    clock = clocks.clock("recurrence")
    assert clock is not None
    risk = a_risk(opened_on=date(2026, 3, 1))
    earlier = replace(a_closed_risk(), subjects=risk.subjects, category=risk.category, closed_on=closed)
    assert bool(returns(risk, [earlier], window_of(clock), registers)) is is_same_again


@pytest.mark.requirement("RSK-06")
def test_06_a_moderate_concern_is_kept_like_a_minor_one_unless_a_house_rules_otherwise() -> None:
    def barred(plain: Any) -> None:
        rule = next(one for one in plain["standings"] if one["tier"] == "icb" and "moderate" in one["severities"])
        rule["severities"].remove("moderate")
        plain["standings"].append({**rule, "severities": ["moderate"], "force": "never"})

    concern = a_risk(severity=Severity.MODERATE, places=())
    asked = part(NOW, "registers", Registers), otherwise(NOW, "registers", Registers, barred)
    assert [bool(may_stand_on(one, concern, Tier.ICB)) for one in asked] == [True, False]


@pytest.mark.requirement("MEM-01")
def test_07_whoever_stands_in_either_list_is_expected_and_one_specialist_is_enough() -> None:
    missing = {one.seat.id: one for one in lacking(system_group(), [])}
    assert {"public-health", "patient-safety-collaborative", "patient-safety-specialist"} <= set(missing)
    assert missing["patient-safety-specialist"].seat.at_least == 1
    short = system_group(lambda kind: kind["seats"].remove(the(kind["seats"], "public-health")))
    assert "public-health" not in {one.seat.id for one in lacking(short, [])}


@pytest.mark.requirement("CHR-08")
def test_08_a_local_authority_should_co_chair_what_it_commissions_unless_a_house_leaves_it_open() -> None:
    def said(force: str) -> int:
        def open_up(plain: Any) -> None:
            ways = the(plain["types"], "quality-improvement-group")["chairs"]
            next(one for one in ways if one.get("when") == "local-authority-commissioned")["force"] = force

        kind = otherwise(NOW, "group_types", GroupTypes, open_up).type("quality-improvement-group")
        assert kind is not None
        asked = ChairRules(kind, part(NOW, "authority", Authorities), None)
        about = About("Lantern Home", case=a_case(commissioned_by=Commissioner.LOCAL_AUTHORITY))
        assert Slot.LOCAL_AUTHORITY in open_to(about, asked)
        return len(chairing_remarks((), about, asked))

    assert [said("should"), said("may")] == [1, 0]


@pytest.mark.requirement("QUO-01", "QUO-06")
def test_09_a_quorum_must_be_reached_unless_a_house_takes_it_as_recommended() -> None:
    def comes_to(rule: GroupType) -> tuple[str, int]:
        nobody = quorum_at(rule.quorum, [Member("seat-1", "", "body-1")], [], NOON)
        found = may_decide(Question("item-1", "Ask for a plan."), nobody)
        return found.outcome.value, len(found.marks)

    recommended = system_group(lambda kind: choose(kind["quorum"], "binding", "recommended"))
    assert comes_to(system_group()) == ("discussion_only", 0)
    assert comes_to(recommended) == ("agreed", 7)  # that it was not quorate, the number, and each of the five seats


def test_10_another_person_clears_key_points_unless_a_house_lets_the_chair_do_so() -> None:
    def cleared_by(word: str) -> list[bool]:
        changed = otherwise(
            NOW, "publication", Publication, lambda plain: choose(plain["key_points"], "cleared_by", word)
        )
        rule = changed.key_points
        return [rule.may_clear(wrote=wrote, chairs=chairs) for wrote in (True, False) for chairs in (True, False)]

    assert part(NOW, "publication", Publication).key_points.cleared_by.value == "another"
    assert part(NOW, "publication", Publication).key_points.text.value == "written-apart"
    assert cleared_by("another") == [False, False, True, True]
    assert cleared_by("chair") == [True, False, True, False]


def arising(change: Callable[[Any], object], before: str, after: str, **case: Any) -> list[Consequence]:
    """This function will give what a change of level brings about where the notices are changed."""
    changed = otherwise(NOW, "notices", Notices, lambda plain: change(plain["notices"]))
    return list(consequences(changed, Change("d1", "s1", before, after, a_case(**case))))


@pytest.mark.requirement("PRV-05")
def test_11_a_provider_is_told_unless_a_house_takes_the_notice_out() -> None:
    found = arising(lambda _: None, "routine", "enhanced")
    without = arising(lambda all_of: all_of.remove(the(all_of, "tell-the-provider")), "routine", "enhanced")
    told = [[one.notice.id for one in some].count("tell-the-provider") for some in (found, without)]
    assert told == [1, 0]


@pytest.mark.requirement("LVL-07")
def test_12_a_local_authority_authorises_what_it_commissions_unless_a_house_gives_it_to_the_icb() -> None:
    def to_the_icb(plain: Any) -> None:
        rule = the(plain["authorities"], "enhanced-by-the-local-authority")
        rule["slots"], rule["override"] = ["icb-executive-quality-lead"], ["local-authority"]

    subject = a_subject(a_case(commissioned_by=Commissioner.LOCAL_AUTHORITY))
    changed = replace(rules(), authority=otherwise(NOW, "authority", Authorities, to_the_icb))
    by_council = a_move("routine", "enhanced", Slot.LOCAL_AUTHORITY)
    answers = [bool(may_move(one, subject, at("routine"), by_council)) for one in (rules(), changed)]
    assert answers == [True, False]


@pytest.mark.requirement("LVL-01")
def test_13_each_level_is_set_by_itself_and_the_levels_say_so() -> None:
    """No setting: a rule is told of one subject, so that no level of another can bear on it."""
    theme = at("intensive").standing(rules(), date(2026, 3, 2))
    provider = at("routine").standing(rules(), date(2026, 3, 2))
    assert (theme.level.id, provider.level.id) == ("intensive", "routine")
    assert any("set by itself" in one.says and one.is_local for one in part(NOW, "levels", Levels).notes)


@pytest.mark.requirement("ORG-11")
def test_14_whoever_leads_tells_the_regions_unless_a_house_leaves_it_to_each_board() -> None:
    several = {"commissioners": (ICB, OTHER_ICB), "systems": (ICB, OTHER_ICB)}

    def by(change: Callable[[Any], object]) -> set[Slot]:
        found = arising(change, "routine", "enhanced", **several)
        return {one.falls_to for one in found if one.notice.id == "share-with-the-region"}

    assert by(lambda _: None) == {Slot.PROCESS_LEAD}
    assert by(lambda all_of: the(all_of, "share-with-the-region").pop("by_if_several")) == {
        Slot.ICB_EXECUTIVE_QUALITY_LEAD
    }


@pytest.mark.requirement("SUR-03")
def test_15_the_second_meaning_of_further_information_is_told_beside_the_first() -> None:
    level = part(OLD, "levels", Levels).level("further-information")
    assert level is not None and "level of risk" in level.means
    assert [note.cites for note in level.notes] == ["QSG 2017 Annex E"]
    changed = otherwise(OLD, "levels", Levels, lambda plain: the(plain["levels"], "further-information").pop("notes"))
    bare = changed.level("further-information")
    assert bare is not None and not bare.notes


@pytest.mark.requirement("RPT-06")
def test_16_chief_executive_and_both_chairs_are_notified_unless_a_house_reads_it_more_narrowly() -> None:
    def told(change: Callable[[Any], object]) -> set[Slot]:
        found = arising(change, "enhanced", "intensive")
        return {one.to for one in found if one.notice.id.startswith("notify-")}

    assert told(lambda _: None) == {Slot.ICB_CHIEF_EXECUTIVE, Slot.ICB_CHAIR, Slot.PROVIDER_CHAIR}
    assert told(lambda all_of: all_of.remove(the(all_of, "notify-the-icb-chair"))) == {
        Slot.ICB_CHIEF_EXECUTIVE, Slot.PROVIDER_CHAIR,
    }  # fmt: skip


@pytest.mark.requirement("FRW-07", "FRW-09")
def test_17_a_risk_summit_became_a_meeting_and_a_level() -> None:
    nearest = part(NOW, "mapping", LevelMap).nearest(OLD, "risk-summit")
    begun = may_begin(part(NOW, "levels", Levels), "risk-summit")
    assert nearest is not None and nearest.comes_nearest == "intensive"
    assert not begun and "Rapid Quality Review" in begun.words and "Intensive" in begun.words
    other = otherwise(
        NOW, "mapping", LevelMap,
        lambda plain: the(plain["pairs"], "2017-risk-summit").update(comes_nearest="enhanced"),
    )  # fmt: skip
    moved = other.nearest(OLD, "risk-summit")
    assert moved is not None and moved.comes_nearest == "enhanced"


def test_a_reading_that_points_at_nothing_is_a_fault_of_the_guidance() -> None:
    assert entry_of(PACKS[NOW].parts, Place(part="clocks", entry="no-such-clock")) is None
    assert entry_of(PACKS[NOW].parts, Place(part="no_such_part", entry="long-stay")) is None

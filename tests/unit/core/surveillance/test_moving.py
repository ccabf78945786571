"""Every pair of levels with every role, by every way of commissioning; and everything else that lets a move through or not."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations, product

import pytest

from sightline.core.rulebook.authority import StepDown
from sightline.core.rulebook.circumstances import Commissioner
from sightline.core.rulebook.levels import Need, Skip, Slot
from sightline.core.surveillance.facts import Dated, History, LevelRules, RegionalAgreement
from sightline.core.surveillance.moving import RemarkKind, decision_of, may_move, moves_offered, remarks
from tests.factories.levels import (
    DAY,
    ICB,
    OTHER_ICB,
    TRUST,
    a_case,
    a_move,
    a_subject,
    at,
    rules,
    somebody,
)

LEAD, CHIEF = Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE
ICB_PEOPLE, PARTNER = {LEAD, CHIEF}, {Slot.LOCAL_AUTHORITY}
AREA, NATION = Slot.NHS_ENGLAND_REGION, Slot.NHS_ENGLAND_NATION
# Who authorises each level of 2022, and who may with a recorded reason: written out by hand, not read from the pack.
ENHANCED = {
    "icb": (ICB_PEOPLE, {AREA}),
    "another-icb": (ICB_PEOPLE, {AREA}),
    "nhs-england": ({AREA}, ICB_PEOPLE),
    "icb-and-nhs-england": (ICB_PEOPLE | {AREA}, set()),
    "joint": (ICB_PEOPLE | PARTNER, {AREA}),
    "local-authority": (PARTNER, ICB_PEOPLE),
    "the ICB itself": ({AREA}, {NATION}),
}
INTENSIVE = {route: ({AREA, NATION}, ICB_PEOPLE) for route in ENHANCED} | {
    "local-authority": (PARTNER, {AREA, NATION}),
    "the ICB itself": ({AREA, NATION}, set()),
}
WHO = {"enhanced": ENHANCED, "intensive": INTENSIVE}
RANK = ["routine", "enhanced", "intensive"]
OLD = ["routine", "further-information", "enhanced", "risk-summit"]


@pytest.mark.requirement("LVL-05", "LVL-06", "LVL-07", "LVL-08", "LVL-17")
@pytest.mark.parametrize(("before", "after"), list(permutations(RANK, 2)))
def test_every_pair_of_levels_with_every_role_and_route(before: str, after: str) -> None:
    asked = after if RANK.index(after) > RANK.index(before) else before  # stepping down: of the level that is left
    for route, slot, reason in product(ENHANCED, Slot, ("", "The region asked for it.")):
        usual, with_reason = WHO[asked][route]
        is_icb = route == "the ICB itself"
        case = a_case(is_the_icb=True) if is_icb else a_case(commissioned_by=Commissioner(route))
        subject = a_subject(case, process_lead=ICB, organisation=ICB if is_icb else TRUST)
        verdict = may_move(rules(), subject, at(before), a_move(before, after, slot, override_reason=reason))
        expected = slot in usual or (slot in with_reason and bool(reason))
        assert bool(verdict) is expected, f"{before} to {after}, {route}, {slot}, {reason}: {verdict.words}"


@pytest.mark.requirement("SUR-01", "SUR-10", "SUR-13")
@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017"])
@pytest.mark.parametrize(("before", "after"), list(permutations(OLD, 2)))
def test_every_pair_of_the_older_levels_with_every_role(pack: str, before: str, after: str) -> None:
    asked = after if OLD.index(after) > OLD.index(before) else before
    agreeing = {Slot.SYSTEM_QUALITY_GROUP} | ({Slot.REGIONAL_QUALITY_GROUP} if asked == "risk-summit" else set())
    for slot, route in product(Slot, Commissioner):
        move = a_move(before, after, slot, override_reason="A reason changes nothing here.")
        subject = a_subject(a_case(commissioned_by=route))
        assert bool(may_move(rules(pack), subject, at(before, pack), move)) is (slot in agreeing), f"{slot}, {route}"


LEVELS = {"qsg-2013": OLD, "qsg-2017": OLD, "sqg-2022": RANK}


@pytest.mark.parametrize(("pack", "level"), [(pack, level) for pack, levels in LEVELS.items() for level in levels])
def test_move_to_where_it_stands_is_refused_whoever_asks(pack: str, level: str) -> None:
    for slot in Slot:
        assert "already" in may_move(rules(pack), a_subject(), at(level, pack), a_move(level, level, slot)).words


def test_tables_above_hold_every_level_of_every_guidance() -> None:
    assert {pack: [one.id for one in rules(pack).levels.levels] for pack in LEVELS} == LEVELS


# --- what a move carries

CARRIED = [
    ("routine", "enhanced", {"reason": " "}, "reason for the move"),
    ("routine", "enhanced", {"triggers": ()}, "at least one trigger"),
    ("routine", "enhanced", {"triggers": ("act-rapidly",)}, "at least one trigger"),  # a trigger of another level
    ("routine", "enhanced", {"risk_profile": ""}, "risk profile"),
    ("routine", "enhanced", {"regional_agreement": None}, "region agrees"),
    ("routine", "enhanced", {"next_review_on": None}, "next review"),
    ("routine", "enhanced", {"next_review_on": DAY}, "next review"),
    ("routine", "enhanced", {"conflict_check": ""}, "conflicts of interest"),
    ("enhanced", "intensive", {"options_exhausted": "", "people_need_protection": False}, "last resort"),
    ("enhanced", "routine", {"exit_evidence": ""}, "evidence"),
    ("enhanced", "routine", {"group_view": ""}, "stepping down"),
    ("intensive", "enhanced", {"exit_evidence": ""}, "evidence"),
    ("routine", "intensive", {"people_need_protection": False}, "one level at a time"),
]


@pytest.mark.requirement("LVL-09", "LVL-10", "LVL-12", "LVL-13", "LVL-16", "LVL-17", "LVL-18")
@pytest.mark.parametrize(("before", "after", "without", "says"), CARRIED)
def test_move_that_lacks_one_thing_is_refused_for_that_thing_alone(
    before: str, after: str, without: dict[str, object], says: str
) -> None:
    slot = AREA if "intensive" in (before, after) else LEAD
    assert may_move(rules(), a_subject(), at(before), a_move(before, after, slot))
    verdict = may_move(rules(), a_subject(), at(before), a_move(before, after, slot, **without))
    assert len(verdict.reasons) == 1 and says in verdict.words
    assert verdict.reasons[0].source


@pytest.mark.requirement("SUR-02", "RSK-09")
@pytest.mark.parametrize(
    ("after", "without", "says"),
    [
        ("further-information", {"follow_up_person": ""}, "who will follow up"),
        ("enhanced", {"actions": ("", " ")}, "at least one action"),
        ("enhanced", {"risk_profile": ""}, "assessment of risk"),
    ],
)
def test_level_of_2017_asks_for_its_own_field(after: str, without: dict[str, object], says: str) -> None:
    move = a_move("routine", after, Slot.SYSTEM_QUALITY_GROUP, **without)
    verdict = may_move(rules("qsg-2017"), a_subject(), at("routine"), move)
    assert len(verdict.reasons) == 1 and says in verdict.words and verdict.reasons[0].source.startswith("QSG 2017 ¶12")


@pytest.mark.requirement("LVL-10")
def test_who_needs_protection_at_once_need_not_wait_until_options_are_exhausted() -> None:
    move = a_move("enhanced", "intensive", AREA, options_exhausted="", people_need_protection=True)
    assert may_move(rules(), a_subject(), at("enhanced"), move)


# --- who authorises, and when


@pytest.mark.requirement("PER-15")
def test_proposer_is_never_the_only_one_to_authorise() -> None:
    alone = somebody(LEAD, person="p-proposer")
    verdict = may_move(rules(), a_subject(), at("routine"), a_move("routine", "enhanced", authorised_by=(alone,)))
    assert not verdict and "another person" in verdict.words
    both = a_move("routine", "enhanced", authorised_by=(alone, somebody(CHIEF)))
    assert may_move(rules(), a_subject(), at("routine"), both)


@pytest.mark.parametrize(
    ("held_from", "held_to", "expected"),
    [
        (date(2020, 1, 1), None, True),
        (DAY, DAY, True),
        (date(2020, 1, 1), DAY - timedelta(days=1), False),
        (DAY + timedelta(days=1), None, False),
    ],
)
def test_role_is_held_on_the_day_of_the_decision(held_from: date, held_to: date | None, expected: bool) -> None:
    signer = somebody(LEAD, held_from=held_from, held_to=held_to)
    verdict = may_move(rules(), a_subject(), at("routine"), a_move("routine", "enhanced", authorised_by=(signer,)))
    assert bool(verdict) is expected


@pytest.mark.requirement("LVL-07")
@pytest.mark.parametrize(
    ("slot", "organisation", "expected"),
    [(LEAD, ICB, True), (LEAD, OTHER_ICB, False), (LEAD, TRUST, False), (Slot.LOCAL_AUTHORITY, "council-moor", False)],
)
def test_body_that_authorises_is_one_that_is_concerned(slot: Slot, organisation: str, expected: bool) -> None:
    subject = a_subject(a_case(commissioned_by=Commissioner.JOINT), process_lead=ICB)
    signer = somebody(slot, organisation=organisation)
    verdict = may_move(rules(), subject, at("routine"), a_move("routine", "enhanced", authorised_by=(signer,)))
    assert bool(verdict) is expected


def test_region_of_elsewhere_authorises_nothing_here() -> None:
    signer = somebody(AREA, organisation="region-elsewhere")
    move = a_move("enhanced", "intensive", authorised_by=(signer,))
    assert "not concerned" in may_move(rules(), a_subject(), at("enhanced"), move).words


def test_nobody_named_is_told_whom_to_ask() -> None:
    verdict = may_move(rules(), a_subject(), at("routine"), a_move("routine", "enhanced", authorised_by=()))
    assert "ICB executive lead for quality or ICB chief executive" in verdict.words


def test_one_entitled_signature_does_not_carry_one_that_is_not() -> None:
    signers = (somebody(LEAD), somebody(Slot.SYSTEM_QUALITY_GROUP, person="p-other"))
    assert not may_move(rules(), a_subject(), at("routine"), a_move("routine", "enhanced", authorised_by=signers))


def test_decision_with_the_usual_authority_among_its_signers_is_no_override() -> None:
    signers = (somebody(LEAD), somebody(AREA, person="p-other"))
    move = a_move("routine", "enhanced", authorised_by=signers)
    decided = decision_of(rules(), a_subject(), at("routine"), move)
    assert may_move(rules(), a_subject(), at("routine"), move)
    assert decided and decided.organisations == (ICB,) and not decided.is_override


# --- what changed meanwhile


def test_second_of_two_decisions_sees_that_somebody_was_quicker() -> None:
    history = History.of([Dated("enhanced", "sqg-2022", DAY)])
    verdict = may_move(rules(), a_subject(), history, a_move("routine", "enhanced"))
    assert not verdict and "quicker" in verdict.words


def test_level_set_for_a_later_day_bars_an_earlier_one() -> None:
    history = History.of([Dated("enhanced", "sqg-2022", DAY + timedelta(days=1))])
    assert "later day" in may_move(rules(), a_subject(), history, a_move("routine", "enhanced")).words


def test_level_on_a_body_that_was_split_names_what_followed_it() -> None:
    subject = a_subject(ended_on=DAY, successors=("Harbour Trust", "Moor Trust"))
    verdict = may_move(rules(), subject, at("routine"), a_move("routine", "enhanced"))
    assert "Harbour Trust and Moor Trust" in verdict.words
    assert moves_offered(rules(), subject, at("routine"), DAY) == ()
    assert may_move(rules(), a_subject(ended_on=DAY + timedelta(days=1)), at("routine"), a_move("routine", "enhanced"))


def test_unknown_level_names_those_that_there_are() -> None:
    verdict = may_move(rules(), a_subject(), at("routine"), a_move("routine", "purple"))
    assert "Routine, Enhanced, Intensive" in verdict.words
    assert remarks(rules(), a_subject(), at("routine"), a_move("routine", "purple")) == ()
    assert decision_of(rules(), a_subject(), at("routine"), a_move("routine", "purple")) is None


@pytest.mark.requirement("FRW-02", "FRW-09")
@pytest.mark.parametrize(
    ("pack", "level", "nearest"),
    [
        ("qsg-2017", "routine", "routine"),
        ("qsg-2017", "further-information", "routine"),
        ("qsg-2017", "enhanced", "enhanced"),
        ("qsg-2017", "risk-summit", "intensive"),
        ("qsg-2013", "risk-summit", "intensive"),
        ("elsewhere", "amber", "intensive"),  # what nothing comes near to is never lowered by a change of guidance
    ],
)
def test_level_of_earlier_guidance_stands_as_the_nearest_and_is_marked(pack: str, level: str, nearest: str) -> None:
    history = History.of([Dated(level, pack, date(2021, 5, 4))])
    standing = history.standing(rules(), DAY)
    assert (standing.level.id, standing.is_indicative) == (nearest, True)
    assert history.last(DAY) == Dated(level, pack, date(2021, 5, 4))


@pytest.mark.requirement("FRW-09")
def test_enhanced_of_2017_can_be_confirmed_under_the_guidance_of_2022_and_routine_needs_no_move() -> None:
    move = a_move("enhanced", "enhanced")
    found = remarks(rules(), a_subject(), at("enhanced", "qsg-2017"), move)
    assert may_move(rules(), a_subject(), at("enhanced", "qsg-2017"), move)
    assert RemarkKind.INDICATIVE_START in {one.kind for one in found}
    plain = History.of([Dated("routine", "qsg-2017", date(2021, 5, 4))])
    assert "already" in may_move(rules(), a_subject(), plain, a_move("routine", "routine")).words


# --- remarks and offers


@pytest.mark.requirement("LVL-11", "LVL-18", "LVL-20", "LVL-21")
@pytest.mark.parametrize(
    ("before", "after", "changed", "kind"),
    [
        ("routine", "intensive", {}, RemarkKind.SKIPPED),
        ("intensive", "routine", {}, RemarkKind.SKIPPED),
        ("routine", "enhanced", {"why_not_closer": ""}, RemarkKind.NOT_GIVEN),
        ("routine", "enhanced", {"group_view": ""}, RemarkKind.NOT_GIVEN),
        ("enhanced", "intensive", {"plan": ""}, RemarkKind.NOT_GIVEN),
        (
            "routine",
            "enhanced",
            {"regional_agreement": RegionalAgreement(False, "p", DAY)},
            RemarkKind.REGION_DISAGREES,
        ),
        ("routine", "enhanced", {"effective_on": DAY - timedelta(days=9)}, RemarkKind.BACKDATED),
    ],
)
def test_what_is_worth_a_remark_is_remarked_upon_and_stops_nothing(
    before: str, after: str, changed: dict[str, object], kind: RemarkKind
) -> None:
    slot = AREA if "intensive" in (before, after) else LEAD
    move = a_move(before, after, slot, **changed)
    assert may_move(rules(), a_subject(), at(before), move)
    assert [one.kind for one in remarks(rules(), a_subject(), at(before), move)] == [kind]


def test_move_that_carries_everything_draws_no_remark() -> None:
    assert remarks(rules(), a_subject(), at("routine"), a_move("routine", "enhanced")) == ()


@pytest.mark.requirement("LVL-20", "LVL-21")
@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({"has_conflict": True}, {"system-tensions"}),
        ({"recurs": True}, {"same-risk-recurs"}),
        ({"needs_national_action": True}, {"national-action"}),
        ({"is_challenged": True}, {"challenged"}),
        ({"commissioned_by": Commissioner.NHS_ENGLAND}, {"nhs-england-commissions"}),
        ({}, set()),
    ],
)
def test_circumstances_offer_the_triggers_of_wider_involvement(facts: dict[str, object], offered: set[str]) -> None:
    subject = a_subject(a_case(**facts))
    found = remarks(rules(), subject, at("routine"), a_move("routine", "enhanced"))
    assert {one.trigger for one in found if one.kind is RemarkKind.INVOLVEMENT_OFFERED} == offered
    named = a_move("routine", "enhanced", triggers=("safety-concerns", *offered))
    again = remarks(rules(), subject, at("routine"), named)
    assert RemarkKind.INVOLVEMENT_OFFERED not in {one.kind for one in again}


@pytest.mark.parametrize(
    ("pack", "level", "expected"),
    [
        ("sqg-2022", "routine", [("enhanced", True, 0), ("intensive", True, 1)]),
        ("sqg-2022", "enhanced", [("routine", False, 0), ("intensive", True, 0)]),
        ("sqg-2022", "intensive", [("routine", False, 1), ("enhanced", False, 0)]),
        ("qsg-2017", "enhanced", [("routine", False, 1), ("further-information", False, 0), ("risk-summit", True, 0)]),
    ],
)
def test_moves_on_offer_say_what_they_need(pack: str, level: str, expected: list[tuple[str, bool, int]]) -> None:
    found = moves_offered(rules(pack), a_subject(), at(level, pack), DAY)
    assert [(one.level.id, one.is_rise, len(one.skips)) for one in found] == expected
    for one in found:
        assert one.authority.slots and Need.REASON in {need.need for need in one.needs}
        assert bool(one.triggers) is one.is_rise


def test_house_that_never_skips_neither_offers_nor_allows_it() -> None:
    published = rules()
    skipping = published.levels.skipping.model_copy(update={"rule": Skip.NEVER})
    strict = LevelRules(
        published.pack,
        published.levels.model_copy(update={"skipping": skipping}),
        published.triggers,
        published.authority,
    )
    assert [one.level.id for one in moves_offered(strict, a_subject(), at("routine"), DAY)] == ["enhanced"]
    assert not may_move(strict, a_subject(), at("routine"), a_move("routine", "intensive", AREA))
    assert may_move(strict, a_subject(), at("intensive"), a_move("intensive", "routine", AREA))


def test_step_down_can_be_given_to_whoever_authorises_the_level_entered() -> None:
    published = rules()
    stepping = published.authority.stepping_down.model_copy(update={"authority": StepDown.OF_THE_LEVEL_ENTERED})
    authority = published.authority.model_copy(update={"stepping_down": stepping})
    local = LevelRules(published.pack, published.levels, published.triggers, authority)
    move = a_move("intensive", "enhanced", LEAD)
    assert not may_move(published, a_subject(), at("intensive"), move)
    assert may_move(local, a_subject(), at("intensive"), move)


def test_place_of_bodies_that_the_directory_does_not_know_is_held_against_nobody() -> None:
    subject = a_subject(a_case(commissioners=(), systems=(), regions=()), organisation="")
    assert may_move(rules(), subject, at("routine"), a_move("routine", "enhanced"))
    assert may_move(rules(), subject, at("enhanced"), a_move("enhanced", "intensive", AREA))

"""Who may chair, as a table over every case, and the ways of chairing that a pack may and may not write down."""

from __future__ import annotations

from itertools import product

import pytest

from sightline.core.groups.chairing import About, Chairing, ChairRules, instead, may_chair, open_to, regional_ground
from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.groups import GroupTypes, SeatPart
from sightline.core.rulebook.levels import REGIONAL, Slot, Triggers
from tests.factories.levels import part

LEAD, COUNCIL, REGION = Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.LOCAL_AUTHORITY, Slot.NHS_ENGLAND_REGION
SUBJECTS = {
    "lantern": About("Lantern ICB", frozenset({"lantern"}), LEAD, Circumstances(is_the_icb=True)),
    "river": About("River Council", frozenset({"river"}), COUNCIL),
    "mill": About("Mill Trust", frozenset({"mill"})),
    "brook": About("Brook Trust", frozenset({"brook"}), None, Circumstances(commissioned_by=Commissioner.NHS_ENGLAND)),
    "falls": About("Falls"),
}
BODIES = {"lantern": LEAD, "river": COUNCIL, "north": REGION, "mill": None}


def rules(kind: str = "rapid-quality-review", types: GroupTypes | None = None) -> ChairRules:
    found = (types or part("sqg-2022", "group_types", GroupTypes)).type(kind)
    assert found is not None
    return ChairRules(found, part("sqg-2022", "authority", Authorities), part("sqg-2022", "triggers", Triggers))


def expected(kind: str, seat: SeatPart, subject: str, body: str, employer: str, trigger: str) -> bool:
    """The slow and obvious twin of the rule."""
    if kind == "system-group" or seat not in {SeatPart.CHAIR, SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR}:
        return True
    if subject in {body, employer}:
        return False
    if employer and employer != body:
        return False
    if body != "north":
        return trigger == ""
    if trigger:
        return trigger == "same-risk-recurs"
    return subject == "lantern" or (subject == "brook" and kind == "quality-improvement-group")


@pytest.mark.requirement("CHR-05", "CHR-06", "CHR-07")
def test_rule_answers_as_its_obvious_twin_in_every_case() -> None:
    kinds = ("rapid-quality-review", "quality-improvement-group", "system-group")
    triggers = ("", "same-risk-recurs", "across-pathways")
    answers = set()
    for case in product(kinds, SeatPart, SUBJECTS, BODIES, ("", *BODIES), triggers):
        kind, seat, subject, body, employer, trigger = case
        works = frozenset({employer} - {""})
        one = Chairing(seat, frozenset({body}), body.title(), BODIES[body], works, trigger)
        answer = bool(may_chair(one, SUBJECTS[subject], rules(kind)))
        answers.add(answer)
        assert answer is expected(*case), case
    assert answers == {True, False}


@pytest.mark.requirement("CHR-05")
def test_house_that_writes_the_region_down_as_any_other_chair_still_asks_for_a_trigger() -> None:
    text = as_text(part("sqg-2022", "group_types", GroupTypes)).replace("when: regional-trigger", "when: normally")
    changed = parse("group_types", text)
    assert isinstance(changed, GroupTypes)
    one = Chairing(SeatPart.CHAIR, frozenset({"north"}), "North", REGION)
    assert not may_chair(one, SUBJECTS["mill"], rules(types=changed))


@pytest.mark.requirement("CHR-05")
def test_way_of_chairing_is_for_a_chair_or_a_co_chair() -> None:
    text = as_text(part("sqg-2022", "group_types", GroupTypes))
    begins = text.index("who: icb-executive-quality-lead")
    spoilt = text[:begins] + text[begins:].replace("part: chair", "part: member", 1)
    with pytest.raises(RulebookError, match="neither the chair nor a co-chair"):
        parse("group_types", spoilt)


def test_guidance_without_triggers_lets_the_region_chair_nothing() -> None:
    bare = ChairRules(rules().kind, rules().authority)
    assert bare.regional == () and regional_ground("same-risk-recurs", SUBJECTS["lantern"], bare) is None


def test_only_triggers_of_the_region_are_offered() -> None:
    assert {one.of for one in rules().regional} == {REGIONAL}


@pytest.mark.parametrize(
    ("subject", "offered"),
    [("lantern", (COUNCIL, REGION)), ("river", (LEAD, REGION)), ("mill", (LEAD, COUNCIL, REGION))],
)
def test_others_are_offered_instead(subject: str, offered: tuple[Slot, ...]) -> None:
    about = SUBJECTS[subject]
    assert open_to(about, rules()) == offered
    assert ("no further trigger" in instead(about, rules())) is (subject == "lantern")

"""Each operation on levels three ways: allowed, refused with nothing changed, recorded once; and what it cannot use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.words import Link
from sightline.groups.models import OfficeEnding
from sightline.notify.kinds import kind_of
from sightline.notify.models import Message
from sightline.surveillance import operations as do
from sightline.surveillance.giving import Overtaken
from sightline.surveillance.messages import LEVEL_TO_DECIDE, REGION_TO_ANSWER
from sightline.surveillance.models import (
    Dissent,
    DissentWithdrawal,
    FrozenEvidence,
    LevelDecision,
    LevelProposal,
    LevelReview,
    ProposalEnding,
    Reach,
    RegionAnswer,
)
from sightline.surveillance.operations import levelling
from sightline.surveillance.presenters.levels import is_unchanged
from sightline.surveillance.queries.moving import case_from, standing_dissents, verdict_on
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY, a_signal
from tests.factories.intelligence import an_item
from tests.factories.surveillance import REGION, SYSTEM, a_concern, an_office, evidence
from tests.factories.surveillance_levels import (
    WHY,
    World,
    a_move_given,
    a_world,
    agreed,
    decided,
    proposed,
)

pytestmark = pytest.mark.django_db
MODELS = (
    Dissent, DissentWithdrawal, FrozenEvidence, LevelDecision, LevelProposal, LevelReview, ProposalEnding, Reach,
    RegionAnswer, Message, Event,
)  # fmt: skip
NUMBER = "Her NHS number is 943 476 5919."


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust and everybody around its level."""
    made = a_world()
    an_organisation("ZM1", "Lantern Voices")
    return made


def counts() -> dict[str, int]:
    """This function will count everything that an operation could change."""
    return {one.__name__: one.objects.count() for one in MODELS}


@dataclass
class Scene:
    """What an operation acts on, made before it is tried."""

    world: World
    proposal: LevelProposal | None = None
    decision: LevelDecision | None = None
    dissent: Dissent | None = None


def _open(world: World) -> Scene:
    return Scene(world, agreed(world, proposed(world)))


def _dissented(world: World) -> Scene:
    proposal = proposed(world)
    return Scene(world, proposal, dissent=_dissent(Scene(world, proposal), world.member))


def _decided(world: World) -> Scene:
    return Scene(world, decision=decided(world))


def _propose(scene: Scene, by: Person) -> object:
    given = a_move_given(scene.world)
    return do.propose_level(
        by=by,
        at=timezone.now(),
        subject=scene.world.subject,
        system=SYSTEM,
        concern=None,
        given=given,
        form_key=uuid4(),
    )


def _withdraw(scene: Scene, by: Person, **more: Any) -> object:
    given = {"because": "It is dealt with.", **more}
    return do.withdraw_proposal(by=by, at=timezone.now(), proposal=scene.proposal, **given)


def _decline(scene: Scene, by: Person, **more: Any) -> object:
    given = {"office": scene.world.icb_office, "because": "Visit the wards first.", **more}
    return do.decline_proposal(by=by, at=timezone.now(), proposal=scene.proposal, **given)


def _answer(scene: Scene, by: Person, **more: Any) -> object:
    given = {"organisation": scene.world.region, "is_agreed": False, "says": "Not yet.", **more}
    return do.record_region_answer(by=by, at=timezone.now(), proposal=scene.proposal, **given)


def _dissent(scene: Scene, by: Person, code: str = "ZM1", **more: Any) -> Any:
    given = {"reasons": "We see no pattern.", "commits_to": "We visit in April.", **more}
    body = scene.world.board.__class__.objects.get(code=code)
    return do.dissent(by=by, at=timezone.now(), proposal=scene.proposal, organisation=body, **given)


def _take_back(scene: Scene, by: Person) -> object:
    return do.withdraw_dissent(by=by, at=timezone.now(), dissent=scene.dissent)


def _decide(scene: Scene, by: Person, **more: Any) -> Any:
    given = {"office": scene.world.icb_office, "because": WHY, **more}
    return do.decide_level(by=by, at=timezone.now(), proposal=scene.proposal, **given)


def _review(scene: Scene, by: Person, **more: Any) -> object:
    given = {"because": "The plan runs to June.", "next_review_on": TODAY + timedelta(days=60), **more}
    return do.review_level(by=by, at=timezone.now(), decision=scene.decision, **given)


Act = Callable[[Scene, Person], object]
CASES: list[tuple[str, Callable[[World], Scene], Act, str, tuple[str, ...], str]] = [
    ("propose_level", Scene, _propose, "secretary", ("provider", "elsewhere", "regional_elsewhere"), "LevelProposal"),
    ("withdraw_proposal", _open, _withdraw, "secretary", ("member", "provider", "elsewhere"), "ProposalEnding"),
    ("decline_proposal", _open, _decline, "lead", ("secretary", "regional", "member", "elsewhere"), "ProposalEnding"),
    ("record_region_answer", _open, _answer, "regional", ("member", "provider", "regional_elsewhere"), "RegionAnswer"),
    ("dissent", _open, _dissent, "member", ("elsewhere", "provider", "regional_elsewhere"), "Dissent"),
    ("withdraw_dissent", _dissented, _take_back, "member", ("secretary", "elsewhere", "provider"), "DissentWithdrawal"),
    ("decide_level", _open, _decide, "lead", ("secretary", "regional", "member", "elsewhere"), "LevelDecision"),
    ("review_level", _decided, _review, "secretary", ("member", "elsewhere", "provider"), "LevelReview"),
]
NAMES = [one[0] for one in CASES]


@pytest.mark.requirement("PER-01", "PER-06", "PER-07", "LVL-16")
@pytest.mark.parametrize(("name", "make", "act", "who", "_others", "row"), CASES, ids=NAMES)
def test_whoever_may_does_it_and_it_is_recorded_once(
    world: World, name: str, make: Any, act: Act, who: str, _others: Any, row: str
) -> None:
    scene = make(world)
    before = counts()
    act(scene, getattr(world, who))
    after = counts()
    assert after[row] == before[row] + 1 and after["Event"] == before["Event"] + 1
    last = Event.objects.order_by("-sequence").first()
    assert last and last.verb == f"surveillance.{name}" and last.actor == getattr(world, who).actor_id


@pytest.mark.requirement("COI-03", "PER-09", "PER-10")
@pytest.mark.parametrize(("name", "make", "act", "_who", "others", "_row"), CASES, ids=NAMES)
def test_whoever_may_not_is_refused_and_nothing_changes(
    world: World, name: str, make: Any, act: Act, _who: str, others: tuple[str, ...], _row: str
) -> None:
    scene = make(world)
    conflicted = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM))
    an_interest(conflicted, world.subject)
    before = counts()
    for one in [*(getattr(world, who) for who in others), conflicted]:
        with pytest.raises(Refused), transaction.atomic():
            act(scene, one)
        assert counts() == before, one.display_name


# --- proposing


def test_same_form_twice_proposes_once(world: World) -> None:
    key = uuid4()
    given: dict[str, Any] = {"subject": world.subject, "system": SYSTEM, "concern": None, "given": a_move_given(world)}
    do.propose_level(by=world.secretary, at=timezone.now(), form_key=key, **given)
    with pytest.raises(Already):
        do.propose_level(by=world.secretary, at=timezone.now(), form_key=key, **given)
    assert LevelProposal.objects.count() == 1


@pytest.mark.requirement("ORG-11")
def test_proposal_keeps_what_the_rules_saw_and_whom_it_reaches(world: World) -> None:
    made = proposed(world)
    case = case_from(made.case)
    assert case.commissioners == (SYSTEM,) and case.regions == (REGION,)
    assert {one.organisation.code for one in made.reaches.all()} == {SYSTEM, REGION}
    assert made.rules_version.startswith("sqg-2022") and made.level_from == "routine"


@pytest.mark.requirement("IGV-01")
def test_personal_data_is_not_kept_without_a_reason(world: World) -> None:
    with pytest.raises(Invalid):
        proposed(world, reason=NUMBER)
    made = proposed(world, reason=NUMBER, knowingly="The coroner names her.")
    assert made.knowingly == "The coroner names her."


WORDS: dict[str, tuple[str, Callable[..., Any]]] = {
    "withdrawn": ("secretary", lambda scene, by, **more: _withdraw(scene, by, because=NUMBER, **more)),
    "declined": ("lead", lambda scene, by, **more: _decline(scene, by, because=NUMBER, **more)),
    "answered": ("regional", lambda scene, by, **more: _answer(scene, by, says=NUMBER, **more)),
    "answered for": ("secretary", lambda scene, by, **more: _answer(scene, by, said_by=NUMBER, **more)),
    "dissented": ("member", lambda scene, by, **more: _dissent(scene, by, reasons=NUMBER, **more)),
    "committed": ("member", lambda scene, by, **more: _dissent(scene, by, commits_to=NUMBER, **more)),
    "decided": ("lead", lambda scene, by, **more: _decide(scene, by, because=NUMBER, **more)),
}


@pytest.mark.requirement("IGV-01")
@pytest.mark.parametrize(("who", "act"), WORDS.values(), ids=WORDS)
def test_personal_data_in_what_others_say_stays_only_for_a_reason_that_is_kept(
    world: World, who: str, act: Callable[..., Any]
) -> None:
    scene, by = _open(world), getattr(world, who)
    before = counts()
    with pytest.raises(Invalid, match="say why it must stay"), transaction.atomic():
        act(scene, by)
    assert counts() == before
    made = act(scene, by, knowingly=" The coroner names her. ")
    made.refresh_from_db()
    assert made.knowingly == "The coroner names her."


def test_no_reason_is_kept_where_nothing_was_found(world: World) -> None:
    assert _decide(_open(world), world.lead, knowingly="Just in case").knowingly == ""


def test_level_at_which_it_stands_is_not_proposed_again(world: World) -> None:
    decided(world)
    with pytest.raises(Refused, match="record a review"):
        proposed(world, "enhanced")


def test_amended_proposal_takes_the_place_of_the_first(world: World) -> None:
    first = agreed(world, proposed(world))
    second = proposed(world, by=world.member, follows=first, reason="And the figures of May.")
    with pytest.raises(Refused, match="took the place"):
        _decide(Scene(world, first), world.lead)
    with pytest.raises(Overtaken):
        proposed(world, follows=first)
    assert second.follows == first


# --- messages


@pytest.mark.requirement("LVL-09")
def test_word_goes_to_who_may_decide_and_to_the_region_once_each(world: World) -> None:
    made = proposed(world)
    sent = {(one.kind, one.person_id) for one in Message.objects.filter(record=str(made.pk))}
    assert sent == {(LEVEL_TO_DECIDE, world.lead.pk), (REGION_TO_ANSWER, world.regional.pk)}
    kind = kind_of(LEVEL_TO_DECIDE)
    assert kind and kind.may_open(world.lead, str(made.pk), TODAY)
    an_interest(world.lead, world.subject)
    assert not kind.may_open(world.lead, str(made.pk), TODAY)


# --- the region's answer


@pytest.mark.requirement("LVL-09")
def test_keeper_writes_down_what_the_region_said_and_says_who_said_it(world: World) -> None:
    scene = Scene(world, proposed(world))
    with pytest.raises(Invalid, match="who answered"):
        _answer(scene, world.secretary)
    made: Any = _answer(scene, world.secretary, said_by="Medical director of the region")
    assert made.said_by == "Medical director of the region"
    with pytest.raises(Invalid, match="still to come"):
        _answer(scene, world.secretary, said_by="Medical director", said_on=TODAY + timedelta(days=1))


@pytest.mark.requirement("LVL-09")
def test_newest_answer_of_the_region_counts(world: World) -> None:
    scene = Scene(world, proposed(world))
    _answer(scene, world.regional)
    with pytest.raises(Already):
        _answer(scene, world.regional)
    assert "does not agree" in " ".join(one.says for one in verdict_on(_again(scene), None, TODAY).remarks)
    agreed(world, scene.proposal)  # type: ignore[arg-type]  # it was made a line above
    assert "does not agree" not in " ".join(one.says for one in verdict_on(_again(scene), None, TODAY).remarks)


def test_region_that_the_matter_does_not_reach_is_not_asked(world: World) -> None:
    other = world.board.__class__.objects.get(code="QY2")
    with pytest.raises(Refused, match="does not reach"):
        _answer(Scene(world, proposed(world)), world.secretary, organisation=other, said_by="Somebody")


def _again(scene: Scene) -> LevelProposal:
    assert scene.proposal is not None
    return LevelProposal.objects.get(pk=scene.proposal.pk)


# --- dissent


@pytest.mark.requirement("REC-07", "REC-05")
def test_statutory_objection_is_not_outvoted_nor_lost_by_proposing_anew(world: World) -> None:
    scene = Scene(world, agreed(world, proposed(world)))
    said = _dissent(scene, world.member, is_statutory_holder=True)
    with pytest.raises(Refused, match="not outvoted"):
        _decide(scene, world.lead)
    anew = agreed(world, proposed(world, follows=scene.proposal, reason="Said otherwise."))
    assert standing_dissents(anew) == [said]
    with pytest.raises(Refused, match="not outvoted"):
        _decide(Scene(world, anew), world.lead)
    do.withdraw_dissent(by=world.member, at=timezone.now(), dissent=said)
    assert _decide(Scene(world, anew), world.lead).level_to == "enhanced"


def test_dissent_is_said_for_ones_own_organisation(world: World) -> None:
    with pytest.raises(Refused, match="your own organisation"):
        _dissent(_open(world), world.member, code=REGION)


# --- deciding


@pytest.mark.requirement("LVL-16")
def test_what_was_seen_is_kept_with_its_hash_and_intelligence_without_its_words(world: World) -> None:
    concern = a_concern(world.subject)
    evidence(concern, a_signal(world.subject))
    evidence(concern, an_item(world.subject, "The bell rings unanswered at night"))
    made = decided(world, concern=concern)
    kept = {one.kind: one for one in made.evidence.all()}
    assert set(kept) == {"signal", "intelligence", "other_process"}
    assert kept["signal"].says and not kept["intelligence"].says and not kept["other_process"].says
    assert kept["intelligence"].item is not None
    assert "unanswered" not in made.snapshot and kept["intelligence"].sha256 in made.snapshot
    assert is_unchanged(made)
    made.snapshot = made.snapshot.replace("sqg-2022", "sqg-2023", 1)
    assert not is_unchanged(made)


@pytest.mark.requirement("PER-06")
def test_decision_by_someone_whose_office_ended_yesterday_is_refused_with_the_reason(world: World) -> None:
    scene = _open(world)
    OfficeEnding.objects.create(
        office=world.icb_office, ends_on=TODAY, because="Moved on", recorded_at=LONG_AGO, recorded_by="x"
    )
    before = counts()
    with pytest.raises(Refused, match="not held by the person named on the day"), transaction.atomic():
        _decide(scene, world.lead)
    assert counts() == before


def test_office_that_ends_today_is_still_held_on_its_last_day(world: World) -> None:
    office = an_office(world.lead, Slot.ICB_CHIEF_EXECUTIVE, world.board, valid_to=TODAY + timedelta(days=1))
    assert _decide(_open(world), world.lead, office=office).slot == Slot.ICB_CHIEF_EXECUTIVE.value


@pytest.mark.requirement("PER-15")
def test_proposer_is_not_the_only_one_to_authorise(world: World) -> None:
    scene = Scene(world, agreed(world, proposed(world, by=world.lead)))
    with pytest.raises(Refused, match="only one to authorise"):
        _decide(scene, world.lead)


def test_of_two_who_authorise_one_wins_and_the_other_is_told(world: World) -> None:
    scene = _open(world)
    chief = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM))
    office = an_office(chief, Slot.ICB_CHIEF_EXECUTIVE, world.board)
    _decide(scene, world.lead)
    before = counts()
    with pytest.raises(Refused, match=r"Ada Lead decided at .* Look at what was decided"), transaction.atomic():
        _decide(scene, chief, office=office)
    assert counts() == before


def test_of_two_at_the_very_same_moment_the_database_lets_one_through(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(world)
    scene = Scene(world, agreed(world, proposed(world, "intensive")))
    monkeypatch.setattr(levelling, "next_number", lambda subject: 1)
    before = counts()
    with pytest.raises(Overtaken, match=r"Ada Lead decided at "), transaction.atomic():
        _decide(scene, world.regional, office=world.region_office)
    assert counts() == before


def test_move_that_began_elsewhere_is_refused_once_another_level_was_set(world: World) -> None:
    late = agreed(world, proposed(world))
    decided(world)
    with pytest.raises(Refused, match=r"Somebody else was quicker.*Ada Lead decided at "):
        _decide(Scene(world, late), world.lead)


@pytest.mark.requirement("ORG-02")
def test_level_on_a_body_that_was_split_is_refused_with_the_mend_and_nothing_half_done(world: World) -> None:
    scene = _open(world)
    body = world.subject.organisation
    assert body is not None
    for code, name in (("ZS1", "Lantern North"), ("ZS2", "Lantern South")):
        a_relation(body, Link.SUCCEEDED_BY, an_organisation(code, name), valid_from=TODAY)
    body.closed_on = TODAY
    body.save(update_fields=["closed_on"])
    world.subject.refresh_from_db()
    before = counts()
    for act in (lambda: _decide(scene, world.lead), lambda: proposed(world, "intensive")):
        heirs = "Set the level on what followed it: Lantern North and Lantern South"
        with pytest.raises(Refused, match=heirs), transaction.atomic():
            act()
        assert counts() == before


@pytest.mark.requirement("LVL-07")
def test_override_is_marked_and_keeps_its_reason_and_none_is_kept_without_one(world: World) -> None:
    decided(world)
    scene = Scene(world, agreed(world, proposed(world, "intensive")))
    with pytest.raises(Refused, match="NHS England’s region"):
        _decide(scene, world.lead)
    made = _decide(scene, world.lead, override_reason="The region asked the board to act tonight.")
    assert made.is_override and made.override_reason == "The region asked the board to act tonight."
    assert "Somebody other than the usual authority" in made.remarks


def test_reason_for_an_override_that_was_none_is_not_kept(world: World) -> None:
    made = _decide(_open(world), world.lead, override_reason="Not needed")
    assert not made.is_override and made.override_reason == ""


# --- reviewing


@pytest.mark.requirement("SUR-07")
def test_review_is_of_the_newest_level_and_looks_ahead(world: World) -> None:
    first = _decided(world)
    with pytest.raises(Invalid, match="lies ahead"):
        _review(first, world.secretary, next_review_on=TODAY)
    _review(first, world.secretary)
    with pytest.raises(Already):
        _review(first, world.secretary)
    decided(world, "intensive")
    with pytest.raises(Overtaken):
        _review(first, world.secretary, because="Another")

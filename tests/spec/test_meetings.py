"""What the guidance says of meetings, as examples: each reads like the sentence that it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sightline.core.meetings.attending import time_there
from sightline.core.meetings.closing import ClosingFacts, SubjectState, may_close
from sightline.core.meetings.deciding import Outcome, Position, Question, Side, may_decide
from sightline.core.meetings.interests import ItemAbout, Measure, PersonFacts, Ruling, apart, ties_of
from sightline.core.meetings.outside import Answer, Reply, Urgent, may_begin, standing
from sightline.core.meetings.quorum import Status, Stay
from tests.factories.rooms import START, ask, at, here, kind, members, reading, titles, without

SQG = kind("sqg-2022", "system-group")
assert SQG.quorum
RULE = SQG.quorum
TWENTY = members(20)  # of each of the five, of other seats of the guidance, and of the group's own
TEN = TWENTY[:10]  # the five are among them


# --- T1, T2: half the members, and somebody from each of the five


@pytest.mark.requirement("QUO-01", "QUO-02")
def test_system_quality_group_of_twenty_is_quorate_with_ten_and_somebody_from_each_of_the_five() -> None:
    """T1: half is enough, and not more than half."""
    found = ask(SQG, TWENTY, here(TEN))
    assert found.status is Status.QUORATE and found.verdict
    assert found.words == "Quorate: 10 of 20 members are here; 10 are needed."
    assert ask(SQG, TWENTY, here(TEN[:9])).status is Status.NOT_QUORATE


@pytest.mark.requirement("QUO-01", "QUO-06")
def test_fourteen_of_twenty_without_the_region_only_discuss() -> None:
    """T2: the group is not quorate, and whatever it takes up is saved as discussion only."""
    fourteen = without(TWENTY, "nhs-england-region")[:14]
    found = ask(SQG, TWENTY, here(fourteen))
    assert found.words == "Not quorate: nobody from NHS England’s region is present."
    came = may_decide(Question("item-1", "Ask for a plan by June."), found)
    assert came.outcome is Outcome.DISCUSSION_ONLY and came.words.startswith("Discussion only.")
    assert [one.source for one in came.because] == [
        "QUO-06; SQG 2022 §3.20",
        "SQG 2022 §3.20 and Annex A, Quoracy",
    ]


# --- T3: an interest in one item


@pytest.mark.requirement("QUO-07", "COI-04")
def test_group_is_not_quorate_for_the_one_item_in_which_its_only_provider_stands_apart() -> None:
    """T3: for item 4 it is not, and for items 3 and 5 it is."""
    provider = next(one for one in TEN if one.category == "provider-collaboratives")
    person = PersonFacts(provider.person, frozenset({provider.organisation}))
    items = {
        "item 3": ItemAbout("item 3", frozenset({"another-body"})),
        "item 4": ItemAbout("item 4", frozenset({provider.organisation}), is_concern=True),
        "item 5": ItemAbout("item 5"),
    }
    ties = [tie for one in items.values() for tie in ties_of(one, person)]
    rulings = [Ruling(provider.person, "item 4", Measure.LEAVE, "chair", START, "It is about their own service.")]
    found = {name: ask(SQG, [*TEN, *TWENTY[10:18]], [*here(TEN)], at(11), apart(name, ties, rulings)) for name in items}
    assert [one.status for one in found.values()] == [Status.QUORATE, Status.NOT_QUORATE, Status.QUORATE]
    assert found["item 4"].words_for("item 4") == (
        "Not quorate for item 4: no provider collaborative member is present."
    )


# --- T4: somebody leaves before the decision


@pytest.mark.requirement("QUO-07", "REC-03")
def test_decision_after_the_only_council_member_left_is_not_quorate_and_the_note_shows_how_long_they_stayed() -> None:
    """T4: they leave at 11:10; what is decided at 11:15 is not quorate; the note gives 70 minutes."""
    council = next(one for one in TWENTY if one.category == "local-authority")
    stays = [*here(without(TEN, "local-authority")), *here(TWENTY[10:12])]
    stays.append(Stay(council.person, council.seat, at(10), at(11, 10)))
    assert ask(SQG, TWENTY, stays, at(11, 9)).status is Status.QUORATE
    assert ask(SQG, TWENTY, stays, at(11, 15)).words == "Not quorate: no local authority member is present."
    assert time_there(stays, ended=at(12))[council.person] == timedelta(minutes=70)


# --- T5: agreement in writing


@pytest.mark.requirement("QUO-08", "QUO-09")
@pytest.mark.parametrize(("agreement", "is_carried"), [("every-seat", False), ("number", True)])
def test_ten_of_twenty_who_agree_in_writing_carry_it_only_where_their_number_alone_is_asked_for(
    agreement: str, is_carried: bool
) -> None:
    """T5: no lay member replied, so that it fails where each of the five must agree; both ways are on record."""
    rule = reading(RULE, agreement=agreement)
    urgent = Urgent("chair", "The ward opens on Friday.", "Ask for a plan by Thursday.", was_inquorate=True)
    assert may_begin(urgent, rule, {"chair"})
    replies = [Reply(one.person, one.seat, Answer.AGREES, at(14)) for one in without(TWENTY, "lay")[:10]]
    found = standing(rule, TWENTY, replies, at(13), at(18), titles=titles(SQG))
    assert found.is_carried is is_carried
    assert found.words.startswith(
        f"{'Carried' if is_carried else 'Not carried'}: 10 of 20 members agree; 10 are needed."
    )
    assert not found.strict.may_transact and found.loose.may_transact
    assert [one.title for one in found.strict.missing] == ["Lay member with lived experience"]


# --- T6, T7: other groups


@pytest.mark.requirement("QUO-11")
def test_place_group_with_six_of_twelve_and_no_council_is_quorate() -> None:
    """T6: half of its members, whoever they are."""
    twelve = members(12, ("icb", "local-authority"))
    found = ask(kind("sqg-2022", "place-group"), twelve, here(without(twelve, "local-authority")[:6]))
    assert found.words == "Quorate: 6 of 12 members are here; 6 are needed."


@pytest.mark.requirement("QUO-12")
@pytest.mark.parametrize("name", ["system-group", "regional-group", "national-group"])
def test_surveillance_group_of_2017_with_three_people_is_called_neither_quorate_nor_inquorate(name: str) -> None:
    """T7: its guidance lays down no quorum, and none is shown."""
    found = ask(kind("qsg-2017", name), TWENTY, here(TWENTY[:3]))
    assert found.status is Status.NONE_SET and found.words == "" and found.may_transact


# --- T18: the provider is told


@pytest.mark.requirement("PRV-01", "PRV-02")
def test_meeting_that_agreed_actions_about_a_provider_is_not_closed_until_somebody_is_to_tell_it() -> None:
    """T18: nobody is named who tells the provider, and the meeting cannot be closed."""
    provider = SubjectState("Lantern Trust", is_provider=True, has_actions=True)
    verdict = may_close(ClosingFacts(date(2026, 3, 2), subjects=(provider,)))
    assert not verdict and "Agree which organisation tells it" in verdict.words
    assert [one.source for one in verdict.reasons] == ["PRV-01, PRV-02; QSG 2017 ¶46-47"]
    named = replace(provider, told_by="Lantern ICB")
    assert may_close(ClosingFacts(date(2026, 3, 2), subjects=(named,)))
    merely = replace(provider, has_actions=False)
    assert may_close(ClosingFacts(date(2026, 3, 2), subjects=(merely,)))


# --- T19: a statutory holder dissents


@pytest.mark.requirement("ACT-09", "REC-05", "REC-07")
def test_six_organisations_do_not_outvote_the_regulator_on_its_own_decision() -> None:
    """T19: there is no decision by majority; the dissent, its reasons and what the regulator does itself are on record."""
    six = tuple(Position(f"p{number}", f"body-{number}", Side.FOR) for number in range(6))
    regulator = Position(
        "p6", "regulator", Side.AGAINST, "Care Quality Commission", "The inspection is not finished.",
        "It reports in May.", is_statutory_holder=True,
    )  # fmt: skip
    question = Question("item-2", "End the registration.", positions=(*six, regulator), next_steps="Await the report.")
    found = may_decide(question, ask(SQG, TWENTY, here(TEN)))
    assert found.outcome is Outcome.NOT_DECIDED and found.verdict
    assert found.words == (
        "Not decided. Care Quality Commission has the statutory responsibility and is against; no majority overrides "
        "that. 6 for, 1 against."
    )
    kept = next(one for one in found.positions if one.side is Side.AGAINST)
    assert (kept.reasons, kept.commits_to) == ("The inspection is not finished.", "It reports in May.")
    silent = replace(question, positions=(*six, replace(regulator, reasons="")))
    assert "Write down why Care Quality Commission is against." in may_decide(silent, found.quorate).verdict.words
    member = replace(question, positions=(*six, replace(regulator, is_statutory_holder=False)))
    assert may_decide(member, found.quorate).outcome is Outcome.DECIDED

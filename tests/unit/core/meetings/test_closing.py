"""A meeting is closed when nothing is open: each block names its rule, and what merely would be better waits for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sightline.core.meetings.closing import (
    ActionState,
    Came,
    ClosingFacts,
    ItemState,
    Referral,
    SubjectState,
    may_close,
    remarks,
)

HELD = date(2026, 3, 2)
ITEM = ItemState(4, "Lantern Trust", Came.DISCUSSED)
TOLD = SubjectState("Lantern Trust", is_provider=True, has_conclusion=True, told_by="Lantern ICB")
DONE = ActionState("Ask for a plan", "Ann Lamb", "Lantern ICB", date(2026, 4, 1))
CLEAN = ClosingFacts(HELD, (ITEM,), (TOLD,), (Referral("a ward", True),), (DONE,))


def with_item(**changed: object) -> ClosingFacts:
    return replace(CLEAN, items=(replace(ITEM, **changed),))


def with_subject(**changed: object) -> ClosingFacts:
    return replace(CLEAN, subjects=(replace(TOLD, told_by="", **changed),))


def with_action(**changed: object) -> ClosingFacts:
    return replace(CLEAN, actions=(replace(DONE, **changed),))


@pytest.mark.requirement("PRV-01", "PRV-02", "PRV-06", "SAF-01", "COI-02", "CHR-09", "ACT-03", "ACT-06")
@pytest.mark.parametrize(
    ("facts", "rule", "says"),
    [
        (with_item(came=Came.NOTHING_YET), "CHR-09", "Item 4 (Lantern Trust) has no outcome"),
        (with_item(unruled=("Ann Lamb",)), "COI-02", "the interest of Ann Lamb"),
        (with_subject(), "PRV-01, PRV-02", "Conclusions were drawn about Lantern Trust"),
        (with_subject(has_conclusion=False, has_actions=True), "PRV-01, PRV-02", "Actions were agreed about"),
        (with_subject(not_yet="The police ask for it."), "PRV-06", "Set a later day"),
        (with_subject(not_yet="The police ask for it.", review_on=HELD), "PRV-06", "Set a later day"),
        (replace(CLEAN, referrals=(Referral("a ward", False),)), "SAF-01", "Record the referral"),
        (with_action(owner=" "), "ACT-03", "“Ask for a plan” does not say who does it, of which organisation."),
        (with_action(organisation=""), "ACT-03", "does not say who does it"),
        (with_action(due_on=None), "ACT-03", "does not say by when."),
        (with_action(owner="", due_on=None), "ACT-03", "who does it, of which organisation and by when."),
    ],
)
def test_each_thing_that_is_open_blocks_by_its_own_rule(facts: ClosingFacts, rule: str, says: str) -> None:
    verdict = may_close(facts)
    assert len(verdict.reasons) == 1 and says in verdict.words and verdict.reasons[0].source.startswith(rule)


@pytest.mark.requirement("PRV-01", "PRV-06")
@pytest.mark.parametrize(
    "facts",
    [
        CLEAN,
        ClosingFacts(HELD),
        with_subject(is_provider=False),
        with_subject(has_conclusion=False),
        with_subject(not_yet="The police ask for it.", review_on=date(2026, 3, 3)),
        with_item(came=Came.CARRIED_OVER, unruled=("Ann Lamb",)),
    ],
)
def test_meeting_with_nothing_open_is_closed(facts: ClosingFacts) -> None:
    assert may_close(facts)


def test_meeting_is_closed_once() -> None:
    assert "closed already" in may_close(replace(CLEAN, is_closed=True)).words


def test_everything_that_is_open_is_named_at_once() -> None:
    facts = replace(
        with_subject(), items=(replace(ITEM, came=Came.NOTHING_YET),), referrals=(Referral("a ward", False),)
    )
    assert len(may_close(facts).reasons) == 3


@pytest.mark.requirement("MTG-17", "MTG-23", "CHR-09", "QUO-08", "PRV-06")
@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (with_item(has_inequalities=False), "Item 4: nothing is said of inequalities"),
        (with_item(came=Came.CARRIED_OVER), "Not everything was discussed: Item 4 (Lantern Trust) comes again."),
        (with_item(needs_responsible=True), "names no member who is responsible"),
        (replace(CLEAN, to_ratify=("Ask for a plan.",)), "still to be ratified"),
        (with_subject(not_yet="The police ask.", review_on=date(2026, 3, 9)), "looked at again on 9 March 2026"),
    ],
)
def test_what_would_be_better_is_remarked_upon_and_bars_nothing(facts: ClosingFacts, says: str) -> None:
    assert may_close(facts) and [says in one.says for one in remarks(facts)] == [True]


def test_nothing_is_remarked_where_there_is_nothing_to_remark() -> None:
    assert remarks(CLEAN) == ()
    both = replace(
        CLEAN, items=(replace(ITEM, has_inequalities=False), replace(ITEM, number=5, has_inequalities=False))
    )
    assert remarks(both)[0].says.startswith("Items 4 and 5:")

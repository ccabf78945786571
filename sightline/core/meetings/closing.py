"""Whether a meeting may be closed: what is still open, each block with its rule, and what else is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.meetings.words import day, listed, verb
from sightline.core.verdict import Reason, Verdict

_TOLD = "PRV-01, PRV-02; QSG 2017 ¶46-47"
_REFERRED = "SAF-01; QSG 2017 ¶72"
_OUTCOME = "CHR-09; SQG 2022 Annex A, Chair"
_INTEREST = "COI-02; SQG 2022 Annex A, Conflicts of interest"
_ACTION = "ACT-03, ACT-06; SQG 2022 §3.10 and QSG 2017 ¶99"
_UNEQUAL = "MTG-23; SQG 2022 §3.5-3.6 and Annex A"
_RESPONSIBLE = "MTG-17; QSG 2017 ¶79"
_REPORTS = "RQR-05; NQB risk response 2022, Annex B, Reporting"


class Came(StrEnum):
    """What came of an item."""

    NOTHING_YET = "nothing_yet"
    DISCUSSED = "discussed"
    DECIDED = "decided"
    CARRIED_OVER = "carried_over"  # it was not reached, and comes again


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item at the end of a meeting. ``unruled`` are the people whose interest in it waits for a ruling."""

    number: int
    title: str
    came: Came = Came.NOTHING_YET
    unruled: tuple[str, ...] = ()
    has_inequalities: bool = True  # the question on inequalities has an answer, be it that none were found
    needs_responsible: bool = False
    responsible: str = ""

    @property
    def called(self) -> str:
        """Its number and title."""
        return f"Item {self.number} ({self.title})"


@dataclass(frozen=True, slots=True)
class SubjectState:
    """A subject that was discussed: what was concluded or agreed about it, and who tells it so.

    ``told_by`` names the member organisation that tells it. ``not_yet`` is the reason why it is not told for now, which
    needs a day on which that is looked at again (PRV-06).
    """

    name: str
    is_provider: bool
    has_conclusion: bool = False
    has_actions: bool = False
    told_by: str = ""
    not_yet: str = ""
    review_on: date | None = None

    @property
    def must_be_told(self) -> bool:
        """Whether it must be told: conclusions were drawn about its quality, or actions agreed in respect of it."""
        return self.is_provider and (self.has_conclusion or self.has_actions)


@dataclass(frozen=True, slots=True)
class Referral:
    """A suspicion of abuse or neglect that was told in the meeting, and whether its referral is on record."""

    about: str
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class ActionState:
    """An action that was agreed: who does it, of which organisation, and by when."""

    title: str
    owner: str = ""
    organisation: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """Everything that decides whether a meeting may be closed. Who is still there leaves when it ends.

    ``owes`` names those to whom a Rapid Quality Review has not reported since this meeting. ``is_uncalled`` where the
    group meets for such a review and nobody wrote down why it was called.
    """

    held_on: date
    items: tuple[ItemState, ...] = ()
    subjects: tuple[SubjectState, ...] = ()
    referrals: tuple[Referral, ...] = ()
    actions: tuple[ActionState, ...] = ()
    to_ratify: tuple[str, ...] = ()
    owes: tuple[str, ...] = ()
    is_uncalled: bool = False
    is_closed: bool = False


def may_close(facts: ClosingFacts) -> Verdict:
    """This function will say whether a meeting may be closed, and name each thing that is still open beside its rule.

    A provider about whom conclusions were drawn, or actions agreed, has somebody who tells it (PRV-01, PRV-02; QSG 2017
    ¶46-47); a suspicion of abuse is referred and not only discussed (SAF-01; ¶72); each item has an outcome (CHR-09);
    each interest its ruling (COI-02); each action somebody who does it, and a day (ACT-03, ACT-06); and a Rapid Quality
    Review reported on its three routes, or said why not (RQR-05; NQB risk response 2022, Annex B).
    """
    if facts.is_closed:
        return Verdict((Reason("The meeting is closed already."),))
    return Verdict((*_items(facts), *_subjects(facts), *_referrals(facts), *_actions(facts), *_reports(facts)))


def _items(facts: ClosingFacts) -> Iterator[Reason]:
    for one in facts.items:
        if one.came is Came.NOTHING_YET:
            yield Reason(f"{one.called} has no outcome. Say what came of it, or carry it over.", _OUTCOME)
        if one.unruled and one.came is not Came.CARRIED_OVER:
            says = f"{one.called}: the chair has not said what follows from the interest of {listed(one.unruled)}."
            yield Reason(says, _INTEREST)


def _subjects(facts: ClosingFacts) -> Iterator[Reason]:
    for one in facts.subjects:
        if not one.must_be_told or one.told_by.strip():
            continue
        if not one.not_yet.strip():
            what = "Conclusions were drawn about" if one.has_conclusion else "Actions were agreed about"
            says = f"{what} {one.name}. Agree which organisation tells it, or why it is not told yet."
            yield Reason(says, _TOLD)
        elif one.review_on is None or one.review_on <= facts.held_on:
            says = f"{one.name} is not told yet. Set a later day on which that is looked at again."
            yield Reason(says, "PRV-06; after NQB risk response 2022, Annex B")


def _referrals(facts: ClosingFacts) -> Iterator[Reason]:
    for one in facts.referrals:
        if not one.is_recorded:
            says = (
                f"Abuse or neglect is suspected: {one.about}. Record the referral; to have discussed it is not enough."
            )
            yield Reason(says, _REFERRED)


def _actions(facts: ClosingFacts) -> Iterator[Reason]:
    for one in facts.actions:
        lacks = []
        if not one.owner.strip() or not one.organisation.strip():
            lacks.append("who does it, of which organisation")
        if one.due_on is None:
            lacks.append("by when")
        if lacks:
            yield Reason(f"The action “{one.title}” does not say {listed(lacks)}.", _ACTION)


def _reports(facts: ClosingFacts) -> Iterator[Reason]:
    if facts.is_uncalled:
        says = (
            "Nobody wrote down why this Rapid Quality Review was called. Call it from the page of its subject’s level."
        )
        yield Reason(says, _REPORTS)
    for name in facts.owes:
        says = f"The review has not reported to {name} since it met. Record on its page that it did, or why it does not apply."
        yield Reason(says, _REPORTS)


def remarks(facts: ClosingFacts) -> tuple[Reason, ...]:
    """This function will name what is worth a look before a meeting is closed, and waits for nothing (MTG-23, CHR-09)."""
    return tuple(_remarks(facts))


def _remarks(facts: ClosingFacts) -> Iterator[Reason]:
    silent = [one for one in facts.items if not one.has_inequalities and one.came in {Came.DISCUSSED, Came.DECIDED}]
    if silent:
        items = listed(str(one.number) for one in silent)
        word = "Item" if len(silent) == 1 else "Items"
        says = (
            f"{word} {items}: nothing is said of inequalities and variation. “None were identified” is an answer too."
        )
        yield Reason(says, _UNEQUAL)
    late = [one.called for one in facts.items if one.came is Came.CARRIED_OVER]
    if late:
        yield Reason(
            f"Not everything was discussed: {listed(late)} {verb(len(late), 'comes', 'come')} again.", _OUTCOME
        )
    for one in facts.items:
        if one.needs_responsible and not one.responsible.strip() and one.came is not Came.CARRIED_OVER:
            yield Reason(f"{one.called} names no member who is responsible for passing it on.", _RESPONSIBLE)
    for text in facts.to_ratify:
        yield Reason(f"“{text}” was decided in writing and is still to be ratified.", "QUO-08")
    for subject in facts.subjects:
        if subject.must_be_told and not subject.told_by.strip() and subject.not_yet.strip() and subject.review_on:
            says = f"{subject.name} is not told yet; that is looked at again on {day(subject.review_on)}."
            yield Reason(says, "PRV-06")

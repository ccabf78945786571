"""Urgent decisions by written agreement, between meetings: when one may be begun, how it stands, what comes after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sightline.core.meetings.quorum import Member, Quorate, counted_for, in_utc
from sightline.core.meetings.words import few, listed
from sightline.core.rulebook.meeting import Agreement, Quorum, Route
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

_HOLDER = "REC-07; QSG 2017 ¶119 and ¶132"


@dataclass(frozen=True, slots=True)
class Urgent:
    """What is put to the members in writing: who holds it to be urgent and why, the text, and what went before it."""

    declared_by: str
    because: str
    text: str
    was_inquorate: bool  # the meeting that it should have been decided in was not quorate


def may_begin(urgent: Urgent, rule: Quorum | None, presiding: Collection[str]) -> Verdict:
    """This function will say whether something may be decided in writing between meetings (QUO-08, QUO-10).

    Where quorum was not achieved, decisions that the chair deems urgent can be taken by email (SQG 2022 Annex A,
    Quoracy). A group without a quorum has no need of it, and one whose guidance names no such way has none.
    """
    if rule is None or rule.outside is None:
        says = "The rules of this group know no decision outside a meeting. Call a meeting; it may be held by video."
        return refused(says, rule.cites if rule else "QUO-12")
    verdict, cites = ALLOWED, rule.outside.cites
    if rule.route is Route.AFTER_INQUORATE and not urgent.was_inquorate:
        says = "This way is open only after a meeting that was not quorate. Put the matter to a meeting first."
        verdict &= refused(says, f"QUO-10; {cites}")
    if urgent.declared_by not in presiding:
        verdict &= refused(
            "Only the chair holds a matter to be urgent, or whoever chairs for them.", f"QUO-08; {cites}"
        )
    if not urgent.because.strip():
        verdict &= refused("Say why it cannot wait for the next meeting.", f"QUO-08; {cites}")
    if not urgent.text.strip():
        verdict &= refused("Write down what the members are asked to agree to, word for word.", f"QUO-08; {cites}")
    return verdict


class Answer(StrEnum):
    """What a member replied; whoever did not reply is silent, and silence is not agreement (QUO-09)."""

    AGREES = "agrees"
    DECLINES = "declines"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one member replied for a seat, and when. The newest of theirs holds."""

    person: str
    seat: str
    answer: Answer
    at: datetime
    has_authority: bool = True
    is_statutory_holder: bool = False  # the body spoken for has statutory responsibility for it (REC-07)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", in_utc(self.at))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision in writing stands: the seats that agreed, declined and are silent, and both ways of counting them.

    ``strict`` asks for the number and each seat that must be there, ``loose`` for the number alone (QUO-09).
    """

    agreed: tuple[str, ...]
    declined: tuple[str, ...]
    silent: tuple[str, ...]
    strict: Quorate
    loose: Quorate
    reading: Agreement
    objection: Reason | None = None

    @property
    def counts(self) -> Quorate:
        """The way of counting that the rules of the group take."""
        return self.strict if self.reading is Agreement.EVERY_SEAT else self.loose

    @property
    def is_carried(self) -> bool:
        """Whether a quorate number agreed, and whoever has statutory responsibility did not decline.

        It takes that number also where a quorum is only recommended of meetings: in writing there was no meeting.
        """
        return self.counts.is_reached and self.objection is None

    @property
    def words(self) -> str:
        """How it stands, for those who wait for it; how the other reading would have it is said where it differs."""
        one = self.counts
        got = f"{one.present} of {few(one.counted, 'member')} agree; {one.needed} are needed."
        head = "Carried" if self.is_carried else "Not carried"
        missing = [f"{each.title}: nobody has agreed yet." for each in one.missing if one.present >= one.needed]
        if one is self.strict and one.missing and one.present < one.needed:
            missing = [f"Nobody has agreed yet for: {listed(each.title for each in one.missing)}."]
        objects = [self.objection.says] if self.objection else []
        return " ".join([f"{head}: {got}", *missing, *objects])

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has not replied yet."""
        return bool(self.silent)


def standing(
    rule: Quorum,
    members: Iterable[Member],
    replies: Iterable[Reply],
    sent_at: datetime,
    closes_at: datetime,
    apart: Collection[str] = (),
    *,
    titles: Mapping[str, str] | None = None,
) -> Standing:
    """This function will say how a decision in writing stands, from the replies between its sending and its closing.

    It needs the agreement of a quorate number of members (QUO-08, QUO-09; SQG 2022 Annex A, Quoracy). Silence is not
    agreement, and whoever an interest keeps from the matter is not counted.
    """
    everyone = list(members)
    seats = [one for one in everyone if not one.is_vacant]
    sent, closes = in_utc(sent_at), in_utc(closes_at)
    valid = [one for one in replies if sent <= one.at < closes and one.person not in apart and one.has_authority]
    newest = {(one.person, one.seat): one for one in sorted(valid, key=lambda one: one.at)}
    for_seat = {one.seat: one for one in sorted(newest.values(), key=lambda one: one.at)}  # the last word of a seat
    agreeing = [(one.person, one.seat) for one in for_seat.values() if one.answer is Answer.AGREES]
    declined = [one for one in for_seat.values() if one.answer is Answer.DECLINES]
    known = {one.seat for one in seats}
    number_only = rule.model_copy(update={"of_each": (), "at_least": rule.at_least or 1})
    return Standing(
        tuple(seat for _, seat in agreeing if seat in known),
        tuple(one.seat for one in declined if one.seat in known),
        tuple(one.seat for one in seats if one.seat not in for_seat),
        counted_for(rule, everyone, agreeing, titles=titles),
        counted_for(number_only, everyone, agreeing, titles=titles),
        rule.agreement,
        _objection(declined),
    )


def _objection(declined: Iterable[Reply]) -> Reason | None:
    if not any(one.is_statutory_holder for one in declined):
        return None
    return Reason("Whoever has the statutory responsibility declined; no majority overrides that.", _HOLDER)


def may_close(found: Standing, now: datetime, closes_at: datetime) -> Verdict:
    """This function will say whether the asking may end: it is carried, everybody replied, or its time is up."""
    if found.is_carried or not found.is_waiting or in_utc(now) >= in_utc(closes_at):
        return ALLOWED
    return refused(
        f"{few(len(found.silent), 'member')} did not reply yet, and the time that was set is not up.", "QUO-09"
    )


def to_ratify(carried: Iterable[str], ratified: Collection[str]) -> tuple[str, ...]:
    """This function will give the decisions in writing that the next meeting has still to ratify (QUO-08)."""
    return tuple(one for one in carried if one not in ratified)

"""What is decided in writing between meetings: who is asked, who answered, how it stands, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.groups.chairing import PRESIDING
from sightline.core.meetings.deciding import Outcome
from sightline.core.meetings.interests import apart
from sightline.core.meetings.outside import Answer, Reply, Standing, standing
from sightline.core.meetings.quorum import MEMBERS, Member, Status
from sightline.core.rulebook.meeting import Quorum, Route
from sightline.directory.models import Organisation
from sightline.groups.queries import MemberOn, members_on
from sightline.meetings.keeping import Rules, rules_of
from sightline.meetings.models import (
    AgendaItem,
    ItemOutcome,
    WrittenAnswer,
    WrittenQuestion,
    WrittenResult,
    WrittenSending,
)
from sightline.meetings.queries.live import title_of
from sightline.meetings.queries.tied import Interests, interests_in
from sightline.meetings.words import Result

SILENT, VACANT, APART = "silent", "vacant", "apart"


@dataclass(frozen=True)
class Written:
    """A question in writing with everything that was written down of it; ``seats`` are those of the day on which it went out."""

    question: WrittenQuestion
    sending: WrittenSending | None
    result: WrittenResult | None
    answers: tuple[WrittenAnswer, ...]
    rules: Rules
    seats: tuple[MemberOn, ...]
    interests: Interests

    @property
    def item(self) -> AgendaItem:
        """The item of a meeting that it is about."""
        return self.question.item

    @property
    def title(self) -> str:
        """What the item is called."""
        return title_of(self.item)

    @property
    def quorum(self) -> Quorum | None:
        """The quorum of the group, which says whether anything is decided outside a meeting."""
        return self.rules.kind.quorum if self.rules.kind else None

    @property
    def waits_for_ruling(self) -> bool:
        """Whether somebody of its seats is tied to it, and whoever chairs has not ruled on what follows."""
        ruled = {one.person for one in self.interests.rulings}
        return any(one.person not in ruled for one in self.interests.ties)

    @property
    def asked(self) -> tuple[MemberOn, ...]:
        """The seats of members, whoever of them takes part."""
        return tuple(one for one in self.seats if one.part in MEMBERS)

    @cached_property
    def apart(self) -> frozenset[str]:
        """Who takes no part in it: by a ruling, or tied and not ruled upon (COI-02, QUO-07)."""
        return apart(str(self.item.pk), self.interests.ties, self.interests.rulings)

    @cached_property
    def presiding(self) -> frozenset[str]:
        """Who sits as chair, co-chair or deputy chair, or stands in on such a seat."""
        seats = [one for one in self.seats if one.part in PRESIDING]
        sits = {str(one.person) for one in seats if one.person}
        return frozenset(sits | {str(deputy.person) for one in seats for deputy in one.deputies})

    @property
    def titles(self) -> dict[str, str]:
        """What the seats are called that the guidance expects."""
        return {one.id: one.title for one in self.rules.kind.seats} if self.rules.kind else {}

    def seats_of(self, person: UUID) -> tuple[MemberOn, ...]:
        """This function will give the members' seats for which somebody may answer: their own before one as a deputy."""
        own = tuple(one for one in self.asked if one.person == person)
        return own or tuple(one for one in self.asked if any(each.person == person for each in one.deputies))

    def has_authority(self, seat: MemberOn, person: UUID) -> bool:
        """This function will say whether somebody may decide for a seat; a deputy has to have it said of them (MEM-12)."""
        if seat.person == person:
            return True
        return any(one.person == person and one.authority is True for one in seat.deputies)

    def newest(self, seat: UUID) -> WrittenAnswer | None:
        """This function will give what was answered last for a seat, by somebody who takes part and may decide."""
        mine = [one for one in self.answers if one.seat_id == seat and str(one.person_id) not in self.apart]
        return max((one for one in mine if one.has_authority), key=lambda one: (one.at, one.number), default=None)

    @cached_property
    def standing(self) -> Standing | None:
        """How it stands by the answers so far; nothing before it went out, or where the group has no quorum."""
        if self.sending is None or self.quorum is None:
            return None
        members = [
            Member(
                str(one.seat),
                one.category,
                str(one.organisation or ""),
                is_vacant=one.person is None and not one.deputies,
                person=str(one.person or ""),
            )
            for one in self.asked
        ]
        replies = [
            Reply(
                str(one.person_id), str(one.seat_id), Answer(one.answer), one.at, one.has_authority,
                one.is_statutory_holder,
            )
            for one in sorted(self.answers, key=lambda one: one.number)
        ]  # fmt: skip
        sent, closes = self.sending.sent_at, self.question.closes_at
        return standing(self.quorum, members, replies, sent, closes, self.apart, titles=self.titles)

    def is_waiting_for(self, person: UUID, now: datetime) -> bool:
        """This function will say whether somebody is asked and can still answer."""
        if self.sending is None or self.result is not None or now >= self.question.closes_at:
            return False
        return bool(self.seats_of(person)) and str(person) not in self.apart


def one_question(actor: Actor, on: date, question: UUID) -> Written | None:
    """This function will give a question in writing that somebody may read; else nothing."""
    found = WrittenQuestion.objects.visible_to(actor, on).filter(pk=question)
    return next(iter(written(found)), None)


def questions_under_way(actor: Actor, on: date) -> list[Written]:
    """This function will give the questions in writing that are under way and that somebody may read, the next to close first."""
    found = WrittenQuestion.objects.visible_to(actor, on).under_way().order_by("closes_at", "pk")
    return list(written(found))


def questions_of_item(item: AgendaItem) -> list[Written]:
    """This function will give what was put in writing about an item, in turn."""
    return list(written(WrittenQuestion.objects.filter(item=item)))


def is_asked_in_writing(item: AgendaItem) -> bool:
    """This function will say whether the members are being asked about an item, and nothing has come of it yet."""
    return WrittenQuestion.objects.under_way().filter(item=item).exists()


def question_of_form(form_key: UUID) -> WrittenQuestion | None:
    """This function will give the question that a form put."""
    return WrittenQuestion.objects.filter(form_key=form_key).first()


def written(questions: Iterable[WrittenQuestion]) -> Iterable[Written]:
    """This function will gather questions with everything that was written down of them."""
    rows = WrittenQuestion.objects.filter(pk__in=[one.pk for one in questions]).select_related(
        "item__meeting", "item__group__area", "item__group__subject__organisation", "item__subject__organisation",
        "sending__deemed_by", "result",
    )  # fmt: skip
    found = {one.pk: one for one in rows.prefetch_related("item__wordings", "answers__person")}
    for pk in [one.pk for one in questions]:
        yield _written(found[pk])


def _written(question: WrittenQuestion) -> Written:
    sending = getattr(question, "sending", None)
    on = timezone.localdate(sending.sent_at if sending else question.recorded_at)
    item = question.item
    seats = members_on(item.group, on)
    return Written(
        question=question,
        sending=sending,
        result=getattr(question, "result", None),
        answers=tuple(question.answers.all()),
        rules=rules_of(item.group, on),
        seats=seats,
        interests=_interests(item, seats, on),
    )


def _interests(item: AgendaItem, seats: tuple[MemberOn, ...], on: date) -> Interests:
    people: set[UUID] = set()
    sent_by: dict[UUID, set[str]] = {}
    codes = _codes(seats)
    for seat in seats:
        sitting = {*([seat.person] if seat.person else []), *(one.person for one in seat.deputies)}
        people |= sitting
        for person in sitting if seat.organisation else ():
            sent_by.setdefault(person, set()).add(codes[seat.organisation])
    return interests_in([item], people, sent_by, on)


def _codes(seats: tuple[MemberOn, ...]) -> dict[UUID | None, str]:
    rows = Organisation.objects.filter(pk__in={one.organisation for one in seats if one.organisation})
    return dict(rows.values_list("pk", "code"))


def was_inquorate(item: AgendaItem) -> bool:
    """This function will say whether an item could not be decided in its meeting because it was not quorate (QUO-10).

    What was decided there after all, though the quorum is only recommended, or in writing since, is not open any more.
    """
    came = ItemOutcome.objects.filter(item=item).order_by("at", "recorded_at", "pk").last()
    is_open = came is not None and came.outcome in {Outcome.DISCUSSION_ONLY.value, ItemOutcome.CARRIED_OVER}
    return came is not None and is_open and came.quorum == Status.NOT_QUORATE.value


def may_be_put(item: AgendaItem, on: date) -> bool:
    """This function will say whether an item may be put to the members in writing as far as the rule and the meeting go."""
    kind = rules_of(item.group, on).kind
    rule = kind.quorum if kind else None
    if rule is None or rule.outside is None:
        return False
    is_open = rule.route is Route.ANY_URGENT or was_inquorate(item)
    settled = WrittenQuestion.objects.filter(item=item).exclude(
        result__result__in=[Result.LAPSED.value, Result.WITHDRAWN.value, Result.NOT_CARRIED.value]
    )
    return is_open and not settled.exists()


def seat_by_seat(view: Written) -> list[dict[str, str]]:
    """This function will tell of every seat how it stands in a question: as plain words that can be kept for good (REC-13)."""
    return [_seat(view, one) for one in view.asked]


def _seat(view: Written, seat: MemberOn) -> dict[str, str]:
    newest = view.newest(seat.seat)
    sits = {str(seat.person or ""), *(str(one.person) for one in seat.deputies)} - {""}
    state = newest.answer if newest else SILENT
    if not sits:
        state = VACANT
    elif newest is None and sits <= view.apart:
        state = APART
    return {
        "seat": str(seat.seat),
        "title": seat.title,
        "organisation": seat.organisation_name,
        "name": newest.person.display_name if newest else seat.name,
        "state": state,
        "why": newest.why if newest else "",
        "at": newest.at.isoformat() if newest else "",
        "how": newest.how if newest else "",
        "heard": newest.heard if newest else "",
        "is_statutory_holder": "yes" if newest and newest.is_statutory_holder else "",
    }

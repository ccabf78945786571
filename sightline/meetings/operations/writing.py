"""Decisions in writing between meetings: put, held to be urgent and sent, answered, concluded, taken back, and lapsed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.chairing import PRESIDING
from sightline.core.meetings.interests import may_preside
from sightline.core.meetings.outside import Urgent, may_begin, may_close
from sightline.core.verdict import Already, Invalid, Refused, Verdict, demand, refused
from sightline.groups.queries import MemberOn, members_on
from sightline.meetings.keeping import NOT_YOURS, keeps_meetings, rules_of
from sightline.meetings.messages import ASKED_IN_WRITING, DECIDED_IN_WRITING, WAITS_FOR_THE_CHAIR
from sightline.meetings.models import (
    AgendaItem,
    Meeting,
    WrittenAnswer,
    WrittenQuestion,
    WrittenResult,
    WrittenSending,
)
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.queries.writing import Written, seat_by_seat, was_inquorate, written
from sightline.meetings.words import Heard, Result
from sightline.meetings.writing_given import Said, Source
from sightline.notify.queueing import queue
from sightline.web.wording import moment as moment_words

LONGEST = timedelta(days=92)
OVER = refused("Something came of this question already. What was written stays as it is.", "REC-16")
NOT_SENT = refused("It has not gone to the members yet: whoever chairs has first to hold it to be urgent.", "QUO-08")
NOT_ASKED = refused(
    "Those who sit in the group are asked. You have no seat in it for which you could answer.", "QUO-08"
)
NO_PART = refused("An interest keeps you from this matter, and so you take no part in it.", "COI-02; QUO-07")
CLOSED = refused("The time for answers is over.", "QUO-08")


@operation(Permission.KEEP_MEETINGS, on="result")
def put_in_writing(
    *, by: Actor, at: datetime, item: AgendaItem, text: str, closes_at: datetime, form_key: UUID, knowingly: str = ""
) -> WrittenQuestion:
    """This function will write down what the members are to agree to in writing, for whoever chairs to hold it urgent.

    It is for an item that a meeting could not decide because it was not quorate, unless the group's rules are wider
    (QUO-08, QUO-10). Nothing goes to the members before whoever chairs says that it is urgent.
    """
    today = timezone.localdate(at)
    item = _kept_item(by, today, item)
    if WrittenQuestion.objects.filter(form_key=form_key).exists():
        raise Already("This question is on record already.")
    rules = rules_of(item.group, today)
    rule = rules.kind.quorum if rules.kind else None
    # Whoever chairs says later that it is urgent and why; here only the way and the words are judged.
    demand(may_begin(Urgent("chair", "to be said", text, was_inquorate(item)), rule, ("chair",)))
    _demand_not_put(item)
    if not at < closes_at <= at + LONGEST:
        raise Invalid("Set a time for answers that is to come, and within three months.")
    made = WrittenQuestion.objects.create(
        item=item,
        text=text.strip(),
        closes_at=closes_at,
        knowingly=why_it_stays([text], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    seats = [one for one in members_on(item.group, today) if one.part in PRESIDING]
    _tell(WAITS_FOR_THE_CHAIR, made, seats, at)
    return made


@operation(Permission.PRESIDE, on="question")
def deem_urgent(
    *, by: Actor, at: datetime, question: WrittenQuestion, because: str, knowingly: str = ""
) -> WrittenSending:
    """This function will hold a question to be urgent, with the reason, and with that send it to the members (CHR-10, QUO-08).

    Raises Refused for whoever does not chair the group or is kept from the matter by an interest of their own.
    """
    view = _held(by, at, question)
    if view.sending is not None:
        raise Already("The question has gone to the members already.")
    chair = _presiding(by, view)
    if at >= view.question.closes_at:
        raise Refused(CLOSED)
    urgent = Urgent(str(chair.pk), because, view.question.text, was_inquorate(view.item))
    demand(may_begin(urgent, view.quorum, view.presiding))
    made = WrittenSending.objects.create(
        question=view.question,
        deemed_by=chair,
        because=because.strip(),
        sent_at=at,
        pack=view.rules.pack,
        rules_version=view.rules.version,
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _tell(ASKED_IN_WRITING, view.question, view.asked, at, view.apart)
    return made


@operation(Permission.SEE_MEETINGS, on="question")
def answer_in_writing(
    *, by: Actor, at: datetime, question: WrittenQuestion, said: Said, form_key: UUID, knowingly: str = ""
) -> WrittenAnswer:
    """This function will record what a member answers on their own page; they may answer anew until time is up (QUO-09)."""
    view = _held(by, at, question)
    if not isinstance(by, Person):
        raise Refused(NOT_ASKED)
    kept = why_it_stays([said.why], knowingly)
    return _answer(view, by, said, Source(Heard.PAGE, at, ""), form_key, kept, by, at)


@operation(Permission.KEEP_MEETINGS, on="question")
def record_answer(
    *,
    by: Actor,
    at: datetime,
    question: WrittenQuestion,
    person: Person,
    said: Said,
    source: Source,
    form_key: UUID,
    knowingly: str = "",
) -> WrittenAnswer:
    """This function will record an answer that came by email or telephone, with who took it and where it is kept (QUO-08)."""
    view = _held(by, at, question)
    if not keeps_meetings(by, view.item.system, timezone.localdate(at)):
        raise Refused(NOT_YOURS)
    if source.how is Heard.PAGE or not source.words.strip():
        raise Invalid("Say how the answer came, who took it, and where it can be looked up.")
    if source.at > at:
        raise Invalid("An answer is recorded once it came. Give that time.")
    kept = why_it_stays([said.why, source.words], knowingly)
    return _answer(view, person, said, source, form_key, kept, by, at)


@operation(Permission.PRESIDE, on="question")
def conclude_in_writing(
    *, by: Actor, at: datetime, question: WrittenQuestion, result: Result, says: str = "", knowingly: str = ""
) -> WrittenResult:
    """This function will record what came of a question in writing, as whoever chairs finds and the rule allows (QUO-08, QUO-09).

    It is agreed where a quorate number agree by then, by the way of counting that the group's rules take. Raises Refused
    with what is missing.
    """
    view = _held(by, at, question)
    _presiding(by, view)
    stands = view.standing
    if stands is None:
        raise Refused(NOT_SENT)
    demand(may_close(stands, at, view.question.closes_at))
    match result:
        case Result.CARRIED if not stands.is_carried:
            reasons = (*stands.counts.verdict.reasons, *([stands.objection] if stands.objection else []))
            raise Refused(refused(stands.words, "QUO-09") & Verdict(tuple(reasons)))
        case Result.NOT_CARRIED if stands.is_carried:
            raise Refused(refused(f"It has the agreement that it needs. {stands.words}", "QUO-09"))
        case Result.LAPSED | Result.WITHDRAWN:
            raise Invalid("Say whether it is agreed or not.")
    return _end(view, result, says, why_it_stays([says], knowingly), by, at)


@operation(Permission.KEEP_MEETINGS, on="question")
def withdraw_question(
    *, by: Actor, at: datetime, question: WrittenQuestion, because: str, knowingly: str = ""
) -> WrittenResult:
    """This function will take a question back of which nothing came yet, with the reason; what was answered stays on record."""
    view = _held(by, at, question)
    if not keeps_meetings(by, view.item.system, timezone.localdate(at)):
        raise Refused(NOT_YOURS)
    return _end(view, Result.WITHDRAWN, because, why_it_stays([because], knowingly), by, at)


@operation(Permission.KEEP_MEETINGS)
def lapse_questions(*, by: Actor, at: datetime) -> int:
    """This function will let questions lapse whose time is up without the agreement that they need, and say how many (QUO-09).

    One that has its agreement waits for whoever chairs, who is told once: no clock makes a decision.
    """
    due = WrittenQuestion.objects.under_way().filter(closes_at__lte=at)
    ids = list(due.select_for_update(of=("self",)).order_by("closes_at", "pk").values_list("pk", flat=True))
    found = 0
    for view in written(WrittenQuestion.objects.filter(pk__in=ids).order_by("closes_at", "pk")):
        if view.standing is not None and view.standing.is_carried:
            seats = [one for one in view.seats if one.part in PRESIDING]
            _tell(WAITS_FOR_THE_CHAIR, view.question, seats, at, view.apart, again="closed")
            continue
        _end(view, Result.LAPSED, "", "", by, at)
        found += 1
    return found


# --- steps of the above


def _kept_item(by: Actor, on: date, item: AgendaItem) -> AgendaItem:
    seen = AgendaItem.objects.visible_to(by, on).standing().filter(pk=item.pk).exists()
    if not seen or not keeps_meetings(by, item.system, on):
        raise Refused(NOT_YOURS)
    Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    return AgendaItem.objects.select_related("meeting", "group").get(pk=item.pk)


def _demand_not_put(item: AgendaItem) -> None:
    """Raise Refused where the item is before the members in writing, or was agreed that way."""
    put = WrittenQuestion.objects.filter(item=item)
    if put.under_way().exists():
        raise Refused(refused("This item is before the members in writing already.", "QUO-08"))
    if put.filter(result__result=Result.CARRIED.value).exists():
        raise Refused(refused("This item was agreed in writing already. The next meeting ratifies it.", "QUO-08"))


def _held(by: Actor, at: datetime, question: WrittenQuestion) -> Written:
    """A question under way that the actor reads, held against others who write."""
    on = timezone.localdate(at)
    seen = WrittenQuestion.objects.visible_to(by, on).filter(pk=question.pk)
    if not seen.exists():
        raise Refused(NOT_YOURS)
    WrittenQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    view = next(iter(written(WrittenQuestion.objects.filter(pk=question.pk))))
    if view.result is not None:
        raise Refused(OVER)
    return view


def _presiding(by: Actor, view: Written) -> Person:
    """Whoever chairs and is not kept from the matter; Refused for anybody else."""
    interests = view.interests
    demand(
        may_preside(str(getattr(by, "pk", "")), str(view.item.pk), view.presiding, interests.ties, interests.rulings)
    )
    assert isinstance(by, Person), "only a person presides"
    return by


def _answer(
    view: Written, person: Person, said: Said, source: Source, form_key: UUID, knowingly: str, by: Actor, at: datetime
) -> WrittenAnswer:
    """An answer for every seat for which somebody may answer; the newest of each holds."""
    if view.sending is None:
        raise Refused(NOT_SENT)
    if WrittenAnswer.objects.filter(question=view.question, form_key=form_key).exists():
        raise Already("This answer is on record already.")
    seats = view.seats_of(person.pk)
    if not seats:
        raise Refused(NOT_ASKED)
    if str(person.pk) in view.apart:
        raise Refused(NO_PART)
    if source.at >= view.question.closes_at:
        raise Refused(CLOSED)
    if source.at < view.sending.sent_at:
        raise Invalid(f"The question went out on {moment_words(view.sending.sent_at)}. Give a later time.")
    number = len(view.answers)
    made = [
        WrittenAnswer.objects.create(
            question=view.question,
            number=number + place,
            person=person,
            seat_id=seat.seat,
            answer=said.answer.value,
            why=said.why.strip(),
            is_statutory_holder=said.is_statutory_holder,
            has_authority=view.has_authority(seat, person.pk),
            at=source.at,
            how=source.how.value,
            heard=source.words.strip(),
            knowingly=knowingly,
            form_key=form_key,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        for place, seat in enumerate(seats, 1)
    ]
    return made[0]


def _end(view: Written, result: Result, because: str, knowingly: str, by: Actor, at: datetime) -> WrittenResult:
    stands = view.standing
    snapshot = {
        "at": at.isoformat(),
        "rules": {"pack": view.rules.pack, "version": view.rules.version},
        "words": stands.words if stands else "",
        "strict": stands.strict.is_reached if stands else False,
        "loose": stands.loose.is_reached if stands else False,
        "seats": seat_by_seat(view),
    }
    made = WrittenResult.objects.create(
        question=view.question,
        result=result.value,
        because=because.strip(),
        at=at,
        snapshot=snapshot,
        snapshot_hash=hash_of(snapshot),
        knowingly=knowingly,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    if view.sending is not None:
        _tell(DECIDED_IN_WRITING, view.question, view.asked, at, view.apart)
    return made


def _tell(
    kind: str,
    question: WrittenQuestion,
    seats: Iterable[MemberOn],
    at: datetime,
    apart: Iterable[str] = (),
    again: str = "",
) -> None:
    """Word to whoever sits there, or stands in where nobody does, and takes part; the message names no matter."""
    wanted = {
        who
        for one in seats
        for who in ([one.person] if one.person else [each.person for each in one.deputies])
        if str(who) not in set(apart)
    }
    on = timezone.localdate(at)
    people = [
        one
        for one in Person.objects.filter(pk__in=wanted).order_by("pk")
        if WrittenQuestion.objects.visible_to(one, on).filter(pk=question.pk).exists()
    ]
    path = reverse("written", args=[question.pk])
    queue(at=at, kind=kind, record=str(question.pk), path=path, people=people, again=again, is_urgent=True)

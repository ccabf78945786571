"""What became of an exchange between two tiers: where it stands, how long it has waited, and who may do what next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.duties import Purpose
from sightline.core.verdict import ALLOWED, Verdict, refused

LOOP = "QSG 2017 ¶89"
ANSWER = "QSG 2017 ¶26, ¶133-134"


class ExchangeKind(StrEnum):
    """What kind of exchange it is."""

    ESCALATION = "escalation"
    DUTY_RISK = "duty-risk"  # the risk that a board carries if it fails its statutory duties (GRP-15)
    CHALLENGE = "challenge"  # a question by the region about a subject, as check and challenge (LVL-25)
    UPDATE = "update"  # levels and actions, at least once a quarter (SUR-09)
    SHARING = "sharing"  # what other areas may want to know, good practice too (NET-01, RPT-12)
    FEEDBACK = "feedback"  # what came of it, told back down (NET-02)
    RECEIVED = "received"  # what came in by letter, from a safeguarding board for instance (SAF-04, SAF-05)


class ExchangeHow(StrEnum):
    """What happened to an exchange."""

    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    DECLINED = "declined"  # with a reason
    FED_BACK = "fed_back"  # what came of it was told to those from whom it came
    CLOSED = "closed"


class Status(StrEnum):
    """Where an exchange stands."""

    WAITING = "waiting"  # nobody has acknowledged it
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    DECLINED = "declined"
    FED_BACK = "fed_back"
    CLOSED = "closed"


class Side(StrEnum):
    """The two ends of an exchange; somebody may be at both, where one body is."""

    SENDER = "sender"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Happened:
    """One step, and the day on which it happened."""

    how: ExchangeHow
    on: date


@dataclass(frozen=True, slots=True)
class Course:
    """An exchange as the rules see it, with its steps in the order in which they were recorded.

    ``is_reached`` is false where nobody at the other end works here: then what they answer is written down for them.
    """

    kind: ExchangeKind
    purpose: Purpose
    sent_on: date
    due_on: date | None = None
    steps: tuple[Happened, ...] = ()
    is_reached: bool = True

    @property
    def needs_answer(self) -> bool:
        """Whether an acknowledgement alone does not settle it."""
        return self.purpose is Purpose.ACTION or self.kind in {ExchangeKind.CHALLENGE, ExchangeKind.RECEIVED}

    @property
    def goes_back(self) -> bool:
        """Whether what came of it has to be told to those from whom it came, before it may be closed (NET-02)."""
        return self.kind is ExchangeKind.ESCALATION


def status_of(course: Course) -> Status:
    """This function will say where an exchange stands: the newest step tells, but an acknowledgement undoes nothing."""
    told = [one.how for one in course.steps]
    if ExchangeHow.CLOSED in told:
        return Status.CLOSED
    later = [how for how in told if how is not ExchangeHow.ACKNOWLEDGED]
    if later:
        return Status(later[-1].value)
    return Status.ACKNOWLEDGED if told else Status.WAITING


def waits_for(course: Course) -> Side | None:
    """This function will say whose turn it is; nobody's, where nothing more has to be done (RPT-13, NET-02)."""
    match status_of(course):
        case Status.WAITING:
            return Side.RECIPIENT
        case Status.ACKNOWLEDGED:
            return Side.RECIPIENT if course.needs_answer else None
        case Status.ANSWERED | Status.DECLINED:
            return Side.SENDER if course.goes_back else None
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Age:
    """For how long an exchange has waited for one end, in sight of both (RPT-13); no days where it waits for nobody."""

    waits_for: Side | None
    since: date
    days: int
    days_late: int  # beyond the day by which an answer was asked for


def age_of(course: Course, on: date) -> Age:
    """This function will say for how long an exchange has waited, and for whom (RPT-13; QSG 2017 ¶26, ¶133-134)."""
    turn = waits_for(course)
    since = max([course.sent_on, *(one.on for one in course.steps)])
    if turn is None:
        return Age(None, since, 0, 0)
    due = course.due_on if turn is Side.RECIPIENT else None
    return Age(turn, since, max(0, (on - since).days), max(0, (on - due).days) if due else 0)


_OVER = refused("This exchange is closed. Send a new one if there is more to say.", "RPT-13")
_THEIRS = refused("Only the end to which it was sent may do this.", "RPT-13")
_OURS = refused("Only the end that sent it may do this.", "RPT-13")


def may_step(course: Course, how: ExchangeHow, sides: Collection[Side]) -> Verdict:
    """This function will say whether somebody at one end may take a step now (RPT-13; NET-02, QSG 2017 ¶89).

    Whoever received it acknowledges, answers or declines; whoever sent it tells those from whom it came what came of
    it, and closes. A letter came from somebody who does not work here, so its recipient does all of it.
    """
    if status_of(course) is Status.CLOSED:
        return _OVER
    return _whose(course, how, sides) & _when(course, how)


def steps_open(course: Course, sides: Collection[Side]) -> tuple[ExchangeHow, ...]:
    """This function will give the steps that somebody at one end, or at both, may take now."""
    return tuple(how for how in ExchangeHow if may_step(course, how, sides))


def _whose(course: Course, how: ExchangeHow, sides: Collection[Side]) -> Verdict:
    answers = how in {ExchangeHow.ACKNOWLEDGED, ExchangeHow.ANSWERED, ExchangeHow.DECLINED}
    if course.kind is ExchangeKind.RECEIVED:
        return ALLOWED if Side.RECIPIENT in sides else _THEIRS
    if not answers:
        return ALLOWED if Side.SENDER in sides else _OURS
    if Side.RECIPIENT in sides or (not course.is_reached and Side.SENDER in sides):
        return ALLOWED
    return _THEIRS


def _when(course: Course, how: ExchangeHow) -> Verdict:
    status = status_of(course)
    match how:
        case ExchangeHow.ACKNOWLEDGED:
            says = "It was acknowledged already." if status is not Status.WAITING else ""
        case ExchangeHow.ANSWERED:
            says = "It was declined. Send what you have to say as a new one." if status is Status.DECLINED else ""
        case ExchangeHow.DECLINED:
            early = status in {Status.WAITING, Status.ACKNOWLEDGED}
            says = "" if early else "It has been answered or declined already."
        case ExchangeHow.FED_BACK:
            there = status in {Status.ANSWERED, Status.DECLINED}
            says = "" if there else "There is no answer yet that could be told back."
        case ExchangeHow.CLOSED:
            return _closes(course, status)
    return refused(says, ANSWER) if says else ALLOWED


def _closes(course: Course, status: Status) -> Verdict:
    if status is Status.WAITING or (status is Status.ACKNOWLEDGED and course.needs_answer):
        return refused("It still waits for the other end. It may be closed once they have answered.", ANSWER)
    if course.goes_back and status in {Status.ANSWERED, Status.DECLINED}:
        return refused("First tell those from whom the matter came what came of it.", LOOP)
    return ALLOWED

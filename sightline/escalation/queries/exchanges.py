"""Reads of exchanges, each for somebody: the two lists, one exchange as a thread, and the copy that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, Max, OuterRef

from sightline.core.access import Actor
from sightline.core.escalation.answering import (
    Age,
    Course,
    ExchangeHow,
    ExchangeKind,
    Happened,
    Side,
    Status,
    age_of,
    status_of,
)
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Subject
from sightline.escalation.models import Exchange, ExchangeCopy, ExchangeStep
from sightline.escalation.queries.exchange_ends import answers_for, ours, receiving, sides_at
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.surveillance.queries.log_copy import LogCopy

AT_MOST = 300  # lines of one list; the filters find older ones
_WITH = ("subject__organisation", "from_body", "to_body", "follows", "decision")


class Shown(StrEnum):
    """Which exchanges a list shows."""

    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the lists; the one that waits longest comes first where ``longest_first``."""

    kind: str = ""
    shown: Shown = Shown.OPEN
    longest_first: bool = False
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One exchange in a list: where it stands, for how long it has waited, and whether the reader's own end is asked."""

    exchange: Exchange
    course: Course
    status: Status
    age: Age
    is_your_turn: bool


@dataclass(frozen=True, slots=True)
class Lists:
    """What came to us, and what went from us; ``has_more`` where a list is cut."""

    to_us: tuple[Line, ...]
    from_us: tuple[Line, ...]
    has_more: bool = False


def exchanges_for(actor: Actor, on: date, asked: Asked) -> Lists:
    """This function will give the exchanges that somebody may read, in two lists, with their age (RPT-13)."""
    found = Exchange.objects.visible_to(actor, on).select_related(*_WITH).prefetch_related("steps")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.subject is not None:
        found = found.filter(subject=asked.subject)
    if asked.shown is Shown.OPEN:
        closed = ExchangeStep.objects.filter(exchange=OuterRef("pk"), how=ExchangeHow.CLOSED.value)
        found = found.filter(~Exists(closed))
    rows = list(found[: AT_MOST + 1])
    us, answered = ours(actor, on), answers_for(actor, on)
    lines = [_line(one, answered, on) for one in rows[:AT_MOST]]
    if asked.longest_first:
        lines.sort(key=lambda one: (-one.age.days, one.exchange.sent_on, str(one.exchange.pk)))
    to_us = tuple(one for one in lines if one.exchange.to_body.code in us)
    is_from = {one.exchange.pk for one in to_us if one.exchange.from_body.code not in us or _is_letter(one.exchange)}
    return Lists(to_us, tuple(one for one in lines if one.exchange.pk not in is_from), len(rows) > AT_MOST)


def _is_letter(exchange: Exchange) -> bool:
    return exchange.kind == ExchangeKind.RECEIVED


def _line(exchange: Exchange, answered: frozenset[str], on: date) -> Line:
    course = course_of(exchange)
    age = age_of(course, on)
    turn = age.waits_for
    sides = sides_at(answered, exchange)
    return Line(exchange, course, status_of(course), age, turn is not None and _at(turn, course, sides))


def _at(turn: Side, course: Course, sides: frozenset[Side]) -> bool:
    if course.kind is ExchangeKind.RECEIVED:
        return Side.RECIPIENT in sides
    return turn in sides


def course_of(exchange: Exchange, *, is_reached: bool = True) -> Course:
    """This function will give an exchange as the rules see it."""
    steps = tuple(Happened(ExchangeHow(one.how), one.happened_on) for one in exchange.steps.all())
    return Course(
        ExchangeKind(exchange.kind), Purpose(exchange.purpose), exchange.sent_on, exchange.due_on, steps, is_reached
    )


def reached_course(exchange: Exchange, on: date) -> Course:
    """This function will give an exchange as the rules see it, with whether anybody at the other end works here."""
    there = receiving(Slot(exchange.recipient), exchange.to_body, on)
    return course_of(exchange, is_reached=bool(there.people))


def one_exchange(actor: Actor, on: date, exchange: UUID) -> Exchange | None:
    """This function will give an exchange that somebody may read, with its steps and its copy; else nothing."""
    found = Exchange.objects.visible_to(actor, on).filter(pk=exchange)
    return found.select_related(*_WITH, "copy").prefetch_related("steps").first()


def related_to(actor: Actor, on: date, exchange: Exchange) -> tuple[Exchange | None, Sequence[Exchange]]:
    """This function will give what an exchange follows and what followed it, as far as somebody may read them."""
    seen = Exchange.objects.visible_to(actor, on).select_related(*_WITH)
    before = seen.filter(pk=exchange.follows_id).first() if exchange.follows_id else None
    return before, list(seen.filter(follows=exchange).order_by("recorded_at", "pk"))


def sent_together(actor: Actor, on: date, exchange: Exchange) -> Sequence[Exchange]:
    """This function will give what went to others at the same time by one form, as far as somebody may read it."""
    if exchange.together is None:
        return ()
    found = Exchange.objects.visible_to(actor, on).filter(together=exchange.together).exclude(pk=exchange.pk)
    return list(found.select_related("to_body").order_by("to_body__name", "pk"))


@dataclass(frozen=True, slots=True)
class CopyShown:
    """The copy that goes with an exchange, as its reader may have it; ``left_out`` counts what is closed to them."""

    log: LogCopy
    sha256: str
    left_out: int


def copy_for(actor: Actor, on: date, exchange: Exchange) -> CopyShown | None:
    """This function will give the copy of a log that went with an exchange.

    Lines about what the reader declared an interest in, or about their own body, are left out (COI-03, PER-10).
    """
    copy: ExchangeCopy | None = getattr(exchange, "copy", None)
    if copy is None:
        return None
    log = LogCopy.read(copy.content)
    closed = _closed_to(actor, on)
    rows = tuple(one for one in log.rows if one.key not in closed)
    return CopyShown(replace(log, rows=rows), copy.sha256, len(log.rows) - len(rows))


def _closed_to(actor: Actor, on: date) -> frozenset[str]:
    viewer = viewer_of(actor, on)
    interests = conflicts_of(actor, on)
    keys = set(Subject.objects.filter(pk__in=interests).values_list("key", flat=True)) if interests else set()
    own = frozenset[str]() if viewer.keeps else viewer.organisations
    codes = own | bodies_provided_for(actor, on)
    if codes:
        keys |= set(Subject.objects.filter(organisation__code__in=codes).values_list("key", flat=True))
    return frozenset(keys)


def last_updates(systems: Sequence[str] | None = None) -> Mapping[str, date]:
    """This function will say, by system, when the region was last sent an update (SUR-09, RPT-30)."""
    found = Exchange.objects.filter(kind=ExchangeKind.UPDATE.value)
    if systems is not None:
        found = found.filter(system__in=systems)
    rows = found.order_by().values_list("system").annotate(last=Max("sent_on"))
    return dict(rows)

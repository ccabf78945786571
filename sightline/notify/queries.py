"""Reads of the outbox: what waits and for whom, what each person was told, and how the outbox stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sightline.accounts.models import Person
from sightline.notify.kinds import Kind, kind_of
from sightline.notify.models import Attempt, Looked, Message, Wish
from sightline.notify.waiting import Tried, may_be_tried
from sightline.notify.words import OPEN, Fate

AT_MOST = 40  # messages on a person's own page; older ones are found where they lead
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mine:
    """One message of a person that they may still open, and whether it came since they last looked."""

    message: Message
    kind: Kind
    is_new: bool


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands, in numbers alone."""

    urgent: int
    for_digest: int
    begun: int
    to_retry: int
    given_up: int
    sent_today: int
    not_theirs_today: int
    oldest: datetime | None


def unsettled() -> QuerySet[Message]:
    """This function will choose the messages to which something is still to happen."""
    settled = Attempt.objects.exclude(fate__in=[one.value for one in OPEN]).filter(message=OuterRef("pk"))
    return Message.objects.filter(~Exists(settled))


def tries_of(messages: Iterable[UUID]) -> Mapping[UUID, tuple[Tried, ...]]:
    """This function will give, by message, every attempt so far."""
    found = defaultdict[UUID, list[Tried]](list)
    for message, fate, at in Attempt.objects.filter(message__in=list(messages)).values_list("message", "fate", "at"):
        found[message].append(Tried(Fate(fate), at))
    return {key: tuple(some) for key, some in found.items()}


def wishes() -> frozenset[UUID]:
    """This function will name the people who want each message at once."""
    newest: dict[UUID, bool] = dict(Wish.objects.order_by("recorded_at", "pk").values_list("person", "at_once"))
    return frozenset(key for key, at_once in newest.items() if at_once)


def wants_at_once(person: Person) -> bool:
    """This function will say whether a person wants each message as a letter of its own."""
    newest = Wish.objects.filter(person=person).order_by("-recorded_at", "-pk").first()
    return bool(newest and newest.at_once)


def people_waiting(at: datetime) -> dict[UUID, tuple[int, int]]:
    """This function will count, by person, what waits to go at once, and what waits for the digest."""
    rows = list(unsettled().exclude(person=None).values_list("pk", "person", "is_urgent"))
    tries, at_once = tries_of(pk for pk, _, _ in rows), wishes()
    found: dict[UUID, tuple[int, int]] = {}
    for pk, person, is_urgent in rows:
        if may_be_tried(tries.get(pk, ()), at):
            now = is_urgent or person in at_once
            single, digest = found.get(person, (0, 0))
            found[person] = (single + now, digest + (not now))
    return found


def outside_waiting(at: datetime) -> list[UUID]:
    """This function will name the messages to people outside that may be tried, the oldest first."""
    rows = list(unsettled().filter(person=None).order_by("queued_at", "pk").values_list("pk", flat=True))
    tries = tries_of(rows)
    return [one for one in rows if may_be_tried(tries.get(one, ()), at)]


def mine(person: Person, on: date) -> list[Mine]:
    """This function will list what a person was told and may still open, the newest first.

    What they may no longer open is left out and not counted, as though it had never been.
    """
    looked = Looked.objects.filter(person=person).order_by("-at").first()
    rows = Message.objects.filter(person=person).order_by("-queued_at", "-pk")[:AT_MOST]
    found = []
    for one in rows:
        kind = kind_of(one.kind)
        if kind is not None and kind.may_open(person, one.record, on):
            found.append(Mine(one, kind, looked is None or one.queued_at > looked.at))
    return found


def how_many_new(person: Person, on: date) -> int:
    """This function will count what a person was told since they last looked, as far as they may still open it."""
    return sum(one.is_new for one in mine(person, on))


def outbox(at: datetime) -> Outbox:
    """This function will say how the outbox stands: numbers, and nobody's name."""
    fates = Prefetch("attempts", Attempt.objects.order_by("at", "pk"), to_attr="so_far")
    waiting = list(unsettled().prefetch_related(fates))
    at_once = wishes()
    counts = Counter[str]()
    for one in waiting:
        last = [Fate(row.fate) for row in getattr(one, "so_far", [])][-1:]
        match last:
            case [Fate.BEGUN]:
                counts["begun"] += 1
            case [Fate.FAILED]:
                counts["retry"] += 1
            case _:
                counts["urgent" if one.is_urgent or one.person_id in at_once else "digest"] += 1
    today = Attempt.objects.filter(at__gt=at - _A_DAY)
    return Outbox(
        urgent=counts["urgent"],
        for_digest=counts["digest"],
        begun=counts["begun"],
        to_retry=counts["retry"],
        given_up=Attempt.objects.filter(fate=Fate.GIVEN_UP.value).count(),
        sent_today=today.filter(fate=Fate.SENT.value).count(),
        not_theirs_today=today.filter(fate=Fate.NOT_THEIRS.value).count(),
        oldest=min((one.queued_at for one in waiting), default=None),
    )

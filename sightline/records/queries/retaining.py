"""What falls due by the retention schedule, what is held, and what was disposed of or why it may not be (REC-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from django.db.models import Min, QuerySet
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may, systems_where
from sightline.core.records.retaining import latest_trigger, may_dispose, review_on
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.keeping import RecordKind, Retention, RetentionClass
from sightline.core.verdict import ALLOWED, Verdict
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind as BodyKind
from sightline.meetings.sight import subjects_open
from sightline.records.giving import What
from sightline.records.models import Disposal, Hold
from sightline.records.queries.going import GOING, verdicts
from sightline.records.queries.kinds import KINDS
from sightline.rulebook.queries import PartInForce, part_with_origin

A_PAGE = 50
SOON = 12  # months


class Show(StrEnum):
    """Which records the list holds."""

    SOON = "soon"  # those that are due, or will be within a year
    NOW = "now"  # those that are due
    ALL = "all"  # all whose period has begun


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks of the list; no class is every class."""

    show: Show = Show.SOON
    of: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """One record with its class, the day that began its period, the day it is due, and what stops its disposal."""

    kind: RecordKind
    of: RetentionClass
    record: Any
    trigger: date
    due: date | None
    holds: tuple[Hold, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class OfClass:
    """One class of the schedule with what somebody reads of it: how many are in use, begun and due, and the next day."""

    of: RetentionClass
    in_use: int
    begun: int
    due: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, how many there are in all, and how the classes stand."""

    rows: tuple[Kept, ...]
    count: int
    classes: tuple[OfClass, ...]


def schedule(on: date) -> tuple[Retention, PartInForce]:
    """This function will give the retention schedule that counts on a day, and where it comes from (REC-10)."""
    found = part_with_origin("retention", on)
    assert found is not None, "the newest guidance has a retention schedule"
    return cast(Retention, found.content), found


def what_falls_due(actor: Actor, on: date, wanted: Wanted) -> Listed:
    """This function will list the records that somebody reads by the day on which they are due, the earliest first."""
    retention = schedule(on)[0]
    classes = [one for one in retention.classes if wanted.of in {"", one.id}]
    horizon = {Show.SOON: later_by(on, SOON), Show.NOW: on, Show.ALL: None}[wanted.show]
    found: list[tuple[date, date, RecordKind, RetentionClass, Any]] = []
    count = 0
    for one in classes:
        for kind in one.kinds:
            rows = _begun(actor, on, kind)
            if horizon is not None:
                rows = _by(rows, latest_trigger(horizon, one.years)) if one.years else rows.none()
            count += rows.count()
            # So many of each kind are enough to know which of all kinds stand on this page.
            for record in rows.select_related(*KINDS[kind].beside).order_by("begins", "pk")[: wanted.page * A_PAGE]:
                trigger = _day(record.begins)
                found.append((review_on(trigger, one.years) if one.years else date.max, trigger, kind, one, record))
    found.sort(key=lambda row: (row[0], row[1], row[2].value, str(row[4].pk)))
    page = found[(wanted.page - 1) * A_PAGE : wanted.page * A_PAGE]
    held = Hold.objects.visible_to(actor, on).in_force()
    return Listed(tuple(_kept(held, on, page)), count, tuple(_standing(actor, on, one) for one in retention.classes))


def _begun(actor: Actor, on: date, kind: RecordKind) -> QuerySet[Any]:
    return KINDS[kind].rows(actor, on).filter(begins__isnull=False)


def _by(rows: QuerySet[Any], last: date) -> QuerySet[Any]:
    """The rows whose period began by a day, whether that is kept as a day or as a moment."""
    field = rows.query.annotations["begins"].output_field
    name = "begins__date__lte" if field.get_internal_type() == "DateTimeField" else "begins__lte"
    return rows.filter(**{name: last})


def one_kept(actor: Actor, on: date, what: What) -> Kept | None:
    """This function will give a record that somebody reads and that can go, once its period has begun, with all that stops it."""
    kind, going = what.kind, GOING.get(what.kind)
    if going is None:
        return None
    record = _begun(actor, on, kind).select_related(*KINDS[kind].beside).filter(going.find(what)).first()
    if record is None:
        return None
    of = schedule(on)[0].class_of(kind)
    trigger = _day(record.begins)
    due = review_on(trigger, of.years) if of.years else date.max
    return _kept(Hold.objects.in_force(), on, [(due, trigger, kind, of, record)])[0]


def _kept(
    held: QuerySet[Hold], on: date, page: Sequence[tuple[date, date, RecordKind, RetentionClass, Any]]
) -> list[Kept]:
    holds = list(held.select_related("subject"))
    touched: dict[tuple[RecordKind, Any], frozenset[UUID]] = {}
    around: dict[tuple[RecordKind, Any], Verdict] = {}
    for kind, of in {row[2]: row[3] for row in page}.items():
        some = [row[4] for row in page if row[2] is kind]
        touched |= {(kind, key): found for key, found in KINDS[kind].touched([one.pk for one in some]).items()}
        around |= {(kind, key): found for key, found in verdicts(kind, some, of.years, on).items()}
    rows = []
    for due, trigger, kind, of, record in page:
        mine = tuple(
            one
            for one in holds
            if one.system == system_of(kind, record)
            and (one.subject_id is None or one.subject_id in touched.get((kind, record.pk), ()))
        )
        verdict = may_dispose(of, trigger, [one.because for one in mine], on)
        verdict &= around.get((kind, record.pk), ALLOWED)
        rows.append(Kept(kind, of, record, trigger, due if of.years else None, mine, verdict))
    return rows


def system_of(kind: RecordKind, record: Any) -> str:
    """This function will give the system on whose record something stands."""
    match kind:
        case RecordKind.KEY_POINTS:
            return str(record.meeting.system)
        case RecordKind.REPORT:
            return str(record.report.system)
        case _:
            return str(record.system)


def _standing(actor: Actor, on: date, of: RetentionClass) -> OfClass:
    in_use = begun = due = 0
    first: list[date] = []
    for kind in of.kinds:
        rows = KINDS[kind].rows(actor, on)
        told = rows.filter(begins__isnull=False)
        facts = told.order_by().aggregate(first=Min("begins"))
        count = told.count()
        in_use += rows.filter(begins__isnull=True).count()
        begun += count
        if of.years is not None and count:
            due += _by(told, latest_trigger(on, of.years)).count()
            first.append(review_on(_day(facts["first"]), of.years))
    return OfClass(of, in_use, begun, due, min(first, default=None))


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


# --- holds


def holds_for(actor: Actor, on: date) -> tuple[list[Hold], list[Hold]]:
    """This function will give the holds that somebody reads: those in force, and the newest of those that were lifted."""
    found = Hold.objects.visible_to(actor, on).select_related("subject", "placed_by", "lifting__lifted_by")
    return list(found.in_force()), list(found.exclude(lifting=None)[:A_PAGE])


def one_hold(actor: Actor, on: date, hold: UUID) -> Hold | None:
    """This function will give a hold in force that somebody reads and may lift."""
    if not may(actor, Permission.KEEP_RECORDS, on):
        return None
    found = Hold.objects.visible_to(actor, on).in_force().filter(pk=hold).select_related("subject")
    return next((one for one in found if keeps_records(actor, on, one.system)), None)


def keeps_records(actor: Actor, on: date, system: str) -> bool:
    """This function will say whether somebody keeps the formal record of a system."""
    systems = systems_where(actor, Permission.KEEP_RECORDS, on)
    return systems is None or system in systems


def systems_kept(actor: Actor, on: date) -> list[Organisation]:
    """This function will give the systems whose formal record somebody keeps, by name."""
    systems = systems_where(actor, Permission.KEEP_RECORDS, on)
    found = Organisation.objects.filter(kind=BodyKind.ICB, closed_on=None)
    return list((found if systems is None else found.filter(code__in=systems)).order_by("name", "code"))


def is_open(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether no interest closes a subject to somebody who places a hold or keeps a request."""
    seen = Subject.objects.visible_to(actor, on).filter(subjects_open(actor, on), pk=subject.pk)
    return seen.exists()


# --- disposal


def disposals_for(actor: Actor, on: date) -> tuple[list[Disposal], list[Disposal]]:
    """This function will give what waits for a second person, and the newest of what was answered."""
    found = Disposal.objects.visible_to(actor, on).select_related("proposed_by", "answer__answered_by", "group")
    answered = found.exclude(answer=None).order_by("-answer__answered_on", "-answer__recorded_at", "pk")
    return list(found.waiting()), list(answered[:A_PAGE])


def one_disposal(actor: Actor, on: date, disposal: UUID) -> Disposal | None:
    """This function will give a proposal, or the certificate, that somebody reads."""
    found = Disposal.objects.visible_to(actor, on).filter(pk=disposal)
    return found.select_related("proposed_by", "answer__answered_by", "group").first()


def gone(actor: Actor, on: date, kind: RecordKind, record: UUID, number: int | None) -> list[Disposal]:
    """This function will give the certificates of a record that somebody reads: of one version, or of every one."""
    found = Disposal.objects.visible_to(actor, on).filter(kind=kind.value, record=record)
    found = found.filter(answer__agreed=True).select_related("answer", "group")
    return list((found if number is None else found.filter(number=number)).order_by("number"))


def disposals_waiting(actor: Actor, on: date) -> int:
    """This function will count the proposals that wait for somebody as the second person."""
    if not isinstance(actor, Person) or not may(actor, Permission.KEEP_RECORDS, on):
        return 0
    found = Disposal.objects.visible_to(actor, on).waiting().exclude(proposed_by=actor.pk)
    systems = systems_where(actor, Permission.KEEP_RECORDS, on)
    return (found if systems is None else found.filter(system__in=systems)).count()

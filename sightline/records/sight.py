"""Who reads holds and requests for information, as conditions of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission
from sightline.core.meetings.interests import Measure
from sightline.core.rulebook.keeping import RecordKind
from sightline.groups.beside import closed
from sightline.groups.sight import NOTHING, in_systems
from sightline.improvement.models import Plan, RapidReview
from sightline.meetings.models import ItemRuling, ItemTie
from sightline.publication.models import KeyPoints
from sightline.reports.models import Report, ReportVersion
from sightline.risks.models import Risk

_WHOLE: Mapping[RecordKind, Any] = {
    RecordKind.PLAN: Plan,
    RecordKind.REVIEW: RapidReview,
    RecordKind.RISK: Risk,
}


def kept_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor keeps the formal record of a system, or audits it (PER-13)."""
    return in_systems(actor, Permission.SEE_RECORDS, on)


def holds_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a hold: an interest in its subject closes it."""
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    return kept_there(actor, on) & ~tied if tied else kept_there(actor, on)


def requests_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a request, with all that was taken into it.

    Whoever keeps the record works on a request with others, and so reads what these took into it. A request about a
    subject, or with a passage of a record, that is closed to them by an interest is not there for them (COI-03, COI-04).
    """
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    paths = (
        "note__item__subject", "note__meeting__group__subject", "decision__subject", "version__report__group__subject",
        "version__report__subjects__subject",
    )  # fmt: skip
    passages = apps.get_model("records", "RequestPassage")._default_manager.order_by()
    if about := closed(*paths, actor=actor, on=on, keeps=NOTHING):
        tied |= Q(pk__in=passages.filter(about).values("request"))
    if isinstance(actor, Person):
        out = [one.value for one in Measure if not one.reads_papers]
        said = ItemTie.objects.filter(person=actor.pk).order_by().values("item")
        ruled = ItemRuling.objects.filter(person=actor.pk, measure__in=out).order_by().values("item")
        theirs = Q(note__item__in=said) | Q(note__item__in=ruled)
        tied |= Q(pk__in=passages.filter(theirs).values("request"))
    return kept_there(actor, on) & ~tied if tied else kept_there(actor, on)


def disposals_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a proposal of disposal, or its certificate.

    While the record stands, whoever may not read it reads no proposal either; once it is gone, an interest in whom it
    touched closes the certificate.
    """
    seen = kept_there(actor, on) & ~Q(pk__in=_of_what_is_not_read(actor, on))
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    touched = apps.get_model("records", "DisposalSubject")._default_manager.order_by()
    return seen & ~Q(pk__in=touched.filter(tied).values("disposal")) if tied else seen


def _of_what_is_not_read(actor: Actor, on: date) -> list[UUID]:
    """The proposals of records that stand and that the actor may not read.

    They are few, and looked up beforehand: within each other these conditions grow deeper than SQLite reads.
    """
    proposed = apps.get_model("records", "Disposal")._default_manager.filter(kept_there(actor, on)).order_by()
    rows = proposed.filter(Q(answer=None) | Q(answer__agreed=False)).values_list("pk", "kind", "record", "number")
    by_kind: dict[str, list[tuple[UUID, UUID, int]]] = defaultdict(list)
    for key, kind, record, number in rows:
        by_kind[kind].append((key, record, number))
    found: list[UUID] = []
    for kind, some in by_kind.items():
        stands, read = _standing(RecordKind(kind), {record for _, record, _ in some}, actor, on)
        found += [key for key, record, number in some if (record, number) in stands and (record, number) not in read]
    return found


def _standing(kind: RecordKind, records: set[UUID], actor: Actor, on: date) -> tuple[set[Any], set[Any]]:
    """Of some records the versions that stand, and those of them that the actor reads."""
    match kind:
        case RecordKind.REPORT:
            rows = ReportVersion.objects.filter(report__in=records).order_by().values_list("report", "number")
            seen = set(Report.objects.visible_to(actor, on).filter(pk__in=records).values_list("pk", flat=True))
            return set(rows), {(record, number) for record, number in rows if record in seen}
        case RecordKind.KEY_POINTS:
            points = KeyPoints.objects.filter(meeting__in=records).order_by()
            read = points.visible_to(actor, on)
            return set(points.values_list("meeting", "number")), set(read.values_list("meeting", "number"))
        case RecordKind.PLAN | RecordKind.REVIEW | RecordKind.RISK:
            model = _WHOLE[kind]
            there = model.objects.filter(pk__in=records).order_by()
            shown = model.objects.visible_to(actor, on).filter(pk__in=records).order_by()
            return (
                {(one, 0) for one in there.values_list("pk", flat=True)},
                {(one, 0) for one in shown.values_list("pk", flat=True)},
            )
        case _:
            requests = apps.get_model("records", "InformationRequest")._default_manager.filter(pk__in=records)
            asked = requests.order_by().values_list("pk", flat=True)
            mine = asked.filter(requests_seen(actor, on))
            return {(one, 0) for one in asked}, {(one, 0) for one in mine}

"""How a record is disposed of: whether it may be, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.verdict import Already, Refused, demand
from sightline.records.giving import What
from sightline.records.models import Disposal, DisposalSubject
from sightline.records.operations._acting import NOT_YOURS
from sightline.records.queries.going import GOING
from sightline.records.queries.kinds import KINDS
from sightline.records.queries.retaining import Kept, keeps_records, one_kept, system_of


def to_dispose(by: Actor, at: datetime, what: What) -> Kept:
    """This function will give a record that may be disposed of, held against whoever works on it at the same time.

    Raises Refused where it may not be, with every reason.
    """
    today = timezone.localdate(at)
    if kept := one_kept(by, today, what):
        list(GOING[what.kind].locked(kept.record).order_by().select_for_update(of=("self",)))
        kept = one_kept(by, today, what)  # as it stands now that nobody else works on it
    if kept is None or not keeps_records(by, today, system_of(kept.kind, kept.record)):
        raise Refused(NOT_YOURS)
    demand(kept.verdict)
    return kept


def to_answer(by: Actor, at: datetime, disposal: Disposal) -> tuple[Disposal, What]:
    """This function will give a proposal that waits for a second person, held against another answer, and what it is of."""
    today = timezone.localdate(at)
    found = Disposal.objects.select_for_update(of=("self",)).filter(pk=disposal.pk).first()
    seen = Disposal.objects.visible_to(by, today).filter(pk=disposal.pk)
    if found is None or not seen.exists() or not keeps_records(by, today, found.system):
        raise Refused(NOT_YOURS)
    if not Disposal.objects.waiting().filter(pk=found.pk).exists():
        raise Already("This proposal was answered already.")
    return found, What(RecordKind(found.kind), found.record, found.number)


def name_whom_it_touches(disposal: Disposal, kept: Kept) -> None:
    """This function will write down whom a record touches, beside those of whom that is known: it outlives the record."""
    there = set(disposal.subjects.values_list("subject", flat=True))
    touched = KINDS[kept.kind].touched([kept.record.pk]).get(kept.record.pk, frozenset())
    DisposalSubject.objects.bulk_create(
        [DisposalSubject(disposal=disposal, subject_id=one) for one in sorted(touched - there, key=str)]
    )


def disposed_of(kept: Kept) -> Mapping[str, Any]:
    """This function will dispose of a record with all that hangs on it, and count what went."""
    going = GOING[kept.kind]
    copies, rows = going.copies(kept.record), going.rows(kept.record)
    counted = {name: some.count() for name, some in rows.items()}
    for some in rows.values():  # what hangs on another goes before it
        some.delete()
    return {"rows": counted, "given_out": [list(one) for one in copies]}

"""Reviews of risks whose day has come, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.risks import Status
from sightline.notify.models import Message
from sightline.risks.messages import RISK_REVIEW_DUE
from sightline.risks.models import Risk, RiskNow


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """One review that is due, and the owner of the risk, who has not been told of it."""

    risk: UUID
    due_on: date
    owner: Person


def reviews_to_tell(on: date) -> Iterator[ReviewDue]:
    """This function will give each open risk whose day of review has come, and whose owner was not told since that day.

    Only an owner with an account here who may read the risk is told; of the others the self-checks speak.
    """
    due = RiskNow.objects.filter(review_on__lte=on, statement__owner__is_active=True)
    rows = due.exclude(status=Status.CLOSED.value).order_by("statement__owner", "review_on", "risk")
    by_owner: dict[UUID, list[tuple[UUID, date]]] = {}
    for owner, risk, day in rows.values_list("statement__owner", "risk", "review_on"):
        if day is not None:
            by_owner.setdefault(owner, []).append((risk, day))
    for person in Person.objects.filter(pk__in=by_owner).order_by("pk"):
        told, seen = _told(person), Risk.objects.visible_to(person, on)
        may_read = set(seen.filter(pk__in=[key for key, _ in by_owner[person.pk]]).values_list("pk", flat=True))
        for risk, day in by_owner[person.pk]:
            if risk in may_read and not (risk in told and told[risk] >= day):
                yield ReviewDue(risk, day, person)


def _told(person: Person) -> dict[UUID, date]:
    """When somebody was last told that the review of each risk is due."""
    rows = Message.objects.filter(person=person, kind=RISK_REVIEW_DUE).order_by()
    last = rows.values_list("record").annotate(last=Max("queued_at"))
    return {UUID(record): timezone.localdate(at) for record, at in last}

"""Word to the owners of risks whose review is due: for the server's clock, as often as it likes."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.notify.queueing import queue
from sightline.risks.messages import RISK_REVIEW_DUE
from sightline.risks.queries.due import reviews_to_tell


@operation(Permission.KEEP_RISKS)
def tell_of_risk_reviews(*, by: Actor, at: datetime) -> int:
    """This function will tell the owner of each open risk whose day of review has come, once for each day that was set."""
    found = 0
    for one in list(reviews_to_tell(timezone.localdate(at))):
        path, again = reverse("risk", args=[one.risk]), one.due_on.isoformat()
        record = str(one.risk)
        found += queue(at=at, kind=RISK_REVIEW_DUE, record=record, path=path, people=[one.owner], again=again)
    return found

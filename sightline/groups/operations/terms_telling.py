"""Word to those who chair a group, and who keep its papers, that its terms are to be looked at again: for the server's clock."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.groups.messages import TERMS_REVIEW_DUE
from sightline.groups.queries.terms import every_due, told_of_review
from sightline.notify.queueing import queue


@operation(Permission.KEEP_GROUPS)
def tell_of_terms_reviews(*, by: Actor, at: datetime) -> int:
    """This function will tell who chairs a group and who keeps its papers that its terms are due, and once more when overdue.

    The review is a year after the last at the latest (GRP-02; SQG 2022 Annex A, Frequency; QSG 2017 Annexes A and B).
    """
    today, told = timezone.localdate(at), 0
    for one in every_due(today):
        people = told_of_review(one.group, today)
        path, again = reverse("terms", args=[one.group.pk]), f"{one.review_on.isoformat()} {one.standing.value}"
        told += queue(at=at, kind=TERMS_REVIEW_DUE, record=str(one.group.pk), path=path, people=people, again=again)
    return told

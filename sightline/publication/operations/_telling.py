"""Puts into the outbox what goes to addresses that follow a group: the question whether they do, and word of a release."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sightline.notify.queueing import queue_outside
from sightline.publication.messages import CONFIRM, RELEASED, record_of
from sightline.publication.models import Edition, Follower
from sightline.publication.queries.following import followers_of


def ask_by_letter(follower: Follower, at: datetime) -> None:
    """This function will queue the one letter that goes before somebody confirmed."""
    queue_outside(at=at, kind=CONFIRM, records={str(follower.pk): reverse("public_group", args=[follower.group_id])})


def tell_followers(edition: Edition, at: datetime) -> None:
    """This function will queue one letter for each address that follows the group, however often it is asked for."""
    path = reverse("public_page", args=[edition.page_id])
    keys = followers_of(edition.page).values_list("pk", flat=True)
    queue_outside(at=at, kind=RELEASED, records={record_of(one, edition): path for one in keys})

"""What is kept, held and asked for: a hold on what is said of one body, and one that was lifted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.directory.models import Subject
from sightline.records.models import Hold, HoldLifting
from tests.security.personas import HOME, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make one hold in force, and one that was lifted, each about the same body."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    today, subject = timezone.localdate(), Subject.objects.get(key=SUBJECT)
    for name in ("hold", "lifted hold"):
        cast.records[name] = Hold.objects.create(
            system=HOME, subject=subject, because="x", asked_by="x", placed_by=cast.people["secretariat"],
            placed_on=today, knowingly="x", form_key=uuid4(), **wrote,
        )  # fmt: skip
    HoldLifting.objects.create(
        hold=cast.records["lifted hold"], because="x", lifted_by=cast.people["secretariat"], lifted_on=today,
        knowingly="x", **wrote,
    )  # fmt: skip

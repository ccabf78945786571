"""Who sits and by which terms: terms approved and written anew, an authority, a need, an empty seat, how a body hears."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from sightline.groups.models import (
    AccessNeeds,
    ChairSelfReview,
    ChairSelfReviewShared,
    CodeAcceptance,
    Engagement,
    GroupReflection,
    ProvidersApart,
    RepresentativeAsked,
    Seating,
    SeatingAuthority,
)
from sightline.groups.words import SeatPart
from tests.factories.effectiveness import STATEMENTS, a_review
from tests.factories.groups import a_group, a_seat
from tests.factories.groups_terms import an_approval, some_terms
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, Cast


def build(cast: Cast) -> None:
    """This function will give the group of the system terms, and tell of the deputy who sits in it for a council."""
    group, today = cast.records["group"], timezone.localdate()
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    said = {"knowingly": "x", "recorded_by": wrote["recorded_by"]}
    first = some_terms(group, **said)
    an_approval(first, today - timedelta(days=30), **said)
    some_terms(group, 2, because="x", **said)
    CodeAcceptance.objects.create(person=cast.people["deputy"], version=first, accepted_on=today, **wrote)
    seating = Seating.objects.get(person=cast.people["deputy"], seat__group=group)
    Seating.objects.filter(pk=seating.pk).update(why_both="x")
    SeatingAuthority.objects.create(seating=seating, is_confirmed=False, approver="x", said_by="x", **wrote)
    cast.records["sitting"] = seating
    cast.records["empty seat"] = a_seat(group, "Public health", SeatPart.MEMBER, category="public-health")
    RepresentativeAsked.objects.create(seat=cast.records["empty seat"], asked="x", asked_on=today, **wrote)
    AccessNeeds.objects.create(person=cast.people["deputy"], needs=[], words="x", **wrote)
    Engagement.objects.create(group=group, organisation=cast.records["council"], words="x", **wrote)
    body = the_body(HOME)
    review = a_group(body, "rapid-quality-review", "A review", subject=body.subjects.first())
    ProvidersApart.objects.create(group=review, is_apart=True, from_on=today, because="x", **wrote)
    cast.records["review"] = review
    _look_at_their_work(cast, wrote)
    cast.records["group without terms"] = a_group(the_body(HOME), "place-group", "Another place group")


def _look_at_their_work(cast: Cast, wrote: dict[str, Any]) -> None:
    """A review of the group that closed with answers enough, one that waits for the deputy, and what its chair thinks."""
    group, today = cast.records["group"], timezone.localdate()
    a_review(
        group, today - timedelta(days=30), counts={"trust": (0, 0, 0, 0, 6, 0)}, words=["x"], statements=STATEMENTS[:1]
    )
    cast.records["review of work"] = a_review(group, today + timedelta(days=7), asked=[cast.people["deputy"]])
    GroupReflection.objects.create(group=group, meeting="x", words="x", agreed_on=today, **wrote)
    lead: dict[str, Any] = {"person": cast.people["quality_lead"], "edition": "sqg-2022 v1", "statements": STATEMENTS}
    own = {"answers": {one["id"]: 4 for one in STATEMENTS}, "answered_on": today, "words": "x", "group": group}
    cast.records["chairing"] = ChairSelfReview.objects.create(**lead, **own, **wrote)
    shared = ChairSelfReview.objects.create(**lead, **own, **wrote)
    ChairSelfReviewShared.objects.create(review=shared, **wrote)

"""What waits for the reader: reviews, referrals and proposals for who keeps the record, letters for a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, Role, may
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, Referral
from sightline.intelligence.queries.releases import Letter, letters
from sightline.intelligence.queries.reviewing import waiting
from sightline.intelligence.words import ReferralKind, Safeguarding
from sightline.triangulation.queries.proposing import proposals_waiting


@dataclass(frozen=True, slots=True)
class Waits:
    """How much waits for somebody who keeps the record of a group, or decides in it."""

    reviews: int = 0
    referrals: int = 0
    proposals: int = 0


def waits_for(actor: Actor, on: date) -> Waits:
    """This function will count what waits; nothing for whoever neither keeps nor decides."""
    keeps = bool(may(actor, Permission.REVIEW_INTELLIGENCE, on))
    decides = bool(may(actor, Permission.DECIDE_PROPOSAL, on))
    return _waits_for(actor, on, keeps, decides) if keeps or decides else Waits()


@until_anything_changes
def _waits_for(actor: Actor, on: date, keeps: bool, decides: bool) -> Waits:
    return Waits(
        reviews=waiting(actor, on).count() if keeps else 0,
        referrals=_safeguarding_owed(actor, on) if keeps else 0,
        proposals=len(proposals_waiting(actor, on)),
    )


def _safeguarding_owed(actor: Actor, on: date) -> int:
    """Items of which abuse or neglect is suspected, and of which no referral is recorded (SAF-01)."""
    viewer = viewer_of(actor, on)
    made = Referral.objects.filter(item=OuterRef("pk"), kind=ReferralKind.SAFEGUARDING.value)
    found = Item.objects.heard_by(viewer).filter(~Exists(made), safeguarding=Safeguarding.SUSPECTED.value)
    return (found if viewer.kept is None else found.filter(system__in=viewer.kept)).count()


def letters_for(actor: Actor, on: date) -> list[Letter]:
    """This function will list what stands released to the reader's own body; nothing for whoever speaks for none."""
    provides = any(one.role is Role.PROVIDER and one.holds_on(on) for one in actor.grants)
    return letters(actor, on) if provides else []

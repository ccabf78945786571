"""Reads of one's own gifts: what was given, how it stands, what came of it, and which referrals are still owed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.intelligence.models import Feedback, Item, Onward, Passage, Receipt, Referral, Review
from sightline.intelligence.queries.items import subjects_of
from sightline.intelligence.words import Outcome, ReferralKind, Safeguarding


@dataclass(frozen=True, slots=True)
class Owed:
    """A referral that an item asks for: made or not, and received or not where a receipt is awaited."""

    kind: ReferralKind
    made_on: date | None = None
    awaits_receipt: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody must still do something."""
        return self.made_on is None or self.awaits_receipt


@dataclass(frozen=True, slots=True)
class Gift:
    """One item that the actor gave, with their own first words and what they were told since."""

    item: Item
    subjects: tuple[Subject, ...]
    begins: str
    outcome: Outcome | None
    outcome_on: date | None
    feedback: tuple[Feedback, ...]
    owed: tuple[Owed, ...]


def own_gifts(actor: Actor) -> list[Gift]:
    """This function will list what the actor gave, the newest first."""
    items = list(Item.objects.filter(giver__actor_id=actor.actor_id).order_by("-recorded_at", "pk"))
    keys = [item.pk for item in items]
    subjects, owed, told = subjects_of(keys), owed_by(items), feedback_on(keys)
    reviews = {row.item_id: row for row in Review.objects.filter(item__in=keys).order_by("recorded_at", "pk")}
    own = Passage.objects.filter(item__in=keys, recorded_by=actor.actor_id).order_by("-recorded_at", "-place", "pk")
    begins = {row.item_id: row.text for row in own}  # the oldest comes last, and stays
    return [
        Gift(
            item=item,
            subjects=tuple(subjects[item.pk]),
            begins=begins.get(item.pk, ""),
            outcome=Outcome(found.outcome) if (found := reviews.get(item.pk)) else None,
            outcome_on=found.recorded_at.date() if found else None,
            feedback=tuple(told[item.pk]),
            owed=owed[item.pk],
        )
        for item in items
    ]


def feedback_on(items: Collection[UUID]) -> dict[UUID, list[Feedback]]:
    """This function will give what the givers of these items were told, the oldest first; for them and keepers alone."""
    found: dict[UUID, list[Feedback]] = {key: [] for key in items}
    for row in Feedback.objects.filter(item__in=items).order_by("recorded_at", "pk"):
        found[row.item_id].append(row)
    return found


def owed_by(items: Collection[Item]) -> dict[UUID, tuple[Owed, ...]]:
    """This function will say which referrals these items ask for, and how each stands (SAF-01, INT-07, INT-09, INT-10)."""
    keys = [item.pk for item in items]
    wanted = {item.pk: _wanted(item) for item in items}
    for way in Onward.objects.filter(item__in=keys).exclude(body="").order_by("pk"):
        wanted[way.item_id].setdefault(ReferralKind(way.kind))
    referrals = list(Referral.objects.filter(item__in=keys).order_by("referred_on", "recorded_at"))
    received = set(Receipt.objects.filter(referral__in=referrals).values_list("referral", flat=True))
    made = {(row.item_id, row.kind): row for row in referrals}
    return {
        key: tuple(_owed(kind, made.get((key, kind.value)), received) for kind in kinds)
        for key, kinds in wanted.items()
    }


def _wanted(item: Item) -> dict[ReferralKind, None]:
    wanted: dict[ReferralKind, None] = {}
    if item.safeguarding == Safeguarding.SUSPECTED:
        wanted[ReferralKind.SAFEGUARDING] = None
    if item.practitioner:
        wanted[ReferralKind.REGULATOR] = None
    return wanted


def _owed(kind: ReferralKind, made: Referral | None, received: set[UUID]) -> Owed:
    if made is None:
        return Owed(kind)
    waits = kind is ReferralKind.OTHER_GROUP and made.pk not in received
    return Owed(kind, made.referred_on, waits)

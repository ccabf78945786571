"""Passing a matter on: to safeguarding, a regulator, another group, or back to where it can be solved; and its receipt."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind as Body
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, Receipt, Referral
from sightline.intelligence.operations._noting import line, needed, not_ahead
from sightline.intelligence.operations._secrets import must_keep_secrets, must_name_nobody_to_others
from sightline.intelligence.operations._seeing import must_see
from sightline.intelligence.operations._writing import cleaned
from sightline.intelligence.queries.reviewing import referrals_to_receive
from sightline.intelligence.words import ReferralKind

ABSENT = refused("There is no such referral, or it is not for you.", "INT-09")


@operation(Permission.SHARE_INTELLIGENCE, on="item")
def refer(
    *,
    by: Actor,
    at: datetime,
    item: Item,
    kind: ReferralKind,
    body: str,
    referred_on: date,
    reference: str = "",
    detail: str = "",
    group_system: str = "",
) -> Referral:
    """This function will record that a matter was passed on (SAF-01, INT-07, INT-09, INT-10; QSG 2017 ¶72, ¶93, ¶125).

    Whoever sees an item may refer it, for a member has duties of their own: abuse is never only discussed. What the
    other body is told is written for it in ``detail``; the item itself does not travel. Raises Invalid where nobody
    is named, the day lies ahead, or another group would be told whom a matter is about, or what only some may read.
    """
    must_see(by, at, item)
    not_ahead(referred_on, at, "The day of the referral lies ahead. Refer first, then record it.")
    told, own = cleaned(detail), line(reference, 100)
    system = group_system.strip() if kind is ReferralKind.OTHER_GROUP else ""
    whom = _group(system, item) if system else line(body)
    if not whom:
        raise Invalid("Name the body to which it was referred.")
    if kind is ReferralKind.SAFEGUARDING and not own:
        raise Invalid("Give the reference that the safeguarding team gave you, or “awaited” until it has.")
    if kind is ReferralKind.BUSINESS_AS_USUAL:
        needed(told, "Say why it can be settled there.")
    if kind is ReferralKind.OTHER_GROUP:
        _fit_for_another_group(item, told, own)
    return Referral.objects.create(
        item=item,
        kind=kind.value,
        body=whom,
        group_system=system,
        referred_on=referred_on,
        reference=own,
        detail=told,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.REVIEW_INTELLIGENCE, on="referral")
def note_receipt(*, by: Actor, at: datetime, referral: Referral, received_on: date, says: str = "") -> Receipt:
    """This function will record that a referral arrived: by the other group itself, or as the other body says.

    Raises Refused for who keeps neither group's record and for whoever declared an interest, and Invalid where it was
    received before.
    """
    today = timezone.localdate(at)
    if not referrals_to_receive(viewer_of(by, today)).filter(pk=referral.pk).exists():
        raise Refused(ABSENT)
    Referral.objects.select_for_update().get(pk=referral.pk)
    if Receipt.objects.filter(referral=referral).exists():
        raise Invalid("The receipt of this referral is recorded already.")
    if not referral.referred_on <= received_on <= today:
        raise Invalid("It was received on the day of the referral or after it, and not after today.")
    return Receipt.objects.create(
        referral=referral,
        received_on=received_on,
        says=cleaned(says),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _group(system: str, item: Item) -> str:
    if system == item.system:
        raise Invalid("This is your own group. Choose another.")
    board = Organisation.objects.filter(code=system, kind=Body.ICB).first()
    if board is None:
        raise Invalid("There is no such group. Choose one from the list.")
    return board.name


def _fit_for_another_group(item: Item, told: str, reference: str) -> None:
    needed(told, "Write what the other group should know. It reads these words and nothing else.")
    must_name_nobody_to_others(told, reference)
    must_keep_secrets(item, told)

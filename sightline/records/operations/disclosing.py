"""What is given out: cleared by a second person as a frozen copy, and withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, demand
from sightline.records.models import DisclosurePack, InformationRequest, PackWithdrawal
from sightline.records.operations._acting import person, worked_on
from sightline.records.queries.requests import hash_of


@operation(Permission.KEEP_RECORDS, on="request")
def clear_pack(*, by: Actor, at: datetime, request: InformationRequest, seen: str) -> DisclosurePack:
    """This function will clear what is given out, and freeze it as a copy with its hash (IGV-04; QSG 2017 ¶138).

    ``seen`` is the hash of what its reader had before them. Raises Refused while a passage is undecided, and for whoever
    decided on one: a second person clears. Raises Invalid where it is otherwise now.
    """
    case = worked_on(by, at, request)
    demand(case.may_clear(by))
    if case.stamp != seen:
        raise Invalid("It is otherwise than what you read. Read it again.")
    if case.is_given_out:
        raise Already("The very same was cleared already.")
    number = len(case.packs) + 1
    content = {**case.content, "version": number, "cleared_on": timezone.localdate(at).isoformat()}
    return DisclosurePack.objects.create(
        request=case.request,
        number=number,
        content=content,
        sha256=hash_of(content),
        cleared_by=person(by),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RECORDS, on="pack")
def withdraw_pack(
    *, by: Actor, at: datetime, pack: DisclosurePack, because: str, knowingly: str = ""
) -> PackWithdrawal:
    """This function will say that a pack is not given out any more; a new version may be cleared in its place."""
    case = worked_on(by, at, pack.request)
    if case.standing is None or case.standing.pk != pack.pk:
        raise Already("This version is not given out any more.")
    return PackWithdrawal.objects.create(
        pack=pack,
        because=because.strip(),
        withdrawn_by=person(by),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )

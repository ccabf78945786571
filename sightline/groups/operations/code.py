"""That somebody agrees to a group's code of conduct; nobody does so for somebody else."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.groups.hearing import groups_seen
from sightline.groups.models import CodeAcceptance, Group
from sightline.groups.queries.code import acceptance_of, code_in_force
from sightline.groups.queries.terms import sits_in

_CODE = "COI-06; SQG 2022 §3.23 and Annex C"


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def accept_code(*, by: Actor, at: datetime, group: Group, number: int) -> CodeAcceptance:
    """This function will record that whoever sits in a group agrees to its code of conduct as it is (COI-06; SQG 2022 Annex C).

    ``number`` is the version of the terms since which the code is so. Raises Refused for whoever does not sit there,
    Invalid where the code was changed since they read it or there is none, Already where they agreed before.
    """
    today = timezone.localdate(at)
    there = Group.objects.filter(groups_seen(by, today), pk=group.pk).exists()
    if not isinstance(by, Person) or not there or not sits_in(by, group, today):
        raise Refused(refused("Whoever sits in the group agrees to its code, and each for themselves.", _CODE))
    code = code_in_force(group, today)
    if code is None:
        raise Invalid("The group has no code of conduct that was approved.")
    if code.since.number != number:
        raise Invalid("The code was changed meanwhile. Read it as it is now, then agree to it.")
    if acceptance_of(by, code) is not None:
        raise Already("You agreed to this code already.")
    return CodeAcceptance.objects.create(
        person=by, version=code.since, accepted_on=today, recorded_at=at, recorded_by=by.actor_id
    )

"""Following a group by e-mail: an address is given, confirmed from its own mailbox, and deleted as soon as it is not wanted.

An address is kept nowhere else: not in the outbox, which asks for it when a letter goes, and not in the event log.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.audit.operation import Fleeting, operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.publication.models import Follower, PublicGroup
from sightline.publication.operations._telling import ask_by_letter
from sightline.publication.queries.following import to_be_forgotten, waiting

AGAIN_AFTER = timedelta(days=1)  # a lost letter is sent again no sooner, whoever asks
MOST_LETTERS = 3  # in that time to one address, of all groups together: nobody can fill the mailbox of another


@operation(Permission.FOLLOW, on="group")
def ask_to_follow(*, by: Actor, at: datetime, group: PublicGroup, address: Fleeting) -> None:
    """This function will ask an address by letter whether it is to be told of a group's key points (REC-08; PER-12).

    Nothing comes back, and nothing differs for whoever asks, so that nobody learns which addresses are known.
    """
    PublicGroup.objects.select_for_update().get(pk=group.pk)  # two who give one address come one after the other
    given = str(address).strip().lower()
    known = Follower.objects.filter(group=group, address=given).first()
    if known and (known.confirmed_at or known.asked_at > at - AGAIN_AFTER):
        return
    if Follower.objects.filter(address=given, asked_at__gt=at - AGAIN_AFTER).count() >= MOST_LETTERS:
        return
    Follower.objects.filter(group=group, address=given).delete()  # the link of the lost letter ends with its row
    ask_by_letter(Follower.objects.create(group=group, address=given, asked_at=at), at)


@operation(Permission.FOLLOW, on="follower")
def confirm_following(*, by: Actor, at: datetime, follower: Follower) -> None:
    """This function will take a yes from the mailbox itself; Invalid where it came before, or too late."""
    held = Follower.objects.select_for_update().filter(pk=follower.pk).first()
    if held is None or waiting(held.pk, at) is None:
        raise Invalid("This link was used, or is too old. Give your address once more.")
    Follower.objects.filter(pk=held.pk).update(confirmed_at=at)


@operation(Permission.FOLLOW, on="follower")
def stop_following(*, by: Actor, at: datetime, follower: Follower) -> None:
    """This function will end the letters to an address and delete it; where it is gone already, nothing is left to do."""
    Follower.objects.filter(pk=follower.pk).delete()


@operation(Permission.KEEP_PEOPLE)
def forget_followers(*, by: Actor, at: datetime) -> int:
    """This function will delete addresses that nobody confirmed for a week, and those whose group is no longer shown."""
    count, _ = to_be_forgotten(at).delete()
    return count

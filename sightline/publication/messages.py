"""The letters to addresses that follow a group, in words that are public, written at the moment at which they go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sightline.notify.kinds import Outgoing, OutsideKind, make_known_outside
from sightline.publication.links import For, link_of
from sightline.publication.models import Edition, Follower
from sightline.publication.queries.following import WAITS, to_be_told, waiting
from sightline.web.wording import day

CONFIRM, RELEASED = "confirm-following", "key-points-released"
_ASKS = """Somebody, we hope you, asked us to tell this address when {group} has new key points.

If you want that, open this page and press the button on it:
{link}

The link holds until {until}. If you do not want it, do nothing: nothing else is sent, and your address is deleted then.
"""
_TELLS = """The key points of {group}, {held}, {what}:
{page}

You get this letter because you asked for it. To get no more of them, which also deletes your address:
{stop}
"""


def record_of(follower: UUID, edition: Edition) -> str:
    """This function will name what a letter is about: to whom it goes, and of which copy it tells."""
    return f"{follower}/{edition.pk}"


def question(record: str, at: datetime) -> Outgoing | None:
    """This function will write the letter that asks whether an address is to be told, if that is still open."""
    follower = waiting(UUID(record), at)
    if follower is None:
        return None
    until = timezone.localdate(follower.asked_at + WAITS)
    words = _ASKS.format(group=follower.group.name, link=_link(follower, For.CONFIRM), until=day(until))
    return Outgoing(follower.address, f"Do you want e-mail about {follower.group.name}?", words)


def word_of_release(record: str, at: datetime) -> Outgoing | None:
    """This function will write the letter that tells of key points: of which group, of which day, and where they are."""
    follower, _, edition = record.partition("/")
    found = to_be_told(UUID(follower), int(edition), at)
    if found is None:
        return None
    to, told = found
    stop = _link(to, For.STOP)
    words = _TELLS.format(
        group=told.page.group_name,
        held=day(told.page.held_on),
        what="were changed" if told.number > 1 else "can be read",
        page=settings.BASE_ADDRESS + reverse("public_page", args=[told.page_id]),
        stop=stop,
    )
    return Outgoing(to.address, f"Key points: {told.page.group_name}, {day(told.page.held_on)}", words, stop)


def register() -> None:
    """This function will make the letters to followers known."""
    make_known_outside(OutsideKind(CONFIRM, question), OutsideKind(RELEASED, word_of_release))


def _link(follower: Follower, purpose: For) -> str:
    return settings.BASE_ADDRESS + reverse(f"public_follow_{purpose.value}", args=[link_of(follower.pk, purpose)])

"""Links in letters to those who follow a group: signed, so that nobody makes one up, and each good for one thing alone."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.core.signing import BadSignature, Signer


class For(StrEnum):
    """What a link is good for."""

    CONFIRM = "confirm"
    STOP = "stop"


def link_of(follower: UUID, purpose: For) -> str:
    """This function will make the word that stands in a link; it tells neither address nor group."""
    return _signer(purpose).sign(str(follower))


def whose(link: str, purpose: For) -> UUID | None:
    """This function will read the word of a link; None for one that this house never made, or made for something else."""
    try:
        return UUID(_signer(purpose).unsign(link))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: For) -> Signer:
    return Signer(salt=f"sightline.publication.following.{purpose.value}")

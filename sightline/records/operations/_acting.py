"""What every operation on the formal record needs: who acts, and words that are given."""

from __future__ import annotations

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.verdict import Invalid, Refused, refused

NOT_YOURS = refused("The formal record is kept by whoever keeps it for the system.", "REC-10")
NOBODY = refused("Only a person does this, with their name.", "REC-10")


def person(by: Actor) -> Person:
    """This function will give the person who does it; Refused for a machine."""
    if not isinstance(by, Person):
        raise Refused(NOBODY)
    return by


def said(words: str, asks: str) -> str:
    """This function will give words without the space around them; Invalid with ``asks`` where there are none."""
    if not words.strip():
        raise Invalid(asks)
    return words.strip()

"""What every write for the public shares: a named person, and words without what nobody sees."""

from __future__ import annotations

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.intelligence.wording import clean
from sightline.core.verdict import Refused, demand, refused

NOBODY = refused("What the public reads is written, cleared and released by a named person.", "REC-12")


def person(by: Actor) -> Person:
    """This function will give the person who does it; Refused for a machine."""
    if not isinstance(by, Person):
        raise Refused(NOBODY)
    return by


def fit(text: str) -> str:
    """This function will give words without what nobody sees and no feed may carry; Refused where they are too long."""
    cleaned = clean(text.strip())
    demand(cleaned.verdict)
    return cleaned.text

"""What every operation on the formal record needs: who acts, words that are given, and the request that is worked on."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.verdict import Invalid, Refused, refused
from sightline.records.models import InformationRequest
from sightline.records.queries.requests import Case, one_case

NOT_YOURS = refused("The formal record is kept by whoever keeps it for the system.", "REC-10")
NOBODY = refused("Only a person does this, with their name.", "REC-10")
CLOSED = refused("You have an interest in whom this is about, or work for them. Let another do it.", "COI-03")
OVER = refused("This request is closed. What was decided stays as it is.", "REC-16")


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


def worked_on(by: Actor, at: datetime, request: InformationRequest) -> Case:
    """This function will give a request that the actor works on, held against whoever works on it at the same time."""
    InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    found = one_case(by, timezone.localdate(at), request.pk)
    if found is None or not found.keeps:
        raise Refused(NOT_YOURS)
    if not found.is_open:
        raise Refused(OVER)
    return found

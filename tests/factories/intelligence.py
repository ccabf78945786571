"""Soft intelligence for tests: given by the road of real sharing, with words that say nothing about anybody."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sightline.accounts.models import Person
from sightline.core.access import Actor, Grant, Handling, Role
from sightline.core.signals import Bearing, Dimension
from sightline.directory.models import Subject
from sightline.directory.words import SubjectKind
from sightline.intelligence.giving import Given, Words
from sightline.intelligence.models import Item, Passage
from sightline.intelligence.operations import share
from sightline.intelligence.words import Certainty, TagKind
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)  # the day of an invented house
LATER = NOW + timedelta(minutes=5)
TODAY = NOW.date()
SYSTEM, ELSEWHERE = "QZ1", "QZ2"
BELL = "People say that nobody answers the bell at night."
_numbers = itertools.count(1)


def a_body(code: str = "", name: str = "") -> Subject:
    """This function will make a provider and give its subject."""
    number = next(_numbers)
    body = an_organisation(code or f"ZI{number}", name or f"Elm House {number}")
    return body.subjects.get(kind=SubjectKind.ORGANISATION)


def somebody(role: Role = Role.MEMBER, *, system: str = SYSTEM, organisation: str = "", **more: Any) -> Person:
    """This function will make a person with one role in one system's group."""
    return a_person(Grant(role, system=system, organisation=organisation), **more)


def given(subject: Subject | None = None, text: str = BELL, **more: Any) -> Given:
    """This function will make what somebody gives; ``words`` beside ``text`` for several passages."""
    handling = more.pop("handling", Handling.MEMBERS)
    about = more.pop("subjects", None) or (subject or a_body(),)
    words = more.pop("words", (Words(text, handling),))
    narrow = Handling.RESTRICTED in {handling, *(one.handling for one in (*words, *more.get("files", ())))}
    return Given(
        **{
            "subjects": about,
            "words": words,
            "heard_on": TODAY,
            "handling": handling,
            "system": SYSTEM,
            "bearing": Bearing.CONCERN,
            "why_fewer": "Few know of it" if narrow else "",
            "certainty": Certainty.FAIRLY_SURE,
            "tags": ((TagKind.DIMENSION, Dimension.SAFE.value),),
            **more,
        }
    )


def an_item(subject: Subject | None = None, text: str = BELL, *, by: Actor | None = None, **more: Any) -> Item:
    """This function will share an item by an operation, as a member of the group does where nobody is named."""
    at = more.pop("at", NOW)
    return share(by=by or somebody(), at=at, given=given(subject, text, **more))


def words_of(item: Item) -> list[str]:
    """This function will give every stretch of an item's words, those replaced too, the oldest first."""
    return list(Passage.objects.filter(item=item).order_by("recorded_at", "place", "pk").values_list("text", flat=True))

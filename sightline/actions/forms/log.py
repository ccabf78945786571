"""What is asked of the action log, read from the address and written back into it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import urlencode

from sightline.actions.queries import Asked, ImpactsAsked, Sort, State
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.web import asking

Word = TypeVar("Word", bound=StrEnum)


def read(request: HttpRequest) -> Asked:
    """This function will read what is asked of the log; what cannot be understood asks for nothing."""
    return Asked(
        state=_one_of(State, asking.word(request, "state"), State.OPEN),
        is_mine=asking.word(request, "mine") == "yes",
        group=_key(request, "group"),
        body=_key(request, "owner"),
        subject=_key(request, "subject"),
        words=asking.word(request, "words"),
        sort=_one_of(Sort, asking.word(request, "sort"), Sort.DUE),
    )


def address_of(asked: Asked) -> str:
    """This function will write what was asked as the query of an address, from its question mark to its last ampersand."""
    told = {
        "state": asked.state.value if asked.state is not State.OPEN else "",
        "mine": "yes" if asked.is_mine else "",
        "group": asked.group,
        "owner": asked.body,
        "subject": asked.subject,
        "words": asked.words,
        "sort": asked.sort.value if asked.sort is not Sort.DUE else "",
    }
    return _query(told)


def read_impacts(request: HttpRequest) -> ImpactsAsked:
    """This function will read what is looked for among impacts."""
    kind, outcome = asking.word(request, "kind"), asking.word(request, "outcome")
    return ImpactsAsked(
        words=asking.word(request, "words"),
        group=_key(request, "group"),
        kind=kind if kind in {one.value for one in ActionKind} else "",
        outcome=outcome if outcome in {one.value for one in Outcome} else "",
    )


def address_of_impacts(asked: ImpactsAsked) -> str:
    """This function will write what is looked for as the query of an address."""
    return _query({"words": asked.words, "group": asked.group, "kind": asked.kind, "outcome": asked.outcome})


def _query(told: Mapping[str, object]) -> str:
    query = urlencode({name: str(value) for name, value in told.items() if value})
    return f"?{query}&" if query else "?"


def _key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(asking.word(request, name))
    except ValueError:
        return None


def _one_of(words: type[Word], asked: str, default: Word) -> Word:
    return next((one for one in words if one.value == asked), default)

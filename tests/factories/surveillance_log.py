"""Logs of levels for tests: many decisions at once, and the slow, obvious way to replay them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.directory.models import Organisation, Subject
from sightline.groups.models import Office
from sightline.surveillance.models import LevelDecision, LevelReview
from tests.factories.directory import an_organisation
from tests.factories.surveillance import SYSTEM, a_decision, an_office, moment_of

LOWEST = ("routine", "")


@dataclass(frozen=True)
class Fact:
    """One decision as a slow replay sees it."""

    subject: str
    level: str
    pack: str
    effective_on: date
    decided_on: date
    number: int


def a_level(
    subject: Subject, level: str, on: date, decided: date | None = None, office: Office | None = None, **more: Any
) -> LevelDecision:
    """This function will set a level from a day on, decided on that day unless another is given."""
    return a_decision(subject, level, on, office, decided_at=moment_of(decided or on), **more)


def a_review(decision: LevelDecision, on: date, next_on: date | None = None, because: str = "No change") -> LevelReview:
    """This function will record that a level was reviewed and stays."""
    return LevelReview.objects.create(
        decision=decision,
        reviewed_on=on,
        because=because,
        next_review_on=next_on,
        recorded_at=moment_of(on),
        recorded_by="person:reviewed-it",
    )


def a_trust(code: str, name: str, **more: Any) -> Subject:
    """This function will make a trust, and give what is watched over."""
    return Subject.objects.get(organisation=an_organisation(code, name, **more))


def written(facts: Sequence[Fact], subjects: dict[str, Subject]) -> None:
    """This function will write facts down as decisions, all by one office."""
    office = an_office()
    for one in facts:
        made = a_level(subjects[one.subject], one.level, one.effective_on, one.decided_on, office, pack=one.pack)
        LevelDecision.objects.filter(pk=made.pk).update(number=one.number)


def replayed(facts: Sequence[Fact], subject: str, known_on: date, day: date) -> tuple[str, str]:
    """This function will replay by reading every fact in turn: what was known by one day of where it stood on another."""
    found, since = LOWEST, (date.min, 0)
    for one in facts:
        is_known = one.subject == subject and one.decided_on <= known_on and one.effective_on <= day
        if is_known and (one.effective_on, one.number) >= since:
            found, since = (one.level, one.pack), (one.effective_on, one.number)
    return found


def system() -> Organisation:
    """This function will give the board whose log is read."""
    return Organisation.objects.get(code=SYSTEM)

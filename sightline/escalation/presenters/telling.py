"""What a provider was told, in words: for the provider itself, and on the duty for the group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sightline.core.access import Actor
from sightline.escalation.models import Duty, Telling
from sightline.escalation.presenters.duties import UNKNOWN
from sightline.escalation.queries.duties import stands_now
from sightline.escalation.queries.naming import level_of


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One telling, as its provider reads it."""

    id: UUID
    to: str
    told_by: str
    spoken_by: str
    recipient: str
    channel: str
    told_on: date
    text: str
    level: str
    means: str
    guidance: str
    has_answer: bool


def telling_row(one: Telling) -> TellingRow:
    """This function will put what a provider was told into words, its level in those of the guidance of the day."""
    level = level_of(one.pack, one.level, one.told_on)
    return TellingRow(
        id=one.pk,
        to=one.organisation.name,
        told_by=one.told_by.name,
        spoken_by=one.spoken_by,
        recipient=one.recipient,
        channel=one.channel,
        told_on=one.told_on,
        text=one.text,
        level=level.name if level else one.level,
        means=level.means if level else "",
        guidance=level.cites if level else "",
        has_answer=bool(one.answers.all()),
    )


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of a provider; no text where it says only that it has read it."""

    by: str
    at: datetime
    text: str


def answer_rows(one: Telling, names: Mapping[str, str]) -> list[AnswerRow]:
    """This function will list what a provider answered."""
    return [AnswerRow(names.get(row.recorded_by, UNKNOWN), row.recorded_at, row.text) for row in one.answers.all()]


@dataclass(frozen=True, slots=True)
class Shown:
    """A telling as the group sees it on the duty, with the answers and why what looks like personal data stays."""

    row: TellingRow
    answers: tuple[AnswerRow, ...]
    knowingly: str


def telling_in_words(duty: Duty, names: Mapping[str, str]) -> Shown | None:
    """This function will show on a duty how its provider was told, once it was."""
    one = getattr(duty, "telling", None)
    if one is None:
        return None
    return Shown(telling_row(one), tuple(answer_rows(one, names)), one.knowingly)


def people_in(duty: Duty) -> set[str]:
    """This function will name, by their ids, those who took steps or answered."""
    one = getattr(duty, "telling", None)
    answers = {row.recorded_by for row in one.answers.all()} if one is not None else set[str]()
    return answers | {step.recorded_by for step in duty.steps.all()}


def first_words(duty: Duty, actor: Actor, on: date) -> dict[str, Any]:
    """This function will fill in what is likely, for whoever tells to change."""
    doer = stands_now(duty).doer
    return {"told_by": str(doer.pk) if doer else "", "spoken_by": str(actor), "told_on": on}

"""How plans ended and what they taught, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from sightline.core.improvement.finishing import Outcome
from sightline.improvement.models import PlanEnding
from sightline.improvement.presenters.plans import UNKNOWN, Tag
from sightline.profiles.presenters.words import stays
from sightline.web.wording import day

TAGS: Mapping[Outcome, Tag] = {
    Outcome.WORKED: ("Ended: it had its effect", "nhsuk-tag--green"),
    Outcome.PARTLY: ("Ended: some of its effect", "nhsuk-tag--yellow"),
    Outcome.FAILED: ("Ended: without its effect", "nhsuk-tag--red"),
    Outcome.REPLACED: ("Ended: replaced", "nhsuk-tag--grey"),
}
OUTCOMES = [(one.value, words.removeprefix("Ended: ").capitalize()) for one, (words, _) in TAGS.items()]


@dataclass(frozen=True, slots=True)
class EndingLine:
    """How one plan ended; ``name`` and ``href`` are the plan's, ``parts`` its texts, each with its label."""

    name: str
    href: str
    subject: str
    tag: Tag
    is_good_practice: bool
    says: str
    parts: tuple[tuple[str, str], ...]
    stays: str


def ending_line(one: PlanEnding, name: str, names: Mapping[str, str], keeps: bool) -> EndingLine:
    """This function will write how one plan ended."""
    said = (
        ("What it changed", one.impact),
        ("What was learned", one.learning),
        ("Where that is embedded", one.embedded),
        ("Why it ended then", one.because),
    )
    return EndingLine(
        name,
        reverse("plan", args=[one.plan_id]),
        one.plan.subject.name,
        TAGS[Outcome(one.outcome)],
        one.is_good_practice,
        f"Ended by {names.get(one.ended_by, UNKNOWN)} on {day(one.ended_at)}.",
        tuple((label, words) for label, words in said if words),
        stays(one.knowingly, keeps),
    )


def ending_lines(found: Iterable[PlanEnding], names: Mapping[str, str]) -> list[EndingLine]:
    """This function will write what ended plans taught."""
    return [ending_line(one, getattr(one, "named", ""), names, keeps=False) for one in found]

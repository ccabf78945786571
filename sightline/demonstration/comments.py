"""Patients' comments about invented providers, in the two layouts in which such comments are published with labels.

Trusts get comments in proportion to their size, so that the biggest has the most complaints and no story in them: it
is one of the false friends. Only two places of care have more complaints than their size explains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from sightline.demonstration import comment_words as words
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar, month_end
from sightline.demonstration.organisations import (
    AMBULANCE,
    MATERNITY_TRUST,
    PRACTICES,
    PREDECESSORS,
    SUCCESSOR,
    TRUSTS,
    Provider,
    Sector,
)
from sightline.demonstration.stories import Chance
from sightline.demonstration.tales import RESTRAINT_TRUST
from sightline.demonstration.tales_misleading import OLD_NEWS_OF
from sightline.demonstration.tidy_surgery import TEN_BAD_FIGURES

MONTHS = 24
SURVEYED = 440  # comments in the layout of the survey: hospitals and community services
OTHERS_TOLD = 160  # comments in the other layout: mental health, the ambulance service
OF_A_SURGERY = 6  # whose name alone does not say that no other surgery bears it: a person places these
# Nobody wrote of the hospital about which one return says everything, nor of the trust whose bad news is old.
UNWRITTEN = frozenset({TEN_BAD_FIGURES, OLD_NEWS_OF, *PREDECESSORS})
SURVEY_HEADER: list[Cell] = [
    "Comment ID", "Trust", "Respondent ID", "Date", "Service type 1", "Service type 2", "FFT categorical answer",
    "FFT question", "FFT answer", "Person identifiable info?", "Comment sentiment", "Safeguarding concerns?",
]  # fmt: skip
CRITICAL_HEADER: list[Cell] = [
    "code", "label", "subcategory", "feedback", "criticality", "organization", "question", "row_index",
]  # fmt: skip
_KIND = {
    Sector.ACUTE: "hospital", Sector.SPECIALIST: "hospital", Sector.MENTAL_HEALTH: "mind",
    Sector.COMMUNITY: "community", Sector.AMBULANCE: "ambulance", Sector.GP: "practice",
}  # fmt: skip
_SERVICE = {
    "hospital": "Acute", "maternity": "Maternity", "mind": "Mental health", "community": "Community",
    "ambulance": "Emergency and urgent care", "practice": "Primary care",
}  # fmt: skip
_SURVEYED_SECTORS = frozenset({Sector.ACUTE, Sector.SPECIALIST, Sector.COMMUNITY})
_OTHER_SECTORS = frozenset({Sector.MENTAL_HEALTH, Sector.AMBULANCE})
_DEGREE = {1: 4, 2: 2, 3: 0, 4: -2, 5: -4}
_ANSWER = {1: "Very good", 2: "Good", 3: "Neither good nor poor", 4: "Poor", 5: "Very poor"}


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: about whom and which kind of care, its words, and how bad it is from 1 (very good) to 5."""

    body: Provider
    kind: str
    text: str
    sentiment: int


def write_comments(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write the survey's comments of two years, and those of the other services, which bear no day."""
    folder = into / "intelligence"
    return [
        write_text(folder / "friends-and-family-comments.csv", csv_text([SURVEY_HEADER, *_survey(calendar, chance)])),
        write_text(folder / "other-comments.csv", csv_text([CRITICAL_HEADER, *_critical(chance)])),
    ]


def sentence(template: str, kind: str, dice: np.random.Generator) -> str:
    """This function will fill a template's places and begin it with a capital."""
    slots = {**words.ANYWHERE, **words.PLACES[kind]}
    filled = template.format(**{name: _one(some, dice) for name, some in slots.items()})
    return filled[:1].upper() + filled[1:]


def _survey(calendar: Calendar, chance: Chance) -> list[list[Cell]]:
    dice = chance.named("comments", "survey")
    rows: list[list[Cell]] = []
    for body in _each_by_size(_SURVEYED_SECTORS, SURVEYED):
        back = int(dice.integers(0, MONTHS if body.code != SUCCESSOR else calendar.back(calendar.merger)))
        month = calendar.month(back)
        day = month + timedelta(days=int(dice.integers(0, month_end(month).day)))
        one = _told(body, back, dice)
        number = len(rows) + 1
        answer, question = _ANSWER[one.sentiment], _one(words.QUESTIONS, dice)
        rows.append([
            f"DEMO-{number:05d}", body.name, f"R{number:05d}", f"{day:%d/%m/%Y}", _SERVICE[one.kind], "", answer,
            question, one.text, "", one.sentiment, "",
        ])  # fmt: skip
    return rows


def _critical(chance: Chance) -> list[list[Cell]]:
    dice = chance.named("comments", "others")
    bodies = [*_each_by_size(_OTHER_SECTORS, OTHERS_TOLD), *[PRACTICES[1]] * OF_A_SURGERY]
    rows: list[list[Cell]] = []
    for number, body in enumerate(bodies, start=90001):
        one = _told(body, int(dice.integers(0, MONTHS)), dice)
        care = "Care received"
        rows.append(["cc", care, care, one.text, _DEGREE[one.sentiment], body.name, f"{body.code} - Q1", number])
    return rows


def _each_by_size(sectors: frozenset[Sector], count: int) -> list[Provider]:
    """As many times each trust as its share of all staff, to the nearest whole."""
    bodies = [body for body in TRUSTS if body.sector in sectors and body.code not in UNWRITTEN]
    staff = sum(body.size for body in bodies)
    return [body for body in bodies for _ in range(round(count * body.size / staff))]


def _told(body: Provider, back: int, dice: np.random.Generator) -> Comment:
    """Two in three are content, whoever the provider is; only where a story is told are more of them not."""
    kind = _KIND[body.sector]
    tells_story = back < 12 and (
        (body.code == MATERNITY_TRUST and dice.random() < 0.45)
        or (body.code == RESTRAINT_TRUST and dice.random() < 0.4)
    )
    if kind == "hospital" and dice.random() < 0.12 and body.sector is Sector.ACUTE:
        kind = "maternity"
    if tells_story:
        kind, bank = ("maternity", words.OF_MATERNITY) if body.code == MATERNITY_TRUST else ("mind", words.OF_RESTRAINT)
        return Comment(body, kind, _text((bank,), kind, words.BAD_ENDS, dice), 4 + int(dice.random() < 0.5))
    luck = dice.random() + (0.06 if body.code == AMBULANCE else 0.0)
    if luck < 0.66:
        return Comment(body, kind, _text((words.PRAISE,) * 2, kind, words.GOOD_ENDS, dice), 1 + int(luck > 0.4))
    if luck < 0.76:
        return Comment(body, kind, _text((words.MIXED,), kind, ("",), dice), 3)
    return Comment(body, kind, _text((words.COMPLAINT,) * 2, kind, words.BAD_ENDS, dice), 4 + int(luck > 0.92))


def _text(banks: tuple[tuple[str, ...], ...], kind: str, ends: tuple[str, ...], dice: np.random.Generator) -> str:
    bank = banks[0]
    count = 1 if len(banks) == 1 or dice.random() < 0.45 else 2
    chosen = dice.choice(len(bank), size=count, replace=False)
    sentences = [f"{sentence(bank[int(number)], kind, dice)}." for number in chosen]
    lead = _one(words.LEADS, dice)
    if lead.endswith((", ", ": ")) and not sentences[0].startswith(("I ", "A&E")):
        sentences[0] = sentences[0][:1].lower() + sentences[0][1:]
    return " ".join(filter(None, (f"{lead}{sentences[0]}", *sentences[1:], _one(ends, dice))))


def _one(some: tuple[str, ...], dice: np.random.Generator) -> str:
    return some[int(dice.integers(0, len(some)))]

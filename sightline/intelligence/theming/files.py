"""Labelled files: what other people themed, in the layouts in which it is published, and in a plain one of ours."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sightline.core.verdict import Invalid
from sightline.intake.reading import Unreadable, read
from sightline.intelligence.theming.labels import Labelled

UNDATED = date(1, 1, 1)  # stands on every text of a file that gives no days
NO_ANSWER = frozenset({"", "did not answer"})
_SUFFIX = re.compile(r"\s+")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of labelled file is laid out, and which themes of the dictionary its labels come nearest to.

    ``means`` translates labels; one that is missing there has no near theme. ``signs`` are headings by which the
    layout is told from the others of its source.
    """

    source: str
    signs: tuple[str, ...]
    reader: Callable[[Sequence[Cells]], Iterable[Labelled]]
    means: Mapping[str, str]


def labelled_in(path: Path, source: str) -> tuple[list[Labelled], Layout]:
    """This function will read a labelled file of a source, refusing one that is laid out in no known way."""
    try:
        received = read(path.name, path.read_bytes())
    except OSError as problem:
        raise Invalid(f"{path} cannot be read. Give the file's whole path.") from problem
    except Unreadable as problem:
        raise Invalid(*(f"{path.name}: {fault}" for fault in problem.faults)) from problem
    for table in received.tables:
        header, *body = table.rows or ((),)
        for layout in LAYOUTS:
            if layout.source == source and set(layout.signs) <= set(header):
                texts = list(layout.reader([dict(zip(header, row, strict=False)) for row in body]))
                if not texts:
                    raise Invalid(f"{path.name} holds no labelled text. Give a file in which texts have labels.")
                return texts, layout
    wanted = " or ".join(", ".join(layout.signs) for layout in LAYOUTS if layout.source == source)
    raise Invalid(f"{path.name} is not laid out as {source}: its first row must have the headings {wanted}.")


def translated(labelled: Iterable[Labelled], layout: Layout) -> list[Labelled]:
    """This function will put the dictionary's nearest themes in the place of a file's labels, where there is one."""
    return [
        replace(one, themes=frozenset(layout.means[label] for label in one.themes if label in layout.means))
        for one in labelled
    ]


# --- the layouts


def _framework(rows: Sequence[Cells]) -> Iterator[Labelled]:
    """A column for each theme, from “Not assigned” on; 1 where the theme applies."""
    headings = list(rows[0]) if rows else []
    first = headings.index("Not assigned")
    themes = [name for name in headings[first + 1 :] if name and name != "Labelling not possible"]
    for row in rows:
        text = row["FFT answer"]
        given = frozenset(theme for theme in themes if row.get(theme) == "1")
        judged = given or row["Not assigned"] == "1"
        if judged and row["Labelling not possible"] != "1" and text.casefold() not in NO_ANSWER:
            yield Labelled(text, given, _day(row["Date"]), row["Respondent ID"])


def _one_label(rows: Sequence[Cells]) -> Iterator[Labelled]:
    for row in rows:
        if row["feedback"].casefold() not in NO_ANSWER and row["label"]:
            yield Labelled(row["feedback"], frozenset({row["label"]}), UNDATED)


def _death_reports(rows: Sequence[Cells]) -> Iterator[Labelled]:
    """The official category, or several, of each report that has one; the same report's texts stay together."""
    for row in rows:
        given = frozenset(_categories(row["judiciary_category"]))
        if given and row["concerns"]:
            yield Labelled(row["concerns"], given, date.fromisoformat(row["date"]), row["id"])


def _plain(rows: Sequence[Cells]) -> Iterator[Labelled]:
    for number, row in enumerate(rows, start=2):
        themes = frozenset(part.strip() for part in row["themes"].split(";") if part.strip())
        try:
            day = date.fromisoformat(row["date"]) if row.get("date") else UNDATED
        except ValueError as problem:
            raise Invalid(f"Line {number}: “{row['date'][:20]}” is no date. Write it as 2026-04-30.") from problem
        if row["text"]:
            yield Labelled(row["text"], themes, day, row.get("group", ""))


def _day(written: str) -> date:
    """Days are written day/month/year; those of a few rows month/day/year, which shows in a missing nought or a 13."""
    parts = written.split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        raise Invalid(f"“{written[:20]}” is no date. It must be written as day/month/year.")
    day, month, year = map(int, parts)
    if month > 12 or len(written) < len("01/01/2022"):
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise Invalid(f"“{written[:20]}” is no date. It must be written as day/month/year.") from problem


# Categories were typed by hand over ten years; these are told by what all spellings of each have in common.
# The one for Wales says where somebody died and not of what, and is left out.
_CATEGORIES = {
    "Accident at work": "accident at work",
    "Alcohol, drugs and medication": "alcohol, drug",
    "Care home": "care home",
    "Child death": "child death",
    "Community health care and emergency services": "community health",
    "Emergency services": r"(?<!and )emergency services",
    "Hospital death": "hospital death",
    "Mental health": "mental heal?th",
    "Other": "other related",
    "Police": "police",
    "Product": "product",
    "Railway": "railway",
    "State custody": "state custody",
    "Suicide": "suicide",
}


def _categories(written: str) -> Iterator[str]:
    plain = _SUFFIX.sub(" ", re.sub(r"<[^>]*>", "", html.unescape(written))).casefold()
    return (name for name, sign in _CATEGORIES.items() if re.search(sign, plain))


LAYOUTS = (
    Layout(
        "patient_comments",
        ("FFT answer", "Date", "Respondent ID", "Not assigned", "Labelling not possible"),
        _framework,
        {
            "Staff manner & personal attributes": "attitude",
            "Number & deployment of staff": "staffing",
            "Competence & training": "training",
            "Staff listening, understanding & involving patients": "listening",
            "Information directly from staff during care": "information",
            "Information provision & guidance": "information",
            "Being kept informed, clarity & consistency of information": "information",
            "Contacting services": "reaching-services",
            "Appointment arrangements": "reaching-services",
            "Appointment method": "reaching-services",
            "Timeliness of care": "waiting",
            "Diagnosis & triage": "diagnosis",
            "Referals & continuity of care": "between-services",
            "Discharge": "discharge",
            "Patient records": "records",
            "Cleanliness, tidiness & infection control": "cleanliness",
            "Provision of medical equipment": "surroundings",
            "Environment & Facilities": "surroundings",
            "Transport to/ from services": "transport",
            "Equality, Diversity & Inclusion": "fairness",
            "Safeguarding concerns?": "safeguarding",
            "Supplying & understanding medication": "medicines",
            "Food & drink provision & facilities": "food",
            "Impact of treatment/ care": "treatment",
            "Interaction with family/ carers": "families",
            "Learning organisation": "learning",
            "Positive experience & gratitude": "praise",
        },
    ),
    Layout(
        "patient_comments",
        ("feedback", "label"),
        _one_label,
        {
            "Staff": "attitude",
            "Dignity": "attitude",
            "Communication": "information",
            "Environment/ facilities": "surroundings",
            "Transition/coordination": "between-services",
        },
    ),
    Layout(
        "death_reports",
        ("concerns", "judiciary_category", "date", "id"),
        _death_reports,
        {
            "Mental health": "mental-health",
            "Suicide": "mental-health",
            "Alcohol, drugs and medication": "drugs-alcohol",
        },
    ),
    Layout("labelled", ("text", "themes"), _plain, {}),
)
SOURCES = tuple(dict.fromkeys(layout.source for layout in LAYOUTS))

"""How well a group works in words: what is asked, what came of it, how that changed, and as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from sightline.core.groups.effectiveness import Outcome, Step
from sightline.groups.effectiveness_words import STEPS
from sightline.groups.models import ChairSelfReview, GroupReflection
from sightline.groups.queries.effectiveness import GroupEffectiveness, Instrument, ReviewView, by_questionnaire
from sightline.web.charts.shares import share_bar
from sightline.web.wording import day, month, plural

HEADER = (
    "Questionnaire", "Guidance", "First day", "Last day", "Asked", "Answered", "Statement", "In words", "Agree",
    "Neither", "Disagree", "Cannot say", "Middle answer", "Note",
)  # fmt: skip
TOO_FEW = "Too few said how they see this to show it without telling who."
ANONYMOUS = (
    "Your answers are added to those of the others and cannot be told apart from them afterwards: not by those who lead "
    "the group, and not in the record of what was done here. So nobody can read, change or take out yours once you have "
    "sent them.",
    "That you have answered is kept, so that nobody answers twice. What you answered is kept apart from it.",
    "Results are shown after the last day, and only if {fewest} or more have answered.",
    "What you write in your own words is read by whoever keeps the group and whoever chairs it. Name nobody, and write so "
    "that nobody knows you by it.",
    "Like every program, this one cannot hide from whoever runs its computer what changes from one moment to the next.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one statement at one time: a bar, and the same in words."""

    bar: Markup
    says: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement through the reviews, the newest first; ``trend`` compares the last two."""

    name: str
    says: str
    cites: str
    cells: tuple[Cell, ...]
    trend: str


@dataclass(frozen=True, slots=True)
class Results:
    """Closed reviews that asked the same: ``heads`` names each of them, the newest first."""

    id: UUID
    title: str
    says: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[StatementRow, ...]
    words: tuple[str, ...]
    words_of: str


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A review that can be answered now, and how it stands with the reader's own answer."""

    id: UUID
    title: str
    says: str
    waits: bool
    own: str


@dataclass(frozen=True, slots=True)
class OwnView:
    """What somebody thinks of their own chairing."""

    id: UUID
    head: str
    lines: tuple[tuple[str, str], ...]
    words: str
    shared: str


def due_line(found: GroupEffectiveness, on: date) -> tuple[str, bool]:
    """This function will say when the group is to look at its own work again, and whether that day is past."""
    if found.open_now:
        return "A review is under way.", False
    late = found.due_on < on
    return f"{'Was due' if late else 'Next due'} on {day(found.due_on)}: every {plural(found.months, 'month')}.", late


def open_lines(found: GroupEffectiveness, waiting: frozenset[UUID], answered: frozenset[UUID]) -> list[OpenLine]:
    """This function will put the reviews that can be answered now into words."""
    return [
        OpenLine(
            id=one.review.pk,
            title=one.review.title,
            says=f"Can be answered until {day(one.review.last_day)}. {one.answered} of {one.asked} have answered so far.",
            waits=one.review.pk in waiting,
            own="You have answered." if one.review.pk in answered else "",
        )
        for one in found.open_now
    ]


def results(found: GroupEffectiveness) -> list[Results]:
    """This function will put the closed reviews into words, those that asked the same beside each other (LRN-02)."""
    return [_results(some) for some in by_questionnaire(found.closed)]


def _results(some: Sequence[ReviewView]) -> Results:
    newest, shown = some[0], [one for one in some if one.shown]
    latest = shown[0] if shown else None
    rows = tuple(_row(one, shown) for one in latest.review.statements) if latest else ()
    return Results(
        id=newest.review.pk,
        title=newest.review.title,
        says=tuple(_said(one) for one in some),
        heads=tuple(f"{month(one.review.last_day)}: {one.answered} of {one.asked} answered" for one in shown),
        rows=rows,
        words=latest.words if latest else (),
        words_of=month(latest.review.last_day) if latest else "",
    )


def _said(one: ReviewView) -> str:
    when = f"{day(one.review.opened_on)} to {day(one.review.last_day)}"
    return f"{when}: {one.answered} of {one.asked} answered.{'' if one.shown else ' ' + one.shown.words}"


def _row(statement: dict[str, str], shown: Sequence[ReviewView]) -> StatementRow:
    found = [_outcome(one, statement) for one in shown]
    return StatementRow(
        name=statement["name"],
        says=statement["says"],
        cites=statement["cites"],
        cells=tuple(_cell(*one) for one in found),
        trend=_trend(found, shown),
    )


def _outcome(one: ReviewView, statement: dict[str, str]) -> tuple[Outcome | None, bool]:
    """What came of a statement, and whether it was put in the same words then."""
    asked = any((other["id"], other["says"]) == (statement["id"], statement["says"]) for other in one.review.statements)
    return (one.outcomes.get(statement["id"]) if asked else None), asked


def _cell(found: Outcome | None, asked: bool) -> Cell:
    if found is None:
        return Cell(Markup(""), TOO_FEW if asked else "Not asked in these words.")
    bar = share_bar(found.agree, found.neither, found.disagree)
    more = f"{found.neither} neither, {found.disagree} disagree"
    if found.cannot_say:
        more += f"; {found.cannot_say} could not say"
    return Cell(bar, f"{found.agree} of {found.given} agree", f"{more}. Middle answer: {median_words(found.median)}.")


def _trend(found: Sequence[tuple[Outcome | None, bool]], shown: Sequence[ReviewView]) -> str:
    if len(found) < 2 or found[0][0] is None or found[1][0] is None:
        return ""
    now, before = found[0][0], found[1][0]
    then = month(shown[1].review.last_day)
    if now.agree * before.given == before.agree * now.given:
        return f"As many agree as in {then}."
    more = now.agree * before.given > before.agree * now.given
    return f"{'More' if more else 'Fewer'} agree than in {then}: {_share(now)}, then {_share(before)}."


def _share(one: Outcome) -> str:
    return f"{round(100 * one.agree / one.given)} per cent"


def median_words(median: float) -> str:
    """This function will name the middle answer, which may lie between two."""
    low = Step(int(median))
    if median == low:
        return STEPS[low].lower()
    return f"between {STEPS[low].lower()} and {STEPS[Step(low + 1)].lower()}"


def export_rows(found: GroupEffectiveness) -> list[tuple[str, ...]]:
    """This function will write all that may be shown of closed reviews as rows of a file, its header first."""
    rows: list[tuple[str, ...]] = [HEADER]
    for view in found.closed:
        one = view.review
        head = (
            one.title, one.edition, one.opened_on.isoformat(), one.last_day.isoformat(), str(view.asked),
            str(view.answered),
        )  # fmt: skip
        for statement in one.statements:
            outcome = view.outcomes.get(statement["id"])
            if outcome is None:
                numbers: tuple[str, ...] = ("", "", "", "", "", TOO_FEW if view.shown else view.shown.words)
            else:
                counts = (outcome.agree, outcome.neither, outcome.disagree, outcome.cannot_say)
                numbers = (*map(str, counts), median_words(outcome.median), "")
            rows.append((*head, statement["name"], statement["says"], *numbers))
    return rows


def offered(found: Iterable[Instrument]) -> list[tuple[str, str, str]]:
    """This function will give questionnaires to choose from: the key, the name, and a line about each."""
    return [
        (
            one.key,
            one.questionnaire.name,
            f"{plural(len(one.questionnaire.statements), 'statement')}. {one.part.pack.title}.",
        )
        for one in found
    ]


def reflection_lines(found: Iterable[GroupReflection]) -> list[tuple[str, str]]:
    """This function will put what the group agreed into words: what, and when and where."""
    return [(one.words, f"Agreed on {day(one.agreed_on)}: {one.meeting}") for one in found]


def own_views(found: Iterable[ChairSelfReview], named: bool = False) -> list[OwnView]:
    """This function will put what people think of their own chairing into words; with whose it is where others read it."""
    return [_own(one, named) for one in found]


def _own(one: ChairSelfReview, named: bool) -> OwnView:
    sharing = getattr(one, "sharing", None)
    lines = tuple((statement["says"], STEPS[Step(one.answers[statement["id"]])]) for statement in one.statements)
    return OwnView(
        id=one.pk,
        head=f"{one.person.display_name}, {day(one.answered_on)}" if named else day(one.answered_on),
        lines=lines,
        words=one.words,
        shared=f"Shared with the group on {day(sharing.recorded_at)}." if sharing else "",
    )

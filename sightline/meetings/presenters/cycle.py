"""A group's cycle of business in words: what was agreed and is due, its plan by month, its themes, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sightline.core.meetings.cadence import Meets
from sightline.core.meetings.cycle import THEME_KIND, Covered, ThemeKind
from sightline.core.rulebook.clocks import ClockId
from sightline.meetings.models import BusinessCycle, CycleReview, PlanEntry, ProposedTheme
from sightline.meetings.presenters.planning import PACE, Tag
from sightline.meetings.queries.coverage import CoverageRow, CoverageView
from sightline.meetings.queries.cycle import EntryView, Footprint, GroupCycle, Unit, named, sector_named
from sightline.meetings.queries.cycle_changes import Change, Changed
from sightline.meetings.queries.meetings import MeetingView
from sightline.meetings.words import REVIEWED, Reviewed, Step
from sightline.web.wording import day, month, plural

COVERED: Mapping[Covered, Tag] = {
    Covered.OVERDUE: ("Overdue", "nhsuk-tag--red"),
    Covered.MISSING: ("Not planned", "nhsuk-tag--yellow"),
    Covered.PLANNED: ("Planned", "nhsuk-tag--blue"),
    Covered.DISCUSSED: ("Discussed", "nhsuk-tag--green"),
}
_DONE: Tag = ("Discussed", "nhsuk-tag--green")
_LATE: Tag = ("Overdue", "nhsuk-tag--red")
_HEAD = ("Provider or sector", "Sector", "How it stands", "Last discussed", "Planned for")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what was agreed and what is due: ``tag`` where somebody has something to do."""

    title: str
    says: str
    source: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the plan."""

    id: UUID
    name: str
    kind: str
    subject: UUID | None
    why: str
    moved: str
    tag: Tag | None
    may_move: bool


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What is planned for one month, and the meeting in it, where one is planned."""

    name: str
    meetings: tuple[tuple[UUID, str], ...]
    none: str  # said where there is no meeting
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme and what became of it."""

    id: UUID
    title: str
    kind: str
    why: str
    who: str
    tag: Tag
    answer: str
    waits: bool


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One row of the coverage report."""

    name: str
    subject: UUID | None
    sector: str
    tag: Tag
    last: str
    planned: str


def sector_choices(footprint: Footprint) -> dict[str, str]:
    """This function will name the sectors of a footprint, each with how many providers it has."""
    counts = sorted(footprint.by_sector.items(), key=lambda pair: (pair[0] == "", pair[0]))
    return {sector: f"{sector_named(sector)} ({plural(count, 'provider')})" for sector, count in counts}


def facts(view: GroupCycle, meets: Meets | None) -> list[Fact]:
    """This function will tell what was agreed, how often the group meets, and by when it looks at both again."""
    return [*_agreed(view), *_meets(view, meets)]


def _agreed(view: GroupCycle) -> Iterable[Fact]:
    holds, review = view.holds, view.clock(ClockId.BUSINESS_CYCLE_REVIEW)
    if holds is None:
        says = "No cycle is agreed yet. Whom the group discussed is counted over the last"
        yield Fact(
            "Cycle",
            f"{says} {plural(view.usual_months, 'month')}.",
            review.cites if review else "",
            ("Not agreed", "nhsuk-tag--yellow"),
        )
        return
    period, how = view.period, "at a meeting" if holds.at_meeting_id else "by the chair"
    yield Fact("Cycle", f"{day(period.begins_on)} to {day(period.ends_on)}; agreed {how} on {day(holds.agreed_on)}.")
    if holds.because:
        yield Fact("Why", holds.because)
    source = review.cites if review else ""
    yield Fact("Looked at again", f"By {day(view.review_due_on)}.", source, _due(view, Reviewed.CYCLE))


def _meets(view: GroupCycle, meets: Meets | None) -> Iterable[Fact]:
    if meets is None or view.cadence is None:
        yield Fact(
            "How often it meets",
            "No interval counts for it: its guidance lays none down, or its clock is switched off.",
        )
        return
    yield Fact("How often it meets", f"{view.cadence.says} {meets.words}", view.cadence.cites, PACE[meets.pace])
    if view.frequency_due_on:
        says = f"How often it meets is looked at again by {day(view.frequency_due_on)}."
        yield Fact("Frequency looked at again", says, view.cadence.cites, _due(view, Reviewed.FREQUENCY))


def _due(view: GroupCycle, of: Reviewed) -> Tag | None:
    return ("Due", "nhsuk-tag--red") if of in view.due else None


def summary(reached: CoverageView) -> str:
    """This function will say in a sentence whom the cycle has reached."""
    every = len(reached.rows)
    if not every:
        return "Nobody is on record whom the cycle has to reach."
    counts = reached.counts
    told = [
        (counts[Covered.PLANNED], "planned"),
        (counts[Covered.OVERDUE], "overdue"),
        (counts[Covered.MISSING], "neither discussed nor planned"),
    ]
    rest = "".join(f"; {count} {words}" for count, words in told if count)
    return f"{counts[Covered.DISCUSSED]} of {every} discussed since {day(reached.cycle.begins_on)}{rest}."


def closed_words(reached: CoverageView) -> str:
    """This function will say that somebody is left out of what the reader is shown, because of the reader's own ties."""
    if not reached.closed:
        return ""
    are = "is" if reached.closed == 1 else "are"
    return f"{plural(reached.closed, 'provider')} {are} left out: you have an interest in them, or work for them."


def plan_lines(reached: CoverageView, meetings: Sequence[MeetingView], on: date) -> list[MonthLine]:
    """This function will write the plan month by month, with the meetings that there are in each."""
    months: dict[date, list[EntryView]] = {
        key: list(some) for key, some in groupby(reached.entries, key=lambda one: one.month.month)
    }
    held = {one.meeting.pk: one.held_on for one in meetings if Step.CANCELLED not in one.steps}
    for first in {on_day.replace(day=1) for on_day in held.values()}:
        if reached.cycle.begins_on.replace(day=1) <= first <= reached.cycle.ends_on:
            months.setdefault(first, [])
    return [
        MonthLine(
            month(first),
            tuple((key, day(on_day)) for key, on_day in held.items() if on_day.replace(day=1) == first),
            "No meeting was held." if first < on.replace(day=1) else "No meeting is planned yet.",
            tuple(_entry_line(one, reached, on) for one in months[first]),
        )
        for first in sorted(months)
    ]


def _entry_line(one: EntryView, reached: CoverageView, on: date) -> EntryLine:
    entry, done = one.entry, reached.is_done(one)
    is_late = not done and one.month.month < on.replace(day=1)
    return EntryLine(
        id=entry.pk,
        name=named(one.entry),
        kind="Theme" if entry.theme else "Sector as one" if entry.is_sector else "",
        subject=entry.subject_id,
        why=entry.why,
        moved=f"Moved because: {one.month.because}" if one.month.because else "",
        tag=_DONE if done else _LATE if is_late else None,
        may_move=not done,
    )


def themes_share(entries: Sequence[EntryView]) -> str:
    """This function will say how much of the plan is themes (MTG-11)."""
    themes = sum(one.entry.theme_id is not None for one in entries)
    if not entries:
        return ""
    are = "is a theme" if themes == 1 else "are themes"
    return f"{themes} of {plural(len(entries), 'entry', 'entries')} in the plan {are}."


def theme_lines(themes: Iterable[ProposedTheme], reached: CoverageView) -> list[ThemeLine]:
    """This function will write the themes with what became of each."""
    planned = {one.entry.theme_id: one for one in reached.entries if one.entry.theme_id}
    return [_theme_line(one, planned.get(one.pk), reached) for one in themes]


def _theme_line(one: ProposedTheme, entry: EntryView | None, reached: CoverageView) -> ThemeLine:
    answer = getattr(one, "answer", None)
    tag: Tag = ("Waits for an answer", "nhsuk-tag--yellow")
    says = ""
    if answer is not None and not answer.is_taken:
        tag, says = ("Not taken in", "nhsuk-tag--grey"), answer.because
    elif answer is not None:
        tag, says = ("Taken in", "nhsuk-tag--green"), answer.because
        if f"theme:{one.pk}" in reached.discussed:
            says = f"Discussed on {day(reached.discussed[f'theme:{one.pk}'])}. {says}".strip()
        elif entry is not None:
            says = f"Planned for {month(entry.month.month)}. {says}".strip()
        else:
            says = f"It is in the plan no more. {says}".strip()
    who = f"{one.proposed_by.display_name}, {day(one.recorded_at)}"
    return ThemeLine(one.pk, one.title, THEME_KIND[ThemeKind(one.kind)], one.why, who, tag, says, answer is None)


def change_lines(changes: Iterable[Change]) -> list[tuple[str, str, Change]]:
    """This function will write what changed since the plan was made: its day, a sentence, and where it leads."""
    return [(day(one.on), _change(one), one) for one in changes]


def _change(one: Change) -> str:
    match one.sort:
        case Changed.NEW:
            return f"{one.name} is new on record."
        case Changed.CLOSED:
            return f"{one.name} closed."
        case Changed.MERGED:
            return f"{one.name} became part of {one.detail}."
        case Changed.LEVEL:
            return f"{one.name} came to {one.detail}."
        case Changed.MOVED:
            return f"A meeting was moved to {day(one.then)}."
        case Changed.CANCELLED:
            return f"The meeting of {day(one.then)} was cancelled."
        case Changed.THEME:
            return f"The theme “{one.name}” was taken in."


def dropped_lines(entries: Iterable[PlanEntry]) -> list[tuple[str, str]]:
    """This function will write what was taken out of the plan, and why."""
    return [(f"{named(one)}, {day(one.dropped.recorded_at)}", one.dropped.because) for one in entries]


def version_lines(versions: Iterable[BusinessCycle]) -> list[str]:
    """This function will write the cycles that were agreed, the newest first."""
    return [
        f"From {day(one.begins_on)}, {plural(one.months, 'month')}, looked at again after "
        f"{plural(one.review_months, 'month')}; agreed on {day(one.agreed_on)}."
        for one in versions
    ]


def review_lines(reviews: Iterable[CycleReview]) -> list[tuple[str, str]]:
    """This function will write what was looked at again and what came of it."""
    return [(f"{REVIEWED[Reviewed(one.of)]}, {day(one.reviewed_on)}", one.says) for one in reviews]


def coverage_lines(rows: Iterable[CoverageRow]) -> list[CoverageLine]:
    """This function will write the rows of the coverage report."""
    return [
        CoverageLine(
            name=unit_name(one.unit),
            subject=one.unit.subject,
            sector=sector_named(one.unit.sector) if one.unit.subject else "",
            tag=COVERED[one.stands],
            last=day(one.last_on) or "Not on record",
            planned=month(one.planned_in),
        )
        for one in rows
    ]


def unit_name(unit: Unit) -> str:
    """This function will name one whom a cycle has to reach; a sector with how many providers it has."""
    if unit.subject:
        return unit.name
    has = plural(unit.providers, "provider") if unit.providers else "nobody on record"
    return f"{sector_named(unit.sector)}, as one: {has}"


def sector_lines(reached: CoverageView) -> list[tuple[str, int, int, int]]:
    """This function will count by sector: how many were discussed, how many are discussed or planned, and of how many."""
    had = {one.unit.id for one in reached.rows if one.stands is Covered.DISCUSSED}
    done = dict.fromkeys((one.unit.sector for one in reached.rows), 0)
    for one in reached.rows:
        done[one.unit.sector] += one.unit.id in had
    return [(sector_named(sector), done[sector], some, every) for sector, some, every in reached.whole.by_sector]


def table(reached: CoverageView) -> list[Sequence[str]]:
    """This function will give the coverage report as a table to take away."""
    rows = coverage_lines(reached.rows)
    return [_HEAD, *((one.name, one.sector, one.tag[0], one.last, one.planned) for one in rows)]

"""The surveillance log in words: its lines as Annex E has them, what a filter leaves out, and the rows of a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.rulebook.clocks import ClockId
from sightline.directory.models.choices import label
from sightline.directory.words import Sector
from sightline.surveillance.presenters.levels import level_tag
from sightline.surveillance.queries.log import Asked, Line, LogPage, Sort
from sightline.surveillance.queries.log_copy import CopiedRow, LogCopy
from sightline.surveillance.queries.log_words import LevelWord
from sightline.surveillance.queries.standing import Guidance
from sightline.web.wording import day, plural

SORTS = {
    Sort.LEVEL: "Highest level first",
    Sort.NAME: "Name",
    Sort.SECTOR: "Sector",
    Sort.CHANGED: "Newest change first",
    Sort.REVIEW: "Review due first",
}
_MORE = ("sector", "lead", "since", "is_overdue", "is_long", "with_lowest")
NO_LEVEL = "no level on this log"


@dataclass(frozen=True, slots=True)
class Cell:
    """A level in a column: its code, and its name for whoever does not know the code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log as a page shows it."""

    subject: UUID
    name: str
    sector: str
    closed: str
    previous: tuple[Cell, ...]
    level: str
    tag: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    actions: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One level of a legend: its code, its name, and what it means where that guidance is in use here."""

    code: str
    name: str
    means: str = ""

    @property
    def says(self) -> str:
        """The whole of it in a line."""
        return f"{self.code}: {self.name}. {self.means}".strip()


@dataclass(frozen=True, slots=True)
class Legend:
    """What the codes in the columns mean, guidance by guidance (SUR-04, SUR-05)."""

    guidance: str
    levels: tuple[Meaning, ...]


def rows(page: LogPage, asked: Asked) -> list[LogRow]:
    """This function will write the lines of a page."""
    return [_row(one, page.guidance, asked.on) for one in page.lines]


def _row(line: Line, guidance: Guidance, on: date) -> LogRow:
    entry = line.entry
    return LogRow(
        subject=entry.subject,
        name=entry.name,
        sector=_sector(entry.sector),
        closed=f"Closed on {day(line.closed_on)}" if line.closed_on and line.closed_on <= on else "",
        previous=tuple(Cell(one.code, _in_full(one)) for one in line.previous),
        level=line.current.name,
        tag=level_tag(line.standing.level, guidance.levels.levels, line.current.name).tag,
        notes=tuple(_notes(line)),
        warnings=tuple(_warnings(line, on)),
        actions=line.actions,
        comments=tuple(_comments(line)),
    )


def legend(page: LogPage) -> list[Legend]:
    """This function will say what the codes mean: every level of the guidance in use, and older ones that are shown."""
    own = page.guidance
    found = {own.name: {one.code: Meaning(one.code, one.name, one.means) for one in own.levels.levels.levels}}
    for line in page.lines:
        for word in line.previous:
            if word.pack != own.pack:
                found.setdefault(word.guidance, {})[word.code] = Meaning(word.code, word.name)
    return [Legend(name, tuple(codes.values())) for name, codes in found.items()]


def headings(asked: Asked) -> list[str]:
    """This function will give the dates of the columns of previous levels."""
    return [day(one) for one in asked.columns]


def counted(page: LogPage, asked: Asked) -> str:
    """This function will say how many are listed and how many a filter leaves out."""
    said = f"{plural(page.fitting, 'subject')}."
    left = page.total - page.fitting
    if asked.is_filtered and left:
        said += f" The filter leaves out {plural(left, 'other')}."
    if not asked.with_lowest:
        said += " Subjects on which no level was ever set are not listed."
    return said


def as_of(asked: Asked, today: date) -> str:
    """This function will say plainly that a log is not that of today."""
    if asked.on >= today:
        return ""
    return (
        f"This is the log as it was known on {day(asked.on)}. Whatever was decided or recorded later is left out, even "
        "where it counts from an earlier day. Names and areas are those of today."
    )


def long_stays(guidance: Guidance) -> str:
    """This function will say what a long stay is under a guidance, or that nobody counts any."""
    clock = guidance.clocks.clock(ClockId.LONG_STAY)
    if clock is None or not clock.is_on:
        return "The clock for long stays is switched off in the rules, so that nobody counts as one."
    return f"A long stay is more than {plural(clock.value, 'quarter')} in a row ({clock.cites})."


def levels(guidance: Guidance) -> list[tuple[str, str]]:
    """This function will offer the levels to choose from."""
    return [(one.id, one.name) for one in guidance.levels.levels.levels]


def has_more(asked: Asked) -> bool:
    """This function will say whether one of the rarer filters is set."""
    return any(getattr(asked, name) for name in _MORE)


# --- as a file


def table(page: LogPage, asked: Asked) -> list[tuple[str, ...]]:
    """This function will write a log as rows: the columns of Annex E in their order, and a few more behind (SUR-05)."""
    return [_head(asked.columns), *(_exported(one, asked.on) for one in page.lines)]


def copy_table(copy: LogCopy) -> list[tuple[str, ...]]:
    """This function will write a fixed copy of a log as rows, in the same columns."""
    return [_head(copy.columns), *(_copied(one, copy.on) for one in copy.rows)]


def _head(columns: Sequence[date]) -> tuple[str, ...]:
    return (
        "Sector", "Provider or system", *(f"Level on {day(one)}" for one in columns), "Current level",
        "Actions/Comments", "Code", "Guidance of the current level", "Comes nearest to (indicative only)", "Since",
        "Review due", "Log as known on",
    )  # fmt: skip


def title(name: str, asked: Asked, page: LogPage) -> list[str]:
    """This function will write the lines that stand above the table of a workbook."""
    left = page.total - page.fitting
    said = [f"Surveillance log: {name}", f"As known on {day(asked.on)}. {page.guidance.name}."]
    said.append(f"{plural(page.fitting, 'subject')}; a filter leaves out {left:,}." if left else "No filter is set.")
    return said + [one.says for guide in legend(page) for one in guide.levels]


def _exported(line: Line, on: date) -> tuple[str, ...]:
    entry, nearest = line.entry, line.standing.level.name if line.standing.is_indicative else ""
    return (
        _sector(entry.sector), entry.name, *(_in_full(one) for one in line.previous), line.current.name,
        "\n".join((*line.actions, *_comments(line))), entry.code, line.current.guidance, nearest,
        _iso(line.current.since), _iso(line.review_due), on.isoformat(),
    )  # fmt: skip


def _copied(row: CopiedRow, on: date) -> tuple[str, ...]:
    said = [*row.actions, *([] if row.actions or not row.reason else [row.reason])]
    if row.reviewed_on:
        said.append(_reviewed(row.reviewed_on, row.review_says))
    return (
        _sector(row.sector), row.name, *row.previous, row.current, "\n".join(said), row.key, row.guidance,
        row.comes_nearest, _iso(row.since), _iso(row.review_due), on.isoformat(),
    )  # fmt: skip


# --- shared by the above


def _notes(line: Line) -> Iterator[str]:
    if line.current.since is None:
        yield f"Lowest level: {NO_LEVEL}"
        return
    yield f"Since {day(line.current.since)}"
    if line.standing.is_indicative:
        yield f"{line.current.guidance}. Comes nearest to {line.standing.level.name}; indicative only"


def _warnings(line: Line, on: date) -> Iterator[str]:
    if line.review_due:
        yield f"Review {'was' if line.review_due < on else 'is'} due on {day(line.review_due)}"
    if line.stay and line.stay.is_long:
        yield f"Long stay: {plural(line.stay.quarters, 'quarter')}"


def _comments(line: Line) -> Iterable[str]:
    if line.reason and not line.actions:
        yield line.reason
    if line.reviews:
        newest = line.reviews[-1]
        yield _reviewed(newest.reviewed_on, newest.because)


def _reviewed(on: date, because: str) -> str:
    return f"Reviewed on {day(on)}, and stays: {because}"


def _in_full(word: LevelWord) -> str:
    return f"{word.name} ({NO_LEVEL} yet)" if word.is_unmoved else word.name


def _sector(sector: str) -> str:
    return label(Sector(sector)) if sector else ""


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def pages_in_all(page: LogPage, a_page: int) -> int:
    """This function will count the pages of a log."""
    return max(1, -(-page.fitting // a_page))


def sectors(words: Sequence[Sector] = tuple(Sector)) -> list[tuple[str, str]]:
    """This function will offer the sectors to choose from."""
    return [(one.value, label(one)) for one in words]

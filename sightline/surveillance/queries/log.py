"""The surveillance log: where each subject stands, today or as it was known on any earlier day (SUR-05, SUR-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sightline.core.access import Actor
from sightline.core.rulebook.clocks import ClockId, Unit
from sightline.core.surveillance.clocks import LongStay, long_stay, reviews_due
from sightline.core.surveillance.facts import History, Standing
from sightline.directory.models import Organisation
from sightline.directory.queries import subjects_within
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.models.decisions import LevelQuerySet
from sightline.surveillance.queries.log_copy import CopiedRow, LogCopy
from sightline.surveillance.queries.log_entries import (
    Entry,
    Proposed,
    Review,
    SetLevel,
    closed_on,
    entries_of,
    histories_of,
    known_levels,
    logs_of,
    never_moved,
    proposed_of,
    reviews_of,
    subjects_led_by,
)
from sightline.surveillance.queries.log_words import LevelWord, Words
from sightline.surveillance.queries.standing import Guidance, guidance_for

__all__ = [
    "Asked",
    "Line",
    "LogCopy",
    "LogPage",
    "Sort",
    "copy_of_log",
    "log_lines",
    "log_page",
    "logs_of",
    "quarter_starts",
]

A_PAGE = 50
COLUMNS = 3  # dated columns of previous levels (QSG 2017 Annex E)


class Sort(StrEnum):
    """In which order a log is read."""

    LEVEL = "level"  # the gravest first
    NAME = "name"
    SECTOR = "sector"  # as in Annex E (ORG-05)
    CHANGED = "changed"  # the newest first
    REVIEW = "review"  # what is due first


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a log: whose, as it was known on which day, beside which earlier days, and what is left out."""

    on: date
    system: str = ""
    columns: tuple[date, ...] = ()
    sector: str = ""
    level: str = ""
    area: str = ""
    lead: str = ""
    name: str = ""
    since: date | None = None
    is_overdue: bool = False
    is_long: bool = False
    with_lowest: bool = False
    sort: Sort = Sort.LEVEL

    @property
    def is_filtered(self) -> bool:
        """Whether some are left out."""
        words = (self.sector, self.level, self.area, self.lead, self.name)
        return any(words) or self.since is not None or self.is_overdue or self.is_long


@dataclass(frozen=True, slots=True)
class Line:
    """One line of Annex E: a subject, its levels on the earlier days, where it stands, and what is done about it."""

    entry: Entry
    previous: tuple[LevelWord, ...]
    current: LevelWord
    standing: Standing
    closed_on: date | None = None
    actions: tuple[str, ...] = ()
    reason: str = ""
    reviews: tuple[Review, ...] = ()
    review_due: date | None = None
    stay: LongStay | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of a log, with how many fit what was asked, and how many there are in all."""

    lines: tuple[Line, ...]
    fitting: int
    total: int
    guidance: Guidance


def quarter_starts(on: date, count: int = COLUMNS) -> tuple[date, ...]:
    """This function will give the quarter starts before a day, the oldest first.

    They are what a log shows unless somebody chooses others: the log goes to the region each quarter (SUR-09; QSG 2017
    ¶127), so that these columns meet those of its last copies, and every line has the same.
    """
    found: list[date] = []
    day = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    while len(found) < count:
        if day < on:
            found.append(day)
        before = day - timedelta(days=1)
        day = date(before.year, (before.month - 1) // 3 * 3 + 1, 1)
    return tuple(reversed(found))


def log_page(actor: Actor, today: date, asked: Asked, page: int = 1) -> LogPage:
    """This function will give one page of a log."""
    return _Log.of(actor, today, asked).page((page - 1) * A_PAGE, page * A_PAGE)


def log_lines(actor: Actor, today: date, asked: Asked) -> LogPage:
    """This function will give a log as a whole, for a copy of it."""
    return _Log.of(actor, today, asked).page(0, None)


def copy_of_log(system: str, actor: Actor, on: date) -> LogCopy:
    """This function will give a system's log as it was known on a day, to go with the quarterly update (SUR-09, RPT-30).

    It holds what whoever sends it may read, every line of it, beside the three quarter starts before; by sector, as in
    Annex E (ORG-05).
    """
    found = log_lines(actor, on, Asked(on, system, columns=quarter_starts(on), sort=Sort.SECTOR))
    name = Organisation.objects.filter(code=system).values_list("name", flat=True).first() or system
    rows = tuple(_copied(one) for one in found.lines)
    return LogCopy(system, name, on, quarter_starts(on), found.guidance.name, found.guidance.version, rows)


def _copied(one: Line) -> CopiedRow:
    return CopiedRow(
        sector=one.entry.sector,
        name=one.entry.name,
        key=one.entry.code,
        previous=tuple(word.name for word in one.previous),
        current=one.current.name,
        guidance=one.current.guidance,
        since=one.current.since,
        comes_nearest=one.standing.level.name if one.standing.is_indicative else "",
        actions=one.actions,
        reason=one.reason,
        reviewed_on=one.reviews[-1].reviewed_on if one.reviews else None,
        review_says=one.reviews[-1].because if one.reviews else "",
        review_due=one.review_due,
    )


# --- how it is read


@dataclass(frozen=True, slots=True)
class _Log:
    """One reading of a log; what was decided or recorded after its day is not there."""

    actor: Actor
    today: date
    asked: Asked
    guidance: Guidance
    known: LevelQuerySet[LevelDecision]
    ranks: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, actor: Actor, today: date, asked: Asked) -> _Log:
        known = known_levels(actor, today, asked.system, asked.on)
        return cls(actor, today, asked, guidance_for(asked.system, asked.on), known)

    def page(self, first: int, last: int | None) -> LogPage:
        everyone = list(entries_of(self.known))
        if self.asked.with_lowest:
            moved = {one.key for one in everyone}
            everyone += never_moved(self.actor, self.today, self.asked.system, self.asked.on, moved)
        found = self._ordered(self._fitting(everyone))
        return LogPage(self._lines(found[first:last]), len(found), len(everyone), self.guidance)

    def _fitting(self, found: list[Entry]) -> list[Entry]:
        asked = self.asked
        if not asked.is_filtered:
            return found
        found = [one for one in found if self._fits(one)]
        if asked.area:
            inside = set(subjects_within(asked.area, asked.on).values_list("pk", flat=True))
            found = [one for one in found if one.subject in inside]
        if asked.lead:
            led = subjects_led_by(asked.lead, asked.on)
            found = [one for one in found if one.subject in led]
        if asked.is_overdue:
            due = self._reviews_due(found)
            found = [one for one in found if due.get(one.key, date.max) < asked.on]
        if asked.is_long:
            before = histories_of(self.known, found)
            found = [one for one in found if (stay := self._stay(before.get(one.key, ()))) and stay.is_long]
        return found

    def _fits(self, one: Entry) -> bool:
        """What an entry tells by itself."""
        asked, named = self.asked, self.asked.name.casefold()
        return (
            (not asked.sector or one.sector == asked.sector)
            and (not named or named in one.name.casefold() or named == one.code.casefold())
            and (asked.since is None or _changed_on(one) >= asked.since)
            and (not asked.level or self._rank(one) == self._asked_rank)
        )

    @property
    def _asked_rank(self) -> int:
        level = self.guidance.levels.levels.level(self.asked.level)
        return level.rank if level else 0

    def _ordered(self, found: list[Entry]) -> list[Entry]:
        """In the order asked for, and by name within it."""
        named = sorted(found, key=lambda one: (one.name.casefold(), one.code))
        match self.asked.sort:
            case Sort.NAME:
                return named
            case Sort.SECTOR:
                return sorted(named, key=lambda one: (not one.sector, one.sector))
            case Sort.CHANGED:
                return sorted(named, key=_changed_on, reverse=True)
            case Sort.REVIEW:
                due = self._reviews_due(named)
                return sorted(named, key=lambda one: due.get(one.key, date.max))
            case Sort.LEVEL:
                return sorted(named, key=lambda one: -self._rank(one))

    def _standing(self, one: Entry) -> Standing:
        return one.history.standing(self.guidance.levels, self.asked.on)

    def _rank(self, one: Entry) -> int:
        """Where it stands among the levels; worked out once for each level that there is, and not for each subject."""
        if (one.pack, one.level) not in self.ranks:
            self.ranks[one.pack, one.level] = self._standing(one).level.rank
        return self.ranks[one.pack, one.level]

    def _reviews_due(self, found: Sequence[Entry]) -> dict[str, date]:
        """By key of the subject, when the review of its level is due."""
        reviews = reviews_of(self.known, self.asked.on, found)
        due = ((one.key, self._review_due(one, reviews.get(one.decision, ()))) for one in found)
        return {key: day for key, day in due if day}

    def _review_due(self, one: Entry, done: Sequence[Review]) -> date | None:
        """The day set last for the next review; else by the clock, where it counts in days and not in meetings."""
        if one.since is None:
            return None
        day = done[-1].next_review_on if done else one.next_review_on
        clock = self.guidance.clocks.clock(ClockId.LEVEL_REVIEW)
        if day is not None or clock is None or clock.unit is Unit.MEETINGS:
            return day
        last = {ClockId.LEVEL_REVIEW: done[-1].reviewed_on if done else one.since}
        found = reviews_due(self.guidance.clocks, self._standing(one).level.id, last, self.asked.on)
        return next((due.due_on for due in found if due.clock is ClockId.LEVEL_REVIEW), None)

    def _stay(self, levels: Sequence[SetLevel]) -> LongStay | None:
        clock = self.guidance.clocks.clock(ClockId.LONG_STAY)
        if clock is None:
            return None
        return long_stay(clock, History.of(one.dated for one in levels), self.guidance.pack, self.asked.on)

    def _lines(self, some: Sequence[Entry]) -> tuple[Line, ...]:
        told = _Told(
            Words(self.asked.system),
            histories_of(self.known, some),
            reviews_of(self.known, self.asked.on, some),
            proposed_of(some),
            closed_on(some),
        )
        return tuple(self._line(one, told) for one in some)

    def _line(self, one: Entry, told: _Told) -> Line:
        levels, reviews = told.histories.get(one.key, []), tuple(told.reviews.get(one.decision, ()))
        proposed = told.proposed.get(one.decision, Proposed())
        return Line(
            entry=one,
            previous=tuple(_word_on(day, levels, told.words) for day in self.asked.columns),
            current=_word_on(self.asked.on, levels, told.words),
            standing=self._standing(one),
            closed_on=told.closed.get(one.key),
            actions=proposed.actions,
            reason=proposed.reason,
            reviews=reviews,
            review_due=self._review_due(one, reviews),
            stay=self._stay(levels),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is read at once of the subjects of a page: by their keys, and by those of their newest decisions."""

    words: Words
    histories: Mapping[str, Sequence[SetLevel]]
    reviews: Mapping[str, Sequence[Review]]
    proposed: Mapping[str, Proposed]
    closed: Mapping[str, date]


def _changed_on(one: Entry) -> date:
    return one.since or date.min


def _word_on(day: date, levels: Sequence[SetLevel], words: Words) -> LevelWord:
    begun = [one for one in levels if one.effective_on <= day]
    return words.of(begun[-1]) if begun else words.lowest_on(day)

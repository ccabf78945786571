"""Whether a plan had the effect that was written down before it started: its target reached and held, by special cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.signals import Side
from sightline.core.statistics.marks import rules_on
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.statistics.series import SeriesInput, SeriesResult, Status, assess

LEAST_BEFORE = 7  # figures from before the start; with fewer nobody can say what was usual. A choice of this house.


class Effect(StrEnum):
    """What the figures say of a test of success (PLN-08)."""

    MET = "met"
    NOT_YET = "not-yet"
    LOST = "lost"  # it was met, and what was reached did not last
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Success:
    """A test of success of one indicator as a plan has it; what was not written down is None."""

    target: float | None
    held_months: int | None
    starts_on: date | None
    higher_is_better: bool | None

    @property
    def lacks(self) -> str:
        """What has to be written down before anybody can judge it; empty where nothing is missing."""
        if self.starts_on is None:
            return "The plan does not say when the work starts."
        if self.target is None or not self.held_months:
            return "No target and months to hold it were written down as figures."
        if self.higher_is_better is None:
            return "Of this indicator neither high nor low is better."
        return ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with the first and the last day of its period; None where none was reported."""

    first: date
    last: date
    value: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found: the effect and why, with the figures held against the usual range from before the start.

    ``since`` is the first day of the stretch that counts, ``until`` its last; ``result`` is None where none was drawn.
    ``figures`` are those that were held against it, and ``before`` counts those of them from before the start.
    """

    effect: Effect
    says: str
    since: date | None = None
    until: date | None = None
    before: int = 0
    baseline: float | None = None
    figures: tuple[Figure, ...] = ()
    result: SeriesResult | None = None


def judge(figures: Sequence[Figure], success: Success, rules: RuleSet, screen: bool) -> Judged:
    """This function will say whether a test of success is met (PLN-08; SQG 2022 §1.5, §2.1).

    The usual range is drawn from the figures before the start alone, so that the work cannot move the measure by which
    it is judged. A figure counts where it reaches the target and shows special cause on the better side; the test is
    met by figures in a row that count and together span as many months as were asked for. A gap ends a row. A period
    in which the work started belongs to neither side.
    """
    if success.lacks or success.starts_on is None:
        return Judged(Effect.UNKNOWN, success.lacks)
    starts_on = success.starts_on
    before = [one for one in figures if one.last < starts_on]
    after = [one for one in figures if one.first >= starts_on]
    known = sum(one.value is not None for one in before)
    if known < LEAST_BEFORE:
        says = f"There are {known} figures from before the start, and at least {LEAST_BEFORE} are needed."
        return Judged(Effect.UNKNOWN, says, before=known)
    values = [one.value for one in (*before, *after)]
    [result] = assess([SeriesInput(values, baseline=len(before))], rules, screen)
    baseline = result.last_phase.mean
    if result.status in {Status.NO_VARIATION, Status.TOO_SHORT, Status.NO_DATA}:
        says = "The figures from before the start do not vary, so nobody can say what was usual."
        return Judged(Effect.UNKNOWN, says, before=known, baseline=baseline)
    effect, says, since, until = _found(after, result.marks[len(before) :], success)
    return Judged(effect, says, since, until, known, baseline, (*before, *after), result)


def _found(after: Sequence[Figure], marks: bytes, success: Success) -> tuple[Effect, str, date | None, date | None]:
    """The newest row of figures that count and, where it is not enough, an earlier one that was."""
    needed = success.held_months or 0
    side = Side.HIGH if success.higher_is_better else Side.LOW
    counts = [
        _reaches(one.value, success) and bool(rules_on(mark, side)) for one, mark in zip(after, marks, strict=True)
    ]
    rows = _rows(after, counts)
    last = rows[-1] if rows and counts[-1] else None
    if last and _months(*last) >= needed:
        return Effect.MET, "", *last
    lost = next((row for row in reversed(rows) if _months(*row) >= needed), None)
    if lost:
        return Effect.LOST, "It was held long enough, and is no longer.", *lost
    if not after:
        return Effect.NOT_YET, "There is no figure since the work started.", None, None
    if last:
        says = f"It has been held for {_months(*last)} of {needed} months."
        return Effect.NOT_YET, says, *last
    if not _reaches(after[-1].value, success):
        return Effect.NOT_YET, "The last figure does not reach the target.", None, None
    return Effect.NOT_YET, "The last figure reaches the target, as it might by chance alone.", None, None


def _reaches(value: float | None, success: Success) -> bool:
    if value is None or success.target is None:
        return False
    return value >= success.target if success.higher_is_better else value <= success.target


def _rows(after: Sequence[Figure], counts: Sequence[bool]) -> list[tuple[date, date]]:
    """The rows of neighbouring figures that count, each with its first and its last day."""
    rows: list[tuple[date, date]] = []
    for place, (one, does) in enumerate(zip(after, counts, strict=True)):
        if does and place and counts[place - 1]:
            rows[-1] = (rows[-1][0], one.last)
        elif does:
            rows.append((one.first, one.last))
    return rows


def _months(first: date, last: date) -> int:
    """Whole months from the first day to the end of the last one."""
    end = date.fromordinal(last.toordinal() + 1)
    months = (end.year - first.year) * 12 + end.month - first.month
    return months - (end.day < first.day)

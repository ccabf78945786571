"""Blocks of series: one row each, ragged, with gaps, rebases and fixed baselines, cut into phases for the kernel."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sightline.core.statistics.kernel import Columns, Floats, Ints, Marks
from sightline.core.statistics.marks import Mark
from sightline.core.statistics.phases import Spans, assess_spans
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.statistics.windows import Flags

_FIGURES = tuple(field.name for field in fields(Columns) if field.name != "marks")


@dataclass(frozen=True, slots=True)
class Block:
    """What was found in a block: marks per point, and one entry per phase, ordered by row and start.

    The phases of row ``r`` are ``offsets[r]`` up to but not including ``offsets[r + 1]``; every row has at least
    one. ``start`` counts from 0 within the row and ``n`` is the length of the phase, gaps included.
    """

    marks: Marks
    offsets: Ints
    row: Ints
    start: Ints
    n: Ints
    n_valid: Ints
    n_basis: Ints
    n_ranges: Ints
    mean: Floats
    amr: Floats
    lpl: Floats
    upl: Floats
    near_lpl: Floats
    near_upl: Floats

    @property
    def last_phase(self) -> Ints:
        """Where each row's last phase stands among the phases."""
        return np.asarray(self.offsets[1:] - 1)


def assess_block(
    values: Floats,
    rules: RuleSet,
    *,
    screen: bool | None = None,
    lengths: Ints | None = None,
    phase_starts: Flags | None = None,
    baselines: Ints | None = None,
) -> Block:
    """This function will draw limits and mark points for many series, one in each row, NaN where a value is missing.

    Without ``lengths`` the NaNs that end a row are padding. ``phase_starts`` is true at the first point of each
    new phase. ``baselines`` gives for each row how many points from the start of EACH phase the limits rest on;
    0 means all. ``screen`` left out follows the rule set.
    """
    screens = rules.screens if screen is None else screen
    ends = _lengths(values) if lengths is None else lengths
    width = values.shape[1]
    row, start, stop = _segments(ends, phase_starts, width)
    # Where nothing but the NaNs that end them shortens the rows, rows of one length are quicker to lay out.
    whole = lengths is None and phase_starts is None
    spans = Spans(row * width + start, row * width + (width if whole else stop))
    baseline = None if baselines is None else baselines[row]
    found = assess_spans(np.ascontiguousarray(values, dtype=np.float64).reshape(-1), spans, rules, screens, baseline)
    return Block(
        marks=found.marks.reshape(values.shape),
        offsets=np.searchsorted(row, np.arange(len(values) + 1)),
        row=row,
        start=start,
        n=stop - start,
        **{name: getattr(found, name) for name in _FIGURES},
    )


def _lengths(values: Floats) -> Ints:
    """Length of each row without the NaNs that end it."""
    width = values.shape[1]
    if width == 0:
        return np.zeros(len(values), dtype=np.int64)
    known = ~np.isnan(values)
    trailing = known[:, ::-1].argmax(axis=1)
    return np.where(known.any(axis=1), width - trailing, 0).astype(np.int64)


def _segments(lengths: Ints, phase_starts: Flags | None, width: int) -> tuple[Ints, Ints, Ints]:
    """Row, start and stop of every phase, in order."""
    rows = np.arange(len(lengths))
    if phase_starts is None or width == 0:
        return rows, np.zeros(len(lengths), dtype=np.int64), lengths.astype(np.int64)
    starts = phase_starts & (np.arange(width) < lengths[:, None])
    starts[:, 0] = True
    row, start = np.nonzero(starts)
    stop = lengths[row].astype(np.int64)
    follows = row[1:] == row[:-1]
    stop[:-1][follows] = start[1:][follows]
    return row, start, stop


def leading_marks(values: Floats, marks: Marks) -> Marks:
    """This function will keep one mark per point: the first in order of priority, or 0.

    A point that ends one trend and begins another is named after the one that it begins.
    """
    both = (marks & (Mark.TREND_HIGH | Mark.TREND_LOW)) == (Mark.TREND_HIGH | Mark.TREND_LOW)
    falls = np.zeros(values.shape, dtype=np.bool_)
    falls[:, :-1] = values[:, 1:] < values[:, :-1]
    settled = np.where(both & falls, marks & np.uint8(~Mark.TREND_HIGH & 0xFF), marks)
    return np.asarray(settled & (~settled + np.uint8(1)), dtype=np.uint8)

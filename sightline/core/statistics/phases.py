"""Phases of one column: spans of a column of values in order of time, assessed by one of two roads to one answer.

The numpy road is always there. The compiled road needs the extra ``[fast]`` and is taken by itself where that is
installed and there is enough to do; nothing but time depends on which was taken.
"""

from __future__ import annotations

import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache, partial
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.kernel import Columns, Floats, Ints, Marks, assess_columns, refuse_unless_plain
from sightline.core.statistics.rulesets import RuleSet, TwoOfThree
from sightline.core.verdict import Invalid

# Small enough for the working arrays to stay in the processor's cache, large enough to hide the interpreter.
CHUNK = 1024
# With fewer points than this the numpy road has ended before the compiled one would have been loaded.
WORTH_LOADING = 10_000_000
# So many phases at least are worth a thread of their own.
WORTH_A_THREAD = 8192

_COMPILED = "sightline.core.statistics.compiled"
_COUNTS = ("n_valid", "n_basis", "n_ranges")
_FIGURES = ("mean", "amr", "lpl", "upl", "near_lpl", "near_upl")


class Road(StrEnum):
    """By which of two programs phases are assessed."""

    NUMPY = "numpy"
    COMPILED = "compiled"


@dataclass(frozen=True, slots=True)
class Spans:
    """Phases as spans of one column: ``begin`` up to but not including ``end``, neither overlapping nor outside it."""

    begin: Ints
    end: Ints

    @classmethod
    def of(cls, offsets: Ints, size: int) -> Spans:
        """This function will read CSR offsets: phase p is ``offsets[p]`` up to ``offsets[p + 1]``.

        Raises Invalid when they fall, or do not cover a column of ``size`` values from 0 to its end.
        """
        places = np.ascontiguousarray(offsets, dtype=np.int64)
        covers = places.ndim == 1 and len(places) > 0 and places[0] == 0 and places[-1] == size
        if not covers or bool((np.diff(places) < 0).any()):
            raise Invalid(f"Offsets of phases begin at 0, never fall, and end at the number of values, here {size}.")
        return cls(places[:-1], places[1:])

    def __len__(self) -> int:
        return len(self.begin)


def assess_column(
    values: Floats,
    offsets: Ints,
    rules: RuleSet,
    *,
    screen: bool | None = None,
    baselines: Ints | None = None,
    road: Road | None = None,
) -> Columns:
    """This function will draw limits and mark points for the phases of one column, sorted by series and period.

    ``values`` is (n,), NaN where missing; ``offsets`` is (phases + 1,): a rebase is one more offset. ``baselines``
    gives for each phase on how many points from its start the limits rest, 0 for all. The figures that come back
    are (phases,), and their marks (n,). ``road`` left out is chosen. Raises Invalid for offsets that do not fit.
    """
    column = np.ascontiguousarray(values, dtype=np.float64)
    screens = rules.screens if screen is None else screen
    return assess_spans(column, Spans.of(offsets, column.size), rules, screens, baselines, road)


def assess_spans(
    column: Floats, spans: Spans, rules: RuleSet, screens: bool, baselines: Ints | None = None, road: Road | None = None
) -> Columns:
    """This function will assess phases that are spans of one contiguous column; see ``assess_column``."""
    refuse_unless_plain(rules)
    by = road or chosen_road(column.size)
    if by is Road.COMPILED:
        return _by_compiled(column, spans, rules, screens, baselines)
    return _by_numpy(column, spans, rules, screens, baselines)


def chosen_road(points: int) -> Road:
    """This function will choose the road for so many points: the compiled one where it is there and worth loading."""
    worth = points >= WORTH_LOADING or _COMPILED in sys.modules
    return Road.COMPILED if worth and compiled_road() is not None else Road.NUMPY


@cache
def compiled_road() -> ModuleType | None:
    """This function will load the compiled road, or say that there is none here.

    numba raises ImportError too where it does not know the numpy beside it.
    """
    try:
        return importlib.import_module(_COMPILED)
    except ImportError:
        return None


def _by_compiled(column: Floats, spans: Spans, rules: RuleSet, screens: bool, baselines: Ints | None) -> Columns:
    """Each core takes a stretch of the phases; the compiled code holds no lock."""
    module = compiled_road()
    if module is None:
        raise Invalid("The compiled road needs numba. Install it with: pip install 'sightline[fast]'")
    phases = len(spans)
    rests_on = np.zeros(phases, dtype=np.int64) if baselines is None else np.ascontiguousarray(baselines, np.int64)
    counts = np.empty((len(_COUNTS), phases), dtype=np.int64)
    figures = np.empty((len(_FIGURES), phases))
    marks = np.zeros(column.size, dtype=np.uint8)
    begin, end = np.ascontiguousarray(spans.begin), np.ascontiguousarray(spans.end)
    between = rules.two_of_three is TwoOfThree.BETWEEN
    factors = (rules.limit_factor, rules.near_factor, rules.screen_factor, screens, between)
    numbers = (*factors, rules.shift_points, rules.trend_points)

    def stretch(first: int, last: int) -> None:
        module.assess_spans(column, begin, end, rests_on, first, last, *numbers, counts, figures, marks)

    threads = max(1, min(module.CORES, phases // WORTH_A_THREAD))
    if threads == 1:
        stretch(0, phases)
    else:
        cuts = [phases * part // threads for part in range(threads + 1)]
        with ThreadPoolExecutor(threads) as hands:
            list(hands.map(stretch, cuts[:-1], cuts[1:]))
    named = dict(zip((*_COUNTS, *_FIGURES), (*counts, *figures), strict=True))
    return Columns(marks=marks, **named)


def _by_numpy(column: Floats, spans: Spans, rules: RuleSet, screens: bool, baselines: Ints | None) -> Columns:
    """Like with like in length, a chunk at a time."""
    phases = len(spans)
    marks = np.zeros(column.size, dtype=np.uint8)
    kinds = {f.name: np.int64 if f.name in _COUNTS else np.float64 for f in fields(Columns) if f.name != "marks"}
    found: dict[str, NDArray[Any]] = {name: np.empty(phases, dtype=kind) for name, kind in kinds.items()}
    lengths = spans.end - spans.begin
    order = np.argsort(lengths, kind="stable")
    for at in range(0, phases, CHUNK):
        part = order[at : at + CHUNK]
        assess = partial(
            assess_columns, rules=rules, screen=screens, baseline=None if baselines is None else baselines[part]
        )
        columns = _side_by_side(column, marks, spans.begin[part], lengths[part], assess)
        for name, figures in found.items():
            figures[part] = getattr(columns, name)
    return Columns(marks=marks, **found)


def _side_by_side(column: Floats, marks: Marks, begin: Ints, lengths: Ints, assess: partial[Columns]) -> Columns:
    """Lay some phases side by side, assess them, and put their marks back where they came from."""
    width = int(lengths[-1])
    if width and width == lengths[0] and bool((np.diff(begin) == width).all()):
        stretch = slice(int(begin[0]), int(begin[-1]) + width)
        found = assess(np.ascontiguousarray(column[stretch].reshape(-1, width).T))
        marks[stretch] = found.marks.T.reshape(-1)
        return found
    # Even a phase without points gets one row, so that the kernel always has a first value to look at.
    along = np.arange(max(1, width))
    inside = along < lengths[:, None]
    place = (begin[:, None] + along)[inside]
    laid = np.full(inside.shape, np.nan)
    laid[inside] = column[place]
    found = assess(np.ascontiguousarray(laid.T))
    marks[place] = found.marks.T[inside]
    return found

"""How a figure moves through the months: a usual level, the shifts that make a story, a season and chance."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sightline.demonstration.months import MONTHS

Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shift:
    """The level moves by ``by``: it begins ``began`` months before the last and is complete at ``full``."""

    by: float
    began: int
    full: int


@dataclass(frozen=True, slots=True)
class Course:
    """A usual level, what happened to it, how much chance there is, and how much worse winters are."""

    level: float
    chance: float
    shifts: tuple[Shift, ...] = ()
    winter: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One series: indicator, organisation, size of the denominator in a period, and its course."""

    indicator: str
    code: str
    people: float
    course: Course


@dataclass(frozen=True, slots=True)
class Chance:
    """Randomness that depends only on the seed and a name, so that adding one series changes no other."""

    seed: int

    def named(self, *words: str) -> np.random.Generator:
        """This function will give the generator that belongs to this name alone."""
        return np.random.default_rng([self.seed, crc32("|".join(words).encode())])


def expected(course: Course, last_month: int) -> Series:
    """This function will say what each month would be without chance, oldest first; a complete shift holds."""
    back = np.arange(MONTHS - 1, -1, -1, dtype=float)
    level = np.full(MONTHS, course.level)
    for shift in course.shifts:
        # A shift of one month is a step; a longer one is a slope that then holds.
        length = max(shift.began - shift.full, 0) + 1
        level += shift.by * np.clip((shift.began - back + 1) / length, 0.0, 1.0)
    calendar_month = (last_month - 1 - back) % 12
    return level + course.winter * np.cos(2 * np.pi * calendar_month / 12)


def drawn(course: Course, last_month: int, dice: np.random.Generator) -> Series:
    """This function will draw one history, oldest month first: what is expected, and chance."""
    return expected(course, last_month) + dice.normal(0.0, course.chance, MONTHS)

"""The rows that ``sightline funnel`` writes: from a funnel to the columns of the layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sightline.cli.funnel_layout import UnitSet
from sightline.cli.tables import figure
from sightline.core.statistics.funnels import UNIT_WORDS, Funnel, Overdispersion, UnitStatus
from sightline.core.statistics.scales import Floats


def set_columns(levels: dict[str, float]) -> list[str]:
    """This function will name the columns of sets.csv."""
    flags = [f"n_outlier_{how}_{_short(name)}" for how in ("od", "unadj") for name in reversed(levels)]
    return ["case_id", "set_id", "data_type", "sr_method", "trim_by", "status", "target", "phi", "tau2", *flags]


def unit_columns(levels: dict[str, float]) -> list[str]:
    """This function will name the columns of units.csv."""
    drawn = [f"{how}{side}{_short(name)}" for how in ("", "od_") for name in levels for side in ("ll", "ul")]
    flags = [f"outlier_{how}_{_short(name)}" for how in ("od", "unadj") for name in reversed(levels)]
    scores = ["ratio", "y_transformed", "z_unadjusted", "z_trimmed", "z_adjusted"]
    return ["case_id", "unit", *scores, *drawn, *flags, "q", "status"]


def _short(name: str) -> str:
    return name.replace(".", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in one set, ready to be written row by row."""

    one: UnitSet
    funnel: Funnel
    adjust: Overdispersion
    levels: dict[str, float]
    q: Floats

    @property
    def case_id(self) -> str:
        return f"{self.one.set_id}.{self.funnel.method}.{self.funnel.trim:g}"

    @property
    def od(self) -> Overdispersion | None:
        """The adjustment for the columns that allow for overdispersion; None leaves them empty."""
        return None if self.adjust is Overdispersion.NONE else self.adjust

    def count(self, name: str, how: Overdispersion | None) -> int | str:
        """How many units are outside their limits at one level."""
        return "" if how is None else int((self.funnel.outliers(self.levels[name], how) != 0).sum())

    def set_row(self) -> list[Any]:
        """The row of sets.csv."""
        found = self.funnel
        facts = [self.one.kind, found.method.value, f"{found.trim:g}", found.status.value]
        figures = [figure(number) for number in (found.target, found.phi, found.tau2)]
        counts = [self.count(name, how) for how in (self.od, Overdispersion.NONE) for name in reversed(self.levels)]
        return [self.case_id, self.one.set_id, *facts, *figures, *counts]

    def unit_rows(self) -> Iterator[list[Any]]:
        """Rows of units.csv."""
        found = self.funnel
        scores = (found.ratio, found.y, found.z, found.z_trimmed, found.z_scores(self.adjust))
        columns = [
            list(self.one.units),
            *([figure(number) for number in row.tolist()] for row in scores),
            *(limit for how in (Overdispersion.NONE, self.od) for limit in self._limits(how)),
            *(flags for how in (self.od, Overdispersion.NONE) for flags in self._flags(how)),
            [figure(number) for number in self.q.tolist()],
            [UNIT_WORDS[UnitStatus(code)] for code in found.unit_status.tolist()],
        ]
        return ([self.case_id, *cells] for cells in zip(*columns, strict=True))

    def _limits(self, how: Overdispersion | None) -> Iterator[list[str]]:
        for level in self.levels.values():
            if how is None:
                yield from ([""] * len(self.one.units),) * 2
                continue
            yield from ([figure(number) for number in side.tolist()] for side in self.funnel.limits(level, how))

    def _flags(self, how: Overdispersion | None) -> Iterator[list[Any]]:
        for level in reversed(self.levels.values()):
            outside = None if how is None else abs(self.funnel.outliers(level, how)).tolist()
            yield [""] * len(self.one.units) if outside is None else outside

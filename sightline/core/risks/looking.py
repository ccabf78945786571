"""What the self-checks look at: a register on a day with the rules that count, and what was noticed of its subjects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import product

from sightline.core.risks.beside import Beside
from sightline.core.risks.facts import RiskFacts, SubjectNow, Target, Window
from sightline.core.risks.scoring import Rated, rate
from sightline.core.rulebook.registers import Registers
from sightline.core.rulebook.risks import RiskAppetite, RiskCategory, RiskMatrix
from sightline.core.rulebook.selfchecks import CheckRule, RegisterChecks
from sightline.core.signals import Bearing, Dimension, Signal, row_of


@dataclass(frozen=True, slots=True)
class RiskRules:
    """The parts of the rulebook by which risks are judged, and the window of the clocks."""

    matrix: RiskMatrix
    appetite: RiskAppetite
    registers: Registers
    checks: RegisterChecks
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, slots=True)
class Found:
    """What a check can tell in the curly brackets of its sentence."""

    day: date | None = None
    count: int | None = None
    score: int | None = None
    limit: int | None = None
    band: str = ""
    register: str = ""
    severity: str = ""


@dataclass(frozen=True)
class Register:
    """Everything that is looked at: the risks that are checked, and those beside them that bear on the answer.

    ``risks`` are open and closed; ``own`` are the ids of those whose findings are asked for, None for all. ``signals``
    are what was noticed, by subject; ``dimensions`` gives the quality dimensions of each measure, so that a signal counts
    for the categories that it bears on. ``levels_by_rank`` are the levels, rising.
    """

    on: date
    rules: RiskRules
    risks: tuple[RiskFacts, ...]
    subjects: Mapping[str, SubjectNow] = field(default_factory=dict)
    signals: Mapping[str, tuple[Signal, ...]] = field(default_factory=dict)
    dimensions: Mapping[str, Collection[Dimension]] = field(default_factory=dict)
    levels_by_rank: tuple[str, ...] = ()
    own: Collection[str] | None = None
    laid: Beside | None = field(default=None, compare=False, repr=False)  # the risks by what they are about, if known

    @cached_property
    def near(self) -> Beside:
        """The risks by what they are about."""
        return self.laid if self.laid is not None else Beside.of(self.risks)

    def about_subject(self, subject: str) -> Iterable[RiskFacts]:
        """This function will give every risk about a subject."""
        return self.near.by_subject.get(subject, {}).values()

    @cached_property
    def _cells(self) -> Mapping[tuple[int, int], Rated]:
        """The 25 cells of the matrix, looked up once for however many risks."""
        pairs = product(range(1, 6), repeat=2)
        return {(one, other): rate(self.rules.matrix, Target(one, other)) for one, other in pairs}

    @cached_property
    def _categories(self) -> Mapping[str, RiskCategory]:
        return {one.id: one for one in self.rules.appetite.categories}

    def beside(self, risk: RiskFacts) -> tuple[RiskFacts, ...]:
        """This function will give the other risks that share a subject with one, each once."""
        return tuple({one.id: one for one in self.near.sharing(risk)}.values())

    def like(self, risk: RiskFacts) -> tuple[RiskFacts, ...]:
        """This function will give those of them that are of the same category, each once."""
        return tuple({one.id: one for one in self.near.like(risk)}.values())

    def may_be_back_from(self, risk: RiskFacts) -> tuple[RiskFacts, ...]:
        """This function will give those that a risk can have come back from: of its category, or followed by it."""
        followed = self.near.followed(risk)
        return (*self.like(risk), followed) if followed and followed.category != risk.category else self.like(risk)

    def about(self, risk: RiskFacts) -> tuple[SubjectNow, ...]:
        """This function will give what is known of the subjects of a risk."""
        return tuple([self.subjects.get(key) or SubjectNow(key) for key in risk.subjects])

    def levels(self, risk: RiskFacts) -> tuple[str, ...]:
        """This function will give the levels at which the subjects of a risk stand."""
        return tuple([one.level for one in self.about(risk) if one.level])

    def levels_that_weigh(self, risk: RiskFacts) -> tuple[str, ...]:
        """This function will give these where they can make a risk count as graver: one that is marked for it (RSK-06)."""
        return self.levels(risk) if risk.modifiers else ()

    def category(self, risk: RiskFacts) -> RiskCategory | None:
        """This function will find the category of a risk."""
        return self._categories.get(risk.category)

    def rated(self, risk: RiskFacts) -> Rated | None:
        """This function will look up where a risk stands, if it has a score."""
        now = risk.current
        return self._cells[now.likelihood, now.consequence] if now else None

    def target(self, risk: RiskFacts) -> int | None:
        """This function will look up the score that a risk aims for, if it has a target."""
        aim = risk.target
        return self._cells[aim.likelihood, aim.consequence].score if aim else None

    def roads_of_concern(self, risk: RiskFacts, *, since: date) -> int:
        """This function will count the independent sources whose reasons for concern still stood on a day or later."""
        return len({one.source for one in self._concerns_of(risk, since)})

    def roads_that_began(self, risk: RiskFacts, *, after: date) -> int:
        """This function will count the independent sources whose reasons for concern began after a day."""
        return len({one.source for one in self._concerns_of(risk, after) if one.since > after})

    def concerns(self, signals: Iterable[Signal], since: date) -> list[Signal]:
        """This function will keep the signals of concern that still stood on a day or later, up to the day looked from."""
        return [one for one in signals if one.bearing is Bearing.CONCERN and since <= one.until <= self.on]

    def _concerns_of(self, risk: RiskFacts, since: date) -> list[Signal]:
        category = self.category(risk)
        rows = {row_of(one) for one in category.dimensions} if category else set()
        given = [one for key in risk.subjects for one in self.signals.get(key, ())]
        return [one for one in self.concerns(given, since) if self._bears_on(one, rows)]

    def _bears_on(self, signal: Signal, rows: Collection[Dimension]) -> bool:
        """A measure of which no dimension is known counts: to leave it out would be to look away."""
        measured = {row_of(one) for one in self.dimensions.get(signal.measure, ())}
        return not rows or not measured or bool(measured & set(rows))


def days_ago(look: Register, rule: CheckRule) -> date:
    """This function will give the day so many days before, as a check counts them."""
    return look.on - timedelta(days=rule.days or 0)

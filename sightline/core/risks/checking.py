"""A register looks at itself: every check that is on, and what each found, in a sentence with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain, islice

from sightline.core.risks.beside import Change
from sightline.core.risks.checks import CLOSED, KEPT, WHOLE
from sightline.core.risks.facts import RiskFacts
from sightline.core.risks.looking import Found, Register
from sightline.core.rulebook.selfchecks import Check, CheckRule, Weight

Marks = Mapping[int, Found]  # what checks found of a risk, not yet in words, by the place of the check among the rules
Test = tuple[int, CheckRule, Callable[[RiskFacts, CheckRule, Register], Found | None]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: about a risk, or about a subject, or about the register where both are empty."""

    check: Check
    says: str
    weight: Weight
    cites: str
    risk: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Looked:
    """A register that was looked through: of each risk what was found, in the order of the risks, and of the whole.

    Sentences are made of what is asked for: a page shows a few findings of thousands.
    """

    look: Register
    marks: Mapping[str, Marks]
    whole: tuple[Finding, ...]
    many: Mapping[int, int]  # of how many risks something was found, by the place of the check

    @cached_property
    def counts(self) -> Mapping[Check, int]:
        """How much each check found; the checks in their order, and only those that found something."""
        counted = ((rule.id, self.many.get(place, 0)) for place, rule in enumerate(self.look.rules.checks.checks))
        found = {check: many + len(self._whole(check)) for check, many in counted}
        return {check: many for check, many in found.items() if many}

    def of(self, check: Check, first: int = 0, last: int | None = None) -> tuple[Finding, ...]:
        """This function will give what a check found, from one place to another."""
        places = (place for place, rule in enumerate(self.look.rules.checks.checks) if rule.id is check)
        some = [(rule, key) for rule in places for key in islice(self._marked(rule), first, last)]
        made = tuple(self._finding(rule, key) for rule, key in some)
        return made or self._whole(check)[first:last]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, in the order of the checks."""
        return tuple(one for check in self.counts for one in self.of(check))

    def _marked(self, place: int) -> Iterator[str]:
        """The risks of which a check found something; no further than the last of them."""
        every = (key for key, marks in self.marks.items() if place in marks)
        return islice(every, self.many.get(place, 0))

    def _finding(self, place: int, key: str) -> Finding:
        return _finding(key, self.look.rules.checks.checks[place], self.marks[key][place])

    def _whole(self, check: Check) -> tuple[Finding, ...]:
        return tuple(one for one in self.whole if one.check is check)


def check_register(look: Register) -> tuple[Finding, ...]:
    """This function will give everything that a register finds out about itself, in the order of the checks."""
    return look_through(look).findings


def check_risk(look: Register, risk: RiskFacts) -> tuple[Finding, ...]:
    """This function will give what the checks find of one risk, in the order of the checks."""
    rules, marks = look.rules.checks.checks, _marks(risk, look, *_tests(look))
    return tuple(_finding(risk.id, rules[place], found) for place, found in marks.items())


def look_through(look: Register) -> Looked:
    """This function will look through a whole register."""
    kept, closed = _tests(look)
    own = look.own
    marks = {one.id: _marks(one, look, kept, closed) for one in look.risks if own is None or one.id in own}
    many = Counter(chain.from_iterable(marks.values()))
    return Looked(look, marks, tuple(_of_register(look)), many)


def look_again(before: Looked, look: Register) -> Looked:
    """This function will look at a register again: at what changed since, and at what stands beside that.

    It finds what a look through all of it would find: a check of one risk looks at the risk, at what is known of its
    subjects, and at other risks about these. On another day or by other rules everything is looked through.
    """
    was = before.look
    if (was.on, was.rules, was.dimensions, was.levels_by_rank) != (
        look.on, look.rules, look.dimensions, look.levels_by_rank
    ):  # fmt: skip
        return look_through(look)
    changes = _changes(was, look)
    look = replace(look, laid=was.near.after(changes))
    stale = _stale(was, look, changes)
    kept, closed = _tests(look)
    own, old = look.own, before.marks
    marks = {
        one.id: old[one.id] if one.id in old and one.id not in stale else _marks(one, look, kept, closed)
        for one in look.risks
        if own is None or one.id in own
    }
    return Looked(look, marks, tuple(_of_register(look)), _many(before, marks))


def _many(before: Looked, marks: Mapping[str, Marks]) -> Mapping[int, int]:
    """Counted again by what is not the same any more."""
    many, old = Counter(before.many), before.marks
    for key, some in marks.items():
        if (was := old.get(key)) is not some:
            many.update(some.keys())
            many.subtract((was or {}).keys())
    for key in old.keys() - marks.keys():
        many.subtract(old[key].keys())
    return many


def say(rule: CheckRule, found: Found) -> str:
    """This function will fill in the sentence of a check with what it found."""
    return rule.finds.format(
        days=rule.days,
        months=rule.months,
        at_least=rule.at_least,
        day=_day(found.day),
        count=found.count,
        score=found.score,
        limit=found.limit,
        band=found.band,
        register=found.register,
        severity=found.severity,
    )


def _tests(look: Register) -> tuple[tuple[Test, ...], tuple[Test, ...]]:
    """The checks of one risk that are on, for those that are kept and for those that were closed."""
    on = [(place, rule) for place, rule in enumerate(look.rules.checks.checks) if rule.is_on]
    kept, closed = (tuple((at, one, tests[one.id]) for at, one in on if one.id in tests) for tests in (KEPT, CLOSED))
    return kept, closed


def _marks(risk: RiskFacts, look: Register, kept: tuple[Test, ...], closed: tuple[Test, ...]) -> Marks:
    tests = closed if risk.is_closed else kept
    return {place: found for place, rule, test in tests if (found := test(risk, rule, look)) is not None}


def _changes(was: Register, look: Register) -> list[Change]:
    """The risks that are not what they were, or came, or went."""
    old, new = ({one.id: one for one in some.risks} for some in (was, look))
    changed = [(old.get(key), one) for key, one in new.items() if (before := old.get(key)) is not one and before != one]
    return [*changed, *((one, None) for key, one in old.items() if key not in new)]


def _stale(was: Register, look: Register, changes: Collection[Change]) -> set[str]:
    """The ids of the risks of which something else may be found now than before."""
    told = [one for pair in changes for one in pair if one is not None]
    moved = {one.id for one in told}
    stale = set(moved)
    for one in told:
        stale.update(beside.id for some in (was.near, look.near) for beside in some.like(one))
        stale.update(beside.id for beside in look.near.sharing(one) if beside.follows in moved)
    for old, new in ((was.subjects, look.subjects), (was.signals, look.signals)):
        for subject in old.keys() | new.keys():
            if (before := old.get(subject)) is not (now := new.get(subject)) and before != now:
                stale.update(look.near.by_subject.get(subject, {}))
    return stale


def _of_register(look: Register) -> Iterator[Finding]:
    for rule in look.rules.checks.checks:
        if rule.is_on and rule.id in WHOLE:
            for subject, found in WHOLE[rule.id](rule, look):
                yield Finding(rule.id, say(rule, found), rule.weight, rule.cites, subject=subject)


def _finding(risk: str, rule: CheckRule, found: Found) -> Finding:
    return Finding(rule.id, say(rule, found), rule.weight, rule.cites, risk=risk)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""

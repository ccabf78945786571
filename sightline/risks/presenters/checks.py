"""What a register finds out about itself, in words: by check, each finding a sentence with what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.core.risks import Finding
from sightline.core.rulebook.selfchecks import Check, CheckRule, RegisterChecks, Weight
from sightline.risks.queries.checks import Checked, Named
from sightline.web.environment import link

FIRST = 5  # findings of each check on the first page; the rest have a page of their own
A_PAGE = 100
WEIGHT: Mapping[Weight, tuple[str, str]] = {
    Weight.MEND_NOW: ("Mend now", "nhsuk-tag--red"),
    Weight.MEND_SOON: ("Mend soon", "nhsuk-tag--orange"),
    Weight.LOOK_AT: ("Look at it", "nhsuk-tag--grey"),
}
REGISTER = "The register"
HEADER = ("Check", "Weight", "About", "What was found and what to do", "Source")


@dataclass(frozen=True, slots=True)
class Shown:
    """The findings of one check that a page shows, and how many there are in all."""

    rule: CheckRule
    findings: tuple[Finding, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: what it is about, and what to do."""

    about: str
    href: str
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """One check with what it found."""

    id: str
    name: str
    weight: tuple[str, str]
    cites: str
    lines: tuple[Line, ...]
    total: int
    more: int


def shown(found: Checked, rules: RegisterChecks, chosen: Check | None, page: int) -> list[Shown]:
    """This function will choose the findings of one page: the first of each check, or a page of the one that was chosen."""
    order = list(Weight)
    counts = {check: many for check, many in found.counts.items() if chosen in {None, check}}
    first = 0 if chosen is None else (page - 1) * A_PAGE
    last = FIRST if chosen is None else first + A_PAGE
    made = [Shown(rules.rule(check), found.of(check, first, last), many) for check, many in counts.items()]
    return sorted(made, key=lambda one: order.index(one.rule.weight))


def groups(some: Sequence[Shown], named: Named) -> list[Group]:
    """This function will put findings into words, those to be mended first on top."""
    return [
        Group(
            id=one.rule.id.value,
            name=one.rule.name,
            weight=WEIGHT[one.rule.weight],
            cites=one.rule.cites,
            lines=tuple(_line(finding, named) for finding in one.findings),
            total=one.total,
            more=one.total - len(one.findings),
        )
        for one in some
    ]


def pages(found: Checked, chosen: Check | None) -> int:
    """This function will say over how many pages the findings of one check go."""
    return max(1, -(-found.counts.get(chosen, 0) // A_PAGE)) if chosen else 1


def weights(found: Checked, rules: RegisterChecks) -> list[tuple[str, str, int]]:
    """This function will count findings by what they ask for, in words."""
    counts = found.counts
    return [
        (*WEIGHT[one], sum(counts.get(rule.id, 0) for rule in rules.checks if rule.weight is one)) for one in Weight
    ]


def switched_off(rules: RegisterChecks) -> tuple[str, ...]:
    """This function will name the checks that the house has switched off: they stay in sight."""
    return tuple(one.name for one in rules.checks if not one.is_on)


def file_rows(found: Checked, rules: RegisterChecks, named: Named, heading: str) -> list[tuple[str, ...]]:
    """This function will write all findings as rows of a file, with what they are on top."""
    made: list[tuple[str, ...]] = [(heading,), HEADER]
    for one in found.findings:
        line = _line(one, named)
        made.append((rules.rule(one.check).name, WEIGHT[one.weight][0], line.about, line.says, one.cites))
    return made


def _line(one: Finding, named: Named) -> Line:
    if one.risk:
        return Line(named.risks.get(one.risk, "A risk"), link("risk", one.risk), one.says)
    if one.subject:
        return Line(named.subjects.get(one.subject, "A subject"), link("subject", one.subject), one.says)
    return Line(REGISTER, link("rules"), one.says)

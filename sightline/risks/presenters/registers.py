"""Registers in words: which there are, one as a table, what its filters offer, and the same as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from sightline.core.risks import Direction, Movement, RiskFacts, RiskRules, Score, Status, Target, movement, rate
from sightline.core.rulebook.risks import Colour, RiskMatrix, ScoreBand
from sightline.risks.queries.asked import ME, NOBODY, UNLISTED, Asked, Show, Sort
from sightline.risks.queries.ledgers import Cell, Ledger, LedgerCount
from sightline.risks.queries.registers import Line
from sightline.web.environment import link
from sightline.web.wording import day, plural

BAND_TAG: Mapping[Colour, str] = {
    Colour.GREEN: "nhsuk-tag--green",
    Colour.YELLOW: "nhsuk-tag--yellow",
    Colour.AMBER: "nhsuk-tag--orange",
    Colour.RED: "nhsuk-tag--red",
}
ARROW: Mapping[Direction, tuple[str, str]] = {
    Direction.RISEN: ("↑", "Risen"),
    Direction.FALLEN: ("↓", "Fallen"),
    Direction.UNCHANGED: ("→", "Unchanged"),
    Direction.NEW: ("+", "New"),
}
SHOWS = (
    (Show.ACCEPTED.value, "Accepted as they are"),
    (Show.CLOSED.value, "Closed"),
    (Show.ALL.value, "Open and closed"),
)
SORTS = ((Sort.REVIEW.value, "Review due first"), (Sort.OPENED.value, "Newest first"), (Sort.TITLE.value, "By title"))
MOVED_IN = timedelta(days=92)  # over so long a register says how a risk moved
STATUS = {Status.ACCEPTED: "Accepted", Status.CLOSED: "Closed"}
NOT_SCORED = "Not scored"
HEADER = (
    "Number", "Title", "About", "Level", "Category", "Severity", "Owner", "Accountable", "At the start", "Band at the start",
    "Now", "Band now", "Target", "Band of the target", "Movement", "Review due", "Standing", "Opened on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rating:
    """A score with its band in words, and the tag in which it is shown; all empty where there is none."""

    score: str = ""
    band: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """One subject of a risk, with its level as far as the reader may know it."""

    name: str
    href: str
    level: str


@dataclass(frozen=True, slots=True)
class Row:
    """One risk of a register, in words."""

    number: str
    title: str
    href: str
    about: tuple[About, ...]
    category: str
    severity: str
    owner: str
    accountable: str
    initial: Rating
    current: Rating
    target: Rating
    arrow: str
    moved: str
    review: str
    is_overdue: bool
    standing: str
    opened: str


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many open risks are in one band."""

    name: str
    tag: str
    many: int
    href: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One register of the list of registers."""

    name: str
    of: str
    href: str
    open: int
    bands: tuple[BandCount, ...]
    unscored: int
    checks: str
    found: str


def name_of(ledger: Ledger, rules: RiskRules) -> str:
    """This function will name a register by its tier."""
    return rules.registers.tier(ledger.tier).name


def ledger_lines(found: Iterable[LedgerCount], rules: RiskRules, findings: Mapping[Ledger, int]) -> list[LedgerLine]:
    """This function will say of each register how many risks stand there by band, and what it finds out about itself."""
    return [
        LedgerLine(
            name=name_of(one.ledger, rules),
            of=one.ledger.body.name,
            href=address_of(one.ledger),
            open=one.open,
            bands=band_counts(one.by_cell, rules.matrix, address_of(one.ledger)),
            unscored=one.by_cell.get(None, 0),
            checks=reverse("register_checks", args=[one.ledger.tier.value, one.ledger.body.pk]),
            found=_found(findings.get(one.ledger)),
        )
        for one in found
    ]


def _found(many: int | None) -> str:
    if many is None:
        return "Look at the self-checks"
    return f"{plural(many, 'finding')} of the self-checks" if many else "The self-checks find nothing"


def band_counts(by_cell: Mapping[Cell | None, int], matrix: RiskMatrix, href: str) -> tuple[BandCount, ...]:
    """This function will count risks by band, the highest first."""
    counted = dict.fromkeys((one.id for one in matrix.bands), 0)
    for cell, many in by_cell.items():
        if cell is not None:
            counted[band_of(matrix, cell).id] += many
    return tuple(
        BandCount(one.name, BAND_TAG[one.colour], counted[one.id], f"{href}?{urlencode({'band': one.id})}")
        for one in reversed(matrix.bands)
    )


def band_of(matrix: RiskMatrix, cell: Cell) -> ScoreBand:
    """This function will look up the band of a cell."""
    return rate(matrix, Target(*cell)).band


def rating(matrix: RiskMatrix, given: Score | Target | None) -> Rating:
    """This function will put a score into words; its band stands in words too, never in colour alone."""
    if given is None:
        return Rating()
    found = rate(matrix, given)
    return Rating(str(found.score), found.band.name, BAND_TAG[found.band.colour])


def rows(lines: Iterable[Line], rules: RiskRules, on: date) -> list[Row]:
    """This function will put the risks of a register into words, as they stood on a day."""
    return [_row(one, rules, on) for one in lines]


def _row(line: Line, rules: RiskRules, on: date) -> Row:
    one, matrix = line.facts, rules.matrix
    moved = movement(matrix, one.scores, on - MOVED_IN, on)
    arrow, word = ARROW[moved.direction] if moved else ("", "")
    category = rules.appetite.category(one.category)
    return Row(
        number=line.reference,
        title=one.title,
        href=link("risk", line.risk),
        about=tuple(About(s.name, link("subject", s.pk), line.levels.get(s.pk, "")) for s in line.subjects),
        category=category.name if category else one.category,
        severity=rules.registers.severity(one.severity).name,
        owner=one.owner.name if one.owner else "",
        accountable=one.accountable.name if one.accountable else "",
        initial=rating(matrix, one.initial),
        current=rating(matrix, one.current),
        target=rating(matrix, one.target),
        arrow=arrow,
        moved=f"{word}{_from(moved)}",
        review=day(one.review_on),
        is_overdue=_is_overdue(one, on),
        standing=STATUS.get(one.status, ""),
        opened=day(one.opened_on),
    )


def _from(moved: Movement | None) -> str:
    return f" from {moved.before.score}" if moved and moved.before and moved.before.score != moved.after.score else ""


def _is_overdue(one: RiskFacts, on: date) -> bool:
    return one.review_on is not None and one.review_on < on and not one.is_closed


def file_rows(found: Iterable[Row]) -> list[tuple[str, ...]]:
    """This function will write a register as rows of a file, its header first."""
    return [HEADER, *(_file_row(one) for one in found)]


def _file_row(one: Row) -> tuple[str, ...]:
    scores = [cell for rated in (one.initial, one.current, one.target) for cell in (rated.score, rated.band)]
    return (
        one.number,
        one.title,
        "; ".join(about.name for about in one.about),
        "; ".join(about.level for about in one.about if about.level),
        one.category,
        one.severity,
        one.owner,
        one.accountable,
        *scores,
        one.moved,
        one.review,
        one.standing or "Open",
        one.opened,
    )


def filters(rules: RiskRules, owners: Sequence[tuple[str, str]]) -> dict[str, object]:
    """This function will give what the filters of a register offer."""
    some = [(ME, "You"), (NOBODY, "Nobody"), (UNLISTED, "Somebody without an account here"), *owners]
    return {
        "bands": [(one.id, one.name) for one in reversed(rules.matrix.bands)],
        "categories": [(one.id, one.name) for one in rules.appetite.categories],
        "severities": [(one.id.value, one.name) for one in rules.registers.severities],
        "owners": some,
        "shows": SHOWS,
        "sorts": SORTS,
    }


def left_out(asked: Asked, rules: RiskRules, owners: Sequence[tuple[str, str]]) -> str:
    """This function will say which filters stand, so that nobody takes a part of a register for all of it."""
    offered = filters(rules, owners)
    said = [
        _chosen("band", offered["bands"], asked.band),
        _chosen("category", offered["categories"], asked.category),
        _chosen("severity", offered["severities"], asked.severity),
        _chosen("owned by", offered["owners"], asked.owner),
        "review overdue" if asked.overdue else "",
        "above tolerance" if asked.above else "",
        {Show.ACCEPTED: "accepted as they are", Show.CLOSED: "closed"}.get(asked.show, ""),
    ]
    only = ", ".join(filter(None, said))
    return f"Only these: {only}. Others are left out." if only else ""


def _chosen(what: str, offered: object, value: str) -> str:
    names = dict(offered) if isinstance(offered, list) else {}
    return f"{what} “{names.get(value, value)}”" if value else ""


def address_of(ledger: Ledger) -> str:
    """This function will give the address of a register."""
    return reverse("register", args=[ledger.tier.value, ledger.body.pk])


def question(asked: Asked) -> str:
    """This function will write what a register is asked for as the part of an address after its question mark."""
    told = {
        "band": asked.band,
        "category": asked.category,
        "severity": asked.severity,
        "owner": asked.owner,
        "show": asked.show.value,
        "overdue": "yes" if asked.overdue else "",
        "above": "yes" if asked.above else "",
        "sort": asked.sort.value if asked.sort is not Sort.SCORE else "",
        "as_of": asked.as_of.isoformat() if asked.as_of else "",
    }
    return urlencode({name: value for name, value in told.items() if value})

"""One page of a register: its risks as they stand, or as they stood on an earlier day (RSK-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast

from sightline.accounts.models import Person
from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor
from sightline.core.risks import RiskFacts, RiskRules, Status
from sightline.directory.models import Subject
from sightline.risks.models import RegisterLine, Risk, RiskSubject
from sightline.risks.queries.asked import ME, NOBODY, UNLISTED, Asked, Show, Sort
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.ledgers import Cell, Ledger, cells_of, lines_on, standing
from sightline.risks.queries.levels import levels_for
from sightline.risks.words import WRITTEN_BY
from sightline.surveillance.queries import guidance_for

A_PAGE = 50
EVERYTHING = 100_000  # risks in one file
AT_ONCE = 5_000  # a database takes only so many ids in one question
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Line:
    """One risk of a register as it stood on the day."""

    risk: UUID
    facts: RiskFacts
    reference: str
    subjects: tuple[Subject, ...]
    levels: Mapping[UUID, str]  # by subject, as far as the reader may know them


def page_of(
    actor: Actor, on: date, ledger: Ledger, asked: Asked, rules: RiskRules, page: int, size: int = A_PAGE
) -> tuple[list[Line], int]:
    """This function will give one page of a register, and how many risks fit what is asked for."""
    first = (page - 1) * size
    then = asked.as_of if asked.as_of is not None and asked.as_of < on else None
    found = _found(actor, on, ledger, asked, rules, then)
    if asked.sort is Sort.TITLE and then is None:
        keys, many = _page_by_title(found, ledger, first, size)
    else:
        keys = list(_in_order(found, asked.sort).values_list("risk", flat=True)[first : first + size])
        many = found.count()
    return lines_of(actor, on, ledger, keys, then or on), many


def _page_by_title(found: QuerySet[RegisterLine], ledger: Ledger, first: int, size: int) -> tuple[list[UUID], int]:
    """A page of those that were found, and how many they are: the order of all is kept, and titles are not read again."""
    fits = set(_keyed(found.order_by()))
    page = islice((key for key in _by_title(ledger) if key in fits), first, first + size)
    return [UUID(key) for key in page], len(fits)


def _as_it_is(kept: tuple[str, ...], risks: Sequence[str], ledger: Ledger) -> tuple[str, ...]:
    return kept


# What neither names a risk nor puts it on a register, nor takes it off; after anything else they are ordered anew.
ORDER_STAYS = (
    "score_risk", "accept_risk", "review_risk", "close_risk", "link_risk", "add_measure", "step_measure", "open_look_back",
    "record_finding", "finish_look_back", "tell_of_risk_reviews",
)  # fmt: skip


@until_changed_by(*WRITTEN_BY, mends={f"risks.{name}": _as_it_is for name in ORDER_STAYS})
def _by_title(ledger: Ledger) -> tuple[str, ...]:
    """All that stands on a register, whoever reads it, in the order in which the database puts its titles."""
    lines = RegisterLine.objects.filter(tier=ledger.tier.value, body=ledger.body.pk).on_day(None)
    return tuple(_keyed(_in_order(lines, Sort.TITLE)))


def _keyed(lines: QuerySet[RegisterLine]) -> Iterable[str]:
    return lines.annotate(key=Cast("risk", CharField())).values_list("key", flat=True)


def lines_of(actor: Actor, on: date, ledger: Ledger, keys: Sequence[UUID], day: date) -> list[Line]:
    """This function will read risks in their order as they stood on a day, in as many queries for one as for thousands."""
    parts = (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
    return [line for some in parts for line in _lines(actor, on, ledger, some, day)]


def _lines(actor: Actor, on: date, ledger: Ledger, keys: Sequence[UUID], day: date) -> list[Line]:
    known_on = day if day < on else None
    risks = Risk.objects.in_bulk(keys)
    facts = facts_of([risks[key] for key in keys], day, known_on)
    places = standing(ledger, day, known_on).filter(risk__in=keys).order_by("since", "pk")
    references = dict(places.values_list("risk", "reference"))
    subjects = subjects_of(keys)
    guidance, about = guidance_for(ledger.body.code, day), {one.pk for some in subjects.values() for one in some}
    levels = levels_for(actor, on, about, guidance, day, known_on)
    return [
        Line(
            key,
            facts[key],
            references.get(key, ""),
            subjects.get(key, ()),
            {one.pk: levels[one.pk] for one in subjects.get(key, ()) if one.pk in levels},
        )
        for key in keys
        if key in facts
    ]


def subjects_of(keys: Iterable[UUID]) -> dict[UUID, tuple[Subject, ...]]:
    """This function will give the subjects of risks, by risk."""
    rows = RiskSubject.objects.filter(risk__in=list(keys)).select_related("subject").order_by("subject__name", "pk")
    found: dict[UUID, tuple[Subject, ...]] = {}
    for row in rows:
        found[row.risk_id] = (*found.get(row.risk_id, ()), row.subject)
    return found


def owners_on(actor: Actor, on: date, ledger: Ledger) -> list[tuple[str, str]]:
    """This function will list who owns something open on a register and has an account, by name."""
    held = lines_on(actor, on, ledger).exclude(status=Status.CLOSED.value).filter(owner__isnull=False)
    people = Person.objects.filter(pk__in=held.order_by().values("owner").distinct())
    return [(str(key), name) for key, name in people.order_by("display_name", "pk").values_list("pk", "display_name")]


def earliest_day(actor: Actor, on: date, ledger: Ledger) -> date | None:
    """This function will give the day of the first risk on a register: before it there is nothing to look back at."""
    rows = RegisterLine.objects.visible_to(actor, on).filter(tier=ledger.tier.value, body=ledger.body.pk)
    return rows.order_by("since").values_list("since", flat=True).first()


def _found(
    actor: Actor, on: date, ledger: Ledger, asked: Asked, rules: RiskRules, then: date | None
) -> QuerySet[RegisterLine]:
    found = lines_on(actor, on, ledger, then)
    plain = {"category": asked.category, "severity": asked.severity}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    match asked.show:
        case Show.OPEN:
            found = found.exclude(status=Status.CLOSED.value)
        case Show.ACCEPTED | Show.CLOSED:
            found = found.filter(status=asked.show.value)
    if asked.band:
        found = found.filter(_in_cells(cells_of(rules.matrix, band=asked.band)))
    if asked.above:
        found = found.filter(_above_tolerance(rules))
    if asked.overdue:
        found = found.filter(review_on__lt=then or on).exclude(status=Status.CLOSED.value)
    return found.filter(_owned_by(actor, asked.owner)) if asked.owner else found


def _in_cells(cells: Iterable[Cell]) -> Q:
    found = NOTHING
    by_likelihood: dict[int, list[int]] = {}
    for likelihood, consequence in cells:
        by_likelihood.setdefault(likelihood, []).append(consequence)
    for likelihood, some in by_likelihood.items():
        found |= Q(likelihood=likelihood, consequence__in=some)
    return found


def _above_tolerance(rules: RiskRules) -> Q:
    """A score that equals its tolerance is tolerated (RSK-04)."""
    found = NOTHING
    for one in rules.appetite.categories:
        found |= Q(category=one.id) & _in_cells(cells_of(rules.matrix, above=one.tolerance))
    return found


def _owned_by(actor: Actor, owner: str) -> Q:
    none = Q(owner=None)
    if owner == ME:
        return Q(owner=actor.pk) if isinstance(actor, Person) else NOTHING
    if owner == NOBODY:
        return none & Q(statement__owner_name="")
    if owner == UNLISTED:
        return none & ~Q(statement__owner_name="")
    try:
        return Q(owner=UUID(owner))
    except ValueError:
        return NOTHING


def _in_order(found: QuerySet[RegisterLine], sort: Sort) -> QuerySet[RegisterLine]:
    match sort:
        case Sort.SCORE:
            return found.order_by("-score", "opened_on", "risk")
        case Sort.REVIEW:
            return found.order_by(F("review_on").asc(nulls_first=True), "-score", "risk")
        case Sort.OPENED:
            return found.order_by("-opened_on", "-score", "risk")
        case Sort.TITLE:
            return found.order_by("statement__title", "risk")

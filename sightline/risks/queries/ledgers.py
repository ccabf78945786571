"""Which registers there are, which risks stand on one, and the rules by which they are judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sightline.core.access import Actor
from sightline.core.risks import Status
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.risks import RiskMatrix
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.groups.viewers import viewer_of
from sightline.risks.models import Place, RegisterLine, RegisterLineQuerySet, Risk
from sightline.risks.models.risks import HIGHER, regions_of
from sightline.risks.queries.rows import day_after

# Which bodies keep a register of a tier. One that holds a risk is there in any case, whatever kind its body is of.
KEEPERS: Mapping[Tier, tuple[Kind, ...]] = {
    Tier.PLACE: (Kind.SUB_ICB, Kind.LOCAL_AUTHORITY),
    Tier.SYSTEM: (Kind.ICB,),
    Tier.ICB: (Kind.ICB,),
    Tier.REGION: (Kind.REGION,),
    Tier.NATION: (Kind.NATION, Kind.NHS_ENGLAND),
}
Cell = tuple[int, int]  # likelihood and consequence


@dataclass(frozen=True, slots=True)
class Ledger:
    """One register: at which tier, and of whom."""

    tier: Tier
    body: Organisation


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """One register with how many open risks stand on it, by likelihood and consequence; None for those without a score."""

    ledger: Ledger
    open: int
    by_cell: Mapping[Cell | None, int]


def one_ledger(actor: Actor, on: date, tier: str, body: UUID) -> Ledger | None:
    """This function will give a register that there is: its body keeps one of this tier, or a risk of theirs stands there.

    An empty register looks the same whether nothing stands on it or nothing that the reader may see.
    """
    try:
        asked = Tier(tier)
    except ValueError:
        return None
    found = Organisation.objects.filter(pk=body).first()
    if found is None:
        return None
    if found.kind in KEEPERS[asked]:
        return Ledger(asked, found)
    seen = Place.objects.filter(body=found, tier=asked.value, risk__in=Risk.objects.visible_to(actor, on))
    return Ledger(asked, found) if seen.exists() else None


def ledgers_of(actor: Actor, on: date) -> list[LedgerCount]:
    """This function will list the registers that concern the reader, with their open risks by score (RSK-01).

    That is every register on which something stands that they may see, and those of their own systems and regions.
    """
    counted = _counted(actor, on)
    own = _own(actor, on)
    keys = {*counted, *own}
    bodies = Organisation.objects.in_bulk({body for _, body in keys})
    order = {tier: place for place, tier in enumerate(Tier)}
    found = [
        LedgerCount(Ledger(tier, bodies[body]), sum(counted[tier, body].values()), counted[tier, body])
        for tier, body in keys
    ]
    return sorted(found, key=lambda one: (order[one.ledger.tier], one.ledger.body.name, one.ledger.body.code))


def lines_on(actor: Actor, on: date, ledger: Ledger, day: date | None = None) -> RegisterLineQuerySet:
    """This function will give the lines of a register that the reader may see, as they stand or stood on an earlier day."""
    found = RegisterLine.objects.filter(tier=ledger.tier.value, body=ledger.body.pk).on_day(day)
    is_theirs = ledger.tier in HIGHER and ledger.body.code in regions_of(actor, on)
    return found.visible_to(actor, on, is_theirs=is_theirs)


def standing(ledger: Ledger, day: date, known_on: date | None = None) -> QuerySet[Place]:
    """This function will give the rows by which risks stand on a register on a day, as far as they were recorded by then."""
    found = Place.objects.filter(tier=ledger.tier.value, body=ledger.body.pk, since__lte=day).order_by()
    ended = Q(ending__ended_on__lte=day)
    if known_on is not None:
        found = found.filter(recorded_at__lt=day_after(known_on))
        ended &= Q(ending__recorded_at__lt=day_after(known_on))
    return found.exclude(ended)


def hidden_on(actor: Actor, on: date, ledger: Ledger) -> frozenset[UUID]:
    """This function will give the risks of a register that the reader may not see, so that what is kept leaves them out.

    It is never shown: two readers who see the same share what was worked out.
    """
    ever = Place.objects.filter(tier=ledger.tier.value, body=ledger.body.pk, risk=OuterRef("pk"))
    rows = Risk.objects.hidden_from(actor, on).filter(Exists(ever))
    return frozenset(rows.order_by().values_list("pk", flat=True))


def cells_of(matrix: RiskMatrix, *, band: str = "", above: int = 0) -> frozenset[Cell]:
    """This function will give the cells of the matrix in a band, or with a score above a number."""
    return frozenset(
        (row.value, step + 1)
        for row in matrix.likelihood
        for step in range(5)
        if row.scores[step] > above and band in {"", row.bands[step]}
    )


def scores_of(matrix: RiskMatrix) -> dict[Cell, int]:
    """This function will give the score of each cell of the matrix."""
    return {(row.value, step + 1): row.scores[step] for row in matrix.likelihood for step in range(5)}


def _counted(actor: Actor, on: date) -> defaultdict[tuple[Tier, UUID], dict[Cell | None, int]]:
    holds = RegisterLine.objects.on_day(None).visible_to(actor, on).exclude(status=Status.CLOSED.value)
    found: defaultdict[tuple[Tier, UUID], dict[Cell | None, int]] = defaultdict(dict)
    cells = holds.order_by().values_list("tier", "body", "likelihood", "consequence")
    rows = cells.annotate(many=Count("pk"))
    for tier, body, likelihood, consequence, many in rows:
        cell = (likelihood, consequence) if likelihood and consequence else None
        found[Tier(tier), body][cell] = many
    return found


def _own(actor: Actor, on: date) -> set[tuple[Tier, UUID]]:
    viewer = viewer_of(actor, on)
    systems = {settings.HOME_SYSTEM} if viewer.systems is None else set(viewer.systems)
    codes: dict[str, Iterable[Tier]] = dict.fromkeys(regions_of(actor, on), (Tier.REGION,))
    if viewer.hears:
        codes |= dict.fromkeys(systems - {""}, (Tier.SYSTEM, Tier.ICB))
    rows = Organisation.objects.filter(code__in=codes).values_list("pk", "code", "kind")
    return {(tier, pk) for pk, code, kind in rows for tier in codes[code] if kind in KEEPERS[tier]}

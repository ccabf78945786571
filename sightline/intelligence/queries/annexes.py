"""Reads of annexes: that one exists, who may open it, and who has; never of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from sightline.accounts.queries import colleagues, names_of
from sightline.audit.models import Event
from sightline.core.access import Actor, Handling, Permission, Told, may, may_read
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Annex, AnnexOpening, AnnexReader, Item

OPENED, GONE = "intelligence.open_annex", "somebody who left"


@dataclass(frozen=True, slots=True)
class Opened:
    """That somebody opened an annex: who, when and why; ``because`` is empty where only the event log tells of it."""

    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Listed:
    """From when to when somebody stood on the list of an annex's readers."""

    who: str
    since: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """An annex without a word of it. ``readers`` and ``listed`` are for those who keep the record.

    ``openings`` are for them, for who may open it too, and for the auditor: whoever answers for it sees who read it.
    """

    annex: Annex
    may_open: bool
    readers: tuple[str, ...] = ()
    openings: tuple[Opened, ...] = ()
    listed: tuple[Listed, ...] = ()
    may_keep: bool = False


def facts_to_keep(annex: Annex, on: date) -> AnnexFacts:
    """This function will give what a keeper knows of an annex: who may open it, who could once, and who has."""
    return _kept(annex, on, may_open=False)


def annexes_to_open(actor: Actor, on: date) -> QuerySet[Annex]:
    """This function will give the annexes that the actor may open: by name alone, and never with an interest (PER-11).

    An interest closes it to everybody, those among them whom no role lets hear.
    """
    named = AnnexReader.objects.in_force(on).filter(actor_id=actor.actor_id or "-").values("annex")
    found = Annex.objects.filter(pk__in=named)
    if conflicts := conflicts_of(actor, on):
        found = found.exclude(item__in=About.objects.filter(subject__in=conflicts).values("item"))
    return found.select_related("item").order_by("-recorded_at", "pk")


def one_to_open(actor: Actor, on: date, annex_id: UUID) -> Annex | None:
    """This function will give an annex that the actor may open."""
    return annexes_to_open(actor, on).filter(pk=annex_id).first()


def one_to_keep(actor: Actor, on: date, annex_id: UUID) -> Annex | None:
    """This function will give an annex of an item that the actor hears and whose record they keep."""
    found = Annex.objects.filter(pk=annex_id).select_related("item").first()
    if found is None or not viewer_of(actor, on).keeps_record_of(found.item.system):
        return None
    return found if Item.objects.heard_by(viewer_of(actor, on)).filter(pk=found.item_id).exists() else None


def one_to_watch(actor: Actor, on: date, annex_id: UUID) -> AnnexFacts | None:
    """This function will give an annex whose openings the actor may see: its readers, its keepers, and the auditor.

    The auditor hears the item too: an interest, another system or a list of readers closes it to them as to others.
    """
    found = Annex.objects.filter(pk=annex_id).select_related("item").first()
    if found is None:
        return None
    viewer = viewer_of(actor, on)
    opens = annexes_to_open(actor, on).filter(pk=found.pk).exists()
    hears = Item.objects.heard_by(viewer).filter(pk=found.item_id).exists()
    keeps = hears and viewer.keeps_record_of(found.item.system)
    audits = hears and bool(may(actor, Permission.READ_AUDIT, on))
    if not (opens or keeps or audits):
        return None
    return AnnexFacts(found, opens, openings=openings_of(found), may_keep=keeps)


def annexes_watched(actor: Actor, on: date) -> list[AnnexFacts]:
    """This function will give the annexes of items that the auditor hears, those opened last first; to others none."""
    if not may(actor, Permission.READ_AUDIT, on):
        return []
    heard = Item.objects.heard_by(viewer_of(actor, on)).order_by().values("pk")
    last = AnnexOpening.objects.filter(annex=OuterRef("pk")).order_by("-recorded_at").values("recorded_at")[:1]
    found = Annex.objects.filter(item__in=heard).annotate(last=Subquery(last)).select_related("item")
    return [AnnexFacts(one, False) for one in found.order_by(F("last").desc(nulls_last=True), "-recorded_at", "pk")]


def annexes_of(actor: Actor, on: date, item: Item, keeps: bool) -> tuple[AnnexFacts, ...]:
    """This function will give the annexes of an item: to its keepers all, to others those that they may open."""
    opening = set(annexes_to_open(actor, on).filter(item=item).values_list("pk", flat=True))
    all_of_it = Annex.objects.filter(item=item).order_by("recorded_at", "pk")
    if not keeps:
        return tuple(AnnexFacts(one, True) for one in all_of_it.filter(pk__in=opening))
    return tuple(_kept(one, on, may_open=one.pk in opening) for one in all_of_it)


def openings_of(annex: Annex) -> tuple[Opened, ...]:
    """This function will tell of every opening, the newest first; before reasons were kept, the event log alone does."""
    rows = list(AnnexOpening.objects.filter(annex=annex).order_by("-recorded_at", "-pk"))
    told = {(row.recorded_by, row.recorded_at) for row in rows}
    events = Event.objects.filter(on_kind="Annex", on_id=str(annex.pk), verb=OPENED).order_by("-pk")
    older = [one for one in events.values_list("actor", "recorded_at") if one not in told]
    names = names_of({*(row.recorded_by for row in rows), *(who for who, _ in older)})
    return (
        *(Opened(names.get(row.recorded_by, GONE), row.recorded_at, row.because) for row in rows),
        *(Opened(names.get(who, GONE), at, "") for who, at in older),
    )


def readers_of(annex: Annex, on: date) -> tuple[str, ...]:
    """This function will give the actor ids of those who may open an annex on a day, unless it is closed."""
    rows = AnnexReader.objects.filter(annex=annex).exclude(struck_off_on__lte=on).order_by("pk")
    return tuple(dict.fromkeys(rows.values_list("actor_id", flat=True)))


def annex_readers_for(actor: Actor, on: date, item: Item, *listed: str) -> tuple[tuple[str, str], ...]:
    """This function will name those who could open an annex: whoever is listed now, and colleagues of the group.

    Nobody is offered who has an interest in whom the item is about, or belongs to them.
    """
    about = list(About.objects.filter(item=item).values_list("subject", "subject__organisation__code"))
    told = Told(
        system=item.system,
        handling=Handling.MEMBERS,
        subjects=frozenset(subject for subject, _ in about),
        concerned=frozenset(code for _, code in about if code),
    )
    offered = {
        one.actor_id: one.display_name
        for one in colleagues(Permission.REVIEW_INTELLIGENCE, by=actor, on=on)
        if may(one, Permission.OPEN_ANNEX, on) and may_read(viewer_of(one, on), told)
    }
    return tuple(sorted({**offered, **names_of(listed)}.items(), key=lambda one: one[1].casefold()))


def _kept(annex: Annex, on: date, *, may_open: bool) -> AnnexFacts:
    listed = list(AnnexReader.objects.filter(annex=annex).order_by("recorded_at", "pk"))
    names = names_of({row.actor_id for row in listed})
    return AnnexFacts(
        annex,
        may_open,
        readers=tuple(sorted(names.get(one, GONE) for one in readers_of(annex, on))),
        openings=openings_of(annex),
        listed=tuple(Listed(names.get(row.actor_id, GONE), row.recorded_at, row.struck_off_on) for row in listed),
        may_keep=True,
    )

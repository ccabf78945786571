"""Reads of annexes: that one exists, who may open it, and who has; never of what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from sightline.accounts.queries import colleagues, names_of
from sightline.audit.models import Event
from sightline.core.access import Actor, Handling, Permission, Told, may, may_read
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Annex, AnnexReader, Item

OPENED = "intelligence.open_annex"


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """An annex without a word of it. Its readers, and who opened it when, are for those who keep the record."""

    annex: Annex
    may_open: bool
    readers: tuple[str, ...] = ()
    opened: tuple[tuple[str, datetime], ...] = ()


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


def annexes_of(actor: Actor, on: date, item: Item, keeps: bool) -> tuple[AnnexFacts, ...]:
    """This function will give the annexes of an item: to its keepers all, to others those that they may open."""
    opening = set(annexes_to_open(actor, on).filter(item=item).values_list("pk", flat=True))
    all_of_it = Annex.objects.filter(item=item).order_by("recorded_at", "pk")
    if not keeps:
        return tuple(AnnexFacts(one, True) for one in all_of_it.filter(pk__in=opening))
    return tuple(AnnexFacts(one, one.pk in opening, *_kept(one, on)) for one in all_of_it)


def readers_of(annex: Annex, on: date) -> tuple[str, ...]:
    """This function will give the actor ids of those who may open an annex on a day, unless it is closed."""
    rows = AnnexReader.objects.filter(annex=annex).exclude(struck_off_on__lte=on).order_by("pk")
    return tuple(rows.values_list("actor_id", flat=True))


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


def _kept(annex: Annex, on: date) -> tuple[tuple[str, ...], tuple[tuple[str, datetime], ...]]:
    readers = readers_of(annex, on)
    events = Event.objects.filter(on_kind="Annex", on_id=str(annex.pk), verb=OPENED).order_by("pk")
    opened = list(events.values_list("actor", "recorded_at"))
    names = names_of({*readers, *(who for who, _ in opened)})
    gone = "somebody who left"
    return (
        tuple(sorted(names.get(one, gone) for one in readers)),
        tuple((names.get(who, gone), at) for who, at in opened),
    )

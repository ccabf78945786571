"""Identities, kept apart: added on a lawful basis, opened by named readers alone, and every opening recorded."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.audit.guarding import demand_guarded_rows
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid, Refused, refused
from sightline.intelligence.guarding import reading_as
from sightline.intelligence.models import Annex, AnnexOpening, AnnexReader, AnnexText, Item
from sightline.intelligence.operations._noting import needed
from sightline.intelligence.operations._secrets import must_keep_secrets, must_name_nobody_in
from sightline.intelligence.operations._seeing import must_keep
from sightline.intelligence.queries.annexes import annexes_to_open
from sightline.intelligence.words import Basis

ABSENT = refused("There is no such annex, or you are not on its list of readers.", "IGV-02; PER-11")


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def add_annex(
    *,
    by: Actor,
    at: datetime,
    item: Item,
    text: str,
    basis: Basis,
    readers: tuple[str, ...],
    because: str,
    closes_on: date | None = None,
) -> Annex:
    """This function will keep an identity apart from an item (IGV-01, IGV-02; QSG 2017 ¶115).

    Raises Invalid without words or readers, with a closing day that has passed, and on a database without row-level
    security unless the operator has accepted that.
    """
    must_keep(by, at, item)
    demand_guarded_rows()
    words = needed(text, "Write whom it is about.")
    if not readers:
        raise Invalid("Name who may open the annex. Only they can.")
    if closes_on is not None and closes_on <= timezone.localdate(at):
        raise Invalid("The annex would be closed already. Give a day to come, or none.")
    annex = Annex.objects.create(
        item=item,
        basis=basis.value,
        because=needed(because, "Say why the identity is needed."),
        closes_on=closes_on,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _name(annex, readers, by, at)
    with reading_as(by.actor_id):
        AnnexText.objects.create(annex=annex, text=words)
    return annex


@operation(Permission.REVIEW_INTELLIGENCE, on="annex")
def name_annex_readers(*, by: Actor, at: datetime, annex: Annex, readers: tuple[str, ...], because: str) -> Annex:
    """This function will make these the readers of an annex; who is struck off is kept out from today.

    Whoever is listed again later has another row, so that it stays known from when to when each could open it.
    """
    must_keep(by, at, annex.item)
    if not readers:
        raise Invalid("Name at least one reader, or let the annex close.")
    today = timezone.localdate(at)
    standing = AnnexReader.objects.select_for_update().filter(annex=annex, struck_off_on=None)
    standing.exclude(actor_id__in=readers).update(struck_off_on=today)
    _name(annex, readers, by, at)
    return annex


@operation(Permission.OPEN_ANNEX, on="annex")
def open_annex(*, by: Actor, at: datetime, annex: Annex, because: str) -> str:
    """This function will give the identity to a named reader, and record that they read it and why (PER-11).

    Raises Refused for everybody else, those who keep the record among them, and for whoever declared an interest in
    a subject of the item; and Invalid where the reason names whom it is about, as others read the reason than the
    annex.
    """
    today = timezone.localdate(at)
    if not annexes_to_open(by, today).filter(pk=annex.pk).exists():
        raise Refused(ABSENT)
    words = needed(because, "Say why you need to know it.")
    must_keep_secrets(annex.item, words)
    must_name_nobody_in(words)
    AnnexOpening.objects.create(annex=annex, because=words, recorded_at=at, recorded_by=by.actor_id)
    with reading_as(by.actor_id):
        return AnnexText.objects.get(annex=annex).text


def _name(annex: Annex, readers: tuple[str, ...], by: Actor, at: datetime) -> None:
    known = set(AnnexReader.objects.filter(annex=annex, struck_off_on=None).values_list("actor_id", flat=True))
    AnnexReader.objects.bulk_create(
        AnnexReader(annex=annex, actor_id=one, recorded_at=at, recorded_by=by.actor_id)
        for one in dict.fromkeys(readers)
        if one not in known
    )

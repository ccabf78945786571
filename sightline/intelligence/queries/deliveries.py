"""Reads of the files of intelligence that were brought in, each for somebody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from sightline.core.access import Actor, Permission, systems_where
from sightline.directory.models import Organisation
from sightline.directory.words import Kind as Body
from sightline.intelligence.models import TextDelivery, TextFault

Named = tuple[tuple[str, str], ...]


def deliveries_of(actor: Actor, on: date) -> QuerySet[TextDelivery]:
    """This function will choose the files brought in for systems whose record the actor keeps, the newest first."""
    systems = systems_where(actor, Permission.IMPORT_DATA, on)
    found = TextDelivery.objects.all()
    if systems is not None:
        found = found.filter(system__in=systems)
    return found.order_by("-recorded_at", "pk")


def one_delivery(actor: Actor, on: date, key: UUID) -> TextDelivery | None:
    """This function will give one such file, or None where there is none for this actor."""
    return deliveries_of(actor, on).filter(pk=key).first()


def some_deliveries(actor: Actor, on: date, keys: list[UUID]) -> list[TextDelivery]:
    """This function will give those of these files that are there for the actor, in this order."""
    found = deliveries_of(actor, on).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def faults_of(delivery: TextDelivery) -> list[TextFault]:
    """This function will list what is wrong with a file, in the order of its lines."""
    return sorted(delivery.faults.all(), key=lambda fault: (fault.line is not None, fault.line or 0, fault.pk))


def systems_to_choose(actor: Actor, on: date) -> Named:
    """This function will name the systems for which the actor may bring files in, the house's own first."""
    codes = systems_where(actor, Permission.IMPORT_DATA, on)
    boards = Organisation.objects.filter(kind=Body.ICB, closed_on=None)
    named = dict(boards.values_list("code", "name"))
    if codes is not None:
        return tuple((code, named.get(code, code)) for code in sorted(codes))
    home = settings.HOME_SYSTEM
    others = sorted(((code, name) for code, name in named.items() if code != home), key=lambda one: one[1])
    return ((home, named.get(home, home) if home else "No one system"), *others)

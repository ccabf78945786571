"""Queues word of an exchange for those at its ends: a kind and an address, and never its title."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.escalation.messages import EXCHANGE_ANSWERED, EXCHANGE_RECEIVED
from sightline.escalation.models import Exchange, ExchangeStep
from sightline.escalation.queries.exchange_ends import receiving
from sightline.notify.queueing import queue


def tell_of_receipt(exchange: Exchange, by: Actor, at: datetime) -> None:
    """This function will tell those to whom something was sent, whoever sent it left out."""
    people = _there(exchange, Slot(exchange.recipient), exchange.to_body, by, at)
    queue(at=at, kind=EXCHANGE_RECEIVED, record=str(exchange.pk), path=_path(exchange), people=people)


def tell_of_step(exchange: Exchange, step: ExchangeStep, by: Actor, at: datetime) -> None:
    """This function will tell those at both ends that an exchange went a step further, whoever took it left out."""
    ends = ((Slot(exchange.sender), exchange.from_body), (Slot(exchange.recipient), exchange.to_body))
    people = dict.fromkeys(one for slot, body in ends for one in _there(exchange, slot, body, by, at))
    queue(
        at=at, kind=EXCHANGE_ANSWERED, record=str(exchange.pk), path=_path(exchange), people=people, again=str(step.pk)
    )


def _there(exchange: Exchange, slot: Slot, body: Organisation, by: Actor, at: datetime) -> list[Person]:
    """Those at an end who may read it: nobody is called to what is closed to them."""
    on = timezone.localdate(at)
    return [
        one
        for one in receiving(slot, body, on).people
        if one.actor_id != by.actor_id and Exchange.objects.visible_to(one, on).filter(pk=exchange.pk).exists()
    ]


def _path(exchange: Exchange) -> str:
    return reverse("exchange", args=[exchange.pk])

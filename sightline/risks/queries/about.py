"""Which live risks about some subjects stand on which registers, as far as the reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from sightline.core.access import Actor
from sightline.core.risks import Status
from sightline.core.rulebook.registers import Tier
from sightline.risks.models import RegisterLine

AT_MOST = 1_000  # lines in one read; a page asks about the subjects that it shows


@dataclass(frozen=True, slots=True)
class Stands:
    """A live risk on one register, and what it is called."""

    risk: UUID
    title: str
    tier: Tier
    body: UUID


def live_risks_about(actor: Actor, on: date, subjects: Collection[UUID]) -> Mapping[UUID, tuple[Stands, ...]]:
    """This function will give, by subject, each register on which a risk about it stands that is not closed, worst first.

    One that the reader may not see is not there for them (COI-03).
    """
    rows = RegisterLine.objects.on_day(None).visible_to(actor, on).exclude(status=Status.CLOSED.value)
    about = rows.filter(risk__subjects__subject__in=subjects).annotate(about=F("risk__subjects__subject"))
    found: defaultdict[UUID, list[Stands]] = defaultdict(list)
    named = about.order_by("-score", "opened_on", "risk", "tier").values_list(
        "about", "risk", "statement__title", "tier", "body"
    )
    for subject, risk, title, tier, body in named[:AT_MOST]:
        found[subject].append(Stands(risk, title, Tier(tier), body))
    return {subject: tuple(some) for subject, some in found.items()}

"""By which template the update of a quarter is laid out, and of which guidance that template is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.reports import Reports, ReportTemplate
from sightline.escalation.queries.exchange_ends import End
from sightline.rulebook.queries import packs, part_of
from sightline.surveillance.queries import guidance_for


@dataclass(frozen=True, slots=True)
class LaidDown:
    """A template with the title of its guidance."""

    template: ReportTemplate
    guidance: str


def update_template(end: End, recipient: Slot, on: date) -> LaidDown | None:
    """This function will find the template of an update to a role (FRW-01, RPT-23).

    It is that of the guidance by which the sender works. Where that one is silent, as the slides of 2013 are, the next
    later one that has such a template lends it; local changes count.
    """
    own = guidance_for(end.system, on).pack
    from_own_on = [one for one in packs() if one.id == own or one.facts.in_force_from > _begun(own)]
    for pack in from_own_on:
        found = part_of(pack.id, "reports", on)
        if found and isinstance(found.content, Reports) and (template := found.content.update_to(recipient)):
            return LaidDown(template, pack.title)
    return None


def _begun(pack: str) -> date:
    return next(one.facts.in_force_from for one in packs() if one.id == pack)

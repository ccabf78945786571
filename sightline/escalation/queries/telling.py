"""Reads of what providers were told: by the provider itself, and who of it is let know."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person, RoleGrant
from sightline.core.access import Actor, Role
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.queries import family_of
from sightline.escalation.models import Telling, TellingQuerySet
from sightline.escalation.queries.holding import holders_at
from sightline.groups.hearing import bodies_provided_for


def told_to(actor: Actor, on: date) -> TellingQuerySet:
    """This function will give what the actor's own bodies were told, the newest first (PER-10)."""
    found = Telling.objects.told_to(actor, on)
    return found.select_related("organisation", "told_by").prefetch_related("answers")


def one_telling(actor: Actor, on: date, telling: UUID) -> Telling | None:
    """This function will give one telling to a body of the actor's own, with what was answered."""
    return told_to(actor, on).filter(pk=telling).first()


def people_of(body: Organisation, slot: Slot, on: date) -> list[Person]:
    """This function will give who is let know that a provider was told: whoever holds the role, and works for it here.

    Each of them must be able to read it, with a role of the provider that is in force on the day.
    """
    held = {one.pk: one for one in holders_at([body.pk], on).of(slot, [body.pk])}
    codes = family_of(body.code, on) | {body.code}
    grants = RoleGrant.objects.filter(role=Role.PROVIDER.value, organisation__in=codes, person__is_active=True)
    held |= {one.person_id: one.person for one in grants.select_related("person")}
    return [one for one in held.values() if body.code in bodies_provided_for(one, on)]

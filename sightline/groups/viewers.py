"""Makes a reader into a viewer: everything on which their sight of intelligence rests, gathered at each request."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, Viewer, may, systems_where
from sightline.directory.queries import family_of, is_area
from sightline.groups.models import Seating
from sightline.groups.queries import conflicts_of


def viewer_of(actor: Actor, on: date) -> Viewer:
    """This function will gather whose systems, body and interests decide what the actor may see on the day.

    Whoever works for a board or a council hears what is said of its area: that is their work. What is said of a
    provider is closed to whoever works for it (COI-03; PER-10).
    """
    hears = bool(may(actor, Permission.SEE_INTELLIGENCE, on))
    own = {grant.organisation for grant in actor.grants if grant.organisation and grant.holds_on(on)}
    own |= _seated_for(actor.pk, on) if isinstance(actor, Person) else frozenset()
    providers = [code for code in sorted(own) if not is_area(code)]
    return Viewer(
        actor_id=actor.actor_id,
        systems=systems_where(actor, Permission.SEE_INTELLIGENCE, on),
        organisations=frozenset().union(*(family_of(code, on) for code in providers)),
        conflicts=conflicts_of(actor, on) if hears else frozenset(),
        hears=hears,
        keeps=bool(may(actor, Permission.REVIEW_INTELLIGENCE, on)),
        kept=systems_where(actor, Permission.REVIEW_INTELLIGENCE, on),
    )


@until_anything_changes
def _seated_for(person: UUID, on: date) -> frozenset[str]:
    """The bodies whose seats the person has: whoever speaks for a body is its own, whatever their role says of them."""
    held = Seating.objects.in_force(on).filter(person=person, seat__organisation__isnull=False).order_by()
    return frozenset(held.values_list("seat__organisation__code", flat=True))

"""Open actions that press, whose owner has an account here and may work on them: for reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sightline.accounts.models import Person
from sightline.actions.models import Action, ActionDue, ActionOwner
from sightline.actions.queries.choices import may_take_on
from sightline.core.actions.standing import SOON, Pressing, pressing


@dataclass(frozen=True, slots=True)
class DueToTell:
    """One open action that is due soon or overdue, and its owner."""

    action: UUID
    due_on: date
    pressing: Pressing
    owner: Person


def due_to_tell(on: date) -> Iterator[DueToTell]:
    """This function will give each open action that is due soon or overdue, with its owner, where they have an account."""
    open_now = Action.objects.now_open().now_due(None, on + timedelta(days=SOON)).order_by().values("pk")
    owned = ActionOwner.objects.newest().filter(action__in=open_now, person__isnull=False)
    days = dict(ActionDue.objects.newest().filter(action__in=open_now).values_list("action", "due_on"))
    found = [(key, days[key], owner) for key, owner in owned.values_list("action", "person")]
    people = Person.objects.get_queryset().filter(pk__in={owner for *_, owner in found}, is_active=True)
    owners = {one.pk: one for one in people if may_take_on(one, on)}
    for action, due_on, owner in sorted(found, key=lambda one: (one[1], str(one[0]))):
        if owner in owners:
            yield DueToTell(action, due_on, pressing(due_on, on, is_closed=False), owners[owner])

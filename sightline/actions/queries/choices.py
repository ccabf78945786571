"""Whose logs somebody keeps, who may take on an action, and which bodies are near at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.actions.models import Action, ActionOwner
from sightline.core.access import Actor, Permission, may, systems_where
from sightline.directory.models import Organisation
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group, Seat, Seating


def keeps_log(actor: Actor, system: str, on: date) -> bool:
    """This function will say whether the actor keeps the action logs of a system's groups."""
    kept = systems_where(actor, Permission.KEEP_ACTIONS, on)
    return kept is None or system in kept


def groups_to_keep(actor: Actor, on: date) -> list[Group]:
    """This function will give the groups that stand and whose log the actor keeps, by name."""
    kept = systems_where(actor, Permission.KEEP_ACTIONS, on)
    found = Group.objects.standing_on(on).filter(groups_seen(actor, on)).select_related("area", "subject")
    if kept is not None:
        found = found.filter(system__in=kept)
    return list(found.order_by("name", "pk"))


def may_take_on(person: Person, on: date) -> bool:
    """This function will say whether somebody can work on an action here: read it, and report on it."""
    return all(may(person, one, on) for one in (Permission.SEE_MEETINGS, Permission.SHARE_INTELLIGENCE))


def people_to_own(actor: Actor, group: Group, on: date) -> list[tuple[Person, str]]:
    """This function will give those who may own an action of a group: who sits in it first, with the title of the seat."""
    sits = Seating.objects.in_force(on).filter(seat__group=group).select_related("person", "seat").order_by("pk")
    seated = {one.person_id: (one.person, one.seat.title) for one in sits}
    others = {one.pk: (one, "") for one in colleagues(Permission.KEEP_ACTIONS, by=actor, on=on)}
    found = [one for one in {**others, **seated}.values() if may_take_on(one[0], on)]
    return sorted(found, key=lambda one: (not one[1], one[0].display_name.casefold(), str(one[0].pk)))


def bodies_seated(group: Group, on: date) -> list[Organisation]:
    """This function will give the bodies that are likely to own an action of a group: its own area's, and who has a seat."""
    seats = Seat.objects.standing_on(on).filter(group=group, organisation__isnull=False)
    found = {one.organisation.pk: one.organisation for one in seats.select_related("organisation") if one.organisation}
    found[group.area.pk] = group.area
    return sorted(found.values(), key=lambda one: (one.name, one.code))


def groups_with_actions(actor: Actor, on: date) -> list[tuple[UUID, str]]:
    """This function will name the groups of which the actor reads at least one action."""
    seen = Action.objects.visible_to(actor, on).order_by().values("group")
    return list(Group.objects.filter(pk__in=seen).order_by("name", "pk").values_list("pk", "name"))


def bodies_with_actions(actor: Actor, on: date) -> Sequence[tuple[UUID, str]]:
    """This function will name the organisations that own an action which the actor reads."""
    seen = Action.objects.visible_to(actor, on).order_by().values("pk")
    bodies = ActionOwner.objects.newest().filter(action__in=seen).values("organisation")
    return list(Organisation.objects.filter(pk__in=bodies).order_by("name", "pk").values_list("pk", "name"))

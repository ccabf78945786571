"""What operations on a cycle of business begin with: the group, held, for whoever works on its plan or sits in it."""

from __future__ import annotations

from datetime import date, datetime

from sightline.core.access import Actor
from sightline.core.verdict import Invalid, Refused, refused
from sightline.groups.models import Group
from sightline.meetings.models import BusinessCycle, PlanEntry, PlanEntryMonth
from sightline.meetings.queries.cycle import EntryView, GroupCycle, cycle_of_group, one_entry

NOT_YOURS = refused("The plan is for whoever keeps the group’s papers, and for whoever chairs it.", "MTG-09")
NO_CYCLE = "No cycle of business is agreed yet. Agree one first: the plan is made for it."


def held_cycle(by: Actor, on: date, group: Group) -> GroupCycle:
    """This function will give the cycle of a group, held against others who write, to whoever reads of it."""
    Group.objects.select_for_update().get(pk=group.pk)
    view = cycle_of_group(by, on, group.pk)
    if view is None:
        raise Refused(NOT_YOURS)
    return view


def led_cycle(by: Actor, on: date, group: Group) -> GroupCycle:
    """This function will give the cycle of a group, held, to whoever keeps its papers or chairs it; else Refused."""
    view = held_cycle(by, on, group)
    if not view.may_lead:
        raise Refused(NOT_YOURS)
    return view


def agreed_cycle(view: GroupCycle) -> BusinessCycle:
    """This function will give the cycle that holds; Invalid where none was agreed."""
    if view.holds is None:
        raise Invalid(NO_CYCLE)
    return view.holds


def led_entry(by: Actor, on: date, entry: PlanEntry) -> tuple[GroupCycle, EntryView]:
    """This function will give an entry of the plan that holds, to whoever works on it and may read it."""
    view = led_cycle(by, on, entry.group)
    found = one_entry(by, on, entry.pk)
    if found is None:
        raise Refused(refused("There is no such entry in the plan. Look at the plan again.", "MTG-10"))
    return view, found


def fitting_month(view: GroupCycle, month: date) -> date:
    """This function will give the first day of a month; Invalid where the cycle of today does not reach it."""
    first, period = month.replace(day=1), view.period
    if not max(period.begins_on, view.on).replace(day=1) <= first <= period.ends_on:
        raise Invalid("Choose a month of this cycle that is not over.")
    return first


def written(entry: PlanEntry, month: date, by: Actor, at: datetime, number: int = 1, **more: str) -> PlanEntryMonth:
    """This function will write down for which month an entry is planned."""
    return PlanEntryMonth.objects.create(
        entry=entry, number=number, month=month, recorded_at=at, recorded_by=by.actor_id, **more
    )

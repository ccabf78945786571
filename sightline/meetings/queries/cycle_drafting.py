"""What a plan of business is drafted from: whom the cycle has to reach, how each stands, and the months of the meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.core.meetings.cadence import cycle_of
from sightline.core.meetings.cycle import ToPlan, months_to_meet, spread
from sightline.core.rulebook.clocks import Unit as Counted
from sightline.meetings.models import BusinessCycle, PlanEntry, PlanEntryMonth
from sightline.meetings.queries.coverage import discussed_on
from sightline.meetings.queries.cycle import GroupCycle, Unit, footprint_of, sector_of, unit_of
from sightline.meetings.queries.meetings import meetings_for
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries import guidance_for, standings_of

_A_QUARTER = 3  # months between meetings that are assumed where the guidance lays no interval down


def to_plan(actor: Actor, view: GroupCycle) -> list[tuple[Unit, date]]:
    """This function will give whom the plan lacks, each with the month that is proposed; nothing where none is agreed.

    Whoever was discussed in this cycle already, or was taken out of the plan, is not brought in again.
    """
    if view.holds is None:
        return []
    period = view.period
    units = {one.id: one for one in footprint_of(actor, view.on, view.group).units(view.holds.together)}
    there = _in_plan(view)
    discussed = discussed_on(actor, view.on, view.group)
    lacking = [
        one
        for key, one in units.items()
        if key not in there and not period.begins_on <= discussed.get(key, date.min) <= period.ends_on
    ]
    ranks = ranks_of(actor, view, [one.subject for one in lacking if one.subject])
    wanted = [
        ToPlan(one.id, one.name, ranks.get(one.subject, 0) if one.subject else 0, discussed.get(one.id))
        for one in lacking
    ]
    return [(units[key], month) for key, month in spread(wanted, months_of(actor, view))]


def to_carry(actor: Actor, view: GroupCycle, into: BusinessCycle) -> list[tuple[PlanEntry, date]]:
    """This function will give what the plan that held leaves to the one of a new cycle: what was not discussed yet.

    What should have come already comes this month. Of sectors that are now discussed as one, or no longer, nothing is
    carried over: the new plan is drafted for them as it was agreed.
    """
    entries = PlanEntry.objects.standing().filter(cycle=view.holds) if view.holds else PlanEntry.objects.none()
    rows = list(entries.select_related("subject__organisation", "theme"))
    months = dict(PlanEntryMonth.objects.filter(entry__in=rows).order_by("number").values_list("entry", "month"))
    period, this_month = cycle_of(into.begins_on, into.months, view.on), view.on.replace(day=1)
    discussed, ends = discussed_on(actor, view.on, view.group), period.ends_on.replace(day=1)
    first = max(this_month, period.begins_on.replace(day=1))
    carried = []
    for entry in rows:
        month, last = months[entry.pk], discussed.get(unit_of(entry))
        is_done = last is not None and last >= view.period.begins_on
        as_one = entry.subject is not None and sector_of(entry.subject) in into.together
        if not is_done and not as_one and (not entry.is_sector or entry.sector in into.together):
            carried.append((entry, min(max(month, first), ends)))
    return carried


def months_of(actor: Actor, view: GroupCycle) -> tuple[date, ...]:
    """This function will give the months of the cycle, from today on, in which the group meets as far as is known."""
    coming, _ = meetings_for(actor, view.on, view.group.pk)
    every = view.cadence.value if view.cadence and view.cadence.unit is Counted.MONTHS else _A_QUARTER
    return months_to_meet(view.period, view.on, [one.held_on for one in coming], every)


def months_ahead(view: GroupCycle) -> tuple[date, ...]:
    """This function will give every month of the cycle from today on, for whoever chooses one."""
    return months_to_meet(view.period, view.on, (), 1)


def ranks_of(actor: Actor, view: GroupCycle, subjects: Iterable[UUID]) -> dict[UUID, int]:
    """This function will give the rank of each subject's level, as far as somebody may know of its level."""
    decided = LevelDecision.objects.visible_to(actor, view.on).filter(
        system=view.group.system, subject__in=list(subjects)
    )
    known = list(decided.order_by().values_list("subject", flat=True).distinct())
    standings = standings_of(known, guidance_for(view.group.system, view.on), view.on)
    return {key: one.level.rank for key, one in standings.items()}


def _in_plan(view: GroupCycle) -> frozenset[str]:
    """Whom the plan names, whoever may read it: also what was taken out, which nobody brings back but by hand."""
    rows = PlanEntry.objects.filter(cycle=view.holds, theme=None).order_by()
    told = rows.values_list("subject", "is_sector", "sector")
    return frozenset(f"sector:{sector}" if is_sector else f"subject:{key}" for key, is_sector, sector in told)

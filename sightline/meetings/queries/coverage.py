"""Reads of whom a cycle of business reached: what was discussed and when, what is planned, and who is neither (MTG-10).

Everything is counted from the items and entries that the reader may read: what an interest closes to somebody is
neither discussed nor planned as far as they are told, and those whom it concerns are left out of the counts altogether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.cadence import Coverage, Cycle, ToCover, coverage
from sightline.core.meetings.cycle import Covered, covered
from sightline.directory.words import SubjectKind
from sightline.groups.models import Group
from sightline.meetings.models import AgendaItem, ItemBegun, ItemOutcome, MeetingStep, MeetingTime, PlanEntry
from sightline.meetings.queries.cycle import EntryView, Footprint, GroupCycle, Unit, footprint_of, plan_of, unit_of
from sightline.meetings.words import Step


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One that a cycle has to reach, with when it was last discussed and for which month it is planned."""

    unit: Unit
    stands: Covered
    last_on: date | None
    planned_in: date | None


@dataclass(frozen=True)
class CoverageView:
    """Whom a cycle reached, as its reader may be told."""

    cycle: Cycle
    rows: tuple[CoverageRow, ...]  # what needs somebody first
    closed: int
    entries: tuple[EntryView, ...]
    discussed: Mapping[str, date]

    @cached_property
    def counts(self) -> Counter[Covered]:
        """How many stand how."""
        return Counter(one.stands for one in self.rows)

    @property
    def whole(self) -> Coverage:
        """Whom the cycle has reached, sector by sector, by the rule."""
        everyone = [ToCover(one.unit.id, one.unit.name, one.unit.sector) for one in self.rows]
        had = [(one.unit.id, one.last_on) for one in self.rows if one.last_on]
        plan = [(one.unit.id, max(one.planned_in, self.cycle.begins_on)) for one in self.rows if one.planned_in]
        return coverage(self.cycle, everyone, had, plan)

    def is_done(self, one: EntryView) -> bool:
        """This function will say whether what an entry is about was discussed in this cycle."""
        last = self.discussed.get(one.unit)
        return last is not None and self.cycle.begins_on <= last <= self.cycle.ends_on


def coverage_of(actor: Actor, on: date, view: GroupCycle, footprint: Footprint | None = None) -> CoverageView:
    """This function will say of each provider and sector when it was discussed and is planned; also without any cycle."""
    holds, period = view.holds, view.period
    reach = footprint or footprint_of(actor, on, view.group)
    discussed = discussed_on(actor, on, view.group)
    entries = tuple(plan_of(actor, on, holds))
    planned = _planned(period, entries)
    rows = []
    for unit in reach.units(holds.together if holds else reach.many):
        last, month = discussed.get(unit.id), planned.get(unit.id)
        rows.append(CoverageRow(unit, covered(period, on, last, month), last, month))
    order = list(Covered)
    rows.sort(key=lambda one: (order.index(one.stands), one.planned_in or date.max, one.last_on or date.min))
    return CoverageView(period, tuple(rows), len(reach.closed), entries, discussed)


def discussed_on(actor: Actor, on: date, group: Group) -> dict[str, date]:
    """This function will say when each subject, sector and theme was last discussed, as far as somebody reads the items.

    An item counts that was taken at a meeting that was held to its end: begun, or something came of it, and not
    carried over for want of time.
    """
    over = MeetingStep.objects.filter(meeting=OuterRef("meeting"), step=Step.CLOSED.value)
    came = ItemOutcome.objects.filter(item=OuterRef("pk")).exclude(outcome=ItemOutcome.CARRIED_OVER)
    carried = ItemOutcome.objects.filter(item=OuterRef("pk"), outcome=ItemOutcome.CARRIED_OVER)
    begun = ItemBegun.objects.filter(item=OuterRef("pk"))
    newest = MeetingTime.objects.filter(meeting=OuterRef("meeting")).order_by("-number")
    taken = AgendaItem.objects.visible_to(actor, on).standing().filter(Exists(over), group=group)
    taken = taken.filter(Exists(came) | (Exists(begun) & ~Exists(carried)))
    rows = taken.annotate(starts_at=Subquery(newest.values("starts_at")[:1])).order_by()
    told = list(rows.values_list("subject", "subject__kind", "subject__sector", "key", "starts_at"))
    entries = _entries_by_key(actor, on, group)
    found: dict[str, date] = {}
    for subject, kind, sector, key, starts_at in told:
        held_on = timezone.localdate(starts_at)
        units = [f"subject:{subject}"] if subject else []
        if kind == SubjectKind.SECTOR and sector:
            units.append(f"sector:{sector}")
        if key in entries:
            units.append(entries[key])
        for unit in units:
            found[unit] = max(found.get(unit, held_on), held_on)
    return found


def key_of(entry: PlanEntry) -> str:
    """This function will give the key under which an entry of a plan is brought to an agenda."""
    kind = Kind.THEME if entry.theme_id else Kind.PLANNED
    return f"{kind.value}:{entry.pk}"


def _entries_by_key(actor: Actor, on: date, group: Group) -> dict[str, str]:
    """By the key of an agenda's item, the sector or theme that an entry of any version of the plan is about."""
    rows = PlanEntry.objects.visible_to(actor, on).filter(group=group, subject=None)
    return {key_of(one): unit_of(one) for one in rows}


def _planned(cycle: Cycle, entries: Iterable[EntryView]) -> dict[str, date]:
    """For each the first month within the cycle for which it is planned."""
    found: dict[str, date] = {}
    for one in entries:
        month = one.month.month
        if cycle.begins_on.replace(day=1) <= month <= cycle.ends_on:
            found[one.unit] = min(found.get(one.unit, month), month)
    return found

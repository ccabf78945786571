"""Reads of a group's cycle of business: what was agreed, whom it has to reach, its plan, its themes and its clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q, QuerySet

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may, systems_where
from sightline.core.groups.chairing import PRESIDING
from sightline.core.meetings.cadence import Cycle, cycle_of, months_later, review_due
from sightline.core.meetings.cycle import MANY_TOGETHER
from sightline.core.rulebook.clocks import Clock, ClockId, Clocks
from sightline.core.rulebook.meeting import Cadence
from sightline.directory.models import Subject
from sightline.directory.models.choices import label
from sightline.directory.queries.areas import subjects_within
from sightline.directory.words import PROVIDERS, Kind, Sector, SubjectKind
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group, Seating
from sightline.groups.words import SeatPart
from sightline.meetings.keeping import keeps_meetings, rules_of
from sightline.meetings.models import BusinessCycle, CycleReview, PlanEntry, PlanEntryMonth, ProposedTheme
from sightline.meetings.sight import subjects_open
from sightline.meetings.words import Reviewed
from sightline.rulebook.queries import clocks_of, is_stopped

_TO_REACH = PROVIDERS - {Kind.SITE}  # a site is discussed with whoever runs it


@dataclass(frozen=True, slots=True)
class Unit:
    """One that a cycle has to reach: a provider, a group of providers, or a sector whose providers are discussed as one.

    ``sector`` is a word of the directory, empty where none is on record; ``providers`` is how many a sector has.
    """

    id: str
    name: str
    sector: str
    subject: UUID | None = None
    providers: int = 1


@dataclass(frozen=True)
class Footprint:
    """Whom a group's cycle has to reach, as its reader may know it; ``closed`` are closed to the reader by an interest."""

    providers: tuple[Subject, ...]
    closed: tuple[Subject, ...]

    @cached_property
    def by_sector(self) -> Counter[str]:
        """How many providers there are of each sector, every sector in scope and whoever is closed to the reader among them."""
        found = Counter({one.value: 0 for one in Sector})
        found.update(sector_of(one) for one in (*self.providers, *self.closed))
        return found

    @property
    def many(self) -> tuple[str, ...]:
        """The sectors that are proposed to be discussed as one, because they have many providers."""
        return tuple(sorted(sector for sector, count in self.by_sector.items() if count > MANY_TOGETHER))

    def units(self, together: Iterable[str]) -> tuple[Unit, ...]:
        """This function will give each that is to be discussed: a sector as one also where nobody of it is on record."""
        as_one = set(together) | {sector for sector, count in self.by_sector.items() if not count}
        alone = [one for one in self.providers if sector_of(one) not in as_one]
        single = [Unit(f"subject:{one.pk}", one.name, sector_of(one), one.pk) for one in alone]
        sectors = [Unit(f"sector:{one}", "", one, providers=self.by_sector[one]) for one in sorted(as_one)]
        return (*single, *sectors)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of a plan with the month that holds."""

    entry: PlanEntry
    month: PlanEntryMonth

    @property
    def unit(self) -> str:
        """The id of whom it reaches."""
        return unit_of(self.entry)


@dataclass(frozen=True)
class GroupCycle:
    """A group with the cycle of business that holds, as one reader may know of it on a day."""

    group: Group
    on: date
    keeps: bool
    presides: bool
    sits: bool
    versions: tuple[BusinessCycle, ...]  # the newest first
    clocks: Clocks | None
    cadence: Cadence | None
    reviews: tuple[CycleReview, ...]  # the newest first

    @property
    def holds(self) -> BusinessCycle | None:
        """The cycle that was agreed last."""
        return self.versions[0] if self.versions else None

    @property
    def may_lead(self) -> bool:
        """Whether the reader works on the plan: whoever keeps the group's papers or chairs it."""
        return self.keeps or self.presides

    @property
    def period(self) -> Cycle:
        """The cycle of today; where none was agreed, the length that the guidance has, up to today."""
        if self.holds is not None:
            return cycle_of(self.holds.begins_on, self.holds.months, self.on)
        return Cycle(months_later(self.on, -self.usual_months), self.on)

    @property
    def usual_months(self) -> int:
        """How long a cycle lasts by the clock of the guidance, in months; a year where no clock runs."""
        clock = self.clock(ClockId.COVERAGE)
        return clock.value if clock else 12

    def clock(self, clock_id: ClockId) -> Clock | None:
        """This function will give a clock of the group's guidance, where it has it and it runs."""
        return self.clocks.running(clock_id) if self.clocks else None

    def last(self, of: Reviewed) -> date | None:
        """This function will say when something was last looked at again."""
        return next((one.reviewed_on for one in self.reviews if one.of == of.value), None)

    @property
    def review_due_on(self) -> date | None:
        """By when the cycle is looked at again (MTG-09); nothing where none was agreed."""
        if self.holds is None:
            return None
        since = max(self.holds.agreed_on, self.last(Reviewed.CYCLE) or self.holds.agreed_on)
        return months_later(since, self.holds.review_months)

    @property
    def frequency_due_on(self) -> date | None:
        """By when the group looks again at how often it meets (MTG-01, MTG-02); nothing where no guidance asks."""
        if self.cadence is None or self.cadence.reviewed_every_months is None:
            return None
        return months_later(self._frequency_since, self.cadence.reviewed_every_months)

    @property
    def _frequency_since(self) -> date:
        return self.last(Reviewed.FREQUENCY) or self.group.begun_on

    @property
    def due(self) -> tuple[Reviewed, ...]:
        """What the group was to look at again by now."""
        cycle = self.review_due_on is not None and self.review_due_on <= self.on
        frequency = review_due(self.cadence, self._frequency_since, self.on) is not None
        return tuple(of for of, is_due in ((Reviewed.CYCLE, cycle), (Reviewed.FREQUENCY, frequency)) if is_due)


def sector_of(subject: Subject) -> str:
    """This function will give the sector of a subject, or of its organisation; empty where none is on record."""
    return subject.sector or (subject.organisation.sector if subject.organisation else "")


def groups_with_cycles(actor: Actor, on: date) -> list[Group]:
    """This function will give the groups of whose cycle somebody reads: they sit there, keep its papers or audit them.

    A group about one subject has no cycle of business: its end is laid down by what it is about.
    """
    belongs = Q()
    systems = [systems_where(actor, one, on) for one in (Permission.KEEP_MEETINGS, Permission.READ_AUDIT)]
    if None not in systems:
        belongs = Q(system__in=frozenset().union(*(one for one in systems if one)))
        if isinstance(actor, Person) and may(actor, Permission.SEE_MEETINGS, on):
            belongs |= Q(pk__in=_seats(actor, on).values("seat__group"))
    found = Group.objects.standing_on(on).filter(belongs, groups_seen(actor, on), subject=None)
    return list(found.select_related("area").order_by("name", "pk"))


def cycle_of_group(actor: Actor, on: date, group: UUID) -> GroupCycle | None:
    """This function will give the cycle of a group that somebody may read of; else nothing."""
    found = next((one for one in groups_with_cycles(actor, on) if one.pk == group), None)
    return cycles_of(actor, on, [found])[0] if found else None


def cycles_of(actor: Actor, on: date, groups: list[Group]) -> list[GroupCycle]:
    """This function will give the cycles of several groups by as many reads, however many there are."""
    versions = list(BusinessCycle.objects.filter(group__in=groups).select_related("at_meeting").order_by("-number"))
    reviews = list(CycleReview.objects.filter(group__in=groups).order_by("-reviewed_on", "-recorded_at"))
    parts = dict[UUID, set[str]]()
    if isinstance(actor, Person) and may(actor, Permission.SEE_MEETINGS, on):
        for key, part in _seats(actor, on).filter(seat__group__in=groups).values_list("seat__group", "seat__part"):
            parts.setdefault(key, set()).add(part)
    presides = bool(may(actor, Permission.PRESIDE, on))
    made = []
    for group in groups:
        rules = rules_of(group, on)
        paced = rules.kind is not None and not is_stopped(rules.pack, ClockId.MEETING_INTERVAL, on)
        own = parts.get(group.pk, set())
        made.append(
            GroupCycle(
                group=group,
                on=on,
                keeps=keeps_meetings(actor, group.system, on),
                presides=presides and bool(own & {one.value for one in PRESIDING}),
                sits=bool(own),
                versions=tuple(one for one in versions if one.group_id == group.pk),
                clocks=clocks_of(rules.pack, on),
                cadence=rules.kind.cadence if rules.kind and paced else None,
                reviews=tuple(one for one in reviews if one.group_id == group.pk),
            )
        )
    return made


def footprint_of(actor: Actor, on: date, group: Group) -> Footprint:
    """This function will give the providers, and groups of providers, for whose area a group sits (MTG-10)."""
    lying = subjects_within(group.area.code, on).open_on(on).select_related("organisation")
    found = lying.filter(Q(kind=SubjectKind.ORGANISATION, organisation__kind__in=_TO_REACH) | Q(kind=SubjectKind.GROUP))
    open_ = set(found.filter(subjects_open(actor, on)).order_by().values_list("pk", flat=True))
    every = list(found.order_by("name", "key"))
    return Footprint(tuple(one for one in every if one.pk in open_), tuple(one for one in every if one.pk not in open_))


def plan_of(actor: Actor, on: date, cycle: BusinessCycle | None) -> list[EntryView]:
    """This function will give the entries of a plan that somebody may read, by month; none that was taken out."""
    if cycle is None:
        return []
    rows = PlanEntry.objects.visible_to(actor, on).standing().filter(cycle=cycle)
    entries = {one.pk: one for one in rows.select_related("subject", "theme")}
    months = {one.entry_id: one for one in PlanEntryMonth.objects.filter(entry__in=entries).order_by("number")}
    views = [EntryView(one, months[key]) for key, one in entries.items()]
    return sorted(views, key=lambda one: (one.month.month, one.entry.is_sector, named(one.entry), str(one.entry.pk)))


def dropped_of(actor: Actor, on: date, cycle: BusinessCycle | None) -> list[PlanEntry]:
    """This function will give what was taken out of a plan, as far as somebody may read it, the latest first."""
    rows = PlanEntry.objects.visible_to(actor, on).filter(cycle=cycle, dropped__isnull=False)
    return list(rows.select_related("subject", "theme", "dropped").order_by("-dropped__recorded_at"))


def unit_of(entry: PlanEntry) -> str:
    """This function will give the id of whom an entry reaches; of a theme its own."""
    if entry.theme_id:
        return f"theme:{entry.theme_id}"
    return f"sector:{entry.sector}" if entry.is_sector else f"subject:{entry.subject_id}"


def named(entry: PlanEntry) -> str:
    """This function will name what an entry is about."""
    if entry.theme is not None:
        return entry.theme.title
    return entry.subject.name if entry.subject else sector_named(entry.sector)


def sector_named(sector: str) -> str:
    """This function will name a sector."""
    return label(Sector(sector)) if sector else "Providers without a sector on record"


def one_entry(actor: Actor, on: date, entry: UUID) -> EntryView | None:
    """This function will give an entry of the plan that holds, for whoever may read it; else nothing."""
    found = PlanEntry.objects.visible_to(actor, on).standing().filter(pk=entry)
    row = found.select_related("subject", "theme", "cycle", "group").first()
    if row is None or BusinessCycle.objects.filter(group=row.group_id, number__gt=row.cycle.number).exists():
        return None
    return EntryView(row, PlanEntryMonth.objects.filter(entry=row).latest("number"))


def themes_of(actor: Actor, on: date, group: Group) -> list[ProposedTheme]:
    """This function will give the themes that were proposed to a group, those that wait first, then the newest."""
    found = ProposedTheme.objects.visible_to(actor, on).filter(group=group)
    rows = found.select_related("proposed_by", "answer")
    return list(rows.order_by(F("answer__pk").asc(nulls_first=True), "-recorded_at"))


def one_theme(actor: Actor, on: date, theme: UUID) -> ProposedTheme | None:
    """This function will give a theme that somebody may read; else nothing."""
    found = ProposedTheme.objects.visible_to(actor, on).filter(pk=theme)
    return found.select_related("group", "proposed_by", "answer").first()


def themes_waiting(actor: Actor, on: date) -> int:
    """This function will count the themes that wait for an answer of whoever keeps the papers of their groups."""
    kept = [one.pk for one in groups_with_cycles(actor, on) if keeps_meetings(actor, one.system, on)]
    return ProposedTheme.objects.filter(group__in=kept, answer=None).count() if kept else 0


def reviews_waiting(actor: Actor, on: date) -> int:
    """This function will count the reviews that are due in the groups whose papers somebody keeps (MTG-01, MTG-09)."""
    kept = [one for one in groups_with_cycles(actor, on) if keeps_meetings(actor, one.system, on)]
    return sum(len(one.due) for one in cycles_of(actor, on, kept))


def _seats(person: Person, on: date) -> QuerySet[Seating]:
    sits = Seating.objects.in_force(on).filter(person=person.pk).exclude(seat__part=SeatPart.INVITED.value)
    return sits.order_by()

"""Reads for the pages of the standing groups: each with its guidance now and before, its seats, and who sits on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from sightline.core.groups.seating import Filled, Lacking, lacking
from sightline.core.rulebook.groups import GroupType, GroupTypes
from sightline.directory.queries import regions_of, systems_of
from sightline.groups.models import Group, GroupGuidance, ProvidersApart, Seat, Seating
from sightline.groups.queries.apart import apart_on
from sightline.groups.queries.members import in_the_name_of
from sightline.rulebook.queries import pack, pack_in_force, packs, part_of

_OPEN = Q(subject=None)  # groups about no single subject are no secret


@dataclass(frozen=True, slots=True)
class Worked:
    """A guidance by which a group works or worked: what it is, how it calls the group, and from when to when."""

    pack: str
    title: str
    kind: GroupType | None
    from_on: date
    until: date | None  # the first day on which another took its place
    row: GroupGuidance | None  # nothing where the group never laid one down, and the guidance in force counts


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat, who sits on it today, and whose time on it is over or yet to come; of one that ended, everybody's is."""

    seat: Seat
    now: tuple[Seating, ...]
    others: tuple[Seating, ...]
    is_over: bool = False

    @property
    def is_taken(self) -> bool:
        """This function will say whether somebody sits there who is no deputy."""
        return any(not one.is_deputy for one in self.now)


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group as its page tells of it."""

    group: Group
    worked: tuple[Worked, ...]  # the newest first
    now: Worked
    seats: tuple[SeatView, ...]
    ended: tuple[SeatView, ...]  # seats that are no longer needed
    lacking: tuple[Lacking, ...]
    stands: bool
    types: GroupTypes  # of the guidance by which it works now
    beside: Mapping[str, Group]  # by type, the groups to which it may report
    apart: ProvidersApart | None = None  # where a review meets without providers


def group_types(pack_id: str, on: date) -> GroupTypes:
    """This function will give the types of group of a guidance, local changes applied; KeyError for an unknown one."""
    found = part_of(pack(pack_id).id, "group_types", on)
    assert found is not None and isinstance(found.content, GroupTypes), f"{pack_id} has no types of group"
    return found.content


def pack_of_group(group: Group, on: date) -> str:
    """This function will name the guidance by which a group works on a day: its own choice, or what is in force (FRW-02)."""
    chosen = GroupGuidance.objects.filter(group=group, from_on__lte=on).order_by("-from_on").first()
    return chosen.pack if chosen else pack_in_force(on).id


def standing_groups(on: date, seen: Q, *, past: bool = False) -> list[tuple[Group, GroupType | None]]:
    """This function will list the groups that stand on a day, past ones on request, each as its guidance calls it.

    ``seen`` is the condition under which the reader sees a group.
    """
    found = Group.objects.all() if past else Group.objects.standing_on(on)
    rows = (
        found.filter(seen)
        .select_related("area", "ending")
        .prefetch_related("guidance")
        .order_by("area__name", "name", "pk")
    )
    return [(one, _kind(one, on)) for one in rows]


def _kind(group: Group, on: date) -> GroupType | None:
    chosen = [row.pack for row in sorted(group.guidance.all(), key=lambda row: row.from_on) if row.from_on <= on]
    return group_types(chosen[-1] if chosen else pack_in_force(on).id, on).type(group.kind)


def one_group(group_id: UUID, seen: Q = _OPEN) -> Group | None:
    """This function will find a group; one about a single subject under the condition alone that its reader sees it."""
    found = Group.objects.select_related("area", "ending", "subject__organisation")
    return found.filter(seen, pk=group_id).first()


def one_seat(seat_id: UUID) -> Seat | None:
    """This function will find a seat with its group."""
    found = Seat.objects.select_related("group__area", "organisation", "ending")
    return found.filter(pk=seat_id).first()


def one_seating(seating_id: UUID) -> Seating | None:
    """This function will find that somebody sits on a seat, with the seat and its group."""
    found = Seating.objects.select_related("seat__group__area", "seat__ending", "person", "ending")
    return found.filter(pk=seating_id).first()


def group_view(group: Group, on: date) -> GroupView:
    """This function will gather what a group's page tells: guidance, seats, who sits, and what is missing."""
    worked = _worked(group, on)
    now = next((one for one in worked if one.from_on <= on), worked[-1])
    everything = _seats(group, on)
    seats, ended = [tuple(one for one in everything if one.is_over is over) for over in (False, True)]
    apart = apart_on(group, now.kind, on)
    gaps = lacking(now.kind, [_filled(one) for one in seats], is_apart=apart is not None) if now.kind else ()
    ending = getattr(group, "ending", None)
    stands = group.begun_on <= on and (ending is None or on < ending.ends_on)
    types = group_types(now.pack, on)
    return GroupView(group, worked, now, seats, ended, gaps, stands, types, _beside(group, on), apart)


def _filled(one: SeatView) -> Filled:
    names = [in_the_name_of(sits) for sits in one.now if not sits.is_deputy]
    return Filled(one.seat.category, one.is_taken, one.seat.among, next(filter(None, names), None))


def _beside(group: Group, on: date) -> dict[str, Group]:
    """By type, the groups of its own area and, where there is none there, those of the system and region it lies in."""
    above = [*systems_of([group.area], on)[group.area_id], *regions_of([group.area], on)[group.area_id]]
    areas = {group.area_id, *(one.pk for one in above)}
    there = Group.objects.standing_on(on).filter(area__in=areas, subject=None).exclude(pk=group.pk)
    return {one.kind: one for one in sorted(there, key=lambda one: one.area_id == group.area_id)}


def _worked(group: Group, on: date) -> tuple[Worked, ...]:
    rows = list(GroupGuidance.objects.filter(group=group).order_by("from_on", "pk"))
    begins: list[tuple[date, str, GroupGuidance | None]] = [(row.from_on, row.pack, row) for row in rows]
    if not rows or rows[0].from_on > group.begun_on:  # until it first laid one down, whatever was in force counted
        last = rows[0].from_on if rows else max(on, group.begun_on)
        turns = [one.facts.in_force_from for one in packs() if group.begun_on < one.facts.in_force_from <= last]
        days = [group.begun_on, *(one for one in turns if not rows or one < rows[0].from_on)]
        begins = [(one, pack_in_force(one).id, None) for one in days] + begins
    found = []
    for number, (begun, name, row) in enumerate(begins):
        until = begins[number + 1][0] if number + 1 < len(begins) else None
        found.append(Worked(name, pack(name).title, group_types(name, on).type(group.kind), begun, until, row))
    return tuple(reversed(found))


def _seats(group: Group, on: date) -> tuple[SeatView, ...]:
    sits = Prefetch("seatings", Seating.objects.select_related("person", "ending", "chairs_for"))
    said = "seatings__authorities"
    rows = Seat.objects.filter(group=group).select_related("organisation", "ending").prefetch_related(sits, said)
    return tuple(_seat(one, tuple(one.seatings.all()), on) for one in rows)


def _seat(seat: Seat, everybody: Sequence[Seating], on: date) -> SeatView:
    now = tuple(one for one in everybody if holds_on(one, on))
    ending = getattr(seat, "ending", None)
    is_over = ending is not None and ending.ends_on <= on
    return SeatView(seat, now, tuple(one for one in everybody if one not in now), is_over)


def holds_on(seating: Seating, on: date) -> bool:
    """This function will say whether somebody sits there on a day, as ``in_force`` does."""
    last = last_of(seating)
    return seating.valid_from <= on and (last is None or on < last) and seating.person.is_active


def last_of(seating: Seating) -> date | None:
    """This function will give the first day on which somebody no longer sits there; that the seat ended counts too."""
    endings = (getattr(seating, "ending", None), getattr(seating.seat, "ending", None))
    return min((one for one in (seating.valid_to, *(row and row.ends_on for row in endings)) if one), default=None)

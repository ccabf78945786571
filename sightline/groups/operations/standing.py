"""Changes to the standing groups: which there are, by which guidance each works, and who sits in it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.setting_up import Proposed, Standing, may_set_up
from sightline.core.rulebook.groups import Use
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.groups.keeping import keeps_system, system_of_area
from sightline.groups.models import (
    Group,
    GroupEnding,
    GroupGuidance,
    Seat,
    Seating,
    SeatingEnding,
)
from sightline.groups.queries import group_types, pack_of_group
from sightline.groups.words import TIERS_OF, SeatPart
from sightline.rulebook.queries import pack as pack_called
from sightline.rulebook.queries import pack_in_force
from sightline.web.wording import day

SOURCE = "Roles and permissions (PER)"


@operation(Permission.KEEP_GROUPS, on="result")
def set_up_group(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    name: str,
    area: Organisation,
    begun_on: date,
    because: str,
    system: str = "",
    pack: str = "",
    uses: frozenset[Use] = frozenset(),
) -> Group:
    """This function will set up a group of a type of its guidance, for a place, a system or a region (GRP-01).

    A system's quality group that is to serve as the ICB's committee for assurance as well is refused (GRP-04). Without
    ``pack`` the group works by the guidance in force. Raises Refused with every reason, Invalid where a day or a name
    does not fit.
    """
    area = Organisation.objects.select_for_update().get(pk=area.pk)  # two at once do not both come first
    today = timezone.localdate(at)
    whose = system or system_of_area(area, today)
    if not whose:
        raise Invalid("This area lies in several systems or in none. Say to whose record the group belongs.")
    _must_keep(by, whose, today)
    guidance = pack or pack_in_force(begun_on).id
    if problems := _unfit_pack(guidance, begun_on):
        raise Invalid(*problems)
    tiers = TIERS_OF.get(Kind(area.kind), frozenset())
    proposed = Proposed(kind, name, str(area.pk), tiers, uses)
    there = Group.objects.filter(Q(ending=None) | Q(ending__ends_on__gt=begun_on), area=area)
    beside = [Standing(one.kind, one.name, str(area.pk)) for one in there]
    verdict = may_set_up(proposed, group_types(guidance, today), beside)
    if not verdict:
        raise Refused(verdict)
    group = Group.objects.create(
        kind=kind,
        name=name.strip(),
        area=area,
        system=whose,
        begun_on=begun_on,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    if pack:
        _lay_down(group, pack, begun_on, because, by, at)
    return group


@operation(Permission.KEEP_GROUPS, on="group")
def end_group(*, by: Actor, at: datetime, group: Group, ends_on: date, because: str) -> GroupEnding:
    """This function will end a group from a day on; what it did stays on record."""
    group = _kept(by, group, at)
    if GroupEnding.objects.filter(group=group).exists():
        raise Invalid("This group was ended before.")
    if ends_on <= group.begun_on:
        raise Invalid(f"The group began on {day(group.begun_on)}: give a later day.")
    return GroupEnding.objects.create(
        group=group, ends_on=ends_on, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.KEEP_GROUPS, on="group")
def lay_down_guidance(
    *, by: Actor, at: datetime, group: Group, pack: str, from_on: date, because: str
) -> GroupGuidance:
    """This function will move a group to another guidance from a day on; what came before keeps its words (FRW-02).

    Raises Invalid for a guidance that there is not, or that does not know groups of this type, and for a day on which
    the guidance was not in force yet, the group was not there, or that lies before its last move.
    """
    group = _kept(by, group, at)
    problems = _unfit_pack(pack, from_on)
    if not problems and group_types(pack, timezone.localdate(at)).type(group.kind) is None:
        problems = [f"{pack_called(pack).title} knows no groups of this type. End the group, or choose another."]
    if from_on < group.begun_on:
        problems.append(f"The group began on {day(group.begun_on)}: give that day or a later one.")
    ending = GroupEnding.objects.filter(group=group).first()
    if ending is not None and from_on >= ending.ends_on:
        problems.append(f"The group was ended from {day(ending.ends_on)} on: give an earlier day.")
    newest = GroupGuidance.objects.filter(group=group).order_by("-from_on").first()
    if newest is not None and from_on <= newest.from_on:
        problems.append(
            f"The last move was on {day(newest.from_on)}: give a later day. What was before is not rewritten."
        )
    if pack == pack_of_group(group, from_on):
        problems.append("The group works by this guidance already on that day. Choose another.")
    if problems:
        raise Invalid(*problems)
    return _lay_down(group, pack, from_on, because, by, at)


@operation(Permission.KEEP_GROUPS, on="result")
def add_seat(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    title: str,
    part: SeatPart,
    organisation: Organisation | None = None,
) -> Seat:
    """This function will add a seat to a group: what it stands for, and whose it is where an organisation fills it.

    A group has one chair. Raises Invalid where the very same seat is there and nobody sits on it.
    """
    group = _kept(by, group, at)
    today, title = timezone.localdate(at), title.strip()
    if not title:
        raise Invalid("Say what the seat stands for.")
    seats = Seat.objects.filter(group=group)
    if part is SeatPart.CHAIR and seats.filter(part=part.value).exists():
        raise Invalid("The group has a seat for its chair already. Fill that one.")
    same = seats.filter(title__iexact=title, part=part.value, organisation=organisation)
    taken = Seating.objects.in_force(today).filter(seat__in=same, is_deputy=False).values("seat")
    if same.exclude(pk__in=taken).exists():
        raise Invalid("There is such a seat already, and nobody sits on it. Fill that one first.")
    return Seat.objects.create(
        group=group,
        title=title,
        part=part.value,
        organisation=organisation,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="result")
def seat_person(
    *,
    by: Actor,
    at: datetime,
    seat: Seat,
    person: Person,
    is_deputy: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Seating:
    """This function will have a person sit on a seat from a day on, or stand in for whoever does.

    ``valid_to`` is the first day on which it no longer holds. Raises Refused for somebody without a role in the
    keeper's systems, Invalid where the days cross with somebody else's.
    """
    group = _kept(by, seat.group, at)
    today = timezone.localdate(at)
    begins = valid_from or max(today, group.begun_on)
    if not colleagues(Permission.KEEP_GROUPS, by=by, on=today).filter(pk=person.pk).exists():
        raise Refused(refused("Somebody sits in a group who holds a role in its system. Ask for one first.", SOURCE))
    if problems := _unfit_days(group, begins, valid_to):
        raise Invalid(*problems)
    for one in Seating.objects.filter(seat=seat).select_related("ending"):
        ended = getattr(one, "ending", None)
        last = min((when for when in (one.valid_to, ended and ended.ends_on) if when), default=None)
        crosses = (valid_to is None or one.valid_from < valid_to) and (last is None or begins < last)
        if crosses and one.person_id == person.pk:
            raise Invalid("This person has this seat on some of these days already.")
        if crosses and not is_deputy and not one.is_deputy:
            raise Invalid("Somebody else sits there on some of these days. End that first, or add a deputy.")
    return Seating.objects.create(
        seat=seat,
        person=person,
        is_deputy=is_deputy,
        valid_from=begins,
        valid_to=valid_to,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="seating")
def end_seating(*, by: Actor, at: datetime, seating: Seating, ends_on: date | None = None) -> SeatingEnding:
    """This function will end that somebody sits on a seat; ``ends_on`` is the first day on which it no longer holds."""
    _kept(by, seating.seat.group, at)
    last = ends_on or max(timezone.localdate(at), seating.valid_from)
    if SeatingEnding.objects.filter(seating=seating).exists():
        raise Invalid("This was ended before.")
    if last < seating.valid_from:
        raise Invalid(f"It began on {day(seating.valid_from)}: give that day or a later one.")
    if seating.valid_to is not None and last >= seating.valid_to:
        raise Invalid(f"It ends by itself from {day(seating.valid_to)} on: give an earlier day.")
    return SeatingEnding.objects.create(seating=seating, ends_on=last, recorded_at=at, recorded_by=by.actor_id)


# --- shared by the above


def _must_keep(by: Actor, system: str, on: date) -> None:
    if not keeps_system(by, system, on):
        raise Refused(refused("You keep the groups of your own system.", SOURCE))


def _kept(by: Actor, group: Group, at: datetime) -> Group:
    """The group as it is now, held against whoever changes it at the same time; refused for whoever does not keep it."""
    _must_keep(by, group.system, timezone.localdate(at))
    return Group.objects.select_for_update().get(pk=group.pk)


def _unfit_pack(pack: str, on: date) -> list[str]:
    """What is wrong with a guidance as one by which a group works from a day on."""
    try:
        facts = pack_called(pack).facts
    except KeyError:
        return ["There is no guidance of that name here. Choose one from the list."]
    if on < facts.in_force_from:
        return [f"{facts.title} is in force from {day(facts.in_force_from)} on. Give that day or a later one."]
    return []


def _unfit_days(group: Group, begins: date, ends: date | None) -> list[str]:
    ending = GroupEnding.objects.filter(group=group).first()
    problems = []
    if begins < group.begun_on:
        problems.append(f"The group began on {day(group.begun_on)}: give that day or a later one.")
    if ending is not None and begins >= ending.ends_on:
        problems.append(f"The group was ended from {day(ending.ends_on)} on.")
    if ends is not None and ends <= begins:
        problems.append("The last day lies before the first: correct one of the two.")
    return problems


def _lay_down(group: Group, pack: str, from_on: date, because: str, by: Actor, at: datetime) -> GroupGuidance:
    return GroupGuidance.objects.create(
        group=group,
        pack=pack,
        from_on=from_on,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )

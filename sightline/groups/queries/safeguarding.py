"""Reads of safeguarding in a group: who answers for it, what its organisations confirmed, the boards of its councils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.rulebook.clocks import later_by
from sightline.directory.models import Organisation
from sightline.directory.queries import within
from sightline.directory.words import Kind
from sightline.groups.models import (
    CouncilBody,
    Group,
    SafeguardingConfirmation,
    SafeguardingLead,
    SafeguardingPeriod,
    Seat,
    Seating,
)
from sightline.groups.queries.standing import group_for
from sightline.groups.safeguarding_words import ASSURING, USUAL_MONTHS, CouncilBodyKind, Represented
from sightline.groups.words import SeatPart

# Of a place or a system all councils are listed; of a region those that have a seat.
_LISTS_COUNCILS = frozenset(Kind) - {Kind.NATION, Kind.NHS_ENGLAND, Kind.REGION}


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers for the standing item: the seat, and who sits there today."""

    row: SafeguardingLead
    sitters: tuple[Seating, ...]

    @property
    def is_taken(self) -> bool:
        """This function will say whether somebody sits there, if only as a deputy."""
        return bool(self.sitters)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One organisation that sits in a group, what it confirmed last, and when it is asked again."""

    organisation: Organisation
    sitters: tuple[Seating, ...]
    row: SafeguardingConfirmation | None
    asked_again_on: date | None

    def is_due(self, on: date) -> bool:
        """This function will say whether what it confirmed is to be confirmed again."""
        return self.asked_again_on is not None and self.asked_again_on <= on

    @property
    def lacks_briefing(self) -> bool:
        """This function will say whether two people speak for it, and it did not say how they brief each other."""
        return self.row is not None and self.row.represented == Represented.ANOTHER and not self.row.briefs


@dataclass(frozen=True, slots=True)
class Council:
    """One council with what is on record of its boards; None where nothing is."""

    organisation: Organisation
    sitters: tuple[Seating, ...]  # who sit in the group for it
    bodies: Mapping[CouncilBodyKind, CouncilBody | None]


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """All that a group's page about safeguarding tells."""

    group: Group
    stands: bool
    lead: Answers | None
    leads_before: tuple[SafeguardingLead, ...]  # also those that are yet to begin; the newest first
    period: SafeguardingPeriod | None
    members: tuple[Confirmed, ...]
    seats_of_nobody: int  # seats that name no organisation, for which nobody can confirm
    councils: tuple[Council, ...]
    sits: Mapping[UUID, tuple[Seating, ...]]  # by seat

    @property
    def months(self) -> int:
        """This function will give after how many months an organisation is asked again."""
        return self.period.months if self.period else USUAL_MONTHS


@dataclass(frozen=True, slots=True)
class Assurance:
    """Where a matter of safeguarding goes in one council's area, as far as it is on record (SAF-08)."""

    council: Organisation
    bodies: Mapping[CouncilBodyKind, CouncilBody | None]


def safeguarding(group: Group, on: date) -> Safeguarding:
    """This function will gather who answers for safeguarding, what is confirmed, and which boards are on record."""
    seats = list(Seat.objects.standing_on(on).filter(group=group).select_related("organisation"))
    sits = _sitting(seats, on)
    leads = list(SafeguardingLead.objects.filter(group=group).select_related("seat").order_by("-from_on", "-pk"))
    lead = next((one for one in leads if one.from_on <= on), None)
    period = period_of(group, on)
    ending = getattr(group, "ending", None)
    return Safeguarding(
        group=group,
        stands=group.begun_on <= on and (ending is None or on < ending.ends_on),
        lead=Answers(lead, sits.get(lead.seat_id, ())) if lead else None,
        leads_before=tuple(one for one in leads if one is not lead),
        period=period,
        members=_members(group, seats, sits, period.months if period else USUAL_MONTHS),
        seats_of_nobody=sum(one.organisation is None for one in seats if _is_member(one)),
        councils=_councils(group, seats, sits, on),
        sits=sits,
    )


def period_of(group: Group, on: date) -> SafeguardingPeriod | None:
    """This function will give after which period a group asks again; nothing where it set none, and the usual counts."""
    rows = SafeguardingPeriod.objects.filter(group=group, from_on__lte=on)
    return rows.order_by("-from_on", "-pk").first()


def reads_safeguarding(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether the actor reads a group's page: who hears in its system, or sits in it.

    A group about one subject has no such page: safeguarding is a standing item of the groups that always stand.
    """
    if group.subject_id is not None:
        return False
    systems = systems_where(actor, Permission.SEE_INTELLIGENCE, on)
    if systems is None or group.system in systems:
        return True
    return isinstance(actor, Person) and Seating.objects.in_force(on).filter(seat__group=group, person=actor).exists()


def speaks_for(actor: Actor, group: Group, organisation: Organisation, on: date) -> bool:
    """This function will say whether the actor sits in a group for an organisation, as its member or deputy."""
    people = {one.person_id for one in representatives(group, organisation, on)}
    return isinstance(actor, Person) and actor.pk in people


def representatives(group: Group, organisation: Organisation, on: date) -> tuple[Seating, ...]:
    """This function will give who sits in a group for an organisation; who is merely invited is no member."""
    found = Seating.objects.in_force(on).filter(seat__group=group, seat__organisation=organisation)
    found = found.exclude(seat__part=SeatPart.INVITED.value).select_related("person", "seat")
    return tuple(found.order_by("is_deputy", "person__display_name", "pk"))


def member_organisation(group: Group, organisation: UUID, on: date) -> Organisation | None:
    """This function will find an organisation that has a seat in the group as a member."""
    seats = Seat.objects.standing_on(on).filter(group=group, organisation=organisation)
    found = seats.exclude(part=SeatPart.INVITED.value).select_related("organisation").first()
    return found.organisation if found else None


def council_of(group: Group, organisation: UUID, on: date) -> Organisation | None:
    """This function will find a council that has a seat in the group or lies in its area."""
    return next((one for one in councils_of(group, on) if one.pk == organisation), None)


def councils_of(group: Group, on: date) -> tuple[Organisation, ...]:
    """This function will give the councils that have a seat in a group, and those that lie in its area."""
    seated = Seat.objects.standing_on(on).filter(group=group, organisation__isnull=False).values("organisation")
    wanted = Q(pk__in=seated)
    if Kind(group.area.kind) in _LISTS_COUNCILS:
        wanted |= Q(pk__in=within(group.area, on).filter(kind=Kind.LOCAL_AUTHORITY).values("pk"))
    found = Organisation.objects.open_on(on).filter(wanted, kind=Kind.LOCAL_AUTHORITY)
    return tuple(found.order_by("name", "code"))


def seats_of(group: Group, on: date) -> tuple[tuple[Seat, tuple[Seating, ...]], ...]:
    """This function will give the seats of a group with who sits on each today; who is merely invited is left out."""
    found = Seat.objects.standing_on(on).filter(group=group).select_related("organisation")
    seats = [one for one in found if _is_member(one)]
    sits = _sitting(seats, on)
    return tuple((one, sits.get(one.pk, ())) for one in seats)


def newest_confirmation(group: Group, organisation: Organisation) -> SafeguardingConfirmation | None:
    """This function will give what an organisation confirmed last."""
    rows = SafeguardingConfirmation.objects.filter(group=group, organisation=organisation)
    return rows.order_by("-confirmed_on", "-recorded_at", "-pk").first()


def newest_body(group: Group, council: Organisation, kind: CouncilBodyKind) -> CouncilBody | None:
    """This function will give what is on record of one board of a council."""
    rows = CouncilBody.objects.filter(group=group, council=council, kind=kind.value)
    return rows.order_by("-as_of", "-recorded_at", "-pk").first()


def assurance_of(system: str, on: date) -> tuple[Assurance, ...]:
    """This function will give the boards to which a matter of safeguarding is routed, by the system's councils (SAF-08).

    Each council of the system's quality group is listed, also where nothing is on record of it: a gap is no answer.
    """
    if not system:
        return ()
    kinds = [one.value for one in ASSURING]
    rows = CouncilBody.objects.filter(group__system=system, group__in=Group.objects.standing_on(on), kind__in=kinds)
    newest = _newest(rows.select_related("council").order_by("as_of", "recorded_at", "pk"))
    group = group_for(system, on)
    councils = {one.council_id: one.council for one in newest.values()}
    councils |= {one.pk: one for one in (councils_of(group, on) if group else ())}
    return tuple(
        Assurance(one, {kind: newest.get((one.pk, kind.value)) for kind in ASSURING})
        for one in sorted(councils.values(), key=lambda one: (one.name, one.code))
    )


# --- shared by the above


def _is_member(seat: Seat) -> bool:
    return seat.part != SeatPart.INVITED


def _sitting(seats: Iterable[Seat], on: date) -> Mapping[UUID, tuple[Seating, ...]]:
    found: dict[UUID, tuple[Seating, ...]] = {}
    rows = Seating.objects.in_force(on).filter(seat__in=[one.pk for one in seats]).select_related("person", "seat")
    for one in rows.order_by("is_deputy", "person__display_name", "pk"):
        found[one.seat_id] = (*found.get(one.seat_id, ()), one)
    return found


def _sit_for(
    organisation: UUID, seats: Sequence[Seat], sits: Mapping[UUID, tuple[Seating, ...]]
) -> tuple[Seating, ...]:
    own = [one for one in seats if one.organisation_id == organisation and _is_member(one)]
    return tuple(sitting for seat in own for sitting in sits.get(seat.pk, ()))


def _members(
    group: Group, seats: Sequence[Seat], sits: Mapping[UUID, tuple[Seating, ...]], months: int
) -> tuple[Confirmed, ...]:
    bodies = {one.organisation.pk: one.organisation for one in seats if one.organisation and _is_member(one)}
    rows = SafeguardingConfirmation.objects.filter(group=group, organisation__in=bodies).select_related("person")
    newest = {one.organisation_id: one for one in rows.order_by("confirmed_on", "recorded_at", "pk")}
    found = []
    for body in sorted(bodies.values(), key=lambda one: (one.name, one.code)):
        row = newest.get(body.pk)
        again = later_by(row.confirmed_on, months) if row else None
        found.append(Confirmed(body, _sit_for(body.pk, seats, sits), row, again))
    return tuple(found)


def _councils(
    group: Group, seats: Sequence[Seat], sits: Mapping[UUID, tuple[Seating, ...]], on: date
) -> tuple[Council, ...]:
    rows = CouncilBody.objects.filter(group=group).select_related("seat").order_by("as_of", "recorded_at", "pk")
    newest = _newest(rows)
    return tuple(
        Council(
            one,
            _sit_for(one.pk, seats, sits),
            {kind: newest.get((one.pk, kind.value)) for kind in CouncilBodyKind},
        )
        for one in councils_of(group, on)
    )


def _newest(rows: Iterable[CouncilBody]) -> dict[tuple[UUID, str], CouncilBody]:
    return {(one.council_id, one.kind): one for one in rows}

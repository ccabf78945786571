"""Changes to the seats of a group: which there are, who sits on them, and in whose name somebody chairs."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.apart import may_sit_for_provider
from sightline.core.groups.chairing import PRESIDING, may_chair, regional_ground
from sightline.core.groups.sitting import PARTS_OF_MEMBERS
from sightline.core.rulebook.groups import ExpectedSeat, GroupType
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Invalid, Refused, demand, refused
from sightline.directory.models import Organisation
from sightline.groups.keeping import SOURCE, kept
from sightline.groups.models import Group, GroupEnding, Seat, SeatEnding, Seating, SeatingEnding
from sightline.groups.queries import about, chair_rules, chairing, group_types, last_of, pack_of_group
from sightline.groups.queries.apart import apart_on, is_of_provider
from sightline.groups.words import SeatPart
from sightline.web.wording import day


@operation(Permission.KEEP_GROUPS, on="result")
def add_seat(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    title: str,
    part: SeatPart,
    organisation: Organisation | None = None,
    category: str = "",
    among: str = "",
) -> Seat:
    """This function will add a seat to a group: what it stands for, and whose it is where an organisation fills it.

    ``category`` is the expected seat of the guidance that it fills, and ``among`` whom it adds among those (MEM-01,
    MEM-02); without one, a title that the guidance uses says which. A group has one chair, and as many co-chairs as it
    likes. Raises Invalid where the very same seat is there and nobody sits on it, Refused for a chair of whoever may
    not chair there (CHR-06, CHR-07).
    """
    today, title = timezone.localdate(at), title.strip()
    group = kept(by, group, today)
    if not title:
        raise Invalid("Say what the seat stands for.")
    category, among = _category(group, title, part, organisation, category, among, today)
    seats = Seat.objects.standing_on(today).filter(group=group)
    if part is SeatPart.CHAIR and seats.filter(part=part.value).exists():
        raise Invalid("The group has a seat for its chair already. Fill that one, or end it first.")
    same = seats.filter(title__iexact=title, part=part.value, organisation=organisation)
    taken = Seating.objects.in_force(today).filter(seat__in=same, is_deputy=False).values("seat")
    if same.exclude(pk__in=taken).exists():
        raise Invalid("There is such a seat already, and nobody sits on it. Fill that one first.")
    _must_not_be_the_subjects_own(group, part, organisation, today)
    return Seat.objects.create(
        group=group,
        title=title,
        category=category,
        among=among,
        part=part.value,
        organisation=organisation,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="seat")
def end_seat(*, by: Actor, at: datetime, seat: Seat, because: str, ends_on: date | None = None) -> SeatEnding:
    """This function will end a seat that is no longer needed; ``ends_on`` is the first day on which it is not there.

    Whoever sits there leaves it with the seat; that they sat there stays on record. Raises Invalid when it was ended
    before, or the day lies before somebody's first day on it.
    """
    today = timezone.localdate(at)
    group = kept(by, seat.group, today)
    last = ends_on or max(today, group.begun_on)
    if SeatEnding.objects.filter(seat=seat).exists():
        raise Invalid("This seat was ended before.")
    if last < group.begun_on:
        raise Invalid(f"The group began on {day(group.begun_on)}: give that day or a later one.")
    newest = Seating.objects.filter(seat=seat).order_by("-valid_from").first()
    if newest is not None and last < newest.valid_from:
        raise Invalid(f"Somebody sits there from {day(newest.valid_from)} on: give that day or a later one.")
    return SeatEnding.objects.create(
        seat=seat, ends_on=last, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
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
    chairs_for: Organisation | None = None,
    trigger: str = "",
    why_both: str = "",
) -> Seating:
    """This function will have a person sit on a seat from a day on, or stand in for whoever does.

    ``valid_to`` is the first day on which it no longer holds. ``why_both`` says why somebody who has a seat or stands in
    here already gets another: at any time they count for one of them (QUO-04). Whoever chairs a group about one subject
    does so in the name of ``chairs_for``, and for NHS England's region because of a ``trigger`` (CHR-05 to CHR-07).
    Raises Refused for whoever may not chair there and for somebody without a role in the keeper's systems, Invalid where
    the days cross with somebody else's, or the person sits there already and nobody says why they get both.
    """
    today = timezone.localdate(at)
    group = kept(by, seat.group, today)
    _must_not_be_apart(group, seat, today)
    begins = valid_from or max(today, group.begun_on)
    if not colleagues(Permission.KEEP_GROUPS, by=by, on=today).filter(pk=person.pk).exists():
        raise Refused(refused("Somebody sits in a group who holds a role in its system. Ask for one first.", SOURCE))
    if problems := [*_unfit_days(group, begins, valid_to), *_unfit_seat(seat, begins, valid_to)]:
        raise Invalid(*problems)
    _must_not_cross(seat, person, is_deputy, begins, valid_to)
    why_both = _why_both(seat, person, begins, valid_to, why_both.strip())
    name, ground = _fit_to_chair(group, seat, person, chairs_for, trigger, max(begins, today))
    return Seating.objects.create(
        seat=seat,
        person=person,
        is_deputy=is_deputy,
        valid_from=begins,
        valid_to=valid_to,
        chairs_for=name,
        trigger=ground,
        why_both=why_both,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="seating")
def end_seating(*, by: Actor, at: datetime, seating: Seating, ends_on: date | None = None) -> SeatingEnding:
    """This function will end that somebody sits on a seat; ``ends_on`` is the first day on which it no longer holds."""
    today = timezone.localdate(at)
    kept(by, seating.seat.group, today)
    last = ends_on or max(today, seating.valid_from)
    if SeatingEnding.objects.filter(seating=seating).exists():
        raise Invalid("This was ended before.")
    if last < seating.valid_from:
        raise Invalid(f"It began on {day(seating.valid_from)}: give that day or a later one.")
    if seating.valid_to is not None and last >= seating.valid_to:
        raise Invalid(f"It ends by itself from {day(seating.valid_to)} on: give an earlier day.")
    gone = SeatEnding.objects.filter(seat=seating.seat_id).first()
    if gone is not None and last >= gone.ends_on:
        raise Invalid(f"The seat itself ends on {day(gone.ends_on)}: give an earlier day.")
    return SeatingEnding.objects.create(seating=seating, ends_on=last, recorded_at=at, recorded_by=by.actor_id)


# --- shared by the above


def _category(
    group: Group, title: str, part: SeatPart, body: Organisation | None, category: str, among: str, on: date
) -> tuple[str, str]:
    """Which expected seat it fills, by what was said or by its title; the seat of a Healthwatch says so by itself."""
    kind = group_types(pack_of_group(group, on), on).type(group.kind)
    expected = _expected(kind, title, part, category) if kind else None
    if expected is None or expected.part is not part:
        if category or among:
            raise Invalid("The guidance of this group expects no such seat. Choose one that it does, or another seat.")
        return "", ""
    wanted = {one.id for one in expected.among}
    if among and among not in wanted:
        raise Invalid(f"The guidance wants nobody of that kind as “{expected.title}”.")
    theirs = str(body.kind) if body is not None and str(body.kind) in wanted else ""
    return expected.id, among or theirs


def _expected(kind: GroupType, title: str, part: SeatPart, category: str) -> ExpectedSeat | None:
    """The expected seat that was named or whose title it has; a group has one chair, whatever the seat is called."""
    if category:
        return kind.seat(category)
    chair = next((one for one in kind.seats if one.part is part is SeatPart.CHAIR), None)
    return kind.seat_titled(title) or chair


def _fit_to_chair(
    group: Group, seat: Seat, person: Person, chairs_for: Organisation | None, trigger: str, on: date
) -> tuple[Organisation | None, str]:
    """In whose name they chair, and the trigger that stands for it; refused for whoever may not (CHR-05 to CHR-07)."""
    rules = chair_rules(group, on)
    if rules is None or SeatPart(seat.part) not in PRESIDING:
        if chairs_for is not None or trigger:
            raise Invalid("In whose name somebody chairs is asked of those alone who chair a group about one subject.")
        return None, ""
    body = chairs_for or seat.organisation
    if body is None:
        raise Invalid("Say in whose name they chair: of which organisation.")
    subject = about(group.subject, on)
    one = chairing(SeatPart(seat.part), body, person, trigger, on)
    verdict = may_chair(one, subject, rules)
    if not verdict:
        raise Refused(verdict)
    ground = regional_ground(trigger, subject, rules) if one.sort is Slot.NHS_ENGLAND_REGION else None
    return body, ground.id if ground else ""


def _must_not_be_the_subjects_own(group: Group, part: SeatPart, body: Organisation | None, on: date) -> None:
    rules = chair_rules(group, on)
    if rules is None or body is None or part not in PRESIDING:
        return
    subject = about(group.subject, on)
    one = chairing(part, body, None, "", on)
    if one.bodies & subject.bodies:
        raise Refused(may_chair(one, subject, rules))


def _must_not_be_apart(group: Group, seat: Seat, on: date) -> None:
    """Raises Refused where somebody is to sit for a provider in a review that meets without them (MEM-10)."""
    kind = group_types(pack_of_group(group, on), on).type(group.kind)
    if is_of_provider(seat, kind):
        demand(may_sit_for_provider(kind, apart_on(group, kind, on) is not None))


def _must_not_cross(seat: Seat, person: Person, is_deputy: bool, begins: date, ends: date | None) -> None:
    for one in Seating.objects.filter(seat=seat).select_related("ending"):
        ended = getattr(one, "ending", None)
        last = min((when for when in (one.valid_to, ended and ended.ends_on) if when), default=None)
        crosses = (ends is None or one.valid_from < ends) and (last is None or begins < last)
        if crosses and one.person_id == person.pk:
            raise Invalid("This person has this seat on some of these days already.")
        if crosses and not is_deputy and not one.is_deputy:
            raise Invalid("Somebody else sits there on some of these days. End that first, or add a deputy.")


def _why_both(seat: Seat, person: Person, begins: date, ends: date | None, why: str) -> str:
    """Why somebody is seated who sits in the group already, empty for all others; Invalid where nobody says."""
    if SeatPart(seat.part) not in PARTS_OF_MEMBERS:
        return ""
    parts = [one.value for one in PARTS_OF_MEMBERS]
    others = Seating.objects.filter(person=person, seat__group=seat.group_id, seat__part__in=parts).exclude(seat=seat)
    there = [
        one
        for one in others.select_related("seat__ending", "ending")
        if (ends is None or one.valid_from < ends) and ((last := last_of(one)) is None or begins < last)
    ]
    if not there:
        return ""
    if not why:
        titles = " and ".join(f"“{one.seat.title}”{' as a deputy' if one.is_deputy else ''}" for one in there)
        raise Invalid(
            f"{person.display_name} sits here already: {titles}. At any time they count for one seat alone. "
            "If they are to have both, say why below."
        )
    why_it_stays([why])
    return why


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


def _unfit_seat(seat: Seat, begins: date, ends: date | None) -> list[str]:
    gone = SeatEnding.objects.filter(seat=seat).first()
    if gone is not None and (begins >= gone.ends_on or (ends is not None and ends > gone.ends_on)):
        return [f"The seat was ended from {day(gone.ends_on)} on."]
    return []

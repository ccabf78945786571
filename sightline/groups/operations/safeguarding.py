"""Changes to safeguarding in a group: who answers for it, what an organisation confirms, the boards of a council."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.groups.keeping import SOURCE, keeps_system, kept
from sightline.groups.models import (
    CouncilBody,
    Group,
    GroupEnding,
    SafeguardingConfirmation,
    SafeguardingLead,
    SafeguardingPeriod,
    Seat,
)
from sightline.groups.queries.safeguarding import (
    council_of,
    member_organisation,
    newest_body,
    newest_confirmation,
    speaks_for,
)
from sightline.groups.safeguarding_words import MOST_MONTHS, USUAL_MONTHS, CouncilBodyKind, Represented
from sightline.groups.words import SeatPart
from sightline.web.wording import day

_REWRITES = "What was before is not rewritten."


@operation(Permission.KEEP_GROUPS, on="group")
def name_safeguarding_lead(
    *, by: Actor, at: datetime, group: Group, seat: Seat, because: str, from_on: date | None = None
) -> SafeguardingLead:
    """This function will name the seat that answers for safeguarding as a standing item (SAF-03; QSG 2017 ¶79).

    Who sits there answers for it, and whoever follows them. Raises Invalid for a seat of another group or of an
    invited guest, and for a day before the last change; Already where that seat answers for it.
    """
    group, today = _kept(by, group, at), timezone.localdate(at)
    begins = from_on or max(today, group.begun_on)
    newest = SafeguardingLead.objects.filter(group=group).order_by("-from_on", "-pk").first()
    if newest is not None and newest.seat_id == seat.pk:
        raise Already("This seat answers for safeguarding already.")
    _demand_member_seat(seat, group)
    _demand_not_before(begins, group, newest.from_on if newest else None)
    why_it_stays([because])
    return SafeguardingLead.objects.create(
        group=group, seat=seat, from_on=begins, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.KEEP_GROUPS, on="group")
def ask_again_after(
    *, by: Actor, at: datetime, group: Group, months: int, because: str, from_on: date | None = None
) -> SafeguardingPeriod:
    """This function will set after how many months a group asks its organisations to confirm again (SAF-10).

    The guidance names no period. Raises Invalid where the number or the day does not fit, Already where it is the same.
    """
    group, today = _kept(by, group, at), timezone.localdate(at)
    begins = from_on or max(today, group.begun_on)
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid(f"Give a number of months from 1 to {MOST_MONTHS}.")
    newest = SafeguardingPeriod.objects.filter(group=group).order_by("-from_on", "-pk").first()
    if months == (newest.months if newest else USUAL_MONTHS):
        raise Already("The organisations are asked again after that time already.")
    _demand_not_before(begins, group, newest.from_on if newest else None)
    why_it_stays([because])
    return SafeguardingPeriod.objects.create(
        group=group, months=months, from_on=begins, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def confirm_safeguarding(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    organisation: Organisation,
    represented: Represented,
    briefs: str = "",
    person: Person | None = None,
    confirmed_on: date | None = None,
    knowingly: str = "",
) -> SafeguardingConfirmation:
    """This function will record that an organisation knows its accountability and the local processes (SAF-10, SAF-09).

    Whoever sits in the group for it confirms; who keeps the group writes down that such a ``person`` did. Raises Refused
    for anybody else, Invalid where day and words do not fit, Already where the very same is on record.
    """
    today, briefs = timezone.localdate(at), briefs.strip()
    who, confirmed = _confirming(by, person, group, organisation, today), confirmed_on or today
    group = Group.objects.select_for_update().get(pk=group.pk)
    _demand_standing(group, today)
    if not group.begun_on <= confirmed <= today:
        raise Invalid("Give the day on which it was confirmed: not before the group began, and not yet to come.")
    if briefs and represented is not Represented.ANOTHER:
        raise Invalid("How they brief each other is asked only where somebody else speaks for it on safeguarding.")
    newest = newest_confirmation(group, organisation)
    told = (who.pk, confirmed, represented.value, briefs)
    if newest and (newest.person_id, newest.confirmed_on, newest.represented, newest.briefs) == told:
        raise Already("This is on record already.")
    if newest and confirmed < newest.confirmed_on:
        raise Invalid(f"It was confirmed on {day(newest.confirmed_on)}: give that day or a later one. {_REWRITES}")
    return SafeguardingConfirmation.objects.create(
        group=group,
        organisation=organisation,
        person=who,
        confirmed_on=confirmed,
        represented=represented.value,
        briefs=briefs,
        knowingly=why_it_stays([briefs], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="result")
def record_council_body(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    council: Organisation,
    kind: CouncilBodyKind,
    name: str,
    reached_by: str = "",
    seat: Seat | None = None,
    priorities: str = "",
    as_of: date | None = None,
    knowingly: str = "",
) -> CouncilBody:
    """This function will record a board or committee of a council, and who keeps in touch (SAF-06, SAF-07; QSG 2017 ¶71).

    Raises Invalid for a council that is none of the group's, a seat of another group, or a day that does not fit;
    Already where the very same is on record.
    """
    group, today = _kept(by, group, at), timezone.localdate(at)
    known_on = as_of or today
    told = {"name": name.strip(), "reached_by": reached_by.strip(), "priorities": priorities.strip(), "seat": seat}
    if council_of(group, council.pk, today) is None:
        raise Invalid("This is no council of the group: it has no seat, and does not lie in the group’s area.")
    if not told["name"]:
        raise Invalid("Say what the board or committee is called.")
    if seat is not None:
        _demand_member_seat(seat, group)
    if told["priorities"] and kind is not CouncilBodyKind.WELLBEING_BOARD:
        raise Invalid("Priorities are recorded of a health and wellbeing board alone.")
    if known_on > today:
        raise Invalid("This day is yet to come. Give the day on which it was so.")
    newest = newest_body(group, council, kind)
    if newest and known_on < newest.as_of:
        raise Invalid(f"What is on record is of {day(newest.as_of)}: give that day or a later one. {_REWRITES}")
    if newest and all(getattr(newest, key) == value for key, value in {**told, "as_of": known_on}.items()):
        raise Already("This is on record already.")
    return CouncilBody.objects.create(
        group=group,
        council=council,
        kind=kind.value,
        as_of=known_on,
        knowingly=why_it_stays([name, reached_by, priorities], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
        **told,
    )


# --- shared by the above


def _confirming(by: Actor, person: Person | None, group: Group, organisation: Organisation, today: date) -> Person:
    """Who confirms for an organisation; refused for whoever neither sits in the group for it nor keeps the group."""
    who = person or by
    is_own = who.actor_id == by.actor_id and speaks_for(by, group, organisation, today)
    if not is_own and not keeps_system(by, group.system, today):
        raise Refused(refused("Whoever sits in the group for an organisation confirms this for it.", SOURCE))
    if member_organisation(group, organisation.pk, today) is None:
        raise Invalid("This organisation has no seat in the group. Add a seat for it first.")
    if not isinstance(who, Person) or not speaks_for(who, group, organisation, today):
        raise Invalid("Choose who confirmed it: somebody who sits in the group for this organisation.")
    return who


def _kept(by: Actor, group: Group, at: datetime) -> Group:
    """The group as it is now, held against whoever changes it at the same time; refused for whoever does not keep it."""
    today = timezone.localdate(at)
    found = kept(by, group, today)
    _demand_standing(found, today)
    return found


def _demand_standing(group: Group, today: date) -> None:
    if group.subject_id is not None:
        raise Invalid("Safeguarding is a standing item of the groups that always stand, not of one about one subject.")
    ending = GroupEnding.objects.filter(group=group).first()
    if ending is not None and ending.ends_on <= today:
        raise Invalid(f"The group was ended from {day(ending.ends_on)} on.")


def _demand_not_before(begins: date, group: Group, last: date | None) -> None:
    if begins < group.begun_on:
        raise Invalid(f"The group began on {day(group.begun_on)}: give that day or a later one.")
    if last is not None and begins < last:
        raise Invalid(f"The last change was on {day(last)}: give that day or a later one. {_REWRITES}")


def _demand_member_seat(seat: Seat, group: Group) -> None:
    if seat.group_id != group.pk or seat.part == SeatPart.INVITED or hasattr(seat, "ending"):
        raise Invalid("Choose the seat of a member of this group.")

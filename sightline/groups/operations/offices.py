"""Changes to offices: who fills a role of the guidance for an organisation, and in whose name they decide."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.groups.keeping import fits, keeps_offices_of
from sightline.groups.models import Office, OfficeEnding
from sightline.groups.queries import GROUP_KINDS, agreed_by_group, authorities_for
from sightline.web.wording import day

SOURCE = "Whose decision a level is (PER-06, PER-07, PER-08)"


@operation(Permission.KEEP_GROUPS, on="result")
def give_office(
    *,
    by: Actor,
    at: datetime,
    slot: Slot,
    organisation: Organisation,
    person: Person,
    because: str,
    is_delegate: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Office:
    """This function will write down that a person fills a role for an organisation (PER-06, PER-07, PER-08).

    ``because`` says where it is laid down: a scheme of delegation, a letter. Nobody gives themselves an office. Raises
    Refused for another system's bodies and where the role is that of a whole group, Invalid where role, body or days
    do not fit, or the person holds the very same office on some of these days.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)  # two at once do not both come first
    today = timezone.localdate(at)
    _must_keep(by, organisation, today)
    if by.actor_id == person.actor_id:
        raise Refused(refused("Nobody gives themselves an office. Ask somebody else who keeps the groups.", SOURCE))
    if not colleagues(Permission.KEEP_GROUPS, by=by, on=today).filter(pk=person.pk).exists():
        raise Refused(refused("An office is held by somebody who has a role here. Ask for one first.", SOURCE))
    _must_be_for_a_person(slot, organisation, today)
    begins = valid_from or today
    if problems := _unfit(slot, organisation, begins, valid_to, today):
        raise Invalid(*problems)
    if _crosses(slot, organisation, person, begins, valid_to):
        raise Invalid("This person holds this office on some of these days already. End that one first.")
    return Office.objects.create(
        slot=slot.value,
        organisation=organisation,
        person=person,
        is_delegate=is_delegate,
        valid_from=begins,
        valid_to=valid_to,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="office")
def end_office(*, by: Actor, at: datetime, office: Office, because: str, ends_on: date | None = None) -> OfficeEnding:
    """This function will end an office; ``ends_on`` is the first day on which it is no longer held.

    What was decided in it stays as it was decided. Raises Invalid when it was ended before, or the day does not fit.
    """
    today = timezone.localdate(at)
    _must_keep(by, office.organisation, today)
    Office.objects.select_for_update().get(pk=office.pk)
    last = ends_on or max(today, office.valid_from)
    if OfficeEnding.objects.filter(office=office).exists():
        raise Invalid("This office was ended before.")
    if last < office.valid_from:
        raise Invalid(f"It began on {day(office.valid_from)}: give that day or a later one.")
    if office.valid_to is not None and last >= office.valid_to:
        raise Invalid(f"It ends by itself from {day(office.valid_to)} on: give an earlier day.")
    return OfficeEnding.objects.create(
        office=office, ends_on=last, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


def _must_keep(by: Actor, organisation: Organisation, on: date) -> None:
    if not keeps_offices_of(by, organisation, on):
        says = "You keep the offices of your own system, and of the region and the nation that it has to deal with."
        raise Refused(refused(says, SOURCE))


def _must_be_for_a_person(slot: Slot, organisation: Organisation, on: date) -> None:
    """A group as a whole holds no office: it informs a decision. Where a guidance lets it agree, somebody speaks for it."""
    if slot in GROUP_KINDS and not agreed_by_group(slot, organisation, on):
        name = authorities_for(organisation, on).name(slot)
        says = f"{name} is a group: nobody holds it as an office. Seat people in the group instead."
        raise Refused(refused(says, "LVL-08"))


def _unfit(slot: Slot, organisation: Organisation, begins: date, ends: date | None, today: date) -> list[str]:
    names = authorities_for(organisation, today)
    problems = []
    if slot not in {one.id for one in names.slots}:
        problems.append("The guidance by which this organisation works knows no such role. Choose another.")
    elif not fits(slot, organisation):
        problems.append(f"{names.name(slot)} is no role of an organisation such as {organisation.name}.")
    if not organisation.is_open(today):
        problems.append(f"{organisation.name} is closed. Choose its successor.")
    if ends is not None and ends <= begins:
        problems.append("The last day lies before the first: correct one of the two.")
    return problems


def _crosses(slot: Slot, organisation: Organisation, person: Person, begins: date, ends: date | None) -> bool:
    same = Office.objects.filter(slot=slot.value, organisation=organisation, person=person).select_related("ending")
    return any(
        (ends is None or one.valid_from < ends) and (one.ends_on is None or begins < one.ends_on) for one in same
    )

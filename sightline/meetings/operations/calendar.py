"""What somebody does with the secret address of their own calendar: has it made anew, or ends it."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe

from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Refused, refused
from sightline.meetings.models import CalendarAddress
from sightline.meetings.queries.calendar import address_of, digest_of

_BYTES = 32
_NOT_A_PERSON = refused("Only a person has a calendar. Sign in as the person whose it is.")


@operation(Permission.SEE_MEETINGS)
def make_calendar_address(*, by: Actor, at: datetime) -> str:
    """This function will make a secret address for one's own calendar, and tell it once; an earlier one ends with it."""
    secret = token_urlsafe(_BYTES)
    _write(_oneself(by), digest_of(secret), at, by)
    return secret


@operation(Permission.SEE_MEETINGS)
def end_calendar_address(*, by: Actor, at: datetime) -> None:
    """This function will end the secret address of one's own calendar. Raises Already where there is none."""
    person = _oneself(by)
    if address_of(person) is None:
        raise Already("Your calendar has no secret address.")
    _write(person, "", at, by)


def _oneself(by: Actor) -> Person:
    """The person themselves, held, so that two of their tabs make one address after the other."""
    if not isinstance(by, Person):
        raise Refused(_NOT_A_PERSON)
    return Person.objects.select_for_update(of=("self",)).get(pk=by.pk)


def _write(person: Person, digest: str, at: datetime, by: Actor) -> None:
    number = CalendarAddress.objects.filter(person=person).count() + 1
    CalendarAddress.objects.create(person=person, number=number, digest=digest, recorded_at=at, recorded_by=by.actor_id)

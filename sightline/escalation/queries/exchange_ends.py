"""The ends of exchanges: in whose name somebody may send, for whom they answer, and who receives at the other end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from sightline.accounts.models import Person, RoleGrant
from sightline.core.access import Actor, Permission, Role, may
from sightline.core.access.rules import ROLES
from sightline.core.escalation.answering import Side
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.queries import is_area, systems_of
from sightline.directory.words import Kind
from sightline.escalation.models import Exchange
from sightline.escalation.models.exchanges import codes_of
from sightline.escalation.queries.holding import holders_at, posts_of

_KEEPING = frozenset({Role.QUALITY_LEAD, Role.SECRETARY, Role.CHAIR})
_SPEAKING = frozenset({Role.SECRETARY, Role.CHAIR})  # for their group
_NOT_HERE = frozenset({Slot.PROVIDER, Slot.PROVIDER_CHAIR})
_OF_ITSELF = frozenset({Kind.ICB, Kind.REGION, Kind.NHS_ENGLAND, Kind.NATION})
GROUP_OF = {Kind.ICB: Slot.SYSTEM_QUALITY_GROUP, Kind.REGION: Slot.REGIONAL_QUALITY_GROUP}


@dataclass(frozen=True, slots=True)
class End:
    """In whose name somebody sends: a role of a body. ``stands_for`` is false where they hold neither office nor seat."""

    slot: Slot
    body: Organisation
    system: str  # on whose record it stands
    stands_for: bool = True

    @property
    def key(self) -> str:
        """This function will name it in an address."""
        return f"{self.slot.value}.{self.body.code}"


def takes_part(actor: Actor, on: date) -> bool:
    """This function will say whether somebody sends or answers exchanges at all: a provider reads tellings instead."""
    return bool(may(actor, Permission.ESCALATE, on)) and bool(may(actor, Permission.SEE_LEVELS, on))


def ends_of(actor: Actor, on: date) -> list[End]:
    """This function will give in whose name somebody may send on a day (RPT-08; SQG 2022 §2.8).

    That is each office that they hold, and each group that they chair or whose papers they keep; a member of a region
    may put questions for it, and escalates only in an office.
    """
    if not takes_part(actor, on):
        return []
    held = {(one.slot, one.body): True for one in posts_of(actor, on) if one.slot not in _NOT_HERE}
    codes = _codes_by_role(actor, on)
    bodies = {one.pk: one for one in Organisation.objects.filter(Q(pk__in={pk for _, pk in held}) | Q(code__in=codes))}
    by_code = {one.code: one for one in bodies.values()}
    for code, speaks in codes.items():
        body = by_code.get(code)
        group = GROUP_OF.get(Kind(body.kind)) if body else None
        if body and group and speaks:
            held.setdefault((group, body.pk), True)
        elif body and body.kind == Kind.REGION:
            held.setdefault((Slot.NHS_ENGLAND_REGION, body.pk), False)
    ends = [End(slot, bodies[pk], system_of(bodies[pk], on), stands) for (slot, pk), stands in held.items()]
    return sorted(ends, key=lambda one: (one.body.name, list(Slot).index(one.slot)))


def _codes_by_role(actor: Actor, on: date) -> dict[str, bool]:
    """The bodies whose group or region a role alone lets somebody speak for; true where it is their group."""
    found: dict[str, bool] = {}
    for grant in actor.grants:
        if grant.holds_on(on) and grant.role in _SPEAKING:
            found[grant.system or settings.HOME_SYSTEM] = True
        elif grant.holds_on(on) and grant.role is Role.REGION:
            found.setdefault(grant.organisation, False)
    found.pop("", None)
    return found


def system_of(body: Organisation, on: date) -> str:
    """This function will name the system, or the region, on whose record a body's exchanges stand."""
    if body.kind in _OF_ITSELF:
        return body.code
    around = systems_of([body], on)[body.pk]
    return around[0].code if around else settings.HOME_SYSTEM


def ours(actor: Actor, on: date) -> frozenset[str]:
    """This function will name the bodies that are “us” to a reader: their own, and their group's."""
    everywhere = any(one.holds_on(on) and not one.system and one.role is not Role.REGION for one in actor.grants)
    home = {settings.HOME_SYSTEM} - {""} if everywhere else set()
    return codes_of(actor, on) | home


def sides_of(actor: Actor, on: date, exchange: Exchange) -> frozenset[Side]:
    """This function will say at which end of an exchange somebody answers (RPT-13, PER-09); maybe at both or at none."""
    return sides_at(answers_for(actor, on), exchange)


def sides_at(codes: Collection[str], exchange: Exchange) -> frozenset[Side]:
    """This function will say at which end of an exchange whoever answers for some bodies is."""
    found = set[Side]()
    if exchange.from_body.code in codes:
        found.add(Side.SENDER)
    if exchange.to_body.code in codes:
        found.add(Side.RECIPIENT)
    return frozenset(found)


def answers_for(actor: Actor, on: date) -> frozenset[str]:
    """This function will name the bodies for which somebody acknowledges and answers."""
    if not takes_part(actor, on):
        return frozenset()
    codes = {one.body.code for one in ends_of(actor, on)}
    for grant in actor.grants:
        if not grant.holds_on(on) or Permission.ESCALATE not in ROLES[grant.role]:
            continue
        if grant.role in _KEEPING:
            codes.add(grant.system or settings.HOME_SYSTEM)
        if grant.role is Role.REGION or (grant.role is not Role.PROVIDER and is_area(grant.organisation)):
            codes.add(grant.organisation)
    return frozenset(codes - {""})


@dataclass(frozen=True, slots=True)
class Receiving:
    """Who receives at an end: those who hold the role; where nobody does, those who answer for the body anyway."""

    holders: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who is told."""
        return self.holders or self.others


def receiving(slot: Slot, body: Organisation, on: date) -> Receiving:
    """This function will say who receives what goes to a role of a body on a day; maybe nobody works here for it."""
    holders = holders_at([body.pk], on).of(slot, [body.pk])
    return Receiving(holders) if holders else Receiving((), _by_role(body, on))


def _by_role(body: Organisation, on: date) -> tuple[Person, ...]:
    systems = [body.code, *([""] if body.code == settings.HOME_SYSTEM else [])]
    at = Q(role=Role.REGION.value, organisation=body.code)
    at |= Q(role__in=[one.value for one in _KEEPING], system__in=systems)
    if is_area(body.code):
        at |= Q(role=Role.MEMBER.value, organisation=body.code)
    held = RoleGrant.objects.filter(at, Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    held = held.filter(Q(ending=None) | Q(ending__ends_on__gt=on), person__is_active=True).select_related("person")
    people = {one.person_id: one.person for one in held}
    return tuple(sorted(people.values(), key=lambda one: (one.display_name, str(one.pk))))


def receivers_of_letters(actor: Actor, on: date) -> tuple[Organisation, ...]:
    """This function will give the bodies to whose group a letter may come that somebody writes down (SAF-04)."""
    found = Organisation.objects.filter(code__in=answers_for(actor, on), kind__in=[*GROUP_OF, Kind.LOCAL_AUTHORITY])
    return tuple(found.order_by("name", "code"))

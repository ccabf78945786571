"""Reads of what decides who may chair a group about one subject: the subject, the guidance, and for whom people work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sightline.accounts.models import Person, RoleGrant
from sightline.core.groups.chairing import About, Chairing, ChairRules, may_chair, remarks
from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances
from sightline.core.rulebook.groups import SeatPart
from sightline.core.rulebook.levels import Triggers
from sightline.core.verdict import Reason
from sightline.directory.models import Organisation, Subject
from sightline.directory.models.subjects import with_history
from sightline.directory.queries import commissioned_as, commissioned_services, family_of, systems_of
from sightline.directory.words import Kind, SubjectKind
from sightline.groups.models import Group, Office, Seating
from sightline.groups.queries.standing_pages import GroupView, group_types, pack_of_group
from sightline.groups.words import SPEAKS_AS
from sightline.rulebook.queries import part_of


@dataclass(frozen=True, slots=True)
class ChairingView:
    """What a page tells of who chairs a group: whom it is about, the rules, and what the guidance would rather see."""

    about: About
    rules: ChairRules
    remarks: tuple[Reason, ...] = ()


def chair_rules(group: Group, on: date) -> ChairRules | None:
    """This function will give what the guidance of a group on a day says of who chairs it; nothing for other types."""
    pack = pack_of_group(group, on)
    kind = group_types(pack, on).type(group.kind)
    if kind is None or not kind.about_one:
        return None
    authority, triggers = part_of(pack, "authority", on), part_of(pack, "triggers", on)
    assert authority is not None and isinstance(authority.content, Authorities), "every guidance names who authorises"
    found = triggers.content if triggers is not None and isinstance(triggers.content, Triggers) else None
    return ChairRules(kind, authority.content, found)


def about(subject: Subject | None, on: date) -> About:
    """This function will give whom or what a group is about, as the rules of chairing see it on a day."""
    body = subject.organisation if subject else None
    if subject is None or body is None:
        return About(subject.name if subject else "")
    # As for levels: the board, or its system, is the ICB itself (LVL-20; NQB risk response 2022, Annex B).
    is_the_icb = body.kind == Kind.ICB and subject.kind in {SubjectKind.ICB, SubjectKind.SYSTEM}
    case = Circumstances(commissioned_by=commissioned_as(commissioned_services(body, on)), is_the_icb=is_the_icb)
    return About(subject.name, family_of(body.code, on), SPEAKS_AS.get(Kind(body.kind)), case)


def chairing(part: SeatPart, body: Organisation, person: Person | None, trigger: str, on: date) -> Chairing:
    """This function will give somebody who is to chair in the name of a body, with all for whom they work on the day."""
    return Chairing(
        part=part,
        bodies=_with_parents([body], on),
        body_name=body.name,
        sort=SPEAKS_AS.get(Kind(body.kind)),
        works_for=works_for(person, on) if person is not None else frozenset(),
        trigger=trigger,
    )


def chairing_view(group: Group, on: date, seated: GroupView | None = None) -> ChairingView | None:
    """This function will gather what is told of who chairs a group about one subject; nothing of any other group."""
    if seated is not None and not (seated.now.kind and seated.now.kind.about_one):
        return None
    rules = chair_rules(group, on)
    if rules is None:
        return None
    subject = about(group.subject, on)
    if seated is None:
        return ChairingView(subject, rules)
    sitting = [
        (one.person, chairing(SeatPart(seat.seat.part), one.chairs_for, one.person, one.trigger, on))
        for seat in seated.seats
        for one in seat.now
        if one.chairs_for is not None
    ]
    unfit = [found for person, one in sitting for found in _unfit(person, one, subject, rules)]
    return ChairingView(subject, rules, (*unfit, *remarks([one for _, one in sitting], subject, rules)))


def _unfit(person: Person, one: Chairing, subject: About, rules: ChairRules) -> list[Reason]:
    """Why somebody who was seated may chair no longer: a tie that came after, or a trigger that is none any more."""
    verdict = may_chair(one, subject, rules)
    return [
        Reason(f"{person.display_name} may not chair it any longer. {why.says}", why.source) for why in verdict.reasons
    ]


def works_for(person: Person, on: date) -> frozenset[str]:
    """This function will name the bodies that a person's roles, offices and seats tie them to, as far as is on record."""
    lasts = (Q(valid_to=None) | Q(valid_to__gt=on)) & (Q(ending=None) | Q(ending__ends_on__gt=on))
    grants = RoleGrant.objects.filter(lasts, person=person, valid_from__lte=on).order_by()
    codes = {code for code in grants.values_list("organisation", flat=True) if code}
    offices = Office.objects.in_force(on).filter(person=person).order_by()
    codes |= set(offices.values_list("organisation__code", flat=True))
    sits = Seating.objects.in_force(on).filter(person=person, seat__organisation__isnull=False).order_by()
    codes |= set(sits.values_list("seat__organisation__code", flat=True))
    known = list(Organisation.objects.filter(code__in=codes))
    return with_history(frozenset(codes)) | _with_parents(known, on)


def _with_parents(bodies: Iterable[Organisation], on: date) -> frozenset[str]:
    """Their codes, earlier and later ones included; a place of an ICB is that ICB."""
    found = list(bodies)
    places = [one for one in found if one.kind == Kind.SUB_ICB]
    boards = {board.code for some in systems_of(places, on).values() for board in some} if places else set[str]()
    return with_history(frozenset({one.code for one in found} | boards))

"""Who is tied to which item of a meeting: found by itself for everyone in the group or the room, and what was ruled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import RoleGrant
from sightline.audit.keeping import until_changed_by
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.interests import (
    Interest,
    ItemAbout,
    Measure,
    PersonFacts,
    Ruling,
    Tie,
    TieKind,
    ties_of,
)
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import family_of, is_area
from sightline.directory.words import Kind as Body
from sightline.groups.models import DeclaredInterest
from sightline.groups.queries import closed_by
from sightline.meetings.models import AgendaItem, ItemRuling, ItemTie

_CONCERNS = frozenset({Kind.SUBJECT.value, Kind.ESCALATION.value})


@dataclass(frozen=True, slots=True)
class Interests:
    """Every tie to an item of a meeting, every ruling on one, and what people said of what they declared for an item."""

    ties: tuple[Tie, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    said: Mapping[str, str] | None = None

    def detail(self, tie: Tie) -> str:
        """This function will give what somebody said of a tie that they declared for the item."""
        return (self.said or {}).get(tie.what, "")


@dataclass(frozen=True, slots=True)
class _Family:
    """The codes that are a body's own affair, and those of its partnerships among them."""

    own: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()


def interests_in(
    items: Sequence[AgendaItem], people: Collection[UUID], sent_by: Mapping[UUID, Collection[str]], on: date
) -> Interests:
    """This function will find what ties people to items, whoever thought of it or nobody did (COI-01, COI-04).

    ``sent_by`` are the codes of the bodies for which people have a seat: those are their own, beside those of their
    roles. It takes as many reads for many people as for few.
    """
    rows = list(ItemTie.objects.filter(item__in=[one.pk for one in items]))
    concerned = set(people) | {row.person_id for row in rows}
    facts = _facts(concerned, sent_by, on)
    ties = [tie for item in items for one in facts for tie in ties_of(_about(item), one)]
    ties += [
        Tie(str(row.person_id), str(row.item_id), TieKind.DECLARED, str(row.pk), None, row.declared_at) for row in rows
    ]
    return Interests(tuple(ties), _rulings(items), {str(row.pk): row.detail for row in rows})


def _about(item: AgendaItem) -> ItemAbout:
    """What an item is about; everything in a group about one subject is about that subject."""
    subjects = [one for one in (item.subject, item.group.subject) if one is not None]
    return ItemAbout(
        str(item.pk),
        frozenset(one.organisation.code for one in subjects if one.organisation),
        frozenset(str(one.pk) for one in subjects),
        is_concern=item.kind in _CONCERNS,
    )


def _facts(people: Collection[UUID], sent_by: Mapping[UUID, Collection[str]], on: date) -> list[PersonFacts]:
    bodies: dict[UUID, set[str]] = defaultdict(set)
    for row in RoleGrant.objects.filter(person__in=people).exclude(organisation="").select_related("ending"):
        if row.as_grant().holds_on(on):
            bodies[row.person_id].add(row.organisation)
    for person, codes in sent_by.items():
        bodies[person] |= set(codes)
    families = _families(tuple(sorted({code for codes in bodies.values() for code in codes})), on)
    held = _interests(people, on)
    return [
        PersonFacts(
            str(one),
            bodies=_joined(families[code].own for code in bodies[one]),
            belongs_to=_joined(families[code].partners for code in bodies[one]),
            interests=tuple(held.get(one, ())),
        )
        for one in people
    ]


def _joined(some: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*some)


@until_changed_by("directory")
def _families(codes: tuple[str, ...], on: date) -> Mapping[str, _Family]:
    """By the code of a body, what is its own affair; that of a board or a council is nobody's (PER-10)."""
    found = {code: frozenset() if is_area(code) else family_of(code, on) for code in codes}
    joint = Organisation.objects.filter(code__in=_joined(found.values()), kind=Body.COLLABORATIVE)
    partnerships = frozenset(joint.values_list("code", flat=True))
    made = {}
    for code, family in found.items():
        partners = family - {code} if code in partnerships else family & partnerships
        made[code] = _Family(family - partners, partners)
    return made


def _interests(people: Collection[UUID], on: date) -> Mapping[UUID, list[Interest]]:
    rows = list(
        DeclaredInterest.objects.filter(person__in=people)
        .in_force(on)
        .select_related("subject__organisation", "ending")
    )
    further: Mapping[UUID, tuple[Subject, ...]] = closed_by(rows, on) if rows else {}
    found: dict[UUID, list[Interest]] = defaultdict(list)
    for row in rows:
        closes = {str(row.subject_id), *(str(one.pk) for one in further.get(row.pk, ()))}
        found[row.person_id].append(Interest(str(row.pk), frozenset(closes), None, row.recorded_at))
    return found


def _rulings(items: Sequence[AgendaItem]) -> tuple[Ruling, ...]:
    rows = ItemRuling.objects.filter(item__in=[one.pk for one in items]).order_by("number")
    return tuple(
        Ruling(str(row.person_id), str(row.item_id), Measure(row.measure), str(row.ruled_by_id), row.at, row.because)
        for row in rows
    )

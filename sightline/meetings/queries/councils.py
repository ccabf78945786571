"""Which items of an agenda meet a trigger that was agreed with a council, and who could be invited for it (MEM-21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.meetings.councils import About, Triggers, met
from sightline.directory.models import Organisation
from sightline.directory.models.choices import label
from sightline.directory.queries import within
from sightline.directory.words import Sector
from sightline.groups.models import CouncilArrangement
from sightline.groups.queries.councils import arrangements, people_of
from sightline.meetings.models import ItemGuest
from sightline.meetings.queries.cycle import sector_of
from sightline.meetings.queries.meetings import AgendaLine, MeetingView


@dataclass(frozen=True, slots=True)
class Needed:
    """A council whose trigger an item meets: why, who could come for it, and who of them is invited already."""

    council: Organisation
    because: tuple[str, ...]
    people: tuple[Person, ...]
    invited: frozenset[UUID]


def councils_needed(on: date, view: MeetingView, lines: Sequence[AgendaLine]) -> dict[UUID, list[Needed]]:
    """This function will check the items of an agenda against what was agreed with each council, by item (MEM-21).

    It proposes, and invites nobody. ``lines`` are those that the reader reads, and so nothing is said of any other.
    """
    agreed = {key: (row, triggers_of(row)) for key, row in arrangements(view.meeting.group).items()}
    if not agreed or not lines:
        return {}
    people = people_of({key: row.council for key, (row, _) in agreed.items()}, view.meeting.group, on)
    subjects = [one.item.subject for one in lines if one.item.subject]
    bodies = {one.organisation_id for one in subjects if one.organisation_id}
    inside = {
        key: set(within(row.council, on).filter(pk__in=bodies).values_list("pk", flat=True))
        for key, (row, triggers) in agreed.items()
        if triggers.in_area and bodies
    }
    guests: dict[UUID, set[UUID]] = defaultdict(set)
    for item, person in ItemGuest.objects.filter(item__in=[one.item.pk for one in lines]).values_list("item", "person"):
        guests[item].add(person)
    found: dict[UUID, list[Needed]] = defaultdict(list)
    for line in lines:
        subject = line.item.subject
        for key, (row, triggers) in agreed.items():
            lies = subject is not None and subject.organisation_id in inside.get(key, ())
            about = About(
                line.wording.title, sector_of(subject) if subject else "", subject.name if subject else "", lies
            )
            if because := met(triggers, about):
                known = frozenset(guests[line.item.pk])
                found[line.item.pk].append(Needed(row.council, because, tuple(people[key]), known))
    return dict(found)


def triggers_of(row: CouncilArrangement) -> Triggers:
    """This function will give when a council is needed as the rule takes it."""
    names = {one: label(Sector(one)) for one in row.sectors}
    return Triggers(names, tuple(row.words.splitlines()), row.in_area)

"""Who told their organisation what came of a meeting, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.meetings.models import ToldOrganisation
from sightline.meetings.presenters.planning import when_words
from sightline.meetings.queries.telling import Member, ToTell
from sightline.web.wording import day


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One organisation that sat at a meeting, and whether it was told what came of it."""

    organisation: str
    who: str
    when: str
    tag: tuple[str, str]
    says: str


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A meeting of which the reader has yet to tell their organisation."""

    meeting: UUID
    says: str
    group: str


def member_lines(members: Sequence[Member]) -> list[MemberLine]:
    """This function will write who told their organisation, and who has yet to."""
    return [
        MemberLine(
            organisation=one.organisation,
            who=f"{one.title}: {one.name or 'nobody sits there'}",
            when=f"Told on {day(one.told.told_on)}" if one.told else "",
            tag=("Told", "nhsuk-tag--green") if one.told else ("Not yet", "nhsuk-tag--yellow"),
            says=one.told.says if one.told else "",
        )
        for one in members
    ]


def counted(members: Sequence[Member]) -> str:
    """This function will say how many organisations were told, of how many."""
    return f"{sum(one.told is not None for one in members)} of {len(members)} told"


def own_words(rows: Sequence[ToldOrganisation]) -> list[tuple[str, str]]:
    """This function will write what the reader recorded: whom they told and when, and what it said."""
    return [(f"You told {one.organisation.name} on {day(one.told_on)}.", one.says) for one in rows]


def owed_lines(owed: Sequence[ToTell]) -> list[OwedLine]:
    """This function will write of which meetings the reader has yet to tell their organisation."""
    return [
        OwedLine(
            one.view.meeting.pk,
            f"Tell {one.seating.seat.organisation.name if one.seating.seat.organisation else ''} what came of it",
            f"{one.view.meeting.group.name}, {when_words(one.view)}",
        )
        for one in owed
    ]

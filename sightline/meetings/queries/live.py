"""A meeting at a moment: who is here, who counts for which item, and what was written down so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.groups.chairing import PRESIDING
from sightline.core.meetings.attending import minimum_missing
from sightline.core.meetings.interests import Tie, apart
from sightline.core.meetings.quorum import MEMBERS, Member, Quorate, Stay, quorum_at
from sightline.core.verdict import Reason
from sightline.directory.models import Organisation
from sightline.groups.queries import MemberOn, members_on
from sightline.groups.queries.apart import apart_on
from sightline.meetings.keeping import Rules, rules_of
from sightline.meetings.models import (
    AgendaItem,
    ItemBegun,
    ItemOutcome,
    ItemWording,
    Meeting,
    MeetingStep,
    MeetingTime,
    Presence,
)
from sightline.meetings.queries.ordering import in_order
from sightline.meetings.queries.tied import Interests, interests_in
from sightline.meetings.words import Step


@dataclass(frozen=True)
class Room:
    """Everything that was written down of a meeting as it is held, whoever asks; a page shows of it what its reader may see.

    ``on`` is the day on which it is held, ``items`` are in their order and ``presences`` without those struck out.
    """

    meeting: Meeting
    on: date
    time: MeetingTime | None
    rules: Rules
    steps: Mapping[Step, MeetingStep]
    seats: tuple[MemberOn, ...]
    bodies: Mapping[UUID, Organisation]
    presences: tuple[Presence, ...]
    items: tuple[AgendaItem, ...]
    begun: tuple[ItemBegun, ...]
    interests: Interests
    is_apart: bool = False  # a review that meets without providers

    @property
    def opened_at(self) -> datetime | None:
        """When it was opened, if it was."""
        return self.steps[Step.OPENED].at if Step.OPENED in self.steps else None

    @property
    def ended_at(self) -> datetime | None:
        """When it was closed, if it was: whoever was still there left then."""
        return self.steps[Step.CLOSED].at if Step.CLOSED in self.steps else None

    @property
    def is_under_way(self) -> bool:
        """Whether it was opened and is neither closed nor cancelled."""
        return Step.OPENED in self.steps and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether it was closed or cancelled."""
        return bool({Step.CLOSED, Step.CANCELLED} & set(self.steps))

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The seats of members on the day, on which the quorum is counted (QUO-03)."""
        return tuple(
            Member(
                str(one.seat),
                one.category,
                str(one.organisation or ""),
                is_vacant=one.person is None and not one.deputies,
                person=str(one.person or ""),
                among=one.among,
                chairs_for=one.chairs_for,
            )
            for one in self.seats
            if one.part in MEMBERS
        )

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """From when to when each was there, and for which seat (REC-03)."""
        return tuple(stay_of(one, self.ended_at) for one in self.presences)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """By the key by which rules know them, the names of whoever sits in the group or was there."""
        found = {str(one.person): one.name for one in self.seats if one.person}
        found |= {str(deputy.person): deputy.name for one in self.seats for deputy in one.deputies}
        return found | {one.who: one.person.display_name if one.person else one.visitor for one in self.presences}

    @cached_property
    def presiding(self) -> frozenset[str]:
        """Who sits as chair, co-chair or deputy chair on the day, or stands in on such a seat."""
        seats = [one for one in self.seats if one.part in PRESIDING]
        sits = {str(one.person) for one in seats if one.person}
        return frozenset(sits | {str(deputy.person) for one in seats for deputy in one.deputies})

    @property
    def titles(self) -> Mapping[str, str]:
        """What the seats are called that the guidance expects."""
        return {one.id: one.title for one in self.rules.kind.seats} if self.rules.kind else {}

    def here(self, moment: datetime) -> tuple[Presence, ...]:
        """This function will give who was there at a moment."""
        pairs = zip(self.presences, self.stays, strict=True)
        return tuple(presence for presence, stay in pairs if stay.covers(moment))

    def ties_to(self, item: AgendaItem, among: Collection[str] | None = None) -> tuple[Tie, ...]:
        """This function will give what ties people to an item: everybody, or some of them by their keys."""
        mine = [one for one in self.interests.ties if one.item == str(item.pk)]
        return tuple(one for one in mine if among is None or one.person in among)

    def apart(self, item: AgendaItem | None, moment: datetime) -> frozenset[str]:
        """This function will name whoever does not count for an item at a moment (QUO-07)."""
        if item is None:
            return frozenset()
        return apart(str(item.pk), self.interests.ties, self.interests.rulings, moment)

    def quorate(self, item: AgendaItem | None, moment: datetime) -> Quorate:
        """This function will say whether the meeting is quorate at a moment, for an item where one is named (QUO-07)."""
        rule = self.rules.kind.quorum if self.rules.kind else None
        return quorum_at(rule, self.members, self.stays, moment, self.apart(item, moment), titles=self.titles)

    def minimum(self, item: AgendaItem | None, moment: datetime) -> tuple[Reason, ...]:
        """This function will name the minimum members who are not there, where the group has such (QUO-13)."""
        if self.rules.kind is None:
            return ()
        apart = self.apart(item, moment)
        return minimum_missing(
            self.rules.kind, self.members, self.stays, moment, apart, without_providers=self.is_apart
        )

    def now_at(self, moment: datetime) -> AgendaItem | None:
        """This function will give the item that the meeting had come to at a moment."""
        begun = [one.item_id for one in self.begun if one.at <= moment]
        return next((one for one in self.items if begun and one.pk == begun[-1]), None)

    def number(self, item: AgendaItem) -> int:
        """This function will give the number that an item has on the agenda."""
        return next(number for number, one in enumerate(self.items, 1) if one.pk == item.pk)


def stay_of(presence: Presence, ended: datetime | None = None) -> Stay:
    """This function will give an arrival with its departure as the rules take it; at the end everybody leaves."""
    departure = getattr(presence, "departure", None)
    left = departure.left_at if departure is not None else ended
    if left is not None and left < presence.arrived_at:
        left = presence.arrived_at
    return Stay(
        presence.who,
        str(presence.seat_id or ""),
        presence.arrived_at,
        left,
        deputises=presence.deputises,
        has_authority=presence.has_authority,
    )


def seen_items(actor: Actor, on: date, meeting: Meeting) -> frozenset[UUID]:
    """This function will give which items of a meeting the actor reads (COI-02, COI-04)."""
    return frozenset(AgendaItem.objects.visible_to(actor, on).filter(meeting=meeting).values_list("pk", flat=True))


def room_of(meeting: Meeting) -> Room:
    """This function will gather a meeting as it is held, by as many reads whatever its size."""
    steps = {Step(one.step): one for one in MeetingStep.objects.filter(meeting=meeting)}
    time = MeetingTime.objects.filter(meeting=meeting).order_by("-number").first()
    opened = steps.get(Step.OPENED)
    on = timezone.localdate(opened.at if opened else time.starts_at if time else meeting.recorded_at)
    seats = members_on(meeting.group, on)
    bodies = {
        one.pk: one
        for one in Organisation.objects.filter(pk__in={one.organisation for one in seats if one.organisation})
    }
    presences = tuple(
        Presence.objects.filter(meeting=meeting, struck=None)
        .select_related("person", "seat__organisation", "departure")
        .order_by("arrived_at", "recorded_at")
    )
    items = in_order(meeting, _standing(meeting))
    rules = rules_of(meeting.group, on)
    return Room(
        meeting=meeting,
        on=on,
        time=time,
        rules=rules,
        steps=steps,
        seats=seats,
        bodies=bodies,
        presences=presences,
        items=items,
        begun=tuple(ItemBegun.objects.filter(item__meeting=meeting).order_by("at", "recorded_at", "pk")),
        interests=_interests(items, seats, bodies, presences, on),
        is_apart=apart_on(meeting.group, rules.kind, on) is not None,
    )


def title_of(item: AgendaItem) -> str:
    """This function will give what an item is called now."""
    wordings = list(item.wordings.all())
    return wordings[-1].title if wordings else ""


def outcomes_of(item: AgendaItem) -> list[ItemOutcome]:
    """This function will give what an item came to so far, in turn."""
    return list(item.outcomes.all())


def _standing(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items that nobody took off, each with its wordings and what it came to."""
    outcomes = ItemOutcome.objects.order_by("at", "recorded_at", "pk").select_related("taken_by")
    return (
        AgendaItem.objects.filter(meeting=meeting)
        .standing()
        .select_related("subject__organisation", "group__subject__organisation")
        .prefetch_related(
            Prefetch("wordings", ItemWording.objects.order_by("number").select_related("responsible")),
            Prefetch("outcomes", outcomes.prefetch_related("positions")),
        )
        .order_by("recorded_at", "pk")
    )


def _interests(
    items: tuple[AgendaItem, ...],
    seats: tuple[MemberOn, ...],
    bodies: Mapping[UUID, Organisation],
    presences: tuple[Presence, ...],
    on: date,
) -> Interests:
    people = {one.person_id for one in presences if one.person_id}
    sent_by: dict[UUID, set[str]] = {}
    for seat in seats:
        sitting = {*([seat.person] if seat.person else []), *(one.person for one in seat.deputies)}
        people |= sitting
        if seat.organisation is None:
            continue
        for person in sitting:
            sent_by.setdefault(person, set()).add(bodies[seat.organisation].code)
    return interests_in(items, people, sent_by, on)

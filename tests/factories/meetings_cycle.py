"""A group with a cycle of business for tests: a footprint of providers, a chair, a member, and meetings that were held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.meetings.cycle import ThemeKind
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind, Link, Sector
from sightline.groups.models import Group
from sightline.groups.words import SeatPart
from sightline.meetings.cycle_given import CycleAgreed, ThemeSays
from sightline.meetings.models import BusinessCycle, ItemBegun, MeetingStep, ProposedTheme
from sightline.meetings.operations import agree_cycle, draft_plan, propose_theme
from sightline.meetings.words import Step
from tests.factories.accounts import a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_seat, a_seating
from tests.factories.indicators import TODAY
from tests.factories.meetings_live import MADE, a_meeting, an_item
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world, works_by

BEGINS = date(2026, 1, 1)


@dataclass(frozen=True)
class Turn:
    """A group of a system with two hospitals and a hospice, and who sits in it."""

    world: World
    group: Group
    chair: Person
    member: Person
    second: Organisation
    hospice: Organisation

    @property
    def secretary(self) -> Person:
        """Whoever keeps the group's papers."""
        return self.world.secretary

    @property
    def subjects(self) -> list[Subject]:
        """The three providers, by name."""
        return list(Subject.objects.filter(organisation__in=[self.second, self.hospice]).order_by("name"))


def a_turn(pack: str = "sqg-2022") -> Turn:
    """This function will make the group; its footprint has three providers, one of a sector on record."""
    world = a_world()
    group = works_by(world, pack)
    second, hospice = an_organisation("ZR2", "Moor Hospitals"), an_organisation(
        "ZR3", "Tarn Hospice", Kind.HOSPICE, sector=Sector.HOSPICE.value
    )  # fmt: skip
    for one in (second, hospice):
        a_relation(one, Link.PART_OF, world.board)
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM), display_name="Cleo Chair")
    a_seating(a_seat(group, "Chair", SeatPart.CHAIR), chair)
    a_seating(a_seat(group, "Local authority", SeatPart.MEMBER, category="local-authority"), world.member)
    return Turn(world, group, chair, world.member, second, hospice)


def given(by: Person, **more: Any) -> dict[str, Any]:
    """What every operation is given."""
    return {"by": by, "at": timezone.now(), **more}


def agreed(turn: Turn, by: Person | None = None, **more: Any) -> BusinessCycle:
    """This function will have a cycle agreed: by the chair, from the first of the year, unless told otherwise."""
    at_meeting = more.pop("at_meeting", None)
    says = CycleAgreed(**{"begins_on": BEGINS, "months": 12, "review_months": 12, **more})
    return agree_cycle(
        group=turn.group, agreed=says, form_key=uuid4(), at_meeting=at_meeting, **given(by or turn.chair)
    )


def planned(turn: Turn, by: Person | None = None) -> int:
    """This function will have the plan drafted."""
    return draft_plan(group=turn.group, **given(by or turn.secretary))


def a_theme(turn: Turn, by: Person | None = None, title: str = "Waiting at night") -> ProposedTheme:
    """This function will have a member propose a theme."""
    says = ThemeSays(ThemeKind.QUALITY_ISSUE, title, "Three of us heard of it.")
    return propose_theme(group=turn.group, theme=says, form_key=uuid4(), **given(by or turn.member))


def was_discussed(turn: Turn, subject: Subject | None, on: date, **more: Any) -> Any:
    """This function will have had an item taken at a meeting that was held on a day."""
    zone = timezone.get_current_timezone()
    starts = datetime(on.year, on.month, on.day, 10, tzinfo=zone)
    meeting = a_meeting(turn.group, starts)
    item = an_item(meeting, "A matter", subject, **more)
    for step, at in ((Step.OPENED, starts), (Step.CLOSED, starts + timedelta(hours=2))):
        MeetingStep.objects.create(
            meeting=meeting, step=step.value, at=at, pack="sqg-2022", rules_version="sqg-2022 v1", **MADE
        )
    ItemBegun.objects.create(item=item, at=starts, **MADE)
    return item


__all__ = ["BEGINS", "TODAY", "Turn", "a_theme", "a_turn", "agreed", "given", "planned", "was_discussed"]

"""A sub-group of the group that meets, which follows the plan of a body: led by the deputy, asked twice, and heard once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.directory.models import Subject
from sightline.groups.models import CouncilArrangement, Group, ReportBack, Seat, SubGroup
from sightline.groups.words import SeatPart
from sightline.meetings.models import ToldOrganisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make the sub-group with what it is asked and what it reported."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    parent, today = Group.objects.get(name="The group that meets"), timezone.localdate()
    group = cast.records["sub-group"] = a_group(the_body(HOME), "sub-group", "A sub-group")
    lead = a_seat(group, "Lead", SeatPart.CHAIR)
    a_seating(lead, cast.people["deputy"])
    about = Subject.objects.get(key=SUBJECT)
    for number in (1, 2):
        asked = SubGroup.objects.create(
            group=group, system=HOME, number=number, parent=parent, lead=lead, task="x", first_on=today,
            every_months=3, provider=about, because="x", knowingly="x", **wrote,
        )  # fmt: skip
    ReportBack.objects.create(
        asked=asked, of=group, group=parent, system=HOME, subject=about, reported_on=today, text="x", asks="x",
        knowingly="x", form_key=uuid4(), **wrote,
    )  # fmt: skip
    CouncilArrangement.objects.create(
        group=cast.records["group"], council=cast.records["council"], relationship="x", route="x", words="x",
        as_of=today, knowingly="x", **wrote,
    )  # fmt: skip
    _told(cast, parent, wrote)


def _told(cast: Cast, group: Group, wrote: dict[str, Any]) -> None:
    """The deputy sits in the group that meets for a council, told it of one meeting, and has yet to of another."""
    seat, council = Seat.objects.get(group=group, title="Seat 3"), cast.records["council"]
    Seat.objects.filter(pk=seat.pk).update(organisation=council)
    ToldOrganisation.objects.create(
        meeting=cast.records["drafted meeting"], seat=seat, organisation=council, told_on=timezone.localdate(),
        says="x", knowingly="x", **{**wrote, "recorded_by": cast.people["deputy"].actor_id},
    )  # fmt: skip

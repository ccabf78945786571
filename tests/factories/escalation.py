"""Levels set with all that arises from them, and duties brought by operations to where a test needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.words import Kind, Link
from sightline.escalation.giving import Told
from sightline.escalation.models import Duty, DutyStep, Telling
from sightline.escalation.operations import set_level, step_duty, tell_provider
from sightline.groups.models import Group, Seat, Seating
from sightline.groups.words import SeatPart
from sightline.surveillance.models import LevelDecision
from tests.factories.accounts import LONG_AGO
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, an_office
from tests.factories.surveillance_levels import OTHER_REGION, OTHER_SYSTEM, WHY, World, agreed, commissions, proposed

SINCE = date(2020, 1, 1)
SAID = "Your hospital stands at Enhanced. Send a plan for the two wards by 1 March."


def level_set(world: World, level_to: str = "enhanced", **more: Any) -> LevelDecision:
    """This function will bring a level to its decision with all that arises: by the board, or of Intensive by the region."""
    proposal = agreed(world, proposed(world, level_to, **more))
    is_regions = "intensive" in {proposal.level_to, proposal.level_from}
    office = world.region_office if is_regions else world.icb_office
    return set_level(by=office.person, at=timezone.now(), proposal=proposal, office=office, because=WHY)


def the_duty(notice: str, organisation: str = "") -> Duty:
    """This function will give the newest duty of a notice, of one body where several have it."""
    found = Duty.objects.filter(notice=notice).order_by("-recorded_at", "-pk")
    one = (found.filter(organisation__code=organisation) if organisation else found).first()
    assert one is not None, f"{notice} did not arise"
    return one


def stepped(person: Person, duty: Duty, how: DutyHow = DutyHow.DONE, **more: Any) -> DutyStep:
    """This function will have somebody take a step with a duty."""
    return step_duty(by=person, at=timezone.now(), duty=duty, how=how, **more)


def words_for(world: World, **more: Any) -> Told:
    """This function will make what somebody writes down once the provider was told."""
    plain = {
        "told_by": world.board.pk,
        "spoken_by": "The lead for quality",
        "recipient": "The chief nurse",
        "channel": "By letter",
        "text": SAID,
        "told_on": TODAY,
    }
    return Told(**{**plain, **more})


def told(world: World, duty: Duty | None = None, by: Person | None = None, **more: Any) -> Telling:
    """This function will have the provider told: by the lead for quality, unless another is named."""
    return tell_provider(
        by=by or world.lead,
        at=timezone.now(),
        duty=duty or the_duty("tell-the-provider"),
        told=words_for(world, **more),
    )


def a_group_of(world: World, chair: Person, secretary: Person) -> Group:
    """This function will make the system's group, with whoever chairs it and keeps its papers."""
    group = Group.objects.create(
        kind="system-group", name="Lantern quality group", area=world.board, system=SYSTEM, begun_on=SINCE,
        because="Agreed", recorded_at=LONG_AGO, recorded_by="x",
    )  # fmt: skip
    for part, person in ((SeatPart.CHAIR, chair), (SeatPart.SECRETARY, secretary)):
        seat = Seat.objects.create(
            group=group, title=part.value.title(), part=part.value, recorded_at=LONG_AGO, recorded_by="x"
        )
        Seating.objects.create(seat=seat, person=person, valid_from=SINCE, recorded_at=LONG_AGO, recorded_by="x")
    return group


def a_chair_of_the_provider(world: World, person: Person) -> None:
    """This function will make somebody the chair of the provider."""
    an_office(person, Slot.PROVIDER_CHAIR, world.subject.organisation)


def three_systems(world: World) -> None:
    """This function will make the trust serve two further systems, one of them in another region (ORG-10)."""
    trust = world.subject.organisation
    assert trust is not None
    third = an_organisation("QZ3", "Moor Integrated Care Board", Kind.ICB)
    other = Organisation.objects.get(code=OTHER_SYSTEM)
    a_relation(other, Link.PART_OF, Organisation.objects.get(code=OTHER_REGION))
    a_relation(third, Link.PART_OF, world.region)
    for board in (other, third):
        a_relation(trust, Link.PART_OF, board)
        commissions(trust, board)

"""A subject and everybody who has to do with its level: who proposes, who authorises, the region; and moves to propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Commissioning, Organisation, Subject
from sightline.directory.words import Kind, Link, Route
from sightline.groups.models import Group, GroupGuidance, Office
from sightline.profiles.models import OtherProcess
from sightline.surveillance.models import LevelDecision, LevelProposal
from sightline.surveillance.moves_given import MoveGiven
from sightline.surveillance.operations import decide_level, propose_level, record_region_answer
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import AT, a_relation, an_organisation
from tests.factories.indicators import TODAY
from tests.factories.surveillance import REGION, SYSTEM, an_office

OTHER_SYSTEM, OTHER_REGION = "QZ2", "QY2"
WHY = "The evidence holds, and the region agrees."


@dataclass(frozen=True)
class World:
    """A trust of one system and region, and the people around it."""

    subject: Subject
    board: Organisation
    region: Organisation
    lead: Person
    secretary: Person
    member: Person
    regional: Person
    provider: Person
    elsewhere: Person
    regional_elsewhere: Person
    icb_office: Office
    region_office: Office
    other: OtherProcess


def a_world(code: str = "ZR1") -> World:
    """This function will make a trust that one board commissions, in one region, with everybody around it."""
    region = an_organisation(REGION, "Region of the North", Kind.REGION)
    board = an_organisation(SYSTEM, "Lantern Integrated Care Board", Kind.ICB)
    trust = an_organisation(code, "Lantern Hospitals")
    an_organisation(OTHER_SYSTEM, "Harbour Integrated Care Board", Kind.ICB)
    an_organisation(OTHER_REGION, "Region of the South", Kind.REGION)
    a_relation(trust, Link.PART_OF, board)
    a_relation(board, Link.PART_OF, region)
    commissions(trust, board)
    lead = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM), display_name="Ada Lead")
    regional = a_person(Grant(Role.REGION, organisation=REGION), display_name="Rae Region")
    subject = trust.subjects.get()
    return World(
        subject=subject,
        board=board,
        region=region,
        lead=lead,
        secretary=a_person(Grant(Role.SECRETARY, system=SYSTEM), display_name="Sam Secretary"),
        member=a_person(Grant(Role.MEMBER, system=SYSTEM, organisation="ZM1"), display_name="Mel Member"),
        regional=regional,
        provider=a_person(Grant(Role.PROVIDER, system=SYSTEM, organisation=code), display_name="Pia Provider"),
        elsewhere=a_person(Grant(Role.QUALITY_LEAD, system=OTHER_SYSTEM), display_name="Eli Elsewhere"),
        regional_elsewhere=a_person(Grant(Role.REGION, organisation=OTHER_REGION), display_name="Sue South"),
        icb_office=an_office(lead, organisation=board),
        region_office=an_office(regional, Slot.NHS_ENGLAND_REGION, region),
        other=OtherProcess.objects.create(
            subject=subject, system=SYSTEM, form_key=uuid4(), name="Joint review of the wards", held_on=TODAY,
            because="Both boards took part", recorded_at=LONG_AGO, recorded_by="x",
        ),
    )  # fmt: skip


def commissions(provider: Organisation, commissioner: Organisation, route: Route = Route.NHS_ICB) -> Commissioning:
    """This function will have a body commission a service of a provider."""
    return Commissioning.objects.create(
        provider=provider, commissioner=commissioner, route=route.value, service="Acute care",
        valid_from=date(2020, 1, 1), recorded_at=AT,
    )  # fmt: skip


def works_by(world: World, pack: str) -> Group:
    """This function will have the group of the world's system work by a guidance."""
    made = {"because": "It was laid down", "recorded_at": LONG_AGO, "recorded_by": "x"}
    since = date(2020, 1, 1)
    group = Group.objects.create(
        kind="system-group", name="The group", area=world.board, system=SYSTEM, begun_on=since, **made
    )
    GroupGuidance.objects.create(group=group, pack=pack, from_on=since, **made)
    return group


def a_move_given(world: World, level_to: str = "enhanced", **more: Any) -> MoveGiven:
    """This function will make a move that carries everything that any guidance asks of who proposes."""
    of = {"enhanced": ("safety-concerns",), "intensive": ("act-rapidly",), "risk-summit": ("act-rapidly",)}
    plain: dict[str, Any] = {
        "effective_on": TODAY,
        "reason": "Three independent sources agree.",
        "triggers": of.get(level_to, ()),
        "other_process": world.other.pk,
        "why_not_closer": "It takes more than one organisation.",
        "conflict_check": "Asked; none.",
        "group_view": "In favour.",
        "group_met_on": TODAY,
        "options_exhausted": "The plan of last year was not delivered.",
        "people_need_protection": True,
        "plan": "Plan 7",
        "follow_up_person": "The director of nursing",
        "actions": ("Visit the wards",),
        "next_review_on": TODAY + timedelta(days=90),
        "exit_evidence": "All milestones are reached and last.",
    }
    return MoveGiven(level_to, **{**plain, **more})


def proposed(world: World, level_to: str = "enhanced", by: Person | None = None, **more: Any) -> LevelProposal:
    """This function will have somebody propose a level: the secretary, unless another is named."""
    follows = more.pop("follows", None)
    concern = more.pop("concern", None)
    return propose_level(
        by=by or world.secretary,
        at=timezone.now(),
        subject=world.subject,
        system=SYSTEM,
        concern=concern,
        given=a_move_given(world, level_to, **more),
        form_key=uuid4(),
        follows=follows,
    )


def agreed(world: World, proposal: LevelProposal, *, is_agreed: bool = True) -> LevelProposal:
    """This function will have the region answer."""
    record_region_answer(
        by=world.regional, at=timezone.now(), proposal=proposal, organisation=world.region, is_agreed=is_agreed
    )
    return proposal


def decided(world: World, level_to: str = "enhanced", **more: Any) -> LevelDecision:
    """This function will bring a level to its decision: by the board, or of Intensive by the region."""
    proposal = agreed(world, proposed(world, level_to, **more))
    is_regions = "intensive" in {proposal.level_to, proposal.level_from}
    office = world.region_office if is_regions else world.icb_office
    return decide_level(by=office.person, at=timezone.now(), proposal=proposal, office=office, because=WHY)

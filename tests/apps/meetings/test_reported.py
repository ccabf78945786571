"""Minor and moderate concerns that are to be reported to a place stand on the next agenda of its group."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.directory.models import Organisation
from sightline.directory.words import Kind as BodyKind
from sightline.directory.words import Link
from sightline.escalation.models import Duty
from sightline.groups.models import Group
from sightline.meetings.queries.drafting import draft_of
from sightline.surveillance.concerns_given import Stated
from sightline.surveillance.operations import raise_concern
from tests.factories.accounts import LONG_AGO
from tests.factories.directory import a_relation, an_organisation
from tests.factories.escalation import SINCE, stepped
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.meetings import a_meeting
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RPT-01")]


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


def a_group_of_place(world: World, code: str = "QP1") -> Group:
    area = an_organisation(code, f"Place {code}", BodyKind.SUB_ICB)
    a_relation(area, Link.PART_OF, world.board)
    return Group.objects.create(
        kind="place-group", name=f"Group of {code}", area=area, system=SYSTEM, begun_on=SINCE, because="Agreed",
        recorded_at=LONG_AGO, recorded_by="x",
    )  # fmt: skip


def raised(world: World) -> None:
    raise_concern(
        by=world.secretary, at=timezone.now(), subject=world.subject, form_key=uuid4(), raised_on=TODAY,
        stated=Stated(says="Bells go unanswered.", severity=Severity.MINOR, commissioned_by=Commissioner.ICB),
    )  # fmt: skip


def told(world: World, group: Group) -> list[str]:
    drafted = draft_of(world.secretary, a_meeting(world.secretary, group, at=timezone.now()), timezone.now())
    return [" ".join(reason.says for reason in one.because) for one in drafted.lines if one.kind is Kind.ESCALATION]


def test_a_place_hears_of_the_concerns_in_it_until_they_were_reported_and_another_place_of_none(world: World) -> None:
    here, elsewhere = a_group_of_place(world), a_group_of_place(world, "QP2")
    trust = world.subject.organisation
    assert isinstance(trust, Organisation)
    a_relation(trust, Link.PART_OF, here.area)
    raised(world)
    raised(world)
    (why,) = told(world, here)
    assert "2 concerns about it are to be reported here, since 15 January 2026." in why
    assert told(world, elsewhere) == []
    for one in Duty.objects.filter(notice="report-to-the-place"):
        stepped(world.lead, one)
    assert told(world, here) == []


def test_who_drafts_an_agenda_reads_of_no_concern_that_is_closed_to_them(world: World) -> None:
    here = a_group_of_place(world)
    trust = world.subject.organisation
    assert isinstance(trust, Organisation)
    a_relation(trust, Link.PART_OF, here.area)
    raised(world)
    assert told(world, here)
    an_interest(world.secretary, world.subject)
    assert told(world, here) == []

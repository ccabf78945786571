"""A task and finish group of the demonstration's quality group: set up, asked to do something, and reporting back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from sightline.core.groups.reporting_back import Rhythm
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, authority_named
from sightline.demonstration.scene import Deed, Scene
from sightline.directory.words import Sector
from sightline.groups.models import Group
from sightline.groups.operations import (
    add_seat,
    arrange_with_council,
    ask_of_sub_group,
    report_back,
    seat_person,
    set_up_group,
)
from sightline.groups.operations.subgroups import Asked
from sightline.groups.words import SeatPart

NAME = "Infection prevention task and finish group"


def _convened(scene: Scene, at: datetime) -> None:
    """The quality lead leads it, and reports every three months until the work is done."""
    by, today = scene.by(Part.QUALITY_LEAD), timezone.localdate(at)
    group = set_up_group(
        by=by, at=at, kind="sub-group", name=NAME, area=scene.body(MAIN.code), system=MAIN.code, begun_on=today,
        because="The quality group asked for it when infections rose in three hospitals.",
    )  # fmt: skip
    seat = add_seat(by=by, at=at, group=group, title="Lead for infection prevention", part=SeatPart.CHAIR)
    seat_person(by=by, at=at, seat=seat, person=by, valid_from=today)
    ask_of_sub_group(
        by=by,
        at=at,
        group=group,
        seen=0,
        because="Agreed at the meeting of the quality group.",
        asked=Asked(
            parent=Group.objects.get(system=MAIN.code, kind="system-group"),
            lead=seat,
            task="Find out why infections in hospital rise, and bring to each hospital what helped in another.",
            rhythm=Rhythm(today + timedelta(days=30), 3, today + timedelta(days=540)),
        ),
    )


def _reported(scene: Scene, at: datetime) -> None:
    report_back(
        by=scene.by(Part.QUALITY_LEAD),
        at=at,
        group=Group.objects.get(name=NAME, system=MAIN.code),
        text="Two hospitals now look at each infection within three days and share what they find.\n"
        "Where sinks stand at the door of each bay, hands are washed more often.",
        asks="Agree who pays for sinks in the third hospital.",
        form_key=form_key("report-infections"),
    )


def _with_a_council(scene: Scene, at: datetime) -> None:
    """The council sits in the group, and yet cannot come each time: care homes bring it."""
    arrange_with_council(
        by=scene.by(Part.QUALITY_LEAD), at=at, group=Group.objects.get(system=MAIN.code, kind="system-group"),
        council=scene.body(authority_named("Harrowmere").gss),
        relationship="The chair and the council’s director of adult social care speak each month.",
        route="The council’s quality team writes to the secretary, who puts it on the next agenda.",
        sectors=(Sector.CARE_HOMES, Sector.HOME_CARE), words=("care home", "social care"),
    )  # fmt: skip


CONVENED = (Deed(150, _convened), Deed(148, _with_a_council), Deed(100, _reported))

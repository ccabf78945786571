"""The plans of the demonstration, the review of one subject, safeguarding in the group, and the region's memorandum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from sightline.core.improvement.facts import Alignment, Criterion, Kpi, PlanContent, PlannedAction
from sightline.core.rulebook.circumstances import Severity
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, REGION, authority_named
from sightline.demonstration.organisations import AMBULANCE, MATERNITY_TRUST
from sightline.demonstration.partners import HEALTHWATCH
from sightline.demonstration.scene import Deed, Scene
from sightline.directory.operations import record_fact
from sightline.directory.words import FactKind
from sightline.escalation.operations.memoranda import record_terms
from sightline.groups.models import Group, Seat
from sightline.groups.operations import (
    add_seat,
    confirm_safeguarding,
    name_safeguarding_lead,
    record_council_body,
    seat_person,
    set_up_group,
)
from sightline.groups.safeguarding_words import CouncilBodyKind, Represented
from sightline.groups.words import SeatPart
from sightline.improvement.models import Plan
from sightline.improvement.operations import approve_plan, begin_plan, restate_plan

LEAD, CHAIR, COUNCIL = Part.QUALITY_LEAD, Part.CHAIR, Part.LOCAL_AUTHORITY
HARROWMERE = authority_named("Harrowmere").gss


def _for_nights(today: date) -> PlanContent:
    trust = "Quillhaven Bay"
    return PlanContent(
        name="Safe nights on the maternity wards",
        objectives=(
            "Every call at night is answered within five minutes",
            "Every shift has the midwives it was planned for",
        ),
        starts_on=today.replace(day=28),
        kpis=(Kpi("Share of calls at night answered within five minutes"), Kpi("Shifts with all planned midwives")),
        criteria=(Criterion("Calls answered within five minutes", "95 in 100 or more", "Six months in a row"),),
        actions=(
            PlannedAction("Record every call and its answer", trust, "Director of midwifery", date(today.year, 12, 15)),
            PlannedAction("Recruit to the four posts that stand empty", trust, "Chief people officer"),
        ),
        contract="Service development and improvement plan, schedule 6",
        regulation="The regulator’s requirement notice on staffing",
        alignment=Alignment.ALIGNED,
        aligned_with="The national support offer for maternity",
        developed_by="The trust’s maternity board",
        developed_with="The integrated care board and the council",
    )


def _whole(today: date) -> PlanContent:
    handover = "Handovers that take longer than an hour"
    return PlanContent(
        name="No crew waits at the door",
        objectives=("A crew hands over within the hour, on every day of the week",),
        starts_on=date(today.year + 1, 1, 12),
        kpis=(Kpi(handover),),
        criteria=(Criterion(handover, "None", "Three months in a row"),),
        actions=(
            PlannedAction(
                "A nurse for handovers at each front door", "The three hospitals", "Their chief nurses",
                date(today.year + 1, 2, 1),
            ),
        ),
        contract="Joint variation of the ambulance contract",
        regulation="None of the regulator’s requirements touches it",
        alignment=Alignment.NONE,
        developed_by="The ambulance service and the hospitals",
        developed_with="All boards that commission them",
    )  # fmt: skip


def _begun(scene: Scene, at: datetime) -> None:
    """It still lacks a day for one action, so that the page says what is missing."""
    begin_plan(
        by=scene.by(LEAD), at=at, subject=scene.subject(MATERNITY_TRUST), system=MAIN.code,
        form_key=form_key("plan-maternity"), content=_for_nights(timezone.localdate(at)),
    )  # fmt: skip


def _approved(scene: Scene, at: datetime) -> None:
    plan = begin_plan(
        by=scene.by(LEAD), at=at, subject=scene.subject(AMBULANCE), system=MAIN.code,
        form_key=form_key("plan-handovers"), content=_whole(timezone.localdate(at)),
    )  # fmt: skip
    approve_plan(
        by=scene.by(CHAIR),
        at=at,
        plan=plan,
        seen=1,
        because="It is what the joint review asked for, and it can be measured.",
    )


def _written_anew(scene: Scene, at: datetime) -> None:
    """The next version waits for the chair; the one that was approved holds meanwhile."""
    plan = Plan.objects.get(form_key=form_key("plan-handovers"))
    found = _whole(timezone.localdate(scene.at(110)))
    restate_plan(
        by=scene.by(LEAD), at=at, plan=plan, seen=1,
        content=replace(found, objectives=(*found.objectives, "Whoever waits longer is seen by a doctor in the vehicle")),
        because="The crews asked for it, and the three hospitals agree.",
    )  # fmt: skip


def _review(scene: Scene, at: datetime) -> None:
    """A review of one trust, chaired in the name of the board, with the council as its co-chair."""
    by, today = scene.by(LEAD), timezone.localdate(at)
    group = set_up_group(
        by=by, at=at, kind="rapid-quality-review", name="Review of maternity at night", area=scene.body(MAIN.code),
        system=MAIN.code, subject=scene.subject(MATERNITY_TRUST), begun_on=today,
        because="Two sources agree that calls at night go unanswered, and the trust’s figures do not show it.",
    )  # fmt: skip
    for title, category, part, code, who in (
        ("Chair", "chair", SeatPart.CHAIR, MAIN.code, CHAIR),
        ("Co-chair from the council", "co-chair", SeatPart.CO_CHAIR, HARROWMERE, COUNCIL),
    ):
        body = scene.body(code)
        seat = add_seat(by=by, at=at, group=group, title=title, part=part, organisation=body, category=category)
        seat_person(by=by, at=at, seat=seat, person=scene.by(who), valid_from=today, chairs_for=body)


def _safeguarding(scene: Scene, at: datetime) -> None:
    """The council answers for the item and confirms; whoever has not yet is listed on the page."""
    by, group, council = scene.by(LEAD), _group(), scene.body(HARROWMERE)
    seat = Seat.objects.get(group=group, organisation=council)
    name_safeguarding_lead(
        by=by, at=at, group=group, seat=seat, because="The council leads the safeguarding partnerships."
    )
    confirm_safeguarding(
        by=scene.by(COUNCIL), at=at, group=group, organisation=council, represented=Represented.ANOTHER,
        briefs="A call on the Monday before each board, and the minutes of both on the day they are agreed.",
    )  # fmt: skip
    confirm_safeguarding(
        by=scene.by(Part.HEALTHWATCH), at=at, group=group, organisation=scene.body(HEALTHWATCH.code),
        represented=Represented.SAME,
    )  # fmt: skip
    today = timezone.localdate(at)
    for kind, name, way, priorities in (
        (CouncilBodyKind.ADULTS_BOARD, "Harrowmere Safeguarding Adults Board", "The council’s first-contact desk", ""),
        (
            CouncilBodyKind.WELLBEING_BOARD, "Harrowmere Health and Wellbeing Board", "",
            "A good start in life\nFalls at home\nLoneliness in later years",
        ),
    ):  # fmt: skip
        record_council_body(
            by=by, at=at, group=group, council=council, kind=kind, name=name, reached_by=way, priorities=priorities,
            seat=seat, as_of=today,
        )  # fmt: skip


def _memorandum(scene: Scene, at: datetime) -> None:
    """The board and its region agreed who owns which risk, and from when on the region acts."""
    by, today = scene.by(LEAD), timezone.localdate(at)
    agreed = record_fact(
        by=by, at=at, organisation=scene.body(MAIN.code), kind=FactKind.MOU, value="Memorandum of understanding",
        source="Signed by the region and the board", detail="The board owns its providers’ risks", valid_from=today,
    )  # fmt: skip
    record_terms(
        by=by, at=at, memorandum=agreed, route="icb-to-region", region=scene.body(REGION.nhs_gss),
        acts_from=Severity.SIGNIFICANT, form_key=form_key("memorandum"),
    )  # fmt: skip


def _group() -> Group:
    return Group.objects.get(system=MAIN.code, kind="system-group")


PLANNED = (
    Deed(410, _memorandum),
    Deed(200, _safeguarding),
    Deed(110, _approved),
    Deed(45, _review),
    Deed(30, _begun),
    Deed(9, _written_anew),
)

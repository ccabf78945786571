"""The plans of the demonstration, the review of one subject, safeguarding in the group, and the region's memorandum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from sightline.core.improvement.facts import Alignment, Criterion, Kpi, PlanContent, PlannedAction, PlannedMilestone
from sightline.core.improvement.finishing import Finish, Outcome
from sightline.core.improvement.milestones import Lasts, Noted, Progress
from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency
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
)
from sightline.groups.safeguarding_words import CouncilBodyKind, Represented
from sightline.groups.words import SeatPart
from sightline.improvement.models import Plan, RapidReview
from sightline.improvement.operations import (
    approve_plan,
    begin_plan,
    call_review,
    end_plan,
    note_milestone,
    record_report,
    restate_plan,
    update_milestone,
    write_findings,
)
from sightline.improvement.review_words import Through
from sightline.improvement.reviews_given import CallGiven, ChairGiven, FindingGiven, ReportGiven

LEAD, CHAIR, COUNCIL = Part.QUALITY_LEAD, Part.CHAIR, Part.LOCAL_AUTHORITY
HARROWMERE = authority_named("Harrowmere").gss
REVIEW_KEY = form_key("rapid-review-maternity")


def _for_nights(today: date) -> PlanContent:
    trust = "Quillhaven Bay"
    return PlanContent(
        name="Safe nights on the maternity wards",
        objectives=(
            "Every call at night is answered within five minutes",
            "Every shift has the midwives it was planned for",
        ),
        starts_on=today.replace(day=28),
        kpis=(
            Kpi("Staff who are well enough to come", "sickness-absence-rate", target=4.0, held_months=6),
            Kpi("Share of calls at night answered within five minutes"),
            Kpi("Shifts with all planned midwives"),
        ),
        criteria=(Criterion("Calls answered within five minutes", "95 in 100 or more", "Six months in a row"),),
        actions=(
            PlannedAction("Record every call and its answer", trust, "Director of midwifery", date(today.year, 12, 15)),
            PlannedAction("Recruit to the four posts that stand empty", trust, "Chief people officer"),
        ),
        milestones=(
            PlannedMilestone(
                "Every call at night is recorded with its answer",
                today + timedelta(days=20),
                "The log of calls",
                "Two members of the group read a night’s log on the ward",
                trust,
                "Director of midwifery",
                number=1,
            ),
            PlannedMilestone(
                "The four posts are filled",
                today + timedelta(days=50),
                "The rota of eight weeks",
                "The board’s workforce lead reads the rota",
                trust,
                "Chief people officer",
                number=2,
            ),
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
    """Begun with one action, approved, and its first milestone reached; the provider doubts the second."""
    content = _for_nights(timezone.localdate(at))
    first = [replace(one, number=0) for one in content.milestones]
    plan = begin_plan(
        by=scene.by(LEAD), at=at, subject=scene.subject(MATERNITY_TRUST), system=MAIN.code,
        form_key=form_key("plan-maternity"),
        content=replace(content, actions=content.actions[:1], milestones=tuple(first)),
    )  # fmt: skip
    approve_plan(by=scene.by(CHAIR), at=at, plan=plan, seen=1, because="The nights cannot wait for the posts.")


def _noted(scene: Scene, at: datetime) -> None:
    plan = Plan.objects.get(form_key=form_key("plan-maternity"))
    update_milestone(
        by=scene.by(Part.SUBJECT_PROVIDER), at=at, plan=plan, number=2, form_key=form_key("milestone-doubt"),
        noted=Noted(
            Progress.IN_DOUBT, "Two of the four posts drew nobody. An agency fills the nights meanwhile.",
            is_providers=True,
        ),
    )  # fmt: skip
    note_milestone(
        by=scene.by(LEAD), at=at, plan=plan, number=1, form_key=form_key("milestone-reached"),
        noted=Noted(
            Progress.REACHED, "", "The log of the last two weeks", "Healthwatch and the council",
            "They read the log of one night on the ward", Lasts.NOT_YET,
        ),
    )  # fmt: skip


def _nights_anew(scene: Scene, at: datetime) -> None:
    """It still lacks a day for the new action, so that the page says what is missing."""
    restate_plan(
        by=scene.by(LEAD), at=at, plan=Plan.objects.get(form_key=form_key("plan-maternity")), seen=1,
        content=_for_nights(timezone.localdate(scene.at(30))), because="The trust recruits to the empty posts.",
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


def _first(scene: Scene, at: datetime) -> None:
    """An earlier and smaller plan about the same crews, which ended and taught something."""
    content = replace(
        _whole(timezone.localdate(at)), name="Hospitals warn crews of long waits",
        objectives=("Every crew knows on its way how long the wait is",),
    )  # fmt: skip
    plan = begin_plan(
        by=scene.by(LEAD), at=at, subject=scene.subject(AMBULANCE), system=MAIN.code,
        form_key=form_key("plan-warnings"), content=content,
    )  # fmt: skip
    approve_plan(by=scene.by(CHAIR), at=at, plan=plan, seen=1, because="It costs little and can begin at once.")


def _taught(scene: Scene, at: datetime) -> None:
    finish = Finish(
        Outcome.PARTLY,
        "Crews were told of nine waits in ten before they arrived; the waits themselves stayed as long as before.",
        "A warning helps only where another hospital can take the patient. Agree that first.",
        "The three hospitals and the service look at warnings and diverts together every Monday.",
        "The warnings run by themselves now; the waits are what the other plan is about.",
        is_good_practice=True,
    )
    plan = Plan.objects.get(form_key=form_key("plan-warnings"))
    end_plan(by=scene.by(CHAIR), at=at, plan=plan, finish=finish)


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
    """A review of one trust that the regulator asked for, chaired in the name of the board; the council co-chairs."""
    by, today = scene.by(LEAD), timezone.localdate(at)
    call = CallGiven(
        requester=Requester.CQC, requested_by="The regulator’s maternity team", urgency=Urgency.SIGNIFICANT,
        risk="Two sources agree that calls on the maternity wards go unanswered at night.",
        not_elsewhere="Contract meetings look at the trust’s own figures, which do not show it.",
        called_on=today, meets_on=today, chair=ChairGiven(scene.by(CHAIR), scene.body(MAIN.code)),
    )  # fmt: skip
    review = call_review(
        by=by, at=at, subject=scene.subject(MATERNITY_TRUST), system=MAIN.code, form_key=REVIEW_KEY, given=call
    )
    body = scene.body(HARROWMERE)
    seat = add_seat(
        by=by, at=at, group=review.group, title="Co-chair from the council", part=SeatPart.CO_CHAIR, organisation=body,
        category="co-chair",
    )  # fmt: skip
    seat_person(by=by, at=at, seat=seat, person=scene.by(COUNCIL), valid_from=today, chairs_for=body)


def _found(scene: Scene, at: datetime) -> None:
    """What it found, with the plan that was begun; two reports are on record, and that to the region is owed still."""
    by, today = scene.by(LEAD), timezone.localdate(at)
    review = RapidReview.objects.get(form_key=REVIEW_KEY)
    given = FindingGiven(
        held_on=review.called_on,
        shared="What families told, the rotas of a quarter, and the coroner’s report.",
        diagnosis="Four posts stand empty, and nobody looks at how long a call waits at night.",
        judgement="Care at night is not safe enough. By day it is.",
        actions="Record every call and its answer; fill the four posts.",
        carries=Carries.YES,
        carries_why="The actions take the board, the council and the trust.",
        oversight="NHS England’s region takes it into its next review of oversight.",
        plan=Plan.objects.get(form_key=form_key("plan-maternity")),
    )
    write_findings(by=by, at=at, review=review, seen=0, given=given)
    for route, to in ((Route.SQG, "Its chair"), (Route.ASSURANCE, "The board’s quality committee")):
        says = "The agreed actions and the plan that was begun."
        record_report(
            by=by, at=at, review=review,
            given=ReportGiven(route, True, says, today, "The quality lead", to, Through.PAPER),
        )  # fmt: skip


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
    Deed(105, _first),
    Deed(45, _review),
    Deed(30, _begun),
    Deed(28, _found),
    Deed(12, _nights_anew),
    Deed(14, _taught),
    Deed(9, _written_anew),
    Deed(6, _noted),
)

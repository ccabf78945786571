"""The groups of the demonstration, who holds which office, and the levels that were proposed, set and told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from sightline.accounts.operator import operator
from sightline.core.access import Actor
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, REGION, authority_named
from sightline.demonstration.governing_words import EMERGENCY, FROM_THE_TRUST, HANDOVERS, MATERNITY, TO_THE_TRUST
from sightline.demonstration.organisations import AMBULANCE, IMPROVED_TRUST, MATERNITY_TRUST, SILENT_TRUST
from sightline.demonstration.partners import HEALTHWATCH, INSPECTORS
from sightline.demonstration.scene import Deed, Scene
from sightline.escalation.giving import Told
from sightline.escalation.models import Duty, Telling
from sightline.escalation.operations import (
    agree_lead,
    answer_telling,
    raise_what_is_missing,
    set_level,
    step_duty,
    tell_provider,
)
from sightline.groups.models import Group, Office
from sightline.groups.operations import add_seat, give_office, seat_person, set_up_group
from sightline.groups.words import SeatPart
from sightline.profiles.models import OtherProcess, Profile
from sightline.profiles.operations import record_other_process
from sightline.surveillance.concerns_given import Stated
from sightline.surveillance.models import Concern, LevelDecision, LevelProposal
from sightline.surveillance.moves_given import MoveGiven
from sightline.surveillance.operations import (
    dissent,
    link_evidence,
    propose_level,
    raise_concern,
    record_region_answer,
    review_level,
)
from sightline.surveillance.queries.concern_evidence import linkable
from sightline.surveillance.words import EvidenceKind

LEAD, CHAIR, SECRETARY, NHSE, COUNCIL = (
    Part.QUALITY_LEAD, Part.CHAIR, Part.SECRETARY, Part.REGION, Part.LOCAL_AUTHORITY,
)  # fmt: skip
HARROWMERE = authority_named("Harrowmere").gss


@dataclass(frozen=True, slots=True)
class Place:
    """A seat of the group: what it is called, which expected seat it fills, for whom, and who sits there, if anybody."""

    title: str
    category: str
    part: SeatPart
    code: str
    who: Part | None
    among: str = ""


SEATS = (
    Place("Chair", "chair", SeatPart.CHAIR, MAIN.code, CHAIR),
    Place("Secretary", "secretariat", SeatPart.SECRETARY, MAIN.code, SECRETARY),
    Place("Integrated care board", "icb", SeatPart.MEMBER, MAIN.code, LEAD),
    Place("Local authority", "local-authority", SeatPart.MEMBER, HARROWMERE, COUNCIL),
    Place("NHS England’s region", "nhs-england-region", SeatPart.MEMBER, REGION.nhs_gss, NHSE),
    Place("Care Quality Commission", "cqc", SeatPart.MEMBER, INSPECTORS.code, Part.REGULATOR),
    Place("Healthwatch", "lay", SeatPart.MEMBER, HEALTHWATCH.code, Part.HEALTHWATCH, among="healthwatch"),
    Place("Lay member", "lay", SeatPart.MEMBER, "", Part.LAY_MEMBER),
    # Those who give care took their time to agree whom they send, so that an early meeting could decide nothing.
    Place("Provider collaborative", "provider-collaboratives", SeatPart.MEMBER, "", None),
    # A seat for which nobody was found yet: the page of members shows it, and whom to ask.
    Place("Maternity network", "maternity", SeatPart.MEMBER, "", None),
)
# Who is the board's chief executive, and who its chair, nobody has put on record: the page of offices says so.
OFFICES = (
    (Slot.ICB_EXECUTIVE_QUALITY_LEAD, MAIN.code, CHAIR),
    (Slot.NHS_ENGLAND_REGION, REGION.nhs_gss, NHSE),
    (Slot.LOCAL_AUTHORITY, HARROWMERE, COUNCIL),
    (Slot.PROVIDER, MATERNITY_TRUST, Part.SUBJECT_PROVIDER),
    (Slot.PROVIDER, IMPROVED_TRUST, Part.OTHER_PROVIDER),
)


def _groups(scene: Scene, at: datetime) -> None:
    by, today = scene.by(LEAD), timezone.localdate(at)
    group = set_up_group(
        by=by, at=at, pack="sqg-2022", kind="system-group", name="Harrowmere and Quillhaven System Quality Group",
        area=scene.body(MAIN.code), system=MAIN.code, begun_on=today,
        because="Every system has one. The partners agreed its terms of reference.",
    )  # fmt: skip
    set_up_group(
        by=by, at=at, kind="place-group", name="Harrowmere Place Quality Group", area=scene.body(HARROWMERE),
        system=MAIN.code, begun_on=today, because="The partners of the place meet every month.",
    )  # fmt: skip
    regional = set_up_group(
        by=operator(), at=at, kind="regional-group", name="Northern Waters Regional Quality Group",
        area=scene.body(REGION.nhs_gss), begun_on=today, because="The region’s own, named here so that it can be told.",
    )  # fmt: skip
    for one in SEATS:
        _seated(scene, at, by, group, one)
    # Whoever keeps the house set up the region's group, and seats its chair.
    _seated(scene, at, operator(), regional, Place("Chair", "", SeatPart.CHAIR, REGION.nhs_gss, NHSE))


def _seated(scene: Scene, at: datetime, by: Actor, group: Group, one: Place) -> None:
    body = scene.body(one.code) if one.code else None
    seat = add_seat(
        by=by, at=at, group=group, title=one.title, part=one.part, organisation=body, category=one.category,
        among=one.among,
    )  # fmt: skip
    if one.who is not None:
        seat_person(by=by, at=at, seat=seat, person=scene.by(one.who), valid_from=timezone.localdate(at))


def _offices(scene: Scene, at: datetime) -> None:
    for slot, code, who in OFFICES:
        give_office(
            by=scene.by(LEAD), at=at, slot=slot, organisation=scene.body(code), person=scene.by(who),
            because="The board’s scheme of delegation",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rise:
    """A subject that was raised to Enhanced: why, by which triggers, what was agreed, and when it is looked at again."""

    subject: str
    key: str
    stated: Stated
    reason: str
    triggers: tuple[str, ...]
    actions: tuple[str, ...]
    review: float  # days ago; what lies ahead is below nought

    def __call__(self, scene: Scene, at: datetime) -> None:
        """This function will raise the concern with its evidence, propose Enhanced, hear the region, and set it."""
        by, subject, today = scene.by(LEAD), scene.subject(self.subject), timezone.localdate(at)
        if not Profile.objects.filter(subject=subject).exists():
            record_other_process(
                by=by, at=at, subject=subject, form_key=form_key(f"process-{self.key}"), name="Joint clinical review",
                held_on=today, reference=f"JCR-{self.key}", because="All partners took part.",
            )  # fmt: skip
        concern = raise_concern(
            by=by, at=at, subject=subject, form_key=form_key(f"concern-{self.key}"), raised_on=today, stated=self.stated
        )
        _link(scene, at, concern)
        proposal = propose_level(
            by=by, at=at, subject=subject, system=MAIN.code, concern=concern, given=self.given(scene, at),
            form_key=form_key(f"enhanced-{self.key}"),
        )  # fmt: skip
        _agreed(scene, at, proposal, "Agreed. We lend an improvement adviser for two days a week.")
        _decided(scene, at, proposal, "Independent sources agree, and it cannot be solved by one body alone.")

    def given(self, scene: Scene, at: datetime) -> MoveGiven:
        """This function will give the proposal as it was written down."""
        today = timezone.localdate(at)
        subject = scene.subject(self.subject)
        profile = Profile.objects.filter(subject=subject).order_by("started_at").first()
        process = OtherProcess.objects.filter(subject=subject).order_by("-recorded_at").first()
        return MoveGiven(
            level_to="enhanced",
            effective_on=today,
            reason=self.reason,
            triggers=self.triggers,
            profile=profile.pk if profile else None,
            other_process=process.pk if process and not profile else None,
            why_not_closer=self.stated.why_not_closer,
            conflict_check="Everybody present was asked. Whoever works for the trust left the room.",
            group_view="In favour, with nobody against.",
            group_met_on=today,
            plan="An improvement plan within six weeks, followed at each meeting.",
            follow_up_person="Head of quality",
            actions=self.actions,
            next_review_on=scene.day(self.review),
            exit_evidence="Three months within the usual range, and people who say that it is better.",
        )


RISES = {
    "maternity": Rise(
        MATERNITY_TRUST,
        "maternity",
        MATERNITY,
        "Figures, families, the regulator and a coroner agree, and none of them knew of the others. The plan of last "
        "year was not kept to.",
        ("safety-concerns", "low-confidence"),
        ("Improvement plan within six weeks", "Visit to the wards at night", "Meet families with Healthwatch"),
        240,
    ),
    "emergency": Rise(
        IMPROVED_TRUST,
        "emergency",
        EMERGENCY,
        "Waits of more than twelve hours rose for nine months, and people came to harm.",
        ("safety-concerns",),
        ("A plan for flow through the hospital", "A weekly call with social care"),
        200,
    ),
    "handovers": Rise(
        AMBULANCE,
        "handovers",
        HANDOVERS,
        "Handovers take more than an hour at four hospitals of two systems.",
        ("across-pathways", "outside-control"),
        ("One protocol for handovers in both systems",),
        10,
    ),
}


def _link(scene: Scene, at: datetime, concern: Concern) -> None:
    """What had been told by then; the figures came in later, and all at once."""
    offered = linkable(scene.by(LEAD), timezone.localdate(at), concern).pieces
    found = [key for key in offered if not key.startswith(EvidenceKind.SIGNAL.value)]
    if found:
        link_evidence(by=scene.by(LEAD), at=at, concern=concern, pieces=found[:6])


def _agreed(scene: Scene, at: datetime, proposal: LevelProposal, says: str) -> None:
    record_region_answer(
        by=scene.by(NHSE), at=at, proposal=proposal, organisation=scene.body(REGION.nhs_gss), is_agreed=True, says=says
    )


def _decided(scene: Scene, at: datetime, proposal: LevelProposal, because: str) -> None:
    office = Office.objects.get(person=scene.by(CHAIR), slot=Slot.ICB_EXECUTIVE_QUALITY_LEAD.value)
    set_level(by=scene.by(CHAIR), at=at, proposal=proposal, office=office, because=because)


def _process_lead(scene: Scene, at: datetime) -> None:
    agree_lead(
        by=scene.by(LEAD), at=at, subject=scene.subject(AMBULANCE), form_key=form_key("lead"),
        organisation=scene.body(MAIN.code), agreed_on=timezone.localdate(at), agreed_with="Both integrated care boards",
        because="It holds the main contract.",
    )  # fmt: skip


def _stepped(notice: str, who: Part, how: DutyHow, says: str = "", subject: str = MATERNITY_TRUST) -> Deed:
    """What arose with the level of the maternity trust, taken a step further."""

    def do(scene: Scene, at: datetime) -> None:
        duty = Duty.objects.filter(subject=scene.subject(subject), notice=notice).earliest("arisen_on")
        step_duty(by=scene.by(who), at=at, duty=duty, how=how, says=says)

    return Deed(318, do)


def _all_done(scene: Scene, at: datetime) -> None:
    """What arose with the level of the trust that has improved since: each done by whoever it falls to here."""
    for duty in Duty.objects.filter(subject=scene.subject(IMPROVED_TRUST), telling=None).order_by("recorded_at", "pk"):
        who = {Slot.ICB_EXECUTIVE_QUALITY_LEAD.value: CHAIR, Slot.NHS_ENGLAND_REGION.value: NHSE}.get(duty.falls_to)
        if who is not None:
            step_duty(by=scene.by(who), at=at, duty=duty, how=DutyHow.DONE)


def _told(scene: Scene, at: datetime) -> None:
    duty = Duty.objects.get(subject=scene.subject(MATERNITY_TRUST), notice="tell-the-provider")
    tell_provider(
        by=scene.by(CHAIR), at=at, duty=duty,
        told=Told(
            told_by=scene.body(MAIN.code).pk,
            spoken_by="The board’s chief nurse",
            recipient="Chief nurse and chief executive of the trust",
            channel="A visit, and this letter",
            text=TO_THE_TRUST,
            told_on=timezone.localdate(at),
        ),
    )  # fmt: skip


def _answered(scene: Scene, at: datetime) -> None:
    telling = Telling.objects.get(organisation__code=MATERNITY_TRUST)
    answer_telling(by=scene.by(Part.SUBJECT_PROVIDER), at=at, telling=telling, text=FROM_THE_TRUST)


def _reviewed(scene: Scene, at: datetime) -> None:
    decision = LevelDecision.objects.filter(subject=scene.subject(MATERNITY_TRUST)).latest("number")
    review_level(
        by=scene.by(SECRETARY), at=at, decision=decision, next_review_on=scene.day(-20),
        because="The plan came in time, and two of its nine actions are late. It stays until the figures follow.",
    )  # fmt: skip


def _back_to_routine(scene: Scene, at: datetime) -> None:
    subject, today = scene.subject(IMPROVED_TRUST), timezone.localdate(at)
    earlier = LevelProposal.objects.filter(subject=subject).latest("recorded_at")
    given = MoveGiven(
        level_to="routine",
        effective_on=today,
        reason="The share seen within four hours has been above its usual range since spring, and nobody waited a day.",
        conflict_check="Everybody was asked; none.",
        group_view="In favour.",
        group_met_on=today,
        exit_evidence="Eight months of figures, a visit by Healthwatch, and staff who say that corridors are empty.",
    )
    proposal = propose_level(
        by=scene.by(LEAD), at=at, subject=subject, system=MAIN.code, concern=earlier.concern, given=given,
        form_key=form_key("routine-emergency"),
    )  # fmt: skip
    _decided(scene, at, proposal, "What was asked for is there, and it has lasted.")


def _to_intensive(scene: Scene, at: datetime) -> None:
    """Proposed and not decided: it waits for the region, and the local authority dissents."""
    subject, today = scene.subject(MATERNITY_TRUST), timezone.localdate(at)
    earlier = LevelProposal.objects.filter(subject=subject).latest("recorded_at")
    given = replace(
        RISES["maternity"].given(scene, at),
        level_to="intensive",
        effective_on=scene.day(-7),
        reason="Two actions of the plan that concern nights are six weeks late, and the newest figures are worse again.",
        triggers=("trajectory-missed",),
        group_view="In favour; the local authority dissents.",
        group_met_on=today,
        options_exhausted="An adviser, a peer review and a contract notice were tried.",
        plan="The region leads, with the regulator.",
        actions=("Mandated support for nights",),
        next_review_on=scene.day(-60),
    )
    proposal = propose_level(
        by=scene.by(LEAD), at=at, subject=subject, system=MAIN.code, concern=earlier.concern, given=given,
        form_key=form_key("intensive-maternity"),
    )  # fmt: skip
    dissent(
        by=scene.by(COUNCIL), at=at, proposal=proposal, organisation=scene.body(HARROWMERE),
        reasons="The trust lost its director of midwifery in spring, and the new one has had eight weeks.",
        commits_to="We lend two health visitors to the ward for three months.",
    )  # fmt: skip


def _not_ready(scene: Scene, at: datetime) -> None:
    """Proposed yesterday, and not ready: the region has yet to answer, and nothing was agreed to be done."""
    subject, today = scene.subject(SILENT_TRUST), timezone.localdate(at)
    process = OtherProcess.objects.filter(subject=subject).latest("recorded_at")
    given = MoveGiven(
        level_to="enhanced",
        effective_on=scene.day(-5),
        reason="The trust has sent no returns for five months, and three who do not know of each other worry.",
        triggers=("low-confidence",),
        other_process=process.pk,
        why_not_closer="The trust says that it cannot say when its returns come back.",
        conflict_check="Asked; none.",
        group_view="In favour.",
        group_met_on=today,
    )
    propose_level(
        by=scene.by(SECRETARY), at=at, subject=subject, system=MAIN.code, concern=None, given=given,
        form_key=form_key("enhanced-silence"),
    )  # fmt: skip


def _clocks(scene: Scene, at: datetime) -> None:
    """What comes again while a level lasts, as a run of the clocks each night would have found it."""
    raise_what_is_missing(by=scene.by(CHAIR), at=at)


GOVERNED = (
    Deed(455, _groups),
    Deed(454, _offices),
    Deed(420, RISES["emergency"]),
    Deed(400, _all_done),
    Deed(325, RISES["maternity"]),
    Deed(322, _told),
    _stepped("share-with-the-system-group", CHAIR, DutyHow.DONE),
    _stepped("put-on-the-registers", CHAIR, DutyHow.DONE),
    _stepped("share-with-the-region", CHAIR, DutyHow.DONE),
    Deed(315, _answered),
    Deed(240, _reviewed),
    Deed(130, _process_lead),
    Deed(125, RISES["handovers"]),
    Deed(60, _back_to_routine),
    Deed(40, _clocks),
    Deed(3, _to_intensive),
    Deed(1, _not_ready),
)

"""The risk registers of the demonstration: what was entered, scored anew, borne, closed, and came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, REGION
from sightline.demonstration.organisations import AMBULANCE, IMPROVED_TRUST, MATERNITY_TRUST, SILENT_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.risks.giving import Opening, Placing, Scored, Stated
from sightline.risks.models import Measure, Risk
from sightline.risks.operations import (
    add_measure,
    close_risk,
    open_look_back,
    open_risk,
    record_finding,
    review_risk,
    score_risk,
    step_measure,
)
from sightline.risks.words import FindingKind, MeasureHow, MeasureKind, ScoreKind

LEAD, SECRETARY = Part.QUALITY_LEAD, Part.SECRETARY
SYSTEM = (Tier.SYSTEM, MAIN.code, "")


@dataclass(frozen=True, slots=True)
class Entered:
    """A risk as it was entered: about whom, in which words, how it was scored, and on which registers."""

    key: str
    subject: str
    category: str
    severity: Severity
    title: str
    cause: str
    event: str
    effect: str
    before: tuple[int, int]
    now: tuple[int, int]
    target: tuple[int, int]
    places: tuple[tuple[Tier, str, str], ...] = (SYSTEM,)
    owner: Part | None = LEAD
    review: float = -30  # days ago; what lies ahead is below nought
    follows: str = ""

    def __call__(self, scene: Scene, at: datetime) -> None:
        """This function will enter the risk."""
        stated = Stated(
            title=self.title,
            cause=self.cause,
            event=self.event,
            effect=self.effect,
            category=self.category,
            severity=self.severity,
            accountable=scene.body(MAIN.code),
            owner=scene.by(self.owner) if self.owner else None,
            review_on=scene.day(self.review),
            why_raised="It was talked about at the group’s meeting.",
        )
        opening = Opening(
            stated=stated,
            subjects=(scene.subject(self.subject),),
            current=Scored(*self.now, rationale="As the group saw it that day"),
            initial=Scored(*self.before, rationale="Before anything was done"),
            target=Scored(*self.target, rationale="What the board will bear", by_on=scene.day(-120)),
            places=tuple(Placing(tier, scene.body(code), number) for tier, code, number in self.places),
            follows=risk_of(self.follows) if self.follows else None,
        )
        open_risk(by=scene.by(LEAD), at=at, system=MAIN.code, given=opening, form_key=form_key(f"risk-{self.key}"))


def risk_of(key: str) -> Risk:
    """This function will find a risk by its key in the demonstration."""
    return Risk.objects.get(form_key=form_key(f"risk-{key}"))


BOTH = (SYSTEM, (Tier.ICB, MAIN.code, "CRR-014"))
ENTERED = {
    440: Entered(
        "corridors", IMPROVED_TRUST, "safety", Severity.SYSTEM, "People wait in corridors",
        "Beds are full of people who are well enough to leave", "people wait in corridors for more than twelve hours",
        "some come to harm, and staff cannot see everybody", (5, 4), (5, 4), (2, 3),
        (SYSTEM, (Tier.ICB, MAIN.code, "CRR-009")),
    ),
    326: Entered(
        "maternity", MATERNITY_TRUST, "safety", Severity.SIGNIFICANT, "Mothers and babies are not seen in time at night",
        "Eleven posts of midwives are empty", "calls at night go unanswered", "babies and mothers are harmed",
        (5, 5), (4, 5), (2, 4), (*BOTH, (Tier.REGION, REGION.nhs_gss, "NW-22")), review=-20,
    ),
    200: Entered(
        "silence", SILENT_TRUST, "performance", Severity.MODERATE, "Nobody knows how Ravenslack does",
        "The trust has changed its records system", "its returns have stopped", "a fall in quality would not be noticed",
        (3, 3), (3, 3), (2, 2), review=45,
    ),
    126: Entered(
        "handovers", AMBULANCE, "pathways", Severity.SIGNIFICANT, "Ambulances wait outside hospitals",
        "Hospitals are full", "ambulances wait for more than an hour", "the most ill are reached late",
        (5, 4), (4, 4), (2, 4), (*BOTH, (Tier.REGION, REGION.nhs_gss, "NW-31")), owner=Part.CHAIR,
    ),
    50: Entered(
        "corridors-again", IMPROVED_TRUST, "safety", Severity.MODERATE, "Corridors fill again in winter",
        "Winter beds were not opened", "people wait in corridors again", "harm that was brought down comes back",
        (4, 4), (3, 4), (2, 3), owner=None, follows="corridors",
    ),
}  # fmt: skip


def _scored(days: float, key: str, likelihood: int, consequence: int, because: str) -> Deed:
    def do(scene: Scene, at: datetime) -> None:
        score_risk(
            by=scene.by(LEAD), at=at, risk=risk_of(key), kind=ScoreKind.CURRENT, likelihood=likelihood,
            consequence=consequence, because=because,
        )  # fmt: skip

    return Deed(days, do)


def _measures(scene: Scene, at: datetime) -> None:
    by, risk = scene.by(SECRETARY), risk_of("maternity")
    control = add_measure(
        by=by, at=at, risk=risk, kind=MeasureKind.CONTROL, says="A matron rings each ward at three in the morning",
        holder="Director of midwifery",
    )  # fmt: skip
    gap = add_measure(by=by, at=at, risk=risk, kind=MeasureKind.GAP, says="Nobody counts the calls that go unanswered")
    add_measure(
        by=by, at=at, risk=risk, kind=MeasureKind.ACTION, says="Count unanswered calls on both wards", against=gap,
        holder="Chief nurse of the trust", due_on=scene.day(30),
    )  # fmt: skip
    step_measure(by=by, at=at, measure=control, how=MeasureHow.ASSURED)


def _reviewed(scene: Scene, at: datetime) -> None:
    review_risk(
        by=scene.by(SECRETARY), at=at, risk=risk_of("maternity"), next_review_on=scene.day(-20),
        says="Four midwives came. It is a little less likely, and as grave as it was.",
    )  # fmt: skip


def _closed(scene: Scene, at: datetime) -> None:
    risk = risk_of("corridors")
    for action in Measure.objects.filter(risk=risk, kind=MeasureKind.ACTION.value):
        step_measure(by=scene.by(LEAD), at=at, measure=action, how=MeasureHow.DONE)
    close_risk(
        by=scene.by(LEAD), at=at, risk=risk, because="Nobody has waited twelve hours since spring.",
        learned="The weekly call with social care did more than any plan.",
    )  # fmt: skip


def _looked_back(scene: Scene, at: datetime) -> None:
    """A death that nobody had seen coming: what was known on the day before, what was missed, and a lesson."""
    by, subject = scene.by(LEAD), scene.subject(MATERNITY_TRUST)
    opened = open_look_back(
        by=by, at=at, subject=subject, as_of=scene.day(330),
        because="A coroner asked what the group knew before it acted. We ask ourselves the same.",
    )  # fmt: skip
    record_finding(
        by=by, at=at, look_back=opened, kind=FindingKind.MISSED,
        says="Families had told it twice, and nobody laid that beside the figures.",
    )  # fmt: skip


RISKY = (
    *(Deed(days, one) for days, one in ENTERED.items()),
    Deed(300, _measures),
    _scored(350, "corridors", 4, 4, "The plan for flow has begun."),
    _scored(250, "corridors", 3, 3, "Waits fall."),
    _scored(140, "corridors", 2, 3, "No waits of twelve hours for two months."),
    Deed(110, _closed),
    _scored(240, "maternity", 4, 4, "Midwives came from elsewhere."),
    _scored(30, "maternity", 4, 5, "They have left again, and the figures are worse."),
    _scored(60, "handovers", 4, 3, "One protocol in both systems."),
    Deed(28, _reviewed),
    Deed(20, _looked_back),
)

"""The Quality Improvement Group of the demonstration: convened after the review, told of by some, and asked for by others."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.core.improvement.overseeing import Instigator, Stands
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.demonstration.planning import REVIEW_KEY
from sightline.demonstration.scene import Deed, Scene
from sightline.groups.models import Seat
from sightline.groups.operations import seat_person
from sightline.improvement.improving_given import ConveningGiven, ReportedGiven, StakeholderGiven
from sightline.improvement.improving_words import Engaged
from sightline.improvement.models import ImprovementGroup, Plan, RapidReview
from sightline.improvement.operations import convene_group, name_stakeholder, record_told, tell_concern
from sightline.improvement.reviews_given import ChairGiven

LEAD = Part.QUALITY_LEAD
KEY = form_key("improvement-group-maternity")


def _convened(scene: Scene, at: datetime) -> None:
    """The board convenes it, as the review recommended; the regulator and Healthwatch sit in it."""
    by, today = scene.by(LEAD), timezone.localdate(at)
    given = ConveningGiven(
        instigator=Instigator.ICB,
        instigated_by="",
        instigated_on=today,
        purpose="Calls on the maternity wards go unanswered at night, and four posts stand empty.",
        stands=Stands.WITHIN,
        wider="The national support offer for maternity; its papers are on the trust’s board pages.",
        review=RapidReview.objects.get(form_key=REVIEW_KEY),
        plans=(Plan.objects.get(form_key=form_key("plan-maternity")),),
        chair=ChairGiven(scene.by(Part.CHAIR), scene.body(MAIN.code)),
    )
    made = convene_group(
        by=by, at=at, subject=scene.subject(MATERNITY_TRUST), system=MAIN.code, form_key=KEY, given=given
    )
    for category, part in (("cqc", Part.REGULATOR), ("lay", Part.HEALTHWATCH)):
        seat = Seat.objects.get(group=made.group, category=category)
        seat_person(by=by, at=at, seat=seat, person=scene.by(part), valid_from=today)


def _told(scene: Scene, at: datetime) -> None:
    """The regulator reports, and the group notes its advice; what others owe is asked for on its page."""
    made, today = ImprovementGroup.objects.get(form_key=KEY), timezone.localdate(at)
    said = (
        ReportedGiven(
            "regulatory-response", today,
            "No further action for now: the requirement notice covers it. It looks again when the posts are filled.",
            given_by="The inspection lead, in the meeting",
        ),
        ReportedGiven("support", today, "The board lent a rota analyst for six weeks."),
        ReportedGiven(
            "challenge", today,
            "Why the posts are advertised one after another. The trust advertises all four at once from now on.",
            needs_action=True,
        ),
    )  # fmt: skip
    for one in said:
        key = form_key(f"improvement-group-{one.told}")
        record_told(by=scene.by(LEAD), at=at, improving=made, form_key=key, given=one)


def _named(scene: Scene, at: datetime) -> None:
    made = ImprovementGroup.objects.get(form_key=KEY)
    lay = Seat.objects.get(group=made.group, category="lay")
    chair = Seat.objects.get(group=made.group, category="chair")
    for given in (
        StakeholderGiven(
            "Families who gave birth there in the last year", "Two evenings with the ward, and a letter on each result",
            lay.pk, Engaged.IN_PLACE,
        ),
        StakeholderGiven("The universities that send student midwives", "A call each term", chair.pk),
    ):  # fmt: skip
        name_stakeholder(by=scene.by(LEAD), at=at, improving=made, given=given)


def _concern(scene: Scene, at: datetime) -> None:
    """The trust tells of a new concern, which nobody has taken up yet."""
    tell_concern(
        by=scene.by(Part.SUBJECT_PROVIDER), at=at, plan=Plan.objects.get(form_key=form_key("plan-maternity")),
        says="The agency that fills the nights gave notice for the end of next month.",
        steps="Two managers with a current registration cover, and a second agency is asked.",
        form_key=form_key("concern-agency"),
    )  # fmt: skip


IMPROVED = (Deed(26, _convened), Deed(20, _told), Deed(19, _named), Deed(5, _concern))

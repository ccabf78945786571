"""Rapid Quality Reviews as somebody may read them: the list, one with what it found and reported, and who works on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.chairing import PRESIDING
from sightline.core.improvement.rapid import Carries, Found, PlanMade, Reported, Route, routes_open
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import keeps_system, kept_systems
from sightline.groups.models import Group, Seating
from sightline.groups.models.standing import SeatingQuerySet
from sightline.groups.words import SPEAKS_AS, SeatPart
from sightline.improvement.models import Plan, PlanVersion, RapidFinding, RapidReport, RapidReview
from sightline.improvement.models.reviews import RapidReviewQuerySet
from sightline.improvement.queries.plans import content_of, subject_to_plan, versions_of
from sightline.improvement.review_words import KIND
from sightline.surveillance.queries.concerns import record_for

A_PAGE = 50
OPEN, LATE, CLOSED = "open", "late", "closed"
_PLANS = 50  # of one subject, offered to choose from
_PARTS = [one.value for one in PRESIDING]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review of the list: what it found as written last, and on which routes it still owes a report."""

    review: RapidReview
    newest: RapidFinding | None
    owed: tuple[Route, ...]
    is_late: bool


@dataclass(frozen=True, slots=True)
class AskedReviews:
    """What the list was asked for; empty words leave nothing out."""

    state: str = ""
    subject: UUID | None = None


def page_of_reviews(actor: Actor, on: date, asked: AskedReviews, page: int) -> tuple[list[ReviewRow], int]:
    """This function will give one page of the reviews that the actor may read, the newest first, and how many there are."""
    found = _found(actor, on, asked)
    first = (page - 1) * A_PAGE
    return rows_of(list(found.select_related("subject", "ending")[first : first + A_PAGE]), on), found.count()


def _found(actor: Actor, on: date, asked: AskedReviews) -> RapidReviewQuerySet:
    found = RapidReview.objects.visible_to(actor, on)
    if asked.subject:
        found = found.filter(subject=asked.subject)
    match asked.state:
        case "open":
            found = found.still_open()
        case "late":
            found = found.still_open().filter(meets_on__lt=on)
        case "closed":
            found = found.exclude(ending=None)
    return found.order_by("-called_on", "-recorded_at", "pk")


def rows_of(reviews: Sequence[RapidReview], on: date) -> list[ReviewRow]:
    """This function will give reviews with what they found and what they owe, by as many reads whatever their number."""
    newest = {one.review_id: one for one in RapidFinding.objects.filter(review__in=reviews).order_by("number")}
    reported: dict[UUID, list[RapidReport]] = {one.pk: [] for one in reviews}
    for report in RapidReport.objects.filter(review__in=reviews):
        reported[report.review_id].append(report)
    return [
        ReviewRow(one, newest.get(one.pk), routes_open(_reported(reported[one.pk])), is_late(one, on))
        for one in reviews
    ]


def is_late(review: RapidReview, on: date) -> bool:
    """This function will say whether the day on which a review was to meet has passed and it is not closed.

    The guidance lays down no time, and none is set here: it is the review's own day that passed (MTG-05).
    """
    return not hasattr(review, "ending") and review.meets_on is not None and review.meets_on < on


def one_review(actor: Actor, on: date, review: UUID) -> RapidReview | None:
    """This function will give a review, or None where there is none that the actor may read."""
    rows = RapidReview.objects.visible_to(actor, on).filter(pk=review)
    return rows.select_related("subject__organisation", "group__area", "group__ending", "concern", "ending").first()


def review_of_form(actor: Actor, on: date, form_key: UUID) -> RapidReview | None:
    """This function will give the review that a form called, where the actor may read it."""
    return RapidReview.objects.visible_to(actor, on).filter(form_key=form_key).first()


def earlier_reviews(actor: Actor, on: date, review: RapidReview) -> list[RapidReview]:
    """This function will give the other reviews of the same subject that the actor may read, the newest first."""
    found = RapidReview.objects.visible_to(actor, on).filter(subject=review.subject_id).exclude(pk=review.pk)
    return list(found.select_related("ending")[:A_PAGE])


def findings_of(review: RapidReview) -> list[RapidFinding]:
    """This function will give every version of what a review found, from the first."""
    return list(review.findings.select_related("plan").order_by("number"))


def reports_of(review: RapidReview) -> dict[Route, list[RapidReport]]:
    """This function will give what is on record of each report, the newest first."""
    found: dict[Route, list[RapidReport]] = {one: [] for one in Route}
    for report in review.reports.order_by("-recorded_at", "-pk"):
        found[Route(report.route)].append(report)
    return found


def owed_by(review: RapidReview, since: date | None = None) -> tuple[Route, ...]:
    """This function will name the routes on which a review owes a report, or has sent none since a day (RQR-05)."""
    return routes_open(_reported(review.reports.all()), since)


def _reported(rows: Iterable[RapidReport]) -> list[Reported]:
    return [Reported(Route(one.route), one.on) for one in rows]


def found_by(finding: RapidFinding | None) -> Found | None:
    """This function will give what a review found, as the rules take it, with what its plan says now (RQR-04)."""
    if finding is None:
        return None
    return Found(
        held_on=finding.held_on,
        diagnosis=finding.diagnosis,
        judgement=finding.judgement,
        carries=Carries(finding.carries),
        plan=_plan_made(finding.plan) if finding.plan else None,
        no_plan=finding.no_plan,
    )


def _plan_made(plan: Plan) -> PlanMade:
    content = content_of(versions_of(plan)[-1])
    whole = [all(map(str.strip, (one.measure, one.target, one.held_for))) for one in content.criteria]
    return PlanMade(has_criteria=bool(whole) and all(whole), is_aligned=bool(content.alignment.value))


def plans_to_choose(actor: Actor, on: date, review: RapidReview) -> list[tuple[Plan, str]]:
    """This function will give the plans about the subject that the actor may read, the newest first, with their names."""
    found = list(Plan.objects.visible_to(actor, on).filter(subject=review.subject_id, system=review.system)[:_PLANS])
    rows = PlanVersion.objects.filter(plan__in=found).order_by("number")
    names = dict(rows.values_list("plan", "name"))  # of several the last one counts
    return [(one, names[one.pk]) for one in found]


# --- who may call one, and who works on it


def system_to_call(actor: Actor, on: date, subject: UUID) -> tuple[Subject, str] | None:
    """This function will give a subject and on whose record the actor may call a review of it, or None (COI-03)."""
    found = subject_to_plan(actor, on, subject)
    system = record_for(actor, on, found) if found else None
    return (found, system) if found and system and keeps_system(actor, system, on) else None


def area_of(system: str) -> Organisation | None:
    """This function will give the organisation of a system, for which the group of a review sits."""
    return Organisation.objects.filter(code=system).first()


def standing_group(actor: Actor, on: date, subject: Subject, system: str) -> Group | None:
    """This function will give the review group about a subject that stands already, the newest first."""
    found = Group.objects.standing_on(on).filter(groups_seen(actor, on), kind=KIND, subject=subject, system=system)
    return found.order_by("-begun_on", "-recorded_at", "pk").first()


def open_review(group: Group) -> RapidReview | None:
    """This function will give the review for which a group meets, while it is not closed."""
    return RapidReview.objects.still_open().filter(group=group).first()


def review_of_group(group: Group) -> RapidReview | None:
    """This function will give the review for which a group meets or met last, whoever asks."""
    return RapidReview.objects.filter(group=group).order_by("-called_on", "-recorded_at").first()


def is_of_icb(body: Organisation | None) -> bool:
    """This function will say whether somebody chairs in the name of an ICB (RQR-06)."""
    return body is not None and SPEAKS_AS.get(Kind(body.kind)) is Slot.ICB_EXECUTIVE_QUALITY_LEAD


def chair_of(group: Group, on: date) -> Seating | None:
    """This function will give whoever sits as the chair of a group on a day."""
    sits = Seating.objects.in_force(on).filter(seat__group=group, seat__part=SeatPart.CHAIR.value, is_deputy=False)
    return sits.select_related("person", "chairs_for").first()


def works_on(actor: Actor, on: date, review: RapidReview) -> bool:
    """This function will say whether a review, which the actor may read, is theirs to write: they keep it, or chair it."""
    if may(actor, Permission.KEEP_GROUPS, on) and keeps_system(actor, review.system, on):
        return True
    return _presided(actor, on, [review.group_id])


def groups_chaired(person: Person, on: date) -> frozenset[UUID]:
    """This function will name the groups in which somebody sits as the chair, a co-chair or a deputy chair."""
    return frozenset(_chaired(person, on).order_by().values_list("seat__group", flat=True))


def _presided(actor: Actor, on: date, groups: Iterable[UUID]) -> bool:
    return isinstance(actor, Person) and _chaired(actor, on).filter(seat__group__in=list(groups)).exists()


def _chaired(person: Person, on: date) -> SeatingQuerySet:
    return Seating.objects.in_force(on).filter(person=person, seat__part__in=_PARTS)


def reviews_waiting(actor: Actor, on: date) -> int:
    """This function will count the open reviews whose day has come and that the actor keeps or chairs."""
    due = RapidReview.objects.visible_to(actor, on).still_open().filter(meets_on__lte=on).order_by()
    mine: Mapping[str, object] = {}
    if not may(actor, Permission.KEEP_GROUPS, on):
        if not isinstance(actor, Person):
            return 0
        mine = {"group__in": _chaired(actor, on).order_by().values("seat__group")}
    elif (systems := kept_systems(actor, on)) is not None:
        mine = {"system__in": systems}
    return due.filter(**mine).count()

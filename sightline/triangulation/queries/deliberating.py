"""Who takes part when a subject is talked about: proposals, requests and answers are for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from sightline.core.access import Actor, Viewer
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item
from sightline.triangulation.models import ProposalDecision, Request


def deliberates(viewer: Viewer, subject: Subject) -> bool:
    """This function will say whether a viewer takes part in talk about a subject (COI-03, PER-10).

    The body concerned does not, nor does whoever declared an interest in it; those who keep the record of a system
    write down what is said of their own board.
    """
    if not viewer.hears or subject.pk in viewer.conflicts:
        return False
    code = subject.organisation.code if subject.organisation else ""
    return viewer.keeps or code not in viewer.organisations


def open_to(viewer: Viewer, subjects: QuerySet[Subject]) -> QuerySet[Subject]:
    """This function will keep the subjects about which a viewer takes part in talk; a test holds it to the rule above."""
    if not viewer.hears:
        return subjects.none()
    found = subjects.exclude(pk__in=viewer.conflicts)
    return found if viewer.keeps else found.exclude(organisation__code__in=viewer.organisations)


def subject_of_talk(actor: Actor, on: date, subject_id: UUID) -> Subject | None:
    """This function will give a subject about which the actor takes part in talk; hidden and absent are the same."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject_id).select_related("organisation").first()
    return found if found is not None and deliberates(viewer_of(actor, on), found) else None


def decisions_known(actor: Actor, on: date, within: QuerySet[Subject] | None = None) -> QuerySet[ProposalDecision]:
    """This function will choose the answers to proposals of which the actor may know, the newest first.

    An answer rests on evidence. Whoever may not see all of it is not told of the answer, nor by that of the evidence.
    """
    viewer = viewer_of(actor, on)
    found = ProposalDecision.objects.filter(_told(viewer))
    if within is not None:
        found = found.filter(subject__in=within)
    hidden = _resting_on_what_is_hidden(viewer, found.values_list("pk", "evidence"))
    return found.exclude(pk__in=hidden).select_related("subject")


def decisions_about(actor: Actor, on: date, subjects: Collection[UUID]) -> list[ProposalDecision]:
    """This function will give the answers to proposals about these subjects, the newest first."""
    viewer = viewer_of(actor, on)
    found = list(ProposalDecision.objects.filter(_told(viewer), subject__in=subjects).select_related("subject"))
    hidden = set(_resting_on_what_is_hidden(viewer, ((one.pk, one.evidence) for one in found)))
    return [one for one in found if one.pk not in hidden]


def latest_decisions(actor: Actor, on: date, area: str, count: int) -> list[ProposalDecision]:
    """This function will give the latest answers to proposals in an area, or everywhere where none is named."""
    return list(decisions_known(actor, on, subjects_within(area, on) if area else None)[:count])


def one_decision(actor: Actor, on: date, decision_id: UUID) -> ProposalDecision | None:
    """This function will give one answer of which the actor may know."""
    subjects = Subject.objects.filter(pk__in=ProposalDecision.objects.filter(pk=decision_id).values("subject"))
    return decisions_known(actor, on, subjects).filter(pk=decision_id).first()


def requests_known(actor: Actor, on: date, within: QuerySet[Subject] | None = None) -> QuerySet[Request]:
    """This function will choose the requests of which the actor may know: none that rests on an answer kept from them."""
    viewer = viewer_of(actor, on)
    found = Request.objects.filter(_told(viewer))
    if within is not None:
        found = found.filter(subject__in=within)
    resting = found.exclude(decision=None).values_list("decision", "decision__evidence").order_by()
    hidden = _resting_on_what_is_hidden(viewer, resting)
    kept = found.filter(Q(decision=None) | ~Q(decision__in=hidden))
    return kept.select_related("subject", "subject__organisation", "answer")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests a list shows: open, ended or both; of a subject, a row of the matrix, a kind of source."""

    show: str = "open"
    word: str = ""
    row: str = ""
    quadrant: str = ""


def requests_listed(actor: Actor, on: date, wanted: Wanted) -> QuerySet[Request]:
    """This function will choose requests for a list: what is overdue first, and what ended last."""
    found = requests_known(actor, on)
    if wanted.show in {"open", "ended"}:
        found = found.filter(answer__isnull=wanted.show == "open")
    if wanted.word:
        found = found.filter(Q(subject__name__icontains=wanted.word) | Q(subject__key__iexact=wanted.word))
    if wanted.row:
        found = found.filter(row=wanted.row)
    if wanted.quadrant:
        found = found.filter(quadrant=wanted.quadrant)
    open_first, due_first = F("answer__recorded_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True)
    return found.order_by(open_first, due_first, "-recorded_at", "pk")


def requests_about(actor: Actor, on: date, subject: Subject) -> list[Request]:
    """This function will give what was asked about a subject, the newest first, as far as the actor may know."""
    return list(requests_known(actor, on, Subject.objects.filter(pk=subject.pk)))


def one_request(actor: Actor, on: date, request_id: UUID) -> Request | None:
    """This function will give one request that the actor may know of."""
    subjects = Subject.objects.filter(pk__in=Request.objects.filter(pk=request_id).values("subject"))
    return requests_known(actor, on, subjects).filter(pk=request_id).first()


def _told(viewer: Viewer) -> Q:
    """What was said in the groups that a viewer hears, of subjects about which they take part in talk.

    Of their own body they hear in no group but those whose record they keep.
    """
    if not viewer.hears:
        return Q(pk__in=[])
    heard = Q() if viewer.systems is None else Q(system__in=viewer.systems)
    heard &= ~Q(subject__in=viewer.conflicts)
    if not viewer.organisations or (viewer.keeps and viewer.kept is None):
        return heard
    others = Q(subject__organisation=None) | ~Q(subject__organisation__code__in=viewer.organisations)
    return heard & (others | Q(system__in=viewer.kept or ()) if viewer.keeps else others)


def _resting_on_what_is_hidden(viewer: Viewer, decisions: Iterable[tuple[UUID, str]]) -> list[UUID]:
    rests = {
        key: {UUID(one.removeprefix("item:")) for one in evidence.split() if one.startswith("item:")}
        for key, evidence in decisions
    }
    every: set[UUID] = set().union(*rests.values())
    seen = set(Item.objects.heard_by(viewer).filter(pk__in=every).values_list("pk", flat=True)) if every else set()
    return [key for key, items in rests.items() if not items <= seen]

"""What named persons decide where sources are laid side by side: proposals, requests, and ratings that count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.signals import Dimension, Quadrant, SignalKind, row_of
from sightline.core.triangulation import Proposal
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal
from sightline.triangulation.models import ProposalDecision, RatingReview, Request, RequestAnswer
from sightline.triangulation.queries import deliberates, one_request, picture_of, rules_of_triangulation

ABSENT = refused("There is nothing here that you could decide.", "COI-03; PER-10")


@operation(Permission.DECIDE_PROPOSAL, on="subject")
def answer_proposal(
    *, by: Actor, at: datetime, subject: Subject, fingerprint: str, accepted: bool, because: str
) -> ProposalDecision:
    """This function will record a named person's answer to what the rules propose, and the evidence that stood then.

    The proposal is made anew from what the actor may see now. Raises Invalid where it no longer stands, because
    evidence joined or went while the page was open, or because somebody has answered it.
    """
    today = timezone.localdate(at)
    _must_take_part(by, today, subject)
    proposal = _standing(by, today, subject, fingerprint)
    return ProposalDecision.objects.create(
        subject=subject,
        system=_group_of(by, Permission.DECIDE_PROPOSAL, today),
        rule=proposal.rule,
        pack=rules_of_triangulation(today).version,
        row=proposal.row.value if proposal.row else "",
        fingerprint=proposal.fingerprint,
        says=f"{proposal.says} {proposal.explains}",
        evidence="\n".join(proposal.keys),
        accepted=accepted,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.REVIEW_INTELLIGENCE, on="subject")
def ask(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    asked_of: str,
    question: str,
    row: Dimension | None = None,
    quadrant: Quadrant | None = None,
    due_on: date | None = None,
    decision: ProposalDecision | None = None,
) -> Request:
    """This function will record what somebody was asked to tell about a subject (INT-14; QSG 2017 ¶33, ¶121)."""
    today = timezone.localdate(at)
    _must_take_part(by, today, subject)
    if decision is not None and decision.subject_id != subject.pk:
        raise Refused(ABSENT)
    problems = []
    if not asked_of.strip():
        problems.append("Say who is asked.")
    if not question.strip():
        problems.append("Write what you ask for.")
    if due_on is not None and due_on < today:
        problems.append("The day by which you need the answer has passed.")
    if problems:
        raise Invalid(*problems)
    return Request.objects.create(
        subject=subject,
        system=decision.system if decision else _group_of(by, Permission.REVIEW_INTELLIGENCE, today),
        row=row_of(row).value if row else "",
        quadrant=quadrant.value if quadrant else "",
        asked_of=asked_of.strip(),
        question=question.strip(),
        due_on=due_on,
        decision=decision,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.REVIEW_INTELLIGENCE, on="asked")
def end_request(*, by: Actor, at: datetime, asked: Request, came: bool, says: str) -> RequestAnswer:
    """This function will record what a request brought, or that nothing came; raises Invalid where it has ended."""
    if one_request(by, timezone.localdate(at), asked.pk) is None:
        raise Refused(ABSENT)
    if RequestAnswer.objects.filter(request=asked).exists():
        raise Invalid("This request has ended already.")
    if not came and not says.strip():
        raise Invalid("Say in a sentence why nothing came, or what you do instead.")
    return RequestAnswer.objects.create(
        request=asked, came=came, says=says.strip(), recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.REVIEW_INTELLIGENCE)
def review_ratings(*, by: Actor, at: datetime, signals: Sequence[Signal], counts: bool, because: str = "") -> int:
    """This function will confirm published ratings, or set them aside with a reason, and say how many.

    Until a person has looked, a rating proposes nothing: a body may bear the judgement of the one before it, or of
    another of its name. Raises Invalid without any, for what is no rating or stands no longer, and for a rating set
    aside without a reason.
    """
    if not signals:
        raise Invalid("Choose at least one.")
    if any(signal.kind != SignalKind.RATING.value for signal in signals):
        raise Invalid("Only ratings are reviewed here.")
    if any(not signal.stands for signal in signals):
        raise Invalid("A newer rating has come meanwhile: look at the list again.")
    if not counts and not because.strip():
        raise Invalid("Say in a sentence why they are set aside.")
    viewer = viewer_of(by, timezone.localdate(at))
    if not all(signal.subject and deliberates(viewer, signal.subject) for signal in signals):
        raise Refused(ABSENT)
    RatingReview.objects.bulk_create(
        RatingReview(signal=one, counts=counts, because=because.strip(), recorded_at=at, recorded_by=by.actor_id)
        for one in signals
    )
    return len(signals)


def _standing(by: Actor, on: date, subject: Subject, fingerprint: str) -> Proposal:
    for proposal in picture_of(by, on, subject).proposals:
        if proposal.fingerprint == fingerprint:
            return proposal
    raise Invalid("This proposal no longer stands: the evidence has changed, or somebody has answered it.")


def _must_take_part(by: Actor, on: date, subject: Subject) -> None:
    if not deliberates(viewer_of(by, on), subject):
        raise Refused(ABSENT)


def _group_of(by: Actor, permission: Permission, on: date) -> str:
    """The system for whose group somebody acts: the house's own where they may, or else one of theirs."""
    held = systems_where(by, permission, on)
    return settings.HOME_SYSTEM if held is None or settings.HOME_SYSTEM in held else min(held)

"""The picture of one subject, for somebody: who says what of which dimension, what is proposed, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook import Contributions, Freshness, ProposalRule, Proposals
from sightline.core.triangulation import (
    Asked,
    BlindSpot,
    Evidence,
    Matrix,
    Proposal,
    Questions,
    blind_spots,
    is_known,
    lay_out,
    propose,
    questions,
    stays_declined,
)
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.rulebook.queries import rules_on
from sightline.triangulation.models import ProposalDecision, Request
from sightline.triangulation.queries.deliberating import decisions_about, deliberates, requests_about
from sightline.triangulation.queries.evidence import evidence_of


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of triangulation in force on a day, and the version of the guidance that they are of."""

    freshness: Freshness
    proposals: tuple[ProposalRule, ...]
    contributions: Contributions | None
    version: str


@dataclass(frozen=True, slots=True)
class Triangulated:
    """A subject as independent sources show it to one reader.

    ``proposals`` wait for an answer; ``answered`` holds those that were given, the newest first. All of these and
    ``requests`` are empty for whoever takes no part in talk about the subject.
    """

    subject: Subject
    matrix: Matrix
    evidence: dict[str, Evidence]
    known: bool
    spots: tuple[BlindSpot, ...]
    questions: Questions
    proposals: tuple[Proposal, ...]
    answered: tuple[ProposalDecision, ...]
    requests: tuple[Request, ...]
    takes_part: bool


def rules_of_triangulation(on: date) -> Rulebook:
    """This function will read the rules in force, local changes among them."""
    rules = rules_on(on)
    freshness, proposals = rules.part("freshness"), rules.part("proposals")
    contributions = rules.part("contributions")
    if not isinstance(freshness, Freshness) or not isinstance(proposals, Proposals):
        raise LookupError("No guidance in force says how old evidence may be, or what to propose.")
    version = str(rules.parts["proposals"].version)
    given = contributions if isinstance(contributions, Contributions) else None
    return Rulebook(freshness, proposals.proposals, given, version)


def picture_of(actor: Actor, on: date, subject: Subject) -> Triangulated:
    """This function will lay everything about a subject side by side, as far as the actor may see it (INT-04, INT-14)."""
    rules = rules_of_triangulation(on)
    told = evidence_of(actor, on, [subject.pk])[subject.pk]
    matrix = lay_out(told, on, rules.freshness)
    takes_part = deliberates(viewer_of(actor, on), subject)
    answered = tuple(decisions_about(actor, on, [subject.pk])) if takes_part else ()
    asked = tuple(requests_about(actor, on, subject)) if takes_part else ()
    spots = blind_spots(matrix, rules.freshness)
    proposed = propose(subject.name, matrix, told, rules.proposals) if takes_part else ()
    return Triangulated(
        subject=subject,
        matrix=matrix,
        evidence={one.key: one for one in told},
        known=is_known(matrix, rules.freshness),
        spots=spots,
        questions=_questions(spots, rules, asked),
        proposals=waiting(proposed, answered, rules),
        answered=answered,
        requests=asked,
        takes_part=takes_part,
    )


def waiting(
    proposed: tuple[Proposal, ...], answered: tuple[ProposalDecision, ...], rules: Rulebook
) -> tuple[Proposal, ...]:
    """This function will keep the proposals that nobody has answered yet: new evidence asks anew, old does not."""
    given = [one.fingerprint for one in answered]
    return tuple(one for one in proposed if not stays_declined(one, given, rules.proposals))


def _questions(spots: tuple[BlindSpot, ...], rules: Rulebook, asked: tuple[Request, ...]) -> Questions:
    before = [Asked(one.asked_of, one.question, timezone.localdate(one.recorded_at)) for one in asked]
    return questions(spots, rules.contributions.contributions if rules.contributions else (), before)

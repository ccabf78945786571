"""What the clocks look for: levels without their duties, the levels in force, and reviews whose day has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from sightline.accounts.models import Person
from sightline.core.rulebook.duties import On
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty
from sightline.escalation.queries.holding import holders_at
from sightline.surveillance.models import Concern, LevelDecision
from sightline.surveillance.queries import guidance_for, standings_of
from sightline.surveillance.queries.level_clocks import last_review


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A level whose review is due, since when, and who looks after it."""

    decision: LevelDecision
    due_on: date
    people: tuple[Person, ...]


def without_duties() -> QuerySet[LevelDecision]:
    """This function will give the decisions from which nothing is on record, the oldest first."""
    there = Duty.objects.filter(decision=OuterRef("pk"))
    found = LevelDecision.objects.filter(~Exists(there)).select_related("proposal", "subject__organisation")
    return found.order_by("decided_at", "pk")


def concerns_without_duties(on: date) -> Iterator[Concern]:
    """This function will give the open concerns from which nothing is on record, at subjects where something may arise."""
    there = Duty.objects.filter(concern=OuterRef("pk"))
    found = Concern.objects.filter(~Exists(there), ending=None).select_related("subject__organisation")
    by_system: defaultdict[str, list[Concern]] = defaultdict(list)
    for one in found.order_by("recorded_at", "pk"):
        by_system[one.system].append(one)
    for system, some in by_system.items():
        guidance = guidance_for(system, on)
        rules = guidance.notices.notices if guidance.notices else ()
        levels = {level for one in rules if one.occasion is On.CONCERN for level in one.levels}
        if levels:
            stands = standings_of({one.subject_id for one in some}, guidance, on)
            yield from (one for one in some if stands[one.subject_id].level.id in levels)


def newest_decisions() -> QuerySet[LevelDecision]:
    """This function will give the decision by which each subject stands where it does."""
    newest = LevelDecision.objects.filter(subject=OuterRef("subject")).order_by("-number").values("number")[:1]
    found = LevelDecision.objects.annotate(newest=Subquery(newest)).filter(number=F("newest"))
    return found.select_related("proposal", "subject__organisation", "office__person").order_by("subject")


def reviews_due_by(on: date) -> list[ReviewDue]:
    """This function will give each level in force whose review was set for this day or an earlier one (SUR-10)."""
    found = []
    for decision in newest_decisions().prefetch_related("reviews"):
        review = last_review(decision)
        due_on = review.next_review_on if review else decision.next_review_on
        if due_on is not None and due_on <= on:
            found.append(ReviewDue(decision, due_on, _who_looks_after(decision, on)))
    return found


def _who_looks_after(decision: LevelDecision, on: date) -> tuple[Person, ...]:
    """Those who chair the group and keep its papers; without any, whoever decided."""
    bodies = list(Organisation.objects.filter(code=decision.system).values_list("pk", flat=True))
    found = holders_at(bodies, on).of(Slot.SECRETARIAT, bodies)
    return found or (decision.office.person,)

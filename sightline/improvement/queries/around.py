"""What is known around a plan: where its subject stands, who commissions it, its oversight, and who asked for a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.improvement.approving import may_begin_plan
from sightline.core.improvement.facts import Around, KnownCommissioner
from sightline.core.rulebook.circumstances import Commissioner
from sightline.core.rulebook.levels import Level, Levels
from sightline.core.verdict import Verdict
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import commissioned_services
from sightline.directory.queries.oversight import oversight_of
from sightline.directory.words import INDEPENDENT, Kind
from sightline.improvement.models import Plan, PlanCriterion
from sightline.surveillance.models import Concern, ConcernStatement, LevelDecision, LevelProposal
from sightline.surveillance.queries import Guidance, guidance_for, standing_of

_SEVERAL = frozenset({Commissioner.JOINT.value, Commissioner.ICB_AND_NHS_ENGLAND.value})
_WITH_RECOVERY_PLAN = 3  # the oversight segment in which a trust or a board has one (PLN-06)
_OVERSEEN = frozenset({Kind.NHS_TRUST, Kind.CARE_TRUST, Kind.AMBULANCE_SERVICE, Kind.ICB}) - INDEPENDENT


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a subject stands, and the proposals about it that wait, as one group's record has it."""

    guidance: Guidance
    level: Level
    waiting: tuple[LevelProposal, ...]

    @property
    def levels(self) -> Levels:
        """The levels of the group's guidance."""
        return self.guidance.levels.levels

    @property
    def is_above(self) -> bool:
        """Whether it stands above the lowest level."""
        return self.level.rank > self.levels.lowest.rank

    @property
    def is_highest(self) -> bool:
        """Whether it stands at the highest level, or is proposed for it."""
        highest = self.levels.levels[-1].id
        return highest in {self.level.id, *(one.level_to for one in self.waiting)}

    @property
    def may_begin(self) -> Verdict:
        """Whether a plan about it may be begun."""
        risen = any(one.level_to != self.levels.lowest.id for one in self.waiting)
        return may_begin_plan(stands_above=self.is_above, is_proposed=risen, lowest=self.levels.lowest.name)


def stands(subject: Subject, system: str, on: date) -> Stands:
    """This function will say where a subject stands in the words of a group's guidance, and what waits about it."""
    guidance = guidance_for(system, on)
    waiting = LevelProposal.objects.filter(subject=subject, system=system, ending=None, decision=None, followed_by=None)
    return Stands(guidance, standing_of(subject, guidance, on).level, tuple(waiting.order_by("-recorded_at", "pk")))


def asking_proposal(actor: Actor, on: date, subject: Subject, found: Stands, system: str) -> LevelProposal | None:
    """This function will give the proposal that asks for a plan, as far as the actor may read it.

    It is the one on which the level that stands was decided; where the subject stands at the lowest, the newest that waits.
    """
    seen = LevelProposal.objects.visible_to(actor, on).filter(subject=subject, system=system)
    if not found.is_above:
        return next((one for one in found.waiting if seen.filter(pk=one.pk).exists()), None)
    decided = LevelDecision.objects.filter(subject=subject, effective_on__lte=on).order_by("-number").first()
    return seen.filter(pk=decided.proposal_id).first() if decided else None


def around_subject(
    subject: Subject, found: Stands, on: date, proposal: LevelProposal | None = None, criteria: date | None = None
) -> Around:
    """This function will gather what is known around a plan about a subject on a day (PLN-02, PLN-04, PLN-06)."""
    body = subject.organisation
    return Around(
        on=on,
        level=found.level.id,
        is_highest=found.is_highest,
        commissioners=_commissioners(body, on),
        says_several=_says_several(proposal.concern if proposal else None),
        director_role=_director_role(body, on),
        segment_year=_segment_year(body, on),
        criteria_written_on=criteria,
    )


def around_plan(plan: Plan, on: date) -> Around:
    """This function will gather what is known around a plan on a day."""
    first = PlanCriterion.objects.filter(version__plan=plan).aggregate(first=Min("version__recorded_at"))["first"]
    written = timezone.localdate(first) if first else None
    return around_subject(plan.subject, stands(plan.subject, plan.system, on), on, plan.proposal, written)


def known_director(subject: Subject, on: date) -> str:
    """This function will give the name of the Improvement Director that is on record, empty where there is none."""
    body = subject.organisation
    support = oversight_of([body], on)[body.pk].support if body else None
    return support.director if support else ""


def _commissioners(body: Organisation | None, on: date) -> tuple[KnownCommissioner, ...]:
    found = {one.commissioner.code: one.commissioner.name for one in (commissioned_services(body, on) if body else ())}
    return tuple(KnownCommissioner(code, name) for code, name in sorted(found.items(), key=lambda one: one[1]))


def _says_several(concern: Concern | None) -> bool:
    if concern is None:
        return False
    newest = (
        ConcernStatement.objects.filter(concern=concern).order_by("-number").values_list("commissioned_by", flat=True)
    )
    return newest.first() in _SEVERAL


def _director_role(body: Organisation | None, on: date) -> str:
    """Whom the Recovery Support Programme asks to consult; a system has one of its own."""
    if body is None or oversight_of([body], on)[body.pk].support is None:
        return ""
    return "System Improvement Director" if body.kind == Kind.ICB else "Improvement Director"


def _segment_year(body: Organisation | None, on: date) -> str:
    if body is None or Kind(body.kind) not in _OVERSEEN:
        return ""
    segment = oversight_of([body], on)[body.pk].segment
    if segment is None or segment.number != _WITH_RECOVERY_PLAN:
        return ""
    return segment.framework_year or "framework year not on record"

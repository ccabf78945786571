"""What waits for somebody: levels to decide, answers to give for a region, reviews that are due, stays that are long."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef

from sightline.core.access import Actor, Permission, may
from sightline.core.rulebook.clocks import ClockId
from sightline.core.rulebook.levels import Need, Slot
from sightline.core.surveillance.authorising import authority_for
from sightline.core.surveillance.clocks import LongStay, long_stay
from sightline.core.surveillance.facts import SubjectFacts
from sightline.core.surveillance.needing import needs_of
from sightline.directory.words import Kind
from sightline.groups.models import Office
from sightline.groups.queries import offices_of
from sightline.surveillance.models import LevelDecision, LevelProposal, ProcessLead
from sightline.surveillance.queries.level_clocks import last_review
from sightline.surveillance.queries.levels import keeps, open_proposals, regions_sat_for
from sightline.surveillance.queries.moving import case_from, fits
from sightline.surveillance.queries.standing import Guidance, guidance_for, histories_of

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A level whose review is due on a day that was set for it."""

    decision: LevelDecision
    due_on: date
    is_overdue: bool
    level: str


@dataclass(frozen=True, slots=True)
class StayedLong:
    """A subject that has been at its level for long, as the house counts (SUR-07)."""

    decision: LevelDecision
    level: str
    stay: LongStay


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits for one reader on a day, and what waits for others that they may read."""

    to_decide: tuple[LevelProposal, ...]
    to_answer: tuple[LevelProposal, ...]
    for_others: tuple[LevelProposal, ...]
    reviews: tuple[ReviewDue, ...]
    long_stays: tuple[StayedLong, ...]

    @property
    def is_empty(self) -> bool:
        """This function will say whether nothing at all waits."""
        return not (self.to_decide or self.to_answer or self.for_others or self.reviews or self.long_stays)


def waiting_for(actor: Actor, on: date) -> Waiting:
    """This function will gather what waits for somebody, in a number of questions that does not grow with it."""
    rules = cache(lambda system: guidance_for(system, on))
    waiting = _open(actor, on)
    mine = _decidable(waiting, actor, on, rules)
    asked = _to_answer(waiting, actor, on, rules)
    taken = {one.pk for one in (*mine, *asked)}
    standing = _newest(actor, on)
    return Waiting(
        tuple(mine),
        tuple(asked),
        tuple(one for one in waiting if one.pk not in taken),
        _reviews(standing, actor, on, rules),
        _stays(standing, on, rules),
    )


def proposals_waiting(actor: Actor, on: date) -> list[LevelProposal]:
    """This function will give the proposals that an office of the actor's usually authorises, the oldest first.

    What they proposed themselves is not among them: another person decides it (PER-15).
    """
    rules = cache(lambda system: guidance_for(system, on))
    return _decidable(_open(actor, on), actor, on, rules)


def _open(actor: Actor, on: date) -> list[LevelProposal]:
    return list(open_proposals(actor, on).prefetch_related("reaches__organisation", "region_answers"))


def _decidable(
    waiting: Collection[LevelProposal], actor: Actor, on: date, rules: Callable[[str], Guidance]
) -> list[LevelProposal]:
    offices = offices_of(actor, on) if may(actor, Permission.AUTHORISE_LEVEL, on) else []
    if not offices:
        return []
    leads = _leads([one.subject_id for one in waiting], on)
    return [
        one
        for one in waiting
        if one.recorded_by != actor.actor_id
        and any(_is_usual(one, office, rules(one.system), leads) for office in offices)
    ]


def _is_usual(proposal: LevelProposal, office: Office, guidance: Guidance, leads: dict[UUID, str]) -> bool:
    levels = guidance.levels.levels
    before, after = levels.level(proposal.level_from), levels.level(proposal.level_to)
    if before is None or after is None:
        return False
    facts = _facts(proposal, leads)
    authority = authority_for(guidance.levels, facts, before, after)
    slot = Slot(office.slot)
    return authority is not None and slot in authority.slots and fits(authority, facts, slot, office.organisation.code)


def _facts(proposal: LevelProposal, leads: dict[UUID, str]) -> SubjectFacts:
    """The subject as it was seen when it was proposed: enough to say whose desk it lies on."""
    body = proposal.subject.organisation
    return SubjectFacts(
        str(proposal.subject_id),
        proposal.subject.name,
        case_from(proposal.case),
        body.code if body else "",
        leads.get(proposal.subject_id, ""),
    )


def _leads(subjects: Collection[UUID], on: date) -> dict[UUID, str]:
    rows = ProcessLead.objects.filter(subject__in=subjects, agreed_on__lte=on)
    return dict(rows.order_by("agreed_on", "recorded_at", "pk").values_list("subject", "organisation__code"))


def _to_answer(
    waiting: Collection[LevelProposal], actor: Actor, on: date, rules: Callable[[str], Guidance]
) -> list[LevelProposal]:
    """Proposals that need to know whether the region agrees, and of which the actor's own region has not said so yet."""
    mine = regions_sat_for(actor, on)
    if not mine:
        return []
    return [one for one in waiting if _is_asked(one, rules(one.system)) and _not_answered(one, mine)]


def _is_asked(proposal: LevelProposal, guidance: Guidance) -> bool:
    levels = guidance.levels.levels
    before, after = levels.level(proposal.level_from), levels.level(proposal.level_to)
    if before is None or after is None:
        return False
    return any(
        one.need is Need.REGIONAL_AGREEMENT for one in needs_of(guidance.levels, _facts(proposal, {}), before, after)
    )


def _not_answered(proposal: LevelProposal, mine: Collection[str]) -> bool:
    answered = {one.organisation_id for one in proposal.region_answers.all()}
    bodies = [one.organisation for one in proposal.reaches.all() if one.organisation.kind == Kind.REGION]
    return any(one.code in mine and one.pk not in answered for one in bodies)


def _newest(actor: Actor, on: date) -> list[LevelDecision]:
    """The decisions by which subjects stand where they do, as far as the actor may read them."""
    later = LevelDecision.objects.filter(subject=OuterRef("subject"), number__gt=OuterRef("number"))
    found = LevelDecision.objects.visible_to(actor, on).filter(~Exists(later), effective_on__lte=on)
    return list(found.select_related("subject").prefetch_related("reviews").order_by("effective_on", "pk"))


def _reviews(
    standing: Collection[LevelDecision], actor: Actor, on: date, rules: Callable[[str], Guidance]
) -> tuple[ReviewDue, ...]:
    kept = {one: keeps(actor, on, one) for one in {decision.system for decision in standing}}
    found = []
    for one in standing:
        review = last_review(one)
        day = review.next_review_on if review else one.next_review_on
        if kept[one.system] and day is not None and day <= on + SOON:
            found.append(ReviewDue(one, day, day < on, rules(one.system).level_name(one.level_to)))
    return tuple(sorted(found, key=lambda one: one.due_on))


def _stays(standing: Collection[LevelDecision], on: date, rules: Callable[[str], Guidance]) -> tuple[StayedLong, ...]:
    timed = []
    for one in standing:
        clock = rules(one.system).clocks.clock(ClockId.LONG_STAY)
        if clock is not None and clock.is_for(one.level_to):
            timed.append((one, clock))
    histories = histories_of([one.subject_id for one, _ in timed])
    found = []
    for one, clock in timed:
        guidance = rules(one.system)
        stay = long_stay(clock, histories[one.subject_id], guidance.pack, on)
        if stay is not None and stay.is_long:
            found.append(StayedLong(one, guidance.level_name(one.level_to), stay))
    return tuple(found)

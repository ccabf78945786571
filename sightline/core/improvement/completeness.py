"""What a plan must hold before it may be approved, part by part, and what is remarked upon where it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sightline.core.improvement.facts import Alignment, Around, CommissionerPart, KnownCommissioner, PlanContent
from sightline.core.verdict import Reason

CORE = "NQB risk response 2022, Core components"
ANNEX_C = "NQB risk response 2022, Core components and Annex C"
PLACE = "NQB risk response 2022, Enhanced/Place"
INTENSIVE = "NQB risk response 2022, Intensive"
MILESTONES = "NQB risk response 2022, Annex C, Purpose"
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan: whether the guidance asks for it here, and what of it is not there.

    ``is_must`` says that a plan is not approved without it. A part that is not asked for here has no gaps.
    """

    id: str
    name: str
    source: str
    is_must: bool = True
    is_asked: bool = True
    gaps: tuple[Reason, ...] = ()


def parts_of(plan: PlanContent, around: Around) -> tuple[Part, ...]:
    """This function will go through a plan part by part (PLN-01 to PLN-06; NQB risk response 2022, Core components)."""

    def part(
        name_id: str, name: str, source: str, gaps: Callable[[PlanContent, Around], Iterator[str]], **more: bool
    ) -> Part:
        asked = more.get("is_asked", True)
        found = tuple(Reason(says, source) for says in gaps(plan, around)) if asked else ()
        return Part(name_id, name, source, gaps=found, **more)

    return (
        part("objectives", "Objectives", INTENSIVE, _objectives, is_must=around.is_highest),
        part("kpis", "Key performance indicators", CORE, _kpis),
        part("criteria", "Success criteria", CORE, _criteria),
        part("actions", "Actions, their owners and timescales", CORE, _actions),
        part("milestones", "Milestones", MILESTONES, _milestones, is_must=False),
        part("contract", "Contractual processes and requirements", CORE, _contract),
        part("regulation", "Regulatory frameworks", CORE, _regulation),
        part("commissioners", "What each commissioner does", ANNEX_C, _commissioners, is_asked=_several(plan, around)),
        part(
            "director", "The Improvement Director’s consultation", CORE, _director, is_asked=bool(around.director_role)
        ),
        part("recovery", "Recovery plan", INTENSIVE, _recovery, is_asked=_asks_recovery(around)),
        part("alignment", "Plans and support that are there already", CORE, _alignment, is_must=False),
        part("development", "Who developed it", PLACE, _development, is_must=False),
        part("start", "Success criteria before the start", LOCAL, _start, is_must=False),
    )


def missing(plan: PlanContent, around: Around) -> tuple[Reason, ...]:
    """This function will name every part without which a plan cannot be approved (PLN-01; NQB risk response 2022)."""
    return tuple(gap for part in parts_of(plan, around) if part.is_must for gap in part.gaps)


def remarks(plan: PlanContent, around: Around) -> tuple[Reason, ...]:
    """This function will name what should be there and does not stand in the way (PLN-03, PLN-05)."""
    return tuple(gap for part in parts_of(plan, around) if not part.is_must for gap in part.gaps)


# --- the parts, one by one


def _objectives(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-06: asked for at the highest level, and good to have at every other."""
    if not any(one.strip() for one in plan.objectives):
        yield "It has no objectives. Say what is to be reached."


def _kpis(plan: PlanContent, around: Around) -> Iterator[str]:
    if not any(one.says_something for one in plan.kpis):
        yield "It has no key performance indicator. Choose an indicator, or say in words what is measured."
    for number, one in enumerate(plan.kpis, 1):
        if (one.target is None) != (one.held_months is None) or (one.target is not None and not one.indicator):
            yield f"KPI {number} has half a test of success. Give its indicator, the target, and how many months it is held."


def _criteria(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-01: a criterion can be judged later only with its measure, its target, and how long it has to hold."""
    if not plan.criteria:
        yield "It has no success criteria. Say by what one will know that it worked."
    for number, one in enumerate(plan.criteria, 1):
        lacks = _lacking(("a measure", one.measure), ("a target", one.target), ("how long it is held", one.held_for))
        if lacks:
            yield f"Success criterion {number} lacks {lacks}."


def _actions(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-01: each action has an owner, which is a body and somebody in it, and a day."""
    if not plan.actions:
        yield "It has no actions. Say what is done, who owns it, and by when."
    for number, one in enumerate(plan.actions, 1):
        due = "there" if one.due_on else ""
        lacks = _lacking(
            ("what is done", one.what),
            ("the organisation that owns it", one.body),
            ("the role or person who owns it", one.owner),
            ("the day by which it is done", due),
        )
        if lacks:
            yield f"Action {number} lacks {lacks}."


def _milestones(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-07: each has a day, the evidence that will show it, and the way of assuring it that was agreed."""
    if not plan.milestones:
        yield "It has no milestones. Say what is reached by when, and how one will be sure of it."
    for place, one in enumerate(plan.milestones, 1):
        due = "there" if one.due_on else ""
        lacks = _lacking(
            ("what is reached", one.what),
            ("the day by which it is reached", due),
            ("the evidence that will show it", one.evidence),
            ("how it is assured", one.assurance),
            ("the organisation that owns it", one.body),
        )
        if lacks:
            yield f"Milestone {one.number or place} lacks {lacks}."


def _contract(plan: PlanContent, around: Around) -> Iterator[str]:
    if not plan.contract.strip():
        yield "It does not say which contractual processes and requirements it reflects."


def _regulation(plan: PlanContent, around: Around) -> Iterator[str]:
    if not plan.regulation.strip():
        yield "It does not say which regulatory frameworks it reflects."


def _several(plan: PlanContent, around: Around) -> bool:
    """PLN-02: several commission where the directory, the concern or the plan itself says so."""
    told = {key for known in around.commissioners for key in _keys(known)}
    own = {one.key for one in plan.commissioners if one.key} - told
    return around.says_several or len(around.commissioners) + len(own) > 1


def _commissioners(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-02: each commissioner is named, with what it does in step with the others."""
    acts = {one.key for one in plan.commissioners if one.key and one.action.strip()}
    for known in around.commissioners:
        if not acts & _keys(known):
            yield f"Several commission the care, and it does not say what {known.name} does. Name its coordinated action."
    told = {key for known in around.commissioners for key in _keys(known)}
    for own in plan.commissioners:
        if own.key and own.key not in told and not own.action.strip():
            yield f"It does not say what {own.body} does. Name its coordinated action."
        if own.action.strip() and not own.key:
            yield "It names a coordinated action and not the commissioner whose it is. Name the commissioner."
    if len(around.commissioners) + len(acts - told) < 2:
        yield "Several commission the care, and fewer than two are named. Name each, with what it does."


def _keys(known: KnownCommissioner) -> set[str]:
    return {known.code, CommissionerPart(known.name).key}


def _director(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-04: who was consulted and when, by the day of the approval."""
    role = around.director_role
    if not plan.director.strip() or plan.consulted_on is None:
        yield (
            f"It is in the NHS Recovery Support Programme, so its {role} is consulted before the plan is approved. "
            "Give the name and the day."
        )
    elif plan.consulted_on > around.on:
        yield f"The day on which the {role} was consulted is still to come."


def _asks_recovery(around: Around) -> bool:
    return around.is_highest and bool(around.segment_year)


def _recovery(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-06: a trust or board in segment 3 has a recovery plan in place, which the region supports."""
    if not plan.recovery_plan.strip():
        yield (
            f"It is in oversight segment 3 ({around.segment_year}), where a recovery plan is in place. "
            "Say which, and how the region supports it."
        )


def _alignment(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-03: alignment is told by naming the plan or the offer, or by saying that there is none."""
    if plan.alignment is Alignment.NONE or (plan.alignment is Alignment.ALIGNED and plan.aligned_with.strip()):
        return
    yield "Name the plans and offers of support that it is aligned with, or say that there are none."


def _development(plan: PlanContent, around: Around) -> Iterator[str]:
    """PLN-05: the provider develops it, together with those who commission."""
    if not plan.developed_by.strip():
        yield "Say which provider developed it. Providers are expected to."
    if not plan.developed_with.strip():
        yield "Say with which commissioners it was developed."


def _start(plan: PlanContent, around: Around) -> Iterator[str]:
    if plan.starts_on and around.criteria_written_on and plan.starts_on < around.criteria_written_on:
        yield "Its success criteria were first written after the day on which it started."


def _lacking(*named: tuple[str, str]) -> str:
    """What is not there, as words of one sentence."""
    lacks = [name for name, given in named if not given.strip()]
    return " and ".join(filter(None, [", ".join(lacks[:-1]), *lacks[-1:]]))

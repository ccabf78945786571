"""A Rapid Quality Review: whether it may be called, what it still owes to others, and whether it may be closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.verdict import Reason, Verdict

_BOTH_LIMBS = "RQR-02; NQB risk response 2022, Core components"
_LED = "RQR-06; NQB risk response 2022, Annex B, The role of attendee organisations"
_LEVELS = "RQR-08; NQB risk response 2022, tables of Enhanced and Intensive"
_RECORD = "RQR-03; NQB risk response 2022, Annex B"
_PLAN = "RQR-04; NQB risk response 2022, Annex B, Purpose and Reporting"
REPORTING = "RQR-05; NQB risk response 2022, Annex B, Reporting"


class Requester(StrEnum):
    """Who may ask for a review at short notice (RQR-01; NQB risk response 2022, Core components and Annex A)."""

    ICB = "icb"
    LOCAL_AUTHORITY = "local_authority"
    NHS_ENGLAND = "nhs_england"
    CQC = "cqc"
    OTHER_REGULATOR = "other_regulator"


class Urgency(StrEnum):
    """How grave the risk is; a review is for no other (RQR-02)."""

    SIGNIFICANT = "significant"
    IMMEDIATE = "immediate"


class Route(StrEnum):
    """To whom a review reports (RQR-05)."""

    SQG = "sqg"
    ASSURANCE = "assurance"
    REGION = "region"


class Carries(StrEnum):
    """Whether a Quality Improvement Group is recommended to carry the plan on (RQR-03)."""

    UNDECIDED = "undecided"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Called:
    """What is known when a review is called.

    ``risk`` and ``not_elsewhere`` are the two limbs of its trigger. ``why_not_icb`` says why the ICB does not lead it;
    where the ICB itself is what it is about, that says so by itself.
    """

    risk: str
    not_elsewhere: str
    called_on: date
    on: date
    meets_on: date | None = None
    is_led_by_icb: bool = True
    is_about_icb: bool = False
    why_not_icb: str = ""


def may_call(called: Called) -> Verdict:
    """This function will say whether a review may be called: both limbs of its trigger are told (RQR-02).

    Who leads in place of the ICB says why (RQR-06). No notice is asked for: it may meet today (MTG-05).
    """
    return Verdict(tuple(_calling(called)))


def _calling(one: Called) -> Iterator[Reason]:
    if not one.risk.strip():
        yield Reason("Say what the significant or immediate risk to quality is.", _BOTH_LIMBS)
    if not one.not_elsewhere.strip():
        yield Reason("Say why wider discussions, such as oversight, do not address this risk.", _BOTH_LIMBS)
    if not (one.is_led_by_icb or one.is_about_icb or one.why_not_icb.strip()):
        yield Reason("The ICB leads a review where possible. Say why it does not lead this one.", _LED)
    if one.called_on > one.on:
        yield Reason("It is called on a day that is still to come. Correct the day.")
    if one.meets_on is not None and one.meets_on < one.called_on:
        yield Reason("It meets before it was called. Correct one of the two days.")


def stands_low(level: str, *, is_lowest: bool) -> tuple[Reason, ...]:
    """This function will remark upon a review of a subject at the lowest level; nothing waits for it (RQR-08)."""
    if not is_lowest:
        return ()
    says = f"It stands at {level}. The guidance has these reviews at the levels above: recommend one with the findings."
    return (Reason(says, _LEVELS),)


@dataclass(frozen=True, slots=True)
class PlanMade:
    """The plan into which a review's actions went: whether it says by what one will know that it worked."""

    has_criteria: bool
    is_aligned: bool  # it says with which other plans and frameworks it goes


@dataclass(frozen=True, slots=True)
class Found:
    """What a review found, as it was written last."""

    held_on: date | None = None
    diagnosis: str = ""
    judgement: str = ""
    carries: Carries = Carries.UNDECIDED
    plan: PlanMade | None = None
    no_plan: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """That a report went on one route on a day or, where it did not, that there is a reason why none is owed."""

    route: Route
    on: date


def routes_open(reported: Collection[Reported], since: date | None = None) -> tuple[Route, ...]:
    """This function will name the routes on which nothing was said yet or, of a meeting, not since its day (RQR-05)."""
    done = {one.route for one in reported if since is None or one.on >= since}
    return tuple(one for one in Route if one not in done)


def may_close_review(found: Found | None, open_routes: Sequence[str], *, is_closed: bool = False) -> Verdict:
    """This function will say whether a review may be closed: it was held, found something, has its plan, and reported.

    RQR-03 to RQR-05; NQB risk response 2022, Annex B. ``open_routes`` names those to whom it still owes a report.
    """
    if is_closed:
        return Verdict((Reason("This review is closed already."),))
    return Verdict((*_lacking(found or Found()), *owes(open_routes)))


def owes(open_routes: Sequence[str]) -> Iterator[Reason]:
    """This function will say of each route that a report is owed on it, and what to do (RQR-05)."""
    for name in open_routes:
        says = f"Nothing is on record of the report to {name}. Send it, or say why it does not apply."
        yield Reason(says, REPORTING)


def _lacking(found: Found) -> Iterator[Reason]:
    if found.held_on is None:
        yield Reason("Say on which day the review was held.", _RECORD)
    if not found.diagnosis.strip():
        yield Reason("Write down the diagnosis: what lies behind the concern.", _RECORD)
    if not found.judgement.strip():
        yield Reason("Write down the judgement that the partners came to together.", _RECORD)
    if found.carries is Carries.UNDECIDED:
        yield Reason("Say whether a Quality Improvement Group is recommended.", _RECORD)
    if found.plan is None and not found.no_plan.strip():
        yield Reason("Name the plan that holds the agreed actions, or say why there is none.", _PLAN)
    if found.plan is not None and not found.plan.has_criteria:
        yield Reason("The plan has no clear success criteria yet: measure, target, and for how long it is held.", _PLAN)


def remarks_on(found: Found | None) -> tuple[Reason, ...]:
    """This function will say what is worth a look and waits for nothing: with what the plan's criteria go (RQR-04)."""
    if found is None or found.plan is None or found.plan.is_aligned:
        return ()
    says = "The plan does not say with what it is aligned: for health, with the criteria of NHS oversight."
    return (Reason(says, _PLAN),)

"""What every operation on a risk asks first, and what each leaves behind: the risk as it stands now, and a look-back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.core.access import Actor
from sightline.core.risks import AccountableBody, RiskFacts, came_unseen, may_answer_for
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.risks.giving import Scored, Stated
from sightline.risks.models import LookBack, Risk, RiskEnding, RiskScore
from sightline.risks.operations._now import keep_now
from sightline.risks.queries.facts import facts_of_one
from sightline.risks.queries.keeping import closed_to, keeping_of, locked_risk
from sightline.risks.queries.rules import levels_now, risk_rules
from sightline.risks.words import ScoreKind

NOT_KEPT = refused(
    "This is for those who keep the risks of this system or region, and for nobody who has an interest in what the risk "
    "is about or belongs to it.",
    "COI-03",
)
CLOSED = refused("This risk is closed. If it is back, open a new one that follows it.", "RSK-07")


def demand_record(by: Actor, on: date, system: str, subjects: Iterable[Subject]) -> None:
    """This function will raise Refused unless the actor keeps the risks on a record, and none of this is closed to them."""
    if not keeping_of(by, on).of(system) or closed_to(by, on, subjects):
        raise Refused(NOT_KEPT)


def kept_risk(by: Actor, on: date, risk: Risk) -> Risk:
    """This function will give an open risk anew with its row locked; raises Refused unless the actor keeps its record."""
    found = locked_risk(by, on, risk.pk)
    if found is None or not keeping_of(by, on).of(found.system):
        raise Refused(NOT_KEPT)
    demand_open(found)
    return found


def demand_open(risk: Risk) -> None:
    """This function will raise Refused where a risk is closed: nothing more is done about it."""
    if RiskEnding.objects.filter(risk=risk).exists():
        raise Refused(CLOSED)


def demand_sound(stated: Stated, on: date) -> None:
    """This function will raise Invalid, or Refused, where what is said of a risk cannot stand (RSK-06, RSK-12)."""
    rules = risk_rules(on)
    problems = []
    if not stated.title.strip() or len(stated.title) > 250:
        problems.append("Give the risk a title of at most 250 characters.")
    if not all(text.strip() for text in (stated.cause, stated.event, stated.effect)):
        problems.append("Say what causes it, what could happen, and what would follow.")
    if rules.appetite.category(stated.category) is None:
        problems.append("There is no such category of risk. Choose one from the list.")
    if stated.accountable is not None and stated.accountable_group is not None:
        problems.append("One body answers for a risk. Name one.")
    if problems:
        raise Invalid(*problems)
    if stated.accountable_group is not None:
        body = AccountableBody(stated.accountable_group.name, is_group=True)
        told = RiskFacts("", stated.title, on, (), stated.category, accountable=body)
        told = replace(told, is_healthcare=stated.is_healthcare, is_authority_assured=stated.is_authority_assured)
        raise Refused(may_answer_for(rules.registers, told))


def demand_past(day: date, today: date, what: str) -> None:
    """This function will raise Invalid for a day that is still to come."""
    if day > today:
        raise Invalid(f"{what} cannot lie in the future.")


def demand_clean(*texts: str) -> None:
    """This function will raise Invalid where words hold what looks like personal data: here there is no keeping it."""
    why_it_stays([text for text in texts if text], "")


def write_score(risk: Risk, kind: ScoreKind, scored: Scored, at: datetime, by: Actor) -> RiskScore:
    """This function will write one score of a risk; a target is by a day to come, and no score is of one."""
    today = timezone.localdate(at)
    day = scored.holds_from or today
    demand_past(day, today, "The day of a score")
    if not (1 <= scored.likelihood <= 5 and 1 <= scored.consequence <= 5):
        raise Invalid("Likelihood and consequence are steps from 1 to 5.")
    if scored.by_on is not None and kind is not ScoreKind.TARGET:
        raise Invalid("Only a target has a day by which it is to be reached.")
    if scored.by_on is not None and scored.by_on < day:
        raise Invalid("The day by which the target is to be reached has passed.")
    return RiskScore.objects.create(
        risk=risk,
        kind=kind.value,
        likelihood=scored.likelihood,
        consequence=scored.consequence,
        holds_from=day,
        by_on=scored.by_on,
        rationale=scored.rationale.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def left_behind(risk: Risk, at: datetime) -> None:
    """This function will keep how a risk stands now beside it; each operation ends with it."""
    keep_now([risk], timezone.localdate(at))


def look_back_if_unseen(risk: Risk, subjects: list[UUID], at: datetime, by: Actor) -> LookBack | None:
    """This function will open a look-back where a grave risk came that nothing was on record about (LRN-01; QSG 2017 ¶37)."""
    if not subjects or LookBack.objects.filter(risk=risk).exists():
        return None
    today = timezone.localdate(at)
    facts = facts_of_one(risk, today)
    levels = levels_now(subjects, risk.system, today)
    unseen = came_unseen(risk_rules(today).registers, facts, tuple(levels.values()))
    if unseen is None:
        return None
    return LookBack.objects.create(
        subject_id=subjects[0],
        system=risk.system,
        risk=risk,
        as_of=risk.opened_on,
        by_itself=True,
        because=unseen.says,
        recorded_at=at,
        recorded_by=by.actor_id,
    )

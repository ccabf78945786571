"""Writes of one risk as a whole: open it, state it anew, score it, accept it, review it, close it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.risks import Acceptance as Borne
from sightline.core.risks import may_accept
from sightline.core.verdict import Already, Invalid, Refused
from sightline.risks.giving import Opening, Overtaken, Scored, Stated
from sightline.risks.models import (
    Acceptance,
    Risk,
    RiskEnding,
    RiskReview,
    RiskScore,
    RiskStatement,
    RiskSubject,
)
from sightline.risks.operations._demands import (
    NOT_KEPT,
    demand_clean,
    demand_past,
    demand_record,
    demand_sound,
    kept_risk,
    left_behind,
    look_back_if_unseen,
    write_score,
)
from sightline.risks.operations._placing import write_link, write_place
from sightline.risks.queries.facts import facts_of_one
from sightline.risks.queries.keeping import one_risk
from sightline.risks.queries.rules import risk_rules
from sightline.risks.words import ScoreKind


@operation(Permission.KEEP_RISKS, on="result")
def open_risk(*, by: Actor, at: datetime, system: str, given: Opening, form_key: UUID, knowingly: str = "") -> Risk:
    """This function will open a risk with everything that is known of it (RSK-01, RSK-08, RSK-15).

    One that follows an earlier one is marked as recurrent (RSK-07). A grave one that nothing was on record about opens a
    look-back (LRN-01). Raises Refused where it may not stand on a register that is asked for (RPT-03), or a group is to
    answer for it (RSK-12).
    """
    today = timezone.localdate(at)
    demand_record(by, today, system, given.subjects)
    if Risk.objects.filter(form_key=form_key).exists():
        raise Already("This was recorded already.")
    opened = given.opened_on or today
    _demand_opening(by, given, opened, today)
    stated = replace(given.stated, is_recurrent=given.stated.is_recurrent or given.follows is not None)
    scores = {ScoreKind.INITIAL: given.initial, ScoreKind.CURRENT: given.current, ScoreKind.TARGET: given.target}
    rationales = [one.rationale for one in scores.values() if one]
    knowingly = why_it_stays([*stated.words, *rationales, *(one.reference for one in given.places)], knowingly)
    risk = Risk.objects.create(
        system=system,
        opened_on=opened,
        follows=given.follows,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    RiskSubject.objects.bulk_create(RiskSubject(risk=risk, subject=one) for one in dict.fromkeys(given.subjects))
    _state(risk, 1, stated, knowingly, "", at, by)
    for kind, scored in scores.items():
        if scored is not None:
            write_score(risk, kind, scored, at, by)
    for placing in given.places:
        write_place(risk, placing, opened, "", at, by)
    for record in given.links:
        write_link(risk, record, at, by)
    left_behind(risk, at)
    look_back_if_unseen(risk, [one.pk for one in given.subjects], at, by)
    return risk


@operation(Permission.KEEP_RISKS, on="risk")
def restate_risk(
    *, by: Actor, at: datetime, risk: Risk, stated: Stated, seen: int, because: str, knowingly: str = ""
) -> RiskStatement:
    """This function will say anew what a risk is; what was said before stays on record.

    ``seen`` is the number of the statement that the writer had before them. Raises Overtaken where a newer one was
    saved meanwhile, and Already where it says the same.
    """
    today = timezone.localdate(at)
    found = kept_risk(by, today, risk)
    demand_sound(stated, today)
    newest = RiskStatement.objects.filter(risk=found).latest("number")
    if stated.is_in(newest):
        raise Already("This is what is on record already. Nothing was changed.")
    if newest.number != seen:
        raise Overtaken(newest)
    knowingly = why_it_stays([*stated.words, because], knowingly)
    made = _state(found, newest.number + 1, stated, knowingly, because, at, by)
    left_behind(found, at)
    look_back_if_unseen(found, list(found.subjects.order_by("pk").values_list("subject", flat=True)), at, by)
    return made


@operation(Permission.KEEP_RISKS, on="risk")
def score_risk(
    *,
    by: Actor,
    at: datetime,
    risk: Risk,
    kind: ScoreKind,
    likelihood: int,
    consequence: int,
    because: str,
    holds_from: date | None = None,
    by_on: date | None = None,
) -> RiskScore:
    """This function will score a risk: one cell of the matrix, from a day on, and why (RSK-03; SQG 2022 §3.13).

    No score is overwritten. A target above what is tolerated may be set, and the register's checks say so (RSK-04).
    """
    found = kept_risk(by, timezone.localdate(at), risk)
    demand_clean(because)
    scored = Scored(likelihood, consequence, because, holds_from or timezone.localdate(at), by_on)
    newest = RiskScore.objects.filter(risk=found, kind=kind.value).order_by("holds_from", "recorded_at", "pk").last()
    if newest is not None and _is_same(newest, scored):
        raise Already("This score is on record already.")
    made = write_score(found, kind, scored, at, by)
    left_behind(found, at)
    return made


@operation(Permission.KEEP_RISKS, on="risk")
def accept_risk(
    *, by: Actor, at: datetime, risk: Risk, because: str, accepted_by: str = "", until: date | None = None
) -> Acceptance:
    """This function will record that somebody bears a risk as it is, as long as its score is what it is (RSK-04).

    Above tolerance that is somebody who answers for it by name; raises Refused where nobody is named.
    """
    today = timezone.localdate(at)
    found = kept_risk(by, today, risk)
    if until is not None and until < today:
        raise Invalid("The day until which it is accepted has passed.")
    rules, facts = risk_rules(today), facts_of_one(found, today)
    asked = replace(facts, acceptance=Borne(accepted_by.strip(), until))
    if not (verdict := may_accept(rules.appetite, rules.matrix, asked)):
        raise Refused(verdict)
    demand_clean(because, accepted_by)
    if facts.acceptance == asked.acceptance:
        raise Already("This is on record already.")
    made = Acceptance.objects.create(
        risk=found,
        accepted_by=accepted_by.strip(),
        until=until,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    left_behind(found, at)
    return made


@operation(Permission.KEEP_RISKS, on="risk")
def review_risk(
    *,
    by: Actor,
    at: datetime,
    risk: Risk,
    says: str,
    reviewed_on: date | None = None,
    next_review_on: date | None = None,
) -> RiskReview:
    """This function will record that a risk was looked at, what was found, and when it is looked at next (RSK-15)."""
    today = timezone.localdate(at)
    found = kept_risk(by, today, risk)
    day = reviewed_on or today
    demand_past(day, today, "The day of the review")
    if not says.strip():
        raise Invalid("Say in a sentence what the review found.")
    if next_review_on is not None and next_review_on <= day:
        raise Invalid("The next review comes after this one.")
    demand_clean(says)
    row = {"reviewed_on": day, "says": says.strip(), "next_review_on": next_review_on}
    if RiskReview.objects.filter(risk=found, **row).exists():
        raise Already("This review is on record already.")
    made = RiskReview.objects.create(risk=found, recorded_at=at, recorded_by=by.actor_id, **row)
    left_behind(found, at)
    return made


@operation(Permission.KEEP_RISKS, on="risk")
def close_risk(
    *, by: Actor, at: datetime, risk: Risk, because: str, ended_on: date | None = None, learned: str = ""
) -> RiskEnding:
    """This function will close a risk, for a reason and with what was learned; nothing of it is lost (RSK-15).

    One that comes back is a new risk that follows this one. Raises Already where it is closed.
    """
    today = timezone.localdate(at)
    if RiskEnding.objects.filter(risk=risk).exists() and one_risk(by, today, risk.pk):
        raise Already("This risk is closed already.")
    found = kept_risk(by, today, risk)
    day = ended_on or today
    demand_past(day, today, "The day of closing")
    if day < found.opened_on:
        raise Invalid("A risk cannot be closed before it was opened.")
    demand_clean(because, learned)
    made = RiskEnding.objects.create(
        risk=found,
        ended_on=day,
        because=because.strip(),
        learned=learned.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    left_behind(found, at)
    return made


def _demand_opening(by: Actor, given: Opening, opened: date, today: date) -> None:
    demand_sound(given.stated, today)
    if not given.subjects:
        raise Invalid("Say whom or what the risk is about.")
    demand_past(opened, today, "The day on which it was opened")
    if given.follows is None:
        return
    earlier = one_risk(by, today, given.follows.pk)
    if earlier is None:
        raise Refused(NOT_KEPT)
    ending = RiskEnding.objects.filter(risk=earlier).first()
    if ending is None or ending.ended_on > opened:
        raise Invalid("The earlier risk was not closed when this one came. Go on with that one, or close it first.")


def _state(
    risk: Risk, number: int, stated: Stated, knowingly: str, because: str, at: datetime, by: Actor
) -> RiskStatement:
    return RiskStatement.objects.create(
        risk=risk,
        number=number,
        because=because.strip(),
        knowingly=knowingly,
        recorded_at=at,
        recorded_by=by.actor_id,
        **stated.columns,
    )


def _is_same(row: RiskScore, scored: Scored) -> bool:
    held = (row.likelihood, row.consequence, row.holds_from, row.by_on, row.rationale)
    return held == (
        scored.likelihood,
        scored.consequence,
        scored.holds_from,
        scored.by_on,
        scored.rationale.strip(),
    )

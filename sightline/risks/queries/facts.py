"""Risks as the rules know them: the facts of one or of many, as they stood on a day, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.core.risks import (
    Acceptance,
    AccountableBody,
    Control,
    Gap,
    Owner,
    Place,
    RiskFacts,
    Score,
    Status,
    Step,
    Target,
)
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.risks.models import Risk, RiskStatement
from sightline.risks.queries.rows import AcceptanceRow, MeasureRow, Rows, ScoreRow, Then, day_after, rows_of
from sightline.risks.words import MeasureHow, MeasureKind, ScoreKind

AT_ONCE = 10_000  # risks whose rows are read together: a database takes only so many ids in one question


def facts_of(risks: Iterable[Risk], on: date, known_on: date | None = None) -> dict[UUID, RiskFacts]:
    """This function will give many risks as they stood on a day, in their order (RSK-15).

    ``known_on`` leaves out what was put on record later, and with it every risk of which nothing was known yet. Each
    table is asked once for up to ten thousand risks.
    """
    then, end = Then(on, known_on), day_after(on)
    wanted = list(risks)
    found: dict[UUID, RiskFacts] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = rows_of([one.pk for one in some], then)
        for risk in some:
            if statement := said_by(rows.statements.get(risk.pk, ()), end):
                found[risk.pk] = _facts(risk, statement, rows, on)
    return found


def facts_of_one(risk: Risk, on: date, known_on: date | None = None) -> RiskFacts:
    """This function will give one risk as it stood on a day; raises KeyError where nothing was known of it yet."""
    return facts_of([risk], on, known_on)[risk.pk]


def said_by(statements: Sequence[RiskStatement], end: datetime) -> RiskStatement | None:
    """This function will give what had been said of a risk before a moment, or else what was said of it first."""
    return next((one for one in reversed(statements) if one.recorded_at < end), statements[0] if statements else None)


def lines_of(text: str) -> tuple[str, ...]:
    """This function will part a list into its lines, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _facts(risk: Risk, said: RiskStatement, rows: Rows, on: date) -> RiskFacts:
    key = risk.pk
    scores = {kind: [one for one in rows.scores.get(key, ()) if one.kind == kind] for kind in ScoreKind}
    controls, gaps, actions = _measures(rows, key)
    accepted = _acceptance(rows.acceptances.get(key, ()), scores[ScoreKind.CURRENT])
    ending = next(iter(rows.endings.get(key, ())), None)
    subjects = rows.subjects.get(key, [])
    reviews = rows.reviews.get(key, [])
    return RiskFacts(
        id=str(key),
        title=said.title,
        opened_on=risk.opened_on,
        subjects=tuple(str(one) for one in subjects),
        category=said.category,
        severity=Severity(said.severity),
        modifiers=modifiers_of(said),
        cause=said.cause,
        event=said.event,
        effect=said.effect,
        owner=_owner(said, rows, on),
        shared_owners=tuple(Owner(name) for name in lines_of(said.shared_owners)),
        partners=lines_of(said.partners),
        pathways=lines_of(said.pathways),
        accountable=_accountable(said),
        initial=next((_score(one) for one in reversed(scores[ScoreKind.INITIAL])), None),
        scores=tuple(_score(one) for one in scores[ScoreKind.CURRENT]),
        target=next(
            (Target(one.likelihood, one.consequence, one.by_on) for one in scores[ScoreKind.TARGET][-1:]), None
        ),
        acceptance=Acceptance(accepted.accepted_by, accepted.until) if accepted else None,
        controls=controls,
        gaps=gaps,
        actions=actions,
        review_on=_review_on(said, rows, key),
        reviewed_on=max((one.reviewed_on for one in reviews), default=None),
        evidence=tuple(day for row in rows.links.get(key, ()) for day in row[1:] if day is not None),
        rests_on_judgement=said.rests_on_judgement,
        places=tuple(Place(Tier(one.tier), one.since, one.reference) for one in rows.places.get(key, ())),
        why_raised=said.why_raised,
        status=Status.CLOSED if ending else Status.ACCEPTED if accepted else Status.OPEN,
        closed_on=ending.ended_on if ending else None,
        closure_reason=ending.because if ending else "",
        follows=str(risk.follows_id or ""),
        known_since=min((rows.known[one] for one in subjects if one in rows.known), default=None),
        has_look_back=key in rows.looked_back,
        is_healthcare=said.is_healthcare,
        is_authority_assured=said.is_authority_assured,
        is_nhs_england_commissioned=said.is_nhs_england_commissioned,
        is_nationally_commissioned=said.is_nationally_commissioned,
    )


def modifiers_of(said: RiskStatement) -> frozenset[str]:
    """This function will name what makes a risk count as graver (RSK-06)."""
    marks = {"complex": said.is_complex, "recurrent": said.is_recurrent}
    return frozenset(name for name, holds in marks.items() if holds)


def _score(row: ScoreRow) -> Score:
    return Score(row.likelihood, row.consequence, row.holds_from, bool(row.rationale.strip()))


def _acceptance(rows: Sequence[AcceptanceRow], scores: Sequence[ScoreRow]) -> AcceptanceRow | None:
    """The newest holds, for the risk as it then was: once its score is another, nobody has accepted that."""
    if not rows:
        return None
    newest = rows[-1]
    held = next((one for one in reversed(scores) if one.recorded_at <= newest.recorded_at), None)
    now = scores[-1] if scores else None
    is_same = (held and held[2:4]) == (now and now[2:4])
    return newest if is_same else None


def _measures(rows: Rows, key: UUID) -> tuple[tuple[Control, ...], tuple[Gap, ...], tuple[Step, ...]]:
    """What counts: a control that was ended holds nothing, and a gap that was closed is none."""
    stand = [one for one in rows.measures.get(key, ()) if not _became(rows, one, MeasureHow.ENDED)]
    actions = [one for one in stand if one.kind == MeasureKind.ACTION]
    busy = {one.against for one in actions if not _became(rows, one, MeasureHow.DONE)}
    return (
        tuple(
            Control(max(_became(rows, one, MeasureHow.ASSURED), default=None))
            for one in stand
            if one.kind == MeasureKind.CONTROL
        ),
        tuple(
            Gap(one.pk in busy, bool(_became(rows, one, MeasureHow.BORNE)))
            for one in stand
            if one.kind == MeasureKind.GAP
        ),
        tuple(Step(bool(one.holder.strip()), one.due_on, bool(_became(rows, one, MeasureHow.DONE))) for one in actions),
    )


def _became(rows: Rows, measure: MeasureRow, how: MeasureHow) -> list[date]:
    return [one.happened_on for one in rows.steps.get(measure.pk, ()) if one.how == how]


def _review_on(said: RiskStatement, rows: Rows, key: UUID) -> date | None:
    """The day that was named last, in what is said of the risk or at a review of it."""
    named = [(one.recorded_at, one.next_review_on) for one in rows.reviews.get(key, ()) if one.next_review_on]
    named += [(said.recorded_at, said.review_on)] if said.review_on else []
    return max(named, default=(None, None), key=lambda one: one[0])[1] if named else None


def _owner(said: RiskStatement, rows: Rows, on: date) -> Owner | None:
    if said.owner is None:
        return Owner(said.owner_name, said.owner_until) if said.owner_name else None
    gone = rows.left.get(said.owner.pk)
    last = gone - timedelta(days=1) if gone else None
    if not said.owner.is_active:  # nobody wrote down since when; by yesterday at the latest
        last = min(last or on, on - timedelta(days=1))
    known = [day for day in (said.owner_until, last) if day is not None]
    return Owner(said.owner.display_name, min(known, default=None))


def _accountable(said: RiskStatement) -> AccountableBody | None:
    if said.accountable_group is not None:
        return AccountableBody(said.accountable_group.name, is_group=True)
    body = said.accountable
    return AccountableBody(body.name, body.closed_on) if body else None

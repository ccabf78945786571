"""Risks as the rules know them: the facts of one or of many, as they stood on a day, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from sightline.risks.models import Risk
from sightline.risks.queries.rows import (
    AcceptanceRow,
    Around,
    MeasureRow,
    Rows,
    ScoreRow,
    StatementRow,
    StepRow,
    Then,
    Those,
    around_of,
    day_after,
    rows_of,
)
from sightline.risks.words import MeasureHow, MeasureKind, ScoreKind

AT_ONCE = 10_000  # risks whose rows are read together: a database takes only so many ids in one question


@dataclass(frozen=True, slots=True)
class Told:
    """A risk as the rules know it, with what was said of it, and the registers on which it stands."""

    facts: RiskFacts
    said: StatementRow
    stands: frozenset[tuple[str, UUID]]  # tier and body
    order: tuple[int, float, str]  # as risks are listed


@dataclass(frozen=True, slots=True)
class _Outer:
    """What other apps make of a risk."""

    owner: Owner | None
    accountable: AccountableBody | None
    evidence: tuple[date, ...]
    known_since: date | None


def facts_of(risks: Iterable[Risk], on: date, known_on: date | None = None) -> dict[UUID, RiskFacts]:
    """This function will give many risks as they stood on a day, in their order (RSK-15).

    ``known_on`` leaves out what was put on record later, and with it every risk of which nothing was known yet. Each
    table is asked once for up to ten thousand risks.
    """
    then, wanted = Then(on, known_on), list(risks)
    found: dict[UUID, RiskFacts] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        told = told_of(Those([one.pk for one in some]), some, then)
        found |= {one.pk: told[str(one.pk)].facts for one in some if str(one.pk) in told}
    return found


def told_of(those: Those, risks: Iterable[Risk], then: Then) -> dict[str, Told]:
    """This function will read risks with what was said of them, in their order, by their ids as text."""
    rows, end = rows_of(those, then), day_after(then.on)
    said = {key: newest for key, some in rows.statements.items() if (newest := said_by(some, end))}
    around = around_of(those, then, said.values())
    return {
        key: Told(
            _facts(one, key, said[key], rows, around, then.on),
            said[key],
            frozenset((place.tier, place.body) for place in rows.places.get(key, ())),
            (-one.opened_on.toordinal(), -one.recorded_at.timestamp(), key),
        )
        for one in risks
        if (key := str(one.pk)) in said
    }


def told_again(told: Mapping[str, Told], around: Around, on: date) -> dict[str, Told]:
    """This function will give risks as they are once other apps know something else; the same where that is the same."""
    found: dict[str, Told] = {}
    for key, one in told.items():
        facts, outer = one.facts, _outer(key, one.facts.subjects, one.said, around, on)
        if outer != _Outer(facts.owner, facts.accountable, facts.evidence, facts.known_since):
            facts = replace(
                facts,
                owner=outer.owner,
                accountable=outer.accountable,
                evidence=outer.evidence,
                known_since=outer.known_since,
            )
        found[key] = one if facts is one.facts else replace(one, facts=facts)
    return found


def facts_of_one(risk: Risk, on: date, known_on: date | None = None) -> RiskFacts:
    """This function will give one risk as it stood on a day; raises KeyError where nothing was known of it yet."""
    return facts_of([risk], on, known_on)[risk.pk]


def said_by(statements: Sequence[StatementRow], end: datetime) -> StatementRow | None:
    """This function will give what had been said of a risk before a moment, or else what was said of it first."""
    return next((one for one in reversed(statements) if one.recorded_at < end), statements[0] if statements else None)


def lines_of(text: str) -> tuple[str, ...]:
    """This function will part a list into its lines, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _facts(risk: Risk, key: str, said: StatementRow, rows: Rows, around: Around, on: date) -> RiskFacts:
    scores = rows.scores.get(key, ())
    current = [one for one in scores if one.kind == ScoreKind.CURRENT]
    initial, target = (_last(scores, kind) for kind in (ScoreKind.INITIAL, ScoreKind.TARGET))
    controls, gaps, actions = _measures(rows, key)
    accepted = _acceptance(rows.acceptances.get(key, ()), current, rows.told)
    ending = next(iter(rows.endings.get(key, ())), None)
    subjects = tuple(rows.subjects.get(key, ()))
    outer = _outer(key, subjects, said, around, on)
    return RiskFacts(
        id=key,
        title=said.title,
        opened_on=risk.opened_on,
        subjects=subjects,
        category=said.category,
        severity=Severity(said.severity),
        modifiers=modifiers_of(said),
        cause=said.cause,
        event=said.event,
        effect=said.effect,
        owner=outer.owner,
        shared_owners=tuple([Owner(name) for name in lines_of(said.shared_owners)]),
        partners=lines_of(said.partners),
        pathways=lines_of(said.pathways),
        accountable=outer.accountable,
        initial=_score(initial) if initial else None,
        scores=tuple([_score(one) for one in current]),
        target=Target(target.likelihood, target.consequence, target.by_on) if target else None,
        acceptance=Acceptance(accepted.accepted_by, accepted.until) if accepted else None,
        controls=controls,
        gaps=gaps,
        actions=actions,
        review_on=_review_on(said, rows, key),
        reviewed_on=max((one.reviewed_on for one in rows.reviews.get(key, ())), default=None),
        evidence=outer.evidence,
        rests_on_judgement=said.rests_on_judgement,
        places=tuple([Place(Tier(one.tier), one.since, one.reference) for one in rows.places.get(key, ())]),
        why_raised=said.why_raised,
        status=Status.CLOSED if ending else Status.ACCEPTED if accepted else Status.OPEN,
        closed_on=ending.ended_on if ending else None,
        closure_reason=ending.because if ending else "",
        follows=str(risk.follows_id or ""),
        known_since=outer.known_since,
        has_look_back=key in rows.looked_back,
        is_healthcare=said.is_healthcare,
        is_authority_assured=said.is_authority_assured,
        is_nhs_england_commissioned=said.is_nhs_england_commissioned,
        is_nationally_commissioned=said.is_nationally_commissioned,
    )


def modifiers_of(said: StatementRow) -> frozenset[str]:
    """This function will name what makes a risk count as graver (RSK-06)."""
    marks = {"complex": said.is_complex, "recurrent": said.is_recurrent}
    return frozenset(name for name, holds in marks.items() if holds)


def _outer(key: str, subjects: Sequence[str], said: StatementRow, around: Around, on: date) -> _Outer:
    known = around.known
    return _Outer(
        _owner(said, around, on),
        _accountable(said, around),
        around.evidence.get(key, ()),
        min([known[one] for one in subjects if one in known], default=None),
    )


def _last(scores: Sequence[ScoreRow], kind: ScoreKind) -> ScoreRow | None:
    return next((one for one in reversed(scores) if one.kind == kind), None)


def _score(row: ScoreRow) -> Score:
    return Score(row.likelihood, row.consequence, row.holds_from, bool(row.rationale.strip()))


def _acceptance(
    rows: Sequence[AcceptanceRow], scores: Sequence[ScoreRow], told: Mapping[int, datetime]
) -> AcceptanceRow | None:
    """The newest holds, for the risk as it then was: once its score is another, nobody has accepted that."""
    if not rows:
        return None
    newest = rows[-1]
    held = next((one for one in reversed(scores) if told[one.pk] <= newest.recorded_at), None)
    now = scores[-1] if scores else None
    is_same = (held and held[2:4]) == (now and now[2:4])
    return newest if is_same else None


def _measures(rows: Rows, key: str) -> tuple[tuple[Control, ...], tuple[Gap, ...], tuple[Step, ...]]:
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
            Gap(one.key in busy, bool(_became(rows, one, MeasureHow.BORNE)))
            for one in stand
            if one.kind == MeasureKind.GAP
        ),
        tuple(Step(bool(one.holder.strip()), one.due_on, bool(_became(rows, one, MeasureHow.DONE))) for one in actions),
    )


def _became(rows: Rows, measure: MeasureRow, how: MeasureHow) -> list[date]:
    steps: Sequence[StepRow] = rows.steps.get(measure.key, ())
    return [one.happened_on for one in steps if one.how == how]


def _review_on(said: StatementRow, rows: Rows, key: str) -> date | None:
    """The day that was named last, in what is said of the risk or at a review of it."""
    named = [(one.recorded_at, one.next_review_on) for one in rows.reviews.get(key, ()) if one.next_review_on]
    named += [(said.recorded_at, said.review_on)] if said.review_on else []
    return max(named, default=(None, None), key=lambda one: one[0])[1] if named else None


def _owner(said: StatementRow, around: Around, on: date) -> Owner | None:
    if said.owner is None:
        return Owner(said.owner_name, said.owner_until) if said.owner_name else None
    name, is_active = around.people[said.owner]
    gone = around.left.get(said.owner)
    last = gone - timedelta(days=1) if gone else None
    if not is_active:  # nobody wrote down since when; by yesterday at the latest
        last = min(last or on, on - timedelta(days=1))
    known = [day for day in (said.owner_until, last) if day is not None]
    return Owner(name, min(known, default=None))


def _accountable(said: StatementRow, around: Around) -> AccountableBody | None:
    if said.accountable_group is not None:
        return AccountableBody(around.groups[said.accountable_group], is_group=True)
    return AccountableBody(*around.bodies[said.accountable]) if said.accountable is not None else None

"""What was sent to others, what the regulator decided, and what providers were told, for a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from sightline.core.access import Handling
from sightline.core.escalation.answering import ExchangeKind
from sightline.core.escalation.regulating import Outcome
from sightline.escalation.models import RegulatoryDecision, Telling
from sightline.escalation.queries.exchanges import Asked, exchanges_for
from sightline.escalation.queries.interventions import InterventionKind
from sightline.escalation.queries.interventions import interventions as interventions_of
from sightline.intelligence.models import Item
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.queries.gathering.levelling import highest
from sightline.reports.words import RecordKind
from sightline.web.wording import day

_OTHERS: Mapping[InterventionKind, tuple[RecordKind, str]] = {  # the fourth kind names who decided
    InterventionKind.RISK_SUMMIT: (RecordKind.DECISION, "Risk Summit from"),
    InterventionKind.RAPID_REVIEW: (RecordKind.REVIEW, "a Rapid Quality Review was called on"),
    InterventionKind.ENFORCEMENT: (RecordKind.ITEM, "action of the regulator became known on"),
}
_SENT_ON = frozenset({ExchangeKind.ESCALATION, ExchangeKind.DUTY_RISK, ExchangeKind.SHARING})


def escalations(scope: Scope) -> Iterator[Found]:
    """This function will tell what was sent up or across and is still open, with what is asked (RPT-13)."""
    for line in exchanges_for(scope.actor, scope.on, Asked()).from_us:
        one = line.exchange
        subject: UUID | None = one.subject_id
        fits = one.system == scope.group.system and (subject is None or scope.concerns(subject))
        if line.course.kind in _SENT_ON and fits and not (subject is None and scope.group.subject_id):
            says = f"{one.title} (sent to {one.to_body.name} on {day(one.sent_on)})."
            if one.asks:
                says += f" Asked: {one.asks}"
            yield Found(RecordKind.EXCHANGE, one.pk, says, one.sent_on, (subject,) if subject else ())


def interventions(scope: Scope) -> Iterator[Found]:
    """This function will tell of the significant interventions of the period (RPT-07, RPT-25; QSG 2017 Annex F §2.0).

    Of the regulator's own action that stands here as an item of intelligence only what is public is told, for a report
    goes to others than those who may hear the item.
    """
    found = interventions_of(scope.actor, scope.on, scope.first, scope.last, system=scope.group.system)
    public = {one.record for one in found if one.kind is InterventionKind.ENFORCEMENT}
    public = set(Item.objects.filter(pk__in=public, handling=Handling.PUBLIC.value).values_list("pk", flat=True))
    standing = {one.record: one.says for one in highest(scope)}
    for one in reversed(found):
        kind, says = _OTHERS.get(one.kind, (None, ""))
        if kind and scope.concerns(one.subject.pk) and (kind is not RecordKind.ITEM or one.record in public):
            words = f"{one.subject.name}: {says} {day(one.on)}."
            if kind is RecordKind.DECISION:
                words = standing.get(one.record, words)
            elif one.says:
                words += f" {one.says}"
            yield Found(kind, one.record, words, one.on, (one.subject.pk,))
    yield from _regulation(scope)


def _regulation(scope: Scope) -> Iterator[Found]:
    rows = RegulatoryDecision.objects.visible_to(scope.actor, scope.on).filter(
        decision__system=scope.group.system,
        outcome=Outcome.ACTION.value,
        decided_on__range=(scope.first, scope.last),
    )
    for one in rows.select_related("decision__subject", "body").order_by("decided_on", "pk"):
        subject = one.decision.subject
        if scope.concerns(subject.pk):
            says = (
                f"{subject.name}: {one.body.name} decided on {day(one.decided_on)} on regulatory action. {one.action}"
            )
            yield Found(RecordKind.REGULATION, one.pk, says.strip(), one.decided_on, (subject.pk,))


def tellings(scope: Scope) -> Iterator[Found]:
    """This function will tell which providers were told of their level in the period, and by whom (PRV-01)."""
    rows = Telling.objects.visible_to(scope.actor, scope.on).filter(
        duty__system=scope.group.system, told_on__range=(scope.first, scope.last)
    )
    for one in rows.select_related("duty", "organisation", "told_by").order_by("told_on", "pk"):
        if scope.concerns(one.duty.subject_id):
            says = f"{one.organisation.name} was told by {one.told_by.name} on {day(one.told_on)}."
            yield Found(RecordKind.TELLING, one.pk, says, one.told_on, (one.duty.subject_id,))

"""What people do with concerns: raise, state anew, link evidence, record a referral, agree who leads, close."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.surveillance.concerning import may_close_concern
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation, Subject
from sightline.surveillance.afterwards import concern_was_stated
from sightline.surveillance.concerns_given import Stated
from sightline.surveillance.giving import Overtaken
from sightline.surveillance.models import (
    Concern,
    ConcernEnding,
    ConcernReferral,
    ConcernStatement,
    Evidence,
    EvidenceRemoval,
    ProcessLead,
)
from sightline.surveillance.operations._checking import NOT_YOURS, demand_past, demand_record, locked_concern
from sightline.surveillance.queries.concern_evidence import field_of, linkable, one_evidence
from sightline.surveillance.queries.concerns import closes_it, known_concern, leads_to_choose
from sightline.surveillance.words import EvidenceKind

OVERTAKEN = (
    "Somebody else stated this concern anew while you were writing. Read what they wrote, then send yours again."
)
NOT_OFFERED = (
    "One of the pieces no longer stands, is linked already, or is not for you to see. Choose from the list again."
)


@operation(Permission.RAISE_CONCERN, on="result")
def raise_concern(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    form_key: UUID,
    raised_on: date,
    stated: Stated,
    follows: Concern | None = None,
) -> Concern:
    """This function will put a concern about any subject on the group's record (RSK-06, LVL-11, LVL-26, SUR-15).

    No meeting and no group has to be there: whoever hears of something pressing acts at once and says so here (GRP-14;
    SQG 2022 Annex A; QSG 2017 ¶35). Raises Invalid where it says nothing, and where its words hold what looks like
    personal data without a reason.
    ``follows`` names a closed concern about the same subject that has come back.
    """
    today = timezone.localdate(at)
    system = demand_record(by, today, subject)
    if Concern.objects.filter(form_key=form_key).exists():
        raise Already("This concern was raised already.")
    demand_past(raised_on, today)
    if follows is not None:
        before = locked_concern(by, today, follows, may_be_closed=True)
        if before.subject_id != subject.pk or not hasattr(before, "ending"):
            raise Invalid("Only a closed concern about the same subject can come back.")
    made = Concern.objects.create(
        subject=subject,
        system=system,
        raised_on=raised_on,
        follows=follows,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _state(made, 1, stated, by, at)
    concern_was_stated(made, at)
    return made


@operation(Permission.RAISE_CONCERN, on="concern")
def restate_concern(
    *, by: Actor, at: datetime, concern: Concern, seen: int, stated: Stated, because: str
) -> ConcernStatement:
    """This function will state a concern anew, with the reason; what was said before stays on record.

    ``seen`` is the number of the statement that the writer had before them. Raises Overtaken where it is not the newest.
    """
    found = locked_concern(by, timezone.localdate(at), concern)
    newest = found.statements.order_by("-number").first()
    number = newest.number if newest else 0
    if seen != number:
        raise Overtaken(OVERTAKEN)
    statement = _state(found, number + 1, stated, by, at, because)
    concern_was_stated(found, at)
    return statement


@operation(Permission.RAISE_CONCERN, on="concern")
def link_evidence(*, by: Actor, at: datetime, concern: Concern, pieces: Collection[str]) -> tuple[Evidence, ...]:
    """This function will link pieces to a concern: signals that stand, items, profiles and other processes, each once.

    ``pieces`` are keys as ``queries.linkable`` gives them. Raises Invalid where one is not the actor's to link.
    """
    today = timezone.localdate(at)
    found = locked_concern(by, today, concern)
    keys = list(dict.fromkeys(pieces))
    if not keys:
        raise Invalid("Choose at least one piece of evidence.")
    offered = linkable(by, today, found).pieces
    if not set(keys) <= set(offered):
        raise Invalid(NOT_OFFERED)
    made = []
    for key in keys:
        kind = EvidenceKind(key.partition(":")[0])
        given = {field_of(kind): offered[key]}
        turn = found.evidence.filter(**given).count() + 1
        made.append(
            Evidence.objects.create(
                concern=found, kind=kind.value, turn=turn, recorded_at=at, recorded_by=by.actor_id, **given
            )
        )
    return tuple(made)


@operation(Permission.RAISE_CONCERN, on="evidence")
def remove_evidence(
    *, by: Actor, at: datetime, evidence: Evidence, because: str, knowingly: str = ""
) -> EvidenceRemoval:
    """This function will take a piece off a concern, with the reason; that it was linked stays on record.

    Raises Refused where the actor may not see the piece itself, and Already where somebody took it off before.
    """
    today = timezone.localdate(at)
    locked_concern(by, today, evidence.concern)
    if EvidenceRemoval.objects.filter(evidence=evidence).exists():
        raise Already("This piece was taken off already.")
    if one_evidence(by, today, evidence.pk) is None:
        raise Refused(NOT_YOURS)
    return EvidenceRemoval.objects.create(
        evidence=evidence,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="concern")
def record_referral(
    *,
    by: Actor,
    at: datetime,
    concern: Concern,
    body: str,
    referred_on: date,
    reference: str = "",
    is_strategic: bool = False,
    knowingly: str = "",
) -> ConcernReferral:
    """This function will record that a matter was reported into safeguarding: body, day, reference (SAF-01; QSG 2017 ¶72).

    A strategic matter, raised with the chair of a safeguarding board, is no referral of anybody (SAF-02; ¶79). A closed
    concern takes one too, for what comes to light late.
    """
    today = timezone.localdate(at)
    found = locked_concern(by, today, concern, may_be_closed=True)
    told = {"body": body.strip(), "reference": reference.strip(), "is_strategic": is_strategic}
    if not told["body"]:
        raise Invalid("Name the body to which it was reported.")
    demand_past(referred_on, today)
    if found.referrals.filter(referred_on=referred_on, **told).exists():
        raise Already("This is on record already.")
    return ConcernReferral.objects.create(
        concern=found,
        referred_on=referred_on,
        knowingly=why_it_stays([body, reference], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
        **told,
    )


@operation(Permission.RAISE_CONCERN, on="concern")
def close_concern(*, by: Actor, at: datetime, concern: Concern, because: str, knowingly: str = "") -> ConcernEnding:
    """This function will close a concern, with the reason (SAF-01: never before a referral that is owed is recorded).

    Raises Refused with everything that stands in the way, and Already where somebody else closed it.
    """
    today = timezone.localdate(at)
    found = locked_concern(by, today, concern, may_be_closed=True)
    if hasattr(found, "ending"):
        raise Already("It is closed already.")
    verdict = may_close_concern(known_concern(found, today).facts, is_theirs=closes_it(by, today, found))
    if not verdict:
        raise Refused(verdict)
    return ConcernEnding.objects.create(
        concern=found,
        ended_on=today,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="subject")
def agree_process_lead(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    form_key: UUID,
    organisation: Organisation,
    agreed_on: date,
    agreed_with: str,
    because: str,
    knowingly: str = "",
) -> ProcessLead:
    """This function will record who leads where several commissioners or systems are concerned (ORG-11).

    It is agreed before an enhanced approach begins; the newest agreement holds. What is open and theirs is handed over
    by ``escalation.operations.agree_lead``, which calls this. Raises Invalid where the body named neither commissions
    the subject nor is one of the boards concerned.
    """
    today = timezone.localdate(at)
    system = demand_record(by, today, subject)
    if ProcessLead.objects.filter(form_key=form_key).exists():
        raise Already("This agreement is on record already.")
    if organisation not in leads_to_choose(subject, today, system):
        raise Invalid("Who leads is one of those that commission it, or one of the boards concerned.")
    demand_past(agreed_on, today)
    if not agreed_with.strip():
        raise Invalid("Say with whom it was agreed.")
    list(Subject.objects.select_for_update().filter(pk=subject.pk))  # whoever sets its level at this moment waits
    return ProcessLead.objects.create(
        subject=subject,
        organisation=organisation,
        form_key=form_key,
        agreed_on=agreed_on,
        agreed_with=agreed_with.strip(),
        because=because.strip(),
        knowingly=why_it_stays([agreed_with, because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SEE_INTELLIGENCE)
def copy_concerns(*, by: Actor, at: datetime, concerns: Sequence[UUID]) -> int:
    """This function will record that somebody takes a copy of a list of concerns away, and of how many."""
    keys = list(dict.fromkeys(concerns))
    if Concern.objects.visible_to(by, timezone.localdate(at)).filter(pk__in=keys).count() != len(keys):
        raise Refused(NOT_YOURS)
    return len(keys)


def _state(
    concern: Concern, number: int, stated: Stated, by: Actor, at: datetime, because: str = ""
) -> ConcernStatement:
    if not stated.says.strip():
        raise Invalid("Say what is wrong.")
    return ConcernStatement.objects.create(
        concern=concern,
        number=number,
        says=stated.says.strip(),
        severity=stated.severity.value,
        is_complex=stated.is_complex,
        is_recurrent=stated.is_recurrent,
        commissioned_by=stated.commissioned_by.value,
        is_wider=stated.is_wider,
        needs_national_action=stated.needs_national_action,
        has_conflict=stated.has_conflict,
        is_abuse_suspected=stated.is_abuse_suspected,
        why_not_closer=stated.why_not_closer.strip(),
        system_causes=stated.system_causes.strip(),
        knowingly=why_it_stays([*stated.words(), because], stated.knowingly),
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )

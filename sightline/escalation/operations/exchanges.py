"""Sends what one tier tells another: escalations, challenges, what is shared and fed back; letters that came in; updates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.escalation.answering import ExchangeKind
from sightline.core.escalation.sending import BY_ROUTE, Sending, may_send
from sightline.core.reports.laying import asked, in_words, laid_out, may_report
from sightline.core.rulebook.circumstances import Circumstances
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.escalation.exchanges_given import ExchangeGiven, LetterGiven, UpdateGiven
from sightline.escalation.models import Exchange, ExchangeCopy
from sightline.escalation.operations._exchange_telling import tell_of_receipt
from sightline.escalation.queries.exchange_ends import GROUP_OF, End, answers_for, ends_of, system_of
from sightline.escalation.queries.exchange_ways import Way, judged, may_name, names_by, update_way, ways_from
from sightline.escalation.queries.reporting import update_template
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries import guidance_for
from sightline.surveillance.queries.log import copy_of_log

SENT = frozenset(
    {*BY_ROUTE, ExchangeKind.CHALLENGE, ExchangeKind.SHARING, ExchangeKind.FEEDBACK}
)  # the others have an operation of their own
_NOT_YOURS = refused("You do not act for this body in this role. Choose in whose name you send.", "SQG 2022 §2.8")
_NOT_HEARD = refused(
    "You may not write of this subject: it did not reach you, or you have an interest in it.", "COI-03"
)
_NO_WAY = refused("It cannot be sent there from here. Choose one of the ways that are shown.", "SQG 2022 §2.8")


@operation(Permission.ESCALATE, on="result")
def send_exchange(*, by: Actor, at: datetime, given: ExchangeGiven) -> Exchange:
    """This function will send what one tier tells or asks another, by a way that is open (RPT-01, RPT-08, RPT-09).

    Also what is shared sideways, and what is fed back down (RPT-13, RPT-20 to RPT-22, NET-01 to NET-05, LVL-20, LVL-21,
    LVL-25). What goes to several bodies becomes one exchange with each, of which the first is returned; either all of
    them go or none. Raises Refused with every reason where it may not go, Already where the same form was sent before, and
    Invalid where its words hold what looks like personal data and nobody says why (IGV-01).
    """
    on = timezone.localdate(at)
    _demand_new(given.form_key)
    if given.kind not in SENT:
        raise Refused(_NO_WAY)
    end = _end_of(by, on, given.sender, given.from_body)
    _demand_heard(by, on, given.subject, given.follows)
    verdict, _ = judged(by, on, given, end)
    if verdict and not any(_fits(way, given) for way in ways_from(by, on, end, given.subject)):
        verdict = _NO_WAY
    if not verdict:
        raise Refused(verdict)
    words = (given.title, given.says, given.asks)
    more = {
        "route": given.route,
        "purpose": given.purpose.value,
        "due_on": given.due_on,
        "subject": given.subject,
        "decision": _newest_decision(by, on, given.subject),
        "follows": given.follows,
        "triggers": "\n".join(given.triggers),
        "knowingly": why_it_stays(words, given.knowingly),
        "together": given.form_key if len(given.bodies) > 1 else None,
    }
    sent = [
        _sent(by, at, end, given.kind, given.recipient, body, words, _key_for(given, body), **more)
        for body in given.bodies
    ]
    return sent[0]


@operation(Permission.ESCALATE, on="result")
def receive_letter(*, by: Actor, at: datetime, given: LetterGiven) -> Exchange:
    """This function will record what came in by letter: from a safeguarding board or a scrutiny committee, say.

    It waits to be answered like anything that is received (SAF-04, SAF-05; QSG 2017 ¶80, ¶83).
    """
    on = timezone.localdate(at)
    _demand_new(given.form_key)
    if given.to_body.code not in answers_for(by, on):
        raise Refused(refused("You do not receive letters for this body.", "QSG 2017 ¶80"))
    if given.received_on > on:
        raise Invalid("The day on which it arrived cannot be after today.")
    _demand_heard(by, on, given.subject, None)
    words = (given.title, given.says, given.asks)
    kind = Kind(given.to_body.kind)
    sender = Slot.LOCAL_AUTHORITY if given.from_body.kind == Kind.LOCAL_AUTHORITY else Slot.SECRETARIAT
    end = End(sender, given.from_body, system_of(given.to_body, on))
    return _sent(
        by, at, end, ExchangeKind.RECEIVED, GROUP_OF.get(kind, Slot.LOCAL_AUTHORITY), given.to_body, words,
        given.form_key,
        sent_on=given.received_on,
        purpose=(Purpose.ACTION if given.asks.strip() else Purpose.INFORMATION).value,
        due_on=given.due_on,
        subject=given.subject,
        decision=_newest_decision(by, on, given.subject),
        knowingly=why_it_stays(words, given.knowingly),
    )  # fmt: skip


@operation(Permission.ESCALATE, on="result")
def send_update(*, by: Actor, at: datetime, given: UpdateGiven) -> Exchange:
    """This function will send the tier above the update of a quarter, with a fixed copy of the log.

    It is laid out by the template of the sender's guidance: it tells bad news and good, or says outright that there is
    none, and no section of it is blank (SUR-09, RPT-10, RPT-12, RPT-23, RPT-28, RPT-30; QSG 2017 ¶127).
    """
    on = timezone.localdate(at)
    _demand_new(given.form_key)
    end = _end_of(by, on, given.sender, given.from_body)
    way = update_way(end, on)
    laid_down = update_template(end, way.recipient, on) if way else None
    if way is None or laid_down is None or given.to_body not in way.bodies:
        raise Refused(_NO_WAY)
    asks = asked(laid_down.template, given.told)
    purpose = Purpose.ACTION if asks else Purpose.INFORMATION
    guidance = guidance_for(end.system, on)
    sending = Sending(
        ExchangeKind.UPDATE, end.slot, way.recipient, Circumstances(), on,
        purpose=purpose, asks=asks, due_on=given.due_on, stands_for=end.stands_for,
    )  # fmt: skip
    if not (
        verdict := may_send(guidance.notices, sending, names_by(guidance)) & may_report(laid_down.template, given.told)
    ):
        raise Refused(verdict)
    says = in_words(laid_out(laid_down.template, given.told))
    words = (given.title, says, asks)
    typed = (given.title, *(one.words for one in given.told))  # what stands in a template names nobody
    content = copy_of_log(end.system, by, on).as_json
    sent = _sent(
        by, at, end, ExchangeKind.UPDATE, way.recipient, given.to_body, words, given.form_key,
        purpose=purpose.value,
        due_on=given.due_on,
        knowingly=why_it_stays(typed, given.knowingly),
    )  # fmt: skip
    ExchangeCopy.objects.create(exchange=sent, content=content, sha256=hashlib.sha256(content.encode()).hexdigest())
    return sent


def _sent(
    by: Actor,
    at: datetime,
    end: End,
    kind: ExchangeKind,
    recipient: Slot,
    to_body: Organisation,
    words: tuple[str, str, str],
    form_key: UUID,
    **more: object,
) -> Exchange:
    title, says, asks = (one.strip() for one in words)
    on = timezone.localdate(at)
    made: dict[str, object] = {"sent_on": on, **more}
    exchange = Exchange.objects.create(
        kind=kind.value,
        system=end.system,
        sender=end.slot.value,
        from_body=end.body,
        recipient=recipient.value,
        to_body=to_body,
        pack=guidance_for(end.system, on).pack,
        title=title,
        says=says,
        asks=asks,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
        **made,
    )
    tell_of_receipt(exchange, by, at)
    return exchange


def _key_for(given: ExchangeGiven, body: Organisation) -> UUID:
    """The key of one form, and of it and a further body, so that a form sent twice sends once to each."""
    return given.form_key if body == given.to_body else uuid5(given.form_key, body.code)


def _demand_new(form_key: UUID) -> None:
    if Exchange.objects.filter(form_key=form_key).exists():
        raise Already("This was sent already.")


def _end_of(by: Actor, on: date, slot: Slot, body: Organisation) -> End:
    found = _one(one for one in ends_of(by, on) if one.slot is slot and one.body.pk == body.pk)
    if found is None:
        raise Refused(_NOT_YOURS)
    return found


def _one(found: Iterable[End]) -> End | None:
    return next(iter(found), None)


def _demand_heard(by: Actor, on: date, subject: Subject | None, follows: Exchange | None) -> None:
    """Raises Refused in the words for whoever may not know: of a subject, or of an exchange that is not theirs."""
    if subject is not None and not may_name(by, on, subject):
        raise Refused(_NOT_HEARD)
    if follows is not None and not Exchange.objects.visible_to(by, on).filter(pk=follows.pk).exists():
        raise Refused(_NO_WAY)


def _fits(way: Way, given: ExchangeGiven) -> bool:
    same = (way.kind, way.recipient, way.route) == (given.kind, given.recipient, given.route)
    return same and bool(way.verdict) and set(given.bodies) <= set(way.bodies)


def _newest_decision(by: Actor, on: date, subject: Subject | None) -> LevelDecision | None:
    """The level of the subject that both ends may want at hand, where the sender may read it."""
    if subject is None:
        return None
    return LevelDecision.objects.visible_to(by, on).filter(subject=subject).order_by("-number").first()

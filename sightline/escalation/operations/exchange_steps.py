"""What becomes of an exchange: it is acknowledged, answered or declined, what came of it is told back, and it is closed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.escalation.answering import ExchangeHow, ExchangeKind, may_step
from sightline.core.rulebook.duties import Purpose
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.escalation.models import Exchange, ExchangeStep
from sightline.escalation.operations._exchange_telling import tell_of_receipt, tell_of_step
from sightline.escalation.queries.exchange_ends import sides_of
from sightline.escalation.queries.exchanges import reached_course

_NOT_YOURS = refused("You are at neither end of this exchange.", "PER-09")
_BACK = UUID("6f2f7f0e-4c57-4b0c-9d35-0a1f6f3f7a10")  # the root of the keys of what is told back by itself


@operation(Permission.ESCALATE, on="exchange")
def acknowledge_exchange(*, by: Actor, at: datetime, exchange: Exchange) -> ExchangeStep:
    """This function will acknowledge what was sent, so that it no longer ages unseen (RPT-13; QSG 2017 ¶133-134)."""
    return _step(by, at, exchange, ExchangeHow.ACKNOWLEDGED)


@operation(Permission.ESCALATE, on="exchange")
def answer_exchange(
    *, by: Actor, at: datetime, exchange: Exchange, says: str, happened_on: date | None = None, knowingly: str = ""
) -> ExchangeStep:
    """This function will answer what was sent; ``happened_on`` is given where the answer came by letter (RPT-13, LVL-25).

    An answer acknowledges too. Raises Refused where it is not for them or not the time for it.
    """
    return _step(by, at, exchange, ExchangeHow.ANSWERED, says, happened_on, knowingly)


@operation(Permission.ESCALATE, on="exchange")
def decline_exchange(
    *, by: Actor, at: datetime, exchange: Exchange, because: str, happened_on: date | None = None, knowingly: str = ""
) -> ExchangeStep:
    """This function will decline what was asked, with the reason, which both ends read (RPT-13)."""
    return _step(by, at, exchange, ExchangeHow.DECLINED, because, happened_on, knowingly)


@operation(Permission.ESCALATE, on="exchange")
def feed_back(*, by: Actor, at: datetime, exchange: Exchange, says: str, knowingly: str = "") -> ExchangeStep:
    """This function will tell those from whom a matter came what came of it (NET-02; QSG 2017 ¶89).

    Where it was passed on from an earlier exchange, whoever sent that one is told by an exchange of its own.
    """
    step = _step(by, at, exchange, ExchangeHow.FED_BACK, says, None, knowingly)
    if step.exchange.follows is not None:
        _told_back(step.exchange, step.exchange.follows, step, by, at)
    return step


@operation(Permission.ESCALATE, on="exchange")
def close_exchange(*, by: Actor, at: datetime, exchange: Exchange, says: str = "", knowingly: str = "") -> ExchangeStep:
    """This function will close an exchange, with its outcome where there is one to tell (RPT-13)."""
    return _step(by, at, exchange, ExchangeHow.CLOSED, says, None, knowingly)


def _step(
    by: Actor,
    at: datetime,
    exchange: Exchange,
    how: ExchangeHow,
    says: str = "",
    happened_on: date | None = None,
    knowingly: str = "",
) -> ExchangeStep:
    on = timezone.localdate(at)
    found = _locked(by, on, exchange)
    words = says.strip()
    _demand_new(found, how, words, by)
    if not (verdict := may_step(reached_course(found, on), how, sides_of(by, on, found))):
        raise Refused(verdict)
    day = happened_on or on
    if not words and how not in {ExchangeHow.ACKNOWLEDGED, ExchangeHow.CLOSED}:
        raise Invalid("Say in your own words what there is to say.")
    if not found.sent_on <= day <= on:
        raise Invalid("The day must not be before it was sent, nor after today.")
    step = ExchangeStep.objects.create(
        exchange=found,
        how=how.value,
        says=words,
        knowingly=why_it_stays([words], knowingly),
        happened_on=day,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    tell_of_step(found, step, by, at)
    return step


def _locked(by: Actor, on: date, exchange: Exchange) -> Exchange:
    """The exchange anew with its row locked, so that two who answer at once come one by one."""
    found = Exchange.objects.visible_to(by, on).filter(pk=exchange.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise Refused(_NOT_YOURS)
    return found


def _demand_new(exchange: Exchange, how: ExchangeHow, words: str, by: Actor) -> None:
    """Raises Already where the newest step says the very same of the same person: a form that was sent twice."""
    newest = exchange.steps.order_by("-recorded_at", "-pk").first()
    if newest and (newest.how, newest.says, newest.recorded_by) == (how.value, words, by.actor_id):
        raise Already("This is on record already.")


def _told_back(exchange: Exchange, first: Exchange, step: ExchangeStep, by: Actor, at: datetime) -> None:
    told = Exchange.objects.create(
        kind=ExchangeKind.FEEDBACK.value,
        subject=first.subject,
        system=exchange.system,
        sender=exchange.sender,
        from_body=exchange.from_body,
        recipient=first.sender,
        to_body=first.from_body,
        pack=exchange.pack,
        purpose=Purpose.INFORMATION.value,
        title=first.title,
        says=step.says,
        follows=exchange,
        knowingly=step.knowingly,
        form_key=uuid5(_BACK, str(step.pk)),
        sent_on=step.happened_on,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    tell_of_receipt(told, by, at)

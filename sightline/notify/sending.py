"""Sends what waits: begins each letter, hands it to the mail server with no transaction open, and records its end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.verdict import Invalid
from sightline.notify.models import Message
from sightline.notify.operations import Begun, BegunOutside, begin_letter, begin_letter_outside, settle_letter
from sightline.notify.presenters import letter
from sightline.notify.queries import outside_waiting, people_waiting
from sightline.notify.words import Fate

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What a run did: letters that went, that failed and will be tried again, that were given up, and were not looked at."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    troubled: int = 0


def send_waiting(*, by: Actor, now: Callable[[], datetime], digest: bool) -> Tally:
    """This function will send what goes at once and, with ``digest``, one letter for each person with everything else.

    Nothing that is wrong with one letter keeps another from going. Raises Invalid where mail is held.
    """
    if settings.MAIL_HELD:
        raise Invalid(settings.MAIL_HELD)
    tally = Tally()
    for person_id, (single, together) in people_waiting(now()).items():
        try:
            for _ in range(single):
                _send(by, now, person_id, tally, digest=False)
            if together and digest:
                _send(by, now, person_id, tally, digest=True)
        except Exception as problem:
            # What a stage's own check raises may hold a title: the log is told its kind and nothing else.
            LOG.error("Messages of one person could not be looked at: %s", type(problem).__name__)
            tally.troubled += 1
    for message_id in outside_waiting(now()):
        try:
            _send_outside(by, now, message_id, tally)
        except Exception as problem:
            LOG.error("A letter to somebody outside could not be looked at: %s", type(problem).__name__)
            tally.troubled += 1
    return tally


def _send(by: Actor, now: Callable[[], datetime], person_id: UUID, tally: Tally, *, digest: bool) -> None:
    person = Person(pk=person_id)  # a name for the record; who they are is read when the letter is begun
    begun = begin_letter(by=by, at=now(), person=person, digest=digest)
    if begun is None:
        return
    went = _hand_over(_mail(begun))
    _count(tally, settle_letter(by=by, at=now(), letter=begun.letter, messages=begun.messages, went=went))


def _send_outside(by: Actor, now: Callable[[], datetime], message_id: UUID, tally: Tally) -> None:
    begun = begin_letter_outside(by=by, at=now(), message=Message(pk=message_id))
    if begun is None:
        return
    went = _hand_over(_mail_outside(begun))
    _count(tally, settle_letter(by=by, at=now(), letter=begun.letter, messages=(begun.message,), went=went))


def _count(tally: Tally, fate: Fate) -> None:
    match fate:
        case Fate.SENT:
            tally.sent += 1
        case Fate.GIVEN_UP:
            tally.given_up += 1
        case _:
            tally.failed += 1


def _mail(begun: Begun) -> EmailMultiAlternatives:
    text = letter(begun.messages, settings.BASE_ADDRESS)
    mail = EmailMultiAlternatives(text.subject, text.body, to=[begun.person.email], headers=_headers(begun.letter))
    if begun.entry is not None:
        mail.attach_alternative(begun.entry.text, f"text/calendar; method={begun.entry.method}")
    return mail


def _mail_outside(begun: BegunOutside) -> EmailMultiAlternatives:
    goes, headers = begun.goes, _headers(begun.letter)
    if goes.stop:
        headers |= {"List-Unsubscribe": f"<{goes.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMultiAlternatives(goes.subject, goes.body, to=[goes.to], headers=headers)


def _headers(letter: str) -> dict[str, str]:
    """The Message-ID is the same at each try, so that two copies of a letter are one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return {"Message-ID": f"<{letter}@{domain}>", "Auto-Submitted": "auto-generated"}


def _hand_over(mail: EmailMultiAlternatives) -> bool:
    """Whether the mail server took the letter."""
    try:
        return mail.send() == 1
    except (SMTPException, OSError, ValueError) as problem:
        LOG.warning("The mail server did not take a letter: %s", type(problem).__name__)
        return False

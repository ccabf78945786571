"""The kinds of message about duties: their words, which name no body and no matter, and who may open what they lead to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.escalation.models import Duty, Exchange, RegulatoryDecision, Telling
from sightline.notify.kinds import Kind, make_known

DUTY_ARISEN, TOLD = "duty-arisen", "told"
EXCHANGE_RECEIVED, EXCHANGE_ANSWERED = "exchange-received", "exchange-answered"
REGULATION_DECIDED = "regulation-decided"


def register() -> None:
    """This function will make the kinds of duties and exchanges known."""
    make_known(
        Kind(
            DUTY_ARISEN,
            "Something falls to you",
            "Something arose from a level or a concern that falls to you, or of which you are told.",
            "{count} things arose from levels or concerns that fall to you, or of which you are told.",
            may_open_duty,
        ),
        Kind(
            TOLD,
            "Your organisation was told something",
            "A group that looks into quality has told your organisation something. You can read it here and answer.",
            "Groups that look into quality have told your organisation {count} things. You can read them and answer.",
            may_open_telling,
        ),
        Kind(
            EXCHANGE_RECEIVED,
            "Something was sent to you",
            "Another body or group has sent something that waits for you to acknowledge it.",
            "Other bodies or groups have sent {count} things that wait for you to acknowledge them.",
            may_open_exchange,
        ),
        Kind(
            EXCHANGE_ANSWERED,
            "There is news of something that was sent",
            "Something that passed between your body or group and another was taken a step further.",
            "{count} things that passed between your body or group and others were taken a step further.",
            may_open_exchange,
        ),
        Kind(
            REGULATION_DECIDED,
            "Regulatory action was decided on",
            "NHS England decided on regulatory action, and what was decided is on record.",
            "NHS England decided {count} times on regulatory action. What was decided is on record.",
            may_open_regulation,
        ),
    )


def may_open_duty(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read a duty, when word of it is sent."""
    return Duty.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def may_open_telling(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody's own body was told it, when word of it is sent."""
    return Telling.objects.told_to(person, on).filter(pk=UUID(record)).exists()


def may_open_exchange(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read an exchange, when word of it is sent."""
    return Exchange.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def may_open_regulation(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read a decision on regulatory action, when word of it is sent."""
    return RegulatoryDecision.objects.visible_to(person, on).filter(pk=UUID(record)).exists()

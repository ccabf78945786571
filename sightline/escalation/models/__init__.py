"""Records of duties and of exchanges; every one is added to and none is edited."""

from sightline.escalation.models.duties import Duty, DutyQuerySet, DutyStep, Telling, TellingAnswer, TellingQuerySet
from sightline.escalation.models.exchanges import Exchange, ExchangeCopy, ExchangeQuerySet, ExchangeStep

__all__ = [
    "Duty",
    "DutyQuerySet",
    "DutyStep",
    "Exchange",
    "ExchangeCopy",
    "ExchangeQuerySet",
    "ExchangeStep",
    "Telling",
    "TellingAnswer",
    "TellingQuerySet",
]

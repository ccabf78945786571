"""Records of duties and of exchanges; every one is added to and none is edited."""

from sightline.escalation.models.duties import Duty, DutyQuerySet, DutyStep, Telling, TellingAnswer, TellingQuerySet
from sightline.escalation.models.exchanges import Exchange, ExchangeCopy, ExchangeQuerySet, ExchangeStep
from sightline.escalation.models.memoranda import MemorandumTerm
from sightline.escalation.models.regulating import Consulted, RegulatoryDecision, RegulatoryQuerySet

__all__ = [
    "Consulted",
    "Duty",
    "DutyQuerySet",
    "DutyStep",
    "Exchange",
    "ExchangeCopy",
    "ExchangeQuerySet",
    "ExchangeStep",
    "MemorandumTerm",
    "RegulatoryDecision",
    "RegulatoryQuerySet",
    "Telling",
    "TellingAnswer",
    "TellingQuerySet",
]

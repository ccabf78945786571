"""Writes of concerns and levels."""

from sightline.surveillance.operations.concerning import (
    agree_process_lead,
    close_concern,
    copy_concerns,
    link_evidence,
    raise_concern,
    record_referral,
    remove_evidence,
    restate_concern,
)
from sightline.surveillance.operations.consulting import dissent, record_region_answer, withdraw_dissent
from sightline.surveillance.operations.levelling import (
    decide_level,
    decline_proposal,
    propose_level,
    review_level,
    withdraw_proposal,
)

__all__ = [
    "agree_process_lead",
    "close_concern",
    "copy_concerns",
    "decide_level",
    "decline_proposal",
    "dissent",
    "link_evidence",
    "propose_level",
    "raise_concern",
    "record_referral",
    "record_region_answer",
    "remove_evidence",
    "restate_concern",
    "review_level",
    "withdraw_dissent",
    "withdraw_proposal",
]

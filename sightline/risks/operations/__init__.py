"""Writes of the risk registers."""

from sightline.risks.operations.lookback import finish_look_back, open_look_back, record_finding
from sightline.risks.operations.measuring import STEPS, add_measure, step_measure
from sightline.risks.operations.placing import link_risk, place_risk, remove_from_register
from sightline.risks.operations.risking import (
    accept_risk,
    close_risk,
    open_risk,
    restate_risk,
    review_risk,
    score_risk,
)
from sightline.risks.operations.telling import tell_of_risk_reviews

__all__ = [
    "STEPS",
    "accept_risk",
    "add_measure",
    "close_risk",
    "finish_look_back",
    "link_risk",
    "open_look_back",
    "open_risk",
    "place_risk",
    "record_finding",
    "remove_from_register",
    "restate_risk",
    "review_risk",
    "score_risk",
    "step_measure",
    "tell_of_risk_reviews",
]

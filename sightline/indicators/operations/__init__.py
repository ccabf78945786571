"""Writes of the indicators stage."""

from sightline.indicators.operations.agreeing import Chosen, agree_set
from sightline.indicators.operations.assessing import assess
from sightline.indicators.operations.judging import choose_chart, choose_method, rebase, withdraw_chart, withdraw_rebase
from sightline.indicators.operations.mapping import confirm_mapping
from sightline.indicators.operations.taking_in import (
    Arrived,
    accept_publication,
    await_mapping,
    receive_files,
    settle_without_change,
)

__all__ = [
    "Arrived",
    "Chosen",
    "accept_publication",
    "agree_set",
    "assess",
    "await_mapping",
    "choose_chart",
    "choose_method",
    "confirm_mapping",
    "rebase",
    "receive_files",
    "settle_without_change",
    "withdraw_chart",
    "withdraw_rebase",
]

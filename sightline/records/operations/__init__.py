"""What people do with the formal record: hold it, answer requests for it, dispose as two of what is past its period."""

from sightline.records.operations.asking import (
    close_request,
    open_request,
    record_consultation,
    rule_on_passage,
    take_passages,
)
from sightline.records.operations.disclosing import clear_pack, withdraw_pack
from sightline.records.operations.disposing import answer_disposal, propose_disposal
from sightline.records.operations.holding import lift_hold, place_hold

__all__ = [
    "answer_disposal", "clear_pack", "close_request", "lift_hold", "open_request", "place_hold", "propose_disposal",
    "record_consultation", "rule_on_passage", "take_passages", "withdraw_pack",
]  # fmt: skip

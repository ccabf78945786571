"""Records of how the formal record is kept, and of what is asked and given out of it."""

from sightline.records.models.disposing import Disposal, DisposalAnswer, DisposalSubject
from sightline.records.models.holding import Hold, HoldLifting
from sightline.records.models.requests import (
    Consultation,
    DisclosurePack,
    InformationRequest,
    PackWithdrawal,
    PassageRuling,
    RequestClosing,
    RequestPassage,
)

__all__ = [
    "Consultation", "DisclosurePack", "Disposal", "DisposalAnswer", "DisposalSubject", "Hold", "HoldLifting",
    "InformationRequest", "PackWithdrawal", "PassageRuling", "RequestClosing", "RequestPassage",
]  # fmt: skip

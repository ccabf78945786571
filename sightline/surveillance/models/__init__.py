"""Records of concerns and of levels; every one is added to and none is edited."""

from sightline.surveillance.models.concerns import (
    Concern,
    ConcernEnding,
    ConcernQuerySet,
    ConcernReferral,
    ConcernStatement,
    Evidence,
    EvidenceRemoval,
    ProcessLead,
)
from sightline.surveillance.models.decisions import (
    Dissent,
    DissentWithdrawal,
    FrozenEvidence,
    LevelDecision,
    LevelProposal,
    LevelQuerySet,
    LevelReview,
    ProposalEnding,
    Reach,
    RegionAnswer,
)

__all__ = [
    "Concern",
    "ConcernEnding",
    "ConcernQuerySet",
    "ConcernReferral",
    "ConcernStatement",
    "Dissent",
    "DissentWithdrawal",
    "Evidence",
    "EvidenceRemoval",
    "FrozenEvidence",
    "LevelDecision",
    "LevelProposal",
    "LevelQuerySet",
    "LevelReview",
    "ProcessLead",
    "ProposalEnding",
    "Reach",
    "RegionAnswer",
]

"""Records of risks and of look-backs; every one is added to and none is edited."""

from sightline.risks.models.kept import RegisterLine, RegisterLineQuerySet, RiskNow
from sightline.risks.models.lookback import LookBack, LookBackEnding, LookBackFinding, LookBackQuerySet
from sightline.risks.models.risks import (
    Acceptance,
    Measure,
    MeasureStep,
    Place,
    PlaceEnding,
    Risk,
    RiskEnding,
    RiskLink,
    RiskQuerySet,
    RiskReview,
    RiskScore,
    RiskStatement,
    RiskSubject,
)

__all__ = [
    "Acceptance",
    "LookBack",
    "LookBackEnding",
    "LookBackFinding",
    "LookBackQuerySet",
    "Measure",
    "MeasureStep",
    "Place",
    "PlaceEnding",
    "RegisterLine",
    "RegisterLineQuerySet",
    "Risk",
    "RiskEnding",
    "RiskLink",
    "RiskNow",
    "RiskQuerySet",
    "RiskReview",
    "RiskScore",
    "RiskStatement",
    "RiskSubject",
]

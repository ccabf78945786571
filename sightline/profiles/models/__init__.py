"""Records of the aids and of risk profiles; every one is added to and none is edited."""

from sightline.profiles.models.aids import (
    AidQuerySet,
    HeatMapReading,
    OtherProcess,
    Template,
    TriggerAnswer,
    TriggerAssessment,
)
from sightline.profiles.models.profiles import (
    CommissionerEntry,
    MeasureReview,
    Profile,
    ProfileQuerySet,
    ProviderEntry,
    SharedEntry,
    Signature,
)

__all__ = [
    "AidQuerySet",
    "CommissionerEntry",
    "HeatMapReading",
    "MeasureReview",
    "OtherProcess",
    "Profile",
    "ProfileQuerySet",
    "ProviderEntry",
    "SharedEntry",
    "Signature",
    "Template",
    "TriggerAnswer",
    "TriggerAssessment",
]

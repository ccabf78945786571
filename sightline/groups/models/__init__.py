"""Records of the groups: interests and agreements, the standing groups with their seats, and who holds which office."""

from sightline.groups.models.interests import (
    DeclaredInterest,
    DeclaredInterestQuerySet,
    InterestEnding,
    SharingAgreement,
)
from sightline.groups.models.safeguarding import (
    CouncilBody,
    SafeguardingConfirmation,
    SafeguardingLead,
    SafeguardingPeriod,
)
from sightline.groups.models.standing import (
    Group,
    GroupEnding,
    GroupGuidance,
    GroupQuerySet,
    Office,
    OfficeEnding,
    OfficeQuerySet,
    Seat,
    SeatEnding,
    Seating,
    SeatingEnding,
    SeatingQuerySet,
    SeatQuerySet,
)

__all__ = [
    "CouncilBody",
    "DeclaredInterest",
    "DeclaredInterestQuerySet",
    "Group",
    "GroupEnding",
    "GroupGuidance",
    "GroupQuerySet",
    "InterestEnding",
    "Office",
    "OfficeEnding",
    "OfficeQuerySet",
    "SafeguardingConfirmation",
    "SafeguardingLead",
    "SafeguardingPeriod",
    "Seat",
    "SeatEnding",
    "SeatQuerySet",
    "Seating",
    "SeatingEnding",
    "SeatingQuerySet",
    "SharingAgreement",
]

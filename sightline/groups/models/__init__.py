"""Records of the groups: interests and agreements, the standing groups with their seats, and who holds which office."""

from sightline.groups.models.interests import (
    DeclaredInterest,
    DeclaredInterestQuerySet,
    InterestEnding,
    SharingAgreement,
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
    Seating,
    SeatingEnding,
    SeatingQuerySet,
)

__all__ = [
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
    "Seat",
    "Seating",
    "SeatingEnding",
    "SeatingQuerySet",
    "SharingAgreement",
]

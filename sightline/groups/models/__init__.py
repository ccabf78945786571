"""Records of the groups: interests and agreements, the standing groups with their seats, and who holds which office."""

from sightline.groups.models.apart import ProvidersApart
from sightline.groups.models.councils import CouncilArrangement
from sightline.groups.models.effectiveness import (
    ChairSelfReview,
    ChairSelfReviewShared,
    EffectivenessReview,
    GroupReflection,
    ReviewAnswered,
    ReviewAsked,
    ReviewTally,
)
from sightline.groups.models.interests import (
    DeclaredInterest,
    DeclaredInterestQuerySet,
    InterestEnding,
    SharingAgreement,
)
from sightline.groups.models.members import AccessNeeds, Engagement, RepresentativeAsked, SeatingAuthority
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
from sightline.groups.models.subgroups import ReportBack, SubGroup
from sightline.groups.models.terms import CodeAcceptance, TermsApproval, TermsRecipient, TermsVersion

__all__ = [
    "AccessNeeds",
    "ChairSelfReview",
    "ChairSelfReviewShared",
    "CodeAcceptance",
    "CouncilArrangement",
    "CouncilBody",
    "DeclaredInterest",
    "DeclaredInterestQuerySet",
    "EffectivenessReview",
    "Engagement",
    "Group",
    "GroupEnding",
    "GroupGuidance",
    "GroupQuerySet",
    "GroupReflection",
    "InterestEnding",
    "Office",
    "OfficeEnding",
    "OfficeQuerySet",
    "ProvidersApart",
    "ReportBack",
    "RepresentativeAsked",
    "ReviewAnswered",
    "ReviewAsked",
    "ReviewTally",
    "SafeguardingConfirmation",
    "SafeguardingLead",
    "SafeguardingPeriod",
    "Seat",
    "SeatEnding",
    "SeatQuerySet",
    "Seating",
    "SeatingAuthority",
    "SeatingEnding",
    "SeatingQuerySet",
    "SharingAgreement",
    "SubGroup",
    "TermsApproval",
    "TermsRecipient",
    "TermsVersion",
]

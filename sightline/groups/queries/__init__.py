"""Reads of the groups: interests and what they close, agreements, the standing groups, and who holds which office."""

from sightline.groups.queries.interests import (
    Standing,
    agreements_with,
    closed_by,
    conflicts_of,
    groups_of,
    lacking_agreement,
    names_of_groups,
    one_interest,
    own_interests,
    register,
    standings,
    standings_to_keep,
)
from sightline.groups.queries.standing import (
    GROUP_KINDS,
    group_for,
    holders,
    may_hold_for,
    offices_of,
    pack_of,
    person_of,
)

__all__ = [
    "GROUP_KINDS",
    "Standing",
    "agreements_with",
    "closed_by",
    "conflicts_of",
    "group_for",
    "groups_of",
    "holders",
    "lacking_agreement",
    "may_hold_for",
    "names_of_groups",
    "offices_of",
    "one_interest",
    "own_interests",
    "pack_of",
    "person_of",
    "register",
    "standings",
    "standings_to_keep",
]

"""What people do for the public, and the public itself: key points, groups that are shown, and word of both by e-mail."""

from sightline.publication.operations.following import (
    ask_to_follow,
    confirm_following,
    forget_followers,
    stop_following,
)
from sightline.publication.operations.key_points import (
    clear_key_points,
    propose_key_points,
    release_key_points,
    withdraw_key_points,
)
from sightline.publication.operations.listing import list_group, unlist_group

__all__ = [
    "ask_to_follow",
    "clear_key_points",
    "confirm_following",
    "forget_followers",
    "list_group",
    "propose_key_points",
    "release_key_points",
    "stop_following",
    "unlist_group",
    "withdraw_key_points",
]

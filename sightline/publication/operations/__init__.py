"""What people do for the public: write key points, clear and release them, list a group, and take either back."""

from sightline.publication.operations.key_points import (
    clear_key_points,
    propose_key_points,
    release_key_points,
    withdraw_key_points,
)
from sightline.publication.operations.listing import list_group, unlist_group

__all__ = [
    "clear_key_points",
    "list_group",
    "propose_key_points",
    "release_key_points",
    "unlist_group",
    "withdraw_key_points",
]

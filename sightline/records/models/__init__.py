"""Records of how the formal record is kept."""

from sightline.records.models.holding import Hold, HoldLifting

__all__ = ["Hold", "HoldLifting"]

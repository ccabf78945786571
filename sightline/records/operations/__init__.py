"""What people do with the formal record: hold it, and lift what was held. Nobody can delete anything of it."""

from sightline.records.operations.holding import lift_hold, place_hold

__all__ = ["lift_hold", "place_hold"]

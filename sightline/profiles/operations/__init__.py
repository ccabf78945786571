"""What people do with the aids and in profiles: the only room of the app that writes."""

from sightline.profiles.operations.aiding import assess_triggers, read_heat_map, record_other_process
from sightline.profiles.operations.profiling import (
    review_measures,
    share_entries,
    sign_profile,
    start_profile,
    write_entry,
)

__all__ = [
    "assess_triggers",
    "read_heat_map",
    "record_other_process",
    "review_measures",
    "share_entries",
    "sign_profile",
    "start_profile",
    "write_entry",
]

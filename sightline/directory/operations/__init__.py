"""Everything that changes the directory."""

from sightline.directory.operations.keeping import (
    add_provider,
    add_subject,
    record_commissioning,
    record_fact,
    record_identifier,
    record_relation,
)
from sightline.directory.operations.taking_in import ensure_bodies, take_in

__all__ = [
    "add_provider",
    "add_subject",
    "ensure_bodies",
    "record_commissioning",
    "record_fact",
    "record_identifier",
    "record_relation",
    "take_in",
]

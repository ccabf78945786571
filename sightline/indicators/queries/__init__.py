"""Reads of the indicators stage."""

from sightline.indicators.queries.histories import (
    History,
    SubjectHistory,
    histories,
    is_open,
    late_publications,
    standing_choice,
)
from sightline.indicators.queries.known import (
    catalogue,
    known_indicators,
    mapping_for,
    publications_ranked,
    received_file,
    received_path,
    shape_of,
    tidy_table,
    unassessed,
    unknown_codes,
    unwatched,
)

__all__ = [
    "History",
    "SubjectHistory",
    "catalogue",
    "histories",
    "is_open",
    "known_indicators",
    "late_publications",
    "mapping_for",
    "publications_ranked",
    "received_file",
    "received_path",
    "shape_of",
    "standing_choice",
    "tidy_table",
    "unassessed",
    "unknown_codes",
    "unwatched",
]

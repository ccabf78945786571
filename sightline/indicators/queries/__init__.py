"""Reads of the indicators stage."""

from sightline.indicators.queries.histories import History, SubjectHistory, histories, late_publications
from sightline.indicators.queries.known import (
    catalogue,
    known_indicators,
    mapping_for,
    publications_ranked,
    received_file,
    received_path,
    shape_of,
)

__all__ = [
    "History",
    "SubjectHistory",
    "catalogue",
    "histories",
    "known_indicators",
    "late_publications",
    "mapping_for",
    "publications_ranked",
    "received_file",
    "received_path",
    "shape_of",
]

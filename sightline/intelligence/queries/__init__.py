"""Everything that reads soft intelligence."""

from sightline.intelligence.queries.evidence import evidence_about, hearing_alike
from sightline.intelligence.queries.items import (
    Attribution,
    attachments_of,
    attributions_of,
    beginnings_of,
    one_attachment,
    one_item,
    passages_of,
    subjects_of,
    tags_of,
)
from sightline.intelligence.queries.sources import home_of, origin_of, quadrant_of, source_list
from sightline.intelligence.queries.themes import labelled_texts

__all__ = [
    "Attribution",
    "attachments_of",
    "attributions_of",
    "beginnings_of",
    "evidence_about",
    "hearing_alike",
    "home_of",
    "labelled_texts",
    "one_attachment",
    "one_item",
    "origin_of",
    "passages_of",
    "quadrant_of",
    "source_list",
    "subjects_of",
    "tags_of",
]

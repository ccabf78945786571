"""Weighing independent sources: which agree, on what, since when; and what is missing. No score is made."""

from sightline.core.triangulation.blindness import (
    CELLS,
    EVERY_CELL,
    Ask,
    Asked,
    Blindness,
    BlindSpot,
    BlindTally,
    Expected,
    Questions,
    blind_spots,
    count_blind,
    is_known,
    questions,
)
from sightline.core.triangulation.evidence import Certainty, Evidence, evidence_from, floors_on, road_of
from sightline.core.triangulation.matrix import Cell, Matrix, Row, lay_out
from sightline.core.triangulation.proposing import Family, Proposal, family_of, propose, stays_declined
from sightline.core.triangulation.weighing import COUNTS_FOR_DAYS, Standing, oldest_that_counts, place, weigh

__all__ = [
    "CELLS",
    "COUNTS_FOR_DAYS",
    "EVERY_CELL",
    "Ask",
    "Asked",
    "BlindSpot",
    "BlindTally",
    "Blindness",
    "Cell",
    "Certainty",
    "Evidence",
    "Expected",
    "Family",
    "Matrix",
    "Proposal",
    "Questions",
    "Row",
    "Standing",
    "blind_spots",
    "count_blind",
    "evidence_from",
    "family_of",
    "floors_on",
    "is_known",
    "lay_out",
    "oldest_that_counts",
    "place",
    "propose",
    "questions",
    "road_of",
    "stays_declined",
    "weigh",
]

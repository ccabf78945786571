"""Reads of concerns and levels: the facts that the rules ask for, where subjects stand, and the log."""

from sightline.surveillance.queries.facts import case_of, process_lead_of, reached_by, subject_facts
from sightline.surveillance.queries.standing import (
    Guidance,
    guidance_for,
    history_of,
    standing_of,
    standings_of,
)

__all__ = [
    "Guidance",
    "case_of",
    "guidance_for",
    "history_of",
    "process_lead_of",
    "reached_by",
    "standing_of",
    "standings_of",
    "subject_facts",
]

"""Reads of concerns and levels: the facts that the rules ask for, where subjects stand, and the log."""

from sightline.surveillance.queries.concern_evidence import evidence_of
from sightline.surveillance.queries.concerns import concerns_about, known_concern, one_concern
from sightline.surveillance.queries.facts import case_of, process_lead_of, reached_by, subject_facts
from sightline.surveillance.queries.level_clocks import SubjectClocks, clocks_of
from sightline.surveillance.queries.moving import Judged, verdict_on, verdict_on_given
from sightline.surveillance.queries.standing import (
    Guidance,
    guidance_for,
    history_of,
    standing_of,
    standings_of,
)

__all__ = [
    "Guidance",
    "Judged",
    "SubjectClocks",
    "case_of",
    "clocks_of",
    "concerns_about",
    "evidence_of",
    "guidance_for",
    "history_of",
    "known_concern",
    "one_concern",
    "process_lead_of",
    "reached_by",
    "standing_of",
    "standings_of",
    "subject_facts",
    "verdict_on",
    "verdict_on_given",
]

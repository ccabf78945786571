"""The pages that look across stages, in words, charts and rows."""

from sightline.overview.presenters.event_log import chain_in_words, event_rows, verb_choices
from sightline.overview.presenters.glossary import GLOSSARY
from sightline.overview.presenters.home import (
    HEADINGS,
    agreement,
    choices,
    headings,
    home_rows,
    signal_lines,
    silence_lines,
    subject_kind,
    systems_map,
)
from sightline.overview.presenters.subject import freshness, matrix, multiples, rating_rows

__all__ = [
    "GLOSSARY",
    "HEADINGS",
    "agreement",
    "chain_in_words",
    "choices",
    "event_rows",
    "freshness",
    "headings",
    "home_rows",
    "matrix",
    "multiples",
    "rating_rows",
    "signal_lines",
    "silence_lines",
    "subject_kind",
    "systems_map",
    "verb_choices",
]

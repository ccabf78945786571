"""The pages that look across stages, in words, charts and rows."""

from sightline.overview.presenters.event_log import chain_in_words, event_rows, verb_choices
from sightline.overview.presenters.glossary import GLOSSARY
from sightline.overview.presenters.home import (
    HEADINGS,
    agreement,
    blind_lines,
    choices,
    headings,
    home_rows,
    level_words,
    signal_lines,
    silence_lines,
    subject_kind,
    systems_map,
)
from sightline.overview.presenters.searching import FoundLine, found_lines
from sightline.overview.presenters.subject import freshness, multiples, rating_rows
from sightline.overview.presenters.timeline import KINDS, address, kind_choices, years
from sightline.overview.presenters.waiting import WaitingLine, waiting_lines

__all__ = [
    "GLOSSARY",
    "HEADINGS",
    "KINDS",
    "FoundLine",
    "WaitingLine",
    "address",
    "agreement",
    "blind_lines",
    "chain_in_words",
    "choices",
    "event_rows",
    "found_lines",
    "freshness",
    "headings",
    "home_rows",
    "kind_choices",
    "level_words",
    "multiples",
    "rating_rows",
    "signal_lines",
    "silence_lines",
    "subject_kind",
    "systems_map",
    "verb_choices",
    "waiting_lines",
    "years",
]

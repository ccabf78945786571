"""The rulebook in plain words: its packs, every entry beside its citation, and what a local version changes."""

from sightline.rulebook.presenters.entries import lead, sections
from sightline.rulebook.presenters.meeting import Meets, RuleLine, meets
from sightline.rulebook.presenters.sources import feed_choices, sources_table
from sightline.rulebook.presenters.versions import (
    difference,
    history,
    pack_blocks,
    pack_facts,
    standing_in_words,
    succession,
    tally,
)

__all__ = [
    "Meets",
    "RuleLine",
    "difference",
    "feed_choices",
    "history",
    "lead",
    "meets",
    "pack_blocks",
    "pack_facts",
    "sections",
    "sources_table",
    "standing_in_words",
    "succession",
    "tally",
]

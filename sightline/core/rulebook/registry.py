"""Every part that a pack may have, by name, and the one way from text to part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sightline.core.rulebook import (
    authority,
    clocks,
    duties,
    effectiveness,
    evidence,
    groups,
    improving,
    judging,
    keeping,
    levels,
    modelling,
    publishing,
    readings,
    reports,
    risks,
    role_cards,
    terms,
    tools,
    wording,
)
from sightline.core.rulebook.reading import read
from sightline.core.rulebook.shapes import Part

PARTS: Mapping[str, type[Part]] = MappingProxyType(
    {
        "sources": evidence.Sources,
        "contributions": evidence.Contributions,
        "freshness": judging.Freshness,
        "proposals": judging.Proposals,
        "themes": wording.Themes,
        "grading": judging.Grading,
        "evidence": evidence.EvidenceCategories,
        "populations": evidence.Populations,
        "issue_types": evidence.IssueTypes,
        "safeguarding": wording.SafeguardingPrompts,
        **tools.PARTS,
        **levels.PARTS,
        **authority.PARTS,
        **duties.PARTS,
        **clocks.PARTS,
        **risks.PARTS,
        **groups.PARTS,
        **reports.PARTS,
        **terms.PARTS,
        **role_cards.PARTS,
        **effectiveness.PARTS,
        **improving.PARTS,
        **publishing.PARTS,
        **keeping.PARTS,
        **modelling.PARTS,
        **readings.PARTS,
    }
)


@lru_cache(maxsize=128)
def parse(part: str, text: str) -> Part:
    """This function will make a part of the text that describes it, or raise RulebookError naming line and field."""
    return read(PARTS[part], text)

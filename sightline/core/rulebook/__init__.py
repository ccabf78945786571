"""The shape of a guidance pack: parsed once into frozen objects, each value beside its citation."""

from sightline.core.rulebook.evidence import (
    Category,
    Contribution,
    Contributions,
    EvidenceCategories,
    IssueTypes,
    Population,
    Populations,
    SourceEntry,
    Sources,
)
from sightline.core.rulebook.judging import (
    Age,
    Fewest,
    Freshness,
    Grade,
    Grading,
    ProposalKind,
    ProposalRule,
    Proposals,
    Sureness,
)
from sightline.core.rulebook.packs import Pack, PackFacts, Replaced, Successor, Version, holder_of, in_force
from sightline.core.rulebook.reading import Problem, RulebookError, as_text
from sightline.core.rulebook.registry import PARTS, parse
from sightline.core.rulebook.shapes import LOCAL, Entry, Part, Strict
from sightline.core.rulebook.wording import (
    Destination,
    Prompt,
    PromptKind,
    SafeguardingPrompts,
    Theme,
    Themes,
)

__all__ = [
    "LOCAL",
    "PARTS",
    "Age",
    "Category",
    "Contribution",
    "Contributions",
    "Destination",
    "Entry",
    "EvidenceCategories",
    "Fewest",
    "Freshness",
    "Grade",
    "Grading",
    "IssueTypes",
    "Pack",
    "PackFacts",
    "Part",
    "Population",
    "Populations",
    "Problem",
    "Prompt",
    "PromptKind",
    "ProposalKind",
    "ProposalRule",
    "Proposals",
    "Replaced",
    "RulebookError",
    "SafeguardingPrompts",
    "SourceEntry",
    "Sources",
    "Strict",
    "Successor",
    "Sureness",
    "Theme",
    "Themes",
    "Version",
    "as_text",
    "holder_of",
    "in_force",
    "parse",
]

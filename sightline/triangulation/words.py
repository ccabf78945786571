"""The words of triangulation as readers know them; every page says the same."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.core.rulebook import ProposalKind
from sightline.core.signals import Dimension, Quadrant
from sightline.core.triangulation import Blindness, Certainty

CERTAINTY: Mapping[Certainty, str] = {
    Certainty.SURE: "sure",
    Certainty.FAIRLY_SURE: "fairly sure",
    Certainty.UNKNOWN: "how sure is not said",
    Certainty.HUNCH: "a hunch",
}
BLINDNESS: Mapping[Blindness, str] = {
    Blindness.NOTHING: "No information",
    Blindness.STALE: "Only old information",
    Blindness.SINGLE: "One source alone",
}
PROPOSAL: Mapping[ProposalKind, str] = {
    ProposalKind.TRIGGER_TOOL: "Go through the trigger tool",
    ProposalKind.DISCUSS: "Discuss at the group",
    ProposalKind.ASK_FOR_INFORMATION: "Ask for information",
    ProposalKind.LOOK_FOR_INFORMATION: "Look for information",
    ProposalKind.NOTE_GOOD_PRACTICE: "Note good practice",
}
ABOUT: Mapping[Dimension, str] = {
    Dimension.SAFE: "safety",
    Dimension.EFFECTIVE: "effectiveness",
    Dimension.PERSONALISED: "people’s experience",
    Dimension.WELL_LED: "leadership",
    Dimension.SUSTAINABLE: "resources",
    Dimension.EQUITABLE: "equity",
}
WHAT: Mapping[Quadrant, str] = {
    Quadrant.INTERNAL_QUANTITATIVE: "figures from inside the provider",
    Quadrant.EXTERNAL_QUANTITATIVE: "figures from outside",
    Quadrant.INTERNAL_QUALITATIVE: "what is said inside the provider",
    Quadrant.EXTERNAL_QUALITATIVE: "what is said outside",
}
EVERYTHING = "Quality as a whole"

"""The words of actions: what each type is, what can become of one, and what each column of Annex D means."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.core.actions.facts import ActionKind, Outcome

KIND: Mapping[ActionKind, str] = {
    ActionKind.SUPPORT: "Improvement support",
    ActionKind.PERFORMANCE: "Performance management",
    ActionKind.CONTRACT: "Contractual action",
    ActionKind.REGULATION: "Regulatory or enforcement action",
    ActionKind.INVESTIGATION: "Investigation",
    ActionKind.INFORMATION: "Gathering information",
    ActionKind.COMMUNICATION: "Communication",
}
KIND_MEANS: Mapping[ActionKind, str] = {
    ActionKind.SUPPORT: "Help with getting better: staff, expertise, a visit by peers.",
    ActionKind.PERFORMANCE: "Holding somebody to what was agreed of their performance.",
    ActionKind.CONTRACT: "A step under a contract: a notice, a query, a withheld payment.",
    ActionKind.REGULATION: "A step that only a regulator or another body with such powers can take.",
    ActionKind.INVESTIGATION: "Finding out what happened, and why.",
    ActionKind.INFORMATION: "Asking for figures, papers or views, or going to see.",
    ActionKind.COMMUNICATION: "Telling somebody: a provider, the public, another group.",
}
OUTCOME: Mapping[Outcome, str] = {
    Outcome.DONE: "Done",
    Outcome.PARTLY: "Done in part",
    Outcome.DROPPED: "No longer needed",
}
OUTCOME_MEANS: Mapping[Outcome, str] = {
    Outcome.DONE: "What was to be done is there.",
    Outcome.PARTLY: "Some of it is there, and the rest is not pursued.",
    Outcome.DROPPED: "It was overtaken by something else, or turned out not to help.",
}
LEGEND = "Status: O = open, C = closed. Priority: 1 = high priority, open; 2 = on target, open; 3 = closed."

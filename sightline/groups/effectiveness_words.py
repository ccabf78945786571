"""How the steps of a questionnaire about a group's own work are called before readers, in the order in which they choose."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.core.groups.effectiveness import Step

STEPS: Mapping[Step, str] = {
    Step.STRONGLY_AGREE: "Strongly agree",
    Step.AGREE: "Agree",
    Step.NEITHER: "Neither agree nor disagree",
    Step.DISAGREE: "Disagree",
    Step.STRONGLY_DISAGREE: "Strongly disagree",
    Step.CANNOT_SAY: "I cannot say",
}

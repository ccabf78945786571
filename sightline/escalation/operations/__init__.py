"""Writes of duties and exchanges."""

from sightline.escalation.operations.deciding import set_level
from sightline.escalation.operations.duties import answer_telling, raise_what_is_missing, step_duty, tell_provider
from sightline.escalation.operations.leading import agree_lead

__all__ = ["agree_lead", "answer_telling", "raise_what_is_missing", "set_level", "step_duty", "tell_provider"]

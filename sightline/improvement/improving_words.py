"""The words of Quality Improvement Groups: who asks for one, who convenes it, how it stands, and who agrees. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sightline.core.improvement.overseeing import Answer, Convener, Instigator, Stands

KIND = "quality-improvement-group"  # the type of group of the guidance, by its id there
ICB, REGION = "icb", "region"  # those above the group who are asked whether they agree, beside its members

INSTIGATOR: Mapping[Instigator, str] = {
    Instigator.ICB: "Integrated care board",
    Instigator.LOCAL_AUTHORITY: "Local authority",
    Instigator.NHS_ENGLAND: "NHS England",
    Instigator.REGULATOR: "Care Quality Commission or another regulator",
    Instigator.PROVIDER: "One or more providers, who ask the ICB for it",
}
CONVENER: Mapping[Convener, str] = {Convener.ICB: "The ICB", Convener.REGION: "NHS England’s region"}
STANDS: Mapping[Stands, str] = {
    Stands.ALONE: "It stands alone",
    Stands.WITHIN: "It is part of a wider improvement or assurance process",
}
ANSWER: Mapping[Answer, str] = {Answer.AGREES: "Agrees", Answer.DISAGREES: "Does not agree"}
ABOVE: Mapping[str, str] = {ICB: "The ICB or the system", REGION: "The Regional Quality Group"}


class Engaged(StrEnum):
    """How far it has come that somebody with a stake is brought in (MEM-23)."""

    PLANNED = "planned"
    IN_PLACE = "in_place"
    ENDED = "ended"


ENGAGED: Mapping[Engaged, str] = {
    Engaged.PLANNED: "Not yet in place",
    Engaged.IN_PLACE: "In place",
    Engaged.ENDED: "No longer needed",
}

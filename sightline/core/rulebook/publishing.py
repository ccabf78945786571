"""What may leave the house, and who clears it: the public key points of a meeting beside its restricted note."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.clocks import Setting, understood
from sightline.core.rulebook.shapes import Entry, Part, Words


class Text(StrEnum):
    """From what public key points are made."""

    WRITTEN_APART = "written-apart"  # a text of its own, in which nothing of the note stands by itself
    MARKED = "marked"  # what the note marks as fit to be published, to begin with


class ClearedBy(StrEnum):
    """Who clears key points before they are public."""

    ANOTHER = "another"  # anybody who may, but whoever wrote them
    CHAIR = "chair"  # whoever chairs, and nobody else


SETTINGS: Mapping[str, type[StrEnum]] = {"text": Text, "cleared_by": ClearedBy}


class KeyPoints(Entry):
    """How key points are public and what was said stays confidential (SQG 2022 §3.10; QSG 2017 ¶92)."""

    says: Words
    settings: tuple[Setting, ...] = Field(description="Read as")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        understood(self.settings, SETTINGS, "key_points")
        return self

    @property
    def text(self) -> Text:
        """From what they are made."""
        return Text(self._chosen("text"))

    @property
    def cleared_by(self) -> ClearedBy:
        """Who clears them."""
        return ClearedBy(self._chosen("cleared_by"))

    def may_clear(self, *, wrote: bool, chairs: bool) -> bool:
        """This function will say whether somebody may clear key points, by whether they wrote them and whether they chair."""
        return chairs if self.cleared_by is ClearedBy.CHAIR else not wrote

    def _chosen(self, setting: str) -> str:
        return next(one.chosen for one in self.settings if one.id == setting)


class Publication(Part):
    """What may leave the house."""

    key_points: KeyPoints = Field(description="Key points of meetings")


PARTS: Mapping[str, type[Part]] = {"publication": Publication}

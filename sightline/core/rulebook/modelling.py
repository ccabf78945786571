"""How national documents order work on quality: themes, kinds of work and steps, as each was told. Read, and not enforced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class QualityModelMember(Entry):
    """One theme, kind of work or step; ``number`` where the document counts them."""

    id: Id
    number: int | None = Field(default=None, ge=1, le=99, description="Number")
    name: Name
    says: Words


class QualityModel(Entry):
    """One way of ordering. It holds the members that the document names, which may be fewer than there are."""

    id: Id
    name: Name
    says: Words
    told_on: date = Field(description="Told on")
    members: tuple[QualityModelMember, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("member", (one.id for one in self.members))
        only_once("number", (str(one.number) for one in self.members if one.number))
        return self


class QualityModels(Part):
    """Every way of ordering that stands beside one guidance (CQC-02, CQC-04, CQC-05; QSG 2017 ¶12)."""

    models: tuple[QualityModel, ...] = Field(min_length=1, description="Ways of ordering")

    @model_validator(mode="after")
    def _models_once(self) -> Self:
        only_once("way of ordering", (one.id for one in self.models))
        return self

    def model(self, model_id: str) -> QualityModel | None:
        """This function will find a way of ordering by its id."""
        return next((one for one in self.models if one.id == model_id), None)


PARTS: Mapping[str, type[Part]] = {"quality_models": QualityModels}

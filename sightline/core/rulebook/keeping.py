"""How long formal records are kept, by when a request for information is answered, and what may be withheld."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class RecordKind(StrEnum):
    """Every kind of formal record that is kept here (SQG 2022 Annex A)."""

    NOTE = "note"  # of a meeting that was held
    KEY_POINTS = "key-points"  # as they were released to the public
    REPORT = "report"  # a version as it was frozen
    DECISION = "decision"  # on a level
    RISK = "risk"  # once it was closed
    PLAN = "plan"  # an improvement plan, once it ended
    REVIEW = "review"  # a Rapid Quality Review, once it was closed
    REQUEST = "request"  # for information, once it was closed


class RetentionClass(Entry):
    """Records that are kept equally long. Without ``years`` no period is laid down, and none may be disposed of."""

    id: Id
    name: Name
    says: Words = Field(description="What is in it")
    kinds: tuple[RecordKind, ...] = Field(min_length=1, description="Records")
    years: int | None = Field(default=None, ge=1, le=100, description="Kept for so many years")
    begins: Words = Field(description="Counted from")


class Retention(Part):
    """The retention schedule of a house (SQG 2022 Annex A, Meeting management)."""

    classes: tuple[RetentionClass, ...] = Field(min_length=1, description="Classes of record")

    @model_validator(mode="after")
    def _each_kind_once(self) -> Self:
        only_once("class", (one.id for one in self.classes))
        only_once("kind of record", (kind.value for one in self.classes for kind in one.kinds))
        if missing := set(RecordKind) - {kind for one in self.classes for kind in one.kinds}:
            raise ValueError(f"no class holds the records of kind “{min(one.value for one in missing)}”")
        return self

    def class_of(self, kind: RecordKind) -> RetentionClass:
        """This function will give the class of a kind of record: each has one."""
        return next(one for one in self.classes if kind in one.kinds)


class RequestKind(StrEnum):
    """Under which law somebody asks."""

    FOI = "foi"  # anybody, for what a public body holds
    SAR = "sar"  # a person, for what is held about them


class Regime(Entry):
    """By when a request under a law is answered: so many working days, or so many months, after it came."""

    kind: RequestKind
    name: Name
    says: Words
    working_days: int | None = Field(default=None, ge=1, le=100, description="Working days")
    months: int | None = Field(default=None, ge=1, le=12, description="Months")

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.working_days is None) == (self.months is None):
            raise ValueError(f"“{self.kind.value}”: give “working_days” or “months”, one of the two")
        return self


class Exemption(Entry):
    """A ground on which a passage may be withheld; one that is ``qualified`` is weighed against the public interest."""

    id: Id
    kind: RequestKind = Field(description="Under")
    name: Name
    says: Words
    qualified: bool = Field(default=False, description="Weighed against the public interest")


class BankHolidays(Entry):
    """Days on which nobody is expected to work beside Saturdays and Sundays, as far as they are announced."""

    says: Words
    days: tuple[date, ...] = Field(min_length=1, description="Days")
    known_to: date = Field(description="Announced to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        only_once("day", (one.isoformat() for one in self.days))
        if max(self.days) > self.known_to:
            raise ValueError("a day lies after the one to which they are announced")
        return self


class Disclosure(Part):
    """How requests for information are answered (QSG 2017 ¶115, ¶137 and ¶138)."""

    regimes: tuple[Regime, ...] = Field(min_length=1, description="Laws")
    exemptions: tuple[Exemption, ...] = Field(min_length=1, description="Grounds for withholding")
    bank_holidays: BankHolidays = Field(description="Bank holidays in England")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("law", (one.kind.value for one in self.regimes))
        only_once("ground", (one.id for one in self.exemptions))
        if missing := set(RequestKind) - {one.kind for one in self.regimes}:
            raise ValueError(f"it is not said by when “{min(one.value for one in missing)}” is answered")
        return self

    def regime(self, kind: RequestKind) -> Regime:
        """This function will give the law of a kind of request: each has one."""
        return next(one for one in self.regimes if one.kind is kind)

    def exemption(self, kind: RequestKind, exemption_id: str) -> Exemption | None:
        """This function will find a ground by its id, among those of a kind of request."""
        return next((one for one in self.exemptions if one.kind is kind and one.id == exemption_id), None)


PARTS: Mapping[str, type[Part]] = {"retention": Retention, "disclosure": Disclosure}

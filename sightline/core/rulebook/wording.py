"""The dictionary of themes, and the prompts that send a matter to whoever must hear of it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once
from sightline.core.signals import ROWS, Dimension

Phrase = Annotated[str, Field(min_length=3, max_length=80)]
_WORD = r"[^\W_]+(?:[-'&/][^\W_]+)*'?"
_PHRASE = re.compile(rf"(?:{_WORD} )*(?:{_WORD}|(?:[^\W_]+[-&/])*[^\W_]{{2,}}\*)")


class Theme(Entry):
    """One theme and the phrases by which it is recognised.

    A phrase is lower-case words with one space between them and straight apostrophes; a star at its end stands for
    any ending. Where an ``exclude`` phrase covers the place of a match, the match does not count.
    """

    id: Id
    name: Name
    rows: tuple[Dimension, ...] = Field(min_length=1, description="Dimensions of quality")
    phrases: tuple[Phrase, ...] = Field(min_length=1, description="Recognised by")
    exclude: tuple[Phrase, ...] = Field(default=(), description="But not in")

    @field_validator("rows")
    @classmethod
    def _of_the_matrix(cls, rows: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
        astray = [row for row in rows if row not in ROWS]
        if astray:
            raise ValueError(f"“{astray[0].value}” is no row; the rows are {', '.join(row.value for row in ROWS)}")
        only_once("row", rows)
        return rows

    @field_validator("phrases", "exclude")
    @classmethod
    def _plain(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if phrase != phrase.casefold():
                raise ValueError(f"“{phrase}” must be in small letters")
            if not _PHRASE.fullmatch(phrase):
                raise ValueError(
                    f"“{phrase}” must be plain words, single spaces, and a * at the end alone, after two letters or more"
                )
        only_once("phrase", phrases)
        return phrases


class Themes(Part):
    """The dictionary of themes for feedback and for coroners' concerns (DAT-10, INT-13; SQG 2022 §4.2)."""

    version: int = Field(ge=1, le=100_000, description="Version of the dictionary")
    themes: tuple[Theme, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("theme", (one.id for one in self.themes))
        return self

    def theme(self, theme_id: str) -> Theme | None:
        """This function will find a theme by its id."""
        return next((one for one in self.themes if one.id == theme_id), None)


class PromptKind(StrEnum):
    """Which way a matter may have to go."""

    SAFEGUARDING = "safeguarding"
    REGULATOR = "regulator"
    OTHER_GROUP = "other_group"
    BUSINESS_AS_USUAL = "business_as_usual"


class Destination(Entry):
    """A kind of body that a matter may be passed to."""

    id: Id
    name: Name


class Prompt(Entry):
    """A question put to whoever records a matter, and where it goes if the answer is yes."""

    id: Id
    kind: PromptKind = Field(description="Which way")
    asks: Words = Field(description="The question")
    says: Words = Field(description="What to do")
    bodies: tuple[Destination, ...] = Field(min_length=1, description="Whom to tell")


class SafeguardingPrompts(Part):
    """Prompts that a matter is not only discussed (SAF-01, SAF-02, INT-07, INT-09, INT-10)."""

    prompts: tuple[Prompt, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("prompt", (one.id for one in self.prompts))
        return self

    def of_kind(self, kind: PromptKind) -> tuple[Prompt, ...]:
        """This function will give the prompts that lead one way."""
        return tuple(one for one in self.prompts if one.kind is kind)

"""What each kind of member is there for: a card of duties for whoever sits on such a seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Strict, Words, only_once


class RoleDuty(Strict):
    """One thing that such a member does. The card says where it comes from."""

    id: Id
    says: Words


class RoleCard(Entry):
    """What is asked of those on some seats of some types of group (MEM-15, MEM-20); no seat named means every member.

    Whoever chairs in the name of a body has the card of that body’s members too.
    """

    id: Id
    title: Name
    kinds: tuple[Id, ...] = Field(min_length=1, description="In groups of the types")
    seats: tuple[Id, ...] = Field(default=(), description="For whoever sits as")
    chairing: tuple[Slot, ...] = Field(default=(), description="For whoever chairs in the name of")
    posts: tuple[Name, ...] = Field(default=(), description="Posts from which they may come")
    duties: tuple[RoleDuty, ...] = Field(min_length=1, description="What they do")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("type of a card", self.kinds)
        only_once("seat of a card", self.seats)
        if self.chairing and not self.seats:
            raise ValueError(f"“{self.id}” is for every member, and so for whoever chairs")
        only_once("duty", (one.id for one in self.duties))
        return self


class RoleCards(Part):
    """The cards of one guidance."""

    cards: tuple[RoleCard, ...] = Field(min_length=1, description="Cards")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("card", (one.id for one in self.cards))
        return self

    def of(self, kind: str, category: str, chairs_for: Slot | None = None) -> tuple[RoleCard, ...]:
        """This function will give the cards of whoever sits on a seat: its own first, then those of every member.

        ``chairs_for`` is in whose name they chair, where they do.
        """
        here = [one for one in self.cards if kind in one.kinds]
        own = [one for one in here if category in one.seats or chairs_for in one.chairing]
        return (*own, *(one for one in here if not one.seats))


PARTS: Mapping[str, type[Part]] = {"role_cards": RoleCards}

"""How a group meets: how often, who must be there for it to decide, and what stands on every agenda."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.clocks import Setting, Unit
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.shapes import Entry, Id, Name, Words, only_once


class Cadence(Entry):
    """How often, at the least. Where a guidance names no interval there is none here."""

    value: int = Field(ge=1, le=24, description="At least once in")
    unit: Unit = Field(description="Counted in")
    force: Force = Field(default=Force.MUST, description="How strongly")
    reviewed_every_months: int | None = Field(
        default=None, ge=1, le=60, description="Looked at again after so many months"
    )
    says: Words


class Constituency(Entry):
    """One seat from which somebody is there, or several, or the group is not quorate (QUO-05)."""

    seat: Id = Field(description="Seat")
    at_least: int = Field(default=1, ge=1, le=9, description="At least")
    note: Words | None = Field(default=None, description="How it is read")


class Outside(Entry):
    """What may be decided all the same where a meeting was not quorate."""

    says: Words


class Heads(StrEnum):
    """What counts as one member (QUO-03)."""

    PERSON = "person"
    SEAT = "seat"
    ORGANISATION = "organisation"


class Vacancies(StrEnum):
    """Whether a seat on which nobody sits belongs to the members of which a share is needed (QUO-03)."""

    LEFT_OUT = "left-out"
    COUNTED = "counted"


class Limbs(StrEnum):
    """For how many of the seats that must be there one person may count (QUO-04)."""

    ONE = "one"
    EVERY = "every"


class Agreement(StrEnum):
    """Who has to agree to what is decided outside a meeting (QUO-09)."""

    EVERY_SEAT = "every-seat"  # the number, and among them each seat that must be there
    NUMBER = "number"  # the number alone


class Route(StrEnum):
    """When something may be decided outside a meeting (QUO-10)."""

    AFTER_INQUORATE = "after-inquorate"
    ANY_URGENT = "any-urgent"


class Binding(StrEnum):
    """Whether a meeting that is not quorate may decide (QUO-01, QUO-06; SQG 2022 §3.20 beside Annex A, Quoracy)."""

    MUST = "must"  # what it takes up is only discussed
    RECOMMENDED = "recommended"  # what it decides stands, and is marked for everybody to see


# Which settings the rules of a quorum read, and what they understand; the first of each is taken where none is chosen.
SETTINGS: Mapping[str, type[StrEnum]] = {
    "heads": Heads,
    "vacancies": Vacancies,
    "limbs": Limbs,
    "agreement": Agreement,
    "route": Route,
    "binding": Binding,
}


class Quorum(Entry):
    """When a group is quorate: a share of its members, a number of them, and somebody from each of some seats.

    What the guidance leaves open of it is a setting in sight; one that is not there is read in the first way.
    """

    share: int | None = Field(default=None, ge=1, le=100, description="Per cent of members, at least")
    at_least: int | None = Field(default=None, ge=1, le=99, description="Members, at least")
    of_each: tuple[Constituency, ...] = Field(default=(), description="Somebody from each of")
    says: Words
    settings: tuple[Setting, ...] = Field(default=(), description="Read as")
    outside: Outside | None = Field(default=None, description="Where it is not reached")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        only_once("seat in the quorum", (one.seat for one in self.of_each))
        if self.share is None and self.at_least is None and not self.of_each:
            raise ValueError("a quorum asks for something: “share”, “at_least” or “of_each”; without one, leave it out")
        _understood(self.settings)
        return self

    @property
    def heads(self) -> Heads:
        """What counts as one member."""
        return Heads(self._chosen("heads", Heads.PERSON))

    @property
    def vacancies(self) -> Vacancies:
        """Whether a vacant seat counts among the members."""
        return Vacancies(self._chosen("vacancies", Vacancies.LEFT_OUT))

    @property
    def limbs(self) -> Limbs:
        """For how many of the seats that must be there one person counts."""
        return Limbs(self._chosen("limbs", Limbs.ONE))

    @property
    def agreement(self) -> Agreement:
        """Who has to agree outside a meeting."""
        return Agreement(self._chosen("agreement", Agreement.EVERY_SEAT))

    @property
    def route(self) -> Route:
        """When something may be decided outside a meeting."""
        return Route(self._chosen("route", Route.AFTER_INQUORATE))

    @property
    def binding(self) -> Binding:
        """Whether a meeting that is not quorate may decide."""
        return Binding(self._chosen("binding", Binding.MUST))

    def _chosen(self, setting: str, otherwise: StrEnum) -> str:
        return next((one.chosen for one in self.settings if one.id == setting), otherwise.value)


def _understood(settings: tuple[Setting, ...]) -> None:
    only_once("setting", (one.id for one in settings))
    for one in settings:
        if one.id not in SETTINGS:
            known = ", ".join(f"“{name}”" for name in SETTINGS)
            raise ValueError(f"a quorum has no setting “{one.id}”; its rule reads {known}")
        strange = {choice.id for choice in one.choices} - {word.value for word in SETTINGS[one.id]}
        if strange:
            raise ValueError(f"“{one.id}” offers “{min(strange)}”, which its rule does not understand")


class Moment(StrEnum):
    """Where on an agenda an item stands."""

    OPENING = "opening"
    BETWEEN = "between"
    CLOSING = "closing"


class Gathers(StrEnum):
    """What Sightline puts under a standing item by itself."""

    INTERESTS = "interests"
    LAST_NOTE = "last-note"
    FEEDBACK = "feedback"  # from the group above
    ACTIONS = "actions"
    SUBJECTS = "subjects"  # at a level that is looked at in each meeting
    ESCALATIONS = "escalations"
    THEMES = "themes"
    CONCLUSIONS = "conclusions"


class Prompt(Entry):
    """A question that a group looks to answer in each of its meetings (MTG-27)."""

    id: Id
    asks: Words = Field(description="It asks")


class IntakeCheck(Entry):
    """A question to whoever brings a matter to a group; the matter belongs there where each is answered yes (MTG-30)."""

    id: Id
    asks: Words = Field(description="It asks")


class WritingAdvice(Entry):
    """How the note of a meeting is written; advice to whoever writes, which nothing enforces (REC-11)."""

    id: Id
    says: Words


class StandingItem(Entry):
    """What stands on the agenda of every meeting."""

    id: Id
    title: Name
    says: Words = Field(description="What it is for")
    moment: Moment = Field(default=Moment.BETWEEN, description="When in the meeting")
    has_responsible: bool = Field(default=False, description="A member is named who is responsible")
    gathers: Gathers | None = Field(default=None, description="Filled by Sightline with")
    force: Force = Field(default=Force.SHOULD, description="How strongly")


def fits_together(
    kind: str,
    cadence: Cadence | None,
    quorum: Quorum | None,
    items: tuple[StandingItem, ...],
    seats: Collection[str],
) -> None:
    """This function will raise ValueError where how a type of group meets does not fit the rest of the type."""
    only_once("standing item", (one.id for one in items))
    only_once("title of a standing item", (one.title.casefold() for one in items))
    only_once("thing that a standing item is filled with", (one.gathers for one in items if one.gathers))
    if cadence is not None and cadence.unit is not Unit.MONTHS:
        raise ValueError(f"“{kind}”: how often a group meets is counted in months")
    for one in quorum.of_each if quorum else ():
        if one.seat not in seats:
            raise ValueError(f"“{kind}” counts the seat “{one.seat}” for its quorum, which it does not have")

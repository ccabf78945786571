"""Actions for tests: a group with its log and who sits in it, and actions that somebody of the world raised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.actions import operations
from sightline.actions.giving import Owner, Stated
from sightline.actions.models import Action, ActionClosing
from sightline.core.access import Grant, Role
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.groups.models import Group
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world

DUE = TODAY + timedelta(days=30)
IMPACT = "Calls are answered within five minutes, day and night."


@dataclass(frozen=True)
class Log:
    """A system's group with its log, the world around it, and somebody who sits in it and somebody who does not."""

    world: World
    group: Group
    seated: Person
    unseated: Person


def a_log() -> Log:
    """This function will make the quality group of a system, in which one member and the region sit."""
    world = a_world()
    group = a_group(world.board, name="Lantern quality group")
    for person in (world.member, world.regional):
        a_seating(a_seat(group, f"Seat of {person.display_name}", SeatPart.MEMBER), person)
    unseated = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Una Unseated")
    return Log(world, group, world.member, unseated)


def a_stated(**more: Any) -> Stated:
    """This function will make the words of an action that says all that it should."""
    plain: dict[str, Any] = {
        "issue": "Calls for help are not answered at night.",
        "resolution": "Put a second nurse on each ward from ten at night.",
        "kind": ActionKind.SUPPORT,
        "done_when": "The rota of each ward shows two nurses for four weeks.",
    }
    return Stated(**{**plain, **more})


def an_owner(log: Log, person: Person | None = None, **more: Any) -> Owner:
    """This function will make an owner: the member who sits in the group, in the name of the board."""
    return Owner(**{"organisation": log.world.board, "person": person or log.seated, **more})


def an_action(log: Log, by: Person | None = None, **more: Any) -> Action:
    """This function will have somebody raise an action: the secretary, unless another is named."""
    given = {
        "group": log.group,
        "stated": a_stated(),
        "owner": an_owner(log),
        "due_on": DUE,
        "form_key": uuid4(),
        **more,
    }
    return operations.raise_action(by=by or log.world.secretary, at=timezone.now(), **given)


def closed(log: Log, action: Action, **more: Any) -> ActionClosing:
    """This function will have the secretary close an action with its impact."""
    given = {"outcome": Outcome.DONE, "impact": IMPACT, "form_key": uuid4(), **more}
    return operations.close_action(by=log.world.secretary, at=timezone.now(), action=action, **given)

"""The kinds of message about actions: their words, which name no body and no matter, and whose each action is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.actions.models import Action
from sightline.core.access import Permission, may
from sightline.notify.kinds import Kind, make_known

ACTION_YOURS = "action-yours"
ACTION_DUE_SOON = "action-due-soon"
ACTION_OVERDUE = "action-overdue"


def may_open_own(person: Person, record: str, on: date) -> bool:
    """This function will say whether an action is still somebody's own, and open, when word of it is sent."""
    own = Action.objects.owned_by(person).now_open().filter(pk=UUID(record))
    return bool(may(person, Permission.SEE_MEETINGS, on)) and own.exists()


def register() -> None:
    """This function will make the kinds of this stage known."""
    make_known(
        Kind(
            ACTION_YOURS,
            "You have an action",
            "A group agreed on an action, and you are its owner.",
            "You are the owner of {count} more actions that a group agreed.",
            may_open_own,
        ),
        Kind(
            ACTION_DUE_SOON,
            "An action of yours is due within a week",
            "An action that you own is due within a week.",
            "{count} actions that you own are due within a week.",
            may_open_own,
        ),
        Kind(
            ACTION_OVERDUE,
            "An action of yours is overdue",
            "The day by which an action of yours was to be done has passed.",
            "The days by which {count} of your actions were to be done have passed.",
            may_open_own,
        ),
    )

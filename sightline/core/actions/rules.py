"""Who may own an action, and what raising, moving, closing and reopening one asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sightline.core.actions.facts import Owning
from sightline.core.verdict import ALLOWED, Verdict, refused

NO_POWERS = "GRP-13; SQG 2022 Annex A; QSG 2017 ¶23"
CLEAR_OWNER = "ACT-06; SQG 2022 §3.10"
IMPACT = "ACT-04; SQG 2022 §3.10"
_EVERYBODY = frozenset(
    {
        "all", "all members", "all partners", "everybody", "everyone", "group", "members", "qsg", "sqg", "rqg", "qag",
        "quality surveillance group", "system quality group", "regional quality group", "place quality group",
    }
)  # fmt: skip


def may_own(owning: Owning, groups: Iterable[str]) -> Verdict:
    """This function will say whether somebody may own an action; ``groups`` are the names of groups.

    A group has no executive power, so it never owns one: a person does, in the name of an organisation and under its own
    powers (GRP-13, ACT-06, ACT-07; QSG 2017 ¶23, ¶35, ¶119).
    """
    if is_group(owning.name, groups) or is_group(owning.organisation, ()):
        return the_group()
    if not owning.organisation.strip():
        return refused("Name the organisation under whose own powers it is done: the group has none.", NO_POWERS)
    if not owning.has_account and not owning.name.strip():
        return refused("Name the person who takes it forward.", CLEAR_OWNER)
    if owning.has_account and owning.name.strip():
        return refused("An action has one owner. Choose somebody, or give a name, and not both.", CLEAR_OWNER)
    return ALLOWED


def is_group(words: str, groups: Iterable[str]) -> bool:
    """This function will say whether words name a group, or everybody at once, instead of somebody."""
    return _plain(words) in ({_plain(one) for one in groups} | _EVERYBODY) - {""}


def the_group() -> Verdict:
    """This function will refuse the group as an owner, and say whom to name instead (GRP-13)."""
    return refused(
        "The group cannot own an action: it has no powers of its own. Name a person, and the organisation under whose "
        "powers they act.",
        NO_POWERS,
    )


def may_raise(raised_on: date, due_on: date, on: date) -> Verdict:
    """This function will say whether an action may bear these days (ACT-03; SQG 2022 §3.10)."""
    if raised_on > on:
        return refused("The day on which it was raised is still to come.")
    if due_on < raised_on:
        return refused("It would be due before it was raised. Choose a later day.")
    return ALLOWED


def may_move(raised_on: date, due_on: date, *, is_closed: bool) -> Verdict:
    """This function will say whether an action may be made due on another day."""
    if is_closed:
        return closed()
    if due_on < raised_on:
        return refused("It would be due before it was raised. Choose a later day.")
    return ALLOWED


def may_close(raised_on: date, closed_on: date, on: date, impact: str, *, is_closed: bool) -> Verdict:
    """This function will say whether an action may be closed: never without its impact (ACT-04; SQG 2022 §3.10)."""
    if is_closed:
        return refused("Somebody closed it already. Read what they wrote before you change it.")
    if not impact.strip():
        return refused("Say what changed because of it. An action is not closed without its impact.", IMPACT)
    if closed_on > on:
        return refused("The day on which it was closed is still to come.")
    if closed_on < raised_on:
        return refused("It would be closed before it was raised. Choose a later day.")
    return ALLOWED


def may_reopen(*, is_closed: bool) -> Verdict:
    """This function will say whether an action may be opened again."""
    return ALLOWED if is_closed else refused("It is open.")


def closed() -> Verdict:
    """This function will refuse to change what is closed, and say what to do instead."""
    return refused("This action is closed. Open it again first, if it is not settled after all.")


def _plain(words: str) -> str:
    """A name however it is spelt, without its article."""
    return " ".join(words.casefold().replace("’", "'").split()).removeprefix("the ").rstrip(".")

"""The words of the action log: what kind of action it is, what came of it, and who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActionKind(StrEnum):
    """What is done by whoever owns the action, under the powers of their own organisation (ACT-07; QSG 2017 ¶23)."""

    SUPPORT = "support"
    PERFORMANCE = "performance"
    CONTRACT = "contract"
    REGULATION = "regulation"
    INVESTIGATION = "investigation"
    INFORMATION = "information"
    COMMUNICATION = "communication"


class Outcome(StrEnum):
    """What became of an action that was closed. The guidance knows only “closed”; this is the house's own."""

    DONE = "done"
    PARTLY = "partly"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Owning:
    """Who is to own an action: somebody, by account or by name, and the organisation in whose name they act."""

    organisation: str = ""  # its name
    has_account: bool = False
    name: str = ""  # of somebody who has no account here

"""The operator: whoever works at the server's own command line, as rules and the event log know them."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.core.access import Grant, Role


@dataclass(frozen=True, slots=True)
class Operator:
    """An Actor who needs no account: the right to run commands on the server is the sign-in."""

    login: str

    @property
    def actor_id(self) -> str:
        """This function will give the name under which the server knows them."""
        return f"operator:{self.login}"[:80]

    @property
    def grants(self) -> Sequence[Grant]:
        """This function will give the operator's one role, in force for ever."""
        return (Grant(Role.OPERATOR),)


def operator() -> Operator:
    """This function will give whoever runs this command."""
    try:
        return Operator(getpass.getuser())
    except (KeyError, OSError):  # a container may run under a number that has no name
        return Operator("unknown")

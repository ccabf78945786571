"""What a person gives to an operation about an action, once a form has been understood; and why it may come too late."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.accounts.models import Person
from sightline.core.actions.facts import ActionKind, Owning
from sightline.core.verdict import Invalid
from sightline.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class Stated:
    """What an action says: what it answers, what is to be done, and how one will know that it is done."""

    issue: str
    resolution: str
    kind: ActionKind
    done_when: str = ""
    disagreement: str = ""  # where a dissenting member committed to it alone: about what, and why (ACT-09)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything in it that a person typed."""
        return tuple(filter(None, (self.issue, self.resolution, self.done_when, self.disagreement)))


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is to take an action forward: somebody with an account, or a name; and whose powers they use."""

    organisation: Organisation | None
    person: Person | None = None
    name: str = ""

    @property
    def owning(self) -> Owning:
        """The owner as the rules take it."""
        body = self.organisation.name if self.organisation else ""
        return Owning(body, self.person is not None, self.name)


class Overtaken(Invalid):
    """Somebody else worded the action anew meanwhile: whoever comes second looks again."""

"""Milestones of a plan: what may be noted of one, how it stands by what was noted, and how far all of them have come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.verdict import Reason, Verdict

ANNEX_C = "NQB risk response 2022, Annex C, Purpose"
PROVIDERS = "NQB risk response 2022, Annex C, Responsibilities of members"


class Progress(StrEnum):
    """How far a milestone has come (PLN-07)."""

    UNDER_WAY = "under-way"
    IN_DOUBT = "in-doubt"  # it may not be reached (QIG-05)
    MISSED = "missed"  # it will not be reached
    REACHED = "reached"


class Lasts(StrEnum):
    """Whether what a milestone changed is embedded and will last (PLN-07)."""

    NOT_YET = "not-yet"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry about a milestone as it was written, by the group or by the provider concerned."""

    progress: Progress
    says: str = ""
    evidence: str = ""
    assured_by: str = ""
    assured_how: str = ""
    lasts: Lasts = Lasts.NOT_YET
    is_providers: bool = False

    @property
    def is_assured(self) -> bool:
        """Whether somebody other than whoever did the work saw that it was reached, in the way that was agreed."""
        return bool(self.assured_by.strip() and self.assured_how.strip())


def may_note(noted: Noted) -> Verdict:
    """This function will say whether an entry may be kept, with everything that it lacks.

    What is reached is shown by evidence, and lasts only where somebody assured it directly (PLN-07; NQB risk response
    2022, Annex C, Purpose). Whoever doubts that it will be reached says why, and what is done about it (QIG-05).
    """
    is_reached = noted.progress is Progress.REACHED
    wrong: list[Reason] = []
    if is_reached and not noted.evidence.strip():
        wrong.append(Reason("Give the evidence by which one sees that it is reached.", ANNEX_C))
    if noted.progress in {Progress.IN_DOUBT, Progress.MISSED} and not noted.says.strip():
        wrong.append(Reason("Say why it may not be reached, and what is done about it.", PROVIDERS))
    if bool(noted.assured_by.strip()) != bool(noted.assured_how.strip()):
        wrong.append(Reason("Give both who assured it and how.", ANNEX_C))
    if noted.is_assured and not is_reached:
        wrong.append(
            Reason("Only what is reached can be assured. Choose “Reached”, or leave the assurance out.", ANNEX_C)
        )
    if noted.lasts is Lasts.YES and not (is_reached and noted.is_assured):
        wrong.append(Reason("That it lasts is said of what is reached, with who assured it and how.", ANNEX_C))
    if noted.is_providers and (noted.assured_by.strip() or noted.assured_how.strip() or noted.lasts is Lasts.YES):
        wrong.append(Reason("The group assures what the provider reached. Leave the assurance to it.", ANNEX_C))
    return Verdict(tuple(wrong))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a milestone stands on a day.

    ``progress`` is what the group noted last, None before it noted anything. ``provider`` is what the provider wrote
    since then, None where it wrote nothing since.
    """

    progress: Progress | None = None
    is_assured: bool = False
    lasts: Lasts = Lasts.NOT_YET
    provider: Progress | None = None
    is_overdue: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether the group holds it to be reached."""
        return self.progress is Progress.REACHED

    @property
    def is_done(self) -> bool:
        """Whether it is reached, assured, and will last."""
        return self.is_reached and self.is_assured and self.lasts is Lasts.YES

    @property
    def is_in_doubt(self) -> bool:
        """Whether the group or, since, the provider says that it may not or will not be reached."""
        doubts = {Progress.IN_DOUBT, Progress.MISSED}
        return self.progress in doubts or self.provider in doubts


def standing(entries: Sequence[Noted], due_on: date | None, on: date) -> Standing:
    """This function will say how a milestone stands by its entries, the oldest first (PLN-07)."""
    own = [place for place, one in enumerate(entries) if not one.is_providers]
    newest = entries[own[-1]] if own else None
    since = entries[own[-1] + 1 :] if own else entries
    is_reached = newest is not None and newest.progress is Progress.REACHED
    return Standing(
        progress=newest.progress if newest else None,
        is_assured=newest.is_assured if newest else False,
        lasts=newest.lasts if newest else Lasts.NOT_YET,
        provider=since[-1].progress if since else None,
        is_overdue=bool(due_on and due_on < on and not is_reached),
    )


@dataclass(frozen=True, slots=True)
class Activity:
    """How far the work has come: counts of milestones, which say nothing of its effect."""

    all: int
    reached: int
    lasting: int
    in_doubt: int
    overdue: int

    @property
    def is_complete(self) -> bool:
        """Whether there are milestones, and each is reached and will last."""
        return bool(self.all) and self.lasting == self.all


def activity(standings: Iterable[Standing]) -> Activity:
    """This function will count how far the milestones of a plan have come."""
    found = list(standings)
    return Activity(
        all=len(found),
        reached=sum(one.is_reached for one in found),
        lasting=sum(one.is_done for one in found),
        in_doubt=sum(one.is_in_doubt and not one.is_reached for one in found),
        overdue=sum(one.is_overdue for one in found),
    )

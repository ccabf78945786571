"""Sides, statuses and signals in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sightline.core.signals import Bearing
from sightline.core.triangulation.profiling import Side, Status
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Signal
from sightline.indicators.presenters.words import TAG, sentence
from sightline.web.wording import day, plural

SIDE = {Side.COMMISSIONER: "Commissioner’s side", Side.PROVIDER: "Provider’s side"}
STATUS = {
    Status.DRAFT: ("Draft", "nhsuk-tag--grey", "Not shared with the provider yet."),
    Status.SHARED: ("Shared", "nhsuk-tag--blue", "Shared with the provider, and not signed as it now stands."),
    Status.SIGNED_BY_ONE: ("Signed by one side", "nhsuk-tag--yellow", "One side has signed it as it now stands."),
    Status.AGREED: ("Agreed", "nhsuk-tag--green", "Both sides have signed it as it now stands."),
    Status.SUPERSEDED: ("Superseded", "nhsuk-tag--grey", "A newer profile has taken its place."),
}
HANDLING = "For members of the group and the provider concerned. Not for publication."
HANDLING_MEMBERS = "For members of the group. Holds what the provider has not been given. Not for publication."
# Who answers for the risk: the group that draws a profile up does not (RSK-12).
DUTY = (
    "The group looks into risk and has no statutory duty to manage it. For health care, independent providers included, "
    "the integrated care board answers, unless the risk falls under the council’s own assurance, such as safeguarding."
)
DUTY_SOURCE = "SQG 2022 §3.12, §5.1"
UNKNOWN = "somebody no longer listed"


def signal_words(signals: Sequence[Signal], catalogue: Mapping[str, Indicator]) -> list[str]:
    """This function will write each signal in one line, as it is kept with a profile."""
    return [
        f"{TAG[Bearing(one.bearing)][0]}: {catalogue[one.measure].name}. {sentence(one, catalogue[one.measure])}"
        for one in signals
        if one.measure in catalogue
    ]


def named(actor_id: str, names: Mapping[str, str]) -> str:
    """This function will name whoever did something."""
    return names.get(actor_id, UNKNOWN)


def due_words(due: date | None, is_overdue: bool) -> str:
    """This function will say when the measures are due for review."""
    if due is None:
        return ""
    return f"Overdue since {day(due)}" if is_overdue else f"Due by {day(due)}"


def how_late(due: date, on: date) -> str:
    """This function will say how many days a review is late, or how many are left."""
    days = (on - due).days
    if days > 0:
        return f"{plural(days, 'day')} late"
    return "due today" if days == 0 else f"in {plural(-days, 'day')}"


def stays(knowingly: str, explains: bool) -> str:
    """This function will say to those who keep the record why what looks like personal data stays in somebody's words."""
    return f"What looks like personal data stays: {knowingly}" if knowingly and explains else ""

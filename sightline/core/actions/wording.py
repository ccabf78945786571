"""Hints for a better wording of an action: specific, measurable, achievable, relevant, with a time. None stands in the way."""

from __future__ import annotations

import re
from datetime import date

from sightline.core.verdict import Reason

SMART = "ACT-03; SQG 2022 §3.10"
_FEW = 4  # words; a deed told in fewer leaves open what it is
_LONG = 183  # days: half a year, within which nobody would hear whether it is under way
_ENDLESS = (
    "consider",
    "discuss",
    "explore",
    "keep an eye",
    "liaise",
    "look into",
    "monitor",
    "raise awareness",
    "review",
)
_BEGINS = re.compile(rf"^(?:to\s+)?({'|'.join(_ENDLESS)})\b", re.IGNORECASE)


def hints(resolution: str, done_when: str, raised_on: date, due_on: date) -> tuple[Reason, ...]:
    """This function will say how an action could be worded better (ACT-03; SQG 2022 §3.10).

    That actions must be SMART is the guidance's word; by what one tells is not said there, and is local.
    """
    found = []
    if len(resolution.split()) < _FEW:
        found.append("Say in a sentence what is to be done, so that somebody who was not there understands it.")
    if endless := _BEGINS.match(resolution.strip()):
        found.append(f"“{endless[1].capitalize()}” has no end. Say what will be there once it is done.")
    if not done_when.strip():
        found.append("Say how one will know that it is done: what will be seen, counted or sent.")
    if (due_on - raised_on).days > _LONG:
        found.append("It is due in more than half a year. A first step with an earlier day would show that it moves.")
    return tuple(Reason(one, SMART) for one in found)

"""What a later stage does in the same deed when a concern is stated: each makes itself known here.

Surveillance knows of no duty. Whoever does gives, when the apps are ready, a function that is called once the concern
stands on record; what it writes is kept with the concern or not at all:

    afterwards.also_does(write_down_concern)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sightline.surveillance.models import Concern

Deed = Callable[[Concern, datetime], object]

_DEEDS: list[Deed] = []


def also_does(deed: Deed) -> None:
    """This function will have a stage act whenever a concern was stated, for the first time or anew."""
    if deed not in _DEEDS:
        _DEEDS.append(deed)


def concern_was_stated(concern: Concern, at: datetime) -> None:
    """This function will have every stage do what follows for it from a concern."""
    for deed in _DEEDS:
        deed(concern, at)

"""What a change of a rule would do before it takes effect, as later stages can tell: each makes itself known here.

The rulebook knows no level and no decision. Whoever does gives, when the apps are ready, a function for the parts that
it can speak of:

    previews.tells("clocks", what_other_clocks_would_do)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.core.access import Actor
from sightline.core.rulebook import Part


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one part of a guidance that nobody has kept yet; ``reader`` is who is told what it would do."""

    pack: str
    part: str
    before: Part
    after: Part
    on: date
    reader: Actor


Preview = Callable[[Change], Sequence[str]]

_TOLD: defaultdict[str, list[Preview]] = defaultdict(list)


def tells(part: str, preview: Preview) -> None:
    """This function will have a stage asked whenever a part of this name is about to change."""
    if preview not in _TOLD[part]:
        _TOLD[part].append(preview)


def is_told_of(part: str) -> bool:
    """This function will say whether any stage can tell what a change of a part would do."""
    return bool(_TOLD.get(part))


def what_it_would_do(change: Change) -> list[str]:
    """This function will gather what every stage says that a change would do, one sentence each (FRW-08)."""
    return [says for preview in _TOLD.get(change.part, ()) for says in preview(change)]

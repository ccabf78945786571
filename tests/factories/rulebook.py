"""Rules for tests: the text of a part as it counts, and a local version kept by operation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import yaml
from django.utils import timezone

from sightline.core.rulebook import Part, as_text
from sightline.rulebook.models import LocalPart
from sightline.rulebook.operations import change_part
from sightline.rulebook.queries import PartInForce, part_with_origin
from tests.factories.indicators import KEEPER


def in_force(name: str = "freshness") -> PartInForce:
    """This function will give a part as it counts today, which must be there."""
    found = part_with_origin(name, timezone.localdate())
    assert found is not None
    return found


def a_change(name: str = "freshness", old: str = "sources: 3", new: str = "sources: 4") -> str:
    """This function will give the text of a part with one thing changed."""
    text = as_text(in_force(name).content)
    assert old in text
    return text.replace(old, new)


def a_local_version(
    name: str = "freshness",
    content: str | Part = "",
    *,
    at: datetime | None = None,
    by: Any = KEEPER,
    because: str = "We decided so in March",
) -> LocalPart:
    """This function will keep a local version of a part, from the text or the part that is given."""
    now = in_force(name)
    text = content if isinstance(content, str) else as_text(content)
    return change_part(
        by=by,
        at=at or timezone.now(),
        pack=now.pack.id,
        part=name,
        content=text or a_change(name),
        derived_from=str(now.version),
        because=because,
    )


def a_clock_stopped(clock: str) -> LocalPart:
    """This function will switch a clock of the guidance in force off, as a house may."""
    told = yaml.safe_load(as_text(in_force("clocks").content))
    next(one for one in told["clocks"] if one["id"] == clock)["is_on"] = False
    return a_local_version("clocks", yaml.safe_dump(told, allow_unicode=True, sort_keys=False))

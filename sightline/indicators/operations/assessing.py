"""Having series assessed again, on purpose or after figures came in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.indicators.operations._reassessing import Assessed, reassess


@operation(Permission.ASSESS, on="")
def assess(*, by: Actor, at: datetime, indicators: set[str] | None = None) -> Assessed:
    """This function will assess every series of the indicators (None: of all) and write what is new (DAT-03)."""
    return reassess(indicators, at, settings.DATA_DIR)

"""The business cycle of the group that meets: its plan, moved and shortened, two themes, and a review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.meetings.cycle import ThemeKind
from sightline.directory.models import Subject
from sightline.directory.words import Sector
from sightline.meetings.models import (
    BusinessCycle,
    CycleReview,
    PlanEntry,
    PlanEntryDropped,
    PlanEntryMonth,
    ProposedTheme,
    ThemeAnswer,
)
from sightline.meetings.words import Reviewed
from tests.security.personas import HOME, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make a cycle that was agreed, with one of every row that belongs to it."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    group, today = cast.records["meeting"].group, timezone.localdate()
    cast.records["group that meets"] = group
    of: dict[str, Any] = {"group": group, "system": HOME, **wrote}
    cycle = BusinessCycle.objects.create(
        number=1, begins_on=today - timedelta(days=30), months=12, review_months=12, agreed_on=today, because="x",
        knowingly="x", form_key=uuid4(), **of,
    )  # fmt: skip
    for name in ("theme", "taken theme"):
        cast.records[name] = ProposedTheme.objects.create(
            kind=ThemeKind.POPULATION.value, title="x", why="x", proposed_by=cast.people["member"], knowingly="x",
            form_key=uuid4(), **of,
        )  # fmt: skip
    theme = cast.records["taken theme"]
    ThemeAnswer.objects.create(theme=theme, is_taken=True, because="x", knowingly="x", **wrote)
    about: dict[str, dict[str, Any]] = {
        "entry": {"is_sector": True, "sector": Sector.HOSPICE.value},
        "tied entry": {"subject": Subject.objects.get(key=SUBJECT)},
        "entry about a theme": {"theme": theme},
        "dropped entry": {"is_sector": True, "sector": Sector.PHARMACY.value},
    }
    for name, what in about.items():
        entry = cast.records[name] = PlanEntry.objects.create(cycle=cycle, why="x", knowingly="x", **what, **of)
        for number in (1, 2):
            PlanEntryMonth.objects.create(
                entry=entry, number=number, month=today.replace(day=1), because="x", knowingly="x", **wrote
            )
    PlanEntryDropped.objects.create(entry=cast.records["dropped entry"], because="x", knowingly="x", **wrote)
    CycleReview.objects.create(
        of=Reviewed.FREQUENCY.value, reviewed_on=today, says="x", knowingly="x", form_key=uuid4(), **of
    )

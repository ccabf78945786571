"""What the record holds of a subject at a moment, in words that are frozen into a paper: each line as its maker may know it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from sightline.actions.queries import actions_about
from sightline.core.access import Actor
from sightline.core.risks import Status
from sightline.core.signals import Bearing
from sightline.directory.models import Subject
from sightline.indicators.models import Signal
from sightline.meetings.models import AgendaItem
from sightline.meetings.operations._charting import SIGNAL
from sightline.meetings.queries.acting import agreed_apart
from sightline.risks.queries.known import AT_MOST, known_by
from sightline.surveillance.operations._freezing import canonical, signal_in_words
from sightline.web.wording import day, plural

Section = dict[str, Any]


def record_about(by: Actor, at: datetime, item: AgendaItem, subject: Subject) -> dict[str, Any]:
    """This function will gather the level, what is noticed, the concerns, the risks and the group's actions of a subject.

    Intelligence is left out: its passages keep their own handling, which a paper for a whole group does not.
    """
    today = timezone.localdate(at)
    known = known_by(by, today, subject, today)
    level = known.guidance.level_name(known.level) if known.level else ""
    worse = [one for one in known.signals if one.bearing == Bearing.CONCERN.value]
    lines = [one for one in actions_about(subject, by, today) if one.action.group_id == item.group_id]
    apart = agreed_apart([one.action.pk for one in lines])
    actions = [one for one in lines if one.action.pk not in apart]
    content = {
        "subject": {"id": subject.pk, "name": subject.name},
        "as_of": at,
        "rules": {"pack": known.guidance.pack, "version": known.guidance.version},
        "sections": [
            _section("Level", [f"{level}, by {known.guidance.name}"] if level else [], "No level was decided yet."),
            _section(
                "Signs of concern in the figures", map(signal_in_words, worse), "Nothing in the figures stands out."
            )
            | {"signals": [_facts(one) for one in worse]},
            _section(
                "Open concerns",
                (one.statement.says for one in known.concerns if not one.is_closed),
                "No concern is open.",
            ),
            _section(
                "Open risks", (one.title for one in known.risks if one.status is not Status.CLOSED), "No risk is open."
            ),
            _section(
                "Open actions of this group",
                (f"{one.statement.resolution} Due on {day(one.due_on)}." for one in actions),
                "No action is open.",
            ),
            _section("Not in this paper", _left_out(known.signals_in_all), ""),
        ],
    }
    plain: dict[str, Any] = json.loads(canonical(content))
    return plain


def _section(heading: str, lines: Iterable[str], none: str) -> Section:
    return {"heading": heading, "lines": list(lines), "none": none}


def _facts(signal: Signal) -> dict[str, Any]:
    """A sign as it is known, beside its line: whatever tells it later has its own words and changes none of it."""
    return {name: getattr(signal, name) for name in SIGNAL}


def _left_out(signals: int) -> list[str]:
    """What a paper does not hold is said, so that nobody takes it for the whole (DAT-04)."""
    said = ["What people told, and who told it: each reader finds on the subject’s own page what is for them."]
    if signals > AT_MOST:
        said.append(f"{plural(signals - AT_MOST, 'sign')} of the figures: the newest {AT_MOST} were looked at.")
    return said

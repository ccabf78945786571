"""A revised file supersedes, and what was known on an earlier day stays readable (DAT-05)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from sightline.indicators.models import Publication, Series, SeriesQuerySet, Supersession
from sightline.indicators.queries import histories, unassessed
from tests.factories.indicators import (
    FIRST,
    NOW,
    SICKNESS,
    dropped,
    emergency,
    figures_of,
    month_after,
    sickness,
    usual,
)

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("DAT-05")]
ORIGINAL = sickness({"ZR1": usual(24)}, name="sickness.csv")
REVISED = sickness({"ZR1": [5.0, 5.1, 5.2]}, first=month_after(FIRST, 10), name="sickness revised.csv")
TENTH = month_after(FIRST, 10).isoformat()


def _known(folder: Path, on: datetime | None) -> dict[str, float | None]:
    found = dict(histories(folder, {SICKNESS}, known_at=on))
    if SICKNESS not in found:
        return {}
    (one,) = found[SICKNESS].subjects
    return {day.isoformat(): value for day, value in zip(one.own.starts, one.own.values, strict=True)}


def test_revised_figure_is_shown_and_the_old_one_stays_readable_as_known_on_a_day(
    house: Path, clock: time_machine.Traveller
) -> None:
    dropped(ORIGINAL)
    clock.shift(timedelta(days=30))
    dropped(REVISED)
    assert figures_of("ZR1")[TENTH] == 5.0
    assert _known(house, None)[TENTH] == 5.0
    assert _known(house, NOW + timedelta(days=29))[TENTH] == usual(24)[10]
    assert _known(house, NOW - timedelta(days=1)) == {}
    (supersession,) = Supersession.objects.all()
    assert (supersession.newer.revised, supersession.older.revised, supersession.figures) == (True, False, 3)


def test_revision_that_comes_in_first_still_counts(house: Path, clock: time_machine.Traveller) -> None:
    dropped(REVISED)
    clock.shift(timedelta(days=30))
    dropped(ORIGINAL)
    assert figures_of("ZR1")[TENTH] == 5.0
    assert len(figures_of("ZR1")) == 24
    assert len(_known(house, NOW + timedelta(days=1))) == 3
    (supersession,) = Supersession.objects.all()
    assert (supersession.newer.revised, supersession.older.revised, supersession.figures) == (True, False, 3)


def test_of_two_equal_publications_the_later_counts(clock: time_machine.Traveller) -> None:
    dropped(ORIGINAL)
    clock.shift(timedelta(days=1))
    dropped(sickness({"ZR1": [6.0]}, name="later.csv"))
    assert figures_of("ZR1")[FIRST.isoformat()] == 6.0
    (supersession,) = Supersession.objects.all()
    assert (supersession.newer.rows, supersession.older.rows, supersession.figures) == (1, 24, 1)


def test_publications_that_share_no_figure_supersede_nothing(clock: time_machine.Traveller) -> None:
    dropped(ORIGINAL)
    clock.shift(timedelta(days=1))
    dropped(sickness({"ZR2": usual(24)}, name="others.csv"), emergency(["ZR1"]))
    dropped(sickness({"ZR1": [4.0]}, first=month_after(FIRST, 24), name="next month.csv"))
    assert Publication.objects.count() == 4
    assert not Supersession.objects.exists()


def test_publication_superseded_in_part_keeps_its_other_figures(clock: time_machine.Traveller) -> None:
    dropped(ORIGINAL)
    clock.shift(timedelta(days=1))
    dropped(REVISED)
    now = figures_of("ZR1")
    assert [value for day, value in now.items() if not TENTH <= day <= month_after(FIRST, 12).isoformat()] == [
        value for index, value in enumerate(usual(24)) if index not in {10, 11, 12}
    ]


def test_a_revision_about_one_body_writes_its_row_alone_and_tells_of_the_others_when_they_were_assessed(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(sickness({"ZR1": usual(24), "ZR2": usual(24)}))
    before = Series.objects.get(subject__key="ZR2")
    written: list[str] = []
    write = SeriesQuerySet.bulk_create

    def noted(self: SeriesQuerySet, rows: list[Series], **how: Any) -> list[Series]:
        written.extend(row.subject.key for row in rows)
        return write(self, rows, **how)

    monkeypatch.setattr(SeriesQuerySet, "bulk_create", noted)
    clock.shift(timedelta(days=1))
    dropped(REVISED)
    assert written == ["ZR1"]
    assert figures_of("ZR1")[TENTH] == 5.0
    after = Series.objects.get(subject__key="ZR2")
    assert after.assessed_at == Series.objects.get(subject__key="ZR1").assessed_at > before.assessed_at
    assert (after.pk, after.content, after.worry) == (before.pk, before.content, before.worry)
    assert not unassessed()

"""A signal's mark that it stands mirrors whether it has an ending, whatever an assessment did."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db.models import Q

from sightline.indicators.models import Signal
from tests.factories.indicators import FIRST, dropped, month_after, sickness, usual, worsening

pytestmark = pytest.mark.usefixtures("house")


def _mirrors() -> bool:
    stands, ended = Q(stands=True), Q(ending__isnull=False)
    return not Signal.objects.filter((stands & ended) | (~stands & ~ended)).exists()


def test_mark_follows_signals_that_are_raised_continued_and_ended(clock: time_machine.Traveller, house: Path) -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": usual(24)}))
    assert Signal.objects.count() == Signal.objects.current().count() == 1
    clock.shift(timedelta(days=7))
    dropped(sickness({"ZR1": [7.1, 7.2]}, first=month_after(FIRST, 24), name="later.csv"))
    assert (Signal.objects.count(), Signal.objects.current().count(), _mirrors()) == (3, 2, True)
    clock.shift(timedelta(days=7))
    dropped(sickness({"ZR1": usual(26), "ZR2": usual(26)}, name="revised.csv"))
    assert _mirrors()
    assert Signal.objects.filter(stands=False).count() >= 2

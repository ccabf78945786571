"""Benchmark, trend, variance and comparison: what every presentation of an indicator shows."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sightline.core.access import Role
from sightline.directory.models import Subject
from sightline.indicators.describing import UNSTATED
from sightline.indicators.views import reading
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.indicators import dropped, emergency

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("DAT-02")]
WAITS = "/indicators/ae-4h-all-types/"


@pytest.fixture
def shown(house: None) -> Client:
    """This function will make a reader of a house in which two trusts report one of their waits far worse of late."""
    for code in ("ZR1", "ZR2"):
        an_organisation(code, f"Trust {code}")
    dropped(emergency(["ZR1", "ZR2"], late=[100] * 16 + [600] * 8))
    return signed_in(a_person(Role.MEMBER))


def test_subjects_stand_side_by_side_with_their_usual_range_and_the_standard(shown: Client) -> None:
    html = shown.get(WAITS).content.decode()
    rows = re.findall(r'<tr><th scope="row"><a [^>]*>Trust (ZR\d)</a></th>(.*?)</tr>', html, re.S)
    assert [code for code, _ in rows] == ["ZR1", "ZR2"]
    for _, row in rows:
        assert row.count('class="c-band"') == row.count('class="c-target"') == 1


def test_series_shows_its_trend_its_usual_range_and_the_standard(shown: Client) -> None:
    html = shown.get(f"{WAITS}{Subject.objects.get(key='ZR1').pk}/").content.decode()
    for part in ("c-line", "c-mean", "c-band", "c-target"):
        assert html.count(f'class="{part}"') >= 1, part
    assert "Worse: lower than chance alone would explain" in html
    assert re.search(r"Eight months below its usual level since January 2025: worse", html)


@pytest.mark.requirement("DAT-01")
def test_what_data_cards_leave_open_stands_at_the_head_of_the_list(
    shown: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "leave something open" not in shown.get("/indicators/").content.decode()
    known = dict(reading.catalogue())
    one = known["ae-4h-all-types"]
    card = one.card.model_copy(update={"audience": UNSTATED, "known_issues": UNSTATED})
    monkeypatch.setattr(reading, "catalogue", lambda: {**known, one.id: one.model_copy(update={"card": card})})
    html = shown.get("/indicators/").content.decode()
    head = html.partition("Data cards that leave something open")[2].partition("</ul>")[0]
    assert f"{WAITS}#data-card" in head and head.count("<li>") == 1
    assert "Intended audience, Known issues and constraints" in head

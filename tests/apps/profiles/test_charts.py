"""The chart behind a signal that a profile keeps: attached as it was known on the day, for whoever may open it."""

from __future__ import annotations

import html as plain
import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.indicators.queries import catalogue
from sightline.profiles.presenters.words import signal_words
from sightline.profiles.queries import Charts, charts_of, standing_signals
from tests.factories.accounts import signed_in
from tests.factories.indicators import NOW, SICKNESS, TODAY, a_signal, dropped, sickness, worsening
from tests.factories.profiles import SCORED, Two, shared, started, wrote


def chart_links(client: Client, name: str, *args: object) -> list[str]:
    """This function will give the addresses of charts that a page links."""
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return [
        plain.unescape(one) for one in re.findall(r'href="(/indicators/[^"]+known_on=[^"]+)"', answer.content.decode())
    ]


def kept_words(two: Two) -> tuple[str, ...]:
    """This function will give the signals that stand about the provider, as a profile keeps them."""
    return tuple(signal_words(standing_signals(two.lead, TODAY, two.subject), catalogue()))


@pytest.mark.requirement("DAT-12")
def test_signal_kept_in_a_profile_carries_its_chart_as_known_on_that_day(
    two: Two, clock: time_machine.Traveller
) -> None:
    dropped(sickness({"ZR1": worsening()}))
    words = kept_words(two)
    assert len(words) == 1
    profile = started(two)
    wrote(two.lead, profile, replace(SCORED, signals=words))
    clock.move_to(NOW + timedelta(days=40))
    wanted = reverse("series", args=[SICKNESS, two.subject.pk]) + f"?known_on={TODAY.isoformat()}"
    client = signed_in(two.member)
    for name, more in (("profile", ()), ("profile_print", ()), ("profile_domain_history", ("safety",))):
        assert chart_links(client, name, profile.pk, *more) == [wanted], name
    chart = client.get(wanted)
    assert chart.status_code == 200
    html = chart.content.decode()
    assert "As known at the end of 15 January 2026" in html and "<svg" in html


@pytest.mark.requirement("DAT-12")
def test_provider_opens_the_chart_of_what_was_shared_with_them(two: Two) -> None:
    dropped(sickness({"ZR1": worsening()}))
    profile = started(two)
    wrote(two.lead, profile, replace(SCORED, signals=kept_words(two)))
    shared(two, profile)
    provider = signed_in(two.provider)
    (link,) = chart_links(provider, "profile", profile.pk)
    assert provider.get(link).status_code == 200


def test_signal_without_a_chart_is_words_alone(two: Two) -> None:
    a_signal(two.subject)
    profile = started(two)
    words = kept_words(two)
    wrote(two.lead, profile, replace(SCORED, signals=words))
    answer = signed_in(two.member).get(reverse("profile", args=[profile.pk]))
    assert plain.escape(words[0]) in answer.content.decode()
    assert chart_links(signed_in(two.member), "profile", profile.pk) == []


def test_chart_is_found_by_the_whole_name_and_never_guessed(two: Two) -> None:
    charts = Charts(two.subject.pk, {"Falls": "falls", "Falls. With harm": "falls-harm", "Sepsis": "sepsis"})
    said = {
        "Worse: Falls. Seven months above its usual level.": "falls",
        "Worse: Falls. With harm. Above its usual range.": "falls-harm",
        "Worse: Fallsy. Above its usual range.": "",
        "Worse: Pressure ulcers. Sepsis. Above.": "",
        "Sepsis. Without a bearing": "",
    }
    assert {words: charts.indicator_in(words) for words in said} == said
    assert charts_of(two.lead, timezone.localdate(), two.subject).indicators == {}

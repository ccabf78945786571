"""A report laid out by its template, against a slow obvious twin, and what may not be left open in it."""

from __future__ import annotations

from itertools import product

import pytest

from sightline.core.reports.laying import Said, asked, laid_out, may_report, to_fill
from sightline.core.rulebook.reports import Blank, ReportSection, ReportTemplate

TEMPLATE = ReportTemplate(
    id="report",
    name="A report",
    says="To try it.",
    sender="Us",
    recipient="Them",
    cites="local",
    sections=(
        ReportSection(id="why", title="Why", says="Why.", stands="It stands.", cites="local"),
        ReportSection(
            id="news", number="2", title="News", says="What is new.", cites="QSG 2017 ¶1",
            blank=Blank(says="No news", outright=True, cites="local"),
        ),
        ReportSection(
            id="asks", title="Asks", says="What is asked.", is_request=True, cites="QSG 2017 ¶2",
            blank=Blank(says="Nothing asked", cites="local"),
        ),
        ReportSection(id="more", title="More", says="More.", required=False, cites="local"),
    ),
)  # fmt: skip


@pytest.mark.requirement("RPT-25", "RPT-27", "RPT-28")
@pytest.mark.parametrize(("news", "asks", "more"), list(product(["", "  ", "Falls"], ["", "Help"], ["", "Also"])))
def test_each_section_holds_its_words_or_says_that_there_is_nothing(news: str, asks: str, more: str) -> None:
    laid = laid_out(TEMPLATE, (Said("more", more), Said("asks", asks), Said("news", news)))
    slowly = [("Why", "It stands."), ("2 News", news.strip() or "No news"), ("Asks", asks or "Nothing asked")]
    slowly += [("More", more)] if more else []
    assert [(one.heading, one.words) for one in laid] == slowly
    assert asked(TEMPLATE, (Said("asks", asks),)) == asks


def test_what_stands_there_by_itself_is_not_asked_for() -> None:
    assert [one.id for one in to_fill(TEMPLATE)] == ["news", "asks", "more"]


@pytest.mark.requirement("RPT-10", "RPT-28")
@pytest.mark.parametrize(
    ("told", "sources"),
    [
        ((Said("news", "Falls"),), []),
        ((Said("news", is_none=True),), []),
        ((), ["QSG 2017 ¶1"]),
        ((Said("news", "  "),), ["QSG 2017 ¶1"]),
        ((Said("news", "Falls", is_none=True),), ["QSG 2017 ¶1"]),
        ((Said("news", "Falls"), Said("asks", "Help", is_none=True)), ["QSG 2017 ¶2"]),
        ((Said("news", "Falls"), Said("why", "Because")), ["local"]),
        ((Said("news", "Falls"), Said("gossip", "They say")), ["local"]),
    ],
)
def test_silence_is_refused_where_nothing_has_to_be_said_outright(told: tuple[Said, ...], sources: list[str]) -> None:
    assert [one.source for one in may_report(TEMPLATE, told).reasons] == sources

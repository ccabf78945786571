"""Charts as papers: frozen with their data card as they stood, the same on the page and in the PDF, never without a card."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from sightline.core.access import Role
from sightline.core.statistics.kinds import ChartKind
from sightline.core.verdict import Already, Refused
from sightline.directory.models import Subject
from sightline.indicators import describing
from sightline.indicators.catalogue import DataCard
from sightline.indicators.models import Series
from sightline.indicators.operations import choose_chart, withdraw_chart
from sightline.meetings import operations
from sightline.meetings.giving import PaperSays
from sightline.meetings.models import ItemTie, Paper, PaperRecord
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.presenters.charts import IN_A_PACK, chart_paper
from sightline.meetings.words import PaperFor
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house
from tests.factories.indicators import SICKNESS, dropped, sickness, usual, worsening
from tests.factories.meetings_live import MADE, Live, a_live_meeting

__all__ = ["clock", "folder", "house"]
SAYS = PaperSays("Sickness absence", PaperFor.INFORMATION)
MONTHS = 30
FIRST = date(2023, 3, 1)  # so that thirty months reach August 2025


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting, and figures of the trust whose last eight months are worse."""
    live = a_live_meeting()
    dropped(sickness({live.world.subject.key: worsening(MONTHS)}, first=FIRST))
    return live


def the_series(subject: Subject) -> Series:
    """This function will give the figures of the trust."""
    return Series.objects.get(subject=subject, indicator=SICKNESS)


def made(live: Live, number: int = 3, **more: Any) -> Paper:
    """This function will have a paper made of the chart of the trust."""
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), **more}
    return operations.make_chart_paper(
        item=live.items[number], series=the_series(live.world.subject), says=SAYS, **given
    )


def page_of(live: Live, name: str, *args: object) -> str:
    """This function will open a page as a member."""
    answer = signed_in(live.people["icb"]).get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("MTG-13", "DAT-01", "DAT-02")
def test_a_chart_in_a_pack_has_its_drawing_its_words_its_figures_and_its_seven_fields(live: Live) -> None:
    paper = made(live)
    for page in (page_of(live, "paper", paper.pk), page_of(live, "pack", live.meeting.pk)):
        assert 'class="chart c-full"' in page and "Usual range" in page
        assert "Worse: Eight months above its usual level" in page
        assert "August 2025" in page
        for label in describing.CARD.values():
            assert f"<dt>{label}</dt>" in page
        assert "Not stated" not in page and "Chart, as of midday on 15 January 2026" in page


@pytest.mark.requirement("MTG-14")
def test_a_pack_shows_the_newest_figures_and_says_where_the_earlier_ones_are(live: Live) -> None:
    paper = made(live)
    assert page_of(live, "pack", live.meeting.pk).count('<th scope="row">') == IN_A_PACK
    assert "6 earlier figures: on the paper’s own page." in page_of(live, "pack", live.meeting.pk)
    assert page_of(live, "paper", paper.pk).count('<th scope="row">') == MONTHS


@pytest.mark.requirement("DAT-05", "REC-16")
def test_it_stays_as_it_was_when_the_figures_change_afterwards(live: Live) -> None:
    paper = made(live)
    record = PaperRecord.objects.get()
    assert record.version.sha256 == hash_of(record.content)
    before = page_of(live, "paper", paper.pk).partition("<main")[2]
    dropped(sickness({live.world.subject.key: usual(MONTHS + 1)}, first=FIRST, name="later.csv"))
    assert the_series(live.world.subject).points == MONTHS + 1
    assert page_of(live, "paper", paper.pk).partition("<main")[2] == before


@pytest.mark.requirement("DAT-01", "DAT-07")
def test_it_says_which_chart_was_chosen_by_whom_and_why_and_keeps_it_when_that_is_withdrawn(live: Live) -> None:
    assert "<dt>Chart</dt>" not in page_of(live, "paper", made(live).pk)
    lead = a_person(Role.QUALITY_LEAD)
    chosen = choose_chart(
        by=lead, at=timezone.now(), indicator=SICKNESS, kind=ChartKind.P_PRIME, because="Many days lost"
    )
    paper = made(live, 2)
    withdraw_chart(by=lead, at=timezone.now(), chosen=chosen, because="No longer wanted")
    for page in (page_of(live, "paper", paper.pk), page_of(live, "pack", live.meeting.pk)):
        assert "P′ chart, chosen by" in page and "on 15 January 2026: Many days lost" in page
        assert "P′ chart. 30 periods" in page


@pytest.mark.requirement("MTG-13")
def test_the_pdf_holds_the_drawing_with_words_for_whoever_does_not_see_it(live: Live) -> None:
    made(live)
    answer = signed_in(live.people["icb"]).post(reverse("pack_pdf", args=[live.meeting.pk]))
    pdf = PdfReader(io.BytesIO(answer.content))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "upper limit" in words  # letters inside the drawing
    assert "Known issues and constraints" in words and "Eight months above its usual level" in words
    assert "Some letters could not be set" not in words
    alternatives = _alternatives(pdf.trailer["/Root"]["/StructTreeRoot"])
    drawn = chart_paper(PaperRecord.objects.get())
    assert drawn is not None and len(alternatives) == 1
    assert alternatives[0].startswith(drawn.drawn.title) and "30 periods from" in alternatives[0]


def _alternatives(node: Any) -> list[str]:
    """What is said in the tree of a PDF for each picture."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [words for one in node for words in _alternatives(one)]
    if not isinstance(node, dict):
        return []
    return [*([str(node["/Alt"])] if "/Alt" in node else []), *_alternatives(node.get("/K", []))]


@pytest.mark.requirement("DAT-01")
@pytest.mark.parametrize("field", describing.CARD)
def test_a_chart_whose_card_leaves_a_field_open_is_refused_and_the_field_is_named(
    live: Live, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    indicator = operations.papers.catalogue()[SICKNESS]
    words = f"Not possible – {describing.UNSTATED.lower()}" if field == "what_good_looks_like" else describing.UNSTATED
    lacking = indicator.model_copy(update={"card": indicator.card.model_copy(update={field: words})})
    for place in ("operations.papers", "views.charting"):
        monkeypatch.setattr(f"sightline.meetings.{place}.catalogue", lambda: {SICKNESS: lacking})
    with pytest.raises(Refused) as refusal:
        made(live)
    assert refusal.value.verdict.words.startswith(
        f"The data card of this chart does not say yet: {describing.CARD[field]}."
    )
    assert not Paper.objects.exists()
    path = reverse("paper_chart", args=[SICKNESS, live.world.subject.pk])
    page = signed_in(live.secretary).get(path).content.decode()
    assert f"does not say yet: {describing.CARD[field]}." in page and "Make it" not in page


@pytest.mark.requirement("DAT-01")
def test_what_good_looks_like_may_be_impossible_with_a_reason() -> None:
    words = dict.fromkeys(describing.CARD, "Said in full")
    assert describing.may_be_shared(DataCard(**{**words, "what_good_looks_like": "Not possible – no standard exists"}))


def test_whoever_keeps_the_meeting_makes_it_once_and_nobody_else(live: Live) -> None:
    with pytest.raises(Refused):
        made(live, by=live.people["icb"])
    made(live, form_key=(key := uuid4()))
    with pytest.raises(Already):
        made(live, form_key=key)
    assert Paper.objects.count() == 1


def test_the_form_offers_the_item_about_the_same_body_first_and_puts_the_chart_there(live: Live) -> None:
    client, path = signed_in(live.secretary), reverse("paper_chart", args=[SICKNESS, live.world.subject.pk])
    page = client.get(path).content.decode()
    assert f'value="{live.items[3].pk}" selected' in page
    series = client.get(reverse("series", args=[SICKNESS, live.world.subject.pk])).content.decode()
    assert path in series
    answer = client.post(
        path, {"item": live.items[0].pk, "title": "Sickness", "purpose": "discussion", "form_key": str(uuid4())}
    )
    assert answer["Location"].endswith(f"#item-{live.items[0].pk}")
    assert Paper.objects.get().item == live.items[0]


@pytest.mark.requirement("COI-04")
def test_it_is_in_no_pack_of_whoever_does_not_read_the_item(live: Live) -> None:
    made(live)
    who = live.people["lay"]
    ItemTie.objects.create(
        item=live.items[3], person=who, detail="A post", declared_at=timezone.now(), form_key=uuid4(), **MADE
    )
    page = signed_in(who).get(reverse("pack", args=[live.meeting.pk])).content.decode()
    assert "c-full" not in page and "ickness" not in page


def test_more_charts_in_a_pack_take_no_more_reads(live: Live) -> None:
    made(live)
    client, path = signed_in(live.people["icb"]), reverse("pack", args=[live.meeting.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(3):
        made(live, number)
    client.get(path)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).content.count(b'class="chart c-full"') == 4
    assert len(many) == len(few)

"""Data packs: several charts as one paper, with what changed, the themes and the blind spots first, and no card left open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from sightline.core.verdict import Invalid, Refused
from sightline.directory.words import Link
from sightline.indicators import describing
from sightline.indicators.models import Series
from sightline.meetings import operations
from sightline.meetings.giving import PaperSays
from sightline.meetings.models import Paper, PaperRecord
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.presenters.charts import IN_A_PACK
from sightline.meetings.presenters.data_packs import data_pack
from sightline.meetings.queries.papers import Sought, charts_to_choose
from sightline.meetings.words import CHARTS_AT_MOST, PaperFor
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.house import clock, folder, house
from tests.factories.indicators import SICKNESS, dropped, sickness, usual, worsening
from tests.factories.meetings_live import Live, a_live_meeting

__all__ = ["clock", "folder", "house"]
SAYS = PaperSays("Data pack", PaperFor.INFORMATION)
MONTHS = 30
FIRST = date(2023, 3, 1)  # so that thirty months reach August 2025


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting, figures of the trust that grow worse, and of another that stay as they were."""
    live = a_live_meeting()
    a_relation(an_organisation("ZR2", "Harbour Hospitals"), Link.PART_OF, live.world.board)
    dropped(sickness({live.world.subject.key: worsening(MONTHS), "ZR2": usual(MONTHS)}, first=FIRST))
    return live


def the_series() -> list[Series]:
    """This function will give the figures that there are, the worse first."""
    return list(Series.objects.filter(indicator=SICKNESS).select_related("subject").order_by("-worry"))


def made(live: Live, series: Sequence[Series], number: int = 0, **more: Any) -> Paper:
    """This function will have a data pack made for an item; the first is about nobody, the fourth about the trust."""
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), **more}
    return operations.make_data_pack(item=live.items[number], series=series, says=SAYS, **given)


@pytest.mark.requirement("MTG-13", "MTG-14", "DAT-01")
def test_a_pack_tells_what_changed_the_themes_and_the_blind_spots_and_then_shows_each_chart_with_its_card(
    live: Live,
) -> None:
    paper = made(live, the_series())
    client = signed_in(live.people["icb"])
    for name, key in (("paper", paper.pk), ("pack", live.meeting.pk)):
        page = client.get(reverse(name, args=[key])).content.decode().partition("<main")[2]
        assert page.index("What changed") < page.index("Blind spots") < page.index('class="chart c-full"')
        assert f"{live.world.subject.name}. Worse: Eight months above its usual level" in page
        assert page.count('class="chart c-full"') == 2
        assert "Sustainably resourced: 2 charts" in page and "Safe: no chart here" in page
        assert all(page.count(f"<dt>{label}</dt>") == 2 for label in describing.CARD.values())
        assert "Data pack, as of midday on 15 January 2026" in page
        assert page.count(f"{MONTHS - IN_A_PACK} earlier figures: on the paper’s own page.") == (
            0 if name == "paper" else 2
        )


@pytest.mark.requirement("DAT-05", "REC-16")
def test_it_is_frozen_with_its_hash_and_stays_as_it_was(live: Live) -> None:
    made(live, the_series())
    record = PaperRecord.objects.get()
    assert record.version.sha256 == hash_of(record.content)
    before = data_pack(record)
    dropped(sickness({live.world.subject.key: usual(MONTHS + 1)}, first=FIRST, name="later.csv"))
    assert data_pack(PaperRecord.objects.get()) == before


@pytest.mark.requirement("MTG-13")
def test_the_pdf_holds_each_drawing_with_its_words(live: Live) -> None:
    made(live, the_series())
    answer = signed_in(live.people["icb"]).post(reverse("pack_pdf", args=[live.meeting.pk]))
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "What changed" in words and "Blind spots" in words and words.count("Data card") == 2


@pytest.mark.requirement("DAT-01")
@pytest.mark.parametrize("field", describing.CARD)
def test_a_pack_with_a_card_that_leaves_a_field_open_is_refused_and_chart_and_field_are_named(
    live: Live, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    indicator = operations.papers.catalogue()[SICKNESS]
    words = f"Not possible – {describing.UNSTATED.lower()}" if field == "what_good_looks_like" else describing.UNSTATED
    lacking = indicator.model_copy(update={"card": indicator.card.model_copy(update={field: words})})
    monkeypatch.setattr("sightline.meetings.operations.papers.catalogue", lambda: {SICKNESS: lacking})
    with pytest.raises(Refused) as refusal:
        made(live, the_series())
    named = f"{indicator.name}: The data card of this chart does not say yet: {describing.CARD[field]}."
    assert named in refusal.value.verdict.words
    assert not Paper.objects.exists()


@pytest.mark.requirement("MTG-14")
def test_a_pack_has_one_chart_at_least_and_no_more_than_somebody_reads(live: Live) -> None:
    for some in ([], the_series()[:1] * (CHARTS_AT_MOST + 1)):
        with pytest.raises(Invalid, match=f"one to {CHARTS_AT_MOST} charts"):
            made(live, some)


def test_an_item_about_a_body_takes_its_charts_alone_and_its_keeper_alone_makes_them(live: Live) -> None:
    worse, other = the_series()
    with pytest.raises(Refused):
        made(live, [worse, other], number=3)
    with pytest.raises(Refused):
        made(live, [worse], number=3, by=live.people["icb"])
    assert not Paper.objects.exists()
    assert made(live, [worse], number=3).item == live.items[3]


def test_a_theme_offers_the_charts_of_every_body_and_an_item_about_one_its_own(live: Live) -> None:
    client = signed_in(live.secretary)
    path = reverse("paper_data_pack", args=[live.items[0].pk])
    assert "Choose a theme first." in client.get(path).content.decode()
    assert "There are no figures of it here." in client.get(f"{path}?theme=safe").content.decode()
    page = client.get(f"{path}?theme=sustainably-resourced").content.decode()
    worse, other = the_series()
    assert f"{worse.subject.name} (a sign of concern)" in page and other.subject.name in page
    own = client.get(reverse("paper_data_pack", args=[live.items[3].pk])).content.decode()
    assert f'value="{SICKNESS}.{worse.subject_id}"' in own and f"{SICKNESS}.{other.subject_id}" not in own
    nobody = {"title": "Pack", "purpose": "information", "form_key": str(uuid4())}
    answer = client.post(f"{path}?theme=sustainably-resourced", nobody)
    assert answer.status_code == 400 and "Choose at least one chart." in answer.content.decode()
    charts = [f"{SICKNESS}.{one.subject_id}" for one in (worse, other)]
    answer = client.post(f"{path}?theme=sustainably-resourced", {**nobody, "charts": charts})
    assert answer["Location"].endswith(f"#item-{live.items[0].pk}")
    assert len(PaperRecord.objects.get().content["charts"]) == 2


def test_what_is_offered_is_bounded_and_says_so(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.meetings.queries.papers.CHARTS_SHOWN", 1)
    rows, has_more = charts_to_choose(live.secretary, timezone.localdate(), None, Sought("sustainably-resourced"))
    assert [one.subject_id for one in rows] == [live.world.subject.pk] and has_more


def test_the_figures_of_the_system_are_offered_first_and_others_by_area_indicator_and_name(live: Live) -> None:
    dropped(sickness({"ZQ9": worsening(MONTHS)}, first=FIRST, name="far.csv", system="QZ9"))
    client = signed_in(live.secretary)
    path = f"{reverse('paper_data_pack', args=[live.items[0].pk])}?theme=sustainably-resourced"

    def offered(more: str = "") -> set[str]:
        page = client.get(f"{path}{more}").content.decode()
        return {one.subject.key for one in Series.objects.select_related("subject") if f".{one.subject_id}" in page}

    own = {live.world.subject.key, "ZR2"}
    assert offered() == own
    assert offered("&area=") == {*own, "ZQ9"}
    assert offered("&area=&name=zq9") == {"ZQ9"}
    assert offered(f"&area=&indicator={SICKNESS}") == {*own, "ZQ9"}
    assert offered("&area=&indicator=none-such") == set() == offered("&area=none-such")
    chart = f"{SICKNESS}.{Series.objects.get(subject__key='ZQ9').subject_id}"
    sent = {"title": "Pack", "purpose": "information", "form_key": str(uuid4()), "charts": [chart]}
    assert client.post(path, sent).status_code == 400  # it was not offered there
    assert client.post(f"{path}&area=", sent).status_code == 302


def test_of_an_item_about_a_body_no_area_or_name_is_asked(live: Live) -> None:
    path = reverse("paper_data_pack", args=[live.items[3].pk])
    page = signed_in(live.secretary).get(f"{path}?area=none-such&name=nobody").content.decode()
    assert f'value="{SICKNESS}.{live.world.subject.pk}"' in page
    assert 'id="area"' not in page and 'id="name"' not in page and 'id="theme"' in page

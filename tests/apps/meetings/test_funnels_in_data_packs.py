"""Funnels in data packs: frozen as they were drawn, with few bodies by name, on the page and in the PDF, never from a few."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from sightline.core.signals import Dimension
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import SubjectKind
from sightline.indicators import describing
from sightline.indicators.models import Series
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.peers import laid_out, peers_of
from sightline.meetings import operations
from sightline.meetings.giving import PaperSays
from sightline.meetings.models import AgendaItem, ItemTie, Paper, PaperRecord
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.presenters.data_packs import data_pack
from sightline.meetings.queries.papers import funnels_to_choose
from sightline.meetings.words import CHARTS_AT_MOST, NAMED_IN_A_FUNNEL, PaperFor
from tests.apps.meetings.test_charting import _alternatives
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.indicators import SICKNESS, dropped, emergency, sickness
from tests.factories.meetings_live import MADE, Live, a_live_meeting

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.requirement("DAT-03")
SAYS = PaperSays("Data pack", PaperFor.INFORMATION)
RATES = (4.0, 4.1, 4.2, 3.9, 3.8, 4.0, 4.3, 4.1, 3.9, 4.2)
TITLE, BESIDE = "October 2023: all beside each other", "Beside each other"
THEME = "sustainably-resourced"


def figures(live: Live, *more: float) -> dict[str, list[float | None]]:
    """This function will make two months of the trust, of ten like it, and of more."""
    peers = {f"ZP{at}": [4.0, rate] for at, rate in enumerate((*RATES, *more), 1)}
    return {live.world.subject.key: [4.0, 4.1], **peers}


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting, and figures of twelve trusts of which the last, ZP11, is far from the others."""
    live = a_live_meeting()
    dropped(sickness(figures(live, 9.0)))
    return live


def of_the_trust(live: Live) -> Series:
    """This function will give the figures of the trust."""
    return Series.objects.select_related("subject").get(indicator=SICKNESS, subject=live.world.subject)


def made(live: Live, series: Sequence[Series] = (), number: int = 3, **more: Any) -> Paper:
    """This function will have a data pack made with a funnel; the fourth item is about the trust, the first about nobody."""
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), "funnels": [SICKNESS], **more}
    return operations.make_data_pack(item=live.items[number], series=series, says=SAYS, **given)


@pytest.mark.requirement("MTG-13", "DAT-01")
def test_a_pack_shows_its_body_and_the_furthest_by_name_beside_all_others_with_the_data_card(live: Live) -> None:
    name = of_the_trust(live).subject.name
    paper = made(live, [of_the_trust(live)])
    client = signed_in(live.people["icb"])
    for page_name, key in (("paper", paper.pk), ("pack", live.meeting.pk)):
        page = client.get(reverse(page_name, args=[key])).content.decode().partition("<main")[2]
        assert page.index("What changed") < page.index(BESIDE) < page.index("Blind spots") < page.index(TITLE)
        assert f"{name}: 4.10%. Within the limits." in page
        assert "12 subjects, 1 of them outside the 99.8 % limits: Trust ZP11." in page
        assert f"<title>{name}: 4.10%, of 10,000</title>" in page and page.count("c-ring") == 2  # and in the legend
        assert "<title>Trust ZP11: 9.00%, of 10,000, above the limits</title>" in page
        assert "Above the limits: worse" in page and "A subject of this data pack" in page
        assert page.count('class="chart c-full"') == 2
        assert all(page.count(f"<dt>{label}</dt>") == 2 for label in describing.CARD.values())


@pytest.mark.requirement("DAT-05", "REC-16")
def test_it_is_frozen_as_it_was_drawn_and_nobody_else_is_in_it_by_name(live: Live) -> None:
    made(live)
    record = PaperRecord.objects.get()
    assert record.version.sha256 == hash_of(record.content)
    kept = json.dumps(record.content)
    assert "Trust ZP11" in kept and of_the_trust(live).subject.name in kept
    assert not any(f"Trust ZP{at}" in kept.replace("Trust ZP11", "") for at in range(1, 11))
    assert not any(str(one.pk) in kept for one in Subject.objects.filter(key__startswith="ZP"))
    before = data_pack(record)
    assert before is not None
    dropped(sickness(figures(live, 3.0), name="again.csv"))
    assert data_pack(PaperRecord.objects.get()) == before
    assert before.funnels[0].rows[-1].name == "Trust ZP11" and before.funnels[0].rows[-1].figure == "9.00%"


def test_the_picture_is_that_of_the_indicators_page(live: Live) -> None:
    """Nothing is worked out anew: the same limits, the same points, the same marks."""
    made(live, number=0)
    known = catalogue()[SICKNESS]
    peers = peers_of(live.secretary, timezone.localdate(), known)
    assert peers is not None
    laid, frozen = laid_out(known, peers), PaperRecord.objects.get().content["funnels"][0]
    assert laid is not None
    assert [tuple(one["upper"]) for one in frozen["limits"]] == [one.upper for one in laid.limits]
    assert [tuple(one["lower"]) for one in frozen["limits"]] == [one.lower for one in laid.limits]
    points = [(one["size"], one["figure"], one["outside"]) for one in frozen["named"]]
    points += [(size, ratio, outside) for size, ratio, outside in frozen["others"]]
    expected = sorted((one.size, one.ratio, one.outside) for one in laid.stands)
    assert [(a, pytest.approx(b, rel=1e-5), c) for a, b, c in expected] == sorted(points)
    assert len(points) == 12 and frozen["target"] == laid.target


def test_a_funnel_may_stand_instead_of_every_chart(live: Live) -> None:
    made(live, number=0)
    pack = data_pack(PaperRecord.objects.get())
    assert pack is not None
    assert [one.is_funnel for one in pack.parts] == [True]
    assert [row.name for row in pack.funnels[0].rows] == ["Trust ZP11"]
    page = signed_in(live.people["icb"]).get(reverse("pack", args=[live.meeting.pk])).content.decode()
    assert "This data pack has no chart over time." in page and "c-ring" not in page


@pytest.mark.requirement("MTG-13")
def test_the_pdf_holds_the_drawing_with_words_for_whoever_does_not_see_it(live: Live) -> None:
    made(live)
    answer = signed_in(live.people["icb"]).post(reverse("pack_pdf", args=[live.meeting.pk]))
    pdf = PdfReader(io.BytesIO(answer.content))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert BESIDE in words and "By name" in words and "Data card" in words and "Trust ZP11" in words
    (said,) = _alternatives(pdf.trailer["/Root"]["/StructTreeRoot"])
    assert "12 subjects, 1 of them outside the 99.8 % limits: Trust ZP11." in said and "Within the limits" in said


def test_of_many_outside_the_furthest_are_named_and_the_others_counted(live: Live) -> None:
    alike = {f"ZS{at}": [4.0, 4.0] for at in range(130)}
    far = {f"ZF{at}": [4.0, 9.0 + at] for at in range(NAMED_IN_A_FUNNEL + 1)}
    dropped(sickness({**alike, **far, live.world.subject.key: [4.0, 4.0]}, name="many.csv"))
    made(live, number=0)
    pack = data_pack(PaperRecord.objects.get())
    assert pack is not None
    funnel = pack.funnels[0]
    assert [row.name for row in funnel.rows] == [f"Trust ZF{at}" for at in range(NAMED_IN_A_FUNNEL, 0, -1)]
    assert "outside the 99.8 % limits: Trust ZF10, " in funnel.says[-1] and funnel.says[-1].endswith(" more.")


def test_a_body_of_the_pack_that_has_no_counts_then_is_said_to_be_missing(live: Live) -> None:
    late = {code: [*some, 4.0] for code, some in figures(live).items() if code != live.world.subject.key}
    dropped(sickness(late, name="late.csv"))
    made(live)
    page = signed_in(live.people["icb"]).get(reverse("pack", args=[live.meeting.pk])).content.decode()
    assert f"Not in this picture, for want of counts of this period: {of_the_trust(live).subject.name}." in page
    assert "November 2023: all beside each other" in page


def test_with_too_few_bodies_or_no_counts_no_pack_is_made(live: Live) -> None:
    Series.objects.filter(subject__key__in=["ZP1", "ZP2", "ZP3"]).delete()
    with pytest.raises(Refused) as refusal:
        made(live)
    assert "fewer than 10 subjects have counts" in refusal.value.verdict.words
    assert catalogue()[SICKNESS].name in refusal.value.verdict.words
    for name in ("none-such", "ae-attendances"):
        with pytest.raises(Refused):
            made(live, number=0, funnels=[name])
    assert not Paper.objects.exists()


@pytest.mark.requirement("MTG-14")
def test_funnels_count_among_the_charts_of_a_pack_and_one_stands_there_once(live: Live) -> None:
    with pytest.raises(Invalid, match=f"one to {CHARTS_AT_MOST} charts"):
        made(live, [of_the_trust(live)] * CHARTS_AT_MOST)
    made(live, funnels=[SICKNESS, SICKNESS])
    assert len(PaperRecord.objects.get().content["funnels"]) == 1


@pytest.mark.requirement("DAT-01")
def test_a_funnel_whose_card_leaves_a_field_open_is_refused(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    known = catalogue()[SICKNESS]
    lacking = known.model_copy(update={"card": known.card.model_copy(update={"audience": describing.UNSTATED})})
    monkeypatch.setattr("sightline.meetings.operations.papers.catalogue", lambda: {SICKNESS: lacking})
    with pytest.raises(Refused, match=f"{known.name}: The data card of this chart does not say yet: "):
        made(live)
    assert not Paper.objects.exists()


def test_the_form_offers_a_funnel_of_what_has_counts_of_enough_bodies_and_keeps_the_theme(live: Live) -> None:
    dropped(emergency(["ZP1", live.world.subject.key]))
    client = signed_in(live.secretary)
    path = reverse("paper_data_pack", args=[live.items[3].pk])
    page = client.get(path).content.decode()
    assert "Which as a funnel?" in page and f'name="funnels" type="checkbox" value="{SICKNESS}"' in page
    on = timezone.localdate()
    assert funnels_to_choose(live.secretary, on, Series.objects.all()) == [SICKNESS]
    sent = {"title": "Pack", "purpose": "information", "form_key": str(uuid4()), "funnels": [SICKNESS]}
    assert client.post(f"{path}?theme={THEME}", sent).status_code == 302
    content = PaperRecord.objects.get().content
    assert content["theme"] == THEME and content["charts"] == [] and len(content["funnels"]) == 1


def test_where_no_indicator_has_enough_bodies_no_funnel_is_offered(live: Live) -> None:
    Series.objects.filter(subject__key__startswith="ZP").delete()
    page = signed_in(live.secretary).get(reverse("paper_data_pack", args=[live.items[3].pk])).content.decode()
    assert "Which charts?" in page and "Which as a funnel?" not in page


@pytest.mark.requirement("MTG-14")
def test_a_pack_of_one_theme_says_so_once_instead_of_naming_every_other(live: Live) -> None:
    made(live, [of_the_trust(live)], theme=Dimension(THEME))
    pack = data_pack(PaperRecord.objects.get())
    assert pack is not None
    (said,) = pack.blind
    assert said.startswith("The charts were chosen for one theme, Sustainably resourced.")
    with pytest.raises(Refused):
        made(live, [of_the_trust(live)], theme=Dimension.SAFE)


@pytest.mark.requirement("DAT-10")
def test_an_item_about_a_theme_takes_the_charts_of_any_body(live: Live) -> None:
    theme = Subject.objects.create(
        key="rotas", kind=SubjectKind.THEME, name="Rotas at night", recorded_at=timezone.now()
    )
    AgendaItem.objects.filter(pk=live.items[0].pk).update(subject=theme)
    client, path = signed_in(live.secretary), reverse("paper_data_pack", args=[live.items[0].pk])
    assert "Choose a theme first." in client.get(path).content.decode()
    page = client.get(f"{path}?theme={THEME}&area=").content.decode()
    assert "Trust ZP11" in page and "Data pack: Rotas at night" in page
    made(live, [of_the_trust(live)], number=0)
    assert PaperRecord.objects.get().content["subject"]["name"] == "Rotas at night"


@pytest.mark.requirement("COI-04")
def test_whoever_may_not_read_the_item_finds_neither_the_funnel_nor_that_it_is(live: Live) -> None:
    paper = made(live)
    who = live.people["lay"]
    ItemTie.objects.create(
        item=live.items[3], person=who, detail="A post", declared_at=timezone.now(), form_key=uuid4(), **MADE
    )
    client = signed_in(who)
    assert client.get(reverse("paper", args=[paper.pk])).status_code == 404
    page = client.get(reverse("pack", args=[live.meeting.pk])).content.decode()
    assert "ZP11" not in page and "Data pack" not in page and "c-full" not in page


def test_more_funnels_in_a_pack_take_no_more_reads_and_more_indicators_to_choose_from_none_either(live: Live) -> None:
    made(live)
    dropped(emergency([f"ZP{at}" for at in range(1, 12)], months=2))
    reader, secretary = signed_in(live.people["icb"]), signed_in(live.secretary)
    pack = reverse("pack", args=[live.meeting.pk])
    form = f"{reverse('paper_data_pack', args=[live.items[0].pk])}?theme={THEME}&area="

    def reads(client: Client, path: str) -> tuple[int, int]:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(path).content
        return len(asked), page.count(b'class="chart c-full"') + page.count(b'name="charts"')

    one, few = reads(reader, pack), reads(secretary, f"{form}&name=ZP1")
    for number in range(3):
        made(live, number=number)
    four, many = reads(reader, pack), reads(secretary, form)
    assert (one[1], four[1]) == (1, 4) and four[0] == one[0]
    assert few[1] < many[1] and many[0] <= few[0]

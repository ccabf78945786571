"""A tidy file, from the drop by way of the mapping page to its figures; and the meanings that it may not change."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.verdict import Invalid, Refused
from sightline.indicators.drop import work_through
from sightline.indicators.models import Delivery, LocalIndicator, Publication, TidyMapping
from sightline.indicators.operations import Arrived, confirm_mapping
from sightline.indicators.queries import catalogue, received_file
from sightline.indicators.sources.tidy import Mapping, guess_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.indicators import (
    FIRST,
    KEEPER,
    an_indicator,
    confirmed,
    dropped,
    dropped_and_confirmed,
    falls,
    figures_of,
    month_after,
    series_of,
    table,
    usual,
)

pytestmark = pytest.mark.usefixtures("house")
State = Delivery.State
WORDS = "Said by whoever knows the table"
ANSWERS = {
    "organisation": "Trust code", "period": "Month", "value": "Score", "kind": "month", "title": "Falls with harm",
    "unit": "score", "direction": "decrease", "dimensions": ["safe"], "definition": WORDS, "purpose": WORDS,
    "source": WORDS, "audience": WORDS, "confidentiality": WORDS, "known_issues": WORDS,
    "what_good_looks_like": WORDS, "name": "", "indicator": "", "numerator": "", "denominator": "",
}  # fmt: skip


@pytest.fixture
def client(house: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """This function will sign a quality lead in; what pages begin is done before they answer."""
    monkeypatch.setattr("sightline.indicators.working.start", lambda batch, by: work_through(batch, by=by))
    an_organisation("ZR1", "First Trust")
    an_organisation("ZR2", "Second Trust")
    return signed_in(a_person(Role.QUALITY_LEAD))


def _waiting(file: Arrived) -> Delivery:
    (delivery,) = dropped(file)
    assert delivery.state == State.MAPPING
    return delivery


def _page(delivery: Delivery) -> str:
    return f"/import/files/{delivery.pk}/columns/"


def _state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (TidyMapping, LocalIndicator, Publication, Event))


def test_file_goes_from_the_drop_by_way_of_the_mapping_page_to_figures(client: Client) -> None:
    delivery = _waiting(falls(["ZR1", "ZR2"], usual(16)))
    drop = client.get(f"/import/{delivery.batch}/").content.decode()
    assert "Its columns are not known yet" in drop
    assert _page(delivery) in drop
    page = client.get(_page(delivery)).content.decode()
    assert "The first rows of the file" in page
    assert re.search(r'<option value="Trust code"\s+selected', page)
    assert "is a month" in page
    answer = client.post(_page(delivery), ANSWERS, follow=True)
    assert answer.redirect_chain[0][0] == f"/import/{delivery.batch}/"
    assert "Its columns are confirmed" in answer.content.decode()
    delivery.refresh_from_db()
    assert delivery.state == State.ACCEPTED
    assert list(figures_of("ZR2", "falls-with-harm").values()) == usual(16)
    indicator = catalogue()["falls-with-harm"]
    assert (indicator.name, indicator.direction, indicator.dimensions) == ("Falls with harm", "decrease", ("safe",))
    shown = client.get("/indicators/falls-with-harm/").content.decode()
    assert "First Trust" in shown
    assert WORDS in shown


@pytest.mark.requirement("DAT-08")
def test_next_file_of_the_shape_is_read_the_same_way_without_asking(client: Client) -> None:
    client.post(_page(_waiting(falls(["ZR1"], usual(16)))), ANSWERS)
    (delivery,) = dropped(falls(["ZR1"], [9], first=month_after(FIRST, 16), name="next.csv"))
    assert delivery.state == State.ACCEPTED
    assert figures_of("ZR1", "falls-with-harm")[month_after(FIRST, 16).isoformat()] == 9


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"organisation": ""}, "“Organisation code” is needed: choose one"),
        ({"value": "Colour"}, "not one of the available choices"),
        ({"value": ""}, "Say which column is the value"),
        ({"dimensions": []}, "“Dimensions of quality” is needed"),
        ({"title": "X"}, "at least 2 characters"),
        ({"definition": "ab"}, "at least 3 characters"),
        ({"what_good_looks_like": "Not possible"}, "say why it is not possible"),
    ],
)
def test_useless_answer_is_shown_again_with_its_mend_and_changes_nothing(
    client: Client, change: dict[str, Any], says: str
) -> None:
    delivery = _waiting(falls(["ZR1"], usual(16)))
    before = _state()
    answer = client.post(_page(delivery), {**ANSWERS, **change})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert says in page
    assert "Error: " in page
    assert {**ANSWERS, **change}["purpose"] in page
    assert _state() == before
    delivery.refresh_from_db()
    assert delivery.state == State.MAPPING


def test_columns_with_the_shortest_headings_can_be_chosen(client: Client) -> None:
    rows = [["ZR1", f"{month_after(FIRST, i):%Y-%m}", "", 4 + i % 3, 100] for i in range(16)]
    delivery = _waiting(table([["Trust code", "Month", "Score", "n", "d"], *rows]))
    given = {**ANSWERS, "value": "", "numerator": "n", "denominator": "d", "unit": "percent"}
    assert client.post(_page(delivery), given).status_code == 302
    assert figures_of("ZR1", "falls-with-harm")[FIRST.isoformat()] == pytest.approx(4.0)
    assert catalogue()["falls-with-harm"].numerator == "The column “n” of the table"


def test_rate_for_a_hundred_thousand_keeps_the_multiplier_that_its_figures_show(client: Client) -> None:
    rows = [["ZR1", f"{month_after(FIRST, i):%Y-%m}", 12.5 + i, 25 + 2 * i, 200_000] for i in range(16)]
    delivery = _waiting(table([["Trust code", "Month", "Rate", "Numerator", "Denominator"], *rows]))
    given = {**ANSWERS, "value": "Rate", "numerator": "Numerator", "denominator": "Denominator", "unit": "rate"}
    assert client.post(_page(delivery), given).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == State.ACCEPTED, [fault.says for fault in delivery.faults.all()]
    assert catalogue()["falls-with-harm"].per == 100_000


def test_title_above_the_headings_does_not_hide_them(client: Client) -> None:
    file = falls(["ZR1"], usual(16))
    delivery = _waiting(Arrived("titled.csv", b"Falls in hospital,,\n" + file.content))
    page = client.get(_page(delivery)).content.decode()
    assert re.search(r'<option value="Trust code"\s+selected', page)
    client.post(_page(delivery), ANSWERS)
    assert series_of("ZR1", "falls-with-harm").points == 16


def test_workbook_whose_first_sheet_is_a_cover_is_mapped_by_its_table(client: Client) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Cover").write_row(0, 0, ["Falls in hospital, as counted by the trusts"])
    sheet = book.add_worksheet("Data")
    rows = [["ZR1", f"{month_after(FIRST, i):%Y-%m}", value] for i, value in enumerate(usual(16))]
    for at, row in enumerate([["Trust code", "Month", "Score"], *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    delivery = _waiting(Arrived("falls.xlsx", out.getvalue()))
    page = client.get(_page(delivery)).content.decode()
    assert re.search(r'<option value="Trust code"\s+selected', page)
    client.post(_page(delivery), ANSWERS)
    assert series_of("ZR1", "falls-with-harm").points == 16


def test_two_files_that_share_nothing_but_a_title_line_are_not_read_alike(client: Client) -> None:
    title = b"Monthly return,,\n"
    dropped_and_confirmed(Arrived("a.csv", title + falls(["ZR1"], usual(16)).content))
    other = b"Organisation,Period,Rate\nZR1,2025-01,4\nZR1,2025-02,5\n"
    (delivery,) = dropped(Arrived("b.csv", title + other))
    assert delivery.state == State.MAPPING


def test_meaning_once_given_is_not_changed_by_a_later_file() -> None:
    an_organisation("ZR1")
    dropped_and_confirmed(falls(["ZR1"], usual(16)), an_indicator("score", definition="The first meaning"))
    other = b"Organisation,Period,Score\nZR1,2025-01,4\nZR1,2025-02,5\n"
    dropped_and_confirmed(Arrived("b.csv", other), an_indicator("score", definition="Another meaning"))
    assert catalogue()["score"].definition == "The first meaning"


def test_mapping_is_confirmed_once_by_one_event() -> None:
    an_organisation("ZR1")
    delivery = _waiting(falls(["ZR1"], usual(16)))
    before = Event.objects.count()
    confirmed(delivery)
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("sequence").last()
    assert event is not None
    assert (event.verb, event.on_id) == ("indicators.confirm_mapping", str(delivery.pk))
    assert "Trust code" not in event.facts


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.AUDITOR])
def test_whoever_may_not_import_cannot_confirm(role: Role) -> None:
    delivery = _waiting(falls(["ZR1"], usual(16)))
    before = _state()
    with pytest.raises(Refused):
        confirmed(delivery, by=a_person(role))
    assert _state() == before
    assert signed_in(a_person(role)).get(_page(delivery)).status_code == 403


def test_file_that_was_taken_in_is_not_confirmed_again() -> None:
    an_organisation("ZR1")
    delivery = dropped_and_confirmed(falls(["ZR1"], usual(16)))
    before = _state()
    with pytest.raises(Invalid, match="confirmed already"):
        confirmed(delivery)
    assert _state() == before
    delivery.refresh_from_db()
    assert (delivery.state, delivery.publication) == (State.ACCEPTED, Publication.objects.get())


@pytest.mark.parametrize("lacking", ["columns", "meaning"])
def test_mapping_that_says_too_little_is_answered_with_its_mend(lacking: str) -> None:
    delivery = _waiting(falls(["ZR1"], usual(16)))
    guessed = guess_of(received_file(delivery))
    assert guessed is not None
    mapping = Mapping() if lacking == "columns" else guessed
    before = _state()
    with pytest.raises(Invalid, match="Say "):
        confirm_mapping(by=KEEPER, at=timezone.now(), delivery=delivery, mapping=mapping, indicators=[])
    assert _state() == before


def test_file_of_several_indicators_asks_for_the_meaning_of_each_once(client: Client) -> None:
    def rows(*names: str) -> list[list[object]]:
        return [[n, "ZR1", f"{month_after(FIRST, i):%Y-%m}", 3 + i % 2] for n in names for i in range(14)]

    head = ["Indicator", "Trust code", "Month", "Score"]
    answers = {**ANSWERS, "indicator": "Indicator"}
    assert client.post(_page(_waiting(table([head, *rows("Falls", "Ulcers")]))), answers).status_code == 302
    assert series_of("ZR1", "falls").points == series_of("ZR1", "ulcers").points == 14
    (known,) = dropped(table([head, *rows("Falls")], "falls alone.csv"))
    assert known.state == State.ACCEPTED
    assert _waiting(table([head, *rows("Falls", "Sepsis")], "new.csv"))

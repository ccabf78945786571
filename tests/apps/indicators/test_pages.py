"""The pages of indicators, series and publications: what a reader is told, and what goes out as a file."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.directory.models import Subject
from sightline.indicators.models import Publication, Rebase
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.indicators import (
    FIRST,
    SICKNESS,
    an_indicator,
    dropped,
    dropped_and_confirmed,
    falls,
    month_after,
    series_of,
    sickness,
    table,
    usual,
    worsening,
)

pytestmark = pytest.mark.usefixtures("house")
MEASURE = f"/indicators/{SICKNESS}/"
WHY = "A new ward opened"


def _asked(day: str, because: str = WHY) -> dict[str, str]:
    """The form of new limits as its boxes send it."""
    year, month, of_month = day.split("-")
    return {"asked_for-day": of_month, "asked_for-month": month, "asked_for-year": year, "because": because}


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


def page(client: Client, address: str) -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _address(code: str, more: str = "", measure: str = SICKNESS) -> str:
    return f"/indicators/{measure}/{Subject.objects.get(key=code).pk}/{more}"


def test_catalogue_lists_an_indicator_without_figures_too(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": usual(24)}))
    html = page(lead, "/indicators/")
    row = re.search(rf'<tr><th scope="row"><a href="{MEASURE}">.*?</tr>', html, re.S)
    assert row
    assert re.findall(r'class="s-number">([0-9,]+)<', row.group()) == ["2", "1", "0"]
    assert "August 2025" in row.group()
    assert "No figures have been brought in" in html


def test_indicator_compares_every_subject_the_worst_first_with_its_data_card(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(24), "ZR2": worsening(), "ZR3": usual(24)}))
    html = page(lead, MEASURE)
    assert "3 subjects, the worst first." in html
    assert html.index("Trust ZR2") < html.index("Trust ZR1") < html.index("Trust ZR3")
    assert "Lower is better" in html
    for label in ("Purpose", "Intended audience", "Known issues and constraints", "What good looks like"):
        assert label in html
    assert f"/publications/{Publication.objects.get().pk}/" in html


def test_indicators_filter_stays_in_the_address(lead: Client) -> None:
    dropped(sickness({f"ZR{number}": usual(14) for number in range(53)}))
    html = page(lead, f"{MEASURE}?name=Trust")
    assert "53 subjects; others are left out by the filter" in html
    found = re.search(r'<a href="(\?[^"]*page=2)" rel="next"', html)
    assert found
    assert "name=Trust" in found.group(1)
    assert "Page 2 of 2" in page(lead, MEASURE + found.group(1).replace("&amp;", "&"))
    assert "1 subject;" in page(lead, f"{MEASURE}?name=zr7")
    assert "No subject with figures fits." in page(lead, f"{MEASURE}?name=nobody")
    assert "No subject with figures fits." in page(lead, f"{MEASURE}?area=NOWHERE")


def test_series_page_says_what_happened_and_shows_its_table_rules_and_card(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening()}))
    html = page(lead, _address("ZR1"))
    for says in (
        "Worse: higher than chance alone would explain",
        "Eight months above its usual level since January 2025: worse",
        "Lower is better",
        "Assessed by the rule set mdc-2023",
        "August 2025",
        "6.90%",
        "Seven or more figures in a row lie on one side of the average.",
        "Start new limits from a date",
    ):
        assert says in html, says
    assert len(re.findall(r'<tr[^>]*><th scope="row">', html)) == 24
    assert html.index("August 2025") < html.rindex("September 2023")


@pytest.mark.parametrize(
    ("rates", "says"),
    [
        (usual(5), "Provisional"),
        ([4.0] * 14, "no limits can be drawn"),
        ([4.0], "Too few figures to draw limits."),
    ],
)
def test_honest_states_are_said_in_words(lead: Client, rates: list[float | None], says: str) -> None:
    dropped(sickness({"ZR1": rates}))
    assert says in page(lead, _address("ZR1"))


def test_month_that_was_not_reported_stands_in_the_table_as_a_gap(lead: Client) -> None:
    rates = usual(24)
    rates[20] = None
    dropped(sickness({"ZR1": rates, "ZR2": usual(24), "ZR3": usual(24)}))
    html = page(lead, _address("ZR1"))
    assert "May 2025" in html
    assert "No figure for May 2025, which most others reported." in html


def test_new_limits_are_started_and_withdrawn_on_the_page_by_one_event_each(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening(24, 12)}))
    before = Event.objects.count()
    form = page(lead, _address("ZR1", "limits/"))
    assert "they can hide a decline" in form
    answer = lead.post(_address("ZR1", "limits/"), _asked("2024-08-20"), follow=True)
    html = answer.content.decode()
    assert "New limits start in September 2024." in html
    assert WHY in html and "asked for 20 August 2024" in html
    assert len(series_of("ZR1").content["phases"]) == 2
    rebased = Rebase.objects.get()
    answer = lead.post(_address("ZR1", f"limits/{rebased.pk}/withdraw/"), {"because": "Wrong ward"}, follow=True)
    html = answer.content.decode()
    assert "The limits are as they were before." in html
    assert "Withdrawn" in html and "Wrong ward" in html
    assert len(series_of("ZR1").content["phases"]) == 1
    verbs = list(Event.objects.order_by("sequence").values_list("verb", flat=True))[before:]
    assert verbs == ["indicators.rebase", "indicators.withdraw_rebase"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"because": ""}, "Say in a sentence what changed."),
        (dict.fromkeys(_asked("2024-09-01"), ""), "Give the date on which the process changed."),
        ({"asked_for-day": "first"}, "must be in numbers"),
        (_asked("2026-02-01"), "This day is still to come."),
        (_asked("2026-01-10"), "There is no figure from 10 January 2026"),
        (_asked("0001-01-01"), "Choose a date after 1 September 2023"),
        ({"baseline_points": "3"}, "greater than or equal to 12"),
    ],
)
def test_useless_rebase_is_shown_again_with_its_mend(lead: Client, given: dict[str, str], says: str) -> None:
    dropped(sickness({"ZR1": worsening()}))
    answer = lead.post(_address("ZR1", "limits/"), {**_asked("2024-09-01"), **given})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Rebase.objects.exists()


def test_withdrawal_without_a_reason_or_a_second_time_is_refused(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening(24, 12)}))
    lead.post(_address("ZR1", "limits/"), _asked("2024-09-01"))
    address = _address("ZR1", f"limits/{Rebase.objects.get().pk}/withdraw/")
    assert lead.post(address, {"because": " "}).status_code == 403
    assert lead.post(address, {"because": "Wrong"}).status_code == 302
    assert lead.post(address, {"because": "Wrong"}).status_code == 400
    assert lead.get(address).status_code == 405
    assert Rebase.objects.count() == 2


def test_member_reads_a_series_but_is_not_offered_new_limits() -> None:
    dropped(sickness({"ZR1": worsening()}))
    member = signed_in(a_person(Role.MEMBER))
    assert "Start new limits" not in page(member, _address("ZR1"))
    assert member.get(_address("ZR1", "limits/")).status_code == 403
    assert member.post(_address("ZR1", "limits/"), _asked("2024-09-01")).status_code == 403
    assert not Rebase.objects.exists()


def test_csv_holds_the_table_beside_the_chart(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening()}))
    answer = lead.get(_address("ZR1", "figures.csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert answer["Content-Disposition"] == f'attachment; filename="{SICKNESS}-ZR1.csv"'
    assert rows[0][:2] == ["period", "value"]
    assert len(rows) == 25
    assert "August 2025" in rows[1][0]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_no_cell_of_the_csv_is_taken_for_a_formula(lead: Client) -> None:
    old = an_organisation("ZR1", "=HYPERLINK(1) Trust", closed_on=date(2024, 8, 31))
    new = an_organisation("ZR9", "New Trust")
    old.relations_from.create(target=new, link="succeeded_by", source="person", recorded_at=old.recorded_at)
    rows = [["ZR1", f"{month_after(FIRST, i):%Y-%m}", -4 + i % 3] for i in range(12)]
    rows += [["ZR9", f"{month_after(FIRST, i):%Y-%m}", -4 + i % 3] for i in range(12, 24)]
    dropped_and_confirmed(table([["Trust code", "Month", "Score"], *rows]), an_indicator("score"))
    text = lead.get(_address("ZR9", "figures.csv", "score")).content.decode()
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]


@pytest.mark.parametrize(
    "address",
    [
        "/indicators/nonsense/",
        "/publications/{}/",
        "/import/{}/",
        "/import/files/{}/columns/",
        "/import/files/{}/faults.csv",
    ],
)
def test_what_is_not_there_is_answered_as_such(lead: Client, address: str) -> None:
    assert lead.get(address.format(uuid.uuid4())).status_code == 404


def test_publication_says_where_it_came_from_and_what_it_replaced(
    clock: time_machine.Traveller,
) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    clock.shift(timedelta(days=1))
    dropped(sickness({"ZR1": [5.0, 5.1]}, name="sickness revised.csv"))
    older, newer = Publication.objects.order_by("recorded_at")
    lead = signed_in(a_person(Role.QUALITY_LEAD))
    first, second = (page(lead, f"/publications/{one.pk}/") for one in (older, newer))
    assert "NHS England" in first and older.sha256 in first and older.part_sha256 in first
    assert "September 2023 to August 2025" in first
    assert "2 figures by" in first and f"/publications/{newer.pk}/" in first
    assert "2 figures of" in second and f"/publications/{older.pk}/" in second
    assert "a revision of an earlier file" in second
    assert "24, which gave 24 figures" in first
    assert "2 publications brought in" in page(lead, "/publications/")


def test_empty_house_has_no_publications(lead: Client) -> None:
    assert "None has been brought in." in page(lead, "/publications/")
    assert "No subject with figures fits." in page(lead, MEASURE)


@pytest.mark.parametrize("number", ["0", "-1", "x", "٣", "9" * 40, "%00"])
def test_page_number_that_is_none_is_answered_calmly(lead: Client, number: str) -> None:
    for address in ("/publications/", MEASURE):
        assert lead.get(f"{address}?page={number}").status_code in {200, 400}


@pytest.mark.parametrize("name", ["name", "area"])
def test_nul_in_a_filter_is_answered_calmly(lead: Client, name: str) -> None:
    assert lead.get(f"{MEASURE}?{name}=%00").status_code in {200, 400}


def test_provider_compares_itself_with_nobody_else() -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": usual(24)}))
    provider = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR1")))
    html = page(provider, MEASURE)
    assert "1 subject," in html and "Trust ZR2" not in html
    row = re.search(rf'<a href="{MEASURE}">.*?</tr>', page(provider, "/indicators/"), re.S)
    assert row
    assert re.findall(r'class="s-number">([0-9,]+)<', row.group()) == ["1", "1", "0"]
    assert provider.get(_address("ZR2")).status_code == 404
    assert provider.get(_address("ZR2", "figures.csv")).status_code == 404


def test_local_indicator_has_its_page_under_its_dimension(lead: Client) -> None:
    an_organisation("ZR1")
    dropped_and_confirmed(falls(["ZR1"], usual(16)), an_indicator("score", name="Falls with harm"))
    assert "Falls with harm" in page(lead, "/indicators/")
    assert "Said by the person who brought it in" in page(lead, "/indicators/score/")

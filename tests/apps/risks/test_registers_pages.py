"""Pages of registers: what they show, what their filters keep in the address, and the files taken from them."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.core.rulebook.registers import Tier
from sightline.intake.reading import read
from sightline.risks.presenters.registers import question
from sightline.risks.queries.asked import Asked, Show, Sort
from tests.factories.accounts import signed_in
from tests.factories.indicators import TODAY
from tests.factories.risks import a_risk
from tests.factories.risks_registers import Board, a_board, grow

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("RSK-01")]
PAGES = ("register", "register_csv", "register_xlsx", "register_checks", "register_checks_csv", "register_movement")


@pytest.fixture
def board() -> Board:
    """This function will make a board with its readers."""
    return a_board()


def _get(board: Board, name: str, page: str, question: str = "", tier: str = "system", status: int = 200) -> str:
    at = reverse(page, args=[tier, board.icb.pk]) + question
    answer = signed_in(board.people[name]).get(at)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode(errors="replace")


def test_table_says_band_movement_and_overdue_in_words(board: Board) -> None:
    a_risk(
        subjects=[board.trust],
        title="Falls on two wards",
        initial=(4, 4),
        scores=[((2, 2), TODAY - timedelta(days=200)), ((4, 4), TODAY - timedelta(days=5))],
        target=(1, 2),
        opened_on=TODAY - timedelta(days=200),
        places=[(Tier.SYSTEM, board.icb, "S-17")],
        review_on=TODAY - timedelta(days=1),
    )
    page = _get(board, "member", "register")
    for words in (
        "S-17",
        "Falls on two wards",
        "16 Extreme",
        "Risen from 4",
        "Overdue",
        "Director of nursing",
        "Mill",
        "Routine",
    ):
        assert words in page, words
    assert "1 risk." in page


def test_filters_say_what_they_leave_out_and_stay_in_the_address_of_the_file(board: Board) -> None:
    a_risk(subjects=[board.trust], title="Gone", places=[(Tier.SYSTEM, board.icb)], closed_on=TODAY)
    page = _get(board, "member", "register", "?band=extreme&owner=nobody")
    assert "Only these: band “Extreme”, owned by “Nobody”. Others are left out." in page
    page = _get(board, "member", "register", "?show=closed")
    assert "Gone" in page and 'register.csv?show=closed"' in page
    assert "Gone" not in _get(board, "member", "register")


def test_address_writes_all_that_is_asked_for() -> None:
    asked = Asked("high", "safety", "minor", "me", Show.ALL, True, True, Sort.TITLE, TODAY)
    assert question(asked) == (
        "band=high&category=safety&severity=minor&owner=me&show=all&overdue=yes&above=yes&sort=title&as_of=2026-01-15"
    )
    assert question(Asked()) == ""


def test_earlier_day_is_said_and_shows_what_stood_then(board: Board) -> None:
    then = TODAY - timedelta(days=100)
    a_risk(subjects=[board.trust], title="Old one", opened_on=then, places=[(Tier.SYSTEM, board.icb)], closed_on=TODAY)
    page = _get(board, "member", "register", f"?as_of={then}")
    assert "Old one" in page and "from what was on record then" in page
    empty = _get(board, "member", "register", f"?as_of={then - timedelta(days=1)}")
    assert "Nothing stood on this register on that day." in empty and "Old one" not in empty


def test_file_holds_every_risk_that_fits_under_a_heading_with_its_day(board: Board) -> None:
    grow(board, 8)
    a_risk(subjects=[board.trust], title="=SUM(A1)", places=[(Tier.SYSTEM, board.icb)])
    lines = _get(board, "member", "register_csv", "?show=all").splitlines()
    assert (
        lines[0] == '"System register of Lantern Board as of 15 January 2026."' or "as of 15 January 2026" in lines[0]
    )
    assert lines[1].startswith("Number,Title,About")
    assert any("'=SUM(A1)" in line for line in lines)


def test_workbook_holds_what_the_other_file_holds(board: Board) -> None:
    grow(board, 6)
    client = signed_in(board.people["member"])
    at = reverse("register_xlsx", args=["system", board.icb.pk])
    answer = client.get(at + "?show=all")
    assert answer["Content-Disposition"] == 'attachment; filename="register.xlsx"'
    book = read("register.xlsx", answer.content)
    rows = [[str(cell or "") for cell in row] for row in book.tables[0].rows]
    plain = list(csv.reader(client.get(at.replace(".xlsx", ".csv") + "?show=all").content.decode().splitlines()))
    assert [row for row in rows if any(row)][1:] == plain[1:]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_those_who_may_know_of_levels(board: Board, page: str) -> None:
    _get(board, "provider", page, status=403)
    _get(board, "member", page, tier="galaxy", status=404)
    _get(board, "member", page)


def test_who_may_not_see_a_risk_finds_no_trace_of_it_on_any_page(board: Board) -> None:
    a_risk(subjects=[board.hospice], title="Hidden from some", places=[(Tier.SYSTEM, board.icb)])
    for page in (one for one in PAGES if one != "register_xlsx"):  # whose words are packed, and those of the other file
        assert ("Hidden from some" in _get(board, "member", page)) == (
            "Hidden from some" not in _get(board, "stranger", page)
        )
        assert "Hidden from some" not in _get(board, "conflicted", page)


def test_list_of_registers_counts_by_band_and_leads_to_the_checks(board: Board) -> None:
    a_risk(subjects=[board.trust], places=[(Tier.SYSTEM, board.icb)], scores=[((5, 5), TODAY)])
    page = signed_in(board.people["member"]).get(reverse("registers")).content.decode()
    assert "1 Extreme" in page and "of the self-checks" in page and "Main register of the ICB" in page
    assert signed_in(board.people["provider"]).get(reverse("registers")).status_code == 403


def test_picture_of_a_year_says_its_figures_in_words_and_stands_beside_its_table(board: Board) -> None:
    a_risk(
        subjects=[board.trust],
        title="New and high",
        places=[(Tier.SYSTEM, board.icb)],
        scores=[((5, 5), TODAY)],
        opened_on=TODAY,
    )
    page = _get(board, "member", "register_movement")
    assert "extreme 0 and 1" in page and "Came onto the register: 1 risk" in page and "New and high" in page
    assert "style=" not in page[page.index('<svg class="chart c-full') : page.index("c-legend")]
    assert "Nothing that you may see" in _get(board, "stranger", "register_movement")


def test_no_page_asks_more_of_the_database_for_a_longer_register(board: Board, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(board.people["member"])
    grow(board, 4)
    at = reverse("register", args=["system", board.icb.pk])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(at)
    grow(board, 25, seed=5)
    with django_assert_max_num_queries(len(few.captured_queries) + 2):
        client.get(at)

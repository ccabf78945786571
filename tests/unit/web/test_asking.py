"""What an address asks for."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from sightline.web import asking


def asked(query: str) -> object:
    return RequestFactory().get("/" + query)


@pytest.mark.parametrize(
    ("query", "found"),
    [("?name=%00Elm%00", "Elm"), ("?name=  Elm ", "Elm"), ("", "all"), ("?name=" + "e" * 900, "e" * asking.LONGEST)],
)
def test_a_word_is_bared_of_what_no_name_holds(query: str, found: str) -> None:
    assert asking.word(asked(query), "name", "all") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [("?on=2026-02-28", date(2026, 2, 28)), ("?on=2026-02-30", None), ("?on=yesterday", None), ("", None)],
)
def test_what_is_no_day_is_none(query: str, found: date | None) -> None:
    assert asking.day(asked(query), "on") == found


@pytest.mark.parametrize(("page", "found"), [("3", 3), ("0", 1), ("-2", 1), ("٣", 1), ("9" * 40, 1), ("", 1)])
def test_what_is_no_page_number_is_the_first(page: str, found: int) -> None:
    assert asking.number(asked(f"?page={page}")) == found

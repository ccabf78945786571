"""What was read is kept until the event log grows, and never inside a transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from sightline.audit import keeping
from sightline.audit.keeping import AT_MOST, OneLook, until_anything_changes
from sightline.audit.operation import append

AT = datetime(2026, 6, 15, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _something_changes(system: str = "sightline") -> None:
    append(system=system, at=AT, actor="person:x", verb="tests.change", on_kind="", on_id="", facts={})


@pytest.fixture(autouse=True)
def transaction(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whether the read believes itself inside a transaction, as every test is: no, unless a test says so."""
    believed = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(keeping, "connection", believed)
    return believed


@pytest.fixture
def reads() -> list[str]:
    """What was asked of the read below, in order."""
    return []


@pytest.fixture
def read(reads: list[str]) -> Callable[[str], str]:
    """A read that writes down each time that it is really done."""

    @until_anything_changes
    def read(word: str) -> str:
        reads.append(word)
        return word.upper()

    return read


def test_same_question_is_read_once_while_nothing_changes(read: Callable[[str], str], reads: list[str]) -> None:
    _something_changes()
    assert [read("a"), read("a"), read("b"), read("a")] == ["A", "A", "B", "A"]
    assert reads == ["a", "b"]


@pytest.mark.parametrize("system", ["sightline", "another"])
def test_an_event_of_any_system_has_everything_read_again(
    read: Callable[[str], str], reads: list[str], system: str
) -> None:
    _something_changes()
    read("a")
    _something_changes(system)
    assert read("a") == "A"
    assert reads == ["a", "a"]


def test_nothing_is_kept_inside_a_transaction(
    read: Callable[[str], str], reads: list[str], transaction: SimpleNamespace
) -> None:
    _something_changes()
    transaction.in_atomic_block = True
    read("a")
    read("a")
    transaction.in_atomic_block = False
    read("a")
    assert reads == ["a", "a", "a"]


def test_nothing_is_kept_before_the_first_event(read: Callable[[str], str], reads: list[str]) -> None:
    read("a")
    read("a")
    assert reads == ["a", "a"]


def test_only_so_many_answers_are_kept(read: Callable[[str], str], reads: list[str]) -> None:
    _something_changes()
    for number in range(AT_MOST + 1):
        read(str(number))
    read("0")
    assert reads.count("0") == 2


def _page(method: str, read: Callable[[str], str]) -> Callable[[], None]:
    """A page that reads twice, and meanwhile somebody else changes something."""

    def answer(request: object) -> HttpResponse:
        read("a")
        _something_changes()
        read("a")
        return HttpResponse()

    return lambda: OneLook(answer)(getattr(RequestFactory(), method)("/")) and None


def test_page_that_is_read_is_of_one_moment(read: Callable[[str], str], reads: list[str]) -> None:
    _something_changes()  # before its first event a log has no end that could be kept by
    page = _page("get", read)
    page()
    assert reads == ["a"]
    page()
    assert reads == ["a", "a"], "the next page must notice what changed"


def test_page_that_changes_something_sees_what_it_changed(read: Callable[[str], str], reads: list[str]) -> None:
    _something_changes()
    _page("post", read)()
    assert reads == ["a", "a"]

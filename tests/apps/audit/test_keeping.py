"""What was read is kept until the event log grows, and never inside a transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from sightline.audit import keeping, queries
from sightline.audit.keeping import AT_MOST, OneLook, until_anything_changes, until_changed_by
from sightline.audit.models import Event
from sightline.audit.operation import append
from sightline.audit.queries import ChainEnd, chain_ends, changes_between

AT = datetime(2026, 6, 15, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _something_changes(system: str = "sightline", verb: str = "tests.change", on: str = "") -> None:
    append(system=system, at=AT, actor="person:x", verb=verb, on_kind="", on_id=on, facts={})


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


# --- what only some operations change


@pytest.fixture
def few(reads: list[str]) -> Callable[[str], str]:
    """A read that rests on the tables of one app and on those that one operation of another writes, or mends."""

    def mended(kept: str, ids: list[str], word: str) -> str:
        reads.append(f"{word} mended for {sorted(ids)}")
        return kept + "".join(sorted(ids))

    @until_changed_by("wards", "beds.make", mends={"beds.move": mended})
    def read(word: str) -> str:
        reads.append(word)
        return word.upper()

    return read


@pytest.mark.parametrize(
    ("verbs", "is_read_again"),
    [
        (["meetings.hold"], False),
        (["beds.strip", "meetings.hold"], False),
        (["bedsides.make", "wards_of_old.open"], False),
        (["beds.make"], True),
        (["wards.open"], True),
        (["meetings.hold", "wards.close", "meetings.end"], True),
        (["beds.move", "wards.open"], True),
    ],
)
@pytest.mark.parametrize("system", ["sightline", "another"])
def test_only_what_may_have_changed_an_answer_has_it_read_again(
    few: Callable[[str], str], reads: list[str], verbs: list[str], is_read_again: bool, system: str
) -> None:
    _something_changes()
    few("a")
    for verb in verbs:
        _something_changes(system, verb)
    assert few("a") == few("a") == "A"
    assert reads.count("a") == 1 + is_read_again


def test_what_is_mended_is_not_read_again_and_is_mended_once_for_each_change(
    few: Callable[[str], str], reads: list[str]
) -> None:
    _something_changes()
    few("a")
    for on in ("1", "2"):
        _something_changes(verb="beds.move", on=on)
    _something_changes(verb="meetings.hold")
    assert [few("a"), few("a")] == ["A12", "A12"]
    _something_changes(verb="beds.move", on="3")
    assert few("a") == "A123"
    assert reads == ["a", "a mended for ['1', '2']", "a mended for ['3']"]


def test_log_that_does_not_go_on_from_where_it_was_seen_tells_nothing_of_what_was_done() -> None:
    """As after a copy of the house was put back, or in a database that was emptied and filled anew."""
    for verb in ("wards.open", "beds.make", "beds.move"):
        _something_changes(verb=verb, on=verb)
    (now,) = chain_ends()
    seen = ChainEnd(now.system, 1, Event.objects.get(sequence=1).hash)
    changes = changes_between((seen,), (now,))
    assert changes is not None and [one.on for one in changes] == ["beds.make", "beds.move"]
    assert changes_between((now,), (now,)) == ()
    for other in (replace(seen, hash="0" * 64), replace(now, sequence=4), replace(seen, system="gone")):
        assert changes_between((other,), (now,)) is None


def test_more_changes_than_are_worth_a_look_have_everything_read_again(
    few: Callable[[str], str], reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LOOKED_AT", 2)
    _something_changes()
    few("a")
    for count in (2, 3):
        for _ in range(count):
            _something_changes()
        few("a")
    assert reads == ["a", "a"]

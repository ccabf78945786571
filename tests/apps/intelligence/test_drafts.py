"""Drafts: kept for their writer alone, taken up again, given up, and gone once they are sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Handling, Role
from sightline.core.verdict import Invalid, Refused
from sightline.intelligence.giving import Kept
from sightline.intelligence.models import Draft, DraftFile
from sightline.intelligence.operations import discard_draft, save_draft
from sightline.intelligence.operations.drafting import LONGEST, MOST_DRAFTS, MOST_FILES
from sightline.intelligence.queries.drafts import files_of, key_of, own_draft, own_drafts
from tests.factories.intelligence import LATER, NOW, an_item, somebody

pytestmark = pytest.mark.usefixtures("house")
KEY = uuid4()
CONTENT = {"words": ["Nobody answers the bell"], "handling": ["members"], "dimensions": ["safe", "caring"]}
LEAFLET = Kept("leaflet.txt", "text/plain", b"Ring twice", Handling.MEMBERS, "Nothing was changed")


@pytest.fixture
def writer(house: None) -> Person:
    return somebody()


def _save(writer: Person, **more: Any) -> Draft:
    return save_draft(**{"by": writer, "at": NOW, "key": KEY, "content": CONTENT, **more})


def _bytes(folder: Path) -> list[bytes]:
    return sorted(one.read_bytes() for one in (folder / "drafts").glob("*"))


def test_draft_is_kept_as_it_was_typed_and_recorded_without_a_word_of_it(writer: Person) -> None:
    draft = _save(writer)
    assert own_draft(writer, KEY) == draft
    assert (draft.content, key_of(draft)) == (CONTENT, KEY)
    event = Event.objects.get()
    assert (event.verb, event.on_id) == ("intelligence.save_draft", str(draft.pk))
    assert "bell" not in event.facts


def test_one_filling_in_is_one_draft_and_two_windows_are_two(writer: Person) -> None:
    _save(writer)
    _save(writer, content={"words": ["Again"]}, at=LATER)
    other = _save(writer, key=uuid4())
    assert own_drafts(writer)[0].content == {"words": ["Again"]}
    assert {one.pk for one in own_drafts(writer)} == {Draft.objects.get(content={"words": ["Again"]}).pk, other.pk}


def test_draft_is_nobody_elses(writer: Person) -> None:
    _save(writer)
    for person in (somebody(), somebody(Role.SECRETARY)):
        assert own_drafts(person) == []
        assert own_draft(person, KEY) is None
        discard_draft(by=person, at=NOW, key=KEY)
    assert own_draft(writer, KEY) is not None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.FOI_OFFICER])
def test_who_may_not_share_keeps_no_draft(role: Role) -> None:
    with pytest.raises(Refused):
        _save(somebody(role))
    assert not Draft.objects.exists()
    assert not Event.objects.exists()


def test_files_wait_with_their_draft(writer: Person, house: Path) -> None:
    draft = _save(writer, files=[LEAFLET])
    _save(writer, files=[Kept("map.txt", "text/plain", b"Here", Handling.MEMBERS)])
    assert [one.name for one in draft.files.all()] == ["leaflet.txt", "map.txt"]
    assert files_of(draft, Handling.MEMBERS)[0] == LEAFLET
    dropped = str(draft.files.get(name="map.txt").pk)
    assert files_of(draft, Handling.PUBLIC, [dropped]) == (
        Kept("leaflet.txt", "text/plain", b"Ring twice", Handling.PUBLIC, "Nothing was changed"),
    )


def test_what_is_dropped_discarded_or_sent_leaves_no_bytes(
    writer: Person, house: Path, django_capture_on_commit_callbacks: Any
) -> None:
    draft = _save(writer, files=[LEAFLET, Kept("map.txt", "text/plain", b"Here", Handling.MEMBERS)])
    with django_capture_on_commit_callbacks(execute=True):
        _save(writer, dropped=[draft.files.get(name="map.txt").pk])
    assert _bytes(house) == [b"Ring twice"]
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(by=writer, at=NOW, key=KEY)
    assert (_bytes(house), DraftFile.objects.count(), Draft.objects.count()) == ([], 0, 0)
    _save(writer, files=[LEAFLET])
    with django_capture_on_commit_callbacks(execute=True):
        an_item(by=writer, form_key=KEY)
    assert (_bytes(house), Draft.objects.count()) == ([], 0)


def test_file_whose_bytes_are_gone_is_left_out(writer: Person, house: Path) -> None:
    draft = _save(writer, files=[LEAFLET])
    for one in (house / "drafts").glob("*"):
        one.unlink()
    assert files_of(draft, Handling.MEMBERS) == ()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"content": {"words": ["x" * (LONGEST + 1)]}}, "too much here"),
        ({"files": [LEAFLET] * (MOST_FILES + 1)}, "takes 20 files"),
    ],
)
def test_what_is_too_much_is_refused_and_changes_nothing(writer: Person, more: dict[str, Any], says: str) -> None:
    _save(writer)
    with pytest.raises(Invalid, match=says):
        _save(writer, **more)
    assert own_drafts(writer)[0].content == CONTENT
    assert not DraftFile.objects.exists()
    assert Event.objects.count() == 1


def test_nobody_keeps_drafts_without_end(writer: Person) -> None:
    Draft.objects.bulk_create(
        Draft(actor_id=writer.actor_id, form=f"share:{uuid4().hex}", content={}, saved_at=NOW)
        for _ in range(MOST_DRAFTS)
    )
    with pytest.raises(Invalid, match="50 drafts"):
        _save(writer)
    assert Draft.objects.count() == MOST_DRAFTS


def test_what_was_sent_is_no_draft_again(writer: Person) -> None:
    _save(writer)
    an_item(by=writer, form_key=KEY)
    assert own_draft(writer, KEY) is None
    with pytest.raises(Invalid, match="sent already"):
        _save(writer)
    assert own_draft(writer, KEY) is None

"""What is kept beside a note: the annex with its few readers, and to whom the meeting was fed back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation
from sightline.meetings import operations
from sightline.meetings.guarding import opening_annex_of
from sightline.meetings.models import AnnexEntry, AnnexReader, FedBack
from sightline.meetings.queries.annexing import annex_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.groups_terms import a_recipient, an_approval, some_terms
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, opened
from tests.factories.meetings_noting import a_draft, a_held_meeting
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]

MODELS = (AnnexEntry, AnnexReader, FedBack, Event)
ROLE = "sightline_reading"
SECRET = "What the families’ letter said"


@pytest.fixture
def live(house: None, settings: Any) -> Live:
    """This function will make a meeting that was held to its end, with a note that is shared."""
    settings.ANNEX_ON_SQLITE = True
    return a_draft(a_held_meeting(), is_shared=True)


@pytest.fixture
def council(live: Live) -> Organisation:
    """This function will have the group report to one of its bodies, by terms in force."""
    terms = some_terms(live.group)
    a_recipient(terms, "local-authority", live.bodies["local-authority"])
    an_approval(terms, timezone.localdate() - timedelta(days=30))
    return live.bodies["local-authority"]


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = [model._default_manager.count() for model in MODELS]
    with pytest.raises(problem, match=says or None):
        act()
    assert [model._default_manager.count() for model in MODELS] == before


def adds(live: Live, number: int = 0, text: str = SECRET, **more: Any) -> AnnexEntry:
    """This function will have the secretary add to the annex."""
    item = live.items[number - 1].pk if number else None
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), **more}
    return operations.add_to_annex(meeting=live.meeting, item=item, text=text, **given)


def names(live: Live, *people: UUID, **more: Any) -> int:
    """This function will have the secretary name the readers of the annex."""
    given = {"by": live.secretary, "at": timezone.now(), **more}
    return operations.name_annex_readers(meeting=live.meeting, people=people, **given)


def feeds(live: Live, body: Organisation, told_on: date | None = None, **more: Any) -> FedBack:
    """This function will have the secretary record that the meeting was fed back to a body."""
    given = {"by": live.secretary, "at": timezone.now(), "organisation": body, **more}
    return operations.feed_back(meeting=live.meeting, told_on=told_on or timezone.localdate(), **given)


def get(person: Person, name: str, *args: object) -> tuple[int, str]:
    """This function will open a page as somebody."""
    answer = signed_in(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def post(person: Person, name: str, *args: object, **sent: object) -> tuple[int, str]:
    """This function will send a form as somebody."""
    answer = signed_in(person).post(reverse(name, args=args), sent)
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("IGV-02")
def test_given_a_database_whose_rows_cannot_guard_themselves_then_nothing_is_kept_unless_its_operator_accepts_that(
    live: Live, settings: Any
) -> None:
    settings.ANNEX_ON_SQLITE = False
    if connection.vendor == "postgresql":
        assert adds(live)
    else:
        unchanged(lambda: adds(live), Invalid, "SIGHTLINE_ANNEX_ON_SQLITE")


@pytest.fixture
def guarded(live: Live) -> Iterator[Live]:
    """As the product's own role in production, neither owner nor superuser, with an entry in the annex."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    adds(live)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} NOSUPERUSER NOBYPASSRLS")
        cursor.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {ROLE}")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield live
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.requirement("IGV-02")
def test_given_an_annex_then_the_database_shows_it_only_while_it_is_opened(guarded: Live) -> None:
    asked = AnnexEntry.objects.values_list("text", flat=True)
    assert not asked.all()
    with opening_annex_of(uuid4()):
        assert not asked.all()
    with opening_annex_of(guarded.meeting.pk):
        assert list(asked.all()) == [SECRET]
    assert not asked.all()
    assert [one.text for one in annex_of(guarded.secretary, timezone.localdate(), guarded.meeting)] == [SECRET]


@pytest.mark.requirement("REC-12")
def test_given_an_annex_then_only_those_who_keep_the_record_and_its_named_readers_find_it(live: Live) -> None:
    adds(live)
    reader, other = live.people["icb"], live.people["lay"]
    assert names(live, reader.pk) == 1
    assert SECRET in get(live.secretary, "note_annex", live.meeting.pk)[1]
    status, page = get(reader, "note_annex", live.meeting.pk)
    assert status == 200 and SECRET in page and "Add to it" not in page
    for person in (other, live.chair):
        assert get(person, "note_annex", live.meeting.pk)[0] == 404
        assert "estricted annex" not in get(person, "note", live.meeting.pk)[1]
    assert SECRET not in get(reader, "note", live.meeting.pk)[1]
    sent = {"item": "whole", "text": "More", "form_key": uuid4()}
    assert post(reader, "note_annex", live.meeting.pk, **sent)[0] == 404
    assert post(live.secretary, "note_annex", live.meeting.pk, **sent)[0] == 302
    assert names(live) == 1  # nobody any more
    assert get(reader, "note_annex", live.meeting.pk)[0] == 404
    assert names(live, reader.pk) == 1 and AnnexReader.objects.count() == 3


@pytest.mark.requirement("COI-04")
def test_given_an_entry_on_an_item_that_is_closed_to_a_reader_then_they_do_not_find_it(live: Live) -> None:
    adds(live, 4)
    adds(live, 5, "Something else")
    reader = live.people["icb"]
    names(live, reader.pk)
    an_interest(reader, live.world.subject)
    _, page = get(reader, "note_annex", live.meeting.pk)
    assert SECRET not in page and "Matter 4" not in page and "Something else" in page and "4. Matter 5" in page


def test_given_an_annex_then_what_cannot_be_is_refused(live: Live) -> None:
    key = adds(live).form_key
    unchanged(lambda: adds(live, form_key=key), Already)
    unchanged(lambda: adds(live, text=" "), Invalid)
    unchanged(lambda: adds(live, text="ring 07700 900123"), Invalid)
    unchanged(lambda: adds(live, by=live.people["icb"]), Refused)
    an_interest(live.secretary, live.world.subject)
    unchanged(lambda: adds(live, 4), Refused)
    unchanged(lambda: names(live), Already)
    unchanged(lambda: names(live, a_person(Grant(Role.MEMBER, system=SYSTEM)).pk), Invalid)
    unchanged(lambda: names(live, live.chair.pk, by=live.chair), Refused)


def test_given_the_form_of_readers_then_it_names_and_unnames_them(live: Live) -> None:
    meeting, chosen = live.meeting.pk, live.people["icb"].pk
    assert "Person of icb" in get(live.secretary, "note_readers", meeting)[1]
    assert post(live.secretary, "note_readers", meeting, people=[chosen])[0] == 302
    assert "Person of icb." in get(live.secretary, "note_annex", meeting)[1]
    assert post(live.secretary, "note_readers", meeting)[0] == 302
    assert "Nobody is named" in get(live.secretary, "note_annex", meeting)[1]


@pytest.mark.requirement("GRP-06")
def test_given_a_body_of_the_terms_when_the_meeting_is_fed_back_then_the_note_says_when_and_by_whom(
    live: Live, council: Organisation
) -> None:
    meeting, today = live.meeting.pk, timezone.localdate()
    assert council.name in get(live.secretary, "note_fed_back", meeting)[1]
    sent = {
        "to": f"body:{council.pk}",
        "told_on-day": today.day,
        "told_on-month": today.month,
        "told_on-year": today.year,
    }
    assert post(live.secretary, "note_fed_back", meeting, **sent)[0] == 302
    _, page = get(live.people["icb"], "note", meeting)
    assert f"{council.name}, on 15 January 2026. Recorded by {live.secretary.display_name}" in page
    unchanged(lambda: feeds(live, council), Already)
    assert "Nobody is left" in get(live.secretary, "note_fed_back", meeting)[1]


def test_given_what_cannot_be_then_nothing_is_fed_back(live: Live, council: Organisation) -> None:
    today = timezone.localdate()
    unchanged(lambda: feeds(live, live.bodies["icb"]), Invalid, "by its terms")
    unchanged(lambda: feeds(live, council, today + timedelta(days=1)), Invalid, "once it was done")
    unchanged(lambda: feeds(live, council, today - timedelta(days=1)), Invalid, "before the meeting")
    unchanged(lambda: feeds(live, council, by=live.people["icb"]), Refused)


def test_given_a_note_that_is_not_shared_then_the_meeting_is_not_fed_back(house: None) -> None:
    live = a_draft(a_held_meeting())
    unchanged(lambda: feeds(live, live.bodies["icb"]), Refused, "Share the note")


def test_given_a_meeting_that_is_not_over_then_it_has_no_annex(house: None) -> None:
    live = a_live_meeting()
    opened(live)
    unchanged(lambda: adds(live), Refused)
    assert get(live.secretary, "note_annex", live.meeting.pk)[0] == 404

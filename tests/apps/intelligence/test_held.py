"""Why a source holds a row for a person: it is kept, shown with what to do, and stands until somebody decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.accounts.models import Person
from sightline.core.access import Handling, Role
from sightline.directory.models import Subject
from sightline.directory.words import Kind as Body
from sightline.directory.words import Link
from sightline.intelligence.giving import Words
from sightline.intelligence.models import About, Doubt, Item, Passage, Unplaced
from sightline.intelligence.operations import replace_words, review, review_many
from sightline.intelligence.operations._taking_in_editions import WORDS_TAKEN_OUT
from sightline.intelligence.operations.taking_in import DAY_UNREAD
from sightline.intelligence.queries.reviewing import waiting
from sightline.intelligence.sources._comments_critical import UNCLEAR
from sightline.intelligence.sources._comments_survey import SAFEGUARDING
from sightline.intelligence.words import Outcome
from tests.apps.intelligence.test_reviewing import a_published, conflicted
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.intelligence import LATER, NOW, TODAY, a_body, an_item, somebody
from tests.factories.published_texts import CRITICAL, a_comment, a_report, comments, csv_bytes, reports, taken_in

pytestmark = pytest.mark.usefixtures("house")
ADDRESS = "/intelligence/review/"


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI820", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


def held(item: Item) -> list[str]:
    return list(Doubt.objects.standing().filter(item=item).values_list("says", flat=True))


def test_what_a_source_says_is_kept_word_for_word(secretary: Person) -> None:
    taken_in(comments(a_comment(1), a_comment(2, "He fell.", **{"Safeguarding concerns?": "1"})), secretary)
    assert [held(item) for item in Item.objects.order_by("safeguarding")] == [[], [SAFEGUARDING]]
    rows = [{"row_index": "1", "organization": "LHT", "question": "Q1", "feedback": "Good.", "criticality": "x"}]
    taken_in(csv_bytes(CRITICAL, *rows), secretary, as_of=TODAY)
    assert held(Item.objects.get(heard_on=TODAY)) == [UNCLEAR]


@pytest.mark.parametrize(("other", "says"), [("05/06/2025", [DAY_UNREAD]), ("", [])])
def test_a_day_that_cannot_be_read_holds_the_row_where_others_bear_theirs(
    other: str, says: list[str], secretary: Person
) -> None:
    taken_in(comments(a_comment(1, "One.", Date="6/5/2025"), a_comment(2, "Two.", Date=other)), secretary, as_of=TODAY)
    item = Item.objects.get(pk=Passage.objects.get(text="One.").item_id)
    assert (item.heard_on, held(item)) == (TODAY, says)


def test_it_stands_until_somebody_decides_and_is_then_past(subject: Subject, secretary: Person) -> None:
    item = a_published(subject)
    Doubt.objects.create(item=item, says=UNCLEAR, recorded_at=NOW)
    assert held(item) == [UNCLEAR]
    review(by=secretary, at=LATER, item=item, outcome=Outcome.ACCEPTED, because="It is good news")
    assert held(item) == []
    assert Doubt.objects.get().says == UNCLEAR


def test_a_doubt_that_arises_later_lets_the_item_wait_again(subject: Subject, secretary: Person) -> None:
    """Somebody took words out of a report; a later file says them otherwise, and a person decides, once."""
    taken_in(reports(a_report()), secretary)
    item = Item.objects.get()
    review_many(by=secretary, at=LATER, items=[item], outcome=Outcome.ACCEPTED, because="Read")
    passage = Passage.objects.get()
    hidden = Words("What stood here is left out.", Handling.PUBLIC)
    replace_words(by=secretary, at=LATER, passage=passage, words=hidden, because="It named a nurse")
    assert not waiting(secretary, TODAY).exists()
    for hours in (1, 2):
        content = reports(a_report(concerns="Nobody came at night, and the sister had no time."))
        taken_in(content, secretary, at=LATER + timedelta(hours=hours))
    assert held(item) == [WORDS_TAKEN_OUT]
    assert list(waiting(secretary, TODAY)) == [item]
    assert "Somebody replaced words of this item" in signed_in(secretary).get(ADDRESS).content.decode()
    review(by=secretary, at=LATER + timedelta(hours=3), item=item, outcome=Outcome.ACCEPTED, because="It is as it was")
    assert held(item) == [] and not waiting(secretary, TODAY).exists()


def test_review_list_says_why_and_offers_the_bodies(subject: Subject, secretary: Person) -> None:
    an_organisation("ZI821", "Elm House", Body.GP_PRACTICE)
    item = a_published(subject, "Words")
    name = Unplaced.objects.create(item=item, words="Elm Hse", candidates="ZI820\nZI821", recorded_at=NOW)
    bare = Unplaced.objects.create(item=item, words="A home", recorded_at=NOW)
    Doubt.objects.create(item=item, says=UNCLEAR, recorded_at=NOW)
    client = signed_in(secretary)
    for address in (ADDRESS, f"/intelligence/{item.pk}/review/", f"/intelligence/{item.pk}/"):
        html = client.get(address).content.decode()
        for says in ("Held for a person", UNCLEAR, "fits 2 bodies on record", "code ZI820", "code ZI821",
                     "fits nobody on record", "Choose the body that is meant", "set it aside"):  # fmt: skip
            assert says in html, (address, says)
        assert f"/intelligence/names/{name.pk}/?means={subject.pk}&amp;then=review" in html
        assert f"/intelligence/names/{bare.pk}/?then=review" in html


def test_body_that_was_chosen_stands_ready_and_leads_back(subject: Subject, secretary: Person) -> None:
    item = a_published(subject, "Words")
    other = a_body("ZI821", "Elm House")
    name = Unplaced.objects.create(item=item, words="Elm Hse", candidates="ZI820\nZI821", recorded_at=NOW)
    address = f"/intelligence/names/{name.pk}/?means={other.pk}&then=review"
    client = signed_in(secretary)
    html = client.get(address).content.decode()
    assert f'value="{other.pk}" checked' in html and f'value="{subject.pk}" checked' not in html
    answer = client.post(address, {"answer": str(other.pk)})
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    assert About.objects.filter(item=item, subject=other).exists()
    assert "Held for a person" not in client.get(ADDRESS).content.decode()


def test_body_that_has_become_another_is_said(secretary: Person) -> None:
    old, new = an_organisation("ZI830", "Ash Trust"), an_organisation("ZI831", "Beech Trust")
    a_relation(old, Link.SUCCEEDED_BY, new, valid_from=date(2025, 4, 1))
    a_published(old.subjects.get(), "Words")
    html = signed_in(secretary).get(ADDRESS).content.decode()
    assert "Ash Trust became Beech Trust on 1 April 2025: both are told of it." in html


def test_setting_aside_stands_ready_on_the_items_page(subject: Subject, secretary: Person) -> None:
    item = a_published(subject)
    client, address = signed_in(secretary), f"/intelligence/{item.pk}/review/"
    assert 'value="set_aside" checked' in client.get(f"{address}?decide=set_aside").content.decode()
    assert "checked" not in client.get(f"{address}?decide=nonsense").content.decode()


def test_nobody_but_keepers_reads_why(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    Doubt.objects.create(item=item, says="It may mean another home", recorded_at=LATER)
    assert "It may mean another home" in signed_in(secretary).get(f"/intelligence/{item.pk}/").content.decode()
    for person in (somebody(), somebody(Role.CHAIR), somebody(Role.AUDITOR)):
        html = signed_in(person).get(f"/intelligence/{item.pk}/").content.decode()
        assert "It may mean another home" not in html and "Held for a person" not in html
    assert signed_in(conflicted(subject)).get(f"/intelligence/{item.pk}/").status_code == 404

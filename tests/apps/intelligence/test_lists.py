"""The list of items and the copy that is taken of it: filters and words that tell nobody of what is hidden."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing, Dimension
from sightline.core.verdict import Refused
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Item
from sightline.intelligence.operations import add_words, tag, take_copy
from sightline.intelligence.queries import lists
from sightline.intelligence.queries.lists import Asked, keys_of_items, page_of_items
from sightline.intelligence.words import Kind, TagKind, Wish
from tests.apps.intelligence.test_reviewing import a_published
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.intelligence import ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZELM0", "Elm House")


@pytest.fixture
def member(house: None) -> Person:
    return somebody(display_name="Mem Ber")


def listed(person: Person, **asked: Any) -> list[str]:
    """What a person finds, as the beginnings of the words that they read."""
    rows, total = page_of_items(person, TODAY, Asked(**asked), 1)
    assert total == len(rows)
    return [row.passages[0].text if row.passages else "" for row in rows]


def test_newest_comes_first(subject: Subject, member: Person) -> None:
    an_item(subject, "Old", heard_on=TODAY - timedelta(days=9))
    an_item(subject, "Second", at=LATER)
    an_item(subject, "First")
    assert listed(member) == ["Second", "First", "Old"]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": Kind.EMERGING_CONCERN.value},
        {"bearing": Bearing.IMPROVEMENT.value},
        {"dimension": Dimension.CARING.value},
        {"theme": "staffing"},
        {"since": TODAY},
        {"words": "lighthouse bell"},
        {"area": SYSTEM},
        {"quadrant": "internal-qualitative"},
    ],
)
def test_each_filter_keeps_what_fits(asked: dict[str, Any], subject: Subject) -> None:
    keeper = a_person(Grant(Role.SECRETARY))
    tags = ((TagKind.DIMENSION, Dimension.CARING.value), (TagKind.THEME, "staffing"))
    more: dict[str, Any] = {
        "kind": Kind.EMERGING_CONCERN,
        "bearing": Bearing.IMPROVEMENT,
        "tags": tags,
        "source": "healthwatch-reports",
    }
    an_item(subject, "The BELL of the lighthouse", **more)
    an_item(
        text="Another",
        heard_on=TODAY - timedelta(days=1),
        system=ELSEWHERE,
        by=somebody(system=ELSEWHERE),
    )
    assert listed(keeper) == ["The BELL of the lighthouse", "Another"]
    assert listed(keeper, **asked) == ["The BELL of the lighthouse"]


def test_subject_filter_keeps_what_is_about_it(subject: Subject, member: Person) -> None:
    an_item(subject, "Here")
    an_item(text="There")
    assert listed(member, subject=subject.pk) == ["Here"]
    html = signed_in(member).get(f"/intelligence/?subject={subject.pk}").content.decode()
    assert "Intelligence about Elm House" in html


@pytest.mark.parametrize("common", [True, False])
@pytest.mark.requirement("IGV-10")
def test_words_of_hidden_passages_find_nothing(
    common: bool, subject: Subject, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    if common:
        monkeypatch.setattr(lists, "RARE", 0)
    reader = somebody()
    words = (Words("Open words", Handling.MEMBERS), Words("Quagmire", Handling.RESTRICTED))
    an_item(subject, words=words, readers=(reader.actor_id,))
    assert listed(member, words="open") == ["Open words"]
    assert listed(member, words="quagmire") == []
    assert listed(reader, words="quagmire open") == ["Open words"]
    assert (
        "Quagmire"
        not in signed_in(member).get("/intelligence/?words=quagmire&area=").content.decode().split("Dimension")[1]
    )


@pytest.mark.parametrize("common", [True, False])
def test_giver_who_hears_nothing_else_finds_no_tags_or_words_of_others(
    common: bool, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    if common:
        monkeypatch.setattr(lists, "RARE", 0)
    giver = somebody()
    item = an_item(subject, "My own", by=giver, tags=())
    an_interest(giver, subject)
    keeper = somebody(Role.SECRETARY)
    tag(by=keeper, at=LATER, item=item, kind=TagKind.THEME, values=("staffing",))
    add_words(by=keeper, at=LATER, item=item, words=Words("Quagmire", Handling.MEMBERS))
    assert listed(giver) == ["My own"]
    assert listed(giver, words="own") == ["My own"]
    assert listed(giver, theme="staffing") == listed(giver, words="quagmire") == []
    assert listed(keeper, theme="staffing") == listed(keeper, words="quagmire") == ["My own"]
    assert "staffing" not in signed_in(giver).get("/intelligence/?area=").content.decode().split("</form>")[-2]


@pytest.mark.requirement("COI-03", "PER-10")
@pytest.mark.parametrize("kind", ["conflicted", "own body", "elsewhere", "restricted", "waiting"])
def test_what_is_hidden_is_not_counted(kind: str, subject: Subject) -> None:
    an_item(text="For everybody")
    an_item(
        subject,
        "Hidden",
        handling=Handling.RESTRICTED if kind == "restricted" else Handling.MEMBERS,
        readers=(somebody().actor_id,),
        system=ELSEWHERE if kind == "elsewhere" else SYSTEM,
        by=somebody(system=ELSEWHERE if kind == "elsewhere" else SYSTEM),
    )
    if kind == "waiting":
        Item.objects.filter(about__subject=subject).update(counts=False)
    person = somebody(organisation=subject.key if kind == "own body" else "")
    if kind == "conflicted":
        an_interest(person, subject)
    assert listed(person) == ["For everybody"]
    html = signed_in(person).get("/intelligence/?area=").content.decode()
    assert "1 item." in html
    assert "Hidden" not in html
    assert listed(person, subject=subject.pk) == []


def test_list_agrees_with_the_slow_twin(subject: Subject) -> None:
    """Item by item through the rule of one item, beside the list that was made to be quick."""
    people = [
        somebody(),
        somebody(Role.SECRETARY),
        somebody(Role.CHAIR, system=ELSEWHERE),
        a_person(Grant(Role.AUDITOR)),
    ]
    an_interest(people[0], subject)
    for place, handling in enumerate(list(Handling)[:3] * 3):
        an_item(
            subject if place % 2 else None,
            by=people[place % 2],
            handling=handling,
            readers=(people[1].actor_id,),
            heard_on=TODAY - timedelta(days=place % 4),
        )
    a_published(subject)
    for person in people:
        seen = set(Item.objects.seen_by(viewer_of(person, TODAY)).values_list("pk", flat=True))
        assert set(keys_of_items(person, TODAY, Asked())) == seen
        assert page_of_items(person, TODAY, Asked(), 1)[1] == len(seen)


def test_waiting_is_for_keepers(subject: Subject, member: Person) -> None:
    a_published(subject, "Waits")
    assert listed(somebody(Role.SECRETARY), waiting=True) == ["Waits"]
    assert listed(member, waiting=True) == []


def test_many_are_leafed_through_and_counted_up_to_a_point(
    subject: Subject, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "A_PAGE", 2)
    for number in range(5):
        an_item(subject, f"Item {number}", heard_on=TODAY - timedelta(days=number))
    client = signed_in(member)
    html = client.get("/intelligence/?area=&page=2").content.decode()
    assert "Item 2" in html
    assert "Item 4" not in html
    assert "Page 2 of 3" in html
    assert "5 items." in html


def test_list_opens_on_what_partners_told_and_shows_all_while_they_told_nothing(subject: Subject) -> None:
    keeper = somebody(Role.SECRETARY)
    a_published(subject)
    client = signed_in(keeper)
    assert client.get("/intelligence/").content.decode().count("<article") == 1
    an_item(subject, "From a partner", by=somebody())
    for address, count in {"": 1, "?told=published": 1, "?told=": 2, "?told=partners": 1}.items():
        html = client.get(f"/intelligence/{address}").content.decode()
        assert html.count("<article") == count, address
        assert ("From a partner" in html) == (address != "?told=published")


def test_empty_list_says_what_to_do_next(member: Person) -> None:
    html = signed_in(member).get("/intelligence/").content.decode()
    assert "There is nothing here yet that you may see." in html
    assert "Share what you have heard" in html
    assert "Take a copy" not in html
    assert "Nothing that you may see fits." in signed_in(member).get("/intelligence/?words=x").content.decode()


def test_words_to_be_said_are_opened_and_not_listed(subject: Subject, member: Person) -> None:
    an_item(subject, "Say it softly", verbal_only=True)
    html = signed_in(member).get("/intelligence/?area=").content.decode()
    assert "Say it softly" not in html
    assert "To be said, not circulated" in html


# --- a copy


def rows_of_copy(person: Person, query: str = "?area=") -> list[list[str]]:
    answer = signed_in(person).post(f"/intelligence/copy/{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode())))


@pytest.mark.requirement("IGV-08", "IGV-10")
def test_copy_bears_its_classification_and_is_recorded(subject: Subject, member: Person, settings: Any) -> None:
    settings.HOME_SYSTEM = SYSTEM
    an_organisation(SYSTEM, "Upland Board")
    an_item(subject, "=Open words")
    top, taken, header, row = rows_of_copy(member)
    assert top == ["Official: for members of the quality group of Upland Board"]
    assert taken[0].startswith("Taken by Mem Ber at ")
    found = dict(zip(header, row, strict=True))
    assert (found["About"], found["Codes"], found["Words"]) == ("Elm House", "ZELM0", "'=Open words")
    event = Event.objects.last()
    assert event is not None
    assert (event.verb, event.actor, event.facts) == ("intelligence.take_copy", member.actor_id, '{"items":1}')


def test_copy_leaves_out_what_is_said_and_what_is_for_others(subject: Subject, member: Person) -> None:
    reader = somebody()
    words = (Words("Open words", Handling.MEMBERS), Words("Quagmire", Handling.RESTRICTED))
    an_item(subject, words=words, readers=(reader.actor_id,))
    an_item(subject, "Say it softly", verbal_only=True)
    of_member, of_reader = str(rows_of_copy(member)), str(rows_of_copy(reader))
    assert "Open words" in of_member
    assert "Quagmire" not in of_member
    assert "Sensitive" not in of_member
    assert "Quagmire" in of_reader
    assert "Official – Sensitive" in of_reader
    assert "Say it softly" not in of_member + of_reader


@pytest.mark.parametrize(("wish", "names"), [(Wish.NAMED, True), (Wish.ORGANISATION, True), (Wish.UNNAMED, False)])
def test_copy_names_no_giver_and_their_body_as_they_wish(wish: Wish, names: bool, subject: Subject) -> None:
    an_organisation("ZQ9", "Watchful Society")
    giver = somebody(display_name="Ann Giver")
    an_item(subject, by=giver, organisation="ZQ9", wish=wish)
    copy = str(rows_of_copy(somebody(Role.SECRETARY)))
    assert "Ann Giver" not in copy
    assert ("Watchful Society" in copy) is names


def test_copy_that_is_not_whole_says_so(subject: Subject, member: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "AT_MOST", 1)
    an_item(subject, "Old", heard_on=TODAY - timedelta(days=1))
    an_item(subject, "New")
    rows = rows_of_copy(member)
    assert "There are more" in rows[2][0]
    assert "Old" not in str(rows)


def test_copy_is_refused_of_what_is_not_for_one(subject: Subject, member: Person) -> None:
    item = an_item(subject, handling=Handling.RESTRICTED, readers=(somebody().actor_id,))
    before = Event.objects.count()
    for person in (member, somebody(Role.PROVIDER, organisation=subject.key)):
        with pytest.raises(Refused):
            take_copy(by=person, at=NOW, items=[item.pk])
    assert Event.objects.count() == before


def test_list_is_closed_to_who_does_not_hear(subject: Subject) -> None:
    for role in (Role.PROVIDER, Role.REGION, Role.FOI_OFFICER, Role.ADMINISTRATOR):
        client = signed_in(somebody(role, organisation=subject.key))
        assert client.get("/intelligence/").status_code == 403
        assert client.post("/intelligence/copy/").status_code == 403
    assert signed_in(somebody(Role.AUDITOR)).get("/intelligence/").status_code == 200
    assert signed_in(somebody()).get("/intelligence/copy/").status_code == 405

"""The page of one item: what each reader sees of it, that hidden and absent look the same, and what keepers may do."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.directory.models import Subject
from sightline.intelligence.giving import Kept, Way, Words
from sightline.intelligence.models import Attachment, Feedback, FormerReader, Item, NamedReader, Passage, Referral, Tag
from sightline.intelligence.operations import replace_words
from sightline.intelligence.words import ReferralKind, Safeguarding, TagKind, Wish
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.intelligence import BELL, ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = pytest.mark.usefixtures("house")
LEAFLET = Kept("leaflet.txt", "text/plain", b"<script>Ring twice</script>", Handling.MEMBERS)
SECRET = "It was on ward 3"
NUMBER = "943 476 5919"  # an NHS number of the range kept for tests


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI900", "Elm House")


@pytest.fixture
def giver(house: None) -> Person:
    return somebody(Role.LAY_MEMBER, display_name="Ann Giver", organisation="ZQ9")


@pytest.fixture
def reader(house: None) -> Person:
    return somebody(display_name="Named Reader")


@pytest.fixture
def item(subject: Subject, giver: Person, reader: Person) -> Item:
    """An item with everything in it that somebody must not see."""
    made = an_item(
        subject,
        by=giver,
        words=(Words(BELL, Handling.MEMBERS), Words(SECRET, Handling.RESTRICTED)),
        readers=(reader.actor_id,),
        organisation="ZQ9",
        wish=Wish.UNNAMED,
        files=(LEAFLET, Kept("secret.txt", "text/plain", b"3", Handling.RESTRICTED)),
        onward=(Way(ReferralKind.OTHER_GROUP, body="The group across the river"),),
        safeguarding=Safeguarding.SUSPECTED,
        source="healthwatch-reports",
        reliability="B",
        credibility="2",
        knowingly="",
    )
    Feedback.objects.create(item=made, text="We went and looked", recorded_at=LATER, recorded_by="person:x")
    return made


def page_of(item: Item, suffix: str = "") -> str:
    return f"/intelligence/{item.pk}/{suffix}"


def seen(person: Person, item: Item) -> str:
    answer = signed_in(person).get(page_of(item))
    return text_of(answer) if answer.status_code == 200 else ""


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


# What may be found on the page, and who finds it: member, named reader, giver, secretary.
FINDS = (
    (BELL, True, True, True, True),
    (SECRET, False, True, True, False),
    ("leaflet.txt", True, True, True, True),
    ("secret.txt", False, True, True, False),
    ("Ann Giver", False, False, True, True),
    ("not to be attributed to anybody", False, False, True, True),
    ("Not to be attributed", True, True, False, False),
    ("We went and looked", False, False, True, True),
    ("The group across the river", False, False, True, True),
    ("Safeguarding referral: not recorded yet", False, False, True, True),
    ("<li>Named Reader</li>", False, False, True, True),
    ("Replace these words", False, False, False, True),
    ("Change who may see it", False, False, False, True),
    ("Add a passage", True, True, True, True),
    ("Healthwatch reports (from inside the provider, in words)", True, True, True, True),
    ("B / 2", True, True, True, True),
    ("Elm House", True, True, True, True),
)


@pytest.mark.requirement("IGV-10", "INT-01", "SAF-01")
def test_each_reader_finds_what_is_for_them(item: Item, giver: Person, reader: Person) -> None:
    pages = [seen(one, item) for one in (somebody(), reader, giver, somebody(Role.SECRETARY))]
    assert [(words, *(words in page for page in pages)) for words, *_ in FINDS] == list(FINDS)


@pytest.mark.parametrize(
    "who",
    ["elsewhere", "provider", "its member", "region", "officer", "administrator", "conflicted", "conflicted chair"],
)
@pytest.mark.requirement("IGV-10", "PER-09", "PER-10", "COI-03")
def test_hidden_and_absent_look_the_same(item: Item, subject: Subject, who: str) -> None:
    person = {
        "elsewhere": lambda: somebody(system=ELSEWHERE),
        "provider": lambda: somebody(Role.PROVIDER, organisation=subject.key),
        "its member": lambda: somebody(organisation=subject.key),
        "region": lambda: somebody(Role.REGION),
        "officer": lambda: somebody(Role.FOI_OFFICER),
        "administrator": lambda: a_person(Role.ADMINISTRATOR),
        "conflicted": somebody,
        "conflicted chair": lambda: somebody(Role.CHAIR),
    }[who]()
    if who.startswith("conflicted"):
        an_interest(person, subject)
    client = signed_in(person)
    file, passage = Attachment.objects.first(), Passage.objects.first()
    assert file and passage
    ways = {
        page_of(item): f"/intelligence/{uuid4()}/",
        page_of(item, "sent/"): f"/intelligence/{uuid4()}/sent/",
        page_of(item, "words/"): f"/intelligence/{uuid4()}/words/",
        page_of(item, "handling/"): f"/intelligence/{uuid4()}/handling/",
        page_of(item, "tags/dimension/"): f"/intelligence/{uuid4()}/tags/dimension/",
        f"/intelligence/passages/{passage.pk}/": f"/intelligence/passages/{uuid4()}/",
        f"/intelligence/attachments/{file.pk}/": f"/intelligence/attachments/{uuid4()}/",
    }
    for hidden, absent in ways.items():
        one, other = client.get(hidden), client.get(absent)
        assert one.status_code == other.status_code in {403, 404}, hidden
        assert _same(one) == _same(other), hidden


def _same(answer: HttpResponse) -> str:
    """The answer without the word that is made anew for each."""
    return "\n".join(line for line in text_of(answer).splitlines() if "nonce" not in line and "csrf" not in line)


def test_interest_that_is_declared_closes_an_open_page_at_once(item: Item, subject: Subject) -> None:
    person = somebody(Role.SECRETARY)
    client = signed_in(person)
    assert client.get(page_of(item)).status_code == 200
    an_interest(person, subject)
    assert client.get(page_of(item)).status_code == 404


def test_a_conflicted_giver_still_has_their_own_words_and_no_more(item: Item, giver: Person, subject: Subject) -> None:
    an_interest(giver, subject)
    Passage.objects.create(
        item=item, handling="members", text="So say others", recorded_at=LATER, recorded_by="person:x"
    )
    page = seen(giver, item)
    assert BELL in page
    assert "So say others" not in page


def test_tags_that_others_gave_are_not_for_a_giver_who_hears_nothing(subject: Subject) -> None:
    provider = somebody(Role.PROVIDER, organisation=subject.key)
    item = an_item(subject, by=provider)
    Tag.objects.create(item=item, kind=TagKind.ISSUE, value="place", recorded_at=LATER, recorded_by="person:x")
    assert "Quality in a place" in seen(somebody(), item)
    page = seen(provider, item)
    assert "Quality in a place" not in page
    assert "Safe" in page


def test_what_is_only_said_is_marked_never_to_be_printed(subject: Subject) -> None:
    item = an_item(subject, verbal_only=True)
    page = seen(somebody(), item)
    assert "To be said, not circulated" in page
    assert 's-file s-never-printed">' in page
    assert "s-never-printed" not in seen(somebody(), an_item(subject))


def test_lines_and_paragraphs_are_kept(subject: Subject) -> None:
    page = seen(somebody(), an_item(subject, "One\ntwo\n\nThree & <four>"))
    assert '<p dir="auto">One<br>two</p>' in page
    assert '<p dir="auto">Three &amp; &lt;four&gt;</p>' in page


def test_made_referral_is_open_no_more(item: Item, giver: Person) -> None:
    Referral.objects.create(
        item=item,
        kind=ReferralKind.SAFEGUARDING,
        body="A council",
        referred_on=TODAY,
        reference="1",
        recorded_at=LATER,
        recorded_by="person:x",
    )
    page = seen(giver, item)
    assert "Safeguarding referral: recorded, made on 15 January 2026." in page
    assert page.count("nhsuk-tag--red") == 1  # the other group is still owed its own


# --- files


def test_file_is_given_to_keep_and_never_to_open_here(item: Item) -> None:
    file = Attachment.objects.get(name="leaflet.txt")
    answer = signed_in(somebody()).get(f"/intelligence/attachments/{file.pk}/")
    assert (answer.status_code, answer.content) == (200, LEAFLET.data)
    assert answer["Content-Disposition"] == 'attachment; filename="leaflet.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_narrow_file_is_for_the_named(item: Item, reader: Person, giver: Person) -> None:
    address = f"/intelligence/attachments/{Attachment.objects.get(name='secret.txt').pk}/"
    people = (reader, giver, somebody(), somebody(Role.SECRETARY))
    assert [signed_in(one).get(address).status_code for one in people] == [200, 200, 404, 404]


def test_file_that_is_gone_or_altered_is_as_absent(item: Item, house: Any) -> None:
    file = Attachment.objects.get(name="leaflet.txt")
    place = house / "attachments" / str(file.pk)
    client = signed_in(somebody())
    for change in (lambda: place.write_bytes(b"other"), place.unlink):
        change()
        assert client.get(f"/intelligence/attachments/{file.pk}/").status_code == 404


# --- adding, replacing, handling, tags


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))[1:]


def test_member_adds_a_passage(item: Item) -> None:
    client = signed_in(somebody())
    answer = client.post(page_of(item, "words/"), {"words": "Again last night", "handling": "members"})
    assert answer["Location"] == page_of(item)
    assert "Again last night" in text_of(client.get(page_of(item)))
    assert verbs() == ["intelligence.add_words"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"words": ""}, "Say in a sentence"),
        ({"words": "x" * 30_000}, "20,000 are allowed"),
        ({"words": f"Her number: {NUMBER}"}, "looks like an NHS number"),
        ({"handling": "annex"}, "Select a valid choice"),
    ],
)
def test_useless_passage_is_shown_again(item: Item, data: dict[str, str], says: str) -> None:
    sent = {"words": "Again last night", "handling": "members", **data}
    answer = signed_in(somebody()).post(page_of(item, "words/"), sent)
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert sent["words"][:50] in text_of(answer)
    assert verbs() == []


@pytest.fixture
def secretary(house: None) -> Client:
    return signed_in(somebody(Role.SECRETARY))


def test_keeper_replaces_words(item: Item, giver: Person, secretary: Client) -> None:
    passage = Passage.objects.get(text=BELL)
    address = f"/intelligence/passages/{passage.pk}/"
    assert BELL in text_of(secretary.get(address))
    data = {"words": "Bells go unanswered", "handling": "members", "because": "Shorter"}
    assert secretary.post(address, {**data, "because": ""}).status_code == 400
    assert secretary.post(address, data)["Location"] == page_of(item)
    assert secretary.get(address).status_code == 404
    assert BELL not in seen(somebody(), item)
    assert "Bells go unanswered" in seen(somebody(), item)
    assert "others now read what replaced them" in seen(giver, item)
    assert verbs() == ["intelligence.replace_words"]


def test_reason_for_a_name_is_read_by_its_writer_and_keepers_alone(subject: Subject, giver: Person) -> None:
    item = an_item(subject, f"Her number: {NUMBER}", by=giver, knowingly="The coroner published it")
    people = (somebody(), giver, somebody(Role.SECRETARY))
    assert ["The coroner published it" in seen(one, item) for one in people] == [False, True, True]


def test_keeper_may_not_replace_what_they_may_not_read(item: Item, secretary: Client) -> None:
    passage = Passage.objects.get(text=SECRET)
    assert secretary.get(f"/intelligence/passages/{passage.pk}/").status_code == 404


def test_keeper_narrows_the_circle(item: Item, secretary: Client, reader: Person) -> None:
    other = somebody(display_name="Other Reader")
    address = page_of(item, "handling/")
    page = text_of(secretary.get(address))
    assert "Named Reader" in page
    data = {"handling": "restricted", "readers": [other.actor_id], "because": "A ward is named", "version": "1"}
    assert secretary.post(address, {**data, "version": "7"}).status_code == 400
    assert secretary.post(address, {**data, "readers": []}).status_code == 400
    assert secretary.post(address, {**data, "because": ""}).status_code == 400
    assert secretary.post(address, data)["Location"] == page_of(item)
    assert [bool(seen(one, item)) for one in (reader, other, somebody())] == [False, True, False]
    assert FormerReader.objects.get().actor_id == reader.actor_id
    assert NamedReader.objects.filter(item=item).count() == 3  # the giver, the secretary and the new reader
    assert verbs() == ["intelligence.change_handling"]


def test_keeper_changes_tags_of_one_kind(item: Item, secretary: Client) -> None:
    address = page_of(item, "tags/dimension/")
    assert 'value="safe" checked' in text_of(secretary.get(address))
    assert secretary.post(address, {"values": ["rumour"]}).status_code == 400
    assert secretary.post(address, {"values": ["caring"]})["Location"] == page_of(item)
    assert list(Tag.objects.filter(item=item).standing().values_list("value", flat=True)) == ["caring"]
    assert secretary.get(page_of(item, "tags/colour/")).status_code == 404
    assert verbs() == ["intelligence.tag"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LAY_MEMBER, Role.CHAIR, Role.DEPUTY, Role.PROVIDER, Role.AUDITOR])
def test_who_keeps_no_record_amends_nothing(item: Item, role: Role) -> None:
    client = signed_in(somebody(role, organisation="ZQ8"))
    passage = Passage.objects.get(text=BELL)
    for address in (page_of(item, "handling/"), page_of(item, "tags/issue/"), f"/intelligence/passages/{passage.pk}/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"because": "x"}).status_code == 403
    assert verbs() == []


def test_keeper_of_another_systems_record_is_a_mere_member_here(item: Item) -> None:
    client = signed_in(a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE)))
    page = text_of(client.get(page_of(item)))
    assert BELL in page
    assert "Replace these words" not in page
    assert "Ann Giver" not in page
    assert client.get(page_of(item, "handling/")).status_code == 404
    replaced = Passage.objects.get(text=BELL)
    assert client.get(f"/intelligence/passages/{replaced.pk}/").status_code == 404


def test_replacing_twice_is_told(item: Item) -> None:
    one, two = somebody(Role.SECRETARY), signed_in(somebody(Role.SECRETARY))
    passage = Passage.objects.get(text=BELL)
    words = Words("First", Handling.MEMBERS)
    replace_words(by=one, at=NOW, passage=passage, words=words, because="First")
    data = {"words": "Second", "handling": "members", "because": "Second"}
    assert two.post(f"/intelligence/passages/{passage.pk}/", data).status_code == 404
    assert not Passage.objects.filter(text="Second").exists()

"""Fewer readers need a reason, which is kept; and the chair may mark an item more sensitive, never less."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.giving import Words
from sightline.intelligence.models import FormerReader, Item, Marking, NamedReader, Passage, Sighting
from sightline.intelligence.operations import add_words, change_handling, mark_sensitive, replace_words
from sightline.intelligence.queries import one_item, passages_of
from sightline.intelligence.wording_handling import BASIS, BASIS_LAW
from sightline.intelligence.words import Basis
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.intelligence import BELL, ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = pytest.mark.usefixtures("house")
WHY = "A witness fears for her post"
PARTS = (Words(BELL, Handling.MEMBERS), Words("It was ward 3", Handling.RESTRICTED))


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI900", "Elm House")


@pytest.fixture
def chair(house: None) -> Person:
    return somebody(Role.CHAIR, display_name="Cara Chair")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Kim Keeper")


def markings() -> list[tuple[str, str]]:
    return list(Marking.objects.order_by("pk").values_list("handling", "because"))


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


def sees(person: Person, item: Item) -> bool:
    return one_item(person, TODAY, item.pk) is not None


def marked(by: Person, item: Item, *readers: Person, **more: Any) -> Item:
    given = {"handling": Handling.RESTRICTED, "because": WHY, "readers": tuple(one.actor_id for one in readers)}
    return mark_sensitive(by=by, at=LATER, item=item, **{**given, **more})


# --- a reason for fewer readers


@pytest.mark.requirement("IGV-05")
@pytest.mark.parametrize("more", [{"handling": Handling.RESTRICTED}, {"words": PARTS}])
def test_what_is_for_fewer_readers_is_not_shared_without_a_reason(subject: Subject, more: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="why the members of the group may not"):
        an_item(subject, readers=(somebody().actor_id,), why_fewer=" ", **more)
    assert (Item.objects.count(), Marking.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.requirement("IGV-05")
def test_the_reason_is_kept_beside_what_it_is_about_and_in_no_event(subject: Subject) -> None:
    readers = (somebody().actor_id,)
    whole = an_item(subject, handling=Handling.RESTRICTED, readers=readers, why_fewer=WHY)
    part = an_item(subject, words=PARTS, readers=readers, why_fewer=WHY)
    kept = set(Marking.objects.values_list("item", "passage__text", "handling", "because"))
    assert kept == {(whole.pk, None, "restricted", WHY), (part.pk, "It was ward 3", "restricted", WHY)}
    assert not [event for event in Event.objects.all() if "witness" in event.facts]


@pytest.mark.requirement("IGV-05")
def test_what_members_may_read_needs_no_reason(subject: Subject) -> None:
    an_item(subject)
    assert markings() == []


@pytest.mark.requirement("IGV-01", "IGV-05")
def test_a_reason_names_nobody(subject: Subject) -> None:
    with pytest.raises(Invalid, match="NHS number"):
        an_item(subject, handling=Handling.RESTRICTED, readers=("person:x",), why_fewer="Her number is 943 476 5919")
    assert not Marking.objects.exists()


@pytest.mark.requirement("IGV-05")
def test_added_words_for_fewer_readers_need_a_reason(subject: Subject) -> None:
    item, by = an_item(subject), somebody()
    with pytest.raises(Invalid, match="why the members"):
        add_words(by=by, at=NOW, item=item, words=Words("Ward 3", Handling.RESTRICTED))
    assert (Passage.objects.count(), verbs()) == (1, ["intelligence.share"])
    added = add_words(by=by, at=NOW, item=item, words=Words("Ward 3", Handling.RESTRICTED), why_fewer=WHY)
    assert Marking.objects.get().passage == added


@pytest.mark.requirement("IGV-05")
def test_keepers_reasons_are_kept(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    first = Passage.objects.get()
    narrow = Words("Ward 3", Handling.RESTRICTED)
    replace_words(by=secretary, at=NOW, passage=first, words=narrow, because="It names a ward")
    reader = (secretary.actor_id,)
    change_handling(by=secretary, at=NOW, item=item, handling=Handling.RESTRICTED, readers=reader, because=WHY)
    change_handling(by=secretary, at=NOW, item=item, handling=Handling.MEMBERS, readers=(), because="She agrees")
    assert markings() == [("restricted", "It names a ward"), ("restricted", WHY), ("members", "She agrees")]


@pytest.mark.requirement("IGV-05")
def test_the_form_asks_why_and_keeps_the_answer(subject: Subject) -> None:
    reader, client = somebody(display_name="Ada Long"), signed_in(somebody())
    sent = {
        "form_key": str(uuid4()), "subject": "ZI900", "words": "All well", "bearing": "improvement",
        "handling": "restricted", "readers": [reader.actor_id],
    }  # fmt: skip
    answer = client.post("/intelligence/share/", sent)
    assert answer.status_code == 400
    assert "Say in a sentence why the members of the group may not all read it." in answer.content.decode()
    assert client.post("/intelligence/share/", {**sent, "why_fewer": WHY})["Location"].endswith("/sent/")
    assert markings() == [("restricted", WHY)]


@pytest.mark.requirement("IGV-05")
def test_a_reason_shows_to_keepers_and_to_whoever_gave_it(subject: Subject, secretary: Person) -> None:
    giver, reader = somebody(), somebody()
    item = an_item(
        subject, by=giver, handling=Handling.RESTRICTED, readers=(secretary.actor_id, reader.actor_id), why_fewer=WHY
    )
    shows = {
        one: WHY in signed_in(one).get(f"/intelligence/{item.pk}/").content.decode()
        for one in (giver, secretary, reader)
    }
    assert shows == {giver: True, secretary: True, reader: False}


@pytest.mark.requirement("IGV-05")
def test_the_reason_of_a_passage_is_hidden_with_it(subject: Subject, secretary: Person) -> None:
    item = an_item(subject, words=PARTS, readers=(somebody().actor_id,), why_fewer=WHY)
    assert WHY not in signed_in(secretary).get(f"/intelligence/{item.pk}/").content.decode()


# --- the chair marks


@pytest.mark.requirement("IGV-09")
@pytest.mark.parametrize("role", [Role.CHAIR, Role.QUALITY_LEAD])
def test_chair_and_lead_mark_an_item_for_named_readers(subject: Subject, secretary: Person, role: Role) -> None:
    giver, by, other = somebody(), somebody(role), somebody()
    item = an_item(subject, by=giver)
    now = marked(by, item, secretary)
    assert (now.handling, now.version) == ("restricted", 2)
    assert [sees(one, item) for one in (giver, by, secretary, other)] == [True, True, True, False]
    assert set(Sighting.objects.values_list("handling", flat=True)) == {"restricted"}
    assert markings() == [("restricted", WHY)]
    assert verbs() == ["intelligence.share", "intelligence.mark_sensitive"]


@pytest.mark.requirement("IGV-09")
@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (Handling.PUBLIC, Handling.PUBLIC, False),
        (Handling.PUBLIC, Handling.MEMBERS, True),
        (Handling.PUBLIC, Handling.RESTRICTED, True),
        (Handling.MEMBERS, Handling.PUBLIC, False),
        (Handling.MEMBERS, Handling.MEMBERS, False),
        (Handling.MEMBERS, Handling.RESTRICTED, True),
        (Handling.RESTRICTED, Handling.PUBLIC, False),
        (Handling.RESTRICTED, Handling.MEMBERS, False),
        (Handling.RESTRICTED, Handling.RESTRICTED, False),
        (Handling.MEMBERS, Handling.ANNEX, False),
    ],
)
def test_only_ever_stricter(subject: Subject, chair: Person, before: Handling, after: Handling, may: bool) -> None:
    item = an_item(subject, handling=before, readers=(chair.actor_id,))
    if may:
        assert marked(chair, item, somebody(), handling=after).handling == after.value
        return
    with pytest.raises((Invalid, Refused)):
        marked(chair, item, somebody(), handling=after)
    assert Item.objects.get().handling == before.value
    assert verbs() == ["intelligence.share"]


@pytest.mark.requirement("IGV-09")
@pytest.mark.parametrize("what", ["member", "secretary", "elsewhere", "conflicted", "no reason", "no readers", "stale"])
def test_an_item_is_not_marked(subject: Subject, chair: Person, what: str) -> None:
    item, by, more = an_item(subject), chair, dict[str, Any]()
    match what:
        case "member":
            by = somebody()
        case "secretary":
            by = somebody(Role.SECRETARY)
        case "elsewhere":
            by = a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.CHAIR, ELSEWHERE))
        case "conflicted":
            an_interest(chair, subject)
        case "no reason":
            more = {"because": " "}
        case "no readers":
            more = {"readers": ()}
        case "stale":
            more = {"version": 7}
    with pytest.raises((Refused, Invalid)):
        marked(by, item, somebody(), **more)
    assert Item.objects.get().handling == "members"
    assert not Marking.objects.exists()
    assert verbs() == ["intelligence.share"]


@pytest.mark.requirement("IGV-09")
def test_marking_opens_no_passage_to_anybody(subject: Subject, chair: Person) -> None:
    one, two = somebody(), somebody()
    item = an_item(subject, words=PARTS, readers=(one.actor_id, two.actor_id, chair.actor_id))
    with pytest.raises(Invalid, match="nobody can be added"):
        marked(chair, item, one, somebody())
    marked(chair, item, one)
    assert [sees(person, item) for person in (one, two, chair)] == [True, False, True]
    assert FormerReader.objects.get().actor_id == two.actor_id


@pytest.mark.requirement("IGV-09")
def test_a_chair_who_may_not_read_a_part_cannot_open_it_by_marking(subject: Subject, chair: Person) -> None:
    item = an_item(subject, words=PARTS, readers=(somebody().actor_id,))
    with pytest.raises(Refused):
        marked(chair, item, chair)
    assert [one.text for one in passages_of(viewer_of(chair, TODAY), [item.pk])[item.pk]] == [BELL]
    assert not NamedReader.objects.filter(actor_id=chair.actor_id).exists()
    assert signed_in(chair).get(f"/intelligence/{item.pk}/mark/").status_code == 404


@pytest.mark.requirement("IGV-09")
def test_a_chair_marks_by_the_page(subject: Subject, chair: Person, secretary: Person) -> None:
    item, client = an_item(subject), signed_in(chair)
    address = f"/intelligence/{item.pk}/mark/"
    assert address in client.get(f"/intelligence/{item.pk}/").content.decode()
    assert address not in signed_in(secretary).get(f"/intelligence/{item.pk}/").content.decode()
    sent = {"handling": "restricted", "readers": [secretary.actor_id], "because": WHY, "version": "1"}
    for wrong in ({"because": ""}, {"readers": []}, {"handling": "public"}, {"version": "7"}):
        assert client.post(address, {**sent, **wrong}).status_code == 400
    assert client.post(address, sent)["Location"] == f"/intelligence/{item.pk}/"
    assert sees(secretary, item)
    assert verbs() == ["intelligence.share", "intelligence.mark_sensitive"]
    assert client.get(address).status_code == 404  # nothing is stricter


@pytest.mark.requirement("IGV-09")
def test_those_who_keep_the_record_are_ticked_to_begin_with(subject: Subject, chair: Person, secretary: Person) -> None:
    somebody(display_name="Mo Member")
    page = signed_in(chair).get(f"/intelligence/{an_item(subject).pk}/mark/").content.decode()
    assert f'value="{secretary.actor_id}" checked' in page
    assert page.count(" checked") == 2  # she, and the handling


# --- the law


@pytest.mark.requirement("IGV-07")
def test_the_law_stands_where_a_basis_or_a_handling_is_chosen(subject: Subject, secretary: Person) -> None:
    item, client = an_item(subject), signed_in(secretary)
    acts = ("Data Protection Act 2018", "Human Rights Act 1998", "Freedom of Information Act 2000", "common-law duty")
    for address in (f"/intelligence/{item.pk}/annex/", f"/intelligence/{item.pk}/handling/", "/intelligence/share/"):
        page = " ".join(client.get(address).content.decode().split())
        assert [act for act in acts if act not in page] == []
    assert set(BASIS_LAW) == set(BASIS) == set(Basis)

"""Annexes: an identity on a lawful basis, for named readers alone, and every reading on the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.intelligence.models import Annex, AnnexOpening, AnnexReader, AnnexText, Item
from sightline.intelligence.operations import add_annex, name_annex_readers, open_annex
from sightline.intelligence.queries.annexes import annex_readers_for
from sightline.intelligence.words import Basis
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.intelligence import ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = [pytest.mark.usefixtures("house", "accepted"), pytest.mark.requirement("IGV-01", "IGV-02", "PER-11")]
WHO = "Quilla Tarn, night nurse"
OPENED = "intelligence.open_annex"


@pytest.fixture
def accepted() -> Any:
    with override_settings(ANNEX_ON_SQLITE=True):
        yield


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI500", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


@pytest.fixture
def named(house: None) -> Person:
    return somebody(display_name="Named Reader")


@pytest.fixture
def item(subject: Subject) -> Item:
    return an_item(subject)


def an_annex(item: Item, by: Person, *readers: Person, **more: Any) -> Annex:
    told = {"text": WHO, "basis": Basis.SAFEGUARDING, "because": "The council asks for it", **more}
    return add_annex(by=by, at=NOW, item=item, readers=tuple(one.actor_id for one in readers), **told)


def opened() -> int:
    return Event.objects.filter(verb=OPENED).count()


def test_keeper_adds_and_the_event_holds_no_identity(item: Item, secretary: Person, named: Person) -> None:
    annex = an_annex(item, secretary, named)
    assert AnnexText.objects.get(annex=annex).text == WHO
    event = Event.objects.last()
    assert event is not None
    assert event.verb == "intelligence.add_annex"
    assert not [word for word in ("Tarn", "council", named.actor_id) if word in event.facts]


def test_database_without_row_level_security_is_refused_unless_accepted(
    item: Item, secretary: Person, named: Person, settings: Any
) -> None:
    settings.ANNEX_ON_SQLITE = False
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        assert an_annex(item, secretary, named)
        return
    with pytest.raises(Invalid, match="SIGHTLINE_ANNEX_ON_SQLITE"):
        an_annex(item, secretary, named)
    told = {"text": WHO, "basis": "consent", "readers": [secretary.actor_id], "because": "Needed"}
    answer = signed_in(secretary).post(f"/intelligence/{item.pk}/annex/", told)
    assert answer.status_code == 400
    assert "PostgreSQL" in answer.content.decode()
    assert not Annex.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": " "}, "Write whom"),
        ({"closes_on": TODAY}, "closed already"),
        ({"readers": ()}, "Name who may open"),
    ],
)
def test_what_cannot_be_used_is_refused(
    more: dict[str, Any], says: str, item: Item, secretary: Person, named: Person
) -> None:
    told: dict[str, Any] = {"text": WHO, "basis": Basis.CONSENT, "because": "x", "readers": (named.actor_id,), **more}
    with pytest.raises(Invalid, match=says):
        add_annex(by=secretary, at=NOW, item=item, **told)
    assert not Annex.objects.exists()
    assert not AnnexText.objects.exists()


def _conflicted(role: Role, subject: Subject, **more: Any) -> Person:
    person = somebody(role, **more)
    an_interest(person, subject)
    return person


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR),
        lambda s: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE)),
        lambda s: _conflicted(Role.SECRETARY, s),
    ],
)
def test_others_add_and_change_nothing(
    who: Callable[[Subject], Person], subject: Subject, item: Item, secretary: Person, named: Person
) -> None:
    annex = an_annex(item, secretary, named)
    person = who(subject)
    with pytest.raises(Refused):
        an_annex(item, person, person)
    with pytest.raises(Refused):
        name_annex_readers(by=person, at=LATER, annex=annex, readers=(person.actor_id,), because="I want to")
    assert Annex.objects.count() == 1
    assert list(AnnexReader.objects.values_list("actor_id", flat=True)) == [named.actor_id]


# --- opening


def test_named_reader_opens_it_and_each_reading_is_one_event(item: Item, secretary: Person, named: Person) -> None:
    annex = an_annex(item, secretary, named)
    for times in (1, 2):
        assert open_annex(by=named, at=LATER, annex=annex, because="The council called") == WHO
        assert opened() == times
    event = Event.objects.last()
    assert event is not None
    assert (event.actor, event.on_id) == (named.actor_id, str(annex.pk))
    assert "Tarn" not in event.facts


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.SECRETARY),
        lambda s: somebody(Role.QUALITY_LEAD),
        lambda s: somebody(Role.CHAIR),
        lambda s: somebody(Role.AUDITOR),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
    ],
)
def test_nobody_else_opens_it(
    who: Callable[[Subject], Person], subject: Subject, item: Item, secretary: Person, named: Person
) -> None:
    annex = an_annex(item, secretary, named)
    person = who(subject)
    with pytest.raises(Refused):
        open_annex(by=person, at=LATER, annex=annex, because="I want to")
    answer = signed_in(person).post(f"/intelligence/annexes/{annex.pk}/", {"because": "I want to"})
    assert answer.status_code in {403, 404}
    assert opened() == 0


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SECRETARY, Role.PROVIDER, Role.REGION])
def test_interest_closes_it_to_named_readers_of_every_role(
    role: Role, subject: Subject, item: Item, secretary: Person
) -> None:
    reader = _conflicted(role, subject, organisation="ZI599")
    annex = an_annex(item, secretary, reader)
    with pytest.raises(Refused):
        open_annex(by=reader, at=LATER, annex=annex, because="I want to")
    assert "No annex names you" in signed_in(reader).get("/intelligence/annexes/").content.decode()
    assert opened() == 0


def test_who_is_struck_off_is_kept_out(item: Item, secretary: Person, named: Person) -> None:
    other = somebody()
    annex = an_annex(item, secretary, named)
    name_annex_readers(by=secretary, at=LATER, annex=annex, readers=(other.actor_id,), because="She left")
    with pytest.raises(Refused):
        open_annex(by=named, at=LATER, annex=annex, because="I want to")
    assert open_annex(by=other, at=LATER, annex=annex, because="The council called") == WHO
    with pytest.raises(Invalid, match="at least one"):
        name_annex_readers(by=secretary, at=LATER, annex=annex, readers=(), because="None")


def test_closed_annex_is_opened_by_nobody(
    item: Item, secretary: Person, named: Person, clock: time_machine.Traveller
) -> None:
    last = TODAY + timedelta(days=1)
    annex = an_annex(item, secretary, named, closes_on=last)
    clock.move_to(NOW + timedelta(days=1))
    assert open_annex(by=named, at=NOW + timedelta(days=1), annex=annex, because="Needed") == WHO
    clock.move_to(NOW + timedelta(days=2))
    with pytest.raises(Refused):
        open_annex(by=named, at=NOW + timedelta(days=2), annex=annex, because="Needed")
    assert signed_in(named).get(f"/intelligence/annexes/{annex.pk}/").status_code == 404


# --- pages


def test_it_is_shown_once_to_a_named_reader_and_kept_by_no_cache(item: Item, secretary: Person, named: Person) -> None:
    annex = an_annex(item, secretary, named)
    client, address = signed_in(named), f"/intelligence/annexes/{annex.pk}/"
    assert "Tarn" not in client.get(address).content.decode()
    assert client.post(address, {"because": ""}).status_code == 400
    assert opened() == 0
    answer = client.post(address, {"because": "The council called"})
    assert WHO in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert opened() == 1
    assert "Tarn" not in client.get(address).content.decode()
    assert opened() == 1


def test_item_page_says_that_it_is_there_to_readers_and_keepers_alone(
    item: Item, secretary: Person, named: Person
) -> None:
    annex = an_annex(item, secretary, named)
    open_annex(by=named, at=LATER, annex=annex, because="The council called")
    pages = {
        person: signed_in(person).get(f"/intelligence/{item.pk}/").content.decode() for person in (secretary, named)
    }
    assert "Named Reader" in pages[secretary]
    assert "Opened by:" in pages[secretary] and "The council called" in pages[secretary]
    assert f"/intelligence/annexes/{annex.pk}/" in pages[named]
    assert "The council asks" not in pages[named]
    assert "Opened by" not in pages[named] and "The council called" not in pages[named]
    for person in (somebody(), somebody(Role.CHAIR), somebody(Role.AUDITOR)):
        html = signed_in(person).get(f"/intelligence/{item.pk}/").content.decode()
        assert "nnex" not in html
    assert not [html for html in pages.values() if "Tarn" in html]


def test_keeper_adds_and_names_readers_on_the_pages(item: Item, secretary: Person, named: Person) -> None:
    client = signed_in(secretary)
    told = {"text": WHO, "basis": "consent", "readers": [named.actor_id], "because": "Needed"}
    assert client.post(f"/intelligence/{item.pk}/annex/", {**told, "readers": ["person:nobody"]}).status_code == 400
    assert client.post(f"/intelligence/{item.pk}/annex/", told).status_code == 302
    annex = Annex.objects.get()
    address = f"/intelligence/annexes/{annex.pk}/readers/"
    assert "Tarn" not in client.get(address).content.decode()
    assert client.post(address, {"readers": [secretary.actor_id], "because": "He asks"}).status_code == 302
    assert signed_in(named).get(f"/intelligence/annexes/{annex.pk}/").status_code == 404
    assert signed_in(somebody(Role.SECRETARY, system=ELSEWHERE)).get(address).status_code == 404


def test_nobody_is_offered_who_has_a_part_in_the_matter(subject: Subject, item: Item, secretary: Person) -> None:
    fit = [somebody(), somebody(Role.CHAIR), secretary]
    unfit = [
        _conflicted(Role.MEMBER, subject),
        somebody(organisation=subject.key),
        somebody(Role.PROVIDER, organisation=subject.key),
        somebody(Role.AUDITOR),
        somebody(system=ELSEWHERE),
    ]
    offered = {key for key, _ in annex_readers_for(secretary, TODAY, item)}
    assert offered >= {one.actor_id for one in fit}
    assert not offered & {one.actor_id for one in unfit}


# --- why it was opened, and who could


def log_of(annex: Annex) -> str:
    return f"/intelligence/annexes/{annex.pk}/openings/"


def test_reason_is_kept_in_words_and_the_event_holds_none(item: Item, secretary: Person, named: Person) -> None:
    annex = an_annex(item, secretary, named)
    open_annex(by=named, at=LATER, annex=annex, because="  The council called  ")
    row = AnnexOpening.objects.get()
    assert (row.annex, row.because, row.recorded_by) == (annex, "The council called", named.actor_id)
    event = Event.objects.last()
    assert event is not None and "council" not in event.facts


@pytest.mark.parametrize(
    ("because", "says"),
    [
        ("It is about Quilla Tarn", "repeats an identity"),
        ("Ring me on 020 7946 0958", "telephone"),
        (" ", "reason"),
    ],
)
def test_reason_that_names_somebody_opens_nothing(
    because: str, says: str, item: Item, secretary: Person, named: Person
) -> None:
    annex = an_annex(item, secretary, named)
    with pytest.raises((Invalid, Refused), match=says):
        open_annex(by=named, at=LATER, annex=annex, because=because)
    answer = signed_in(named).post(f"/intelligence/annexes/{annex.pk}/", {"because": because})
    assert answer.status_code == 400 and WHO not in answer.content.decode()
    assert not AnnexOpening.objects.exists() and opened() == 0


def test_readers_keepers_and_the_auditor_see_who_opened_it_and_why(
    item: Item, secretary: Person, named: Person
) -> None:
    annex, auditor = an_annex(item, secretary, named), somebody(Role.AUDITOR)
    open_annex(by=named, at=LATER, annex=annex, because="The council called")
    pages = {
        secretary: (f"/intelligence/{item.pk}/", f"/intelligence/annexes/{annex.pk}/readers/", log_of(annex)),
        named: (f"/intelligence/annexes/{annex.pk}/", log_of(annex)),
        auditor: (log_of(annex),),
    }
    for person, addresses in pages.items():
        for address in addresses:
            html = signed_in(person).get(address).content.decode()
            assert "The council called" in html and "Named Reader" in html, (person, address)
            assert "Tarn" not in html
    assert log_of(annex) in signed_in(auditor).get("/intelligence/annexes/openings/").content.decode()
    assert signed_in(auditor).post(f"/intelligence/annexes/{annex.pk}/", {"because": "x"}).status_code in {403, 404}


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
        lambda s: somebody(Role.FOI_OFFICER),
        lambda s: somebody(Role.SECRETARY, system=ELSEWHERE),
        lambda s: somebody(Role.AUDITOR, system=ELSEWHERE),
        lambda s: _conflicted(Role.SECRETARY, s),
        lambda s: _conflicted(Role.AUDITOR, s),
    ],
)
def test_nobody_else_sees_that_it_was_opened(
    who: Callable[[Subject], Person], subject: Subject, item: Item, secretary: Person, named: Person
) -> None:
    annex = an_annex(item, secretary, named)
    open_annex(by=named, at=LATER, annex=annex, because="The council called")
    person = who(subject)
    assert signed_in(person).get(log_of(annex)).status_code == 404
    answer = signed_in(person).get("/intelligence/annexes/openings/")
    assert answer.status_code in {200, 403} and str(annex.pk) not in answer.content.decode()


def test_opening_before_reasons_were_kept_is_told_from_the_log(item: Item, secretary: Person, named: Person) -> None:
    annex = an_annex(item, secretary, named)
    open_annex(by=named, at=LATER, annex=annex, because="The council called")
    AnnexOpening.objects.all().delete()
    html = signed_in(secretary).get(log_of(annex)).content.decode()
    assert "Named Reader" in html and "The reason was not kept in words." in html


def test_each_listing_of_a_reader_has_its_own_row(
    item: Item, secretary: Person, named: Person, clock: time_machine.Traveller
) -> None:
    annex, other = an_annex(item, secretary, named), somebody(display_name="Other Reader")
    days = [NOW + timedelta(days=at) for at in (1, 2, 3)]
    lists = [(other,), (other, named), (other, named)]
    for day, people in zip(days, lists, strict=True):
        clock.move_to(day)
        readers = tuple(one.actor_id for one in people)
        name_annex_readers(by=secretary, at=day, annex=annex, readers=readers, because="It changed")
    rows = AnnexReader.objects.filter(actor_id=named.actor_id).order_by("pk")
    assert list(rows.values_list("recorded_at", "struck_off_on")) == [(NOW, days[0].date()), (days[1], None)]
    assert AnnexReader.objects.filter(actor_id=other.actor_id).count() == 1
    assert open_annex(by=named, at=days[2], annex=annex, because="The council called") == WHO
    html = signed_in(secretary).get(f"/intelligence/annexes/{annex.pk}/readers/").content.decode()
    assert "Named Reader, listed on 15 January 2026 and struck off on 16 January 2026" in html
    name_annex_readers(by=secretary, at=days[2], annex=annex, readers=(other.actor_id,), because="She left")
    with pytest.raises(Refused):
        open_annex(by=named, at=days[2], annex=annex, because="The council called")

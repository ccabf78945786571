"""Referrals: made by whoever sees an item, received by who keeps, and told to another group in words written for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Handling, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import Kind as Body
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Item, Receipt, Referral
from sightline.intelligence.operations import note_receipt, refer
from sightline.intelligence.queries.reviewing import referrals_owed, referrals_received
from sightline.intelligence.words import ReferralKind, Safeguarding
from tests.factories.accounts import signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.intelligence import BELL, ELSEWHERE, LATER, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = pytest.mark.usefixtures("house")
DETAIL = "Homes on your side of the river may share one night team"
MISSING = "no safeguarding referral is recorded"


@pytest.fixture
def subject(house: None) -> Subject:
    an_organisation(SYSTEM, "Upland Board", Body.ICB)
    an_organisation(ELSEWHERE, "Lowland Board", Body.ICB)
    return a_body("ZI700", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY)


@pytest.fixture
def their_secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, system=ELSEWHERE)


def referred(item: Item, by: Person, **more: Any) -> Referral:
    told = {"kind": ReferralKind.SAFEGUARDING, "body": "The council", "reference": "R1", "referred_on": TODAY, **more}
    return refer(by=by, at=LATER, item=item, **told)


def to_their_group(item: Item, by: Person, **more: Any) -> Referral:
    told = {"kind": ReferralKind.OTHER_GROUP, "body": "", "reference": "", "group_system": ELSEWHERE, "detail": DETAIL}
    return referred(item, by, **{**told, **more})


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


@pytest.mark.requirement("SAF-01", "INT-07")
@pytest.mark.parametrize("role", [Role.LAY_MEMBER, Role.MEMBER, Role.SECRETARY, Role.CHAIR])
def test_whoever_sees_an_item_records_a_referral(role: Role, subject: Subject) -> None:
    item = an_item(subject, safeguarding=Safeguarding.SUSPECTED)
    made = referred(item, somebody(role))
    assert (made.body, made.reference, made.referred_on) == ("The council", "R1", TODAY)
    assert verbs() == ["intelligence.share", "intelligence.refer"]
    event = Event.objects.last()
    assert event is not None
    assert "council" not in event.facts


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(system=ELSEWHERE),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
        lambda s: somebody(Role.AUDITOR),
        lambda s: _conflicted(Role.SECRETARY, s),
        lambda s: _conflicted(Role.CHAIR, s),
    ],
)
def test_who_does_not_see_it_refers_nothing(who: Callable[[Subject], Person], subject: Subject) -> None:
    item = an_item(subject)
    with pytest.raises(Refused):
        referred(item, who(subject))
    assert not Referral.objects.exists()
    assert verbs() == ["intelligence.share"]


def _conflicted(role: Role, subject: Subject, system: str = SYSTEM) -> Person:
    person = somebody(role, system=system)
    an_interest(person, subject)
    return person


OTHER: dict[str, Any] = {"kind": ReferralKind.OTHER_GROUP, "body": "", "group_system": ELSEWHERE, "detail": DETAIL}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"body": " "}, "Name the body"),
        ({"body": "x" * 300}, "too long"),
        ({"reference": ""}, "reference"),
        ({"referred_on": TODAY + timedelta(days=1)}, "lies ahead"),
        ({"kind": ReferralKind.BUSINESS_AS_USUAL}, "Say why"),
        ({**OTHER, "group_system": SYSTEM}, "your own group"),
        ({**OTHER, "group_system": "QZ99"}, "no such group"),
        ({**OTHER, "detail": ""}, "Write what the other group"),
        ({**OTHER, "detail": "Her number is 943 476 5919"}, "NHS number"),
        (
            {**OTHER, "detail": "They say the keys of the drug room hang in the hall for everybody to take"},
            "named readers",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(more: dict[str, Any], says: str, subject: Subject, secretary: Person) -> None:
    secret = "The keys of the drug room hang in the hall for everybody to take."
    words = (Words(BELL, Handling.MEMBERS), Words(secret, Handling.RESTRICTED))
    item = an_item(subject, words=words, readers=(secretary.actor_id,))
    with pytest.raises(Invalid, match=says):
        referred(item, secretary, **more)
    assert not Referral.objects.exists()


def test_words_to_be_said_and_not_circulated_are_not_repeated_to_another_group(
    subject: Subject, secretary: Person
) -> None:
    item = an_item(subject, verbal_only=True)
    with pytest.raises(Invalid, match="named readers"):
        to_their_group(item, secretary, detail=BELL)
    assert to_their_group(item, secretary).detail == DETAIL


# --- the other group


@pytest.mark.requirement("INT-09")
def test_other_group_reads_what_was_written_for_it_and_receives_it(
    subject: Subject, secretary: Person, their_secretary: Person
) -> None:
    item = an_item(subject, "Quagmire at the lighthouse")
    made = to_their_group(item, secretary)
    client = signed_in(their_secretary)
    html = client.get("/intelligence/referrals/").content.decode()
    assert DETAIL in html
    assert "From Upland Board" in html
    assert not [word for word in ("Quagmire", "Elm House", str(item.pk), "Person ") if word in html.split("<main")[1]]
    address = f"/intelligence/referrals/{made.pk}/receipt/"
    assert "Quagmire" not in client.get(address).content.decode()
    assert client.get(f"/intelligence/{item.pk}/").status_code == 404
    day = {"received_on-day": "15", "received_on-month": "1", "received_on-year": "2026"}
    assert client.post(address, {**day, "says": "We look into it"}).status_code == 302
    assert Receipt.objects.get().recorded_by == their_secretary.actor_id
    assert verbs()[-1] == "intelligence.note_receipt"
    assert "We look into it" in signed_in(secretary).get("/intelligence/referrals/").content.decode()


@pytest.mark.requirement("COI-03")
def test_interest_closes_a_referral_to_the_other_group_too(subject: Subject, secretary: Person) -> None:
    made = to_their_group(an_item(subject), secretary)
    keeper = _conflicted(Role.SECRETARY, subject, ELSEWHERE)
    client = signed_in(keeper)
    assert DETAIL not in client.get("/intelligence/referrals/").content.decode()
    assert client.get(f"/intelligence/referrals/{made.pk}/receipt/").status_code == 404
    with pytest.raises(Refused):
        note_receipt(by=keeper, at=LATER, referral=made, received_on=TODAY)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(system=ELSEWHERE),
        lambda s: somebody(Role.CHAIR, system=ELSEWHERE),
        lambda s: somebody(Role.SECRETARY, system="QZ3"),
        lambda s: somebody(),
    ],
)
def test_receipt_is_recorded_by_keepers_alone(
    who: Callable[[Subject], Person], subject: Subject, secretary: Person
) -> None:
    made = to_their_group(an_item(subject), secretary)
    person = who(subject)
    with pytest.raises(Refused):
        note_receipt(by=person, at=LATER, referral=made, received_on=TODAY)
    assert not Receipt.objects.exists()
    assert not referrals_received(person, TODAY)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=1)])
def test_receipt_comes_after_its_referral_and_not_ahead(day: Any, subject: Subject, secretary: Person) -> None:
    made = to_their_group(an_item(subject), secretary)
    with pytest.raises(Invalid):
        note_receipt(by=secretary, at=LATER, referral=made, received_on=day)
    note_receipt(by=secretary, at=LATER, referral=made, received_on=TODAY)
    with pytest.raises(Invalid, match="already"):
        note_receipt(by=secretary, at=LATER, referral=made, received_on=TODAY)


# --- what is owed


@pytest.mark.requirement("SAF-01")
def test_missing_safeguarding_referral_is_said_until_it_is_recorded(subject: Subject, secretary: Person) -> None:
    giver = somebody(Role.LAY_MEMBER)
    item = an_item(subject, by=giver, safeguarding=Safeguarding.SUSPECTED)
    readers = (giver, secretary)
    pages = (f"/intelligence/{item.pk}/", "/intelligence/referrals/")
    for person in readers:
        for page in pages:
            assert MISSING in signed_in(person).get(page).content.decode()
    assert MISSING not in signed_in(somebody()).get(pages[0]).content.decode()
    form = {"body": "The council", "reference": "R1", "detail": "Told by telephone"}
    day = {"referred_on-day": "15", "referred_on-month": "1", "referred_on-year": "2026"}
    answer = signed_in(giver).post(f"/intelligence/{item.pk}/refer/safeguarding/", {**form, **day})
    assert answer.status_code == 302
    for person in readers:
        for page in pages:
            assert MISSING not in signed_in(person).get(page).content.decode()


def test_safeguarding_comes_first_and_each_sees_their_own(subject: Subject, secretary: Person) -> None:
    giver = somebody()
    regulator = an_item(subject, by=giver, practitioner=True, heard_on=TODAY - timedelta(days=30))
    urgent = an_item(subject, safeguarding=Safeguarding.SUSPECTED)
    assert [item.pk for item, _, _ in referrals_owed(secretary, TODAY)] == [urgent.pk, regulator.pk]
    assert [item.pk for item, _, _ in referrals_owed(giver, TODAY)] == [regulator.pk]
    assert not referrals_owed(_conflicted(Role.SECRETARY, subject), TODAY)


@pytest.mark.parametrize("kind", list(ReferralKind))
def test_form_of_each_kind_is_drawn_and_asks_for_what_it_needs(kind: ReferralKind, subject: Subject) -> None:
    item, client = an_item(subject), signed_in(somebody())
    address = f"/intelligence/{item.pk}/refer/{kind.value}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 400
    assert not Referral.objects.exists()
    assert client.get(f"/intelligence/{item.pk}/refer/nonsense/").status_code == 404


def test_referral_is_read_by_who_keeps_and_who_made_it_alone(subject: Subject, secretary: Person) -> None:
    maker = somebody()
    item = an_item(subject)
    referred(item, maker, detail="Told by telephone", reference="Ref 77")
    for person, reads in ((maker, True), (secretary, True), (somebody(), False), (somebody(Role.CHAIR), False)):
        for page in (f"/intelligence/{item.pk}/", "/intelligence/referrals/"):
            html = signed_in(person).get(page).content.decode()
            assert ("Told by telephone" in html and "Ref 77" in html) is reads

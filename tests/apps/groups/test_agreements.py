"""Agreements to share information: recorded by those who keep them, the newest holds, and nobody is kept from sharing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Permission, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation
from sightline.groups.models import SharingAgreement
from sightline.groups.operations import record_agreement
from sightline.groups.queries import groups_of, lacking_agreement, standings
from sightline.groups.words import AgreementStatus
from sightline.intelligence.models import Item
from tests.factories import intelligence as told
from tests.factories.accounts import a_grant, a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("IGV-06")]
TODAY = NOW.date()
HOME, ELSEWHERE = "QZ1", "QZ2"
AGREED = date(2025, 4, 1)
LIST = "/agreements/"
PAPER, WHY = "Cupboard Zephyr", "Signed at the Quagmire"


@pytest.fixture
def council(house: None) -> Organisation:
    body = an_organisation("ZL1", "River Council")
    a_person(Grant(Role.MEMBER, HOME, "ZL1"))
    a_person(Grant(Role.MEMBER, HOME, "ZL1"))
    return body


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


def agree(by: Person, body: Organisation, **more: Any) -> SharingAgreement:
    given = {"system": HOME, "status": AgreementStatus.AGREED, "because": WHY, "agreed_on": AGREED, "at": NOW}
    return record_agreement(by=by, organisation=body, **{**given, **more})


def lacks(system: str = HOME, on: date = TODAY) -> list[str]:
    return [body.code for body in lacking_agreement(system, on)]


def page(person: Person, address: str = LIST) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.QUALITY_LEAD])
def test_who_keeps_them_records_how_it_stands(council: Organisation, role: Role) -> None:
    by = a_person(Grant(role, HOME))
    agree(by, council, reference=f" {PAPER} ", review_on=date(2027, 4, 1))
    row = SharingAgreement.objects.get()
    assert (row.organisation, row.system, row.status, row.agreed_on) == (council, HOME, "agreed", AGREED)
    assert (row.reference, row.because, row.recorded_by) == (PAPER, WHY, by.actor_id)
    event = Event.objects.get()
    assert (event.verb, event.on_id) == ("groups.record_agreement", str(row.pk))
    assert not [word for word in (PAPER, WHY) if word in event.facts]


@pytest.mark.parametrize(
    "role",
    [Role.MEMBER, Role.LAY_MEMBER, Role.DEPUTY, Role.PROVIDER, Role.REGION, Role.AUDITOR, Role.FOI_OFFICER],
)
def test_nobody_else_records_one(council: Organisation, role: Role) -> None:
    with pytest.raises(Refused):
        agree(a_person(Grant(role, HOME, "ZL1")), council)
    assert (SharingAgreement.objects.count(), Event.objects.count()) == (0, 0)


def test_another_groups_keeper_records_none(council: Organisation) -> None:
    with pytest.raises(Refused, match="own system"):
        agree(a_person(Grant(Role.SECRETARY, ELSEWHERE)), council)
    assert (SharingAgreement.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"agreed_on": None}, "Give the day"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "lies ahead"),
        ({"review_on": AGREED}, "after the day of agreement"),
        ({"status": AgreementStatus.DECLINED}, "unless it was agreed"),
        ({"status": AgreementStatus.IN_DISCUSSION}, "unless it was agreed"),
        ({"status": AgreementStatus.ENDED, "review_on": date(2027, 1, 1)}, "due for review"),
    ],
)
def test_days_that_do_not_fit_are_refused(
    council: Organisation, keeper: Person, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        agree(keeper, council, **more)
    assert (SharingAgreement.objects.count(), Event.objects.count()) == (0, 0)


def test_no_reason_no_record(council: Organisation, keeper: Person) -> None:
    with pytest.raises(Refused, match="reason"):
        agree(keeper, council, because=" ")
    assert not SharingAgreement.objects.exists()


@pytest.mark.parametrize("broken", [{"status": "shaken"}, {"agreed_on": None}, {"review_on": AGREED}, {"because": ""}])
def test_the_database_keeps_its_promises(council: Organisation, broken: dict[str, Any]) -> None:
    row = {"system": HOME, "status": "agreed", "agreed_on": AGREED, "because": WHY, "recorded_at": NOW, **broken}
    with pytest.raises(IntegrityError), transaction.atomic():
        SharingAgreement.objects.create(organisation=council, **row)


def test_the_newest_holds_and_the_first_stays(council: Organisation, keeper: Person) -> None:
    assert lacks() == ["ZL1"]
    agree(keeper, council, status=AgreementStatus.IN_DISCUSSION, agreed_on=None, at=NOW - timedelta(days=20))
    assert lacks() == ["ZL1"]
    agree(keeper, council, at=NOW - timedelta(days=10))
    assert (lacks(), lacks(on=TODAY - timedelta(days=15))) == ([], ["ZL1"])
    agree(keeper, council, status=AgreementStatus.ENDED, agreed_on=None)
    assert lacks() == ["ZL1"]
    assert SharingAgreement.objects.count() == 3


def test_who_sits_in_no_group_lacks_nothing(house: None) -> None:
    """A slow twin of the rule: an organisation is listed where one of its people now has a role that sits there."""
    grants = [
        (Grant(Role.MEMBER, HOME, "ZL2"), True),
        (Grant(Role.PROVIDER, HOME, "ZL3"), True),
        (Grant(Role.MEMBER, "", "ZL4"), True),  # in every group
        (Grant(Role.MEMBER, ELSEWHERE, "ZL5"), False),
        (Grant(Role.AUDITOR, HOME, "ZL6"), False),
        (Grant(Role.MEMBER, HOME, "ZL7", valid_to=TODAY), False),
        (Grant(Role.MEMBER, HOME, "ZL8", valid_from=TODAY + timedelta(days=1)), False),
    ]
    for grant, _ in grants:
        an_organisation(grant.organisation, f"Body {grant.organisation}")
        a_person(grant)
    an_organisation("ZL9", "Body ZL9")
    a_person(Grant(Role.MEMBER, HOME, "ZL9"), is_active=False)
    assert lacks() == [grant.organisation for grant, sits in grants if sits]


def test_somebody_with_two_roles_is_one_person(council: Organisation) -> None:
    a_grant(a_person(Grant(Role.MEMBER, HOME, "ZL1")), Grant(Role.DEPUTY, HOME, "ZL1"))
    assert [one.people for one in standings(HOME, TODAY)] == [3]


def test_who_belongs_to_every_group_is_given_those_in_which_people_sit(council: Organisation) -> None:
    a_person(Grant(Role.MEMBER, ELSEWHERE, "ZL1"))
    lead = a_person(Role.QUALITY_LEAD)
    assert {HOME, ELSEWHERE} <= set(groups_of(lead, Permission.SEE_INTELLIGENCE, TODAY))
    assert groups_of(a_person(Grant(Role.MEMBER, HOME)), Permission.SEE_INTELLIGENCE, TODAY) == (HOME,)


# --- pages


def test_members_read_how_it_stands_and_keepers_why(council: Organisation, keeper: Person) -> None:
    member = a_person(Grant(Role.MEMBER, HOME))
    assert "None recorded" in page(member)
    assert "1 organisation in the group, 0 with an agreement" in page(member)
    agree(keeper, council, reference=PAPER, review_on=TODAY)
    shown = page(member)
    assert "River Council" in shown
    assert "Agreed on 1 April 2025" in shown
    assert "Review overdue since" in shown
    assert [word for word in (PAPER, WHY, "Kim Keeper", "/record/") if word in shown] == []
    kept = page(keeper)
    assert [word for word in (PAPER, WHY, "Kim Keeper", f"/agreements/{council.pk}/record/") if word not in kept] == []


def test_a_review_that_lies_ahead_is_not_overdue(council: Organisation, keeper: Person) -> None:
    agree(keeper, council, review_on=TODAY + timedelta(days=1))
    assert "overdue" not in page(keeper)


def test_a_keeper_records_by_the_page_and_what_was_typed_stays(council: Organisation, keeper: Person) -> None:
    client, address = signed_in(keeper), f"/agreements/{council.pk}/record/"
    wrong = client.post(address, {"status": "agreed", "because": WHY})
    assert wrong.status_code == 400
    assert WHY in wrong.content.decode()
    days = {"agreed_on-day": "1", "agreed_on-month": "4", "agreed_on-year": "2025"}
    right = client.post(address, {"status": "agreed", "because": WHY, "reference": PAPER, **days})
    assert (right.status_code, right["Location"]) == (302, LIST)
    assert lacks() == []
    assert WHY in page(keeper, address)


def test_who_keeps_several_groups_says_which(council: Organisation) -> None:
    a_person(Grant(Role.MEMBER, ELSEWHERE, "ZL1"))
    client = signed_in(a_person(Grant(Role.SECRETARY, HOME), Grant(Role.SECRETARY, ELSEWHERE)))
    address = f"/agreements/{council.pk}/record/"
    sent = {"status": "declined", "because": WHY}
    assert client.post(address, sent).status_code == 400
    assert client.post(address, {**sent, "system": ELSEWHERE}).status_code == 302
    assert SharingAgreement.objects.get().system == ELSEWHERE


def test_an_organisation_outside_the_group_is_absent(council: Organisation, keeper: Person) -> None:
    outside = an_organisation("ZL2", "Hill Council")
    for key in (outside.pk, uuid4()):
        assert signed_in(keeper).get(f"/agreements/{key}/record/").status_code == 404
    other = signed_in(a_person(Grant(Role.CHAIR, ELSEWHERE)))
    assert other.get(f"/agreements/{council.pk}/record/").status_code == 404
    assert "River Council" not in other.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("role", "lists", "records"),
    [
        (Role.SECRETARY, 200, 200),
        (Role.CHAIR, 200, 200),
        (Role.MEMBER, 200, 403),
        (Role.AUDITOR, 200, 403),
        (Role.PROVIDER, 403, 403),
        (Role.REGION, 403, 403),
        (Role.ADMINISTRATOR, 403, 403),
    ],
)
def test_who_may_enter(council: Organisation, role: Role, lists: int, records: int) -> None:
    client = signed_in(a_person(Grant(role, HOME, "ZL1")))
    assert client.get(LIST).status_code == lists
    assert client.get(f"/agreements/{council.pk}/record/").status_code == records


def test_sharing_is_never_kept_back_by_a_missing_agreement(council: Organisation) -> None:
    giver = a_person(Grant(Role.MEMBER, HOME, "ZL1"))
    assert lacks() == ["ZL1"]
    told.an_item(by=giver, organisation="ZL1")
    assert Item.objects.count() == 1
    assert "agreement" not in signed_in(giver).get("/intelligence/share/").content.decode().casefold()


def test_nobody_signed_in_sees_nothing(council: Organisation) -> None:
    assert Client().get(LIST).status_code == 302

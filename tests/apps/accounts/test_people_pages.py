"""The administrator's pages: invite, grant, end, deactivate, first passwords."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.accounts.models import Person, RoleEnding, RoleGrant
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from tests.factories.accounts import PASSWORD, a_grant, a_person, signed_in

pytestmark = pytest.mark.django_db
INVITATION = {"email": "Ada@Example.org", "display_name": "Ada Long", "role": "provider", "organisation": "zz1"}


@pytest.fixture
def administrator() -> Client:
    return signed_in(a_person(Role.ADMINISTRATOR, display_name="Keeper"))


def test_invited_person_signs_in_with_the_password_that_was_shown(administrator: Client) -> None:
    page = administrator.post("/people/invite/", INVITATION).content.decode()
    shown = re.search(r"<code>([a-z0-9-]+)</code>", page)
    assert shown
    ada = Person.objects.get(email="ada@example.org")
    assert [(grant.role, grant.organisation) for grant in ada.grants] == [("provider", "ZZ1")]
    visitor = Client()
    answer = visitor.post("/sign-in/", {"login": "ada@example.org", "password": shown.group(1)})
    assert answer["Location"] == "/sign-in/new-password/"
    assert [event.verb for event in Event.objects.all()] == ["accounts.invite_person"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"organisation": ""}, "Give the code of the organisation"),
        ({"email": "nonsense"}, "valid email address"),
        ({"email": "taken@example.org"}, "was invited before"),
        ({"role": "operator"}, "not one of the available choices"),
        ({"display_name": ""}, "Error: "),
    ],
)
def test_useless_invitation_is_shown_again_with_what_was_typed(
    administrator: Client, change: dict[str, str], says: str
) -> None:
    a_person(email="taken@example.org")
    before = Person.objects.count()
    answer = administrator.post("/people/invite/", {**INVITATION, **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert {**INVITATION, **change}["organisation"] in page
    assert Person.objects.count() == before
    assert not Event.objects.exists()


def test_list_names_everybody_with_roles_and_state(administrator: Client) -> None:
    a_person(Role.CHAIR, Role.REGION, display_name="Cleo")
    a_person(display_name="Lee", is_active=False)
    a_person(display_name="Ines", must_change_password=True)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", administrator.get("/people/").content.decode()))
    for words in ("4 people", "Chair, Region Active", "No role Deactivated", "No role Invited"):
        assert words in page


def test_list_takes_as_many_queries_for_many_people_as_for_few(administrator: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            administrator.get("/people/")
        return len(queries)

    few = count()
    for _ in range(10):
        a_person(Role.CHAIR)
    assert count() == few <= 10


def test_role_is_granted_and_ended_with_a_reason(administrator: Client) -> None:
    person = a_person()
    given = {"role": "deputy", "valid_from-day": "1", "valid_from-month": "3", "valid_from-year": "2026"}
    assert administrator.post(f"/people/{person.pk}/roles/", given)["Location"] == f"/people/{person.pk}/"
    grant = RoleGrant.objects.get(person=person)
    assert (grant.role, str(grant.valid_from), grant.valid_to) == ("deputy", "2026-03-01", None)
    assert administrator.post(f"/people/roles/{grant.pk}/end/", {"because": " "}).status_code == 200
    assert not RoleEnding.objects.exists()
    administrator.post(f"/people/roles/{grant.pk}/end/", {"because": "The meeting is over"})
    assert RoleEnding.objects.get().grant == grant
    assert "ended on" in administrator.get(f"/people/{person.pk}/").content.decode()
    again = administrator.post(f"/people/roles/{grant.pk}/end/", {"because": "Twice"})
    assert again.status_code == 400
    assert "ended before" in again.content.decode()


def test_role_that_ends_before_it_begins_is_not_granted(administrator: Client) -> None:
    person = a_person()
    days = {"valid_from-day": "2", "valid_to-day": "1"}
    months = {
        f"{end}-{part}": value
        for end in ("valid_from", "valid_to")
        for part, value in (("month", "3"), ("year", "2026"))
    }
    page = administrator.post(f"/people/{person.pk}/roles/", {"role": "deputy", **days, **months})
    assert "must end after" in page.content.decode()
    assert not RoleGrant.objects.filter(person=person).exists()


def test_deactivated_person_can_be_let_back_in(administrator: Client) -> None:
    person = a_person(Role.CHAIR)
    administrator.post(f"/people/{person.pk}/deactivate/", {"because": "Left"})
    assert not Person.objects.get(pk=person.pk).is_active
    assert "Let back in" in administrator.get(f"/people/{person.pk}/").content.decode()
    administrator.post(f"/people/{person.pk}/reactivate/", {"because": "Came back"})
    assert Person.objects.get(pk=person.pk).is_active


def test_administrator_cannot_deactivate_herself_by_the_address_either(administrator: Client) -> None:
    keeper = Person.objects.get()
    page = administrator.get(f"/people/{keeper.pk}/").content.decode()
    assert "/deactivate/" not in page
    answer = administrator.post(f"/people/{keeper.pk}/deactivate/", {"because": "Tired"})
    assert answer.status_code == 403
    assert "Ask another administrator" in answer.content.decode()
    assert Person.objects.get().is_active


def test_forgotten_password_is_replaced_and_lost_factor_removed(administrator: Client) -> None:
    person = a_person(Role.CHAIR)
    page = administrator.post(f"/people/{person.pk}/password/").content.decode()
    shown = re.search(r"<code>([a-z0-9-]+)</code>", page)
    assert shown
    again = Person.objects.get(pk=person.pk)
    assert again.check_password(shown.group(1))
    assert not again.check_password(PASSWORD)
    assert again.must_change_password
    administrator.post(f"/people/{person.pk}/second-factor/", {"because": "Phone lost"})
    assert not Person.objects.get(pk=person.pk).has_second_factor


def test_nobody_else_changes_anything_by_the_address() -> None:
    chair, person = signed_in(a_person(Role.CHAIR)), a_person()
    grant = a_grant(person, Role.MEMBER)
    before = list(Person.objects.order_by("pk").values()), list(RoleGrant.objects.values())
    for path, given in (
        ("/people/invite/", INVITATION),
        (f"/people/{person.pk}/roles/", {"role": "chair"}),
        (f"/people/{person.pk}/deactivate/", {"because": "x"}),
        (f"/people/{person.pk}/password/", {}),
        (f"/people/roles/{grant.pk}/end/", {"because": "x"}),
    ):
        assert chair.post(path, given).status_code == 403
    assert (list(Person.objects.order_by("pk").values()), list(RoleGrant.objects.values())) == before
    assert not Event.objects.exists()


def test_own_account_page_shows_roles_and_where_they_hold() -> None:
    person = a_person(display_name="Mona")
    a_grant(person, Grant(Role.PROVIDER, system="QZ1", organisation="ZZ1"))
    page = signed_in(person).get("/account/").content.decode()
    for words in ("Mona", person.email, "Provider", "QZ1 · ZZ1", "Authenticator app"):
        assert words in page

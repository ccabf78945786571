"""Each operation on people three ways: allowed, refused (nothing changed), recorded (one event)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sightline.accounts import operations
from sightline.accounts.models import Person, RoleEnding, RoleGrant
from sightline.accounts.operator import Operator
from sightline.accounts.passwords import FirstPassword, new_first_password
from sightline.audit.models import Event
from sightline.core.access import Permission, Role, may
from sightline.core.verdict import Invalid, Refused
from tests.factories.accounts import a_grant, a_person, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 12, tzinfo=UTC)
TODAY = AT.date()
OPERATOR = Operator("keeper")


@dataclass(frozen=True)
class Cast:
    """The people of these tests."""

    administrator: Person
    member: Person
    other: Person
    grant: RoleGrant


@pytest.fixture
def cast() -> Cast:
    member = a_person(email="member@example.org")
    grant = a_grant(member, Role.MEMBER)
    return Cast(a_person(Role.ADMINISTRATOR), member, a_person(Role.CHAIR), grant)


ACTS: dict[str, Callable[[Cast, Any], Any]] = {
    "invite_person": lambda cast, by: operations.invite_person(
        by=by,
        at=AT,
        email="New@Example.org",
        display_name=" New  One ",
        password=FirstPassword("x" * 12),
        role=Role.CHAIR,
    ),
    "grant_role": lambda cast, by: operations.grant_role(by=by, at=AT, person=cast.member, role=Role.DEPUTY),
    "end_role": lambda cast, by: operations.end_role(by=by, at=AT, grant=cast.grant, because="Moved on"),
    "deactivate_person": lambda cast, by: operations.deactivate_person(
        by=by, at=AT, person=cast.member, because="Left"
    ),
    "reactivate_person": lambda cast, by: operations.reactivate_person(
        by=by, at=AT, person=cast.member, because="Back"
    ),
    "set_password": lambda cast, by: operations.set_password(
        by=by, at=AT, person=cast.member, password=FirstPassword("y" * 12)
    ),
    "reset_second_factor": lambda cast, by: operations.reset_second_factor(
        by=by, at=AT, person=cast.member, because="Phone lost"
    ),
}


def _state() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Person, RoleGrant, RoleEnding, Event)]


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["administrator", "operator"])
def test_keeper_of_people_may_and_one_event_is_recorded(name: str, who: str, cast: Cast) -> None:
    by = OPERATOR if who == "operator" else cast.administrator
    ACTS[name](cast, by)
    (event,) = Event.objects.all()
    assert (event.verb, event.actor) == (f"accounts.{name}", by.actor_id)
    assert event.on_id == str(
        {"invite_person": Person.objects.filter(email="new@example.org").first(), "end_role": cast.grant}.get(
            name, cast.member
        ).pk
    )


@pytest.mark.parametrize("name", ACTS)
def test_anybody_else_is_refused_and_nothing_changes(name: str, cast: Cast) -> None:
    before = _state()
    with pytest.raises(Refused, match="It is for: administrator"):
        ACTS[name](cast, cast.other)
    assert _state() == before


@pytest.mark.parametrize("name", ACTS)
def test_event_holds_nothing_that_a_person_typed(name: str, cast: Cast) -> None:
    ACTS[name](cast, cast.administrator)
    facts = Event.objects.get().facts.lower()
    for typed in ("example.org", "one", "xxxx", "yyyy", "moved", "left", "back", "phone"):
        assert typed not in facts


@pytest.mark.parametrize("name", ["end_role", "deactivate_person", "reactivate_person", "reset_second_factor"])
def test_judgement_needs_a_reason(name: str, cast: Cast) -> None:
    person_or_grant = {"grant": cast.grant} if name == "end_role" else {"person": cast.member}
    before = _state()
    with pytest.raises(Refused, match="A reason is needed"):
        getattr(operations, name)(by=cast.administrator, at=AT, because=" ", **person_or_grant)
    assert _state() == before


def test_invited_person_holds_the_role_and_must_change_the_password(cast: Cast) -> None:
    person = ACTS["invite_person"](cast, cast.administrator)
    assert (person.email, person.display_name) == ("new@example.org", "New One")
    assert person.check_password("x" * 12)
    assert person.must_change_password
    assert [grant.role for grant in person.grants] == [Role.CHAIR]


def test_nobody_is_invited_twice_in_any_case_of_letters(cast: Cast) -> None:
    with pytest.raises(Invalid, match="invited before"):
        operations.invite_person(
            by=OPERATOR,
            at=AT,
            email="MEMBER@example.org",
            display_name="M",
            password=new_first_password(),
            role=Role.MEMBER,
        )


def test_database_refuses_a_second_address_that_differs_in_case_alone() -> None:
    a_person(email="one@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="One@example.org", display_name="Two")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"email": "not an address"}, "Give an e-mail address"),
        ({"display_name": "  "}, "Give the person’s name"),
        ({"role": Role.PROVIDER}, "code of the organisation"),
        ({"role": Role.OPERATOR}, "belongs to whoever keeps the server"),
    ],
)
def test_useless_invitation_is_answered_with_its_mend(given: dict[str, Any], says: str) -> None:
    usual = {"email": "a@example.org", "display_name": "A", "role": Role.MEMBER}
    with pytest.raises(Invalid, match=says):
        operations.invite_person(by=OPERATOR, at=AT, password=new_first_password(), **{**usual, **given})
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_role_that_ends_before_it_begins_is_refused_by_operation_and_database(cast: Cast) -> None:
    with pytest.raises(Invalid, match="must end after"):
        operations.grant_role(by=OPERATOR, at=AT, person=cast.member, role=Role.CHAIR, valid_from=TODAY, valid_to=TODAY)
    for wrong in ({"valid_to": date(2019, 1, 1)}, {"role": "operator"}, {"role": "provider"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.filter(pk=cast.grant.pk).update(**wrong)


def test_ended_role_no_longer_holds_and_its_row_is_not_touched(cast: Cast) -> None:
    row = RoleGrant.objects.filter(pk=cast.grant.pk).values().get()
    assert may(cast.member, Permission.SEE_PICTURE, TODAY)
    operations.end_role(by=OPERATOR, at=AT, grant=cast.grant, because="Moved on")
    assert RoleGrant.objects.filter(pk=cast.grant.pk).values().get() == row
    again = Person.objects.get(pk=cast.member.pk)
    assert not may(again, Permission.SEE_PICTURE, TODAY)
    assert may(again, Permission.SEE_PICTURE, TODAY - timedelta(days=1))  # what could be seen then is still known
    with pytest.raises(Invalid, match="ended before"):
        operations.end_role(by=OPERATOR, at=AT, grant=cast.grant, because="Again")


def test_leaver_holds_nothing_and_open_sessions_are_over(cast: Cast) -> None:
    client = signed_in(cast.member)
    assert client.get("/account/").status_code == 200
    ACTS["deactivate_person"](cast, cast.administrator)
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    assert not Person.objects.get(pk=cast.member.pk).grants
    ACTS["reactivate_person"](cast, cast.administrator)
    assert client.get("/account/")["Location"].startswith("/sign-in/")  # the old session stays over
    assert Person.objects.get(pk=cast.member.pk).grants


def test_new_first_password_and_lost_factor_end_open_sessions(cast: Cast) -> None:
    for name in ("set_password", "reset_second_factor"):
        person = Person.objects.get(pk=cast.member.pk)
        client = signed_in(person)
        assert client.get("/sign-out/").status_code == 200
        ACTS[name](cast, cast.administrator)
        assert client.get("/sign-out/").status_code == 302
    assert not Person.objects.get(pk=cast.member.pk).has_second_factor


def test_administrator_cannot_shut_herself_out(cast: Cast) -> None:
    with pytest.raises(Refused, match="cannot deactivate yourself"):
        operations.deactivate_person(by=cast.administrator, at=AT, person=cast.administrator, because="Tired")
    with pytest.raises(Refused, match="account page"):
        operations.reset_second_factor(by=cast.administrator, at=AT, person=cast.administrator, because="Tired")


def test_grants_are_read_with_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    person = Person.objects.get(pk=cast.member.pk)
    with django_assert_num_queries(1):
        assert may(person, Permission.SEE_PICTURE, TODAY)
        assert not may(person, Permission.KEEP_PEOPLE, TODAY)


def test_first_password_does_not_show_itself() -> None:
    password = new_first_password()
    assert password.words not in f"{password!r} {password}"
    assert len({new_first_password().words for _ in range(50)}) == 50

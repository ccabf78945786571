"""@operation: allowed, refused with nothing changed, and recorded as exactly one event in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sightline.accounts.models import GRANTABLE, Person
from sightline.accounts.operator import Operator
from sightline.audit.models import Event, Head
from sightline.audit.operation import REGISTER, operation
from sightline.core.access import Actor, Grant, Permission, Role
from sightline.core.verdict import Refused
from tests.factories.accounts import a_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    """An actor with one role."""

    role: Role
    actor_id: str = "person:somebody"

    @property
    def grants(self) -> tuple[Grant, ...]:
        return (Grant(self.role),)


@pytest.fixture
def rename() -> Iterator[Callable[..., Any]]:
    """An operation of the tests' own: renames a person."""

    @operation(Permission.KEEP_PEOPLE, on="person")
    def rename(*, by: Actor, at: datetime, person: Person, name: str, because: str, fails: bool = False) -> Person:
        """This function will rename somebody."""
        person.display_name = name
        person.save()
        if fails:
            raise ZeroDivisionError
        return person

    yield rename
    del REGISTER["tests.rename"]


KEEPER = Somebody(Role.ADMINISTRATOR)


def _rename(rename: Callable[..., Any], person: Person, by: Any = KEEPER, **more: Any) -> Any:
    return rename(**{"by": by, "at": AT, "person": person, "name": "Ada", "because": "Married", **more})


def test_what_is_allowed_is_done_and_recorded_once(rename: Callable[..., Any]) -> None:
    person = a_person()
    assert _rename(rename, person) == person
    assert Person.objects.get().display_name == "Ada"
    event = Event.objects.get()
    assert (event.system, event.sequence, event.recorded_at) == ("sightline", 1, AT)
    assert (event.actor, event.verb) == ("person:somebody", "tests.rename")
    assert (event.on_kind, event.on_id) == ("Person", str(person.pk))


@pytest.mark.parametrize("role", [role for role in GRANTABLE if role is not Role.ADMINISTRATOR])
def test_what_is_refused_changes_nothing_and_records_nothing(rename: Callable[..., Any], role: Role) -> None:
    person = a_person(display_name="Before")
    with pytest.raises(Refused, match="It is for: administrator, operator"):
        _rename(rename, person, Somebody(role))
    assert Person.objects.get().display_name == "Before"
    assert not Event.objects.exists()
    assert not Head.objects.exists()


@pytest.mark.parametrize("because", ["", "   ", None])
def test_no_reason_is_refused_where_one_is_needed(rename: Callable[..., Any], because: str | None) -> None:
    person = a_person(display_name="Before")
    with pytest.raises(Refused, match="A reason is needed"):
        _rename(rename, person, because=because)
    assert Person.objects.get().display_name == "Before"


def test_refusal_gives_every_reason_at_once(rename: Callable[..., Any]) -> None:
    with pytest.raises(Refused) as caught:
        _rename(rename, a_person(), Somebody(Role.MEMBER), because="")
    assert len(caught.value.verdict.reasons) == 2


def test_what_fails_half_way_is_undone_and_not_recorded(rename: Callable[..., Any]) -> None:
    person = a_person(display_name="Before")
    with pytest.raises(ZeroDivisionError):
        _rename(rename, person, fails=True)
    assert Person.objects.get().display_name == "Before"
    assert not Event.objects.exists()


def test_what_cannot_be_recorded_is_not_done(rename: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**given: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("sightline.audit.operation.append", broken)
    person = a_person(display_name="Before")
    with pytest.raises(OSError, match="disk full"):
        _rename(rename, person)
    assert Person.objects.get().display_name == "Before"


def test_positional_arguments_are_a_mistake(rename: Callable[..., Any]) -> None:
    with pytest.raises((TypeError, KeyError)):
        rename(KEEPER, AT, a_person())


def test_event_keeps_ids_numbers_and_days_but_never_text(settings: Any) -> None:
    @operation(Permission.KEEP_PEOPLE)
    def note(*, by: Actor, at: datetime, **facts: Any) -> None:
        """This function will do nothing."""

    person = a_person()
    note(
        by=KEEPER,
        at=AT,
        text="free text",
        path=Path("/home/ada"),
        day=date(2026, 3, 1),
        role=Role.CHAIR,
        count=3,
        flag=True,
        nothing=None,
        person=person,
        several=[person, person],
    )
    del REGISTER["tests.note"]
    facts = json.loads(Event.objects.get().facts)
    hashed = facts.pop("text"), facts.pop("path")
    assert all(value.startswith("hmac:") and len(value) == 37 for value in hashed)
    assert facts == {
        "day": "2026-03-01",
        "role": "chair",
        "count": 3,
        "flag": True,
        "nothing": None,
        "person": str(person.pk),
        "several": 2,
    }


def test_hash_of_text_depends_on_the_houses_key(rename: Callable[..., Any], settings: Any) -> None:
    _rename(rename, a_person())
    settings.SECRET_KEY = "another key of this house, long enough to be taken"
    _rename(rename, a_person())
    one, two = (json.loads(event.facts)["name"] for event in Event.objects.order_by("sequence"))
    assert one != two


def test_each_system_has_a_chain_of_its_own(rename: Callable[..., Any], settings: Any) -> None:
    person = a_person()
    for system in ("QZ1", "QZ2", "QZ1"):
        settings.HOME_SYSTEM = system
        _rename(rename, person)
    assert list(Event.objects.order_by("pk").values_list("system", "sequence")) == [("QZ1", 1), ("QZ2", 1), ("QZ1", 2)]


def test_operation_is_in_the_register(rename: Callable[..., Any]) -> None:
    entry = REGISTER["tests.rename"]
    assert (entry.permission, entry.on, entry.needs_reason) == (Permission.KEEP_PEOPLE, "person", True)
    assert entry.says == "This function will rename somebody."
    assert entry.takes[:2] == ("by", "at")


def test_operator_is_named_by_the_servers_own_login() -> None:
    assert Operator("ada").actor_id == "operator:ada"
    assert len(Operator("a" * 200).actor_id) == 80

"""``sightline person``: as the operator, with words for people and JSON for machines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sightline.accounts.models import Person, RoleGrant
from sightline.audit.models import Event
from sightline.cli.main import main

pytestmark = pytest.mark.django_db


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["person", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_person_comes_is_granted_a_role_and_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    invited = _run(capsys, "invite", "Ada@Example.org", "--name", "Ada", "--role", "chair", "--system", "qz1")
    ada = Person.objects.get(email="ada@example.org")
    assert ada.check_password(invited["first_password"])
    assert ada.must_change_password
    granted = _run(capsys, "grant", "ada@example.org", "--role", "deputy", "--until", "2999-01-01")
    (line,) = _run(capsys, "list")
    assert [role["role"] for role in line["roles"]] == ["Chair", "Deputy"]
    assert line["roles"][0]["where"] == "QZ1"
    _run(capsys, "end", granted["grant"], "--because", "A slip")
    (line,) = _run(capsys, "list")
    assert [role["holds"] for role in line["roles"]] == [True, False]
    renewed = _run(capsys, "password", "ada@example.org")
    assert renewed["first_password"] != invited["first_password"]
    assert not _run(capsys, "deactivate", "ada@example.org", "--because", "Left")["is_active"]
    assert _run(capsys, "reactivate", "ada@example.org", "--because", "Back")["is_active"]
    assert {event.actor.partition(":")[0] for event in Event.objects.all()} == {"operator"}
    assert Event.objects.count() == 6


def test_words_say_that_the_password_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "invite", "a@example.org", "--name", "A", "--role", "administrator"]) == 0
    assert "shown only now" in capsys.readouterr().out
    assert main(["person", "list"]) == 0
    assert "Administrator" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["password", "nobody@example.org"], "Nobody has the address"),
        (["end", "00000000-0000-4000-8000-000000000000", "--because", "x"], "no role with this id"),
        (["invite", "a@example.org", "--name", "A", "--role", "provider"], "code of the organisation"),
        (["invite", "nonsense", "--name", "A", "--role", "chair"], "Give an e-mail address"),
    ],
)
def test_mistake_is_answered_with_its_mend(capsys: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    assert main(["person", *words]) == 2
    assert says in capsys.readouterr().err
    assert main(["person", *words, "--json"]) == 2
    assert says in json.loads(capsys.readouterr().out)["error"]
    assert not Person.objects.exists()
    assert not RoleGrant.objects.exists()
    assert not Event.objects.exists()


def test_empty_house_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["person", "list"]) == 0
    assert "sightline person invite" in capsys.readouterr().out

"""Decisions are named people's: who stands behind an actor id."""

from __future__ import annotations

import pytest

from sightline.accounts.queries import names_of
from tests.factories.accounts import a_person


@pytest.mark.django_db
def test_a_person_is_named_and_the_operator_is_named_as_that() -> None:
    person = a_person(email="decider@example.org", display_name="Ada Decider")
    found = names_of([person.actor_id, "operator:deploy"])
    assert found == {person.actor_id: "Ada Decider", "operator:deploy": "the server's operator (deploy)"}


@pytest.mark.django_db
def test_an_id_that_nobody_bears_is_left_out() -> None:
    nobody = "person:00000000-0000-4000-8000-000000000000"
    assert names_of([nobody, "person:x", "nobody"]) == {}

"""The sweep: every address is asked by every method as every persona, and then all that can be reached from there.

Each answer is held three times: against the access table, against the list of who may see which secret, and, where
somebody is turned away from a record, against the answer for a record that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core import mail
from django.http import HttpResponse

from sightline.audit.models import Event
from tests.security.personas import ON_BOTH, PERSONAS, Cast
from tests.security.test_access import Looks, looks_of, sweep, told_apart
from tests.security.test_canaries import REACHED, Reading, crawl, freshen, plant_and_sign_in


@dataclass(frozen=True)
class Walk:
    """What came of one persona's way through the whole house."""

    wrong: list[str]  # answers that are not those of the table
    reading: Reading
    told_apart: list[str]  # hidden records that look otherwise than none
    elsewhere: str  # what stands in logs, in the facts of events, and in messages afterwards


@pytest.fixture(scope="module")
def walks() -> dict[str, Walk]:
    """This function will keep each walk, so that it is taken once for all questions."""
    return {}


@pytest.fixture
def walk(who: str, walks: dict[str, Walk], cast: Cast, caplog: pytest.LogCaptureFixture) -> Walk:
    """This function will walk through the house, where every private field holds a token."""
    if who not in walks:
        reading = Reading(who, plant_and_sign_in(cast, who))
        looks = dict[tuple[str, str], Looks]()

        def heard(method: str, path: str, answer: HttpResponse) -> None:
            reading.take(method, path, answer)
            if answer.status_code in {403, 404}:
                looks[method, path] = looks_of(answer)

        wrong = sweep(cast, who, heard=heard)
        told = told_apart(cast, who, looks)
        freshen(cast, who)
        crawl(cast, reading)
        facts = "".join(Event.objects.values_list("facts", flat=True))
        sent = "".join(f"{message.subject} {message.body}" for message in mail.outbox)
        walks[who] = Walk(wrong, reading, told, caplog.text + facts + sent)
    return walks[who]


SHOWN = pytest.mark.sqlite_is_enough
each_persona = pytest.mark.parametrize(
    "who", [pytest.param(who, marks=() if who in ON_BOTH else SHOWN) for who in PERSONAS], scope="module"
)


@pytest.mark.django_db
@each_persona
def test_every_address_answers_as_the_table_says(walk: Walk) -> None:
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)


@pytest.mark.django_db
@each_persona
def test_hidden_and_absent_records_look_the_same(walk: Walk) -> None:
    assert not walk.told_apart, "\n" + "\n".join(walk.told_apart)


@pytest.mark.django_db
@each_persona
def test_no_secret_is_where_it_does_not_belong(who: str, walk: Walk) -> None:
    assert not walk.reading.leaks, "\n" + "\n".join(walk.reading.leaks)
    assert walk.reading.shown >= REACHED.get(who, set()), "The crawl goes past what is there."
    assert "canary" not in walk.elsewhere

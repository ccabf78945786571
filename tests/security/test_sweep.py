"""The sweep: every address is asked by every method as every persona, and then all that can be reached from there.

Each answer is held twice: against the access table, and against the list of who may see which secret.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core import mail

from sightline.audit.models import Event
from tests.security.personas import PERSONAS, Cast
from tests.security.test_access import sweep
from tests.security.test_canaries import REACHED, Reading, crawl, freshen, plant_and_sign_in


@dataclass(frozen=True)
class Walk:
    """What came of one persona's way through the whole house."""

    wrong: list[str]  # answers that are not those of the table
    reading: Reading
    elsewhere: str  # what stands in logs, in the facts of events, and in messages afterwards


@pytest.fixture(scope="module")
def walks() -> dict[str, Walk]:
    """This function will keep each walk, so that it is taken once for both questions."""
    return {}


@pytest.fixture
def walk(who: str, walks: dict[str, Walk], cast: Cast, caplog: pytest.LogCaptureFixture) -> Walk:
    """This function will walk through the house, where every private field holds a token."""
    if who not in walks:
        reading = Reading(who, plant_and_sign_in(cast, who))
        wrong = sweep(cast, who, heard=reading.take)
        freshen(cast, who)
        crawl(cast, reading)
        facts = "".join(Event.objects.values_list("facts", flat=True))
        sent = "".join(f"{message.subject} {message.body}" for message in mail.outbox)
        walks[who] = Walk(wrong, reading, caplog.text + facts + sent)
    return walks[who]


each_persona = pytest.mark.parametrize("who", PERSONAS, scope="module")


@pytest.mark.django_db
@each_persona
def test_every_address_answers_as_the_table_says(walk: Walk) -> None:
    assert not walk.wrong, "\n" + "\n".join(walk.wrong)


@pytest.mark.django_db
@each_persona
def test_no_secret_is_where_it_does_not_belong(who: str, walk: Walk) -> None:
    assert not walk.reading.leaks, "\n" + "\n".join(walk.reading.leaks)
    assert walk.reading.shown >= REACHED.get(who, set()), "The crawl goes past what is there."
    assert "canary" not in walk.elsewhere

"""Two people with the authority who press at the very same moment: one wins, the other sees who, when and why.

Each of them has a connection of their own, to a database that is thrown away afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Refused
from sightline.directory.words import Link
from sightline.escalation.models import Duty
from sightline.escalation.operations import set_level
from sightline.groups.models import Office
from sightline.notify.models import Message
from sightline.profiles.models import OtherProcess
from sightline.surveillance.messages import LEVEL_DECIDED
from sightline.surveillance.models import FrozenEvidence, LevelDecision, LevelProposal
from sightline.web.wording import moment
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, an_office
from tests.factories.surveillance_levels import WHY, World, a_world, agreed, commissions, proposed

TIMES = 3


@contextmanager
def a_copy(path: Path) -> Iterator[None]:
    """This function will put a copy of the empty database of the tests in its place, to which everybody may connect."""
    settings, name = connection.settings_dict, connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        memory = connection.connection
        with closing(sqlite3.connect(path)) as file:
            memory.backup(file)
        connection.connection, settings["NAME"] = None, str(path)
    else:
        memory = None
        connection.close()
        connection.creation.clone_test_db("apart", verbosity=0)
        settings["NAME"] = f"{name}_apart"
    try:
        yield
    finally:
        connection.close()
        connection.connection, settings["NAME"] = memory, name
        if memory is None:
            connection.creation.destroy_test_db(suffix="apart", verbosity=0)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """What is written here counts at once, for whoever connects, and events are never deleted.

    This function will give a database of its own, which is thrown away, in place of one transaction in that of the tests.
    """
    with django_db_blocker.unblock(), a_copy(tmp_path / "apart.sqlite3"):
        yield


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust and everybody around its level."""
    return a_world()


def another_trust(world: World, number: int) -> World:
    """This function will set a further trust among the same people, so that the same can be tried again."""
    trust = an_organisation(f"ZT{number}", f"Lantern Hospital {number}")
    a_relation(trust, Link.PART_OF, world.board)
    commissions(trust, world.board)
    subject = trust.subjects.get()
    other = OtherProcess.objects.create(
        subject=subject, system=SYSTEM, form_key=uuid4(), name="Joint review", held_on=TODAY,
        because="Both boards took part", recorded_at=LONG_AGO, recorded_by="x",
    )  # fmt: skip
    return replace(world, subject=subject, other=other)


@dataclass
class Tried:
    """What came of it for one of the two."""

    by: Person
    decision: LevelDecision | None = None
    refused: Refused | None = None


def at_once(*acts: Callable[[], LevelDecision], people: tuple[Person, ...]) -> tuple[Tried, Tried]:
    """This function will have two people act at one moment, each with their own connection; the winner comes first."""
    gate, tried = Barrier(len(acts)), [Tried(one) for one in people]

    def go(mine: Tried, act: Callable[[], LevelDecision]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            mine.decision = act()
        except Refused as no:
            mine.refused = no
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=pair) for pair in zip(tried, acts, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    first, second = sorted(tried, key=lambda one: one.decision is None)
    return first, second


def sets(office: Office, proposal: LevelProposal) -> Callable[[], LevelDecision]:
    """This function will give the pressing of the button, for whoever holds an office."""
    return lambda: set_level(by=office.person, at=timezone.now(), proposal=proposal, office=office, because=WHY)


def the_chief(world: World) -> Office:
    """This function will give a second office that authorises the same, held by somebody else."""
    chief = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM), display_name="Cleo Chief")
    return an_office(chief, Slot.ICB_CHIEF_EXECUTIVE, world.board)


def counts() -> dict[str, int]:
    """This function will count what a decision leaves behind."""
    kept = {one.__name__: one.objects.count() for one in (LevelDecision, FrozenEvidence, Duty, Event)}
    return {**kept, "told": Message.objects.filter(kind=LEVEL_DECIDED).count()}


def grown(before: dict[str, int]) -> dict[str, int]:
    """This function will say by how much each has grown."""
    return {name: count - before[name] for name, count in counts().items()}


def one_alone(world: World) -> dict[str, int]:
    """This function will say what is left behind by a decision about which nobody quarrels."""
    proposal = agreed(world, proposed(world))
    before = counts()
    sets(world.icb_office, proposal)()
    return grown(before)


def saw_the_winner(second: Tried, first: Tried) -> bool:
    """This function will say whether the second was told who decided, and when."""
    assert second.refused is not None and first.decision is not None
    words = second.refused.verdict.words
    return f"{first.by.display_name} decided at {moment(first.decision.decided_at)}." in words


@pytest.mark.requirement("LVL-05", "LVL-16", "RPT-04")
def test_of_two_who_set_one_level_at_one_moment_one_wins_and_the_other_is_told_who_and_when(world: World) -> None:
    chief = the_chief(world)
    usual = one_alone(another_trust(world, 0))
    assert usual["LevelDecision"] == 1 and usual["Duty"] > 4 and usual["told"] == 1
    for number in range(1, TIMES + 1):
        here = another_trust(world, number)
        proposal = agreed(here, proposed(here))
        before = counts()
        first, second = at_once(
            sets(world.icb_office, proposal), sets(chief, proposal), people=(world.lead, chief.person)
        )
        assert first.decision is not None and second.decision is None
        assert saw_the_winner(second, first) and "Look at what was decided." in str(second.refused)
        assert grown(before) == usual  # one decision, what it rests on, its duties, its events and its message, once
        assert LevelDecision.objects.get(proposal=proposal).decided_by == first.by.actor_id
        assert set(Event.objects.order_by("-sequence").values_list("actor", flat=True)[:2]) == {first.by.actor_id}


@pytest.mark.requirement("LVL-05", "LVL-16")
def test_of_two_proposals_for_one_subject_decided_at_one_moment_one_becomes_its_level(world: World) -> None:
    chief = the_chief(world)
    usual = one_alone(another_trust(world, 0))
    for number in range(1, TIMES + 1):
        here = another_trust(world, number)
        mine, other = (agreed(here, proposed(here, reason=f"Reason {one}")) for one in (1, 2))
        before = counts()
        first, second = at_once(sets(world.icb_office, mine), sets(chief, other), people=(world.lead, chief.person))
        assert first.decision is not None and second.decision is None
        assert saw_the_winner(second, first) and "Somebody else was quicker" in str(second.refused)
        assert grown(before) == usual
        assert list(LevelDecision.objects.filter(subject=here.subject).values_list("number", flat=True)) == [1]

"""What is kept of a surveillance log stays what a log read anew would say, whatever is done between two readers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit import keeping
from sightline.audit.operation import REGISTER, append
from sightline.core.access import Grant, Role
from sightline.directory.models import Subject
from sightline.directory.words import Link
from sightline.surveillance.models import LevelDecision, Reach
from sightline.surveillance.operations import decide_level, review_level
from sightline.surveillance.queries import log_entries
from sightline.surveillance.queries.log import Asked, LogPage, Sort, log_lines, quarter_starts
from sightline.surveillance.queries.log_entries import BEARS, DECIDED, REVIEWED, _Alike, known_levels
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import a_relation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import REGION, SYSTEM, an_office, the_body, the_region
from tests.factories.surveillance_log import a_level, a_review, a_trust

pytestmark = pytest.mark.usefixtures("house")
VERBS = (decide_level, review_level)
LEVELS = ("routine", "enhanced", "intensive")
DAYS = [TODAY, TODAY - timedelta(days=60), TODAY - timedelta(days=300)]


@pytest.fixture(autouse=True)
def transaction(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whether reads believe themselves inside a transaction, as every test is, where nothing is kept: no, unless told so.

    And each log counts as so long that what is read of it is kept.
    """
    believed = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(keeping, "connection", believed)
    monkeypatch.setattr(log_entries, "_PART", 1)
    return believed


class House:
    """A system of a region with its readers, in which anything may happen next."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.board, self.region = the_body(), the_region()
        a_relation(self.board, Link.PART_OF, self.region)
        self.trusts = [a_trust(f"ZR{number}", f"Trust {number}") for number in range(6)]
        self.office = an_office(organisation=self.board)
        roles = {
            "lead": Grant(Role.QUALITY_LEAD, system=SYSTEM),
            "everywhere": Grant(Role.MEMBER),
            "region": Grant(Role.REGION, organisation=REGION),
            "conflicted": Grant(Role.MEMBER, system=SYSTEM),
            "stranger": Grant(Role.CHAIR, system="QZ9"),
        }
        self.people = {name: a_person(grant) for name, grant in roles.items()}
        self.told("tests.begin")

    def told(self, verb: str, on: object = "", system: str = "sightline") -> None:
        """This function will write the event of what was done, as the operation itself does."""
        append(system=system, at=LONG_AGO, actor="person:x", verb=verb, on_kind="", on_id=str(on), facts={})

    def something_is_done(self) -> None:
        """This function will do one thing at random."""
        done: list[Callable[[], None]] = [self.decided, self.decided, self.reviewed, self.renamed, self.concerned]
        self.rng.choice([*done, lambda: self.told("meetings.hold_meeting", system="another")])()

    def decided(self) -> None:
        """This function will set a level, at times from an earlier day, or of a subject that had none."""
        subject = self.rng.choice(self.trusts)
        on = TODAY - timedelta(days=self.rng.choice([0, 0, 30, 90, 200, 400]))
        decided = on + timedelta(days=self.rng.choice([0, 0, 20]))
        office, level = self.office, self.rng.choice(LEVELS)
        made = a_level(subject, level, on, min(decided, TODAY), office, next_review_on=on + timedelta(days=40))
        if self.rng.random() < 0.6:
            Reach.objects.get_or_create(proposal=made.proposal, organisation=self.region)
        self.told(DECIDED, made.pk)

    def reviewed(self) -> None:
        """This function will record that a level stays."""
        of = list(LevelDecision.objects.order_by("pk"))
        if of:
            one = self.rng.choice(of)
            again = TODAY + timedelta(days=self.rng.randrange(-20, 90))
            a_review(one, one.effective_on + timedelta(days=self.rng.randrange(50)), again)
            self.told(REVIEWED, one.pk)

    def renamed(self) -> None:
        """This function will take in a directory in which a subject has another name."""
        subject = self.rng.choice(self.trusts)
        Subject.objects.filter(pk=subject.pk).update(name=f"Hospital {self.rng.randrange(99)}")
        self.told("directory.take_in")

    def concerned(self) -> None:
        """This function will have somebody declare an interest in a subject."""
        an_interest(self.people["conflicted"], self.rng.choice(self.trusts))
        self.told("groups.declare_interest")


def read(person: Person, system: str) -> list[LogPage]:
    """This function will read a log as of some days, each in a way that asks for everything that is kept."""
    ways: list[dict[str, Any]] = [{"sort": Sort.REVIEW}, {"is_overdue": True}, {"is_long": True}]
    asked = [Asked(day, system, quarter_starts(day), **way) for day, way in zip(DAYS, ways, strict=True)]
    return [log_lines(person, TODAY, one) for one in asked]


@pytest.mark.requirement("SUR-05")
@pytest.mark.requirement("SUR-06")
@pytest.mark.parametrize("seed", range(4))
def test_log_is_what_one_read_anew_is_after_whatever_was_done_since(seed: int, transaction: SimpleNamespace) -> None:
    house, listed = House(seed), 0
    for _ in range(6):
        for _ in range(house.rng.randrange(1, 4)):
            house.something_is_done()
        for name, person in house.people.items():
            system = {"region": REGION, "stranger": "QZ9", "everywhere": ""}.get(name, SYSTEM)
            transaction.in_atomic_block = False
            kept = read(person, system)
            transaction.in_atomic_block = True
            anew = read(person, system)
            assert kept == anew, name
            listed += sum(len(page.lines) for page in kept)
    assert listed > 20


def test_what_a_log_rests_on_is_changed_by_the_operations_that_it_looks_out_for() -> None:
    """They are there under these names, and their events name the decision; others write no table that a log reads."""
    assert {
        name: one.on for name, one in REGISTER.items() if name in {f"surveillance.{verb.__name__}" for verb in VERBS}
    } == {DECIDED: "result", REVIEWED: "decision"}
    house = House(1)
    an_interest(house.people["conflicted"], house.trusts[0])
    for person in [*house.people.values(), a_person(Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR1"))]:
        sql, _ = _Alike.of(known_levels(person, TODAY, SYSTEM, TODAY)).words
        apps = {table.partition("_")[0] for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
        assert apps <= {DECIDED.partition(".")[0], *BEARS}, sql

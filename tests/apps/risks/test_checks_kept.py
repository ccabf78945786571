"""What is kept of self-checks stays what they would find anew, whatever is done between two readers, and day by day."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Q

from sightline.accounts.models import RoleEnding
from sightline.audit import keeping
from sightline.audit.operation import REGISTER, append
from sightline.core.access import Grant, Role
from sightline.core.risks import Finding, Register, check_register
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation
from sightline.directory.words import Link
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal
from sightline.indicators.queries import catalogue
from sightline.profiles.models import OtherProcess
from sightline.risks.giving import Opening, Placing, Scored
from sightline.risks.models import Measure, Place, RegisterLine, Risk, RiskSubject
from sightline.risks.operations import (
    accept_risk,
    add_measure,
    close_risk,
    link_risk,
    open_look_back,
    open_risk,
    place_risk,
    remove_from_register,
    restate_risk,
    review_risk,
    score_risk,
    step_measure,
)
from sightline.risks.queries import checks, record
from sightline.risks.queries.checks import checks_of, signals_of, subjects_now
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.ledgers import Ledger, standing
from sightline.risks.queries.levels import unknown_levels
from sightline.risks.queries.rules import levels_by_rank, risk_rules
from sightline.risks.words import MeasureHow, MeasureKind, ScoreKind
from sightline.surveillance.queries import guidance_for, standings_of
from tests.factories.accounts import a_person
from tests.factories.directory import a_relation
from tests.factories.groups import an_interest
from tests.factories.indicators import NOW, TODAY, a_signal
from tests.factories.risks import SYSTEM, stated
from tests.factories.risks_registers import Board, a_board, grow
from tests.factories.surveillance import a_concern, a_decision, an_office, the_body

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("RSK-15")]
READERS = ("lead", "conflicted", "region", "stranger")


@pytest.fixture(autouse=True)
def transaction(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whether reads believe themselves inside a transaction, as every test is, where nothing is kept: no, unless told so."""
    believed = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(keeping, "connection", believed)
    for name in ("_grounds", "_found"):
        monkeypatch.setattr(checks, name, {})
    monkeypatch.setattr(record, "_records", {})
    return believed


class House:
    """A board with its registers and readers, in which anything may happen next."""

    def __init__(self, seed: int, many: int = 25) -> None:
        self.rng = random.Random(seed)
        self.board: Board = a_board()
        self.lead, self.at = self.board.people["lead"], NOW
        self.subjects = [self.board.trust, self.board.hospice]
        for one in self.subjects:
            a_relation(one.organisation or self.board.icb, Link.PART_OF, self.board.icb)
        self.office = an_office(organisation=the_body(SYSTEM))
        self.owners = [a_person(Grant(Role.SECRETARY, system=SYSTEM)) for _ in range(3)]
        for risk in grow(self.board, many, seed)[::3]:
            self._has(risk)
        self.told("tests.begin")

    def _has(self, risk: Risk) -> None:
        by = {"recorded_at": NOW, "recorded_by": "x"}
        for kind in MeasureKind:
            due = {"due_on": TODAY} if kind is MeasureKind.ACTION else {}
            Measure.objects.create(risk=risk, kind=kind.value, says="As it is", **due, **by)

    @property
    def today(self) -> date:
        """The day on which the house now is."""
        return self.at.date()

    @property
    def ledgers(self) -> list[Ledger]:
        """The registers that are read."""
        icb = self.board.icb
        return [Ledger(Tier.SYSTEM, icb), Ledger(Tier.ICB, icb), Ledger(Tier.REGION, self.board.region)]

    def told(self, verb: str, on: object = "") -> None:
        """This function will write the event of what was done, as the operation itself does."""
        append(system="sightline", at=NOW, actor="person:x", verb=verb, on_kind="", on_id=str(on), facts={})

    def happens(self) -> str:
        """This function will let something happen, some hours later; what is refused changes nothing."""
        self.at += timedelta(hours=self.rng.choice([1, 1, 1, 30]))
        act = self.rng.choice([one for one in ACTS for _ in range(2 if one in RARE else 4)])
        with suppress(Refused, Invalid):
            act(self)
        return act.__name__

    def a_risk(self) -> Risk:
        """This function will choose a risk, rather one that is open."""
        found = Risk.objects.filter(ending=None) if self.rng.random() < 0.8 else Risk.objects.all()
        return self.rng.choice(list(found.order_by("pk")))


def _say(house: House) -> dict[str, object]:
    rng = house.rng
    return {
        "title": f"Risk {rng.randrange(10**6)}",
        "category": rng.choice(["safety", "workforce", "transition"]),
        "severity": rng.choice(list(Severity)),
        "owner": rng.choice([None, *house.owners]),
        "owner_name": "",
        "accountable": rng.choice([None, house.board.icb]),
        "review_on": house.today + timedelta(days=rng.randrange(3)),
        "is_complex": rng.random() < 0.3,
    }


def _opens(house: House) -> None:
    rng, board = house.rng, house.board
    closed = list(Risk.objects.filter(ending__isnull=False).order_by("pk"))
    places = [Placing(Tier.SYSTEM, board.icb, "S-1"), Placing(Tier.ICB, board.icb), Placing(Tier.PLACE, board.icb)]
    given = Opening(
        stated=stated(**_say(house)),
        subjects=tuple(rng.sample(house.subjects, rng.randrange(1, 3))),
        current=Scored(rng.randrange(1, 6), 3, "Seen"),
        places=tuple(rng.sample(places, rng.randrange(3))),
        follows=rng.choice([None, *closed]),
    )
    open_risk(by=house.lead, at=house.at, system=SYSTEM, given=given, form_key=uuid4())


def _restates(house: House) -> None:
    risk = house.a_risk()
    said, seen = stated(**_say(house)), risk.statements.count()
    restate_risk(by=house.lead, at=house.at, risk=risk, stated=said, seen=seen, because="So")


def _scores(house: House) -> None:
    rng = house.rng
    cell = {"likelihood": rng.randrange(1, 6), "consequence": rng.randrange(1, 6)}
    kind = rng.choice([ScoreKind.CURRENT, ScoreKind.TARGET])
    score_risk(by=house.lead, at=house.at, risk=house.a_risk(), kind=kind, because="So", **cell)


def _accepts(house: House) -> None:
    until = house.today + timedelta(days=house.rng.randrange(2))
    accept_risk(by=house.lead, at=house.at, risk=house.a_risk(), because="So", accepted_by="The chief", until=until)


def _reviews(house: House) -> None:
    again = house.today + timedelta(days=house.rng.randrange(1, 3))
    review_risk(by=house.lead, at=house.at, risk=house.a_risk(), says="Seen", next_review_on=again)


def _closes(house: House) -> None:
    close_risk(by=house.lead, at=house.at, risk=house.a_risk(), because="It held")


def _adds(house: House) -> None:
    kind, risk = house.rng.choice(list(MeasureKind)), house.a_risk()
    more = {"due_on": house.today} if kind is MeasureKind.ACTION else {}
    add_measure(by=house.lead, at=house.at, risk=risk, kind=kind, says=f"No {house.rng.randrange(99)}", **more)


def _steps(house: House) -> None:
    measure = house.rng.choice(list(Measure.objects.order_by("pk")))
    step_measure(by=house.lead, at=house.at, measure=measure, how=house.rng.choice(list(MeasureHow)), because="So")


def _places(house: House) -> None:
    tier, icb = house.rng.choice([Tier.SYSTEM, Tier.ICB, Tier.REGION]), house.board.icb
    body = house.board.region if tier is Tier.REGION else icb
    place_risk(by=house.lead, at=house.at, risk=house.a_risk(), tier=tier, body=body, reference="N", because="So")


def _removes(house: House) -> None:
    place = house.rng.choice(list(Place.objects.filter(ending=None).order_by("pk")))
    remove_from_register(by=house.lead, at=house.at, place=place, because="So")


def _links(house: House) -> None:
    risk = house.a_risk()
    subject = house.rng.choice(list(risk.subjects.all())).subject
    link_risk(by=house.lead, at=house.at, risk=risk, record=a_concern(subject, raised_on=house.today))
    house.told("surveillance.raise_concern")


def _looks_back(house: House) -> None:
    risk = house.a_risk()
    subject = house.rng.choice(list(risk.subjects.all())).subject
    open_look_back(by=house.lead, at=house.at, subject=subject, as_of=risk.opened_on, because="So", risk=risk)


def _levels(house: House) -> None:
    level = house.rng.choice(["routine", "enhanced", "intensive"])
    a_decision(house.rng.choice(house.subjects), level, house.today, house.office, decided_at=house.at)
    house.told("surveillance.decide_level")


def _signals(house: House) -> None:
    day = house.today - timedelta(days=house.rng.randrange(200))
    source = f"source {house.rng.randrange(9)}"
    a_signal(house.rng.choice(house.subjects), source=source, measure=source, since=day, until=day)
    house.told("indicators.assess")


def _leaves(house: House) -> None:
    grant = house.rng.choice(house.owners).role_grants.filter(ending=None).first()
    if grant is not None:
        RoleEnding.objects.create(grant=grant, ends_on=house.today, recorded_at=house.at)
    house.told("accounts.end_role")


def _closes_body(house: House) -> None:
    body = house.rng.choice(house.subjects).organisation
    day = house.rng.choice([None, house.today])
    Organisation.objects.filter(pk__in=[body.pk if body else None, house.board.icb.pk]).update(closed_on=day)
    house.told("directory.record_closure")


def _profiles(house: House) -> None:
    OtherProcess.objects.create(
        subject=house.rng.choice(house.subjects), system=SYSTEM, name="Review", held_on=TODAY, because="b",
        form_key=uuid4(), recorded_at=house.at, recorded_by="x",
    )  # fmt: skip
    house.told("profiles.record_process")


def _interests(house: House) -> None:
    an_interest(house.board.people["lead"], house.board.hospice)
    house.told("groups.declare_interest")


RARE: list[Callable[[House], None]] = [_levels, _signals, _leaves, _closes_body, _profiles, _looks_back, _accepts]
ACTS: list[Callable[[House], None]] = [
    _opens, _restates, _scores, _reviews, _closes, _adds, _steps, _places, _removes, _links, *RARE,
]  # fmt: skip


def anew(house: House, name: str, ledger: Ledger) -> tuple[int, tuple[Finding, ...]]:
    """This function will look through a register with nothing kept: everything read again, and each risk checked."""
    actor, on = house.board.people[name], house.today
    own = bodies_provided_for(actor, on) | viewer_of(actor, on).organisations
    closed = conflicts_of(actor, on) | {one.pk for one in house.subjects if one.key in own}
    stands = set(standing(ledger, on).values_list("risk", flat=True))
    about = set(RiskSubject.objects.filter(risk__in=stands).values_list("subject", flat=True))
    unknown = unknown_levels(actor, on, about)
    lines = RegisterLine.objects.filter(tier=ledger.tier.value, body=ledger.body, until=None)
    beside = Risk.objects.filter(system__in={*lines.values_list("system", flat=True), ledger.body.code})
    hidden = set(beside.hidden_from(actor, on).values_list("pk", flat=True))
    worrying = Signal.objects.current().filter(bearing="concern", subject__in=[one.pk for one in house.subjects])
    watched = set(worrying.values_list("subject", flat=True)) if ledger.tier is Tier.SYSTEM else set()
    near = RiskSubject.objects.filter(Q(subject__in=about) | Q(subject__in=watched)).values_list("risk", flat=True)
    every = [one for one in beside.filter(Q(pk__in=stands) | Q(pk__in=set(near))) if one.pk not in hidden]
    risks = tuple(facts_of(every, on).values())
    known = watched - closed | {UUID(key) for one in risks for key in one.subjects}
    guidance = guidance_for(ledger.body.code, on)
    levels = {pk: one.level.id for pk, one in standings_of(known - unknown, guidance, on).items()}
    look = Register(
        on=on,
        rules=risk_rules(on),
        risks=risks,
        subjects=subjects_now(known, levels, on),
        signals=signals_of(known),
        dimensions={key: one.dimensions for key, one in catalogue().items()},
        levels_by_rank=levels_by_rank(guidance),
    )
    mine = {str(key) for key in stands - hidden}
    return len(mine), tuple(one for one in check_register(look) if not one.risk or one.risk in mine)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_mended_is_what_a_look_through_all_of_it_finds(
    seed: int, transaction: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is done, for whoever reads, on every register, and on the next day."""
    # Keys are made of chance too, and rows are chosen in their order: one seed is one story only if they are of it.
    monkeypatch.setattr(os, "urandom", random.Random(seed).randbytes)
    house, found, told = House(seed), set[Check](), list[str]()
    for step in range(25):
        told.append(house.happens() if step else "begins")
        for name in house.rng.sample(READERS, 2):
            ledger = house.rng.choice(house.ledgers)
            transaction.in_atomic_block = False
            kept = checks_of(house.board.people[name], house.today, ledger)
            transaction.in_atomic_block = True
            risks, findings = anew(house, name, ledger)
            assert (kept.risks, kept.findings) == (risks, findings), (name, ledger.tier, told)
            found |= {one.check for one in findings}
    assert len(found) > 25, "so many kinds of finding were held against the twin"


@pytest.mark.parametrize("seed", [7])
def test_what_is_not_for_a_reader_is_left_out_however_it_came_to_be_kept(seed: int) -> None:
    """An interest declared after the reader saw what was found closes it, though nothing of the risks has changed."""
    house = House(seed)
    lead, ledger = house.board.people["lead"], house.board.ledger
    hospice = {
        str(one) for one in RiskSubject.objects.filter(subject=house.board.hospice).values_list("risk", flat=True)
    }
    before = {one.risk for one in checks_of(lead, TODAY, ledger).findings}
    _interests(house)
    after = checks_of(lead, TODAY, ledger)
    assert before & hospice and not {one.risk for one in after.findings} & hospice
    assert (after.risks, after.findings) == anew(house, "lead", ledger)
    member = checks_of(house.board.people["member"], TODAY, ledger)
    assert {one.risk for one in member.findings} == before


def test_what_comes_due_overnight_is_found_without_an_event() -> None:
    house = House(3)
    lead, ledger = house.board.people["lead"], house.board.ledger
    said = stated(review_on=TODAY, category="safety")
    given = Opening(stated=said, subjects=(house.board.trust,), places=(Placing(Tier.SYSTEM, house.board.icb, "S"),))
    risk = open_risk(by=lead, at=NOW, system=SYSTEM, given=given, form_key=uuid4())
    days = [TODAY + timedelta(days=many) for many in range(40)]
    late = [
        day
        for day in days
        if any(_is(one, Check.REVIEW_OVERDUE, risk) for one in checks_of(lead, day, ledger).findings)
    ]
    allowed = risk_rules(TODAY).checks.rule(Check.REVIEW_OVERDUE).days or 0
    assert late == days[allowed + 1 :]
    assert not [one for one in checks_of(lead, TODAY, ledger).findings if _is(one, Check.REVIEW_OVERDUE, risk)]


def _is(one: Finding, check: Check, risk: Risk) -> bool:
    return one.check is check and one.risk == str(risk.pk)


def test_after_an_operation_on_one_risk_no_other_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    house, read = House(5), list[int]()
    told_of = record.told_of

    def counted(those: Any, risks: Iterable[Any], then: Any) -> Any:
        some = list(risks)
        read.append(len(some))
        return told_of(those, some, then)

    monkeypatch.setattr(record, "told_of", counted)
    checks_of(house.lead, house.today, house.board.ledger)
    assert max(read) == Risk.objects.count()
    read.clear()
    _scores(house)
    checks_of(house.lead, house.today, house.board.ledger)
    assert read == [1]
    read.clear()
    _levels(house)
    checks_of(house.lead, house.today, house.board.ledger)
    assert read == [], "another app changes nothing that is written of a risk"


def test_what_was_found_is_looked_at_anew_by_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(6)
    before = checks_of(house.lead, house.today, house.board.ledger)
    assert Check.NO_CONTROLS in before.counts
    rules = risk_rules(house.today)
    some = tuple(one.model_copy(update={"is_on": one.id is not Check.NO_CONTROLS}) for one in rules.checks.checks)
    off = type(rules)(
        rules.matrix, rules.appetite, rules.registers, rules.checks.model_copy(update={"checks": some}), rules.window
    )
    monkeypatch.setattr(checks, "risk_rules", lambda on: off)
    house.told("rulebook.change_part")
    assert Check.NO_CONTROLS not in checks_of(house.lead, house.today, house.board.ledger).counts


def test_every_operation_on_risks_is_known_by_what_its_event_names() -> None:
    """One that is not leads to everything being read again, which is right and slow: whoever adds one decides."""
    assert {name for name, one in REGISTER.items() if one.app == "risks"} == set(record.MENDS)
    names = {name: one.on for name, one in REGISTER.items() if one.app == "risks"}
    assert {names[f"risks.{name}"] for name in ("step_measure", "remove_from_register")} == {"measure", "place"}


def test_of_too_many_changes_at_once_it_is_not_remembered_to_which_risks_they_were_done() -> None:
    first = record.Journal()
    one, full = record._done_to(first, ["a"]), record._done_to(first, ["a"] * record.REMEMBERED)
    assert record._done_to(one, ["b"]).since(one) == {"b"} and one.since(one) == frozenset()
    assert record._done_to(full, ["b"]).since(full) is None and record.Journal().since(first) is None


@pytest.mark.parametrize("verb", ["risks.score_risk", "risks.step_measure", "risks.something_new"])
def test_event_that_does_not_say_to_which_risk_something_was_done_has_everything_read_again(verb: str) -> None:
    house = House(4, many=3)
    before = record._journal()
    house.told(verb)
    assert record._journal().since(before) is None

"""A register that is looked at again finds what a look through all of it finds, whatever changed in between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sightline.core.risks import (
    Acceptance,
    AccountableBody,
    Finding,
    Owner,
    Place,
    Register,
    RiskFacts,
    Score,
    Status,
    SubjectNow,
    check_register,
    look_again,
    look_through,
)
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check
from sightline.core.signals import Signal
from tests.unit.core.risks.made import LEVELS, ON, a_concern, a_register, a_risk, agreed

SUBJECTS = ("ZZT01", "ZZH02", "ZZC03", "ZZC04")
LONELY = "ZZC09"  # about which there is seldom a risk
CATEGORIES = ("safety", "workforce", "transition")


def drawn(rng: random.Random, key: str, lonely: float = 0.05) -> RiskFacts:
    """This function will make some risk."""
    opened = ON - timedelta(days=rng.randrange(40, 700))
    closed = opened + timedelta(days=rng.randrange(40)) if rng.random() < 0.3 else None
    accepted = closed is None and rng.random() < 0.3
    return a_risk(
        id=key,
        opened_on=opened,
        subjects=(LONELY,) if rng.random() < lonely else tuple(rng.sample(SUBJECTS, rng.randrange(1, 3))),
        category=rng.choice(CATEGORIES),
        severity=rng.choice(list(Severity)),
        modifiers=frozenset(rng.sample(["complex", "recurrent"], rng.randrange(3))),
        owner=rng.choice([None, Owner("x", ON + timedelta(days=rng.randrange(-3, 3))), Owner("y")]),
        accountable=rng.choice([None, AccountableBody("x", ON), AccountableBody("y", is_group=True)]),
        scores=tuple(Score(rng.randrange(1, 6), rng.randrange(1, 6), opened) for _ in range(rng.randrange(3))),
        acceptance=Acceptance("x", ON + timedelta(days=rng.randrange(-3, 3))) if accepted else None,
        review_on=ON + timedelta(days=rng.randrange(-3, 3)),
        places=tuple(Place(tier, opened, rng.choice(["", "N"])) for tier in rng.sample(list(Tier), rng.randrange(4))),
        status=Status.CLOSED if closed else Status.ACCEPTED if accepted else Status.OPEN,
        closed_on=closed,
        follows=f"R{rng.randrange(30)}" if rng.random() < 0.4 else "",
    )


def changed(rng: random.Random, look: Register) -> Register:
    """This function will let one thing change: a risk, its subject, a sign, who may see what, the day or the rules."""
    risks, place = list(look.risks), rng.randrange(len(look.risks))
    subject = rng.choice([*SUBJECTS, LONELY])
    fresh = replace(look)  # nothing that it found out for itself comes along
    match rng.choice(
        ["risk", "risk", "risk", "part", "came", "gone", "own", "level", "closed", "sign", "day", "rules"]
    ):
        case "risk":
            risks[place] = drawn(rng, risks[place].id)
        case "part":
            risks[place] = replace(risks[place], category=rng.choice(CATEGORIES))
        case "came":
            risks.insert(place, drawn(rng, f"R{rng.randrange(100, 10**6)}"))
        case "gone":
            risks.pop(place)
        case "own":
            return replace(fresh, own=frozenset(rng.sample([one.id for one in risks], len(risks) // 2)))
        case "level":
            now = replace(look.subjects[subject], level=rng.choice(["", *LEVELS]), has_profile=rng.random() < 0.5)
            return replace(fresh, subjects={**look.subjects, subject: now})
        case "closed":
            now = replace(look.subjects[subject], closed_on=rng.choice([None, ON]), in_transition=rng.random() < 0.5)
            return replace(fresh, subjects={**look.subjects, subject: now})
        case "sign":
            return replace(fresh, signals={**look.signals, subject: signs(rng, subject)})
        case "day":
            return replace(fresh, on=look.on + timedelta(days=1))
        case "rules":
            return replace(fresh, rules=agreed(rng.choice([None, date(2025, 9, 1)])))
    return replace(fresh, risks=tuple(risks))


def signs(rng: random.Random, subject: str) -> tuple[Signal, ...]:
    """This function will make some signs of concern about a subject."""
    return tuple(
        a_concern(f"source {number}", subject=subject, until=ON - timedelta(days=rng.choice([1, 1, 1, 300])))
        for number in range(rng.randrange(8))
    )


def obvious(look: Register) -> list[tuple[Check, str, int | date | None]]:
    """This function will find, each risk held against every other, what other risks have to do with."""
    found: list[tuple[Check, str, int | date | None]] = []
    for one in look.risks:
        others = [other for other in look.risks if other.id != one.id and set(other.subjects) & set(one.subjects)]
        same = [other for other in others if other.category == one.category]
        if one.is_closed:
            if not any(not other.is_closed for other in same) and look.roads_of_concern(one, since=_since(look)):
                found.append((Check.CLOSED_WHILE_SIGNALS_STAND, one.id, None))
            continue
        twins = [other for other in same if not other.is_closed and other.tiers & one.tiers]
        if twins:
            found.append((Check.DUPLICATE, one.id, len(twins)))
        back = [other for other in others if _came_back(one, other)]
        if back and not any(other.id == one.follows for other in back):
            found.append((Check.RETURN_NOT_LINKED, one.id, max(other.closed_on for other in back if other.closed_on)))
    return found


def _since(look: Register) -> date:
    return look.on - timedelta(days=look.rules.checks.rule(Check.CLOSED_WHILE_SIGNALS_STAND).days or 0)


def _came_back(one: RiskFacts, other: RiskFacts) -> bool:
    """Closed at most twelve months before, the very end of the window left to other tests."""
    is_same = other.category == one.category or one.follows == other.id
    return other.closed_on is not None and is_same and timedelta() <= one.opened_on - other.closed_on < timedelta(365)


def a_large_register(rng: random.Random, many: int = 30) -> Register:
    """This function will make a register of many risks about few subjects."""
    return a_register(
        *(drawn(rng, f"R{number}", lonely=0) for number in range(many)),
        subjects={key: SubjectNow(key, "enhanced") for key in (*SUBJECTS, LONELY)},
        signals={
            **{key: signs(rng, key) for key in SUBJECTS},
            LONELY: tuple(a_concern(source, subject=LONELY) for source in ("a", "b", "c")),
        },
    )


@pytest.mark.requirement("RSK-15")
@pytest.mark.parametrize("seed", range(6))
def test_looked_at_again_is_looked_through_anew(seed: int) -> None:
    rng = random.Random(seed)
    look = a_large_register(rng)
    kept = look_through(look)
    checks = set(kept.counts)
    for _ in range(40):
        look = changed(rng, look)
        kept = look_again(kept, replace(look))
        anew = look_through(replace(look))
        assert kept.findings == anew.findings
        assert kept.counts == anew.counts
        assert list(kept.marks) == list(anew.marks), "in the order of the risks"
        checks |= set(anew.counts)
    assert {Check.DUPLICATE, Check.RETURN_NOT_LINKED, Check.NO_PROFILE, Check.SIGNALS_WITHOUT_RISK} <= checks


def test_nothing_is_looked_at_again_that_nothing_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a hundred risks, one of another category at one subject was scored: those at the others are as they were."""
    look = a_large_register(random.Random(3), 100)
    kept = look_through(look)
    first = look.risks[0]
    again = look_again(kept, replace(look, risks=(replace(first, title="Another"), *look.risks[1:])))
    touched = {key for key, marks in again.marks.items() if marks is not kept.marks[key]}
    near = {one.id for one in look.risks if one.category == first.category or one.follows == first.id}
    assert first.id in touched and touched <= near and len(touched) < 60


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_beside_a_risk_is_found_as_if_each_were_held_against_every_other(seed: int) -> None:
    look = a_large_register(random.Random(seed))
    checks = {Check.DUPLICATE, Check.RETURN_NOT_LINKED, Check.CLOSED_WHILE_SIGNALS_STAND}
    said = {(one.check, one.risk): one.says for one in check_register(look) if one.check in checks}
    expected = obvious(look)
    assert expected and {(check, risk) for check, risk, _ in expected} == set(said)
    for check, risk, told in expected:
        match told:
            case date():
                assert f"{told.day} {told:%B %Y}" in said[check, risk]
            case int():
                assert f"({told})" in said[check, risk]


def _all_of(findings: Sequence[Finding], check: Check) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.check is check)


def test_a_page_of_one_check_is_a_part_of_all_that_it_found() -> None:
    looked = look_through(a_large_register(random.Random(5)))
    assert len(looked.counts) > 10
    for check, many in looked.counts.items():
        every = _all_of(looked.findings, check)
        assert len(every) == many and looked.of(check) == every
        assert looked.of(check, 1, 3) == every[1:3] and looked.of(check, many, many + 5) == ()

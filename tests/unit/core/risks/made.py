"""A sound register to begin with: no self-check has anything to say of it, so that each change shows what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import yaml

from sightline.core.risks import (
    AccountableBody,
    Control,
    Gap,
    Owner,
    Place,
    Register,
    RiskFacts,
    RiskRules,
    Score,
    Status,
    Step,
    SubjectNow,
    Target,
    window_of,
)
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.clocks import Clocks
from sightline.core.rulebook.registers import Registers, Tier
from sightline.core.rulebook.risks import RiskAppetite, RiskMatrix
from sightline.core.rulebook.selfchecks import RegisterChecks
from sightline.core.signals import Bearing, Signal, SignalKind
from tests.unit.core.rulebook.test_tools import PACKS

ON = date(2026, 3, 2)
LEVELS = ("routine", "enhanced", "intensive")
TRUST = "ZZT01"
HOSPICE = "ZZH02"


def plain(name: str) -> dict[str, Any]:
    """This function will give a part of the newest pack as plain values."""
    found: dict[str, Any] = yaml.safe_load((PACKS / "sqg_2022" / f"{name}.yaml").read_text())
    return found


@cache
def shipped() -> RiskRules:
    """This function will give the rules as they ship."""
    clock = Clocks.model_validate(plain("clocks")).clock("recurrence")
    assert clock is not None
    return RiskRules(
        matrix=RiskMatrix.model_validate(plain("risk_matrix")),
        appetite=RiskAppetite.model_validate(plain("risk_appetite")),
        registers=Registers.model_validate(plain("registers")),
        checks=RegisterChecks.model_validate(plain("register_checks")),
        window=window_of(clock),
    )


def agreed(on: date | None = date(2025, 9, 1)) -> RiskRules:
    """This function will give the rules with an appetite that a group has agreed, or that nobody has."""
    appetite = shipped().appetite
    by = "Lantern System Quality Group" if on else ""
    statement = appetite.statement.model_copy(update={"agreed_on": on, "agreed_by": by})
    return replace(shipped(), appetite=appetite.model_copy(update={"statement": statement}))


def a_risk(**more: Any) -> RiskFacts:
    """This function will make a risk that is well kept, with whatever is given changed."""
    sound = RiskFacts(
        id="R1",
        title="Falls on two wards",
        opened_on=date(2025, 10, 1),
        subjects=(TRUST,),
        category="safety",
        severity=Severity.SYSTEM,
        cause="Night shifts without the planned staff.",
        event="People fall and nobody is there.",
        effect="Broken hips and longer stays.",
        owner=Owner("director-of-nursing"),
        accountable=AccountableBody("ZZ1A1"),
        partners=(TRUST,),
        initial=Score(4, 3, date(2025, 10, 1)),
        scores=(Score(3, 3, date(2025, 10, 1)), Score(2, 3, date(2026, 1, 15))),
        target=Target(1, 3, by=date(2026, 9, 30)),
        controls=(Control(assured_on=date(2026, 1, 10)),),
        gaps=(Gap(has_action=True), Gap(is_borne=True)),
        actions=(Step(due_on=date(2026, 4, 30)), Step(due_on=date(2025, 12, 1), is_done=True)),
        reviewed_on=date(2026, 2, 10),
        review_on=date(2026, 4, 1),
        evidence=(date(2025, 12, 1),),
        places=(
            Place(Tier.PLACE, date(2025, 10, 1), "P-1"),
            Place(Tier.SYSTEM, date(2025, 11, 1), "S-1"),
            Place(Tier.ICB, date(2025, 11, 1), "I-1"),
        ),
        why_raised="Staff are shared between two trusts.",
        known_since=date(2025, 7, 1),
    )
    return replace(sound, **more)


def a_closed_risk(**more: Any) -> RiskFacts:
    """This function will make a risk that was closed as it should be, with whatever is given changed."""
    sound = a_risk(
        id="R2",
        subjects=(HOSPICE,),
        severity=Severity.MINOR,
        scores=(Score(1, 3, date(2025, 12, 1)),),
        actions=(Step(is_done=True),),
        places=(Place(Tier.PLACE, date(2025, 10, 1)),),
        status=Status.CLOSED,
        closed_on=date(2026, 1, 20),
        closure_reason="The new rota has held for three months.",
    )
    return replace(sound, **more)


def a_subject(key: str = TRUST, **more: Any) -> SubjectNow:
    """This function will make a subject that stands as it should, with whatever is given changed."""
    return replace(SubjectNow(key, level="enhanced", has_profile=True), **more)


def a_concern(source: str = "staff survey", **more: Any) -> Signal:
    """This function will make one sign of concern about the trust."""
    sign = Signal(
        subject=TRUST,
        measure="falls",
        kind=SignalKind.SPECIAL_CAUSE,
        bearing=Bearing.CONCERN,
        since=date(2026, 1, 1),
        until=date(2026, 2, 1),
        periods=2,
        source=source,
        publication="1",
    )
    return replace(sign, **more)


def concerns(*sources: str, subject: str = TRUST, **more: Any) -> Mapping[str, tuple[Signal, ...]]:
    """This function will make a sign of concern from each source, about one subject."""
    return {subject: tuple(a_concern(source, subject=subject, **more) for source in sources)}


def a_register(*risks: RiskFacts, **more: Any) -> Register:
    """This function will make a register of these risks, or of one that is open and one that is closed."""
    sound = Register(
        on=ON,
        rules=agreed(),
        risks=risks or (a_risk(), a_closed_risk()),
        subjects={TRUST: a_subject(), HOSPICE: a_subject(HOSPICE, level="routine")},
        levels_by_rank=LEVELS,
    )
    return replace(sound, **more)

"""Every self-check: a register where it fires, and ones beside it where it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.core.risks import (
    Acceptance,
    AccountableBody,
    Control,
    Gap,
    Owner,
    Place,
    Register,
    Score,
    Status,
    Step,
    Target,
    check_register,
    check_risk,
)
from sightline.core.risks.checks import CLOSED, KEPT, WHOLE
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check, RegisterChecks
from sightline.core.signals import Bearing, Dimension
from tests.unit.core.risks.made import (
    HOSPICE,
    ON,
    TRUST,
    a_closed_risk,
    a_concern,
    a_register,
    a_risk,
    a_subject,
    agreed,
    concerns,
    shipped,
)

OLD = date(2025, 1, 10)
LONG_STILL = (Score(2, 3, OLD), Score(3, 2, date(2025, 6, 1)))
PLACE = Place(Tier.PLACE, date(2025, 10, 1))
SYSTEM = Place(Tier.SYSTEM, date(2025, 11, 1), "S-1")
ICB = Place(Tier.ICB, date(2025, 11, 1), "I-1")
EARLIER = a_closed_risk(id="R0", subjects=(TRUST,), closed_on=date(2025, 3, 1), opened_on=OLD)


def with_risk(**more: Any) -> Register:
    """This function will make a register of one risk that is kept, with whatever is given changed."""
    return a_register(a_risk(**more))


def with_closed(**more: Any) -> Register:
    """This function will make a register of one risk that was closed, with whatever is given changed."""
    return a_register(a_closed_risk(**more))


def with_subject(**more: Any) -> Register:
    """This function will make a register whose risk is about a subject, with whatever is given changed."""
    return a_register(a_risk(), subjects={TRUST: a_subject(**more)})


FIRES: dict[Check, tuple[Register, str]] = {
    Check.NO_OWNER: (with_risk(owner=None), "Nobody owns this risk"),
    Check.OWNER_LEFT: (with_risk(owner=Owner("x", until=ON - timedelta(1))), "ended on 1 March 2026"),
    Check.NO_ACCOUNTABLE_BODY: (with_risk(accountable=None), "which organisation answers"),
    Check.ACCOUNTABLE_BODY_CLOSED: (with_risk(accountable=AccountableBody("x", closed_on=ON)), "closed on 2 March 2026"),
    Check.GROUP_ACCOUNTABLE: (with_risk(accountable=AccountableBody("x", is_group=True)), "without statutory powers"),
    Check.NO_SHARED_OWNER: (with_risk(partners=(TRUST, HOSPICE)), "affects 2 partners"),
    Check.NO_CAUSE_EVENT_EFFECT: (with_risk(event="  "), "what could happen"),
    Check.EFFECT_SAME_AS_CAUSE: (with_risk(cause="Too few staff", effect="too  few staff."), "say the same"),
    Check.NO_REVIEW_DATE: (with_risk(review_on=None), "No day is set"),
    Check.NEVER_REVIEWED: (with_risk(reviewed_on=None), "since 1 October 2025"),
    Check.REVIEW_OVERDUE: (with_risk(review_on=ON - timedelta(1)), "due on 1 March 2026"),
    Check.REVIEW_TOO_FAR: (with_risk(review_on=date(2026, 5, 14)), "is moderate is looked at within 92 days"),
    Check.NOT_SCORED: (with_risk(scores=()), "has no score"),
    Check.SCORE_WITHOUT_RATIONALE: (with_risk(scores=(Score(2, 3, OLD, False),)), "10 January 2025 comes without"),
    Check.ABOVE_INITIAL_WITHOUT_REASON: (with_risk(scores=(Score(5, 3, OLD, False),)), "stands at 15 and began at 12"),
    Check.UNCHANGED_WHILE_WORSENING: (
        replace(with_risk(scores=LONG_STILL), signals=concerns("survey", "incidents", "survey")),
        "score of 6 is from 10 January 2025, and independent sources have given reason for concern since (2)",
    ),
    Check.NO_TARGET: (with_risk(target=None), "has no target"),
    Check.TARGET_ABOVE_TOLERANCE: (with_risk(target=Target(2, 4)), "target of 8 is above what its category tolerates, 6"),
    Check.TARGET_ABOVE_CURRENT: (with_risk(target=Target(2, 4)), "target of 8 is higher than where it stands, 6"),
    Check.TARGET_MET_WITH_OPEN_ACTIONS: (with_risk(target=Target(3, 2)), "while actions are open (1)"),
    Check.TARGET_DATE_PASSED: (with_risk(target=Target(1, 3, ON - timedelta(1))), "reach 3 by 1 March 2026 and stands at 6"),
    Check.NO_APPETITE: (with_risk(category="weather"), "how much risk is accepted"),
    Check.ACCEPTED_UNNAMED: (
        with_risk(status=Status.ACCEPTED, scores=(Score(4, 4, OLD),)), "accepted at 16, above the 6 that its category",
    ),
    Check.ACCEPTANCE_LAPSED: (
        with_risk(status=Status.ACCEPTED, acceptance=Acceptance("chief", ON - timedelta(1))), "until 1 March 2026",
    ),
    Check.NO_CONTROLS: (with_risk(controls=()), "holds it in check"),
    Check.CONTROLS_WITHOUT_ASSURANCE: (with_risk(controls=(Control(), Control())), "Nobody has checked"),
    Check.ASSURANCE_OLD: (with_risk(controls=(Control(), Control(date(2025, 3, 1)))), "last checked on 1 March 2025"),
    Check.GAP_WITHOUT_ACTION: (with_risk(gaps=(Gap(), Gap(), Gap(has_action=True))), "gaps in its controls (2)"),
    Check.NO_ACTION: (with_risk(actions=(Step(is_done=True),)), "stands at 6, its target is 3, and no action"),
    Check.ACTION_OVERDUE: (
        with_risk(actions=(Step(due_on=date(2026, 2, 1)), Step(due_on=date(2026, 3, 1)))),
        "overdue (2), the oldest since 1 February 2026",
    ),
    Check.ACTION_UNCLEAR: (with_risk(actions=(Step(), Step(has_holder=False, due_on=ON))), "by when (2)"),
    Check.NO_EVIDENCE: (with_risk(evidence=()), "linked to no signal"),
    Check.EVIDENCE_STALE: (with_risk(evidence=(OLD, date(2025, 3, 1))), "behind it is from 1 March 2025"),
    Check.UNSEEN_WITHOUT_LOOK_BACK: (with_risk(severity=Severity.SIGNIFICANT, known_since=None), "Look back"),
    Check.HIGH_AT_PLACE_ONLY: (
        with_risk(severity=Severity.MINOR, scores=(Score(4, 4, date(2026, 1, 1)),), places=(PLACE,)),
        "been extreme since 1 January 2026",
    ),
    Check.MISSING_WHERE_IT_MUST_STAND: (with_risk(places=(PLACE, SYSTEM)), "belong: Main register of the ICB"),
    Check.MISSING_NUMBER: (with_risk(places=(SYSTEM, replace(ICB, reference=" "))), "Main register of the ICB"),
    Check.STANDS_WHERE_IT_MAY_NOT: (
        with_risk(severity=Severity.MINOR, places=(PLACE, Place(Tier.REGION, ON))), "severity is minor, and it stands where",
    ),
    Check.RAISED_WITHOUT_WHY: (with_risk(why_raised=""), "System register, Main register of the ICB"),
    Check.DUPLICATE: (a_register(a_risk(), a_risk(id="R9", subjects=(HOSPICE, TRUST))), "stand here (1)"),
    Check.SUBJECT_CLOSED: (with_subject(closed_on=ON), "closed on 2 March 2026"),
    Check.SUBJECT_MERGED: (with_subject(closed_on=ON, merged_into="ZZT09"), "part of another organisation"),
    Check.SEVERITY_BELOW_LEVEL: (with_subject(level="intensive"), "severity is system concern"),
    Check.NO_PROFILE: (with_subject(has_profile=False), "no risk profile"),
    Check.NO_IMPROVEMENT_DIRECTOR: (with_subject(in_recovery_support=True), "no Improvement Director"),
    Check.CLOSED_WITHOUT_REASON: (with_closed(closure_reason=""), "nobody says why"),
    Check.CLOSED_WITH_OPEN_ACTIONS: (with_closed(actions=(Step(), Step(is_done=True))), "open (1)"),
    Check.CLOSED_ABOVE_TARGET: (with_closed(scores=(Score(2, 3, OLD),)), "closed at 6, above its target of 3"),
    Check.CLOSED_WHILE_SIGNALS_STAND: (
        replace(with_closed(), signals=concerns("a", "b", subject=HOSPICE)), "still give reason for concern (2)",
    ),
    Check.RETURN_NOT_LINKED: (a_register(a_risk(), EARLIER), "(full months between: 7)"),
    Check.RETURN_NOT_MARKED: (with_risk(follows="R0"), "not marked as recurrent"),
    Check.SIGNALS_WITHOUT_RISK: (
        a_register(a_risk(subjects=(HOSPICE,)), signals=concerns("a", "b", "c")), "about this subject (3)",
    ),
    Check.TRANSITION_WITHOUT_RISK: (with_subject(in_transition=True), "in transition"),
    Check.APPETITE_NOT_AGREED: (a_register(rules=agreed(None)), "No group has agreed"),
    Check.APPETITE_OLD: (a_register(rules=agreed(date(2025, 3, 1))), "due for a fresh look on 1 March 2026"),
}  # fmt: skip

# Just on the right side of the line: the check stays silent.
SILENT: list[tuple[Check, Register]] = [
    (Check.OWNER_LEFT, with_risk(owner=Owner("x", until=ON))),
    (Check.ACCOUNTABLE_BODY_CLOSED, with_risk(accountable=AccountableBody("x", closed_on=ON + timedelta(1)))),
    (Check.NO_SHARED_OWNER, with_risk(partners=(TRUST, HOSPICE), shared_owners=(Owner("y"),))),
    (Check.NO_SHARED_OWNER, with_risk(partners=(TRUST, TRUST))),
    (Check.EFFECT_SAME_AS_CAUSE, with_risk(cause="", effect="")),
    (Check.NEVER_REVIEWED, with_risk(reviewed_on=None, opened_on=ON - timedelta(92))),
    (Check.REVIEW_OVERDUE, with_risk(review_on=ON)),
    (Check.REVIEW_TOO_FAR, with_risk(review_on=date(2026, 5, 13))),
    (Check.REVIEW_TOO_FAR, with_risk(scores=(), review_on=date(2030, 1, 1))),
    (Check.REVIEW_TOO_FAR, with_risk(scores=(Score(2, 3, ON),), review_on=ON + timedelta(92))),
    (Check.ABOVE_INITIAL_WITHOUT_REASON, with_risk(scores=(Score(5, 3, OLD, True),))),
    (Check.ABOVE_INITIAL_WITHOUT_REASON, with_risk(scores=(Score(4, 3, OLD, False),))),
    (Check.UNCHANGED_WHILE_WORSENING, with_risk(scores=LONG_STILL)),
    (Check.UNCHANGED_WHILE_WORSENING, replace(with_risk(), signals=concerns("survey"))),
    (
        Check.UNCHANGED_WHILE_WORSENING,  # the sign is older than the day on which the score was last confirmed
        replace(with_risk(scores=LONG_STILL), signals=concerns("survey", since=date(2025, 5, 1))),
    ),
    (
        Check.UNCHANGED_WHILE_WORSENING,
        replace(with_risk(scores=LONG_STILL), signals=concerns("survey", bearing=Bearing.IMPROVEMENT)),
    ),
    (
        Check.UNCHANGED_WHILE_WORSENING,  # it bears on another category
        replace(with_risk(scores=LONG_STILL), signals=concerns("survey"), dimensions={"falls": {Dimension.EQUITABLE}}),
    ),
    (Check.TARGET_ABOVE_TOLERANCE, with_risk(target=Target(2, 3))),
    (Check.TARGET_ABOVE_TOLERANCE, with_risk(target=Target(5, 5), category="weather")),
    (Check.TARGET_ABOVE_CURRENT, with_risk(target=Target(2, 3))),
    (Check.TARGET_MET_WITH_OPEN_ACTIONS, with_risk(target=Target(2, 3), actions=())),
    (Check.TARGET_DATE_PASSED, with_risk(target=Target(1, 3, ON))),
    (Check.TARGET_DATE_PASSED, with_risk(target=Target(2, 3, OLD))),
    (Check.ACCEPTED_UNNAMED, with_risk(status=Status.ACCEPTED)),
    (Check.ACCEPTED_UNNAMED, with_risk(status=Status.OPEN, scores=(Score(4, 4, OLD),))),
    (Check.ACCEPTED_UNNAMED, with_risk(status=Status.ACCEPTED, scores=(Score(4, 4, OLD),), acceptance=Acceptance("x"))),
    (Check.ACCEPTANCE_LAPSED, with_risk(status=Status.ACCEPTED, acceptance=Acceptance("x", ON))),
    (Check.ACCEPTANCE_LAPSED, with_risk(status=Status.OPEN, acceptance=Acceptance("x", OLD))),
    (Check.CONTROLS_WITHOUT_ASSURANCE, with_risk(controls=(Control(), Control(OLD)))),
    (Check.ASSURANCE_OLD, with_risk(controls=(Control(date(2025, 3, 2)),))),
    (Check.NO_ACTION, with_risk(actions=(), target=Target(2, 3))),
    (Check.NO_ACTION, with_risk(actions=(), status=Status.ACCEPTED)),
    (Check.ACTION_OVERDUE, with_risk(actions=(Step(due_on=ON), Step(due_on=OLD, is_done=True)))),
    (Check.ACTION_UNCLEAR, with_risk(actions=(Step(is_done=True),))),
    (Check.NO_EVIDENCE, with_risk(evidence=(), rests_on_judgement=True)),
    (Check.EVIDENCE_STALE, with_risk(evidence=(OLD, ON - timedelta(365)))),
    (Check.UNSEEN_WITHOUT_LOOK_BACK, with_risk(severity=Severity.SIGNIFICANT)),
    (Check.UNSEEN_WITHOUT_LOOK_BACK, with_risk(known_since=None)),
    (Check.UNSEEN_WITHOUT_LOOK_BACK, with_risk(severity=Severity.SIGNIFICANT, known_since=None, has_look_back=True)),
    (Check.HIGH_AT_PLACE_ONLY, with_risk(places=(PLACE,), scores=(Score(3, 2, OLD),))),
    (Check.HIGH_AT_PLACE_ONLY, with_risk(places=(PLACE,), scores=(Score(4, 4, ON - timedelta(31)),))),
    (Check.HIGH_AT_PLACE_ONLY, with_risk(places=(PLACE, SYSTEM), scores=(Score(4, 4, OLD),))),
    (Check.MISSING_WHERE_IT_MUST_STAND, with_risk(severity=Severity.MODERATE, places=(PLACE,))),
    (Check.MISSING_NUMBER, with_risk(places=(SYSTEM,), is_healthcare=False)),
    (Check.MISSING_NUMBER, with_risk(places=(PLACE,))),
    (
        Check.STANDS_WHERE_IT_MAY_NOT,
        with_risk(severity=Severity.MINOR, places=(Place(Tier.REGION, ON),), is_nhs_england_commissioned=True),
    ),
    (Check.RAISED_WITHOUT_WHY, with_risk(places=(SYSTEM, ICB), why_raised="")),
    (Check.DUPLICATE, a_register(a_risk(), a_risk(id="R9", category="finance"))),
    (Check.DUPLICATE, a_register(a_risk(), a_risk(id="R9", subjects=(HOSPICE,)))),
    (Check.DUPLICATE, a_register(a_risk(), a_risk(id="R9", places=(Place(Tier.REGION, ON),)))),
    (Check.DUPLICATE, a_register(a_risk(), a_closed_risk(subjects=(TRUST,)))),
    (Check.SUBJECT_CLOSED, with_subject(closed_on=ON + timedelta(1))),
    (Check.SUBJECT_CLOSED, with_subject(closed_on=ON, merged_into="ZZT09")),
    (Check.SUBJECT_CLOSED, a_register(a_risk(subjects=(TRUST, HOSPICE)), subjects={TRUST: a_subject(closed_on=ON)})),
    (Check.SUBJECT_MERGED, with_subject(closed_on=ON + timedelta(1), merged_into="ZZT09")),
    (Check.SEVERITY_BELOW_LEVEL, with_subject(level="a-level-of-2017")),
    (Check.NO_PROFILE, with_subject(has_profile=False, level="routine")),
    (Check.NO_IMPROVEMENT_DIRECTOR, with_subject(in_recovery_support=True, improvement_director="x")),
    (Check.CLOSED_WHILE_SIGNALS_STAND, replace(with_closed(), signals=concerns("a", subject=HOSPICE, until=OLD))),
    (
        Check.CLOSED_WHILE_SIGNALS_STAND,  # another risk about it is open
        a_register(a_closed_risk(), a_risk(subjects=(HOSPICE,)), signals=concerns("a", subject=HOSPICE)),
    ),
    (Check.RETURN_NOT_LINKED, a_register(a_risk(follows="R0"), EARLIER)),
    (Check.RETURN_NOT_LINKED, a_register(a_risk(), replace(EARLIER, category="finance"))),
    (Check.RETURN_NOT_LINKED, a_register(a_risk(), replace(EARLIER, closed_on=date(2024, 9, 30)))),
    (Check.RETURN_NOT_MARKED, with_risk(follows="R0", modifiers=frozenset({"recurrent"}))),
    (Check.SIGNALS_WITHOUT_RISK, a_register(a_risk(subjects=(HOSPICE,)), signals=concerns("a", "b", "b"))),
    (Check.SIGNALS_WITHOUT_RISK, a_register(signals=concerns("a", "b", "c"))),
    (
        Check.TRANSITION_WITHOUT_RISK,
        a_register(a_risk(category="transition"), subjects={TRUST: a_subject(in_transition=True)}),
    ),
    (Check.APPETITE_OLD, a_register(rules=agreed(date(2025, 3, 2)))),
    (Check.APPETITE_OLD, a_register(rules=agreed(None))),
]


def found(register: Register) -> dict[Check, str]:
    """This function will run every check and give the first sentence that each has found."""
    said: dict[Check, str] = {}
    for finding in check_register(register):
        said.setdefault(finding.check, finding.says)
    return said


def test_a_sound_register_has_nothing_to_say_of_itself() -> None:
    assert check_register(a_register()) == ()


@pytest.mark.requirement("RSK-15")
@pytest.mark.parametrize("check", list(Check), ids=lambda check: check.value)
def test_every_check_is_on_as_shipped_and_silent_where_a_register_is_sound(check: Check) -> None:
    """The sound register has what each check looks at: a risk that is kept, one that was closed, and an appetite."""
    register = a_register()
    assert register.rules.checks.rule(check).is_on
    assert {one.is_closed for one in register.risks} == {False, True}
    assert check not in found(register)


@pytest.mark.requirement("RSK-15")
@pytest.mark.parametrize("check", list(Check), ids=lambda check: check.value)
def test_every_check_fires_where_it_should_and_says_what_to_do(check: Check) -> None:
    register, words = FIRES[check]
    said = found(register)[check]
    assert words in said
    assert said.endswith(".") and ". " in said, "what was found, and what to do about it"
    assert "{" not in said and "None" not in said


@pytest.mark.parametrize(
    ("check", "register"), SILENT, ids=[f"{check.value}-{place}" for place, (check, _) in enumerate(SILENT)]
)
def test_check_is_silent_on_the_right_side_of_the_line(check: Check, register: Register) -> None:
    assert check not in found(register)


@pytest.mark.parametrize("check", list(Check), ids=lambda check: check.value)
def test_a_check_that_is_switched_off_finds_nothing(check: Check) -> None:
    register, _ = FIRES[check]
    rules = [one.model_copy(update={"is_on": one.id is not check}) for one in shipped().checks.checks]
    off = replace(register.rules, checks=shipped().checks.model_copy(update={"checks": tuple(rules)}))
    assert check not in found(replace(register, rules=off))


@pytest.mark.parametrize("check", [one for one in Check if one not in WHOLE], ids=lambda check: check.value)
def test_one_risk_by_itself_is_found_as_it_is_in_its_register(check: Check) -> None:
    register, _ = FIRES[check]
    (finding, *_) = [one for one in check_register(register) if one.check is check]
    risk = next(one for one in register.risks if one.id == finding.risk)
    assert finding in check_risk(register, risk)


def test_every_check_looks_at_risks_that_are_kept_or_closed_or_at_the_register() -> None:
    assert set(KEPT) | set(CLOSED) | set(WHOLE) == set(Check)
    assert len(Check) >= 25 and set(FIRES) == set(Check)
    assert not set(KEPT) & set(CLOSED)


def test_a_closed_risk_is_not_asked_for_what_only_an_open_one_needs() -> None:
    neglected = a_closed_risk(owner=None, review_on=None, controls=(), evidence=(), target=None)
    assert check_register(a_register(neglected)) == ()


def test_findings_about_a_subject_or_the_register_name_no_risk() -> None:
    register = a_register(a_risk(subjects=(HOSPICE,)), signals=concerns("a", "b", "c"), rules=agreed(None))
    whole = {one.check: one for one in check_register(register) if not one.risk}
    assert whole[Check.SIGNALS_WITHOUT_RISK].subject == TRUST
    assert whole[Check.APPETITE_NOT_AGREED].subject == ""


def test_numbers_of_a_check_are_those_of_the_rules() -> None:
    rules = tuple(
        one.model_copy(update={"days": 30}) if one.id is Check.REVIEW_OVERDUE else one
        for one in shipped().checks.checks
    )
    patient = replace(agreed(), checks=RegisterChecks(title="Ours", says="Ours", checks=rules))
    late = a_risk(review_on=ON - timedelta(30)), a_risk(id="R3", review_on=ON - timedelta(31), category="finance")
    overdue = [one for one in check_register(a_register(*late, rules=patient)) if one.check is Check.REVIEW_OVERDUE]
    assert [one.risk for one in overdue] == ["R3"]


def test_a_sign_whose_measure_has_no_known_dimension_counts() -> None:
    register = replace(with_risk(scores=LONG_STILL), signals={TRUST: (a_concern(),)}, dimensions={"other": set()})
    assert Check.UNCHANGED_WHILE_WORSENING in found(register)


@pytest.mark.requirement("RSK-14")
def test_a_subject_in_transition_without_such_a_risk_is_named() -> None:
    (finding,) = check_register(with_subject(in_transition=True))
    assert (finding.check, finding.subject, finding.cites) == (Check.TRANSITION_WITHOUT_RISK, TRUST, "QSG 2017 ¶7")

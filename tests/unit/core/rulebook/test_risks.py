"""Matrix, appetite, registers and self-checks as data: what ships fits its shape, and a slip of the pen is named."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Levels, Triggers
from sightline.core.rulebook.registers import Force, Registers, Tier
from sightline.core.rulebook.risks import PARTS, Concern, RiskAppetite, RiskMatrix
from sightline.core.rulebook.selfchecks import TAKES, Check, RegisterChecks, Takes
from sightline.core.rulebook.tools import RiskProfile
from sightline.core.signals import ROWS, row_of
from tests.unit.core.rulebook.test_tools import Plain, entries, plain

PLAIN = {name: plain(name) for name in PARTS}
MATRIX = RiskMatrix.model_validate(PLAIN["risk_matrix"])
APPETITE = RiskAppetite.model_validate(PLAIN["risk_appetite"])
REGISTERS = Registers.model_validate(PLAIN["registers"])
CHECKS = RegisterChecks.model_validate(PLAIN["register_checks"])


@pytest.mark.parametrize("name", list(PARTS))
def test_part_fits_its_shape_and_cites_each_value(name: str) -> None:
    part = PARTS[name].model_validate(PLAIN[name])
    cited = [one.cites for one in entries(part)]
    assert len(cited) > 10 and all(cited)


@pytest.mark.requirement("RSK-03")
def test_registers_and_the_risk_profile_speak_one_language() -> None:
    profile = RiskProfile.model_validate(plain("risk_profile"))
    assert [(one.value, one.name, one.says) for one in MATRIX.likelihood] == [
        (one.value, one.name, one.says) for one in profile.likelihood
    ]
    assert MATRIX.consequence == profile.consequence
    assert tuple(one.bands for one in MATRIX.likelihood) == profile.grid
    assert [(one.id, one.name) for one in MATRIX.bands] == [(one.id, one.name) for one in profile.bands]


def test_a_graver_band_is_looked_at_sooner() -> None:
    days = [band.review_days for band in MATRIX.bands]
    assert days == sorted(days, reverse=True) and len(set(days)) == len(days)
    assert MATRIX.band("high") is MATRIX.bands[2] and MATRIX.band("none") is None


@pytest.mark.requirement("RSK-05")
def test_categories_cover_quality_beside_performance_operations_and_money() -> None:
    assert {one.bears_on for one in APPETITE.categories} == set(Concern)
    covered = {row_of(one) for category in APPETITE.categories for one in category.dimensions}
    assert covered == set(ROWS)


@pytest.mark.requirement("RSK-14")
def test_transition_has_a_category_of_its_own() -> None:
    found = APPETITE.category("transition")
    assert found is not None and "QSG 2017 ¶7" in found.cites


@pytest.mark.requirement("RSK-04")
def test_statement_ships_as_one_that_nobody_has_agreed_yet() -> None:
    assert APPETITE.statement.agreed_on is None and APPETITE.statement.is_local
    assert "ICB" in APPETITE.statement.within


@pytest.mark.requirement("RSK-01", "RSK-06")
def test_there_is_a_register_at_every_tier_and_a_rule_for_every_severity() -> None:
    assert [one.id for one in REGISTERS.tiers] == list(Tier)
    for tier in Tier:
        assert REGISTERS.tier(tier).id is tier
        for severity in Severity:
            assert severity in REGISTERS.standing(tier, severity).severities
    assert {one.id for one in REGISTERS.modifiers} == {"complex", "recurrent"}


@pytest.mark.requirement("RSK-06")
def test_severities_belong_to_levels_that_the_pack_has_and_rise_with_them() -> None:
    levels = Levels.model_validate(plain("levels"))
    rank = {one.id: one.rank for one in levels.levels}
    ranks = [rank[REGISTERS.severity(one).level] for one in Severity]
    assert ranks == sorted(ranks)
    assert {one.in_level for one in REGISTERS.modifiers} <= set(rank)


@pytest.mark.requirement("RSK-07")
def test_trigger_that_a_returning_risk_offers_is_one_of_the_regions() -> None:
    triggers = Triggers.model_validate(plain("triggers"))
    (found,) = [one for one in triggers.triggers if one.id == REGISTERS.returning.trigger]
    assert found.of == "regional"


def test_what_the_guidance_says_word_for_word_is_not_marked_as_local() -> None:
    """Cells that the tables of 2022 fill stand with their cell; what is between them is local."""
    from_guidance = {(one.tier, word) for one in REGISTERS.standings if not one.is_local for word in one.severities}
    assert {(Tier.REGION, Severity.MINOR), (Tier.NATION, Severity.MINOR), (Tier.ICB, Severity.SYSTEM)} <= from_guidance
    assert not {
        pair for pair in from_guidance if pair[1] is Severity.MODERATE and pair[0] in {Tier.REGION, Tier.NATION}
    }


def test_every_check_is_there_with_a_sentence_and_something_to_do() -> None:
    assert [one.id for one in CHECKS.checks] == list(Check)
    assert len({one.finds for one in CHECKS.checks}) == len(Check) >= 25
    assert CHECKS.rule(Check.REVIEW_OVERDUE).days == 0
    assert all(one.is_on for one in CHECKS.checks)


MATRIX_SLIPS: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "four scores": (lambda p: p["likelihood"][2].update(scores=[1, 2, 3, 4]), "five scores and five bands"),
    "a score of 26": (lambda p: p["likelihood"][4].update(scores=[5, 10, 15, 20, 26]), "scores from 1 to 25"),
    "a score that falls along": (lambda p: p["likelihood"][4].update(scores=[5, 10, 9, 20, 25]), "a score falls"),
    "a score that falls down": (lambda p: p["likelihood"][4].update(scores=[3, 10, 15, 20, 25]), "a score falls"),
    "a band that falls": (lambda p: p["likelihood"][4].update(bands=["low"] * 5), "a band falls"),
    "an unknown band": (lambda p: p["likelihood"][0].update(bands=["low", "low", "low", "low", "pink"]), "“pink”"),
    "steps out of order": (lambda p: p["likelihood"].reverse(), "likelihood has the five steps"),
    "a consequence missing": (lambda p: p["consequence"].pop(), "consequence has the five steps"),
    "a band twice": (lambda p: p["bands"].append(p["bands"][0]), "the band “low” stands twice"),
    "a domain twice": (lambda p: p["domains"].append(p["domains"][0]), "the domain “safety” stands twice"),
    "a domain with a gap": (lambda p: p["domains"][0]["steps"].pop(2), "“safety” describes the five steps"),
    "a scale of an unknown band": (lambda p: p["other_scales"][0]["steps"][0].update(band="pink"), "“pink”"),
    "a value twice": (lambda p: p["other_scales"][0]["steps"][0].update(theirs="AMBER"), "“amber” stands twice"),
    "no citation": (lambda p: p["bands"][0].pop("cites"), "cites"),
}
APPETITE_SLIPS: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "an unknown appetite": (lambda p: p["categories"][0].update(appetite="hungry"), "an appetite “hungry”"),
    "less tolerated than accepted": (lambda p: p["categories"][0].update(tolerance=2), "tolerates less"),
    "a scale that does not rise": (lambda p: p["scale"][1].update(at_most=3), "the scale rises"),
    "a step twice": (lambda p: p["scale"].append(p["scale"][0]), "the step “averse” stands twice"),
    "a category twice": (lambda p: p["categories"].append(p["categories"][0]), "the category “safety” stands twice"),
    "agreed by nobody": (lambda p: p["statement"].update(agreed_on="2026-01-01"), "given together"),
    "agreed on no day": (lambda p: p["statement"].update(agreed_by="The group"), "given together"),
    "a tolerance of 26": (lambda p: p["categories"][0].update(tolerance=26), "less than or equal to 25"),
}
REGISTER_SLIPS: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "a tier missing": (lambda p: p["tiers"].pop(0), "one register for each of place, system"),
    "a severity missing": (lambda p: p["severities"].pop(2), "has each of none, minor, moderate"),
    "an unknown severity": (lambda p: p["standings"][0].update(severities=["grim"]), "severities"),
    "a cell without a rule": (lambda p: p["standings"].pop(1), "whether “none” may stand on the register “system”"),
    "a cell with two rules": (
        lambda p: p["standings"].append(p["standings"][2]),
        "rule for system and severity “minor”",
    ),
    "an unknown condition": (lambda p: p["standings"][0].update(when="on-tuesdays"), "when"),
    "half a modifier": (lambda p: p["modifiers"][0].pop("in_level"), "given together"),
    "a modifier twice": (lambda p: p["modifiers"].append(p["modifiers"][0]), "“complex” stands twice"),
    "no citation": (lambda p: p["standings"][0].pop("cites"), "cites"),
}
CHECK_SLIPS: dict[str, tuple[Callable[[Plain], Any], str]] = {
    "a check that there is not": (lambda p: p["checks"][0].update(id="no-owners"), "id"),
    "a check left out": (lambda p: p["checks"].pop(0), "“no-owner” is missing; to do without it, switch it off"),
    "a check twice": (lambda p: p["checks"].append(p["checks"][0]), "the check “no-owner” stands twice"),
    "a number it does not take": (lambda p: p["checks"][0].update(days=3), "“no-owner” takes no number"),
    "a number it lacks": (lambda p: _check(p, "never-reviewed").pop("days"), "“never-reviewed” takes “days”"),
    "two numbers, one lacking": (
        lambda p: _check(p, "unchanged-while-worsening").pop("months"), "takes “at_least” and “months”",
    ),
    "words it cannot fill in": (lambda p: p["checks"][0].update(finds="{name} is gone."), "cannot fill in {name}"),
    "a bracket left open": (lambda p: p["checks"][0].update(finds="{day is gone."), "expected '}'"),
    "no citation": (lambda p: p["checks"][0].pop("cites"), "cites"),
}  # fmt: skip
SLIPS = [
    (name, slip)
    for name, slips in (
        ("risk_matrix", MATRIX_SLIPS),
        ("risk_appetite", APPETITE_SLIPS),
        ("registers", REGISTER_SLIPS),
        ("register_checks", CHECK_SLIPS),
    )
    for slip in slips.items()
]


def _check(part: Plain, check: str) -> Plain:
    """One check of the plain part."""
    found: Plain = next(one for one in part["checks"] if one["id"] == check)
    return found


@pytest.mark.parametrize(("name", "slip"), SLIPS, ids=[f"{name}: {slip[0]}" for name, slip in SLIPS])
def test_slip_of_the_pen_is_refused_and_named(name: str, slip: tuple[str, tuple[Callable[[Plain], Any], str]]) -> None:
    spoil, says = slip[1]
    wrong = deepcopy(PLAIN[name])
    spoil(wrong)
    with pytest.raises(ValidationError, match=says.replace("(", r"\(")):
        PARTS[name].model_validate(wrong)


def test_agreed_statement_is_taken_with_its_day() -> None:
    given = deepcopy(PLAIN["risk_appetite"])
    given["statement"].update(agreed_on="2026-01-20", agreed_by="Lantern System Quality Group")
    assert RiskAppetite.model_validate(given).statement.agreed_on == date(2026, 1, 20)


def test_house_may_switch_a_check_off_and_change_its_words() -> None:
    given = deepcopy(PLAIN["register_checks"])
    _check(given, "review-overdue").update(is_on=False, days=14, finds="Due since {day}, {days} days allowed.")
    rule = RegisterChecks.model_validate(given).rule(Check.REVIEW_OVERDUE)
    assert (rule.is_on, rule.days) == (False, 14)


@pytest.mark.parametrize("check", list(Check), ids=lambda check: check.value)
def test_sentence_of_a_check_uses_what_it_counts_by_or_finds(check: Check) -> None:
    takes = TAKES.get(check, Takes())
    assert takes.numbers <= takes.tells
    told = {name for name in takes.tells - takes.numbers if f"{{{name}}}" in CHECKS.rule(check).finds}
    assert told or not takes.tells - takes.numbers


def test_only_what_may_stand_on_a_register_depends_on_who_commissions() -> None:
    conditioned = [one for one in REGISTERS.standings if one.when != "always"]
    assert conditioned and all(one.force is Force.MAY for one in conditioned)

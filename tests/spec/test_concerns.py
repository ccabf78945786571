"""What the guidance says of concerns, as examples: each reads like the sentence that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Registers
from sightline.core.surveillance.concerning import ConcernFacts, lacking, may_close_concern
from tests.factories.levels import ICB, OTHER_ICB, a_case, a_subject, part, rules

PLAIN: Mapping[str, Any] = {"evidence": 2, "has_risk_profile": True, "why_not_closer": "It takes both boards."}


def a_concern(**given: Any) -> ConcernFacts:
    return ConcernFacts(**{**PLAIN, **given})


# --- T26: abuse suspected in discussion, no referral recorded at close


@pytest.mark.requirement("SAF-01")
@pytest.mark.parametrize(
    ("suspected", "referred", "closes"),
    [(True, False, False), (True, True, True), (False, False, True), (False, True, True)],
)
def test_suspected_abuse_must_be_reported_into_safeguarding_before_a_concern_is_closed(
    suspected: bool, referred: bool, closes: bool
) -> None:
    """T26: it is never only discussed (QSG 2017 ¶72)."""
    facts = a_concern(is_abuse_suspected=suspected, is_referred=referred)
    assert bool(may_close_concern(facts, is_theirs=True)) is closes


@pytest.mark.requirement("SAF-01")
def test_who_is_kept_from_closing_learns_what_to_do_instead_and_where_it_is_written() -> None:
    verdict = may_close_concern(a_concern(is_abuse_suspected=True), is_theirs=True)
    (reason,) = verdict.reasons
    assert reason.source == "QSG 2017 ¶72"
    assert "record the body, the day and the reference" in reason.says


def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    facts = a_concern(is_abuse_suspected=True, is_proposed_on=True, rests_on_it=True, level="Enhanced")
    assert len(may_close_concern(facts, is_theirs=False).reasons) == 4


# --- a level rests on an open concern


@pytest.mark.parametrize(("rests", "others", "closes"), [(True, 0, False), (True, 1, True), (False, 0, True)])
def test_the_last_open_concern_behind_a_level_outlasts_the_level(rests: bool, others: int, closes: bool) -> None:
    facts = a_concern(rests_on_it=rests, others_open=others, level="Enhanced")
    assert bool(may_close_concern(facts, is_theirs=True)) is closes


# --- what a concern lacks before a level is proposed


def _lacks(facts: ConcernFacts, here: str = "routine", pack: str = "sqg-2022", **subject: Any) -> str:
    found = rules(pack)
    level = found.levels.level(here)
    assert level is not None
    return " ".join(one.says for one in lacking(found, a_subject(**subject), level, facts))


def test_a_concern_with_its_evidence_its_assessment_and_its_reason_lacks_nothing() -> None:
    assert _lacks(a_concern()) == ""


@pytest.mark.requirement("LVL-11")
@pytest.mark.parametrize("pack", ["sqg-2022", "qsg-2017"])
def test_decisions_are_taken_as_near_to_the_point_of_care_as_possible(pack: str) -> None:
    here = "routine" if pack == "sqg-2022" else "further-information"
    words = "resolved nearer" if pack == "sqg-2022" else "business as usual"
    assert words in _lacks(a_concern(why_not_closer=" "), here, pack)
    assert words not in _lacks(a_concern(), here, pack)


@pytest.mark.requirement("RSK-09")
def test_enhanced_rests_on_an_assessment_of_risk() -> None:
    assert "risk profile" in _lacks(a_concern(has_risk_profile=False))


@pytest.mark.requirement("ORG-11")
def test_a_provider_of_several_systems_needs_an_agreed_lead_before_enhanced() -> None:
    """T14: an ambulance trust that serves several systems."""
    several = a_case(commissioners=(ICB, OTHER_ICB), systems=(ICB, OTHER_ICB))
    assert "who leads the process" in _lacks(a_concern(), case=several)
    assert "who leads" not in _lacks(a_concern(), case=several, process_lead=ICB)
    assert "who leads" not in _lacks(a_concern()), "one system, one commissioner"


def test_without_evidence_or_with_a_referral_owed_it_lacks_just_that() -> None:
    assert _lacks(a_concern(evidence=0)).startswith("Link the evidence")
    assert _lacks(a_concern(is_abuse_suspected=True)).startswith("Record the referral")
    assert _lacks(a_concern(is_abuse_suspected=True, is_referred=True)) == ""


def test_above_the_highest_level_there_is_nothing_to_propose() -> None:
    assert _lacks(a_concern(has_risk_profile=False, why_not_closer=""), "intensive") == ""


@pytest.mark.requirement("RSK-06")
def test_the_words_for_severity_are_those_of_the_guidance_rising() -> None:
    words = part("sqg-2022", "registers", Registers)
    assert [one.name for one in words.severities] == [
        "None", "Minor", "Moderate", "System concern", "Significant", "Very significant",
    ]  # fmt: skip
    assert [one.id.rank for one in words.severities] == list(range(len(Severity)))
    assert {one.id for one in words.modifiers} == {"complex", "recurrent"}

"""What the rules propose: found stories, false friends left alone, and nothing withdrawn by good news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.core.rulebook import ProposalKind, ProposalRule
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence
from sightline.core.triangulation.matrix import lay_out
from sightline.core.triangulation.proposing import Proposal, family_of, propose, stays_declined, strength_of

from .slow import all_met_slowly
from .told import FRESHNESS, TODAY, a_rule, much, pieces, rules, said, told, words

SAFE, EFFECTIVE, WELL_LED = Dimension.SAFE, Dimension.EFFECTIVE, Dimension.WELL_LED
OUTSIDE = Quadrant.EXTERNAL_QUANTITATIVE
ASK = a_rule()
DISCUSS = a_rule("discuss", ProposalKind.DISCUSS, 4)
WHOLE = a_rule("look-at-all", ProposalKind.TRIGGER_TOOL, 4, same_row=False)
PEOPLE_AND_FIGURES = a_rule("both", sources=2, needs_soft=True, needs_hard=True, within_days=365)
LOOK = a_rule("look", ProposalKind.LOOK_FOR_INFORMATION, 1, needs_qualitative=True, lacks_figures=True)
GOOD = a_rule("good", ProposalKind.NOTE_GOOD_PRACTICE, 2, bearing=Bearing.IMPROVEMENT)
RULES = (ASK, DISCUSS, WHOLE, PEOPLE_AND_FIGURES, LOOK, GOOD)
STORY = (said("shmi"), said("survey", quadrant=OUTSIDE), words("healthwatch"))


def proposed(*evidence: Evidence, by: tuple[ProposalRule, ...] = RULES) -> tuple[Proposal, ...]:
    """This function will say what rules propose about evidence on the day of these tests."""
    return propose("Oak Trust", lay_out(evidence, TODAY, FRESHNESS), evidence, by)


@pytest.mark.requirement("INT-04")
def test_a_proposal_says_how_many_agree_on_what_since_when_and_where() -> None:
    (one,) = proposed(*STORY, by=(ASK,))
    assert (one.rule, one.kind, one.row, one.cites) == ("ask", ProposalKind.ASK_FOR_INFORMATION, SAFE, "local")
    assert one.says == "3 independent sources agree on safety at Oak Trust since 8 August 2025."
    assert one.explains == (
        "3 independent sources speak of a concern about safety, in figures from inside, figures from outside and words "
        "from outside. The oldest began on 8 August 2025; the newest evidence is of 16 November 2025."
    )
    assert one.keys == tuple(sorted(piece.key for piece in STORY))
    assert one.origins == ("healthwatch", "shmi", "survey")
    assert one.quadrants == (Quadrant.INTERNAL_QUANTITATIVE, OUTSIDE, Quadrant.EXTERNAL_QUALITATIVE)
    assert (one.since, one.until) == (TODAY - timedelta(days=160), TODAY - timedelta(days=60))


def test_a_name_with_a_place_in_braces_is_only_a_name() -> None:
    (one,) = propose("{since}", lay_out(STORY, TODAY, FRESHNESS), STORY, [ASK])
    assert "at {since} since 8 August" in one.says


FALSE_FRIENDS = {
    "ten figures of one return": [said("return", key=f"figure-{n}") for n in range(10)],
    "one return with figures and words": [
        said("return"),
        words("return", inside=True),
        said("return", quadrant=OUTSIDE),
    ],
    "one story told by two people of one organisation": [
        words("healthwatch", key="told on Monday"),
        words("healthwatch", key="told on Friday", days_ago=56),
        words("healthwatch", inside=True, key="told a third time"),
        said("shmi", bearing=Bearing.IMPROVEMENT),
    ],
    "old evidence": [
        replace(one, since=one.since - timedelta(days=900), until=one.until - timedelta(days=900)) for one in STORY
    ],
    "standards missed by everybody all along": [
        said("waits", changed=False, lasting=700),
        said("cancer", quadrant=OUTSIDE, changed=False, lasting=700),
        said("dentists", quadrant=OUTSIDE, changed=False, lasting=700),
        words("union", changed=False),
    ],
    "one change among standards missed all along": [
        said("shmi"),
        said("waits", changed=False),
        said("cancer", quadrant=OUTSIDE, changed=False),
    ],
    "hunches alone, from everywhere": [
        said("a", certainty=Certainty.HUNCH, hard=False),
        said("b", quadrant=OUTSIDE, certainty=Certainty.HUNCH),
        *(words(origin, certainty=Certainty.HUNCH) for origin in "cde"),
    ],
    "concerns each about something else": [
        said("shmi"),
        said("survey", EFFECTIVE, quadrant=OUTSIDE),
        said("x", WELL_LED),
    ],
    "three sources that all stand in one place": [said("a"), said("b"), said("c")],
    "changes that are neither good nor bad": [replace(one, bearing=Bearing.NEITHER) for one in STORY],
    "nothing": [],
}


@pytest.mark.requirement("INT-04")
@pytest.mark.parametrize("friend", FALSE_FRIENDS)
def test_a_false_friend_is_not_proposed(friend: str) -> None:
    by = tuple(rule for rule in RULES if rule is not LOOK)
    assert proposed(*FALSE_FRIENDS[friend], by=by) == ()


def test_good_news_alone_is_good_practice_and_no_worry() -> None:
    better = [replace(one, bearing=Bearing.IMPROVEMENT) for one in STORY]
    (one,) = proposed(*better)
    assert (one.rule, one.row) == ("good", SAFE)
    assert one.explains.startswith("3 independent sources speak of an improvement in safety, in figures")


@pytest.mark.requirement("INT-04")
def test_good_data_do_not_suppress_what_people_tell() -> None:
    praise = [said(f"good-{n}", SAFE, quadrant=OUTSIDE, bearing=Bearing.IMPROVEMENT, days_ago=1) for n in range(20)]
    (ask, good) = proposed(
        *STORY, *praise, by=(ASK, a_rule("good", ProposalKind.NOTE_GOOD_PRACTICE, 1, bearing="improvement"))
    )
    assert ask == proposed(*STORY, by=(ASK,))[0]
    assert good.rule == "good"


def test_a_hunch_beside_firmer_sources_counts_and_is_called_one() -> None:
    (one,) = proposed(*STORY[:2], words("healthwatch", certainty=Certainty.HUNCH), by=(ASK,))
    assert one.explains.endswith("16 November 2025. 1 of them has only a hunch.")


def test_who_did_not_say_how_sure_is_not_taken_to_be_guessing() -> None:
    assert proposed(*(replace(one, certainty=Certainty.UNKNOWN) for one in STORY), by=(ASK,))


def test_without_the_wish_for_change_a_standard_missed_all_along_counts() -> None:
    missed = [replace(one, changed=False) for one in STORY]
    assert proposed(*missed, by=(ASK,)) == ()
    assert len(proposed(*missed, by=(a_rule(needs_change=False),))) == 1


@pytest.mark.parametrize(
    ("evidence", "is_met"),
    [
        ([said("shmi"), words("healthwatch")], True),
        ([said("shmi"), said("survey", quadrant=OUTSIDE)], False),
        ([words("union", inside=True), words("healthwatch")], False),
        ([said("trust"), words("trust", inside=True), said("tidy")], True),
        ([said("trust"), words("trust", inside=True), words("trust")], False),
    ],
)
def test_people_and_figures_agree_only_as_two_witnesses(evidence: list[Evidence], is_met: bool) -> None:
    assert bool(proposed(*evidence, by=(PEOPLE_AND_FIGURES,))) is is_met


@pytest.mark.requirement("INT-14")
@pytest.mark.parametrize(
    ("more", "is_met"),
    [
        ([], True),
        ([said("shmi", bearing=Bearing.NEITHER)], False),
        ([said("shmi", EFFECTIVE, bearing=Bearing.NEITHER)], True),
        ([said("shmi", days_ago=501)], True),
        ([words("union", bearing=Bearing.NEITHER)], True),
    ],
)
def test_a_story_without_figures_asks_to_look_for_some(more: list[Evidence], is_met: bool) -> None:
    assert bool(proposed(words("healthwatch"), *more, by=(LOOK,))) is is_met


def test_the_strongest_of_a_family_is_proposed_alone_and_another_family_beside_it() -> None:
    found = proposed(*STORY, said("tidy"), by=(ASK, DISCUSS, PEOPLE_AND_FIGURES))
    assert [one.rule for one in found] == ["discuss"]
    mixed = proposed(*STORY, *(replace(one, key=f"good {one.key}", bearing=Bearing.IMPROVEMENT) for one in STORY))
    assert [one.rule for one in mixed] == ["ask", "good"]


def test_every_kind_has_a_family_and_the_weightier_step_is_the_stronger() -> None:
    ladder = [a_rule(kind=kind, sources=9 - step) for step, kind in enumerate(ProposalKind) if step < 3]
    worry = [ProposalKind.ASK_FOR_INFORMATION, ProposalKind.DISCUSS, ProposalKind.TRIGGER_TOOL]
    assert [rule.kind for rule in sorted(ladder, key=strength_of)] == worry
    assert len({family_of(rule) for rule in ladder}) == 1
    assert all(family_of(a_rule(kind=kind)) for kind in ProposalKind)


def test_the_very_same_evidence_in_two_rows_makes_one_proposal_that_names_both() -> None:
    both = [replace(one, rows=(SAFE, EFFECTIVE)) for one in STORY]
    (one,) = proposed(*both, by=(ASK,))
    assert (one.row, one.also) == (SAFE, (EFFECTIVE,))
    assert one.explains.endswith("The same evidence also bears on effectiveness.")
    (one,) = proposed(*both, said("tidy", EFFECTIVE), by=(ASK,))
    assert (one.row, one.also, len(one.origins)) == (EFFECTIVE, (SAFE,), 4)
    assert len(proposed(*both, said("tidy", EFFECTIVE), said("more", SAFE), by=(ASK,))) == 2


def test_the_whole_is_proposed_only_where_it_says_more_than_a_row() -> None:
    weak = a_rule("whole", sources=3, same_row=False, needs_change=False)
    assert [one.rule for one in proposed(*STORY, by=(ASK, weak))] == ["ask"]
    found = proposed(*STORY, said("tidy", WELL_LED), by=(ASK, weak))
    assert [(one.rule, one.row) for one in found] == [("whole", None), ("ask", SAFE)]


def test_the_whole_never_swallows_the_row_that_says_where_to_look() -> None:
    found = proposed(*STORY, said("tidy", WELL_LED), by=(ASK, WHOLE))
    assert [(one.rule, one.row) for one in found] == [("look-at-all", None), ("ask", SAFE)]


@pytest.mark.requirement("INT-04")
@pytest.mark.parametrize(("quadrants", "is_met"), [(2, True), (3, False)])
def test_one_witness_in_three_places_adds_no_variety(quadrants: int, is_met: bool) -> None:
    everywhere = [said("trust"), said("trust", quadrant=OUTSIDE), words("trust")]
    rule = a_rule(quadrants_at_least=quadrants)
    assert bool(proposed(*everywhere, said("tidy"), said("shmi"), by=(rule,))) is is_met


@pytest.mark.parametrize(("days", "is_met"), [(200, True), (201, False)])
def test_evidence_counts_within_the_days_of_the_rule_to_the_day(days: int, is_met: bool) -> None:
    story = [*STORY[:2], words("healthwatch", days_ago=days)]
    assert bool(proposed(*story, by=(a_rule(within_days=200),))) is is_met


def test_rows_of_2017_come_under_those_of_2022() -> None:
    caring = [replace(one, rows=(Dimension.CARING,)) for one in STORY]
    (one,) = proposed(*caring, by=(ASK,))
    assert one.row is Dimension.PERSONALISED
    assert "people’s experience" in one.says


# -- declining


def test_a_fingerprint_names_rule_and_row_and_nobody_who_spoke() -> None:
    (one,) = proposed(*STORY, by=(ASK,))
    rule, row, witnesses = one.fingerprint.split("|")
    assert (rule, row, len(witnesses.split("."))) == ("ask", "safe", 3)
    assert not any(origin in one.fingerprint for origin in one.origins)
    (again,) = proposed(*reversed(STORY), said("shmi", key="newer", days_ago=3), by=(ASK,))
    assert again.fingerprint == one.fingerprint


@pytest.mark.parametrize(
    ("then", "now", "stays"),
    [
        (STORY, STORY, True),
        ((*STORY, said("tidy")), STORY, True),  # one grew old: nothing new
        (STORY, (*STORY, said("tidy")), False),  # a witness joined
        (STORY, tuple(replace(one, rows=(EFFECTIVE,)) for one in STORY), False),  # about something else
        (STORY, (*STORY[:2], words("union")), False),  # other witnesses
        (tuple(replace(one, rows=(SAFE, EFFECTIVE)) for one in STORY), STORY, True),  # part of what was declined
    ],
)
def test_what_was_declined_stays_declined_until_a_witness_joins(
    then: tuple[Evidence, ...], now: tuple[Evidence, ...], stays: bool
) -> None:
    (declined,), (proposal,) = proposed(*then, by=(ASK,)), proposed(*now, by=(ASK,))
    assert stays_declined(proposal, [declined.fingerprint], [ASK]) is stays
    assert not stays_declined(proposal, [], [ASK])


def test_declining_the_stronger_step_declines_the_weaker_and_not_the_other_way_round() -> None:
    four, both = (*STORY, said("tidy")), (ASK, DISCUSS)
    (discuss,), (ask,) = proposed(*four, by=(DISCUSS,)), proposed(*four, by=(ASK,))
    assert stays_declined(ask, [discuss.fingerprint], both)
    assert not stays_declined(discuss, [ask.fingerprint], both)
    (good,) = proposed(*(replace(one, bearing=Bearing.IMPROVEMENT) for one in four), by=(GOOD,))
    assert not stays_declined(good, [discuss.fingerprint], RULES)
    weak = a_rule("whole", same_row=False)
    (whole,) = proposed(*four, by=(weak,))
    assert not stays_declined(whole, [discuss.fingerprint], [*RULES, weak])
    assert not stays_declined(ask, [whole.fingerprint], [*RULES, weak])
    assert not stays_declined(ask, ["a-rule-that-is-gone|safe|00"], both)


# -- what holds whatever the evidence


@settings(max_examples=80, deadline=None)
@given(some.one_of(told, much), rules)
def test_every_proposal_is_what_the_slow_twin_finds_and_none_is_lost(
    evidence: list[Evidence], by: list[ProposalRule]
) -> None:
    found, known = proposed(*evidence, by=tuple(by)), {rule.id: rule for rule in by}
    met = all_met_slowly(by, evidence, TODAY, FRESHNESS)
    for one in found:
        assert set(one.keys) == met[one.rule, one.row]
    for rule_id, row in met:
        assert any(_answers(one, known[rule_id], row, known) for one in found)
    places = [(family_of(known[one.rule]), one.row) for one in found]
    assert len(places) == len(set(places))


def _answers(one: Proposal, rule: ProposalRule, row: Dimension | None, known: dict[str, ProposalRule]) -> bool:
    """Whether a proposal says at least what a rule would have said of a row."""
    there = row is None or one.row is row or row in one.also
    as_strong = strength_of(known[one.rule]) >= strength_of(rule)
    return there and as_strong and family_of(known[one.rule]) is family_of(rule)


@settings(max_examples=50, deadline=None)
@given(some.one_of(told, much), rules, some.integers())
def test_order_of_evidence_and_of_rules_changes_nothing(
    evidence: list[Evidence], by: list[ProposalRule], seed: int
) -> None:
    pile, mixed = [*evidence, *evidence], list(by)
    Random(seed).shuffle(pile)
    Random(seed).shuffle(mixed)
    assert proposed(*pile, by=tuple(mixed)) == proposed(*evidence, by=tuple(by))


@settings(max_examples=50, deadline=None)
@given(some.one_of(told, much), rules, pieces)
def test_an_improvement_never_changes_what_is_proposed_of_a_concern(
    evidence: list[Evidence], by: list[ProposalRule], good: Evidence
) -> None:
    good = replace(good, bearing=Bearing.IMPROVEMENT, key="good news")
    assert proposed(*evidence, good, by=tuple(by)) == proposed(*evidence, by=tuple(by))


@settings(max_examples=60, deadline=None)
@given(much, rules, pieces)
def test_another_concern_never_withdraws_a_proposal(
    evidence: list[Evidence], by: list[ProposalRule], more: Evidence
) -> None:
    more, known = replace(more, bearing=Bearing.CONCERN, key="one more", origin="newcomer"), {one.id: one for one in by}
    before = proposed(*evidence, by=tuple(by))
    after = proposed(*evidence, more, by=tuple(by))
    for one in before:
        for row in (one.row, *one.also):
            assert any(_answers(other, known[one.rule], row, known) for other in after)


@settings(max_examples=80, deadline=None)
@given(some.one_of(told, much), rules)
def test_a_proposal_cites_only_fresh_evidence_within_its_days(evidence: list[Evidence], by: list[ProposalRule]) -> None:
    known, pile = {rule.id: rule for rule in by}, {one.key: one for one in evidence}
    fresh = set(lay_out(evidence, TODAY, FRESHNESS).whole.keys)
    for one in proposed(*evidence, by=tuple(by)):
        cited = [pile[key] for key in one.keys]
        assert set(one.keys) <= fresh
        assert all((TODAY - piece.until).days <= known[one.rule].within_days for piece in cited)
        assert {piece.origin for piece in cited} == set(one.origins)
        assert any(piece.certainty is not Certainty.HUNCH for piece in cited)

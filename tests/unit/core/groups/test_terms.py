"""Terms of reference as they are kept and compared: read back as written, and a difference from which both can be read."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from sightline.core.groups.terms import (
    MOST_OBJECTIVES,
    Objective,
    Recipient,
    TermsFacts,
    Written,
    as_plain,
    begun_from,
    from_plain,
    may_approve,
    needs_of,
    remarks,
    same_code_since,
)
from sightline.core.groups.terms_difference import Mark, MarkedLine, Piece, compare
from sightline.core.rulebook.groups import GroupTypes
from sightline.core.rulebook.terms import Terms
from tests.factories.levels import part

GOAL = Objective("Fewer falls", "A fifth fewer", date(2027, 3, 31), "Better lighting")
PLAIN_GOALS = as_plain([Written("goals", objectives=(GOAL,))])[0]["objectives"]


def test_sections_are_read_back_as_they_were_written() -> None:
    sections = (Written("aims", "One\nTwo"), Written("duties", kept=("a", "b")), Written("goals", objectives=(GOAL,)))
    assert from_plain(as_plain(sections)) == sections


@pytest.mark.parametrize(
    "spoilt",
    [
        [{"id": "aims"}],
        [{"id": "aims", "words": "", "kept": ["a", "a"], "objectives": []}],
        [{"id": "aims", "words": "", "kept": [], "objectives": [{"says": "x"}]}],
        [{"id": "aims", "words": "", "kept": [], "objectives": []}] * 2,
        [{"id": "aims", "words": "", "kept": [], "objectives": PLAIN_GOALS * (MOST_OBJECTIVES + 1)}],
    ],
)
def test_what_is_no_section_is_not_read(spoilt: list[dict[str, Any]]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_plain(spoilt)


@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017", "sqg-2022"])
def test_every_model_fills_every_section_that_no_terms_go_without(pack: str) -> None:
    """One press, and nothing but recipients and seats is missing."""
    terms, types = part(pack, "terms", Terms), part(pack, "group_types", GroupTypes)
    for model in terms.models:
        kind = types.type(model.id)
        assert kind is not None
        needed = [need.any_of[0] for need in model.must_report]
        facts = TermsFacts(kind, types, terms, tuple(Recipient(to, "Some body") for to in needed), 5, True)
        verdict = may_approve(begun_from(terms, model.id), facts)
        assert verdict, (model.id, verdict.words)


def test_type_without_a_model_begins_with_headings_and_reports_as_its_type_says() -> None:
    terms, types = part("sqg-2022", "terms", Terms), part("sqg-2022", "group_types", GroupTypes)
    kind = types.type("regional-group")
    assert kind is not None and terms.model("regional-group") is None
    begun = begun_from(terms, "regional-group")
    assert not any(one.words or one.kept for one in begun)
    facts = TermsFacts(kind, types, terms, (), 5, True)
    assert [one.any_of for one in needs_of(facts)] == [("nation",)]
    assert "What it will not do" in may_approve(begun, facts).words


def test_review_is_told_what_a_region_should_hear_and_nothing_waits_for_it() -> None:
    terms, types = part("sqg-2022", "terms", Terms), part("sqg-2022", "group_types", GroupTypes)
    kind = types.type("rapid-quality-review")
    assert kind is not None
    goes = (Recipient("sqg", "Lantern SQG", "system-group"), Recipient("local-authority", "River Council"))
    facts, begun = TermsFacts(kind, types, terms, goes, 5, True), begun_from(terms, "rapid-quality-review")
    assert may_approve(begun, facts)
    assert any("Regional Quality Group" in one.says for one in remarks(begun, facts))


@pytest.mark.parametrize(
    ("codes", "at"), [(["a"], 0), (["a", "a"], 0), (["a", "b"], 1), (["a", "b", "b"], 1), (["a", "b", "a"], 2)]
)
def test_code_is_as_it_is_since_the_version_that_last_changed_it(codes: list[str], at: int) -> None:
    assert same_code_since(codes) == at


# --- the difference


def without(lines: tuple[MarkedLine, ...], gone: Mark) -> list[str]:
    """What is left once all pieces of one mark are taken away."""
    kept = (tuple(one for one in line.pieces if one.mark is not gone) for line in lines)
    return ["".join(one.text for one in pieces) for pieces in kept if pieces]


def test_both_texts_can_be_read_from_a_difference_of_any_two() -> None:
    chance = random.Random(7)
    words = ["risk", "care", "group", "board", "meets", "each", "month", "of", "the"]

    def text() -> list[str]:
        return [" ".join(chance.choices(words, k=chance.randint(1, 8))) for _ in range(chance.randint(0, 7))]

    for _ in range(400):
        before, after = text(), text()
        found = compare(before, after)
        assert without(found, Mark.ADDED) == before
        assert without(found, Mark.REMOVED) == after
        assert (before == after) is not any(one.is_changed for one in found)


def test_words_that_changed_are_marked_within_their_line() -> None:
    (line,) = compare(["The group meets each month."], ["The group meets each quarter."])
    assert line.pieces == (
        Piece("The group meets each "),
        Piece("month", Mark.REMOVED),
        Piece("quarter", Mark.ADDED),
        Piece("."),
    )
    assert line.whole is None


def test_line_that_has_little_in_common_is_taken_out_and_another_added() -> None:
    found = compare(["Members come."], ["Papers go out a week before."])
    assert [one.whole for one in found] == [Mark.REMOVED, Mark.ADDED]

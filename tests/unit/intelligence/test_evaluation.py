"""The test of a model: nothing on both sides, figures counted by hand, and simple ways set beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from sightline.core.intelligence.theming import compiled
from sightline.core.verdict import Invalid
from sightline.intelligence.theming.evaluation import Score, divide, evaluate, score, total
from sightline.intelligence.theming.files import UNDATED
from sightline.intelligence.theming.labels import Labelled, key_of
from sightline.intelligence.theming.tables import evaluation_facts, evaluation_lines
from tests.factories.theming import comments

NOW = datetime(2031, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    id: str
    phrases: tuple[str, ...]
    name: str = ""
    rows: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


DICTIONARY = compiled([Entry("food", ("soup", "lunch")), Entry("unheard", ("rain*",))])


@pytest.fixture(scope="module")
def found():
    return evaluate(comments(320), NOW, DICTIONARY)


def day(number):
    return date(2030, 1, number)


def test_the_latest_quarter_is_the_test():
    division = divide([replace(one, group="") for one in comments(100)])
    assert (len(division.learn), len(division.test), division.left_out) == (75, 25, 0)
    assert max(one.heard_on for one in division.learn) < division.since
    assert {one.heard_on >= division.since for one in division.test} == {True}


def test_no_group_lies_on_both_sides():
    texts = [Labelled(f"text {n}", frozenset({"a"}), day(1 + n // 10), f"person {n % 33}") for n in range(100)]
    division = divide(texts)
    assert not {one.group for one in division.learn} & {one.group for one in division.test}
    assert division.left_out > 0
    assert len(division.learn) + len(division.test) + division.left_out == 100


def test_a_text_said_again_later_is_learned_from_and_not_tested_on():
    texts = [Labelled(f"text {n}", frozenset({"a"}), day(1 + n // 10)) for n in range(100)]
    division = divide([*texts, *(replace(one, text=one.text.upper(), heard_on=day(20)) for one in texts[:50])])
    assert not {key_of(one.text) for one in division.learn} & {key_of(one.text) for one in division.test}
    assert len(division.learn) + len(division.test) == 100


def test_a_day_falls_on_one_side():
    texts = [Labelled(f"text {n}", frozenset({"a"}), day(1 if n < 60 else 2)) for n in range(100)]
    division = divide(texts)
    assert (len(division.learn), len(division.test), division.since) == (60, 40, day(2))


@pytest.mark.parametrize("dated", [True, False])
def test_texts_are_drawn_by_lot_where_asked_or_without_days(dated):
    texts = comments(400) if dated else [replace(one, heard_on=UNDATED) for one in comments(400)]
    division = divide(texts, by_lot=dated)
    assert division.since is None
    assert 60 < len(division.test) < 140
    assert not {one.group for one in division.learn} & {one.group for one in division.test}
    assert {key_of(one.text) for one in division.test} == {key_of(one.text) for one in divide(texts, by_lot=dated).test}


def test_counts_are_those_of_the_hand():
    true = [frozenset("ab"), frozenset("a"), frozenset("b"), frozenset()]
    named = [frozenset("a"), frozenset("ab"), frozenset(), frozenset("b")]
    assert score("a", true, named) == Score(having=2, named=2, right=2)
    b = score("b", true, named)
    assert (b.precision, b.recall, b.f1) == (0, 0, 0)
    both = total(["a", "b", "c"], true, named)
    assert both.micro == Score(4, 4, 2)
    assert both.macro_f1 == 0.5  # of a and b; nobody has c


def test_nothing_named_has_no_precision_and_nothing_had_no_recall():
    assert (Score(3, 0, 0).precision, Score(3, 0, 0).f1) == (None, 0)
    assert (Score(0, 3, 0).recall, Score(0, 3, 0).f1) == (None, 0)
    assert Score(0, 0, 0).f1 is None


def test_the_model_is_judged_beside_simple_ways(found):
    food = next(one for one in found.themes if one.learned.theme == "food")
    assert food.always.named == len(found.division.test)
    assert food.always.right == food.always.having == food.model.having
    assert food.dictionary == score(
        "food",
        [one.themes for one in found.division.test],
        [frozenset({"food"} if "soup" in one.text or "lunch" in one.text else ()) for one in found.division.test],
    )
    assert found.offered.micro.f1 > found.commonest.micro.f1
    assert found.commonest.micro.named == len(found.division.test)
    assert found.beside.micro == food.model
    assert 0 < found.coverage < 1
    assert 0.5 < found.stated < 1


def test_a_theme_that_could_not_be_learned_counts_as_missed():
    texts = [
        replace(one, themes=one.themes | ({"rare"} if n % 20 == 0 else set())) for n, one in enumerate(comments(320))
    ]
    found = evaluate(texts, NOW)
    rare = next(one for one in found.themes if one.learned.theme == "rare")
    assert not rare.learned.is_offered
    assert rare.model.named == 0
    assert found.everything.micro.having - found.offered.micro.having == rare.model.having > 0
    assert found.dictionary is None


def test_too_few_texts_are_refused():
    with pytest.raises(Invalid, match="too few labelled texts"):
        evaluate([], NOW)


def test_the_table_holds_figures_and_no_word_of_any_text(found):
    lines = list(evaluation_lines(found))
    food = next(one for one in found.themes if one.learned.theme == "food")
    assert any(line.startswith(f"| food | {food.learned.examples} | {food.model.having} | ") for line in lines)
    assert not {"soup", "nurse", "rained"} & set(" ".join(lines).casefold().split())
    facts = evaluation_facts(found)
    assert facts["tested_on"] == len(found.division.test)
    assert {one["theme"]: one["support"] for one in facts["themes"]}["food"] == food.model.having

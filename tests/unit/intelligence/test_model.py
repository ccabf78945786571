"""The model of themes: the same from the same texts, silent where it is unsure, and plain about what it cannot do."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from sightline.core.intelligence.theming import compiled
from sightline.core.verdict import Invalid
from sightline.intelligence.theming.engine import Suggested, classify, classify_by_dictionary, probabilities_of
from sightline.intelligence.theming.training import FEWEST_EXAMPLES, _threshold, fold_of, train
from tests.factories.theming import comments

NOW = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def model():
    return train(comments(), NOW, dictionary_version="d1", labels_from="an invented file")


def named(model, text):
    return [one.theme for one in classify(model, [text])[0]]


@pytest.mark.requirement("DAT-10")
def test_what_was_learned_is_found_in_new_words(model):
    assert named(model, "the soup was cold on ward 3") == ["food"]
    assert set(named(model, "we waited for hours and the nurse was kind")) == {"waiting", "staff"}
    assert named(model, "it rained that day") == []


def test_each_suggestion_says_how_sure_and_which_model(model):
    (one,) = classify(model, ["the soup was cold on ward 3"])[0]
    threshold = next(each.threshold for each in model.training.themes if each.theme == "food")
    assert one == Suggested("food", one.probability, f"model@{model.fingerprint[:12]}")
    assert threshold <= one.probability < 1


@pytest.mark.parametrize("text", ["", "…", "Diolch yn fawr iawn soup", "42", "\x00", "a" * 100_000])
def test_it_says_nothing_about_what_it_cannot_read(model, text):
    assert classify(model, [text]) == [()]


def test_an_answer_does_not_depend_on_the_others_asked_with_it(model):
    texts = [one.text for one in comments(60, seed=5)]
    together = classify(model, texts)
    assert together == [classify(model, [text])[0] for text in texts]
    assert classify(model, []) == []


def test_the_surest_theme_comes_first(model):
    chances = [[one.probability for one in each] for each in classify(model, [one.text for one in comments(80, 7)])]
    assert any(len(each) > 1 for each in chances)
    assert all(each == sorted(each, reverse=True) for each in chances)


def test_the_same_texts_in_any_order_give_the_same_model(model):
    texts = comments()
    random.Random(3).shuffle(texts)
    again = train(texts, NOW, dictionary_version="d1", labels_from="an invented file")
    assert again.fingerprint == model.fingerprint
    assert train(comments(seed=2), NOW).fingerprint != model.fingerprint


def test_probabilities_are_those_of_a_plain_product(model):
    rows = model.vocabulary.rows([one.text for one in comments(30, seed=9)] + [""])
    table = csr_matrix((rows.weights, rows.places, rows.starts), shape=(31, len(model.vocabulary.features))).toarray()
    expected = 1 / (1 + np.exp(-(table @ model.coefficients.T.astype(float) + model.intercepts)))
    np.testing.assert_allclose(probabilities_of(rows, model.coefficients, model.intercepts), expected)


def test_a_theme_of_too_few_texts_is_not_offered_and_says_so():
    few = FEWEST_EXAMPLES - 1
    texts = [
        replace(one, text=f"{one.text} parking {place}", themes=one.themes | {"parking"}) if place < few else one
        for place, one in enumerate(comments())
    ]
    trained = train(texts, NOW)
    (parking,) = [one for one in trained.training.themes if one.theme == "parking"]
    assert (parking.examples, parking.is_offered) == (few, False)
    assert parking.why_not == "It has 29 labelled texts; 30 are needed."
    assert "parking" not in named(trained, texts[0].text)


def test_a_text_said_thirty_times_is_one_example():
    texts = [
        *comments(),
        *(replace(comments()[0], themes=frozenset({"parking"}), text="No parking!") for _ in range(30)),
    ]
    (parking,) = [one for one in train(texts, NOW).training.themes if one.theme == "parking"]
    assert parking.examples == 1


def test_a_theme_that_cannot_be_told_apart_is_not_offered():
    chance = random.Random(4)
    texts = [replace(one, themes=one.themes | ({"luck"} if chance.random() < 0.2 else set())) for one in comments()]
    (luck,) = [one for one in train(texts, NOW).training.themes if one.theme == "luck"]
    assert luck.examples >= FEWEST_EXAMPLES
    assert luck.why_not == "On texts held back it was wrong more often than right."


def test_a_theme_that_every_text_has_teaches_nothing():
    texts = [replace(one, themes=one.themes | {"always"}) for one in comments()]
    (always,) = [one for one in train(texts, NOW).training.themes if one.theme == "always"]
    assert always.why_not == "Every text has it, so there is nothing to tell apart."


@pytest.mark.parametrize("texts", [[], comments(20)])
def test_too_little_to_learn_from_is_refused_with_what_to_do(texts):
    with pytest.raises(Invalid, match="Give themes to more texts, or use the dictionary alone"):
        train(texts, NOW)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(Invalid, match=r"pip install 'sightline\[text\]'"):
        train(comments(), NOW)


def test_a_trained_model_answers_without_the_extra(model, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert named(model, "the soup was cold on ward 3") == ["food"]


def test_a_group_is_held_back_together():
    folds = {}
    for one in comments():
        folds.setdefault(one.group, set()).add(fold_of(one))
    assert all(len(each) == 1 for each in folds.values())
    assert {fold for each in folds.values() for fold in each} == set(range(5))


def test_the_threshold_is_the_best_of_all_that_are_right_half_the_time():
    chance = np.random.default_rng(6)
    for _ in range(30):
        chances = np.round(chance.random(40), 1)  # with many ties
        true = chance.random(40) < chances
        learned = _threshold("t", chances, true)
        tried = []
        for at in {float(one) for one in chances}:
            said = chances >= at
            right = (said & true).sum()
            if right and right / said.sum() >= 0.5:
                tried.append(2 * right / (said.sum() + true.sum()))
        assert learned.is_offered == bool(tried)
        if tried:
            said = chances >= learned.threshold
            f1 = 2 * (said & true).sum() / (said.sum() + true.sum())
            assert f1 == pytest.approx(max(tried))
            assert learned.precision == pytest.approx((said & true).sum() / said.sum(), abs=1e-4)
            assert learned.recall == pytest.approx((said & true).sum() / true.sum(), abs=1e-4)


@dataclass(frozen=True)
class Entry:
    id: str
    phrases: tuple[str, ...]
    name: str = ""
    rows: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def test_the_dictionary_suggests_in_the_same_shape_and_claims_no_probability():
    dictionary = compiled([Entry("food", ("soup",)), Entry("staff", ("nurse*",))])
    by = f"dictionary@{dictionary.version[:12]}"
    assert classify_by_dictionary(dictionary, ["Nurses, soup", "rain"]) == [
        (Suggested("food", None, by), Suggested("staff", None, by)),
        (),
    ]

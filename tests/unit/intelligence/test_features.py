"""Features of texts: weighed as scikit-learn would, the same whether counted for learning or for an answer."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from sightline.intelligence.theming import features
from sightline.intelligence.theming.features import Counted, Rows, _pairs, _with_pieces, _words
from tests.factories.theming import comments

TEXTS = [one.text for one in comments(80)]
ALL = np.ones(len(TEXTS), dtype=bool)


def names_in(text):
    words = _words(text)
    return [*(name for word in words for name in _with_pieces(word)), *_pairs(words)]


def dense(rows: Rows, width: int):
    table = np.zeros((len(rows.starts) - 1, width))
    for at, (start, stop) in enumerate(zip(rows.starts[:-1], rows.starts[1:], strict=True)):
        table[at, rows.places[start:stop]] += rows.weights[start:stop]
    return table


def test_weights_are_those_of_scikit_learn():
    vocabulary, rows = Counted(TEXTS).learned_from(ALL)
    twin = TfidfVectorizer(analyzer=names_in, min_df=3, sublinear_tf=True)
    expected = twin.fit_transform(TEXTS).toarray()
    assert list(vocabulary.features) == sorted(twin.vocabulary_)
    order = [twin.vocabulary_[name] for name in vocabulary.features]
    np.testing.assert_allclose(dense(rows, len(vocabulary.features)), expected[:, order], atol=1e-12)


def test_what_was_counted_once_equals_what_is_counted_for_an_answer():
    chosen = np.array([place % 3 != 0 for place in range(len(TEXTS))])
    vocabulary, rows = Counted(TEXTS).learned_from(chosen)
    again = vocabulary.rows(text for text, kept in zip(TEXTS, chosen, strict=True) if kept)
    for one, other in ((rows.starts, again.starts), (rows.places, again.places), (rows.weights, again.weights)):
        np.testing.assert_array_equal(one, other)


def test_what_fewer_than_three_texts_say_is_not_kept():
    texts = ["Mrs Oddname was kind", "kind people", "so kind", "Oddname again"]
    vocabulary, _ = Counted(texts).learned_from(np.ones(4, dtype=bool))
    assert "kind" in vocabulary.features
    assert not [one for one in vocabulary.features if "odd" in one]


def test_the_most_frequent_are_kept_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(features, "MOST_FEATURES", 1)
    vocabulary, _ = Counted(["on on off"] * 3 + ["on"]).learned_from(np.ones(4, dtype=bool))
    assert len(vocabulary.features) == 1
    assert vocabulary.features[0] in {"on", "|_on", "|on_", "|_on_"}


@pytest.mark.parametrize(("text", "share"), [("kind people", 1.0), ("kind strangers", 0.5), ("Zwx", 0.0), ("", 0.0)])
def test_the_share_of_known_words_is_told(text, share):
    vocabulary, _ = Counted(["kind people"] * 3).learned_from(np.ones(3, dtype=bool))
    assert vocabulary.known(text) == share


def test_no_text_and_a_text_of_nothing_known_have_rows_of_their_own():
    vocabulary, _ = Counted(["kind people"] * 3).learned_from(np.ones(3, dtype=bool))
    assert vocabulary.rows([]).starts.tolist() == [0]
    assert vocabulary.rows(["Zwx", ""]).starts.tolist() == [0, 0, 0]

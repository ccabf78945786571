"""Models on disk: what comes back is what was kept, and nothing that was touched is ever used or run."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
from datetime import UTC, datetime

import numpy as np
import pytest

from sightline.core.verdict import Invalid
from sightline.intelligence.theming import keeping
from sightline.intelligence.theming.engine import classify
from sightline.intelligence.theming.keeping import load, store
from sightline.intelligence.theming.training import train
from tests.factories.theming import comments

TEXTS = [one.text for one in comments(40, seed=8)]
RAN = []


@pytest.fixture(scope="module")
def model():
    return train(comments(), datetime(2031, 1, 1, 12, 30, tzinfo=UTC), dictionary_version="d1", labels_from="a file")


def test_a_model_comes_back_as_it_was(model, tmp_path):
    store(tmp_path, model)
    again = load(tmp_path)
    assert again.training == model.training
    assert again.fingerprint == model.fingerprint
    assert classify(again, TEXTS) == classify(model, TEXTS)


def test_what_is_used_again_and_again_is_made_once(model, tmp_path):
    store(tmp_path, model)
    assert load(tmp_path) is load(tmp_path)
    other = train(comments(seed=2), datetime(2031, 2, 1, tzinfo=UTC))
    store(tmp_path, other)
    assert load(tmp_path).fingerprint == other.fingerprint
    store(tmp_path, model)
    assert load(tmp_path).fingerprint == model.fingerprint


@pytest.mark.parametrize("name", ["model.json", "weights.npz"])
def test_a_file_that_is_touched_while_its_model_is_in_use_is_used_no_more(model, tmp_path, name):
    path = store(tmp_path, model) / name
    assert load(tmp_path) is not None
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Invalid, match=r"was changed since it was written"):
        load(tmp_path)


def test_without_a_model_there_is_none(tmp_path):
    assert load(tmp_path) is None


def test_the_latest_model_is_in_use_and_the_earlier_stays(model, tmp_path):
    first = store(tmp_path, model)
    other = train(comments(seed=2), datetime(2031, 2, 1, tzinfo=UTC))
    second = store(tmp_path, other)
    assert load(tmp_path).fingerprint == other.fingerprint
    assert sorted(one.name for one in (tmp_path / "themes").iterdir()) == sorted(
        ["current.json", first.name, second.name]
    )


def test_the_same_model_is_the_same_bytes(model, tmp_path):
    once = {path.name: path.read_bytes() for path in store(tmp_path / "a", model).iterdir()}
    assert once == {path.name: path.read_bytes() for path in store(tmp_path / "b", model).iterdir()}


def test_only_this_account_may_read_it(model, tmp_path):
    inside = store(tmp_path, model)
    assert {path.stat().st_mode & 0o077 for path in (inside, *inside.iterdir(), tmp_path / "themes")} == {0}


@pytest.mark.parametrize("name", ["model.json", "weights.npz"])
def test_a_file_that_was_touched_is_not_used(model, tmp_path, name):
    path = store(tmp_path, model) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Invalid, match=r"was changed since it was written.*sightline themes train"):
        load(tmp_path)


def rewritten(tmp_path, inside, change):
    """Change the document as somebody would who can also mend the checksums."""
    document = json.loads((inside / "model.json").read_text())
    change(document)
    text = json.dumps(document).encode()
    (inside / "model.json").write_bytes(text)
    current = {"model": inside.name, "sha256": hashlib.sha256(text).hexdigest()}
    (tmp_path / "themes" / "current.json").write_text(json.dumps(current))


class Runs:
    def __reduce__(self):
        return RAN.append, ("ran",)


def with_weights(inside, content):
    def change(document):
        (inside / "weights.npz").write_bytes(content)
        document["weights_sha256"] = hashlib.sha256(content).hexdigest()

    return change


def packed(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_nothing_in_a_model_can_run(model, tmp_path):
    inside = store(tmp_path, model)
    hostile = np.array([Runs()], dtype=object)
    for content in (pickle.dumps(Runs()), packed(rarity=hostile, coefficients=hostile, intercepts=hostile)):
        rewritten(tmp_path, inside, with_weights(inside, content))
        with pytest.raises(Invalid, match="cannot be read"):
            load(tmp_path)
    assert RAN == []


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("features"),
        lambda document: document["features"].append("more"),
        lambda document: document["training"]["themes"].pop(),
        lambda document: document["training"].update(at="yesterday"),
        lambda document: document["training"]["themes"][0].update(surprise=1),
        lambda document: document.update(training=[]),
    ],
)
def test_a_document_that_does_not_fit_is_refused(model, tmp_path, change):
    rewritten(tmp_path, store(tmp_path, model), change)
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path)


def test_a_changed_fact_no_longer_has_the_models_name(model, tmp_path):
    rewritten(tmp_path, store(tmp_path, model), lambda document: document["training"]["themes"][0].update(threshold=0))
    with pytest.raises(Invalid, match="was changed since it was written"):
        load(tmp_path)


def test_a_model_of_another_format_says_to_train_again(model, tmp_path):
    rewritten(tmp_path, store(tmp_path, model), lambda document: document.update(format=99))
    with pytest.raises(Invalid, match="another version of Sightline"):
        load(tmp_path)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(model, tmp_path, value):
    inside = store(tmp_path, model)
    with np.load(inside / "weights.npz") as kept:
        arrays = {name: kept[name] for name in kept.files}
    arrays["intercepts"][0] = value
    rewritten(tmp_path, inside, with_weights(inside, packed(**arrays)))
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("given", ["../../etc", "x" * 64, "", 7, None, "a" * 63 + "/"])
def test_no_other_folder_can_be_named(model, tmp_path, given):
    store(tmp_path, model)
    (tmp_path / "themes" / "current.json").write_text(json.dumps({"model": given, "sha256": "0" * 64}))
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"model": "a"}', "\x00"])
def test_a_broken_pointer_is_refused(tmp_path, content):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "current.json").write_text(content)
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path)


def test_a_model_too_large_is_never_read(model, tmp_path, monkeypatch):
    store(tmp_path, model)
    monkeypatch.setattr(keeping, "MOST_BYTES", 1000)
    with pytest.raises(Invalid, match="cannot be read"):
        load(tmp_path)

"""Keeps trained models in the data folder: numbers and words only, never code, verified before they are used.

A model is ``themes/<fingerprint>/model.json`` and ``weights.npz``; ``themes/current.json`` names the one in use.
The checksums find damage. They do not stop somebody who may write to the data folder, but there is nothing in
the format that could run. A vocabulary holds words that several people used, so it is kept as the texts are:
readable by the server's own account alone.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.core.verdict import Invalid
from sightline.intelligence.theming.engine import Learned, ThemeModel, Training, facts_of
from sightline.intelligence.theming.features import Vocabulary

FORMAT = 1
MOST_BYTES = 200 * 1024 * 1024
_MEND = "Train it again with: sightline themes train"
_KINDS = {"rarity": "<f8", "coefficients": "<f4", "intercepts": "<f8"}


def store(folder: Path, model: ThemeModel) -> Path:
    """This function will keep a model and put it in use; earlier ones stay where they are.

    ``folder`` is the data folder. A program killed in the middle leaves the earlier model in use.
    """
    into = _themes(folder) / model.fingerprint
    into.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    into.mkdir(exist_ok=True, mode=0o700)
    weights = _weights(model)
    text = _document(model, hashlib.sha256(weights).hexdigest())
    _write(into / "weights.npz", weights)
    _write(into / "model.json", text)
    current = {"model": model.fingerprint, "sha256": hashlib.sha256(text).hexdigest()}
    _write(_themes(folder) / "current.json", json.dumps(current).encode())
    return into


@dataclass(frozen=True, slots=True)
class _Read:
    """A model as it was read, and the checksum of the numbers that it was made of."""

    weights_sha256: str
    model: ThemeModel


# The model in use, by the checksum of its document. To make it of its files takes many times longer than to verify them.
_last: dict[str, _Read] = {}


def load(folder: Path) -> ThemeModel | None:
    """This function will give the model in use, verified, or None where none was ever trained.

    Its files are verified each time; while they stay the same, the model made of them is made once.
    """
    path = _themes(folder) / "current.json"
    if not path.exists():
        return None
    try:
        current = json.loads(_bytes(path))
        inside = _themes(folder) / _name(current["model"])
        text = _verified(inside / "model.json", current["sha256"])
        model = _read(inside, text, current["sha256"])
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as problem:
        raise Invalid(f"The model of themes in {path.parent} cannot be read. {_MEND}") from problem
    if model.fingerprint != current["model"]:
        raise _damaged(inside)
    return model


def _read(inside: Path, text: bytes, sha256: str) -> ThemeModel:
    last = _last.get(sha256)
    if last is not None:
        _verified(inside / "weights.npz", last.weights_sha256)
        return last.model
    document = json.loads(text)
    if document["format"] != FORMAT:
        raise Invalid(f"The model of themes is of another version of Sightline. {_MEND}")
    weights = _verified(inside / "weights.npz", document["weights_sha256"])
    read = _Read(document["weights_sha256"], _model(document, _arrays(weights)))
    _last.clear()
    _last[sha256] = read
    return read.model


def _themes(folder: Path) -> Path:
    return folder / "themes"


def _document(model: ThemeModel, weights_sha256: str) -> bytes:
    document = {
        "format": FORMAT,
        "weights_sha256": weights_sha256,
        "training": facts_of(model.training),
        "features": model.vocabulary.features,
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def _weights(model: ThemeModel) -> bytes:
    """The numbers, not packed: what lies on the disk is as large as what it becomes in memory."""
    buffer = io.BytesIO()
    given: tuple[NDArray[Any], ...] = (model.vocabulary.rarity, model.coefficients, model.intercepts)
    arrays: dict[str, Any] = {
        name: array.astype(kind) for (name, kind), array in zip(_KINDS.items(), given, strict=True)
    }
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _arrays(content: bytes) -> dict[str, NDArray[Any]]:
    """The numbers as they were kept: these arrays of these kinds, finite, and nothing else."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
            raise ValueError("larger unpacked than a model may be")
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        if set(kept.files) != set(_KINDS):
            raise ValueError("not the arrays of a model")
        arrays = {name: kept[name] for name in _KINDS}
    for name, array in arrays.items():
        if array.dtype.str != _KINDS[name] or not np.isfinite(array).all():
            raise ValueError(f"{name} is not what it should be")
    return arrays


def _model(document: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> ThemeModel:
    facts = document["training"]
    training = Training(
        at=datetime.fromisoformat(facts["at"]),
        texts=facts["texts"],
        earliest=date.fromisoformat(facts["earliest"]),
        latest=date.fromisoformat(facts["latest"]),
        dictionary=facts["dictionary"],
        labels_from=facts["labels_from"],
        themes=tuple(Learned(**one) for one in facts["themes"]),
    )
    features = tuple(document["features"])
    shapes = {"rarity": (len(features),), "coefficients": (len(training.offered), len(features))}
    shapes["intercepts"] = (len(training.offered),)
    if {name: array.shape for name, array in arrays.items()} != shapes:
        raise ValueError("the arrays do not fit the words")
    vocabulary = Vocabulary(features, arrays["rarity"])
    return ThemeModel(training, vocabulary, arrays["coefficients"], arrays["intercepts"])


def _verified(path: Path, sha256: str) -> bytes:
    content = _bytes(path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(path)
    return content


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path} is larger than a model may be")
    return path.read_bytes()


def _name(given: object) -> str:
    """A fingerprint and nothing else, so that no other folder can be named."""
    if not isinstance(given, str) or len(given) != 64 or not set(given) <= set("0123456789abcdef"):
        raise ValueError("not the name of a model")
    return given


def _damaged(path: Path) -> Invalid:
    return Invalid(f"{path} was changed since it was written, and is not used. {_MEND}")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole before it has its name, for this account alone."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)

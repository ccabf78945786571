"""Measures how long 10,000 made-up comments take to be themed, by the dictionary and by a model trained before."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

import yaml

import sightline
from sightline.core.intelligence.theming import compiled
from sightline.core.rulebook import Themes
from sightline.intelligence.theming.engine import classify, classify_by_dictionary
from sightline.intelligence.theming.keeping import load, store
from sightline.intelligence.theming.labels import Labelled
from sightline.intelligence.theming.training import train

COMMENTS, LABELLED, SEED = 10_000, 4_000, 2026
FILLING = ("the", "and", "to", "was", "I", "my", "it", "for", "of", "in", "very", "they", "a", "had", "when", "we")
DICTIONARY = Path(sightline.__file__).parent / "rulebook" / "packs" / "sqg_2022" / "themes.yaml"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def measure() -> dict[str, float]:
    """This function will time 10,000 comments of about 30 words, and training on the first 4,000."""
    entries = Themes.model_validate(yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))).themes
    made = _comments({one.id: one.phrases for one in entries})
    texts = [one.text for one in made]
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as name, _timed("themes_train_4000", figures):
        folder = Path(name)
        store(folder, train(made[:LABELLED], NOW))
        with _timed("themes_model", figures):
            model = load(folder)
            assert model is not None
            by_model = classify(model, texts)
    for kind in ("seconds", "processor_seconds"):
        figures[f"themes_train_4000_{kind}"] -= figures[f"themes_model_{kind}"]
    with _timed("themes_dictionary", figures):
        by_dictionary = classify_by_dictionary(compiled(entries), texts)
    assert all(map(any, (by_dictionary, by_model)))
    return figures


@contextmanager
def _timed(name: str, figures: dict[str, float]) -> Iterator[None]:
    """By the clock, and the processor's own time, which a busy machine stretches less."""
    begun, worked = perf_counter(), process_time()
    yield
    figures[f"{name}_seconds"] = perf_counter() - begun
    figures[f"{name}_processor_seconds"] = process_time() - worked


def _comments(phrases: dict[str, tuple[str, ...]]) -> list[Labelled]:
    """Comments of two themes each, in the dictionary's own words among others, some of them misspelt."""
    chance = random.Random(SEED)
    invented = ["".join(chance.choices("aeioulnrstdm", k=chance.randint(3, 10))) for _ in range(3_000)]
    made = []
    for number in range(COMMENTS):
        themes = chance.sample(sorted(phrases), 2)
        words = chance.choices(FILLING, k=16) + chance.choices(invented, k=10)
        words += [chance.choice(phrases[theme]).replace("*", chance.choice(("", "s", "ing"))) for theme in themes]
        chance.shuffle(words)
        made.append(Labelled(f"{' '.join(words)} {number}.", frozenset(themes), NOW.date()))
    return made


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()))

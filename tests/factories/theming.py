"""Invented comments with themes, for the model of themes: enough to learn from, and the same on every run."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sightline.intelligence.theming.labels import Labelled

WORDS = {
    "food": ("the soup was cold", "lunch came late", "the meals were tasty", "breakfast had no fruit", "a dry sandwich"),
    "waiting": ("we waited for hours", "a long wait again", "the delay was endless", "nobody said how long the queue was"),
    "staff": ("the nurse was kind", "a rude receptionist", "the doctors listened", "staff smiled at us", "a gentle porter"),
}  # fmt: skip
NEITHER = ("thank you", "nothing to add", "my second visit this year", "it rained that day", "all as before")
FIRST_DAY = date(2030, 1, 1)


def comments(number: int = 240, seed: int = 1) -> list[Labelled]:
    """This function will make comments of one theme or two, or of none, each with words of its own."""
    chance = random.Random(seed)
    made = []
    for place in range(number):
        themes = chance.sample(sorted(WORDS), chance.choice((0, 1, 1, 1, 2)))
        parts = [chance.choice(WORDS[theme]) for theme in themes] + [chance.choice(NEITHER)]
        chance.shuffle(parts)
        text = f"{', and '.join(parts)} on ward {chance.randint(1, 60)} bed {chance.randint(1, 60)}."
        made.append(Labelled(text, frozenset(themes), FIRST_DAY + timedelta(place), f"person {place // 2}"))
    return made

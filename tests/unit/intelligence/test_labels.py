"""Labelled texts: the same words count once, on their first day, with what most people said of them."""

from __future__ import annotations

import random
from datetime import date

from sightline.intelligence.theming.labels import Labelled, each_text_once, key_of

MAY, JUNE = date(2030, 5, 1), date(2030, 6, 1)


def said(text, *themes, on=MAY, group=""):
    return Labelled(text, frozenset(themes), on, group)


def test_texts_of_the_same_words_are_one():
    texts = [said("Nothing.", on=JUNE, group="b"), said("nothing", on=MAY, group="a"), said("NOTHING !", on=JUNE)]
    assert each_text_once(texts) == [said("nothing", on=MAY, group="a")]


def test_a_theme_stays_when_half_of_the_copies_have_it():
    texts = [
        said("Staff", "staff"),
        said("staff", "staff", "food"),
        said("staff!", "waiting"),
        said("staff.", "waiting"),
    ]
    (one,) = each_text_once(texts)
    assert one.themes == {"staff", "waiting"}


def test_a_text_without_a_word_teaches_nothing():
    assert each_text_once([said("", "food"), said("–", "food"), said(" . ", "food")]) == []
    assert key_of("…") == ""


def test_the_order_in_which_texts_come_does_not_matter():
    texts = [said(f"text {n % 7}", f"theme {n % 3}", on=(MAY, JUNE)[n % 2], group=str(n)) for n in range(40)]
    mixed = texts[:]
    random.Random(1).shuffle(mixed)
    assert each_text_once(mixed) == each_text_once(texts)
    assert [one.heard_on for one in each_text_once(mixed)] == sorted(one.heard_on for one in each_text_once(mixed))

"""Themes by dictionary: what is found, where, and what is not, beside a slow and obvious twin."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.intelligence.theming import Found, compiled, faults_in, matched, words_in
from sightline.core.signals import Dimension
from sightline.core.verdict import Invalid


@dataclass(frozen=True)
class Entry:
    id: str
    phrases: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    name: str = "A theme"
    rows: tuple[Dimension, ...] = (Dimension.SAFE,)


WAITING = Entry("waiting", ("wait*", "long time", "four hour* delay"), ("waiting room", "no wait"))
STAFF = Entry("staff", ("nurse", "not rude", "didn't listen", "café staff"))
DICTIONARY = compiled([WAITING, STAFF])


def themes_of(text):
    return [one.theme for one in matched(text, DICTIONARY)]


@pytest.mark.requirement("DAT-10", "INT-15")
@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("We waited.", ["waiting"]),
        ("WAITING, again", ["waiting"]),
        ("It took a long time", ["waiting"]),
        ("It took a long  \n time", ["waiting"]),  # a line that was broken
        ("It was long. Time passed.", []),  # a phrase does not reach over the end of a sentence
        ("It was long\n\nTime passed", []),
        ("a long-time friend", ["waiting"]),
        ("awaiting", []),  # whole words alone
        ("nurses", []),  # no star, no ending
        ("the nurse's chair", ["staff"]),  # but for the genitive
        ("the nurse’s chair", ["staff"]),
        ("they were not rude", ["staff"]),
        ("they didn’t listen", ["staff"]),
        ("they didnt listen", ["staff"]),
        ("the cafe\u0301 staff", ["staff"]),  # an accent that stands by itself
        ("the CAFE staff", ["staff"]),
        ("a wai\u00adting list", ["waiting"]),  # a soft hyphen out of a PDF
        ("four hours delay", ["waiting"]),
        ("four long hours delay", []),
        ("the waiting room was warm", []),  # excluded
        ("I waited in the waiting room", ["waiting"]),  # but only where it is excluded
        ("no wait at all", []),
        ("no waiting at all", ["waiting"]),  # a theme says what a text is about, not whether it is praise
        ("The nurse was late and we waited", ["waiting", "staff"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_themes_are_found_by_whole_words_in_any_spelling(text, themes):
    assert themes_of(text) == themes


def test_a_match_says_which_phrases_stand_where():
    text = "Waíting a long time; waits again."
    (match,) = matched(text, DICTIONARY)
    assert match.phrases == ("wait*", "long time")
    assert [text[one.start : one.end] for one in match.found] == ["Waíting", "long time", "waits"]


def test_the_longer_phrase_of_a_theme_holds_the_shorter():
    dictionary = compiled([Entry("a", ("wait*", "waiting list")), Entry("b", ("list",))])
    one, other = matched("the waiting list", dictionary)
    assert one.found == (Found("waiting list", 4, 16),)
    assert other.found == (Found("list", 12, 16),)


def test_an_exclusion_counts_for_its_own_theme_alone():
    dictionary = compiled([Entry("a", ("waiting",), ("waiting room",)), Entry("b", ("waiting",))])
    assert [one.theme for one in matched("in the waiting room", dictionary)] == ["b"]


def test_a_dictionary_is_made_ready_once_for_each_version():
    again = compiled([Entry("waiting", WAITING.phrases, WAITING.exclude, name="Another name"), STAFF])
    assert again is DICTIONARY
    assert compiled([STAFF, WAITING]).version != DICTIONARY.version
    assert compiled([WAITING]).version != DICTIONARY.version


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry("a", ()), "no phrases"),
        (Entry("a", ("…",)), "no word"),
        (Entry("a", ("w*",)), "at least 2 letters"),
        (Entry("a", ("*wait",)), "does not follow a word"),
        (Entry("a", ("wa*it",)), "inside a word"),
        (Entry("a", (" ".join(["word"] * 41),)), "more than 40 words"),
        (Entry("a", ("wait",), ("**",)), "no word"),
    ],
)
def test_a_phrase_that_cannot_be_used_is_refused_with_its_mend(entry, says):
    (fault,) = faults_in([entry])
    assert says in fault
    with pytest.raises(Invalid, match=re.escape(fault)):
        compiled([entry])


def test_a_theme_that_is_there_twice_is_refused():
    assert "twice" in faults_in([WAITING, WAITING])[0]


def test_words_are_compared_without_case_accent_and_apostrophe():
    assert words_in("Zoë’s DON’T-know, naïve 111") == ["zoe", "dont", "know", "naive", "111"]


# --- the twin: every phrase as its own regular expression, every place by itself

ENTRIES = (
    Entry("a", ("wai*", "wait", "wait long", "long wait*"), ("wait long time",)),
    Entry("b", ("long", "time*", "long time"), ("lo* time wait", "time")),
)
TWINS = compiled(ENTRIES)


def slow(text, entries):
    def places(phrase):
        pattern = r"[ ,]+".join(re.escape(w).replace(r"\*", "[a-z]*") for w in phrase.split())
        starts = [one.start() for one in re.finditer(r"\b[a-z]", text)]
        found = [re.compile(rf"{pattern}\b").match(text, start) for start in starts]
        return [Found(phrase, *one.span()) for one in found if one]

    answer = {}
    for entry in entries:
        found = [one for phrase in entry.phrases for one in places(phrase)]
        bars = [one for phrase in entry.exclude for one in places(phrase)]
        found = [one for one in found if not any(bar.start <= one.start and one.end <= bar.end for bar in bars)]
        kept = [
            one
            for one in found
            if not any(
                other.start <= one.start
                and one.end <= other.end
                and (other.end - other.start, one.phrase) > (one.end - one.start, other.phrase)
                for other in found
            )
        ]
        if kept:
            answer[entry.id] = tuple(sorted(kept, key=lambda one: one.start))
    return answer


@given(st.lists(st.sampled_from(["wait", "waits", "long", "time", "times", "so", ",", "."]), max_size=14))
def test_matching_equals_its_slow_twin(words):
    text = " ".join(words)
    assert {one.theme: one.found for one in matched(text, TWINS)} == slow(text, ENTRIES)


@pytest.mark.parametrize("text", ["wait " * 200_000, "w" * 1_000_000, "a'" * 500_000, ". " * 500_000, "’" * 1_000_000])
def test_a_megabyte_of_anything_is_read_to_its_end(text):
    found = matched(text + "; the nurse", DICTIONARY)
    assert found[-1].theme == "staff"
    assert found[-1].found[-1].end == len(text) + len("; the nurse")

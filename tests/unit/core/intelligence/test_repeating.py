"""What a text may not repeat of a stricter one: runs of words, and names out of an annex."""

from __future__ import annotations

import pytest

from sightline.core.intelligence.repeating import repeats, repeats_identity

SECRET = "The night sister told us that the rota is filled with people who do not exist."
SHORT = "The rota is forged."


@pytest.mark.parametrize(
    ("told", "kept_back", "says"),
    [
        ("We heard: the rota is filled with people who do not exist.", SECRET, True),
        ("THE ROTA, is filled – with people; who do not… exist!", SECRET, True),
        ("Thé rota ｉｓ filled with people who do not exist", SECRET, True),
        ("The rota is filled by people who exist.", SECRET, False),
        ("We think the rota is forged; look into it.", SHORT, True),
        ("The rota is correct.", SHORT, False),
        ("Anything", "Two words", False),
        ("", SECRET, False),
    ],
)
def test_runs_of_words_are_found_however_they_are_dressed(told: str, kept_back: str, says: bool) -> None:
    assert repeats(told, kept_back) is says


def test_what_is_freely_said_elsewhere_is_no_secret() -> None:
    told = "the rota is filled with people who do not exist"
    assert repeats(told, SECRET)
    assert not repeats(told, SECRET, [f"Everybody knows that {told} at all."])


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("Ask Quilla Tarn about it.", True),
        ("Ask quilla  tarn about it.", True),
        ("Tarn, Quilla was there.", True),
        ("Ms Tarn’s rota", True),
        ("The ward sister was there.", False),
        ("Elm House should look at its rota.", False),
        ("Her number is 4471 882.", True),
        ("There were 44 falls in 2026.", False),
    ],
)
def test_names_and_numbers_of_an_identity_are_found(told: str, says: bool) -> None:
    identity = "The ward sister of Elm House is Quilla Tarn, staff number 4471882"
    assert repeats_identity(told, identity, ["Elm House"]) is says


def test_identity_of_one_line_is_found() -> None:
    assert repeats_identity("It was tarn again", "Tarn")
    assert not repeats_identity("The nurse was kind", "Nurse")

"""Names brought down from capitals, spellings recognised as one, and the reference facts."""

from __future__ import annotations

import pytest

from sightline.directory.naming import area_name, folded, in_words
from sightline.directory.reference import part_successions, place_moves, region_named, regions
from sightline.directory.words import SUBJECT_OF, Kind, kind_from_code, read_kind


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "UNIVERSITY HOSPITALS OF LANTERN NHS FOUNDATION TRUST",
            "University Hospitals of Lantern NHS Foundation Trust",
        ),
        ("THE OLD MILL SURGERY", "The Old Mill Surgery"),
        ("ST MARY'S CHILDREN'S CENTRE", "St Mary's Children's Centre"),
        ("O'CONNOR (DR) PRACTICE", "O'Connor (Dr) Practice"),
        ("STOKE-ON-TRENT PCN", "Stoke-on-Trent PCN"),
        ("ABC iCARE", "ABC iCARE"),
        ("Already Written", "Already Written"),
        ("", ""),
    ],
)
def test_capitals_are_brought_down_and_anything_else_is_left(written: str, read: str) -> None:
    assert in_words(written) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [("King's & Queen's", "KINGS AND QUEENS"), ("St. Mary’s", "St Mary's"), ("Bath,  Wells", "bath wells")],
)
def test_two_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize("name", ["NHS Mill Dale Integrated Care Board", "Mill Dale ICB", "mill dale", "Mill Dale ICS"])
def test_a_board_is_known_by_the_name_of_its_place(name: str) -> None:
    assert area_name(name) == "mill dale"


def test_a_board_is_not_taken_for_another_that_has_its_name_within() -> None:
    assert area_name("Mill Dale and Creek ICB") != area_name("Creek ICB")


@pytest.mark.parametrize(
    ("word", "code", "kind"),
    [
        ("provider", "ZR1", Kind.PROVIDER),
        ("", "E06900001", Kind.LOCAL_AUTHORITY),
        ("nonsense", "E54900001", Kind.ICB),
        ("", "E0690000", Kind.UNKNOWN),
        ("", "ZR1", Kind.UNKNOWN),
    ],
)
def test_a_kind_is_read_from_the_word_or_else_from_the_code(word: str, code: str, kind: Kind) -> None:
    assert read_kind(word, code) is kind


def test_kinds_of_area_are_told_from_the_statistics_offices_codes() -> None:
    assert kind_from_code("E40000003") is Kind.REGION


def test_seven_regions_are_found_by_name_and_either_code() -> None:
    assert len(regions()) == 7
    for region in regions():
        for name in (region.name, region.name.upper(), f"{region.name} NHS Region", region.code, region.gss):
            assert region_named(name) == region
    assert region_named("") is None
    assert region_named("Nowhere") is None


def test_reference_moves_go_to_another_body_on_a_day() -> None:
    moves = [*part_successions(), *place_moves().values()]
    assert moves
    assert all(move.code != move.to_code and move.to_name and move.day.year >= 2026 for move in moves)


def test_every_provider_kind_has_a_subject() -> None:
    assert {Kind.NHS_TRUST, Kind.GP_PRACTICE, Kind.CARE_HOME, Kind.ICB, Kind.LOCAL_AUTHORITY} <= SUBJECT_OF.keys()

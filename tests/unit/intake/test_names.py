"""Ids that fit."""

from __future__ import annotations

from sightline.intake.names import LONGEST, fitting


def test_an_id_that_fits_is_left_alone() -> None:
    assert fitting("a" * LONGEST) == "a" * LONGEST


def test_long_ids_are_shortened_and_still_told_apart() -> None:
    one, other = fitting("district-" * 20 + "male"), fitting("district-" * 20 + "female")
    assert len(one) <= LONGEST and len(other) <= LONGEST
    assert one != other
    assert one == fitting("district-" * 20 + "male")

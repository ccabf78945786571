"""Free-text addressees: bodies told apart, names of people taken out, other kinds of body recognised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intelligence.sources._addressees import LONGEST, addressed, is_office, offices_cut
from sightline.intelligence.sources._others import OtherKind, other_kind


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Northmoor NHS Trust", ["Northmoor NHS Trust"]),
        ("Northmoor NHS Trust; Fenwick Surgery | HMP Fen", ["Northmoor NHS Trust", "Fenwick Surgery", "HMP Fen"]),
        ("Northmoor NHS Trust; northmoor NHS trust", ["Northmoor NHS Trust"]),
        ("The Chief Executive; Northmoor NHS Trust", ["The Chief Executive, Northmoor NHS Trust"]),
        ("Northmoor NHS Trust; Medical Director; Fenwick Surgery", ["Northmoor NHS Trust", "Fenwick Surgery"]),
        ("Ms Jo Bloggs, Chief Executive, Northmoor NHS Trust", ["Chief Executive, Northmoor NHS Trust"]),
        ("Jo Bloggs, Chief Executive, Northmoor NHS Trust", ["Chief Executive, Northmoor NHS Trust"]),
        ("Jo Bloggs Chief Executive Northmoor NHS Trust", ["Chief Executive Northmoor NHS Trust"]),
        ("Chief Executive, Jo Bloggs, Northmoor NHS Trust", ["Chief Executive, Northmoor NHS Trust"]),
        ("Mr Jo Bloggs Chief Executive Northmoor General Hospital", ["Chief Executive Northmoor General Hospital"]),
        ("The Rt Hon Jo Bloggs MP, Secretary of State for Health", ["Secretary of State for Health"]),
        ("Chief Constable Northmoor Police Jo Bloggs QPM", ["Chief Constable Northmoor Police"]),
        ("[REDACTED], Clinical Director, Fenwick Hospital", ["Clinical Director, Fenwick Hospital"]),
        ("Tarn, Esk and Fell Valleys NHS Trust", ["Tarn, Esk and Fell Valleys NHS Trust"]),
        ("Chief Executive", []),
        ("", []),
        (" ; | \n ;", []),
    ],
)
def test_bodies_are_kept_and_people_are_not(words: str, names: list[str]) -> None:
    assert list(addressed(words).names) == names


def test_recipients_blacked_out_whole_are_counted() -> None:
    assert addressed("REDACTED; [REDACTED], Governor; Fenwick Surgery").withheld == 2


def test_a_name_too_long_to_keep_is_cut_and_shows_it() -> None:
    (name,) = addressed("Northmoor " * 60).names
    assert len(name) <= LONGEST
    assert name.endswith("…")


@given(st.text(max_size=300))
def test_any_text_can_be_split(words: str) -> None:
    found = addressed(words)
    assert all(name.strip() and len(name) <= LONGEST for name in found.names)
    assert "redacted" not in " ".join(found.names).casefold()


@pytest.mark.parametrize(
    ("phrase", "last"),
    [
        ("chief executive of the northmoor nhs trust", "northmoor nhs trust"),
        ("head of legal services northmoor nhs trust", "northmoor nhs trust"),
        ("ward manager at fenwick house", "fenwick house"),
        ("jo bloggs chief executive northmoor trust", "northmoor trust"),
        ("northmoor nhs trust chief executive", "northmoor nhs trust"),
        # A hospital is no office: these are names, or parts of names nobody knows.
        ("royal hospital of northmoor nhs trust", "royal hospital of northmoor nhs trust"),
        ("south northmoor nhs trust", "south northmoor nhs trust"),
        ("university hospitals of fenwick", "university hospitals of fenwick"),
        ("chief executive of the royal hospital of fenwick", "royal hospital of fenwick"),
    ],
)
def test_an_office_is_cut_off_and_a_part_of_a_name_is_not(phrase: str, last: str) -> None:
    assert offices_cut(tuple(phrase.split()))[-1] == tuple(last.split())


def test_an_office_alone_names_no_body() -> None:
    assert is_office("The Acting Chief Executive Officer")
    assert not is_office("Chief Executive, Fenwick")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Secretary of State for Health", OtherKind.GOVERNMENT),
        ("Department of Health and Social Care", OtherKind.GOVERNMENT),
        ("NHS England", OtherKind.NATIONAL_BODY),
        ("Chief Executive, Care Quality Commission", OtherKind.REGULATOR),
        ("The Royal College of Surgeons", OtherKind.ROYAL_COLLEGE),
        ("Northmoor Borough Council", OtherKind.COUNCIL),
        ("Northmoor Clinical Commissioning Group", OtherKind.COMMISSIONER),
        ("Northmoor University Health Board", OtherKind.WELSH_BODY),
        ("Northmoor Constabulary", OtherKind.POLICE),
        ("HMP Fen", OtherKind.PRISON),
        ("Senior Coroner for Northmoor", OtherKind.CORONER),
        ("Northmoor Fire and Rescue Service", OtherKind.FIRE),
        ("Fenwick Homes Ltd", OtherKind.COMPANY),
        ("Northmoor NHS Trust", None),
        ("Legal Department of Northmoor NHS Trust", None),
        ("Fenwick House Nursing Home", None),
        ("", None),
    ],
)
def test_bodies_that_are_not_watched_are_told_by_their_names(words: str, kind: OtherKind | None) -> None:
    assert other_kind(words) is kind

"""Whom an addressee means: one body, several to choose from, or none; never a guess."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.directory.models import Alias, Organisation
from sightline.directory.naming import folded
from sightline.directory.words import Kind, Link
from sightline.intelligence.matching import Matched, Nobody, Other, OtherKind, Roll, Several, match, roll_now
from tests.factories.directory import AT, a_relation, an_organisation

pytestmark = pytest.mark.django_db
ON = date(2020, 6, 15)


def called(body: Organisation, name: str) -> None:
    """This function will give a body another name."""
    Alias.objects.create(organisation=body, name=name, folded=folded(name), source="list", recorded_at=AT)


def outcome(words: str, on: date = ON) -> tuple[str, list[str]]:
    """This function will say in short what the matching answers."""
    match answer_to(words, on):
        case Matched(body):
            return "one", [body.code]
        case Several(bodies):
            return "several", [body.code for body in bodies]
        case Other(kind):
            return kind.value, []
        case Nobody():
            return "nobody", []


def answer_to(words: str, on: date = ON) -> Any:
    """This function will ask the matching."""
    return match(words, on)


@pytest.fixture(autouse=True)
def directory() -> None:
    """A few bodies whose names resemble each other."""
    north = an_organisation("ZN1", "Northmoor University Hospitals NHS Foundation Trust", opened_on=date(2001, 4, 1))
    called(north, "Northmoor Royal Infirmary")
    called(north, "NUHFT")
    called(north, "Tidewell")
    an_organisation("ZN2", "Northmoor Partnership NHS Trust")
    an_organisation("ZN3", "Tarn, Esk and Fell Valleys NHS Foundation Trust")
    an_organisation("ZN4", "Fenwick NHS Foundation Trust")
    an_organisation("ZN5", "Queen Ada Hospital NHS Trust")
    an_organisation("ZN6", "NHS Northmoor and Fenwick Integrated Care Board", Kind.ICB)
    an_organisation("ZG1", "Park Surgery", Kind.GP_PRACTICE)
    an_organisation("ZG2", "Park Surgery", Kind.GP_PRACTICE)
    an_organisation("ZG3", "Lowtide Surgery", Kind.GP_PRACTICE)
    an_organisation("ZY1", "Fenwick NHS Foundation Trust", Kind.PRESCRIBER)
    an_organisation("ZL1", "Fenwick", Kind.LOCAL_AUTHORITY)


@pytest.mark.requirement("INT-13")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Northmoor University Hospitals NHS Foundation Trust", "ZN1"),
        ("NORTHMOOR UNIVERSITY HOSPITALS NHS FOUNDATION TRUST.", "ZN1"),
        ("Northmoor University Hospital NHS Trust", "ZN1"),
        ("Northmoor University Hospitals", "ZN1"),
        ("The Chief Executive of the Northmoor University Hospitals NHS Foundation Trust", "ZN1"),
        ("Ward 7, Northmoor Royal Infirmary, Northmoor University Hospitals NHS Trust (NUH), NM1 1AA", "ZN1"),
        ("Northmoor University Hospitals NHS Foundation Trust Chief Executive", "ZN1"),
        ("Northmoor Partnership Trust", "ZN2"),
        ("Chief Executive, Tarn, Esk & Fell Valley NHS Foundation Trust", "ZN3"),
        ("Chief Executive – Fenwick NHS Trust", "ZN4"),
        ("Queen Ada Hospital NHS Trust", "ZN5"),
        ("Northmoor and Fenwick ICB", "ZN6"),
        ("NHS Northmoor and Fenwick Integrated Care Board", "ZN6"),
    ],
)
def test_a_whole_name_is_one_body_whatever_stands_around_it(words: str, code: str) -> None:
    assert outcome(words) == ("one", [code])


@pytest.mark.requirement("INT-13")
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Park Surgery", ["ZG1", "ZG2"]),  # one name, two bodies
        ("Lowtide Surgery", ["ZG3"]),  # it may have a namesake on no list
        ("Queen Ada Hospital", ["ZN5"]),  # hospitals in other towns bear her name too
        ("Northmoor Royal Infirmary", ["ZN1"]),  # a site, by a nickname of the trust
        ("NUHFT", ["ZN1"]),
        ("Northmoor Hospitals NHS Trust", ["ZN1"]),  # a word of the name is missing
        ("Royal Hospital of Fenwick NHS Foundation Trust", ["ZN4"]),  # a word too many
        ("Northmoor University Hospitals NHS Trust and its wards, Fenwick NHS Trust, Fenwick Trust", ["ZN4"]),
        ("Northmoor Partnership NHS Trust, Fenwick NHS Foundation Trust", ["ZN2", "ZN4"]),  # two in one
        ("Fenwick NHS Foundation Trust, now part of Elsewhere NHS Trust", ["ZN4"]),
        ("NHS England, Fenwick NHS Foundation Trust", ["ZN4"]),
    ],
)
def test_what_may_mean_another_is_for_a_person_to_say(words: str, codes: list[str]) -> None:
    assert outcome(words) == ("several", codes)


@pytest.mark.parametrize(
    "words",
    [
        "South Northmoor Partnership NHS Trust",  # the name of another, of which one on record is a part
        "Northmoor Partnership NHS Trust Charity Shop",
        "The Manager, Sea View, High Street, Fenwick",  # a town in an address
        "The Manager, Sea View, Tidewell",
        "Fenwick Ltd",
        "Chief Executive",
        "",
        "\u202e\u200b;;;",
        "x" * 10_000,
    ],
)
def test_a_name_that_holds_the_name_of_another_matches_nobody(words: str) -> None:
    assert outcome(words)[0] in {"nobody", "company"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Secretary of State for Health", OtherKind.GOVERNMENT),
        ("Fenwick Borough Council", OtherKind.COUNCIL),
        ("Governor, HMP Fenwick", OtherKind.PRISON),
    ],
)
def test_government_and_the_like_are_told_apart_from_nobody(words: str, kind: OtherKind) -> None:
    assert outcome(words) == (kind.value, [])


@pytest.mark.requirement("ORG-02")
def test_a_report_about_a_merged_body_belongs_to_it_as_it_was_and_its_heirs_are_told() -> None:
    old = an_organisation("ZO1", "Oldmoor Hospitals NHS Trust", closed_on=date(2021, 3, 31))
    new = an_organisation("ZO2", "Newmoor NHS Trust", opened_on=date(2021, 4, 1))
    last = an_organisation("ZO3", "Lastmoor NHS Trust", opened_on=date(2024, 4, 1))
    a_relation(old, Link.SUCCEEDED_BY, new, valid_from=date(2021, 4, 1))
    a_relation(new, Link.SUCCEEDED_BY, last, valid_from=date(2024, 4, 1))
    assert outcome("Oldmoor Hospitals NHS Trust", date(2021, 4, 1)) == ("several", ["ZO1", "ZO2"])
    called(new, "Oldmoor Hospitals NHS Trust")
    before = answer_to("Oldmoor Hospitals NHS Trust", date(2021, 3, 31))
    assert before.body.code == "ZO1"
    assert [(heir.code, heir.on) for heir in before.heirs] == [("ZO2", date(2021, 4, 1)), ("ZO3", date(2024, 4, 1))]
    # From the merger on, a list that keeps the old name for the new body says whom it means.
    assert outcome("Oldmoor Hospitals NHS Trust", date(2021, 4, 1)) == ("one", ["ZO2"])
    assert outcome("Newmoor NHS Trust", date(2020, 1, 1)) == ("several", ["ZO1", "ZO2"])


@pytest.mark.requirement("ORG-02")
def test_a_former_name_kept_as_an_alias_is_not_taken_for_a_body_that_was_another_then() -> None:
    old = an_organisation("ZP1", "Elder Trust as listed elsewhere")
    new = an_organisation("ZP2", "Younger NHS Trust", opened_on=date(1995, 4, 1))
    a_relation(old, Link.SUCCEEDED_BY, new, valid_from=date(2019, 4, 1))
    called(new, "Elder NHS Trust")
    assert outcome("Elder NHS Trust", date(2018, 1, 1)) == ("several", ["ZP1", "ZP2"])
    assert outcome("Elder NHS Trust", date(2020, 1, 1)) == ("one", ["ZP2"])


def test_a_name_that_passed_from_one_body_to_another_means_the_one_of_that_day() -> None:
    an_organisation("ZQ1", "Samename NHS Trust", closed_on=date(2015, 12, 31))
    an_organisation("ZQ2", "Samename NHS Trust", opened_on=date(2016, 1, 1))
    assert outcome("Samename NHS Trust", date(2015, 12, 31)) == ("one", ["ZQ1"])
    assert outcome("Samename NHS Trust", date(2016, 1, 1)) == ("one", ["ZQ2"])


def test_two_open_bodies_of_one_name_are_for_a_person() -> None:
    an_organisation("ZR1", "Twin NHS Trust")
    an_organisation("ZR2", "Twin NHS Foundation Trust")
    assert outcome("Twin Trust") == ("several", ["ZR1", "ZR2"])


def test_a_thousand_addressees_cost_no_more_queries_than_one() -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        roll = roll_now()
        for number in range(1_000):
            roll.match(f"Chief Executive, Body {number} NHS Trust", ON)
    assert isinstance(roll, Roll)
    assert len(seen) <= 5

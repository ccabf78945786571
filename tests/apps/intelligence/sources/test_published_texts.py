"""The real files as published: how much of them comes in, whom they are about, and that nobody who died is named."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sightline.directory.naming import folded
from sightline.directory.operations import take_in
from sightline.directory.sources import recognise as recognise_list
from sightline.intake.reading import read
from sightline.intelligence.matching import Matched, Roll, roll_now
from sightline.intelligence.sources import recognise
from sightline.intelligence.sources.contract import TextParsed
from tests.factories import directory as make
from tests.factories.house import made_once

SHARED = Path(os.environ.get("SIGHTLINE_SHARED") or Path(__file__).resolve().parents[5] / "shared") / "data"
TODAY = date(2026, 11, 21)
LISTS = ("etr_2022.csv", "etr_2025.csv", "trusts_2026.csv", "icbs_2026.csv", "epraccur.csv")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not (SHARED / "pfd").is_dir(), reason=f"No published files in {SHARED}."),
]


@cache
def brought(path: str) -> TextParsed:
    """This function will read one of the published files."""
    file = read(Path(path).name, (SHARED / path).read_bytes())
    source = recognise(file)
    assert source is not None
    return source.parse(file, TODAY)


def rows_of(path: str) -> list[dict[str, str]]:
    """This function will read the same file by other means."""
    with (SHARED / path).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.requirement("INT-13")
@pytest.mark.parametrize(
    ("path", "tellings", "bad", "skipped"),
    [
        ("pfd/pfd_health_concerns.csv", 1600, 0, 0),
        ("pfd/statuses.csv", 771, 2, 0),
        ("patient_comments/v6framework_230831.csv", 4375, 0, 1160),
        ("patient_comments/text_data.csv", 7232, 0, 1),
    ],
)
def test_every_row_of_the_real_files_is_accounted_for(path: str, tellings: int, bad: int, skipped: int) -> None:
    found = brought(path)
    assert (len(found.tellings), len(found.bad), found.skipped) == (tellings, bad, skipped)
    assert found.rows + found.skipped == len(rows_of(path))
    assert len({telling.key for telling in found.tellings}) == tellings


@pytest.mark.requirement("IGV-02")
def test_nobody_who_died_is_named_in_what_was_read() -> None:
    names = {
        (row["ref"], row["date_of_report"]): [part for part in row["deceased_name"].split() if len(part) > 1]
        for row in rows_of("pfd/statuses.csv")
    }
    by_reference: dict[str, list[list[str]]] = {}
    for (reference, _), parts in names.items():
        by_reference.setdefault(reference, []).append(parts)
    for telling in brought("pfd/statuses.csv").tellings:
        assert telling.report is not None
        every = f"{telling.text} {telling.report} {telling.about}"
        for parts in by_reference[telling.report.reference]:
            whole = r"[\s-]+".join(re.escape(part) for part in parts)
            assert len(parts) < 2 or not re.search(rf"\b{whole}\b", every, re.IGNORECASE)
    slugs = {row["id"]: row["url"].rstrip("/").rsplit("/", 1)[-1] for row in rows_of("pfd/pfd_health_concerns.csv")}
    for telling in brought("pfd/pfd_health_concerns.csv").tellings:
        assert telling.report is not None
        slug = re.sub(r"-prevention-of.*", "", slugs.get(telling.report.reference, ""))
        parts = [part for part in slug.split("-") if part.isalpha()]
        whole = r"[\s-]+".join(parts)
        assert len(parts) < 2 or not re.search(rf"\b{whole}\b", f"{telling.text} {telling.about}", re.IGNORECASE)


@pytest.fixture(scope="module")
def lists(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The real lists of trusts, boards and practices, taken in for these tests and taken out again."""
    yield from made_once(django_db_blocker, _take_in_lists)


def _take_in_lists() -> None:
    for name in LISTS:
        received = read(name, (SHARED / "organisations" / name).read_bytes())
        source = recognise_list(received)
        assert source is not None, name
        take_in(by=make.KEEPER, at=make.AT, parsed=source.parse(received, TODAY))


@pytest.fixture(scope="module")
def roll(lists: None) -> Roll:
    """The names of all bodies on these lists, by which one is found."""
    return roll_now()


@pytest.mark.django_db
@pytest.mark.requirement("INT-13")
@pytest.mark.parametrize(("path", "at_least"), [("pfd/pfd_health_concerns.csv", 0.72), ("pfd/statuses.csv", 0.93)])
def test_addressees_that_look_like_trusts_find_their_body(roll: Roll, path: str, at_least: float) -> None:
    trusts: Counter[str] = Counter()
    for telling in brought(path).tellings:
        for one in telling.about:
            answer = roll.match(one.name, telling.said_on or TODAY)
            if re.search(r"\bnhs\b.*\btrust\b|\bfoundation trust\b", folded(one.name)):
                trusts[type(answer).__name__] += 1
    assert trusts["Matched"] / trusts.total() >= at_least
    assert trusts["Other"] <= trusts.total() * 0.02


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "on", "code"),
    [
        ("The Chief Executive, Pennine Acute Hospitals NHS Trust", date(2015, 3, 13), "RW6"),
        ("Brighton & Sussex University Hospital NHS Trust", date(2015, 6, 24), "RXH"),
        ("Chief Executive Officer of Southern Health NHS Foundation Trust", date(2018, 5, 18), "RW1"),
        ("Chief Executive, Tees, Esk and Wear Valley NHS Foundation Trust", date(2021, 4, 9), "RX3"),
        ("NHS Kent and Medway Integrated Care Board", date(2025, 2, 7), "QKS"),
    ],
)
def test_known_addressees_are_the_bodies_they_were(roll: Roll, words: str, on: date, code: str) -> None:
    answer = roll.match(words, on)
    assert isinstance(answer, Matched)
    assert answer.body.code == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("Heart of England NHS Foundation Trust", date(2016, 6, 30)),  # on no list that was taken in
        ("Lancashire Care NHS Foundation Trust", date(2013, 12, 20)),
        ("South Tyneside NHS Foundation Trust", date(2014, 1, 3)),
        ("Princess Royal University Hospital", date(2018, 1, 1)),
        ("New Cross Hospital", date(2017, 5, 4)),
        ("Manchester University NHS Foundation Trust", date(2013, 1, 1)),  # it was not there yet
        ("Central Surgery", date(2015, 11, 4)),
    ],
)
def test_what_cannot_be_told_is_not_guessed(roll: Roll, words: str, on: date) -> None:
    assert not isinstance(roll.match(words, on), Matched)


@pytest.mark.django_db
def test_sixteen_hundred_reports_are_matched_with_a_handful_of_questions(
    lists: None, django_assert_max_num_queries: Any
) -> None:
    tellings = brought("pfd/pfd_health_concerns.csv").tellings
    with django_assert_max_num_queries(5):
        roll = roll_now()
        answers = [roll.match(one.name, telling.said_on or TODAY) for telling in tellings for one in telling.about]
    assert len(answers) > 3_000

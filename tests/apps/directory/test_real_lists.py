"""The real lists, as published: counts, mergers, divisions and regions of which the truth is known otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sightline.directory.models import Organisation, Subject
from sightline.directory.operations import take_in
from sightline.directory.queries import (
    areas_for_choice,
    find_organisation,
    map_shapes,
    names_on,
    predecessors,
    regions_of,
    successors,
    systems_of,
    unresolved,
    within,
)
from sightline.directory.sources import recognise
from sightline.directory.words import Kind
from sightline.intake.reading import read
from tests.factories import directory as make
from tests.factories.house import made_once

SHARED = Path(os.environ.get("SIGHTLINE_SHARED") or Path(__file__).resolve().parents[4] / "shared") / "data"
TODAY = date(2026, 11, 21)
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
    pytest.mark.skipif(not (SHARED / "organisations").is_dir(), reason=f"No published files in {SHARED}."),
]


@pytest.fixture(scope="module")
def real(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """All real lists, taken in once for the whole file and taken out again afterwards."""
    yield from made_once(django_db_blocker, _take_in_all)


def _take_in_all() -> None:
    files = [*sorted((SHARED / "organisations").iterdir()), SHARED / "ae/layout_2025/System-Mapping.csv"]
    files.append(SHARED / "capacity/all_org_changes_paths_2000_2018.csv")
    for file in files:
        received = read(file.name, file.read_bytes())
        source = recognise(received)
        assert source is not None, file.name
        parsed = source.parse(received, TODAY)
        assert not [*parsed.faults, *source.verify(parsed)], file.name
        take_in(by=make.KEEPER, at=make.AT, parsed=parsed)


def _system(code: str) -> list[str]:
    body = Organisation.objects.get(code=code)
    return [system.code for system in systems_of([body], TODAY)[body.pk]]


@pytest.mark.usefixtures("real")
def test_counts_are_those_of_the_country() -> None:
    bodies = Organisation.objects.open_on(TODAY)
    assert bodies.filter(kind=Kind.ICB).count() == 36
    assert bodies.filter(kind=Kind.REGION).count() == 7
    assert 200 <= bodies.filter(kind=Kind.NHS_TRUST).count() <= 210
    assert Organisation.objects.filter(kind=Kind.GP_PRACTICE).count() == 8647
    assert Subject.objects.filter(kind="system").count() == 48  # twelve of them closed
    assert len([c for c in areas_for_choice(TODAY) if c.kind is Kind.ICB]) == 36


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("QHG", {"S1Y5D"}),
        ("QUE", {"S1Y5D"}),
        ("QM7", {"S1Y5D", "D7T5G"}),
        ("QH8", {"D7T5G"}),
        ("QJG", {"D7T5G", "T6Y0W"}),
        ("QMM", {"T6Y0W"}),
        ("QU9", {"S0E4D"}),
        ("QNQ", {"S0E4D", "S9B9J", "QRL"}),
        ("QXU", {"S9B9J"}),
        ("QNX", {"S9B9J"}),
        ("QMJ", {"Z9B2Z"}),
        ("QRV", {"Z9B2Z"}),
    ],
)
@pytest.mark.usefixtures("real")
def test_boards_went_where_they_went_on_1_april_2026(old: str, new: set[str]) -> None:
    steps = successors(old)
    assert {step.new.code for step in steps} == new
    assert {step.on for step in steps} == {date(2026, 4, 1)}
    assert {step.is_part for step in steps} == {len(new) > 1}
    assert Organisation.objects.get(code=old).closed_on == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("code", "systems"),
    [
        ("R0A", ["QOP"]),
        ("RC9", ["S1Y5D"]),  # went whole with its board
        ("RWH", ["S1Y5D"]),  # Hertfordshire's part of a divided board
        ("RQW", ["D7T5G"]),  # Essex's part of the same
        ("RGR", ["T6Y0W"]),
        ("RDU", []),  # nothing published says
        ("RY3", ["S1Y5D", "T6Y0W"]),  # two systems
        ("A81001", ["QHM"]),
    ],
)
@pytest.mark.usefixtures("real")
def test_members_lie_in_todays_systems(code: str, systems: list[str]) -> None:
    assert _system(code) == systems


@pytest.mark.usefixtures("real")
def test_the_one_trust_that_cannot_be_placed_is_listed() -> None:
    lost = {one.organisation.code for one in unresolved(TODAY) if one.organisation.kind == Kind.NHS_TRUST}
    assert lost == {"RDU"}


@pytest.mark.usefixtures("real")
def test_trusts_have_their_regions_and_histories() -> None:
    manchester, ambulance = (Organisation.objects.get(code=code) for code in ("R0A", "RX7"))
    regions = regions_of([manchester, ambulance], TODAY)
    assert [region.code for region in regions[manchester.pk]] == ["Y62"]
    assert [region.code for region in regions[ambulance.pk]] == ["Y62"]
    assert {"RW3", "RM2"} <= {step.old.code for step in predecessors("R0A")}
    assert [step.new.code for step in successors("RY9")] == ["RAX"]
    assert names_on(date(2022, 6, 1), ["RAX"]) == {"RAX": "Kingston Hospital NHS Foundation Trust"}


@pytest.mark.usefixtures("real")
def test_a_region_holds_its_trusts_and_practices() -> None:
    region = find_organisation("Y62")
    assert region is not None
    inside = set(within(region, TODAY).values_list("code", flat=True))
    assert {"R0A", "QOP", "QYG", "QE1", "00T"} <= inside
    assert "RJ1" not in inside


@pytest.mark.usefixtures("real")
def test_the_map_draws_every_board_of_today() -> None:
    shapes = map_shapes(TODAY)
    assert len([shape for shape in shapes if not shape.divided_among]) == 36
    assert {shape.code for shape in shapes if shape.divided_among} == {"QM7", "QJG", "QNQ"}

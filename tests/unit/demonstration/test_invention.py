"""Nothing in the demonstration is a real organisation's code or name, and its layouts are the publishers' own."""

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sightline.demonstration import TIDY_FILES
from sightline.demonstration.areas import ENGLAND
from sightline.demonstration.geography import AUTHORITIES, REGION, SYSTEMS
from sightline.demonstration.organisations import PROVIDERS

from .conftest import SHARED, Made

INVENTED_CODES = {
    REGION.code,
    REGION.gss,
    REGION.nhs_gss,
    *(code for system in SYSTEMS for code in (system.code, system.gss)),
    *(code for place in AUTHORITIES for code in (place.gss, place.sub_icb, place.sub_icb_gss)),
    *(provider.code for provider in PROVIDERS),
}
INVENTED_NAMES = {
    *(system.board for system in SYSTEMS),
    *(place.name for place in AUTHORITIES),
    *(provider.name for provider in PROVIDERS),
    REGION.name,
}


def _cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                yield from (part.strip() for part in re.split(r"[|;]", cell))


@cache
def _real_words() -> frozenset[str]:
    """Every cell of the published lists of organisations, and every id that the regulator gave."""
    data = SHARED / "data"
    words = {cell for path in sorted((data / "organisations").glob("*.csv")) for cell in _cells(path)}
    words |= set(_cells(data / "cqc" / "locations_directory_extract.csv"))
    for path in sorted((data / "cqc").glob("*/*.json")):
        answer = json.loads(path.read_text())
        words |= {answer["name"], answer.get("locationId", ""), answer.get("providerId", "")}
        words |= {str(answer.get(key, "")) for key in ("odsCode", "brandId", "brandName")}
    return frozenset(word.casefold() for word in words)


@pytest.mark.real_data
def test_no_code_of_the_demonstration_belongs_to_a_real_organisation(published: Path) -> None:
    assert "ra2" in _real_words(), "the published lists were not read"
    assert not {code for code in INVENTED_CODES if code.casefold() in _real_words()}


@pytest.mark.real_data
def test_no_id_or_name_that_the_regulator_would_give_is_real(made: Made, published: Path) -> None:
    found = set()
    for name in (name for name in made.names if name.startswith("cqc/")):
        answer = made.json(name)
        found |= {answer["providerId"], answer["name"], answer.get("locationId", "-"), answer.get("brandName", "-")}
    assert not {word for word in found - {"-"} if word.casefold() in _real_words()}


@pytest.mark.real_data
def test_no_name_of_the_demonstration_belongs_to_a_real_organisation(published: Path) -> None:
    assert not {name for name in INVENTED_NAMES if name.casefold() in _real_words()}


def test_every_code_in_every_file_is_one_of_the_invented_ones(made: Made) -> None:
    """England alone is real: the hierarchy needs its root, and the ratings their benchmark."""
    columns = {
        "workforce/": "ORG_CODE",
        "social_care/ASC": "Local authority code",
        "social_care/care": "area_code",
        "ae/ae_activity": "Org Code",
    }
    for name in made.names:
        for start, column in columns.items():
            if name.startswith(start):
                codes = {row[column] for row in made.records(name)} - {"TOTAL", "Total "}
                assert codes <= INVENTED_CODES | {ENGLAND}, name
    for file in TIDY_FILES:
        assert {row["organisation"] for row in made.tidy_records(file)} <= INVENTED_CODES


LAYOUTS = [
    ("ae/ae_activity_2024-06.csv", "ae/layout_2024/ae_activity_2024-06.csv"),
    ("ae/April-2025-AE.csv", "ae/layout_2025/April-2025-AE.csv"),
    ("ae/May-2025-AE.csv", "ae/layout_2025/May-2025-AE.csv"),
    ("ae/Monthly-AE-November-2024-revised.csv", "ae/Monthly-AE-November-2024-revised.csv"),
    ("ae/System-Mapping.csv", "ae/layout_2025/System-Mapping.csv"),
    ("workforce/nhs_sickness_absence_2024-06.csv", "workforce/nhs_sickness_absence_2024-06.csv"),
    ("social_care/ASC_data.csv", "social_care/ASC_data.csv"),
    ("social_care/care_homes_rating.csv", "social_care/care_homes_rating.csv"),
    ("organisations/areas.csv", "organisations/areas_fingertips.csv"),
    ("organisations/trusts_2026.csv", "organisations/trusts_2026.csv"),
    ("organisations/icbs_2026.csv", "organisations/icbs_2026.csv"),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("ours", "theirs"), LAYOUTS)
def test_headers_and_line_endings_are_the_publishers_own(made: Made, published: Path, ours: str, theirs: str) -> None:
    first = (made.folder / ours).read_bytes().split(b"\n")[0]
    assert first == (published / theirs).read_bytes().split(b"\n")[0]


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["epraccur.csv", "etr_2025.csv"])
def test_headerless_files_fill_the_same_columns(made: Made, published: Path, name: str) -> None:
    ours = made.rows(f"organisations/{name.replace('etr_2025', 'etr_2026')}")
    with (published / "organisations" / name).open(encoding="utf-8", newline="") as file:
        theirs = list(csv.reader(file))
    assert {len(row) for row in ours} == {len(row) for row in theirs} == {27}
    filled = {column for row in theirs for column, cell in enumerate(row) if cell}
    assert {column for row in ours for column, cell in enumerate(row) if cell} <= filled


@pytest.mark.real_data
def test_newest_and_oldest_mortality_files_have_headers_as_published(made: Made, published: Path) -> None:
    names = sorted((name for name in made.names if name.startswith("mortality/")), key=_published_order)
    for name, theirs in ((names[0], "shmi-2011-october.csv"), (names[-1], "shmi-2013-april.csv")):
        ours = (made.folder / name).read_bytes().splitlines()
        real = (published / "mortality" / theirs).read_bytes().splitlines()
        assert ours[0] == real[0]
        assert ours[-1].startswith(b'"Copyright \xa9') == real[-1].startswith(b'"Copyright \xa9')


def _published_order(name: str) -> str:
    return name.rsplit("covers-", 1)[-1]


@pytest.mark.real_data
def test_answers_of_the_regulator_use_only_fields_that_it_gives(made: Made, published: Path) -> None:
    for kind in ("locations", "providers"):
        real: set[str] = set()
        for path in (published / "cqc" / kind).glob("*.json"):
            real |= set(json.loads(path.read_text()))
        for name in (name for name in made.names if name.startswith(f"cqc/{kind}/")):
            assert set(made.json(name)) <= real, name


@pytest.mark.real_data
def test_boundaries_have_the_properties_of_the_published_ones(made: Made, published: Path) -> None:
    ours = made.json("organisations/icb_boundaries.geo.json")
    theirs = json.loads((published / "organisations" / "icb_boundaries_2023.geo.json").read_text())
    assert ours.keys() == theirs.keys() and ours["crs"] == theirs["crs"]
    for feature in ours["features"]:
        assert feature.keys() == theirs["features"][0].keys()
        assert feature["properties"].keys() == theirs["features"][0]["properties"].keys()
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]


def test_neighbouring_boundaries_share_their_border(made: Made) -> None:
    first, second = made.json("organisations/icb_boundaries.geo.json")["features"]
    shared = {tuple(point) for point in first["geometry"]["coordinates"][0]}
    shared &= {tuple(point) for point in second["geometry"]["coordinates"][0]}
    assert len(shared) == 3

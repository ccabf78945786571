"""The catalogue: every entry can say all that a chart of it must say, and a mistake is found with file, line and field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from sightline.indicators import catalogue
from sightline.indicators.catalogue import CATALOGUE, CatalogueError, ChartKind, Indicator, Unit, load, read_indicator

EXPECTED = {
    "ae-4h-all-types",
    "ae-4h-type-1",
    "ae-attendances",
    "ae-emergency-admissions",
    "ae-12h-dta-waits",
    "ae-12h-dta-rate",
    "shmi",
    "sickness-absence-rate",
    "care-homes-good-or-outstanding",
    "asc-carer-quality-of-life",
    "asc-quality-of-life-impact",
    "asc-information-people",
    "asc-information-carers",
    "asc-short-term-services",
    "asc-requests-to-service",
    "asc-workforce-turnover",
}
FILE = Path(catalogue.__file__).with_name("shmi.yaml")


def spoilt(folder: Path, old: str, new: str) -> str:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (folder / "shmi.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        load(folder)
    return str(refused.value)


def test_every_indicator_that_a_source_of_figures_gives_is_in_the_catalogue() -> None:
    assert set(CATALOGUE) >= EXPECTED


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda indicator: indicator.id)
def test_every_indicator_has_its_seven_field_data_card_and_its_citation(indicator: Indicator) -> None:
    """DAT-01 and DAT-11."""
    card = indicator.card.model_dump()
    assert len(card) == 7
    assert all(card.values())
    assert indicator.dimensions
    assert indicator.publisher
    assert indicator.address.startswith("https://")
    assert indicator.small_numbers.rule


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda indicator: indicator.id)
def test_an_indicator_survives_being_stored_as_json(indicator: Indicator) -> None:
    assert read_indicator(json.loads(indicator.model_dump_json())) == indicator


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2012, 1, 1), None),
        (date(2018, 6, 1), 95),
        (date(2024, 3, 1), 76),
        (date(2025, 3, 1), 78),
        (date(2026, 3, 31), 78),
        (date(2026, 4, 1), 95),
    ],
)
def test_the_target_is_the_one_that_stood_on_the_day(day: date, value: float | None) -> None:
    assert CATALOGUE["ae-4h-all-types"].target_on(day) == value


@pytest.mark.parametrize(
    ("name", "start", "out"),
    [
        ("ae-4h-all-types", date(2025, 5, 1), date(2025, 6, 14)),
        ("asc-workforce-turnover", date(2022, 4, 1), date(2024, 1, 25)),
    ],
)
def test_a_figure_is_expected_after_the_end_of_its_period(name: str, start: date, out: date) -> None:
    assert CATALOGUE[name].published_by(start) == out


def test_charts_and_units_fit_the_data() -> None:
    assert CATALOGUE["shmi"].chart is ChartKind.PUBLISHER_LIMITS
    assert CATALOGUE["asc-information-people"].chart is ChartKind.RUN
    assert all(one.per == 100 for one in CATALOGUE.values() if one.unit is Unit.PERCENT)
    assert all(one.per is None for one in CATALOGUE.values() if one.unit is Unit.COUNT)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("unit: ratio", "unit: furlongs", "indicators.0.unit"),
        ("direction: decrease", "direction: sideways", "indicators.0.direction"),
        ("dimensions: [effective, safe]", "dimensions: [pretty]", "indicators.0.dimensions.0"),
        ("dimensions: [effective, safe]", "dimensions: [safe, safe]", "stands twice"),
        ("    per: 1\n", "", "“per”"),
        ("cadence_months: 3", "cadence_months: 5", "cadence_months is 0"),
        ("id: shmi", "id: SHMI 2", "indicators.0.id"),
        ("source: shmi", "source: mortality", "the name of the file"),
        ("decimals: 2", "decimal: 2", "indicators.0.decimal"),
        ("https://digital", "ftp://digital", "address"),
        (
            "what_good_looks_like: As expected or lower, by the publisher's banding",
            "what_good_looks_like: not possible",
            "why it is not possible",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_field(tmp_path: Path, old: str, new: str, words: str) -> None:
    told = spoilt(tmp_path, old, new)
    assert told.startswith("shmi.yaml, line ")
    assert words in told


@pytest.mark.parametrize(
    "field", ["purpose", "source", "period_covered", "audience", "confidentiality", "known_issues"]
)
def test_a_data_card_without_one_of_its_fields_is_refused(tmp_path: Path, field: str) -> None:
    plain = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    del plain["indicators"][0]["card"][field]
    (tmp_path / "shmi.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"card.{field}"):
        load(tmp_path)


def test_the_line_of_a_mistake_is_the_one_an_editor_shows(tmp_path: Path) -> None:
    told = spoilt(tmp_path, "unit: ratio", "unit: furlongs")
    line = int(told.split("line ")[1].split(",")[0])
    assert (tmp_path / "shmi.yaml").read_text(encoding="utf-8").splitlines()[line - 1].strip() == "unit: furlongs"


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    (tmp_path / "shmi.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(text.replace("source: shmi", "source: other", 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match="“shmi” stands in another"):
        load(tmp_path)


def test_a_file_that_is_not_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 3" in spoilt(tmp_path, "source: shmi", "source: [shmi")  # where the list should have ended


def test_an_indicator_of_this_house_is_refused_by_field() -> None:
    with pytest.raises(CatalogueError, match="short_name"):
        read_indicator({"id": "a-b"})


def test_nothing_in_the_catalogue_can_be_changed() -> None:
    with pytest.raises(TypeError):
        CATALOGUE["x"] = CATALOGUE["shmi"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        CATALOGUE["shmi"].name = "other"  # type: ignore[misc]

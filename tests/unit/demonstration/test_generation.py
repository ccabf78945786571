"""The demonstration is the same for the same day and seed, and its clock follows the day it is made."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from sightline.core.rulebook import Sources
from sightline.core.signals import Quadrant
from sightline.demonstration import SEED, TIDY_FILES, generate
from sightline.demonstration.months import Calendar, add_months, financial_year, month_end
from sightline.demonstration.shmi import PUBLISHED_AFTER_END, publications
from sightline.demonstration.sickness import PUBLISHED_LATER_BY
from sightline.demonstration.tidy_cards import TidyIndicator
from sightline.indicators.catalogue import CATALOGUE, read_indicator
from sightline.rulebook.packs import PACKS

from .conftest import TODAY, Made


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_day_and_seed_make_the_same_bytes(made: Made, tmp_path: Path) -> None:
    generate(tmp_path, TODAY, SEED)
    assert _bytes(tmp_path) == _bytes(made.folder)


def test_another_seed_makes_other_figures_under_the_same_names(made: Made, tmp_path: Path) -> None:
    generate(tmp_path, TODAY, SEED + 1)
    assert _bytes(tmp_path).keys() == _bytes(made.folder).keys()
    assert _bytes(tmp_path)["tidy/maternity-monthly.csv"] != _bytes(made.folder)["tidy/maternity-monthly.csv"]


def test_every_path_given_back_was_written_once_and_nothing_else(made: Made) -> None:
    assert len(made.paths) == len(set(made.paths)) == len(_bytes(made.folder))
    assert len(made.paths) < 300


def test_organisations_come_first_so_that_figures_meet_known_bodies(made: Made) -> None:
    folders = [path.relative_to(made.folder).parts[0] for path in made.paths]
    assert folders.index("organisations") == 0
    assert folders.index("cqc") < folders.index("tidy")


def test_every_tidy_file_has_its_mapping_and_every_mapping_its_file(made: Made) -> None:
    assert {name for name in made.names if name.startswith("tidy/")} == {f"tidy/{name}" for name in TIDY_FILES}


def test_every_indicator_in_a_tidy_file_is_described_by_its_mapping(made: Made) -> None:
    for name, file in TIDY_FILES.items():
        known = {indicator.id for indicator in file.indicators}
        assert {row["indicator"] for row in made.tidy_records(name)} == known
        assert made.rows(f"tidy/{name}")[0] == list(file.headings)


def test_no_two_tidy_files_have_the_same_headings() -> None:
    assert len({file.headings for file in TIDY_FILES.values()}) == len(TIDY_FILES)


def test_indicators_of_one_file_share_the_length_of_their_periods() -> None:
    assert all(indicator.kind is file.kind for file in TIDY_FILES.values() for indicator in file.indicators)


@pytest.mark.parametrize("indicator", [one for file in TIDY_FILES.values() for one in file.indicators])
def test_every_indicator_is_a_whole_catalogue_entry_with_its_seven_field_card(indicator: TidyIndicator) -> None:
    """DAT-01: none of the seven may be blank; DAT-11: each has its dimension."""
    entry = read_indicator(indicator.entry())
    assert entry.id == indicator.id
    assert entry.dimensions
    assert len(entry.card.model_dump()) == 7
    assert all(text.strip() for text in entry.card.model_dump().values())


def test_each_return_stands_under_a_source_of_figures_so_that_two_returns_are_two_witnesses() -> None:
    """INT-02, INT-04: without it, every local table would be one witness."""
    part = PACKS["sqg-2022"].parts["sources"]
    assert isinstance(part, Sources)
    figures = {Quadrant.INTERNAL_QUANTITATIVE, Quadrant.EXTERNAL_QUANTITATIVE}
    known = {source.id for source in part.sources if source.quadrant in figures}
    assert {one.source_entry for file in TIDY_FILES.values() for one in file.indicators} <= known


@pytest.mark.parametrize(
    ("today", "last", "merger"),
    [
        (date(2026, 11, 21), date(2026, 10, 1), date(2025, 4, 1)),
        (date(2026, 11, 11), date(2026, 9, 1), date(2025, 4, 1)),
        (date(2027, 1, 1), date(2026, 11, 1), date(2025, 4, 1)),
        (date(2028, 4, 11), date(2028, 2, 1), date(2026, 4, 1)),
    ],
)
def test_last_month_is_the_one_that_held_the_day_six_weeks_ago(today: date, last: date, merger: date) -> None:
    calendar = Calendar(today)
    assert calendar.last == last
    assert month_end(calendar.last) < today
    assert calendar.merger == merger
    assert 14 <= calendar.back(calendar.merger) <= 25


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 4, 30), date(2031, 12, 31)])
def test_no_file_speaks_of_a_month_that_has_not_ended(today: date, tmp_path: Path) -> None:
    generate(tmp_path, today)
    for path in sorted((tmp_path / "tidy").iterdir()):
        for line in path.read_text().splitlines()[1:]:
            period = line.split(",")[2]
            if "Q" in period:
                began = date(int(period[:4]), 4, 1)
                assert month_end(add_months(began, 3 * int(period[-1]) - 1)) < today
            else:
                assert month_end(date.fromisoformat(f"{period}-01")) < today


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026)]
)
def test_financial_year_starts_on_the_first_of_april(day: date, year: int) -> None:
    assert financial_year(day) == year


@pytest.mark.parametrize("today", [date(2027, 4, 12), date(2026, 11, 21)])
def test_no_publication_is_without_figures(today: date, tmp_path: Path) -> None:
    """On the first of these days the oldest mortality file would end before the demonstration begins."""
    mortality = [path for path in generate(tmp_path, today) if path.parent.name == "mortality"]
    assert len(mortality) >= 12
    assert all(len(path.read_text(encoding="cp1252").splitlines()) > 3 for path in mortality)


def test_on_every_day_only_the_late_publication_is_late() -> None:
    """A figure is late when the day by which it is usually out has passed."""
    friends = read_indicator(TIDY_FILES["friends-and-family.csv"].indicators[0].entry())
    maternity = read_indicator(TIDY_FILES["maternity-monthly.csv"].indicators[0].entry())
    for number in range(800):
        today = date(2026, 11, 1) + timedelta(days=number)
        last = Calendar(today).last
        following = add_months(last, 1)
        assert friends.published_by(last) < today
        assert maternity.published_by(following) >= today
        assert CATALOGUE["ae-4h-all-types"].published_by(following) >= today
        assert CATALOGUE["care-homes-good-or-outstanding"].published_by(following) >= today
        assert CATALOGUE["sickness-absence-rate"].published_by(add_months(following, -PUBLISHED_LATER_BY)) >= today
        newest = publications(today)[0]
        assert CATALOGUE["shmi"].published_by(add_months(newest, 3 - PUBLISHED_AFTER_END - 11)) >= today

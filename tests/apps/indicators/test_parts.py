"""Parts: immutable files under the name of their content, and the rank that decides between them."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.indicators.parts import COLUMNS, part_path, read_parts, write_part
from sightline.intake.contract import Observation, PeriodKind

KEY = ("indicator", "code", "kind", "start")


def _observation(code: str = "ZR1", month: int = 1, value: float | None = 1.0, indicator: str = "waits") -> Observation:
    return Observation(
        indicator, code, date(2025, month, 1), PeriodKind.MONTH, value, note="" if value else "suppressed"
    )


SEVERAL = [_observation("ZR2", 2), _observation("ZR1", 3), _observation("ZR1", 1), _observation(indicator="deaths")]


def test_part_is_named_by_the_sha256_of_its_bytes(tmp_path: Path) -> None:
    name = write_part(tmp_path, SEVERAL)
    assert hashlib.sha256(part_path(tmp_path, name).read_bytes()).hexdigest() == name


def test_same_figures_in_any_order_are_the_same_part_written_once(tmp_path: Path) -> None:
    name = write_part(tmp_path, SEVERAL)
    written = part_path(tmp_path, name).stat()
    assert write_part(tmp_path, SEVERAL[::-1]) == name
    after = part_path(tmp_path, name).stat()
    assert (written.st_ino, written.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_another_figure_makes_another_part_and_leaves_the_first_alone(tmp_path: Path) -> None:
    name = write_part(tmp_path, SEVERAL)
    before = part_path(tmp_path, name).read_bytes()
    assert write_part(tmp_path, [*SEVERAL, _observation("ZR9")]) != name
    assert part_path(tmp_path, name).read_bytes() == before


def test_part_is_sorted_so_that_series_can_be_read_off(tmp_path: Path) -> None:
    frame = polars.read_parquet(part_path(tmp_path, write_part(tmp_path, SEVERAL)))
    rows = frame.select(KEY).rows()
    assert tuple(frame.columns) == COLUMNS
    assert rows == sorted(rows)
    assert len(rows) == len(SEVERAL)


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_writer_killed_in_the_middle_leaves_nothing_that_could_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def killed(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(*((os, "fsync") if broken == "fsync" else (Path, "replace")), killed)
        with pytest.raises(KeyboardInterrupt):
            write_part(tmp_path, SEVERAL)
    assert not list(tmp_path.rglob("*.parquet"))
    name = write_part(tmp_path, SEVERAL)
    assert read_parts(tmp_path, [(name, 0)]).height == len(SEVERAL)


def test_without_parts_there_is_an_empty_table_of_the_same_columns(tmp_path: Path) -> None:
    frame = read_parts(tmp_path, [])
    assert (frame.height, tuple(frame.columns)) == (0, (*COLUMNS, "rank"))


figures = some.builds(
    _observation,
    code=some.sampled_from(["ZR1", "ZR2"]),
    month=some.integers(1, 3),
    value=some.one_of(some.none(), some.floats(0, 9)),
    indicator=some.sampled_from(["deaths", "waits"]),
)
# Within one part a figure stands once: intake settles twins before anything is written.
one_part = some.lists(figures, min_size=1, max_size=6, unique_by=lambda o: (o.indicator, o.code, o.start))


@settings(max_examples=40, deadline=None)
@given(
    parts=some.lists(one_part, min_size=1, max_size=4),
    order=some.randoms(use_true_random=False),
    wanted=some.sampled_from([None, {"waits"}, {"deaths", "waits"}]),
)
def test_reading_keeps_of_each_figure_the_one_that_counts_most(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[Observation]], order: object, wanted: set[str] | None
) -> None:
    folder = tmp_path_factory.getbasetemp() / "twin"
    ranked = [(write_part(folder, part), rank) for rank, part in enumerate(parts)]
    slow: dict[tuple[str, ...], tuple[object, ...]] = {}
    for rank, part in enumerate(parts):
        for one in part:
            if wanted is None or one.indicator in wanted:
                slow[(one.indicator, one.code, one.kind.value, str(one.start))] = (one.value, one.note, rank)
    order.shuffle(ranked)  # type: ignore[attr-defined]
    frame = read_parts(folder, ranked, wanted)
    fast = {(i, c, k, str(s)): (v, n, r) for i, c, k, s, v, n, r in frame.select(*KEY, "value", "note", "rank").rows()}
    assert fast == slow
    assert frame.select(KEY).rows() == sorted(frame.select(KEY).rows())

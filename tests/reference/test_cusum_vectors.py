"""Holds cumulative sums and EWMA against the reference vectors: figures to nine digits, every signal exactly."""

from __future__ import annotations

import csv
import os
from math import isclose
from pathlib import Path

import pytest

from sightline.cli import bernoulli, cusum

SHARED = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
GOLDENS = SHARED / "goldens"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not GOLDENS.is_dir(), reason=f"the reference vectors are not at {GOLDENS}"),
]


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def wrong(ours, theirs, figures, flags):
    """Every cell in which we differ, and how many were held against each other."""
    assert [(row["series_id"], row["idx"]) for row in ours] == [(row["series_id"], row["idx"]) for row in theirs]
    found, compared = [], 0
    for mine, other in zip(ours, theirs, strict=True):
        for name in (*figures, *flags):
            compared += 1
            same = mine[name] == other[name]
            if not same and name in figures and mine[name] and other[name]:
                same = isclose(float(mine[name]), float(other[name]), rel_tol=1e-9, abs_tol=1e-11)
            if not same:
                found.append((mine["series_id"], mine["idx"], name, mine[name], other[name]))
    return found, compared


def test_sums_averages_and_signals_agree_with_qcc(tmp_path):
    summary = cusum.run(GOLDENS / "cusum_points.csv", GOLDENS / "cusum_series.csv", tmp_path)
    assert (summary["series"], summary["points"]) == (40, 1969)
    figures = ("cusum_pos", "cusum_neg", "ewma", "ewma_lcl", "ewma_ucl")
    flags = ("cusum_signal_up", "cusum_signal_down", "ewma_signal")
    theirs = read(GOLDENS / "cusum_qcc_points.csv")
    found, compared = wrong(read(tmp_path / "points.csv"), theirs, figures, flags)
    assert found == []
    assert compared == 8 * 1969
    assert sum(row["cusum_signal_up"] == "1" for row in theirs) > 50


def test_centre_and_deviation_agree_with_qcc(tmp_path):
    cusum.run(GOLDENS / "cusum_points.csv", GOLDENS / "cusum_series.csv", tmp_path)
    theirs = {row["series_id"]: row for row in read(GOLDENS / "cusum_qcc_series.csv")}
    ours = read(tmp_path / "series.csv")
    assert len(ours) == len(theirs) == 40
    for row in ours:
        for name in ("center", "std_dev"):
            assert isclose(float(row[name]), float(theirs[row["series_id"]][name]), rel_tol=1e-9), row["series_id"]
        assert row["status"] == "ok"


def test_sums_of_cases_and_signals_agree_with_qicharts2(tmp_path):
    """It goes on at 0 after a signal, and leaves sums empty where the first cases hold no event to take a risk from;
    the nought that it writes for the risks there is a nought here too."""
    summary = bernoulli.run(GOLDENS / "bcusum_points.csv", GOLDENS / "bcusum_series.csv", tmp_path)
    assert (summary["series"], summary["cases"], summary["signals"]) == (20, 8644, 14)
    assert summary["without_risk"] == ["bo004", "bo013", "bo018"]
    theirs = read(GOLDENS / "bcusum_qicharts2_points.csv")
    found, compared = wrong(
        read(tmp_path / "points.csv"),
        theirs,
        ("cusum_up", "cusum_down", "p0", "p1", "p2"),
        ("signal_up", "signal_down"),
    )
    assert found == []
    assert compared == 7 * 8644

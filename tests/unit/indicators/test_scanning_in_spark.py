"""A scan by Spark on this machine: the same rows, in the same order, to the last bit, as from Parquet."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sightline.core.statistics.rulesets import RULE_SETS
from sightline.core.verdict import Invalid
from sightline.indicators.scanning.frames import Layout
from sightline.indicators.scanning.parquet import rank_parquet

_ABSENT = [
    *(name for name in ("pyspark", "pyarrow") if importlib.util.find_spec(name) is None),
    *(["a Java"] if not (shutil.which("java") or os.environ.get("JAVA_HOME")) else []),
]
pytestmark = pytest.mark.skipif(
    bool(_ABSENT),
    reason=f"the scan by Spark was not tried: {' and '.join(_ABSENT)} not here (./dev spark makes it run)",
)

LAYOUT = Layout(("area", "body"), "month", "figure", "phase")


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """Spark within this machine, which hears nobody else and leaves its files where pytest clears them away."""
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.extraJavaOptions", f"-Djava.io.tmpdir={folder}")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.adaptive.enabled", "false")  # which would make one partition of so few rows
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "37")  # so that series go on from batch to batch
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Two hundred series of 1 to 40 months with gaps, rebases and shifts; each stands twice, so that ranks are shared."""
    rng = np.random.default_rng(8)
    lengths = rng.integers(1, 41, 100)
    month = np.concatenate([np.arange(length) for length in lengths])
    number = np.repeat(np.arange(100), lengths)
    figure = rng.normal(0, 2, month.size) + 6.0 * ((number % 3 == 0) & (month > 20))
    figure[rng.random(month.size) < 0.02] = np.nan
    once = pl.DataFrame(
        {
            "area": [f"a{n // 20}" for n in number],
            "body": (number % 20).astype(np.int32),
            "month": month.astype(np.int32),
            "figure": pl.Series(figure).fill_nan(None),
            "phase": (number % 5 == 0) & (month >= 12),
        }
    )
    path = tmp_path_factory.mktemp("figures") / "figures.parquet"
    pl.concat([once, once.with_columns(pl.col("area").str.replace("a", "b"))]).write_parquet(path)
    return path


@pytest.mark.parametrize("rules", RULE_SETS.values(), ids=lambda rules: rules.name)
def test_spark_lists_what_parquet_lists_to_the_last_bit(spark, path, rules):
    from sightline.indicators.scanning.spark import rank_in_spark

    ours = rank_parquet(path, LAYOUT, rules).first
    assert ours.height > 20
    assert ours["strength"].is_duplicated().all()
    frame = spark.read.parquet(str(path)).orderBy("figure")  # in no order of ours
    ranked = rank_in_spark(frame, LAYOUT, rules)
    assert ranked.columns == ours.columns
    assert [tuple(row) for row in ranked.collect()] == ours.rows()


def test_dates_and_text_come_back_as_they_went(spark, path):
    from sightline.indicators.scanning.spark import rank_in_spark

    frame = pl.read_parquet(path).select(
        pl.col("area").alias("indicator"),
        pl.col("body").cast(pl.String).str.zfill(3).alias("code"),
        pl.lit("month").alias("kind"),
        pl.date(2020 + pl.col("month") // 12, pl.col("month") % 12 + 1, 1).alias("start"),
        pl.col("figure").alias("value"),
    )
    part = path.with_name("part.parquet")
    frame.write_parquet(part)
    ours = rank_parquet(part).first
    assert [tuple(row) for row in rank_in_spark(spark.read.parquet(str(part))).collect()] == ours.rows()
    assert ours.height > 20


def test_columns_that_do_not_fit_are_refused_before_anything_is_computed(spark, path):
    from sightline.indicators.scanning.spark import rank_in_spark

    frame = spark.read.parquet(str(path))
    with pytest.raises(Invalid, match="There is no column indicator, code, kind, start, value"):
        rank_in_spark(frame)
    with pytest.raises(Invalid, match="Column area holds no numbers"):
        rank_in_spark(frame, Layout(("body",), "month", "area"))


def test_a_period_that_comes_twice_fails_the_job(spark, path):
    from pyspark.errors import PythonException

    from sightline.indicators.scanning.spark import rank_in_spark

    frame = spark.read.parquet(str(path))
    with pytest.raises(PythonException, match="each period once"):
        rank_in_spark(frame.union(frame.limit(1)), LAYOUT).collect()

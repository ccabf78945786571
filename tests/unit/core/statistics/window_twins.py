"""The four rules once more as window functions, in SQL and in data-frame expressions: oracles, and rivals in speed.

Both take points as (series, idx, y), with y empty where missing and one phase for each series, and give the marks of
every point. Nothing of the kernel is used, and no rule is written as the kernel has it: a window is counted at its
last point, and a point is marked where a window that counts ends at it or after it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl

from sightline.core.statistics.rulesets import RuleSet, TwoOfThree

SQL = """
with steps as (
  select *, y - lag(y) over phase as step,
    first_value(y ignore nulls) over (phase rows between unbounded preceding and unbounded following) as y0
  from points window phase as (partition by series order by idx)
), means as (
  select *, y0 + avg(y - y0) over whole as mean, avg(abs(step)) over whole as all_ranges
  from steps window whole as (partition by series)
), ranges as (
  select *, case when $screens
    then avg(case when abs(step) < $screen_factor * all_ranges then abs(step) end) over (partition by series)
    else all_ranges end as amr
  from means
), flags as (
  select series, idx,
    coalesce(y > mean + $limit_factor * amr, false) as high, coalesce(y < mean - $limit_factor * amr, false) as low,
    coalesce(y > mean + $near_factor * amr, false) and not ($between and high) as near_high,
    coalesce(y < mean - $near_factor * amr, false) and not ($between and low) as near_low,
    coalesce(y > mean, false) as above, coalesce(y < mean, false) as below,
    coalesce(step > 0, false) as up, coalesce(step < 0, false) as down
  from ranges
), filled as (
  select *,
    count(*) filter (up) over steps = $trend_points - 1 as rising,
    count(*) filter (down) over steps = $trend_points - 1 as falling,
    count(*) filter (near_high) over three >= 2 and count(*) filter (above) over three = 3 as two_high,
    count(*) filter (near_low) over three >= 2 and count(*) filter (below) over three = 3 as two_low,
    count(*) filter (above) over shift = $shift_points as shift_high,
    count(*) filter (below) over shift = $shift_points as shift_low
  from flags
  window steps as (partition by series order by idx rows between $trend_points - 2 preceding and current row),
    three as (partition by series order by idx rows between 2 preceding and current row),
    shift as (partition by series order by idx rows between $shift_points - 1 preceding and current row)
)
select series, idx, (
    high::int + 2 * low::int
    + 4 * (bool_or(rising) over trend)::int + 8 * (bool_or(falling) over trend)::int
    + 16 * (near_high and bool_or(two_high) over three)::int + 32 * (near_low and bool_or(two_low) over three)::int
    + 64 * (bool_or(shift_high) over shift)::int + 128 * (bool_or(shift_low) over shift)::int
  )::utinyint as marks
from filled
window trend as (partition by series order by idx rows between current row and $trend_points - 1 following),
  three as (partition by series order by idx rows between current row and 2 following),
  shift as (partition by series order by idx rows between current row and $shift_points - 1 following)
"""


def sql_of(rules: RuleSet, screens: bool) -> str:
    """The query with the numbers of a rule set, for a table or frame that is named points."""
    query = SQL
    # The longest name first, for one may begin another.
    for name, value in sorted(_numbers(rules, screens).items(), key=lambda item: -len(item[0])):
        query = query.replace(f"${name}", repr(value) if isinstance(value, float) else str(value).lower())
    return query


def marks_by_sql(points: pl.DataFrame, rules: RuleSet, screens: bool) -> pl.DataFrame:
    """Marks by DuckDB, sorted by series and idx."""
    import duckdb

    # By a file, because that needs no third program between the two.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as database:
        path = Path(folder) / "points.parquet"
        points.write_parquet(path)
        database.execute("set enable_progress_bar = false")  # it would be drawn over what a measurement prints
        database.execute(f"create table points as from read_parquet('{path}')")
        return pl.DataFrame(database.execute(f"{sql_of(rules, screens)} order by series, idx").fetchnumpy())


def marks_by_frames(points: pl.DataFrame, rules: RuleSet, screens: bool) -> pl.DataFrame:
    """Marks by polars, in the order of the points, which are sorted."""
    n = _numbers(rules, screens)
    y, step, size, amr = pl.col("y"), pl.col("step"), pl.col("step").abs(), pl.col("amr")
    first = pl.col("y").drop_nulls().first()

    def ended(flag: str, length: int, least: int) -> pl.Expr:
        counted = pl.col(flag).cast(pl.Int8).rolling_sum(length, min_samples=length)
        return (counted >= least).fill_null(value=False).over("series")

    def ahead(window: str, length: int) -> pl.Expr:
        counted = pl.col(window).cast(pl.Int8).reverse().rolling_max(length, min_samples=1).reverse()
        return counted.over("series") > 0

    def known(flag: pl.Expr) -> pl.Expr:
        return flag.fill_null(value=False)

    trend, shift = n["trend_points"], n["shift_points"]
    mean = pl.col("mean")
    keep = pl.lit(value=True) if not screens else size < n["screen_factor"] * amr
    lazy = (
        points.lazy()
        .with_columns(
            (y - y.shift()).over("series").alias("step"), (first + (y - first).mean()).over("series").alias("mean")
        )
        .with_columns(size.mean().over("series").alias("amr"))
        .with_columns(size.filter(keep).mean().over("series").alias("amr"))
        .with_columns(
            known(y > mean + n["limit_factor"] * amr).alias("high"),
            known(y < mean - n["limit_factor"] * amr).alias("low"),
            known(y > mean + n["near_factor"] * amr).alias("near_high"),
            known(y < mean - n["near_factor"] * amr).alias("near_low"),
            known(y > mean).alias("above"),
            known(y < mean).alias("below"),
            known(step > 0).alias("up"),
            known(step < 0).alias("down"),
        )
    )
    if n["between"]:
        lazy = lazy.with_columns(
            pl.col("near_high") & ~pl.col("high"),
            pl.col("near_low") & ~pl.col("low"),
        )
    lazy = lazy.with_columns(
        ended("up", trend - 1, trend - 1).alias("rising"),
        ended("down", trend - 1, trend - 1).alias("falling"),
        (ended("near_high", 3, 2) & ended("above", 3, 3)).alias("two_high"),
        (ended("near_low", 3, 2) & ended("below", 3, 3)).alias("two_low"),
        ended("above", shift, shift).alias("shift_high"),
        ended("below", shift, shift).alias("shift_low"),
    )
    bits = (
        *(pl.col("high"), pl.col("low"), ahead("rising", trend), ahead("falling", trend)),
        *(pl.col("near_high") & ahead("two_high", 3), pl.col("near_low") & ahead("two_low", 3)),
        *(ahead("shift_high", shift), ahead("shift_low", shift)),
    )
    marks = pl.sum_horizontal(bit.cast(pl.Int32) * (1 << place) for place, bit in enumerate(bits))
    return lazy.select("series", "idx", marks.cast(pl.UInt8).alias("marks")).collect()


def _numbers(rules: RuleSet, screens: bool) -> dict[str, Any]:
    return {
        "screens": screens,
        "between": rules.two_of_three is TwoOfThree.BETWEEN,
        "limit_factor": rules.limit_factor,
        "near_factor": rules.near_factor,
        "screen_factor": rules.screen_factor,
        "shift_points": rules.shift_points,
        "trend_points": rules.trend_points,
    }

"""What is measured: each job gives a few named figures, and the goals that some of them have."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.child import ROOT, Ran, run

SHARED = Path(os.environ.get("SIGHTLINE_SHARED") or ROOT.parent / "shared")
DATA, GOLDENS = SHARED / "data", SHARED / "goldens"
DONE_WHEN = ("organisations/*", "ae/layout_*/*", "mortality/*", "workforce/*", "cqc/*/*")
PASSED_OVER_IS_FINE = (0, 1)  # `sightline import` ends with 1 when any file was refused
STARTS = 5

Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be: at most, or at least, so much."""

    value: float
    at_least: bool = False

    def is_met_by(self, figure: float) -> bool:
        """This function will say whether a figure reaches the goal."""
        return figure >= self.value if self.at_least else figure <= self.value

    def __str__(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.value:,}"


GOALS = {
    "import_real_seconds": Goal(60),
    "import_real_peak_mb": Goal(500),
    "spc_reference_seconds": Goal(5),
    "kernel_series_per_second": Goal(300_000, at_least=True),
    "kernel_dense_series_per_second": Goal(300_000, at_least=True),
    "column_numpy_series_per_second": Goal(300_000, at_least=True),
    "column_numpy_holed_series_per_second": Goal(300_000, at_least=True),
    "column_compiled_series_per_second": Goal(1_000_000, at_least=True),
    "column_compiled_holed_series_per_second": Goal(1_000_000, at_least=True),
    "column_compiled_times_polars": Goal(100, at_least=True),
    "scan_million_seconds": Goal(2.5),
    "scan_million_peak_mb": Goal(1_500),
    "columns_month_seconds": Goal(10),
    "funnel_7000_ms": Goal(5),
    "funnel_7000_shmi_ms": Goal(5),
    "funnels_10000_seconds": Goal(10),
    "first_paint_kb": Goal(150),
    "themes_dictionary_seconds": Goal(30),
    "themes_model_seconds": Goal(30),
    "register_page_ms": Goal(200),
    "register_page_filtered_ms": Goal(200),
    "register_as_of_ms": Goal(200),
    "register_as_of_filtered_ms": Goal(200),
    "register_list_ms": Goal(200),
    "register_list_anew_ms": Goal(200),
    "register_region_page_ms": Goal(200),
    "register_region_page_filtered_ms": Goal(200),
    "register_region_as_of_ms": Goal(200),
    "register_region_as_of_filtered_ms": Goal(200),
    "triangulation_picture_ms": Goal(100),
    "triangulation_blind_spots_ms": Goal(500),
    "triangulation_blind_spots_of_row_ms": Goal(500),
    "triangulation_proposals_of_area_ms": Goal(500),
    "triangulation_picture_anew_ms": Goal(100),
    "triangulation_blind_spots_anew_ms": Goal(500),
    "triangulation_proposals_of_area_anew_ms": Goal(500),
    "levels_log_region_ms": Goal(200),
    "levels_log_region_page_60_ms": Goal(200),
    "levels_log_region_filtered_ms": Goal(200),
    "levels_log_region_overdue_ms": Goal(200),
    "levels_log_region_as_of_ms": Goal(200),
    "levels_log_region_long_ms": Goal(200),
    "levels_log_region_anew_ms": Goal(200),
    "levels_log_region_overdue_anew_ms": Goal(200),
    "levels_log_region_as_of_anew_ms": Goal(200),
    "levels_log_system_ms": Goal(200),
    "levels_replay_system_ms": Goal(1_000),
    "pack_pdf_seconds": Goal(5),
    "packs_of_30_seconds": Goal(30),
    "pack_page_ms": Goal(150),
    "report_gather_ms": Goal(1_000),
    "report_pdf_seconds": Goal(3),
    "report_word_seconds": Goal(3),
    "report_page_ms": Goal(150),
    "data_pack_made_ms": Goal(1_000),
    "data_packs_pdf_seconds": Goal(3),
    "live_page_ms": Goal(150),
    "key_points_year_ms": Goal(100),
    "key_points_group_ms": Goal(100),
    "key_points_front_ms": Goal(150),
}


def goal_of(name: str) -> Goal | None:
    """This function will give the goal of a figure, where one is set."""
    if name.startswith("page_") and not name.endswith(("_kb", "_processor_ms")):
        return Goal(150) if name.endswith("_ms") else Goal(30)
    return GOALS.get(name)


def _import_real() -> Figures:
    """Everything beside the project; what no source knows, or waits for its columns, is passed over."""
    return _imported("import_real", [DATA])


def _import_done_when() -> Figures:
    """The command that a new user is told to try, and no more."""
    return _imported("import_done_when", [path for pattern in DONE_WHEN for path in sorted(DATA.glob(pattern))])


def _imported(name: str, files: list[Path]) -> Figures:
    if not DATA.is_dir():
        return dict.fromkeys((f"{name}_seconds", f"{name}_processor_seconds", f"{name}_peak_mb"))
    return _of(name, _fresh(["-m", "sightline", "import", "--quiet", *files]))


def _of(name: str, ran: Ran) -> Figures:
    return {
        f"{name}_seconds": ran.seconds,
        f"{name}_processor_seconds": ran.processor_seconds,
        f"{name}_peak_mb": ran.peak_mb,
    }


def _kernel() -> Figures:
    figures = _fresh(["-m", "tests.bench.kernel"]).figures()
    return {"spc_reference_seconds": None, **figures}


def _scale() -> Figures:
    """Both roads of the kernel beside their rivals, and a million series from Parquet to a ranked list."""
    kept = os.environ.get("SIGHTLINE_BENCH_SCALE")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data = Path(kept or folder)
        figures = run(["-m", "tests.bench.scale", "roads"], data).figures()
        path = data / "million.parquet"
        if not path.exists():
            figures |= run(["-m", "tests.bench.scale", "write", path], data).figures()
        ran = run(["-m", "tests.bench.scale", "scan", path], data)
        return figures | ran.figures() | {"scan_million_peak_mb": ran.peak_mb}


def _nation() -> Figures:
    """A month's figures of one indicator about 24,000 bodies, taken in by the house's own import and assessed."""
    kept = os.environ.get("SIGHTLINE_BENCH_NATION")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        before, data = Path(kept or Path(folder) / "before"), Path(folder) / "data"
        figures: dict[str, float | None] = {}
        if not (before / "sightline.sqlite3").exists():
            before.mkdir(parents=True, exist_ok=True)
            figures |= run(["-m", "tests.bench.nation", "load"], before).figures()
        shutil.copytree(before, data)  # a month comes but once
        ran = run(["-m", "tests.bench.nation", "month"], data)
        return figures | ran.figures() | {"nation_month_peak_mb": ran.peak_mb}


def _columns() -> Figures:
    """A month of 100 indicators about 24,000 bodies, taken into columns by the command, and a correction of it."""
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data, given, kept = (Path(folder) / name for name in ("data", "given", "kept"))
        given.mkdir()
        run(["-m", "tests.bench.month", given], data)

        def take_in(*files: Path) -> Ran:
            named = ["--key", "indicator", "code", "--period", "month", "--out", given / "list.csv"]
            return run(["-m", "sightline", "nation", kept, *files, *named], data)

        return {
            **_of("columns_history", take_in(*sorted(given.glob("*.parquet")))),
            **_of("columns_month", take_in(given / "newest.csv")),
            **_of("columns_correction", take_in(given / "corrected.csv")),
            "columns_folder_mb": sum(one.stat().st_size for one in kept.iterdir()) / 1_000_000,
        }


def _funnels() -> Figures:
    return _fresh(["-m", "tests.bench.funnels"]).figures()


def _demo() -> Figures:
    return _of("demo_load", _fresh(["-m", "sightline", "demo", "--no-serve"]))


def _start() -> Figures:
    """How long a person waits for the command to say what it can, and for a new process to answer its first page."""
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data = Path(folder)
        run(["-m", "sightline", "migrate"], data)
        says = [run(["-m", "sightline", "--help"], data).seconds for _ in range(STARTS)]
        answers = [run(["-m", "tests.bench.pages", "first"], data) for _ in range(STARTS)]
    return {
        "start_seconds": median(says),
        "first_page_seconds": median(one.seconds for one in answers),
        "first_page_processor_seconds": median(one.processor_seconds for one in answers),
    }


def _pages() -> Figures:
    """The large world loaded, assessed by the command that assesses, and every page of it asked for."""
    kept = os.environ.get("SIGHTLINE_BENCH_WORLD")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data = Path(kept or folder)
        figures: dict[str, float | None] = {}
        if not (data / "sightline.sqlite3").exists():
            figures |= run(["-m", "tests.bench.world"], data).figures()
            figures |= _of("assess_100k", run(["-m", "sightline", "assess"], data))
            figures["database_100k_mb"] = (data / "sightline.sqlite3").stat().st_size / 1_000_000
        return figures | run(["-m", "tests.bench.pages"], data).figures()


def _themes() -> Figures:
    return _fresh(["-m", "tests.bench.themes"]).figures()


def _triangulation() -> Figures:
    """200,000 items told about the providers of the large world, and the pages that lay them beside its figures."""
    kept = os.environ.get("SIGHTLINE_BENCH_TOLD")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data = Path(kept or folder)
        figures: dict[str, float | None] = {}
        if not (data / "sightline.sqlite3").exists():
            figures |= run(["-m", "tests.bench.telling"], data).figures()
        return figures | run(["-m", "tests.bench.triangulation"], data).figures()


def _levels() -> Figures:
    """A region's log of 5,000 subjects and 20,000 decisions, today and as it was known on earlier days."""
    kept = os.environ.get("SIGHTLINE_BENCH_LEVELS")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data = Path(kept or folder)
        figures: dict[str, float | None] = {}
        if not (data / "sightline.sqlite3").exists():
            figures |= run(["-m", "tests.bench.levels", "load"], data).figures()
        return figures | run(["-m", "tests.bench.levels"], data).figures()


def _risks() -> Figures:
    """Registers of 20,000 risks: their pages today and as of an earlier day, how they moved, and their self-checks."""
    kept = os.environ.get("SIGHTLINE_BENCH_RISKS")
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        data = Path(kept or folder)
        figures: dict[str, float | None] = {}
        if not (data / "sightline.sqlite3").exists():
            figures |= run(["-m", "tests.bench.risks", "load"], data).figures()
        return figures | run(["-m", "tests.bench.risks"], data).figures()


def _packs() -> Figures:
    """A pack of sixty pages as a PDF, the same for thirty readers, and its page."""
    return _fresh(["-m", "tests.bench.packs"]).figures()


def _reports() -> Figures:
    """A report of thirty pages, gathered, shown and taken in every form, and twenty charts in data packs."""
    return _fresh(["-m", "tests.bench.reports"]).figures()


def _live() -> Figures:
    """The page of a meeting under way with forty people in it, after something was written and after nothing was."""
    return _fresh(["-m", "tests.bench.live"]).figures()


def _key_points() -> Figures:
    """Ten years of public key points of forty groups: a year of one, the group, the front page and a search."""
    return _fresh(["-m", "tests.bench.key_points"]).figures()


def _fresh(arguments: list[object]) -> Ran:
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        return run(arguments, Path(folder), PASSED_OVER_IS_FINE)


JOBS: Mapping[str, Callable[[], Figures]] = {
    "start": _start,
    "kernel": _kernel,
    "scale": _scale,
    "nation": _nation,
    "columns": _columns,
    "funnels": _funnels,
    "demo": _demo,
    "import_done_when": _import_done_when,
    "import_real": _import_real,
    "pages": _pages,
    "themes": _themes,
    "triangulation": _triangulation,
    "levels": _levels,
    "risks": _risks,
    "packs": _packs,
    "reports": _reports,
    "live": _live,
    "key_points": _key_points,
}

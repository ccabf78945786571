"""One demonstration, made once for all tests of this folder, and read back as plain rows."""

import csv
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sightline.demonstration import generate

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SIGHTLINE_SHARED", ROOT.parent / "shared"))


class Made:
    """The files of one demonstration by their names below its folder."""

    def __init__(self, folder: Path, paths: list[Path]) -> None:
        self.folder = folder
        self.paths = paths
        self.names = {path.relative_to(folder).as_posix() for path in paths}

    def rows(self, name: str, encoding: str = "utf-8-sig") -> list[list[str]]:
        text = (self.folder / name).read_text(encoding=encoding)
        return list(csv.reader(text.splitlines()))

    def records(self, name: str) -> list[dict[str, str]]:
        header, *rows = self.rows(name)
        return [dict(zip(header, row, strict=True)) for row in rows]

    def json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text())

    def location(self, code: str) -> Any:
        return self.json(f"cqc/locations/location_{code}.json")

    def tidy_records(self, file: str) -> list[dict[str, str]]:
        """Rows of a tidy file under the names that all of them share, whatever their headings."""
        _, *rows = self.rows(f"tidy/{file}")
        names = ("indicator", "organisation", "period", "value", "numerator", "denominator")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def tidy(self, file: str, indicator: str, code: str) -> list[dict[str, str]]:
        rows = self.tidy_records(file)
        return [row for row in rows if row["indicator"] == indicator and row["organisation"] == code]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("demonstration")
    return Made(folder, generate(folder, TODAY))


@pytest.fixture(scope="session")
def published() -> Path:
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"The published files are not beside the project (looked in {folder}); set SIGHTLINE_SHARED.")
    return folder

"""The outlines of boards' areas, as the statistics office publishes them (GeoJSON)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sightline.directory.records import BoundaryRecord
from sightline.directory.sources._lists import finish, not_found, something
from sightline.intake.cells import BadCell, code
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.rows import Report

NAME = "boundaries"
TITLE = "Boundaries of integrated care boards"
PUBLISHER = "Office for National Statistics (Open Geography)"
ADDRESS = "https://geoportal.statistics.gov.uk/"
_CODE_KEY = re.compile(r"ICB[0-9]{2}CD", re.ASCII)
_AGAIN = "Take the file from the publisher again, in longitude and latitude (WGS 84)."
_STEP = 0.01  # degrees: about a kilometre, which a map of England on a page cannot show
_TOO_MANY = 1000

Point = tuple[float, float]


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by being GeoJSON whose features bear a board's code."""
    features = file.json.get("features") if isinstance(file.json, dict) else None
    if not isinstance(features, list) or not features or file.json.get("type") != "FeatureCollection":
        return False
    return any(_code_key(feature) for feature in features[:5])


def _code_key(feature: Any) -> str:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return next((key for key in found if _CODE_KEY.fullmatch(str(key))), "") if isinstance(found, dict) else ""


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every outline, and make a coarse one of it that a page can carry."""
    if not recognises(file):
        return not_found(NAME, TITLE)
    report = Report()
    records: list[BoundaryRecord] = []
    for number, feature in enumerate(file.json["features"][:_TOO_MANY], start=1):
        report.rows += 1
        try:
            records.append(_record(feature))
        except BadCell as bad:
            report.fault(f"Area {number}: {bad.says}", bad.mend)
    return finish(NAME, TITLE, records, report, file)


def _record(feature: Any) -> BoundaryRecord:
    key = _code_key(feature)
    if not key:
        raise BadCell("It bears no board's code.", _AGAIN)
    facts, geometry = feature["properties"], feature.get("geometry")
    body, name = code(str(facts[key])), str(facts.get(key[:-2] + "NM") or "")
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise BadCell("Its outline is missing or is no polygon.", _AGAIN)
    rings = list(_rings(geometry))
    if not rings:
        raise BadCell("Its outline has no points.", _AGAIN)
    outline = [coarse for ring in rings if len(coarse := coarsened(ring)) >= 4] or [coarsened(rings[0], _STEP / 10)]
    return BoundaryRecord(
        body, name[:250], json.dumps(geometry, separators=(",", ":")), json.dumps(outline, separators=(",", ":"))
    )


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """Every outer ring; holes are too small to draw."""
    coordinates: Any = geometry.get("coordinates")
    polygons: Any = [coordinates] if geometry["type"] == "Polygon" else coordinates
    try:
        for polygon in polygons or []:
            ring = [(float(point[0]), float(point[1])) for point in polygon[0]]
            if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
                raise BadCell("Its points are not degrees of longitude and latitude.", _AGAIN)
            if len(ring) >= 4:
                yield ring
    except (TypeError, ValueError, IndexError, KeyError) as problem:
        raise BadCell("Its points cannot be read.", _AGAIN) from problem


def coarsened(ring: Sequence[Point], step: float = _STEP) -> list[Point]:
    """This function will drop points that fall together or lie on a straight line.

    Points laid on a grid. Neighbours that share a border still share it afterwards.
    """
    kept: list[Point] = []
    for x, y in ring:
        point = (round(round(x / step) * step, 3), round(round(y / step) * step, 3))
        if kept and kept[-1] == point:
            continue
        if len(kept) >= 2 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _in_line(first: Point, middle: Point, last: Point) -> bool:
    across = (middle[0] - first[0]) * (last[1] - first[1]) - (middle[1] - first[1]) * (last[0] - first[0])
    return abs(across) < 1e-9


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a file that outlines one area twice."""
    seen: set[str] = set()
    faults = something(parsed)
    for record in parsed.records:
        if record.code in seen:
            faults.append(Fault(f"{record.code} is outlined twice.", "Remove one of the two."))
        seen.add(record.code)
    return faults

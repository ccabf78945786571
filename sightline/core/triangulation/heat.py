"""The heat map of 2013: three inputs, and the level of surveillance that they suggest."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.rulebook.tools import HeatMap, Option


@dataclass(frozen=True, slots=True)
class Suggested:
    """A level that the matrix suggests, and the band and options that led to it."""

    level: Option
    issues: str
    risk: str
    confidence: str

    @property
    def says(self) -> str:
        """Why, in a sentence."""
        return (
            f"Number of issues: {self.issues}. Level of risk: {self.risk}. Confidence in the provider: {self.confidence}. "
            f"Together they suggest: {self.level.name}."
        )


def suggest(heat_map: HeatMap, issues: int, risk: str, confidence: str) -> Suggested | None:
    """This function will look up the level that three inputs suggest (RSK-13; QSG 2013 Methodology).

    None where the matrix knows no such risk or confidence. It is an aid: nobody's level changes by it.
    """
    risks = {one.id: place for place, one in enumerate(heat_map.risk)}
    degrees = {one.id: place for place, one in enumerate(heat_map.confidence)}
    if risk not in risks or confidence not in degrees:
        return None
    band = heat_map.band_of(issues)
    row = heat_map.matrix[degrees[confidence]].rows[heat_map.issues.index(band)]
    level = heat_map.level(row.levels[risks[risk]])
    if level is None:
        return None
    return Suggested(level, band.name, heat_map.risk[risks[risk]].name, heat_map.confidence[degrees[confidence]].name)

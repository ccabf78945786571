"""The heat map: every cell of the matrix against a slow look, and what it does not know."""

from __future__ import annotations

import pytest
import yaml

from sightline.core.rulebook.tools import HeatMap
from sightline.core.triangulation.heat import suggest
from tests.unit.core.rulebook.test_tools import PACKS

pytestmark = pytest.mark.requirement("RSK-13")
PLAIN = yaml.safe_load((PACKS / "sqg_2022" / "heat_map.yaml").read_text())
HEAT_MAP = HeatMap.model_validate(PLAIN)
RANK = {level.id: place for place, level in enumerate(HEAT_MAP.levels)}
RISKS = [one.id for one in HEAT_MAP.risk]
DEGREES = [one.id for one in HEAT_MAP.confidence]


@pytest.mark.parametrize(
    ("issues", "band"),
    [(0, "none"), (1, "few"), (2, "few"), (3, "several"), (5, "several"), (6, "many"), (900, "many")],
)
@pytest.mark.parametrize("confidence", DEGREES)
@pytest.mark.parametrize("risk", RISKS)
def test_three_inputs_suggest_what_stands_in_the_matrix(issues: int, band: str, risk: str, confidence: str) -> None:
    table = next(one for one in PLAIN["matrix"] if one["confidence"] == confidence)
    row = next(one for one in table["rows"] if one["issues"] == band)
    found = suggest(HEAT_MAP, issues, risk, confidence)
    assert found is not None
    assert found.level.id == row["levels"][RISKS.index(risk)]
    assert found.level.name in found.says


def test_worse_never_suggests_less() -> None:
    def rank(issues: int, risk: int, confidence: int) -> int:
        found = suggest(HEAT_MAP, issues, RISKS[risk], DEGREES[confidence])
        assert found is not None
        return RANK[found.level.id]

    for issues in range(8):
        for risk in range(len(RISKS)):
            for confidence in range(len(DEGREES)):
                here = rank(issues, risk, confidence)
                assert rank(issues + 1, risk, confidence) >= here
                assert risk + 1 == len(RISKS) or rank(issues, risk + 1, confidence) >= here
                assert confidence + 1 == len(DEGREES) or rank(issues, risk, confidence + 1) >= here


@pytest.mark.parametrize(("risk", "confidence"), [("", "high"), ("low", ""), ("purple", "high")])
def test_unknown_input_suggests_nothing(risk: str, confidence: str) -> None:
    assert suggest(HEAT_MAP, 1, risk, confidence) is None


def test_confidence_that_nobody_knows_never_suggests_to_carry_on() -> None:
    found = {suggest(HEAT_MAP, issues, risk, "not-known") for issues in (0, 1, 4, 9) for risk in RISKS}
    assert "routine" not in {one.level.id for one in found if one}

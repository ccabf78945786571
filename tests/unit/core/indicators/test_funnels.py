"""A funnel laid out is the funnel itself: the same marks, limits and distances, body by body."""

from __future__ import annotations

import numpy as np
import pytest

from sightline.core.indicators.funnels import PLACES, lay_out
from sightline.core.statistics.funnels import Overdispersion, assess_funnel
from sightline.core.statistics.scales import Ratio

pytestmark = pytest.mark.requirement("DAT-03")
LEVELS = {"99.8": 0.998, "95": 0.95}
SIZES = [100.0, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 0]


@pytest.mark.parametrize("ratio", list(Ratio))
@pytest.mark.parametrize("how", list(Overdispersion))
def test_each_body_stands_where_the_funnel_has_it(ratio: Ratio, how: Overdispersion) -> None:
    sizes = np.array(SIZES)
    cases = np.round(sizes * 0.2)
    cases[3], cases[8] = 190, 60
    funnel = assess_funnel(cases, sizes, ratio)
    laid = lay_out(funnel, LEVELS, how)
    marked, (lower, upper), far = funnel.outliers(0.998, how), funnel.limits(0.998, how), funnel.z_scores(how)
    assert [one.place for one in laid.stands] == list(range(10))  # the last has nobody to count
    for one in laid.stands:
        assert (one.size, one.ratio) == (sizes[one.place], cases[one.place] / sizes[one.place])
        assert (one.outside, one.lower, one.upper) == (marked[one.place], lower[one.place], upper[one.place])
        assert one.far == far[one.place]
    furthest = sorted(np.flatnonzero(marked), key=lambda at: -abs(far[at]))
    assert [one.place for one in laid.outside] == furthest
    assert [one.level for one in laid.limits] == ["95", "99.8"]
    at = np.array(laid.limits[-1].sizes)
    assert len(at) == PLACES and at[0] < 100 and at[-1] > 1000
    for line, found in zip(funnel.lines(at, 0.998, how), (laid.limits[-1].lower, laid.limits[-1].upper), strict=True):
        assert found == tuple(line.tolist())
    assert laid.shown is not None and laid.shown[0] <= 0.2 <= laid.shown[1]


def test_where_nothing_can_be_compared_there_are_no_limits_and_nobody_is_outside() -> None:
    laid = lay_out(
        assess_funnel(np.array([0.0, 0.0]), np.array([3.0, 3.0]), Ratio.RATES), LEVELS, Overdispersion.ADDITIVE
    )
    assert laid.limits == () and laid.shown is None and not laid.outside and len(laid.stands) == 2

"""Kinds: every chart that can be drawn, and what its figures are; no arrays, so that naming one costs nothing."""

from __future__ import annotations

from enum import StrEnum


class ChartKind(StrEnum):
    """Every chart that can be drawn, under the names of the reference vectors."""

    I = "i"  # single values, limits from the mean moving range  # noqa: E741
    I_MEDIAN = "i_m"  # the same about the median
    I_MEDIAN_RANGE = "i_mm"  # the same about the median, limits from the median moving range
    MR = "mr"  # the moving ranges themselves
    RUN = "run"  # values about their median, without limits
    P = "p"  # proportions
    P_PRIME = "pp"  # proportions, limits widened or narrowed to the variation that is there (Laney's p′)
    U = "u"  # rates
    U_PRIME = "up"  # rates, the same (Laney's u′)
    C = "c"  # counts
    G = "g"  # counts of cases between events
    T = "t"  # times between events
    I_PRIME = "ip"  # ratios of any kind, weighed by their denominators (Taylor's I′)
    XBAR = "xbar"  # means of subgroups
    S = "s"  # standard deviations of subgroups


K = ChartKind
PROPORTIONS = frozenset({K.P, K.P_PRIME})
RATIOS = frozenset({K.P, K.P_PRIME, K.U, K.U_PRIME, K.I_PRIME})
SUBGROUPS = frozenset({K.XBAR, K.S})
COUNTS = frozenset({K.P, K.P_PRIME, K.U, K.U_PRIME, K.C, K.G, K.T})
# Charts whose limits rest on how far neighbours, or the values of a subgroup, are apart, and so need two of them.
FROM_SPREAD = SUBGROUPS | {K.I, K.I_MEDIAN, K.I_MEDIAN_RANGE, K.MR, K.P_PRIME, K.U_PRIME, K.T, K.I_PRIME}

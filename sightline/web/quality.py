"""How dimensions of quality and kinds of source are called to readers; the same words on every page."""

from __future__ import annotations

from sightline.core.signals import Dimension, Quadrant

DIMENSION = {
    Dimension.SAFE: "Safe",
    Dimension.EFFECTIVE: "Effective",
    Dimension.CARING: "Caring",
    Dimension.RESPONSIVE: "Responsive",
    Dimension.PERSONALISED: "A positive, personalised experience",
    Dimension.WELL_LED: "Well led",
    Dimension.SUSTAINABLE: "Sustainably resourced",
    Dimension.EQUITABLE: "Equitable",
}
QUADRANT = {
    Quadrant.INTERNAL_QUANTITATIVE: "From inside the provider, in figures",
    Quadrant.EXTERNAL_QUANTITATIVE: "From outside, in figures",
    Quadrant.INTERNAL_QUALITATIVE: "From inside the provider, in words",
    Quadrant.EXTERNAL_QUALITATIVE: "From outside, in words",
}
QUADRANT_SHORT = {
    Quadrant.INTERNAL_QUANTITATIVE: "Inside, figures",
    Quadrant.EXTERNAL_QUANTITATIVE: "Outside, figures",
    Quadrant.INTERNAL_QUALITATIVE: "Inside, words",
    Quadrant.EXTERNAL_QUALITATIVE: "Outside, words",
}

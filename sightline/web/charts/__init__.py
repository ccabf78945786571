"""Our own inline SVG: frozen facts in, markup out; no script, no style attributes, always with words."""

from sightline.web.charts.areas import AreaShape, AreaValue, area_map
from sightline.web.charts.comparison import Comparison, ComparisonRow, comparison_chart
from sightline.web.charts.describing import describe, point_words, range_words, value_words
from sightline.web.charts.full import full_chart, full_drawing
from sightline.web.charts.icons import assurance_icon, variation_icon
from sightline.web.charts.legend import footnotes, keys, legend
from sightline.web.charts.printing import standing_alone
from sightline.web.charts.scales import TimeAxis, ValueScale
from sightline.web.charts.series import BETTER, ChartSeries, Mark, Phase, Point, Predecessor, Rebase
from sightline.web.charts.small import small_multiple, sparkline

__all__ = [
    "BETTER",
    "AreaShape",
    "AreaValue",
    "ChartSeries",
    "Comparison",
    "ComparisonRow",
    "Mark",
    "Phase",
    "Point",
    "Predecessor",
    "Rebase",
    "TimeAxis",
    "ValueScale",
    "area_map",
    "assurance_icon",
    "comparison_chart",
    "describe",
    "footnotes",
    "full_chart",
    "full_drawing",
    "keys",
    "legend",
    "point_words",
    "range_words",
    "small_multiple",
    "sparkline",
    "standing_alone",
    "value_words",
    "variation_icon",
]

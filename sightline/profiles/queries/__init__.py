"""Reads of the aids and of risk profiles, each for somebody."""

from sightline.profiles.queries.aids import (
    Aids,
    Tool,
    aids_of,
    concerns_that_count,
    current_tool,
    standing_signals,
    suggested_by_signals,
    tool_used,
)
from sightline.profiles.queries.charts import Charts, charts_of
from sightline.profiles.queries.keeping import (
    hears_of,
    may_sign_for_side,
    one_subject,
    side_of,
    system_for,
    works_for_commissioner,
)
from sightline.profiles.queries.sheets import Sheet, asked_to_sign, one_sheet, sheet_for, sheets_of, versions_of

__all__ = [
    "Aids",
    "Charts",
    "Sheet",
    "Tool",
    "aids_of",
    "asked_to_sign",
    "charts_of",
    "concerns_that_count",
    "current_tool",
    "hears_of",
    "may_sign_for_side",
    "one_sheet",
    "one_subject",
    "sheet_for",
    "sheets_of",
    "side_of",
    "standing_signals",
    "suggested_by_signals",
    "system_for",
    "tool_used",
    "versions_of",
    "works_for_commissioner",
]

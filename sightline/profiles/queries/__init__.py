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
from sightline.profiles.queries.earlier import Earlier, earlier_of
from sightline.profiles.queries.keeping import (
    hears_of,
    may_sign_for_side,
    one_subject,
    side_of,
    system_for,
    works_anywhere,
    works_for_commissioner,
)
from sightline.profiles.queries.sheets import (
    Sheet,
    asked_to_sign,
    one_sheet,
    sheet_for,
    sheets_of,
    sheets_to_review,
    versions_of,
)

__all__ = [
    "Aids",
    "Charts",
    "Earlier",
    "Sheet",
    "Tool",
    "aids_of",
    "asked_to_sign",
    "charts_of",
    "concerns_that_count",
    "current_tool",
    "earlier_of",
    "hears_of",
    "may_sign_for_side",
    "one_sheet",
    "one_subject",
    "sheet_for",
    "sheets_of",
    "sheets_to_review",
    "side_of",
    "standing_signals",
    "suggested_by_signals",
    "system_for",
    "tool_used",
    "versions_of",
    "works_anywhere",
    "works_for_commissioner",
]

"""The fields of a Word template for reports: what stands in each, and which no template may leave out."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.intake.word_fields import Known

TITLE = "title"
ABOUT, CHANGED, SECTIONS, NOTES, SHORT_FORMS = BLOCKS = ("about", "changed", "sections", "notes", "short_forms")
ANY_REPORT = ""  # for which report a template is, where it is for every one


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what stands in it, and whether a report may go without it."""

    name: str
    says: str
    is_required: bool = False

    @property
    def is_block(self) -> bool:
        """Whether it becomes lines of its own."""
        return self.name in BLOCKS


# What a report must not lose on its way into Word is required: no section of it, nor what it says of itself (RPT-28).
FIELDS = (
    Field(TITLE, "The title of the report. Its line has the style Title or Heading 1.", is_required=True),
    Field("mark", "Whose report it is, of which day, and that it is passed to nobody else.", is_required=True),
    Field("name", "Which report it is, as the guidance calls it."),
    Field("group", "The group that reports."),
    Field("to", "Whom the report is for."),
    Field("period", "The first and the last day that it tells of."),
    Field("frozen", "When and by whom it was frozen, and which version it is."),
    Field("hash", "The SHA-256 of the version, by which it can be told from any other."),
    Field(ABOUT, "The lines at its head: what the guidance asks for, from, to, period, version.", is_required=True),
    Field(CHANGED, "What has changed since the last version. Nothing in a first version.", is_required=True),
    Field(SECTIONS, "Every section with its heading, its words and its lines.", is_required=True),
    Field(NOTES, "What it encloses, or why no minutes are enclosed.", is_required=True),
    Field(SHORT_FORMS, "The short forms that it uses, spelled out."),
)
KNOWN = Known(
    inline=tuple(one.name for one in FIELDS if not one.is_block),
    blocks=BLOCKS,
    required=tuple(one.name for one in FIELDS if one.is_required),
    title=TITLE,
)

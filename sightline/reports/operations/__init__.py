"""What people do with reports: begin them, gather for them, write in them, freeze, send, take and acknowledge them."""

from sightline.reports.operations.drafting import begin_report, gather_again, write_section
from sightline.reports.operations.freezing import acknowledge_report, freeze_report, send_report
from sightline.reports.operations.layouts import bring_word_template, end_word_template
from sightline.reports.operations.noting import note_report_given

__all__ = [
    "acknowledge_report", "begin_report", "bring_word_template", "end_word_template", "freeze_report", "gather_again",
    "note_report_given", "send_report", "write_section",
]  # fmt: skip

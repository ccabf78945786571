"""What the demonstration reports, in its own layout: its system’s group tells the region of the quarter."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from django.utils import timezone
from docx import Document

from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.scene import Deed, Scene
from sightline.meetings.models import Meeting
from sightline.reports.giving import Begun, Layout, Sent, Written
from sightline.reports.layouts import ANY_REPORT
from sightline.reports.models import Report
from sightline.reports.operations import (
    begin_report,
    bring_word_template,
    freeze_report,
    note_report_given,
    send_report,
    write_section,
)
from sightline.reports.presenters.word import starter
from sightline.reports.queries.reports import one_draft
from sightline.reports.queries.sending import bodies_to_send
from sightline.reports.words import Form, How

_SAYS = {
    "concerns": "Care at night worries the group most. What stands below is what was agreed about it.",
    "good-practice": "Two wards answer calls at night faster since they share one rota. Others could do the same.",
    "needs": "Tell us which other systems share nurses between hospitals at night.",
}


def _begin(scene: Scene, at: datetime) -> None:
    today = timezone.localdate(at)
    group = Meeting.objects.get(form_key=form_key("meeting-first")).group
    given = Begun("system-to-region", "Quality in our system this quarter", today - timedelta(days=90), today)
    begin_report(by=scene.by(Part.SECRETARY), at=at, group=group, given=given, form_key=form_key("report"))


def _lay_out(scene: Scene, at: datetime) -> None:
    """The template to begin from, with who reports and of when at the foot of each page."""
    document = Document(io.BytesIO(starter()))
    document.sections[0].footer.paragraphs[0].text = "{{ group }}, {{ period }}"
    made = io.BytesIO()
    document.save(made)
    given = Layout(_report().system, ANY_REPORT, "quality-reports.docx", made.getvalue(), 0)
    bring_word_template(by=scene.by(Part.SECRETARY), at=at, given=given, form_key=form_key("word-template"))


def _write(scene: Scene, at: datetime) -> None:
    for section, words in _SAYS.items():
        given = Written(section, words)
        write_section(by=scene.by(Part.SECRETARY), at=at, report=_report(), seen=0, given=given)


def _freeze(scene: Scene, at: datetime) -> None:
    draft = one_draft(scene.by(Part.SECRETARY), timezone.localdate(at), _report().pk)
    assert draft is not None, "whoever keeps the papers reads the draft"
    freeze_report(by=scene.by(Part.SECRETARY), at=at, report=draft.report, seen=draft.stamp)


def _send(scene: Scene, at: datetime) -> None:
    report = _report()
    region = next(one for one in bodies_to_send(report, timezone.localdate(at)) if one.kind == "region")
    given = Sent(region, How.HERE, form_key("report-sent"))
    send_report(by=scene.by(Part.SECRETARY), at=at, report=report, seen=1, given=given)


def _take(scene: Scene, at: datetime) -> None:
    """The region reads it here, and keeps it as Word; both are written down."""
    version = _report().versions.get()
    for form in (Form.READ, Form.WORD):
        note_report_given(by=scene.by(Part.REGION), at=at, version=version, form=form)


def _report() -> Report:
    return Report.objects.get(form_key=form_key("report"))


REPORTED = (Deed(9, _begin), Deed(8.5, _lay_out), Deed(8, _write), Deed(7, _freeze), Deed(6, _send), Deed(5, _take))

"""What is reported: a report of the group that meets about one body, frozen, sent to the region and acknowledged there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.directory.models import Subject
from sightline.reports.models import (
    Gathering,
    Passage,
    Receipt,
    Report,
    ReportLine,
    ReportSubject,
    ReportVersion,
    Sending,
    WordTemplate,
)
from sightline.reports.presenters.word import starter
from sightline.reports.words import How, RecordKind
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, REGION, SUBJECT, Cast

_SECTION = "key-points"


def build(cast: Cast) -> None:
    """This function will make the report with one of every row that may come of it."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    group, today = cast.records["group that meets"], timezone.localdate()
    report = cast.records["report of the group"] = Report.objects.create(
        group=group, system=HOME, template="area-to-system", pack="sqg-2022", rules_version="sqg-2022 v1", title="x",
        author=cast.people["secretariat"], begins_on=today - timedelta(days=90), ends_on=today, for_meeting="x",
        agenda_item="x", knowingly="x", form_key=uuid4(), **wrote,
    )  # fmt: skip
    ReportSubject.objects.create(report=report, subject=Subject.objects.get(key=SUBJECT))
    gathering = Gathering.objects.create(report=report, number=1, **wrote)
    ReportLine.objects.create(
        gathering=gathering, section=_SECTION, place=1, gathered="levels", kind=RecordKind.DECISION.value, says="x",
        about="x", of_day=today, decision=cast.records["level decision"],
    )  # fmt: skip
    Passage.objects.create(report=report, section=_SECTION, number=1, text="x", knowingly="x", **wrote)
    version = ReportVersion.objects.create(
        report=report, number=1, gathering=gathering, content=_content(), sha256="x", changed="x",
        frozen_by=cast.people["secretariat"], knowingly="x", **wrote,
    )  # fmt: skip
    for part in ("x", "y"):
        sending = cast.records[f"sending {part}"] = Sending.objects.create(
            version=version, to_body=the_body(REGION), part=part, how=How.HERE.value, sent_by=cast.people["secretariat"],
            sent_on=today, knowingly="x", form_key=uuid4(), **wrote,
        )  # fmt: skip
    Receipt.objects.create(
        sending=sending, received_by=cast.people["region"], received_on=today, says="x", knowingly="x", **wrote
    )
    cast.records["word template"] = WordTemplate.objects.create(
        system=HOME, template="triple-a", number=1, name="x.docx", data=starter(), sha256="x",
        added_by=cast.people["secretariat"], form_key=uuid4(), **wrote,
    )  # fmt: skip


def _content() -> dict[str, Any]:
    section = {"id": _SECTION, "heading": "Key points", "text": "x", "stands": "", "lines": []}
    return {"title": "x", "name": "A report", "sections": [section]}

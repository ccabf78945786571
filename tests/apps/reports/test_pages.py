"""The pages of a report as a secretary, a reader of the group and a recipient walk them, and what they take away."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from sightline.reports.models import Report
from sightline.reports.presenters.page import rows, shown
from tests.factories.accounts import signed_in
from tests.factories.actions import Log, an_action, closed
from tests.factories.reports import begun, frozen, sent, wrote
from tests.factories.surveillance_levels import decided

EVIL = "=cmd|' /C calc'!A0"
TYPST = '#read("/etc/passwd") $x$ <b>bold</b>'


def test_a_secretary_begins_writes_and_freezes_a_report_on_its_pages(log: Log) -> None:
    an_action(log)
    client = signed_in(log.world.secretary)
    answer = client.post(reverse("report_begin"), {
        "report": f"{log.group.pk}.system-to-region", "title": "News", "form_key": "6f5f4b1e-5f5b-4b7e-9b59-0d9c0b8d8f11",
        "begins_on-day": "1", "begins_on-month": "10", "begins_on-year": "2025",
        "ends_on-day": "15", "ends_on-month": "1", "ends_on-year": "2026",
    })  # fmt: skip
    report = Report.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("report", args=[report.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "What it lacks" in page and "Good practice: write something" in page
    section = reverse("report_section", args=[report.pk, "good-practice"])
    both = client.post(section, {"seen": "0", "text": "Good", "is_none": "on"})
    assert both.status_code == 400 and "one of the two" in both.content.decode()
    assert client.post(section, {"seen": "0", "text": "", "is_none": "on"}).status_code == 302
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "What it lacks" not in page
    asked = client.get(reverse("report_freeze", args=[report.pk]))
    seen = asked.context["form"].initial["seen"] if asked.context else ""
    seen = seen or asked.content.decode().partition('name="seen" value="')[2].partition('"')[0]
    assert client.post(reverse("report_freeze", args=[report.pk]), {"seen": seen}).status_code == 302
    version = report.versions.get()
    page = client.get(reverse("report_version", args=[report.pk, 1])).content.decode()
    action = report.gatherings.get().lines.get().action
    assert action is not None and reverse("action", args=[action.pk]) in page and version.sha256 in page


def test_a_line_that_is_unticked_is_left_out_and_stays_at_hand(log: Log) -> None:
    an_action(log)
    report = begun(log)
    client = signed_in(log.world.secretary)
    assert client.post(reverse("report_section", args=[report.pk, "concerns"]), {"seen": "0", "text": "Own words"})
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "1 line of the record left out" in page and "Put a second nurse" not in page


def test_a_recipient_reads_the_report_without_links_to_what_is_closed_to_them_and_acknowledges_it(log: Log) -> None:
    log.group.__class__.objects.filter(pk=log.group.pk).update(name="Lantern quality group")
    decided(log.world)
    report = begun(log)
    version = frozen(log, report)
    client = signed_in(log.world.regional_elsewhere)
    address = reverse("report_version", args=[report.pk, 1])
    assert client.get(address).status_code == 404
    sending = sent(log, version)
    from tests.factories.groups import Seating  # the region of this world sits in the group too: here it does not

    Seating.objects.filter(person=log.world.regional).delete()
    client = signed_in(log.world.regional)
    page = client.get(address).content.decode()
    assert "Lantern Hospitals: Enhanced" in page and "behind this line" not in page
    assert reverse("report_acknowledge", args=[sending.pk]) in page
    assert client.post(reverse("report_acknowledge", args=[sending.pk]), {"says": ""}).status_code == 302
    assert reverse("report_acknowledge", args=[sending.pk]) not in client.get(address).content.decode()


def test_words_that_would_run_are_words_in_every_file(log: Log) -> None:
    report = begun(log, title=EVIL)
    wrote(log, report, "concerns", f"{EVIL}\n{TYPST}")
    frozen(log, report)
    client = signed_in(log.world.secretary)
    files = {
        name: client.post(reverse(f"report_{name}", args=[report.pk, 1])) for name in ("pdf", "word", "csv", "xlsx")
    }
    assert all(one.status_code == 200 and "attachment" in one["Content-Disposition"] for one in files.values())
    assert files["pdf"].content.startswith(b"%PDF")
    cells = [cell for row in csv.reader(io.StringIO(files["csv"].content.decode("utf-8-sig"))) for cell in row]
    assert f"'{EVIL}" in cells and EVIL not in cells and TYPST in cells
    with zipfile.ZipFile(io.BytesIO(files["xlsx"].content)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets"))
    document = Document(io.BytesIO(files["word"].content))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == [EVIL]
    assert {EVIL, TYPST} <= {one.text for one in document.paragraphs}
    assert "<b>bold</b>" not in client.get(reverse("report_version", args=[report.pk, 1])).content.decode()


def test_every_face_of_a_report_says_the_same(log: Log) -> None:
    decided(log.world)
    closed(log, an_action(log))
    report = begun(log)
    wrote(log, report, "needs", "Lend us a team.\nSoon.")
    version = frozen(log, report)
    page = shown(version)
    says = [words for one in page.sections for words in (*one.paragraphs, *(line.says for line in one.lines))]
    in_sections = [row[2] for row in rows(page)[1:] if row[0] in {one.heading for one in page.sections}]
    assert in_sections == says and {"Lend us a team.", "Soon."} <= set(says)
    client = signed_in(log.world.secretary)
    document = Document(io.BytesIO(client.post(reverse("report_word", args=[report.pk, 1])).content))
    in_word = [one.text for one in document.paragraphs]
    html = client.get(reverse("report_version", args=[report.pk, 1])).content.decode()
    assert all(one in in_word and one in html for one in says)


def test_a_word_document_drops_what_xml_cannot_hold_and_is_otherwise_the_same_file_each_time(log: Log) -> None:
    report = begun(log)
    wrote(log, report, "concerns", "One\x0bTwo")
    frozen(log, report)
    client = signed_in(log.world.secretary)
    address = reverse("report_word", args=[report.pk, 1])
    first, second = (zipfile.ZipFile(io.BytesIO(client.post(address).content)) for _ in range(2))
    assert first.read("word/document.xml") == second.read("word/document.xml")
    assert b"Two" in first.read("word/document.xml") and b"\x0b" not in first.read("word/document.xml")


def test_gathering_that_is_refused_is_answered_on_the_page_of_the_report(log: Log) -> None:
    report = begun(log)
    Report.objects.filter(pk=report.pk).update(template="no-longer-there")
    client = signed_in(log.world.secretary)
    answer = client.post(reverse("report_gather", args=[report.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("report", args=[report.pk]), 302)]
    problem = "<strong>Problem:</strong> The guidance by which this report was begun has no such report any more."
    assert problem in answer.content.decode()
    assert report.gatherings.count() == 1


@pytest.mark.parametrize("name", ["all_reports", "report"])
def test_a_page_reads_as_often_for_many_lines_and_reports_as_for_one(log: Log, name: str) -> None:
    def reads(report: Report) -> int:
        client = signed_in(log.world.secretary)
        address = reverse(name, args=[report.pk] if name == "report" else [])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert client.get(address).status_code == 200
        return len(taken)

    an_action(log)
    one = begun(log)
    sent(log, frozen(log, one))
    few = reads(one)
    for _ in range(4):
        an_action(log)
    for _ in range(3):
        many = begun(log)
        sent(log, frozen(log, many))
    assert reads(many) <= few + 1

"""The pages on which a Word template is begun from, brought, looked at and ended, and the reports that leave in it."""

from __future__ import annotations

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from sightline.intake import word_template
from sightline.reports.models import WordTemplate
from sightline.reports.presenters.word import starter
from sightline.reports.views.frozen import PLAIN
from tests.apps.reports.test_word_templates import brought
from tests.factories.accounts import signed_in
from tests.factories.actions import Log
from tests.factories.reports import REGIONAL, begun, frozen, wrote

EVIL = "=cmd|' /C calc'!A0 {{ title }} <w:p/> {% if x %}"


def letterhead() -> bytes:
    """The template to begin from, as somebody changed it in Word: their name above, and fields of their choice."""
    document = Document(io.BytesIO(starter()))
    document.sections[0].footer.paragraphs[0].text = "Lantern Integrated Care Board, version {{ frozen }}"
    document.paragraphs[0].insert_paragraph_before("For {{ to }}: our own letterhead")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bring(
    client: Client, log: Log, data: bytes, name: str = "letter.docx", seen: int = 0, template: str = ""
) -> HttpResponse:
    """This function will send the form with a template."""
    place = f"{log.group.system}.{template}"
    says = {"place": place, f"seen-{place}": seen, "form_key": str(uuid4())}
    answer: HttpResponse = client.post(
        reverse("report_template_bring"), {**says, "file": SimpleUploadedFile(name, data)}
    )
    return answer


def test_a_secretary_takes_the_template_changes_it_and_every_report_leaves_in_it(log: Log) -> None:
    client = signed_in(log.world.secretary)
    page = client.get(reverse("report_templates")).content.decode()
    assert "No template was brought yet." in page and "{{ sections }}" in page
    taken = client.get(reverse("report_template_start"))
    assert taken.content == starter() and "attachment" in taken["Content-Disposition"]
    assert bring(client, log, letterhead()).status_code == 302
    page = client.get(reverse("report_templates")).content.decode()
    assert "letter.docx" in page and "version 1, brought by" in page
    report = begun(log, title=EVIL)
    wrote(log, report, "concerns", f"{EVIL}\nTwo lines.")
    frozen(log, report)
    made = client.post(reverse("report_word", args=[report.pk, 1])).content
    document = Document(io.BytesIO(made))
    lines = [(one.style.name, one.text) for one in document.paragraphs]
    assert lines[0] == ("Normal", "For Regional Quality Group: our own letterhead")
    assert lines[1] == ("Heading 1", EVIL)
    assert ("Normal", EVIL) in lines and ("Normal", "Two lines.") in lines
    assert (
        document.sections[0].footer.paragraphs[0].text.startswith("Lantern Integrated Care Board, version 15 January")
    )
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert b"instrText" not in parts.read("word/document.xml")


def test_a_template_that_was_ended_is_used_no_more_and_can_be_taken_again(log: Log) -> None:
    client = signed_in(log.world.secretary)
    bring(client, log, letterhead())
    template = WordTemplate.objects.get()
    address = reverse("report_template_end", args=[template.pk])
    assert "stays on the record" in client.get(address).content.decode()
    assert client.post(address, {"form_key": str(uuid4())}).status_code == 302
    page = client.get(reverse("report_templates")).content.decode()
    assert "None any more." in page and "Stop using it" not in page
    assert client.get(reverse("report_template_file", args=[template.pk])).content == bytes(template.data)
    report = begun(log)
    frozen(log, report)
    document = Document(io.BytesIO(client.post(reverse("report_word", args=[report.pk, 1])).content))
    assert document.paragraphs[0].style.name == "Heading 1"


def test_every_fault_stands_above_the_form_and_nothing_is_kept(log: Log) -> None:
    document = Document(io.BytesIO(starter()))
    document.paragraphs[0].text = "{{ titel }}"
    out = io.BytesIO()
    document.save(out)
    client = signed_in(log.world.secretary)
    answer = bring(client, log, out.getvalue())
    page = answer.content.decode()
    assert answer.status_code == 400 and not WordTemplate.objects.exists()
    assert "“titel” is no field that is known here. Perhaps {{ title }} is meant." in page
    assert "The field {{ title }} is missing." in page
    assert "is not a Word document" in bring(client, log, b"x", name="letter.pdf").content.decode()
    assert not WordTemplate.objects.exists()


def test_whoever_was_slower_is_told_to_look_first(log: Log) -> None:
    brought(log)
    answer = bring(signed_in(log.world.secretary), log, letterhead())
    assert answer.status_code == 400 and "Somebody else brought a template meanwhile" in answer.content.decode()


def test_a_report_is_not_held_up_by_a_template_that_can_no_more_be_filled(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(log, REGIONAL)
    report = begun(log)
    frozen(log, report)
    monkeypatch.setattr(word_template, "CHILD", ("-c", "import sys; sys.exit(1)"))
    client = signed_in(log.world.secretary)
    made = client.post(reverse("report_word", args=[report.pk, 1])).content
    assert Document(io.BytesIO(made)).paragraphs[0].text == "News of the quarter"
    assert PLAIN in client.get(reverse("report_version", args=[report.pk, 1])).content.decode()


def test_others_find_no_template(log: Log) -> None:
    template = brought(log)
    keeper_elsewhere = signed_in(log.world.elsewhere)
    for name in ("report_template_file", "report_template_end"):
        assert keeper_elsewhere.get(reverse(name, args=[template.pk])).status_code in {403, 404}
        assert signed_in(log.seated).get(reverse(name, args=[template.pk])).status_code == 403
        assert signed_in(log.world.secretary).get(reverse(name, args=[uuid4()])).status_code == 404


def test_the_page_of_templates_reads_as_often_for_many_versions_as_for_one(log: Log) -> None:
    client = signed_in(log.world.secretary)

    def reads() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(reverse("report_templates")).status_code == 200
        return len(found)

    brought(log)
    reads()
    one = reads()
    for seen in range(1, 4):
        brought(log, seen=seen)
        brought(log, "triple-a", seen=seen - 1)
    assert reads() <= one

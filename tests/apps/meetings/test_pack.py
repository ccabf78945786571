"""The pack of one reader: page, PDF and ZIP hold what they may read, and nothing betrays what they may not."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.meetings import operations
from sightline.meetings.filing import PAPERS
from sightline.meetings.giving import PaperSays
from sightline.meetings.models import ItemGuest, ItemTie, Paper, PaperGiven, PaperVersion
from sightline.meetings.words import PaperFor
from sightline.web import typesetting
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import MADE, Live, a_live_meeting
from tests.factories.papers import a_file, a_paper, a_pdf
from tests.factories.surveillance import a_concern

__all__ = ["clock", "folder", "house"]
CODE = "#set page(fill: red) $x$ @cited *bold* \\ <label> [x"  # what a setter of letters would take for commands


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting with a file to the first item, two to the second, and one made to the fourth."""
    made = a_live_meeting()
    a_concern(made.world.subject, says="Too few nurses at night")
    a_paper(made.secretary, made.items[0], "Falls at night", file=a_file("a.pdf", a_pdf(3)))
    a_paper(made.secretary, made.items[1], "Staff: a/b survey")
    a_paper(made.secretary, made.items[1], "Complaints", file=a_file("c.csv", b"Month,Count\nMay,3\n"))
    operations.make_record_paper(
        by=made.secretary, at=timezone.now(), item=made.items[3], form_key=uuid4(),
        says=PaperSays("What the record holds", PaperFor.INFORMATION),
    )  # fmt: skip
    return made


def out_of_the_second(live: Live) -> Person:
    """This function will close the second item, which has two papers, to a member."""
    who = live.people["lay"]
    ItemTie.objects.create(
        item=live.items[1], person=who, detail="A post", declared_at=timezone.now(), form_key=uuid4(), **MADE
    )
    return who


def page_of(live: Live, who: Person) -> str:
    """This function will open somebody's pack."""
    answer = signed_in(who).get(reverse("pack", args=[live.meeting.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def pdf_of(live: Live, who: Person) -> PdfReader:
    """This function will take somebody's pack as a PDF."""
    answer = signed_in(who).post(reverse("pack_pdf", args=[live.meeting.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def zip_of(live: Live, who: Person) -> zipfile.ZipFile:
    """This function will take somebody's pack as a ZIP."""
    answer = signed_in(who).post(reverse("pack_zip", args=[live.meeting.pk]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.content))


def words_of(pdf: PdfReader) -> str:
    """This function will read the words of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.requirement("MTG-13", "MTG-14", "MTG-25")
def test_a_member_reads_every_item_with_its_papers_on_one_page(live: Live) -> None:
    page = page_of(live, live.people["icb"])
    assert "4 papers with 4 pages, under 5 items." in page
    for words in ("1.1 Falls at night", "2.1 Staff: a/b survey", "2.2 Complaints", "4.1 What the record holds"):
        assert words in page
    assert "Too few nurses at night" in page


@pytest.mark.requirement("COI-04", "PER-03")
def test_nothing_in_a_pack_tells_that_an_item_is_closed_to_its_reader(live: Live) -> None:
    who = out_of_the_second(live)
    page, printed, packed = page_of(live, who), words_of(pdf_of(live, who)), zip_of(live, who)
    for told in (page, printed):
        assert "Complaints" not in told and "survey" not in told and "Matter 2" not in told
        assert "2 papers with 3 pages, under 4 items." in told
        assert "2. Matter 3" in told and "3.1 What the record holds" in told  # numbered as they count
    assert packed.namelist() == ["0 Pack.pdf", "1.1 Falls at night.pdf"]
    inner = words_of(PdfReader(io.BytesIO(packed.read("0 Pack.pdf"))))
    assert "survey" not in inner and "12.10pm" not in inner  # and no times, between which there would be a gap
    assert "12.10pm" in words_of(pdf_of(live, live.people["icb"]))


@pytest.mark.requirement("PER-05")
def test_a_guest_has_the_pack_of_the_item_to_which_they_are_invited(live: Live) -> None:
    guest = live.world.member
    ItemGuest.objects.create(item=live.items[0], person=guest, **MADE)
    page = page_of(live, guest)
    assert "1 paper with 3 pages, under 1 item." in page
    assert "Falls at night" in page and "Matter 3" not in page


def test_the_zip_holds_the_pdf_and_each_file_unchanged_under_names_that_sort_as_the_pack_does(live: Live) -> None:
    packed = zip_of(live, live.people["icb"])
    names = packed.namelist()
    assert names == sorted(names) and len(names) == 4
    assert packed.read("1.1 Falls at night.pdf") == a_pdf(3)
    assert packed.read("2.2 Complaints.csv") == b"Month,Count\nMay,3\n"
    assert not any("/" in one for one in names)


def test_the_pdf_can_be_read_aloud_and_names_who_has_it(live: Live) -> None:
    who = live.people["icb"]
    pdf = pdf_of(live, who)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("en") and "/StructTreeRoot" in root
    assert b"pdfuaid:part" not in root["/Metadata"].get_data()  # for there are strangers' pages behind it
    assert b"<pdfuaid:part>1</pdfuaid:part>" in _only_set(live, who).trailer["/Root"]["/Metadata"].get_data()
    assert pdf.metadata is not None and pdf.metadata.title == "Pack: Lantern quality group"
    words = words_of(pdf)
    assert f"For {who.display_name}, 15 January 2026." in words and "Too few nurses at night" in words
    assert "In the ZIP of this pack it is “1.1 Falls at night.pdf”." in words
    assert len(pdf.outline) > 0


def test_words_are_never_taken_for_commands(live: Live) -> None:
    a_paper(live.secretary, live.items[2], CODE, file=a_file("d.csv", b"x,y\n"))
    assert CODE in words_of(pdf_of(live, live.people["icb"]))


@pytest.mark.parametrize("words", ["Łódź — “naïve” café", "日本語のタイトル", "مرحبا", "🙂 smiling"])
def test_letters_that_the_font_lacks_never_cost_the_pack(live: Live, words: str) -> None:
    a_paper(live.secretary, live.items[2], words, file=a_file("d.csv", b"x,y\n"))
    assert len(pdf_of(live, live.people["icb"]).pages) >= 2
    lacks = words.startswith(("日", "🙂"))
    assert ("Some letters could not be set here" in words_of(pdf_of(live, live.people["icb"]))) == lacks
    assert any("3.1" in one for one in zip_of(live, live.people["icb"]).namelist())


def _only_set(live: Live, who: Person) -> PdfReader:
    """This function will take the pack of somebody for whom no paper came as a PDF."""
    for one in Paper.objects.filter(versions__media_type="application/pdf"):
        operations.withdraw_paper(by=live.secretary, at=timezone.now(), paper=one, because="It is old")
    return pdf_of(live, who)


def a_written_pdf(words: str, pages: int = 1, password: str = "") -> bytes:
    """This function will make a PDF with words on each page and a link to the web."""
    source = '#set document(title: "x")\n#set page(width: 8cm, height: 8cm)\n' + "#pagebreak()\n".join(
        f'#link("https://example.org")[{words} {number}]\n' for number in range(1, pages + 1)
    )
    writer = PdfWriter(clone_from=io.BytesIO(typesetting._set(source, "{}")))
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.requirement("MTG-13")
def test_papers_that_came_as_pdfs_follow_whole_with_true_page_numbers_and_bookmarks(live: Live) -> None:
    a_paper(live.secretary, live.items[2], "Rota", file=a_file("r.pdf", a_written_pdf("Rota of week", 2)))
    pdf = pdf_of(live, live.people["icb"])
    texts = [" ".join(page.extract_text().split()) for page in pdf.pages]
    whole = " ".join(texts)
    own = texts.index("")  # the first of the empty pages that were brought
    assert f"1.1 Falls at night: from page {own + 1}" in whole
    assert f"2.1 Staff: a/b survey: from page {own + 4}" in whole and f"3.1 Rota: from page {own + 5}" in whole
    assert texts[own + 4] == "Rota of week 1" and texts[own + 5] == "Rota of week 2" and len(texts) == own + 6
    assert f"Page {own} of {len(texts)}" in texts[own - 1] and "as accessible as their authors made them" in whole
    marks = {str(one.title): pdf.get_destination_page_number(one) for one in _flat(pdf.outline)}
    assert marks["3.1 Rota"] == own + 4
    assert [one.get_object()["/A"]["/URI"] for one in pdf.pages[own + 4]["/Annots"]] == ["https://example.org"]


@pytest.mark.parametrize("data", ["broken", "locked", "gone"])
def test_a_pdf_that_cannot_follow_is_told_of_and_costs_nobody_the_rest(live: Live, data: str) -> None:
    paper = a_paper(live.secretary, live.items[2], "Rota", file=a_file("r.pdf", a_written_pdf("Rota of week")))
    version = PaperVersion.objects.get(paper=paper)
    found = {"broken": b"%PDF-1.7\nbroken", "locked": a_written_pdf("Rota of week", password="x"), "gone": b""}[data]
    sha256 = hashlib.sha256(found).hexdigest()
    (Path(settings.DATA_DIR) / PAPERS / (sha256 if found else "nobody")).write_bytes(found)
    PaperVersion.objects.filter(pk=version.pk).update(sha256=sha256)
    pdf = pdf_of(live, live.people["icb"])
    words = words_of(pdf)
    assert "“3.1 Rota.pdf”. It could not be put behind this pack." in words and "Rota of week" not in words
    assert "1.1 Falls at night: from page" in words and "3.1 Rota: from page" not in words


def test_what_is_too_much_for_one_pdf_stays_in_the_zip(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.meetings.presenters.pack.MOST_PAGES", 3)
    words = words_of(pdf_of(live, live.people["icb"]))
    assert "1.1 Falls at night: from page" in words and "survey: from page" not in words
    assert "survey.pdf”. It could not be put behind this pack." in words


def test_a_process_that_ends_without_a_word_leaves_the_pack_as_it_was_set(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.intake.binding.CHILD", ("-c", "raise SystemExit(3)"))
    words = words_of(pdf_of(live, live.people["icb"]))
    assert "from page" not in words and "Too few nurses at night" in words


def _flat(outline: list[Any]) -> list[Any]:
    return [found for one in outline for found in (_flat(one) if isinstance(one, list) else [one])]


@pytest.mark.requirement("IGV-08")
def test_what_somebody_was_given_is_written_down_for_what_was_in_it_and_once_a_day(live: Live) -> None:
    who = out_of_the_second(live)
    pdf_of(live, who)
    assert _given(who) == [("Falls at night", "pdf"), ("What the record holds", "pdf")]
    zip_of(live, who)
    assert _given(who) == [
        ("Falls at night", "pdf"), ("Falls at night", "zip"), ("What the record holds", "pdf"), ("What the record holds", "zip"),
    ]  # fmt: skip
    before = Event.objects.count()
    zip_of(live, who)
    assert Event.objects.count() == before


def test_a_pdf_that_cannot_be_set_is_told_and_nothing_is_written_down(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "CHILD", ("-c", "raise SystemExit(3)"))
    typesetting._set.cache_clear()
    client = signed_in(live.people["icb"])
    for name in ("pack_pdf", "pack_zip"):
        answer = client.post(reverse(name, args=[live.meeting.pk]), follow=True)
        assert "The PDF could not be made" in answer.content.decode()
    assert not PaperGiven.objects.exclude(how="read").exists()


def test_more_papers_take_no_more_reads(live: Live) -> None:
    who = signed_in(live.people["icb"])
    path = reverse("pack", args=[live.meeting.pk])
    who.get(path)
    with CaptureQueriesContext(connection) as few:
        who.get(path)
    for number in range(12):
        a_paper(live.secretary, live.items[number % 3], f"Paper {number}")
    with CaptureQueriesContext(connection) as many:
        who.get(path)
    assert len(many) == len(few)


def _given(who: Person) -> list[tuple[str, str]]:
    rows = PaperGiven.objects.filter(who=who.actor_id).order_by("version__title", "how")
    return list(rows.values_list("version__title", "how"))

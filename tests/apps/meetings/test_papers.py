"""Papers: put to an item as files, read by whoever reads the item, in versions, withdrawn for a reason."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.verdict import Already, Refused
from sightline.intake.attachments import AT_MOST
from sightline.meetings import operations
from sightline.meetings.filing import read_filed
from sightline.meetings.giving import Overtaken, PaperSays
from sightline.meetings.models import ItemTie, Paper, PaperGiven, PaperVersion, PaperWithdrawal
from sightline.meetings.words import Given, PaperFor, Step
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import MADE, Live, a_live_meeting, opened
from tests.factories.papers import HEAVY, a_file, a_macro_file, a_paper, a_pdf
from tests.security.filling import filled

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting of which each item is open to every member, the fourth about the trust."""
    return a_live_meeting()


def tied(live: Live, name: str, number: int = 0) -> Person:
    """This function will have somebody declare an interest in an item."""
    who = live.people[name]
    ItemTie.objects.create(
        item=live.items[number], person=who, detail="A post", declared_at=timezone.now(), form_key=uuid4(), **MADE
    )
    return who


def sent(live: Live, file: Any, **more: Any) -> tuple[Client, Any]:
    """This function will send the form of a paper as the secretary does."""
    client = signed_in(live.secretary)
    typed = {"title": "Falls at night", "purpose": "decision", "form_key": str(uuid4()), **more}
    if file is not None:
        typed["file"] = file
    return client, client.post(reverse("paper_add", args=[live.items[0].pk]), typed)


@pytest.mark.requirement("MTG-13", "MTG-25")
def test_a_paper_given_as_a_file_stands_under_its_item_with_its_pages_and_comes_back_unchanged(live: Live) -> None:
    data = a_pdf(3)
    _, answer = sent(live, SimpleUploadedFile("falls.pdf", data))
    assert answer.status_code == 302
    version = PaperVersion.objects.get()
    member = signed_in(live.people["lay"])
    page = member.get(reverse("meeting", args=[live.meeting.pk])).content.decode()
    assert "Falls at night" in page and "For decision" in page and "PDF, 3 pages" in page
    assert "Falls at night" in member.get(reverse("paper", args=[version.paper_id])).content.decode()
    given = member.post(reverse("paper_file", args=[version.paper_id, 1]))
    assert given.content == data and "attachment" in given["Content-Disposition"]
    assert read_filed(version.sha256) == data


@pytest.mark.requirement("COI-04", "PER-03")
def test_whoever_is_out_of_an_item_finds_none_of_its_papers_by_any_address(live: Live) -> None:
    paper = a_paper(live.secretary, live.items[0])
    out, absent = signed_in(tied(live, "lay")), uuid4()
    page = out.get(reverse("meeting", args=[live.meeting.pk])).content.decode()
    assert "Falls at night" not in page and "Matter 2" in page
    for name, more in (("paper", []), ("paper_file", [1])):
        ask = out.post if name == "paper_file" else out.get
        answers = [ask(reverse(name, args=[key, *more])).status_code for key in (paper.pk, absent)]
        assert answers == [404, 404]
    assert not PaperGiven.objects.exists()


def test_an_interest_declared_after_the_papers_went_out_closes_them_and_what_was_taken_stays_on_record(
    live: Live,
) -> None:
    paper = a_paper(live.secretary, live.items[0])
    client, path = signed_in(live.people["lay"]), reverse("paper_file", args=[paper.pk, 1])
    assert client.post(path).status_code == 200
    tied(live, "lay")
    assert client.post(path).status_code == 404
    kept = signed_in(live.secretary).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Person of lay: downloaded by itself, version 1" in kept
    assert PaperGiven.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("falls.docm", a_macro_file, "may hold macros"),
        ("falls.docx", a_macro_file, "macros, which are programs"),
        ("falls.ppt", a_macro_file, "Save the slides as a PDF"),
        ("falls.pptx", a_macro_file, "macros, which are programs"),
        ("falls.pdf", a_macro_file, "is named .pdf but is"),
        ("falls.exe", lambda: b"MZ" + b"\x00" * 99, "Programs are never taken"),
        ("falls.pdf", lambda: b"", "It is empty"),
        ("falls.pdf", lambda: b"%PDF-1.7\n" + b"x" * AT_MOST, "a paper may have 25"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words_and_nothing_typed_is_lost(
    live: Live, name: str, data: Callable[[], bytes], says: str
) -> None:
    _, answer = sent(live, SimpleUploadedFile(name, data()), title="Falls on the wards")
    page = answer.content.decode()
    assert answer.status_code == 400 and says in page
    assert "Falls on the wards" in page
    assert not Paper.objects.exists()


def test_a_file_waits_while_the_rest_of_its_form_is_put_right(live: Live) -> None:
    client, answer = sent(live, SimpleUploadedFile("falls.pdf", a_pdf()), title="")
    assert answer.status_code == 400 and "“falls.pdf” is kept" in answer.content.decode()
    held = filled(answer.content.decode(), "")["held"][0]
    typed = {"title": "Falls", "purpose": "decision", "form_key": str(uuid4()), "held": held}
    other = signed_in(live.world.member)
    assert client.post(reverse("paper_add", args=[live.items[0].pk]), typed).status_code == 302
    assert PaperVersion.objects.get().name == "falls.pdf"
    assert other.post(reverse("paper_add", args=[live.items[0].pk]), typed).status_code == 403


def test_a_ticket_of_another_or_a_made_up_one_brings_no_file(live: Live) -> None:
    for held in ("made:up", ""):
        _, answer = sent(live, None, held=held)
        assert answer.status_code == 400 and "Choose the file of the paper" in answer.content.decode()
    assert not Paper.objects.exists()


def test_the_same_form_sent_twice_makes_one_paper(live: Live) -> None:
    key = str(uuid4())
    for _ in range(2):
        _, answer = sent(live, SimpleUploadedFile("falls.pdf", a_pdf()), form_key=key)
        assert answer.status_code == 302
    assert PaperVersion.objects.count() == 1


def test_versions_follow_one_another_and_nobody_writes_over_what_they_have_not_seen(live: Live) -> None:
    paper = a_paper(live.secretary, live.items[0])
    given = {"by": live.secretary, "at": timezone.now(), "paper": paper}
    says = PaperSays("Falls, put right", PaperFor.DECISION, confidential_because="A case can be known by it")
    operations.revise_paper(seen=1, says=says, form_key=uuid4(), file=a_file("new.pdf", a_pdf(2)), **given)
    with pytest.raises(Overtaken):
        operations.revise_paper(seen=1, says=says, form_key=uuid4(), **given)
    operations.revise_paper(seen=2, says=says, form_key=(key := uuid4()), **given)
    with pytest.raises(Already):
        operations.revise_paper(seen=3, says=says, form_key=key, **given)
    assert list(PaperVersion.objects.values_list("number", "name", "pages")) == [
        (1, "falls.pdf", 1), (2, "new.pdf", 2), (3, "new.pdf", 2),
    ]  # fmt: skip
    page = signed_in(live.people["lay"]).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Falls, put right" in page and "1. Falls at night" in page


@pytest.mark.requirement("IGV-05")
def test_a_paper_is_confidential_only_for_a_reason_that_its_readers_are_told(live: Live) -> None:
    opened_up = a_paper(live.secretary, live.items[0])
    closed = a_paper(live.secretary, live.items[0], "A case", confidential_because="It tells of one family")
    reader = signed_in(live.people["lay"])
    assert "Confidential" not in reader.get(reverse("paper", args=[opened_up.pk])).content.decode()
    page = reader.get(reverse("paper", args=[closed.pk])).content.decode()
    assert "Confidential because: It tells of one family" in page


def test_a_withdrawn_paper_says_why_and_gives_no_file_to_readers(live: Live) -> None:
    paper = a_paper(live.secretary, live.items[0])
    given = {"by": live.secretary, "at": timezone.now(), "paper": paper}
    operations.withdraw_paper(because="Its figures were wrong", **given)
    with pytest.raises(Refused):
        operations.withdraw_paper(because="Again", **given)
    reader = signed_in(live.people["lay"])
    assert "Falls at night" not in reader.get(reverse("meeting", args=[live.meeting.pk])).content.decode()
    assert "Its figures were wrong" in reader.get(reverse("paper", args=[paper.pk])).content.decode()
    assert reader.post(reverse("paper_file", args=[paper.pk, 1])).status_code == 404
    assert signed_in(live.secretary).post(reverse("paper_file", args=[paper.pk, 1])).status_code == 200
    assert PaperWithdrawal.objects.count() == 1


def test_papers_are_put_to_items_by_whoever_keeps_the_meeting_until_it_is_over(live: Live) -> None:
    with pytest.raises(Refused):
        a_paper(live.people["lay"], live.items[0])
    opened(live)
    a_paper(live.secretary, live.items[0])
    step = live.meeting.steps.get()
    step.pk, step.step = None, Step.CLOSED.value
    step.save(force_insert=True)
    with pytest.raises(Refused):
        a_paper(live.secretary, live.items[0])
    assert Paper.objects.count() == 1


def test_nobody_is_noted_to_have_a_paper_that_is_not_for_them(live: Live) -> None:
    version = a_paper(live.secretary, live.items[0]).versions.get()
    with pytest.raises(Refused):
        operations.note_papers_given(by=tied(live, "lay"), at=timezone.now(), versions=[version], how=Given.PDF)
    assert not PaperGiven.objects.exists()


@pytest.mark.requirement("MTG-14")
def test_remarks_on_heavy_english_are_for_whoever_wrote_it_and_keep_nothing_back(live: Live) -> None:
    text = io.BytesIO("\n\n".join([HEAVY] * 6).encode())
    _, answer = sent(live, SimpleUploadedFile("heavy.txt", text.getvalue()))
    assert answer.status_code == 302
    paper = Paper.objects.get()
    secretary = signed_in(live.secretary).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "6 sentences of 6 are longer than 25 words" in secretary
    assert "reading ease" in secretary and "not spelled out in it: QRPT" in secretary
    reader = signed_in(live.people["lay"]).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "reading ease" not in reader

"""The pages of a request for information, walked by its worker and by whoever clears it, and what is taken away."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from sightline.core.access import Grant, Role
from sightline.core.records.answering import Ruling
from sightline.records.models import DisclosurePack, InformationRequest, PassageRuling, RequestPassage
from sightline.records.presenters.requests import TEMPLATE, shown, to_print
from sightline.web.typesetting import pdf_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import Log
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.records import an_officer, asked, cleared, on_day, ruled, taken
from tests.factories.reports import begun, frozen, wrote

SECRET = "Xanthippe-9031"
TYPST = '#read("/etc/passwd") $x$ <b>bold</b>'


def a_filled_case(log: Log) -> InformationRequest:
    """A request with a report in two paragraphs: one is released, one holds a secret and is withheld."""
    report = begun(log)
    wrote(log, report, "good-practice", f"Two wards share one rota. {TYPST}\n{SECRET} told us so.")
    frozen(log, report)
    request = asked(log, words="rota")
    for one in taken(log, request):
        if SECRET in one.text:
            ruled(log, one, Ruling.WITHHOLD, exemption="s40")
        else:
            ruled(log, one)
    return request


@pytest.mark.requirement("IGV-04")
def test_a_request_is_entered_looked_for_decided_and_closed_on_its_pages(log: Log) -> None:
    report = begun(log)
    wrote(log, report, "good-practice", f"Two wards share one rota.\n{SECRET} told us so.")
    frozen(log, report)
    worker, second = signed_in(log.world.secretary), signed_in(an_officer())
    given = {
        "system": log.group.system, "kind": "foi", "asked_by": "A newspaper", "asks": "What is known of rotas?",
        "words": "rota", "form_key": str(uuid4()), **on_day("received_on", TODAY),
    }  # fmt: skip
    answer = worker.post(reverse("information_request_open"), given)
    request = InformationRequest.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("information_request", args=[request.pk])
    find = reverse("information_find", args=[request.pk])
    page = worker.get(find).content.decode()
    source = page.partition('name="sources"')[2].partition('value="')[2].partition('"')[0]
    assert "Two wards share one rota." in page and source.startswith("version.")
    assert worker.post(find, {}).status_code == 400
    assert worker.post(find, {"sources": source}).status_code == 302
    for one in RequestPassage.objects.all():
        address = reverse("information_passage", args=[request.pk, one.pk])
        if SECRET in one.text:
            assert worker.post(address, {"seen": "0", "ruling": "withhold"}).status_code == 400
            done = worker.post(address, {"seen": "0", "ruling": "withhold", "exemption": "s40"})
        else:
            done = worker.post(address, {"seen": "0", "ruling": "release"})
        assert done.status_code == 302
    clear = reverse("information_clear", args=[request.pk])
    assert "Another person clears" in worker.get(clear).content.decode()
    page = second.get(clear).content.decode()
    assert SECRET not in page and "Section 40" in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert second.post(clear, {"seen": seen}).status_code == 302
    assert worker.post(reverse("information_close", args=[request.pk]), {"how": "answered"}).status_code == 302
    assert worker.get(clear).status_code == 404
    assert "Answered" in worker.get(reverse("information_requests")).content.decode()


@pytest.mark.requirement("IGV-04")
def test_nothing_withheld_is_in_the_page_or_the_file_that_is_given_out(log: Log) -> None:
    request = a_filled_case(log)
    pack = cleared(log, request)
    client = signed_in(log.world.lead)
    page = client.get(reverse("information_pack", args=[request.pk, 1])).content.decode()
    assert SECRET not in page and "Querent" not in page and pack.sha256 in page
    answer = client.get(reverse("information_pack_pdf", args=[request.pk, 1]))
    assert answer["Content-Type"] == "application/pdf" and "attachment" in answer["Content-Disposition"]
    pdf = PdfReader(BytesIO(answer.content))
    text = "\n".join(one.extract_text() for one in pdf.pages)
    assert "Two wards share one rota." in " ".join(text.split()) and "Withheld" in text
    told = text + str(pdf.metadata) + answer["Content-Disposition"]
    for hidden in (SECRET, "Querent", "News of the quarter", "Sam Secretary", str(request.pk), str(log.group.name)):
        assert hidden not in told and hidden.encode() not in answer.content


@pytest.mark.requirement("IGV-04")
def test_what_is_given_out_of_one_record_stands_together_and_is_numbered_through() -> None:
    def of(day: str, **more: str) -> dict[str, str]:
        return {"from": "Report", "day": day, **more}

    content: dict[str, Any] = {
        "law": "FOI", "received": "2026-01-02", "grounds": [],
        "passages": [of("2026-01-01", text="One."), of("2026-01-01", withheld="Section 40"), of("2026-01-03", text="Two.")],
    }  # fmt: skip
    first, second = shown(content).records
    assert (first.heading, first.first, first.passages) == (
        "Report, 1 January 2026",
        1,
        (("One.", ""), ("", "Section 40")),
    )
    assert (second.heading, second.first, second.passages) == ("Report, 3 January 2026", 3, (("Two.", ""),))
    for some, words in (
        (content, "3. Two."),
        ({**content, "passages": []}, "Nothing of what is held is what was asked for."),
    ):
        pdf = PdfReader(BytesIO(pdf_of(TEMPLATE, to_print(shown(some)))))
        assert words in " ".join(" ".join(one.extract_text() for one in pdf.pages).split())


@pytest.mark.requirement("PER-13")
def test_auditor_reads_a_case_and_finds_nothing_to_press(log: Log) -> None:
    request = a_filled_case(log)
    cleared(log, request)
    client = signed_in(a_person(Grant(Role.AUDITOR, system=log.group.system)))
    page = client.get(reverse("information_request", args=[request.pk])).content.decode()
    assert SECRET in page
    for name in ("information_find", "information_clear", "information_close", "information_consult"):
        address = reverse(name, args=[request.pk])
        assert address not in page and client.get(address).status_code == 403
    assert client.get(reverse("information_pack", args=[request.pk, 1])).status_code == 200


@pytest.mark.requirement("COI-03")
def test_a_request_about_whom_somebody_has_an_interest_in_answers_like_none(log: Log) -> None:
    request = asked(log, subject=log.world.subject)
    an_interest(log.world.secretary, log.world.subject)
    client = signed_in(log.world.secretary)
    for name in ("information_request", "information_find", "information_consult", "information_close"):
        assert client.get(reverse(name, args=[request.pk])).status_code == 404
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404
    assert "Freedom of Information request of" not in client.get(reverse("information_requests")).content.decode()


def test_a_version_is_withdrawn_on_its_page(log: Log) -> None:
    request = a_filled_case(log)
    cleared(log, request)
    client = signed_in(log.world.secretary)
    address = reverse("information_pack_withdraw", args=[request.pk, 1])
    assert client.post(address, {"because": "It says too much."}).status_code == 302
    assert client.get(address).status_code == 404
    assert "not given out any more" in client.get(reverse("information_pack", args=[request.pk, 1])).content.decode()
    assert "It says too much." in client.get(reverse("information_request", args=[request.pk])).content.decode()
    assert DisclosurePack.objects.count() == 1


def test_a_case_asks_no_more_for_many_passages_than_for_two(log: Log) -> None:
    request = a_filled_case(log)
    client = signed_in(log.world.lead)
    address = reverse("information_request", args=[request.pk])

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = queries()
    first = RequestPassage.objects.filter(request=request).earliest("place")
    for place in range(50, 70):
        more = RequestPassage.objects.create(
            request=request, version=first.version, part="x", place=place, of_day=TODAY, text="x",
            recorded_at=first.recorded_at, recorded_by="x",
        )  # fmt: skip
        ruled(log, more)
    assert queries() == few and PassageRuling.objects.count() > 20

"""Who had a frozen report, in which form and when: written down for every form, and told to whoever answers for it alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Refused
from sightline.reports import operations
from sightline.reports.models import ReportGiven, ReportVersion
from sightline.reports.words import Form
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import Log
from tests.factories.groups import an_interest
from tests.factories.reports import a_council, begun, frozen, sent, wrote
from tests.factories.surveillance_levels import decided

FILES = {"report_pdf": Form.PDF, "report_word": Form.WORD, "report_xlsx": Form.EXCEL, "report_csv": Form.CSV}
HEADING = "Who had this version"


def page(person: Person, version: ReportVersion) -> str:
    return signed_in(person).get(reverse("report_version", args=[version.report_id, version.number])).content.decode()


def noted(person: Person, version: ReportVersion, form: Form = Form.PDF) -> ReportGiven:
    return operations.note_report_given(by=person, at=timezone.now(), version=version, form=form)


@pytest.mark.requirement("IGV-08")
def test_every_form_in_which_somebody_has_a_report_is_one_event_and_written_down_once_a_day(log: Log) -> None:
    version = frozen(log, begun(log))
    client, path = signed_in(log.seated), [version.report_id, 1]
    before = Event.objects.count()
    client.head(reverse("report_version", args=path))
    assert not ReportGiven.objects.exists()
    for _ in range(2):
        client.get(reverse("report_version", args=path))
        for name in FILES:
            assert client.get(reverse(name, args=path)).status_code == 405
            assert client.post(reverse(name, args=path)).status_code == 200
    events = list(Event.objects.order_by("pk").values_list("verb", "actor", "on_id"))[before:]
    assert events == [("reports.note_report_given", log.seated.actor_id, str(version.pk))] * len(Form)
    assert {Form(one.form) for one in ReportGiven.objects.all()} == set(Form)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        signed_in(log.seated).post(reverse("report_csv", args=path))
    assert ReportGiven.objects.filter(form=Form.CSV.value).count() == 2


@pytest.mark.requirement("IGV-08")
def test_who_had_it_is_told_to_its_keepers_and_the_auditor_and_to_nobody_else(log: Log) -> None:
    council, recipient = a_council(log)
    version = frozen(log, begun(log, "members-to-local-authority"))
    sent(log, version, to_body=council)
    signed_in(recipient).post(reverse("report_word", args=[version.report_id, 1]))
    told = "Cal Council: downloaded as a Word document, 15 January 2026"
    auditor = a_person(Grant(Role.AUDITOR, system=log.group.system), display_name="Aud Auditor")
    for person in (log.world.secretary, log.world.lead, auditor):
        assert HEADING in page(person, version) and told in page(person, version)
    for person in (log.seated, recipient):
        shown = page(person, version)
        assert version.sha256 in shown and HEADING not in shown and told not in shown


@pytest.mark.requirement("IGV-08", "COI-03")
def test_what_is_not_for_somebody_is_not_given_to_them_and_nothing_is_written_down(log: Log) -> None:
    decided(log.world)
    report = begun(log)
    first = frozen(log, report)
    wrote(log, report, "needs", "Lend us a team.")
    frozen(log, report, changed="A need was added.")
    _, outsider = a_council(log)
    an_interest(log.seated, log.world.subject)
    before = Event.objects.count()
    for person in (outsider, log.seated, log.unseated, log.world.provider):
        with pytest.raises(Refused):
            noted(person, first)
        for name in FILES:
            answer = signed_in(person).post(reverse(name, args=[report.pk, 1]))
            assert answer.status_code in {403, 404} and version_free(answer.content, first)
    assert Event.objects.count() == before and not ReportGiven.objects.exists()


def test_the_same_form_on_the_same_day_stands_there_already(log: Log) -> None:
    version = frozen(log, begun(log))
    assert noted(log.seated, version).who == log.seated.actor_id
    with pytest.raises(Already):
        noted(log.seated, version)
    assert ReportGiven.objects.count() == 1


def test_a_long_list_shows_the_newest_says_how_many_more_there_are_and_reads_no_oftener(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = frozen(log, begun(log))
    monkeypatch.setattr("sightline.reports.queries.given.SHOWN", 3)

    def reads() -> tuple[int, str]:
        page(log.world.secretary, version)
        with CaptureQueriesContext(connection) as taken:
            shown = page(log.world.secretary, version)
        return len(taken), shown

    few, shown = reads()
    assert "earlier one" not in shown
    for form in Form:
        noted(log.seated, version, form)
    many, shown = reads()
    assert many == few and shown.count(f"{log.seated.display_name}: ") == 3
    assert "3 earlier ones are in the event log." in shown


def version_free(content: bytes, version: ReportVersion) -> bool:
    """This function will say whether nothing of a version is in an answer."""
    return version.sha256.encode() not in content and b"Lantern Hospitals" not in content

"""A frozen report is sent: to whom it may go, who is told, who acknowledges it, and how long it has waited."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from sightline.core.escalation.answering import ExchangeKind
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Refused
from sightline.escalation.models import Exchange
from sightline.meetings.giving import Overtaken
from sightline.notify.models import Message
from sightline.reports.models import Receipt, Sending
from sightline.reports.presenters import working
from sightline.reports.queries.reports import reports_due, reports_of_us
from sightline.reports.queries.sending import bodies_to_send
from sightline.reports.words import How
from tests.factories.actions import Log
from tests.factories.reports import REGIONAL, a_council, acknowledged, begun, frozen, sent
from tests.factories.rulebook import a_clock_stopped

SCRUTINY = "to-scrutiny-and-health-and-wellbeing"


@pytest.mark.requirement("RPT-13", "RPT-14")
def test_given_a_frozen_report_when_sent_then_its_recipients_are_told_by_a_link_and_nothing_of_it(log: Log) -> None:
    version = frozen(log, begun(log, title="Falls at Lantern"))
    sending = sent(log, version)
    messages = [one for one in Message.objects.all() if one.kind == "report-received"]
    assert [(one.person, one.record) for one in messages] == [(log.world.regional, str(sending.pk))]
    assert all("Falls" not in one.path for one in messages)


@pytest.mark.requirement("RPT-09", "RPT-11", "RPT-14")
def test_a_report_may_go_to_board_councils_and_region_of_its_area_and_to_nobody_else(log: Log) -> None:
    council, _ = a_council(log)
    report = begun(log)
    assert {one.code for one in bodies_to_send(report, timezone.localdate())} == {
        log.world.board.code, log.world.region.code, council.code,
    }  # fmt: skip
    version = frozen(log, report)
    with pytest.raises(Refused):
        sent(log, version, to_body=log.world.subject.organisation)
    assert not Sending.objects.exists()


def test_a_version_goes_to_the_same_part_of_a_body_once(log: Log) -> None:
    version = frozen(log, begun(log))
    sent(log, version)
    with pytest.raises(Already):
        sent(log, version)
    assert sent(log, version, part="Quality team").part == "Quality team"


def test_what_goes_as_a_file_calls_nobody(log: Log) -> None:
    sent(log, frozen(log, begun(log)), how=How.OUTSIDE)
    assert not Message.objects.filter(kind="report-received").exists()


@pytest.mark.requirement("RPT-13")
def test_given_a_sent_report_when_acknowledged_by_the_recipient_then_the_sender_is_told_and_it_waits_no_more(
    log: Log,
) -> None:
    report = begun(log)
    sending = sent(log, frozen(log, report))
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        today = timezone.localdate()
        (row,) = working.rows(reports_of_us(log.world.secretary, today)[0], today)
        assert row.waits == "1 recipient yet to acknowledge it, for up to 9 days"
        for person in (log.world.secretary, log.seated, log.world.provider, log.world.regional_elsewhere):
            with pytest.raises(Refused):
                acknowledged(log, sending, by=person)
        receipt = acknowledged(log, sending)
        assert receipt.received_by == log.world.regional and Receipt.objects.count() == 1
        with pytest.raises(Already):
            acknowledged(log, sending)
        (row,) = working.rows(reports_of_us(log.world.secretary, today)[0], today)
        assert (row.tag[0], row.waits) == ("Acknowledged", "")
    assert Message.objects.filter(kind="report-acknowledged", person=log.world.secretary).count() == 1


def test_given_a_newer_version_when_the_older_is_sent_then_it_is_refused(log: Log) -> None:
    report = begun(log)
    first = frozen(log, report)
    frozen(log, report, changed="Nothing but the day.")
    with pytest.raises(Overtaken):
        sent(log, first)


@pytest.mark.requirement("RPT-30")
def test_a_report_of_every_quarter_is_due_three_months_after_it_was_sent(log: Log) -> None:
    today = timezone.localdate()
    due = {one.laid.template.id: one for one in reports_due(log.world.secretary, today)}
    assert due[REGIONAL].by is None
    sent(log, frozen(log, begun(log)))
    due = {one.laid.template.id: one for one in reports_due(log.world.secretary, today)}
    assert due[REGIONAL].last == today and due[REGIONAL].by == today.replace(month=4)
    assert not reports_due(log.seated, today)


@pytest.mark.requirement("RPT-29")
def test_a_report_whose_clock_the_house_switched_off_is_due_no_more_and_may_still_be_begun(log: Log) -> None:
    def due() -> set[str]:
        return {one.laid.template.id for one in reports_due(log.world.secretary, timezone.localdate())}

    assert {SCRUTINY, REGIONAL} <= due()
    a_clock_stopped("scrutiny-report")
    assert SCRUTINY not in due() and REGIONAL in due()
    assert begun(log, SCRUTINY).template == SCRUTINY


@pytest.mark.requirement("SUR-09", "RPT-30")
def test_an_update_that_went_up_as_an_exchange_is_the_report_of_the_quarter_and_of_no_other(log: Log) -> None:
    today = timezone.localdate()
    went = today - timedelta(days=10)
    Exchange.objects.create(
        kind=ExchangeKind.UPDATE.value, system=log.group.system, sender=Slot.SYSTEM_QUALITY_GROUP.value,
        from_body=log.world.board, recipient=Slot.REGIONAL_QUALITY_GROUP.value, to_body=log.world.region,
        pack="sqg-2022", purpose="information", title="Update", says="Falls.", form_key=uuid4(), sent_on=went,
        recorded_at=timezone.now(), recorded_by="person:keeper",
    )  # fmt: skip
    due = {one.laid.template.id: one for one in reports_due(log.world.secretary, today)}
    assert due[REGIONAL].last == went and due[REGIONAL].by == later_by(went, 3)
    assert due[SCRUTINY].last is None
    sent(log, frozen(log, begun(log)))
    assert {one.laid.template.id: one.last for one in reports_due(log.world.secretary, today)}[REGIONAL] == today


@pytest.mark.requirement("RPT-30")
def test_where_the_clock_of_the_update_is_switched_off_no_page_asks_for_the_report(log: Log) -> None:
    a_clock_stopped("region-update")
    assert REGIONAL not in {one.laid.template.id for one in reports_due(log.world.secretary, timezone.localdate())}


def test_a_council_that_was_sent_a_report_acknowledges_it_and_a_colleague_of_the_sender_does_not(log: Log) -> None:
    council, person = a_council(log)
    sending = sent(log, frozen(log, begun(log, "members-to-local-authority")), to_body=council)
    with pytest.raises(Refused):
        acknowledged(log, sending, by=log.world.regional)
    assert acknowledged(log, sending, by=person).received_by == person

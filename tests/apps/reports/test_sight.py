"""Who reads a report: its keepers a draft, the group what is frozen, recipients what was sent, nobody with an interest."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.meetings.deciding import Outcome, Sort
from sightline.core.meetings.quorum import Status
from sightline.meetings.models import ItemOutcome, ItemTie
from sightline.reports.models import Report
from sightline.reports.queries.reports import one_version, reports_of_us, reports_to_us
from tests.factories.accounts import a_person
from tests.factories.actions import Log, an_action
from tests.factories.groups import a_seat, a_seating, an_interest
from tests.factories.meetings_live import a_meeting, an_item
from tests.factories.reports import a_council, begun, frozen, sent, wrote
from tests.factories.surveillance_levels import decided


def sees(person: Person, report: Report) -> bool:
    found = Report.objects.visible_to(person, timezone.localdate()).filter(pk=report.pk).exists()
    listed = [one.report.pk for one in reports_of_us(person, timezone.localdate())[0]]
    came = [one.version.report_id for one in reports_to_us(person, timezone.localdate())]
    assert found == (report.pk in {*listed, *came})  # no list knows more or less than the page
    return found


def auditor(log: Log) -> Person:
    return a_person(Grant(Role.AUDITOR, system=log.group.system), display_name="Aud Auditor")


def test_given_a_draft_then_its_keepers_and_the_auditor_alone_see_it(log: Log) -> None:
    report = begun(log)
    world = log.world
    assert all(sees(one, report) for one in (world.secretary, world.lead, auditor(log)))
    others = (log.seated, log.unseated, world.regional, world.provider, world.elsewhere, world.regional_elsewhere)
    assert not any(sees(one, report) for one in others)


def test_given_a_frozen_report_then_whoever_sits_in_the_group_reads_it_and_nobody_else(log: Log) -> None:
    report = begun(log)
    frozen(log, report)
    world = log.world
    assert sees(log.seated, report) and sees(world.regional, report)  # the region sits in the group of this world
    others = (log.unseated, world.provider, world.elsewhere, world.regional_elsewhere)
    assert not any(sees(one, report) for one in others)


@pytest.mark.requirement("RPT-11")
def test_given_a_report_to_a_council_then_who_works_for_it_reads_it_once_it_was_sent_and_that_version_alone(
    log: Log,
) -> None:
    council, person = a_council(log)
    report = begun(log, "members-to-local-authority")
    first = frozen(log, report)
    assert not sees(person, report)
    sent(log, first, to_body=council)
    wrote(log, report, "for-decision", "Please decide.")
    frozen(log, report, changed="A matter to decide was added.")
    today = timezone.localdate()
    assert sees(person, report)
    assert one_version(person, today, report.pk, 1) == first
    assert one_version(person, today, report.pk, 2) is None
    assert one_version(log.seated, today, report.pk, 2) is not None


def test_given_an_interest_in_whom_a_line_is_about_then_nobody_with_it_reads_the_report(log: Log) -> None:
    decided(log.world)
    report = begun(log)
    version = frozen(log, report)
    sent(log, version)
    for person in (log.seated, log.world.lead, log.world.regional):
        assert sees(person, report)
        an_interest(person, log.world.subject)
        assert not sees(person, report)


def test_given_a_name_in_words_alone_then_an_interest_closes_the_report_too(log: Log) -> None:
    report = begun(log)
    wrote(log, report, "needs", "Help Lantern Hospitals.")
    frozen(log, report)
    an_interest(log.seated, log.world.subject)
    assert not sees(log.seated, report)


def test_given_somebody_who_works_for_whom_it_is_about_then_they_do_not_read_it_in_whatever_role(log: Log) -> None:
    decided(log.world)
    grants = (Grant(Role.MEMBER, system=log.group.system, organisation="ZR1"), Grant(Role.PROVIDER, organisation="ZR1"))
    people = [a_person(one, display_name=f"Of the trust {number}") for number, one in enumerate(grants)]
    for number, person in enumerate(people):
        a_seating(a_seat(log.group, f"Trust {number}"), person)
    report = begun(log)
    frozen(log, report)
    assert not any(sees(one, report) for one in people)


def test_given_an_item_from_which_somebody_is_out_then_a_report_with_what_it_came_to_is_closed_to_them(
    log: Log,
) -> None:
    meeting = a_meeting(log.group, timezone.now() - timedelta(days=3))
    item = an_item(meeting)
    wrote_it = {"recorded_at": timezone.now(), "recorded_by": "operator:test"}
    ItemOutcome.objects.create(
        item=item, sort=Sort.AGREEMENT.value, outcome=Outcome.AGREED.value, text="Nurses at night", at=timezone.now(),
        quorum=Status.QUORATE.value, snapshot={"here": []}, snapshot_hash="x", pack="sqg-2022",
        rules_version="sqg-2022 v1", form_key=uuid4(), **wrote_it,
    )  # fmt: skip
    report = begun(log)
    frozen(log, report)
    newest = report.gatherings.last()
    assert newest is not None and [one.says for one in newest.lines.all()] == ["A matter: Nurses at night"]
    assert sees(log.seated, report)
    ItemTie.objects.create(
        item=item, person=log.seated, detail="x", declared_at=timezone.now(), form_key=uuid4(), **wrote_it
    )
    assert not sees(log.seated, report)


def test_given_an_action_about_a_body_then_its_report_is_closed_with_it(log: Log) -> None:
    an_action(log, subject=log.world.subject)
    report = begun(log)
    frozen(log, report)
    assert sees(log.seated, report)
    an_interest(log.seated, log.world.subject)
    assert not sees(log.seated, report)

"""Word templates of a system's reports: who brings one, which holds, who was quicker, and that none is lost."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.verdict import Already, Refused
from sightline.intake.word_fields import faults_of
from sightline.meetings.giving import Overtaken
from sightline.reports import operations
from sightline.reports.giving import Layout
from sightline.reports.layouts import ANY_REPORT, KNOWN
from sightline.reports.models import WordTemplate
from sightline.reports.presenters.word import starter
from sightline.reports.queries.layouts import layout_of, one_layout, places_of
from tests.factories.actions import Log
from tests.factories.reports import REGIONAL, begun


def brought(
    log: Log, template: str = ANY_REPORT, seen: int = 0, by: Person | None = None, key: UUID | None = None
) -> WordTemplate:
    given = Layout(log.group.system, template, f"letter {seen + 1}.docx", starter(), seen)
    who = by or log.world.secretary
    return operations.bring_word_template(by=who, at=timezone.now(), given=given, form_key=key or uuid4())


def ended(log: Log, template: WordTemplate, by: Person | None = None) -> WordTemplate:
    who = by or log.world.secretary
    return operations.end_word_template(by=who, at=timezone.now(), template=template, form_key=uuid4())


def test_the_template_to_begin_from_has_no_fault() -> None:
    assert faults_of(starter(), KNOWN) == []


def test_the_newest_for_the_report_holds_then_that_for_every_report_then_none(log: Log) -> None:
    report = begun(log)
    assert layout_of(report) is None
    every = brought(log)
    assert layout_of(report) == every
    first = brought(log, REGIONAL)
    second = brought(log, REGIONAL, seen=1)
    assert layout_of(report) == second and bytes(second.data) == starter()
    brought(log, "triple-a")
    assert layout_of(report) == second
    ended(log, second)
    assert layout_of(report) == every
    ended(log, every)
    assert layout_of(report) is None
    today = timezone.localdate()
    assert one_layout(log.world.secretary, today, first.pk) == first  # what was brought stays on the record
    place = next(one for one in places_of(log.world.secretary, today) if one.template == REGIONAL)
    assert [one.is_end for one in place.versions] == [False, False, True] and place.newest is None
    assert brought(log, REGIONAL, seen=3).number == 4


def test_bringing_and_ending_are_one_event_each_with_nothing_of_the_file(log: Log) -> None:
    before = Event.objects.count()
    ended(log, brought(log))
    events = list(Event.objects.order_by("pk"))[before:]
    assert [one.verb for one in events] == ["reports.bring_word_template", "reports.end_word_template"]


def test_nobody_writes_over_what_they_did_not_see_nor_twice_by_one_form(log: Log) -> None:
    key = uuid4()
    first = brought(log, key=key)
    with pytest.raises(Already):
        brought(log, seen=1, key=key)
    with pytest.raises(Overtaken, match="Look at theirs first"):
        brought(log, by=log.world.lead)
    second = brought(log, seen=1)
    with pytest.raises(Overtaken):
        ended(log, first)
    ended(log, second)
    with pytest.raises(Overtaken):
        ended(log, second)
    assert WordTemplate.objects.count() == 3


def test_only_who_keeps_the_papers_of_the_system_brings_reads_or_ends_one(log: Log) -> None:
    world, today = log.world, timezone.localdate()
    template = brought(log)
    others = (log.seated, log.unseated, world.regional, world.provider, world.elsewhere)
    for one in others:
        assert places_of(one, today) == () or log.group.system not in {place.system for place in places_of(one, today)}
        assert one_layout(one, today, template.pk) is None
        with pytest.raises(Refused):
            brought(log, seen=1, by=one)
        with pytest.raises(Refused):
            ended(log, template, by=one)
    assert list(WordTemplate.objects.all()) == [template]


def test_a_template_is_for_a_report_that_the_groups_of_the_system_make(log: Log) -> None:
    with pytest.raises(Refused):
        brought(log, "no-such-report")

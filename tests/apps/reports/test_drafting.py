"""A report from its beginning until it is frozen: gathered, edited, never blank, and never edited afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.rulebook.reports import Reports
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings.giving import Overtaken
from sightline.reports import operations
from sightline.reports.giving import Begun
from sightline.reports.models import Report, ReportLine, ReportVersion
from sightline.reports.queries.drafts import hash_of
from sightline.reports.queries.gathering import gathered_for
from sightline.reports.queries.gathering.found import Scope
from sightline.reports.queries.reports import changes_since
from sightline.reports.words import RecordKind
from tests.factories.actions import Log, an_action, closed
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.levels import part
from tests.factories.reports import ANNEX_F, QUARTER, TRIPLE_A, begun, by_2017, drafted, frozen, told, wrote
from tests.factories.surveillance_levels import decided
from tests.factories.surveillance_log import a_level


def lines(report: Report, section: str) -> list[ReportLine]:
    newest = report.gatherings.last()
    assert newest is not None
    return list(newest.lines.filter(section=section))


@pytest.mark.requirement("RPT-12", "RPT-30")
def test_given_a_level_and_an_action_when_a_report_is_begun_then_each_line_leads_to_its_record(log: Log) -> None:
    decision = decided(log.world)
    action = an_action(log)
    report = begun(log)
    found = {RecordKind(one.kind): one for one in lines(report, "concerns")}
    assert set(found) == {RecordKind.DECISION, RecordKind.ACTION}
    assert found[RecordKind.DECISION].decision == decision
    assert found[RecordKind.DECISION].says.startswith("Lantern Hospitals: Enhanced since")
    assert "Visit the wards" in found[RecordKind.DECISION].says
    assert found[RecordKind.ACTION].action == action
    assert [one.subject for one in report.subjects.all()] == [log.world.subject]


@pytest.mark.requirement("LRN-03", "RPT-12")
def test_given_an_action_that_changed_something_when_gathered_then_it_is_told_as_good_practice(log: Log) -> None:
    closing = closed(log, an_action(log))
    (line,) = lines(begun(log), "good-practice")
    assert line.action == closing.action and closing.impact in line.says


def test_given_what_lies_outside_the_period_when_gathered_then_actions_of_it_are_left_out(log: Log) -> None:
    an_action(log)
    report = begun(log, begins_on=TODAY - QUARTER, ends_on=TODAY - timedelta(days=1))
    assert not lines(report, "concerns")


def test_given_a_keeper_with_an_interest_when_they_gather_then_nothing_of_that_subject_is_in_it(log: Log) -> None:
    decided(log.world)
    an_interest(log.world.lead, log.world.subject)
    report = begun(log, by=log.world.lead)
    assert not lines(report, "concerns") and not report.subjects.exists()


@pytest.mark.requirement("SUM-03")
@pytest.mark.parametrize(("level", "is_highest"), [("risk-summit", True), ("enhanced", False)])
def test_given_a_level_of_2017_when_the_nation_is_told_then_only_a_risk_summit_has_its_own_section(
    log: Log, level: str, is_highest: bool
) -> None:
    by_2017(log)
    decision = a_level(log.world.subject, level, TODAY, pack="qsg-2017")
    template = part("qsg-2017", "reports", Reports).template("regional-to-national")
    assert template is not None
    scope = Scope(log.world.secretary, TODAY, log.group, TODAY - QUARTER, TODAY)
    found = {name: [one.record for _, one in some] for name, some in gathered_for(template, scope).items()}
    assert found["risk-summit"] == ([decision.pk] if is_highest else [])
    assert found["other"] == ([] if is_highest else [decision.pk])  # a level is told once


@pytest.mark.requirement("RPT-10", "RPT-28")
def test_given_a_balanced_report_when_a_side_says_nothing_then_it_is_not_frozen_until_it_says_none(log: Log) -> None:
    report = begun(log)
    draft = drafted(log, report)
    with pytest.raises(Refused) as caught:
        operations.freeze_report(by=log.world.secretary, at=timezone.now(), report=report, seen=draft.stamp)
    assert [one.says.partition(":")[0] for one in caught.value.verdict.reasons] == ["Issues and risks", "Good practice"]
    version = frozen(log, report)
    assert [one["stands"] for one in version.content["sections"]] == ["None identified"] * 3


@pytest.mark.requirement("RPT-15", "RPT-28")
def test_given_an_empty_triple_a_when_frozen_then_each_part_says_none(log: Log) -> None:
    version = frozen(log, begun(log, TRIPLE_A))
    assert [(one["heading"], one["stands"]) for one in version.content["sections"]] == [
        ("Alert", "None"), ("Advise", "None"), ("Assure", "None"),
    ]  # fmt: skip


def test_given_lines_that_are_left_out_when_frozen_then_only_the_others_and_the_words_are_in_it(log: Log) -> None:
    decided(log.world)
    action = an_action(log)
    report = begun(log)
    wrote(log, report, "concerns", "Care at night.", left_out=(f"action.{action.pk}",))
    told(log, report)
    section = frozen(log, report).content["sections"][0]
    assert section["text"] == "Care at night." and section["stands"] == ""
    assert [one["record"].partition(".")[0] for one in section["lines"]] == ["decision"]


def test_given_a_section_with_words_and_a_tick_when_written_then_it_is_refused(log: Log) -> None:
    report = begun(log)
    with pytest.raises(Invalid):
        wrote(log, report, "concerns", "Words", is_none=True)
    with pytest.raises(Invalid):
        wrote(log, report, "no-such-section", "Words")


@pytest.mark.requirement("RPT-25")
def test_given_no_meeting_in_the_period_when_annex_f_is_frozen_then_it_says_why_no_minutes_are_enclosed(
    log: Log,
) -> None:
    report = told(log, begun(by_2017(log), ANNEX_F, for_meeting="Regional QSG", agenda_item="4"))
    with pytest.raises(Refused) as caught:
        frozen(log, report)
    assert "minutes" in str(caught.value.verdict.words)
    version = frozen(log, report, why_no_minutes="The group did not meet.")
    assert version.content["no_minutes"] == "The group did not meet."
    head = dict(version.content["heading"])
    assert head["Agenda item"] == "4" and head["Meeting"] == "Regional QSG" and head["Paper author"] == "Sam Secretary"


@pytest.mark.requirement("RPT-28")
def test_given_a_frozen_report_when_it_is_written_further_then_the_version_stays_and_a_new_one_says_what_changed(
    log: Log,
) -> None:
    report = begun(log)
    first = frozen(log, report)
    wrote(log, report, "concerns", "Falls are more frequent.")
    with pytest.raises(Invalid, match="otherwise"):
        frozen(log, report)
    second = frozen(log, report, changed="Falls were added.")
    kept = ReportVersion.objects.get(pk=first.pk)
    assert kept.content["sections"][0]["stands"] == "None identified" and kept.sha256 == hash_of(kept.content)
    assert second.number == 2 and second.content["sections"][0]["text"] == "Falls are more frequent."


def test_given_a_draft_that_was_changed_meanwhile_when_frozen_then_what_nobody_read_is_not_frozen(log: Log) -> None:
    report = told(log, begun(log))
    seen = drafted(log, report).stamp
    wrote(log, report, "needs", "Send us somebody.")
    with pytest.raises(Overtaken):
        frozen(log, report, seen=seen)
    with pytest.raises(Overtaken):
        wrote(log, report, "needs", "Other words.", seen=0)


def test_given_a_new_action_when_gathered_again_then_what_is_new_and_otherwise_is_shown(log: Log) -> None:
    action = an_action(log)
    report = begun(log)
    assert not changes_since(drafted(log, report))
    closed(log, action)
    an_action(log)
    operations.gather_again(by=log.world.secretary, at=timezone.now(), report=report)
    told_of = [(one.line.section, one.change.value) for one in changes_since(drafted(log, report))]
    assert told_of == [("concerns", "otherwise"), ("concerns", "new"), ("good-practice", "new")] or sorted(told_of) == [
        ("concerns", "new"), ("concerns", "otherwise"), ("good-practice", "new"),
    ]  # fmt: skip


def test_given_a_name_in_words_when_written_then_the_report_is_about_that_body(log: Log) -> None:
    report = begun(log)
    assert not report.subjects.exists()
    wrote(log, report, "needs", "Please help Lantern Hospitals at night.")
    assert [one.subject for one in report.subjects.all()] == [log.world.subject]


def test_given_a_keeper_with_an_interest_when_they_name_the_body_then_nothing_is_kept(log: Log) -> None:
    report = begun(log, by=log.world.lead)
    an_interest(log.world.lead, log.world.subject)
    with pytest.raises(Refused):
        wrote(log, report, "needs", "Please help Lantern Hospitals at night.", by=log.world.lead)
    assert not report.passages.exists() and not report.subjects.exists()


@pytest.mark.requirement("RPT-23")
def test_given_the_templates_of_a_guidance_when_a_report_of_another_is_begun_then_it_is_refused(log: Log) -> None:
    with pytest.raises(Refused):
        begun(log, ANNEX_F)
    with pytest.raises(Refused):
        begun(log, "region-to-nation")
    assert begun(by_2017(log), ANNEX_F).pack == "qsg-2017"


def test_given_somebody_who_keeps_no_papers_when_they_write_then_it_is_refused_and_nothing_changes(log: Log) -> None:
    report = begun(log)
    for person in (log.world.member, log.world.elsewhere, log.world.provider, log.world.regional):
        with pytest.raises(Refused):
            begun(log, by=person)
        with pytest.raises(Refused):
            wrote(log, report, "needs", "Words", by=person)
        with pytest.raises(Refused):
            operations.gather_again(by=person, at=timezone.now(), report=report)
    assert Report.objects.count() == 1 and not report.passages.exists() and report.gatherings.count() == 1


def test_each_step_of_a_report_is_one_event(log: Log) -> None:
    before = Event.objects.count()
    report = begun(log)
    wrote(log, report, "needs", "Words")
    operations.gather_again(by=log.world.secretary, at=timezone.now(), report=report)
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert verbs == ["reports.begin_report", "reports.write_section", "reports.gather_again"]


def test_a_form_sent_twice_begins_one_report(log: Log) -> None:
    report = begun(log)
    with pytest.raises(Already):
        operations.begin_report(
            by=log.world.secretary, at=timezone.now(), group=log.group, form_key=report.form_key,
            given=Begun(report.template, "Again", report.begins_on, report.ends_on),
        )  # fmt: skip


@pytest.mark.parametrize("wrong", [
    {"begins_on": TODAY, "ends_on": TODAY - timedelta(days=1)},
    {"begins_on": TODAY + timedelta(days=1), "ends_on": TODAY + timedelta(days=2)},
    {"title": "  "},
])  # fmt: skip
def test_a_report_of_no_period_or_without_a_title_is_refused(log: Log, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        begun(log, **wrong)

"""Reports for tests: of the group of a system whose log and levels there are, begun, frozen and sent by its secretary."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.access import Grant, Role
from sightline.directory.words import Kind
from sightline.reports import operations
from sightline.reports.giving import Begun, Sent, Written
from sightline.reports.models import Passage, Receipt, Report, ReportVersion, Sending
from sightline.reports.queries.drafts import Draft
from sightline.reports.queries.reports import one_draft
from sightline.reports.words import How
from tests.factories.accounts import a_person
from tests.factories.actions import Log
from tests.factories.directory import an_organisation
from tests.factories.groups import a_guidance
from tests.factories.indicators import TODAY

REGIONAL, TRIPLE_A, ANNEX_F = "system-to-region", "triple-a", "local-to-regional"
QUARTER = timedelta(days=90)


def by_2017(log: Log) -> Log:
    """This function will have the group of a log work by the guidance of 2017."""
    a_guidance(log.group, "qsg-2017", TODAY - timedelta(days=400))
    return log


def begun(log: Log, template: str = REGIONAL, **more: Any) -> Report:
    """This function will have the secretary begin a report of the group about the last quarter."""
    plain: dict[str, Any] = {"title": "News of the quarter", "begins_on": TODAY - QUARTER, "ends_on": TODAY}
    by = more.pop("by", log.world.secretary)
    given = Begun(template, **{**plain, **more})
    return operations.begin_report(by=by, at=timezone.now(), group=log.group, given=given, form_key=uuid4())


def drafted(log: Log, report: Report) -> Draft:
    """This function will give a report as the secretary works on it."""
    found = one_draft(log.world.secretary, timezone.localdate(), report.pk)
    assert found is not None
    return found


def wrote(log: Log, report: Report, section: str, text: str = "", **more: Any) -> Passage:
    """This function will have the secretary write a section."""
    seen = Passage.objects.filter(report=report, section=section).count()
    given = Written(section, text, **{name: more.pop(name) for name in ("left_out", "is_none") if name in more})
    plain = {"by": log.world.secretary, "at": timezone.now(), "seen": seen}
    return operations.write_section(report=report, given=given, **{**plain, **more})


def told(log: Log, report: Report) -> Report:
    """This function will have the secretary say of every section that must be spoken of that there is nothing."""
    draft = drafted(log, report)
    for one in draft.parts:
        if one.section.blank and one.section.blank.outright and one.section.id in draft.blanks:
            wrote(log, report, one.section.id, is_none=True)
    return report


def frozen(log: Log, report: Report, **more: Any) -> ReportVersion:
    """This function will have the secretary freeze a report as it stands, once all is said."""
    told(log, report)
    draft = drafted(log, report)
    plain: dict[str, Any] = {"by": log.world.secretary, "at": timezone.now(), "seen": draft.stamp}
    plain["purpose"] = draft.likely_purpose if draft.says_purpose else None
    return operations.freeze_report(report=report, **{**plain, **more})


def sent(log: Log, version: ReportVersion, **more: Any) -> Sending:
    """This function will have the secretary send a version to the region."""
    plain: dict[str, Any] = {"to_body": log.world.region, "how": How.HERE, "form_key": uuid4()}
    given = Sent(**{**plain, **more})
    return operations.send_report(
        by=log.world.secretary, at=timezone.now(), report=version.report, seen=version.number, given=given
    )


def acknowledged(log: Log, sending: Sending, **more: Any) -> Receipt:
    """This function will have the region acknowledge what it was sent."""
    plain = {"by": log.world.regional, "at": timezone.now(), "says": "We take it up next week."}
    return operations.acknowledge_report(sending=sending, **{**plain, **more})


def a_council(log: Log) -> tuple[Any, Any]:
    """This function will make a council of the system, and a member who sits for it."""
    council = an_organisation("QC9", "Lantern Council", Kind.LOCAL_AUTHORITY)
    person = a_person(Grant(Role.MEMBER, system=log.group.system, organisation="QC9"), display_name="Cal Council")
    return council, person

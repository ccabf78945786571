"""Reports that are done: frozen as they stand, sent to a body, and acknowledged by whoever answers for it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.rulebook.duties import Purpose
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.meetings.giving import Overtaken
from sightline.notify.queueing import queue
from sightline.reports.giving import Sent
from sightline.reports.messages import REPORT_ACKNOWLEDGED, REPORT_RECEIVED
from sightline.reports.models import Receipt, Report, ReportVersion, Sending
from sightline.reports.operations._drafts import kept_draft, name_subjects, person
from sightline.reports.queries.drafts import hash_of
from sightline.reports.queries.reports import one_sending
from sightline.reports.queries.sending import bodies_to_send, may_acknowledge, told_of
from sightline.reports.words import How

NOT_TO_THEM = refused("This report does not go to that body. Choose one of those that are shown.", "RPT-09; RPT-23")
NOT_FOR_THEM = refused("You do not answer for the body to which this report went.", "RPT-13")


@operation(Permission.KEEP_MEETINGS, on="report")
def freeze_report(
    *, by: Actor, at: datetime, report: Report, seen: str, changed: str = "", why_no_minutes: str = "",
    purpose: Purpose | None = None, knowingly: str = "",
) -> ReportVersion:  # fmt: skip
    """This function will freeze a report as its reader saw it; what is frozen is never edited (RPT-10, RPT-21, RPT-25, RPT-28).

    ``seen`` is the hash of the draft that was read; raises Overtaken where it is otherwise by now, and Refused with every
    reason where a section that is always there says neither anything nor that there is nothing.
    """
    draft, _ = kept_draft(by, at, report)
    if draft.stamp != seen:
        raise Overtaken("The draft was changed meanwhile. Read it as it stands, and freeze that.")
    if not (verdict := draft.verdict(why_no_minutes, purpose)):
        raise Refused(verdict)
    if draft.newest is not None and not changed.strip():
        raise Invalid("There is an earlier version. Say in a sentence what is otherwise now.")
    on = timezone.localdate(at)
    words = [changed, why_no_minutes if draft.needs_why else ""]
    name_subjects(by, on, draft.report, words)
    content = {
        **draft.content_for(purpose),
        "purpose": purpose.value if purpose else "",
        "frozen_on": on.isoformat(),
        "no_minutes": words[1].strip(),
    }
    number = (draft.newest.number if draft.newest else 0) + 1
    return ReportVersion.objects.create(
        report=draft.report,
        number=number,
        gathering=draft.gathering,
        content=content,
        sha256=hash_of(content),
        changed=changed.strip() if number > 1 else "",
        frozen_by=person(by),
        knowingly=why_it_stays(words, knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="report")
def send_report(*, by: Actor, at: datetime, report: Report, seen: int, given: Sent, knowingly: str = "") -> Sending:
    """This function will send the newest version to a body; its people are told that it came, and read it here (RPT-13).

    ``seen`` is the number of the version that was read. Raises Already where it went to the same part of that body.
    """
    draft, _ = kept_draft(by, at, report)
    version = draft.newest
    if version is None or version.number != seen:
        raise Overtaken("There is another version by now. Read that first.")
    on = timezone.localdate(at)
    if given.to_body not in bodies_to_send(draft.report, on):
        raise Refused(NOT_TO_THEM)
    part = given.part.strip()
    if version.sendings.filter(to_body=given.to_body, part=part).exists():
        raise Already("This version went there already.")
    sending = Sending.objects.create(
        version=version,
        to_body=given.to_body,
        part=part,
        how=given.how.value,
        sent_by=person(by),
        sent_on=on,
        knowingly=why_it_stays([part], knowingly),
        form_key=given.form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    if given.how is How.HERE:
        people = [one for one in told_of(sending, on) if one.actor_id != by.actor_id]
        queue(at=at, kind=REPORT_RECEIVED, record=str(sending.pk), path=_path(version), people=people)
    return sending


@operation(Permission.ESCALATE, on="sending")
def acknowledge_report(*, by: Actor, at: datetime, sending: Sending, says: str = "", knowingly: str = "") -> Receipt:
    """This function will acknowledge a report for the body to which it went; whoever sent it does not (RPT-13)."""
    on = timezone.localdate(at)
    Sending.objects.select_for_update(of=("self",)).get(pk=sending.pk)
    found = one_sending(by, on, sending.pk)
    if found is None or not may_acknowledge(by, on, found):
        raise Refused(NOT_FOR_THEM)
    if hasattr(found, "receipt"):
        raise Already("This report was acknowledged already.")
    receipt = Receipt.objects.create(
        sending=found,
        received_by=person(by),
        received_on=on,
        says=says.strip(),
        knowingly=why_it_stays([says], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    sender = found.sent_by
    if sender.is_active and Report.objects.visible_to(sender, on).filter(pk=found.version.report_id).exists():
        queue(at=at, kind=REPORT_ACKNOWLEDGED, record=str(found.pk), path=_path(found.version), people=[sender])
    return receipt


def _path(version: ReportVersion) -> str:
    return reverse("report_version", args=[version.report_id, version.number])

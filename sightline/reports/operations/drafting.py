"""Reports in draft: begun, gathered again, and written section by section."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.models import Group
from sightline.meetings.giving import Overtaken
from sightline.meetings.keeping import kept_group
from sightline.reports.giving import Begun, Written
from sightline.reports.models import Gathering, Passage, Report
from sightline.reports.operations._drafts import NO_TEMPLATE, gather, kept_draft, name_subjects, person
from sightline.reports.queries.templates import templates_for


@operation(Permission.KEEP_MEETINGS, on="result")
def begin_report(*, by: Actor, at: datetime, group: Group, given: Begun, form_key: UUID, knowingly: str = "") -> Report:
    """This function will begin a report of a group and gather what the records say (RPT-12, RPT-23, RPT-24 to RPT-26).

    Raises Refused where the guidance of the group has no such report, Already for a form that was sent before.
    """
    on = timezone.localdate(at)
    kept = kept_group(by, group, on)
    if Report.objects.filter(form_key=form_key).exists():
        raise Already("This report was begun already.")
    laid = next((one for one in templates_for(kept, on) if one.template.id == given.template), None)
    if laid is None:
        raise Refused(NO_TEMPLATE)
    if given.ends_on < given.begins_on:
        raise Invalid("The period ends before it begins.")
    if given.begins_on > on:
        raise Invalid("The period has not begun. Choose one of which there is something to tell.")
    if not given.title.strip():
        raise Invalid("Give the report a title.")
    words = (given.title, given.for_meeting, given.agenda_item)
    made = Report.objects.create(
        group=kept,
        system=kept.system,
        template=laid.template.id,
        pack=laid.pack,
        rules_version=laid.version,
        title=given.title.strip(),
        author=person(by),
        begins_on=given.begins_on,
        ends_on=given.ends_on,
        for_meeting=given.for_meeting.strip(),
        agenda_item=given.agenda_item.strip(),
        knowingly=why_it_stays(words, knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    gather(by, at, made, laid.template)
    name_subjects(by, on, made, words)
    return made


@operation(Permission.KEEP_MEETINGS, on="report")
def gather_again(*, by: Actor, at: datetime, report: Report) -> Gathering:
    """This function will gather anew what the records say; what is otherwise than before can be seen, line by line."""
    draft, laid = kept_draft(by, at, report)
    return gather(by, at, draft.report, laid.template)


@operation(Permission.KEEP_MEETINGS, on="report")
def write_section(
    *, by: Actor, at: datetime, report: Report, seen: int, given: Written, knowingly: str = ""
) -> Passage:
    """This function will write a section anew: words, which lines are left out, or that there is nothing (RPT-10, RPT-28).

    ``seen`` is the number of the newest version that its writer saw, 0 for none; raises Overtaken where somebody wrote since.
    """
    draft, _ = kept_draft(by, at, report)
    part = next((one for one in draft.parts if one.section.id == given.section), None)
    if part is None or (part.section.stands is not None and (given.text.strip() or given.is_none)):
        raise Invalid("There is nothing to write in this section.")
    newest = part.passage.number if part.passage else 0
    if seen != newest:
        raise Overtaken("Somebody else wrote in this section meanwhile. Look at theirs first.")
    if given.is_none and given.text.strip():
        raise Invalid("You wrote something and ticked that there is nothing. Do one of the two.")
    known = {one.record for one in part.lines}
    before = part.passage.text if part.passage else ""
    made = Passage.objects.create(
        report=draft.report,
        section=given.section,
        number=newest + 1,
        text=given.text.strip(),
        left_out=sorted(known & set(given.left_out)),
        is_none=given.is_none,
        knowingly=why_it_stays([given.text], knowingly, before),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    name_subjects(by, timezone.localdate(at), draft.report, [given.text])
    return made

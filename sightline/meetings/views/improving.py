"""The page of one Quality Improvement Group: what it sees through, who tells what, who has a stake, and its end."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission, may
from sightline.groups.hearing import groups_seen
from sightline.groups.presenters import standing as group_words
from sightline.groups.queries import chairing_view, group_view, members_on, one_group
from sightline.groups.viewers import viewer_of
from sightline.improvement.presenters import improving as present
from sightline.improvement.queries import improving as queries
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.presenters import improving as words
from sightline.meetings.presenters.planning import meeting_lines
from sightline.meetings.queries.improving import around_improving
from sightline.profiles.presenters.words import stays
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_LEVELS)
def improving_page(request: HttpRequest, improving: UUID) -> HttpResponse:
    """This function will show one group: what is missing, its plans and milestones, what was told, and who agrees."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_improving(actor, today, improving)
    if found is None:
        raise Http404
    is_over = hasattr(found, "ending")
    rule, lacks = queries.guidance_of(found.group, today), queries.lacks_of(found, today)
    reports = queries.reports_of(found)
    names = names_of(present.own_of(found, (one for some in reports.values() for one in some)))
    keeps = viewer_of(actor, today).keeps_record_of(found.system)
    works = queries.works_on_improving(actor, today, found) and not is_over
    around = around_improving(actor, today, found)
    members = members_on(found.group, today)
    group = group_view(found.group, today)
    kind = group.now.kind
    seats = {one.id: one.title for one in kind.seats} if kind else {}
    asked, vacant = queries.parties_of(found, today)
    owners = {str(one.seat): ", ".join(filter(None, [one.title, one.name])) for one in members}
    reviews = queries.reviews_to_name(actor, today, found.subject, found.system) if found.review_id else []
    context = {
        "improving": found,
        "subject": found.subject,
        "tag": present.state_tag(found, lacks),
        "is_over": is_over,
        "facts": present.convened_facts(found),
        "review": next((one.pk for one in reviews if one.pk == found.review_id), None),
        "missing": present.missing_words(lacks),
        "plans": present.plans_watched(queries.plans_watched(actor, today, found)),
        "functions": present.told_lines(rule.functions, reports, lacks, seats, names, keeps),
        "reports": present.told_lines(rule.reports, reports, lacks, seats, names, keeps),
        "actions": words.outstanding_lines(around.actions, today),
        "actions_in_all": around.actions_in_all,
        "exchanges": around.exchanges,
        "meetings": meeting_lines(around.meetings),
        "cadence": kind.cadence if kind else None,
        "stakeholders": present.stakeholder_lines(queries.stakeholders_of(found), owners, keeps),
        "parties": present.party_lines(asked),
        "vacant": vacant,
        "ending": present.ending_facts(found.ending, rule, names, keeps) if is_over else (),
        "group": group_words.group_page(group, today, keeps=False, names={}, chairing=chairing_view(found.group, today, group)),
        "works": works,
        "may_end": works and queries.keeps_improving(actor, today, found),
        "may_plan": works and keeps_meetings(actor, found.system, today) and bool(may(actor, Permission.KEEP_MEETINGS, today)),
        "sees_group": one_group(found.group_id, groups_seen(actor, today)) is not None,
        "stays": stays(found.knowingly, keeps),
    }  # fmt: skip
    return render(request, "meetings/improving.html", context)

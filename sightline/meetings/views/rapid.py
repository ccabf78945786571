"""The page of one Rapid Quality Review: why it was called, what is known, who met, what it found and reported."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Permission, may
from sightline.core.improvement.rapid import Carries, may_close_review, remarks_on
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import keeps_system
from sightline.groups.presenters import standing as group_words
from sightline.groups.queries import chairing_view, group_view, one_group
from sightline.groups.viewers import viewer_of
from sightline.improvement.models import RapidFinding, RapidReview
from sightline.improvement.presenters import reviews as present
from sightline.improvement.queries import reviews as queries
from sightline.improvement.review_words import ROUTE
from sightline.indicators.queries import catalogue
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.presenters import rapid as words
from sightline.meetings.presenters.planning import meeting_lines
from sightline.meetings.queries.rapid import evidence_about, meetings_of_one, who_came
from sightline.surveillance.queries import guidance_for
from sightline.web import asking
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_LEVELS)
def rapid_page(request: HttpRequest, rapid: UUID) -> HttpResponse:
    """This function will show one review: its trigger, the evidence, its meetings, what it found, and its reports."""
    today, actor = timezone.localdate(), reader(request)
    review = queries.one_review(actor, today, rapid)
    if review is None:
        raise Http404
    findings = queries.findings_of(review)
    found = evidence_about(actor, today, review)
    views = meetings_of_one(actor, today, review.group_id)
    came = who_came(views)
    works = queries.works_on(actor, today, review) and not hasattr(review, "ending")
    names = names_of(present.people_of(review, findings))
    levels = {one.id: one.name for one in guidance_for(review.system, today).levels.levels.levels}
    shown = _version_asked(request, findings)
    newest = queries.found_by(findings[-1] if findings else None)
    group = group_view(review.group, today)
    context = {
        "rapid": review,
        "subject": review.subject,
        "tag": present.state_tag(review, is_late=queries.is_late(review, today)),
        "by": names.get(review.recorded_by, ""),
        "facts": present.called_facts(review, levels.get(review.level, review.level)),
        "shelves": words.shelves(found, review, catalogue()),
        "level": found.level,
        "interventions": words.intervention_lines(found.interventions, review),
        "earlier": words.earlier_lines(queries.earlier_reviews(actor, today, review)),
        "group": group_words.group_page(group, today, keeps=False, names={}, chairing=chairing_view(review.group, today, group)),
        "meetings": meeting_lines(views),
        "came": came,
        "came_says": words.came_words(came) if came else "",
        "finding": _finding(shown, actor, names, levels, review) if shown else None,
        "versions": present.version_lines(findings),
        "reports": present.report_lines(queries.reports_of(review)),
        "exchanges": found.exchanges,
        "open": may_close_review(newest, [ROUTE[one] for one in queries.owed_by(review)]).reasons,
        "remarks": remarks_on(newest),
        "works": works,
        "may_convene": works and _recommends_group(findings) and keeps_system(actor, review.system, today)
        and bool(may(actor, Permission.KEEP_GROUPS, today)),
        "may_plan": works and keeps_meetings(actor, review.system, today) and bool(may(actor, Permission.KEEP_MEETINGS, today)),
        "sees_group": one_group(review.group_id, groups_seen(actor, today)) is not None,
    }  # fmt: skip
    return render(request, "meetings/rapid.html", context)


def _recommends_group(findings: list[RapidFinding]) -> bool:
    """This function will say whether a review, as it was written last, recommends a group that carries the plan on."""
    return bool(findings) and findings[-1].carries == Carries.YES


def _version_asked(request: HttpRequest, findings: list[RapidFinding]) -> RapidFinding | None:
    """The version that the address names; the newest where it names none."""
    asked = asking.word(request, "version")
    return next((one for one in findings if str(one.number) == asked), findings[-1] if findings else None)


def _finding(
    one: RapidFinding, actor: Actor, names: dict[str, str], levels: dict[str, str], review: RapidReview
) -> present.FindingView:
    today = timezone.localdate()
    plans = dict(queries.plans_to_choose(actor, today, review)) if one.plan_id else {}
    named = next((name for plan, name in plans.items() if plan.pk == one.plan_id), "")
    keeps = viewer_of(actor, today).keeps_record_of(review.system)
    return present.finding_view(one, names=names, levels=levels, plan=named, keeps=keeps)

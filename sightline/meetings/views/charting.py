"""The page that makes a paper of a chart, for an item of a meeting to come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.indicators.describing import may_be_shared
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import one_series
from sightline.meetings import operations
from sightline.meetings.forms import papers as forms
from sightline.meetings.presenters.planning import when_words
from sightline.meetings.queries.papers import items_to_come
from sightline.meetings.views.asking import ask
from sightline.meetings.views.planning import METHODS, names, people_to_choose
from sightline.meetings.words import PaperFor
from sightline.web import asking
from sightline.web.gate import needs, reader

NOWHERE = "There is no item of a meeting to come to which you could put it. Draft the agenda first."
INTRO = (
    "The chart, its figures and its data card, as they are now. They do not change afterwards, and whoever reads the "
    "item reads all of them, invited guests among them."
)


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def paper_chart(request: HttpRequest, indicator: str, subject: UUID) -> HttpResponse:
    """This function will ask for which item a chart is to be a paper; it says so where its data card is not complete."""
    actor, today = reader(request), timezone.localdate()
    series, known = one_series(actor, today, indicator, subject), catalogue().get(indicator)
    if series is None or known is None:
        raise Http404
    found = {str(one.pk): (one, title, view) for one, title, view in items_to_come(actor, today)}
    about = next((key for key, (one, _, _) in found.items() if one.subject_id == subject), None)
    form = forms.ChartForm(
        asking.sent(request),
        items={
            key: f"{title} ({view.meeting.group.name}, {when_words(view)})" for key, (_, title, view) in found.items()
        },
        people=names(people_to_choose(request)),
        initial={
            "item": about,
            "title": f"{known.short_name}: {series.subject.name}",
            "purpose": PaperFor.INFORMATION.value,
        },
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        item, _, _ = found[told["item"]]
        return operations.make_chart_paper(
            item=item, series=series, says=form.says(), form_key=told["form_key"], **given
        )

    def then(_made: Any) -> str:
        item, _, _ = found[form.cleaned_data["item"]]
        return f"{reverse('meeting', args=[item.meeting_id])}#item-{item.pk}"

    verdict = may_be_shared(known.card)
    context = {
        "title": "Make a paper of this chart",
        "caption": f"{known.name}: {series.subject.name}",
        "intro": INTRO,
        "button": "Make it",
        "back": (known.short_name, reverse("series", args=[indicator, subject])),
        "nothing": " ".join(one.cited for one in verdict.reasons) or ("" if found else NOWHERE),
    }
    return ask(request, form, act, "The paper is there.", then, "meetings/chart_ask.html", context)

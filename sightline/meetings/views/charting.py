"""The pages that make a paper of one chart or of several, for an item of a meeting to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.core.signals import ROWS, Dimension
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice
from sightline.indicators.catalogue import Indicator
from sightline.indicators.describing import may_be_shared
from sightline.indicators.models import Series
from sightline.indicators.presenters.comparing import dimension_words
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import one_series
from sightline.meetings import operations, queries
from sightline.meetings.forms import papers as forms
from sightline.meetings.presenters.planning import when_words
from sightline.meetings.queries.papers import (
    CHARTS_SHOWN,
    Sought,
    charts_to_choose,
    funnels_to_choose,
    indicators_to_choose,
    items_to_come,
    with_figures,
)
from sightline.meetings.views.asking import ask
from sightline.meetings.views.planning import METHODS, asked, kept_or_404, names, people_to_choose
from sightline.meetings.words import PaperFor
from sightline.web import asking
from sightline.web.gate import needs, reader

NOWHERE = "There is no item of a meeting to come to which you could put it. Draft the agenda first."
INTRO = (
    "The chart, its figures and its data card, as they are now. They do not change afterwards, and whoever reads the "
    "item reads all of them, invited guests among them."
)
PACK_INTRO = (
    "Choose the few charts that say most. Each goes with its figures and its data card, and what changed, the themes and "
    "the blind spots of these figures come first. It does not change afterwards, and whoever reads the item reads all of it."
)
NOTHING_FITS = "There are no figures of it here. Choose another theme, indicator, area or name."
CONCERN = 2  # the worry of a series with a sign of concern


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


@require_http_methods(METHODS)
@needs(Permission.KEEP_MEETINGS)
def paper_data_pack(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask of which charts a data pack for an item is made: of its subject, or of one theme."""
    actor, today = reader(request), timezone.localdate()
    found = queries.one_item(actor, today, item)
    if found is None:
        raise Http404
    view, known = kept_or_404(request, found.meeting_id), catalogue()
    subject = found.subject or found.group.subject
    about = with_figures(subject)
    themes = {one.value: dimension_words(one) for one in ROWS}
    sought = _sought(request, themes, view.meeting.system)
    theme, can_show = sought.theme, bool(about or sought.theme)
    rows, has_more = charts_to_choose(actor, today, about, sought) if can_show else ([], False)
    offered = {f"{one.indicator}.{one.subject_id}": one for one in rows}
    funnels = {name: known[name].short_name for name in funnels_to_choose(actor, today, rows)}
    form = forms.DataPackForm(
        asking.sent(request),
        charts={key: _label(one, known[one.indicator], with_name=about is None) for key, one in offered.items()},
        funnels=funnels,
        people=names(people_to_choose(request)),
        initial={
            "title": f"Data pack: {subject.name if subject else themes.get(theme, '')}",
            "purpose": PaperFor.INFORMATION.value,
        },
    )

    def act(**given: Any) -> object:
        told = form.cleaned_data
        chosen = [offered[key] for key in told["charts"]]
        return operations.make_data_pack(
            item=found,
            series=chosen,
            funnels=told.get("funnels", []),
            theme=Dimension(theme) if theme else None,
            says=form.says(),
            form_key=told["form_key"],
            **given,
        )

    some = indicators_to_choose(actor, today, about, theme) if can_show else []
    context = {
        **asked(view, f"A data pack: {queries.newest_wording(found).title}", PACK_INTRO, "Make it"),
        "themes": list(themes.items()),
        "every": "Every theme" if about else "Choose a theme",
        "indicators": [(name, known[name].short_name) for name in some],
        "areas": () if about else area_groups(areas_for_choice(today)),
        "sought": sought,
        "nothing": "" if offered else NOTHING_FITS if can_show else "Choose a theme first.",
        "left_out": f"The {CHARTS_SHOWN} that stand out most are listed. The filter finds others." if has_more else "",
    }
    then = f"{reverse('meeting', args=[found.meeting_id])}#item-{item}"
    return ask(request, form, act, "The data pack is there.", then, "meetings/data_pack_ask.html", context)


def _sought(request: HttpRequest, themes: Mapping[str, str], system: str) -> Sought:
    """What the filter asks for; where nobody chose an area, the bodies of the system for which the meeting is."""
    theme = asking.word(request, "theme")
    return Sought(
        theme=theme if theme in themes else "",
        indicator=asking.word(request, "indicator"),
        area=asking.word(request, "area", system),
        name=asking.word(request, "name"),
    )


def _label(one: Series, known: Indicator, *, with_name: bool) -> str:
    whom = f"{known.short_name}: {one.subject.name}" if with_name else known.short_name
    return f"{whom} (a sign of concern)" if one.worry == CONCERN else whom

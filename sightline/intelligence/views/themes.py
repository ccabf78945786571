"""The page of themes: what is spoken of, how often, where, and by what it is recognised."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.core.access import Permission
from sightline.directory.presenters import area_groups
from sightline.directory.queries import areas_for_choice
from sightline.intelligence.presenters.themes import model_lines
from sightline.intelligence.presenters.themes import themes_page as page_of
from sightline.intelligence.queries import themes as queries
from sightline.intelligence.wording import KIND
from sightline.intelligence.words import Kind
from sightline.web import asking
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_INTELLIGENCE)
def themes_page(request: HttpRequest) -> HttpResponse:
    """This function will show how often each theme is spoken of in what the reader may see."""
    actor, today = reader(request), timezone.localdate()
    names = queries.theme_names(today)
    subject = queries.subject_asked(actor, today, asking.word(request, "subject"))
    kind, theme = asking.word(request, "kind"), asking.word(request, "theme")
    asked = queries.Asked(
        area=asking.word(request, "area"),
        subject=subject.pk if subject else None,
        kind=kind if kind in set(Kind) else "",
        theme=theme if theme in names else "",
    )
    model, learned = model_lines(queries.model_facts(), names)
    context = {
        "page": page_of(queries.themes_spoken_of(actor, today, asked), names, asked.theme),
        "asked": asked,
        "subject": subject,
        "theme": names.get(asked.theme, ""),
        "kinds": [(one.value, KIND[one]) for one in Kind],
        "themes": list(names.items()),
        "areas": area_groups(areas_for_choice(today)),
        "model": model,
        "learned": learned,
    }
    return render(request, "intelligence/themes.html", context)

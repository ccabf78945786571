"""The page that says which bodies hold an item, and the same as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.accounts.queries import names_of
from sightline.core.access import Permission
from sightline.intelligence.presenters import holding as presenters
from sightline.intelligence.queries.holding import holding_of
from sightline.intelligence.queries.lists import name_of_group
from sightline.intelligence.views.asking import kept_or_404
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.REVIEW_INTELLIGENCE)
def item_holding(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will say which bodies hold an item, as far as the record knows (IGV-03)."""
    found = holding_of(kept_or_404(request, item))
    context = {
        "item": item,
        "lines": presenters.holder_lines(found),
        "notes": [
            presenters.NO_PUBLIC_BODY,
            presenters.UNKNOWN,
            *([presenters.PUBLISHED] if found.is_published else []),
        ],
    }
    return render(request, "intelligence/holding.html", context)


@require_safe
@needs(Permission.REVIEW_INTELLIGENCE)
def item_holding_csv(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will give the bodies that hold an item as a file; the item itself is not in it."""
    kept, actor = kept_or_404(request, item), reader(request)
    rows = presenters.holding_rows(
        holding_of(kept),
        group=name_of_group(kept.system),
        taken_by=names_of({actor.actor_id}).get(actor.actor_id, ""),
        at=timezone.now(),
    )
    return csv_file("holding.csv", rows)

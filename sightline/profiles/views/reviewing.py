"""The page of yearly reviews: which measures are due to be looked at anew, and which are late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.core.access import Permission
from sightline.core.verdict import Refused, refused
from sightline.profiles import queries
from sightline.profiles.presenters import sheet as present
from sightline.web.gate import needs, reader

FOR_THE_GROUP = refused("This list is for the commissioner’s side. Your own profiles stand under your own body.", "PER")


@require_safe
@needs(Permission.WORK_ON_PROFILE)
def reviews_page(request: HttpRequest) -> HttpResponse:
    """This function will list the agreed profiles whose measures are reviewed every year, the latest first (RSK-10)."""
    today = timezone.localdate()
    if not queries.works_anywhere(reader(request), today):
        raise Refused(FOR_THE_GROUP)
    rows = present.due_rows(queries.sheets_to_review(reader(request), today), today)
    context = {"late": [one for one in rows if one.is_overdue], "ahead": [one for one in rows if not one.is_overdue]}
    return render(request, "profiles/reviews.html", context)

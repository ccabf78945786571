"""Pages on which a person says whom a name means."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.forms.importing import PlaceForm
from sightline.intelligence.operations import place_name
from sightline.intelligence.presenters.importing import name_line
from sightline.intelligence.queries import placing as queries
from sightline.web import asking
from sightline.web.gate import needs, reader
from sightline.web.wording import plural


@require_safe
@needs(Permission.REVIEW_INTELLIGENCE)
def names_page(request: HttpRequest) -> HttpResponse:
    """This function will list the names that wait, each once, however many items it waits in."""
    number = asking.number(request)
    names, total = queries.names_to_place(reader(request), timezone.localdate(), number)
    context = {
        "names": [name_line(one) for one in names],
        "total": total,
        "number": number,
        "more": total > number * queries.A_PAGE,
    }
    return render(request, "intelligence/placing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REVIEW_INTELLIGENCE)
def name_page(request: HttpRequest, unplaced: int) -> HttpResponse:
    """This function will ask whom one name means, and settle it wherever it waits."""
    actor, today = reader(request), timezone.localdate()
    name = queries.one_name(actor, today, unplaced)
    if name is None:
        raise Http404
    meant = {"answer": request.GET.get("means", "")}
    form = PlaceForm(
        request.POST if request.method == "POST" else None, name=name, actor=actor, on=today, initial=meant
    )
    back = "review" if request.GET.get("then") == "review" else "names_to_place"
    if request.method == "POST" and form.is_valid():
        try:
            number = place_name(
                by=actor, at=timezone.now(), unplaced=queries.unplaced_of(name), subject=form.cleaned_data["subject"]
            )
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, f"Settled in {plural(number, 'item')}.")
            return redirect(back)
    context = {"form": form, "name": name_line(name), "back": back}
    return render(request, "intelligence/placing_name.html", context, status=400 if form.errors else 200)

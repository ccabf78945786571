"""Pages of copies for providers: prepared by one person, released by another, read and answered by the provider."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission
from sightline.groups.viewers import viewer_of
from sightline.intelligence.forms.handling import DecideForm, LetterForm, ReleaseForm
from sightline.intelligence.operations import answer_release, decide_release, prepare_release
from sightline.intelligence.presenters.handling import letter_page, release_line
from sightline.intelligence.presenters.reviewing import passages_text
from sightline.intelligence.queries import passages_of
from sightline.intelligence.queries import releases as queries
from sightline.intelligence.views.asking import ASK_AND_ANSWER, ask, kept_or_404
from sightline.intelligence.words import ReleaseStep
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.REVIEW_INTELLIGENCE)
def release_prepare(request: HttpRequest, item: UUID) -> HttpResponse:
    """This function will ask for the copy that a provider may later read."""
    found, today = kept_or_404(request, item), timezone.localdate()
    bodies = {str(one.pk): one for one in queries.bodies_concerned(found, today)}
    form = ReleaseForm(sent(request), bodies=[(key, one.name) for key, one in bodies.items()], on=today)

    def act(*, to: str, **given: Any) -> object:
        return prepare_release(item=found, to=bodies[to], **given)

    shown = {"item": item, "rests_on": _rests_on(request, item), "verbal_only": found.verbal_only, "bodies": bodies}
    return ask(
        request, form, act, lambda made: redirect("release", release=made.pk), shown,
        says="It is prepared. Another person must release it before the provider can read it.",
        page="intelligence/release_prepare.html",
    )  # fmt: skip


@require_safe
@needs(Permission.RELEASE_INTELLIGENCE)
def releases(request: HttpRequest) -> HttpResponse:
    """This function will list the copies that wait for a second person."""
    found = queries.releases_waiting(reader(request), timezone.localdate())
    return render(request, "intelligence/release_list.html", {"lines": [release_line(one) for one in found]})


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.SEE_INTELLIGENCE)
def release(request: HttpRequest, release: UUID) -> HttpResponse:
    """This function will show a copy beside what it rests on, and let a second person decide about it."""
    found = queries.one_release(reader(request), timezone.localdate(), release)
    if found is None:
        raise Http404
    line = release_line(found)
    form = DecideForm(sent(request), steps=_steps(found))
    shown = {"line": line, "rests_on": _rests_on(request, found.release.item_id)}
    act = partial(decide_release, release=found.release)
    return ask(
        request, form, act, lambda _: redirect("release", release=release), shown,
        says="It is decided.", page="intelligence/release_one.html",
    )  # fmt: skip


@require_safe
@needs(Permission.SHARE_INTELLIGENCE)
def released(request: HttpRequest) -> HttpResponse:
    """This function will list what was released to the reader's own organisation."""
    found = queries.letters(reader(request), timezone.localdate())
    return render(request, "intelligence/released.html", {"letters": [letter_page(one) for one in found]})


@require_http_methods(ASK_AND_ANSWER)
@needs(Permission.SHARE_INTELLIGENCE)
def released_one(request: HttpRequest, release: UUID) -> HttpResponse:
    """This function will show one copy to the provider that it was written for, and take its answer."""
    today, actor = timezone.localdate(), reader(request)
    letter, found = queries.one_letter(actor, today, release), queries.one_letter_to_answer(actor, today, release)
    if letter is None or found is None:
        raise Http404
    return ask(
        request, LetterForm(sent(request)), partial(answer_release, release=found),
        lambda _: redirect("released_one", release=release), {"letter": letter_page(letter)},
        says="Your answer is sent.", page="intelligence/released_one.html",
    )  # fmt: skip


def _steps(found: queries.ReleaseFacts) -> list[ReleaseStep]:
    """What this reader may decide now; the operation asks again."""
    if not found.may_decide:
        return []
    if found.standing is ReleaseStep.RELEASED:
        return [ReleaseStep.WITHDRAWN]
    if found.standing is not None:
        return []
    return [ReleaseStep.REFUSED] if found.is_own else [ReleaseStep.RELEASED, ReleaseStep.REFUSED]


def _rests_on(request: HttpRequest, item: UUID) -> object:
    viewer = viewer_of(reader(request), timezone.localdate())
    return passages_text(passages_of(viewer, [item])[item])

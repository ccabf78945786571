"""Pages that look across stages: each fetches, calls, answers."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.core.access import Permission, may
from sightline.directory.models import Subject
from sightline.directory.presenters import FACT, accountability_rows, area_groups, history_in_words, standing_words
from sightline.directory.queries import (
    accountability_of,
    areas_for_choice,
    commissioned_services,
    facts_of,
    governance_gaps,
    history_of,
    map_shapes,
    systems_of,
    with_those_it_runs,
)
from sightline.directory.words import Sector, SubjectKind
from sightline.indicators.queries import catalogue, pages
from sightline.overview import presenters, queries
from sightline.triangulation.queries import pictures
from sightline.web import asking
from sightline.web.gate import needs, open_to_all, reader

A_PAGE = 50
NEW_FOR_DAYS = 7
WALKED = 500  # events at the end of the log whose chain the page itself checks


@require_safe
@needs(Permission.SEE_PICTURE)
def home(request: HttpRequest) -> HttpResponse:
    """This function will answer: where are we most worried, what is new, what is missing?"""
    today = timezone.localdate()
    show = request.GET.get("show") if request.GET.get("show") in presenters.HEADINGS else "worried"
    area = asking.word(request, "area", settings.HOME_SYSTEM)
    since = asking.day(request, "since") or today - timedelta(days=NEW_FOR_DAYS)
    page = asking.number(request)
    known = catalogue()
    dimensions = {name: indicator.dimensions for name, indicator in known.items()}
    moment = timezone.make_aware(datetime.combine(since, time.min))
    found = queries.home(reader(request), today, moment, str(show), area, dimensions, page)
    lines = presenters.silence_lines if show == "missing" else presenters.signal_lines
    context = {
        "show": show,
        "headings": presenters.headings(found.tally),
        "rows": presenters.home_rows(found, known, today, better=show == "improving"),
        "lines": lines(found.signals, known, today),
        "total": found.total,
        "page": page,
        "pages": max(1, -(-found.total // queries.A_PAGE)),
        "areas": area_groups(areas_for_choice(today)),
        "area": area,
        "since": since,
        "any_figures": pages.anything_brought_in(),
    }
    return render(request, "overview/home.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def subject_list(request: HttpRequest) -> HttpResponse:
    """This function will list subjects, with filters that stay in the address."""
    asked = {name: asking.word(request, name) for name in ("kind", "sector", "area", "name")}
    today = timezone.localdate()
    found = queries.subjects(reader(request), today, asked["kind"], asked["sector"], asked["area"], asked["name"])
    context = {
        **asked,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "kinds": presenters.choices(SubjectKind),
        "sectors": presenters.choices(Sector),
        "areas": area_groups(areas_for_choice(today)),
        "kind_of": presenters.subject_kind,
        "may_keep": _may_keep(request),
    }
    return render(request, "overview/subjects.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def subject_page(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will show everything that is known about one subject on one page."""
    today = timezone.localdate()
    found = queries.one_subject(reader(request), today, subject)
    if found is None:
        raise Http404
    known = catalogue()
    dimensions = {name: indicator.dimensions for name, indicator in known.items()}
    series = pages.series_of_subject(reader(request), today, found)
    picture = next(iter(pictures(reader(request), today, dimensions, [found.pk])), None)
    signals = picture.signals if picture else ()
    context = {
        "subject": found,
        "kind": presenters.subject_kind(found),
        "why": presenters.agreement(picture.standing) if picture else "",
        "lines": presenters.signal_lines(signals, known, today),
        "matrix": presenters.matrix(series, signals, known),
        "groups": presenters.multiples(found, series, signals, known, today),
        "ratings": presenters.rating_rows(pages.ratings_of(with_those_it_runs(found, today))),
        "freshness": presenters.freshness(series, known),
        "history": history_in_words(history_of(found.organisation)) if found.organisation else (),
        "accountability": accountability_rows(accountability_of(found, today)),
        "gaps": _gaps(found, today),
        "standing": _standing(found, today),
        "may_keep": _may_keep(request),
    }
    return render(request, "overview/subject.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def search(request: HttpRequest) -> HttpResponse:
    """This function will find subjects and indicators by their name or code."""
    word = asking.word(request, "q")
    found = queries.subjects(reader(request), timezone.localdate(), "", "", "", word)[:A_PAGE] if word else []
    named = [i for i in catalogue().values() if word and word.casefold() in i.name.casefold()]
    context = {"word": word, "subjects": list(found), "indicators": named, "kind_of": presenters.subject_kind}
    return render(request, "overview/search.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def systems(request: HttpRequest) -> HttpResponse:
    """This function will show every system on a map and as a list, with what is noticed in each."""
    today = timezone.localdate()
    counts = queries.concerns_by_system(reader(request), today)
    return render(request, "overview/systems.html", {"map": presenters.systems_map(map_shapes(today), counts)})


@require_safe
@needs(Permission.READ_AUDIT)
def event_log(request: HttpRequest) -> HttpResponse:
    """This function will show what was done, the newest first, and whether the log was tampered with."""
    verb = asking.word(request, "verb")
    page = Paginator(queries.events(verb), A_PAGE).get_page(request.GET.get("page"))
    chain = queries.recent_chain(WALKED)
    context = {
        "verb": verb,
        "verbs": presenters.verb_choices(),
        "page": page,
        "rows": presenters.event_rows(page),
        "chain": presenters.chain_in_words(chain),
        "is_whole": not chain.breaks,
    }
    return render(request, "overview/event_log.html", context)


@require_safe
@open_to_all("what Sightline is, how it shows what it shows, and how accessible it is, concern everybody")
def about(request: HttpRequest, page: str) -> HttpResponse:
    """This function will show one of the pages about Sightline itself."""
    return render(request, f"overview/{page}.html", {"words": presenters.GLOSSARY})


def _gaps(subject: Subject, on: date) -> list[str]:
    """What a board must have on record and has not (ORG-14)."""
    if subject.kind not in {SubjectKind.SYSTEM, SubjectKind.ICB}:
        return []
    gaps = [gap for gap in governance_gaps(on) if gap.board == subject.organisation]
    return [FACT[kind] for gap in gaps for kind in gap.missing]


def _standing(subject: Subject, on: date) -> list[tuple[str, str]]:
    """What is written down about an organisation, in words."""
    body = subject.organisation
    if body is None:
        return []
    systems = systems_of([body], on)[body.pk]
    return standing_words(body, facts_of([body], on)[body.pk], commissioned_services(body, on), systems)


def _may_keep(request: HttpRequest) -> bool:
    return bool(may(reader(request), Permission.KEEP_DIRECTORY, timezone.localdate()))

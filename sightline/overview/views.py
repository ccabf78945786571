"""Pages that look across stages: each fetches, calls, answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.core.access import Permission, may, scope_of
from sightline.directory.models import Subject
from sightline.directory.presenters import FACT, accountability_rows, area_groups, history_in_words, standing_words
from sightline.directory.queries import areas_for_choice, map_shapes
from sightline.directory.words import Sector, SubjectKind
from sightline.indicators.catalogue import Indicator
from sightline.indicators.queries import catalogue, pages
from sightline.overview import presenters, queries
from sightline.overview.queries.moments import MomentKind
from sightline.surveillance.queries.seen import levels_seen
from sightline.triangulation.presenters.matrix import matrix_words
from sightline.web import asking
from sightline.web.gate import needs, open_to_all, reader

A_PAGE = 50
NEW_FOR_DAYS = 7
PROPOSALS = 3  # a subject's page shows so many
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
    levels = levels_seen(reader(request), today, [one.subject.pk for one in found.pictures])
    context = {
        "show": show,
        "headings": presenters.headings(found.tally),
        "rows": presenters.home_rows(found, known, today, show == "improving", levels),
        "lines": lines(found.signals, known, today),
        "blind": presenters.blind_lines(found),
        "total": found.total,
        "page": page,
        "pages": max(1, -(-found.total // queries.A_PAGE)),
        "areas": area_groups(areas_for_choice(today)),
        "area": area,
        "since": since,
        "any_figures": pages.anything_brought_in() or found.total > 0,
        "waiting": presenters.waiting_lines(queries.waits_for(reader(request), today)),
        "letters": queries.letters_for(reader(request), today),
        "may_share": _may(request, Permission.SHARE_INTELLIGENCE),
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
    actor, known = reader(request), catalogue()
    dimensions = {name: indicator.dimensions for name, indicator in known.items()}
    series = pages.series_of_subject(actor, today, found)
    gathered = queries.gathered(actor, today, found)
    worry, picture = queries.worry_about(gathered, today, dimensions), gathered.picture
    level = levels_seen(actor, today, [found.pk]).get(found.pk)
    context = {
        "level": presenters.level_words(level) if level else None,
        "takes_part": picture.takes_part,
        "subject": found,
        "kind": presenters.subject_kind(found),
        "why": presenters.agreement(worry) if worry else "",
        "lines": presenters.signal_lines(gathered.standing, known, today),
        "matrix": matrix_words(picture.matrix),
        "proposals": picture.proposals[:PROPOSALS],
        "more_proposals": len(picture.proposals) > PROPOSALS,
        "groups": presenters.multiples(found, series, gathered.standing, known, today),
        "ratings": presenters.rating_rows(gathered.ratings),
        "freshness": presenters.freshness(series, known),
        "may_share": _may(request, Permission.SHARE_INTELLIGENCE),
        "may_declare": _may(request, Permission.DECLARE_INTEREST),
        "may_profile": picture.takes_part or not scope_of(actor, today).everything,
        **_standing(request, found, today),
        **_timeline(request, gathered, known, today),
    }
    return render(request, "overview/subject.html", context)


def _timeline(
    request: HttpRequest, gathered: queries.Gathered, known: Mapping[str, Indicator], today: date
) -> dict[str, object]:
    """The part of a subject's page that tells what happened when; what is asked of it stays in the address."""
    words = {kind.value: kind for kind in MomentKind}
    kinds = frozenset(words[word] for word in request.GET.getlist("kind") if word in words)
    on = asking.day(request, "on")
    known_on = on if on and on < today else None
    asked = queries.Asked(kinds, asking.word(request, "before"), known_on)
    found = queries.timeline_of(reader(request), today, gathered, asked)
    return {
        "years": presenters.years(found, gathered.subject, known, known_on or today),
        "kinds": presenters.kind_choices(kinds),
        "known_on": known_on,
        "today": today,
        "is_filtered": bool(kinds or known_on),
        "is_later_page": bool(asked.before),
        "newest": presenters.address(kinds, known_on),
        "earlier": presenters.address(kinds, known_on, found.earlier) if found.earlier else "",
    }


@require_safe
@needs(Permission.SEE_PICTURE)
def search(request: HttpRequest) -> HttpResponse:
    """This function will find subjects and indicators by name or code, and what people told by its words and themes."""
    word, today = asking.word(request, "q"), timezone.localdate()
    found = queries.subjects(reader(request), today, "", "", "", word)[:A_PAGE] if word else []
    named = [i for i in catalogue().values() if word and word.casefold() in i.name.casefold()]
    context = {
        "word": word,
        "subjects": list(found),
        "indicators": named,
        "told": presenters.found_lines(queries.search(reader(request), today, word)),
        "kind_of": presenters.subject_kind,
    }
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
        "rows": presenters.event_rows(page, queries.unnamed_among(list(page))),
        "chain": presenters.chain_in_words(chain),
        "is_whole": not chain.breaks,
    }
    return render(request, "overview/event_log.html", context)


@require_safe
@open_to_all("what Sightline is, how it shows what it shows, and how accessible it is, concern everybody")
def about(request: HttpRequest, page: str) -> HttpResponse:
    """This function will show one of the pages about Sightline itself."""
    return render(request, f"overview/{page}.html", {"words": presenters.GLOSSARY})


def _standing(request: HttpRequest, subject: Subject, today: date) -> dict[str, object]:
    """The part of a subject's page that says who answers for it and where it comes from."""
    found = queries.standing_of(subject, today)
    body = found.body
    return {
        "accountability": accountability_rows(found.accountability),
        "history": history_in_words(found.history) if found.history else (),
        "standing": standing_words(body, found.facts, found.services, found.systems) if body else [],
        "gaps": [FACT[kind] for kind in found.missing],
        "may_keep": _may_keep(request),
    }


def _may_keep(request: HttpRequest) -> bool:
    return _may(request, Permission.KEEP_DIRECTORY)


def _may(request: HttpRequest, permission: Permission) -> bool:
    return bool(may(reader(request), permission, timezone.localdate()))

"""Pages of the rulebook: the packs, each part beside its citations, and what people change in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.core.access import Permission, may
from sightline.core.rulebook import Part, Sources
from sightline.core.verdict import Invalid
from sightline.rulebook import forms, operations, presenters, previews, queries
from sightline.rulebook.previews import Change
from sightline.rulebook.queries import PartInForce
from sightline.rulebook.words import part_name, part_purpose
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader


@require_safe
@needs(Permission.SEE_PICTURE)
def rule_list(request: HttpRequest) -> HttpResponse:
    """This function will list every pack with its parts, and say which of them a local version changes."""
    today = timezone.localdate()
    blocks = presenters.pack_blocks(queries.packs(), queries.rules_on(today), queries.standing_on(today))
    return render(request, "rulebook/list.html", {"blocks": blocks})


@require_safe
@needs(Permission.SEE_PICTURE)
def rule_part(request: HttpRequest, part: str) -> HttpResponse:
    """This function will show every entry of a part beside its citation, and what is local in it."""
    found = _part_or_404(request, part)
    context = {
        **_about(request, found),
        "lead": presenters.lead(found),
        "sections": presenters.sections(found),
        "standing": presenters.standing_in_words(found),
        "difference": presenters.difference(found.own, found.content) if found.is_local else [],
        "history": presenters.history(queries.local_versions(found.pack.id, found.name)),
        "facts": presenters.pack_facts(found.pack, queries.replaced_by(found.pack.id, timezone.localdate())),
        "may_change": bool(may(reader(request), Permission.KEEP_RULES, timezone.localdate())),
        "sources": found.content.sources if isinstance(found.content, Sources) and not _asked_pack(request) else (),
    }
    return render(request, "rulebook/part.html", context)


@require_safe
@needs(Permission.SEE_PICTURE)
def sources_csv(request: HttpRequest) -> HttpResponse:
    """This function will give the list of sources as a table."""
    found = _part_or_404(request, "sources")
    return csv_file("sources.csv", presenters.sources_table(found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RULES)
def rule_change(request: HttpRequest, part: str) -> HttpResponse:
    """This function will check a changed text, show what it changes, ask why, and keep it."""
    found = _part_or_404(request, part)
    typed = sent(request)
    shape = forms.KeepForm if typed is not None and "checked" in typed else forms.ChangeForm
    form = shape(typed, now=found, initial={"content": found.text, "derived_from": str(found.version)})
    if typed is None:
        return _show_change(request, found, form)
    is_whole = form.is_valid()
    if form.is_sound and not form.is_as_shown:
        return _show_change(request, found, form.asking_why(), form.made)
    if is_whole:
        try:
            operations.change_part(by=reader(request), at=timezone.now(), pack=found.pack.id, part=part, **form.given)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, "The local version counts from now on.")
            return redirect(_address(found))
    return _show_change(request, found, form, form.made if form.is_sound else None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RULES)
def rule_withdraw(request: HttpRequest, part: str) -> HttpResponse:
    """This function will show what taking a local version back would do, and ask why it is taken back (FRW-08)."""
    found = _part_or_404(request, part)
    if found.local is None:
        raise Http404

    def act(**given: Any) -> object:
        return operations.withdraw_local_part(pack=found.pack.id, part=part, **given)

    return _ask(request, forms.ReasonForm(sent(request)), act, found, {
        "title": "Take the local version back",
        "intro": f"{found.pack.title} then counts again as it was published. The local version stays on record.",
        "button": "Take it back",
        "said": "The published version counts again.",
    }, found.own)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RULES)
def source_add(request: HttpRequest) -> HttpResponse:
    """This function will ask for a source of evidence that the list lacks."""
    found = _sources_in_force()
    form = forms.SourceForm(sent(request), feeds=presenters.feed_choices(found))
    return _ask(request, form, operations.add_source, found, {
        "title": "Add a source of evidence",
        "intro": "It stands beside the guidance’s own sources, marked as added here.",
        "button": "Add the source",
        "said": "The source stands on the list.",
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_RULES)
def source_retire(request: HttpRequest, source: str) -> HttpResponse:
    """This function will ask why a source is no longer asked for."""
    found = _sources_in_force()
    entry = next((one for one in getattr(found.content, "sources", ()) if one.id == source), None)
    if entry is None:
        raise Http404

    def act(**given: Any) -> object:
        return operations.retire_source(source=source, **given)

    return _ask(request, forms.ReasonForm(sent(request)), act, found, {
        "title": f"Retire the source “{entry.name}”",
        "intro": "Nobody is asked for it any more, and it is no longer missed. What once came under it keeps its name.",
        "button": "Retire it",
        "said": "The source is retired.",
    })  # fmt: skip


# --- shared by the above


def _show_change(
    request: HttpRequest, found: PartInForce, form: forms.ChangeForm, made: Part | None = None
) -> HttpResponse:
    """The text to change; once it is sound, what it changes, what it would do, and the question why."""
    context = {
        **_about(request, found),
        "form": form,
        "version": str(found.version),
        "button": form.button,
        **(_preview(request, found, made) if made else {}),
    }
    return render(request, "rulebook/change.html", context, status=400 if form.errors else 200)


def _preview(request: HttpRequest, found: PartInForce, made: Part) -> dict[str, Any]:
    """What a change that nobody has kept yet would do to the other rules, and to what they decide on."""
    today = timezone.localdate()
    change = Change(found.pack.id, found.name, found.content, made, today, reader(request))
    return {
        "difference": presenters.difference(found.content, made),
        "tally": presenters.tally(found.content, made),
        "faults": queries.faults_of(found, made, today),
        "effects": previews.what_it_would_do(change),
        "is_counted": previews.is_told_of(found.name),
    }


def _ask(
    request: HttpRequest,
    form: django_forms.Form,
    act: Any,
    found: PartInForce,
    words: Mapping[str, str],
    made: Part | None = None,
) -> HttpResponse:
    """Ask, do what was answered, and go back to the part; where the whole part becomes another, show what that does."""
    if request.method == "POST" and form.is_valid():
        try:
            act(by=reader(request), at=timezone.now(), **form.cleaned_data)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        else:
            messages.success(request, words["said"])
            return redirect(_address(found))
    context = {"form": form, **_about(request, found), **words, **(_preview(request, found, made) if made else {})}
    return render(request, "rulebook/ask.html", context, status=400 if form.errors else 200)


def _about(request: HttpRequest, found: PartInForce) -> dict[str, Any]:
    return {
        "part": found,
        "name": part_name(found.name),
        "purpose": part_purpose(found.name),
        "query": f"?pack={found.pack.id}" if _asked_pack(request) else "",
    }


def _asked_pack(request: HttpRequest) -> str:
    return asking.word(request, "pack")


def _address(found: PartInForce) -> str:
    today = timezone.localdate()
    counting = queries.part_with_origin(found.name, today)
    is_counting = counting is not None and counting.pack.id == found.pack.id
    return reverse("rule_part", args=[found.name]) + ("" if is_counting else f"?pack={found.pack.id}")


def _part_or_404(request: HttpRequest, part: str) -> PartInForce:
    today, pack = timezone.localdate(), _asked_pack(request)
    found = queries.part_of(pack, part, today) if pack else queries.part_with_origin(part, today)
    if found is None:
        raise Http404
    return found


def _sources_in_force() -> PartInForce:
    found = queries.part_with_origin("sources", timezone.localdate())
    if found is None:
        raise Http404
    return found

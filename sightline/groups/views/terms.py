"""Pages about terms of reference: one to read and print, one to write each section, one to record an approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.accounts.looking import is_clear
from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.terms import Written
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.terms import OutlineSection, SectionForm, Shown
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.forms import terms as forms
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import keeps_system
from sightline.groups.models import Group, TermsVersion
from sightline.groups.operations import terms as operations
from sightline.groups.presenters import terms as presenters
from sightline.groups.queries import one_group
from sightline.groups.queries import terms as queries
from sightline.groups.queries.code import code_in_force, has_yet_to_agree
from sightline.groups.queries.standing_pages import group_types, group_view
from sightline.groups.queries.terms_recipients import Fitting, chosen_in, fitting
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.checking import Checked
from sightline.web.fields import Keyed
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
AGAINST = {presenters.AGAINST_MODEL, presenters.AGAINST_BEFORE}


@require_safe
@needs(Permission.SEE_MEETINGS)
def terms(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show the terms of a group: those in force or, as asked, another version, marked against another."""
    today, found = timezone.localdate(), read_group(request, group)
    view = queries.terms_of(found, today)
    keeps = keeps_system(reader(request), found.system, today)
    chairs = bool(may(reader(request), Permission.PRESIDE, today)) and queries.presides(reader(request), found, today)
    asked = asking.number(request, "version") if asking.word(request, "version") else 0
    shown = view.numbered(asked) if asked else view.in_force or view.newest
    if asked and shown is None:
        raise Http404
    against = word if (word := asking.word(request, "against")) in AGAINST else ""
    context: dict[str, Any] = {
        "group": found,
        "crumbs": crumbs(request, found),
        "line": presenters.view_line(view),
        "rules": view.rules,
        "keeps": keeps and not hasattr(found, "ending"),
        "chairs": chairs and not hasattr(found, "ending"),
        "may_begin": view.newest is None or view.newest.pack != view.rules.pack,
        "newest": view.newest,
        "in_force": view.in_force,
        "version": shown,
        "key": Keyed()["form_key"],
        "against": against,
        "has_code": code_in_force(found, today, view) is not None,
        "asks_code": has_yet_to_agree(reader(request), found, today, view),
    }
    if shown is not None:
        seats = [one.seat for one in group_view(found, today).seats]
        names, facts = names_of(presenters.actors_of(view)), queries.facts_of(shown, today)
        context["page"] = presenters.terms_page(view, shown, names, facts, seats, against)
    return render(request, "groups/terms.html", context)


@require_POST
@needs(Permission.KEEP_GROUPS)
def terms_begin(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will begin the terms of a group from the model of its guidance, with one press."""
    found = _kept(request, group)
    form = Keyed(request.POST)
    there = reverse("terms", args=[found.pk])
    if not form.is_valid():
        return redirect(there)
    try:
        made = operations.begin_terms(
            by=reader(request), at=timezone.now(), group=found, form_key=form.cleaned_data["form_key"]
        )
    except Already:
        return redirect(there)
    except Invalid as problem:
        messages.error(request, " ".join(problem.problems))
        return redirect(there)
    messages.success(request, "The terms are begun. Go through them section by section.")
    return redirect(f"{there}?version={made.number}")


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def terms_section(request: HttpRequest, group: UUID, section: str) -> HttpResponse:
    """This function will ask what a section says; what is kept becomes a version of its own."""
    today, found = timezone.localdate(), _kept(request, group)
    newest = queries.terms_of(found, today).newest
    rules = queries.terms_rules(found, today, newest.pack) if newest else None
    outline = rules.terms.section(section) if rules else None
    if newest is None or rules is None or outline is None:
        raise Http404
    form = _form_of(request, newest, rules, outline)

    def act(*, by: Actor, at: datetime, because: str, base: int, form_key: UUID, **_: object) -> TermsVersion:
        return operations.write_section(
            by=by, at=at, group=found, base=base, section=form.written, because=because, form_key=form_key,
            recipients=form.recipients, knowingly=form.knowingly,
        )  # fmt: skip

    model = rules.terms.model(found.kind)
    own = model.section(section) if model else None
    context = {
        "title": outline.title,
        "intro": outline.says,
        "cites": outline.cites,
        "stands": own.lines if own and outline.form is SectionForm.STANDS else (),
        "model": own.lines if own and outline.form is SectionForm.WORDS else (),
        "button": "Keep it as a new version",
        "group": found,
        "crumbs": [*crumbs(request, found), {"text": "Terms of reference", "href": reverse("terms", args=[found.pk])}],
    }
    return _ask(request, form, act, "It is kept as a new version. The group has yet to approve it.", context)


@require_http_methods(METHODS)
@needs(Permission.PRESIDE)
def terms_approve(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will ask whoever chairs a group when it approved its terms, and at which meeting."""
    today, found = timezone.localdate(), read_group(request, group)
    newest = queries.terms_of(found, today).newest
    if newest is None or not queries.presides(reader(request), found, today):
        raise Http404
    months = queries.rules_of(newest).terms.review.months
    context = {
        "title": f"Approve version {newest.number} of the terms",
        "intro": "The group approves its terms; whoever chairs it records that it did. "
        + presenters.review_hint(later_by(today, months), months),
        "cites": "CHR-09; SQG 2022 Annex A, Chair and Frequency",
        "button": "Record the approval",
        "group": found,
        "crumbs": [*crumbs(request, found), {"text": "Terms of reference", "href": reverse("terms", args=[found.pk])}],
    }
    form = forms.ApproveForm(sent(request), initial={"number": newest.number})
    act = partial(operations.approve_terms, group=found)
    return _ask(request, form, act, "It is recorded that the group approved its terms.", context)


# --- shared by the above


def read_group(request: HttpRequest, group_id: UUID) -> Group:
    """This function will give a group whose terms the reader reads; to anybody else it is as if it were not there."""
    actor, today = reader(request), timezone.localdate()
    found = one_group(group_id, groups_seen(actor, today))
    if found is None or not queries.reads_terms(actor, found, today):
        raise Http404
    return found


def crumbs(request: HttpRequest, group: Group) -> list[dict[str, str]]:
    """This function will give the way back, for those who may go it: a provider's member reads only what binds them."""
    if not may(reader(request), Permission.SEE_LEVELS, timezone.localdate()):
        return []
    return [
        {"text": "Groups", "href": reverse("groups")},
        {"text": group.name, "href": reverse("group", args=[group.pk])},
    ]


def _kept(request: HttpRequest, group_id: UUID) -> Group:
    found = read_group(request, group_id)
    if not keeps_system(reader(request), found.system, timezone.localdate()):
        raise Http404
    return found


def _form_of(
    request: HttpRequest, newest: TermsVersion, rules: queries.TermsRules, outline: OutlineSection
) -> forms.SectionForm:
    """The form for one section, by how it is written."""
    today, group = timezone.localdate(), newest.group
    now = {one.id: one for one in newest.written}.get(outline.id, Written(outline.id))
    model = rules.terms.model(group.kind)
    section = model.section(outline.id) if model else None
    told: dict[str, Any] = {"now": now, "initial": {"base": newest.number}}
    if outline.shows is Shown.RECIPIENTS and rules.kind is not None:
        types = group_types(rules.pack, today)
        fits = _with_chosen(fitting(group, rules.kind, types, today), newest)
        chosen = {one.to: one for one in chosen_in(newest)}
        return forms.ReportingForm(sent(request), found=fits, chosen=chosen, actor=reader(request), on=today, **told)
    match outline.form:
        case SectionForm.OBJECTIVES:
            return forms.ObjectivesForm(sent(request), **told)
        case SectionForm.STANDS:
            return forms.StandingForm(sent(request), **told)
        case SectionForm.CHECKLIST if section is not None:
            return forms.SectionForm(sent(request), lines=section.lines, **told)
    return forms.SectionForm(sent(request), **told)


def _with_chosen(found: tuple[Fitting, ...], version: TermsVersion) -> tuple[Fitting, ...]:
    """Those who fit, and those who were chosen before: nobody is taken out because a list no longer holds them."""
    rows = list(version.recipients.all())
    return tuple(
        Fitting(
            one.to,
            tuple(dict.fromkeys([*one.groups, *(r.group for r in rows if r.to == one.to.id and r.group)])),
            tuple(
                dict.fromkeys([*one.bodies, *(r.organisation for r in rows if r.to == one.to.id and r.organisation)])
            ),
        )
        for one in found
    )


def _ask(
    request: HttpRequest, form: Checked, act: Callable[..., Any], said: str, context: dict[str, Any]
) -> HttpResponse:
    """Ask, look through the words for people, do what was answered, and go to the version that came of it."""
    there = reverse("terms", args=[context["group"].pk])
    if request.method == "POST" and form.is_valid() and is_clear(form):
        why = {"knowingly": form.knowingly} if form.knowingly else {}
        try:
            made = act(by=reader(request), at=timezone.now(), **form.cleaned_data, **why)
        except Already:
            return redirect(there)
        except Invalid as problem:
            form.add_error(None, list(problem.problems))
        except Refused as problem:
            form.add_error(None, [one.cited for one in problem.verdict.reasons])
        else:
            messages.success(request, said)
            return redirect(f"{there}?version={made.number}" if isinstance(made, TermsVersion) else there)
    return render(request, "groups/terms_ask.html", {"form": form, **context}, status=400 if form.errors else 200)

"""Pages on which an action is raised, or one thing is done about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.accounts.looking import is_clear
from sightline.actions import operations, queries
from sightline.actions.forms import doing as forms
from sightline.actions.giving import Overtaken
from sightline.actions.queries import choices
from sightline.actions.stating import NewActionForm, owning
from sightline.actions.views.entering import ask, done, kept_or_404, view_or_404
from sightline.core.access import Permission
from sightline.core.actions.rules import closed, may_reopen
from sightline.core.verdict import Refused
from sightline.directory.choosing import words_for
from sightline.directory.queries.pages import one_subject
from sightline.groups.models import Group
from sightline.web import asking
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

POSTS = ["GET", "HEAD", "POST"]


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_new(request: HttpRequest) -> HttpResponse:
    """This function will ask for a new action in the log of a group; whoever keeps several chooses the group first."""
    today, actor = timezone.localdate(), reader(request)
    groups = choices.groups_to_keep(actor, today)
    group = _group_asked(request, groups)
    if group is None:
        return render(request, "actions/new_where.html", {"groups": groups})
    form = NewActionForm(
        sent(request),
        has_subject=group.subject_id is not None,
        initial={"subject": _subject_asked(request)},
        **owning(actor, group, today),
    )
    if request.method == "POST" and form.is_valid() and is_clear(form):

        def act(**more: Any) -> object:
            return operations.raise_action(group=group, knowingly=form.knowingly, **form.given(), **more)

        if done(request, form, act, "The action is in the log."):
            found = queries.action_of_form(actor, today, form.cleaned_data["form_key"])
            return redirect("action", found.pk) if found else redirect("actions")
    near = choices.bodies_seated(group, today)
    context = {"group": group, "form": form, "bodies": near, "several": len(groups) > 1}
    return render(request, "actions/new.html", context, status=400 if form.errors else 200)


@require_http_methods(POSTS)
@needs(Permission.SHARE_INTELLIGENCE)
def action_report(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask the owner of an action, or whoever keeps the log, how it goes."""
    view = view_or_404(request, action)
    if view.is_closed and request.method != "POST":
        raise Refused(closed())
    if not view.may_report and not view.is_closed:
        raise Http404
    form = forms.ReportForm(sent(request))

    def act(**more: Any) -> object:
        told = form.cleaned_data
        return operations.report_on_action(
            action=view.action, says=told["says"], form_key=told["form_key"], knowingly=form.knowingly, **more
        )

    return ask(request, view, form, act, heading="How does it go?", button="Report", said="Your report is on record.")


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_restate(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask for an action in other words; the earlier ones stay on record."""
    view = kept_or_404(request, action)
    newest = view.line.statement
    names = ("issue", "resolution", "done_when", "kind", "disagreement")
    initial = {"seen": newest.number, **{name: getattr(newest, name) for name in names}}
    form = forms.RestateForm(sent(request), initial=initial)

    def act(**more: Any) -> object:
        told = form.cleaned_data
        try:
            return operations.restate_action(
                action=view.action, seen=told["seen"], stated=form.stated(), because=told["because"],
                knowingly=form.knowingly, **more,
            )  # fmt: skip
        except Overtaken:  # the newest words stand above the form; who sends it again has read them
            form.data = {**request.POST.dict(), "seen": str(newest.number)}
            raise

    return ask(request, view, form, act, heading="Word it anew", button="Keep these words", said="It is worded anew.")


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_owner(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask for another owner, and why (ACT-08)."""
    view = kept_or_404(request, action)
    form = forms.OwnerForm(sent(request), **owning(reader(request), view.action.group, timezone.localdate()))

    def act(**more: Any) -> object:
        told = form.cleaned_data
        return operations.change_owner(
            action=view.action, owner=form.owner(), because=told["because"], form_key=told["form_key"],
            knowingly=form.knowingly, **more,
        )  # fmt: skip

    context = {"bodies": choices.bodies_seated(view.action.group, timezone.localdate())}
    heading, said = "Give it to another owner", "It has another owner, who is told where they have an account here."
    return ask(request, view, form, act, heading=heading, button="Hand it over", said=said, context=context)


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_due(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask for another due date, and why (ACT-08)."""
    view = kept_or_404(request, action)
    form = forms.DueForm(sent(request))

    def act(**more: Any) -> object:
        told = form.cleaned_data
        return operations.change_due_date(
            action=view.action, due_on=told["due_on"], because=told["because"], form_key=told["form_key"],
            knowingly=form.knowingly, **more,
        )  # fmt: skip

    return ask(
        request, view, form, act, heading="Change the due date", button="Change it", said="It is due on another day."
    )


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_review(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask on which day the group looked at an action, and what was said (ACT-04)."""
    view = kept_or_404(request, action, may_be_closed=True)
    form = forms.ReviewForm(sent(request), initial={"reviewed_on": timezone.localdate()})

    def act(**more: Any) -> object:
        told = form.cleaned_data
        days = {"reviewed_on": told["reviewed_on"], "comment": told["comment"], "form_key": told["form_key"]}
        return operations.review_action(action=view.action, knowingly=form.knowingly, **days, **more)

    heading, said = "The group looked at it", "That the group looked at it is on record."
    return ask(request, view, form, act, heading=heading, button="Record it", said=said)


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_close(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask what became of an action and what changed because of it; without that it stays open (ACT-04)."""
    view = kept_or_404(request, action)
    form = forms.CloseForm(sent(request))

    def act(**more: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.close_action(
            action=view.action, form_key=key, knowingly=form.knowingly, **form.given(), **more
        )

    return ask(request, view, form, act, heading="Close the action", button="Close it", said="The action is closed.")


@require_http_methods(POSTS)
@needs(Permission.KEEP_ACTIONS)
def action_reopen(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """This function will ask why a closed action is opened again."""
    view = kept_or_404(request, action, may_be_closed=True)
    if not view.is_closed:
        raise Refused(may_reopen(is_closed=False))
    form = forms.ReopenForm(sent(request))

    def act(**more: Any) -> object:
        told = form.cleaned_data
        return operations.reopen_action(
            action=view.action, because=told["because"], due_on=told["due_on"], form_key=told["form_key"],
            knowingly=form.knowingly, **more,
        )  # fmt: skip

    return ask(request, view, form, act, heading="Open it again", button="Open it", said="The action is open again.")


# --- steps of the above


def _group_asked(request: HttpRequest, groups: list[Group]) -> Group | None:
    """The group that the address names, or the only one there is; a name that fits none of them is not found."""
    asked = asking.word(request, "group")
    if not asked:
        return groups[0] if len(groups) == 1 else None
    found = next((one for one in groups if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _subject_asked(request: HttpRequest) -> str:
    """The subject that the address names, as the form's field takes it."""
    try:
        found = one_subject(reader(request), timezone.localdate(), uuid.UUID(asking.word(request, "subject")))
    except ValueError:
        return ""
    return words_for(found) if found else ""

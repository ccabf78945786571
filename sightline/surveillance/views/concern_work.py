"""Pages on which people work on concerns: raise, state anew, link evidence, refer, close."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from sightline.core.access import Permission
from sightline.core.rulebook import Prompt, PromptKind
from sightline.core.surveillance.concerning import may_close_concern
from sightline.core.verdict import Refused, refused
from sightline.directory.models import Subject
from sightline.groups.presenters.safeguarding import assurance_sections
from sightline.groups.queries.safeguarding import assurance_of
from sightline.rulebook.queries import part
from sightline.surveillance import operations
from sightline.surveillance.forms import concerns as forms
from sightline.surveillance.models import Concern
from sightline.surveillance.queries import concerns as queries
from sightline.surveillance.queries import guidance_for
from sightline.surveillance.views.asking import ask, to_concern, worked_or_404
from sightline.surveillance.words import Modifier
from sightline.web.asking import sent
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]
IN_NO_GROUP = refused(
    "A concern goes on the record of a quality group, and you sit in none. Send it to the group as an escalation instead."
)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def concern_raise(request: HttpRequest) -> HttpResponse:
    """This function will ask whom a concern is about and then what is wrong; ``follows`` names one that has come back."""
    today, actor = timezone.localdate(), reader(request)
    follows = queries.one_concern(actor, today, key) if (key := _key(request, "follows")) else None
    key = follows.subject_id if follows else _key(request, "subject")
    if key is None:
        return _choose_subject(request)
    subject = queries.subject_heard(actor, today, key)
    system = queries.record_for(actor, today, subject) if subject else None
    if subject is None or system is None:
        raise Http404
    form = forms.StatementForm(sent(request), initial=_to_begin_with(subject, system, follows), **_words(system))

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.raise_concern(
            subject=subject,
            form_key=told["form_key"],
            raised_on=told["raised_on"],
            stated=form.stated(),
            follows=follows,
            **given,
        )

    def then(made: object) -> str:
        own = made if isinstance(made, Concern) else _of_form(request, form.cleaned_data["form_key"])
        return reverse("concern", args=[own.pk]) if own else reverse("concerns")

    context = {"subject": subject, "follows": follows, "headings": forms.HEADINGS}
    said = "The concern is raised. Link the evidence next."
    return ask(request, form, act, then=then, said=said, template="surveillance/concern_raise.html", context=context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def concern_restate(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    """This function will ask for a concern's words anew, filled in with those of the last statement."""
    found = worked_or_404(request, concern)
    newest = queries.known_concern(found, timezone.localdate()).newest
    initial = {**_said_before(newest), "seen": newest.number}
    form = forms.RestateForm(sent(request), initial=initial, **_words(found.system))

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.restate_concern(
            concern=found, seen=told["seen"], stated=form.stated(), because=told["because"], **given
        )

    context = {"concern": found, "subject": found.subject, "newest": newest, "headings": forms.HEADINGS}
    said, template = (
        "The concern is stated anew. What was said before stays on record.",
        "surveillance/concern_restate.html",
    )
    return ask(request, form, act, then=to_concern(found), said=said, template=template, context=context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def concern_referral(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    """This function will ask to whom a matter was reported, when, and under which reference (SAF-01, SAF-02)."""
    found = worked_or_404(request, concern, may_be_closed=True)
    case, strategic = _safeguarding()
    form = forms.ReferralForm(sent(request), case=case, strategic=strategic)

    def act(**given: Any) -> object:
        told = form.cleaned_data
        return operations.record_referral(
            concern=found,
            is_strategic=told["kind"] == forms.STRATEGIC,
            body=told["body"],
            referred_on=told["referred_on"],
            reference=told["reference"],
            knowingly=form.knowingly,
            **given,
        )

    context = {
        "concern": found,
        "subject": found.subject,
        "title": "Record a safeguarding referral",
        "intro": "Sightline reports nothing for you: report it first, by the way of the body itself, and write down here "
        "that you did (QSG 2017 ¶72).",
        "note": "Risks about safeguarding are under the local authority’s assurance (SQG 2022 §3.12).",
        "assurance": assurance_sections(assurance_of(found.system, timezone.localdate())),
        "button": "Record it",
    }
    said, template = "The referral is on record.", "surveillance/concern_ask.html"
    return ask(
        request, form, act, then=to_concern(found, "#safeguarding"), said=said, template=template, context=context
    )


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def concern_close(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    """This function will say whether a concern may be closed, and ask why where it may (SAF-01)."""
    today, actor = timezone.localdate(), reader(request)
    found = worked_or_404(request, concern)
    facts = queries.known_concern(found, today).facts
    form = forms.CloseConcernForm(sent(request))

    def act(**given: Any) -> object:
        because = form.cleaned_data["because"]
        return operations.close_concern(concern=found, because=because, knowingly=form.knowingly, **given)

    context = {
        "concern": found,
        "subject": found.subject,
        "verdict": may_close_concern(facts, is_theirs=queries.closes_it(actor, today, found)),
        "owes_referral": facts.is_abuse_suspected and not facts.is_referred,
    }
    said, template = "The concern is closed.", "surveillance/concern_close.html"
    return ask(request, form, act, then=to_concern(found), said=said, template=template, context=context)


# --- steps of the above


def _choose_subject(request: HttpRequest) -> HttpResponse:
    """Ask first whom it is about; the answer stands in the address, so that nothing typed later is lost with it."""
    today, actor = timezone.localdate(), reader(request)
    if not queries.sits_in_a_group(actor, today):
        raise Refused(IN_NO_GROUP)
    form = forms.ConcernSubjectForm(sent(request), actor=actor, on=today)
    if request.method == "POST" and form.is_valid():
        chosen: Subject = form.cleaned_data["subject"]
        if queries.subject_heard(actor, today, chosen.pk) is not None:
            return redirect(f"{reverse('concern_raise')}?{urlencode({'subject': str(chosen.pk)})}")
        form.add_error(
            "subject", "You cannot raise a concern about it: you work for it, or declared an interest in it."
        )
    context = {"form": form}
    return render(request, "surveillance/concern_subject.html", context, status=400 if form.errors else 200)


def _of_form(request: HttpRequest, form_key: uuid.UUID) -> Concern | None:
    return queries.concern_of_form(reader(request), timezone.localdate(), form_key)


def _words(system: str) -> dict[str, Any]:
    """The words of the guidance by which the group of a record works."""
    today = timezone.localdate()
    guidance = guidance_for(system, today)
    return {
        "registers": queries.registers_for(guidance.pack, today),
        "commissioners": guidance.levels.authority.commissioners,
        "suspects": _safeguarding()[0],
    }


def _safeguarding() -> tuple[Prompt | None, Prompt | None]:
    """The guidance's question about somebody in danger, and that about a pattern (SAF-02)."""
    found = part("safeguarding", timezone.localdate())
    prompts = found.of_kind(PromptKind.SAFEGUARDING) if found else ()
    return next(iter(prompts), None), next(iter(prompts[1:]), None)


def _to_begin_with(subject: Subject, system: str, follows: Concern | None) -> dict[str, Any]:
    route = queries.prefilled_route(subject, timezone.localdate(), system)
    if follows is None:
        return {"commissioned_by": route.value}
    newest = queries.known_concern(follows, timezone.localdate()).newest
    before = _said_before(newest)
    return {**before, "modifiers": [*before["modifiers"], Modifier.RECURRENT.value], "is_abuse_suspected": False}


def _said_before(one: Any) -> dict[str, Any]:
    """What was said last, by the fields of the form."""
    ticked = ((Modifier.COMPLEX, one.is_complex), (Modifier.RECURRENT, one.is_recurrent))
    return {
        "says": one.says,
        "severity": one.severity,
        "modifiers": [word.value for word, holds in ticked if holds],
        "commissioned_by": one.commissioned_by,
        "reaches": [name for name, _ in forms.REACHES if getattr(one, name)],
        "is_abuse_suspected": one.is_abuse_suspected,
        "why_not_closer": one.why_not_closer,
        "system_causes": one.system_causes,
    }


def _key(request: HttpRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None

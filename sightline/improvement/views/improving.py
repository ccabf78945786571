"""Pages on which a Quality Improvement Group is listed, convened, written down and ended; its own page comes later."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.queries import colleagues
from sightline.core.access import Permission
from sightline.core.groups.sitting import PARTS_OF_MEMBERS
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.groups.presenters import chairing as chairing_words
from sightline.groups.queries import chairing_view, members_on
from sightline.improvement import operations
from sightline.improvement.forms import improving as forms
from sightline.improvement.improving_words import KIND
from sightline.improvement.models import ImprovementGroup
from sightline.improvement.presenters import improving as present
from sightline.improvement.queries import improving as queries
from sightline.improvement.queries.reviews import area_of, system_to_call
from sightline.improvement.views._asking import ask
from sightline.web import asking
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_LEVELS)
def improving_list(request: HttpRequest) -> HttpResponse:
    """This function will list Quality Improvement Groups: under way, with what is missing, and ended."""
    today, actor = timezone.localdate(), reader(request)
    asked = _asked(request)
    page = asking.number(request)
    rows, total = queries.page_of_improving(actor, today, asked, page)
    context = {
        "lines": present.improving_lines(rows),
        "total": total,
        "asked": asked,
        "states": present.STATES,
        "page": page,
        "pages_in_all": max(1, -(-total // queries.A_PAGE)),
        "address": f"?{urlencode({'state': asked.state, 'subject': str(asked.subject or '')})}&",
    }
    return render(request, "improvement/improving_list.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def improving_convene(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """This function will ask on whose instigation a group is convened, for what, and who chairs it (QIG-01 to QIG-03)."""
    today, actor = timezone.localdate(), reader(request)
    found = system_to_call(actor, today, subject)
    if found is None:
        raise Http404
    about, system = found
    if (under_way := queries.open_improving(actor, today, about, system)) is not None:
        messages.info(request, "A group about this subject is under way already. This is its page.")
        return redirect(present.page_of(under_way))
    group = queries.standing_improving(actor, today, about, system)
    form, chairing = _convene_form(request, about, system, group)

    def act(**given: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.convene_group(subject=about, system=system, form_key=key, given=form.convening(), **given)

    def then(made: object) -> str:
        key = form.cleaned_data["form_key"]
        own = made if isinstance(made, ImprovementGroup) else queries.improving_of_form(actor, today, key)
        return present.page_of(own) if own else reverse("improving_list")

    context = {"subject": about, "group": group, "chairing": chairing}
    said = "The group is convened. Seat its members, and plan its first meeting."
    return ask(request, form, act, then, said, "improvement/improving_convene.html", context)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def improving_watch(request: HttpRequest, improving: uuid.UUID) -> HttpResponse:
    """This function will ask which plans a group sees through (QIG-04)."""
    today, actor, found = timezone.localdate(), reader(request), _worked_on(request, improving)
    own = {str(one) for one in queries.watched_plans(found)}
    plans = queries.plans_to_watch(actor, today, found.subject, found.system)
    known = {str(one.pk) for one, _ in plans}
    ended = [
        (one.plan, one.version.name)
        for one in queries.plans_watched(actor, today, found)
        if str(one.plan.pk) not in known
    ]
    form = forms.WatchForm(asking.sent(request), plans=[*plans, *ended], initial={"plans": sorted(own)})

    def act(**given: Any) -> object:
        return operations.watch_plans(improving=found, plans=form.plans(), **given)

    return _on_group(request, found, form, act, "It is on record.", "Which plans does it see through?", "Keep it")


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def improving_told(request: HttpRequest, improving: uuid.UUID, told: str) -> HttpResponse:
    """This function will ask what the group did, or what a member reported (QIG-04, QIG-06, QIG-07)."""
    today, found = timezone.localdate(), _worked_on(request, improving)
    asked = next((one for one in queries.guidance_of(found.group, today).told if one.id == told), None)
    if asked is None:
        raise Http404
    form = forms.ToldForm(asking.sent(request), initial={"on": today})

    def act(**given: Any) -> object:
        key = form.cleaned_data["form_key"]
        return operations.record_told(improving=found, form_key=key, given=form.reported(asked.id), **given)

    return _on_group(request, found, form, act, "It is on record.", asked.name, "Record it", asked.says, asked.cites)


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def improving_stakeholder(request: HttpRequest, improving: uuid.UUID, number: int) -> HttpResponse:
    """This function will ask who else has a stake, how they are brought in, and who answers for it (MEM-23)."""
    today, found = timezone.localdate(), _worked_on(request, improving)
    line = next((one for one in queries.stakeholders_of(found) if one.number == number), None)
    if number and line is None:
        raise Http404
    members = [one for one in members_on(found.group, today) if one.part in PARTS_OF_MEMBERS]
    initial = forms.stakeholder_filled(line)
    form = forms.StakeholderForm(asking.sent(request), members=members, initial=initial)

    def act(**given: Any) -> object:
        return operations.name_stakeholder(improving=found, given=form.stakeholder(number), **given)

    title = "Somebody else with a stake" if line is None else "Change how somebody is brought in"
    return _on_group(request, found, form, act, "It is on record.", title, "Keep it")


@require_http_methods(METHODS)
@needs(Permission.RAISE_CONCERN)
def improving_agree(request: HttpRequest, improving: uuid.UUID, party: str) -> HttpResponse:
    """This function will ask whether somebody agrees that the group has done what it is for (QIG-09)."""
    today, found = timezone.localdate(), _worked_on(request, improving)
    asked, _ = queries.parties_of(found, today)
    one = next((one for one in asked if one.party == party), None)
    if one is None:
        raise Http404
    form = forms.AgreementForm(asking.sent(request), initial={"on": today})

    def act(**given: Any) -> object:
        return operations.record_agreement_to_end(improving=found, given=form.agreement(party), **given)

    title = "Does this party agree that the group has done what it is for?"
    return _on_group(request, found, form, act, "It is on record.", title, "Record it", one.name)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def improving_end(request: HttpRequest, improving: uuid.UUID) -> HttpResponse:
    """This function will show how the two conditions stand, and ask with what the group ends (QIG-08, QIG-09)."""
    today, actor, found = timezone.localdate(), reader(request), _worked_on(request, improving)
    if not queries.keeps_improving(actor, today, found):
        raise Http404
    form = forms.EndForm(asking.sent(request))

    def act(**given: Any) -> object:
        return operations.end_improvement_group(improving=found, given=form.end(), **given)

    view, rule = queries.end_view(found, today), queries.guidance_of(found.group, today)
    asked, vacant = queries.parties_of(found, today)
    context = {
        "improving": found,
        "subject": found.subject,
        "back": present.page_of(found),
        "conditions_now": present.condition_lines(rule, view.end("told", "").holds),
        "is_complete": view.is_complete,
        "parties": present.party_lines(asked),
        "vacant": vacant,
    }
    said = "The group has ended. What it did stays on record."
    return ask(request, form, act, lambda _: present.page_of(found), said, "improvement/improving_end.html", context)


# --- steps of the above


def _convene_form(
    request: HttpRequest, subject: Subject, system: str, group: Group | None
) -> tuple[forms.ConveneForm, chairing_words.ChairingLines | None]:
    """The form; where a group has to be set up, with who may chair it (CHR-04 to CHR-07)."""
    today, actor = timezone.localdate(), reader(request)
    area = area_of(system)
    plans = queries.plans_to_watch(actor, today, subject, system)
    told: dict[str, Any] = {
        "actor": actor,
        "on": today,
        "reviews": queries.reviews_to_name(actor, today, subject, system),
        "plans": plans,
        "initial": {
            "instigated_on": today,
            "review": asking.word(request, "review"),
            "plans": [str(one.pk) for one, _ in plans if one.subject_id == subject.pk],
        },
    }
    data = asking.sent(request)
    if group is not None or area is None:
        return forms.ConveneForm(data, people=None, triggers={}, is_met=False, **told), None
    view = chairing_view(Group(kind=KIND, area=area, system=system, subject=subject, begun_on=today), today)
    people = colleagues(Permission.KEEP_GROUPS, by=actor, on=today)
    triggers = chairing_words.trigger_choices(view) if view else {}
    is_met = bool(view and chairing_words.asks_no_trigger(view))
    form = forms.ChairedConveneForm(data, people=people, triggers=triggers, is_met=is_met, **told)
    return form, chairing_words.chairing_lines(view) if view else None


def _worked_on(request: HttpRequest, improving: uuid.UUID) -> ImprovementGroup:
    """A group that is the reader's to write; to anybody else it is as if it were not there."""
    today, actor = timezone.localdate(), reader(request)
    found = queries.one_improving(actor, today, improving)
    if found is None or not queries.works_on_improving(actor, today, found):
        raise Http404
    return found


def _on_group(
    request: HttpRequest,
    improving: ImprovementGroup,
    form: Any,
    act: Callable[..., object],
    said: str,
    title: str,
    button: str,
    asks: str = "",
    source: str = "",
) -> HttpResponse:
    page = present.page_of(improving)
    context = {
        "improving": improving, "subject": improving.subject, "back": page, "title": title, "button": button,
        "asks": asks, "source": source,
    }  # fmt: skip
    return ask(request, form, act, lambda _: page, said, "improvement/improving_ask.html", context)


def _asked(request: HttpRequest) -> queries.AskedImproving:
    state = asking.word(request, "state")
    try:
        subject = uuid.UUID(asking.word(request, "subject"))
    except ValueError:
        subject = None
    return queries.AskedImproving(state if state in {queries.OPEN, queries.ENDED} else "", subject)

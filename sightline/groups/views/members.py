"""Pages about the members of a group: the contact list, one's own seat, authority, needs, and how bodies hear people."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.accounts.models import Person
from sightline.core.access import Permission, may
from sightline.groups import operations, queries
from sightline.groups.forms import members as forms
from sightline.groups.membership import keeps_members, reads_members
from sightline.groups.models import Group
from sightline.groups.presenters import members as presenters
from sightline.groups.views.asking import ask
from sightline.groups.views.standing import kept_group
from sightline.web.asking import sent
from sightline.web.exporting import csv_file
from sightline.web.gate import needs, reader

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.SEE_MEETINGS)
def group_members(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show who sits in a group and how they are reached, to those who sit there and keep it (MEM-16)."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    keeps = keeps_members(actor, found, today)
    contacts = queries.contacts(found, today)
    own = queries.own_seatings(actor, found, today)
    own_bodies = frozenset(one.seat.organisation_id for one in own if one.seat.organisation_id)
    people = {
        one.person_id: one.person.display_name for line in contacts for one in (line.holder, *line.deputies) if one
    }
    context = {
        "group": found,
        "crumbs": _crumbs(request, found),
        "keeps": keeps,
        "is_seated": bool(own),
        "count": presenters.counted(contacts),
        "lines": presenters.contact_lines(contacts, keeps=keeps),
        "hears": presenters.hears_lines(
            queries.member_bodies(contacts).values(), queries.engagements_of(found), None if keeps else own_bodies
        ),
        "needs": presenters.needs_lines(people, queries.needs_of(people)) if keeps else (),
    }
    return render(request, "groups/members.html", context)


@require_safe
@needs(Permission.KEEP_GROUPS)
def group_members_csv(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will give the contact list of a group as a file, to those who keep it."""
    found = kept_group(request, group)
    rows = presenters.export_rows(found, queries.contacts(found, timezone.localdate()))
    return csv_file("members.csv", rows)


@require_safe
@needs(Permission.SEE_MEETINGS)
def group_seat(request: HttpRequest, group: UUID) -> HttpResponse:
    """This function will show the reader their own seat in a group, and what is asked of whoever sits there (MEM-20)."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    own = queries.own_seatings(actor, found, today)
    if not own:
        raise Http404
    beside = {one.seat.pk: one for one in queries.contacts(found, today)}
    seats = [presenters.own_seat(one, beside.get(one.seat_id), queries.cards_of(one, today)) for one in own]
    context = {"group": found, "crumbs": _crumbs(request, found), "seats": seats}
    return render(request, "groups/seat.html", context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def seating_authority(request: HttpRequest, seating: UUID) -> HttpResponse:
    """This function will ask whether somebody may decide for their organisation, and who said so (MEM-12, MEM-14)."""
    found = queries.one_seating(seating)
    if found is None:
        raise Http404
    group = kept_group(request, found.seat.group_id)
    back = _members(group)
    context = {
        "title": f"May {found.person.display_name} decide?",
        "intro": f"As {found.seat.title}. What was recorded before stays on record.",
        "button": "Record it",
        "back": back,
    }
    act = partial(operations.record_authority, seating=found)
    return ask(request, forms.AuthorityForm(sent(request)), act, "It is recorded.", back[1], context)


@require_http_methods(METHODS)
@needs(Permission.KEEP_GROUPS)
def seat_ask(request: HttpRequest, seat: UUID) -> HttpResponse:
    """This function will ask whom the group asked for somebody who sits on an empty seat (MEM-16; QSG 2017 ¶87)."""
    found = queries.one_seat(seat)
    if found is None:
        raise Http404
    group = kept_group(request, found.group_id)
    body = found.organisation.name if found.organisation else "the organisation"
    back = _members(group)
    context = {
        "title": f"Who was asked for somebody as {found.title}?",
        "intro": f"Ask {body} first, by telephone or email. Here it is written down, so that nobody asks twice.",
        "button": "Record it",
        "back": back,
    }
    act = partial(operations.ask_for_representative, seat=found)
    return ask(
        request, forms.RepresentativeForm(sent(request)), act, "It is recorded whom you asked.", back[1], context
    )


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def group_engagement(request: HttpRequest, group: UUID, organisation: UUID) -> HttpResponse:
    """This function will ask how a member organisation hears patients and the public (MEM-22; QSG 2017 ¶39)."""
    today, actor, found = timezone.localdate(), reader(request), _read(request, group)
    body = queries.member_bodies(queries.contacts(found, today)).get(organisation)
    own = {one.seat.organisation_id for one in queries.own_seatings(actor, found, today)}
    if body is None or not (organisation in own or keeps_members(actor, found, today)):
        raise Http404
    told = queries.engagements_of(found).get(organisation)
    back = _members(found)
    context = {
        "title": f"How {body.name} hears patients and the public",
        "intro": "Each organisation in the group has its own way to hear them, so that what they say is at the heart of "
        "the group’s work (QSG 2017 ¶39).",
        "button": "Record it",
        "back": back,
    }
    form = forms.EngagementForm(sent(request), initial={"words": told.words if told else ""})
    act = partial(operations.tell_engagement, group=found, organisation=body)
    return ask(request, form, act, f"It is recorded for {body.name}.", back[1], context)


@require_http_methods(METHODS)
@needs(Permission.SHARE_INTELLIGENCE)
def access_needs(request: HttpRequest) -> HttpResponse:
    """This function will ask the reader what they need to take part in meetings (MTG-28)."""
    actor = reader(request)
    if not isinstance(actor, Person):
        raise Http404
    told = queries.needs_of([actor.pk]).get(actor.pk)
    context = {
        "title": "What you need to take part",
        "intro": "In every group in which you sit. You read it yourself, and so does whoever keeps these groups and "
        "prepares their meetings. Nobody else does.",
        "button": "Record it",
        "back": ("Home", reverse("home")),
    }
    initial = {"needs": told.needs, "words": told.words} if told else {}
    form = forms.NeedsForm(sent(request), initial=initial)
    there = reverse("access_needs")
    return ask(request, form, operations.say_access_needs, "It is recorded what you need.", there, context)


# --- shared by the above


def _read(request: HttpRequest, group_id: UUID) -> Group:
    """A group whose members the reader may know; to anybody else it is as if it were not there."""
    found = queries.any_group(group_id)
    if found is None or not reads_members(reader(request), found, timezone.localdate()):
        raise Http404
    return found


def _members(group: Group) -> tuple[str, str]:
    return f"Members of {group.name}", reverse("group_members", args=[group.pk])


def _crumbs(request: HttpRequest, group: Group) -> list[dict[str, str]]:
    """The way back, for those who may go it: a provider's member in a group about it reads these pages alone."""
    today = timezone.localdate()
    if not may(reader(request), Permission.SEE_LEVELS, today):
        return []
    return [
        {"text": "Groups", "href": reverse("groups")},
        {"text": group.name, "href": reverse("group", args=[group.pk])},
    ]

"""The Word templates of a system's reports: brought, version by version, and taken out of use."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Refused
from sightline.directory.models import Organisation
from sightline.meetings.giving import Overtaken
from sightline.reports.giving import Layout
from sightline.reports.models import WordTemplate
from sightline.reports.operations._drafts import NOT_YOURS, person
from sightline.reports.queries.layouts import Place, places_of


@operation(Permission.KEEP_MEETINGS, on="result")
def bring_word_template(*, by: Actor, at: datetime, given: Layout, form_key: UUID) -> WordTemplate:
    """This function will keep a Word template that was looked at; the reports it is for leave in it from now on.

    Raises Refused for a system or a report that is not the actor's to lay out, Overtaken where somebody was quicker.
    """
    place = _held(by, at, given.system, given.template, form_key)
    return _added(by, at, place, given.seen, form_key, name=given.name, data=given.data)


@operation(Permission.KEEP_MEETINGS, on="result")
def end_word_template(*, by: Actor, at: datetime, template: WordTemplate, form_key: UUID) -> WordTemplate:
    """This function will take a Word template out of use; every version that was brought stays on the record."""
    place = _held(by, at, template.system, template.template, form_key)
    if place.newest is None or place.newest.pk != template.pk:
        raise Overtaken("There is another template by now, or none. Look at what holds first.")
    return _added(by, at, place, template.number, form_key)


def _held(by: Actor, at: datetime, system: str, template: str, form_key: UUID) -> Place:
    """The place of a template, held against others who bring one at the same time."""
    list(Organisation.objects.select_for_update().filter(code=system))
    if WordTemplate.objects.filter(form_key=form_key).exists():
        raise Already("This was done already.")
    places = places_of(by, timezone.localdate(at))
    found = next((one for one in places if (one.system, one.template) == (system, template)), None)
    if found is None:
        raise Refused(NOT_YOURS)
    return found


def _added(
    by: Actor, at: datetime, place: Place, seen: int, form_key: UUID, *, name: str = "", data: bytes = b""
) -> WordTemplate:
    if len(place.versions) != seen:
        raise Overtaken("Somebody else brought a template meanwhile. Look at theirs first.")
    return WordTemplate.objects.create(
        system=place.system,
        template=place.template,
        number=seen + 1,
        name=name,
        data=data,
        sha256=hashlib.sha256(data).hexdigest() if data else "",
        added_by=person(by),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )

"""Who reads a report, as conditions of the database: whoever hears the group, and the recipients once it was sent."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from sightline.accounts.models import Person
from sightline.actions.models import Action
from sightline.core.access import Actor, Permission, may
from sightline.core.meetings.interests import Measure
from sightline.escalation.models.exchanges import codes_of
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.sight import NOTHING, in_systems, sits_there
from sightline.groups.viewers import viewer_of
from sightline.improvement.models import RapidReview
from sightline.intelligence.models import Item
from sightline.meetings.models import AgendaItem, ItemRuling, ItemTie


def reports_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor sees that a report is, and reads it.

    Its keepers and the auditor of the system see a draft; whoever sits in the group reads what is frozen; whoever works
    for a recipient reads what was sent to it. Nobody reads a report of which any line or name is about what is closed
    to them: by an interest, because it is their own body, or because of an item from which they are out (COI-03, COI-04,
    PER-05, PER-10).
    """
    if not may(actor, Permission.SEE_MEETINGS, on):
        return NOTHING
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
    frozen = Q(pk__in=_rows("ReportVersion").values("report"))
    within = (keeps | sits_there(actor, on) & frozen) & ~_of_closed_records(actor, on)
    return (within | _sent_to_them(actor, on)) & ~_about_what_is_closed(actor, on) & ~_of_their_items(actor)


def sent_to(actor: Actor, on: date) -> Q:
    """This function will give the condition that a sending went to a body for which the actor works."""
    codes = codes_of(actor, on) if may(actor, Permission.SEE_LEVELS, on) else frozenset()
    return Q(to_body__code__in=codes) if codes else NOTHING


def _sent_to_them(actor: Actor, on: date) -> Q:
    return Q(pk__in=_rows("Sending").filter(sent_to(actor, on)).values("version__report"))


def _about_what_is_closed(actor: Actor, on: date) -> Q:
    """The reports about a subject that is closed to them, and those of a group about one such subject."""
    conflicts, provided = conflicts_of(actor, on), bodies_provided_for(actor, on)
    closed = _about(Q(subject__in=conflicts) | Q(subject__organisation__code__in=provided))
    closed |= Q(group__subject__in=conflicts) | Q(group__subject__organisation__code__in=provided)
    if own := viewer_of(actor, on).organisations:
        theirs = _about(Q(subject__organisation__code__in=own)) | Q(group__subject__organisation__code__in=own)
        closed |= theirs & ~in_systems(actor, Permission.KEEP_MEETINGS, on)
    return closed


def _about(subjects: Q) -> Q:
    return Q(pk__in=_rows("ReportSubject").filter(subjects).values("report"))


def _of_their_items(actor: Actor) -> Q:
    """The reports with a line of an item for which they declared an interest, or from which they were ever ruled out."""
    if not isinstance(actor, Person):
        return NOTHING
    out = [one.value for one in Measure if not one.reads_papers]
    tied = ItemTie.objects.filter(person=actor.pk).order_by().values("item")
    ruled = ItemRuling.objects.filter(person=actor.pk, measure__in=out).order_by().values("item")
    lines = _rows("ReportLine").filter(Q(outcome__item__in=tied) | Q(outcome__item__in=ruled))
    return Q(pk__in=lines.values("gathering__report"))


def _of_closed_records(actor: Actor, on: date) -> Q:
    """The reports with a line of an action, an item, a review or what was told, that one of the group may not read."""
    items = AgendaItem.objects.visible_to(actor, on).order_by().values("pk")
    actions = Action.objects.visible_to(actor, on).order_by().values("pk")
    closed = Q(outcome__isnull=False) & ~Q(outcome__item__in=items)
    closed |= Q(action__isnull=False) & ~Q(action__in=actions)
    reviews = RapidReview.objects.visible_to(actor, on).order_by().values("pk")
    closed |= Q(review__isnull=False) & ~Q(review__in=reviews)
    heard = Item.objects.visible_to(actor, on).order_by().values("pk")
    closed |= Q(item__isnull=False) & ~Q(item__in=heard)
    return Q(pk__in=_rows("ReportLine").filter(closed).values("gathering__report"))


def _rows(model: str) -> QuerySet[Model]:
    """The rows of a model of this app, whose models are read after these conditions."""
    found: QuerySet[Model] = apps.get_model("reports", model)._default_manager.order_by()
    return found

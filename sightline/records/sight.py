"""Who reads holds and requests for information, as conditions of the database."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission
from sightline.core.meetings.interests import Measure
from sightline.groups.beside import closed
from sightline.groups.sight import NOTHING, in_systems
from sightline.meetings.models import ItemRuling, ItemTie


def kept_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor keeps the formal record of a system, or audits it (PER-13)."""
    return in_systems(actor, Permission.SEE_RECORDS, on)


def holds_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a hold: an interest in its subject closes it."""
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    return kept_there(actor, on) & ~tied if tied else kept_there(actor, on)


def requests_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a request, with all that was taken into it.

    Whoever keeps the record works on a request with others, and so reads what these took into it. A request about a
    subject, or with a passage of a record, that is closed to them by an interest is not there for them (COI-03, COI-04).
    """
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    paths = (
        "note__item__subject", "note__meeting__group__subject", "decision__subject", "version__report__group__subject",
        "version__report__subjects__subject",
    )  # fmt: skip
    passages = apps.get_model("records", "RequestPassage")._default_manager.order_by()
    if about := closed(*paths, actor=actor, on=on, keeps=NOTHING):
        tied |= Q(pk__in=passages.filter(about).values("request"))
    if isinstance(actor, Person):
        out = [one.value for one in Measure if not one.reads_papers]
        said = ItemTie.objects.filter(person=actor.pk).order_by().values("item")
        ruled = ItemRuling.objects.filter(person=actor.pk, measure__in=out).order_by().values("item")
        theirs = Q(note__item__in=said) | Q(note__item__in=ruled)
        tied |= Q(pk__in=passages.filter(theirs).values("request"))
    return kept_there(actor, on) & ~tied if tied else kept_there(actor, on)


def disposals_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a proposal of disposal, or its certificate.

    While the record stands, whoever may not read it reads no proposal either; once it is gone, an interest in whom it
    was about closes the certificate.
    """
    requests = apps.get_model("records", "InformationRequest")._default_manager.order_by()
    stands = Q(record__in=requests.values("pk"))
    read = Q(record__in=requests.filter(requests_seen(actor, on)).values("pk"))
    seen = kept_there(actor, on) & (read | ~stands)
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    return seen & ~tied if tied else seen

"""Look-backs on record, each for somebody: those that are open first (LRN-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.risks.models import LookBack, LookBackEnding, LookBackFinding, LookBackQuerySet, Risk, RiskSubject
from sightline.risks.queries.keeping import keeping_of
from sightline.surveillance.queries.concerns import record_for, subject_heard

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One look-back of a list, with how many findings it has."""

    record: LookBack
    findings: int
    is_open: bool


def look_backs_on(actor: Actor, on: date, subject: Subject) -> list[Listed]:
    """This function will give the look-backs on one subject of which the actor hears, open ones first."""
    return _listed(LookBack.objects.visible_to(actor, on).filter(subject=subject))


def page_of_look_backs(actor: Actor, on: date, page: int) -> tuple[list[Listed], int]:
    """This function will give one page of the look-backs of which the actor hears, open ones first, and how many."""
    found = LookBack.objects.visible_to(actor, on)
    first = (page - 1) * A_PAGE
    return _listed(found, first, first + A_PAGE), found.count()


def _listed(found: LookBackQuerySet, first: int = 0, last: int = A_PAGE) -> list[Listed]:
    ended = Exists(LookBackEnding.objects.filter(look_back=OuterRef("pk")))
    ordered = found.annotate(is_over=ended).order_by("is_over", "-recorded_at", "pk")
    rows = list(ordered.select_related("subject", "ending")[first:last])
    counted = LookBackFinding.objects.filter(look_back__in=rows).order_by().values_list("look_back")
    many = dict(counted.annotate(many=Count("pk")))
    return [Listed(one, many.get(one.pk, 0), not hasattr(one, "ending")) for one in rows]


def one_look_back(actor: Actor, on: date, key: UUID) -> LookBack | None:
    """This function will give one look-back, or None where there is none that the actor may see."""
    found = LookBack.objects.visible_to(actor, on).filter(pk=key)
    return found.select_related("subject__organisation", "ending", "risk").first()


def subject_to_look_at(actor: Actor, on: date, key: UUID) -> Subject | None:
    """This function will give a subject of which the actor hears; hidden and absent are the same."""
    return subject_heard(actor, on, key)


def may_look_back(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether the actor may open a look-back on a subject: as who may raise a concern about it."""
    return record_for(actor, on, subject) is not None


def may_finish(actor: Actor, on: date, look_back: LookBack) -> bool:
    """This function will say whether the actor keeps the record that a look-back belongs to."""
    return keeping_of(actor, on).of(look_back.system)


def risk_behind(actor: Actor, on: date, subject: Subject, key: UUID | None) -> Risk | None:
    """This function will give a risk about a subject from which a look-back is opened, if the actor may see it."""
    if key is None:
        return None
    about = RiskSubject.objects.filter(subject=subject).values("risk")
    return Risk.objects.visible_to(actor, on).filter(pk=key, pk__in=about).first()

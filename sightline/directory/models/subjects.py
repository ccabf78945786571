"""What may be under surveillance: an organisation, a group, a place, a system, a pathway, a sector or a theme."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor, scope_of
from sightline.directory.models.choices import choices, one_of
from sightline.directory.models.organisations import Organisation
from sightline.directory.models.relations import Relation
from sightline.directory.words import Link, Sector, SubjectKind


class SubjectQuerySet(models.QuerySet["Subject"]):
    """Verbs for choosing subjects."""

    def visible_to(self, actor: Actor, on: date) -> SubjectQuerySet:
        """This function will keep what the actor may see: everything, or their own bodies with their history (PER-10)."""
        scope = scope_of(actor, on)
        if scope.everything:
            return self
        return self.filter(organisation__code__in=with_history(scope.organisations))

    def open_on(self, day: date) -> SubjectQuerySet:
        """This function will keep subjects whose organisation, where there is one, is open on the day."""
        still = Q(organisation__closed_on=None) | Q(organisation__closed_on__gte=day)
        listed = Q(organisation__delisted_on=None) | Q(organisation__delisted_on__gt=day)
        return self.filter(Q(organisation=None) | still & listed)


def with_history(codes: frozenset[str]) -> frozenset[str]:
    """This function will add every predecessor and successor of these organisations, all the way."""
    pairs = list(
        Relation.objects.filter(link=Link.SUCCEEDED_BY).values_list("origin__code", "target__code") if codes else ()
    )
    # Forwards and backwards apart: a neighbour that came out of the same divided body is not our history.
    return frozenset(codes | _reached(codes, pairs) | _reached(codes, [(new, old) for old, new in pairs]))


def _reached(codes: frozenset[str], steps: list[tuple[str, str]]) -> set[str]:
    found: set[str] = set(codes)
    grows = True
    while grows:
        further = {there for here, there in steps if here in found} - found
        found |= further
        grows = bool(further)
    return found


class Subject(models.Model):
    """One thing under surveillance; one that is an organisation bears that organisation's code and name (ORG-04)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=80, unique=True)  # the organisation's code, or a slug
    kind = models.CharField(max_length=20, choices=choices(SubjectKind))
    name = models.CharField(max_length=250)
    sector = models.CharField(max_length=40, choices=choices(Sector), blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="subjects"
    )
    recorded_at = models.DateTimeField()

    objects = SubjectQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["name", "key"]
        indexes = [models.Index(fields=["kind", "name"], name="subject_kind_name")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_subject_of_a_kind_per_organisation"),
            models.CheckConstraint(condition=Q(kind__in=one_of(SubjectKind)), name="subject_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=SubjectKind.ORGANISATION) | Q(organisation__isnull=False),
                name="an_organisation_subject_has_its_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name

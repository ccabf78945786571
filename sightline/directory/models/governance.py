"""Who commissions what, and what is written down about the governance of quality."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.directory.models.choices import choices, one_of
from sightline.directory.models.organisations import Organisation
from sightline.directory.words import FactKind, Route

_IN_ORDER = Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))


class Commissioning(models.Model):
    """One service of a provider, who commissions it and by which route, from a day to a day (ORG-07)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commissionings")
    service = models.CharField(max_length=200)
    route = models.CharField(max_length=20, choices=choices(Route))
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commissions")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(route__in=one_of(Route)), name="commissioning_route_is_known"),
            models.CheckConstraint(condition=_IN_ORDER, name="commissioning_begins_before_it_ends"),
            models.CheckConstraint(condition=~Q(provider=F("commissioner")), name="nobody_commissions_themselves"),
        ]

    def __str__(self) -> str:
        return self.service


class OrganisationFactQuerySet(models.QuerySet["OrganisationFact"]):
    """Verbs for choosing facts."""

    def standing_on(self, day: date) -> OrganisationFactQuerySet:
        """This function will keep the facts in force on the day, the latest last."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day)).order_by("valid_from", "recorded_at", "pk")


class OrganisationFact(models.Model):
    """One thing written down about an organisation, from a day to a day; the latest in force counts.

    ``FactKind`` says which things, and by which requirement each is kept. An empty value says
    that the thing is known to be missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=40, choices=choices(FactKind))
    value = models.CharField(max_length=250, blank=True)
    detail = models.CharField(max_length=250, blank=True)
    other = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in_facts"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=250)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OrganisationFactQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind"], name="fact_organisation_kind")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=one_of(FactKind)), name="fact_kind_is_known"),
            models.CheckConstraint(condition=_IN_ORDER, name="fact_begins_before_it_ends"),
            models.CheckConstraint(condition=~Q(source=""), name="fact_has_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"

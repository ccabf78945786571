"""Organisations, and what each published list says of them from edition to edition."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.directory.models.choices import choices, one_of
from sightline.directory.words import AREAS, PROVIDERS, Kind, Scheme, Sector


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Verbs for choosing organisations."""

    def open_on(self, day: date) -> OrganisationQuerySet:
        """This function will keep those not closed, and not dropped from their list, before the day."""
        still = (Q(closed_on=None) | Q(closed_on__gte=day)) & (Q(delisted_on=None) | Q(delisted_on__gt=day))
        return self.filter(still & (Q(opened_on=None) | Q(opened_on__lte=day)))

    def areas(self) -> OrganisationQuerySet:
        """This function will keep places, systems, regions and the like."""
        return self.filter(kind__in=AREAS)

    def providers(self) -> OrganisationQuerySet:
        """This function will keep whoever gives care."""
        return self.filter(kind__in=PROVIDERS)


class Organisation(models.Model):
    """One body under one lasting code. Its name, kind and dates are those its listings give last (ORG-01, ORG-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=40, choices=choices(Kind), default=Kind.UNKNOWN)
    sector = models.CharField(max_length=40, choices=choices(Sector), blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)  # the last day
    delisted_on = models.DateField(null=True, blank=True)  # the first complete list that leaves it out unexplained
    postcode = models.CharField(max_length=10, blank=True)
    recorded_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["name", "code"]
        indexes = [
            models.Index(fields=["kind", "name"], name="organisation_kind_name"),
            models.Index(fields=["postcode"], name="organisation_postcode"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="organisation_has_a_code"),
            models.CheckConstraint(condition=Q(kind__in=one_of(Kind)), name="organisation_kind_is_known"),
            models.CheckConstraint(condition=Q(sector__in=["", *one_of(Sector)]), name="organisation_sector_is_known"),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="organisation_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def is_open(self, on: date) -> bool:
        """This function will say whether it was open on the day, as far as any list says."""
        begun = self.opened_on is None or self.opened_on <= on
        ended = self.closed_on is not None and self.closed_on < on
        dropped = self.delisted_on is not None and self.delisted_on <= on
        return begun and not ended and not dropped


class Listing(models.Model):
    """What one source says of an organisation, word for word, and from which edition to which it said so.

    Names and kinds have their history here. ``first_stated`` is empty where the source bears no date.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="listings")
    source = models.CharField(max_length=60)
    name = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=40, choices=choices(Kind), default=Kind.UNKNOWN)
    sector = models.CharField(max_length=40, choices=choices(Sector), blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    first_stated = models.DateField(null=True, blank=True)
    last_stated = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["source"], name="listing_source")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_stated=None, last_stated=None) | Q(last_stated__gte=F("first_stated")),
                name="listing_stated_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.name}"


class Edition(models.Model):
    """One edition of a source that was taken in, by the day as of which it speaks."""

    source = models.CharField(max_length=60)
    as_of = models.DateField()
    is_complete = models.BooleanField()  # whoever a complete list leaves out is no longer on it
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "as_of"], name="one_edition_per_source_and_day")]

    def __str__(self) -> str:
        return f"{self.source} as of {self.as_of}"


class Identifier(models.Model):
    """Another code of an organisation, under somebody else's scheme."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=choices(Scheme))
    value = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["value"], name="identifier_value")]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="an_identifier_names_one_organisation"),
            models.CheckConstraint(condition=Q(scheme__in=one_of(Scheme)), name="identifier_scheme_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Alias(models.Model):
    """Another name by which people and files call an organisation; ``folded`` is what its spellings share."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=250)
    folded = models.CharField(max_length=250)
    source = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["folded"], name="alias_folded")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "folded"], name="an_alias_stands_once"),
        ]

    def __str__(self) -> str:
        return self.name

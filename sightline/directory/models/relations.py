"""How organisations hang together over time, and where their areas lie."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.directory.models.choices import choices, one_of
from sightline.directory.models.organisations import Organisation
from sightline.directory.words import Kind, Link


class RelationQuerySet(models.QuerySet["Relation"]):
    """Verbs for choosing relations."""

    def valid_on(self, day: date) -> RelationQuerySet:
        """This function will keep those in force on the day; an unknown beginning or end counts as in force."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Relation(models.Model):
    """One organisation's standing to another, from a day to a day, as one source has it (ORG-02, ORG-10).

    ``valid_to`` is the last day. ``is_part`` marks a succession that takes only part of a divided body.
    ``source`` “person” is what somebody wrote down; “derived” is worked out again after every import.
    """

    origin = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="relations_from")
    link = models.CharField(max_length=20, choices=choices(Link))
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="relations_to")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    stated_end = models.DateField(null=True, blank=True)  # the end that the source itself gives
    is_part = models.BooleanField(default=False)
    is_by_name = models.BooleanField(default=False)  # the source gave a name, which was matched to the target
    source = models.CharField(max_length=60)
    first_stated = models.DateField(null=True, blank=True)
    last_stated = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects = RelationQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [
            models.Index(fields=["target", "link"], name="relation_target"),
            models.Index(fields=["origin", "link"], name="relation_origin"),
            models.Index(fields=["source"], name="relation_source"),
        ]
        constraints = [
            # Two, because an unknown beginning is null and two nulls are never the same to a database.
            models.UniqueConstraint(
                fields=["origin", "link", "target", "source", "valid_from"],
                condition=Q(valid_from__isnull=False),
                name="a_dated_relation_stands_once",
            ),
            models.UniqueConstraint(
                fields=["origin", "link", "target", "source"],
                condition=Q(valid_from__isnull=True),
                name="an_undated_relation_stands_once",
            ),
            models.CheckConstraint(condition=~Q(origin=F("target")), name="a_relation_joins_two"),
            models.CheckConstraint(condition=Q(link__in=one_of(Link)), name="relation_link_is_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_relation_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} {self.link} {self.target_id}"


class NamedLink(models.Model):
    """A link whose other end a file knows only by name; kept until, and after, an organisation of that name is known."""

    origin = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="named_links")
    link = models.CharField(max_length=20, choices=choices(Link))
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=40, choices=choices(Kind))
    source = models.CharField(max_length=60)
    first_stated = models.DateField(null=True, blank=True)
    last_stated = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "link", "name", "source"], name="a_named_link_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} {self.link} “{self.name}”"


class Boundary(models.Model):
    """The outline of an area; the area is found by its code once a list has named it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="boundaries")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=250)
    geometry = models.TextField()  # GeoJSON, as published
    geometry_hash = models.CharField(max_length=64)
    outline = models.TextField()  # GeoJSON polygons coarse enough for a page
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        verbose_name_plural = "boundaries"
        constraints = [
            models.UniqueConstraint(fields=["code", "source", "geometry_hash"], name="a_boundary_stands_once")
        ]

    def __str__(self) -> str:
        return self.name

"""Publications and what they say; every one stays readable after a newer one supersedes it."""

from __future__ import annotations

import uuid

from django.db import models

from sightline.directory.models import Subject


class Publication(models.Model):
    """One file of a publisher, taken in whole: its figures are one immutable, content-addressed Parquet part.

    It is taken in once, as published, for everybody: nobody enters its figures by hand or again (DAT-08).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    part_sha256 = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True)
    revised = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    first_period = models.DateField(null=True)
    last_period = models.DateField(null=True)
    rows = models.PositiveIntegerField(default=0)
    observations = models.PositiveIntegerField(default=0)
    indicators = models.TextField(blank=True)  # ids, one a line
    remarks = models.TextField(blank=True)  # what was passed over and why, one a line

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="a_file_is_taken_in_once")]
        indexes = [models.Index(fields=["-recorded_at"], name="publication_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def rank(self) -> tuple[bool, str, str]:
        """Which of two publications of one figure counts: a revision, then the later one (DAT-05)."""
        return (self.revised, (self.published_on or self.recorded_at.date()).isoformat(), self.recorded_at.isoformat())


class Supersession(models.Model):
    """A later publication replaces figures of an earlier one, which stay readable."""

    newer = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="supersedes")
    older = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="superseded_by")
    figures = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newer", "older"], name="one_supersession_per_pair")]

    def __str__(self) -> str:
        return f"{self.figures} figures replaced"


class Rating(models.Model):
    """A regulator's published judgement about one body on one day."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="ratings")
    about = models.CharField(max_length=60)
    service = models.CharField(max_length=200, blank=True)
    rating = models.CharField(max_length=60)
    published_on = models.DateField()
    inherited_from = models.CharField(max_length=40, blank=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="ratings")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "about", "service", "published_on", "rating", "inherited_from"],
                name="a_judgement_is_recorded_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.rating}"


class LocalIndicator(models.Model):
    """An indicator that this house added to the catalogue, with what is known of its data card (DAT-01)."""

    id = models.SlugField(primary_key=True, max_length=80)
    definition = models.TextField()  # JSON in the shape of a catalogue entry, validated before it is written
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.id


class TidyMapping(models.Model):
    """How the columns of a tidy file were read, as a person confirmed; the next file of that shape follows it."""

    shape = models.CharField(max_length=64)  # SHA-256 of the header row
    mapping = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["shape", "-recorded_at"], name="mapping_of_shape")]

    def __str__(self) -> str:
        return f"mapping of {self.shape[:8]}"

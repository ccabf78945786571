"""A house's own version of a part of a guidance pack; added to, never edited."""

from __future__ import annotations

from django.db import models


class LocalPart(models.Model):
    """One local version of one part of one pack (FRW-08). The newest counts; one without content takes it back.

    ``derived_from_version`` names the version it was made from. A version is followed once only, so that two people
    who change the same one cannot both be right unseen.
    """

    pack = models.CharField(max_length=80)
    part = models.CharField(max_length=80)
    content = models.TextField(blank=True)  # YAML, in the one spelling of its content; empty: the pack's own counts
    derived_from_version = models.CharField(max_length=120)
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("content", "because")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "part", "derived_from_version"], name="a_version_is_followed_once")
        ]

    def __str__(self) -> str:
        return f"local version {self.pk} of {self.part}"

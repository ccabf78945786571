"""That a model of themes was trained: on which labels, how well it did, and exactly which model it was."""

from __future__ import annotations

from django.db import models


class ThemeTraining(models.Model):
    """One training of a model that was put in use; the model itself lies in the data folder under its fingerprint."""

    fingerprint = models.CharField(primary_key=True, max_length=64)  # of everything that decides what it answers
    labels_from = models.CharField(max_length=250)  # whose labels: the deployment's own, or a file's name
    labels_sha256 = models.CharField(max_length=64)  # of the texts and their labels, in the order of learning
    labelled = models.PositiveIntegerField()  # texts that were given
    texts = models.PositiveIntegerField()  # that were learned from: each text once
    earliest = models.DateField()
    latest = models.DateField()
    dictionary = models.CharField(max_length=64, blank=True)
    figures = models.JSONField()  # of each theme: examples, precision, recall, or why it is not offered
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("labels_from",)

    class Meta:
        ordering = ["-recorded_at", "pk"]

    def __str__(self) -> str:
        return f"model@{self.fingerprint[:12]}"

"""Records of what is said between meetings: who spoke with whom about a subject, when, and what follows (MTG-08)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.groups.beside import beside_seen
from sightline.groups.models import Group
from sightline.meetings.words import Way


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Reads of conversations."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep those of one's groups about subjects that no interest closes (COI-04)."""
        return self.filter(beside_seen(actor, on))


class Conversation(models.Model):
    """That members of a group spoke about a subject between meetings. What was wrong is put right by a further one.

    ``system`` is the group's own, written down here because sight of it rests on that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    way = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Way])
    between = models.CharField(max_length=500)  # who spoke with whom
    said = models.TextField()
    follows = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = ConversationQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("between", "said", "follows", "knowingly")

    class Meta:
        ordering = ["held_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(between="") & ~Q(said=""), name="a_conversation_says_who_and_what"),
            models.CheckConstraint(condition=Q(way__in=[one.value for one in Way]), name="conversation_way_is_known"),
        ]

    def __str__(self) -> str:
        return f"conversation of {self.group_id} about {self.subject_id}"

"""Records of what members say of a draft note, and what became of it; they belong to the record and not to the note."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor, Permission
from sightline.groups.sight import in_systems
from sightline.meetings.models.noting import NotePassage
from sightline.meetings.models.planning import Meeting


class NoteCommentQuerySet(models.QuerySet["NoteComment"]):
    """Reads of comments."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep one's own comments, and all for whoever keeps the note or audits it.

        Nobody reads a comment on a section that they may not read (COI-04; REC-12).
        """
        around = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
        kept = Meeting.objects.filter(around).order_by().values("pk")
        passages = NotePassage.objects.visible_to(actor, on).order_by().values("pk")
        return self.filter(Q(recorded_by=actor.actor_id) | Q(passage__meeting__in=kept), passage__in=passages)


class NoteComment(models.Model):
    """What a member says of a section of a draft, in the version that they read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    passage = models.ForeignKey(NotePassage, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NoteCommentQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("text", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]

    def __str__(self) -> str:
        return f"comment on {self.passage_id}"


class NoteCommentAnswer(models.Model):
    """What became of a comment: taken in or not, with a word to whoever made it; what is not taken in says why."""

    comment = models.OneToOneField(NoteComment, on_delete=models.PROTECT, related_name="answer")
    is_taken_in = models.BooleanField()
    says = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_taken_in=True) | ~Q(says=""), name="not_taken_in_for_a_reason")
        ]

    def __str__(self) -> str:
        return f"answer to {self.comment_id}"

"""Records of who else is heard of an item: who brought lived experience in, and a safeguarding board that is told of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.directory.models import Organisation
from sightline.meetings.models.agenda import AgendaItem, NumberedQuerySet


class ItemInvolvement(models.Model):
    """Who brought lived experience into an item; empty where nobody did this time. The newest row holds (REC-15)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="involvements")
    number = models.PositiveIntegerField()
    who = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("who", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_involvement_of_a_number")]

    def __str__(self) -> str:
        return f"involvement {self.number} in {self.item_id}"


class BoardMatter(models.Model):
    """That the group agreed to raise a matter with a safeguarding board (REC-14; QSG 2017 ¶79).

    ``raised_by`` is the member organisation that raises it with the chair of the board; without one the chair of the
    group writes. A suspicion of abuse is no such matter: it is referred at once.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="board_matters")
    board = models.CharField(max_length=250)
    matter = models.TextField()
    raised_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("board", "matter", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(board="") & ~Q(matter=""), name="a_board_is_told_something")]

    def __str__(self) -> str:
        return f"matter for a board under {self.item_id}"

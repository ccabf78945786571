"""The record of under which item an action of the log was agreed (Annex D)."""

from __future__ import annotations

from django.db import models

from sightline.actions.models import Action
from sightline.meetings.models.agenda import AgendaItem


class ItemAction(models.Model):
    """That an action was agreed under an item. Whoever may not read the item does not find it by the action (COI-04).

    What was raised in the log without an item has no row: nobody wrote down under which it was agreed.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"action {self.action_id} of {self.item_id}"

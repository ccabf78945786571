"""Records of the outbox: a message for a person, what became of it, and how they want to be told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.notify.words import OPEN, Fate


class Message(models.Model):
    """One message to one person, or to somebody outside: of which kind, and about which record. Its words are its kind’s.

    Nothing in it is confidential: a kind, and an address within the house that the reader must sign in for. ``key`` is
    made of what it is about, so that no message is queued twice. Of somebody outside nothing stands here, no address
    either: the record is their own, and is asked when the letter goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=250, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # none: somebody outside
    kind = models.SlugField(max_length=40)
    record = models.CharField(max_length=80)  # the id of what it is about, as the kind's own check understands it
    path = models.CharField(max_length=250)  # of the page that it leads to
    is_urgent = models.BooleanField(default=False)  # goes at once, and does not wait for the digest
    queued_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["queued_at", "pk"]
        indexes = [models.Index(fields=["person", "-queued_at"], name="messages_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(path__startswith="/"), name="a_message_leads_into_the_house"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(is_urgent=True), name="a_message_to_somebody_outside_goes_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id or 'somebody outside'}"


class Attempt(models.Model):
    """That sending a message began, and in a row of its own how it ended; it waits until an attempt settles it."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    fate = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Fate])
    letter = models.CharField(max_length=40, blank=True)  # the messages of one letter share it
    at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["letter"], name="attempts_of_letter")]
        constraints = [
            models.CheckConstraint(condition=Q(fate__in=[one.value for one in Fate]), name="fate_is_known"),
            models.UniqueConstraint(
                fields=["message"],
                condition=~Q(fate__in=sorted(one.value for one in OPEN)),
                name="a_message_is_settled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fate} at {self.at}"


class Wish(models.Model):
    """How a person wants to be told, the newest row counts: each message as a letter of its own, or once a day together."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at_once = models.BooleanField()
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="wishes_of_person")]

    def __str__(self) -> str:
        return "each at once" if self.at_once else "once a day"


class Looked(models.Model):
    """That a person has looked through their messages; what was queued after the newest row is new to them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["person", "-at"], name="looked_by_person")]

    def __str__(self) -> str:
        return f"looked at {self.at}"

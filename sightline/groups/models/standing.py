"""Standing groups: which there are and under which guidance, who sits in them, and who holds an office with authority.

Here in a first form: what a group needs in order to send, to receive, and to be told of. Its meetings come later.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from sightline.accounts.models import Person
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.groups.words import SeatPart

_LASTS = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))


class GroupQuerySet(models.QuerySet["Group"]):
    """Verbs for choosing groups. That one exists, and who sits in it, is no secret, but for those about one subject."""

    def standing_on(self, day: date) -> Self:
        """This function will keep the groups that exist on the day."""
        return self.filter(Q(ending=None) | Q(ending__ends_on__gt=day), begun_on__lte=day)


class Group(models.Model):
    """One standing group. ``area`` is the place, system or region for which it sits (GRP-01).

    ``kind`` names a type of the part “group_types” of the guidance pack, and ``system`` whose record its papers belong to.
    ``subject`` is whom or what it is about, where its type is about one: a review, an improvement group (CHR-06).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=60)
    name = models.CharField(max_length=250)
    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = GroupQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["kind", "area"], name="group_of_area")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_group_has_a_name")]

    def __str__(self) -> str:
        return self.name


class GroupEnding(models.Model):
    """The end of a group, as a row of its own: history is added to."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()  # the first day on which it is no more
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"


class GroupGuidance(models.Model):
    """The guidance under which a group works from a day on; what it decided before keeps its words (FRW-02)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="guidance")
    pack = models.SlugField(max_length=80)
    from_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "from_on"], name="one_guidance_from_a_day")]

    def __str__(self) -> str:
        return f"{self.pack} from {self.from_on}"


class SeatQuerySet(models.QuerySet["Seat"]):
    """Verbs for choosing seats."""

    def standing_on(self, day: date) -> Self:
        """This function will keep the seats that there are on the day."""
        return self.filter(Q(ending=None) | Q(ending__ends_on__gt=day))


class Seat(models.Model):
    """One seat of a group: what it stands for, and the organisation that fills it, where one does.

    ``category`` names the expected seat of the guidance that it fills, by its id there; a seat of the group's own fills
    none. ``among`` names whom the guidance wants among several of a category, such as Healthwatch (MEM-01, MEM-02).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    title = models.CharField(max_length=120)
    category = models.SlugField(max_length=80, blank=True)
    among = models.SlugField(max_length=80, blank=True)
    part = models.CharField(max_length=12, choices=[(one.value, one.value) for one in SeatPart])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = SeatQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=[one.value for one in SeatPart]), name="seat_part_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="a_seat_has_a_title"),
            models.CheckConstraint(condition=Q(among="") | ~Q(category=""), name="only_of_a_category_is_one_among"),
        ]

    def __str__(self) -> str:
        return self.title


class SeatEnding(models.Model):
    """That a seat is no longer needed, as a row of its own; whoever sat on it leaves it with the seat."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()  # the first day on which there is no such seat
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_seat_ends_for_a_reason")]

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"


class SeatingQuerySet(models.QuerySet["Seating"]):
    """Verbs for choosing who sits."""

    def in_force(self, day: date) -> Self:
        """This function will keep who sits on the day."""
        lasts = (Q(valid_to=None) | Q(valid_to__gt=day)) & (Q(ending=None) | Q(ending__ends_on__gt=day))
        there = Q(seat__ending=None) | Q(seat__ending__ends_on__gt=day)
        return self.filter(lasts, there, valid_from__lte=day, person__is_active=True)


class Seating(models.Model):
    """That a person sits on a seat from a day on, or stands in for whoever does.

    Of whoever chairs a group about one subject, ``chairs_for`` says in whose name, and ``trigger`` names the trigger
    that was cited for the involvement of NHS England's region, by its id in the guidance (CHR-05; LVL-20). ``why_both``
    says why somebody who sits in the group already was seated once more: they count for one of the two at a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="seatings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_deputy = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    chairs_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    trigger = models.SlugField(max_length=80, blank=True)
    why_both = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = SeatingQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("why_both",)

    class Meta:
        ordering = ["valid_from", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=_LASTS, name="a_seating_lasts"),
            models.CheckConstraint(
                condition=Q(trigger="") | Q(chairs_for__isnull=False), name="a_trigger_is_cited_for_a_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"from {self.valid_from}"


class SeatingEnding(models.Model):
    """That somebody left a seat before it was foreseen."""

    seating = models.OneToOneField(Seating, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()  # the first day on which it no longer holds
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"


class OfficeQuerySet(models.QuerySet["Office"]):
    """Verbs for choosing offices. Who holds which is no secret: a decision has to be traced to its authority."""

    def in_force(self, day: date) -> Self:
        """This function will keep the offices that somebody holds on the day."""
        lasts = (Q(valid_to=None) | Q(valid_to__gt=day)) & (Q(ending=None) | Q(ending__ends_on__gt=day))
        return self.filter(lasts, valid_from__lte=day, person__is_active=True)


class Office(models.Model):
    """A role slot of the guidance that a person fills for an organisation, from a day on (PER-06 to PER-08).

    It is what a level is authorised by, and to whom a notice goes. The role of the sign-in lets somebody see and do
    things here; the office says in whose name they decide.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slot = models.CharField(max_length=40, choices=[(one.value, one.value) for one in Slot])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    is_delegate = models.BooleanField(default=False)  # acts for whoever holds it
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    because = models.TextField()  # where it was laid down: a scheme of delegation, a letter
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfficeQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["slot", "valid_from", "recorded_at"]
        indexes = [models.Index(fields=["slot", "organisation"], name="office_of_body")]
        constraints = [
            models.CheckConstraint(condition=Q(slot__in=[one.value for one in Slot]), name="office_slot_is_known"),
            models.CheckConstraint(condition=_LASTS, name="an_office_lasts"),
            models.CheckConstraint(condition=~Q(because=""), name="an_office_rests_on_something"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} from {self.valid_from}"

    @property
    def ends_on(self) -> date | None:
        """This function will give the first day on which it is no longer held, early endings counted."""
        ending = getattr(self, "ending", None)
        return min((day for day in (self.valid_to, ending and ending.ends_on) if day), default=None)


class OfficeEnding(models.Model):
    """The end of an office before it was foreseen, as a row of its own."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()  # the first day on which it is no longer held
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"

"""Records of requests for information: what was asked, what was taken into the case, decided, cleared and given out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.records.answering import Ruling
from sightline.core.rulebook.keeping import RequestKind
from sightline.directory.models import Organisation, Subject
from sightline.meetings.models import NotePassage
from sightline.publication.models import Edition
from sightline.records.sight import requests_seen
from sightline.records.words import Ending, SourceKind
from sightline.reports.models import ReportVersion
from sightline.surveillance.models import LevelDecision

_SOURCES = tuple(one.value for one in SourceKind)


def _one_source() -> Q:
    """A passage was taken from one record, and from no more than one."""
    found = Q(pk__in=[])
    for name in _SOURCES:
        others = {f"{one}__isnull": True for one in _SOURCES if one != name}
        found |= Q(**{f"{name}__isnull": False, **others})
    return found


class InformationRequestQuerySet(models.QuerySet["InformationRequest"]):
    """Reads of requests."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the requests that the actor may read."""
        return self.filter(requests_seen(actor, on))

    def still_open(self) -> Self:
        """This function will keep the requests that were not closed."""
        return self.filter(closing=None)


class InformationRequest(models.Model):
    """That somebody asked a body of a system for what it holds: under which law, when, and for what (QSG 2017 ¶138).

    ``words`` are looked for in the record, one a line; ``from_on`` and ``to_on`` are of the records asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=4, choices=[(one.value, one.value) for one in RequestKind])
    received_on = models.DateField()
    asked_by = models.CharField(max_length=250)
    asks = models.TextField()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField()
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice opens one request
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = InformationRequestQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("asked_by", "asks", "words", "knowingly")

    class Meta:
        ordering = ["answer_by", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asks=""), name="a_request_asks_for_something"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in RequestKind]), name="request_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} received on {self.received_on}"


class RequestPassage(models.Model):
    """A copy of one paragraph of a record, taken into a request; ``part`` is its section where the record has several."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="passages")
    note = models.ForeignKey(NotePassage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=80, blank=True)
    place = models.PositiveIntegerField()
    of_day = models.DateField()
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text",)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["request", "place"], name="one_passage_of_a_request_of_a_place"),
            models.CheckConstraint(condition=_one_source(), name="a_passage_is_of_one_record"),
        ]

    def __str__(self) -> str:
        return f"passage {self.place} of {self.request_id}"

    @property
    def source(self) -> str:
        """From what it was taken, as a word: the kind, the key and the section."""
        kind = next(one for one in _SOURCES if getattr(self, f"{one}_id") is not None)
        return f"{kind}.{getattr(self, f'{kind}_id')}.{self.part}"


class PassageRuling(models.Model):
    """What was decided of a passage, by whom and on which ground; the newest holds (IGV-04)."""

    passage = models.ForeignKey(RequestPassage, on_delete=models.PROTECT, related_name="rulings")
    number = models.PositiveIntegerField()
    ruling = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Ruling])
    exemption = models.SlugField(max_length=80, blank=True)
    public_interest = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("public_interest", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "number"], name="one_ruling_on_a_passage_of_a_number"),
            models.CheckConstraint(
                condition=Q(ruling=Ruling.WITHHOLD.value, exemption__gt="")
                | Q(exemption="") & ~Q(ruling=Ruling.WITHHOLD.value),
                name="what_is_withheld_has_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ruling} {self.passage_id}"


class Consultation(models.Model):
    """That another body which holds the same was asked what it says, or what it said (QSG 2017 ¶137; IGV-03)."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="consultations")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on_day = models.DateField()
    says = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        ordering = ["on_day", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.body_id} on {self.on_day}"


class PackQuerySet(models.QuerySet["DisclosurePack"]):
    """Reads of packs."""

    def standing(self) -> Self:
        """This function will keep the packs that hold: the newest of each request, unless it was withdrawn."""
        later = DisclosurePack.objects.filter(request=OuterRef("request"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), withdrawal=None)


class DisclosurePack(models.Model):
    """What is given out, cleared by a second person: a copy of what is released, frozen with its SHA-256.

    It holds nothing of what is withheld but the ground and its reason, and no title, name or key of any record.
    """

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = PackQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("content",)  # until it is given out, which is done beside this house

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="one_pack_of_a_number")]

    def __str__(self) -> str:
        return f"pack {self.number} of {self.request_id}"


class PackWithdrawal(models.Model):
    """That a pack is not given out any more, and why; a new one may be cleared in its place."""

    pack = models.OneToOneField(DisclosurePack, on_delete=models.PROTECT, related_name="withdrawal")
    because = models.TextField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_pack_is_withdrawn_for_a_reason")]

    def __str__(self) -> str:
        return f"withdrawal of {self.pack_id}"


class RequestClosing(models.Model):
    """That a request was closed: how, when, and what there is to say of it."""

    request = models.OneToOneField(InformationRequest, on_delete=models.PROTECT, related_name="closing")
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Ending])
    closed_on = models.DateField()
    says = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    def __str__(self) -> str:
        return f"{self.how} on {self.closed_on}"

"""Records of reports: what was gathered for one, what was written, what was frozen, to whom it went, who had it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.actions.models import Action
from sightline.core.access import Actor, Permission
from sightline.core.rulebook.reports import Gatherer
from sightline.directory.models import Organisation, Subject
from sightline.escalation.models import Exchange, RegulatoryDecision, Telling
from sightline.groups.models import Group
from sightline.groups.sight import in_systems
from sightline.improvement.models import RapidReview
from sightline.intelligence.models import Item
from sightline.meetings.models import ItemOutcome, Meeting
from sightline.reports.sight import reports_seen
from sightline.reports.words import Form, How, RecordKind
from sightline.risks.models import Risk
from sightline.surveillance.models import LevelDecision

_RECORDS = tuple(one.value for one in RecordKind)


def _one_record() -> Q:
    """A line leads to one record, and to no more than one."""
    found = Q(pk__in=[])
    for name in _RECORDS:
        others = {f"{one}__isnull": True for one in _RECORDS if one != name}
        found |= Q(**{f"{name}__isnull": False, **others})
    return found


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of reports."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the reports that the actor may read, as one of the group or as a recipient."""
        return self.filter(reports_seen(actor, on))


class Report(models.Model):
    """One report of a group by one template of its guidance, about one period; the last day of it is in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    template = models.SlugField(max_length=80)
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    title = models.CharField(max_length=250)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()
    for_meeting = models.CharField(max_length=250, blank=True)  # of the recipient, for which it is written
    agenda_item = models.CharField(max_length=40, blank=True)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice begins one report
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = ReportQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("title", "for_meeting", "agenda_item", "knowingly")

    class Meta:
        ordering = ["-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(begins_on__lte=models.F("ends_on")), name="a_report_has_a_period"),
            models.CheckConstraint(condition=~Q(title=""), name="a_report_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.template} of {self.group_id}"


class ReportSubject(models.Model):
    """Whom or what a report is about, by a record behind one of its lines or by a name in its words: it closes it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="subjects")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "subject"], name="a_report_is_about_each_once")]

    def __str__(self) -> str:
        return f"{self.report_id} is about {self.subject_id}"


class Gathering(models.Model):
    """That the records were gathered for a report, at one moment, as one person may read them; the newest holds."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="gatherings")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_gathering_of_a_number")]

    def __str__(self) -> str:
        return f"gathering {self.number} of {self.report_id}"


class ReportLine(models.Model):
    """One line as it was gathered: what it said then, and the record that it is of."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="lines")
    section = models.SlugField(max_length=80)
    place = models.PositiveIntegerField()
    gathered = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Gatherer])
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in RecordKind])
    says = models.TextField()
    about = models.CharField(max_length=250, blank=True)  # the name, that day, of whom it is about
    of_day = models.DateField()
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.ForeignKey(ItemOutcome, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    regulation = models.ForeignKey(
        RegulatoryDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    telling = models.ForeignKey(Telling, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    private_fields: tuple[str, ...] = ("says", "about")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "section", "place"], name="one_line_of_a_place"),
            models.CheckConstraint(condition=_one_record(), name="a_line_leads_to_one_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.section}"

    @property
    def record(self) -> str:
        """Of which record it is, as a word: the kind and the key."""
        return f"{self.kind}.{getattr(self, f'{self.kind}_id')}"


class Passage(models.Model):
    """What somebody wrote in a section, version by version: words, lines that were left out, or that there is nothing."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="passages")
    section = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    left_out = models.JSONField(default=list)  # the records whose lines do not go into the report, as their words
    is_none = models.BooleanField(default=False)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section", "number"], name="one_passage_of_a_report_of_a_number"),
            models.CheckConstraint(condition=Q(is_none=False) | Q(text=""), name="nothing_is_said_without_words"),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


class ReportVersion(models.Model):
    """A report as it was frozen: a copy that nobody alters, with the SHA-256 of its text; the newest is what holds."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    changed = models.TextField(blank=True)  # what is otherwise than in the version before
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("content", "changed", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_version_of_a_report_of_a_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(changed=""), name="a_later_version_says_what_changed"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.report_id}"


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    """Reads of templates."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the templates of the systems for which the actor keeps the papers."""
        return self.filter(in_systems(actor, Permission.KEEP_MEETINGS, on))


class WordTemplate(models.Model):
    """In what layout a system's reports leave as Word, version by version; one without a file ends those before it.

    ``template`` is the report for which it is; empty for every one that has none of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20)
    template = models.SlugField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=250, blank=True)
    data = models.BinaryField()  # small and few, and so kept with the record
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = WordTemplateQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("name",)

    class Meta:
        ordering = ["system", "template", "number"]
        constraints = [
            models.UniqueConstraint(fields=["system", "template", "number"], name="one_word_template_of_a_number"),
            models.CheckConstraint(
                condition=Q(sha256="", name="") | ~Q(sha256="") & ~Q(name=""),
                name="a_word_template_is_a_file_or_an_end",
            ),
            models.CheckConstraint(condition=~Q(system=""), name="a_word_template_is_of_a_system"),
        ]

    def __str__(self) -> str:
        return f"Word template {self.number} of {self.system}"

    @property
    def is_end(self) -> bool:
        """Whether it is no template, but the end of those before it."""
        return not self.sha256


class Sending(models.Model):
    """That a version went to a body: here, or as a file beside this house. ``part`` is the committee or team of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="sendings")
    to_body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=250, blank=True)
    how = models.CharField(max_length=8, choices=[(one.value, one.value) for one in How])
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("part", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "to_body", "part"], name="a_version_goes_to_each_once")
        ]

    def __str__(self) -> str:
        return f"sent on {self.sent_on}"


class Receipt(models.Model):
    """That somebody who answers for the recipient has the report, and what they said of it."""

    sending = models.OneToOneField(Sending, on_delete=models.PROTECT, related_name="receipt")
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    says = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    def __str__(self) -> str:
        return f"received on {self.received_on}"


class ReportGiven(models.Model):
    """That a version of a report was given to somebody on a day: read on its page, or taken as a file (IGV-08)."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="given")
    who = models.CharField(max_length=80)
    form = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Form])
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "who", "form", "on"], name="a_report_is_given_once_a_day"),
            models.CheckConstraint(condition=Q(form__in=[one.value for one in Form]), name="a_report_has_a_known_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.version_id}"

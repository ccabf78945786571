"""The form of the update of a quarter: one stretch of words for each section of its template. It saves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.reports.laying import Said, to_fill
from sightline.core.rulebook.reports import ReportSection, ReportTemplate
from sightline.directory.models import Organisation
from sightline.escalation.forms.exchanges import BodyField
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose


class UpdateForm(Checked, Keyed):
    """What is told, section by section; where a section asks for it, "nothing" is said outright (RPT-10, RPT-28)."""

    title = forms.CharField(label="Title", max_length=250)

    def __init__(self, *args: Any, bodies: Sequence[Organisation], template: ReportTemplate, **given: Any) -> None:
        super().__init__(*args, **given)
        self._sections = to_fill(template)
        for one in self._sections:
            self.fields[_field(one)] = Prose(
                label=one.heading, help_text=_help(one), required=False, rows=3 if one.is_request else 5
            )
            if one.blank and one.blank.outright:
                label = f"There is nothing to tell here. The report then says “{one.blank.says}”"
                self.fields[_none(one)] = forms.BooleanField(label=label, required=False)
        if any(one.is_request for one in self._sections):
            asks = "Needed if you ask for support or an answer, for example 27 3 2026."
            self.fields["due_on"] = DayField(label="By when?", required=False, help_text=asks)
        self.fields["to_body"] = BodyField(bodies, label="To whom?")
        self.order_fields(["to_body"])

    def told(self) -> tuple[Said, ...]:
        """This function will give what is told, section by section."""
        given = self.cleaned_data
        return tuple(Said(one.id, given[_field(one)], bool(given.get(_none(one)))) for one in self._sections)

    def clean(self) -> dict[str, Any]:
        """This function will ask for words or for a tick, and for a day where something is asked for."""
        given: dict[str, Any] = super().clean() or {}
        for one in self._sections:
            if _none(one) in self.fields and bool(given.get(_field(one))) == bool(given.get(_none(one))):
                self.add_error(_field(one), "Write something, or tick that there is none: one of the two.")
        asks = any(one.is_request and given.get(_field(one)) for one in self._sections)
        if asks and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Say by when you need it.")
        return given


def _field(section: ReportSection) -> str:
    return section.id.replace("-", "_")


def _none(section: ReportSection) -> str:
    return f"no_{_field(section)}"


def _help(section: ReportSection) -> str:
    if section.blank is None:
        empty = " Left empty, the report leaves it out."
    else:
        empty = "" if section.blank.outright else f" Left empty, the report says “{section.blank.says}”."
    return f"{section.says}{empty} ({section.cites})"

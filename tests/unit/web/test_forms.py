"""Forms in the NHS's own markup: every control has a label, every error is said twice and linked once."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.utils.datastructures import MultiValueDict

from sightline.web.fields import DayField, FilesField
from sightline.web.forms import nhs_errors


class Everything(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="For <sign-in> only")
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    because = forms.CharField(label="Reason", widget=forms.Textarea)
    kind = forms.ChoiceField(label="How often", choices=[("", "Choose"), ("m", "Monthly"), ("q", "Quarterly")])
    side = forms.ChoiceField(label="Direction", choices=[("h", "High"), ("l", "Low")], widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label="Roles", choices=[("c", "Chair"), ("m", "Member")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="I have read this")
    from_on = DayField(label="First day")
    paper = forms.FileField(label="Paper")
    files = FilesField(label="Files")
    secret = forms.CharField(widget=forms.HiddenInput, initial="kept")

    def clean(self) -> None:
        raise forms.ValidationError("The form as a whole is wrong.")


class Controls(HTMLParser):
    """Collects ids, labels, names and what describes what."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.described: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.labelled |= {given["for"]} if tag == "label" else set()
        self.described |= set((given.get("aria-describedby") or "").split())
        if tag in {"input", "select", "textarea"}:
            self.inputs.append(given)


@pytest.fixture(scope="module")
def wrong() -> forms.Form:
    return Everything({"email": "x", "from_on-day": "31", "from_on-month": "2", "from_on-year": "2026"})


def test_every_control_has_a_label_and_every_description_is_there(wrong: forms.Form) -> None:
    page = Controls(str(wrong))
    shown = [control for control in page.inputs if control.get("type") != "hidden"]
    assert len(shown) == 14
    assert {control["id"] for control in shown} <= page.labelled
    assert page.described <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_names_are_those_that_the_form_reads_back(wrong: forms.Form) -> None:
    names = {control["name"] for control in Controls(str(wrong)).inputs}
    days = {"from_on-day", "from_on-month", "from_on-year"}
    assert names == (set(wrong.fields) - {"from_on"}) | days


def test_summary_links_each_error_to_a_control_that_is_there(wrong: forms.Form) -> None:
    template = '{% from "web/forms/errors.html" import summary %}{{ summary(form) }}{{ form }}'
    html = engines["jinja2"].from_string(template).render({"form": wrong})
    targets = re.findall(r'<a href="#([\w-]+)"', html)
    page = Controls(html)
    assert "There is a problem" in html
    assert {"id_email", "id_side", "id_agree", "id_from_on-day", "id_files"} <= set(targets)
    assert set(targets) <= {control["id"] for control in page.inputs}
    assert {f"{name}-error" for name in ("id_email", "id_side", "id_files")} <= page.described


def test_errors_make_sense_away_from_their_field(wrong: forms.Form) -> None:
    says = [problem["text"] for problem in nhs_errors(wrong)]
    assert "The form as a whole is wrong." in says
    assert "“Password” is needed." in says
    assert "“Direction” is needed: choose one." in says
    assert "Tick “I have read this” to go on." in says
    assert "First day must be a day in the calendar." in says
    assert not [words for words in says if "This field" in words]


def test_what_was_typed_is_kept_but_never_a_password() -> None:
    form = Everything(
        {"email": "amira@", "password": "do not echo", "because": "<b>", "kind": "q", "side": "l", "roles": ["m"]}
    )
    html = str(form)
    assert 'value="amira@"' in html
    assert "do not echo" not in html
    assert "&lt;b&gt;" in html
    assert '<option value="q" selected>' in html
    checked = {(control["name"], control["value"]) for control in Controls(html).inputs if "checked" in control}
    assert checked == {("side", "l"), ("roles", "m")}


def test_help_is_escaped_and_empty_values_are_not_the_word_none() -> None:
    html = str(Everything())
    assert "For &lt;sign-in&gt; only" in html
    assert "None" not in html
    assert "Roles (optional)" in html
    assert "required" not in html  # browsers' own bubbles are not read out


def test_autocomplete_multiple_and_hidden_fields_come_through() -> None:
    controls = {control["name"]: control for control in Controls(str(Everything())).inputs}
    assert controls["password"]["autocomplete"] == "new-password"
    assert "multiple" in controls["files"] and "multiple" not in controls["paper"]
    assert (controls["secret"]["type"], controls["secret"]["value"]) == ("hidden", "kept")


def test_bare_widget_still_renders() -> None:
    assert str(Everything()["because"]).startswith("<textarea")


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "2026", "First day must be a day in the calendar."),
        ("1", "", "2026", "First day must include a month."),
        ("1", "", "", "First day must include a month and a year."),
        ("one", "2", "2026", "First day must be in numbers, for example 27 3 2026."),
        ("1", "2", "26", "First day must be in numbers, for example 27 3 2026."),
        ("１", "2", "2026", "First day must be in numbers, for example 27 3 2026."),
    ],
)
def test_wrong_days_are_refused_with_a_reason(day: str, month: str, year: str, says: str) -> None:
    form = Days({"on-day": day, "on-month": month, "on-year": year})
    assert form.errors["on"] == [says]


class Days(forms.Form):
    on = DayField(label="First day")


def test_right_day_is_read_and_shown_again() -> None:
    form = Days({"on-day": " 3 ", "on-month": "3", "on-year": "2026"})
    assert form.is_valid() and form.cleaned_data["on"] == date(2026, 3, 3)
    values = [control["value"] for control in Controls(str(Days(initial={"on": date(2026, 3, 3)}))).inputs]
    assert values == ["3", "3", "2026"]


class Drop(forms.Form):
    files = FilesField(label="Files")


def test_several_files_are_taken_and_each_problem_is_named() -> None:
    good, empty = SimpleUploadedFile("a.csv", b"x"), SimpleUploadedFile("b.csv", b"")
    fine = Drop({}, MultiValueDict({"files": [good, SimpleUploadedFile("c.csv", b"y")]}))
    assert fine.is_valid() and [one.name for one in fine.cleaned_data["files"]] == ["a.csv", "c.csv"]
    assert Drop({}, MultiValueDict({"files": [good, empty]})).errors["files"] == ["b.csv: The submitted file is empty."]
    assert not Drop({}, MultiValueDict()).is_valid()

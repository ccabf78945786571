"""Draws Django's forms with the NHS macros: labels, hints, errors tied to their fields, an error summary on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, Jinja2
from django.template import engines
from django.utils.html import conditional_escape
from markupsafe import Markup

from sightline.web.fields import DayWidget

# Attributes that the macros set themselves, or that browsers turn into bubbles which assistive technology misses.
_OWN = frozenset(
    {"id", "name", "type", "class", "required", "aria-describedby", "aria-invalid", "placeholder", "value"}
)
_REQUIRED = str(forms.Field.default_error_messages["required"])
_KNOWN = ("autocomplete", "inputmode", "spellcheck", "autocapitalize", "pattern")


class NHSRenderer(BaseRenderer):
    """Our own field and form templates; the bare widgets beneath them are Django's."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"

    @cached_property
    def widgets(self) -> Jinja2:
        """Django's own widget templates, for what has no NHS macro (hidden fields, say)."""
        return Jinja2()

    def get_template(self, template_name: str) -> Any:
        """This function will find a form template: ours in the project's environment, a widget in Django's."""
        if template_name.startswith("django/forms/"):
            return self.widgets.get_template(template_name)
        return engines["jinja2"].get_template(template_name)


@dataclass(frozen=True, slots=True)
class NHSField:
    """Which macro draws a field, and what it is given."""

    macro: str
    params: dict[str, Any]


def nhs_field(bound: BoundField) -> NHSField:
    """This function will choose the macro for a field by its widget."""
    widget = bound.field.widget
    match widget:
        case DayWidget():
            return NHSField("dateInput", _day(bound, widget))
        case forms.CheckboxSelectMultiple():  # asked before radios, from which Django derives it
            return NHSField("checkboxes", _choices(bound))
        case forms.RadioSelect():
            return NHSField("radios", _choices(bound))
        case forms.CheckboxInput():
            return NHSField("checkboxes", _tick(bound))
        case forms.Select():
            return NHSField("select", _select(bound))
        case forms.Textarea():
            return NHSField("textarea", _text(bound) | {"rows": widget.attrs.get("rows", 5)})
        case forms.PasswordInput():
            return NHSField("passwordInput", _text(bound) | {"value": ""})
        case forms.FileInput():
            multiple = bool(getattr(widget, "allow_multiple_selected", False))
            return NHSField("fileUpload", _text(bound) | {"value": "", "multiple": multiple})
    return NHSField("input", _text(bound) | {"type": getattr(widget, "input_type", "text")})


def nhs_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """This function will list a form's errors for the summary, each with a link to the field that it is about."""
    problems = [{"text": str(error), "href": ""} for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else f"#{first_id(bound)}"
        problems += [{"text": words, "href": target} for words in error_words(bound)]
    return problems


def error_words(bound: BoundField) -> list[str]:
    """This function will give a field's errors, each understood without seeing the field: a summary lists them."""
    return [_needed(bound) if str(error) == _REQUIRED else str(error) for error in bound.errors]


def _needed(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{bound.label}” to go on."
    how = ": choose a file" if isinstance(widget, forms.FileInput) else ""
    how = ": choose one" if isinstance(widget, (forms.Select, forms.RadioSelect)) else how
    return f"“{bound.label}” is needed{how}."


def first_id(bound: BoundField) -> str:
    """This function will give the id of the first control of a field, where a link to it must land."""
    name = bound.auto_id or bound.html_name
    return f"{name}-day" if isinstance(bound.field.widget, DayWidget) else name


def _common(bound: BoundField, size: str = "s") -> dict[str, Any]:
    """What every macro takes: name, label, hint, error."""
    name = bound.auto_id or bound.html_name
    label = str(bound.label or "")
    if not bound.field.required and label and not isinstance(bound.field, forms.BooleanField):
        label += " (optional)"
    params: dict[str, Any] = {"id": name, "idPrefix": name, "name": bound.html_name}
    params["label"] = {"text": label, "size": size}
    params["fieldset"] = {"legend": {"text": label, "size": size}}
    if bound.help_text:
        # Help texts may hold markup of their own (Django's password rules come as a list).
        params["hint"] = {"html": Markup(conditional_escape(bound.help_text))}  # noqa: S704 - escaped one word before
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(error_words(bound))}
    return params


def _text(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    value = widget.format_value(bound.value())
    params = _common(bound) | {"value": "" if value is None else value, "classes": widget.attrs.get("class", "")}
    params |= {key: widget.attrs[key] for key in _KNOWN if key in widget.attrs}
    params["attributes"] = _rest(widget.attrs)
    return params


def _rest(attrs: Mapping[str, Any]) -> dict[str, Any]:
    """What else the form asked for (accept, data-…); True stands for an attribute without a value."""
    rest = {key: value for key, value in attrs.items() if key not in _OWN and key not in _KNOWN and key != "rows"}
    return {key: "" if value is True else str(value) for key, value in rest.items() if value not in {False, None}}


def _choices(bound: BoundField) -> dict[str, Any]:
    items = []
    for option in bound.subwidgets:
        data = option.data
        label = data["label"]
        item = {"value": str(data["value"] or ""), "text": str(label), "checked": bool(data["selected"])}
        hint = getattr(bound.field, "hints", {}).get(data["value"])
        items.append(item | ({"hint": {"text": hint}} if hint else {}))
    return _group(bound) | {"items": items}


def _group(bound: BoundField) -> dict[str, Any]:
    """A group of boxes: the id belongs to its first box, so the frame around them may not have it too."""
    params = _common(bound)
    del params["id"]
    return params


def _tick(bound: BoundField) -> dict[str, Any]:
    """A single tick box carries its label beside it, and needs no legend above."""
    params = _group(bound)
    item = {"value": "on", "text": params.pop("label")["text"], "checked": bool(bound.value())}
    del params["fieldset"]
    return params | {"items": [item]}


def _select(bound: BoundField) -> dict[str, Any]:
    items = []
    for _, options, _ in bound.field.widget.optgroups(bound.html_name, _as_list(bound)):
        for option in options:
            value = "" if option["value"] is None else str(option["value"])
            items.append({"value": value, "text": str(option["label"]), "selected": bool(option["selected"])})
    return _common(bound) | {"items": items, "attributes": _rest(bound.field.widget.attrs)}


def _as_list(bound: BoundField) -> list[str]:
    value = bound.field.widget.format_value(bound.value())
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value or "")]


def _day(bound: BoundField, widget: DayWidget) -> dict[str, Any]:
    given = bound.value()
    parts = given if isinstance(given, (list, tuple)) else widget.decompress(given)
    items = [
        {
            "name": f"{bound.html_name}-{name}",
            "label": name.capitalize(),
            "id": f"{bound.auto_id or bound.html_name}-{name}",
            "value": "" if part is None else str(part),
            "width": 4 if name == "year" else 2,
        }
        for name, part in zip(("day", "month", "year"), parts, strict=True)
    ]
    return _common(bound) | {"items": items}

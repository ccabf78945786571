"""Fills in a form as it stands on a page, so that a test sends what a browser would and says only what matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

Typed = dict[str, list[str]]
ANYTHING = "A plain word"
DAY = ("-day", "-month", "-year")


@dataclass
class Form:
    """The fields of one form by name, with what stands in them, and what may be chosen."""

    action: str = ""
    typed: Typed = field(default_factory=dict)
    free: set[str] = field(default_factory=set)  # fields in which one writes
    choices: Typed = field(default_factory=dict)  # values of radio buttons and lists
    many: set[str] = field(default_factory=set)  # fields in which one may tick several


class _Reader(HTMLParser):
    """Reads every form of a page that is sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This function will note a form, or a field of the form that is open."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", "")) if given.get("method", "").lower() == "post" else None
            if self._form:
                self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        """This function will close what ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """This function will keep what stands in a large field."""
        if self._form and self._area:
            self._form.typed[self._area] = ["".join([*self._form.typed.get(self._area, []), data]).removeprefix("\n")]

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            form.typed[name] = [""]
            form.free.add(name)
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given:
                form.typed.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "input" and name:
            self._input(form, name, given)

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        match kind:
            case "radio" | "checkbox":
                form.choices.setdefault(name, []).append(value)
                if kind == "checkbox":
                    form.many.add(name)
                if "checked" in given:
                    form.typed.setdefault(name, []).append(value)
            case "hidden":
                form.typed.setdefault(name, []).append(value)
            case "file" | "submit":
                pass
            case _:
                form.typed[name] = [value]
                form.free.add(name)


def filled(page: str, action_of: str, *, bare: bool = False) -> Typed:
    """This function will fill in the form of a page that is sent to an address, or the largest: what stands in it stays.

    Where nothing stands, the first choice is taken that is one, and a plain word is written, unless the
    form is to stay ``bare``; a day is left out.
    """
    reader = _Reader()
    reader.feed(page)
    meant = [one for one in reader.forms if one.action == action_of] or reader.forms
    form = max(meant, key=lambda one: len(one.typed) + len(one.choices))
    typed: Typed = {name: list(values) for name, values in form.typed.items()}
    for name in form.free if not bare else ():
        if not typed[name][0] and not name.endswith(DAY):
            typed[name] = [ANYTHING]
    for name, values in form.choices.items():
        if not typed.get(name) and name not in form.many and not bare:
            typed[name] = [next((one for one in values if one), "")]
    return {name: values for name, values in typed.items() if values}


def day(name: str, on: date) -> dict[str, str]:
    """This function will give a day as its three boxes take it."""
    return {name + part: str(number) for part, number in zip(DAY, (on.day, on.month, on.year), strict=True)}

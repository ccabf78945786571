"""The choice of a subject in any form: type a name or a code, and where several fit, choose from a list.

It takes no script. A form that asks for a subject derives from ``ChoosesSubjects`` and has a ``SubjectWords`` field:

    class TellForm(ChoosesSubjects):
        subject = SubjectWords(label="Whom is it about?")

    form = TellForm(request.POST or None, actor=reader(request), on=today, initial={"subject": words_for(subject)})

Once valid, ``cleaned_data["subject"]`` is the Subject (None where the field is not required and was left empty). Where
the words fit several, the form is not valid and has grown a field ``subject_chosen`` of radio buttons beneath the
words, which stay as they were typed. Who types other words is shown another list: what was chosen from the old one
does not count.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.directory.models.choices import label
from sightline.directory.queries.choosing import Meant, choose_subject, words_for
from sightline.directory.words import Kind, SubjectKind
from sightline.web.wording import day

__all__ = ["CHOSEN", "ChoosesSubjects", "Meant", "SubjectWords", "choose_subject", "described", "words_for"]
CHOSEN = "_chosen"


class SubjectWords(forms.CharField):
    """A name or a code, in a form that derives from ``ChoosesSubjects``."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", "Whom or what is it about?")
        given.setdefault("help_text", "The name or a part of it, such as “Mill Lane”, or the code.")
        given.setdefault("max_length", 300)
        given.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**given)


class _OneOfThem(forms.ChoiceField):
    """Those whom the words fit, each with what tells it from the others."""

    def __init__(self, asked: str, meant: Meant) -> None:
        self.hints = {str(subject.pk): described(subject) for subject in meant.several}
        says = f"Choose which one you mean by “{asked}”."
        super().__init__(
            label="Which one do you mean?" if len(meant.several) > 1 else "Is it this one?",
            help_text="More fit than are listed: type more of the name to see others." if meant.more else "",
            choices=[(str(subject.pk), subject.name) for subject in meant.several],
            widget=forms.RadioSelect,
            error_messages={"required": says, "invalid_choice": says},
        )


class ChoosesSubjects(forms.Form):
    """A form that asks for one subject or more, each in a ``SubjectWords`` field of its own."""

    def __init__(self, *args: Any, actor: Actor, on: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self._meant: dict[str, Meant] = {}
        order: list[str] = []
        for name, field in list(self.fields.items()):
            order.append(name)
            if self.is_bound and isinstance(field, SubjectWords) and (asked := self._asked(name, field)):
                meant = self._meant[name] = choose_subject(asked, actor, on)
                if meant.several:
                    self.fields[name + CHOSEN] = _OneOfThem(asked, meant)
                    order.append(name + CHOSEN)
        self.order_fields(order)

    def _asked(self, name: str, field: SubjectWords) -> str:
        try:
            return str(field.clean(self[name].data) or "")
        except forms.ValidationError:  # which the form says once it is asked whether it is valid
            return ""

    def clean(self) -> dict[str, Any]:
        """This function will put the subject in the place of the words that mean it."""
        given: dict[str, Any] = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, SubjectWords) and name in given:
                given[name] = self._subject(name, given)
        return {name: value for name, value in given.items() if not self._is_choice(name)}

    def _subject(self, name: str, given: dict[str, Any]) -> Subject | None:
        if name not in self._meant:
            return None
        meant = self._meant[name]
        if not meant.one and not meant.several:
            self.add_error(
                name,
                f"Nothing here fits “{given[name]}”. Look at the spelling, or give a part of the name or the code.",
            )
        chosen = given.get(name + CHOSEN)
        return meant.one or next((one for one in meant.several if str(one.pk) == chosen), None)

    def _is_choice(self, name: str) -> bool:
        return isinstance(self.fields.get(name), _OneOfThem)


def described(subject: Subject) -> str:
    """This function will say what tells a subject from others of its name: kind, postcode, code, and if it closed."""
    body = subject.organisation
    kind = label(SubjectKind(subject.kind))
    if body and subject.kind == SubjectKind.ORGANISATION and body.kind != Kind.UNKNOWN:
        kind = label(Kind(body.kind))
    says = [kind, body.postcode if body else "", f"code {subject.key}" if body else ""]
    says.append(f"closed on {day(body.closed_on)}" if body and body.closed_on else "")
    return ", ".join(filter(None, says))

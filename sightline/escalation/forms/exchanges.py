"""Forms of exchanges: what is sent, a letter that came in, and each step. They save nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from sightline.core.escalation.answering import ExchangeHow, ExchangeKind
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Trigger
from sightline.directory.choosing import ChoosesSubjects, SubjectWords
from sightline.directory.models import Organisation
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

_PURPOSES = {
    Purpose.INFORMATION: ("For information", "They acknowledge it, and nothing more is asked of them."),
    Purpose.ACTION: ("For action", "They are asked to do or to answer something. Say what, and by when."),
}


class BodyField(forms.TypedChoiceField):
    """One of some bodies, by its code."""

    def __init__(self, bodies: Sequence[Organisation], **given: Any) -> None:
        self._bodies = {one.code: one for one in bodies}
        many = [("", "Choose one")] if len(bodies) > 1 else []
        choices = [*many, *((one.code, one.name) for one in bodies)]
        super().__init__(choices=choices, coerce=self._body, empty_value=None, **given)

    def _body(self, code: str) -> Organisation:
        return self._bodies[code]


class BodiesField(forms.TypedMultipleChoiceField):
    """One or several of some bodies, by their codes."""

    def __init__(self, bodies: Sequence[Organisation], **given: Any) -> None:
        self._bodies = {one.code: one for one in bodies}
        choices = [(one.code, one.name) for one in bodies]
        widget = forms.CheckboxSelectMultiple
        super().__init__(choices=choices, coerce=self._body, empty_value=[], widget=widget, **given)

    def _body(self, code: str) -> Organisation:
        return self._bodies[code]


@dataclass(frozen=True, slots=True)
class Asks:
    """What a form for sending asks beyond the words: which it is, to whom, and what the way wants to know."""

    kind: ExchangeKind
    bodies: Sequence[Organisation]
    triggers: Sequence[Trigger] = ()
    is_wider_asked: bool = False


class SendForm(Checked, ChoosesSubjects, Keyed):
    """What is sent to another tier (RPT-13, RPT-21)."""

    subject = SubjectWords(required=False, help_text="Leave it empty if it is about no one provider, place or theme.")
    title = forms.CharField(label="What is it about, in a line?", max_length=250)
    says = Prose(label="What should they know?", rows=8)
    purpose = forms.TypedChoiceField(
        label="Is it for information or for action?",
        choices=[(one.value, name) for one, (name, _) in _PURPOSES.items()],
        coerce=Purpose,
        widget=forms.RadioSelect,
    )
    asks = Prose(label="What do you ask of them?", required=False, rows=3, help_text="Needed if it is for action.")
    due_on = DayField(label="By when?", required=False, help_text="Needed if it is for action, for example 27 3 2026.")

    def __init__(self, *args: Any, asks: Asks, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to_body"] = _receivers(asks.bodies)
        self.fields["purpose"].hints = {one.value: hint for one, (_, hint) in _PURPOSES.items()}  # type: ignore[attr-defined]  # read when drawn
        order = ["to_body", "subject", "subject_chosen"]
        if asks.is_wider_asked:
            label = "It may bear on other areas, on the region or on the nation, or merits an answer from one of them"
            self.fields["is_wider"] = forms.BooleanField(label=label, required=False)
            order.append("is_wider")
        if asks.triggers:
            self.fields["triggers"] = _triggers(asks.triggers)
        match asks.kind:
            case ExchangeKind.CHALLENGE:
                del self.fields["purpose"]
                self.fields["subject"].required = True
                self.fields["subject"].help_text = "It must have reached the region."
                self.fields["asks"].label = "What is your question?"
                self.fields["asks"].required = True
                self.fields["asks"].help_text = ""
                self.fields["due_on"].required = True
                self.fields["due_on"].help_text = "For example 27 3 2026."
            case ExchangeKind.FEEDBACK:
                for name in ("purpose", "asks", "due_on"):
                    del self.fields[name]
                self.fields["says"].label = "What came of it?"
        self.order_fields([*order, "title", "says", "purpose", "triggers", "asks", "due_on"])

    def bodies(self) -> tuple[Organisation, ...]:
        """This function will give everybody to whom it is sent, the one named first at the front."""
        chosen = self.cleaned_data["to_body"]
        return tuple(chosen) if isinstance(chosen, list) else (chosen,)

    def clean(self) -> dict[str, Any]:
        """This function will ask for what an action needs: what is asked, and by when (RPT-21; QSG 2017 ¶26)."""
        given = super().clean()
        if given.get("purpose") is Purpose.ACTION:
            if not given.get("asks"):
                self.add_error("asks", "Say what you ask of them: it is for action.")
            if not given.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "Say by when: it is for action.")
        return given


def _receivers(bodies: Sequence[Organisation]) -> forms.ChoiceField | forms.MultipleChoiceField:
    if len(bodies) < 2:
        return BodyField(bodies, label="To whom?")
    return BodiesField(
        bodies,
        label="To whom?",
        help_text="Where you choose several, each gets its own, and acknowledges and answers for itself.",
        error_messages={"required": "Choose to whom it is sent."},
    )


def _triggers(triggers: Sequence[Trigger]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Why should they be involved, and not the system alone?",
        help_text="Choose at least one if you ask for action.",
        choices=[(one.id, one.says) for one in triggers],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class LetterForm(Checked, ChoosesSubjects, Keyed):
    """A letter that came in (SAF-04, SAF-05)."""

    received_on = DayField(label="When did it arrive?")
    subject = SubjectWords(required=False, help_text="Leave it empty if it is about no one provider, place or theme.")
    title = forms.CharField(label="What is it about, in a line?", max_length=250)
    says = Prose(
        label="What does it say?",
        help_text="In your own words, with the name of the board or committee. Leave people’s names out.",
        rows=8,
    )
    asks = Prose(label="What does it ask for?", required=False, rows=3)
    due_on = DayField(label="By when do they want an answer?", required=False)

    def __init__(
        self, *args: Any, writers: Sequence[Organisation], receivers: Sequence[Organisation], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        hint = "If the board or committee is not on the list, choose its council."
        self.fields["from_body"] = BodyField(writers, label="Who wrote?", help_text=hint)
        self.fields["to_body"] = BodyField(receivers, label="Whose group was written to?")
        self.order_fields(["from_body", "to_body", "received_on", "subject", "subject_chosen", "title", "says"])


STEP_ASKS = {
    ExchangeHow.ANSWERED: "What is the answer?",
    ExchangeHow.DECLINED: "Why is it declined?",
    ExchangeHow.FED_BACK: "What were those told from whom it came?",
    ExchangeHow.CLOSED: "What came of it in the end?",
}


class StepForm(Checked):
    """One step of an exchange; an acknowledgement needs no words."""

    def __init__(self, *args: Any, how: ExchangeHow, is_for_them: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        if how is not ExchangeHow.ACKNOWLEDGED:
            needed = how is not ExchangeHow.CLOSED
            self.fields["says"] = Prose(label=STEP_ASKS[how], required=needed, rows=6)
        if is_for_them and how in {ExchangeHow.ANSWERED, ExchangeHow.DECLINED}:
            self.fields["happened_on"] = DayField(label="When did they answer?")

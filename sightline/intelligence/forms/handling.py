"""Forms about what is done with an item: review, answer, referral, release, annex. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from sightline.core.intelligence.wording import LONGEST
from sightline.intelligence import wording_handling as say
from sightline.intelligence.forms.capture import WordsField
from sightline.intelligence.words import Basis, Outcome, ReferralKind, ReleaseStep
from sightline.web.fields import DayField

Named = Sequence[tuple[str, str]]


def _words(label: str, hint: str = "", required: bool = True, rows: int = 3) -> WordsField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return WordsField(label=label, help_text=hint, max_length=LONGEST, required=required, widget=widget)


def _line(label: str, hint: str = "", required: bool = True, at_most: int = 250) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=at_most, required=required)


class ReviewForm(forms.Form):
    """Whether something counts, and why."""

    outcome = forms.TypedChoiceField(
        label="What do you decide?",
        choices=[(one.value, words) for one, words in say.OUTCOME_ASKED.items()],
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    because = _words("Why?", "Those who keep the record can read it later; the giver cannot.")


class ReviewManyForm(ReviewForm):
    """The same decision about several published items."""

    items = forms.MultipleChoiceField(
        error_messages={
            "required": "Choose at least one item.",
            "invalid_choice": "One of those that you chose waits no longer. Choose again.",
        }
    )

    def __init__(self, *args: Any, keys: Sequence[UUID], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), str(key)) for key in keys]
        self.order_fields(["items", "outcome", "because"])

    def clean_items(self) -> list[UUID]:
        """This function will give the keys of the items that were chosen."""
        return [UUID(one) for one in self.cleaned_data["items"]]


class ReviewFileForm(ReviewForm):
    """One decision about all comments of a file that were counted for the person who decides."""

    items = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    listed = forms.CharField(widget=forms.HiddenInput, max_length=64)


class UndoJoinForm(forms.Form):
    """Which joining of one story was a mistake."""

    told = forms.TypedChoiceField(label="Which joining was a mistake?", coerce=int, widget=forms.RadioSelect)
    because = _words("Why do you think so?", "Those who keep the record can read it later.")

    def __init__(self, *args: Any, choices: Named, hints: dict[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["told"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(choices)
        field.hints = hints  # type: ignore[attr-defined]  # read when choices are drawn
        if len(choices) == 1:
            field.initial = choices[0][0]


class SameStoryForm(forms.Form):
    """Which other item tells the same story."""

    first = forms.ChoiceField(label="Which one tells the same story?", widget=forms.RadioSelect)
    because = _words("Why do you think so?", "Two items that tell one story count as one witness.")

    def __init__(self, *args: Any, choices: Named, hints: dict[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["first"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.hints = hints  # type: ignore[attr-defined]  # read when choices are drawn

    def clean_first(self) -> UUID:
        """This function will give the key of the item that was chosen."""
        return UUID(self.cleaned_data["first"])


class FeedbackForm(forms.Form):
    """What the giver is told."""

    says = _words(
        "What came of it?",
        "The giver reads this, and nobody else but those who keep the record. Say what was done, or why nothing was.",
        rows=5,
    )


class ReferralForm(forms.Form):
    """To whom a matter was passed on, and when."""

    group_system = forms.ChoiceField(label="Which group, if it keeps its record here?", required=False)
    body = _line("To whom was it referred?")
    referred_on = DayField(label="When?")
    reference = _line("Which reference did they give you?", required=False, at_most=100)
    detail = _words("What were they told?", required=False)

    def __init__(self, *args: Any, kind: ReferralKind, groups: Named, bodies: Sequence[str] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.kind = kind
        field = self.fields["group_system"]
        assert isinstance(field, forms.ChoiceField)
        if kind is ReferralKind.OTHER_GROUP and groups:
            field.choices = [("", "It is not on this list"), *groups]
            self.fields["body"].label = "What is the other group called, if it is not on the list?"
            self.fields["body"].required = False
        else:
            del self.fields["group_system"]
        if bodies:
            self.fields["body"].help_text = "Such as " + ", ".join(bodies[:4]) + "."
        self._ask_what_the_kind_needs()

    def _ask_what_the_kind_needs(self) -> None:
        detail, reference = self.fields["detail"], self.fields["reference"]
        match self.kind:
            case ReferralKind.SAFEGUARDING:
                reference.required = True
                reference.help_text = "Write “awaited” until you have it, and record the referral again once you do."
                detail.help_text = "It stays with those who keep the record."
            case ReferralKind.OTHER_GROUP:
                del self.fields["reference"]
                detail.required = True
                detail.label = "What should the other group know?"
                detail.help_text = (
                    "It reads these words and nothing else. Leave out names and anything by which a person, or whoever "
                    "told you, could be recognised."
                )
            case ReferralKind.BUSINESS_AS_USUAL:
                del self.fields["reference"]
                self.fields["body"].label = "Who can settle it?"
                detail.required = True
                detail.label = "Why can it be settled there?"
            case ReferralKind.REGULATOR:
                detail.help_text = "It stays with those who keep the record. Leave out the practitioner's name."

    def clean(self) -> dict[str, Any]:
        """This function will ask for a name where no group was chosen."""
        told: dict[str, Any] = super().clean() or {}
        if "group_system" in self.fields and not told.get("group_system") and not told.get("body"):
            self.add_error("body", "Choose the group from the list, or write what it is called.")
        return told


class ReceiptForm(forms.Form):
    """That a referral arrived."""

    received_on = DayField(label="When did it arrive?")
    says = _words("What is the answer to it?", required=False)


class SharedWithForm(forms.Form):
    """That a partner outside was told."""

    body = _line("With whom was it shared?", "The organisation, not a person.")
    shared_on = DayField(label="When?")


class PanelForm(forms.Form):
    """A review panel about an emerging concern."""

    convened_by = _line("Which body convened the panel?")
    met_on = DayField(label="When did it meet, or when will it?")
    agreed = _words("What did it agree?", "Leave it empty while the panel is yet to meet.", required=False)


class InvestigationForm(forms.Form):
    """The joint investigation in which a provider does not cooperate."""

    name = _line("How is the investigation known?", "Its title or number. No patient's name.")
    led_by = _line("Who leads it?", "The organisation.")
    asked_on = DayField(label="When was the provider asked?", required=False)
    asked_for = _words("What was it asked for, and what has it not done?")


class ReleaseForm(forms.Form):
    """The copy that a provider may later read."""

    to = forms.ChoiceField(label="Which body is it for?", widget=forms.RadioSelect)
    text = _words(
        "What may it read?",
        "Write it anew, for the provider. Leave out who told you, and anything by which they or a patient could be "
        "recognised. It reads these words and never the item.",
        rows=8,
    )
    asks = _words("What do you ask of it?", required=False)
    answer_by = DayField(label="By when should it answer?", required=False)

    def __init__(self, *args: Any, bodies: Named, on: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.on = on
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(bodies)
        if len(bodies) == 1:
            field.initial = bodies[0][0]

    def clean_answer_by(self) -> date | None:
        """This function will refuse a day that is past."""
        day: date | None = self.cleaned_data["answer_by"]
        if day and day <= self.on:
            raise forms.ValidationError("The day by which it should answer must lie ahead.")
        return day


class DecideForm(forms.Form):
    """What the second person decides about a copy."""

    step = forms.TypedChoiceField(label="What do you decide?", coerce=ReleaseStep, widget=forms.RadioSelect)
    because = _words("Why?", "It stays with those who keep the record.")

    def __init__(self, *args: Any, steps: Sequence[ReleaseStep], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["step"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.value, say.STEP_ASKED[one]) for one in steps]
        if len(steps) == 1:
            field.initial = steps[0].value


class LetterForm(forms.Form):
    """The provider's answer."""

    says = _words("Your answer", "Leave out names of patients and staff, telephone numbers and addresses.", rows=6)


class AnnexForm(forms.Form):
    """An identity, kept apart."""

    text = _words("Whom is it about?", "Only the people you name below can read this. Each time, it is recorded.")
    basis = forms.TypedChoiceField(
        label="On which lawful basis is it kept?",
        help_text=f"{say.ANNEX_LAW} Ask your information governance lead if you are not sure.",
        choices=[(one.value, words) for one, words in say.BASIS.items()],
        coerce=Basis,
        widget=forms.RadioSelect,
    )
    readers = forms.MultipleChoiceField(
        label="Who may open it?",
        help_text="You too, only if you tick your own name.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name who may open the annex. Only they can."},
    )
    because = _words("Why is the identity needed at all?")
    closes_on = DayField(label="Until when is it needed?", required=False, help_text="After this day nobody opens it.")

    def __init__(self, *args: Any, people: Named, **given: Any) -> None:
        super().__init__(*args, **given)
        _offer(self, people)
        self.fields["basis"].hints = {  # type: ignore[attr-defined]  # read by the drawer of choices
            one.value: words for one, words in say.BASIS_LAW.items()
        }

    def clean_readers(self) -> tuple[str, ...]:
        """This function will give the actor ids that were chosen."""
        return tuple(self.cleaned_data["readers"])


class AnnexReadersForm(forms.Form):
    """Who may open an annex from now on."""

    readers = forms.MultipleChoiceField(
        label="Who may open it?",
        help_text="Whoever is not ticked is kept out from now on.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least one reader, or let the annex close."},
    )
    because = _words("Why?")

    def __init__(self, *args: Any, people: Named, **given: Any) -> None:
        super().__init__(*args, **given)
        _offer(self, people)

    def clean_readers(self) -> tuple[str, ...]:
        """This function will give the actor ids that were chosen."""
        return tuple(self.cleaned_data["readers"])


class OpenForm(forms.Form):
    """Why an identity is opened."""

    because = _words(
        "Why do you need to know it?",
        "That you opened it, when and why is recorded. Those who may open it, who keep the record and who audit it "
        "read your reason, so name nobody in it.",
    )


def _offer(form: forms.Form, people: Named) -> None:
    field = form.fields["readers"]
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = list(people)

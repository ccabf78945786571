"""What people fill in to set a level, to see to a duty, to tell a provider, and to answer as one. Never saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.core.escalation.following import DutyHow
from sightline.core.intelligence.checking import Remedy
from sightline.escalation.giving import Told
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField

HINTS = {
    DutyHow.DONE: "The task is done, or the notice has gone.",
    DutyHow.ACKNOWLEDGED: "Whoever receives it says that it arrived.",
    DutyHow.NOT_YET: "It waits, for a reason. It is looked at again on the day that you give.",
    DutyHow.DECLINED: "It will not be done, for a reason that stays on record.",
}
NAMES = {
    DutyHow.DONE: "Done",
    DutyHow.ACKNOWLEDGED: "Received and acknowledged",
    DutyHow.NOT_YET: "Not yet",
    DutyHow.DECLINED: "Not to be done",
}


def _words(label: str, *, rows: int = 3, longest: int = 4_000, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **given)


class DecideForm(Checked):
    """In which office somebody decides, why, and the reason for an override where it is one (LVL-07, LVL-16).

    ``hints`` stand beside the offices that need such a reason.
    """

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], hints: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = Choices(label="In which office do you decide?", choices=offices, hints=hints)
        if len(offices) == 1:
            field.initial = offices[0][0]
        self.fields["office"] = field
        if hints:
            self.fields["override_reason"] = _words(
                "Why is it you who decides, and not the usual authority?",
                help_text="Only where the risk or the lines of accountability call for it. It stays on record.",
                required=len(hints) == len(offices),
                error_messages={"required": "Say why it is you who decides, and not the usual authority."},
            )
        self.fields["because"] = _words(
            "Why do you decide so?",
            help_text="In a sentence or two, for whoever reads the record later.",
            error_messages={"required": "Say in a sentence why you decide so."},
        )


class StepForm(Checked):
    """What became of a duty: done, acknowledged, not yet with a day, or not to be done (PRV-06)."""

    remedies = (Remedy.CHANGE, Remedy.MASK)

    def __init__(self, *args: Any, steps: Sequence[DutyHow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"] = Choices(
            label="What became of it?",
            choices=[(one.value, NAMES[one]) for one in steps],
            hints={one.value: HINTS[one] for one in steps},
            error_messages={"required": "Say what became of it: choose one."},
        )
        puts_off = DutyHow.NOT_YET in steps
        reasoned = [NAMES[one] for one in (DutyHow.NOT_YET, DutyHow.DECLINED) if one in steps]
        self.fields["says"] = _words(
            "Why, or how",
            help_text=f"Needed for {' and for '.join(f'“{one}”' for one in reasoned)}." if reasoned else "",
            longest=2_000,
            required=False,
        )
        if puts_off:
            self.fields["review_on"] = DayField(
                label="Look at it again on", help_text="Needed for “Not yet”.", required=False
            )

    def how(self) -> DutyHow:
        """This function will give the step that was chosen."""
        return DutyHow(self.cleaned_data["how"])


class TellForm(Checked):
    """How a provider was told, and the copy that it may keep (PRV-02, PRV-03). The copy alone is looked through."""

    told_by = forms.ChoiceField(label="Which organisation tells them?")
    spoken_by = forms.CharField(label="Who tells them?", help_text="Name and role.", max_length=250)
    recipient = forms.CharField(label="Who is told?", help_text="Name and role at the provider.", max_length=250)
    channel = forms.CharField(label="How?", help_text="By letter, by telephone, at a meeting.", max_length=120)
    told_on = DayField(label="On which day?")

    def __init__(self, *args: Any, tellers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_by"] = forms.ChoiceField(
            label="Which organisation tells them?",
            choices=[("", "Choose an organisation"), *tellers],
            error_messages={"required": "Choose the organisation that tells them."},
        )
        self.fields["text"] = _words(
            "What are they told?",
            rows=8,
            longest=8_000,
            help_text="What was concluded about their risks, what was agreed, and what is asked of them by when. "
            "They read exactly this.",
        )

    def texts(self) -> dict[str, str]:
        """This function will give the copy: those who speak and hear are named on purpose."""
        text = self.cleaned_data.get("text")
        return {"text": text} if text else {}

    def told(self) -> Told:
        """This function will give what was typed, as the operation takes it."""
        given = self.cleaned_data
        return Told(
            told_by=UUID(given["told_by"]),
            spoken_by=given["spoken_by"],
            recipient=given["recipient"],
            channel=given["channel"],
            text=given["text"],
            told_on=given["told_on"],
            knowingly=self.knowingly,
        )


class AnswerForm(Checked):
    """What a provider answers; nothing at all means that it has read it."""

    remedies = (Remedy.CHANGE, Remedy.MASK)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = _words(
            "Your answer",
            rows=6,
            longest=8_000,
            help_text="Leave it empty to say only that you have read it. The group reads what you write.",
            required=False,
        )

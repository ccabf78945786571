"""What people fill in about a Quality Improvement Group: why it is convened, what it watches, what is told, and its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.accounts.models import Person
from sightline.core.improvement.overseeing import Answer, Convener, Instigator, Stands
from sightline.directory.choosing import CHOSEN, ChoosesSubjects
from sightline.groups.queries import MemberOn
from sightline.improvement.forms.chair import Chaired, chair_fields, chair_given
from sightline.improvement.improving_given import AnswerGiven, ConveningGiven, EndGiven, ReportedGiven, StakeholderGiven
from sightline.improvement.improving_words import ANSWER, CONVENER, ENGAGED, INSTIGATOR, STANDS, Engaged
from sightline.improvement.models import Plan, RapidReview, Stakeholder
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose, Ticks
from sightline.web.wording import day

LONGEST_LINE = 250
LONGEST_REASON = 2_000
_YES, _NO = "yes", "no"


class ConveneForm(Checked, ChoosesSubjects, Keyed):
    """On whose instigation a group is convened, by whom, for what, and which plans it watches (QIG-01 to QIG-03).

    Where its group stands already, who chairs is on record there and not asked again: then there are no ``people``.
    """

    instigator = forms.ChoiceField(
        label="Who asked for the group?",
        choices=[(one.value, words) for one, words in INSTIGATOR.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who asked for it."},
    )
    instigated_by = forms.CharField(
        label="Which body is that?",
        max_length=LONGEST_LINE,
        required=False,
        help_text="The name of the regulator or of each provider; empty for the ICB itself.",
    )
    instigated_on = DayField(label="When did they ask?", help_text="For example 27 3 2026.")
    purpose = Prose(
        label="Which risks or concerns is it to see through?",
        error_messages={"required": "Say which risks or concerns the group is to see through."},
    )
    convener = forms.ChoiceField(
        label="Who convenes it?",
        choices=[(one.value, words) for one, words in CONVENER.items()],
        widget=forms.RadioSelect,
        initial=Convener.ICB.value,
        help_text="Usually the ICB.",
    )
    why_region = Prose(
        label="If the region does: why?",
        rows=2,
        max_length=LONGEST_REASON,
        required=False,
        help_text="Such as: NHS England commissions the service, alone or with others.",
    )
    stands = forms.ChoiceField(
        label="How does it stand?",
        choices=[(one.value, words) for one, words in STANDS.items()],
        widget=forms.RadioSelect,
        initial=Stands.ALONE.value,
    )
    wider = Prose(
        label="If it is part of a wider process: which, and where are its papers?",
        rows=2,
        max_length=LONGEST_REASON,
        required=False,
        help_text="Such as the support of NHS oversight, with the address of its page.",
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Person] | None,
        triggers: Mapping[str, str],
        is_met: bool,
        reviews: Sequence[RapidReview],
        plans: Sequence[tuple[Plan, str]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._people = {str(one.pk): one for one in people} if people is not None else None
        self._reviews = {str(one.pk): one for one in reviews}
        self._plans = {str(one.pk): one for one, _ in plans}
        if reviews:
            named = [(str(one.pk), f"The review called on {day(one.called_on)}") for one in reviews]
            self.fields["review"] = forms.ChoiceField(
                label="Which Rapid Quality Review recommended it?", choices=[("", "None"), *named], required=False
            )
        if plans:
            self.fields["plans"] = plans_field(plans)
        if self._people is not None:
            self.fields.update(chair_fields(self._people, triggers, is_met=is_met, what="group"))
        self.order_fields(_ORDER)

    def clean(self) -> dict[str, Any]:
        """This function will say where the chair is no organisation's."""
        given = super().clean()
        body = given.get("chairs_for")
        if body is not None and body.organisation is None:
            self.add_error("chairs_for", f"“{body.name}” is no organisation. Choose one.")
        return given

    def convening(self) -> ConveningGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        return ConveningGiven(
            instigator=Instigator(told["instigator"]),
            instigated_by=told["instigated_by"],
            instigated_on=told["instigated_on"],
            purpose=told["purpose"],
            convener=Convener(told["convener"]),
            why_region=told["why_region"],
            stands=Stands(told["stands"]),
            wider=told["wider"],
            review=self._reviews.get(told.get("review", "")),
            plans=tuple(self._plans[one] for one in told.get("plans", ())),
            chair=chair_given(told, self._people) if self._people is not None else None,
        )


class ChairedConveneForm(ConveneForm, Chaired):
    """A convening for which a group is set up: in whose name it is chaired is asked as well."""


_ORDER = [
    "instigator", "instigated_by", "instigated_on", "purpose", "review", "plans", "convener", "why_region", "stands",
    "wider", "chair", "chairs_for", "chairs_for" + CHOSEN, "trigger", "people", "knowingly",
]  # fmt: skip


def plans_field(plans: Sequence[tuple[Plan, str]]) -> Ticks:
    """This function will make the field in which plans to watch are ticked."""
    choices = [(str(one.pk), name) for one, name in plans]
    return Ticks(label="Which plans does it see through?", choices=choices, hints={}, required=False)


class WatchForm(Checked):
    """Which plans a group watches (QIG-04)."""

    def __init__(self, *args: Any, plans: Sequence[tuple[Plan, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self._plans = {str(one.pk): one for one, _ in plans}
        self.fields["plans"] = plans_field(plans)

    def plans(self) -> list[Plan]:
        """This function will give the plans that were ticked."""
        return [self._plans[one] for one in self.cleaned_data["plans"]]


class ToldForm(Checked, Keyed):
    """What a group did, or a member reported (QIG-04, QIG-06, QIG-07)."""

    on = DayField(label="On which day?", help_text="When it was done or told, for example 27 3 2026.")
    says = Prose(
        label="What was told?", error_messages={"required": "Say what was told, also where there was nothing to tell."}
    )
    given_by = forms.CharField(
        label="Who told it?", max_length=LONGEST_LINE, required=False, help_text="Their post rather than their name."
    )
    needs_action = Choices(
        label="Does somebody have to act on it?",
        choices=[(_YES, "Yes"), (_NO, "No")],
        hints={},
        error_messages={"required": "Choose one of the two."},
    )

    def reported(self, told: str) -> ReportedGiven:
        """This function will give what was said."""
        said = self.cleaned_data
        return ReportedGiven(told, said["on"], said["says"], said["needs_action"] == _YES, said["given_by"])


class StakeholderForm(Checked):
    """Somebody else with a stake, how they are brought in, and who answers for it (MEM-23)."""

    who = forms.CharField(
        label="Who has a stake?",
        max_length=LONGEST_LINE,
        help_text="A body or a group of people, such as the families of one ward.",
        error_messages={"required": "Say who has a stake."},
    )
    how = Prose(
        label="How are they brought in and kept informed?",
        rows=2,
        max_length=LONGEST_REASON,
        error_messages={"required": "Say how they are brought in."},
    )
    engaged = forms.ChoiceField(
        label="How far has that come?",
        choices=[(one.value, words) for one, words in ENGAGED.items()],
        widget=forms.RadioSelect,
        initial=Engaged.PLANNED.value,
    )

    def __init__(self, *args: Any, members: Sequence[MemberOn], **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(str(one.seat), ", ".join(filter(None, [one.title, one.organisation_name]))) for one in members]
        self.fields["owner"] = forms.ChoiceField(
            label="Which member answers for it?",
            choices=[("", "Choose a member"), *named],
            error_messages={"required": "Choose the member who answers for it."},
        )
        self.order_fields(["who", "how", "owner", "engaged", "people", "knowingly"])

    def stakeholder(self, number: int) -> StakeholderGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        return StakeholderGiven(told["who"], told["how"], UUID(told["owner"]), Engaged(told["engaged"]), number)


def stakeholder_filled(one: Stakeholder | None) -> dict[str, Any]:
    """This function will give a line as it was written last, by the fields of the form."""
    if one is None:
        return {}
    return {"who": one.who, "how": one.how, "engaged": one.engaged, "owner": str(one.owner_id)}


class AgreementForm(Checked):
    """Whether a member, the ICB or the regional group agrees that the group has done what it is for (QIG-09)."""

    answer = Choices(
        label="Do they agree?",
        choices=[(one.value, words) for one, words in ANSWER.items()],
        hints={
            Answer.AGREES.value: "The relevant milestones are reached, and there is a clear plan and capacity for the rest.",
            Answer.DISAGREES.value: "Say with what, and what they would have first.",
        },
        error_messages={"required": "Choose one of the two."},
    )
    on = DayField(label="When did they say so?", help_text="For example 27 3 2026.")
    says = Prose(label="What did they say?", rows=2, max_length=LONGEST_REASON, required=False)
    given_by = forms.CharField(
        label="Who said it for them, and how?",
        max_length=LONGEST_LINE,
        required=False,
        help_text="Such as: their chair, in the meeting of that day.",
    )

    def agreement(self, party: str) -> AnswerGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        return AnswerGiven(party, Answer(told["answer"]), told["on"], told["given_by"], told["says"])


class EndForm(Checked):
    """With what a group ends (QIG-08)."""

    statement = Prose(
        label="What does the group leave behind?",
        help_text="What was reached, who sees that it lasts, and where learning became part of improvement.",
        error_messages={"required": "Say what was reached, and who sees that it lasts."},
    )
    outstanding = Prose(
        label="If milestones are outstanding: what is the plan for them, and who has the capacity?", required=False
    )
    because = Prose(
        label="If only one of the two conditions is met, or somebody does not agree: why does it end now?",
        required=False,
    )

    def end(self) -> EndGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        return EndGiven(told["statement"], told["outstanding"], told["because"])

"""What people fill in about a Rapid Quality Review: why it is called, what it found, a report, and its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency
from sightline.directory.choosing import CHOSEN, ChoosesSubjects
from sightline.improvement.forms.chair import Chaired, chair_fields, chair_given
from sightline.improvement.models import Plan, RapidFinding
from sightline.improvement.review_words import CARRIES, REQUESTER, ROUTE_TAKES, THROUGH, URGENCY, Through
from sightline.improvement.reviews_given import CallGiven, ChairGiven, FindingGiven, ReportGiven
from sightline.surveillance.models import Concern
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose

LONGEST_LINE = 250
LONGEST_REASON = 2_000
_WITH, _WITHOUT = "with", "without"
_SENT, _DOES_NOT_APPLY = "sent", "not"


class CallForm(Checked, ChoosesSubjects, Keyed):
    """Why a review is called, by whom, and when it meets (RQR-01, RQR-02).

    Where its group stands already, who chairs and whether providers take part is on record there and not asked again:
    then there are no ``people``.
    """

    requester = forms.ChoiceField(
        label="Who asks for the review?",
        choices=[(one.value, words) for one, words in REQUESTER.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who asks for it."},
    )
    requested_by = forms.CharField(
        label="Which body is that?", max_length=LONGEST_LINE, required=False, help_text="Its name, where it is another."
    )
    urgency = forms.ChoiceField(
        label="How grave is the risk to quality, including safety?",
        choices=[(one.value, words) for one, words in URGENCY.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how grave it is. A review is for a significant or immediate risk."},
    )
    risk = Prose(
        label="What is the risk?",
        error_messages={"required": "Say what the significant or immediate risk to quality is."},
    )
    not_elsewhere = Prose(
        label="Why is it not addressed in wider discussions?",
        help_text="Such as oversight or contract meetings: who meets there, and what is left open.",
        error_messages={"required": "Say why wider discussions, such as oversight, do not address this risk."},
    )
    called_on = DayField(label="When was it called?", help_text="For example 27 3 2026.")
    meets_on = DayField(
        label="When is it to meet?", required=False, help_text="As soon as it takes: no notice has to be given."
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Person] | None,
        triggers: Mapping[str, str],
        is_met: bool,
        concerns: Sequence[tuple[Concern, str]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._people = {str(one.pk): one for one in people} if people is not None else None
        self._concerns = {str(one.pk): one for one, _ in concerns}
        if concerns:
            named = [(str(one.pk), words) for one, words in concerns]
            self.fields["concern"] = forms.ChoiceField(
                label="Which concern is it about?", choices=[("", "None of those on record"), *named], required=False
            )
        if self._people is not None:
            self._ask_chair(triggers, is_met)
        self.fields["why_not_icb"] = Prose(
            label="If the ICB does not lead it: why?",
            rows=2,
            max_length=LONGEST_REASON,
            required=False,
            help_text="It leads where possible. Empty where it does, and where the review is about the ICB itself.",
        )
        if self._people is not None:
            self._ask_providers()
        self.order_fields(_ORDER)

    def _ask_chair(self, triggers: Mapping[str, str], is_met: bool) -> None:
        self.fields.update(chair_fields(self._people or {}, triggers, is_met=is_met, what="review"))

    def _ask_providers(self) -> None:
        self.fields["providers"] = Choices(
            label="Do the providers concerned take part?",
            choices=[(_WITH, "They take part"), (_WITHOUT, "Partners meet without them")],
            hints={_WITHOUT: "Nobody is seated for a provider then, and none is missed."},
            initial=_WITH,
            error_messages={"required": "Choose one of the two."},
        )
        self.fields["apart"] = Prose(label="If they do not: why?", rows=2, max_length=LONGEST_REASON, required=False)

    def clean(self) -> dict[str, Any]:
        """This function will say where the chair is no organisation's, or nobody says why providers do not take part."""
        given = super().clean()
        if self._people is None:
            return given
        body = given.get("chairs_for")
        if body is not None and body.organisation is None:
            self.add_error("chairs_for", f"“{body.name}” is no organisation. Choose one.")
        if given.get("providers") == _WITHOUT and not given.get("apart"):
            self.add_error("apart", "Say in a sentence why they do not take part.")
        return given

    def call(self) -> CallGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        return CallGiven(
            requester=Requester(told["requester"]),
            requested_by=told["requested_by"],
            urgency=Urgency(told["urgency"]),
            risk=told["risk"],
            not_elsewhere=told["not_elsewhere"],
            called_on=told["called_on"],
            meets_on=told["meets_on"],
            why_not_icb=told["why_not_icb"],
            chair=self._chair(told),
            apart=told["apart"] if told.get("providers") == _WITHOUT else "",
            concern=self._concerns.get(told.get("concern", "")),
        )

    def _chair(self, told: Mapping[str, Any]) -> ChairGiven | None:
        if self._people is None:
            return None
        return chair_given(told, self._people)


class ChairedCallForm(CallForm, Chaired):
    """A call for which a group is set up: in whose name it is chaired is asked as well."""


_ORDER = [
    "requester", "requested_by", "urgency", "risk", "not_elsewhere", "concern", "called_on", "meets_on", "chair",
    "chairs_for", "chairs_for" + CHOSEN, "trigger", "why_not_icb", "providers", "apart", "people", "knowingly",
]  # fmt: skip


class FindingsForm(Checked):
    """What a review found (RQR-03). Anything may be left for later; what is missing stands on the review's page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    held_on = DayField(label="When was it held?", required=False, help_text="For example 27 3 2026.")
    shared = Prose(
        label="Which intelligence was shared?",
        required=False,
        help_text="In a few lines, beside what is on record here already.",
    )
    diagnosis = Prose(label="Diagnosis: what lies behind the concern?", required=False)
    judgement = Prose(label="Judgement: what did the partners conclude together?", required=False)
    actions = Prose(
        label="Which actions were agreed?",
        required=False,
        help_text="In short. Who does what by when stands in the action log and in the plan.",
    )

    def __init__(
        self,
        *args: Any,
        plans: Sequence[tuple[Plan, str]],
        levels: Sequence[tuple[str, str]],
        is_first: bool,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._plans = {str(one.pk): one for one, _ in plans}
        named = [(str(one.pk), name) for one, name in plans]
        self.fields["plan"] = forms.ChoiceField(
            label="Which plan holds them?", choices=[("", "None yet"), *named], required=False
        )
        self.fields["no_plan"] = Prose(
            label="If there is no plan: why?", rows=2, max_length=LONGEST_REASON, required=False
        )
        self.fields["carries"] = forms.ChoiceField(
            label="Is a Quality Improvement Group recommended to carry the plan on?",
            choices=[(one.value, words) for one, words in CARRIES.items()],
            widget=forms.RadioSelect,
            initial=Carries.UNDECIDED.value,
        )
        self.fields["carries_why"] = Prose(label="Why, or why not?", rows=2, max_length=LONGEST_REASON, required=False)
        self.fields["level"] = forms.ChoiceField(
            label="Which level does the review recommend?",
            choices=[("", "None, or not yet"), *levels],
            required=False,
            help_text="The level itself is proposed and decided as any other; this only recommends it.",
        )
        self.fields["level_why"] = Prose(label="Why that level?", rows=2, max_length=LONGEST_REASON, required=False)
        self.fields["oversight"] = Prose(
            label="Does it bear on regulatory action or on NHS oversight?",
            rows=2,
            max_length=LONGEST_REASON,
            required=False,
            help_text="To which process it is linked, and who takes it there.",
        )
        if not is_first:
            self.fields["because"] = Prose(
                label="Why is it written anew?",
                rows=2,
                max_length=LONGEST_REASON,
                error_messages={"required": "Say in a sentence why it is written anew."},
            )

    def findings(self) -> FindingGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        words = ("shared", "diagnosis", "judgement", "actions", "no_plan", "carries_why", "level_why", "oversight")
        return FindingGiven(
            held_on=told["held_on"],
            carries=Carries(told["carries"]),
            level=told["level"],
            plan=self._plans.get(told["plan"]),
            **{name: told[name] for name in words},
        )


def filled_by(finding: RapidFinding | None) -> dict[str, Any]:
    """This function will give what was found as it was written last, by the fields of the form."""
    if finding is None:
        return {"seen": 0}
    names = (
        "held_on", "shared", "diagnosis", "judgement", "actions", "no_plan", "carries", "carries_why", "level", "level_why",
        "oversight",
    )  # fmt: skip
    told = {name: getattr(finding, name) for name in names}
    return {**told, "seen": finding.number, "plan": str(finding.plan_id or "")}


class ReportForm(Checked):
    """That a review reported on one route, or why it owes no report there (RQR-05)."""

    on = DayField(label="On which day?", help_text="When it was sent or, where none is owed, when that was agreed.")

    def __init__(self, *args: Any, route: Route, **given: Any) -> None:
        super().__init__(*args, **given)
        self._route = route
        self.fields["how"] = Choices(
            label="Was it sent?",
            choices=[(_SENT, "Yes, it was sent"), (_DOES_NOT_APPLY, "It does not apply")],
            hints={_SENT: ROUTE_TAKES[route], _DOES_NOT_APPLY: "A reason is kept with it."},
            error_messages={"required": "Choose one of the two."},
        )
        self.fields["says"] = Prose(
            label="What was reported, or why does it not apply?",
            error_messages={"required": "Say what was reported, or why it does not apply."},
        )
        only = "Only where it was sent."
        self.fields["sent_by"] = forms.CharField(
            label="Who sent it?", max_length=LONGEST_LINE, required=False, help_text=only
        )
        self.fields["sent_to"] = forms.CharField(
            label="To whom?", max_length=LONGEST_LINE, required=False, help_text=only
        )
        self.fields["through"] = forms.ChoiceField(
            label="How?",
            choices=[("", "Choose"), *((one.value, words) for one, words in THROUGH.items())],
            required=False,
            help_text=only,
        )
        self.order_fields(["how", "on", "says", "sent_by", "sent_to", "through", "people", "knowingly"])

    def clean(self) -> dict[str, Any]:
        """This function will ask of a report that was sent who sent it, to whom, and how."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("how") == _SENT:
            asks = {"sent_by": "Say who sent it.", "sent_to": "Say to whom.", "through": "Choose how."}
            for name, says in asks.items():
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, says)
        return given

    def report(self) -> ReportGiven:
        """This function will give what was said."""
        told = self.cleaned_data
        is_sent = told["how"] == _SENT
        return ReportGiven(
            route=self._route,
            is_sent=is_sent,
            says=told["says"],
            on=told["on"],
            sent_by=told["sent_by"] if is_sent else "",
            sent_to=told["sent_to"] if is_sent else "",
            through=Through(told["through"]) if is_sent else None,
        )


class CloseForm(Checked):
    """Why a review is closed."""

    because = Prose(
        label="Why is it closed?",
        rows=2,
        max_length=LONGEST_REASON,
        help_text="Such as: the plan is under way, and the quality group follows it.",
        error_messages={"required": "Say in a sentence why it is closed."},
    )

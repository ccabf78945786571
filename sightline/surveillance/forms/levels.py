"""Forms about levels: a proposal, what others say to it, how it ends, a review. They parse and validate, and save nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from sightline.core.rulebook.levels import Force, Need, NeedRule, Trigger
from sightline.core.surveillance.moving import Offer
from sightline.core.verdict import Reason
from sightline.surveillance.forms.concerns import LONGEST_REASON, Prose
from sightline.surveillance.moves_given import MoveGiven
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Ticks

FORCE = {Force.MUST: "Needed.", Force.SHOULD: "Should be given.", Force.MAY: "May be given."}
# Where what a rule asks for is written down.
FIELD_OF: Mapping[Need, str] = {
    Need.REASON: "reason",
    Need.TRIGGER: "triggers",
    Need.RISK_PROFILE: "assessment",
    Need.CLOSEST_TO_CARE: "why_not_closer",
    Need.CONFLICT_CHECK: "conflict_check",
    Need.GROUP_VIEW: "group_view",
    Need.OPTIONS_EXHAUSTED: "options_exhausted",
    Need.PLAN: "plan",
    Need.FOLLOW_UP_PERSON: "follow_up_person",
    Need.ACTION: "actions",
    Need.NEXT_REVIEW: "next_review_on",
    Need.EXIT_EVIDENCE: "exit_evidence",
}
LABELS = {
    "reason": "Why should it move?",
    "why_not_closer": "Why can it not be solved closer to the point of care?",
    "conflict_check": "Which conflicts of interest were considered, and what was found?",
    "group_view": "What is the group’s view?",
    "options_exhausted": "Which other options are exhausted?",
    "plan": "Which plan is there, or when will it be there?",
    "exit_evidence": "What shows that the milestones are reached and will last?",
}


def _reason(label: str, says: str) -> Prose:
    return Prose(label=label, max_length=LONGEST_REASON, error_messages={"required": says})


def _lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class ProposeForm(Checked, Keyed):
    """Everything that one move has to carry, with what the guidance says of it beside each field (LVL-16)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        offer: Offer,
        stands_at: str,
        involvement: Sequence[Trigger],
        concerns: Sequence[tuple[str, str]],
        assessments: Sequence[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.involvement = offer, involvement
        self.fields["seen"].initial = stands_at
        self._ask_what_it_rests_on(concerns, assessments)
        self._ask_words()
        self._ask_days(today)
        self._today = today
        if "check" in self.data:  # whoever asks what is missing is told all of it, and not what one field lacks
            for one in self.fields.values():
                one.required = False

    def _ask_what_it_rests_on(
        self, concerns: Sequence[tuple[str, str]], assessments: Sequence[tuple[str, str]]
    ) -> None:
        if concerns:
            self.fields["concern"] = forms.ChoiceField(
                label="Which concern is it about?",
                help_text="Its evidence is kept with the decision, as it then stands.",
                choices=[("", "None of those on record"), *concerns],
                required=False,
            )
        if self.offer.triggers:
            self.fields["triggers"] = self._triggers("Triggers", self.offer.triggers, self._help(Need.TRIGGER))
        if self.involvement:
            self.fields["involvement"] = self._triggers(
                "Triggers that the case suggests for others to be involved",
                self.involvement,
                "Offered, because what is on record meets them.",
            )
        if self._asks(Need.RISK_PROFILE) or assessments:
            nothing = "None on record yet" if not assessments else "None of these"
            self.fields["assessment"] = forms.ChoiceField(
                label="On which assessment of risk does it rest?",
                help_text=self._help(Need.RISK_PROFILE),
                choices=[("", nothing), *assessments],
                required=False,
            )

    def _ask_words(self) -> None:
        self.fields["reason"] = Prose(
            label=LABELS["reason"],
            help_text=self._help(Need.REASON),
            error_messages={"required": "Say in a sentence why it should move."},
        )
        self._words(Need.CLOSEST_TO_CARE)
        if self._asks(Need.OPTIONS_EXHAUSTED) or self.offer.skips:
            self.fields["people_need_protection"] = forms.BooleanField(
                label="People need protection at once", required=False
            )
        self._words(Need.OPTIONS_EXHAUSTED)
        if self._asks(Need.FOLLOW_UP_PERSON):
            self.fields["follow_up_person"] = forms.CharField(
                label="Who will follow up?",
                help_text=f"{self._help(Need.FOLLOW_UP_PERSON)} Give a role rather than a name.",
                max_length=250,
                required=False,
            )
        if self.offer.is_rise or self._asks(Need.ACTION):
            self.fields["actions"] = Prose(
                label="Which actions are agreed?",
                help_text=f"{self._help(Need.ACTION)} One a line.".strip(),
                required=False,
            )
        if self.offer.is_rise:
            self._words(Need.PLAN)
        self._words(Need.EXIT_EVIDENCE)
        self._words(Need.GROUP_VIEW)
        self.fields["group_met_on"] = DayField(
            label="At which meeting did the group give its view?",
            help_text="The day of the meeting, for example 27 3 2026.",
            required=False,
        )
        self._words(Need.CONFLICT_CHECK)

    def _ask_days(self, today: date) -> None:
        self.fields["effective_on"] = DayField(
            label="From which day shall it count?",
            help_text="For example 27 3 2026.",
            initial=today,
            error_messages={"required": "Give the day from which the level shall count."},
        )
        self.fields["next_review_on"] = DayField(
            label="When is it reviewed next?", help_text=self._help(Need.NEXT_REVIEW), required=False
        )

    def _words(self, need: Need) -> None:
        if self._asks(need) or need in {Need.PLAN, Need.GROUP_VIEW}:
            name = FIELD_OF[need]
            self.fields[name] = Prose(label=LABELS[name], help_text=self._help(need), required=False)

    def _asks(self, need: Need) -> bool:
        return any(one.need is need for one in self.offer.needs)

    def _help(self, need: Need) -> str:
        """What the guidance says of it, the strictest rule where it says so twice, and where it says so."""
        rules = sorted(
            (one for one in self.offer.needs if one.need is need), key=lambda one: list(Force).index(one.force)
        )
        return " ".join(f"{FORCE[one.force]} {one.says} ({one.cites})" for one in rules[:1])

    @staticmethod
    def _triggers(label: str, some: Sequence[Trigger], help_text: str) -> Ticks:
        return Ticks(
            label=label,
            help_text=help_text,
            choices=[(one.id, one.says) for one in some],
            hints={one.id: one.cites for one in some},
            required=False,
        )

    def get_context(self) -> dict[str, Any]:
        """This function will draw what must be given as needed, although the form lets it pass until it was judged."""
        for one in self.offer.needs:
            name = FIELD_OF.get(one.need, "")
            if one.force is Force.MUST and name in self.fields:
                self.fields[name].required = True
        self.fields["effective_on"].required = True
        return super().get_context()

    def say_missing(self, against: Sequence[Reason], missing: Sequence[NeedRule]) -> bool:
        """This function will say, at its field where it has one, what would stop a decision; whether anything does.

        Whoever wants to propose it all the same may tick so, and whoever decides sees what is missing.
        """
        if not against:
            return False
        self.fields["anyway"] = forms.BooleanField(
            label="Propose it as it is. Whoever decides sees what is missing.", required=False
        )
        if self.data.get("anyway"):
            return False
        asked = {one.says: FIELD_OF.get(one.need, "") for one in missing}
        for one in against:
            name = asked.get(one.says, "")
            self.add_error(name if name in self.fields else None, one.cited)
        return True

    def concern(self) -> UUID | None:
        """This function will give the concern that was chosen."""
        chosen = self.cleaned_data.get("concern")
        return UUID(chosen) if chosen else None

    def given(self) -> MoveGiven:
        """This function will give the move as it was written down."""
        said = self.cleaned_data
        kind, _, key = said.get("assessment", "").partition(":")
        words = {name: said.get(name, "") for name in (*LABELS, "follow_up_person")}
        return MoveGiven(
            self.offer.level.id,
            effective_on=said["effective_on"] or self._today,
            level_from=said["seen"],
            triggers=(*said.get("triggers", ()), *said.get("involvement", ())),
            profile=UUID(key) if kind == "profile" else None,
            other_process=UUID(key) if kind == "process" else None,
            group_met_on=said["group_met_on"],
            people_need_protection=said.get("people_need_protection", False),
            actions=_lines_of(said.get("actions", "")),
            next_review_on=said["next_review_on"],
            knowingly=self.knowingly,
            **words,
        )


class RegionAnswerForm(Checked):
    """Whether a region agrees (LVL-09); somebody who writes it down for them says who said so."""

    def __init__(
        self, *args: Any, regions: Sequence[tuple[str, str]], is_own: bool, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ChoiceField(
            label="Which region answers?", choices=regions, initial=regions[0][0] if len(regions) == 1 else None
        )
        self.fields["is_agreed"] = forms.ChoiceField(
            label="Does the region agree?",
            choices=[("yes", "Yes, it agrees and supports it"), ("no", "No, it does not agree")],
            widget=forms.RadioSelect,
        )
        self.fields["says"] = Prose(
            label="What does the region say to it?",
            help_text="Where it does not agree: what further steps or information would help?",
            required=False,
        )
        self.fields["said_by"] = forms.CharField(
            label="Who said so?",
            help_text="A role is enough. You may leave it empty if you answer yourself."
            if is_own
            else "A role is enough, for example “medical director of the region”.",
            max_length=250,
            required=not is_own,
        )
        self.fields["said_on"] = DayField(label="On which day?", help_text="For example 27 3 2026.", initial=today)


class DissentForm(Checked):
    """That an organisation disagrees: why, and what it will do itself (QSG 2017 ¶132; SUR-12)."""

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ChoiceField(label="Which organisation disagrees?", choices=bodies)
        self.fields["reasons"] = _reason(
            "Why does it disagree, and what further steps or information would bring agreement?",
            "Give the reasons of whoever disagrees.",
        )
        self.fields["commits_to"] = Prose(
            label="What will it do itself?", help_text="Kept with its reasons (QSG 2017 ¶132).", required=False
        )
        self.fields["is_statutory_holder"] = forms.BooleanField(
            label="It has statutory responsibility for this decision or service, and is not outvoted", required=False
        )


class WithdrawForm(Checked):
    """Why a proposal is taken back."""

    because = _reason("Why do you take it back?", "Say in a sentence why.")


class DeclineForm(Checked):
    """Why a proposal is declined, and for which office."""

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"] = forms.ChoiceField(label="For which office do you decide?", choices=offices)
        self.fields["because"] = _reason(
            "Why is it declined, and what further steps or information are needed?", "Say in a sentence why."
        )


class LevelReviewForm(Checked):
    """That a level stays as it is: why, and when it is looked at again (SUR-07)."""

    because = _reason("Why does it stay at this level?", "Say in a sentence why it stays.")
    next_review_on = DayField(
        label="When is it reviewed next?",
        help_text="For example 27 3 2026. Leave it empty if it is looked at at each meeting.",
        required=False,
    )

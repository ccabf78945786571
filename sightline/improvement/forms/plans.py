"""What people fill in about a plan: all its parts in one form that may be kept unfinished, and why one is approved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from sightline.core.improvement.facts import (
    Alignment,
    Around,
    CommissionerPart,
    Criterion,
    KnownCommissioner,
    Kpi,
    PlanContent,
    PlannedAction,
    PlannedMilestone,
)
from sightline.directory.models import Organisation
from sightline.improvement.forms.fields import LaterChoice, LaterDay, LaterProse, LaterSelect, LaterWords
from sightline.improvement.forms.rows import Rows
from sightline.web.checking import Checked
from sightline.web.fields import Keyed, Prose

LONGEST_LINE = 250
LONGEST_REASON = 2_000
IN_WORDS = "None of these: I say it in words"
# The fields of one line of each kind, in their order.
LINES = {
    "kpi": ("indicator", "words", "target", "held_months"),
    "criterion": ("measure", "target", "held_for"),
    "action": ("what", "body", "owner", "due_on"),
    "milestone": ("what", "due_on", "evidence", "assurance", "body", "owner", "number"),
    "other": ("body", "action"),
}


class PlanForm(Checked, Keyed):
    """A plan in all its parts (PLN-01 to PLN-06). Its name alone is needed to keep it.

    ``only_drawn`` is true where somebody asked for another line: what was typed is shown again, and nothing is judged.
    """

    def __init__(
        self,
        *args: Any,
        rows: Rows,
        around: Around,
        indicators: Sequence[tuple[str, str]],
        only_drawn: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.rows, self.around, self.only_drawn = rows, around, only_drawn
        self.known: tuple[KnownCommissioner, ...] = around.commissioners
        self._ask_what()
        for number in range(1, rows.kpis + 1):
            self._ask_kpi(number, indicators)
        for number in range(1, rows.criteria + 1):
            self._ask_criterion(number)
        for number in range(1, rows.actions + 1):
            self._ask_action(number)
        for number in range(1, rows.milestones + 1):
            self._ask_milestone(number)
        self._ask_rules()
        self._ask_commissioners()
        self._ask_others()
        self._ask_oversight()

    def full_clean(self) -> None:
        """This function will judge nothing of a form that is only drawn again with another line."""
        if self.only_drawn:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def lines(self, kind: str) -> Iterator[list[BoundField]]:
        """This function will give the lines of one kind, each with its fields."""
        number = 1
        while f"{kind}_{number}_{LINES[kind][0]}" in self.fields:
            yield [self[f"{kind}_{number}_{name}"] for name in LINES[kind]]
            number += 1

    def parts(self) -> list[BoundField]:
        """This function will give one field for each commissioner that the directory knows."""
        return [self[f"part_{one.code}"] for one in self.known]

    def bodies(self) -> list[str]:
        """This function will give the organisations as they were typed."""
        typed = self.cleaned_data
        return [str(words) for name, words in typed.items() if name.endswith("_body") and words]

    def content(self, bodies: Mapping[str, Organisation]) -> PlanContent:
        """This function will give what was written; ``bodies`` are the organisations that the directory knows of it."""
        told = self.cleaned_data
        texts = (
            "name", "contract", "regulation", "aligned_with", "director", "developed_by", "developed_with",
            "recovery_plan",
        )  # fmt: skip
        return PlanContent(
            objectives=tuple(told["objectives"].splitlines()),
            starts_on=told["starts_on"],
            kpis=tuple(Kpi(**one) for one in self._given("kpi") if _is_given(one)),
            criteria=tuple(Criterion(**one) for one in self._given("criterion") if any(one.values())),
            actions=tuple(
                PlannedAction(**one, organisation=_code(one["body"], bodies))
                for one in self._given("action")
                if any(one.values())
            ),
            milestones=tuple(
                one
                for line in self._given("milestone")
                if (one := _milestone(line, _code(line["body"], bodies))).says_something
            ),
            commissioners=tuple(self._commissioners(bodies)),
            alignment=Alignment(told["alignment"]),
            consulted_on=told.get("consulted_on"),
            **{name: told.get(name, "") for name in texts},
        )

    def _commissioners(self, bodies: Mapping[str, Organisation]) -> Iterator[CommissionerPart]:
        for one in self.known:
            if action := self.cleaned_data[f"part_{one.code}"]:
                yield CommissionerPart(one.name, action, one.code)
        for other in self._given("other"):
            if any(other.values()):
                yield CommissionerPart(**other, organisation=_code(other["body"], bodies))

    def _given(self, kind: str) -> Iterator[dict[str, Any]]:
        told = self.cleaned_data
        for line in self.lines(kind):
            yield {name: told[bound.name] for name, bound in zip(LINES[kind], line, strict=True)}

    # --- what is asked, part by part

    def _ask_what(self) -> None:
        for kind, count in asdict(self.rows).items():
            self.fields[f"rows_{kind}"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=count)
        self.fields["name"] = forms.CharField(
            label="What is the plan called?",
            max_length=LONGEST_LINE,
            error_messages={"required": "Give the plan a name."},
        )
        self.fields["objectives"] = LaterProse(
            label="Objectives", help_text="What is to be reached. One in each line.", rows=4
        )
        self.fields["starts_on"] = LaterDay(
            label="When does the work start?", help_text="Success criteria are written before. For example, 31 3 2026."
        )

    def _ask_kpi(self, number: int, indicators: Sequence[tuple[str, str]]) -> None:
        name = f"kpi_{number}"
        self.fields[f"{name}_indicator"] = LaterSelect(
            label=f"KPI {number}: the indicator", choices=[("", IN_WORDS), *indicators]
        )
        self.fields[f"{name}_words"] = LaterWords(label=f"KPI {number}: in words", max_length=LONGEST_LINE)
        self.fields[f"{name}_target"] = forms.FloatField(
            label=f"KPI {number}: the target of the indicator",
            help_text="A figure in its own unit, such as 4.5. With the months below it is the test of success.",
            required=False,
            widget=forms.NumberInput(attrs={"step": "any"}),
            error_messages={"invalid": f"The target of KPI {number} must be a figure, such as 4.5."},
        )
        months = f"The months of KPI {number} must be a whole number from 1 to 60."
        self.fields[f"{name}_held_months"] = forms.IntegerField(
            label=f"KPI {number}: held for how many months?",
            required=False,
            min_value=1,
            max_value=60,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), months),
        )

    def _ask_criterion(self, number: int) -> None:
        name, label = f"criterion_{number}", f"Criterion {number}"
        self.fields[f"{name}_measure"] = LaterWords(label=f"{label}: the measure", max_length=LONGEST_LINE)
        self.fields[f"{name}_target"] = LaterWords(label=f"{label}: its target", max_length=LONGEST_LINE)
        self.fields[f"{name}_held_for"] = LaterWords(
            label=f"{label}: held for how long?", help_text="Such as six months in a row.", max_length=LONGEST_LINE
        )

    def _ask_action(self, number: int) -> None:
        name, label = f"action_{number}", f"Action {number}"
        self.fields[f"{name}_what"] = LaterProse(label=f"{label}: what is done?", rows=2, max_length=LONGEST_REASON)
        self.fields[f"{name}_body"] = _body(f"{label}: the organisation that owns it")
        self.fields[f"{name}_owner"] = LaterWords(
            label=f"{label}: who there?", help_text="The role is enough.", max_length=LONGEST_LINE
        )
        self.fields[f"{name}_due_on"] = LaterDay(label=f"{label}: by when?")

    def _ask_milestone(self, number: int) -> None:
        name, label = f"milestone_{number}", f"Milestone {number}"
        self.fields[f"{name}_what"] = LaterProse(label=f"{label}: what is reached?", rows=2, max_length=LONGEST_REASON)
        self.fields[f"{name}_due_on"] = LaterDay(label=f"{label}: by when?")
        self.fields[f"{name}_evidence"] = LaterProse(
            label=f"{label}: the evidence", help_text="By what one will see it.", rows=2, max_length=LONGEST_REASON
        )
        self.fields[f"{name}_assurance"] = LaterProse(
            label=f"{label}: how is it assured?",
            help_text="Who looks, and how, such as an unannounced visit by two members.",
            rows=2,
            max_length=LONGEST_REASON,
        )
        self.fields[f"{name}_body"] = _body(f"{label}: the organisation that owns it")
        self.fields[f"{name}_owner"] = LaterWords(
            label=f"{label}: who there?", help_text="The role is enough.", max_length=LONGEST_LINE
        )
        self.fields[f"{name}_number"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=0, max_value=10_000
        )

    def _ask_rules(self) -> None:
        self.fields["contract"] = LaterProse(
            label="Contractual processes and requirements",
            help_text="Which contracts, notices or clauses the plan reflects.",
        )
        self.fields["regulation"] = LaterProse(
            label="Regulatory frameworks", help_text="Such as the fundamental standards, or conditions of a licence."
        )

    def _ask_commissioners(self) -> None:
        for one in self.known:
            self.fields[f"part_{one.code}"] = LaterProse(
                label=f"What {one.name} does", rows=2, max_length=LONGEST_REASON
            )
        for number in range(1, self.rows.others + 1):
            self.fields[f"other_{number}_body"] = _body(f"Another commissioner {number}: its name", is_later=False)
            self.fields[f"other_{number}_action"] = Prose(
                label=f"Another commissioner {number}: what it does", rows=2, max_length=LONGEST_REASON, required=False
            )

    def _ask_others(self) -> None:
        self.fields["alignment"] = LaterChoice(
            label="Is it aligned with the plans and offers of support that are there already?",
            choices=[
                (Alignment.ALIGNED.value, "Yes, with those named below"),
                (Alignment.NONE.value, "There are none"),
            ],
            hints={},
        )
        self.fields["aligned_with"] = LaterProse(label="With which?", rows=2, required=False)
        self.fields["developed_by"] = LaterProse(
            label="Which provider developed it?", help_text="Or which collaborative of providers.", rows=2
        )
        self.fields["developed_with"] = LaterProse(label="With which commissioners?", rows=2)

    def _ask_oversight(self) -> None:
        """Only where it applies, or where an earlier version said something of it."""
        role = self.around.director_role
        if role or self.initial.get("director") or self.initial.get("consulted_on"):
            self.fields["director"] = LaterWords(
                label=f"The {role or 'Improvement Director'} who was consulted", max_length=LONGEST_LINE
            )
            self.fields["consulted_on"] = LaterDay(label="On which day?", help_text="For example, 31 3 2026.")
        if self.around.segment_year or self.initial.get("recovery_plan"):
            self.fields["recovery_plan"] = LaterProse(
                label="The recovery plan", help_text="Which it is, and how the region supports it.", rows=2
            )


class RestatePlanForm(PlanForm):
    """A plan written anew, with the reason; ``seen`` is the version that its writer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"] = Prose(
            label="Why is it written anew?",
            rows=2,
            max_length=LONGEST_REASON,
            error_messages={"required": "Say in a sentence why it is written anew."},
        )


class ApprovePlanForm(Checked):
    """Why a version of a plan is approved."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"] = Prose(
            label="Why do you approve it?",
            rows=2,
            max_length=LONGEST_REASON,
            error_messages={"required": "Say in a sentence why you approve it."},
        )


def first_filled(content: PlanContent, known: Collection[str]) -> dict[str, Any]:
    """This function will give what a version says, by the fields of the form."""
    texts = (
        "name", "starts_on", "contract", "regulation", "aligned_with", "director", "consulted_on", "developed_by",
        "developed_with", "recovery_plan",
    )  # fmt: skip
    filled = {name: getattr(content, name) for name in texts}
    filled |= {"objectives": "\n".join(content.objectives), "alignment": content.alignment.value}
    filled |= {f"part_{one.organisation}": one.action for one in content.commissioners if one.organisation in known}
    lines: dict[str, Sequence[Any]] = {
        "kpi": content.kpis,
        "criterion": content.criteria,
        "action": content.actions,
        "milestone": content.milestones,
        "other": [one for one in content.commissioners if one.organisation not in known],
    }
    for kind, some in lines.items():
        for number, line in enumerate(some, 1):
            filled |= {f"{kind}_{number}_{name}": getattr(line, name) for name in LINES[kind]}
    return filled


def _body(label: str, *, is_later: bool = True) -> forms.CharField:
    box = forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"})
    if is_later:
        return LaterWords(label=label, max_length=LONGEST_LINE, widget=box)
    return forms.CharField(label=label, max_length=LONGEST_LINE, widget=box, required=False)


def _is_given(line: Mapping[str, Any]) -> bool:
    """Whether anything stands in a line; a target of nought is a figure."""
    return any(one not in {None, ""} for one in line.values())


def _milestone(line: Mapping[str, Any], organisation: str) -> PlannedMilestone:
    return PlannedMilestone(**{**line, "number": line["number"] or 0}, organisation=organisation)


def _code(words: str, bodies: Mapping[str, Organisation]) -> str:
    found = bodies.get(words.strip())
    return found.code if found else ""

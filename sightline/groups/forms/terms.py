"""What people write into terms of reference, section by section, and that a group approved them. Parsed, never saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.core.groups.terms import MOST_OBJECTIVES, Objective, Written
from sightline.core.rulebook.terms import Line
from sightline.directory.choosing import SubjectWords
from sightline.groups.forms.standing import BODY_HELP, ChoosesBodies
from sightline.groups.queries.terms_recipients import Chosen, Fitting
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose, Ticks

LONGEST = 12_000
SPARE = 2  # empty rows for further objectives
_READ = "Everybody who sees the group reads it."
_DAY = "For example, 31 3 2026."


class SectionForm(Checked, Keyed):
    """A section in a group's own words; ``lines`` are those of the model that are kept or left out one by one."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    words = Prose(
        label="What does it say?",
        help_text="One line for each point. Name offices, not people.",
        rows=10,
        required=False,
        max_length=LONGEST,
    )
    because = Prose(
        label="Why is it changed, or where was that agreed?",
        help_text=f"Such as: proposed at the meeting of 3 March. {_READ}",
        rows=2,
        max_length=2_000,
        error_messages={"required": "Say in a sentence why, or where it was agreed."},
    )

    def __init__(self, *args: Any, now: Written, lines: Sequence[Line] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self._now = now
        self._lines = [one for one in lines if one.id]
        self.fields["words"].initial = now.words
        if lines:
            self.fields["kept"] = Ticks(
                label="Which of these belong to it?",
                choices=[(one.id, one.says) for one in self._lines],
                hints={},
                required=False,
                initial=list(now.kept),
                help_text="What is left out is shown as left out.",
            )
            self.fields["words"].label = "What else belongs to it?"
            self.fields["words"].widget.attrs["rows"] = 4
            self.order_fields(["kept", "words", "because"])

    @property
    def written(self) -> Written:
        """This function will give the section as it was written."""
        kept = tuple(self.cleaned_data["kept"]) if "kept" in self.fields else self._now.kept
        return Written(self._now.id, self.cleaned_data["words"], kept, self._now.objectives)

    @property
    def recipients(self) -> tuple[Chosen, ...] | None:
        """This function will give to whom the group reports, where the section is about that."""
        return None


class StandingForm(SectionForm):
    """A section whose lines stand; only further lines are written."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["words"].label = "What do you add?"
        self.fields["words"].widget.attrs["rows"] = 4
        self.fields["words"].help_text = "One line for each point. The lines above stand in the terms of each group."


class ObjectivesForm(SectionForm):
    """Objectives: each says what it is, by when, and how one will see that it was reached."""

    def __init__(self, *args: Any, now: Written, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self._rows = min(len(now.objectives) + SPARE, MOST_OBJECTIVES)
        for row in range(self._rows):
            self._add(row, now.objectives[row] if row < len(now.objectives) else None)
        self.fields["words"].label = "Anything else about them?"
        self.fields["words"].widget.attrs["rows"] = 4
        names = [f"{name}_{row}" for row in range(self._rows) for name in ("says", "by", "success", "how")]
        self.order_fields([*names, "words", "because"])

    def _add(self, row: int, one: Objective | None) -> None:
        what = f"Objective {row + 1}"
        told = {"required": False, "max_length": 1_000}
        empty = "" if one else " Leave all four empty where there is none."
        self.fields[f"says_{row}"] = Prose(
            label=f"{what}: what is to be reached?", rows=2, initial=one.says if one else "",
            help_text=f"Something that can be counted or seen.{empty}", **told,
        )  # fmt: skip
        self.fields[f"by_{row}"] = DayField(
            label=f"{what}: by when?", required=False, initial=one.by_on if one else None, help_text=_DAY
        )
        self.fields[f"success_{row}"] = Prose(
            label=f"{what}: how will one see that it was reached?", rows=2, initial=one.success if one else "", **told
        )
        self.fields[f"how_{row}"] = Prose(
            label=f"{what}: by what will it come about?", rows=2, initial=one.how if one else "",
            help_text="Nobody has to say.", **told,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """This function will ask for the rest of an objective of which something is said."""
        given: dict[str, Any] = super().clean() or {}
        for row in range(self._rows):
            parts = {name: given.get(f"{name}_{row}") for name in ("says", "by", "success", "how")}
            if not any(parts.values()):
                continue
            for name, says in (
                ("says", "Say what is to be reached."),
                ("by", "Say by when: an objective has a day."),
                ("success", "Say how one will see that it was reached."),
            ):
                if not parts[name] and f"{name}_{row}" not in self.errors:
                    self.add_error(f"{name}_{row}", f"Objective {row + 1}: {says}")
        return given

    @property
    def written(self) -> Written:
        """This function will give the section with its objectives."""
        given = self.cleaned_data
        rows = [row for row in range(self._rows) if given.get(f"says_{row}")]
        found = [
            Objective(given[f"says_{row}"], given[f"success_{row}"], given[f"by_{row}"], given[f"how_{row}"])
            for row in rows
        ]
        return Written(self._now.id, given["words"], self._now.kept, tuple(found))


class ReportingForm(SectionForm, ChoosesBodies):
    """To whom the group reports: of each recipient, the groups and bodies that fit, and one other body at a time."""

    bodies = ("other",)
    other = SubjectWords(label="Another body, which is not listed above", required=False, help_text=BODY_HELP)
    other_as = forms.ChoiceField(label="As which of these does that other body get the reports?", required=False)

    def __init__(self, *args: Any, found: Sequence[Fitting], chosen: Mapping[str, Chosen], **given: Any) -> None:
        super().__init__(*args, **given)
        self._found = found
        for one in found:
            mine = chosen.get(one.to.id, Chosen(one.to.id))
            options = [(f"group:{each.pk}", each.name) for each in one.groups]
            options += [(f"body:{each.pk}", each.name) for each in one.bodies]
            self.fields[f"to_{one.to.id}"] = Ticks(
                label=f"{one.to.name}: who is that here?",
                choices=options,
                hints={},
                required=False,
                initial=[*(f"group:{key}" for key in mine.groups), *(f"body:{key}" for key in mine.bodies)],
                help_text="" if options else "Nobody here is known to fit. Name the body below.",
            )
        field = self.fields["other_as"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None"), *((one.to.id, one.to.name) for one in found)]
        self.order_fields([*(f"to_{one.to.id}" for one in found), "other", "other_chosen", "other_as", "words"])

    def clean(self) -> dict[str, Any]:
        """This function will ask as what another body gets the reports."""
        given = super().clean()
        if given.get("other") is not None and not given.get("other_as"):
            self.add_error("other_as", "Say as which of these it gets the reports.")
        return given

    @property
    def recipients(self) -> tuple[Chosen, ...]:
        """This function will give, recipient by recipient, the groups and bodies that were chosen."""
        return tuple(one for one in map(self._chosen, self._found) if one.groups or one.bodies)

    def _chosen(self, one: Fitting) -> Chosen:
        keys = self.cleaned_data[f"to_{one.to.id}"]
        groups = frozenset(UUID(key.removeprefix("group:")) for key in keys if key.startswith("group:"))
        bodies = frozenset(UUID(key.removeprefix("body:")) for key in keys if key.startswith("body:"))
        other = self.cleaned_data.get("other")
        if other is not None and self.cleaned_data.get("other_as") == one.to.id:
            bodies |= {other.pk}
        return Chosen(one.to.id, groups, bodies)


class ApproveForm(Checked, Keyed):
    """That the group approved its terms: when, at which meeting, and by when they are looked at again."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    approved_on = DayField(
        label="On which day were they approved?",
        help_text=_DAY,
        error_messages={"required": "Give the day on which the group approved them."},
    )
    because = Prose(
        label="By whom, or at which meeting?",
        help_text=f"Such as: agreed by all members at the meeting of 3 March. {_READ}",
        rows=2,
        max_length=2_000,
        error_messages={"required": "Say by whom, or at which meeting."},
    )
    next_review_on = DayField(
        label="By when are they looked at again?",
        required=False,
        help_text="Empty for the latest day that the guidance allows.",
    )

"""What people say of a group's cycle of business, its plan and its themes. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from sightline.core.meetings.cycle import LONGEST as LONGEST_CYCLE
from sightline.core.meetings.cycle import THEME_KIND, ThemeKind
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.meetings.cycle_given import CycleAgreed, ThemeSays, ToDiscuss
from sightline.meetings.forms.planning import LONGEST
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose
from sightline.web.wording import month as month_words

NO_SECTOR = "none"  # how the sector of those for whom none is on record stands in a form


class CycleForm(Checked, Keyed):
    """A cycle as a group agreed it; ``meetings`` are those at which it may have been, ``sectors`` those of its providers."""

    begins_on = DayField(label="When does the cycle begin?", help_text="For example 1 4 2026.")
    months = forms.IntegerField(
        label="Within how many months is everybody discussed once?", min_value=1, max_value=LONGEST_CYCLE
    )
    review_months = forms.IntegerField(label="After how many months does the group look at it again?", min_value=1)
    because = Prose(label="Why is it like this?", required=False, max_length=LONGEST, rows=2)
    field_order = ["begins_on", "months", "review_months", "together", "at_meeting", "because"]

    def __init__(
        self,
        *args: Any,
        sectors: Mapping[str, str],
        meetings: Sequence[tuple[str, str]],
        presides: bool,
        hints: Mapping[str, str],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        for name, words in hints.items():
            self.fields[name].help_text = words
        self.fields["together"] = forms.MultipleChoiceField(
            label="Which sectors does the group discuss as one?",
            choices=[(key or NO_SECTOR, words) for key, words in sectors.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="The providers of every other sector are each planned by themselves.",
        )
        without = [("", "At no meeting: I agree it as the chair")] if presides else [("", "Choose")]
        self.fields["at_meeting"] = forms.ChoiceField(
            label="At which meeting was it agreed?", choices=[*without, *meetings], required=not presides
        )
        self.order_fields(self.field_order)

    def agreed(self) -> CycleAgreed:
        """This function will give what was filled in as the operation takes it."""
        given = self.cleaned_data
        together = tuple("" if one == NO_SECTOR else one for one in given["together"])
        return CycleAgreed(given["begins_on"], given["months"], given["review_months"], together, given["because"])


class MonthField(forms.ChoiceField):
    """One of the months of a cycle."""

    def __init__(self, months: Sequence[date], *, none: str = "Choose", **given: Any) -> None:
        listed = [(one.isoformat(), month_words(one)) for one in months]
        super().__init__(choices=[("", none), *listed], **given)

    def clean(self, value: Any) -> Any:
        """This function will give the first day of the month, or nothing."""
        chosen = super().clean(value)
        return date.fromisoformat(chosen) if chosen else None


class AddForm(Checked, ChoosesSubjects):
    """A subject or a sector for the plan, and its month."""

    subject = SubjectWords(
        label="About whom or what?",
        required=False,
        help_text="A provider, a place, a pathway. Or choose a sector below.",
    )
    why = Prose(label="Why?", required=False, max_length=LONGEST, rows=2)
    field_order = ["subject", "subject" + CHOSEN, "sector", "month", "why"]

    def __init__(self, *args: Any, months: Sequence[date], sectors: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        listed = [(key or NO_SECTOR, words) for key, words in sectors.items()]
        self.fields["sector"] = forms.ChoiceField(
            label="Or a sector as one", choices=[("", "No sector"), *listed], required=False
        )
        self.fields["month"] = MonthField(months, label="For which month?")
        self.order_fields(self.field_order)

    def to_discuss(self) -> ToDiscuss:
        """This function will give what was filled in as the operation takes it."""
        given = self.cleaned_data
        sector = None if not given["sector"] else given["sector"].replace(NO_SECTOR, "")
        return ToDiscuss(given["month"], given["why"], given["subject"], sector)


class MoveForm(Checked, forms.Form):
    """Another month for what is planned."""

    because = Prose(label="Why is it moved?", max_length=LONGEST, rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, months: Sequence[date], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["month"] = MonthField(months, label="For which month?")
        self.order_fields(["month", "because"])


class DropForm(Checked, forms.Form):
    """That something comes out of the plan."""

    because = Prose(label="Why is it taken out of the plan?", max_length=LONGEST, rows=2)


class ThemeForm(Checked, Keyed):
    """A theme that a member would have the group discuss."""

    title = forms.CharField(label="What is the theme?", max_length=250)
    kind = forms.ChoiceField(
        label="What is it about?",
        choices=[(one.value, words) for one, words in THEME_KIND.items()],
        widget=forms.RadioSelect,
        initial=ThemeKind.QUALITY_ISSUE.value,
    )
    why = Prose(
        label="Why should the group discuss it?",
        max_length=LONGEST,
        help_text="What you have seen or heard, and where.",
    )
    field_order = ["title", "kind", "why"]

    def theme(self) -> ThemeSays:
        """This function will give what was filled in as the operation takes it."""
        given = self.cleaned_data
        return ThemeSays(ThemeKind(given["kind"]), given["title"], given["why"])


class ThemeAnswerForm(Checked, forms.Form):
    """What becomes of a theme: a month of the plan, or the reason why not."""

    because = Prose(
        label="Why?",
        required=False,
        max_length=LONGEST,
        rows=2,
        help_text="Needed where it is not taken in. Whoever proposed it reads this.",
    )

    def __init__(self, *args: Any, months: Sequence[date], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["month"] = MonthField(
            months, none="It is not taken into the plan", label="When does the group discuss it?", required=False
        )
        self.order_fields(["month", "because"])


class ReviewForm(Checked, Keyed):
    """That the group looked at something again."""

    reviewed_on = DayField(label="On which day did the group look at it again?", help_text="For example 27 3 2026.")
    says = Prose(label="What came of it?", max_length=LONGEST, help_text="Also where everything stays as it is.")
    field_order = ["reviewed_on", "says"]

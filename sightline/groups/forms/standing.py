"""What people say of groups, seats and offices. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.rulebook.groups import GroupType, Use
from sightline.core.rulebook.levels import Slot
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.groups.keeping import system_of_area
from sightline.groups.words import SEAT_PART, SeatPart
from sightline.web.fields import Choices, DayField

LONGEST = 2000
OTHER = "other"
BODY_HELP = "The name or a part of it, or the code."


class ChoosesBodies(ChoosesSubjects):
    """A form in which an organisation is chosen by name or code, and given as the organisation itself."""

    bodies: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """This function will put the organisation in the place of the subject that stands for it."""
        given = super().clean()
        for name in self.bodies:
            subject = given.get(name)
            if subject is not None and subject.organisation is None:
                self.add_error(name, f"“{subject.name}” is no organisation. Choose one.")
            given[name] = subject.organisation if subject is not None else None
        return given


def because(label: str, hint: str) -> forms.CharField:
    """This function will ask for a reason, which those who keep the groups read."""
    help_text = f"{hint} Those who keep the groups read it."
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text
    )


class GroupForm(ChoosesBodies):
    """A new group; ``types`` are choices of the guidance in force, each with what it is for.

    Whoever keeps the groups of several ``systems`` may choose to whose record it belongs. Of whoever keeps those of one
    it is that one's, where nothing says in which the area lies.
    """

    bodies = ("area",)
    subject = SubjectWords(
        label="About whom or what is it?",
        required=False,
        help_text=f"Only where the type says that it is about one. {BODY_HELP}",
    )
    name = forms.CharField(label="What is the group called?", max_length=250)
    area = SubjectWords(label="For which place, system or region does it sit?", help_text=BODY_HELP)
    begun_on = DayField(label="Since when is there this group?", help_text="For example 1 4 2026.")
    assures = forms.BooleanField(
        label="It also serves as the board’s formal committee for the assurance of quality", required=False
    )
    because = because("What is this based on?", "Such as: terms of reference of 3 March.")
    field_order = [
        "kind", "subject", "subject" + CHOSEN, "name", "area", "area" + CHOSEN, "system", "begun_on", "assures",
        "because",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, types: Mapping[str, tuple[str, str]], systems: Mapping[str, str], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self._on = given["on"]
        self._systems = tuple(systems)
        self.fields["kind"] = Explained("Which type of group is it?", types)
        if len(systems) == 1:
            (name,) = systems.values()
            words = f"{BODY_HELP} If its system is not known, the group is on the record of {name}."
            self.fields["area"].help_text = words
        if len(systems) > 1:
            self.fields["system"] = forms.ChoiceField(
                label="To whose record does it belong?",
                choices=[("", "That of the area for which it sits"), *systems.items()],
                required=False,
                help_text="Choose one where the area lies in several systems, or in none that is known.",
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will give what the group is to serve as beside itself."""
        given = super().clean()
        given["uses"] = frozenset({Use.ASSURANCE_COMMITTEE}) if given.pop("assures", False) else frozenset()
        area = given.get("area")
        if area is not None and len(self._systems) == 1 and not system_of_area(area, self._on):
            (given["system"],) = self._systems
        return given


class Explained(forms.ChoiceField):
    """Radio buttons, each with what it means; choices by id, as their name and what they mean."""

    def __init__(self, label: str, choices: Mapping[str, tuple[str, str]]) -> None:
        self.hints = {key: means for key, (_, means) in choices.items() if means}
        named = [(key, name) for key, (name, _) in choices.items()]
        super().__init__(label=label, choices=named, widget=forms.RadioSelect)


class EndGroupForm(forms.Form):
    """The end of a group."""

    ends_on = DayField(label="From which day on is there no such group?", help_text="For example 1 4 2026.")
    because = because("Why does it end?", "Such as: merged with the group of the next place.")


class ProvidersForm(forms.Form):
    """Whether a review meets without the providers concerned (MEM-10)."""

    who = Choices(
        label="Do the providers concerned take part?",
        choices=[("with", "They take part"), ("without", "Partners meet without them")],
        hints={"without": "Nobody is seated for a provider then, none is missed, and the note says so."},
        error_messages={"required": "Choose one of the two."},
    )
    because = because("Why?", "Such as: what is to be discussed first must not reach those concerned.")

    def clean(self) -> dict[str, Any]:
        """This function will give whether they are apart, and why."""
        given = super().clean() or {}
        return {**given, "is_apart": given["who"] == "without"} if "who" in given else given


class GuidanceForm(forms.Form):
    """Another guidance from a day on."""

    from_on = DayField(label="From which day on?", help_text="For example 1 4 2026.")
    because = because("What is this based on?", "Such as: agreed at the meeting of 3 March.")
    field_order = ["pack", "from_on", "because"]

    def __init__(self, *args: Any, packs: Mapping[str, tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["pack"] = Explained("By which guidance will it work?", packs)
        self.order_fields(self.field_order)


class SeatForm(ChoosesBodies):
    """A new seat: one of those that the guidance expects of a type of group, or another one.

    ``offers`` are the expected ones, each with its words, by its category and whom it adds among those: “lay.healthwatch”.
    """

    bodies = ("organisation",)
    title = forms.CharField(
        label="What is it called?",
        max_length=120,
        required=False,
        help_text="For another seat. Of one that the guidance expects, only where it has a name of its own here.",
    )
    part = forms.TypedChoiceField(
        label="What does whoever sits there do?",
        choices=[("", "Choose"), *((one.value, words) for one, words in SEAT_PART.items())],
        coerce=SeatPart,
        empty_value=None,
        required=False,
        help_text="Only for another seat.",
    )
    organisation = SubjectWords(
        label="Which organisation fills it?", required=False, help_text=f"{BODY_HELP} Empty where none does."
    )
    field_order = ["expected", "title", "part", "organisation", "organisation" + CHOSEN]

    def __init__(self, *args: Any, offers: Mapping[str, tuple[str, str]], kind: GroupType | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self._kind = kind
        if offers:
            self.fields["expected"] = Explained("Which seat is it?", {**offers, OTHER: ("Another seat", "")})
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will give title, part and category: those of the expected seat, or what was typed."""
        given = super().clean()
        category, _, among = (given.pop("expected", "") or "").partition(".")
        chosen = self._kind.seat(category) if self._kind else None
        if chosen is not None:
            title = given.get("title") or chosen.called(among)
            return {**given, "title": title, "part": chosen.part, "category": category, "among": among}
        if not self.errors.get("expected"):
            if not given.get("title"):
                self.add_error("title", "Say what the seat is called.")
            if not given.get("part"):
                self.add_error("part", "Choose what whoever sits there does.")
        return given


class _ChoosesPerson(forms.Form):
    """A form in which one of the keeper's colleagues is chosen."""

    person = forms.ChoiceField(label="Who is it?")

    def __init__(self, *args: Any, people: Iterable[Person], **given: Any) -> None:
        super().__init__(*args, **given)
        self._people = {str(one.pk): one for one in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a person"), *((key, one.display_name) for key, one in self._people.items())]

    def clean_person(self) -> Person:
        """This function will give the person who was chosen."""
        return self._people[self.cleaned_data["person"]]


def since() -> DayField:
    """This function will ask for the first day."""
    return DayField(label="Since when?", required=False, help_text="For example 1 4 2026. Empty for today.")


def until() -> DayField:
    """This function will ask for the day on which something ends by itself, where that is foreseen."""
    return DayField(
        label="From which day on no longer?",
        required=False,
        help_text="Where it is known already. Empty while it goes on.",
    )


class SeatingForm(_ChoosesPerson):
    """Who sits on a seat."""

    is_deputy = forms.BooleanField(label="They stand in for whoever sits there", required=False)
    valid_from = since()
    valid_to = until()
    why_both = forms.CharField(
        label="If they have a seat here already: why both?",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="At any time they count for one seat alone. Empty for everybody else.",
    )


class EndSeatForm(forms.Form):
    """The end of a seat."""

    ends_on = DayField(
        label="From which day on is there no such seat?", required=False, help_text="Empty for today, at once."
    )
    because = because("Why is it no longer needed?", "Such as: the organisation was merged with another.")


class EndSeatingForm(forms.Form):
    """The end of somebody's time on a seat."""

    ends_on = DayField(
        label="From which day on do they no longer sit there?", required=False, help_text="Empty for today, at once."
    )


class OfficeForm(_ChoosesPerson, ChoosesBodies):
    """Who fills a role for an organisation; ``roles`` are those of the guidance, by their slots."""

    bodies = ("organisation",)
    organisation = SubjectWords(label="For which organisation?", help_text=BODY_HELP)
    is_delegate = forms.BooleanField(label="They act for whoever holds it", required=False)
    valid_from = since()
    valid_to = until()
    because = because("Where is this laid down?", "Such as: scheme of delegation of 1 April, section 4.")
    field_order = [
        "slot", "organisation", "organisation" + CHOSEN, "person", "is_delegate", "valid_from", "valid_to", "because",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, roles: Mapping[Slot, str], people: Iterable[Person], actor: Actor, on: date, **given: Any
    ) -> None:
        super().__init__(*args, people=people, actor=actor, on=on, **given)
        self.fields["slot"] = forms.TypedChoiceField(
            label="Which role?",
            choices=[("", "Choose a role"), *((one.value, name) for one, name in roles.items())],
            coerce=Slot,
        )
        self.order_fields(self.field_order)


class EndOfficeForm(forms.Form):
    """The end of an office."""

    ends_on = DayField(
        label="From which day on is it no longer held?", required=False, help_text="Empty for today, at once."
    )
    because = because("Why does it end?", "Such as: left the organisation.")

"""What is asked for an action: its words, its owner, and a whole new one; for the pages here and of later stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.actions.giving import Owner, Stated
from sightline.actions.queries import choices
from sightline.actions.words import KIND, KIND_MEANS
from sightline.core.access import Actor
from sightline.core.actions.facts import ActionKind
from sightline.core.actions.rules import is_group, the_group
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.groups.models import Group
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose

NO_ACCOUNT = "other"
NEARBY = "bodies-near"  # the list of organisations that stands beside the field
_BODY = "The name or a part of it, or the code. The group has no powers of its own, so it is never the group itself."


def owning(actor: Actor, group: Group, on: date) -> dict[str, Any]:
    """This function will give what a form that asks for an owner is given."""
    names = [group.name, *(one.name for one in choices.groups_to_keep(actor, on))]
    return {"actor": actor, "on": on, "people": choices.people_to_own(actor, group, on), "groups": names}


class StatedFields(Checked):
    """What an action says (ACT-01, ACT-03, ACT-07, ACT-09)."""

    issue = Prose(
        label="Which issue does it answer?", error_messages={"required": "Say in a sentence which issue it answers."}
    )
    resolution = Prose(
        label="What is to be done?",
        help_text="One thing, told so that somebody who was not there can do it.",
        error_messages={"required": "Say in a sentence what is to be done."},
    )
    done_when = Prose(
        label="How will one know that it is done?",
        help_text="What will be seen, counted or sent.",
        required=False,
        rows=2,
    )
    kind = Choices(
        label="What type of action is it?",
        choices=[(one.value, name) for one, name in KIND.items()],
        hints={one.value: says for one, says in KIND_MEANS.items()},
    )
    disagreement = Prose(
        label="Does one member commit to it alone, against the view of others? About what do they disagree, and why?",
        help_text="Leave it empty where the group agreed.",
        required=False,
        rows=2,
    )

    def stated(self) -> Stated:
        """This function will give what the action says as the operation takes it."""
        given = self.cleaned_data
        texts = {name: given[name] for name in ("issue", "resolution", "done_when", "disagreement")}
        return Stated(kind=ActionKind(given["kind"]), **texts)


class OwnerFields(ChoosesSubjects, Checked):
    """Who takes an action forward, and under whose powers; ``groups`` are the names of groups, which never do (GRP-13)."""

    owner_name = forms.CharField(
        label="Their name",
        help_text="Only for somebody else, who has no account here.",
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation = SubjectWords(
        label="Under which organisation’s own powers do they act?",
        help_text=_BODY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "list": NEARBY}),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[Person, str]], groups: Sequence[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = {str(one.pk): one for one, _ in people}
        self.groups = tuple(groups)
        named = [(str(one.pk), f"{one.display_name} – {seat}" if seat else one.display_name) for one, seat in people]
        self.fields["owner"] = forms.ChoiceField(
            label="Who takes it forward?",
            choices=[("", "Choose"), *named, (NO_ACCOUNT, "Somebody else: I give the name")],
            help_text="Whoever has an account is told of it, sees it here, and can report on it.",
        )

    def texts(self) -> dict[str, str]:
        """This function will leave out whose action it is: that is a name on purpose."""
        return {name: words for name, words in super().texts().items() if name != "owner_name"}

    def clean(self) -> dict[str, Any]:
        """This function will put the organisation in the place of the words that mean it, and refuse the group (GRP-13)."""
        given = super().clean()
        subject = given.get("organisation")
        typed = str(self["organisation"].data or "")
        if subject is None and is_group(typed, self.groups):
            self.errors.pop("organisation", None)
            self.add_error("organisation", the_group().reasons[0].cited)
        elif subject is not None and subject.organisation is None:
            self.add_error("organisation", f"“{subject.name}” is no organisation. Choose one.")
        if given.get("owner") == NO_ACCOUNT and not given.get("owner_name"):
            self.add_error("owner_name", "Give the name of whoever takes it forward.")
        elif given.get("owner_name") and given.get("owner") in self.people:
            self.add_error("owner_name", "An action has one owner: give no name here, or choose somebody else above.")
        return given

    def owner(self) -> Owner:
        """This function will give the owner as the operation takes them."""
        given = self.cleaned_data
        person = self.people.get(given["owner"])
        return Owner(given["organisation"].organisation, person, given["owner_name"])


class NewActionForm(OwnerFields, StatedFields, Keyed):
    """A new action."""

    subject = SubjectWords(
        label="Whom or what is it about?",
        help_text="The name or a part of it, or the code. Empty where it is about no one in particular.",
        required=False,
    )
    due_on = DayField(label="By when?", help_text="For example 27 3 2026.")
    raised_on = DayField(label="When was it raised?", help_text="Today, if left empty.", required=False)

    def __init__(self, *args: Any, has_subject: bool = False, has_day: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        if has_day:  # it was agreed at a meeting, on its day
            self.fields.pop("raised_on")
        if has_subject:  # the group or the item is about one subject, and so is the action
            for name in ("subject", "subject" + CHOSEN):
                self.fields.pop(name, None)
        self.order_fields(
            [
                "issue", "subject", "subject" + CHOSEN, "resolution", "done_when", "kind", "owner", "owner_name",
                "organisation", "organisation" + CHOSEN, "due_on", "raised_on", "disagreement",
            ]
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        days: dict[str, Any] = {name: told[name] for name in ("due_on", "raised_on", "form_key") if name in told}
        return {"stated": self.stated(), "owner": self.owner(), "subject": told.get("subject"), **days}

"""What people say of members: authority, whom they asked, what they need, how a body hears people. Parsed, never saved."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.core.intelligence.checking import Remedy
from sightline.groups.member_words import NEED, NEED_MEANS, Need
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Prose, Ticks

LONGEST = 2_000
_A_DAY = "For example, 31 3 2026."
YES, NO = "yes", "no"


class _Unnamed(Checked):
    """Words in which nobody is named."""

    remedies = (Remedy.MASK, Remedy.CHANGE)


class AuthorityForm(_Unnamed):
    """Whether somebody may decide for their organisation, and who said so."""

    confirmed = Choices(
        label="May they decide for their organisation there and then?",
        choices=[(YES, "Yes"), (NO, "No, another body has to approve")],
        hints={},
        error_messages={"required": "Choose one of the two."},
    )
    approver = forms.CharField(
        label="If not: which body has to approve?",
        max_length=250,
        required=False,
        help_text="Such as: the trust board.",
    )
    approves_on = DayField(
        label="If not: when does it meet?", required=False, help_text=f"{_A_DAY} Empty if not known."
    )
    said_by = forms.CharField(
        label="Who said so, and where?",
        max_length=500,
        help_text="By their post, not their name. Such as: the chief executive, letter of 1 April.",
        error_messages={"required": "Say who said so, by their post, and where."},
    )

    def clean(self) -> dict[str, Any]:
        """This function will give the answer as yes or no."""
        given = super().clean() or {}
        given["is_confirmed"] = given.pop("confirmed", "") == YES
        return given


class RepresentativeForm(_Unnamed):
    """Whom the group asked for somebody who sits on an empty seat."""

    asked = forms.CharField(
        label="Who was asked, and how?",
        max_length=500,
        help_text="By their post, not their name. Such as: the chief nurse, by email.",
        error_messages={"required": "Say who was asked, by their post, and how."},
    )
    asked_on = DayField(label="On which day?", required=False, help_text=f"{_A_DAY} Empty for today.")
    answer_by = DayField(label="By when is an answer hoped for?", required=False, help_text=f"{_A_DAY} May be empty.")


class NeedsForm(_Unnamed):
    """What somebody needs to take part, as they say it themself."""

    needs = Ticks(
        label="What do you need to take part?",
        choices=[(one.value, words) for one, words in NEED.items()],
        hints={one.value: words for one, words in NEED_MEANS.items()},
        required=False,
    )
    words = Prose(
        label="Anything else, or more about these?",
        required=False,
        rows=3,
        max_length=LONGEST,
        help_text="Say what helps. Nobody needs to know why.",
    )

    def clean_needs(self) -> tuple[Need, ...]:
        """This function will give what was ticked."""
        return tuple(Need(one) for one in self.cleaned_data["needs"])


class EngagementForm(_Unnamed):
    """How a member organisation hears patients and the public."""

    words = Prose(
        label="How does it hear patients and the public?",
        rows=4,
        max_length=LONGEST,
        help_text="Such as: a panel of patients that meets each month, and what it says goes to the quality committee. "
        "Everybody who sits in the group reads it.",
        error_messages={"required": "Say how it hears patients and the public."},
    )

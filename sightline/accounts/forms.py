"""Forms about people and sign-in: they parse and validate, and never save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from sightline.accounts.models import GRANTABLE
from sightline.accounts.words import role_words
from sightline.core.access import Role
from sightline.web.fields import DayField


class PlainWords(forms.BaseForm):
    """Our words on another's form: labels and hints."""

    words: Mapping[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, (label, hint) in self.words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint


CHOOSING = "At least 12 characters. Three words that you do not use elsewhere are a good choice."
CODE = "The six figures that your authenticator app shows, or one of your recovery codes."


class SignIn(PlainWords, LoginForm):
    """E-mail address and password."""

    words = {"login": ("E-mail address", ""), "password": ("Password", "")}


class ChangePassword(PlainWords, ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    words = {
        "oldpassword": ("Your password now", ""),
        "password1": ("New password", CHOOSING),
        "password2": ("New password again", ""),
    }


class NewPassword(PlainWords, SetPasswordForm):
    """A password of one's own in place of a first password."""

    words = {"password1": ("New password", CHOOSING), "password2": ("New password again", "")}

    def clean_password1(self) -> str:
        """This function will not let the first password stand."""
        chosen: str = self.cleaned_data["password1"]
        if self.user and self.user.check_password(chosen):
            raise forms.ValidationError("This is the password that you were given. Choose another.")
        return chosen


class PasswordAgain(PlainWords, ReauthenticateForm):
    """The password once more, before something sensitive."""

    words = {"password": ("Password", "")}


class SecondStep(PlainWords, AuthenticateForm):
    """The second step of sign-in."""

    words = {"code": ("Code", CODE)}


class CodeAgain(PlainWords, CodeAgainForm):
    """A code once more, before something sensitive."""

    words = {"code": ("Code", CODE)}


class SetUpApp(PlainWords, ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it was set up."""

    words = {"code": ("Code", "The six figures that the app shows for Sightline.")}


class AddPasskey(PlainWords, AddWebAuthnForm):
    """A name for a passkey or security key."""

    words = {
        "name": ("Name of the key", "Such as “work laptop”."),
        "passwordless": (
            "Sign in with this key alone",
            "The device then checks that it is you, by fingerprint, face or PIN.",
        ),
    }


class RenamePasskey(PlainWords, EditWebAuthnForm):
    """Another name for a passkey or security key."""

    words = {"name": ("Name of the key", "Such as “work laptop”.")}


class RoleForm(forms.Form):
    """Which role somebody is to hold, where, and for how long."""

    role = forms.ChoiceField(label="Role", choices=[(role.value, role_words(role)) for role in GRANTABLE])
    system = forms.CharField(
        label="System", max_length=20, required=False, help_text="The code of the integrated care board. Empty for all."
    )
    organisation = forms.CharField(
        label="Organisation",
        max_length=20,
        required=False,
        help_text="The code of the organisation that the person speaks for. Needed for a provider.",
    )

    def clean_role(self) -> Role:
        """This function will give the role as the rules know it."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """This function will ask a provider’s role for its organisation (PER-10)."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("role") is Role.PROVIDER and not given.get("organisation"):
            self.add_error("organisation", "Give the code of the organisation that this person speaks for.")
        return given


class GrantForm(RoleForm):
    """A further role, from a day on."""

    valid_from = DayField(label="From", required=False, help_text="For example 27 3 2026. Empty for today.")
    valid_to = DayField(
        label="Until", required=False, help_text="The first day on which it no longer holds. Empty for no end."
    )

    def clean(self) -> dict[str, Any]:
        """This function will see that the role ends after it begins."""
        given = super().clean()
        begins, ends = given.get("valid_from"), given.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error("valid_to", "The role must end after the day on which it begins.")
        return given


class InviteForm(RoleForm):
    """A new person with a first role."""

    field_order = ["email", "display_name", "role", "system", "organisation"]
    email = forms.EmailField(label="E-mail address", max_length=254)
    display_name = forms.CharField(label="Name", max_length=120)


class BecauseForm(forms.Form):
    """A reason in words, which the event log keeps as a keyed hash only."""

    because = forms.CharField(label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SureForm(forms.Form):
    """No question but whether the reader is sure."""

"""How we bend django-allauth: no sign-up, our own step of sign-in, and every act of sign-in in the event log."""

from __future__ import annotations

import time
from typing import Any

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from qrcode.image.svg import SvgPathFillImage

from sightline.accounts.models import Person
from sightline.audit.operation import append
from sightline.core.access import Permission, may

NOBODY = "nobody"


class InvitationOnly(DefaultAccountAdapter):
    """People are invited; what they do to their own account is recorded as ids, never text."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "Too many failed attempts. Wait 15 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """This function will answer no: an administrator invites."""
        return False

    def get_login_stages(self) -> list[str]:
        """This function will add our own step after those of allauth."""
        return [*super().get_login_stages(), "sightline.accounts.stages.NewPassword"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """This function will lead people to the first page that their role lets them see."""
        person: Any = request.user
        today = timezone.localdate()
        if may(person, Permission.SEE_PICTURE, today):
            return str(settings.LOGIN_REDIRECT_URL)
        return reverse("people" if may(person, Permission.KEEP_PEOPLE, today) else "account_home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """This function will lead back to the account page."""
        return reverse("account_home")

    def set_password(self, user: Any, password: str) -> None:
        """This function will keep a password that the person chose, which need not be changed again."""
        user.must_change_password = False
        with transaction.atomic():
            super().set_password(user, password)
            _record(user, "accounts.chose_password")

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """This function will count a sign-in of the last minutes as proof enough, so that nobody is asked twice."""
        request: HttpRequest = self.request
        signed_in = max((record["at"] for record in get_authentication_records(request, request.user)), default=0)
        return bool(time.time() - signed_in >= app_settings.REAUTHENTICATION_TIMEOUT)

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponseBase:
        """This function will record a sign-in."""
        with transaction.atomic():
            response: HttpResponseBase = super().post_login(request, user, **given)
            _record(user, "accounts.signed_in")
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """This function will record that somebody failed, without saying who they said they were."""
        _record(None, "accounts.sign_in_failed")

    def logout(self, request: HttpRequest) -> None:
        """This function will record a sign-out."""
        person = request.user
        super().logout(request)
        if isinstance(person, Person):
            _record(person, "accounts.signed_out")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """This function will record a change to somebody's own account, which allauth tells by this way."""
        _record(user, "accounts." + template_prefix.rpartition("/")[2])
        super().send_notification_mail(template_prefix, user, context, email)


class SecondFactor(DefaultMFAAdapter):
    """The second factor: a QR code that can be scanned from a dark page too."""

    def build_totp_svg(self, url: str) -> str:
        """This function will draw the code on white ground of its own."""
        return bytes(qrcode.make(url, image_factory=SvgPathFillImage).to_string()).decode()


def _record(person: Person | None, verb: str) -> None:
    with transaction.atomic():
        append(
            system=settings.HOME_SYSTEM or "sightline",
            at=timezone.now(),
            actor=person.actor_id if person else NOBODY,
            verb=verb,
            on_kind="Person" if person else "",
            on_id=str(person.pk) if person else "",
            facts={},
        )

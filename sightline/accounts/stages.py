"""A step of sign-in: whoever came with a first password chooses their own before they are in."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStage
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


class NewPassword(LoginStage):
    """Comes after the second factor, so that a first password alone cannot be turned into a lasting one."""

    key = "new_password"
    urlname = "account_new_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """This function will send on to the page for a new password where one must be chosen."""
        person: Any = self.login.user
        if person is None or not person.must_change_password:
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True

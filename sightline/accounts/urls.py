"""Addresses of sign-in, one's own account and people: who may enter stands beside each.

The names of allauth's pages stay allauth's, because allauth looks its pages up by name; only the addresses are ours.
Of its pages those alone are here that we want: nobody signs up, and no e-mail is sent yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.accounts import views
from sightline.core.access import Permission
from sightline.web.gate import needs, needs_sign_in, open_to_all

Mark = Callable[[Any], Any]
ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])
ENTRY = open_to_all("whoever signs in has not signed in yet")
KEEPER = needs(Permission.KEEP_PEOPLE)


def _page(address: str, view: Any, name: str, mark: Mark, methods: Mark = ASK_AND_ANSWER) -> URLPattern:
    return path(address, mark(methods(view)), name=name)


urlpatterns = [
    # Sign-in
    _page("sign-in/", account.login, "account_login", ENTRY),
    _page("sign-in/second-step/", mfa.authenticate, "mfa_authenticate", ENTRY),
    _page("sign-in/passkey/", keys.login_webauthn, "mfa_login_webauthn", ENTRY),
    _page("sign-in/new-password/", views.new_password, "account_new_password", ENTRY),
    _page("sign-in/deactivated/", account.account_inactive, "account_inactive", ENTRY, require_safe),
    _page("sign-out/", account.logout, "account_logout", open_to_all("leaving is always allowed")),
    # One's own account
    _page("account/", views.account_home, "account_home", needs_sign_in, require_safe),
    _page("account/sessions/", sessions.list_usersessions, "usersessions_list", needs_sign_in),
    _page("account/password/", account.password_change, "account_change_password", needs_sign_in),
    # The second factor: all under one address, which the gate leaves open to whoever has none yet
    _page("account/2fa/", mfa.index, "mfa_index", needs_sign_in, require_safe),
    _page("account/2fa/password/", account.reauthenticate, "account_reauthenticate", needs_sign_in),
    _page("account/2fa/code/", mfa.reauthenticate, "mfa_reauthenticate", needs_sign_in),
    _page("account/2fa/key/", keys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", needs_sign_in),
    _page("account/2fa/app/set-up/", totp.activate_totp, "mfa_activate_totp", needs_sign_in),
    _page("account/2fa/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp", needs_sign_in),
    _page("account/2fa/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes", needs_sign_in, require_safe),
    _page("account/2fa/codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes", needs_sign_in),
    _page(
        "account/2fa/codes/file/",
        codes.download_recovery_codes,
        "mfa_download_recovery_codes",
        needs_sign_in,
        require_safe,
    ),
    _page("account/2fa/keys/", keys.list_webauthn, "mfa_list_webauthn", needs_sign_in, require_safe),
    _page("account/2fa/keys/add/", keys.add_webauthn, "mfa_add_webauthn", needs_sign_in),
    _page("account/2fa/keys/<int:pk>/remove/", keys.remove_webauthn, "mfa_remove_webauthn", needs_sign_in),
    _page("account/2fa/keys/<int:pk>/name/", keys.edit_webauthn, "mfa_edit_webauthn", needs_sign_in),
    # People, for administrators
    _page("people/", views.people, "people", KEEPER, require_safe),
    _page("people/invite/", views.invite, "person_invite", KEEPER),
    _page("people/<uuid:person_id>/", views.person, "person", KEEPER, require_safe),
    _page("people/<uuid:person_id>/roles/", views.grant, "person_grant", KEEPER, require_POST),
    _page("people/<uuid:person_id>/deactivate/", views.deactivate, "person_deactivate", KEEPER),
    _page("people/<uuid:person_id>/reactivate/", views.reactivate, "person_reactivate", KEEPER),
    _page("people/<uuid:person_id>/password/", views.new_first_password_for, "person_password", KEEPER),
    _page("people/<uuid:person_id>/second-factor/", views.reset_second_factor, "person_second_factor", KEEPER),
    _page("people/roles/<uuid:grant_id>/end/", views.end_role, "role_end", KEEPER),
]

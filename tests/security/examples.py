"""What stands in each address: one line for every URL that takes arguments.

To add one: the URL's name, and a function from the cast and the persona who asks to the URL's arguments. A name may
be followed by ``@`` and a word where one URL answers differently for different records; the access table then has a
row for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from tests.security.personas import Cast

# Makes records that the sweeps need and no operation of theirs makes: one line for each app that has confidential
# fields. Every model with private fields must have a row in this world, or the canary sweep fails.
WORLD: tuple[Callable[[Cast], None], ...] = ()

Arguments = Mapping[str, Any]


def _own_key(cast: Cast, who: str) -> Arguments:
    keys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return {"pk": keys.filter(user=cast.people.get(who, cast.people["member"])).get().pk}


def _anothers_key(cast: Cast, who: str) -> Arguments:
    return _own_key(cast, "deputy" if who != "deputy" else "member")


def _member(cast: Cast, who: str) -> Arguments:
    return {"person_id": cast.people["member"].pk}


EXAMPLES: Mapping[str, Callable[[Cast, str], Arguments]] = {
    "mfa_remove_webauthn@own": _own_key,
    "mfa_remove_webauthn@anothers": _anothers_key,
    "mfa_edit_webauthn@own": _own_key,
    "mfa_edit_webauthn@anothers": _anothers_key,
    "person": _member,
    "person_grant": _member,
    "person_deactivate": _member,
    "person_reactivate": _member,
    "person_password": _member,
    "person_second_factor": _member,
    "role_end": lambda cast, who: {"grant_id": cast.grant_of("member").pk},
}

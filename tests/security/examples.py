"""What stands in each address: one line for every URL that takes arguments.

To add one: the URL's name, and a function from the cast and the persona who asks to the URL's arguments. A name may
be followed by ``@`` and a word where one URL answers differently for different records; the access table then has a
row for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator

from sightline.directory.models import Subject
from sightline.indicators.models import Delivery, Publication, Rebase
from tests.security import world
from tests.security.personas import SUBJECT, Cast

# Makes records that the sweeps need and no operation of theirs makes: one line for each app that has confidential
# fields. Every model with private fields must have a row in this world, or the canary sweep fails.
WORLD: tuple[Callable[[Cast], None], ...] = (world.build,)

Arguments = Mapping[str, Any]


def _own_key(cast: Cast, who: str) -> Arguments:
    keys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return {"pk": keys.filter(user=cast.people.get(who, cast.people["member"])).get().pk}


def _anothers_key(cast: Cast, who: str) -> Arguments:
    return _own_key(cast, "deputy" if who != "deputy" else "member")


def _member(cast: Cast, who: str) -> Arguments:
    return {"person_id": cast.people["member"].pk}


def _subject(cast: Cast, who: str) -> Arguments:
    return {"subject": Subject.objects.get(key=SUBJECT).pk}


def _series(cast: Cast, who: str) -> Arguments:
    return {"indicator": world.indicator_id(), **_subject(cast, who)}


def _delivery(state: str) -> Callable[[Cast, str], Arguments]:
    return lambda cast, who: {"delivery": Delivery.objects.get(state=state).pk}


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
    "subject": _subject,
    "indicator": lambda cast, who: {"indicator": world.indicator_id()},
    "series": _series,
    "series_csv": _series,
    "body": _subject,
    "record_fact": lambda cast, who: {**_subject(cast, who), "kind": "oversight_segment"},
    "record_commissioning": _subject,
    "record_relation": _subject,
    "record_identifier": _subject,
    "method": lambda cast, who: {"indicator": world.indicator_id()},
    "rebase": _series,
    "withdraw_rebase": lambda cast, who: {**_series(cast, who), "rebase_id": Rebase.objects.get().pk},
    "publication": lambda cast, who: {"publication": Publication.objects.get().pk},
    "import_drop": lambda cast, who: {"batch": Delivery.objects.all()[0].batch},
    "import_mapping": _delivery("mapping"),
    "import_faults": _delivery("refused"),
    "role_end": lambda cast, who: {"grant_id": cast.grant_of("member").pk},
}

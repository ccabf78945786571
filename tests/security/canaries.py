"""Plants a secret token in every confidential field, and finds tokens wherever an answer could carry one."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpResponse

from sightline.accounts.models import Person
from tests.security.personas import Cast

OWNER = "the person whom it is about"

# Models that are not ours and hold something personal: they cannot declare their own private fields.
FOREIGN: Mapping[str, tuple[str, ...]] = {
    "mfa.Authenticator": ("data",),
    "usersessions.UserSession": ("ip", "user_agent", "session_key"),
}


@dataclass(frozen=True)
class MaySee:
    """Who may see a field, and on which pages: names of URLs, ``*`` for any run of letters."""

    who: str
    pages: tuple[str, ...]


# Who may see what. A field without a line may be seen by nobody, anywhere. One line more is all a new field needs.
MAY_SEE: Mapping[str, tuple[MaySee, ...]] = {
    "accounts.Person.display_name": (
        MaySee(OWNER, ("*",)),  # the frame of every page says who is signed in
        MaySee("administrator", ("people", "person", "person_*", "role_end")),
    ),
    "accounts.Person.email": (
        MaySee(OWNER, ("account_home", "mfa_add_webauthn")),
        MaySee("administrator", ("people", "person", "person_*", "role_end")),
    ),
    **dict.fromkeys(
        (
            "indicators.Delivery.file_name",
            "indicators.Delivery.says",
            "indicators.DeliveryFault.column",
            "indicators.DeliveryFault.says",
            "indicators.DeliveryFault.mend",
        ),
        (MaySee("quality_lead", ("import*",)), MaySee("secretariat", ("import*",))),
    ),
    "mfa.Authenticator.data": (MaySee(OWNER, ("mfa_*",)),),  # the name that they gave their own key
    "usersessions.UserSession.ip": (MaySee(OWNER, ("usersessions_list",)),),
    "usersessions.UserSession.user_agent": (MaySee(OWNER, ("usersessions_list",)),),
}


@dataclass(frozen=True)
class Canary:
    """One token: the field it sits in, and the persona whom the record is about."""

    token: str
    field: str
    owner: str | None

    def may_be_seen(self, who: str, page: str) -> bool:
        """This function will say whether a persona may see it on a page."""
        return any(
            (rule.who == who or (rule.who == OWNER and who == self.owner))
            and any(fnmatch(page, pattern) for pattern in rule.pages)
            for rule in MAY_SEE.get(self.field, ())
        )


# --- planting


def confidential() -> dict[type[models.Model], tuple[str, ...]]:
    """This function will name every confidential field of every model, ours and foreign."""
    ours = {model: tuple(getattr(model, "private_fields", ())) for model in apps.get_models()}
    foreign = {apps.get_model(label): fields for label, fields in FOREIGN.items()}
    return {model: fields for model, fields in {**ours, **foreign}.items() if fields}


def plant(cast: Cast) -> list[Canary]:
    """This function will put a token of its own into every confidential field of every record."""
    names = {person.pk: name for name, person in cast.people.items()}
    numbers = itertools.count(1)
    planted = []
    for model, fields in confidential().items():
        for row in model._base_manager.order_by("pk"):
            for field in fields:
                label = f"{model._meta.label}.{field}"
                token = f"canary{next(numbers):06x}bird"
                token = PLANTERS.get(label, _plant_text)(row, field, token)
                planted.append(Canary(token, label, names.get(_about(row))))
    for person in cast.people.values():
        person.refresh_from_db()
        person.forget_cached()
    return planted


def _about(row: models.Model) -> Any:
    if isinstance(row, Person):
        return row.pk
    return getattr(row, "person_id", None) or getattr(row, "user_id", None)


def _plant_text(row: models.Model, field: str, token: str) -> str:
    kind = row._meta.get_field(field)
    match kind:
        case models.EmailField():
            value: Any = f"{token}@example.org"
        case models.JSONField():
            value = {"canary": token}
        case models.CharField() | models.TextField():
            value = token
            if kind.max_length and kind.max_length < len(token):
                raise AssertionError(f"{field} is too short for a token: add a line to PLANTERS.")
        case _:
            raise AssertionError(f"No token can be put into {kind}: add a line to PLANTERS.")
    type(row)._base_manager.filter(pk=row.pk).update(**{field: value})
    return token


def _plant_authenticator(row: Any, field: str, token: str) -> str:
    """A key must still work, and keeps its name; a secret of an app, or a seed of codes, is replaced."""
    kind = {"webauthn": "name", "totp": "secret", "recovery_codes": "seed"}[row.type]
    type(row)._base_manager.filter(pk=row.pk).update(data={**row.data, kind: token})
    return token


def _plant_address(row: Any, field: str, token: str) -> str:
    address = f"2001:db8::{int(token[6:12], 16):x}:0:1"
    type(row)._base_manager.filter(pk=row.pk).update(ip=address)
    return address


def _as_it_is(row: Any, field: str, token: str) -> str:
    """A session's key is a secret already, and changing it would end the session."""
    return str(getattr(row, field))


def _plant_file_name(row: Any, field: str, token: str) -> str:
    type(row)._base_manager.filter(pk=row.pk).update(file_name=f"{token}.csv")
    return token


PLANTERS: Mapping[str, Callable[[Any, str, str], str]] = {
    "indicators.Delivery.file_name": _plant_file_name,
    "mfa.Authenticator.data": _plant_authenticator,
    "usersessions.UserSession.ip": _plant_address,
    "usersessions.UserSession.session_key": _as_it_is,
}


# --- finding

_DATA_URI = re.compile(rb"base64,([A-Za-z0-9+/=]{16,})")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
DEEPEST = 4


def found_in(answer: HttpResponse, canaries: list[Canary]) -> list[Canary]:
    """This function will find tokens in an answer: its headers, its body, and whatever is packed in its body."""
    everything = "\n".join(_texts(answer)).lower()
    if "canary" not in everything and "2001:db8" not in everything and not _has_key(everything, canaries):
        return []
    return [canary for canary in canaries if canary.token.lower() in everything]


def _has_key(text: str, canaries: list[Canary]) -> bool:
    return any(c.token in text for c in canaries if c.field.endswith("session_key"))


def _texts(answer: HttpResponse) -> Iterator[str]:
    # The cookie that carries one's own session is the session's key by nature, and goes to its owner alone.
    yield "\n".join(f"{name}: {value}" for name, value in answer.items())
    for part in _unpacked(answer.content, DEEPEST):
        yield part.decode("utf-8", "replace")
        yield part.decode("utf-16-le", "replace")


def _unpacked(body: bytes, deeper: int) -> Iterator[bytes]:
    yield body
    if not deeper:
        return
    for inner in itertools.chain(_members(body), _compressed(body), _encoded(body)):
        yield from _unpacked(inner, deeper - 1)


def _members(body: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield packed.read(name)


def _compressed(body: bytes) -> Iterator[bytes]:
    if body[:2] == b"\x1f\x8b":
        yield gzip.decompress(body)
    if body[:4] == b"%PDF":
        for stream in _PDF_STREAM.findall(body):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue


def _encoded(body: bytes) -> Iterator[bytes]:
    for text in _DATA_URI.findall(body):
        try:
            yield base64.b64decode(text, validate=True)
        except binascii.Error:
            continue

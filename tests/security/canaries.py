"""Plants a secret token in every confidential field, and finds tokens wherever an answer could carry one."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import itertools
import json
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
from tests.security.knowing import BY_RECORD, KEEPS, READS, RELEASES, Knowing, MaySee, Rules, holding, those
from tests.security.knowing_levels import LEVELS
from tests.security.personas import HOME, Cast

OWNER = "the person whom it is about"

# Models that are not ours and hold something personal: they cannot declare their own private fields.
FOREIGN: Mapping[str, tuple[str, ...]] = {
    "mfa.Authenticator": ("data",),
    "usersessions.UserSession": ("ip", "user_agent", "session_key"),
}


# What nobody typed, and what yet tells who spoke: the road by which an item came, where it is one person's alone.
TELLING: Mapping[str, tuple[str, ...]] = {"intelligence.Item": ("origin",)}

RULES = {**BY_RECORD, **LEVELS}  # where the record itself decides
_INTERESTS = (MaySee(OWNER, ("interests", "interest_end")), *those(holding(KEEPS | RELEASES, HOME), "interest*"))

# Who may see what, whichever record it stands in. A field without a line here or in BY_RECORD, where the record itself
# decides, may be seen by nobody, anywhere. One line more is all a new field needs.
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
    **dict.fromkeys(
        ("groups.DeclaredInterest.detail", "groups.DeclaredInterest.because", "groups.InterestEnding.because"),
        _INTERESTS,
    ),
    "groups.SharingAgreement.reference": those(holding(KEEPS | RELEASES, HOME), "agreement*"),
    "groups.SharingAgreement.because": those(holding(KEEPS | RELEASES, HOME), "agreement*"),
    "indicators.SetAgreement.agreed_by": those(holding(READS), "metric_set*"),
    "indicators.SetAgreement.because": those(holding(READS), "metric_set*"),
    "rulebook.LocalPart.because": those(holding(READS), "rule*"),
    "rulebook.LocalPart.content": (MaySee("quality_lead", ("rule_change",)),),
    **dict.fromkeys(
        (
            "intelligence.TextDelivery.file_name",
            "intelligence.TextDelivery.says",
            "intelligence.TextFault.column",
            "intelligence.TextFault.says",
            "intelligence.TextFault.mend",
        ),
        those(holding(KEEPS, HOME), "intelligence_import*"),
    ),
    "mfa.Authenticator.data": (MaySee(OWNER, ("mfa_*",)),),  # the name that they gave their own key
    "usersessions.UserSession.ip": (MaySee(OWNER, ("usersessions_list",)),),
    "usersessions.UserSession.user_agent": (MaySee(OWNER, ("usersessions_list",)),),
}


@dataclass(frozen=True)
class Canary:
    """One token: the field it sits in, the persona whom the record is about, and what this record allows beyond others."""

    token: str
    field: str
    owner: str | None
    record: Rules = ()

    def may_be_seen(self, who: str, page: str) -> bool:
        """This function will say whether a persona may see it on a page."""
        return any(
            (rule.who == who or (rule.who == OWNER and who == self.owner))
            and any(fnmatch(page, pattern) for pattern in rule.pages)
            for rule in (*MAY_SEE.get(self.field, ()), *self.record)
        )


# --- planting


def confidential() -> dict[type[models.Model], tuple[str, ...]]:
    """This function will name every confidential field of every model, ours and foreign."""
    ours = {model: tuple(getattr(model, "private_fields", ())) for model in apps.get_models()}
    more = {apps.get_model(label): fields for label, fields in {**FOREIGN, **TELLING}.items()}
    return {model: fields for model, fields in {**ours, **more}.items() if fields}


def plant(cast: Cast) -> list[Canary]:
    """This function will put a token of its own into every confidential field of every record."""
    names = {person.pk: name for name, person in cast.people.items()}
    numbers = itertools.count(1)
    knows = Knowing(cast)
    planted = []
    for model, fields in confidential().items():
        for row in model._base_manager.order_by("pk"):
            for field in fields:
                label = f"{model._meta.label}.{field}"
                token = f"canary{next(numbers):06x}bird"
                token = PLANTERS.get(label, _plant_text)(row, field, token)
                allows = RULES[label](knows, row) if token and label in RULES else ()
                planted += [Canary(token, label, names.get(_about(row)), allows)] if token else []
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


def _plant_there(row: Any, field: str, token: str) -> str:
    """What was kept of who was there must keep its shape."""
    there = {"here": [{"name": token, "title": "A seat"}]}
    type(row)._base_manager.filter(pk=row.pk).update(**{field: there})
    return token


def _plant_standing(row: Any, field: str, token: str) -> str:
    """What was kept of how a question stood must keep its shape."""
    type(row)._base_manager.filter(pk=row.pk).update(**{field: {"words": token, "seats": []}})
    return token


def _plant_words(row: Any, field: str, token: str) -> str:
    """Words of several people stay a list of them."""
    type(row)._base_manager.filter(pk=row.pk).update(**{field: [token]})
    return token


def _plant_paper(row: Any, field: str, token: str) -> str:
    """A paper made from the record must keep its shape."""
    section = {"heading": "Open concerns", "lines": [token], "none": ""}
    type(row)._base_manager.filter(pk=row.pk).update(**{field: {"sections": [section]}})
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
    type(row)._base_manager.filter(pk=row.pk).update(**{field: f"{token}.csv"})
    return token


def _plant_draft(row: Any, field: str, token: str) -> str:
    """A draft is taken up again as it was typed, so it must keep its shape."""
    type(row)._base_manager.filter(pk=row.pk).update(content={**row.content, "words": [token]})
    return token


def _plant_rules(row: Any, field: str, token: str) -> str:
    """In a remark, or nobody could read the rules any more."""
    type(row)._base_manager.filter(pk=row.pk).update(content=f"# {token}\n{row.content}")
    return token


def _plant_facts(row: Any, field: str, token: str) -> str:
    """Facts kept as JSON must stay JSON; what is unknown in them is passed over."""
    type(row)._base_manager.filter(pk=row.pk).update(**{field: json.dumps({"canary": token})})
    return token


def _plant_copy(row: Any, field: str, token: str) -> str:
    """A copy is read back, so it must keep its shape."""
    content = json.dumps({**json.loads(row.content), "name": token})
    type(row)._base_manager.filter(pk=row.pk).update(content=content)
    return token


def _origin(row: Any, field: str, token: str) -> str:
    """Who spoke for themselves alone is the road by which it came; a body or a publication tells of nobody."""
    return str(row.origin) if row.origin.startswith("person:") else ""


def _plant_terms(row: Any, field: str, token: str) -> str:
    """Terms keep their sections: the token stands in the words of one of them."""
    sections = [{**one, "words": token} if one["id"] == "aims" else one for one in row.sections]
    type(row)._base_manager.filter(pk=row.pk).update(sections=sections)
    return token


def _plant_report(row: Any, field: str, token: str) -> str:
    """A frozen report keeps its shape: the token stands in the words of its sections."""
    sections = [{**one, "text": token} for one in row.content["sections"]]
    type(row)._base_manager.filter(pk=row.pk).update(content={**row.content, "sections": sections})
    return token


def _plant_pack(row: Any, field: str, token: str) -> str:
    """What is given out keeps its shape: the token stands in the words of its passages."""
    passages = [{**one, "text": token} for one in row.content["passages"]]
    type(row)._base_manager.filter(pk=row.pk).update(content={**row.content, "passages": passages})
    return token


def _plant_name(row: Any, field: str, token: str) -> str:
    """Whoever has an account is known by it: a name is written of the others alone."""
    return "" if row.person_id else _plant_text(row, field, token)


def _plant_link(row: Any, field: str, token: str) -> str:
    type(row)._base_manager.filter(pk=row.pk).update(**{field: f"https://meet.example/{token}"})
    return token


PLANTERS: Mapping[str, Callable[[Any, str, str], str]] = {
    "meetings.MeetingTime.link": _plant_link,
    "reports.ReportVersion.content": _plant_report,
    "reports.WordTemplate.name": _plant_file_name,
    "records.DisclosurePack.content": _plant_pack,
    "meetings.ItemOutcome.snapshot": _plant_there,
    "meetings.WrittenResult.snapshot": _plant_standing,
    "meetings.PaperRecord.content": _plant_paper,
    "actions.ActionOwner.name": _plant_name,
    "groups.TermsVersion.sections": _plant_terms,
    "groups.ReviewTally.words": _plant_words,
    "escalation.ExchangeCopy.content": _plant_copy,
    "surveillance.LevelDecision.snapshot": _plant_facts,
    "surveillance.LevelProposal.case": _plant_facts,
    "indicators.Delivery.file_name": _plant_file_name,
    "intelligence.Attachment.name": _plant_file_name,
    "intelligence.Draft.content": _plant_draft,
    "intelligence.DraftFile.name": _plant_file_name,
    "intelligence.Item.origin": _origin,
    "intelligence.TextDelivery.file_name": _plant_file_name,
    "rulebook.LocalPart.content": _plant_rules,
    "mfa.Authenticator.data": _plant_authenticator,
    "usersessions.UserSession.ip": _plant_address,
    "usersessions.UserSession.session_key": _as_it_is,
}


# --- finding

_DATA_URI = re.compile(rb"base64,([A-Za-z0-9+/=]{16,})")
_TOKEN = re.compile(rb"canary[0-9a-f]{6}bird")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
DEEPEST = 4


def found_in(answer: HttpResponse, canaries: list[Canary]) -> list[Canary]:
    """This function will find tokens in an answer: its headers, its body, and whatever is packed in its body."""
    everything = b"\n".join(_texts(answer)).lower()
    planted = {token.decode() for token in _TOKEN.findall(everything)}
    return [
        one
        for one in canaries
        if one.token in planted or (_is_another(one) and one.token.lower().encode() in everything)
    ]


def _is_another(canary: Canary) -> bool:
    """Whether a token does not look like one: an address, a session's key, a person's id."""
    return not canary.token.startswith("canary")


def _texts(answer: HttpResponse) -> Iterator[bytes]:
    # The cookie that carries one's own session is the session's key by nature, and goes to its owner alone.
    yield "\n".join(f"{name}: {value}" for name, value in answer.items()).encode()
    for part in _unpacked(answer.content, DEEPEST):
        yield part
        if b"\0" in part:  # every token is plain letters, of which UTF-16 makes two bytes each, one of them nothing
            yield part.replace(b"\0", b"")


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

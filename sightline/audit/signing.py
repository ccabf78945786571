"""Signs where the chain ends (Ed25519), so that a witness can keep it and a verifier trust it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sightline.audit.queries import ChainEnd
from sightline.core.verdict import Invalid


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """This function will read the signing key, making it once; production moves it off the machine."""
    path = folder / "audit-signing.pem"
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Invalid(f"{path.name} is not an Ed25519 key. Move it away; a new one is then made.")
    return key


def trusted_key(folder: Path, given: str = "") -> Ed25519PublicKey:
    """This function will give the key by which heads are trusted: one kept outside the house, or else its own.

    Raises Invalid where there is neither: a key made anew could not have signed any head that exists.
    """
    if given:
        try:
            return Ed25519PublicKey.from_public_bytes(bytes.fromhex(given))
        except ValueError as problem:
            raise Invalid("The public key must be the 64 hexadecimal digits that stand in the head.") from problem
    if not (folder / "audit-signing.pem").exists():
        raise Invalid("This house has no signing key, so it signed no head. Give the key you kept: --public-key HEX")
    return signing_key(folder).public_key()


def signed_head(ends: tuple[ChainEnd, ...], at: datetime, key: Ed25519PrivateKey) -> dict[str, Any]:
    """This function will make the document that a witness keeps."""
    body = {"ends": [asdict(end) for end in ends], "signed_at": at.astimezone(UTC).isoformat(timespec="seconds")}
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {**body, "public_key": public.hex(), "signature": key.sign(_canonical(body)).hex()}


def read_head(document: dict[str, Any], trusted: Ed25519PublicKey) -> tuple[ChainEnd, ...]:
    """This function will check a witness's head against the key that is trusted and give its ends."""
    body: dict[str, Any] = {name: document[name] for name in ("ends", "signed_at") if name in document}
    try:
        trusted.verify(bytes.fromhex(document["signature"]), _canonical(body))
        return tuple(ChainEnd(end["system"], int(end["sequence"]), end["hash"]) for end in body["ends"])
    except (InvalidSignature, KeyError, ValueError, TypeError) as problem:
        raise Invalid("This head was not signed by this house's key, or was changed since.") from problem


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()

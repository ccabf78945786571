"""A security key made of software: answers a page's challenge as a real one would."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HOST = "testserver"
FLAG = AuthenticatorData.FLAG


@dataclass
class SoftKey:
    """One key pair, known by its credential id; counts how often it was used."""

    credential_id: bytes
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    user_handle: bytes = b""
    uses: int = 0

    def register(self, challenge: str = websafe_encode(b"challenge"), user_id: str = "") -> dict[str, Any]:
        """This function will answer the page at which a key is added."""
        self.user_handle = websafe_decode(user_id)
        said = self._client_data(CollectedClientData.TYPE.CREATE, challenge)
        public = ES256.from_cryptography_key(self.private.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public)
        known = AuthenticatorData.create(self._host_hash(), FLAG.UP | FLAG.UV | FLAG.AT, 0, attested)
        made = AttestationObject.create("none", known, {})
        return self._answer(clientDataJSON=said, attestationObject=made) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def sign(self, challenge: str) -> dict[str, Any]:
        """This function will answer the page at which somebody signs in."""
        self.uses += 1
        said = self._client_data(CollectedClientData.TYPE.GET, challenge)
        known = AuthenticatorData.create(self._host_hash(), FLAG.UP | FLAG.UV, self.uses)
        signature = self.private.sign(bytes(known) + said.hash, ec.ECDSA(SHA256()))
        handle = self.user_handle
        return self._answer(clientDataJSON=said, authenticatorData=known, signature=signature, userHandle=handle)

    def _answer(self, **response: bytes) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        parts = {part: websafe_encode(bytes(value)) for part, value in response.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": parts}

    @staticmethod
    def _client_data(kind: Any, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), f"https://{HOST}")

    @staticmethod
    def _host_hash() -> bytes:
        return sha256(HOST.encode()).digest()

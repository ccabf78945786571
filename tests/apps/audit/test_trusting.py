"""Which key a witness's head is trusted by, and what `sightline audit verify` says of a head it cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sightline.audit.signing import signing_key, trusted_key
from sightline.cli.audit import _read
from sightline.core.verdict import Invalid


def test_the_house_trusts_its_own_key(tmp_path: Path) -> None:
    own = signing_key(tmp_path).public_key()
    assert trusted_key(tmp_path) == own


def test_a_key_kept_outside_is_trusted_after_the_houses_own_was_lost(tmp_path: Path) -> None:
    own = signing_key(tmp_path).public_key()
    kept = own.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    (tmp_path / "audit-signing.pem").unlink()
    assert trusted_key(tmp_path, kept) == own


def test_no_key_is_made_up_to_judge_old_heads_by(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="--public-key"):
        trusted_key(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_key_that_is_no_key_is_answered_with_its_form(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="64 hexadecimal"):
        trusted_key(tmp_path, "not a key")


@pytest.mark.parametrize("content", [None, "", "[1, 2]", "{"])
def test_a_head_that_cannot_be_read_is_answered_with_what_to_give(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "head.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Invalid, match="sightline audit head"):
        _read(path)

"""``sightline audit``: verify the event log, or export the signed head that a witness keeps."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the two things that can be asked."""
    parser.add_argument("ask", choices=["verify", "head"], help="verify: walk the chain; head: sign where it ends")
    parser.add_argument("--head", action="append", default=[], metavar="FILE", help="a head that a witness kept")
    parser.add_argument("--public-key", default="", metavar="HEX", help="trust this key, kept outside, for the heads")
    parser.add_argument("--out", metavar="FILE", help="where to write the signed head")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def handle(arguments: argparse.Namespace) -> int:
    """This function will answer; exit code 1 when the log was tampered with."""
    from sightline.cli.migrate import ready_database

    ready_database()
    return _head(arguments) if arguments.ask == "head" else _verify(arguments)


def _head(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from sightline.audit.queries import chain_ends
    from sightline.audit.signing import signed_head, signing_key

    document = signed_head(chain_ends(), datetime.now(UTC), signing_key(settings.DATA_DIR))
    text = json.dumps(document, indent=2, allow_nan=False)
    if arguments.out:
        Path(arguments.out).write_text(text + "\n", encoding="utf-8")
        print(f"Written to {arguments.out}. Give a copy to somebody outside this house.")
    else:
        print(text)
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from sightline.audit.queries import ChainEnd, verify_chains
    from sightline.audit.signing import read_head, trusted_key
    from sightline.audit.triggers import missing_triggers

    witnessed: tuple[ChainEnd, ...] = ()
    if arguments.head:
        trusted = trusted_key(settings.DATA_DIR, arguments.public_key)
        heads = [_read(Path(name)) for name in arguments.head]
        witnessed = tuple(end for head in heads for end in read_head(head, trusted))
    found = verify_chains(witnessed)
    missing = missing_triggers("default")
    whole = not found.breaks and not missing
    if arguments.json:
        breaks = [{"system": b.system, "sequence": b.sequence, "says": b.says} for b in found.breaks]
        answer = {"whole": whole, "events": found.events, "breaks": breaks, "missing_triggers": missing}
        print(json.dumps(answer, allow_nan=False))
        return 0 if whole else 1
    for broken in found.breaks:
        print(f"{broken.system}, event {broken.sequence}: {broken.says}")
    for name in missing:
        print(f"The database no longer refuses changes: {name} is missing. Run: sightline migrate")
    print(f"{found.events} events: {'the chain is whole.' if whole else 'THE LOG WAS TAMPERED WITH.'}")
    return 0 if whole else 1


def _read(path: Path) -> dict[str, Any]:
    from sightline.core.verdict import Invalid

    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as problem:
        raise Invalid(f"{path} cannot be read as a head. Give the file that `sightline audit head` wrote.") from problem

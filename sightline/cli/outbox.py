"""``sightline outbox``: send the messages that wait, or say how many do."""

from __future__ import annotations

import argparse
import json
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add what can be asked."""
    parser.add_argument(
        "ask",
        choices=["send", "list"],
        help="send: send what goes at once, every few minutes; list: say how the outbox stands, in numbers alone",
    )
    parser.add_argument(
        "--digest", action="store_true", help="send: also one letter for each person with all the rest, once a day"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")


def handle(arguments: argparse.Namespace) -> int:
    """This function will send, or list."""
    from sightline.cli.migrate import ready_database

    ready_database()
    return _send(arguments) if arguments.ask == "send" else _list(arguments)


def _send(arguments: argparse.Namespace) -> int:
    """Send as the operator; the exit code is 1 where something did not go."""
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.notify.sending import send_waiting

    did = send_waiting(by=operator(), now=timezone.now, digest=arguments.digest)
    facts = {"sent": did.sent, "failed": did.failed, "given_up": did.given_up, "troubled": did.troubled}
    if arguments.json:
        print(json.dumps(facts))
    else:
        print(f"{did.sent:,} letters sent, {did.failed:,} failed and tried again later, {did.given_up:,} given up.")
        if did.troubled:
            print(f"The messages of {did.troubled:,} people could not be looked at.", file=sys.stderr)
    return 1 if did.failed or did.given_up or did.troubled else 0


def _list(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from sightline.notify.presenters import outbox_facts, outbox_lines
    from sightline.notify.queries import outbox

    stands = outbox(timezone.now())
    if arguments.json:
        print(json.dumps(outbox_facts(stands), allow_nan=False))
    else:
        print(*outbox_lines(stands), sep="\n")
    return 0

"""``sightline assess``: assess every series again and write what is new."""

from __future__ import annotations

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add which indicators, and how to answer."""
    parser.add_argument("indicators", nargs="*", metavar="INDICATOR", help="ids of indicators; none means all")
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")


def handle(arguments: argparse.Namespace) -> int:
    """This function will assess and say what was found."""
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.core.verdict import Invalid
    from sightline.indicators.operations import assess
    from sightline.indicators.queries import known_indicators

    ready_database()
    asked = set(arguments.indicators) or None
    if asked and (unknown := asked - known_indicators()):
        raise Invalid(f"There is no indicator {', '.join(sorted(unknown))}. The indicators page lists them all.")
    done = assess(by=operator(), at=timezone.now(), indicators=asked)
    count_roughly()
    if arguments.json:
        counts = {"series": done.series, "raised": done.raised, "continued": done.continued, "ended": done.ended}
        print(json.dumps(counts, allow_nan=False))
    else:
        print(
            f"{done.series:,} series of {len(done.indicators)} indicators assessed: "
            f"{done.raised:,} signals raised, {done.continued:,} go on, {done.ended:,} ended."
        )
    return 0

"""``sightline import FILE…``: bring in files that NHS bodies publish, with progress and every refusal in full."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sightline.indicators.drop import Step
    from sightline.indicators.models import Delivery

SHOWN = 20  # faults printed for one file; the page and --json show them all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the files and how to answer."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="files or folders, in any order")
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")
    parser.add_argument("--quiet", action="store_true", help="say only what was refused")


def handle(arguments: argparse.Namespace) -> int:
    """This function will work through the files; exit code 1 when any was refused."""
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.cli.migrate import ready_database
    from sightline.core.verdict import Invalid
    from sightline.indicators.drop import work_through
    from sightline.indicators.operations import Arrived, receive_files

    paths = [path for name in arguments.files for path in _files(Path(name))]
    absent = [str(path) for path in paths if not path.is_file()]
    if absent:
        raise Invalid(f"There is no file {', '.join(absent)}. Nothing was imported.")
    ready_database()
    by = operator()
    arrived = [Arrived(path.name, path.read_bytes()) for path in paths]
    deliveries = receive_files(by=by, at=timezone.now(), files=arrived)
    show = not arguments.json and not arguments.quiet
    settled = work_through(deliveries[0].batch, by=by, watch=_tell if show else _say_nothing)
    if arguments.json:
        print(json.dumps([_plain(delivery) for delivery in settled], allow_nan=False))
    else:
        _print_refusals(settled)
        _print_summary(settled)
    return 1 if any(delivery.state == "refused" for delivery in settled) else 0


def _files(path: Path) -> list[Path]:
    return sorted(child for child in path.rglob("*") if child.is_file()) if path.is_dir() else [path]


def _tell(step: Step) -> None:
    """One line that rewrites itself on a terminal, and plain lines where the output is kept."""
    line = f"{step.done:>4} of {step.total}  {step.name or step.says}" + (f": {step.says}" if step.name else "")
    if sys.stderr.isatty():
        print(f"\r\033[K{line[:100]}", end="\n" if step.done == step.total else "", file=sys.stderr, flush=True)
    elif step.done % 50 == 0 or not step.name:
        print(line, file=sys.stderr, flush=True)


def _say_nothing(step: Step) -> None:
    """For whoever does not watch."""


def _print_refusals(settled: list[Delivery]) -> None:
    for delivery in settled:
        if delivery.state in {"accepted", "unchanged"}:
            continue
        print(f"\n{delivery.file_name}: {delivery.says}")
        faults = list(delivery.faults.all())
        for fault in faults[:SHOWN]:
            where = f"line {fault.line}" if fault.line else "the file"
            column = f", column “{fault.column}”" if fault.column else ""
            print(f"  {where}{column}: {fault.says} {fault.mend}")
        if len(faults) > SHOWN:
            print(f"  … and {len(faults) - SHOWN} more, all of them on the import page.")


def _print_summary(settled: list[Delivery]) -> None:
    counts: dict[str, int] = {}
    for delivery in settled:
        counts[delivery.get_state_display()] = counts.get(delivery.get_state_display(), 0) + 1
    print("\n" + ", ".join(f"{count} {state}" for state, count in counts.items()) + ".")


def _plain(delivery: Delivery) -> dict[str, Any]:
    faults = [
        {"line": fault.line, "column": fault.column, "says": fault.says, "mend": fault.mend}
        for fault in delivery.faults.all()
    ]
    return {
        "file": delivery.file_name,
        "sha256": delivery.sha256,
        "state": delivery.state,
        "source": delivery.source,
        "says": delivery.says,
        "publication": str(delivery.publication_id) if delivery.publication_id else None,
        "faults": faults,
    }

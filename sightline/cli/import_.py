"""``sightline import FILE…``: bring in files of figures and of words, with progress and every refusal in full."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sightline.indicators.drop import Step
    from sightline.indicators.models import Delivery, DeliveryFault
    from sightline.intelligence.models import TextDelivery, TextFault

SHOWN = 20  # faults printed for one file; the page and --json show them all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add the files and how to answer."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="files or folders, in any order")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day of what was told in rows that bear none")
    parser.add_argument("--system", metavar="CODE", help="the system whose group words are for; left out, this house's")
    parser.add_argument("--wanted", metavar="WHY", default="", help="why rows with personal data must come in")
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")
    parser.add_argument("--quiet", action="store_true", help="say only what was refused")


def handle(arguments: argparse.Namespace) -> int:
    """This function will work through the files; exit code 1 when any was refused."""
    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.core.verdict import Invalid
    from sightline.intelligence.bringing import is_of_words

    paths = [path for name in arguments.files for path in _files(Path(name))]
    absent = [str(path) for path in paths if not path.is_file()]
    if absent:
        raise Invalid(f"There is no file {', '.join(absent)}. Nothing was imported.")
    as_of = _day(arguments.as_of)
    ready_database()
    is_words = {path: is_of_words(path.name, path.read_bytes()) for path in paths}
    words = [path for path in paths if is_words[path]]
    figures = [path for path in paths if not is_words[path]]
    show = not arguments.json and not arguments.quiet
    # Lists of organisations are among the figures: what words are about is looked up in them.
    settled = _figures(figures, show) if figures or not words else []
    told = _words(words, arguments, as_of, show)
    count_roughly()
    if arguments.json:
        answers = dict(zip([*figures, *words], [*map(_plain, settled), *map(_plain_words, told)], strict=True))
        print(json.dumps([answers[path] for path in paths], allow_nan=False))
    else:
        _print_refusals(settled)
        _print_told(told)
        _print_summary(settled, told)
    refused = any(one.state == "refused" for one in settled) or any(one.state == "refused" for one in told)
    return 1 if refused else 0


def _figures(paths: list[Path], show: bool) -> list[Delivery]:
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.indicators.drop import work_through
    from sightline.indicators.operations import Arrived, receive_files

    by = operator()
    arrived = [Arrived(path.name, path.read_bytes()) for path in paths]
    deliveries = receive_files(by=by, at=timezone.now(), files=arrived)
    return work_through(deliveries[0].batch, by=by, watch=_tell if show else _say_nothing)


def _words(paths: list[Path], arguments: argparse.Namespace, as_of: date | None, show: bool) -> list[TextDelivery]:
    from django.conf import settings
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.intelligence.bringing import bring
    from sightline.intelligence.operations import take_in_text

    by = operator()
    system = settings.HOME_SYSTEM if arguments.system is None else arguments.system
    told = []
    for at, path in enumerate(paths, 1):
        if show:
            print(f"{at:>4} of {len(paths)}  {path.name}: reading and taking in", file=sys.stderr, flush=True)
        brought = bring(path.name, path.read_bytes(), timezone.localdate())
        now = timezone.now()
        told.append(
            take_in_text(by=by, at=now, brought=brought, system=system, as_of=as_of, knowingly=arguments.wanted)
        )
    return told


def _day(text: str | None) -> date | None:
    from sightline.core.verdict import Invalid

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(f"“{text}” is no day. Write it as 2025-05-31. Nothing was imported.") from None


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
        _print_faults(list(delivery.faults.all()), "the import page")


def _print_faults(faults: list[DeliveryFault] | list[TextFault], page: str) -> None:
    for fault in faults[:SHOWN]:
        where = f"line {fault.line}" if fault.line else "the file"
        column = f", column “{fault.column}”" if fault.column else ""
        print(f"  {where}{column}: {fault.says} {fault.mend}")
    if len(faults) > SHOWN:
        print(f"  … and {len(faults) - SHOWN} more, all of them on {page}.")


def _print_told(told: list[TextDelivery]) -> None:
    for delivery in told:
        print(f"\n{delivery.file_name}: {delivery.says}")
        _print_faults(list(delivery.faults.all()), "the page Bring in intelligence")


def _print_summary(settled: list[Delivery], told: list[TextDelivery]) -> None:
    states = {"accepted": "taken in", "unchanged": "already here", "refused": "refused"}
    counts: dict[str, int] = {}
    for words in [*(one.get_state_display() for one in settled), *(states[_state(one)] for one in told)]:
        counts[words] = counts.get(words, 0) + 1
    print("\n" + ", ".join(f"{count} {state}" for state, count in counts.items()) + ".")


def _plain(delivery: Delivery) -> dict[str, Any]:
    return {
        "file": delivery.file_name,
        "sha256": delivery.sha256,
        "state": delivery.state,
        "source": delivery.source,
        "says": delivery.says,
        "publication": str(delivery.publication_id) if delivery.publication_id else None,
        "faults": _plain_faults(list(delivery.faults.all())),
    }


def _plain_words(delivery: TextDelivery) -> dict[str, Any]:
    return {
        "file": delivery.file_name,
        "sha256": delivery.sha256,
        "state": _state(delivery),
        "source": delivery.source,
        "says": delivery.says,
        "publication": None,
        "faults": _plain_faults(list(delivery.faults.all())),
    }


def _plain_faults(faults: list[DeliveryFault] | list[TextFault]) -> list[dict[str, Any]]:
    return [{"line": one.line, "column": one.column, "says": one.says, "mend": one.mend} for one in faults]


def _state(delivery: TextDelivery) -> str:
    """The states of files of figures, which a machine knows: nothing new in a file leaves it unchanged."""
    if delivery.state == "refused":
        return "refused"
    return "accepted" if delivery.made or delivery.changed else "unchanged"

"""`sightline conformance`: for each requirement of the guidance, where it is enforced and which test shows it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sightline.cli.conformance import report
from sightline.cli.conformance.catalogue import ConformanceError, Requirement, find_root, load_catalogue
from sightline.cli.conformance.evidence import Evidence, gather, problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will declare what the command understands."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these requirements, in full: an id, or its letters")
    parser.add_argument("--json", action="store_true", help="write one list of objects, for a machine")
    parser.add_argument(
        "--check", action="store_true", help="fail when a claimed id has no test, or a named id does not exist"
    )


def handle(args: argparse.Namespace) -> int:
    """This function will report, and answer 0 if all is well, 1 if the check fails, 2 if it could not look."""
    try:
        root = find_root(Path.cwd())
        catalogue = load_catalogue(root)
        chosen = _choose(catalogue, args.ids)
        evidence = gather(root, catalogue)
    except ConformanceError as error:
        print(error, file=sys.stderr)
        return 2
    found = problems(catalogue, evidence) if args.check else []
    _write(args, catalogue, chosen, evidence)
    for problem in found:
        print(problem, file=sys.stderr)
    if args.check and not found and not args.json:
        print("Every claimed requirement is shown by a test, and every named id exists.")
    return 1 if found else 0


def _choose(catalogue: tuple[Requirement, ...], wanted: list[str]) -> tuple[Requirement, ...]:
    """Keep the requirements asked for, by whole id or by the letters before the dash; all when none was."""
    names = {name.upper() for name in wanted}
    unknown = names - {item.id for item in catalogue} - {item.prefix for item in catalogue}
    if unknown:
        raise ConformanceError(
            f"No requirement is called {', '.join(sorted(unknown))}. "
            "Run `sightline conformance` without an id to see them all."
        )
    return tuple(item for item in catalogue if not names or item.id in names or item.prefix in names)


def _write(
    args: argparse.Namespace,
    catalogue: tuple[Requirement, ...],
    chosen: tuple[Requirement, ...],
    evidence: Evidence,
) -> None:
    """Choose the form: one JSON list, the check's totals alone, some requirements in full, or the table."""
    if args.json:
        print(report.as_json(chosen, evidence))
    elif args.check:
        print(report.totals(catalogue, evidence))
    elif args.ids:
        print(report.in_full(chosen, evidence))
    else:
        print(report.table(catalogue, evidence))

"""The command ``sightline``: finds the named command, sets Django up where it is needed, and answers errors."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from io import TextIOWrapper

# name → (module, what it does, whether it needs the database)
COMMANDS = {
    "import": ("sightline.cli.import_", "bring in files of figures and of words", True),
    "assess": ("sightline.cli.assess", "assess every series again and write what is new", True),
    "clocks": ("sightline.cli.clocks", "raise the duties, updates and reviews that the calendar brings", True),
    "serve": ("sightline.cli.serve", "serve the pages", True),
    "demo": ("sightline.cli.demo", "load the invented demonstration system and serve it", True),
    "themes": ("sightline.cli.themes", "train, judge, show or apply the model of themes", True),
    "person": ("sightline.cli.person", "invite people and grant them roles", True),
    "outbox": ("sightline.cli.outbox", "send the messages that wait, or say how many do", True),
    "audit": ("sightline.cli.audit", "verify the event log, or export its signed head", True),
    "spc": ("sightline.cli.spc", "assess a CSV of points with a named rule set", False),
    "scan": ("sightline.cli.scan", "rank the series of a Parquet file by their newest figure", False),
    "nation": ("sightline.cli.nation", "take in a month of a nation's figures and list what it changed", False),
    "funnel": ("sightline.cli.funnel", "find outliers among the units of a CSV", False),
    "cusum": ("sightline.cli.cusum", "sum and average the series of a CSV to see small lasting changes", False),
    "bernoulli": ("sightline.cli.bernoulli", "sum the single cases of a CSV, adjusted for their risk", False),
    "ewma": ("sightline.cli.ewma", "average the series of a CSV to see small lasting changes", False),
    "poisson": ("sightline.cli.poisson", "sum the counts of a CSV beside those expected", False),
    "evidence": ("sightline.cli.evidence", "rank the series of a CSV by how surely they stand out", False),
    "changes": ("sightline.cli.changes", "propose where the series of a CSV moved to another level", False),
    "doubts": ("sightline.cli.doubts", "name what in a CSV looks like a slip in the figures", False),
    "disclosure": ("sightline.cli.disclosure", "write a table of counts as it may be published", False),
    "conformance": (
        "sightline.cli.conformance",
        "say where each requirement is enforced and tested",
        False,
    ),
    "docs": ("sightline.cli.docs", "write the generated reference documents", True),
    "migrate": ("sightline.cli.migrate", "bring the database up to date", True),
    "manage": ("sightline.cli.manage", "run one of Django's own commands", True),
}


def main(arguments: list[str] | None = None) -> int:
    """This function will run one command and give its exit code: 0 done, 1 found something wrong, 2 could not start."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="sightline", description="A clear line of sight on quality.")
    if not given or given[0] not in COMMANDS:
        parser.add_subparsers(title="commands", metavar="COMMAND")
        parser.epilog = "\n".join(f"  {name:<12} {says}" for name, (_, says, _) in COMMANDS.items())
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        if given and given[0] in {"-h", "--help"}:
            parser.print_help()
            return 0
        parser.print_help(sys.stderr)
        return 2
    module_name, says, needs_database = COMMANDS[given[0]]
    machine = "--json" in given
    for stream in (sys.stdout, sys.stderr):
        # A console of another alphabet shows a letter that it does not have by its number.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if given[0] == "demo":
            importlib.import_module(module_name).prepare_environment()
        if needs_database:
            set_up_django()
        module = importlib.import_module(module_name)
        parser = argparse.ArgumentParser(prog=f"sightline {given[0]}", description=says.capitalize() + ".")
        module.add_arguments(parser)
        return int(module.handle(parser.parse_args(given[1:])))
    except KeyboardInterrupt:
        print("\nStopped. What was finished is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as problem:
        return _answer(problem, machine)


def set_up_django() -> None:
    """This function will read the settings and start Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    import django

    django.setup()


def _answer(problem: Exception, machine: bool) -> int:
    """An error of ours is answered with its mend; any other is a fault of the program and shows its trace."""
    from sightline.config.environment import WrongSetting
    from sightline.core.verdict import Invalid, Refused

    if isinstance(problem, MemoryError):
        says = "There is not enough memory for so much at once. Bring it in parts."
    elif isinstance(problem, WrongSetting | Invalid | Refused):
        says = str(problem)
    else:
        raise problem
    if machine:
        print(json.dumps({"error": says}, allow_nan=False))
    else:
        print(says, file=sys.stderr)
    return 2

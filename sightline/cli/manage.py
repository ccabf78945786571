"""``sightline manage``: Django's own commands, for whoever keeps the server."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will take everything that follows as Django's."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="a Django command and its arguments")


def handle(arguments: argparse.Namespace) -> int:
    """This function will hand the words to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sightline manage", *arguments.rest])
    return 0

"""``sightline serve``: serve the pages."""

from __future__ import annotations

import argparse
import multiprocessing
import socket
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")


def handle(arguments: argparse.Namespace) -> int:
    """This function will serve until it is stopped."""
    from sightline.cli.migrate import count_roughly, ready_database

    ready_database()
    count_roughly()
    return serve(arguments.host, arguments.port)


def serve(host: str, port: int) -> int:
    """This function will run the web server in this process, or say why the port cannot be had."""
    from granian import Granian
    from granian.constants import Interfaces

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            print(
                f"Port {port} on {host} cannot be had ({problem.strerror}). Choose another: --port 8001",
                file=sys.stderr,
            )
            return 2
    # The server's worker begins afresh: a fork would inherit Polars without its threads, once the demonstration was
    # loaded here, and the first import would then wait for ever with the database locked.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "sightline.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,  # one process, so that an import that a page started shows its progress on every page
        blocking_threads=8,
        log_access=False,
    ).serve()
    return 0

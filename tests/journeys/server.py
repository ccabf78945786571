"""Serves the demonstration to all workers of a test run: the first to ask loads it, the last to leave stops it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.chromium import ROOT

PATIENCE = 600  # seconds that a slow machine may take to load the demonstration
GUESTS = "guests"
STATE = "server.json"


class NotServed(Exception):
    """The demonstration could not be loaded or served; says what it printed last."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """This function will hold the folder for one process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def join(folder: Path) -> str:
    """This function will give the address of the run's server, loading and starting it where nobody did so far."""
    with alone(folder):
        state = _read(folder)
        if not state:
            try:
                state = _start(folder)
            except NotServed as problem:
                state = {"failed": str(problem)}
            (folder / STATE).write_text(json.dumps(state))
        if "failed" in state:
            raise NotServed(state["failed"])
        (folder / GUESTS).mkdir(exist_ok=True)
        (folder / GUESTS / str(os.getpid())).touch()
        return str(state["address"])


def leave(folder: Path) -> None:
    """This function will stop the server when no other worker uses it any more."""
    with alone(folder):
        (folder / GUESTS / str(os.getpid())).unlink(missing_ok=True)
        if any(_lives(int(guest.name)) for guest in (folder / GUESTS).iterdir()):
            return
        state = _read(folder)
        (folder / STATE).unlink(missing_ok=True)
        if state:
            _stop(state)


def _read(folder: Path) -> dict[str, Any]:
    file = folder / STATE
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _start(folder: Path) -> dict[str, Any]:
    port = _free_port()
    log = folder / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "sightline", "demo", "--port", str(port)],
            cwd=ROOT,
            env=_environment(folder / "data"),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # one group with the web server's own worker, so that both can be stopped
        )
    # By name, not by number: a passkey belongs to a name, and browsers make none for a bare address.
    address = f"http://localhost:{port}"
    state = {"address": address, "port": port, "pid": process.pid}
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise NotServed(f"`sightline demo` ended by itself:\n{log.read_text()[-3000:]}")
        if _answers(address):
            return state
        time.sleep(0.2)
    _stop(state)
    raise NotServed(f"`sightline demo` did not answer within {PATIENCE} seconds:\n{log.read_text()[-3000:]}")


def _environment(data: Path) -> dict[str, str]:
    """The environment of somebody who runs the command by hand: nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "PYTEST_"))}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        kept.pop(name, None)
    return {**kept, "SIGHTLINE_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sign-in/", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as problem:
        raise NotServed(f"The sign-in page is answered {problem.code}.") from problem
    except OSError:
        return False


def _stop(state: dict[str, Any]) -> None:
    """End the group that we started: asked first, made to after ten seconds."""
    for how, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        try:
            os.killpg(state["pid"], how)
        except ProcessLookupError:
            return
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", state["port"])):
                    return
            time.sleep(0.1)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

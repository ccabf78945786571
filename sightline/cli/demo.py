"""``sightline demo``: load the invented demonstration system, unless today's is there already, and serve it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sightline.accounts.models import Person
    from sightline.core.access import Actor
    from sightline.demonstration import Part
    from sightline.indicators.models import Delivery

FOLDER = "sightline-demonstration"
MARK = "demonstration-of"  # the file that says for which day a folder was filled, and that it may be emptied
LEFT = 200  # days ago: when the leaver left
PASSWORD = "look at the demonstration"  # noqa: S105 - printed for everybody; it opens invented data alone


def prepare_environment() -> None:
    """This function will point the settings at a folder of the demonstration's own, before they are read."""
    from sightline.demonstration.geography import MAIN

    os.environ.setdefault("SIGHTLINE_DATA_DIR", FOLDER)
    os.environ.setdefault("SIGHTLINE_SYSTEM", MAIN.code)
    os.environ["SIGHTLINE_DEMONSTRATION"] = "yes"
    os.environ.pop("DATABASE_URL", None)
    folder = Path(os.environ["SIGHTLINE_DATA_DIR"])
    mark = folder / MARK
    if mark.exists() and mark.read_text().strip() != date.today().isoformat():  # noqa: DTZ011 - the operator's own day
        shutil.rmtree(folder)  # its clock is relative to today; yesterday's demonstration is of no use


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add where to listen, and loading without serving."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")
    parser.add_argument("--no-serve", action="store_true", help="load the data and stop")


def handle(arguments: argparse.Namespace) -> int:
    """This function will load what is not there yet, print the sign-ins, and serve."""
    from django.conf import settings
    from django.utils import timezone

    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.core.verdict import Invalid
    from sightline.indicators.queries.pages import anything_brought_in

    mark = Path(settings.DATA_DIR) / MARK
    ready_database()
    if not mark.exists():
        if anything_brought_in():
            raise Invalid(f"{settings.DATA_DIR} holds data that is not the demonstration's. Name another folder.")
        print("Loading the demonstration system: about 60 invented providers and four years of months …", flush=True)
        load()
        count_roughly()
        mark.write_text(timezone.localdate().isoformat())
    # Browsers make no passkey for a bare number, and localhost is the same machine.
    name = "localhost" if arguments.host == "127.0.0.1" else arguments.host
    print_sign_ins(f"http://{name}:{arguments.port}/")
    if arguments.no_serve:
        return 0
    from sightline.cli.serve import serve

    return serve(arguments.host, arguments.port)


def load() -> None:
    """This function will write the demonstration's files and bring them in by the same road as any others."""
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.demonstration import generate, generate_words
    from sightline.demonstration.living import BEGAN, INVITED, bring_to_life, know_partners

    by = operator()
    now = timezone.now()
    today = timezone.localdate()
    with tempfile.TemporaryDirectory() as folder:
        bring_figures(by, now, generate(Path(folder), today))
        know_partners(by, now - timedelta(days=BEGAN))
        people = invite_everybody(by, now - timedelta(days=INVITED))
        for says in bring_to_life(people, now, generate_words(Path(folder), today)):
            print(says, file=sys.stderr)
    end_role_of_leavers(by, people, now - timedelta(days=LEFT))


def bring_figures(by: Actor, now: datetime, files: list[Path]) -> None:
    """This function will bring the files of figures and of organisations in, and say which could not be read."""
    from sightline.indicators.drop import work_through
    from sightline.indicators.models import Delivery
    from sightline.indicators.operations import Arrived, receive_files

    earlier, newest = parted(files)
    # The newest month comes in today and all before it a fortnight ago, so that the home page has news to tell.
    for paths, at in ((earlier, now - timedelta(days=14)), (newest, now)):
        if not paths:
            continue
        arrived = [Arrived(path.name, path.read_bytes()) for path in paths]
        batch = receive_files(by=by, at=at, files=arrived)[0].batch
        work_through(batch, by=by, clock=partial(_at, at))
        for delivery in Delivery.objects.filter(batch=batch, state=Delivery.State.MAPPING):
            confirm(delivery, by)
        work_through(batch, by=by, clock=partial(_at, at))
    for delivery in Delivery.objects.exclude(state__in=[Delivery.State.ACCEPTED, Delivery.State.UNCHANGED]):
        print(f"{delivery.file_name}: {delivery.says}", file=sys.stderr)


def _at(moment: datetime) -> datetime:
    return moment


def parted(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """This function will part the newest monthly file of each return from everything before it."""
    newest = [[path for path in paths if path.parent.name == name][-1] for name in ("ae", "workforce")]
    return [path for path in paths if path not in newest], newest


def confirm(delivery: Delivery, by: Actor) -> None:
    """This function will say of a tidy file what a quality lead would say on the mapping page."""
    from django.utils import timezone

    from sightline.demonstration import TIDY_FILES
    from sightline.indicators.catalogue import read_indicator
    from sightline.indicators.operations import confirm_mapping
    from sightline.indicators.sources.tidy import Mapping

    described = TIDY_FILES[delivery.file_name]
    confirm_mapping(
        by=by,
        at=timezone.now(),
        delivery=delivery,
        mapping=Mapping.from_plain(described.plain()),
        indicators=[read_indicator(indicator.entry()) for indicator in described.indicators],
    )


def invite_everybody(by: Actor, at: datetime) -> dict[Part, Person]:
    """This function will invite the demonstration's people; each grant names the body for which they speak."""
    from sightline.accounts.operations import invite_person
    from sightline.accounts.passwords import FirstPassword
    from sightline.demonstration import PEOPLE

    return {
        one.part: invite_person(
            by=by,
            at=at,
            email=one.email,
            display_name=one.name,
            password=FirstPassword(PASSWORD, must_change=False),
            role=one.role,
            system=one.system,
            organisation=one.organisation,
        )
        for one in PEOPLE
    }


def end_role_of_leavers(by: Actor, people: Mapping[Part, Person], at: datetime) -> None:
    """This function will end the role of the one who left."""
    from sightline.accounts.models import RoleGrant
    from sightline.accounts.operations import end_role
    from sightline.demonstration import PEOPLE

    for one in PEOPLE:
        if one.is_leaver:
            for grant in RoleGrant.objects.filter(person=people[one.part]):
                end_role(by=by, at=at, grant=grant, because="Left the organisation.")


def print_sign_ins(address: str) -> None:
    """This function will print the address, everybody who may sign in, and what is worth looking at as whom."""
    from sightline.demonstration import LOOK_AT, PEOPLE

    print(f"\nThe demonstration is at {address}\nEverybody's password is: {PASSWORD}\n")
    width = max(len(one.email) for one in PEOPLE)
    for one in PEOPLE:
        print(f"  {one.email:<{width}}  {one.name}, {one.words}")
    names = {one.part: one.name for one in PEOPLE}
    print("\nLook, signed in as")
    width = max(len(names[part]) for part, _ in LOOK_AT)
    for part, what in LOOK_AT:
        print(f"  {names[part]:<{width}}  {what}")
    print("\nEverything in it is invented. Stop it with Ctrl+C.\n", flush=True)

"""Measures the surveillance log of a region: 5,000 subjects, 20,000 decisions, read today and as known on earlier days.

``python -m tests.bench.levels load`` fills the data folder named by SIGHTLINE_DATA_DIR with rows at once, as no operation
would: what is measured is how they are read. ``python -m tests.bench.levels`` prints one JSON object. A page is measured
as whoever comes first after a level was decided finds it ("anew"), as the first after any other change does ("anew
otherwise"), and as all later readers do.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from time import perf_counter
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import change, measured, visit

SUBJECTS, DECISIONS_EACH, SYSTEMS = 5_000, 4, 8
REGION = "ZZLR1"
AT_ONCE = 5_000
FIRST = date(2022, 7, 1)
LEVELS = ("enhanced", "intensive", "enhanced", "routine", "enhanced")


def load() -> None:
    """This function will fill an empty data folder."""
    from django.utils import timezone

    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.directory.models import Organisation, Relation, Subject
    from sightline.directory.words import Kind, Link, Sector, SubjectKind

    ready_database()
    now, sectors = timezone.now(), list(Sector)
    region = Organisation(code=REGION, name="Region of the measure", kind=Kind.REGION, recorded_at=now)
    boards = [
        Organisation(code=f"ZZLB{number}", name=f"Board {number}", kind=Kind.ICB, recorded_at=now)
        for number in range(SYSTEMS)
    ]
    trusts = [
        Organisation(code=f"ZZLT{number:04}", name=f"Trust {number:04}", kind=Kind.NHS_TRUST, recorded_at=now)
        for number in range(SUBJECTS)
    ]
    Organisation.objects.bulk_create([region, *boards, *trusts], batch_size=AT_ONCE)
    part = {"link": Link.PART_OF, "source": "bench", "recorded_at": now}
    Relation.objects.bulk_create(
        [Relation(origin=board, target=region, **part) for board in boards]
        + [Relation(origin=one, target=boards[place % SYSTEMS], **part) for place, one in enumerate(trusts)],
        batch_size=AT_ONCE,
    )
    subjects = [
        Subject(
            key=one.code, kind=SubjectKind.ORGANISATION, name=one.name, organisation=one, recorded_at=now,
            sector=sectors[place % len(sectors)],
        )
        for place, one in enumerate(trusts)
    ]  # fmt: skip
    Subject.objects.bulk_create(subjects, batch_size=AT_ONCE)
    _decide(subjects, boards, region)
    count_roughly()


def _decide(subjects: list[Any], boards: list[Any], region: Any) -> None:
    from sightline.core.access import Grant, Role
    from sightline.surveillance.models import LevelDecision, LevelProposal, LevelReview, Reach
    from tests.factories.accounts import a_person
    from tests.factories.surveillance import an_office

    office = an_office(a_person(Grant(Role.QUALITY_LEAD)), organisation=boards[0])
    proposals, decisions, reaches, reviews = [], [], [], []
    for place, subject in enumerate(subjects):
        board, before = boards[place % SYSTEMS], "routine"
        for number in range(1, DECISIONS_EACH + 1):
            level = LEVELS[(place + number) % len(LEVELS)]
            on = FIRST + timedelta(days=number * 200 + place % 150)
            at = datetime.combine(on, time(12), UTC)
            shared = {"subject": subject, "system": board.code, "pack": "sqg-2022", "rules_version": "sqg-2022 v1"}
            shared |= {"level_from": before, "level_to": level, "effective_on": on}
            shared |= {"next_review_on": on + timedelta(days=90)}
            proposal = LevelProposal(
                **shared, case="{}", reason="Sources agree. " * 10, actions="Visit the wards\nAsk for the plan",
                form_key=uuid.uuid4(), recorded_at=at, recorded_by="bench",
            )  # fmt: skip
            decision = LevelDecision(
                **shared, proposal=proposal, number=number, office=office, slot=office.slot, authority="bench",
                because="As proposed", snapshot="{}" * 500, snapshot_sha256="0" * 64, decided_at=at, decided_by="bench",
            )  # fmt: skip
            proposals.append(proposal)
            decisions.append(decision)
            reaches += [Reach(proposal=proposal, organisation=one) for one in (board, region)]
            reviews.append(
                LevelReview(
                    decision=decision, reviewed_on=on + timedelta(days=80), because="It stays",
                    next_review_on=on + timedelta(days=170), recorded_at=at + timedelta(days=80), recorded_by="bench",
                )
            )  # fmt: skip
            before = level
    for rows in (proposals, decisions, reaches, reviews):
        type(rows[0]).objects.bulk_create(rows, batch_size=AT_ONCE)


def measure() -> dict[str, float]:
    """This function will measure the log's pages, and replays of one system and of the region."""
    from django.utils import timezone

    from sightline.core.access import Grant, Role
    from sightline.surveillance.models import LevelDecision
    from tests.factories.accounts import signed_in

    region, board = _person(Grant(Role.REGION, organisation=REGION)), _person(Grant(Role.QUALITY_LEAD, system="ZZLB3"))
    pages = {
        "log_region": (region, "/levels/"),
        "log_region_page_60": (region, "/levels/?page=60&sort=name"),
        "log_region_filtered": (region, "/levels/?level=enhanced&sector=dental&name=trust&area=ZZLB3"),
        "log_region_overdue": (region, "/levels/?overdue=yes&sort=review"),
        "log_region_long": (region, "/levels/?long=yes"),
        "log_region_as_of": (region, "/levels/?as_of=2024-05-01"),
        "log_system": (board, "/levels/"),
    }
    clients = {person: signed_in(person) for person in (region, board)}
    acts = {name: visit(clients[person], address) for name, (person, address) in pages.items()}
    change()  # of a house in which nothing ever happened, nothing is kept
    figures: dict[str, float] = {}
    for name, act in acts.items():
        figures |= measured(f"levels_{name}", act)
    newest = LevelDecision.objects.order_by("-decided_at").values_list("pk", flat=True)[0]
    decided = partial(change, "surveillance.decide_level", str(newest))
    for name in ("log_region", "log_region_overdue", "log_region_long", "log_region_as_of", "log_system"):
        figures |= measured(f"levels_{name}_anew", acts[name], decided)
        figures |= measured(f"levels_{name}_anew_otherwise", acts[name], change)
    figures |= measured("levels_replay_system", lambda: _replay(board, "ZZLB3", date(2024, 5, 1)), decided)
    figures |= measured("levels_replay_region", lambda: _replay(region, REGION, date(2024, 5, 1)), decided)
    figures |= measured("levels_export_region", visit(clients[region], "/levels/log.xlsx"), decided)
    figures |= measured("levels_copy_region", lambda: _copy(region, timezone.localdate()), decided)
    return figures


def _person(grant: Any) -> Any:
    from sightline.accounts.models import Person
    from tests.factories.accounts import a_person

    email = f"bench-{grant.role.value}@example.org"
    return Person.objects.filter(email=email).first() or a_person(grant, email=email)


def _replay(person: Any, system: str, on: date) -> None:
    from django.utils import timezone

    from sightline.surveillance.queries.log import Asked, log_lines, quarter_starts

    found = log_lines(person, timezone.localdate(), Asked(on, system, quarter_starts(on)))
    if not found.total:
        raise SystemExit("Nothing was replayed.")


def _copy(person: Any, on: date) -> None:
    from sightline.surveillance.queries.log import copy_of_log

    if not copy_of_log(REGION, person, on).as_json:
        raise SystemExit("Nothing was copied.")


if __name__ == "__main__":
    set_up_django()
    if sys.argv[1:] == ["load"]:
        begun = perf_counter()
        load()
        sys.stdout.write(json.dumps({"load_20k_decisions_seconds": perf_counter() - begun}))
    else:
        sys.stdout.write(json.dumps(measure()))

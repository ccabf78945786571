"""Measures a register of 20,000 risks: its pages today and as of an earlier day, how it moved, and its self-checks.

``python -m tests.bench.risks`` fills an empty data folder and prints one JSON object. What is kept until anything changes
is measured twice: as whoever comes first after a change finds it, and as all later readers do.
"""

from __future__ import annotations

import json
import os
import random
import sys
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import change, measured, visit

RISKS, SUBJECTS = 20_000, 400
AT_ONCE = 2_000
BODY = "QZ1"
YEARS_BACK = 3
CATEGORIES = ("safety", "workforce", "experience")


def measure() -> dict[str, float]:
    """This function will fill the folder and measure the pages of the one register in it."""
    from django.conf import settings
    from django.utils import timezone

    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.core.access import Role
    from tests.factories.accounts import a_person, signed_in

    settings.HOME_SYSTEM = BODY
    ready_database()
    now = timezone.now()
    body = _load(now, random.Random(1))
    count_roughly()
    change()  # of a house in which nothing ever happened, nothing is kept
    client = signed_in(a_person(Role.MEMBER, email="bench@example.org"))
    at, then = f"/registers/system/{body}/", (now.date() - timedelta(days=200)).isoformat()
    pages = {
        "list": "/registers/",
        "page": at,
        "page_late": f"{at}?page=200",
        "page_filtered": f"{at}?band=extreme&above=yes&category=safety",
        "page_by_review": f"{at}?sort=review",
        "as_of": f"{at}?as_of={then}",
        "as_of_filtered": f"{at}?as_of={then}&overdue=yes&sort=review",
        "movement": f"{at}movement/",
        "checks": f"{at}checks/",
    }
    figures: dict[str, float] = {}
    for name, address in pages.items():
        figures |= measured(f"register_{name}", visit(client, address))
    for name in ("list", "page", "as_of", "movement"):
        figures |= measured(f"register_{name}_anew", visit(client, pages[name]), change)
    return figures | _once(client, pages["checks"])


def _once(client: Any, address: str) -> dict[str, float]:
    """Looking through 20,000 risks takes seconds, so that once is enough."""
    from time import perf_counter

    change()
    begun = perf_counter()
    client.get(address)
    return {"register_checks_anew_seconds": perf_counter() - begun}


def _load(now: datetime, rng: random.Random) -> uuid.UUID:
    from sightline.directory.models import Organisation, Subject
    from sightline.risks.models import Risk
    from sightline.risks.operations._now import keep_now

    icb = Organisation.objects.create(code=BODY, name="Bench Board", kind="icb", recorded_at=now)
    bodies = [Organisation(code=f"ZB{n}", name=f"Body {n}", kind="nhs_trust", recorded_at=now) for n in range(SUBJECTS)]
    Organisation.objects.bulk_create(bodies)
    subjects = [
        Subject(key=one.code, kind="organisation", name=one.name, organisation=one, recorded_at=now) for one in bodies
    ]
    Subject.objects.bulk_create(subjects)
    for _ in range(RISKS // AT_ONCE):
        risks = []
        for _ in range(AT_ONCE):
            opened = now.date() - timedelta(days=rng.randrange(30, 365 * YEARS_BACK))
            risks.append(Risk(system=BODY, opened_on=opened, form_key=uuid.uuid4(), **_by(opened)))
        Risk.objects.bulk_create(risks)
        for model, rows in _rows(risks, icb, subjects, now.date(), rng).items():
            model.objects.bulk_create(rows, batch_size=AT_ONCE)
        keep_now(risks, now.date())
    return icb.pk


def _rows(risks: list[Any], icb: Any, subjects: list[Any], today: date, rng: random.Random) -> dict[Any, list[Any]]:
    """Of each risk a subject, one or two statements, a place, an initial score and three current ones, a review."""
    from sightline.risks.models import Place, RiskEnding, RiskReview, RiskScore, RiskStatement, RiskSubject

    made: dict[Any, list[Any]] = {
        one: [] for one in (RiskSubject, RiskStatement, Place, RiskScore, RiskReview, RiskEnding)
    }
    for risk in risks:
        lived = (today - risk.opened_on).days
        days = sorted(risk.opened_on + timedelta(days=rng.randrange(lived)) for _ in range(3))
        made[RiskSubject].append(RiskSubject(risk=risk, subject=rng.choice(subjects)))
        for number, day in enumerate([risk.opened_on, *days[: rng.randrange(2)]], 1):
            made[RiskStatement].append(RiskStatement(risk=risk, number=number, **_said(rng, day), **_by(day)))
        made[Place].append(
            Place(
                risk=risk,
                tier="system",
                body=icb,
                reference=f"S-{len(made[Place])}",
                since=risk.opened_on,
                **_by(risk.opened_on),
            )
        )
        for kind, day in [("initial", risk.opened_on), ("target", risk.opened_on), *(("current", day) for day in days)]:
            made[RiskScore].append(
                RiskScore(
                    risk=risk, kind=kind, likelihood=rng.randrange(1, 6), consequence=rng.randrange(1, 6),
                    holds_from=day, rationale="As discussed", **_by(day),
                )
            )  # fmt: skip
        made[RiskReview].append(
            RiskReview(
                risk=risk, reviewed_on=days[1], says="Seen", next_review_on=days[1] + timedelta(days=90), **_by(days[1])
            )
        )
        if rng.random() < 0.2:
            made[RiskEnding].append(RiskEnding(risk=risk, ended_on=days[2], because="It held", **_by(days[2])))
    return made


def _said(rng: random.Random, day: date) -> dict[str, Any]:
    return {
        "title": f"Risk {rng.randrange(10**6)}", "cause": "c", "event": "e", "effect": "f", "owner_name": "A director",
        "category": rng.choice(CATEGORIES), "severity": rng.choice(["minor", "system", "significant"]),
        "review_on": day + timedelta(days=120),
    }  # fmt: skip


def _by(day: date) -> dict[str, Any]:
    from django.utils import timezone

    return {"recorded_at": timezone.make_aware(datetime.combine(day, time(12))), "recorded_by": "bench"}


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()))

"""Measures registers of 20,000 risks: their pages today and as of an earlier day, how they moved, and their self-checks.

Every risk stands on the register of its system and on that of its region, so that each is read as whose it is reads it.
``python -m tests.bench.risks load`` fills the data folder named by SIGHTLINE_DATA_DIR; ``python -m tests.bench.risks``
prints one JSON object. A page is measured as whoever comes first after an operation on one risk finds it ("anew"), where
something is kept also as the first after a change elsewhere does ("anew otherwise"), and as all later readers do; the
self-checks also as the first reader of a day finds them, or of a process, when nothing is kept yet ("first").
"""

from __future__ import annotations

import json
import os
import random
import sys
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from time import perf_counter, process_time
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import change, measured, visit

RISKS, SUBJECTS = 20_000, 400
AT_ONCE = 2_000
BODY, REGION = "QZ1", "ZZRR1"
YEARS_BACK = 3
CATEGORIES = ("safety", "workforce", "experience")


def load() -> None:
    """This function will fill an empty data folder."""
    from django.utils import timezone

    from sightline.cli.migrate import count_roughly, ready_database

    ready_database()
    _load(timezone.now(), random.Random(1))
    count_roughly()


def measure() -> dict[str, float]:
    """This function will measure the pages of both registers, each as one of those whose it is."""
    from django.conf import settings
    from django.utils import timezone

    from sightline.core.access import Grant, Role
    from sightline.directory.models import Organisation
    from sightline.risks.models import Risk

    settings.HOME_SYSTEM = BODY
    change()  # of a house in which nothing ever happened, nothing is kept
    then = (timezone.now().date() - timedelta(days=200)).isoformat()
    keys = dict(Organisation.objects.filter(code__in=[BODY, REGION]).values_list("code", "pk"))
    readers = {
        "register": (_reader(Grant(Role.MEMBER)), f"/registers/system/{keys[BODY]}/"),
        "register_region": (_reader(Grant(Role.REGION, organisation=REGION)), f"/registers/region/{keys[REGION]}/"),
    }
    pages = {
        "page": "",
        "page_late": "?page=200",
        "page_filtered": "?band=extreme&above=yes&category=safety",
        "page_by_review": "?sort=review",
        "page_by_title": "?sort=title",
        "as_of": f"?as_of={then}",
        "as_of_filtered": f"?as_of={then}&overdue=yes&sort=review",
        "movement": "movement/",
        "checks": "checks/",
    }
    figures: dict[str, float] = {}
    scored = partial(
        change, "risks.score_risk", str(Risk.objects.order_by("pk").values_list("pk", flat=True)[RISKS // 2])
    )
    for name, (client, at) in readers.items():
        acts = {"list": visit(client, "/registers/")} | {page: visit(client, at + rest) for page, rest in pages.items()}
        figures |= _once(f"{name}_checks_first", acts["checks"])
        for page, act in acts.items():
            figures |= measured(f"{name}_{page}", act)
        for page in ("list", "page", "page_filtered", "page_by_title", "as_of", "as_of_filtered", "movement", "checks"):
            figures |= measured(f"{name}_{page}_anew", acts[page], scored)
        figures |= measured(f"{name}_movement_anew_otherwise", acts["movement"], change)
        figures |= measured(
            f"{name}_checks_anew_otherwise", acts["checks"], partial(change, "surveillance.decide_level")
        )
    return figures


def _once(name: str, act: Callable[[], None]) -> dict[str, float]:
    """To look through 20,000 risks takes seconds, so that once is enough."""
    begun, own = perf_counter(), process_time()
    act()
    return {f"{name}_seconds": perf_counter() - begun, f"{name}_processor_seconds": process_time() - own}


def _reader(grant: Any) -> Any:
    from sightline.accounts.models import Person
    from tests.factories.accounts import a_person, signed_in

    email = f"bench-{grant.role.value}@example.org"
    return signed_in(Person.objects.filter(email=email).first() or a_person(grant, email=email))


def _load(now: datetime, rng: random.Random) -> None:
    from sightline.directory.models import Organisation, Subject
    from sightline.risks.models import Risk
    from sightline.risks.operations._now import keep_now

    icb = Organisation.objects.create(code=BODY, name="Bench Board", kind="icb", recorded_at=now)
    region = Organisation.objects.create(code=REGION, name="Bench Region", kind="region", recorded_at=now)
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
        for model, rows in _rows(risks, {"system": icb, "region": region}, subjects, now.date(), rng).items():
            model.objects.bulk_create(rows, batch_size=AT_ONCE)
        keep_now(risks, now.date())


def _rows(
    risks: list[Any], bodies: dict[str, Any], subjects: list[Any], today: date, rng: random.Random
) -> dict[Any, list[Any]]:
    """Of each risk a subject, one or two statements, two places, an initial score and three current ones, a review."""
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
        for tier, body in bodies.items():
            reference = f"{tier[0]}-{len(made[Place])}"
            given = {"tier": tier, "body": body, "reference": reference, "since": risk.opened_on}
            made[Place].append(Place(risk=risk, **given, **_by(risk.opened_on)))
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
    if sys.argv[1:] == ["load"]:
        begun = perf_counter()
        load()
        sys.stdout.write(json.dumps({"load_20k_risks_seconds": perf_counter() - begun}))
    else:
        sys.stdout.write(json.dumps(measure()))

"""Measures public pages of key points: a year of one group, the group, the front page and a search.

``python -m tests.bench.key_points`` makes forty groups with ten years of monthly key points in an empty data folder
named by SIGHTLINE_DATA_DIR, measures, and prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import measured, visit

GROUPS, YEARS, POINTS = 40, range(2016, 2026), 8
SAID = "Two wards still have nights with one nurse, and the group asks for the figures every week until that is mended."


def measure() -> dict[str, float]:
    """This function will make the pages and measure what the public asks for."""
    from django.test import Client
    from django.urls import reverse

    from sightline.cli.migrate import ready_database

    ready_database()
    group = _make()
    client, year = Client(), YEARS[-1]
    return {
        "key_points_pages": float(GROUPS * len(YEARS) * 12),
        **measured("key_points_year", visit(client, reverse("public_year", args=[group.pk, year]))),
        **measured("key_points_group", visit(client, reverse("public_group", args=[group.pk]))),
        **measured("key_points_front", visit(client, reverse("public_front"))),
        **measured("key_points_search", visit(client, reverse("public_list") + "?q=nurse")),
    }


def _make() -> Any:
    """Forty groups that are shown, each with a public page for every month; what is behind them is not read."""
    from django.utils import timezone

    from sightline.audit.operation import append
    from sightline.publication.models import Edition, GroupEntry, Listing, PublicGroup, PublicPage
    from tests.factories.accounts import a_person
    from tests.factories.directory import an_organisation
    from tests.factories.groups import a_group
    from tests.factories.meetings_live import MADE

    chair, area = a_person(), an_organisation()
    for number in range(GROUPS):
        group = PublicGroup.objects.create(system="X", system_name="A system", name=f"Group {number}", **MADE)
        entry = GroupEntry.objects.create(group=group, number=1, purpose="It meets.", tells_days=True, **MADE)
        Listing.objects.create(
            group=a_group(area, name=group.name), entry=entry, listed_by=chair, form_key=group.pk, **MADE
        )
        held = [date(year, month, 1 + number % 28) for year in YEARS for month in range(1, 13)]
        made = [
            PublicPage(system="X", system_name="A system", group_name=group.name, held_on=day, **MADE) for day in held
        ]
        pages = PublicPage.objects.bulk_create(made)
        Edition.objects.bulk_create(
            [
                Edition(
                    page=one, number=1, opening="The group met.", points=[SAID] * POINTS,
                    recorded_at=timezone.now(), recorded_by="operator:bench",
                )
                for one in pages
            ]
        )  # fmt: skip
    tells = {"verb": "publication.release", "on_kind": "", "on_id": "", "facts": {}}
    append(system="X", at=timezone.now(), actor="operator:bench", **tells)  # what is kept is kept by the log's end
    return group


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()) + "\n")

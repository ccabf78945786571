"""Measures what is read across sources in the folder that ``tests.bench.telling`` filled: pictures and blind spots.

``python -m tests.bench.triangulation`` prints one JSON object. What has a goal is measured twice: as whoever comes first
after a change finds it, when everything is counted anew, and as all later readers do.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import change, measured, visit

AREA = "ZZS0007"


def measure() -> dict[str, float]:
    """This function will measure the pages that lay sources side by side."""
    from django.db.models import Count

    from sightline.intelligence.models import About

    client = _signed_in()
    told = About.objects.values("subject").annotate(items=Count("pk")).order_by("-items", "subject")
    most, middle = told[0]["subject"], told[len(told) // 2]["subject"]
    pages = {
        "picture_of_most_told": f"/subjects/{most}/picture/",
        "picture": f"/subjects/{middle}/picture/",
        "blind_spots": "/blind-spots/?area=",
        "blind_spots_of_row": "/blind-spots/?area=&row=safe",
        "proposals_of_area": f"/proposals/?area={AREA}",
    }
    figures: dict[str, float] = {}
    for name, address in pages.items():
        figures |= measured(f"triangulation_{name}", visit(client, address))
    for name in ("picture", "blind_spots", "proposals_of_area"):
        figures |= measured(f"triangulation_{name}_anew", visit(client, pages[name]), change)
    return figures


def _signed_in() -> Any:
    from sightline.accounts.models import Person
    from sightline.core.access import Role
    from tests.factories.accounts import a_person, signed_in

    email = "bench@example.org"
    return signed_in(Person.objects.filter(email=email).first() or a_person(Role.MEMBER, email=email))


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()))

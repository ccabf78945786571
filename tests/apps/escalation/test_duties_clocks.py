"""The command that the server's clock runs: what was missing is there, and a second run adds nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sightline.cli.main import main
from sightline.escalation.models import Duty
from tests.factories.surveillance import a_decision
from tests.factories.surveillance_levels import a_world

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("SUR-09")
def test_clocks_raise_what_is_missing_and_nothing_twice(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sightline.cli.migrate.ready_database", lambda: None)
    world = a_world()
    a_decision(world.subject, "enhanced", by_office=world.icb_office)
    assert main(["clocks", "run", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["missing"] + found["coming"] == Duty.objects.count() > 0
    assert main(["clocks", "run"]) == 0
    assert capsys.readouterr().out.startswith("0 duties were missing")
    assert found["missing"] + found["coming"] == Duty.objects.count()

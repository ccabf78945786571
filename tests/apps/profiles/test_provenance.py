"""Each aid says which guidance tells of it, and how it stands to the guidance in force; each pack has its own scales."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.core.rulebook import as_text
from sightline.core.rulebook.tools import PARTS, HeatMap, RiskProfile
from sightline.core.signals import ROWS, row_of
from sightline.profiles.models import HeatMapReading
from sightline.profiles.operations import read_heat_map
from sightline.profiles.presenters.aids import provenance
from sightline.profiles.queries import current_tool
from sightline.rulebook.operations import change_part
from sightline.rulebook.packs import PACKS
from tests.factories.accounts import signed_in
from tests.factories.indicators import TODAY, a_signal
from tests.factories.profiles import Two, a_shared_profile, an_agreed_profile, wrote

KEPT = "An aid kept by local choice, not guidance in force"
SLIDES = "QSG 2013 slides, Methodology of Surveillance"


def page(client: Client, name: str, *args: object) -> str:
    """This function will give a page."""
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


@pytest.mark.requirement("RSK-13", "FRW-01", "FRW-02")
@pytest.mark.parametrize(
    ("on", "version", "highest", "is_of_today", "under"),
    [
        (date(2014, 5, 1), "qsg-2013 v1", "Risk Summit", True, SLIDES),
        (date(2019, 5, 1), "qsg-2017 v1", "Risk Summit", False, "QSG 2017 ¶120, ¶122"),
        (TODAY, "sqg-2022 v1", "Intensive", False, "NQB risk response 2022, Core components"),
    ],
)
def test_heat_map_is_that_of_the_pack_in_force_with_its_scales(
    db: None, on: date, version: str, highest: str, is_of_today: bool, under: str
) -> None:
    tool = current_tool("heat_map", on)
    assert tool is not None and tool.version == version
    assert cast(HeatMap, tool.part).levels[-1].name == highest
    told = provenance(tool)
    assert told is not None and (told.is_kept, told.under, told.cites) == (not is_of_today, under, SLIDES)
    assert told.told_in == PACKS["qsg-2013"].title


@pytest.mark.requirement("FRW-04")
@pytest.mark.parametrize(("name", "on"), [("trigger_tool", date(2014, 5, 1)), ("risk_profile", date(2014, 5, 1))])
def test_tool_that_only_later_guidance_has_did_not_exist_yet(db: None, name: str, on: date) -> None:
    assert current_tool(name, on) is None and current_tool(name, TODAY) is not None


@pytest.mark.requirement("RSK-13")
def test_pages_say_that_the_heat_map_is_no_guidance_in_force(two: Two) -> None:
    client = signed_in(two.lead)
    for name in ("heat_map", "heat_map_new"):
        html = page(client, name, two.subject.pk)
        assert KEPT in html and SLIDES in html and "NQB risk response 2022, Core components" in html
        assert PACKS["qsg-2013"].title in html
    assert page(client, "profiles", two.subject.pk).count(KEPT) == 2


@pytest.mark.requirement("FRW-04", "RSK-10")
def test_pages_say_that_the_trigger_tool_was_superseded(two: Two) -> None:
    client = signed_in(two.lead)
    for name in ("trigger_tool", "trigger_tool_new"):
        html = page(client, name, two.subject.pk)
        assert KEPT in html and "superseded in 2022" in html and "QSG 2017, box after ¶122" in html


@pytest.mark.requirement("RSK-11")
def test_profile_is_told_of_by_the_guidance_in_force(two: Two) -> None:
    html = page(signed_in(two.lead), "profiles", two.subject.pk)
    assert "SQG 2022 §4.3" in html
    told = provenance(current_tool("risk_profile", TODAY))
    assert told is not None and not told.is_kept


def test_local_version_that_leaves_the_origin_out_still_says_where_the_tool_comes_from(two: Two) -> None:
    own = cast(HeatMap, PACKS["sqg-2022"].parts["heat_map"])
    bare = own.model_copy(update={"origin": None, "title": "Our heat map"})
    change_part(
        by=two.lead, at=timezone.now(), pack="sqg-2022", part="heat_map", content=as_text(bare), derived_from="sqg-2022 v1",
        because="A shorter title",
    )  # fmt: skip
    tool = current_tool("heat_map", TODAY)
    assert tool is not None and "change" in tool.version
    told = provenance(tool)
    assert told is not None and told.cites == SLIDES
    assert KEPT in page(signed_in(two.member), "heat_map", two.subject.pk)


@pytest.mark.requirement("RSK-13")
@pytest.mark.parametrize(
    ("issues", "risk", "confidence", "level"),
    [(0, "low", "high", "routine"), (1, "high", "some", "enhanced"), (6, "extreme", "low", "intensive")],
)
def test_three_inputs_suggest_a_level_and_move_nobody(
    two: Two, issues: int, risk: str, confidence: str, level: str
) -> None:
    a_signal(two.subject)
    given: dict[str, Any] = {"issues": issues, "risk": risk, "confidence": confidence, "because": "As we see it"}
    read_heat_map(
        by=two.lead,
        at=timezone.now(),
        subject=two.subject,
        form_key=uuid4(),
        issues_because="We know of others",
        **given,
    )
    assert HeatMapReading.objects.get().suggested == level
    assert "It suggests. It decides nothing." in page(signed_in(two.member), "heat_map", two.subject.pk)


@pytest.mark.requirement("RSK-12")
def test_profile_says_who_answers_for_the_risk(two: Two) -> None:
    profile = a_shared_profile(two)
    for person, name in ((two.lead, "profile"), (two.provider, "profile"), (two.member, "profile_print")):
        html = page(signed_in(person), name, profile.pk)
        assert "has no statutory duty to manage it" in html and "the integrated care board answers" in html
        assert "SQG 2022 §3.12, §5.1" in html


@pytest.mark.requirement("RSK-09")
def test_subject_of_which_no_assessment_is_on_record_says_so_until_one_is(two: Two) -> None:
    client = signed_in(two.lead)
    assert "nothing here shows yet how risk was assessed" in page(client, "profiles", two.subject.pk)
    a_shared_profile(two)
    assert "nothing here shows yet" not in page(client, "profiles", two.subject.pk)


@pytest.mark.requirement("DAT-11")
def test_domains_and_hints_bear_on_the_dimensions_of_2022() -> None:
    template = cast(RiskProfile, PACKS["sqg-2022"].parts["risk_profile"])
    assert {row_of(one) for domain in template.domains for one in domain.dimensions} == set(ROWS)
    assert set(PARTS) == {"heat_map", "trigger_tool", "risk_profile"}


@pytest.mark.requirement("RSK-10")
def test_change_after_both_signed_is_seen_by_both_sides_on_every_copy(two: Two) -> None:
    profile = an_agreed_profile(two)
    wrote(two.provider, profile, domain="leadership")
    for person in (two.lead, two.provider, two.member):
        client = signed_in(person)
        for name in ("profile", "profile_print"):
            html = page(client, name, profile.pk)
            assert html.count("Void: it was changed since") == 2 and "no longer hold" in html, (person, name)
        assert ">Agreed</strong>" not in page(client, "profile", profile.pk)


@pytest.mark.requirement("RSK-10")
def test_difference_stays_on_the_record_after_both_have_signed(two: Two) -> None:
    profile = an_agreed_profile(two)
    for person, name in ((two.lead, "profile"), (two.provider, "profile"), (two.member, "profile_print")):
        html = page(signed_in(person), name, profile.pk)
        assert "They differ on the band: High by the commissioner’s side, Moderate by the provider’s." in html
        assert "Two infections in one ward" in html and "We see it milder" in html

"""How national documents order work on quality: as far as they name it, dated, and on the rules pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from pydantic import ValidationError

from sightline.core.access import Role
from sightline.core.rulebook import Sources
from sightline.core.rulebook.modelling import QualityModel, QualityModels
from sightline.core.signals import Quadrant
from sightline.rulebook.packs import PACKS
from sightline.rulebook.queries import part_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house

__all__ = ["clock", "folder", "house"]


def model(pack_id: str, model_id: str) -> QualityModel:
    part = PACKS[pack_id].part("quality_models")
    assert isinstance(part, QualityModels)
    found = part.model(model_id)
    assert found is not None
    return found


@pytest.mark.requirement("CQC-02")
def test_first_theme_of_the_regulators_assessments_is_equity_in_access_and_is_dated() -> None:
    themes = model("sqg-2022", "assessment-themes")
    assert [(one.number, one.name) for one in themes.members] == [(1, "Equity in access")]
    assert themes.told_on == date(2023, 12, 4)


@pytest.mark.requirement("CQC-04")
def test_trilogy_tells_planning_control_and_improvement_apart_and_says_whose_words_they_are() -> None:
    trilogy = model("sqg-2022", "juran-trilogy")
    assert [one.id for one in trilogy.members] == ["planning", "control", "improvement"]
    assert all(one.is_local for one in trilogy.members) and not trilogy.is_local


@pytest.mark.requirement("CQC-05")
def test_of_the_seven_steps_only_the_fifth_is_held_as_the_guidance_names_no_other() -> None:
    (step,) = model("qsg-2017", "seven-steps").members
    assert (step.number, step.name, step.cites) == (5, "Maintaining and safeguarding quality", "QSG 2017 ¶12")


@pytest.mark.requirement("RPT-31")
def test_thematic_report_of_a_region_is_a_source_of_2017_and_of_no_other_guidance() -> None:
    held = {}
    for name, pack in PACKS.items():
        sources = pack.part("sources")
        held[name] = sources.entry("bipartite-report") if isinstance(sources, Sources) else None
    report = held.pop("qsg-2017")
    assert report is not None and report.cites == "QSG 2017 ¶110" and report.quadrant is Quadrant.EXTERNAL_QUALITATIVE
    assert not any(held.values())


@pytest.mark.parametrize(
    ("twice", "says"),
    [({"id": "five"}, "the member “five” stands twice"), ({"number": 5}, "the number “5” stands twice")],
)
def test_member_or_number_that_stands_twice_is_refused(twice: dict[str, object], says: str) -> None:
    five = {"id": "five", "number": 5, "name": "The fifth", "says": "It is the fifth.", "cites": "local"}
    six = {**five, "id": "six", "number": 6, **twice}
    steps = {"id": "steps", "name": "Steps", "says": "There are steps.", "told_on": "2017-07-01", "cites": "local"}
    with pytest.raises(ValidationError, match=says):
        QualityModel.model_validate({**steps, "members": [five, six]})
    whole = QualityModel.model_validate({**steps, "members": [five]})
    with pytest.raises(ValidationError, match="the way of ordering “steps” stands twice"):
        QualityModels(models=(whole, whole))


@pytest.mark.requirement("CQC-02", "CQC-04", "CQC-05")
def test_rules_pages_show_each_with_its_day_and_its_source(house: None) -> None:
    client, address = signed_in(a_person(Role.MEMBER)), reverse("rule_part", args=["quality_models"])
    assert "Models of quality" in client.get(reverse("rules")).content.decode()
    now = client.get(address).content.decode()
    for words in ("Equity in access", "Quality control and assurance", "4 December 2023", "ICB quality slides 2023"):
        assert words in now, words
    assert "Seven steps" not in now
    then = client.get(address, {"pack": "qsg-2017"}).content.decode()
    assert "Maintaining and safeguarding quality" in then and "QSG 2017 ¶12" in then and "1 July 2017" in then
    assert part_of("qsg-2013", "quality_models", date(2015, 1, 1)) is None

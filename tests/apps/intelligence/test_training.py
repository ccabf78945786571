"""Training a model of themes is on the record: which labels, how good, and which model; and no text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sightline.accounts.models import Person
from sightline.accounts.operator import Operator
from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.verdict import Invalid, Refused
from sightline.intelligence.models import ThemeTraining
from sightline.intelligence.operations import train_themes
from sightline.intelligence.queries.themes import fingerprint_of_labels
from sightline.intelligence.theming.keeping import load
from tests.factories.intelligence import LATER, NOW, somebody
from tests.factories.theming import comments

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("INT-15")]
BY = Operator("keeper")


@pytest.fixture(autouse=True)
def own_folder(house: Path, tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]  # the fixture is pytest-django's own


def trained(by: Person | Operator = BY, texts: list[object] | None = None) -> ThemeTraining:
    labelled = comments() if texts is None else texts
    return train_themes(by=by, at=NOW, labelled=labelled, labels_from="Ward 9.csv", dictionary="3")  # type: ignore[arg-type]  # what a test hands in


def test_it_is_recorded_once_with_its_labels_figures_and_model(tmp_path: Path) -> None:
    made = trained()
    model = load(tmp_path)
    assert model is not None
    assert (made.fingerprint, made.labels_sha256) == (model.fingerprint, fingerprint_of_labels(comments()))
    assert (made.labelled, made.texts, made.labels_from) == (len(comments()), model.training.texts, "Ward 9.csv")
    assert {one["theme"]: one.get("precision") for one in made.figures} == {
        one.theme: one.precision for one in model.training.themes
    }
    event = Event.objects.get()
    assert (event.verb, event.actor) == ("intelligence.train_themes", BY.actor_id)
    assert (event.on_kind, event.on_id) == ("ThemeTraining", model.fingerprint)
    assert json.loads(event.facts)["labelled"] == len(comments())
    assert "Ward" not in event.facts


def test_record_holds_no_word_of_the_texts() -> None:
    made = trained()
    words = {word for one in comments() for word in one.text.split() if len(word) > 4}
    themes = {one["theme"] for one in made.figures}
    assert not [word for word in words - themes if word in json.dumps(made.figures)]


def test_labels_have_one_fingerprint_in_any_order_and_another_once_changed() -> None:
    labels = comments()
    assert fingerprint_of_labels(reversed(labels)) == fingerprint_of_labels(labels)
    assert fingerprint_of_labels(labels[1:]) != fingerprint_of_labels(labels)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.ADMINISTRATOR])
def test_who_does_not_keep_the_rules_trains_nothing(role: Role, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        trained(somebody(role))
    assert not ThemeTraining.objects.exists() and not Event.objects.exists() and load(tmp_path) is None


def test_training_that_learns_nothing_is_no_training(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="labelled texts yet"):
        trained(texts=[])
    luck = [type(one)(one.text, frozenset({"luck"} if n % 7 == 0 else ()), one.heard_on)
            for n, one in enumerate(comments())]  # fmt: skip
    with pytest.raises(Invalid, match="the model in use stays as it was"):
        train_themes(by=BY, at=LATER, labelled=luck, labels_from="own")
    assert not ThemeTraining.objects.exists() and not Event.objects.exists() and load(tmp_path) is None

"""Training the model of themes: it is on the record which labels it learned from, and how good it was found to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.models import ThemeTraining
from sightline.intelligence.queries.themes import fingerprint_of_labels
from sightline.intelligence.theming.engine import Learned
from sightline.intelligence.theming.keeping import store
from sightline.intelligence.theming.labels import Labelled
from sightline.intelligence.theming.training import train

NOTHING_LEARNED = (
    "No theme could be learned well enough to be offered, so the model in use stays as it was. "
    "`sightline themes evaluate` says how far each theme came."
)


@operation(Permission.KEEP_RULES, on="result")
def train_themes(
    *, by: Actor, at: datetime, labelled: Sequence[Labelled], labels_from: str, dictionary: str = ""
) -> ThemeTraining:
    """This function will train a model on labelled texts, put it in use, and keep how good it is (INT-15).

    The record holds no text: the fingerprint of the labels, how many there were, what was found of each theme, and the
    fingerprint of the model. Raises Invalid where nothing could be learned; then the model in use stays as it was.
    """
    model = train(labelled, at, dictionary_version=dictionary, labels_from=labels_from)
    if not model.training.offered:
        raise Invalid(NOTHING_LEARNED)
    told = model.training
    made = ThemeTraining(
        fingerprint=model.fingerprint,
        labels_from=labels_from[:250],
        labels_sha256=fingerprint_of_labels(labelled),
        labelled=len(labelled),
        texts=told.texts,
        earliest=told.earliest,
        latest=told.latest,
        dictionary=dictionary,
        figures=[_figures(one) for one in told.themes],
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    made.save()
    store(Path(settings.DATA_DIR), model)
    return made


def _figures(one: Learned) -> dict[str, str | int | float | None]:
    if not one.is_offered:
        return {"theme": one.theme, "examples": one.examples, "why_not": one.why_not}
    return {"theme": one.theme, "examples": one.examples, "precision": one.precision, "recall": one.recall}

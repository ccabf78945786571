"""``sightline themes``: train the model of themes on what people labelled, say how good it is, or show it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.core.verdict import Invalid

if TYPE_CHECKING:
    from datetime import date

    from sightline.core.intelligence.theming import Dictionary
    from sightline.intelligence.theming.labels import Labelled

AT_ONCE = 2_000  # items themed in one go
OWN = "this system's own labels"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add what can be asked, and where labels may come from."""
    parser.add_argument(
        "ask",
        choices=["train", "evaluate", "show", "apply"],
        help="train: learn, and use the model from now on; evaluate: learn from a part, test on the rest, keep "
        "nothing; show: say what the model in use learned; apply: theme every item again, but where a person did",
    )
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE", help="a labelled file; left out, own labels")
    parser.add_argument("--source", metavar="SOURCE", help="how that file is laid out: patient_comments, "
        "death_reports, or labelled (columns text, themes separated by semicolons, date, group)")  # fmt: skip
    parser.add_argument(
        "--translate",
        action="store_true",
        help="evaluate: put the dictionary's nearest themes in the place of the file's labels; train always does",
    )
    parser.add_argument("--by-lot", action="store_true", help="evaluate: draw the test by lot, not by time")
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")


def handle(arguments: argparse.Namespace) -> int:
    """This function will train, evaluate, show or apply."""
    match arguments.ask:
        case "train":
            return _train(arguments)
        case "evaluate":
            return _evaluate(arguments)
        case "apply":
            return _apply(arguments)
        case _:
            return _show(arguments)


def _train(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.intelligence.operations import train_themes

    labelled, whose, dictionary = _asked(arguments)
    train_themes(
        by=operator(),
        at=timezone.now(),
        labelled=list(labelled),
        labels_from=whose,
        dictionary=dictionary.version if dictionary else "",
    )
    return _show(arguments)


def _evaluate(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from sightline.intelligence.theming.evaluation import evaluate
    from sightline.intelligence.theming.tables import evaluation_facts, evaluation_lines

    labelled, _, dictionary = _asked(arguments)
    found = evaluate(labelled, timezone.now(), dictionary, by_lot=arguments.by_lot)
    if arguments.json:
        print(json.dumps(evaluation_facts(found), allow_nan=False))
    else:
        print(*evaluation_lines(found), sep="\n")
    return 0


def _apply(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from sightline.accounts.operator import operator
    from sightline.cli.migrate import ready_database
    from sightline.intelligence.operations import theme_items
    from sightline.intelligence.queries.themes import keys_to_theme

    ready_database()
    by = operator()
    keys = keys_to_theme(by, timezone.localdate())
    changed = 0
    for first in range(0, len(keys), AT_ONCE):  # what was done stays done when it is stopped in the middle
        changed += theme_items(by=by, at=timezone.now(), items=keys[first : first + AT_ONCE])
        if not arguments.json:
            print(f"{min(first + AT_ONCE, len(keys)):,} of {len(keys):,} items", file=sys.stderr)
    if arguments.json:
        print(json.dumps({"items": len(keys), "changed": changed}))
    else:
        print(f"{len(keys):,} items looked at, {changed:,} changed.")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from sightline.intelligence.theming.engine import facts_of
    from sightline.intelligence.theming.keeping import load
    from sightline.intelligence.theming.tables import training_lines

    model = load(Path(settings.DATA_DIR))
    if arguments.json:
        print(json.dumps({"model": model.by, **facts_of(model.training)} if model else {"model": None}))
    elif model is None:
        print("No model has been trained, so themes come from the dictionary alone. Train one: sightline themes train")
    else:
        print(*training_lines(model.training, model.by), sep="\n")
    return 0


def _asked(arguments: argparse.Namespace) -> tuple[Iterable[Labelled], str, Dictionary | None]:
    """The labelled texts that were asked for, whose labels they are, and the dictionary that knows their themes."""
    from django.utils import timezone

    from sightline.cli.migrate import ready_database
    from sightline.intelligence.theming.files import SOURCES, labelled_in, translated

    ready_database()
    today = timezone.localdate()
    if arguments.file is None:
        if arguments.source or arguments.translate:
            raise Invalid("--source and --translate are about a file. Name it with --from FILE.")
        return _own_labels(today), OWN, _dictionary(today)
    if arguments.source not in SOURCES:
        raise Invalid(f"Say how the file is laid out: --source {', '.join(SOURCES[:-1])} or {SOURCES[-1]}.")
    labelled, layout = labelled_in(arguments.file, arguments.source)
    if not layout.means:  # its labels are the dictionary's themes already
        return labelled, arguments.file.name, _dictionary(today)
    if arguments.translate or arguments.ask == "train":  # a suggestion must be of a theme that people here know
        return translated(labelled, layout), arguments.file.name, _dictionary(today)
    return labelled, arguments.file.name, None


def _own_labels(today: date) -> Iterable[Labelled]:
    from sightline.intelligence.queries import labelled_texts

    return labelled_texts(today)


def _dictionary(today: date) -> Dictionary:
    from sightline.core.intelligence.theming import compiled
    from sightline.rulebook.queries import part

    return compiled(part("themes", today).themes)

"""Which bodies hold an item, in words and as rows of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sightline.core.access import Handling
from sightline.intelligence.queries.holding import Holder, Holding, Road
from sightline.web.wording import day, moment, plural

HEADER = ("Organisation", "How it came to hold it", "On", "Certain")
_ROAD = {
    Road.RECORD: "Keeps the record of the group in which it was told",
    Road.GIVER: "Gave it, and may have a record of its own",
    Road.SHARED: "Was told, as written down here",
    Road.REFERRED: "It was referred to them: they hold what was written for them",
    Road.RELEASED: "A copy written for them was released",
    Road.COPY: "May hold a copy",
}
_NO_NAME = {
    Road.RECORD: "The body that runs this service",
    Road.GIVER: "Somebody who speaks for no organisation",
    Road.COPY: "Somebody who speaks for no organisation",
}
_HELD_BACK = "An organisation that asked not to be named"
NO_PUBLIC_BODY = (
    "The group is no public body, so nobody can ask the group itself for it under the Freedom of Information Act 2000. "
    "The public bodies among these each can be asked for what they hold, and each decides case by case "
    "(QSG 2017 ¶137-138)."
)
UNKNOWN = (
    "Who only read it here holds no copy. Printing, notes and opened documents leave no trace in this record. Of lists "
    "that were taken away it is known who took one and when, not which items stood in it."
)
PUBLISHED = "It was published: whoever published it holds it too, and anybody may have a copy."


@dataclass(frozen=True, slots=True)
class HolderLine:
    """One body as it is shown."""

    body: str
    says: str
    on: str
    note: str


def holder_lines(holding: Holding) -> list[HolderLine]:
    """This function will put each body into words."""
    return [HolderLine(_body(one), _says(one), day(one.on), _note(one)) for one in holding.holders]


def holding_rows(holding: Holding, *, group: str, taken_by: str, at: datetime) -> list[tuple[str, ...]]:
    """This function will write the bodies as rows of a file, with how far it may travel on top (IGV-10).

    No word of the item stands in it, and nobody who asked not to be named.
    """
    restricted = holding.item.handling == Handling.RESTRICTED.value
    of_group = f"the quality group of {group}" if group else "the quality group"
    top = f"Official – Sensitive: for those who keep the record of {of_group}" if restricted else (
        f"Official: for those who keep the record of {of_group}"
    )  # fmt: skip
    return [
        (top,),
        (f"Taken by {taken_by} at {moment(at)}. Not to be passed on.",),
        (NO_PUBLIC_BODY,),
        (UNKNOWN,),
        *([(PUBLISHED,)] if holding.is_published else []),
        HEADER,
        *(
            (
                _HELD_BACK if one.not_to_be_named else _body(one),
                _says(one),
                one.on.isoformat(),
                "possibly" if one.road is Road.COPY else "yes",
            )
            for one in holding.holders
        ),
    ]


def _body(one: Holder) -> str:
    return one.body or _NO_NAME.get(one.road, "Not named")


def _says(one: Holder) -> str:
    if one.road is Road.COPY:
        return f"{_ROAD[one.road]}: took {plural(one.times, 'list')} away since it was told, the last on this day"
    return f"{_ROAD[one.road]}; withdrawn since" if one.withdrawn else _ROAD[one.road]


def _note(one: Holder) -> str:
    return "It asked not to be named: do not pass this on." if one.not_to_be_named else ""

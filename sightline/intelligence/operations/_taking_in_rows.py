"""Rows that a first edition and a later one write alike: names that wait, passages, whom a report was sent to."""

from __future__ import annotations

from uuid import UUID

from sightline.core.access import Handling
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Addressee, Doubt, Item, Passage, Report, Unplaced
from sightline.intelligence.operations._taking_in_merging import Sent
from sightline.intelligence.operations._taking_in_naming import Meant
from sightline.intelligence.operations._taking_in_shape import Bringing


def unplaced(item: Item, name: Meant, bringing: Bringing) -> Unplaced:
    """This function will make a name that waits for a person, with those whom it may mean."""
    return Unplaced(item=item, words=name.words, candidates="\n".join(name.candidates), recorded_at=bringing.at)


def doubt(item: Item, says: str, bringing: Bringing) -> Doubt:
    """This function will make what holds an item for a person."""
    return Doubt(item=item, says=says, recorded_at=bringing.at)


def passage(item: Item, words: Words, place: int, bringing: Bringing, replaces: UUID | None = None) -> Passage:
    """This function will make a passage of an item, no freer than the item."""
    return Passage(
        item=item,
        place=place,
        handling=Handling(item.handling).or_stricter(words.handling).value,
        text=words.text,
        knowingly=bringing.knowingly if bringing.knowingly and bringing.people_in(words.text) else "",
        replaces_id=replaces,
        recorded_at=bringing.at,
        recorded_by=bringing.by.actor_id,
    )


def addressee(report: Report, sent: Sent) -> Addressee:
    """This function will make a row of whom a report was sent to."""
    return Addressee(
        report=report,
        name=sent.name[:250],
        organisation_id=sent.body,
        status=sent.status.value,
        due_on=sent.due_on,
        stated_on=sent.stated_on,
    )

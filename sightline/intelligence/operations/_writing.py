"""Makes words fit to be kept: cleaned, looked through for people, and never freer than the item they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.accounts.looking import listed_names
from sightline.core.access import Actor, Handling
from sightline.core.intelligence.checking import Found, find_personal
from sightline.core.intelligence.wording import clean
from sightline.core.verdict import Invalid
from sightline.intelligence.giving import Words
from sightline.intelligence.models import FormerReader, Item, Marking, NamedReader, Passage, Tag
from sightline.intelligence.words import TagKind

NAME_THE_READERS = "Name who may read it: a restricted item is for those on its own list."
WHY_FEWER = "Say in a sentence why the members of the group may not all read it."


def fit(words: Words) -> Words:
    """This function will clean a passage; raises Invalid where nothing is left of it, or an identity is put in it."""
    if words.handling is Handling.ANNEX:
        raise Invalid("Keep an identity in an annex of the item, once the item is shared.")
    text = cleaned(words.text)
    if not text:
        raise Invalid("Say in a sentence what you heard.")
    return Words(text, words.handling)


def cleaned(text: str) -> str:
    """This function will clean a text; raises Invalid where it is too long."""
    made = clean(text)
    if not made.verdict:
        raise Invalid(made.verdict.words)
    return made.text


def must_name_nobody(texts: Iterable[str], knowingly: str) -> None:
    """This function will raise Invalid where texts hold what looks like personal data and nobody says why."""
    if knowingly.strip():
        return
    found = [one.says for text in texts for one in people_in(text)]
    if found:
        raise Invalid(*dict.fromkeys(found), "Take it out, or say why it must stay.")


def people_in(text: str) -> tuple[Found, ...]:
    """This function will find what looks like personal data, by patterns and by the names on the house's list."""
    return find_personal(text, listed_names())


def passage_of(item: Item, words: Words, by: Actor, at: datetime, knowingly: str, place: int = 0) -> Passage:
    """This function will make a passage that is no freer than its item, with the reason for a name left in it."""
    return Passage(
        item=item,
        place=place,
        handling=Handling(item.handling).or_stricter(words.handling).value,
        text=words.text,
        knowingly=cleaned(knowingly) if knowingly.strip() and people_in(words.text) else "",
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def tag_of(item: Item, kind: TagKind, value: str, by: Actor, at: datetime) -> Tag:
    """This function will make a tag that a person gave."""
    return Tag(item=item, kind=kind.value, value=value, recorded_at=at, recorded_by=by.actor_id)


def mark(item: Item, handling: Handling, because: str, by: Actor, at: datetime, passage: Passage | None = None) -> None:
    """This function will keep how far an item or a passage of it was said to travel, and why (IGV-05)."""
    words = cleaned(because)
    if not words:
        raise Invalid(WHY_FEWER)
    Marking.objects.create(
        item=item, passage=passage, handling=handling.value, because=words, recorded_at=at, recorded_by=by.actor_id
    )


def name_readers(item: Item, readers: set[str], by: Actor, at: datetime) -> None:
    """This function will put people on an item's list."""
    named = set(NamedReader.objects.filter(item=item).values_list("actor_id", flat=True))
    NamedReader.objects.bulk_create(
        NamedReader(item=item, actor_id=one, recorded_at=at, recorded_by=by.actor_id) for one in sorted(readers - named)
    )


def strike_off_others(item: Item, readers: set[str], by: Actor, at: datetime) -> None:
    """This function will strike everybody else off an item's list, and keep that they stood on it."""
    others = NamedReader.objects.filter(item=item).exclude(actor_id__in=readers)
    FormerReader.objects.bulk_create(
        FormerReader(
            item=item,
            actor_id=one.actor_id,
            named_at=one.recorded_at,
            named_by=one.recorded_by,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        for one in others
    )
    others.delete()

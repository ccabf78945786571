"""Sharing what one has heard, and adding words to what was shared."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Handling, Permission, systems_where
from sightline.core.verdict import Invalid
from sightline.intelligence.giving import Given, Words
from sightline.intelligence.keeping import keep_file
from sightline.intelligence.models import About, Giver, Item, Onward, Passage, Tag
from sightline.intelligence.operations._drafts import forget
from sightline.intelligence.operations._seeing import must_see
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.operations._writing import (
    NAME_THE_READERS,
    WHY_FEWER,
    cleaned,
    fit,
    mark,
    must_name_nobody,
    name_readers,
    passage_of,
    tag_of,
)
from sightline.intelligence.queries import origin_of, quadrant_of
from sightline.rulebook.queries import pack_in_force


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def share(*, by: Actor, at: datetime, given: Given) -> Item:
    """This function will add one item to the record of a system's group (INT-01, INT-05, INT-16).

    A form that is sent twice gives the item that it made the first time. Its draft is gone once it is sent. Raises
    Invalid where nothing is said, the day lies ahead, restricted words have no readers, the system is not the
    giver's, or the words hold what looks like personal data and nobody said why it must stay. What is for fewer than
    the members needs a reason (IGV-05; SQG 2022 Annex A).
    """
    again = _made_before(by, given)
    if again is not None:
        return again
    words = _checked(by, at, given)
    item = _item(by, at, given)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError as problem:  # the same form, sent twice at one moment
        again = _made_before(by, given)
        if again is None:
            raise Invalid("This form was sent already. Begin another.") from problem
        return again
    _write_what_belongs_to(item, by, at, given, words)
    see_again([item])
    if given.form_key:
        forget(by.actor_id, given.form_key)
    return item


@operation(Permission.SHARE_INTELLIGENCE, on="item")
def add_words(
    *, by: Actor, at: datetime, item: Item, words: Words, knowingly: str = "", why_fewer: str = ""
) -> Passage:
    """This function will add a passage to an item that the actor sees; raises Invalid as ``share`` does."""
    must_see(by, at, item)
    kept = fit(words)
    must_name_nobody([kept.text, why_fewer], knowingly)
    passage = passage_of(item, kept, by, at, knowingly)
    passage.save(force_insert=True)
    if kept.handling is Handling.RESTRICTED and item.handling != Handling.RESTRICTED.value:
        mark(item, kept.handling, why_fewer, by, at, passage)
    return passage


def _made_before(by: Actor, given: Given) -> Item | None:
    """Only one's own: the key of another's form must not open what it made."""
    if given.form_key is None:
        return None
    return Item.objects.filter(form_key=given.form_key, recorded_by=by.actor_id).first()


def _write_what_belongs_to(item: Item, by: Actor, at: datetime, given: Given, words: list[Words]) -> None:
    subjects = {subject.pk: subject for subject in given.subjects}
    About.objects.bulk_create(About(item=item, subject=subject) for subject in subjects.values())
    Giver.objects.create(item=item, actor_id=by.actor_id, organisation=given.organisation, wish=given.wish.value)
    passages = [passage_of(item, one, by, at, given.knowingly, place) for place, one in enumerate(words)]
    Passage.objects.bulk_create(passages)
    if Handling.RESTRICTED in _handlings(given):
        _mark(item, passages, given, by, at)
    name_readers(item, {*given.readers, by.actor_id}, by, at)
    Tag.objects.bulk_create(tag_of(item, kind, value, by, at) for kind, value in dict.fromkeys(given.tags))
    Onward.objects.bulk_create(
        Onward(
            item=item,
            kind=way.kind.value,
            body=cleaned(way.body),
            because=cleaned(way.because),
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        for way in given.onward
    )
    for file in given.files:
        keep_file(item, file, by.actor_id, at)


def _mark(item: Item, passages: list[Passage], given: Given, by: Actor, at: datetime) -> None:
    """The whole item where it is for fewer; in any other case each passage that is, or else its files."""
    narrow = [one for one in passages if one.handling == Handling.RESTRICTED.value]
    for passage in [None] if given.handling is Handling.RESTRICTED or not narrow else narrow:
        mark(item, Handling.RESTRICTED, given.why_fewer, by, at, passage)


def _handlings(given: Given) -> set[Handling]:
    """How far each part may travel; words of which nothing is left travel nowhere."""
    words = (one.handling for one in given.words if one.text.strip())
    return {given.handling, *words, *(one.handling for one in given.files)}


def _checked(by: Actor, at: datetime, given: Given) -> list[Words]:
    today = timezone.localdate(at)
    problems = _problems(given, today)
    systems = systems_where(by, Permission.SHARE_INTELLIGENCE, today)
    if systems is not None and given.system not in systems:
        problems.append("Share it with a group of your own system.")
    if problems:
        raise Invalid(*problems)
    words = [fit(one) for one in given.words if one.text.strip()]
    texts = [one.text for one in words] + [text for way in given.onward for text in (way.body, way.because)]
    must_name_nobody([*texts, given.why_fewer], given.knowingly)
    return words


def _problems(given: Given, today: date) -> list[str]:
    handlings = _handlings(given)
    problems = []
    if not any(one.text.strip() for one in given.words):
        problems.append("Say in a sentence what you heard.")
    if not given.subjects:
        problems.append("Choose whom it is about.")
    if given.heard_on > today:
        problems.append("The day on which you heard it lies ahead. Give today or an earlier day.")
    if Handling.ANNEX in handlings:
        problems.append("Keep an identity in an annex of the item, once the item is shared.")
    if Handling.RESTRICTED in handlings and not given.readers:
        problems.append(NAME_THE_READERS)
    if Handling.RESTRICTED in handlings and not given.why_fewer.strip():
        problems.append(WHY_FEWER)
    if given.verbal_only and given.files:
        problems.append("A document circulates. Leave the documents out, or let the words be circulated.")
    return problems


def _item(by: Actor, at: datetime, given: Given) -> Item:
    on = timezone.localdate(at)
    return Item(
        system=given.system,
        kind=given.kind.value,
        bearing=given.bearing.value,
        heard_on=given.heard_on,
        source=given.source,
        quadrant=quadrant_of(given.source, on),
        origin=origin_of(given.source, given.organisation, by.actor_id, on),
        channel=given.channel.value,
        certainty=given.certainty.value if given.certainty else "",
        reliability=given.reliability,
        credibility=given.credibility,
        handling=given.handling.value,
        verbal_only=given.verbal_only,
        safeguarding=given.safeguarding.value,
        practitioner=given.practitioner,
        form_key=given.form_key,
        pack=pack_in_force(on).id,
        recorded_at=at,
        recorded_by=by.actor_id,
    )

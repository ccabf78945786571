"""One item in words: what was said and how far it may travel, how sure, from whom, and what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sightline.core.access import Handling
from sightline.core.signals import Bearing
from sightline.intelligence import wording as say
from sightline.intelligence.models import Attachment, Passage
from sightline.intelligence.presenters.marking import marking_lines
from sightline.intelligence.presenters.words import Paragraph, paragraphs
from sightline.intelligence.queries.items import Attribution
from sightline.intelligence.queries.mine import Gift, Owed
from sightline.intelligence.queries.telling import Told
from sightline.intelligence.words import Certainty, Channel, Kind, Outcome, ReferralKind, Safeguarding, TagKind
from sightline.web.quality import QUADRANT
from sightline.web.wording import day

Fact = tuple[str, str]
_NEVER_ONLY_DISCUSSED = (
    "Report it into the multi-agency safeguarding process, and record the body, the day and the reference."
)


@dataclass(frozen=True, slots=True)
class PassageLine:
    """One passage as it is shown."""

    id: UUID
    paragraphs: tuple[Paragraph, ...]
    handling: str
    note: str
    knowingly: str
    is_standing: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as it is shown."""

    id: UUID
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One referral that an item asks for; ``is_open`` in words that cannot be overlooked."""

    says: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything that the page of one item shows."""

    id: UUID
    title: str
    kind: str
    bearing: str
    bearing_tag: str
    subjects: tuple[tuple[str, UUID | None], ...]
    passages: tuple[PassageLine, ...]
    facts: tuple[Fact, ...]
    tags: tuple[Fact, ...]
    files: tuple[FileLine, ...]
    owed: tuple[OwedLine, ...]
    onward: tuple[str, ...]
    feedback: tuple[tuple[tuple[Paragraph, ...], str], ...]
    readers: tuple[str, ...]
    markings: tuple[tuple[str, str], ...]
    gave: bool
    may_mark: bool
    keeps: bool
    may_add: bool
    verbal_only: str


@dataclass(frozen=True, slots=True)
class GiftLine:
    """One of the reader's own contributions in a list."""

    id: UUID
    about: str
    begins: str
    on: str
    state: str
    verbal_only: bool
    feedback: tuple[tuple[tuple[Paragraph, ...], str], ...]
    owed: tuple[OwedLine, ...]


def item_page(told: Told) -> ItemPage:
    """This function will write an item for its reader."""
    item = told.item
    names = ", ".join(one.name for one in told.subjects)
    return ItemPage(
        id=item.pk,
        title=f"{say.BEARING_SHORT[Bearing(item.bearing)]} about {names}",
        kind=say.KIND[Kind(item.kind)],
        bearing=say.BEARING_SHORT[Bearing(item.bearing)],
        bearing_tag=say.BEARING_TAG[Bearing(item.bearing)],
        subjects=tuple((one.name, one.pk if one.pk in told.with_page else None) for one in told.subjects),
        passages=tuple(_passage(one, told) for one in told.passages),
        facts=_facts(told),
        tags=_tags(told),
        files=tuple(_file(one) for one in told.files),
        owed=owed_lines(told.owed),
        onward=tuple(_onward(way.kind, way.body, way.because) for way in told.onward),
        feedback=tuple((paragraphs(one.text), day(one.recorded_at)) for one in told.feedback),
        readers=_listed(told),
        markings=tuple(marking_lines(told.markings)),
        gave=told.gave,
        may_mark=told.may_mark,
        keeps=told.keeps,
        may_add=told.may_add,
        verbal_only=say.VERBAL_ONLY if item.verbal_only else "",
    )


def _tags(told: Told) -> tuple[Fact, ...]:
    """One line for each kind of tag."""
    named: dict[str, list[str]] = {}
    for tag, name in told.tags:
        named.setdefault(say.TAG_KIND[TagKind(tag.kind)], []).append(name)
    return tuple((kind, ", ".join(names)) for kind, names in named.items())


def _listed(told: Told) -> tuple[str, ...]:
    """Whoever gave it stands on its list too; where nobody else does, there is no list to speak of."""
    return () if set(told.readers) <= {told.attribution.person} else told.readers


def gift_line(gift: Gift) -> GiftLine:
    """This function will write one of the reader's own contributions."""
    return GiftLine(
        id=gift.item.pk,
        about=", ".join(one.name for one in gift.subjects),
        begins=gift.begins,
        on=day(gift.item.recorded_at),
        state=_state(gift),
        verbal_only=gift.item.verbal_only,
        feedback=tuple((paragraphs(one.text), day(one.recorded_at)) for one in gift.feedback),
        owed=owed_lines(gift.owed),
    )


def owed_lines(owed: tuple[Owed, ...]) -> tuple[OwedLine, ...]:
    """This function will say of each referral whether it is still open (SAF-01)."""
    return tuple(OwedLine(_owed(one), one.is_open) for one in owed)


def _state(gift: Gift) -> str:
    """How it stands, in one line; what came of it, where anything did, is told beneath."""
    silent = "" if gift.feedback else "You have not been told yet what came of it."
    if gift.item.counts and gift.outcome is None:
        return silent and "Nobody has marked it as read yet, or told you what came of it."
    return " ".join(filter(None, (_outcome(gift), silent)))


def _outcome(gift: Gift) -> str:
    on = f" on {day(gift.outcome_on)}" if gift.outcome_on else ""
    if gift.outcome is Outcome.SET_ASIDE:
        return f"Set aside{on}: it stays on the record and counts no more in the picture."
    return f"Read and accepted{on}: it counts in the picture." if gift.outcome else "Waits to be read."


def _owed(one: Owed) -> str:
    name = say.REFERRAL[one.kind]
    if one.made_on is None:
        what = _NEVER_ONLY_DISCUSSED if one.kind is ReferralKind.SAFEGUARDING else "Record it once it is made."
        return f"{name}: not recorded yet. {what}"
    made = f"{name}: recorded, made on {day(one.made_on)}."
    return f"{made} Its receipt is still awaited." if one.awaits_receipt else made


def _passage(one: Passage, told: Told) -> PassageLine:
    wrote = one.recorded_by == told.reader_id
    replaced = getattr(one, "replaced_by", None) is not None
    note = "These are your own words; others now read what replaced them. " if wrote and replaced else ""
    note += "Written in place of other words. " if one.replaces_id and told.keeps else ""
    added = one.recorded_at != told.item.recorded_at and not one.replaces_id
    note += f"Added on {day(one.recorded_at)}. " if added else ""
    return PassageLine(
        id=one.pk,
        paragraphs=paragraphs(one.text),
        handling=say.HANDLING_OF[Handling(one.handling).or_stricter(Handling(told.item.handling))],
        note=note.strip(),
        knowingly=one.knowingly if wrote or told.keeps else "",
        is_standing=not replaced,
    )


def _facts(told: Told) -> tuple[Fact, ...]:
    item = told.item
    source = f"{told.source.name} ({QUADRANT[told.source.quadrant].lower()})" if told.source else ""
    grade = f"{item.reliability or 'not graded'} / {item.credibility or 'not graded'}"
    facts = [
        ("Who may see it", say.HANDLING_OF[Handling(item.handling)]),
        ("From", _from(told.attribution)),
        ("Heard on", day(item.heard_on)),
        ("How it reached the giver", say.CHANNEL[Channel(item.channel)]),
        ("How sure", say.CERTAINTY[Certainty(item.certainty)] if item.certainty else ""),
        ("Source", source),
        ("Reliability of the source / credibility", grade if item.reliability or item.credibility else ""),
        ("Safeguarding", say.SAFEGUARDING[Safeguarding(item.safeguarding)]),
        ("An individual practitioner", "It may bear on fitness to practise" if item.practitioner else ""),
        ("Counts in the picture", "" if item.counts else "No: it was set aside, or waits to be reviewed"),
    ]
    return tuple((name, says) for name, says in facts if says)


def _from(given: Attribution) -> str:
    who = ", ".join(filter(None, (given.person, given.organisation)))
    if given.is_reader:
        return f"You ({who}); {say.WISH_OF[given.wish]}" if given.wish else "You"
    if given.wish:
        return f"{who}; {say.WISH_OF[given.wish]}"
    return who or "Not to be attributed"


def _file(one: Attachment) -> FileLine:
    size = f"{max(1, round(one.size / 1024)):,} kB"
    return FileLine(one.pk, one.name, f"{size}. {say.HANDLING_OF[Handling(one.handling)]}.")


def _onward(kind: str, body: str, because: str) -> str:
    match ReferralKind(kind):
        case ReferralKind.BUSINESS_AS_USUAL if because:
            return f"Why it cannot be resolved where it arose: {because}"
        case ReferralKind.BUSINESS_AS_USUAL:
            return f"The giver thinks that this can be put right by: {body}"
        case ReferralKind.OTHER_GROUP:
            return f"The giver thinks that another group needs it: {body or because}"
        case _:
            return f"The giver thinks of: {body or because}"

"""The domains of a risk profile in words: both sides beside each other, and what each said last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from sightline.core.rulebook.tools import RiskBand, RiskProfile
from sightline.core.triangulation.profiling import Point, Side, band_of, differences
from sightline.profiles.models.profiles import Entry
from sightline.profiles.presenters.words import SIDE, named
from sightline.profiles.queries import Charts, Earlier, Sheet
from sightline.profiles.queries.sheets import Key, assessed, lines
from sightline.web.wording import day, moment

# Colours of the bands by their place from the lowest; the word always stands with it.
_COLOURS = ("nhsuk-tag--green", "nhsuk-tag--yellow", "nhsuk-tag--orange", "nhsuk-tag--red")
FACTS = {
    "evidence_for": "Evidence that there is a risk",
    "evidence_against": "Evidence that there is none, or that it is under control",
    "good_practice": "Good practice",
    "view": "View",
}
POINT = {
    Point.BAND: "the band",
    Point.LIKELIHOOD: "the likelihood",
    Point.CONSEQUENCE: "the consequence",
    Point.CONFIDENCE: "confidence in the evidence",
}


@dataclass(frozen=True, slots=True)
class KeptSignal:
    """A signal in the words of its day, with its chart as it was known then, where it has one (DAT-12; SQG 2022 §4.3)."""

    words: str
    href: str
    chart: str


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of somebody's words under its label; ``mark`` says where it was carried over as it stood."""

    label: str
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What one side says about one domain.

    ``last`` is what it judged in the profile before, ``reasons`` say why what looks like personal data stays, and
    ``carried`` says of words of an earlier profile that they are just that.
    """

    side: str
    score: str
    band: str
    tag: str
    confidence: str
    facts: tuple[Told, ...]
    signals: tuple[KeptSignal, ...]
    measures: tuple[str, ...]
    version: str
    is_unshared: bool = False
    measures_mark: str = ""
    last: str = ""
    reasons: tuple[str, ...] = ()
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One domain with both sides."""

    id: str
    name: str
    about: str
    ours: Block | None
    theirs: Block | None
    differ: tuple[str, ...]
    alike: str  # said where no difference is named
    ours_before: Block | None = None  # of an earlier profile, where nothing is written in this one
    theirs_before: Block | None = None


def cards(
    sheet: Sheet,
    names: Mapping[str, str],
    charts: Charts,
    earlier: Mapping[Key, Earlier] | None = None,
    explains: bool = False,
) -> list[Card]:
    """This function will lay out every domain, both sides beside each other; what is signed holds nothing earlier."""
    unshared, known = set(sheet.unshared), earlier or {}
    found = []
    for domain in sheet.template.domains:
        ours = sheet.entries.get((domain.id, Side.COMMISSIONER))
        theirs = sheet.entries.get((domain.id, Side.PROVIDER))
        blocks: dict[Side, Block | None] = {}
        carried: dict[Side, Block | None] = {}
        for side, entry in ((Side.COMMISSIONER, ours), (Side.PROVIDER, theirs)):
            before = known.get((domain.id, side))
            kept_back = side is Side.COMMISSIONER and domain.id in unshared
            why = reasons(sheet, entry, side) if explains and entry else ()
            blocks[side] = block(sheet.template, entry, side, names, charts, kept_back, before, why) if entry else None
            carried[side] = earlier_block(before, side, names, charts) if before and not entry else None
        one, other = (assessed(row, side) if row else None for row, side in zip((ours, theirs), Side, strict=True))
        said = [
            f"They differ on {POINT[gap.point]}: {gap.commissioner} by the commissioner’s side, {gap.provider} by the provider’s."
            for gap in differences(sheet.template, one, other)
        ]
        found.append(
            Card(
                domain.id,
                domain.name,
                domain.about,
                blocks[Side.COMMISSIONER],
                blocks[Side.PROVIDER],
                tuple(said),
                _alike(band_of(sheet.template, one), band_of(sheet.template, other)),
                carried[Side.COMMISSIONER],
                carried[Side.PROVIDER],
            )
        )
    return found


def _alike(ours: RiskBand | None, theirs: RiskBand | None) -> str:
    if ours and theirs:
        return "No difference in the judgements"
    return "Only one side has judged it" if ours or theirs else ""


def block(
    template: RiskProfile,
    entry: Entry,
    side: Side,
    names: Mapping[str, str],
    charts: Charts,
    is_unshared: bool = False,
    before: Earlier | None = None,
    why: tuple[str, ...] = (),
) -> Block:
    """This function will put into words what one side wrote."""
    band = band_of(template, assessed(entry, side))
    place = template.bands.index(band) if band else 0
    return Block(
        side=SIDE[side],
        score=_score(template, entry),
        band=band.name if band else "Not judged",
        tag=_colour(place, len(template.bands)) if band else "nhsuk-tag--grey",
        confidence=_confidence(template, entry),
        facts=tuple(
            Told(label, words, _mark(name, words, before))
            for name, label in FACTS.items()
            if (words := str(getattr(entry, name)))
        ),
        signals=tuple(_kept(words, entry, charts) for words in lines(entry.signals)),
        measures=lines(entry.measures),
        version=f"Version {entry.number}, {named(entry.recorded_by, names)}, {moment(entry.recorded_at)}",
        is_unshared=is_unshared,
        measures_mark=_mark("measures", entry.measures, before),
        last=last_time(before),
        reasons=why,
    )


def earlier_block(before: Earlier, side: Side, names: Mapping[str, str], charts: Charts) -> Block:
    """This function will put into words what one side said in an earlier profile, marked as just that."""
    made = block(before.template, before.entry, side, names, charts)
    return replace(made, carried=f"From the profile started on {day(before.started_on)}, to be looked at again")


def reasons(sheet: Sheet, entry: Entry, side: Side) -> tuple[str, ...]:
    """This function will say why what looks like personal data stays: to its writers and to the record's keepers."""
    if not sheet.explains(side):
        return ()
    said = [f"What looks like personal data stays: {entry.knowingly}"] if entry.knowingly else []
    copy = sheet.shared.get(entry.domain)
    if sheet.reads is side is Side.COMMISSIONER and copy is not None and copy.knowingly:
        said.append(f"The provider was given it too: {copy.knowingly}")
    return tuple(said)


def last_time(before: Earlier | None) -> str:
    """This function will say what a side judged in the profile before; a judgement is never carried over."""
    if before is None:
        return ""
    score, degree = _score(before.template, before.entry), _confidence(before.template, before.entry)
    band = band_of(before.template, assessed(before.entry, Side.COMMISSIONER))
    judged = f"{score}: {band.name}" if band else score
    return f"Last time, in the profile started on {day(before.started_on)}: {judged}. Confidence: {degree}."


def last_hints(before: Earlier | None) -> dict[str, str]:
    """This function will say at each field of the form what stands there from an earlier profile, or was judged in it."""
    if before is None:
        return {}
    since = day(before.started_on)
    over = f"Carried over from the profile started on {since}: look at it again."
    hints = {name: over for name, words in before.texts.items() if words}
    scales = (("likelihood", before.template.likelihood), ("consequence", before.template.consequence))
    for name, steps in scales:
        value = getattr(before.entry, name)
        judged = f"{value} – {steps[value - 1].name}" if value else "not judged"
        hints[name] = f"Last time ({since}): {judged}."
    hints["confidence"] = f"Last time ({since}): {_confidence(before.template, before.entry)}."
    return hints


def place_words(field: str) -> str:
    """This function will name a stretch of what was written about a domain, within a sentence."""
    label = FACTS.get(field, "Measures to watch")
    return label[0].lower() + label[1:]


def _mark(name: str, words: str, before: Earlier | None) -> str:
    same = before is not None and words and words == before.texts[name]
    return f"As in the profile started on {day(before.started_on)}" if before and same else ""


def _confidence(template: RiskProfile, entry: Entry) -> str:
    degrees = {one.id: one.name for one in template.confidence}
    return degrees.get(entry.confidence, "not judged")


def _kept(words: str, entry: Entry, charts: Charts) -> KeptSignal:
    """The chart ends with the day on which the row was recorded: what came later was not what people judged by."""
    indicator = charts.indicator_in(words)
    if not indicator:
        return KeptSignal(words, "", "")
    on = timezone.localdate(entry.recorded_at)
    address = f"{reverse('series', args=[indicator, charts.subject])}?known_on={on.isoformat()}"
    return KeptSignal(words, address, f"Its chart as known on {day(on)}")


def _score(template: RiskProfile, entry: Entry) -> str:
    if entry.likelihood is None or entry.consequence is None:
        return "Not judged yet: not enough is known"
    likely, grave = template.likelihood[entry.likelihood - 1], template.consequence[entry.consequence - 1]
    return f"Likelihood {likely.value} ({likely.name.lower()}), consequence {grave.value} ({grave.name.lower()})"


def _colour(place: int, count: int) -> str:
    return _COLOURS[round(place * (len(_COLOURS) - 1) / max(1, count - 1))]

"""A risk profile in words: its domains with both sides beside each other, its signatures, its reviews, its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.core.rulebook.tools import RiskBand, RiskProfile
from sightline.core.triangulation.profiling import (
    Point,
    Side,
    Status,
    band_of,
    differences,
    is_overdue,
    measures_changed,
    standing,
)
from sightline.profiles.models.profiles import Entry
from sightline.profiles.presenters.words import HANDLING, HANDLING_MEMBERS, SIDE, STATUS, due_words, named
from sightline.profiles.queries import Charts, Sheet
from sightline.profiles.queries.sheets import assessed, lines
from sightline.web.wording import day, moment

# Colours of the bands by their place from the lowest; the word always stands with it.
_COLOURS = ("nhsuk-tag--green", "nhsuk-tag--yellow", "nhsuk-tag--orange", "nhsuk-tag--red")
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
class Block:
    """What one side says about one domain."""

    side: str
    score: str
    band: str
    tag: str
    confidence: str
    facts: tuple[tuple[str, str], ...]
    signals: tuple[KeptSignal, ...]
    measures: tuple[str, ...]
    version: str
    is_unshared: bool = False


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


def cards(sheet: Sheet, names: Mapping[str, str], charts: Charts) -> list[Card]:
    """This function will lay out every domain, both sides beside each other."""
    unshared = set(sheet.unshared)
    found = []
    for domain in sheet.template.domains:
        ours = sheet.entries.get((domain.id, Side.COMMISSIONER))
        theirs = sheet.entries.get((domain.id, Side.PROVIDER))
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
                block(sheet.template, ours, Side.COMMISSIONER, names, charts, domain.id in unshared) if ours else None,
                block(sheet.template, theirs, Side.PROVIDER, names, charts) if theirs else None,
                tuple(said),
                _alike(band_of(sheet.template, one), band_of(sheet.template, other)),
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
) -> Block:
    """This function will put into words what one side wrote."""
    band = band_of(template, assessed(entry, side))
    place = template.bands.index(band) if band else 0
    degrees = {one.id: one.name for one in template.confidence}
    facts = (
        ("Evidence that there is a risk", entry.evidence_for),
        ("Evidence that there is none, or that it is under control", entry.evidence_against),
        ("Good practice", entry.good_practice),
        ("View", entry.view),
    )
    return Block(
        side=SIDE[side],
        score=_score(template, entry),
        band=band.name if band else "Not judged",
        tag=_colour(place, len(template.bands)) if band else "nhsuk-tag--grey",
        confidence=degrees.get(entry.confidence, "not judged"),
        facts=tuple((label, words) for label, words in facts if words),
        signals=tuple(_kept(words, entry, charts) for words in lines(entry.signals)),
        measures=lines(entry.measures),
        version=f"Version {entry.number}, {named(entry.recorded_by, names)}, {moment(entry.recorded_at)}",
        is_unshared=is_unshared,
    )


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


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature, and whether it holds."""

    side: str
    by: str
    at: datetime
    holds: bool


def signature_rows(sheet: Sheet, names: Mapping[str, str]) -> list[SignatureRow]:
    """This function will list every signature; one that a later change made void stays and says so."""
    held = standing(sheet.signed, sheet.now)
    return [
        SignatureRow(SIDE[one.side], named(one.by, names), one.at, held.get(one.side) == one) for one in sheet.signed
    ]


def void_words(rows: Sequence[SignatureRow]) -> str:
    """This function will say that signatures are void, where any is and none of that side's holds."""
    holding = {row.side for row in rows if row.holds}
    void = sorted({row.side for row in rows if not row.holds} - holding)
    if not void:
        return ""
    whose = " and the ".join(side[0].lower() + side[1:] for side in void)
    return f"It was changed after the {whose} had signed, so that signature no longer holds. Whoever stands by it signs anew."


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One yearly review of the measures."""

    at: datetime
    by: str
    why: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def review_rows(sheet: Sheet, names: Mapping[str, str], before: Sequence[str]) -> list[ReviewRow]:
    """This function will list the reviews and what each changed; ``before`` are the measures that were agreed."""
    rows = []
    for one in sheet.reviews:
        after = lines(one.measures)
        change = measures_changed(before, after)
        rows.append(
            ReviewRow(one.recorded_at, named(one.recorded_by, names), one.because, change.added, change.dropped)
        )
        before = after
    return rows[::-1]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One profile in the list of a subject."""

    sheet: Sheet
    word: str
    tag: str
    says: str
    due: str
    is_overdue: bool


def profile_row(sheet: Sheet, on: date) -> ProfileRow:
    """This function will put a profile's status into words, and when its measures are due for review."""
    word, tag, says = STATUS[sheet.status]
    late = sheet.review_due is not None and is_overdue(sheet.review_due, on)
    if sheet.status is Status.AGREED and sheet.is_followed:
        says = f"{says} A newer one is being worked on; this one holds until that is agreed."
    return ProfileRow(sheet, word, tag, says, due_words(sheet.review_due, late), late)


def handling_words(sheet: Sheet) -> str:
    """This function will say how far a profile may travel (IGV-10); it stands on every copy that leaves."""
    return HANDLING_MEMBERS if sheet.unshared else HANDLING


HEAD = (
    "Domain", "Side", "Version", "Shared with the provider", "Likelihood", "Consequence", "Band", "Confidence",
    "Evidence of risk", "Evidence of none or of control", "Signals", "Good practice", "View", "Measures", "Written by",
    "Written at",
)  # fmt: skip


def table(sheet: Sheet, names: Mapping[str, str]) -> list[list[str]]:
    """This function will write the profile as rows of text, its handling first."""
    head = [
        ["Structured risk profile", sheet.profile.subject.name],
        ["Handling", handling_words(sheet)],
        ["Status", STATUS[sheet.status][0]],
        ["Template", sheet.profile.template.version],
        [],
        list(HEAD),
    ]
    degrees = {one.id: one.name for one in sheet.template.confidence}
    unshared = set(sheet.unshared)
    rows = []
    for domain in sheet.template.domains:
        for side in Side:
            entry = sheet.entries.get((domain.id, side))
            if entry is not None:
                kept_back = side is Side.COMMISSIONER and domain.id in unshared
                band = band_of(sheet.template, assessed(entry, side))
                rows.append(
                    [
                        domain.name, SIDE[side], str(entry.number), "no" if kept_back else "yes",
                        str(entry.likelihood or ""), str(entry.consequence or ""), band.name if band else "",
                        degrees.get(entry.confidence, ""), entry.evidence_for, entry.evidence_against, entry.signals,
                        entry.good_practice, entry.view, entry.measures, named(entry.recorded_by, names),
                        day(entry.recorded_at),
                    ]
                )  # fmt: skip
    return head + rows

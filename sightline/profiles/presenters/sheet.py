"""A risk profile in words: its signatures, its reviews and when they are due, its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.core.triangulation.profiling import (
    Side,
    Status,
    band_of,
    is_overdue,
    measures_changed,
    standing,
)
from sightline.profiles.presenters.words import (
    HANDLING,
    HANDLING_MEMBERS,
    SIDE,
    STATUS,
    due_words,
    how_late,
    named,
    stays,
)
from sightline.profiles.queries import Sheet
from sightline.profiles.queries.sheets import assessed, lines
from sightline.web.wording import day


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
    which = "that signature no longer holds" if len(void) == 1 else "their signatures no longer hold"
    return f"It was changed after the {whose} had signed, so {which}. Whoever stands by it signs anew."


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One yearly review of the measures; ``stays`` is said to keepers alone."""

    at: datetime
    by: str
    why: str
    stays: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def review_rows(sheet: Sheet, names: Mapping[str, str], before: Sequence[str]) -> list[ReviewRow]:
    """This function will list the reviews and what each changed; ``before`` are the measures that were agreed."""
    rows = []
    for one in sheet.reviews:
        after = lines(one.measures)
        change = measures_changed(before, after)
        rows.append(
            ReviewRow(
                one.recorded_at,
                named(one.recorded_by, names),
                one.because,
                stays(one.knowingly, sheet.explains(Side.COMMISSIONER)),
                change.added,
                change.dropped,
            )
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


@dataclass(frozen=True, slots=True)
class DueRow:
    """One agreed profile whose measures are reviewed every year: when that is due, and how late it is."""

    profile: UUID
    subject: UUID
    name: str
    agreed: datetime | None
    reviewed: date | None
    due: date
    how_late: str
    is_overdue: bool
    measures: tuple[str, ...]


def due_rows(sheets: Sequence[Sheet], on: date) -> list[DueRow]:
    """This function will list the reviews of measures in the order in which they fall due (RSK-10; QSG 2017 ¶113)."""
    return [_due_row(one, one.review_due, on) for one in sheets if one.review_due is not None]


def _due_row(sheet: Sheet, due: date, on: date) -> DueRow:
    last = sheet.reviews[-1].recorded_at if sheet.reviews else None
    return DueRow(
        profile=sheet.profile.pk,
        subject=sheet.profile.subject_id,
        name=sheet.profile.subject.name,
        agreed=sheet.agreed_at,
        reviewed=timezone.localdate(last) if last else None,
        due=due,
        how_late=how_late(due, on),
        is_overdue=is_overdue(due, on),
        measures=sheet.measures,
    )


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

"""What was done with an item in words: reviews, referrals, copies for providers, annexes, and what still waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.intelligence.wording import first_line
from sightline.intelligence import wording as say
from sightline.intelligence.models import Item, Review
from sightline.intelligence.presenters.reviewing import WaitingLine, waiting_line
from sightline.intelligence.presenters.words import Paragraph, paragraphs
from sightline.intelligence.queries.annexes import AnnexFacts
from sightline.intelligence.queries.joining import Joined
from sightline.intelligence.queries.mine import Owed
from sightline.intelligence.queries.releases import Letter, ReleaseFacts
from sightline.intelligence.queries.reviewing import Handled, Passed
from sightline.intelligence.wording_handling import (
    BASIS,
    NO_REASON_KEPT,
    OUTCOME,
    REFER,
    REFERRAL_MISSING,
    STANDS,
    STEP_DONE,
)
from sightline.intelligence.words import Basis, Kind, Outcome, ReferralKind, ReleaseStep
from sightline.web.wording import day, moment, plural

Text = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class PassedLine:
    """A referral as it is listed."""

    id: UUID
    item: UUID | None
    title: str
    says: str
    detail: Text
    receipt: str
    receipt_says: Text
    may_receive: bool


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A referral that is still to be made."""

    item: UUID
    kind: str
    about: str
    says: str
    is_safeguarding: bool


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A copy for a provider, as those who keep it see it."""

    id: UUID
    item: UUID
    to: str
    stands: str
    waits: bool
    text: Text
    asks: Text
    answer_by: str
    prepared: str
    readers: str
    steps: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, Text], ...]
    may_decide: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A copy as the provider reads it."""

    id: UUID
    to: str
    given: str
    begins: str
    text: Text
    asks: Text
    answer_by: str
    answers: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """That an annex is there."""

    id: UUID
    says: str
    because: str
    readers: tuple[str, ...]
    earlier: tuple[str, ...]
    openings: tuple[tuple[str, str], ...]
    may_open: bool


@dataclass(frozen=True, slots=True)
class HandlingPart:
    """The part of an item's page that says what was done with it."""

    id: UUID
    keeps: bool
    missing: str
    refer: tuple[tuple[str, str], ...]
    reviews: tuple[tuple[str, str], ...]
    told: str
    told_with: tuple[tuple[UUID, str], ...]
    joins: tuple[JoinLine, ...]
    may_undo_join: bool
    held: WaitingLine | None
    referrals: tuple[PassedLine, ...]
    shared_with: tuple[str, ...]
    panels: tuple[tuple[str, Text], ...]
    investigation: tuple[tuple[str, str], ...]
    releases: tuple[ReleaseLine, ...]
    released: str
    annexes: tuple[AnnexLine, ...]
    may_answer: bool
    may_release: bool
    may_note_panel: bool
    may_describe: bool

    @property
    def shows(self) -> bool:
        """Whether there is anything to show to this reader."""
        some = (self.keeps, self.refer, self.told, self.referrals, self.investigation, self.releases, self.annexes)
        return any(some)


@dataclass(frozen=True, slots=True)
class JoinLine:
    """A joining of this item's story; ``undone`` in words where it was undone."""

    says: str
    because: str
    undone: str
    undone_because: str
    may_be_undone: bool


def handling_part(found: Handled) -> HandlingPart:
    """This function will write what was done with an item for its reader."""
    item = found.item
    owed = {one.kind: one for one in found.owed}
    safeguarding = owed.get(ReferralKind.SAFEGUARDING)
    investigation = found.investigation
    return HandlingPart(
        id=item.pk,
        keeps=found.keeps,
        missing=REFERRAL_MISSING if safeguarding and safeguarding.made_on is None else "",
        refer=tuple((one.value, words) for one, words in REFER.items()) if found.may_refer else (),
        reviews=tuple((_review(one, who), one.because) for one, who in found.reviews),
        told=_told(found),
        told_with=tuple((one.pk, _begins(one, words)) for one, words in found.told_with),
        joins=tuple(join_line(one) for one in found.joins),
        may_undo_join=any(one.may_be_undone for one in found.joins),
        held=waiting_line(found.held, found.item.heard_on) if found.held else None,
        referrals=tuple(passed_line(one) for one in found.referrals),
        shared_with=tuple(f"{one.body}, {day(one.shared_on)}" for one in found.shared_with),
        panels=tuple((f"{one.convened_by}, {day(one.met_on)}", paragraphs(one.agreed)) for one in found.panels),
        investigation=(
            ("Investigation", investigation.name),
            ("Led by", investigation.led_by),
            ("Asked on", day(investigation.asked_on) or "not recorded"),
            ("What it was asked for", investigation.asked_for),
        )
        if investigation
        else (),
        releases=tuple(release_line(one) for one in found.releases),
        released=_released(found.released_on),
        annexes=tuple(annex_line(one) for one in found.annexes),
        may_answer=found.keeps and found.has_giver,
        may_release=found.may_prepare,
        may_note_panel=found.keeps and item.kind == Kind.EMERGING_CONCERN.value,
        may_describe=found.keeps and investigation is None and item.kind in {Kind.SOFT, Kind.NON_COOPERATION},
    )


def passed_line(one: Passed) -> PassedLine:
    """This function will write a referral; to the group that received it, nothing of the item."""
    referral = one.referral
    kind = ReferralKind(referral.kind)
    about = ", ".join(subject.name for subject in one.subjects)
    if one.item is None:
        title = f"From {one.sender}"
        says = f"Referred to your group on {day(referral.referred_on)}."
    else:
        title = f"{say.REFERRAL[kind]}: {referral.body}"
        facts = [
            f"About {about}" if about else "",
            f"Referred on {day(referral.referred_on)}",
            f"Reference {referral.reference}" if referral.reference else "",
            f"Recorded by {one.recorded_by}" if one.recorded_by else "",
        ]
        says = ". ".join(filter(None, facts)) + "."
    receipt = getattr(referral, "receipt", None)
    return PassedLine(
        id=referral.pk,
        item=one.item.pk if one.item else None,
        title=title,
        says=says,
        detail=paragraphs(referral.detail),
        receipt=f"Received on {day(receipt.received_on)}." if receipt else _awaited(kind),
        receipt_says=paragraphs(receipt.says) if receipt else (),
        may_receive=one.may_receive,
    )


def owed_line(item: Item, about: Iterable[str], owed: Owed) -> OwedLine:
    """This function will say which referral is still to be made, in words that cannot be overlooked (SAF-01)."""
    is_safeguarding = owed.kind is ReferralKind.SAFEGUARDING
    return OwedLine(
        item=item.pk,
        kind=owed.kind.value,
        about=", ".join(about),
        says=REFERRAL_MISSING if is_safeguarding else f"{say.REFERRAL[owed.kind]}: asked for, and not recorded yet.",
        is_safeguarding=is_safeguarding,
    )


def release_line(one: ReleaseFacts) -> ReleaseLine:
    """This function will write a copy for those who prepare and release it."""
    release = one.release
    waits = one.standing is None
    why_not = ""
    if waits and one.is_own:
        why_not = "You prepared this copy, so another person must release it."
        why_not += " You may refuse it." if one.may_decide else ""
    elif waits and not one.may_decide:
        why_not = "Another person releases or refuses it."
    return ReleaseLine(
        id=release.pk,
        item=release.item_id,
        to=release.to.name,
        stands=STANDS[one.standing],
        waits=waits,
        text=paragraphs(release.text),
        asks=paragraphs(release.asks),
        answer_by=day(release.answer_by),
        prepared=f"Prepared by {one.prepared_by} on {day(release.recorded_at)}",
        readers=_speakers(one),
        steps=tuple(
            (f"{STEP_DONE[ReleaseStep(step.step)]} by {who} on {day(step.recorded_at)}", step.because)
            for step, who in one.steps
        ),
        answers=tuple((f"{who}, {day(answer.recorded_at)}", paragraphs(answer.text)) for answer, who in one.answers),
        may_decide=one.may_decide and one.standing in {None, ReleaseStep.RELEASED},
        why_not=why_not,
    )


def letter_page(one: Letter) -> LetterPage:
    """This function will write a copy as the provider reads it; there is nothing in it of the item."""
    return LetterPage(
        id=one.id,
        to=one.to,
        given=f"Given to {one.to} on {day(one.released_on)}",
        begins=first_line(one.text),
        text=paragraphs(one.text),
        asks=paragraphs(one.asks),
        answer_by=day(one.answer_by),
        answers=tuple((f"Answered on {day(on)}", paragraphs(says)) for says, on in one.answers),
    )


def annex_line(one: AnnexFacts) -> AnnexLine:
    """This function will say that an annex is there; to its keepers also who may open it, and who has."""
    annex = one.annex
    until = f"closed after {day(annex.closes_on)}" if annex.closes_on else "no closing day"
    return AnnexLine(
        id=annex.pk,
        says=f"Kept since {day(annex.recorded_at)}; {until}. Basis: {BASIS[Basis(annex.basis)].lower()}.",
        because=annex.because,
        readers=one.readers,
        earlier=tuple(
            f"{row.who}, listed on {day(row.since)} and struck off on {day(row.until)}"
            for row in one.listed
            if row.until is not None
        ),
        openings=tuple((f"{row.by}, {moment(row.at)}", row.because or NO_REASON_KEPT) for row in one.openings),
        may_open=one.may_open,
    )


def same_story_choices(found: Iterable[tuple[Item, str]]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """This function will offer the items that may tell the same story, each with how it begins."""
    some = list(found)
    choices = [(str(item.pk), f"{say.KIND[Kind(item.kind)]}, heard on {day(item.heard_on)}") for item, _ in some]
    return choices, {str(item.pk): first_line(words) for item, words in some if words}


def join_line(one: Joined) -> JoinLine:
    """This function will write who joined what tells one story, why, and whether that was undone."""
    return JoinLine(
        says=f"Joined by {one.by} on {day(one.told.recorded_at)}",
        because=one.told.because,
        undone=f"Undone by {one.ended_by} on {day(one.ending.recorded_at)}" if one.ending else "",
        undone_because=one.ending.because if one.ending else "",
        may_be_undone=one.may_be_undone,
    )


def join_choices(found: Iterable[Joined]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """This function will offer the joins that may be undone, the newest first, each with why it was made."""
    some = sorted((one for one in found if one.may_be_undone), key=lambda one: one.told.pk, reverse=True)
    return [(str(one.told.pk), join_line(one).says) for one in some], {
        str(one.told.pk): one.told.because for one in some
    }


def _review(one: Review, who: str) -> str:
    """What was decided together says so: the person read ten and answered for all."""
    together = f", together with {one.together.items - 1:,} others of its file" if one.together else ""
    return f"{OUTCOME[Outcome(one.outcome)]}. {who}, {day(one.recorded_at)}{together}"


def _told(found: Handled) -> str:
    """What came of it, for its giver."""
    if not found.gave or found.outcome is None:
        return ""
    return f"{OUTCOME[found.outcome]}."


def _released(days: tuple[date, ...]) -> str:
    if not days:
        return ""
    return (
        f"A copy was given to the organisation concerned on {day(days[-1])}. It was written anew, and does not say who "
        "told the group."
    )


def _begins(item: Item, words: str) -> str:
    return f"Heard on {day(item.heard_on)}: {first_line(words)}" if words else f"Heard on {day(item.heard_on)}"


def _awaited(kind: ReferralKind) -> str:
    return "Its receipt is still awaited." if kind is ReferralKind.OTHER_GROUP else ""


def _speakers(one: ReleaseFacts) -> str:
    if not one.readers:
        return f"Nobody speaks for {one.release.to.name} here yet: whoever is invited as its provider will read it."
    return f"{plural(one.readers, 'person', 'people')} here would read it for {one.release.to.name}."

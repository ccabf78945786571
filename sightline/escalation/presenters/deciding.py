"""The deciding page in words: the move, the rule's answer by each office, and whose decision it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.levels import Slot
from sightline.core.surveillance.moving import RemarkKind
from sightline.core.verdict import Reason
from sightline.escalation.queries.deciding import ByOffice, Deciding
from sightline.surveillance.queries.moving import Judged

REMARK = {
    RemarkKind.SKIPPED: "A level is skipped",
    RemarkKind.OVERRIDDEN: "An override",
    RemarkKind.NOT_GIVEN: "Not given",
    RemarkKind.REGION_DISAGREES: "The region disagrees",
    RemarkKind.DISSENT: "A dissent",
    RemarkKind.INVOLVEMENT_OFFERED: "Others might be involved",
    RemarkKind.INDICATIVE_START: "Earlier guidance",
    RemarkKind.BACKDATED: "Backdated",
}
ANSWER = {
    True: ("May decide", "nhsuk-tag--green"),
    None: ("May decide with a reason", "nhsuk-tag--yellow"),
    False: ("May not decide", "nhsuk-tag--red"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """The proposed move in short."""

    subject: str
    level_from: str
    level_to: str
    means: str
    action: str
    effective_on: date
    next_review_on: date | None
    reason: str
    triggers: tuple[str, ...]
    group_view: str
    group_met_on: date | None
    is_rise: bool
    guidance: str
    cites: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """What the rules say if somebody decides in one office."""

    id: str
    words: str
    answer: str
    tag: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark of the rules, with its kind as a word."""

    kind: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose decision a level is: the roles by the guidance, and who holds them today."""

    says: str
    cites: str
    usual: tuple[str, ...]
    with_reason: tuple[str, ...]
    people: tuple[str, ...]


def move_in_words(found: Deciding) -> Move:
    """This function will put the proposal into words in short."""
    proposal, judged = found.proposal, found.judged
    guidance = judged.guidance
    level = guidance.levels.levels.level(proposal.level_to)
    triggers = (guidance.levels.triggers.trigger(one) for one in proposal.triggers.split())
    return Move(
        subject=proposal.subject.name,
        level_from=guidance.level_name(proposal.level_from),
        level_to=guidance.level_name(proposal.level_to),
        means=level.means if level else "",
        action=level.action if level else "",
        effective_on=proposal.effective_on,
        next_review_on=proposal.next_review_on,
        reason=proposal.reason,
        triggers=tuple(one.says for one in triggers if one),
        group_view=proposal.group_view,
        group_met_on=proposal.group_met_on,
        is_rise=bool(level and level.rank > judged.standing.level.rank),
        guidance=guidance.name,
        cites=level.cites if level else "",
    )


def office_rows(found: Deciding) -> list[OfficeRow]:
    """This function will say what the rules answer in each of the reader's own offices."""
    return [_office(found.judged, one) for one in found.offices]


def _office(judged: Judged, one: ByOffice) -> OfficeRow:
    answer, tag = ANSWER[None if one.overrides else bool(one.verdict)]
    return OfficeRow(str(one.office.pk), office_words(judged, one), answer, tag, one.verdict.reasons)


def office_words(judged: Judged, one: ByOffice) -> str:
    """This function will name an office with its body."""
    return f"{judged.guidance.levels.authority.name(Slot(one.office.slot))}, {one.office.organisation.name}"


def office_choices(found: Deciding) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """This function will give the offices to choose from, and beside each whether it needs a reason."""
    choices = [(str(one.office.pk), office_words(found.judged, one)) for one in found.deciding]
    hints = {
        str(one.office.pk): "An override: say why it is you who decides." for one in found.deciding if one.overrides
    }
    return choices, hints


def remark_rows(found: Deciding) -> list[RemarkRow]:
    """This function will list what the rules remark upon (LVL-18, LVL-20, LVL-21)."""
    kept = (one for one in found.judged.remarks if one.kind is not RemarkKind.OVERRIDDEN)
    return [RemarkRow(REMARK[one.kind], one.says, one.source) for one in kept]


def whose(found: Deciding) -> Whose:
    """This function will say whose decision it is, and who holds that office today (LVL-05 to LVL-08)."""
    judged = found.judged
    rules = judged.guidance.levels.authority
    authority = judged.authority
    if authority is None:
        return Whose("The guidance names nobody for it.", "", (), (), ())
    return Whose(
        says=authority.says,
        cites=authority.cites,
        usual=tuple(rules.name(one) for one in authority.slots),
        with_reason=tuple(rules.name(one) for one in authority.override),
        people=tuple(_people(found)),
    )


def _people(found: Deciding) -> Iterator[str]:
    rules = found.judged.guidance.levels.authority
    for one in found.authorised:
        yield f"{one.person.display_name}: {rules.name(Slot(one.slot))}, {one.organisation.name}"

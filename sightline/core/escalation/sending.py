"""What one tier may send to another: by which route, in whose name and for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sightline.core.escalation.answering import ExchangeKind
from sightline.core.escalation.routing import routes_open
from sightline.core.rulebook.circumstances import Circumstances, Commissioner, Condition
from sightline.core.rulebook.duties import Notice, Notices, Purpose, Route
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

REGIONAL = frozenset({Slot.NHS_ENGLAND_REGION, Slot.REGIONAL_QUALITY_GROUP, Slot.REGIONAL_SUPPORT_GROUP})
OF_REGION = frozenset({Slot.NHS_ENGLAND_REGION, Slot.REGIONAL_QUALITY_GROUP})
BY_ROUTE = frozenset({ExchangeKind.ESCALATION, ExchangeKind.DUTY_RISK})  # only by a route of the guidance
UPDATE_CLOCK = "region-update"


@dataclass(frozen=True, slots=True)
class Sending:
    """Something that somebody means to send. ``stands_for`` says that they hold an office or a seat, not a role alone."""

    kind: ExchangeKind
    sender: Slot
    recipient: Slot
    case: Circumstances
    on: date
    route: str = ""
    purpose: Purpose = Purpose.INFORMATION
    asks: str = ""
    due_on: date | None = None
    has_subject: bool = False
    triggers: tuple[str, ...] = ()
    triggers_known: tuple[str, ...] = ()  # those that the guidance names for the recipient's involvement
    stands_for: bool = True


def may_send(notices: Notices | None, sending: Sending, names: Mapping[Slot, str]) -> Verdict:
    """This function will say whether something may be sent as it stands (RPT-08, RPT-20 to RPT-22, LVL-20, LVL-25)."""
    return _standing(sending) & _way(notices, sending, names) & _purpose(sending) & _involves(sending)


def _standing(sending: Sending) -> Verdict:
    if sending.stands_for or sending.kind not in {*BY_ROUTE, ExchangeKind.UPDATE}:
        return ALLOWED
    return refused(
        "This is sent by whoever holds the office for it, or by the chair or the secretary of the group. Ask one of "
        "them to send it, or have your office put on record.",
        "SQG 2022 §2.8",
    )


def _way(notices: Notices | None, sending: Sending, names: Mapping[Slot, str]) -> Verdict:
    match sending.kind:
        case ExchangeKind.ESCALATION | ExchangeKind.DUTY_RISK:
            return _by_route(notices, sending, names)
        case ExchangeKind.CHALLENGE:
            return _challenges(sending)
        case _:
            return ALLOWED


def _challenges(sending: Sending) -> Verdict:
    """Check and challenge is the region's, about one subject (LVL-25; NQB risk response 2022, Enhanced/Regional)."""
    reasons = []
    if sending.sender not in OF_REGION:
        reasons.append(Reason("Check and challenge is for the region.", "NQB risk response 2022, Enhanced/Regional"))
    if not sending.has_subject:
        reasons.append(Reason("Say which subject the question is about.", "NQB risk response 2022, Enhanced/Regional"))
    return Verdict(tuple(reasons))


def _by_route(notices: Notices | None, sending: Sending, names: Mapping[Slot, str]) -> Verdict:
    found = () if notices is None else routes_open(notices, sending.sender, sending.case)
    if any((one.id, one.kind.value, one.to) == (sending.route, sending.kind.value, sending.recipient) for one in found):
        return ALLOWED
    asked = None if notices is None else next((one for one in notices.routes if one.id == sending.route), None)
    return refused(instead(asked, found, sending, notices, names), asked.cites if asked else "SQG 2022 §2.8")


def instead(
    asked: Route | None,
    found: tuple[Route, ...],
    sending: Sending,
    notices: Notices | None,
    names: Mapping[Slot, str],
) -> str:
    """This function will say why a route is not open, and what can be done in its place."""
    says = [f"{_cap(names[sending.sender])} cannot escalate this to {names[sending.recipient]} by this guidance."]
    if asked and asked.sender is sending.sender and asked.when is not Condition.ALWAYS:
        says = [f"{_cap(names[sending.sender])} may send this way only if {CONDITIONS[asked.when]}."]
    others = [one for one in (notices.routes if notices else ()) if one.to is sending.recipient]
    if senders := dict.fromkeys(names[one.sender] for one in others if one.sender is not sending.sender):
        says.append(f"It may go there by way of {' or '.join(senders)}.")
    if ways := dict.fromkeys(names[one.to] for one in found):
        says.append(f"From here it may go to {', or to '.join(ways)}.")
    return " ".join(says)


CONDITIONS: Mapping[Condition, str] = {
    Condition.ALWAYS: "it wants to",
    Condition.MINOR_OR_MODERATE: "the concern is minor or moderate",
    Condition.SIGNIFICANT: "the concern is significant or worse",
    Condition.CHALLENGED: "the provider or system counts as challenged",
    Condition.OVERSEEN: "it is about an NHS trust or an ICB",
    Condition.IS_THE_ICB: "it is about the ICB itself",
    Condition.CONFLICT_OF_INTEREST: "there is a conflict of interest",
    Condition.RECURS: "the same risk has come back",
    Condition.COMMISSIONED_BY_NHS_ENGLAND: "NHS England commissions the care",
    Condition.SEVERAL: "several commissioners or systems are concerned",
    Condition.SEVERAL_REGIONS: "several regions are concerned",
    Condition.WIDER: "it may bear on other areas, on the region or on the nation",
    Condition.NATIONAL_ACTION: "it needs national action",
}


def _purpose(sending: Sending) -> Verdict:
    """For information or for action, and an action says what is asked and by when (RPT-13, RPT-21; QSG 2017 ¶26)."""
    if sending.purpose is Purpose.INFORMATION:
        return ALLOWED
    reasons = []
    if not sending.asks.strip():
        reasons.append(Reason("Say what is asked: it is sent for action.", "QSG 2017 ¶26"))
    if sending.due_on is None:
        reasons.append(Reason("Say by when: it is sent for action.", "QSG 2017 ¶26"))
    elif sending.due_on < sending.on:
        reasons.append(Reason("The day by which you ask for it is past.", "QSG 2017 ¶26"))
    return Verdict(tuple(reasons))


def _involves(sending: Sending) -> Verdict:
    """Whoever asks the region or the nation to act names why it and not the system alone (LVL-20, LVL-21, LVL-23)."""
    asks = sending.kind is ExchangeKind.ESCALATION and sending.purpose is Purpose.ACTION
    if not asks or not sending.triggers_known:
        return ALLOWED
    if set(sending.triggers) - set(sending.triggers_known):
        return refused("One of the triggers is not of this guidance. Choose again.", "NQB risk response 2022")
    if sending.triggers:
        return ALLOWED
    return refused(
        "Choose at least one reason for which they should be involved: what the system can settle itself stays with it.",
        "NQB risk response 2022, Enhanced/Overview and Key principles",
    )


def remarks_on(sending: Sending) -> tuple[Reason, ...]:
    """This function will give what a sender should know, and what stands in nobody's way (LVL-23, LVL-24)."""
    if sending.recipient not in REGIONAL and sending.recipient is not Slot.NHS_ENGLAND_NATION:
        return ()
    found = [
        Reason(
            "The system acts first. NHS England and other regulators may step in where a risk is complex, significant "
            "or comes back.",
            "NQB risk response 2022, Key principles",
        )
    ]
    if sending.case.commissioned_by in {Commissioner.NHS_ENGLAND, Commissioner.ICB_AND_NHS_ENGLAND}:
        found.append(
            Reason(
                "NHS England commissions this care, alone or with others, so the region must do the routine work itself.",
                "NQB risk response 2022, Routine/Regional",
            )
        )
    return tuple(found)


def update_rule(notices: Notices | None) -> Notice | None:
    """This function will find the rule by which the region is kept up to date (SUR-09, RPT-30; QSG 2017 ¶127)."""
    return next((one for one in notices.notices if one.clock == UPDATE_CLOCK), None) if notices else None


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]

"""What waits for the reader in words: only what is there, each with where to go."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.overview.queries import Waits
from sightline.web.environment import link
from sightline.web.wording import plural


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing that waits and the page on which it is done; no page, no address."""

    says: str
    href: str


def waiting_lines(waits: Waits) -> list[WaitingLine]:
    """This function will say what waits for somebody who keeps the record, or decides."""
    lines = []
    if waits.reviews:
        says = plural(waits.reviews, "item waits for review", "items wait for review")
        lines.append(WaitingLine(says, link("review")))
    if waits.referrals:
        count = plural(waits.referrals, "safeguarding referral is", "safeguarding referrals are")
        lines.append(WaitingLine(f"{count} not recorded yet", link("referrals")))
    if waits.proposals:
        lines.append(WaitingLine(plural(waits.proposals, "proposal waits", "proposals wait"), link("proposals")))
    return lines

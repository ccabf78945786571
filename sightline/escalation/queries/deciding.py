"""What whoever decides a level has before them: the rule's answer by each office, whose decision it is, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Verdict
from sightline.escalation.queries.arising import Arising, arising_if_decided
from sightline.escalation.queries.holding import holders_at
from sightline.groups.models import Office
from sightline.groups.queries import offices_of
from sightline.surveillance.models import LevelProposal
from sightline.surveillance.queries.levels import one_proposal
from sightline.surveillance.queries.moving import Judged, could_authorise, fits, still_open, verdict_on

_ANY_REASON = "Any reason"  # asked with it, the rules say whether a reason is all that lacks


@dataclass(frozen=True, slots=True)
class ByOffice:
    """What the rules say if somebody decides in one of their offices. ``overrides`` where a reason for that is needed."""

    office: Office
    verdict: Verdict
    overrides: bool

    @property
    def may_decide(self) -> bool:
        """Whether the office may decide, be it with a reason."""
        return self.overrides or bool(self.verdict)


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing that arises, with the people whom it finds at either end; maybe nobody."""

    arising: Arising
    doers: tuple[Person, ...]
    receivers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """All that the deciding page shows."""

    proposal: LevelProposal
    judged: Judged
    offices: tuple[ByOffice, ...]
    authorised: tuple[Office, ...]
    follows: tuple[Followed, ...]
    is_open: Verdict
    may_authorise: bool

    @property
    def deciding(self) -> tuple[ByOffice, ...]:
        """The reader's offices that may decide; none where the role of their sign-in does not let them set a level."""
        return tuple(one for one in self.offices if one.may_decide) if self.may_authorise else ()


def deciding_on(actor: Actor, on: date, proposal: UUID) -> Deciding | None:
    """This function will gather all that is asked of the rules before a level is set (LVL-05 to LVL-18).

    Nothing where the actor may not read the proposal.
    """
    found = one_proposal(actor, on, proposal)
    if found is None:
        return None
    judged = verdict_on(found, None, on)
    return Deciding(
        proposal=found,
        judged=judged,
        offices=tuple(_by(found, one, on) for one in offices_of(actor, on)),
        authorised=_authorised(judged, on),
        follows=followed_if_decided(arising_if_decided(found, on), on),
        is_open=still_open(found),
        may_authorise=bool(may(actor, Permission.AUTHORISE_LEVEL, on)),
    )


def followed_if_decided(arising: Sequence[Arising], on: date) -> tuple[Followed, ...]:
    """This function will find the people at both ends of what would arise."""
    bodies = {body.pk for one in arising for body in (*one.doers, *one.receivers)}
    holders = holders_at(bodies, on)
    return tuple(
        Followed(
            one,
            holders.of(one.consequence.falls_to, [body.pk for body in one.doers]),
            holders.of(one.consequence.to, [body.pk for body in one.receivers]),
        )
        for one in arising
    )


def _by(proposal: LevelProposal, office: Office, on: date) -> ByOffice:
    judged = verdict_on(proposal, office, on)
    is_reason_all = not judged.verdict and could_authorise(judged, office)
    overrides = is_reason_all and bool(verdict_on(proposal, office, on, _ANY_REASON).verdict)
    return ByOffice(office, judged.verdict, overrides)


def _authorised(judged: Judged, on: date) -> tuple[Office, ...]:
    """The offices whose decision it is, or with a reason might be, the usual authority first."""
    authority = judged.authority
    if authority is None:
        return ()
    slots = [*authority.slots, *authority.override]
    rows = Office.objects.in_force(on).filter(slot__in=[one.value for one in slots])
    found = rows.select_related("person", "organisation")
    fitting = [one for one in found if fits(authority, judged.facts, Slot(one.slot), one.organisation.code)]
    return tuple(sorted(fitting, key=lambda one: (slots.index(Slot(one.slot)), one.organisation.name)))

"""A profile as one reader may have it: what both sides wrote, how far it has come, who signed which text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook.tools import RiskProfile
from sightline.core.triangulation import profiling
from sightline.core.triangulation.profiling import Assessed, Side, Signed, Signing, Status
from sightline.directory.models import Subject
from sightline.profiles.models import (
    CommissionerEntry,
    MeasureReview,
    Profile,
    ProviderEntry,
    SharedEntry,
    Signature,
)
from sightline.profiles.models.profiles import Entry
from sightline.profiles.queries.aids import tool_used
from sightline.profiles.queries.keeping import side_of, works_for_commissioner

Key = tuple[str, Side]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A profile for one reader.

    ``reads`` is the side whose sight the reader has, ``writes`` the side on which they may write. ``entries`` are the
    newest rows that they may read. ``shared`` are the copies made for the provider, and ``now`` is the hash of the text
    that both sides share. ``unshared`` and ``unwritten`` are filled for the commissioner's sight alone.
    """

    profile: Profile
    template: RiskProfile
    reads: Side
    writes: Side | None
    entries: Mapping[Key, Entry]
    shared: Mapping[str, Entry]
    signatures: tuple[Signature, ...]
    reviews: tuple[MeasureReview, ...]
    now: str
    is_followed: bool
    status: Status

    @property
    def written(self) -> dict[Key, Assessed]:
        """What the reader may read, in the shape of the rules."""
        return {key: assessed(entry, key[1]) for key, entry in self.entries.items()}

    @property
    def signed(self) -> tuple[Signed, ...]:
        """Every signature, those that a later change made void included."""
        return tuple(as_signed(one) for one in self.signatures)

    @property
    def is_shared(self) -> bool:
        """Whether the provider was given anything."""
        return bool(self.shared)

    @property
    def agreed_at(self) -> datetime | None:
        """Since when both sides have signed the text as it is."""
        return profiling.agreed_at(self.signed, self.now)

    @property
    def unshared(self) -> tuple[str, ...]:
        """Ids of the domains in which the commissioner's side wrote something that the provider was not given."""
        return tuple(
            domain.id
            for domain in self.template.domains
            if (own := self.entries.get((domain.id, Side.COMMISSIONER))) is not None
            and own.number > (self.shared[domain.id].number if domain.id in self.shared else 0)
        )

    @property
    def unwritten(self) -> tuple[str, ...]:
        """Ids of the domains of which nothing is shared yet."""
        return tuple(domain.id for domain in self.template.domains if domain.id not in self.shared)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that are watched: as the last review left them, else as both sides name them."""
        return lines(self.reviews[-1].measures) if self.reviews else self.agreed_measures

    @property
    def agreed_measures(self) -> tuple[str, ...]:
        """The measures that both sides name in what they share."""
        joint = {key: assessed(entry, key[1]) for key, entry in self._joint().items()}
        return profiling.all_measures(self.template, joint)

    @property
    def review_due(self) -> date | None:
        """When its measures are due for review; None where it is not agreed (RSK-10)."""
        if self.status is not Status.AGREED or self.agreed_at is None:
            return None
        reviewed = [timezone.localdate(one.recorded_at) for one in self.reviews]
        return profiling.review_due(self.template, timezone.localdate(self.agreed_at), reviewed)

    def _joint(self) -> dict[Key, Entry]:
        theirs = {key: entry for key, entry in self.entries.items() if key[1] is Side.PROVIDER}
        return {**{(domain, Side.COMMISSIONER): entry for domain, entry in self.shared.items()}, **theirs}


def one_sheet(actor: Actor, on: date, profile_id: UUID) -> Sheet | None:
    """This function will give one profile as the actor may have it, or None where they may read nothing of it."""
    found = Profile.objects.visible_to(actor, on).filter(pk=profile_id)
    profile = found.select_related("subject__organisation", "template").first()
    return sheet_for(actor, on, profile) if profile else None


def sheets_of(actor: Actor, on: date, subject: Subject) -> list[Sheet]:
    """This function will give the profiles of a subject of which the actor may read anything, the newest first."""
    found = Profile.objects.visible_to(actor, on).filter(subject=subject)
    return [sheet_for(actor, on, one) for one in found.select_related("subject__organisation", "template")]


def sheet_for(actor: Actor, on: date, profile: Profile) -> Sheet:
    """This function will gather a profile for an actor who may read it; the provider is given copies alone."""
    side = side_of(actor, on, profile.subject)
    reads = Side.PROVIDER if side is Side.PROVIDER else Side.COMMISSIONER
    if side is Side.COMMISSIONER and not works_for_commissioner(actor, on, profile.subject, profile):
        side = None
    return _gathered(profile, reads, side)


def _gathered(profile: Profile, reads: Side, writes: Side | None) -> Sheet:
    template = cast(RiskProfile, tool_used(profile.template))
    shared = _newest(SharedEntry.objects.filter(profile=profile))
    theirs = _newest(ProviderEntry.objects.filter(profile=profile))
    own = shared if reads is Side.PROVIDER else _newest(CommissionerEntry.objects.filter(profile=profile))
    signatures = tuple(profile.signatures.all())
    now = _hash(profile, shared, theirs)
    followers = _followers(profile, reads)
    return Sheet(
        profile=profile,
        template=template,
        reads=reads,
        writes=writes,
        entries={
            **{(domain, Side.COMMISSIONER): entry for domain, entry in own.items()},
            **{(domain, Side.PROVIDER): entry for domain, entry in theirs.items()},
        },
        shared=shared,
        signatures=signatures,
        reviews=tuple(profile.reviews.all()),
        now=now,
        is_followed=bool(followers),
        status=profiling.status_of(
            is_shared=bool(shared),
            signed=map(as_signed, signatures),
            now=now,
            is_followed=bool(followers),
            follower_is_agreed=any(_is_agreed(one) for one in followers),
        ),
    )


def _newest(rows: Iterable[Entry]) -> dict[str, Entry]:
    return {row.domain: row for row in sorted(rows, key=lambda row: row.number)}


def _hash(profile: Profile, shared: Mapping[str, Entry], theirs: Mapping[str, Entry]) -> str:
    joint = [assessed(one, Side.COMMISSIONER) for one in shared.values()]
    joint += [assessed(one, Side.PROVIDER) for one in theirs.values()]
    return profiling.content_hash(profile.template_id, joint)


def _followers(profile: Profile, reads: Side) -> Sequence[Profile]:
    """The profiles that came after; of one that was not shared the provider must not know."""
    later = Profile.objects.filter(subject=profile.subject_id, system=profile.system, started_at__gt=profile.started_at)
    if reads is Side.PROVIDER:
        later = later.filter(pk__in=SharedEntry.objects.values("profile"))
    return list(later)


def _is_agreed(profile: Profile) -> bool:
    shared = _newest(SharedEntry.objects.filter(profile=profile))
    theirs = _newest(ProviderEntry.objects.filter(profile=profile))
    signed = [as_signed(one) for one in profile.signatures.all()]
    return bool(shared) and profiling.agreed_at(signed, _hash(profile, shared, theirs)) is not None


def versions_of(sheet: Sheet, domain: str) -> list[tuple[Side, Entry]]:
    """This function will give every version of a domain that the sheet's reader may read, the newest first."""
    model = SharedEntry if sheet.reads is Side.PROVIDER else CommissionerEntry
    wanted = {"profile": sheet.profile, "domain": domain}
    ours: list[tuple[Side, Entry]] = [(Side.COMMISSIONER, one) for one in model._default_manager.filter(**wanted)]
    theirs: list[tuple[Side, Entry]] = [(Side.PROVIDER, one) for one in ProviderEntry.objects.filter(**wanted)]
    return sorted(ours + theirs, key=lambda pair: pair[1].recorded_at, reverse=True)


def assessed(entry: Entry, side: Side) -> Assessed:
    """This function will give a row in the shape of the rules."""
    return Assessed(
        domain=entry.domain,
        side=side,
        number=entry.number,
        evidence_for=entry.evidence_for,
        evidence_against=entry.evidence_against,
        good_practice=entry.good_practice,
        view=entry.view,
        measures=lines(entry.measures),
        likelihood=entry.likelihood,
        consequence=entry.consequence,
        confidence=entry.confidence,
        signals=lines(entry.signals),
    )


def as_signed(row: Signature) -> Signed:
    """This function will give a signature in the shape of the rules."""
    return Signed(Side(row.side), row.signed_by, row.content_hash, row.signed_at)


def lines(text: str) -> tuple[str, ...]:
    """This function will part a text into its lines, the empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def asked_to_sign(sheet: Sheet, side: Side, by: str, seen: str) -> Signing:
    """This function will give what the rule of signing must know, with the names of domains for its reasons."""
    names = {domain.id: domain.name for domain in sheet.template.domains}
    return Signing(
        side=side,
        by=by,
        seen=seen,
        current=sheet.now,
        signed=sheet.signed,
        is_shared=sheet.is_shared,
        is_followed=sheet.is_followed,
        unwritten=tuple(names[one] for one in sheet.unwritten),
        unshared=tuple(names[one] for one in sheet.unshared),
    )

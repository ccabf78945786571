"""A profile as one reader may have it: what both sides wrote, how far it has come, who signed which text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook.clocks import ClockId
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
from sightline.profiles.models.profiles import Entry, ProfileQuerySet
from sightline.profiles.queries.aids import tool_used
from sightline.profiles.queries.keeping import Stand, stand_of
from sightline.rulebook.queries import part

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
    is_reviewed: bool  # whether the clock of its measures runs
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
        """When its measures are due for review; None where it is not agreed, or no clock runs for it (RSK-10)."""
        if not self.is_reviewed or self.status is not Status.AGREED or self.agreed_at is None:
            return None
        reviewed = [timezone.localdate(one.recorded_at) for one in self.reviews]
        return profiling.review_due(self.template, timezone.localdate(self.agreed_at), reviewed)

    def _joint(self) -> dict[Key, Entry]:
        theirs = {key: entry for key, entry in self.entries.items() if key[1] is Side.PROVIDER}
        return {**{(domain, Side.COMMISSIONER): entry for domain, entry in self.shared.items()}, **theirs}

    def explains(self, side: Side) -> bool:
        """Whether the reader is told why what looks like personal data stays: who wrote there, and the record's keepers."""
        return self.writes is Side.COMMISSIONER or self.writes is side


def one_sheet(actor: Actor, on: date, profile_id: UUID) -> Sheet | None:
    """This function will give one profile as the actor may have it, or None where they may read nothing of it."""
    found = sheets_for(actor, on, Profile.objects.visible_to(actor, on).filter(pk=profile_id))
    return found[0] if found else None


def sheets_of(actor: Actor, on: date, subject: Subject) -> list[Sheet]:
    """This function will give the profiles of a subject of which the actor may read anything, the newest first."""
    return sheets_for(actor, on, Profile.objects.visible_to(actor, on).filter(subject=subject))


def sheets_to_review(actor: Actor, on: date) -> list[Sheet]:
    """This function will give the agreed profiles on which the actor works for the commissioner, the longest due first.

    The measures of each are reviewed every year (RSK-10; QSG 2017 ¶113).
    """
    signed = Profile.objects.heard_by(actor, on)
    for side in Side:
        signed = signed.filter(Exists(Signature.objects.filter(profile=OuterRef("pk"), side=side.value)))
    found = [
        (one.review_due, one)
        for one in sheets_for(actor, on, signed)
        if one.writes is Side.COMMISSIONER and one.review_due is not None
    ]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].profile.subject.name))]


def sheet_for(actor: Actor, on: date, profile: Profile) -> Sheet:
    """This function will gather a profile for an actor who may read it; the provider is given copies alone."""
    return sheets_for(actor, on, Profile.objects.filter(pk=profile.pk))[0]


def sheets_for(actor: Actor, on: date, profiles: ProfileQuerySet) -> list[Sheet]:
    """This function will gather profiles that the actor may read, however many, in a handful of questions."""
    chosen = list(profiles.select_related("subject__organisation", "template").prefetch_related("reviews"))
    if not chosen:
        return []
    stand, kept = stand_of(actor, on), _kept_about({one.subject_id for one in chosen})
    ours = _newest(CommissionerEntry.objects.filter(profile__in=chosen))
    is_reviewed = not part("clocks", on).is_stopped(ClockId.PROFILE_REVIEW)
    return [_gathered(one, stand, kept, ours, is_reviewed) for one in chosen]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Every profile of some subjects, with what both sides share in them, by the ids of profiles."""

    profiles: tuple[Profile, ...]
    shared: Mapping[UUID, Mapping[str, Entry]]
    theirs: Mapping[UUID, Mapping[str, Entry]]

    def now(self, profile: Profile) -> str:
        """The hash of the text that both sides share."""
        joint = [assessed(one, Side.COMMISSIONER) for one in self.shared.get(profile.pk, {}).values()]
        joint += [assessed(one, Side.PROVIDER) for one in self.theirs.get(profile.pk, {}).values()]
        return profiling.content_hash(profile.template_id, joint)

    def followers(self, profile: Profile, reads: Side) -> list[Profile]:
        """The profiles that came after; of one that was not shared the provider must not know."""
        return [
            one
            for one in self.profiles
            if (one.subject_id, one.system) == (profile.subject_id, profile.system)
            and one.started_at > profile.started_at
            and (reads is Side.COMMISSIONER or one.pk in self.shared)
        ]

    def is_agreed(self, profile: Profile) -> bool:
        """Whether both sides have signed a profile as it now is."""
        signed = [as_signed(one) for one in profile.signatures.all()]
        return profile.pk in self.shared and profiling.agreed_at(signed, self.now(profile)) is not None


def _kept_about(subjects: Collection[UUID]) -> _Kept:
    profiles = tuple(Profile.objects.filter(subject__in=subjects).prefetch_related("signatures"))
    return _Kept(
        profiles,
        _newest(SharedEntry.objects.filter(profile__in=profiles)),
        _newest(ProviderEntry.objects.filter(profile__in=profiles)),
    )


def _gathered(
    profile: Profile, stand: Stand, kept: _Kept, ours: Mapping[UUID, Mapping[str, Entry]], is_reviewed: bool
) -> Sheet:
    side = stand.side(profile.subject)
    reads = Side.PROVIDER if side is Side.PROVIDER else Side.COMMISSIONER
    if side is Side.COMMISSIONER and not stand.works(profile.subject, profile):
        side = None
    shared, theirs = kept.shared.get(profile.pk, {}), kept.theirs.get(profile.pk, {})
    own = shared if reads is Side.PROVIDER else ours.get(profile.pk, {})
    followers, now = kept.followers(profile, reads), kept.now(profile)
    signatures = next(tuple(one.signatures.all()) for one in kept.profiles if one.pk == profile.pk)
    return Sheet(
        profile=profile,
        template=cast(RiskProfile, tool_used(profile.template)),
        reads=reads,
        writes=side,
        entries={
            **{(domain, Side.COMMISSIONER): entry for domain, entry in own.items()},
            **{(domain, Side.PROVIDER): entry for domain, entry in theirs.items()},
        },
        shared=shared,
        signatures=signatures,
        reviews=tuple(profile.reviews.all()),
        now=now,
        is_followed=bool(followers),
        is_reviewed=is_reviewed,
        status=profiling.status_of(
            is_shared=bool(shared),
            signed=map(as_signed, signatures),
            now=now,
            is_followed=bool(followers),
            follower_is_agreed=any(kept.is_agreed(one) for one in followers),
        ),
    )


def _newest(rows: Iterable[Entry]) -> dict[UUID, dict[str, Entry]]:
    """The newest version of each domain, by the profile to which it belongs."""
    found: dict[UUID, dict[str, Entry]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        found.setdefault(row.profile_id, {})[row.domain] = row
    return found


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

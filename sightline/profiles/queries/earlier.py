"""What each side said in earlier profiles of the same subject: laid before whoever writes the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils import timezone

from sightline.core.rulebook.tools import RiskProfile
from sightline.core.triangulation.profiling import Side
from sightline.profiles.models import CommissionerEntry, MeasureReview, Profile, ProviderEntry, SharedEntry
from sightline.profiles.models.profiles import Entry
from sightline.profiles.queries.aids import tool_used
from sightline.profiles.queries.sheets import Key, Sheet, lines

CARRIED = ("evidence_for", "evidence_against", "good_practice", "view", "measures")  # texts; a judgement is made anew


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last that one side said about a domain before the profile at hand, and by which template."""

    entry: Entry
    template: RiskProfile
    started_on: date
    dropped: frozenset[str] = frozenset()  # measures that a yearly review has taken out since

    @property
    def texts(self) -> dict[str, str]:
        """What is carried over: words, without the measures that are watched no longer."""
        kept = [one for one in lines(self.entry.measures) if one.casefold() not in self.dropped]
        return {name: "\n".join(kept) if name == "measures" else str(getattr(self.entry, name)) for name in CARRIED}


def earlier_of(sheet: Sheet) -> Mapping[Key, Earlier]:
    """This function will give, by domain and side, what was said last in earlier profiles that the reader may read.

    Each side's own words stay that side's, and the provider is given copies alone.
    """
    profile = sheet.profile
    before = Profile.objects.filter(
        subject=profile.subject_id, system=profile.system, started_at__lt=profile.started_at
    ).select_related("template")
    known = {one.pk: one for one in before}
    if not known:
        return {}
    ours = SharedEntry if sheet.reads is Side.PROVIDER else CommissionerEntry
    reviews = {one.profile_id: one for one in MeasureReview.objects.filter(profile__in=known)}  # the newest is last
    domains = {domain.id for domain in sheet.template.domains}
    found: dict[Key, Earlier] = {}
    for side, model in ((Side.COMMISSIONER, ours), (Side.PROVIDER, ProviderEntry)):
        rows: list[Entry] = list(model._default_manager.filter(profile__in=known, domain__in=domains))
        for row in sorted(rows, key=lambda row: (known[row.profile_id].started_at, row.number)):
            found[row.domain, side] = _earlier(row, known[row.profile_id], reviews.get(row.profile_id))
    return found


def _earlier(row: Entry, profile: Profile, review: MeasureReview | None) -> Earlier:
    kept = {one.casefold() for one in lines(review.measures)} if review else None
    dropped = frozenset(one.casefold() for one in lines(row.measures)) - kept if kept is not None else frozenset()
    started = timezone.localdate(profile.started_at)
    return Earlier(row, cast(RiskProfile, tool_used(profile.template)), started, dropped)

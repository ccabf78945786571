"""What people change in the rulebook: a local version of a part, its end, and the list of sources by single entries."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.rulebook import LOCAL, Part, RulebookError, SourceEntry, Sources, as_text, parse
from sightline.core.signals import Quadrant
from sightline.core.verdict import Invalid
from sightline.rulebook.models import LocalPart
from sightline.rulebook.queries import PartInForce, faults_of, part_of, part_with_origin

LONGEST_REASON = 1_000


@operation(Permission.KEEP_RULES, on="result")
def change_part(
    *, by: Actor, at: datetime, pack: str, part: str, content: str, derived_from: str, because: str
) -> LocalPart:
    """This function will keep a local version of a part from now on, made from the version that counts (FRW-08).

    The pack itself stays as published. Every mistake in the text is named with its line; a text made from a version
    that no longer counts is refused, because it would undo unseen what somebody else changed meanwhile.
    """
    now = _standing(pack, part, at)
    if derived_from != str(now.version):
        raise Invalid(
            f"You changed the version “{derived_from}”, and meanwhile “{now.version}” counts. Open the part again and "
            "make your change there."
        )
    try:
        made = parse(part, content)
    except RulebookError as error:
        raise Invalid(*(str(problem) for problem in error.problems)) from None
    _fits_the_others(now, made, at)
    return _kept(now, made, by, at, because)


@operation(Permission.KEEP_RULES, on="result")
def withdraw_local_part(*, by: Actor, at: datetime, pack: str, part: str, because: str) -> LocalPart:
    """This function will take the local version back, so that the pack's own counts again; both stay on record."""
    now = _standing(pack, part, at)
    if now.local is None:
        raise Invalid(f"There is no local version to take back: {now.pack.title} counts as published.")
    _fits_the_others(now, now.own, at)
    return _added(now, "", by, at, because)


@operation(Permission.KEEP_RULES, on="result")
def add_source(
    *,
    by: Actor,
    at: datetime,
    name: str,
    quadrant: Quadrant,
    because: str,
    cites: str = LOCAL,
    feeds: tuple[str, ...] = (),
) -> LocalPart:
    """This function will add a source of evidence to the list in force (INT-02)."""
    now, sources = _sources(at)
    called = " ".join(name.split())
    everyone = (*sources.sources, *sources.retired)
    if any(one.name.casefold() == called.casefold() for one in everyone):
        raise Invalid(f"The list has “{called}” already, or had it and retired it. Choose another name.")
    try:
        entry = SourceEntry(
            id=_slug(called, {one.id for one in everyone}), name=called, quadrant=quadrant, cites=cites, feeds=feeds
        )
    except ValidationError as error:
        raise Invalid(*(f"{one['loc'][0]}: {one['msg']}." for one in error.errors())) from None
    return _kept(now, Sources(sources=(*sources.sources, entry), retired=sources.retired), by, at, because)


@operation(Permission.KEEP_RULES, on="result")
def retire_source(*, by: Actor, at: datetime, source: str, because: str) -> LocalPart:
    """This function will ask for a source no longer; what once came under it keeps its name (INT-02)."""
    now, sources = _sources(at)
    entry = next((one for one in sources.sources if one.id == source), None)
    if entry is None:
        raise Invalid("No such source is asked for: it was retired already, or never stood on the list.")
    left = tuple(one for one in sources.sources if one is not entry)
    if not left:
        raise Invalid("This is the last source: add another before you retire it.")
    return _kept(now, Sources(sources=left, retired=(*sources.retired, entry)), by, at, because)


# --- shared by the above


def _standing(pack: str, part: str, at: datetime) -> PartInForce:
    found = part_of(pack, part, timezone.localdate(at))
    if found is None:
        raise Invalid(f"There is no part “{part}” in a pack “{pack}”: choose one from the list of rules.")
    return found


def _fits_the_others(now: PartInForce, made: Part, at: datetime) -> None:
    """A part may not name a level, a role or a clock that the other parts of its guidance do not have."""
    if faults := faults_of(now, made, timezone.localdate(at)).to_mend:
        raise Invalid(*faults)


def _sources(at: datetime) -> tuple[PartInForce, Sources]:
    found = part_with_origin("sources", timezone.localdate(at))
    if found is None or not isinstance(found.content, Sources):
        raise Invalid("No guidance in force has a list of sources.")
    if found.problems:
        raise Invalid("The local list of sources can no longer be read: mend or withdraw it first.", *found.problems)
    return found, found.content


def _kept(now: PartInForce, made: Part, by: Actor, at: datetime, because: str) -> LocalPart:
    if made == now.content and not now.problems:
        raise Invalid("Nothing is changed: this is the version that counts already.")
    if made == now.own:
        raise Invalid(f"This is what {now.pack.title} says: take the local version back instead.")
    return _added(now, as_text(made), by, at, because)


def _added(now: PartInForce, content: str, by: Actor, at: datetime, because: str) -> LocalPart:
    reason = because.strip()
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Keep the reason to {LONGEST_REASON:,} characters.")
    try:
        with transaction.atomic():
            return LocalPart.objects.create(
                pack=now.pack.id,
                part=now.name,
                content=content,
                derived_from_version=str(now.version),
                because=reason,
                recorded_at=at,
                recorded_by=by.actor_id,
            )
    except IntegrityError:  # somebody was quicker by a moment
        raise Invalid(f"Somebody else has just changed “{now.version}”. Open the part again.") from None


def _slug(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:70].strip("-") or "source"
    number = 2
    slug = plain
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug

"""Releasing to a provider a copy written for it: one person prepares, another releases, and the provider may answer."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, Release, ReleaseAnswer, ReleaseDecision
from sightline.intelligence.operations._noting import needed
from sightline.intelligence.operations._secrets import must_keep_secrets, must_name_nobody_to_others
from sightline.intelligence.operations._seeing import must_hear, must_keep
from sightline.intelligence.operations._writing import cleaned
from sightline.intelligence.queries.releases import bodies_concerned, released_to
from sightline.intelligence.words import ReleaseStep

ABSENT = refused("There is no such release, or it is not for you.", "PRV-03")
NEXT = {None: {ReleaseStep.RELEASED, ReleaseStep.REFUSED}, ReleaseStep.RELEASED: {ReleaseStep.WITHDRAWN}}
NOT_CIRCULATED = "Who gave this asked that it be said and not circulated. Speak to the provider instead."


@operation(Permission.REVIEW_INTELLIGENCE, on="item")
def prepare_release(
    *,
    by: Actor,
    at: datetime,
    item: Item,
    to: Organisation,
    text: str,
    asks: str = "",
    answer_by: date | None = None,
) -> Release:
    """This function will write the copy that a provider may later read; nothing is released by it.

    Raises Invalid where the provider is not concerned, the item is to be said and not circulated, the words hold what
    looks like personal data, or repeat what is for fewer readers.
    """
    must_keep(by, at, item)
    today = timezone.localdate(at)
    if to.pk not in {body.pk for body in bodies_concerned(item, today)}:
        raise Invalid(f"This is not about {to.name}.")
    if answer_by is not None and answer_by <= today:
        raise Invalid("The day by which it should answer must lie ahead.")
    words, wanted = needed(text, "Write what the provider may read."), cleaned(asks)
    _must_be_fit(item, words, wanted)
    return Release.objects.create(
        item=item,
        system=item.system,
        to=to,
        text=words,
        asks=wanted,
        answer_by=answer_by,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RELEASE_INTELLIGENCE, on="release")
def decide_release(*, by: Actor, at: datetime, release: Release, step: ReleaseStep, because: str) -> ReleaseDecision:
    """This function will release a copy, refuse it, or withdraw one that was released.

    Raises Refused where the one who prepared it would release it (two persons, always), and for who belongs to the
    body that would read it. Raises Invalid where the step does not follow from the last one, or where the words no
    longer may leave: what they are held against may have grown since they were written.
    """
    _must_decide(by, at, release)
    now = Release.objects.select_for_update().select_related("item").get(pk=release.pk)
    last = now.decisions.order_by("recorded_at", "pk").last()
    if step not in NEXT.get(ReleaseStep(last.step) if last else None, set()):
        raise Invalid("This step does not follow from where the copy stands now. Read the page again.")
    if step is ReleaseStep.RELEASED:
        if by.actor_id == now.recorded_by:
            raise Refused(refused("You prepared this copy, so another person must release it.", "PRV-03"))
        if not now.item.counts:
            raise Invalid("The item was set aside. Accept it before a copy of it is released.")
        _must_be_fit(now.item, now.text, now.asks)
    return ReleaseDecision.objects.create(
        release=now,
        step=step.value,
        because=needed(because, "Say why."),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SHARE_INTELLIGENCE, on="release")
def answer_release(*, by: Actor, at: datetime, release: Release, says: str) -> ReleaseAnswer:
    """This function will add the provider's answer; raises Refused unless the copy stands released to their own body."""
    if not released_to(by, timezone.localdate(at)).filter(pk=release.pk).exists():
        raise Refused(ABSENT)
    words = needed(says, "Write your answer.")
    must_name_nobody_to_others(words)
    return ReleaseAnswer.objects.create(release=release, text=words, recorded_at=at, recorded_by=by.actor_id)


def _must_decide(by: Actor, at: datetime, release: Release) -> None:
    """In the group whose record it is, and never about what one's own body would read."""
    today = timezone.localdate(at)
    must_hear(by, at, release.item)
    systems = systems_where(by, Permission.RELEASE_INTELLIGENCE, today)
    if systems is not None and release.item.system not in systems:
        raise Refused(ABSENT)
    if release.to.code in viewer_of(by, today).organisations:
        raise Refused(refused("This copy is for your own organisation, so another person must decide.", "COI-04"))


def _must_be_fit(item: Item, words: str, wanted: str) -> None:
    if item.verbal_only:
        raise Invalid(NOT_CIRCULATED)
    must_name_nobody_to_others(words, wanted)
    must_keep_secrets(item, f"{words}\n{wanted}")

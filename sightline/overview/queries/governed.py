"""What was decided about a subject: concerns that were raised, levels that were set, and what the provider was told."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.escalation.models import Telling
from sightline.overview.queries.moments import Levelled, Moment, MomentKind, RaisedConcern, Span, ToldProvider
from sightline.surveillance.models import Concern, LevelDecision
from sightline.surveillance.queries.levels import level_in_words


def governed(actor: Actor, span: Span, subject: Subject) -> Iterator[Moment]:
    """This function will tell of concerns and of levels, each in the words of the guidance of its day (FRW-02)."""
    concerns = Concern.objects.visible_to(actor, span.today).filter(span.recorded(), subject=subject)
    for concern in concerns.prefetch_related("statements"):
        said = [one for one in concern.statements.all() if span.knew(one.recorded_at)]
        if said:
            what = RaisedConcern(concern, said[-1].says)
            yield Moment(concern.raised_on, MomentKind.LEVEL, f"concern:{concern.pk.hex}", what)
    decisions = LevelDecision.objects.visible_to(actor, span.today).filter(span.recorded("decided_at"), subject=subject)
    for one in decisions:
        on = timezone.localdate(one.decided_at)
        before, after = (level_in_words(one.pack, level, on)[1] for level in (one.level_from, one.level_to))
        yield Moment(on, MomentKind.LEVEL, f"level:{one.pk.hex}", Levelled(one, before, after))


def told_to_provider(actor: Actor, span: Span, subject: Subject) -> Iterator[Moment]:
    """This function will tell in which copies the provider was told: its own people, and who hears of the level."""
    if subject.organisation is None:
        return
    own = set(Telling.objects.told_to(actor, span.today).values_list("pk", flat=True))
    found = Telling.objects.visible_to(actor, span.today).filter(span.recorded(), organisation=subject.organisation)
    for one in found.select_related("organisation"):
        what = ToldProvider(one, one.pk in own)
        yield Moment(one.told_on, MomentKind.RELEASED, f"telling:{one.pk.hex}", what)

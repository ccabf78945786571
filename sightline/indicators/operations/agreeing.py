"""Which indicators a group agreed to measure quality by: recorded as they decided it, version after version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.indicators.models import AgreedIndicator, MetricSet, Rhythm, SetAgreement
from sightline.indicators.queries import known_indicators
from sightline.indicators.queries.agreeing import AgreedSet, agreed_set, areas_for_sets

LONGEST_REASON = 1_000
_RESERVED = {"new"}  # words that the addresses of pages use


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator that belongs to a set, and when it is looked at."""

    indicator: str
    rhythm: Rhythm = Rhythm.NONE


@operation(Permission.KEEP_RULES, on="result")
def agree_set(
    *,
    by: Actor,
    at: datetime,
    agreed_by: str,
    agreed_on: date,
    chosen: Sequence[Chosen],
    because: str,
    metric_set: MetricSet | None = None,
    seen: int = 0,
    name: str = "",
    area: str = "",
) -> SetAgreement:
    """This function will record what a group agreed to measure quality by (DAT-06, DAT-09; RR 2022 core components).

    Without ``metric_set`` it begins a set of that name and area; with it a version follows the one numbered ``seen``,
    and nothing chosen withdraws the set. Earlier versions stay. Raises Invalid for what cannot be meant.
    """
    now = agreed_set(metric_set.slug) if metric_set else None
    today = timezone.localdate(at)
    group = " ".join(agreed_by.split())
    problems = [*_faults(group, agreed_on, chosen, because, today)]
    problems += _faults_of_following(now, seen, group, agreed_on, chosen) if now else _faults_of_new(name, area, today)
    if not now and not chosen:
        problems.append("Choose at least one indicator for the set.")
    if problems:
        raise Invalid(*problems)
    try:
        with transaction.atomic():
            record = now.record if now else _begun(by, at, name, area)
            return _added(record, now.agreement.number + 1 if now else 1, by, at, group, agreed_on, chosen, because)
    except IntegrityError:  # somebody was quicker by a moment
        raise Invalid(_OVERTAKEN) from None


_OVERTAKEN = "Somebody else saved another version meanwhile. Open the set again and make your change there."


def _faults(group: str, agreed_on: date, chosen: Sequence[Chosen], because: str, today: date) -> list[str]:
    problems = []
    if not group:
        problems.append("Name the group or committee that agreed the set.")
    if agreed_on > today:
        problems.append("The day of the agreement is still to come. Record the set once it is agreed.")
    ids = [one.indicator for one in chosen]
    if unknown := sorted(set(ids) - known_indicators()):
        problems.append(f"There is no indicator “{'”, “'.join(unknown)}”. The indicators page lists them all.")
    if len(set(ids)) != len(ids):
        problems.append("An indicator stands in the set twice.")
    if len(because.strip()) > LONGEST_REASON:
        problems.append(f"Keep the reason to {LONGEST_REASON:,} characters.")
    return problems


def _faults_of_new(name: str, area: str, today: date) -> list[str]:
    problems = []
    called = " ".join(name.split())
    if not slugify(called):
        problems.append("Give the set a name.")
    elif MetricSet.objects.filter(name__iexact=called).exists():
        problems.append(f"There is a set “{called}” already. Change that one, or choose another name.")
    if area and area not in {one.code for one in areas_for_sets(today)}:
        problems.append(f"There is no system or place “{area}” today. Choose one from the list, or everywhere.")
    return problems


def _faults_of_following(now: AgreedSet, seen: int, group: str, agreed_on: date, chosen: Sequence[Chosen]) -> list[str]:
    if seen != now.agreement.number:
        return [_OVERTAKEN]
    problems = []
    if agreed_on < now.agreement.agreed_on:
        problems.append(
            f"The version that counts was agreed on {now.agreement.agreed_on:%-d %B %Y}: "
            "what follows it was not agreed before that day."
        )
    before = {one.indicator: one.rhythm for one in now.chosen}
    is_same = before == {one.indicator: one.rhythm.value for one in chosen}
    # The same indicators agreed anew by a later meeting are news; a withdrawn set cannot be withdrawn again.
    if is_same and (not before or (group, agreed_on) == (now.agreement.agreed_by, now.agreement.agreed_on)):
        problems.append("Nothing is changed: this is what counts already.")
    return problems


def _begun(by: Actor, at: datetime, name: str, area: str) -> MetricSet:
    called = " ".join(name.split())
    return MetricSet.objects.create(slug=_slug(called), name=called, area=area, recorded_at=at, recorded_by=by.actor_id)


def _added(
    record: MetricSet,
    number: int,
    by: Actor,
    at: datetime,
    group: str,
    agreed_on: date,
    chosen: Sequence[Chosen],
    because: str,
) -> SetAgreement:
    made = SetAgreement.objects.create(
        metric_set=record,
        number=number,
        agreed_by=group,
        agreed_on=agreed_on,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    AgreedIndicator.objects.bulk_create(
        AgreedIndicator(agreement=made, indicator=one.indicator, rhythm=one.rhythm.value) for one in chosen
    )
    return made


def _slug(name: str) -> str:
    plain = slugify(name)[:70].strip("-")
    taken = _RESERVED | set(MetricSet.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    slug, number = plain, 2
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug

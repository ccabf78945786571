"""What the form for sharing offers one reader: sources, gradings, colleagues, groups; each list as now in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from sightline.accounts.queries import colleagues
from sightline.core.access import Actor, Grant, Permission, systems_where
from sightline.core.access.rules import ROLES
from sightline.core.rulebook import Category, Grading, Prompt, SourceEntry
from sightline.core.signals import Quadrant
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind as Body
from sightline.intelligence.models import Giver, Item
from sightline.intelligence.queries.sources import source_list
from sightline.rulebook.queries import part

LIKELY_AT_MOST = 6
Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """Everything that a giver can choose from.

    ``systems`` and ``readers`` are codes and actor ids with their names; ``speaks_for`` gives the code of the body
    for which the giver speaks in each of their systems, empty for none.
    """

    likely: tuple[SourceEntry, ...]
    sources: Mapping[Quadrant, tuple[SourceEntry, ...]]
    grading: Grading
    evidence: tuple[Category, ...]
    populations: tuple[Category, ...]
    issues: tuple[Category, ...]
    prompts: tuple[Prompt, ...]
    systems: Named
    speaks_for: Mapping[str, str]
    readers: Named


def offered_to(actor: Actor, on: date) -> Offered:
    """This function will gather what a giver can choose from (INT-02, INT-11, CQC-01, SAF-01)."""
    listed = source_list(on)
    speaks_for = {code: _speaks_for(actor, on, code) for code, _ in _systems(actor, on)}
    likely = _likely(actor, listed.sources, frozenset(filter(None, speaks_for.values())))
    return Offered(
        likely=likely,
        sources={one: tuple(s for s in listed.of_quadrant(one) if s not in likely) for one in Quadrant},
        grading=part("grading", on),
        evidence=part("evidence", on).categories,
        populations=part("populations", on).populations,
        issues=part("issue_types", on).issue_types,
        prompts=part("safeguarding", on).prompts,
        systems=_systems(actor, on),
        speaks_for=speaks_for,
        readers=readers_for(actor, on),
    )


def item_of_form(actor: Actor, key: UUID) -> Item | None:
    """This function will give what the actor shared by one filling-in of the form, or None while it is not sent."""
    return Item.objects.filter(form_key=key, recorded_by=actor.actor_id).first()


def subject_to_begin_with(key: str) -> Subject | None:
    """This function will give the subject that an address names; None where it names none."""
    try:
        return Subject.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def readers_for(actor: Actor, on: date) -> Named:
    """This function will name the colleagues who could stand on an item's list: those whom a role lets hear."""
    systems = systems_where(actor, Permission.SHARE_INTELLIGENCE, on)
    found = colleagues(Permission.SHARE_INTELLIGENCE, by=actor, on=on)
    return tuple(
        (one.actor_id, one.display_name)
        for one in found
        if one.actor_id != actor.actor_id
        and any(_hears(held.as_grant(), systems, on) for held in one.role_grants.all())
    )


def _hears(grant: Grant, systems: frozenset[str] | None, on: date) -> bool:
    """Whether a role lets somebody hear intelligence in one of these systems."""
    here = systems is None or not grant.system or grant.system in systems
    return here and grant.holds_on(on) and Permission.SEE_INTELLIGENCE in ROLES[grant.role]


def _systems(actor: Actor, on: date) -> Named:
    """The groups to which the actor can share; whoever belongs to all of them is offered the house's own first."""
    codes = systems_where(actor, Permission.SHARE_INTELLIGENCE, on)
    boards = Organisation.objects.filter(kind=Body.ICB, closed_on=None)
    named = dict(boards.values_list("code", "name"))
    if codes is not None:
        return tuple((code, named.get(code, code)) for code in sorted(codes))
    home = settings.HOME_SYSTEM
    others = sorted(((code, name) for code, name in named.items() if code != home), key=lambda one: one[1])
    return ((home, named.get(home, home) if home else "No one system"), *others)


def _speaks_for(actor: Actor, on: date, system: str) -> str:
    held = [one for one in actor.grants if one.organisation and one.holds_on(on) and one.system in {"", system}]
    sharing = [one.organisation for one in held if Permission.SHARE_INTELLIGENCE in ROLES[one.role]]
    return sharing[0] if sharing else ""


def _likely(actor: Actor, sources: tuple[SourceEntry, ...], bodies: frozenset[str]) -> tuple[SourceEntry, ...]:
    """What the giver chose most before, and what bears the name of their kind of body, as Healthwatch reports do."""
    mine = Giver.objects.filter(actor_id=actor.actor_id).exclude(item__source="")
    before = Counter(mine.values_list("item__source", flat=True))
    kinds = Organisation.objects.filter(code__in=bodies).values_list("kind", flat=True)
    words = [kind.split("_") for kind in kinds]
    named = [one for one in sources if any(_bears(one, some) for some in words)]
    used = sorted((one for one in sources if one.id in before), key=lambda one: -before[one.id])
    return tuple(dict.fromkeys([*used, *named]))[:LIKELY_AT_MOST]


def _bears(source: SourceEntry, words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in source.id.split("-")) for word in words)

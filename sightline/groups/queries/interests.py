"""Reads of declared interests and what they close, and of agreements to share information."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from sightline.accounts.models import Person, RoleGrant
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.access.rules import ROLES
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import family_of
from sightline.groups.models import DeclaredInterest, DeclaredInterestQuerySet, SharingAgreement
from sightline.groups.words import AgreementStatus

_SITTING = [role.value for role, holds in ROLES.items() if Permission.SHARE_INTELLIGENCE in holds]


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one organisation's agreement in one system's group; None where nothing is recorded."""

    organisation: Organisation
    system: str
    people: int  # who sit in the group for it now
    agreement: SharingAgreement | None

    @property
    def is_agreed(self) -> bool:
        """This function will say whether an agreement stands."""
        return self.agreement is not None and self.agreement.status == AgreementStatus.AGREED

    def is_overdue(self, on: date) -> bool:
        """This function will say whether the agreement was due for review by the day."""
        due = self.agreement.review_on if self.agreement and self.is_agreed else None
        return due is not None and due <= on


def conflicts_of(actor: Actor, on: date) -> frozenset[UUID]:
    """This function will give the subjects in which the actor has an interest in force (COI-01, COI-03).

    An interest in a body covers its whole family: who has shares in a trust has them in its sites. Whoever is no
    person, as the operator at the server, declares none.
    """
    return _conflicts_of(actor.pk, on) if isinstance(actor, Person) else frozenset()


@until_anything_changes
def _conflicts_of(person: UUID, on: date) -> frozenset[UUID]:
    rows = DeclaredInterest.objects.filter(person=person).in_force(on).order_by()
    held = dict(rows.values_list("subject", "subject__organisation__code"))
    if not held:
        return frozenset()
    codes = frozenset[str]().union(*(family_of(code, on) for code in set(held.values()) if code))
    return frozenset(held) | frozenset(
        Subject.objects.filter(organisation__code__in=codes).values_list("pk", flat=True)
    )


def closed_by(interests: Sequence[DeclaredInterest], on: date) -> Mapping[UUID, tuple[Subject, ...]]:
    """This function will give, by interest, the further subjects that it closes beside its own, by name."""
    bodies = {one.pk: one.subject.organisation for one in interests}
    families = {pk: family_of(body.code, on) for pk, body in bodies.items() if body}
    codes = frozenset[str]().union(*families.values())
    found = list(Subject.objects.filter(organisation__code__in=codes).select_related("organisation"))
    return {
        one.pk: tuple(
            subject
            for subject in found
            if subject != one.subject
            and subject.organisation
            and subject.organisation.code in families.get(one.pk, frozenset())
        )
        for one in interests
    }


def own_interests(actor: Actor, on: date) -> list[DeclaredInterest]:
    """This function will list all that the actor ever declared, what holds today first."""
    found = _with_all(DeclaredInterest.objects.visible_to(actor, on))
    own = list(found.filter(person=actor.pk)) if isinstance(actor, Person) else []
    return sorted(own, key=lambda one: not one.holds_on(on))


def register(
    actor: Actor, on: date, *, person: UUID | None = None, word: str = "", kind: str = "", past: bool = False
) -> DeclaredInterestQuerySet:
    """This function will give the interests that the actor may see, by the person's name; past ones if asked for.

    What is yet to begin is listed with what holds: a keeper must know of it. A person is asked for by their id and
    ``word`` looks at subjects alone, so that nobody's name comes to stand in an address.
    """
    found = _with_all(DeclaredInterest.objects.visible_to(actor, on))
    if not past:
        found = found.filter(Q(until=None) | Q(until__gte=on), Q(ending=None) | Q(ending__ends_on__gt=on))
    if person:
        found = found.filter(person=person)
    if kind:
        found = found.filter(kind=kind)
    if word:
        found = found.filter(Q(subject__name__icontains=word) | Q(subject__key__iexact=word))
    return found.order_by("person__display_name", "person", "subject__name", "since", "pk")


def one_interest(actor: Actor, on: date, interest: UUID) -> DeclaredInterest | None:
    """This function will give one interest, or None where there is none that the actor may see."""
    return _with_all(DeclaredInterest.objects.visible_to(actor, on)).filter(pk=interest).first()


def _with_all(found: DeclaredInterestQuerySet) -> DeclaredInterestQuerySet:
    return found.select_related("person", "subject__organisation", "ending")


def groups_of(actor: Actor, permission: Permission, on: date) -> tuple[str, ...]:
    """This function will give the codes of the systems in whose groups the actor may do something, the house's first.

    Who may do it everywhere is given each system in whose group somebody sits.
    """
    held = systems_where(actor, permission, on)
    if held is None:
        held = frozenset(_sitting(on).exclude(system="").values_list("system", flat=True)) | {settings.HOME_SYSTEM}
    return tuple(sorted(held, key=lambda code: (code != settings.HOME_SYSTEM, code)))


def names_of_groups(systems: Sequence[str]) -> Mapping[str, str]:
    """This function will name each system by its board, where the directory knows it."""
    known = dict(Organisation.objects.filter(code__in=systems).values_list("code", "name"))
    return {code: known.get(code, code) for code in systems}


def standings(system: str, on: date) -> tuple[Standing, ...]:
    """This function will say how it stands with each organisation in a system's group, by name (IGV-06).

    Listed are those for which somebody sits in the group, and those with which something was ever recorded.
    """
    people = _people_by_body(system, on)
    rows = SharingAgreement.objects.filter(system=system, recorded_at__date__lte=on).order_by("recorded_at", "pk")
    newest = {row.organisation_id: row for row in rows}
    bodies = Organisation.objects.filter(Q(code__in=people) | Q(pk__in=newest)).order_by("name", "code")
    return tuple(Standing(body, system, len(people.get(body.code, ())), newest.get(body.pk)) for body in bodies)


def lacking_agreement(system: str, on: date) -> tuple[Organisation, ...]:
    """This function will give the organisations that sit in a system's group without an agreement (IGV-06).

    It is something to mend, and keeps nobody from sharing.
    """
    return tuple(one.organisation for one in standings(system, on) if one.people and not one.is_agreed)


def standings_to_keep(actor: Actor, on: date, organisation: UUID) -> tuple[Standing, ...]:
    """This function will give how it stands with one organisation in each group whose agreements the actor keeps."""
    systems = groups_of(actor, Permission.KEEP_INTERESTS, on)
    return tuple(one for code in systems for one in standings(code, on) if one.organisation.pk == organisation)


def agreements_with(found: Sequence[Standing]) -> list[SharingAgreement]:
    """This function will give all that was ever recorded of these agreements, the newest first."""
    rows = SharingAgreement.objects.filter(
        organisation__in={one.organisation.pk for one in found}, system__in={one.system for one in found}
    )
    return list(rows.order_by("-recorded_at", "-pk"))


def _people_by_body(system: str, on: date) -> Mapping[str, set[UUID]]:
    rows = _sitting(on).filter(system__in={"", system}).exclude(organisation="")
    found = defaultdict[str, set[UUID]](set)
    for code, person in rows.values_list("organisation", "person"):
        found[code].add(person)
    return found


def _sitting(on: date) -> QuerySet[RoleGrant]:
    """The roles by which people sit in groups on the day."""
    lasts = (Q(valid_to=None) | Q(valid_to__gt=on)) & (Q(ending=None) | Q(ending__ends_on__gt=on))
    return RoleGrant.objects.filter(lasts, valid_from__lte=on, role__in=_SITTING, person__is_active=True).order_by()

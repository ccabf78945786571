"""Reads of the code of conduct of a group: what it says, since which version, and who agreed to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.groups.terms import code_of, same_code_since
from sightline.core.rulebook.terms import OutlineSection
from sightline.groups.hearing import groups_seen
from sightline.groups.models import CodeAcceptance, Group, Seating, TermsVersion
from sightline.groups.queries.terms import TermsView, rules_of, sits_in, terms_of

CodeSections = tuple[tuple[OutlineSection, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CodeView:
    """The code of a group that is in force: its sections, and the version of the terms that first had it so."""

    group: Group
    since: TermsVersion
    sections: CodeSections
    cites: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who of those who sit in a group agreed to its code as it is, and who has not yet."""

    agreed: tuple[CodeAcceptance, ...]
    not_yet: tuple[Person, ...]


def code_in_force(group: Group, on: date, view: TermsView | None = None) -> CodeView | None:
    """This function will give the code of a group as its approved terms have it; nothing where they have none (COI-06)."""
    terms = view or terms_of(group, on)
    now = terms.in_force
    if now is None:
        return None
    rules = rules_of(now)
    sections = code_of(now.written, rules.terms, group.kind)
    if not sections:
        return None
    row = [one for one in reversed(terms.versions) if one.number <= now.number]
    codes = [_said(one) for one in row]
    return CodeView(group, row[same_code_since(codes)], sections, sections[0][0].cites)


def _said(version: TermsVersion) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a version's code says, whatever else is around it."""
    found = code_of(version.written, rules_of(version).terms, version.group.kind)
    return tuple((outline.id, lines) for outline, lines in found)


def acceptance_of(actor: Actor, code: CodeView) -> CodeAcceptance | None:
    """This function will give that somebody agreed to the code as it is, where they did."""
    if not isinstance(actor, Person):
        return None
    return CodeAcceptance.objects.filter(person=actor, version=code.since).first()


def agreed_to(code: CodeView, on: date) -> Agreed:
    """This function will say who sits in the group and agreed, and who has yet to."""
    agreed = tuple(CodeAcceptance.objects.filter(version=code.since).select_related("person"))
    those = {one.person_id for one in agreed}
    sits = Seating.objects.in_force(on).filter(seat__group=code.group).select_related("person")
    people = {one.person_id: one.person for one in sits if one.person_id not in those}
    return Agreed(agreed, tuple(sorted(people.values(), key=lambda one: (one.display_name, str(one.pk)))))


def has_yet_to_agree(actor: Actor, group: Group, on: date, view: TermsView | None = None) -> bool:
    """This function will say whether somebody sits in a group and has not agreed to its code as it is."""
    if not sits_in(actor, group, on):
        return False
    code = code_in_force(group, on, view)
    return code is not None and acceptance_of(actor, code) is None


def codes_to_accept(actor: Actor, on: date) -> tuple[CodeView, ...]:
    """This function will list the codes of the groups in which somebody sits that they have not agreed to yet (COI-06)."""
    if not isinstance(actor, Person):
        return ()
    sits = Seating.objects.in_force(on).filter(person=actor)
    groups = Group.objects.standing_on(on).filter(groups_seen(actor, on), pk__in=sits.values("seat__group"))
    codes = (code_in_force(one, on) for one in groups.select_related("area").order_by("name", "pk"))
    return tuple(one for one in codes if one is not None and acceptance_of(actor, one) is None)

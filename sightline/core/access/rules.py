"""Roles as data, and the one rule that says whether an actor may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sightline.core.access.words import Actor, Grant, Permission, Role, Scope
from sightline.core.verdict import ALLOWED, Verdict, refused

_LOOK = frozenset({Permission.SEE_PICTURE})
_WORK = _LOOK | {Permission.IMPORT_DATA, Permission.ASSESS, Permission.REBASE, Permission.KEEP_DIRECTORY}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.QUALITY_LEAD: _WORK,
    Role.SECRETARY: _LOOK | {Permission.IMPORT_DATA, Permission.ASSESS},  # prepares, does not judge
    Role.CHAIR: _LOOK,
    Role.MEMBER: _LOOK,
    Role.LAY_MEMBER: _LOOK,  # all that a member has: an equal voice (SQG 2022 §3.17)
    Role.DEPUTY: _LOOK,
    Role.REGION: _LOOK,
    Role.PROVIDER: _LOOK,  # PER-10: scope_of() narrows it to their own organisation
    Role.FOI_OFFICER: _LOOK,
    Role.AUDITOR: _LOOK | {Permission.READ_AUDIT},  # reads the picture and the record, changes nothing
    Role.ADMINISTRATOR: frozenset({Permission.KEEP_PEOPLE}),  # sees settings, never content
    Role.OPERATOR: _WORK | {Permission.KEEP_PEOPLE, Permission.READ_AUDIT},
}


def _in_force(actor: Actor, on: date) -> list[Grant]:
    return [grant for grant in actor.grants if grant.holds_on(on)]


def may(actor: Actor, permission: Permission, on: date) -> Verdict:
    """This function will say whether a role that the actor holds on the day carries the permission."""
    if any(permission in ROLES[grant.role] for grant in _in_force(actor, on)):
        return ALLOWED
    holders = ", ".join(role.replace("_", " ") for role, holds in ROLES.items() if permission in holds)
    return refused(f"Your role does not allow this. It is for: {holders}.", "Roles and permissions (PER)")


def scope_of(actor: Actor, on: date) -> Scope:
    """This function will say which subjects the actor may see (PER-10: a provider sees its own)."""
    seeing = [grant for grant in _in_force(actor, on) if Permission.SEE_PICTURE in ROLES[grant.role]]
    if any(grant.role is not Role.PROVIDER for grant in seeing):
        return Scope(everything=True)
    return Scope(organisations=frozenset(grant.organisation for grant in seeing if grant.organisation))

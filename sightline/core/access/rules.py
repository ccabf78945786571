"""Roles as data, and the one rule that says whether an actor may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sightline.core.access.words import Actor, Grant, Permission, Role, Scope
from sightline.core.verdict import ALLOWED, Verdict, refused

_LOOK = frozenset({Permission.SEE_PICTURE})
# Whoever sits in a group shares on the same footing, lay members too: an equal voice (SQG 2022 §3.17).
_SIT = _LOOK | {
    Permission.SHARE_INTELLIGENCE,
    Permission.DECLARE_INTEREST,
    Permission.OPEN_ANNEX,
    Permission.SEE_MEETINGS,
}
_HEAR = _SIT | {Permission.SEE_INTELLIGENCE, Permission.SEE_LEVELS, Permission.RAISE_CONCERN}
# What may decide a level for an organisation, once its office is on record; a lay member holds no such office.
_DECIDE = _HEAR | {Permission.AUTHORISE_LEVEL, Permission.ESCALATE, Permission.PRESIDE}
_PREPARE = _HEAR | {
    Permission.IMPORT_DATA,
    Permission.ASSESS,
    Permission.REVIEW_INTELLIGENCE,
    Permission.KEEP_INTERESTS,
    Permission.WORK_ON_PROFILE,
    Permission.ESCALATE,
    Permission.KEEP_RISKS,
    Permission.KEEP_GROUPS,
    Permission.KEEP_ACTIONS,
    Permission.KEEP_MEETINGS,
    Permission.SEE_RECORDS,
    Permission.KEEP_RECORDS,
}
_WORK = _PREPARE | {
    Permission.REBASE,
    Permission.KEEP_DIRECTORY,
    Permission.RELEASE_INTELLIGENCE,
    Permission.KEEP_RULES,
    Permission.DECIDE_PROPOSAL,
    Permission.AUTHORISE_LEVEL,
    Permission.PRESIDE,
}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.QUALITY_LEAD: _WORK,
    Role.SECRETARY: _PREPARE,  # prepares, does not judge
    Role.CHAIR: _DECIDE | {Permission.RELEASE_INTELLIGENCE, Permission.DECIDE_PROPOSAL, Permission.KEEP_INTERESTS},
    Role.MEMBER: _DECIDE,
    # PER-04: all that a member has, but for deciding in the name of an organisation.
    Role.LAY_MEMBER: _HEAR | {Permission.ESCALATE},
    Role.DEPUTY: _HEAR,
    # PER-09: not the routine of a system, unless a region's member sits in its group as such; but what reaches the region.
    Role.REGION: _SIT
    | {Permission.SEE_LEVELS, Permission.RAISE_CONCERN, Permission.AUTHORISE_LEVEL}
    | {Permission.ESCALATE, Permission.KEEP_RISKS, Permission.PRESIDE},
    # PER-10: scope_of() narrows it to their own organisation.
    Role.PROVIDER: _SIT | {Permission.WORK_ON_PROFILE, Permission.ESCALATE},
    # Reads what was taken into a request for information, and what is public; not what else is said in the group.
    Role.FOI_OFFICER: _LOOK | {Permission.SEE_RECORDS, Permission.KEEP_RECORDS},
    # PER-13: reads the picture, what members read, and the record; changes nothing.
    Role.AUDITOR: _LOOK
    | {Permission.SEE_INTELLIGENCE, Permission.SEE_LEVELS, Permission.SEE_MEETINGS, Permission.READ_AUDIT}
    | {Permission.SEE_RECORDS},
    Role.ADMINISTRATOR: frozenset({Permission.KEEP_PEOPLE}),  # sees settings, never content
    Role.OPERATOR: _WORK | {Permission.KEEP_PEOPLE, Permission.READ_AUDIT},
    # PER-12: what is public anyway, and word of it; of nothing else do they so much as learn that it is there.
    Role.PUBLIC: frozenset({Permission.FOLLOW}),
}


def _ended(grant: Grant) -> str:
    last_day = (grant.valid_to or date.max) - timedelta(days=1)
    return f"Your role of {grant.role.replace('_', ' ')} ended on {last_day.day} {last_day:%B %Y}."


def _in_force(actor: Actor, on: date) -> list[Grant]:
    return [grant for grant in actor.grants if grant.holds_on(on)]


def may(actor: Actor, permission: Permission, on: date) -> Verdict:
    """This function will say whether a role that the actor holds on the day carries the permission.

    Whoever held one that did is told when it ended.
    """
    if any(permission in ROLES[grant.role] for grant in _in_force(actor, on)):
        return ALLOWED
    holders = ", ".join(role.replace("_", " ") for role, holds in ROLES.items() if permission in holds)
    says = f"Your role does not allow this. It is for: {holders}."
    over = [one for one in actor.grants if one.valid_to and one.valid_to <= on and permission in ROLES[one.role]]
    if over:
        last = max(over, key=lambda one: one.valid_to or on)
        says = f"{_ended(last)} Ask whoever holds it now or, if it is still yours, whoever gives out the roles here."
    return refused(says, "Roles and permissions (PER)")


def scope_of(actor: Actor, on: date) -> Scope:
    """This function will say which subjects the actor may see (PER-10: a provider sees its own)."""
    seeing = [grant for grant in _in_force(actor, on) if Permission.SEE_PICTURE in ROLES[grant.role]]
    if any(grant.role is not Role.PROVIDER for grant in seeing):
        return Scope(everything=True)
    return Scope(organisations=frozenset(grant.organisation for grant in seeing if grant.organisation))


def systems_where(actor: Actor, permission: Permission, on: date) -> frozenset[str] | None:
    """This function will name the systems for which the actor holds a permission on the day; None means every one.

    A grant that names no system holds for every one. Nobody without a grant holds it anywhere.
    """
    held = {grant.system for grant in _in_force(actor, on) if permission in ROLES[grant.role]}
    return None if "" in held else frozenset(held)

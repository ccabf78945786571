"""Who may do what: permissions, roles as data, grants with dates, and the rules that read them."""

from sightline.core.access.rules import may, scope_of, systems_where
from sightline.core.access.sight import Told, Viewer, may_read, may_read_passage
from sightline.core.access.words import Actor, Grant, Handling, Permission, Role, Scope

__all__ = [
    "Actor",
    "Grant",
    "Handling",
    "Permission",
    "Role",
    "Scope",
    "Told",
    "Viewer",
    "may",
    "may_read",
    "may_read_passage",
    "scope_of",
    "systems_where",
]

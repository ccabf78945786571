"""Who may do what: permissions, roles as data, grants with dates, and the one rule that reads them."""

from sightline.core.access.rules import may, scope_of
from sightline.core.access.words import Actor, Grant, Permission, Role, Scope

__all__ = ["Actor", "Grant", "Permission", "Role", "Scope", "may", "scope_of"]

"""What a guidance says of those who sit in a group: whom it wants among them, their deputies, and their authority."""

from __future__ import annotations

from pydantic import Field

from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.shapes import Entry, Id, Name, Words


class Among(Entry):
    """Whom a guidance wants among those on several seats of one category, as Healthwatch among lay members (MEM-02)."""

    id: Id
    title: Name
    at_least: int = Field(default=1, ge=1, le=9, description="At least")


class Deputies(Entry):
    """What is said of deputies: “must” where each member has one who comes in their place (MEM-12, MEM-13)."""

    force: Force = Field(default=Force.MAY, description="How strongly")
    says: Words


class AuthorityAsked(Entry):
    """That members have to be able to decide for their organisation, there and then (MEM-14)."""

    force: Force = Field(default=Force.MUST, description="How strongly")
    says: Words


class ProvidersSit(Entry):
    """Whether those who give care sit in a group as members (MEM-07), and whether others may meet without them (MEM-10)."""

    are_members: bool = Field(description="They sit as members")
    may_be_apart: bool = Field(default=False, description="Partners may meet without them")
    says: Words


class SamePerson(Entry):
    """When a member organisation keeps changing whom it sends, which is remarked upon (MEM-11)."""

    at_most: int = Field(ge=1, le=9, description="People on one seat, at most")
    within_months: int = Field(ge=1, le=60, description="Within so many months")
    says: Words

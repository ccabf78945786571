"""Who may do what, as a table; and when a role holds, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.access import Grant, Permission, Role, Scope, may, scope_of

TODAY = date(2026, 6, 15)

# One row for each permission, one column for each role. A dot is a refusal.
ROLES = (
    "quality_lead secretary chair member lay_member deputy region provider foi_officer auditor administrator operator"
)
TABLE = """
                      lead secr chair memb lay  dep  reg  prov foi  aud  adm  oper
see_picture           yes  yes  yes   yes  yes  yes  yes  yes  yes  yes  .    yes
import_data           yes  yes  .     .    .    .    .    .    .    .    .    yes
assess                yes  yes  .     .    .    .    .    .    .    .    .    yes
rebase                yes  .    .     .    .    .    .    .    .    .    .    yes
keep_directory        yes  .    .     .    .    .    .    .    .    .    .    yes
keep_people           .    .    .     .    .    .    .    .    .    .    yes  yes
read_audit            .    .    .     .    .    .    .    .    .    yes  .    yes
share_intelligence    yes  yes  yes   yes  yes  yes  yes  yes  .    .    .    yes
see_intelligence      yes  yes  yes   yes  yes  yes  .    .    .    yes  .    yes
review_intelligence   yes  yes  .     .    .    .    .    .    .    .    .    yes
release_intelligence  yes  .    yes   .    .    .    .    .    .    .    .    yes
open_annex            yes  yes  yes   yes  yes  yes  yes  yes  .    .    .    yes
declare_interest      yes  yes  yes   yes  yes  yes  yes  yes  .    .    .    yes
keep_interests        yes  yes  yes   .    .    .    .    .    .    .    .    yes
keep_rules            yes  .    .     .    .    .    .    .    .    .    .    yes
decide_proposal       yes  .    yes   .    .    .    .    .    .    .    .    yes
see_levels            yes  yes  yes   yes  yes  yes  yes  .    .    yes  .    yes
raise_concern         yes  yes  yes   yes  yes  yes  yes  .    .    .    .    yes
authorise_level       yes  .    yes   yes  .    .    yes  .    .    .    .    yes
escalate              yes  yes  yes   yes  yes  .    yes  yes  .    .    .    yes
keep_risks            yes  yes  .     .    .    .    yes  .    .    .    .    yes
keep_groups           yes  yes  .     .    .    .    .    .    .    .    .    yes
keep_actions          yes  yes  .     .    .    .    .    .    .    .    .    yes
see_meetings          yes  yes  yes   yes  yes  yes  yes  yes  .    yes  .    yes
keep_meetings         yes  yes  .     .    .    .    .    .    .    .    .    yes
preside               yes  .    yes   yes  .    .    yes  .    .    .    .    yes
work_on_profile       yes  yes  .     .    .    .    .    yes  .    .    .    yes
see_records           yes  yes  .     .    .    .    .    .    yes  yes  .    yes
keep_records          yes  yes  .     .    .    .    .    .    yes  .    .    yes
"""


@dataclass(frozen=True)
class Somebody:
    """An actor with given roles."""

    grants: Sequence[Grant] = field(default_factory=tuple)
    actor_id: str = "person:somebody"


def _cells() -> list[tuple[Role, Permission, bool]]:
    _, *rows = [line.split() for line in TABLE.strip().splitlines()]
    cells = [
        (Role(role), Permission(row[0]), answer == "yes")
        for row in rows
        for role, answer in zip(ROLES.split(), row[1:], strict=True)
    ]
    # The public stands apart: what it may, nobody with an account does by it, and it may nothing else.
    public = [(Role.PUBLIC, Permission(row[0]), False) for row in rows] + [(Role.PUBLIC, Permission.FOLLOW, True)]
    return cells + public + [(Role(role), Permission.FOLLOW, False) for role in ROLES.split()]


def test_table_names_every_role_and_every_permission() -> None:
    cells = _cells()
    assert {role for role, _, _ in cells} == set(Role)
    assert {permission for _, permission, _ in cells} == set(Permission)
    assert len(cells) == len(Role) * len(Permission)


@pytest.mark.requirement("PER-13")
@pytest.mark.parametrize(("role", "permission", "allowed"), _cells())
def test_role_carries_exactly_its_permissions(role: Role, permission: Permission, allowed: bool) -> None:
    organisation = "QX1" if role is Role.PROVIDER else ""
    assert bool(may(Somebody((Grant(role, organisation=organisation),)), permission, TODAY)) is allowed


@pytest.mark.requirement("PER-04")
def test_lay_member_may_all_that_a_member_may_but_decide_in_the_name_of_an_organisation() -> None:
    def allowed(role: Role) -> set[Permission]:
        return {one for one in Permission if may(Somebody((Grant(role),)), one, TODAY)}

    assert allowed(Role.MEMBER) - allowed(Role.LAY_MEMBER) == {Permission.AUTHORISE_LEVEL, Permission.PRESIDE}
    assert allowed(Role.LAY_MEMBER) <= allowed(Role.MEMBER)
    assert {Permission.SHARE_INTELLIGENCE, Permission.RAISE_CONCERN, Permission.ESCALATE} <= allowed(Role.LAY_MEMBER)


@pytest.mark.parametrize("permission", Permission)
def test_nobody_may_do_anything_without_a_role(permission: Permission) -> None:
    verdict = may(Somebody(), permission, TODAY)
    assert not verdict
    assert "It is for: " in verdict.words
    assert verdict.reasons[0].source


def test_refusal_names_who_may_do_it() -> None:
    assert "It is for: auditor, operator." in may(Somebody((Grant(Role.CHAIR),)), Permission.READ_AUDIT, TODAY).words


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=9), TODAY + timedelta(days=1), True),
        (TODAY - timedelta(days=9), TODAY, False),  # its last day is not included
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        (TODAY, TODAY + timedelta(days=1), True),  # a deputy for one day
    ],
)
def test_role_holds_between_its_days(begins: date, ends: date | None, holds: bool) -> None:
    grant = Grant(Role.MEMBER, valid_from=begins, valid_to=ends)
    assert grant.holds_on(TODAY) is holds
    assert bool(may(Somebody((grant,)), Permission.SEE_PICTURE, TODAY)) is holds
    assert scope_of(Somebody((grant,)), TODAY).everything is holds


_grants = st.lists(
    st.builds(
        Grant,
        role=st.sampled_from(Role),
        organisation=st.sampled_from(["", "QX1", "QX2"]),
        valid_from=st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
        valid_to=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    ),
    max_size=4,
)


@given(_grants, st.sampled_from(Permission))
def test_may_agrees_with_reading_the_table_role_by_role(grants: list[Grant], permission: Permission) -> None:
    carries = {(role, named) for role, named, allowed in _cells() if allowed}
    expected = False
    for grant in grants:
        begun = not grant.valid_from > TODAY
        over = grant.valid_to is not None and not grant.valid_to > TODAY
        if begun and not over and (grant.role, permission) in carries:
            expected = True
    assert bool(may(Somebody(tuple(grants)), permission, TODAY)) is expected


@given(_grants)
def test_whoever_sees_no_picture_has_an_empty_scope(grants: list[Grant]) -> None:
    actor = Somebody(tuple(grants))
    if not may(actor, Permission.SEE_PICTURE, TODAY):
        assert scope_of(actor, TODAY) == Scope()


@pytest.mark.parametrize(
    ("grants", "scope"),
    [
        ((), Scope()),
        ((Grant(Role.PROVIDER, organisation="QX1"),), Scope(organisations=frozenset({"QX1"}))),
        (
            (Grant(Role.PROVIDER, organisation="QX1"), Grant(Role.PROVIDER, organisation="QX2")),
            Scope(organisations=frozenset({"QX1", "QX2"})),
        ),
        ((Grant(Role.PROVIDER, organisation="QX1", valid_to=TODAY),), Scope()),
        ((Grant(Role.PROVIDER),), Scope()),  # a provider of nowhere sees nothing
        ((Grant(Role.ADMINISTRATOR),), Scope()),  # sees settings, never content
        ((Grant(Role.PROVIDER, organisation="QX1"), Grant(Role.MEMBER)), Scope(everything=True)),
        (
            (Grant(Role.ADMINISTRATOR), Grant(Role.PROVIDER, organisation="QX1")),
            Scope(organisations=frozenset({"QX1"})),
        ),
    ],
)
def test_provider_sees_only_its_own_organisations(grants: tuple[Grant, ...], scope: Scope) -> None:
    """PER-10."""
    assert scope_of(Somebody(grants), TODAY) == scope

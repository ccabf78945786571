"""Who reads what the commissioner's side writes: the database's answer is that of the rule, for everybody."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from sightline.accounts.models import GRANTABLE
from sightline.core.access import Grant, Handling, Role, Told, may_read
from sightline.core.triangulation.profiling import Side
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.profiles.models import Profile, SharedEntry, Template
from sightline.profiles.queries import hears_of, one_sheet, side_of
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.indicators import NOW, TODAY
from tests.factories.profiles import SYSTEM, Two, a_shared_profile, started, wrote

pytestmark = pytest.mark.usefixtures("house")
CODES = ("ZR1", "ZR2", "ZR3")
SYSTEMS = ("QZ1", "QZ2")


def _profiles() -> list[Profile]:
    subjects = [an_organisation(code).subjects.get() for code in CODES]
    template = Template.objects.create(sha256="0" * 64, part="risk_profile", version="v", content="", recorded_at=NOW)
    made = []
    for subject, system, shared in product(subjects, SYSTEMS, (False, True)):
        profile = Profile.objects.create(
            subject=subject, system=system, template=template, because="b", started_at=NOW, started_by="person:x",
            form_key=f"00000000-0000-4000-8000-{len(made):012}",
        )  # fmt: skip
        if shared:
            SharedEntry.objects.create(
                profile=profile, domain="safety", number=1, recorded_at=NOW, recorded_by="person:x"
            )
        made.append(profile)
    return made


def _grants(chance: random.Random) -> list[Grant]:
    roles = list(GRANTABLE)
    made = []
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        role = chance.choice(roles)
        own = chance.choice(CODES) if role is Role.PROVIDER else chance.choice(["", "", *CODES])
        ends = chance.choice([None, None, TODAY, TODAY + timedelta(days=9)])
        made.append(Grant(role, chance.choice(["", *SYSTEMS]), own, valid_to=ends))
    return made


@pytest.mark.parametrize("seed", range(3))
def test_database_gives_what_the_rule_gives(seed: int) -> None:
    chance, profiles, seen = random.Random(seed), _profiles(), 0
    shared = set(SharedEntry.objects.values_list("profile", flat=True))
    for _ in range(25):
        grants = _grants(chance)
        person = a_person(*grants, second_factor=False)
        viewer = viewer_of(person, TODAY)
        provides = {one.organisation for one in grants if one.role is Role.PROVIDER and one.holds_on(TODAY)}
        heard = set(Profile.objects.heard_by(person, TODAY).values_list("pk", flat=True))
        visible = set(Profile.objects.visible_to(person, TODAY).values_list("pk", flat=True))
        for profile in profiles:
            code = profile.subject.key
            told = Told(profile.system, Handling.MEMBERS, frozenset({profile.subject_id}), frozenset({code}))
            slow = may_read(viewer, told) and code not in provides
            assert (profile.pk in heard) == slow
            assert (profile.pk in visible) == (slow or (code in provides and profile.pk in shared))
            if slow:
                assert hears_of(person, TODAY, profile.subject)
            seen += slow
    assert seen > 10


@pytest.mark.parametrize(
    ("grants", "side"),
    [
        ((Grant(Role.QUALITY_LEAD, SYSTEM),), Side.COMMISSIONER),
        ((Grant(Role.SECRETARY, SYSTEM),), Side.COMMISSIONER),
        ((Grant(Role.PROVIDER, SYSTEM, "ZR1"),), Side.PROVIDER),
        ((Grant(Role.PROVIDER, SYSTEM, "ZR2"),), None),
        ((Grant(Role.QUALITY_LEAD, SYSTEM), Grant(Role.PROVIDER, SYSTEM, "ZR1")), Side.PROVIDER),
        ((Grant(Role.QUALITY_LEAD, SYSTEM), Grant(Role.PROVIDER, SYSTEM, "ZR2")), Side.COMMISSIONER),
        ((Grant(Role.MEMBER, SYSTEM),), None),
        ((Grant(Role.MEMBER, SYSTEM), Grant(Role.PROVIDER, SYSTEM, "ZR2")), None),
        ((Grant(Role.CHAIR, SYSTEM),), None),
        ((Grant(Role.QUALITY_LEAD, SYSTEM, valid_to=TODAY),), None),
        ((), None),
    ],
)
def test_side_follows_from_the_roles(grants: tuple[Grant, ...], side: Side | None) -> None:
    subject = an_organisation("ZR1").subjects.get()
    assert side_of(a_person(*grants), TODAY, subject) is side


def test_declared_interest_closes_profile_and_aids_at_once(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = a_shared_profile(two)
    assert one_sheet(two.lead, TODAY, profile.pk) is not None
    monkeypatch.setattr("sightline.groups.viewers.conflicts_of", lambda actor, on: frozenset({two.subject.pk}))
    for person in (two.lead, two.secretary, two.member):
        assert one_sheet(person, TODAY, profile.pk) is None
        assert not hears_of(person, TODAY, two.subject) and side_of(person, TODAY, two.subject) is None


def test_sheet_of_the_provider_holds_copies_alone(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile)
    assert one_sheet(two.provider, timezone.localdate(), profile.pk) is None
    assert Subject.objects.visible_to(two.provider, TODAY).filter(pk=two.subject.pk).exists()

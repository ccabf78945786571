"""Terms of reference for tests: begun, filled in, approved, as though it had always been so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.groups.terms import Objective, Written, as_plain, begun_from
from sightline.core.rulebook.terms import Terms
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.groups.models import CodeAcceptance, Group, TermsApproval, TermsRecipient, TermsVersion
from sightline.groups.words import SeatPart
from sightline.rulebook.packs import PACKS
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating

PACK = "sqg-2022"
HOME = "QZ1"
OBJECTIVE = Objective("Fewer falls on wards", "A fifth fewer than last year", date(2027, 3, 31))


def model_terms(pack: str = PACK) -> Terms:
    """This function will give the part about terms of a guidance as published."""
    found = PACKS[pack].parts["terms"]
    assert isinstance(found, Terms)
    return found


def some_terms(
    group: Group, number: int = 1, sections: tuple[Written, ...] | None = None, pack: str = PACK, **more: Any
) -> TermsVersion:
    """This function will make a version of a group's terms: the model's where nothing else is given."""
    written = begun_from(model_terms(pack), group.kind) if sections is None else sections
    given = {"because": "Begun", "recorded_by": "operator:test", "recorded_at": LONG_AGO, **more}
    return TermsVersion.objects.create(
        group=group,
        number=number,
        sections=as_plain(written),
        pack=pack,
        edition=f"{pack} v1",
        form_key=uuid4(),
        **given,
    )


def a_recipient(version: TermsVersion, to: str, where: Group | Organisation) -> TermsRecipient:
    """This function will have a version report to a group or a body."""
    if isinstance(where, Group):
        return TermsRecipient.objects.create(version=version, to=to, group=where)
    return TermsRecipient.objects.create(version=version, to=to, organisation=where)


def an_approval(
    version: TermsVersion, approved_on: date, next_review_on: date | None = None, **more: Any
) -> TermsApproval:
    """This function will approve a version, to be looked at again within a year."""
    given = {"because": "Agreed by all", "recorded_by": "operator:test", **more}
    return TermsApproval.objects.create(
        version=version,
        approved_on=approved_on,
        next_review_on=next_review_on or approved_on + timedelta(days=365),
        form_key=uuid4(),
        recorded_at=LONG_AGO,
        **given,
    )


def an_acceptance(person: Person, version: TermsVersion, accepted_on: date) -> CodeAcceptance:
    """This function will have a person agree to the code of a version."""
    return CodeAcceptance.objects.create(
        person=person, version=version, accepted_on=accepted_on, recorded_at=LONG_AGO, recorded_by=person.actor_id
    )


class Quality:
    """A system with its quality group, a committee, a region's group and a council, and those who work with its terms."""

    def __init__(self) -> None:
        self.icb = an_organisation(HOME, "Lantern ICB", Kind.ICB)
        self.council = an_organisation("ZL1", "River Council", Kind.LOCAL_AUTHORITY)
        self.region = an_organisation("QY1", "North Region", Kind.REGION)
        self.group = a_group(self.icb, name="Lantern SQG")
        self.committee = a_group(self.icb, "assurance-committee", "Quality committee")
        self.regional = a_group(self.region, "regional-group", "North RQG", system=HOME)
        self.keeper = a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")
        self.chair = a_person(Grant(Role.CHAIR, HOME), display_name="Cora Chair")
        self.member = a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")
        a_seating(a_seat(self.group), self.chair)
        seat = a_seat(self.group, "Local authority", SeatPart.MEMBER, organisation=self.council)
        a_seating(seat, self.member)

    def whole(self, number: int = 1, sections: tuple[Written, ...] | None = None, **more: Any) -> TermsVersion:
        """This function will make a version that lacks nothing."""
        made = some_terms(self.group, number, sections, **more)
        a_recipient(made, "icb", self.committee)
        a_recipient(made, "local-authority", self.council)
        a_recipient(made, "region", self.region)
        return made

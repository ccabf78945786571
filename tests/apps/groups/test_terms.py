"""Terms of reference: begun, written, approved and reviewed by those who may, kept as versions, refused for reasons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Actor, Grant, Role
from sightline.core.groups.terms import Objective, TermsStanding, Written
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import Kind
from sightline.groups.models import CodeAcceptance, GroupEnding, TermsApproval, TermsVersion
from sightline.groups.operations import (
    accept_code,
    approve_terms,
    begin_terms,
    tell_of_terms_reviews,
    write_section,
)
from sightline.groups.queries.code import agreed_to, code_in_force, codes_to_accept
from sightline.groups.queries.terms import TermsDue, terms_due, terms_of, terms_standings
from sightline.groups.queries.terms_recipients import Chosen, chosen_in
from sightline.groups.words import SeatPart
from sightline.notify.models import Message
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_guidance, a_seat, a_seating, an_interest
from tests.factories.groups_terms import (
    HOME,
    OBJECTIVE,
    Quality,
    a_recipient,
    an_acceptance,
    an_approval,
    model_terms,
    some_terms,
)
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW
from tests.factories.rulebook import a_clock_stopped

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()


@pytest.fixture
def quality(house: None) -> Quality:
    return Quality()


def begin(by: Actor, quality: Quality, **more: Any) -> TermsVersion:
    given: dict[str, Any] = {"group": quality.group, "form_key": uuid4(), **more}
    return begin_terms(by=by, at=NOW, **given)


def write(by: Actor, quality: Quality, section: Written, base: int = 1, **more: Any) -> TermsVersion:
    given: dict[str, Any] = {"group": quality.group, "because": "Agreed in March", "form_key": uuid4(), **more}
    return write_section(by=by, at=NOW, base=base, section=section, **given)


def approve(by: Actor, quality: Quality, number: int = 1, **more: Any) -> TermsApproval:
    given: dict[str, Any] = {
        "group": quality.group,
        "approved_on": TODAY,
        "because": "At the meeting of this week",
        "form_key": uuid4(),
        **more,
    }
    return approve_terms(by=by, at=NOW, number=number, **given)


def events(verb: str) -> int:
    return Event.objects.filter(verb__contains=verb).count()


# --- begun


@pytest.mark.requirement("GRP-02")
def test_keeper_begins_terms_from_the_model_and_what_is_evident_is_set(quality: Quality) -> None:
    made = begin(quality.keeper, quality)
    assert (made.number, made.pack, made.because) == (
        1,
        "sqg-2022",
        "Begun from the model of National Guidance on System Quality Groups.",
    )
    assert {one.id for one in made.written} == {one.id for one in model_terms().sections}
    assert {one.to for one in chosen_in(made)} >= {"icb", "local-authority"}
    assert events("begin_terms") == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.LAY_MEMBER, Role.REGION, Role.AUDITOR])
def test_terms_are_begun_by_nobody_else(quality: Quality, role: Role) -> None:
    with pytest.raises(Refused):
        begin(a_person(Grant(role, HOME)), quality)
    with pytest.raises(Refused):
        begin(a_person(Grant(Role.SECRETARY, "QZ2")), quality)
    assert not TermsVersion.objects.exists() and not events("begin_terms")


def test_terms_are_begun_once_from_one_guidance_and_again_from_the_next(quality: Quality) -> None:
    a_guidance(quality.group, "qsg-2017", date(2024, 1, 1))
    assert begin(quality.keeper, quality).pack == "qsg-2017"
    with pytest.raises(Already):
        begin(quality.keeper, quality)
    a_guidance(quality.group, "sqg-2022", date(2025, 1, 1))
    again = begin(quality.keeper, quality)
    assert (again.number, again.pack) == (2, "sqg-2022")


def test_form_sent_twice_begins_once(quality: Quality) -> None:
    key = uuid4()
    begin(quality.keeper, quality, form_key=key)
    with pytest.raises(Already):
        begin(quality.keeper, quality, form_key=key)
    assert TermsVersion.objects.count() == 1


def test_group_that_ended_has_its_terms_as_they_are(quality: Quality) -> None:
    GroupEnding.objects.create(
        group=quality.group, ends_on=TODAY, because="Merged", recorded_at=NOW, recorded_by="operator:test"
    )
    with pytest.raises(Invalid, match="Its terms stay as they are"):
        begin(quality.keeper, quality)


# --- written


def test_each_section_that_is_written_makes_a_version_and_the_others_stay(quality: Quality) -> None:
    before = begin(quality.keeper, quality)
    made = write(quality.keeper, quality, Written("aims", "  One\n\n Two "))
    was, now = ({one.id: one for one in version.written} for version in (before, made))
    assert made.number == 2 and now.pop("aims").words == "One\nTwo"
    was.pop("aims")
    assert was == now and set(chosen_in(before)) == set(chosen_in(made))
    before.refresh_from_db()
    assert before.number == 1
    assert events("write_section") == 1


@pytest.mark.parametrize("who", ["member", "chair"])
def test_sections_are_written_by_those_who_keep_the_group_alone(quality: Quality, who: str) -> None:
    begin(quality.keeper, quality)
    with pytest.raises(Refused):
        write(getattr(quality, who), quality, Written("aims", "One"))
    assert TermsVersion.objects.count() == 1 and not events("write_section")


@pytest.mark.parametrize(
    ("section", "says"),
    [
        (Written("elsewhere", "One"), "no such section"),
        (Written("inputs", kept=("nobody",)), "not in the model"),
        (Written("aims", objectives=(OBJECTIVE,)), "section of their own"),
    ],
)
def test_what_the_guidance_does_not_have_is_not_written(quality: Quality, section: Written, says: str) -> None:
    begin(quality.keeper, quality)
    with pytest.raises(Invalid, match=says):
        write(quality.keeper, quality, section)


def test_nothing_is_kept_where_nothing_is_changed_or_nothing_is_begun(quality: Quality) -> None:
    with pytest.raises(Invalid, match="not begun"):
        write(quality.keeper, quality, Written("aims", "One"))
    begun = begin(quality.keeper, quality)
    with pytest.raises(Invalid, match="Nothing is changed"):
        write(quality.keeper, quality, {one.id: one for one in begun.written}["aims"])


def test_two_who_write_different_sections_both_keep_theirs(quality: Quality) -> None:
    begin(quality.keeper, quality)
    write(quality.keeper, quality, Written("aims", "One"), base=1)
    last = write(quality.keeper, quality, Written("scope", "Two"), base=1)
    now = {one.id: one.words for one in last.written}
    assert (now["aims"], now["scope"]) == ("One", "Two")


def test_who_writes_over_somebody_else_is_shown_their_words(quality: Quality) -> None:
    begin(quality.keeper, quality)
    write(quality.keeper, quality, Written("aims", "What she wrote"), base=1)
    with pytest.raises(Invalid, match="It now says: What she wrote"):
        write(quality.keeper, quality, Written("aims", "What he wrote"), base=1)
    assert TermsVersion.objects.count() == 2


@pytest.mark.requirement("GRP-17")
def test_objectives_are_kept_with_what_success_looks_like(quality: Quality) -> None:
    begin(quality.keeper, quality)
    made = write(quality.keeper, quality, Written("objectives", objectives=(OBJECTIVE,)))
    assert {one.id: one for one in made.written}["objectives"].objectives == (OBJECTIVE,)


def test_name_of_a_person_stays_only_for_a_reason(quality: Quality) -> None:
    begin(quality.keeper, quality)
    with pytest.raises(Invalid, match="say why it must stay"):
        write(quality.keeper, quality, Written("chair", "Cora Chair chairs"))
    kept = write(quality.keeper, quality, Written("chair", "Cora Chair chairs"), knowingly="She is named in public")
    assert kept.knowingly == "She is named in public"
    spare = Objective("Ask Cora Chair", "She answers", date(2027, 1, 1))
    with pytest.raises(Invalid, match="say why it must stay"):
        write(quality.keeper, quality, Written("objectives", objectives=(spare,)), base=2)


# --- to whom it reports


@pytest.mark.requirement("GRP-06")
def test_recipients_are_set_as_groups_and_bodies_and_go_on_with_each_version(quality: Quality) -> None:
    begun = begin(quality.keeper, quality)
    now = {one.id: one for one in begun.written}["reporting"]
    goes = (
        Chosen("icb", frozenset({quality.committee.pk})),
        Chosen("local-authority", bodies=frozenset({quality.council.pk})),
        Chosen("region", bodies=frozenset({quality.region.pk})),
    )
    write(quality.keeper, quality, now, recipients=goes)
    after = write(quality.keeper, quality, Written("aims", "One"), base=2)
    assert set(chosen_in(after)) == set(goes)


@pytest.mark.requirement("GRP-04")
def test_group_is_never_set_as_its_own_committee_nor_is_another_quality_group(quality: Quality) -> None:
    begun = begin(quality.keeper, quality)
    now = {one.id: one for one in begun.written}["reporting"]
    for group in (quality.group, a_group(an_organisation("QZ2", "Harbour ICB", Kind.ICB))):
        with pytest.raises(Invalid, match="Choose a group that fits"):
            write(quality.keeper, quality, now, recipients=(Chosen("icb", frozenset({group.pk})),))
    assert TermsVersion.objects.count() == 1


def test_recipient_that_the_guidance_does_not_name_is_not_set(quality: Quality) -> None:
    begun = begin(quality.keeper, quality)
    sections = {one.id: one for one in begun.written}
    with pytest.raises(Invalid, match="names no such recipient"):
        write(quality.keeper, quality, sections["reporting"], recipients=(Chosen("press"),))
    with pytest.raises(Invalid, match="section about reporting"):
        write(quality.keeper, quality, Written("aims", "One"), recipients=())


# --- approved


@pytest.mark.requirement("GRP-02", "CHR-09")
def test_whoever_chairs_records_that_the_group_approved_its_terms(quality: Quality) -> None:
    version = quality.whole()
    made = approve(quality.chair, quality)
    assert (made.version, made.approved_on, made.next_review_on) == (
        version,
        TODAY,
        TODAY.replace(year=TODAY.year + 1),
    )
    assert terms_of(quality.group, TODAY).in_force == version and events("approve_terms") == 1


@pytest.mark.requirement("CHR-09")
@pytest.mark.parametrize("part", [SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR])
def test_co_chair_or_deputy_does_so_too(quality: Quality, part: SeatPart) -> None:
    quality.whole()
    deputy = a_person(Grant(Role.MEMBER, HOME))
    a_seating(a_seat(quality.group, "Stands in", part), deputy)
    assert approve(deputy, quality)


def others(quality: Quality) -> list[Person]:
    """Who decide elsewhere, or chair elsewhere, or sat in the chair before."""
    former = a_person(Grant(Role.CHAIR, HOME))
    a_seating(a_seat(quality.group, "Co-chair", SeatPart.CO_CHAIR), former, valid_to=TODAY)
    elsewhere = a_person(Grant(Role.CHAIR, HOME))
    a_seating(a_seat(quality.committee), elsewhere)
    lead = a_person(Grant(Role.QUALITY_LEAD, HOME))
    return [quality.keeper, quality.member, former, elsewhere, lead]


@pytest.mark.requirement("CHR-09")
def test_nobody_else_records_an_approval(quality: Quality) -> None:
    quality.whole()
    for person in others(quality):
        with pytest.raises(Refused):
            approve(person, quality)
    assert not TermsApproval.objects.exists() and not events("approve_terms")


@pytest.mark.requirement("GRP-06")
def test_terms_that_lack_a_recipient_are_refused_saying_which(quality: Quality) -> None:
    made = some_terms(quality.group)
    a_recipient(made, "icb", quality.committee)
    with pytest.raises(Refused) as refusal:
        approve(quality.chair, quality)
    assert "local authority’s assurance" in str(refusal.value) and "Regional Quality Group" in str(refusal.value)
    assert not TermsApproval.objects.exists()


@pytest.mark.requirement("COI-05")
def test_terms_without_an_approach_to_conflicts_are_refused(quality: Quality) -> None:
    begun = quality.whole()
    bare = tuple(Written(one.id) if one.id == "conflicts" else one for one in begun.written)
    quality.whole(2, bare)
    with pytest.raises(Refused, match="Conflicts of interest: nothing is written yet"):
        approve(quality.chair, quality, 2)


@pytest.mark.requirement("GRP-02")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"approved_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"approved_on": date(2023, 12, 31)}, "The group began"),
        ({"next_review_on": TODAY}, "within 12 months"),
        ({"next_review_on": TODAY.replace(year=TODAY.year + 1) + timedelta(days=1)}, "within 12 months"),
        ({"number": 2}, "newer version"),
    ],
)
def test_days_that_do_not_fit_are_said(quality: Quality, given: dict[str, Any], says: str) -> None:
    quality.whole()
    with pytest.raises(Invalid, match=says):
        approve(quality.chair, quality, **given)
    assert not TermsApproval.objects.exists()


def test_older_version_is_not_approved_once_there_is_a_newer_one(quality: Quality) -> None:
    quality.whole()
    quality.whole(2)
    with pytest.raises(Invalid, match="newer version"):
        approve(quality.chair, quality, 1)


@pytest.mark.requirement("GRP-02")
def test_review_without_a_change_is_an_approval_of_the_same_version(quality: Quality) -> None:
    version = quality.whole()
    an_approval(version, TODAY - timedelta(days=360), TODAY + timedelta(days=5))
    assert terms_of(quality.group, TODAY).standing is TermsStanding.DUE
    approve(quality.chair, quality)
    view = terms_of(quality.group, TODAY)
    assert (view.standing, len(view.approvals), view.in_force) == (TermsStanding.CURRENT, 2, version)


def test_approval_before_the_last_one_is_not_recorded(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY)
    with pytest.raises(Invalid, match="The last approval was on"):
        approve(quality.chair, quality, approved_on=TODAY - timedelta(days=1))


def test_version_that_was_approved_holds_while_a_newer_one_is_written(quality: Quality) -> None:
    first = quality.whole()
    an_approval(first, TODAY)
    write(quality.keeper, quality, Written("aims", "One"))
    view = terms_of(quality.group, TODAY)
    assert view.in_force == first and view.newest is not None and view.newest.number == 2


# --- the clock


@pytest.mark.requirement("GRP-02")
def test_terms_to_be_reviewed_are_listed_for_those_who_keep_or_chair_the_group(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY - timedelta(days=370), TODAY - timedelta(days=5))
    expected = (TermsDue(quality.group, TermsStanding.OVERDUE, TODAY - timedelta(days=5)),)
    assert terms_due(quality.keeper, TODAY) == expected == terms_due(quality.chair, TODAY)
    assert not terms_due(quality.member, TODAY)
    assert not terms_due(a_person(Grant(Role.SECRETARY, "QZ2")), TODAY)


def test_no_terms_are_due_once_the_house_has_stopped_the_clock(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY - timedelta(days=370), TODAY - timedelta(days=5))
    a_clock_stopped("terms-review")
    assert not terms_due(quality.chair, TODAY)
    assert terms_of(quality.group, TODAY).standing is TermsStanding.CURRENT


def test_how_it_stands_is_said_of_every_group(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY)
    some_terms(quality.committee)
    found = terms_standings([quality.group, quality.committee, quality.regional], TODAY)
    assert [found[one.pk] for one in (quality.group, quality.committee, quality.regional)] == [
        TermsStanding.CURRENT,
        TermsStanding.DRAFT,
        TermsStanding.NONE,
    ]


@pytest.mark.requirement("GRP-02")
def test_those_who_chair_and_keep_papers_are_told_once_when_due_and_once_when_overdue(quality: Quality) -> None:
    a_seating(a_seat(quality.group, "Secretariat", SeatPart.SECRETARY), quality.keeper)
    an_approval(quality.whole(), TODAY - timedelta(days=360), TODAY)
    keeper = quality.keeper
    assert [tell_of_terms_reviews(by=keeper, at=NOW) for _ in range(2)] == [2, 0]
    assert set(Message.objects.values_list("person", flat=True)) == {quality.chair.pk, quality.keeper.pk}
    assert tell_of_terms_reviews(by=keeper, at=NOW + timedelta(days=1)) == 2


def test_telling_is_for_those_who_keep_groups(quality: Quality) -> None:
    with pytest.raises(Refused):
        tell_of_terms_reviews(by=quality.member, at=NOW)


# --- the code of conduct


def agree(by: Actor, quality: Quality, number: int = 1) -> CodeAcceptance:
    return accept_code(by=by, at=NOW, group=quality.group, number=number)


@pytest.mark.requirement("COI-06")
def test_whoever_sits_in_the_group_agrees_for_themselves_and_once(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY)
    assert [one.group for one in codes_to_accept(quality.member, TODAY)] == [quality.group]
    made = agree(quality.member, quality)
    assert (made.person, made.accepted_on, made.recorded_by) == (quality.member, TODAY, quality.member.actor_id)
    assert not codes_to_accept(quality.member, TODAY) and events("accept_code") == 1
    with pytest.raises(Already):
        agree(quality.member, quality)


@pytest.mark.requirement("COI-06")
def test_nobody_agrees_who_does_not_sit_there(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY)
    for person in (quality.keeper, a_person(Grant(Role.MEMBER, HOME)), a_person(Grant(Role.AUDITOR, HOME))):
        with pytest.raises(Refused):
            agree(person, quality)
    assert not CodeAcceptance.objects.exists() and not events("accept_code")


def test_there_is_nothing_to_agree_to_before_the_terms_are_approved(quality: Quality) -> None:
    quality.whole()
    assert not codes_to_accept(quality.member, TODAY)
    with pytest.raises(Invalid, match="no code of conduct that was approved"):
        agree(quality.member, quality)


def changed(version: TermsVersion, section: str) -> tuple[Written, ...]:
    return tuple(Written(one.id, "Another line") if one.id == section else one for one in version.written)


@pytest.mark.requirement("COI-06")
@pytest.mark.parametrize(("section", "asked_again"), [("aims", False), ("code-responsibility", True)])
def test_changed_code_is_agreed_to_anew_and_a_change_elsewhere_asks_nobody(
    quality: Quality, section: str, asked_again: bool
) -> None:
    first = quality.whole()
    an_approval(first, TODAY - timedelta(days=9))
    an_acceptance(quality.member, first, TODAY - timedelta(days=8))
    an_approval(quality.whole(2, changed(first, section)), TODAY)
    code = code_in_force(quality.group, TODAY)
    assert code is not None and code.since.number == (2 if asked_again else 1)
    assert bool(codes_to_accept(quality.member, TODAY)) is asked_again
    found = agreed_to(code, TODAY)
    assert (quality.member in found.not_yet) is asked_again and quality.chair in found.not_yet
    if asked_again:
        with pytest.raises(Invalid, match="changed meanwhile"):
            agree(quality.member, quality, 1)


def test_whoever_declared_an_interest_is_offered_no_code_of_a_group_about_that_subject(
    quality: Quality,
) -> None:
    subject = Subject.objects.get(organisation=an_organisation("ZT7", "Mill Trust", Kind.NHS_TRUST))
    review = a_group(quality.icb, "rapid-quality-review", "Review", subject=subject)
    a_seating(a_seat(review, "ICB", SeatPart.MEMBER), quality.member)
    an_approval(some_terms(review, sections=some_terms(quality.group).written), TODAY)
    assert [one.group for one in codes_to_accept(quality.member, TODAY)] == [review]
    an_interest(quality.member, subject)
    assert not codes_to_accept(quality.member, TODAY)

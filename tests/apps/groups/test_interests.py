"""Declared interests: who may declare, record and end them, and what each closes from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sightline.accounts.models import GRANTABLE, Person
from sightline.accounts.operations import end_role
from sightline.accounts.operator import Operator
from sightline.accounts.queries import colleagues
from sightline.audit import keeping
from sightline.audit.models import Event
from sightline.core.access import Grant, Permission, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link, SubjectKind
from sightline.groups import operations
from sightline.groups.models import DeclaredInterest, InterestEnding
from sightline.groups.queries import closed_by, conflicts_of, own_interests, register
from sightline.groups.words import KIND, KIND_MEANS, InterestKind
from tests.factories import directory as make
from tests.factories.accounts import a_grant, a_person
from tests.factories.groups import SINCE, an_ending, an_interest

pytestmark = pytest.mark.django_db
AT, TODAY = make.AT, make.TODAY
A_DAY = timedelta(days=1)
HOME, ELSEWHERE = "QZ1", "QZ2"
OPERATOR = Operator("tests")


@pytest.fixture
def trust() -> Subject:
    return make.an_organisation("ZR1", "Lantern Trust").subjects.get()


@pytest.fixture
def member() -> Person:
    return a_person(Grant(Role.MEMBER, system=HOME))


@pytest.fixture
def keeper() -> Person:
    return a_person(Grant(Role.SECRETARY, system=HOME))


def declared(by: Any, subject: Subject, **more: Any) -> DeclaredInterest:
    given = {"kind": InterestKind.FINANCIAL, "detail": "Shares", **more}
    return operations.declare_interest(by=by, at=AT, subject=subject, **given)


def recorded(by: Any, person: Person, subject: Subject, **more: Any) -> DeclaredInterest:
    given = {
        "kind": InterestKind.INDIRECT,
        "detail": "A relative works there",
        "because": "Said at the meeting",
        **more,
    }
    return operations.record_interest(by=by, at=AT, person=person, subject=subject, **given)


def ended(by: Any, interest: DeclaredInterest, **more: Any) -> InterestEnding:
    return operations.end_interest(by=by, at=AT, interest=interest, **{"because": "Sold", **more})


def on_record() -> tuple[Any, ...]:
    return list(DeclaredInterest.objects.order_by("pk").values()), list(InterestEnding.objects.values())


def refuses(act: Callable[[], object], problem: type[Exception]) -> str:
    """This function will see that something is not done, that nothing changed, and that nothing was recorded."""
    before, events = on_record(), Event.objects.count()
    with pytest.raises(problem) as caught:
        act()
    assert on_record() == before
    assert Event.objects.count() == events
    return str(caught.value)


def only_event() -> Event:
    return Event.objects.get()


# --- declaring

DECLARING = [role for role in GRANTABLE if role not in {Role.FOI_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}]


@pytest.mark.requirement("COI-01", "PER-03", "PER-04")
@pytest.mark.parametrize("role", DECLARING)
def test_whoever_sits_in_a_group_declares_an_interest_of_their_own(role: Role, trust: Subject) -> None:
    person = a_person(Grant(role, system=HOME, organisation="ZR9" if role is Role.PROVIDER else ""))
    made = declared(person, trust, since=SINCE, until=TODAY)
    assert DeclaredInterest.objects.get() == made
    assert (made.person, made.subject, made.kind, made.detail) == (person, trust, "financial", "Shares")
    assert (made.declared_on, made.since, made.until) == (TODAY, SINCE, TODAY)
    assert (made.recorded_at, made.recorded_by, made.because) == (AT, person.actor_id, "")


@pytest.mark.parametrize("role", [Role.FOI_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_sits_in_no_group_declares_none(role: Role, trust: Subject) -> None:
    refuses(lambda: declared(a_person(role), trust), Refused)


def test_operator_is_no_person_and_declares_none(trust: Subject) -> None:
    assert "Only a person" in refuses(lambda: declared(OPERATOR, trust), Refused)


def test_declaring_is_recorded_with_one_event_that_does_not_say_what_it_is(member: Person, trust: Subject) -> None:
    made = declared(member, trust, detail="Shares of my uncle")
    event = only_event()
    assert (event.verb, event.actor) == ("groups.declare_interest", member.actor_id)
    assert (event.on_kind, event.on_id) == ("DeclaredInterest", str(made.pk))
    assert "uncle" not in event.facts and str(trust.pk) in event.facts


def test_an_interest_begins_today_unless_said_otherwise(member: Person, trust: Subject) -> None:
    assert declared(member, trust).since == TODAY


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"detail": "  "}, "Say in a sentence"),
    ({"until": TODAY - A_DAY}, "lies before the first"),
    ({"since": TODAY, "until": TODAY - A_DAY}, "lies before the first"),
]


@pytest.mark.parametrize(("given", "says"), WRONG)
def test_what_does_not_fit_is_refused(given: dict[str, Any], says: str, member: Person, trust: Subject) -> None:
    assert says in refuses(lambda: declared(member, trust, **given), Invalid)


D = date
SPANS: list[tuple[tuple[date, date | None, date | None], tuple[date, date | None], bool]] = [
    # the one on record (since, last day, ended from), the new one (since, last day), is it the same again?
    ((D(2024, 1, 1), None, None), (D(2026, 1, 1), None), True),
    ((D(2024, 1, 1), None, None), (D(2023, 1, 1), None), True),
    ((D(2024, 1, 1), None, None), (D(2023, 1, 1), D(2023, 12, 31)), False),
    ((D(2024, 1, 1), None, None), (D(2023, 1, 1), D(2024, 1, 1)), True),
    ((D(2024, 1, 1), D(2024, 12, 31), None), (D(2025, 1, 1), None), False),
    ((D(2024, 1, 1), D(2024, 12, 31), None), (D(2024, 12, 31), None), True),
    ((D(2024, 1, 1), None, D(2025, 1, 1)), (D(2025, 1, 1), None), False),
    ((D(2024, 1, 1), None, D(2025, 1, 1)), (D(2024, 12, 31), None), True),
    ((D(2024, 1, 1), None, D(2024, 1, 1)), (D(2023, 1, 1), None), False),  # ended before it held for a day
    ((D(2027, 1, 1), None, None), (D(2026, 1, 1), None), True),
    ((D(2027, 1, 1), None, None), (D(2026, 1, 1), D(2026, 12, 31)), False),
]


@pytest.mark.parametrize(("kept", "new", "same"), SPANS)
def test_the_same_interest_is_not_declared_twice_for_one_day(
    kept: tuple[date, date | None, date | None],
    new: tuple[date, date | None],
    same: bool,
    member: Person,
    trust: Subject,
) -> None:
    one = an_interest(member, trust, since=kept[0], until=kept[1])
    if kept[2]:
        an_ending(one, kept[2])
    if same:
        says = refuses(lambda: declared(member, trust, since=new[0], until=new[1]), Invalid)
        assert "declared already" in says
    else:
        declared(member, trust, since=new[0], until=new[1])
    # The rule against a slow twin: is there a day on which both hold?
    first, last = min(kept[0], new[0]), D(2028, 1, 1)
    days = (first + timedelta(days=n) for n in range((last - first).days))
    assert same == any(one.holds_on(day) and new[0] <= day <= (new[1] or last) for day in days)


def test_another_kind_another_body_or_another_person_is_another_interest(member: Person, trust: Subject) -> None:
    declared(member, trust)
    declared(member, trust, kind=InterestKind.PERSONAL)
    declared(member, make.an_organisation().subjects.get())
    declared(a_person(Role.MEMBER), trust)
    assert DeclaredInterest.objects.count() == 4


# --- recording for another


@pytest.mark.requirement("COI-01", "COI-02")
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.QUALITY_LEAD, Role.CHAIR])
def test_a_keeper_records_what_another_told(role: Role, member: Person, trust: Subject) -> None:
    keeper = a_person(Grant(role, system=HOME))
    made = recorded(keeper, member, trust, declared_on=TODAY - A_DAY)
    assert (made.person, made.recorded_by, made.because) == (member, keeper.actor_id, "Said at the meeting")
    assert made.declared_on == made.since == TODAY - A_DAY
    assert only_event().verb == "groups.record_interest"
    assert "meeting" not in only_event().facts and "relative" not in only_event().facts


def test_operator_records_for_anybody(trust: Subject) -> None:
    assert recorded(OPERATOR, a_person(Grant(Role.MEMBER, system=ELSEWHERE)), trust).recorded_by == "operator:tests"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LAY_MEMBER, Role.DEPUTY, Role.REGION, Role.AUDITOR])
def test_whoever_keeps_no_register_records_for_nobody(role: Role, member: Person, trust: Subject) -> None:
    refuses(lambda: recorded(a_person(Grant(role, system=HOME)), member, trust), Refused)


@pytest.mark.parametrize(
    "grants",
    [
        (),
        (Grant(Role.MEMBER, system=ELSEWHERE),),
        (Grant(Role.ADMINISTRATOR),),
        (Grant(Role.MEMBER, HOME, "", SINCE, TODAY),),
    ],
)
def test_a_keeper_records_for_nobody_outside_their_system(
    grants: tuple[Grant, ...], keeper: Person, trust: Subject
) -> None:
    assert "your own system" in refuses(lambda: recorded(keeper, a_person(*grants), trust), Refused)


@pytest.mark.parametrize(
    ("given", "problem"),
    [({"because": " "}, Refused), ({"declared_on": TODAY + A_DAY}, Invalid), ({"until": SINCE}, Invalid)],
)
def test_without_a_reason_or_with_days_that_do_not_fit_nothing_is_recorded(
    given: dict[str, Any], problem: type[Exception], keeper: Person, member: Person, trust: Subject
) -> None:
    refuses(lambda: recorded(keeper, member, trust, **given), problem)


# --- ending


def test_an_interest_is_ended_by_whose_it_is(member: Person, trust: Subject) -> None:
    interest = an_interest(member, trust)
    ending = ended(member, interest)
    assert (ending.interest, ending.ends_on, ending.because) == (interest, TODAY, "Sold")
    assert (ending.recorded_at, ending.recorded_by) == (AT, member.actor_id)
    assert DeclaredInterest.objects.get() == interest
    event = only_event()
    assert (event.verb, event.on_id) == ("groups.end_interest", str(interest.pk))
    assert "Sold" not in event.facts


def test_an_interest_is_ended_by_whoever_keeps_the_register(keeper: Person, member: Person, trust: Subject) -> None:
    assert ended(keeper, an_interest(member, trust)).recorded_by == keeper.actor_id


@pytest.mark.parametrize(
    "grant",
    [Grant(Role.MEMBER, HOME), Grant(Role.SECRETARY, ELSEWHERE), Grant(Role.AUDITOR, HOME), Grant(Role.ADMINISTRATOR)],
)
def test_nobody_else_ends_an_interest(grant: Grant, member: Person, trust: Subject) -> None:
    interest = an_interest(member, trust)
    refuses(lambda: ended(a_person(grant), interest), Refused)


@pytest.mark.parametrize(
    ("given", "problem", "says"),
    [
        ({"because": ""}, Refused, "A reason is needed"),
        ({"ends_on": TODAY + A_DAY}, Invalid, "once it is over"),
        ({"ends_on": SINCE - A_DAY}, Invalid, "before it began"),
    ],
)
def test_an_end_needs_a_reason_and_a_day_that_fits(
    given: dict[str, Any], problem: type[Exception], says: str, member: Person, trust: Subject
) -> None:
    interest = an_interest(member, trust)
    assert says in refuses(lambda: ended(member, interest, **given), problem)


def test_an_interest_ends_once(member: Person, trust: Subject) -> None:
    interest = an_interest(member, trust)
    ended(member, interest)
    assert "ended before" in refuses(lambda: ended(member, interest), Invalid)


def test_one_that_is_yet_to_begin_can_be_taken_back(member: Person, trust: Subject) -> None:
    interest = an_interest(member, trust, since=TODAY + 30 * A_DAY)
    ended(member, interest)
    assert conflicts_of(member, TODAY + 60 * A_DAY) == frozenset()


# --- what it closes

HOLDS: list[tuple[dict[str, date | None], date | None, date, bool]] = [
    ({}, None, SINCE - A_DAY, False),
    ({}, None, SINCE, True),
    ({}, None, TODAY, True),
    ({"until": TODAY}, None, TODAY, True),
    ({"until": TODAY}, None, TODAY + A_DAY, False),
    ({}, TODAY, TODAY - A_DAY, True),
    ({}, TODAY, TODAY, False),
    ({"until": TODAY - A_DAY}, TODAY, TODAY - A_DAY, True),
]


@pytest.mark.parametrize(("days", "ends_on", "on", "holds"), HOLDS)
def test_an_interest_holds_from_its_first_day_to_its_last(
    days: dict[str, Any], ends_on: date | None, on: date, holds: bool, member: Person, trust: Subject
) -> None:
    interest = an_interest(member, trust, **days)
    if ends_on:
        an_ending(interest, ends_on)
    assert DeclaredInterest.objects.in_force(on).exists() is holds
    assert DeclaredInterest.objects.get().holds_on(on) is holds
    assert conflicts_of(member, on) == ({trust.pk} if holds else frozenset())


@pytest.mark.requirement("COI-03")
def test_an_interest_closes_the_whole_family_and_nobody_elses(member: Person, trust: Subject) -> None:
    body = trust.organisation
    assert body
    site = make.an_organisation("ZS1", kind=Kind.SITE)
    make.a_relation(site, Link.OPERATED_BY, body)
    merged = make.an_organisation("ZR2")
    make.a_relation(merged, Link.SUCCEEDED_BY, body)
    make.an_organisation("ZR3")
    an_interest(member, trust)
    family = {body.subjects.get().pk, site.subjects.get().pk, merged.subjects.get().pk}
    assert conflicts_of(member, TODAY) == family
    assert conflicts_of(a_person(Role.MEMBER), TODAY) == frozenset()


def test_an_interest_in_a_board_closes_its_system_too_and_no_provider_in_it(member: Person, trust: Subject) -> None:
    board = make.an_organisation(HOME, kind=Kind.ICB)
    itself = Subject.objects.create(
        key="icb-QZ1", kind=SubjectKind.ICB, name="The board", organisation=board, recorded_at=AT
    )
    assert trust.organisation
    make.a_relation(trust.organisation, Link.PART_OF, board)
    an_interest(member, itself)
    assert conflicts_of(member, TODAY) == set(board.subjects.values_list("pk", flat=True))
    assert len(conflicts_of(member, TODAY)) == 2


def test_an_interest_in_what_is_no_organisation_closes_that_alone(member: Person) -> None:
    theme = Subject.objects.create(key="theme-falls", kind=SubjectKind.THEME, name="Falls", recorded_at=AT)
    Subject.objects.create(key="theme-sepsis", kind=SubjectKind.THEME, name="Sepsis", recorded_at=AT)
    an_interest(member, theme)
    assert conflicts_of(member, TODAY) == {theme.pk}


def test_whoever_is_no_person_has_no_conflicts(member: Person, trust: Subject) -> None:
    an_interest(member, trust)
    assert conflicts_of(OPERATOR, TODAY) == conflicts_of(make.KEEPER, TODAY) == frozenset()


def test_what_further_subjects_an_interest_closes_is_told_interest_by_interest(member: Person, trust: Subject) -> None:
    site, other = make.an_organisation("ZS1", kind=Kind.SITE), make.an_organisation("ZR9")
    assert trust.organisation
    make.a_relation(site, Link.OPERATED_BY, trust.organisation)
    one, two = an_interest(member, trust), an_interest(member, other.subjects.get())
    assert closed_by([one, two], TODAY) == {one.pk: (site.subjects.get(),), two.pk: ()}


@pytest.mark.requirement("COI-03")
def test_declaring_and_ending_take_effect_at_the_next_question(
    monkeypatch: pytest.MonkeyPatch, member: Person, trust: Subject
) -> None:
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(in_atomic_block=False))  # which every test is inside
    declared(a_person(Role.MEMBER), make.an_organisation().subjects.get())  # so that the log has begun
    assert conflicts_of(member, TODAY) == frozenset()
    interest = declared(member, trust)
    assert conflicts_of(member, TODAY) == {trust.pk}
    with CaptureQueriesContext(connection) as queries:
        conflicts_of(member, TODAY)
    assert len(queries) == 1  # where the log ends, and no more
    ended(member, interest)
    assert conflicts_of(member, TODAY) == frozenset()


# --- who sees whose


def people_of_two_systems() -> dict[str, Person]:
    grants = {
        "home_member": Grant(Role.MEMBER, HOME),
        "home_provider": Grant(Role.PROVIDER, HOME, "ZR9"),
        "home_auditor": Grant(Role.AUDITOR, HOME),
        "home_keeper": Grant(Role.SECRETARY, HOME),
        "away_member": Grant(Role.MEMBER, ELSEWHERE),
        "away_keeper": Grant(Role.CHAIR, ELSEWHERE),
        "everywhere": Grant(Role.REGION),
        "keeps_all": Grant(Role.QUALITY_LEAD),
        "administrator": Grant(Role.ADMINISTRATOR),
        "past_member": Grant(Role.MEMBER, HOME, "", SINCE, TODAY),
        "later_member": Grant(Role.MEMBER, HOME, "", TODAY + A_DAY),
    }
    return {name: a_person(grant, display_name=name) for name, grant in grants.items()}


AT_HOME = {"home_member", "home_provider", "home_auditor", "home_keeper", "everywhere", "keeps_all"}
AWAY = {"away_member", "away_keeper", "everywhere", "keeps_all"}
SEES: list[tuple[str, set[str]]] = [
    ("home_member", {"home_member"}),
    ("home_provider", {"home_provider"}),
    ("home_auditor", {"home_auditor"}),
    ("home_keeper", AT_HOME),
    ("away_keeper", AWAY),
    ("everywhere", {"everywhere"}),
    ("keeps_all", AT_HOME | AWAY),
    ("administrator", {"administrator"}),
    ("past_member", {"past_member"}),
]


@pytest.mark.parametrize(("who", "whose"), SEES, ids=[who for who, _ in SEES])
def test_one_sees_ones_own_and_a_keeper_those_of_their_system(who: str, whose: set[str], trust: Subject) -> None:
    people = people_of_two_systems()
    for person in people.values():
        an_interest(person, trust)
    seen = DeclaredInterest.objects.visible_to(people[who], TODAY)
    assert sorted(one.person.display_name for one in seen) == sorted(whose)
    assert [one.person for one in own_interests(people[who], TODAY)] == [people[who]]
    named = {person.display_name for person in colleagues(Permission.KEEP_INTERESTS, by=people[who], on=TODAY)}
    assert named == (whose if "keep" in who else set())


def test_operator_sees_all_of_those_who_hold_a_role(trust: Subject) -> None:
    people = people_of_two_systems()
    for person in people.values():
        an_interest(person, trust)
    seen = {one.person.display_name for one in DeclaredInterest.objects.visible_to(OPERATOR, TODAY)}
    assert seen == AT_HOME | AWAY
    assert own_interests(OPERATOR, TODAY) == []


def test_a_colleague_who_left_or_whose_role_was_ended_is_none(keeper: Person) -> None:
    gone = a_person(Grant(Role.MEMBER, HOME), is_active=False)
    out = a_person()
    a_grant(out, Grant(Role.MEMBER, HOME))
    assert set(colleagues(Permission.KEEP_INTERESTS, by=keeper, on=TODAY)) == {keeper, out}
    end_role(by=OPERATOR, at=AT, grant=out.role_grants.get(), because="Left")
    assert set(colleagues(Permission.KEEP_INTERESTS, by=keeper, on=TODAY)) == {keeper}
    assert gone.is_active is False


def test_register_is_filtered_by_word_kind_and_time(keeper: Person, trust: Subject) -> None:
    anna = a_person(Grant(Role.MEMBER, HOME), display_name="Anna Reed")
    other = make.an_organisation("ZR9", "Harbour Trust").subjects.get()
    shares, post = an_interest(anna, trust), an_interest(keeper, other, InterestKind.PROFESSIONAL)
    over = an_interest(anna, other, until=TODAY - A_DAY)
    sold = an_interest(anna, other, InterestKind.INDIRECT)
    an_ending(sold, TODAY)
    later = an_interest(anna, other, InterestKind.PERSONAL, since=TODAY + A_DAY)

    def found(**asked: Any) -> set[DeclaredInterest]:
        return set(register(keeper, TODAY, **asked))

    assert found() == {shares, post, later}
    assert found(past=True) == {shares, post, later, over, sold}
    assert found(person=anna.pk) == {shares, later}
    assert found(word="anna") == set()  # a name has no place in an address
    assert found(word="harbour", past=True) == {post, later, over, sold}
    assert found(word="zr1") == {shares}
    assert found(kind="non_financial_professional") == {post}
    assert found(kind="no kind") == set()
    assert [one.person for one in register(keeper, TODAY)] == [anna, anna, keeper]


# --- what the database itself refuses


@pytest.mark.parametrize("wrong", [{"kind": "employer"}, {"until": SINCE - A_DAY}, {"detail": ""}])
def test_the_database_refuses_an_interest_that_cannot_be(wrong: dict[str, Any], member: Person, trust: Subject) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_interest(member, trust, **wrong)


def test_the_database_refuses_a_second_end_and_one_without_a_reason(member: Person, trust: Subject) -> None:
    interest = an_interest(member, trust)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_ending(interest, TODAY, because="")
    an_ending(interest, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_ending(interest, TODAY)


def test_every_kind_has_its_words() -> None:
    assert set(KIND) == set(KIND_MEANS) == set(InterestKind)


def test_times_are_kept_as_they_were_given(member: Person, trust: Subject) -> None:
    late = datetime(2026, 6, 14, 23, 30, tzinfo=AT.tzinfo)  # half past midnight of the next day in London
    made = operations.declare_interest(by=member, at=late, subject=trust, kind=InterestKind.FINANCIAL, detail="Shares")
    assert (made.declared_on, made.since) == (TODAY, TODAY)

"""Each operation on concerns three ways: allowed, refused with nothing changed, recorded as one event; and bad input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.groups.models import Group
from sightline.meetings.models import Meeting
from sightline.profiles.operations import record_other_process
from sightline.surveillance.concerns_given import Stated
from sightline.surveillance.giving import Overtaken
from sightline.surveillance.models import (
    Concern,
    ConcernEnding,
    ConcernReferral,
    ConcernStatement,
    Evidence,
    EvidenceRemoval,
    ProcessLead,
)
from sightline.surveillance.operations import (
    agree_process_lead,
    close_concern,
    copy_concerns,
    link_evidence,
    raise_concern,
    record_referral,
    remove_evidence,
    restate_concern,
)
from sightline.surveillance.queries.concerns import leads_to_choose
from tests.factories.accounts import a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import TODAY, a_signal
from tests.factories.intelligence import an_item
from tests.factories.profiles import started, two_sides
from tests.factories.surveillance import (
    REGION,
    a_concern,
    a_decision,
    a_proposal,
    a_referral,
    a_statement,
    evidence,
    the_body,
)
from tests.factories.triangulation import People, people_around

MODELS = (
    Concern, ConcernStatement, ConcernEnding, ConcernReferral, Evidence, EvidenceRemoval, ProcessLead, Event,
)  # fmt: skip
WHY = "The reason that somebody typed"
SAID = Stated("Nobody answers the bell at night.", Severity.MINOR, Commissioner.ICB)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories


@dataclass
class Scene:
    """One body with the people around it."""

    subject: Subject
    people: People


@pytest.fixture
def scene(house: None) -> Scene:
    """This function will make a body that the home system watches, and everybody around it."""
    body = an_organisation("ZR1", "Lantern Trust")
    a_relation(body, Link.PART_OF, the_body())
    subject = body.subjects.get()
    return Scene(subject, people_around(subject))


def now() -> dict[str, Any]:
    return {"at": timezone.now()}


Act = Callable[[Scene, Person, Any], Any]
# What each operation acts on is made before, so that the actor alone decides.
ACTS: dict[str, tuple[Callable[[Scene], Any], Act]] = {
    "raise_concern": (
        lambda s: None,
        lambda s, by, _: raise_concern(
            by=by, **now(), subject=s.subject, form_key=uuid4(), raised_on=TODAY, stated=SAID
        ),
    ),
    "restate_concern": (
        lambda s: a_concern(s.subject),
        lambda s, by, made: restate_concern(by=by, **now(), concern=made, seen=1, stated=SAID, because=WHY),
    ),
    "link_evidence": (
        lambda s: (a_concern(s.subject), a_signal(s.subject)),
        lambda s, by, made: link_evidence(by=by, **now(), concern=made[0], pieces=[f"signal:{made[1].pk}"]),
    ),
    "remove_evidence": (
        lambda s: evidence(a_concern(s.subject), a_signal(s.subject)),
        lambda s, by, made: remove_evidence(by=by, **now(), evidence=made, because=WHY),
    ),
    "record_referral": (
        lambda s: a_concern(s.subject),
        lambda s, by, made: record_referral(
            by=by, **now(), concern=made, body="Adult safeguarding", referred_on=TODAY, reference="SG 7"
        ),
    ),
    "close_concern": (
        lambda s: a_concern(s.subject),
        lambda s, by, made: close_concern(by=by, **now(), concern=made, because=WHY),
    ),
    "agree_process_lead": (
        lambda s: the_body(),
        lambda s, by, made: agree_process_lead(
            by=by, **now(), subject=s.subject, form_key=uuid4(), organisation=made, agreed_on=TODAY,
            agreed_with="Both boards", because=WHY,
        ),
    ),
}  # fmt: skip


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


@pytest.mark.parametrize("name", ACTS)
def test_it_is_done_and_recorded_as_one_event(name: str, scene: Scene) -> None:
    make, act = ACTS[name]
    made = make(scene)
    before = counts()
    act(scene, scene.people.lead, made)
    after = counts()
    assert after["Event"] == before["Event"] + 1
    assert sum(after.values()) == sum(before.values()) + (3 if name == "raise_concern" else 2)
    event = Event.objects.latest("sequence")
    assert event.verb == f"surveillance.{name}" and event.actor == scene.people.lead.actor_id
    assert WHY not in event.facts and "SG 7" not in event.facts and "bell" not in event.facts


# Everybody who may not work on concerns about the body, each for another reason.
OUTSIDERS: dict[str, Callable[[Scene], Person]] = {
    "a declared interest": lambda s: s.people.conflicted,
    "the provider concerned": lambda s: s.people.provider,
    "another system": lambda s: s.people.elsewhere,
    "an auditor": lambda s: s.people.auditor,
    "the region": lambda s: a_person(Grant(Role.REGION, organisation=REGION)),
    "nobody": lambda s: a_person(),
    "an auditor here who is a member elsewhere": lambda s: a_person(
        Grant(Role.AUDITOR, system="QZ1"), Grant(Role.MEMBER, system="QZ2"), Grant(Role.REGION, organisation=REGION)
    ),
    "a member who works for it too": lambda s: a_person(
        Grant(Role.MEMBER, system="QZ1"), Grant(Role.PROVIDER, organisation="ZR1")
    ),
}


ELSEWHERE = {"another system", "an auditor here who is a member elsewhere"}


@pytest.mark.requirement("COI-03")
@pytest.mark.parametrize("who", OUTSIDERS)
def test_whoever_does_not_hear_of_it_is_refused_and_nothing_changes(who: str, scene: Scene) -> None:
    for name, (make, act) in ACTS.items():
        if name == "raise_concern" and who in ELSEWHERE:
            continue  # they raise it on the record of their own group: see the test of that
        made = make(scene)
        somebody, before = OUTSIDERS[who](scene), counts()
        with pytest.raises(Refused):
            act(scene, somebody, made)
        assert counts() == before, name


def test_a_member_of_another_system_raises_it_on_their_own_record(scene: Scene) -> None:
    made = ACTS["raise_concern"][1](scene, scene.people.elsewhere, None)
    assert made.system == "QZ2"
    assert not Concern.objects.visible_to(scene.people.lead, TODAY).exists()


@pytest.mark.requirement("LVL-26")
@pytest.mark.parametrize("who", ["member", "secretary", "chair", "lead"])
def test_any_member_may_record_a_minor_concern_or_advice(who: str, scene: Scene) -> None:
    made = ACTS["raise_concern"][1](scene, getattr(scene.people, who), None)
    statement = made.statements.get()
    assert (made.system, statement.number, statement.severity) == ("QZ1", 1, "minor")


# --- raising and stating anew


def test_a_form_sent_twice_raises_one_concern(scene: Scene) -> None:
    given = {"subject": scene.subject, "form_key": uuid4(), "raised_on": TODAY, "stated": SAID}
    raise_concern(by=scene.people.member, **now(), **given)
    with pytest.raises(Already):
        raise_concern(by=scene.people.member, **now(), **given)
    assert Concern.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"raised_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"stated": Stated(" ", Severity.MINOR, Commissioner.ICB)}, "Say what is wrong"),
        ({"stated": Stated(PHONE, Severity.MINOR, Commissioner.ICB)}, "telephone number"),
        ({"stated": Stated("x", Severity.MINOR, Commissioner.ICB, system_causes=PHONE)}, "telephone number"),
    ],
    ids=["a day to come", "nothing said", "a telephone number", "one in the causes"],
)
def test_a_concern_that_cannot_be_used_is_not_raised(change: dict[str, Any], says: str, scene: Scene) -> None:
    given = {"subject": scene.subject, "form_key": uuid4(), "raised_on": TODAY, "stated": SAID, **change}
    before = counts()
    with pytest.raises(Invalid, match=says):
        raise_concern(by=scene.people.member, **now(), **given)
    assert counts() == before


@pytest.mark.requirement("IGV-01")
def test_personal_data_stays_with_its_reason(scene: Scene) -> None:
    stated = Stated(PHONE, Severity.MINOR, Commissioner.ICB, knowingly="It is the ward’s own number")
    made = raise_concern(
        by=scene.people.member, **now(), subject=scene.subject, form_key=uuid4(), raised_on=TODAY, stated=stated
    )
    assert made.statements.get().knowingly == "It is the ward’s own number"


def test_only_a_closed_concern_about_the_same_subject_comes_back(scene: Scene) -> None:
    def again(follows: Concern) -> Concern:
        return raise_concern(
            by=scene.people.lead, **now(), subject=scene.subject, form_key=uuid4(), raised_on=TODAY, stated=SAID,
            follows=follows,
        )  # fmt: skip

    still_open = a_concern(scene.subject)
    elsewhere = a_concern(an_organisation("ZR2").subjects.get())
    close_concern(by=scene.people.lead, **now(), concern=elsewhere, because=WHY)
    for wrong in (still_open, elsewhere):
        with pytest.raises(Invalid, match="come back"):
            again(wrong)
    close_concern(by=scene.people.lead, **now(), concern=still_open, because=WHY)
    assert again(still_open).follows == still_open


def test_who_states_anew_without_having_read_the_newest_is_overtaken(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    a_statement(concern, "Two wards now")
    with pytest.raises(Overtaken):
        restate_concern(by=scene.people.lead, **now(), concern=concern, seen=1, stated=SAID, because=WHY)
    made = restate_concern(by=scene.people.lead, **now(), concern=concern, seen=2, stated=SAID, because=WHY)
    assert made.number == 3
    assert [one.says for one in concern.statements.all()][1] == "Two wards now", "what was said before stays"


def test_stating_anew_needs_a_reason(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    with pytest.raises(Refused, match="reason"):
        restate_concern(by=scene.people.lead, **now(), concern=concern, seen=1, stated=SAID, because=" ")


@pytest.mark.parametrize("name", ["restate_concern", "link_evidence", "remove_evidence"])
def test_nothing_is_done_on_a_closed_concern(name: str, scene: Scene) -> None:
    make, act = ACTS[name]
    made = make(scene)
    concern = Concern.objects.get()
    close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)
    before = counts()
    with pytest.raises(Invalid, match="closed"):
        act(scene, scene.people.lead, made)
    assert counts() == before


# --- evidence


def test_every_kind_of_evidence_is_linked_once(house: None) -> None:
    two = two_sides()
    process = record_other_process(
        by=two.lead, **now(), subject=two.subject, form_key=uuid4(), name="Risk review", held_on=TODAY, because=WHY
    )
    concern = a_concern(two.subject)
    keys = [
        f"signal:{a_signal(two.subject).pk}",
        f"intelligence:{an_item(two.subject).pk}",
        f"profile:{started(two).pk}",
        f"other_process:{process.pk}",
    ]
    made = link_evidence(by=two.lead, **now(), concern=concern, pieces=[*keys, keys[0]])
    assert [one.kind for one in made] == ["signal", "intelligence", "profile", "other_process"]
    with pytest.raises(Invalid, match="linked already"):
        link_evidence(by=two.lead, **now(), concern=concern, pieces=keys[:1])


def test_what_was_taken_off_can_be_linked_again(scene: Scene) -> None:
    signal, concern = a_signal(scene.subject), a_concern(scene.subject)
    for turn in (1, 2):
        (made,) = link_evidence(by=scene.people.lead, **now(), concern=concern, pieces=[f"signal:{signal.pk}"])
        assert made.turn == turn
        remove_evidence(by=scene.people.lead, **now(), evidence=made, because=WHY)
        with pytest.raises(Already):
            remove_evidence(by=scene.people.lead, **now(), evidence=made, because=WHY)


def _other(scene: Scene) -> Subject:
    return an_organisation("ZR2").subjects.get()


@pytest.mark.parametrize(
    "piece",
    [
        lambda s: f"signal:{a_signal(_other(s)).pk}",
        lambda s: f"signal:{a_signal(s.subject, stands=False).pk}",
        lambda s: f"intelligence:{an_item(_other(s)).pk}",
        lambda s: (
            f"intelligence:{an_item(s.subject, handling=Handling.RESTRICTED, readers=(s.people.lead.actor_id,)).pk}"
        ),
        lambda s: f"intelligence:{an_item(s.subject, system='QZ2', by=s.people.elsewhere).pk}",
        lambda s: f"intelligence:{uuid4()}",
        lambda s: "signal:",
        lambda s: "nonsense",
    ],
    ids=["another's", "ended", "about another", "restricted", "another system's", "none", "no key", "nonsense"],
)
def test_a_piece_that_is_not_the_actors_to_link_is_refused_whole(piece: Callable[[Scene], str], scene: Scene) -> None:
    concern, fine = a_concern(scene.subject), a_signal(scene.subject)
    wrong = piece(scene)
    with pytest.raises(Invalid, match="not for you to see"):
        link_evidence(by=scene.people.member, **now(), concern=concern, pieces=[f"signal:{fine.pk}", wrong])
    assert not Evidence.objects.exists()


def test_nothing_ticked_links_nothing(scene: Scene) -> None:
    with pytest.raises(Invalid, match="at least one"):
        link_evidence(by=scene.people.member, **now(), concern=a_concern(scene.subject), pieces=[])


def test_a_piece_that_one_may_not_see_is_not_taken_off(scene: Scene) -> None:
    item = an_item(scene.subject, handling=Handling.RESTRICTED, readers=(scene.people.lead.actor_id,))
    linked = evidence(a_concern(scene.subject), item)
    with pytest.raises(Refused):
        remove_evidence(by=scene.people.member, **now(), evidence=linked, because=WHY)
    assert not EvidenceRemoval.objects.exists()


# --- safeguarding and closing


@pytest.mark.requirement("GRP-14")
def test_something_pressing_is_acted_on_and_recorded_where_no_group_meets(scene: Scene) -> None:
    """SQG 2022 Annex A; QSG 2017 ¶35: a group does not stand in for organisations acting promptly themselves."""
    assert not Group.objects.exists() and not Meeting.objects.exists()
    said = Stated("A patient was harmed tonight.", Severity.VERY_SIGNIFICANT, Commissioner.ICB, is_abuse_suspected=True)
    concern = raise_concern(
        by=scene.people.lead, **now(), subject=scene.subject, form_key=uuid4(), raised_on=TODAY, stated=said
    )
    referral = record_referral(
        by=scene.people.lead, **now(), concern=concern, body="Adult safeguarding", referred_on=TODAY
    )
    assert (concern.raised_on, referral.referred_on) == (TODAY, TODAY)
    assert [one.verb for one in Event.objects.order_by("sequence")] == [
        "surveillance.raise_concern",
        "surveillance.record_referral",
    ]
    assert Concern.objects.visible_to(scene.people.lead, TODAY).get() == concern


@pytest.mark.requirement("SAF-02")
def test_a_strategic_matter_is_no_referral(scene: Scene) -> None:
    concern = a_concern(scene.subject, is_abuse_suspected=True)
    told = {"concern": concern, "body": "Adults board", "referred_on": TODAY}
    record_referral(by=scene.people.lead, **now(), **told, is_strategic=True)
    with pytest.raises(Refused, match="no referral is recorded"):
        close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)
    record_referral(by=scene.people.lead, **now(), **told)
    close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)


@pytest.mark.parametrize(
    ("change", "problem", "says"),
    [
        ({"body": " "}, Invalid, "Name the body"),
        ({"referred_on": TODAY + timedelta(days=1)}, Invalid, "still to come"),
        ({"reference": PHONE}, Invalid, "telephone"),
    ],
    ids=["no body", "a day to come", "a telephone number"],
)
def test_a_referral_that_cannot_be_used_is_not_recorded(
    change: dict[str, Any], problem: type[Exception], says: str, scene: Scene
) -> None:
    given = {"concern": a_concern(scene.subject), "body": "Team", "referred_on": TODAY, **change}
    with pytest.raises(problem, match=says):
        record_referral(by=scene.people.lead, **now(), **given)
    assert not ConcernReferral.objects.exists()


def test_a_referral_is_recorded_once_and_on_a_closed_concern_too(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)
    given = {"concern": concern, "body": "Team", "referred_on": TODAY}
    record_referral(by=scene.people.lead, **now(), **given)
    with pytest.raises(Already):
        record_referral(by=scene.people.lead, **now(), **given)


def test_a_member_closes_what_they_raised_and_nothing_else(scene: Scene) -> None:
    by = scene.people.member
    own, anothers = a_concern(scene.subject, recorded_by=by.actor_id), a_concern(scene.subject)
    close_concern(by=by, **now(), concern=own, because=WHY)
    with pytest.raises(Refused, match="Whoever raised it"):
        close_concern(by=by, **now(), concern=anothers, because=WHY)
    close_concern(by=scene.people.chair, **now(), concern=anothers, because=WHY)
    with pytest.raises(Already):
        close_concern(by=scene.people.chair, **now(), concern=anothers, because=WHY)


def test_a_concern_on_which_a_proposal_rests_stays_open_until_it_is_decided(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    a_proposal(scene.subject, concern=concern)
    with pytest.raises(Refused, match="waits for its decision"):
        close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)


def test_the_last_concern_behind_a_level_stays_open_while_the_level_stands(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    a_decision(scene.subject, "enhanced", on=TODAY - timedelta(days=30), concern=concern)
    with pytest.raises(Refused, match="The level Enhanced rests on it"):
        close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)
    a_decision(scene.subject, "routine", on=TODAY - timedelta(days=1), concern=concern)
    close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)


def test_it_may_be_closed_where_another_open_concern_bears_the_level(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    a_decision(scene.subject, "enhanced", on=TODAY - timedelta(days=30), concern=concern)
    a_concern(scene.subject, "Another matter")
    close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)
    assert ConcernEnding.objects.get().concern == concern


def test_a_concern_of_an_earlier_stay_bears_no_level_of_today(scene: Scene) -> None:
    old = a_concern(scene.subject)
    a_decision(scene.subject, "enhanced", on=TODAY - timedelta(days=400), concern=old)
    a_decision(scene.subject, "routine", on=TODAY - timedelta(days=300))
    a_decision(scene.subject, "enhanced", on=TODAY - timedelta(days=30))
    close_concern(by=scene.people.lead, **now(), concern=old, because=WHY)
    assert ConcernEnding.objects.filter(concern=old).exists()


# --- who leads


@pytest.mark.requirement("ORG-11")
def test_who_leads_is_one_of_the_bodies_concerned(scene: Scene) -> None:
    assert scene.subject.organisation is not None
    second = an_organisation("QZ2", "Second board", Kind.ICB)
    a_relation(scene.subject.organisation, Link.PART_OF, second)
    assert set(leads_to_choose(scene.subject, TODAY, "QZ1")) == {the_body(), second}
    given = {"subject": scene.subject, "agreed_on": TODAY, "agreed_with": "Both", "because": WHY}
    agree_process_lead(by=scene.people.lead, **now(), **given, form_key=uuid4(), organisation=second)
    stranger = an_organisation("QZ9", "A board far away", Kind.ICB)
    for wrong in (stranger, scene.subject.organisation):
        with pytest.raises(Invalid, match="one of those that commission it"):
            agree_process_lead(by=scene.people.lead, **now(), **given, form_key=uuid4(), organisation=wrong)
    assert ProcessLead.objects.get().organisation == second


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"agreed_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"agreed_with": " "}, "with whom"),
        ({"agreed_with": PHONE}, "telephone"),
    ],
    ids=["a day to come", "with nobody", "a telephone number"],
)
def test_an_agreement_that_cannot_be_used_is_not_recorded(change: dict[str, Any], says: str, scene: Scene) -> None:
    given = {"subject": scene.subject, "agreed_on": TODAY, "agreed_with": "Both", "because": WHY, **change}
    with pytest.raises(Invalid, match=says):
        agree_process_lead(by=scene.people.lead, **now(), **given, form_key=uuid4(), organisation=the_body())
    assert not ProcessLead.objects.exists()


def test_only_those_who_keep_the_groups_record_say_who_leads(scene: Scene) -> None:
    with pytest.raises(Refused):
        ACTS["agree_process_lead"][1](scene, scene.people.member, the_body())


# --- the copy


def test_a_copy_is_recorded_and_holds_nothing_that_its_taker_may_not_read(scene: Scene) -> None:
    seen, closed_to = a_concern(scene.subject), a_concern(scene.subject, system="QZ2")
    assert copy_concerns(by=scene.people.member, **now(), concerns=[seen.pk, seen.pk]) == 1
    assert Event.objects.latest("sequence").verb == "surveillance.copy_concerns"
    with pytest.raises(Refused):
        copy_concerns(by=scene.people.member, **now(), concerns=[seen.pk, closed_to.pk])


def test_a_referral_recorded_lets_a_suspected_concern_be_closed(scene: Scene) -> None:
    concern = a_concern(scene.subject, is_abuse_suspected=True)
    a_referral(concern)
    close_concern(by=scene.people.lead, **now(), concern=concern, because=WHY)
    assert ConcernEnding.objects.get().because == WHY

"""Each operation three ways: allowed, refused with nothing changed, recorded as one event; and what it cannot use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.triangulation.profiling import Side, Status
from sightline.core.triangulation.triggering import Answer
from sightline.core.verdict import Already, Invalid, Refused
from sightline.profiles.giving import Answered, Overtaken, Written
from sightline.profiles.models import (
    CommissionerEntry,
    HeatMapReading,
    MeasureReview,
    OtherProcess,
    Profile,
    ProviderEntry,
    SharedEntry,
    Signature,
    Template,
    TriggerAnswer,
    TriggerAssessment,
)
from sightline.profiles.operations import (
    assess_triggers,
    read_heat_map,
    record_other_process,
    review_measures,
    share_entries,
    sign_profile,
    start_profile,
    write_entry,
)
from sightline.profiles.queries import current_tool
from tests.factories.accounts import a_person
from tests.factories.indicators import TODAY, a_signal
from tests.factories.profiles import (
    ANOTHER_VIEW,
    SCORED,
    SYSTEM,
    Two,
    a_shared_profile,
    an_agreed_profile,
    shared,
    sheet_of,
    signed,
    started,
    wrote,
)

MODELS = (
    CommissionerEntry, HeatMapReading, MeasureReview, OtherProcess, Profile, ProviderEntry, SharedEntry, Signature,
    TriggerAnswer, TriggerAssessment, Template, Event,
)  # fmt: skip
WHY = "The reason that somebody typed"


@dataclass
class Scene:
    """What an operation acts on."""

    two: Two
    profile: Profile | None = None
    key: UUID = field(default_factory=uuid4)

    @property
    def at(self) -> dict[str, Any]:
        """When."""
        return {"at": timezone.now()}


def _answers() -> tuple[Answered, ...]:
    tool = current_tool("trigger_tool", TODAY)
    return tuple(Answered(one.id, Answer.NO, "A note") for one in tool.part.questions)  # type: ignore[union-attr]


Act = Callable[[Scene, Person], Any]
ACTS: dict[str, tuple[Callable[[Two], Profile | None], Act]] = {
    "read_heat_map": (
        lambda two: None,
        lambda s, by: read_heat_map(
            by=by, **s.at, subject=s.two.subject, form_key=s.key, issues=0, risk="low", confidence="high", because=WHY
        ),
    ),
    "assess_triggers": (
        lambda two: None,
        lambda s, by: assess_triggers(
            by=by, **s.at, subject=s.two.subject, form_key=s.key, answers=_answers(), because=WHY
        ),
    ),
    "record_other_process": (
        lambda two: None,
        lambda s, by: record_other_process(
            by=by, **s.at, subject=s.two.subject, form_key=s.key, name="Summit", held_on=TODAY, because=WHY
        ),
    ),
    "start_profile": (
        lambda two: None,
        lambda s, by: start_profile(by=by, **s.at, subject=s.two.subject, form_key=s.key, because=WHY),
    ),
    "write_entry": (
        started,
        lambda s, by: write_entry(
            by=by, **s.at, profile=s.profile, domain="safety", seen=0, written=Written(view=WHY)  # type: ignore[arg-type]
        ),
    ),
    "share_entries": (
        lambda two: _unshared(two),
        lambda s, by: share_entries(by=by, **s.at, profile=s.profile, domains=("safety",)),  # type: ignore[arg-type]
    ),
    "sign_profile": (
        a_shared_profile,
        lambda s, by: sign_profile(
            by=by, **s.at, profile=s.profile, seen=sheet_of(s.two.lead, s.profile).now  # type: ignore[arg-type]
        ),
    ),
    "review_measures": (
        an_agreed_profile,
        lambda s, by: review_measures(
            by=by, **s.at, profile=s.profile, form_key=s.key, measures=("Falls",), because=WHY  # type: ignore[arg-type]
        ),
    ),
}  # fmt: skip


def _unshared(two: Two) -> Profile:
    profile = started(two)
    wrote(two.lead, profile)
    return profile


def state() -> list[Any]:
    """This function will give everything that an operation could change."""
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.mark.parametrize("name", ACTS)
def test_whoever_may_does_it_and_one_event_without_their_words_is_recorded(name: str, two: Two) -> None:
    prepare, act = ACTS[name]
    scene = Scene(two, prepare(two))
    before = Event.objects.count()
    act(scene, two.lead)
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("sequence").last()
    assert event is not None and (event.verb, event.actor) == (f"profiles.{name}", two.lead.actor_id)
    assert WHY not in event.facts and "A note" not in event.facts


OUTSIDERS: dict[str, Grant] = {
    "member": Grant(Role.MEMBER, system=SYSTEM),
    "chair": Grant(Role.CHAIR, system=SYSTEM),
    "region": Grant(Role.REGION, system=SYSTEM),
    "auditor": Grant(Role.AUDITOR, system=SYSTEM),
    "other provider": Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR9"),
    "other system": Grant(Role.QUALITY_LEAD, system="QZ2"),
}
# Another system's lead may use the aids for a group of their own; they have no part in this system's profile.
OWN_AIDS = ("read_heat_map", "assess_triggers", "record_other_process", "start_profile")


@pytest.mark.parametrize("name", ACTS)
def test_whoever_may_not_is_refused_and_nothing_changes(name: str, two: Two) -> None:
    prepare, act = ACTS[name]
    scene = Scene(two, prepare(two))
    outsiders = {who: a_person(one) for who, one in OUTSIDERS.items() if name not in OWN_AIDS or who != "other system"}
    if name not in {"write_entry", "sign_profile"}:
        outsiders["the provider"] = two.provider
    before = state()
    for who, outsider in outsiders.items():
        with pytest.raises(Refused):
            act(scene, outsider)
        assert state() == before, who


@pytest.mark.parametrize(
    "name", [name for name in ACTS if name not in {"write_entry", "share_entries", "sign_profile"}]
)
def test_judgement_without_a_reason_is_refused(name: str, two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare, act = ACTS[name]
    scene = Scene(two, prepare(two))
    before = state()
    monkeypatch.setitem(globals(), "WHY", "  ")
    with pytest.raises(Refused, match="A reason is needed"):
        act(scene, two.lead)
    assert state() == before


@pytest.mark.parametrize("name", [*OWN_AIDS, "review_measures"])
def test_same_form_sent_twice_does_one_thing(name: str, two: Two) -> None:
    prepare, act = ACTS[name]
    scene = Scene(two, prepare(two))
    act(scene, two.lead)
    before = state()
    with pytest.raises(Already):
        act(scene, two.lead)
    assert state() == before


def test_side_follows_from_the_role_and_nobody_writes_the_others(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile)
    shared(two, profile)
    wrote(two.provider, profile, ANOTHER_VIEW)
    both = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM), Grant(Role.PROVIDER, organisation="ZR1"))
    wrote(both, profile, Written(view="I work for the provider"), seen=1)
    assert [one.number for one in ProviderEntry.objects.all()] == [1, 2]
    assert CommissionerEntry.objects.get().view == SCORED.view, "what one side says, the other cannot write over"
    assert Side.PROVIDER is sheet_of(both, profile).reads


def test_every_version_stays_with_its_author_and_time(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile, Written(view="First"))
    wrote(two.secretary, profile, Written(view="Second"), seen=1)
    rows = CommissionerEntry.objects.order_by("number").values_list("number", "view", "recorded_by")
    assert list(rows) == [(1, "First", two.lead.actor_id), (2, "Second", two.secretary.actor_id)]


def test_second_who_saves_is_told_of_the_first(two: Two) -> None:
    profile = started(two)
    wrote(two.secretary, profile, Written(view="First"))
    with pytest.raises(Overtaken) as late:
        wrote(two.lead, profile, Written(view="Second"))
    assert late.value.newest.view == "First"
    assert CommissionerEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"domain": "astrology", "written": SCORED}, "no such domain"),
        ({"written": Written(likelihood=3)}, "both likelihood and consequence"),
        ({"written": Written(likelihood=0, consequence=9)}, "from 1 to 5"),
        ({"written": Written(confidence="utter")}, "no such degree of confidence"),
        ({"written": Written()}, "Nothing was written"),
    ],
)
def test_entry_that_cannot_be_used_is_answered_with_its_mend(two: Two, given: dict[str, Any], says: str) -> None:
    profile = started(two)
    with pytest.raises(Invalid, match=says):
        wrote(two.lead, profile, **given)
    assert not CommissionerEntry.objects.exists()


def test_what_is_shared_is_a_copy_that_later_writing_leaves_as_it_is(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile)
    shared(two, profile)
    wrote(two.lead, profile, Written(view="Only for us"), seen=1)
    assert SharedEntry.objects.get().view == SCORED.view
    assert sheet_of(two.lead, profile).unshared == ("safety",)
    assert sheet_of(two.provider, profile).entries["safety", Side.COMMISSIONER].view == SCORED.view
    with pytest.raises(Invalid, match="nothing new to share about: leadership"):
        shared(two, profile, ("safety", "leadership"))
    assert SharedEntry.objects.count() == 1


@pytest.mark.requirement("RSK-10")
def test_two_people_sign_one_text_and_a_later_change_voids_both(two: Two) -> None:
    profile = an_agreed_profile(two)
    sheet = sheet_of(two.lead, profile)
    assert sheet.status is Status.AGREED and len(set(Signature.objects.values_list("signed_by", flat=True))) == 2
    wrote(two.lead, profile, Written(view="Kept back"), seen=1)
    assert sheet_of(two.lead, profile).status is Status.AGREED, "what is not shared is no part of what was signed"
    shared(two, profile)
    assert sheet_of(two.lead, profile).status is Status.SHARED
    assert Signature.objects.count() == 2, "void, and on record"
    signed(two.provider, profile)
    assert sheet_of(two.lead, profile).status is Status.SIGNED_BY_ONE


def test_one_person_never_signs_for_both_sides(two: Two) -> None:
    profile = a_shared_profile(two)
    turncoat = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM, valid_to=date(2026, 1, 16)))
    signed(turncoat, profile)
    Signature.objects.filter(signed_by=turncoat.actor_id).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            profile=profile, side=Side.PROVIDER.value, content_hash=sheet_of(two.lead, profile).now,
            signed_at=timezone.now(), signed_by=turncoat.actor_id,
        )  # fmt: skip


def test_count_of_issues_is_that_of_the_signals_and_is_changed_only_with_a_reason(two: Two) -> None:
    a_signal(two.subject)
    a_signal(two.subject, since=date(2015, 1, 1), until=date(2016, 1, 1))
    given = {"subject": two.subject, "risk": "low", "confidence": "high", "because": WHY}
    at = timezone.now()
    with pytest.raises(Invalid, match="1 concerns stand"):
        read_heat_map(by=two.lead, at=at, form_key=uuid4(), issues=3, **given)  # type: ignore[arg-type]
    made = read_heat_map(by=two.lead, at=at, form_key=uuid4(), issues=1, issues_because="not needed", **given)  # type: ignore[arg-type]
    assert (made.issues_counted, made.issues_because, made.suggested) == (1, "", "routine")
    with pytest.raises(Invalid, match="no such level of risk"):
        read_heat_map(by=two.lead, at=at, form_key=uuid4(), issues=1, **{**given, "risk": "purple"})  # type: ignore[arg-type]


def test_question_left_open_is_no_answer(two: Two) -> None:
    with pytest.raises(Invalid, match="Choose “Not known”"):
        assess_triggers(
            by=two.lead, at=timezone.now(), subject=two.subject, form_key=uuid4(), answers=_answers()[1:], because=WHY
        )
    assert not TriggerAssessment.objects.exists()


def test_suggestion_by_signals_is_kept_with_the_answer(two: Two) -> None:
    a_signal(two.subject)
    ACTS["assess_triggers"][1](Scene(two), two.lead)
    assert TriggerAnswer.objects.get(question="staff").signals == 1
    assert TriggerAnswer.objects.get(question="harm-now").signals == 0


def test_process_of_the_future_or_without_a_name_is_not_recorded(two: Two) -> None:
    for wrong in ({"held_on": TODAY + timedelta(days=1)}, {"name": " "}):
        given = {"name": "Summit", "held_on": TODAY, "because": WHY, "subject": two.subject, **wrong}
        with pytest.raises(Invalid):
            record_other_process(by=two.lead, at=timezone.now(), form_key=uuid4(), **given)  # type: ignore[arg-type]
    assert not OtherProcess.objects.exists()


def test_tool_is_kept_once_as_it_stood_when_it_was_used(two: Two) -> None:
    first, second = started(two), started(two)
    assert first.template_id == second.template_id
    assert Template.objects.filter(part="risk_profile").count() == 1
    tool = current_tool("risk_profile", TODAY)
    assert tool is not None and (Template.objects.get().version, Template.objects.get().content) == (
        tool.version,
        tool.content,
    )


def test_measures_are_reviewed_only_of_an_agreed_profile(two: Two) -> None:
    profile = a_shared_profile(two)
    with pytest.raises(Refused, match="once both sides have agreed"):
        review_measures(by=two.lead, at=timezone.now(), profile=profile, form_key=uuid4(), measures=(), because=WHY)
    assert not MeasureReview.objects.exists()

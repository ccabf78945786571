"""Risks as a whole: opened, stated anew, scored, accepted, reviewed and closed, each by who may, and recorded once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.risks import Status
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.models import Group
from sightline.risks.giving import Opening, Overtaken, Placing, Scored
from sightline.risks.models import LookBack, Risk, RiskEnding, RiskStatement
from sightline.risks.operations import accept_risk, close_risk, open_risk, restate_risk, review_risk, score_risk
from sightline.risks.queries.facts import facts_of_one
from sightline.risks.words import ScoreKind
from sightline.surveillance.models import Concern
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.indicators import NOW, TODAY
from tests.factories.risks import SYSTEM, WRITER, Kept, a_kept_system, moment, now_of, opened, stated

Act = Callable[[Person, Risk], object]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def kept(house: None) -> Kept:
    """This function will make a trust in a system, and the people around it."""
    return a_kept_system()


def events(verb: str) -> int:
    """This function will count what was recorded of a verb."""
    return Event.objects.filter(verb=f"risks.{verb}").count()


def everything() -> tuple[int, ...]:
    """This function will count every row that an operation could write."""
    return tuple(model._default_manager.count() for model in apps.get_app_config("risks").get_models())


ACTS: dict[str, Act] = {
    "restate_risk": lambda by, risk: restate_risk(
        by=by, at=NOW, risk=risk, stated=stated(title="Falls at night"), seen=1, because="It is about nights"
    ),
    "score_risk": lambda by, risk: score_risk(
        by=by, at=NOW, risk=risk, kind=ScoreKind.CURRENT, likelihood=2, consequence=3, because="Fewer falls"
    ),
    "accept_risk": lambda by, risk: accept_risk(by=by, at=NOW, risk=risk, accepted_by="Chief executive", because="So"),
    "review_risk": lambda by, risk: review_risk(by=by, at=NOW, risk=risk, says="It holds"),
    "close_risk": lambda by, risk: close_risk(by=by, at=NOW, risk=risk, because="It held for three months"),
}


@pytest.mark.parametrize("verb", ACTS)
def test_whoever_keeps_the_record_may_and_it_is_recorded_once(kept: Kept, verb: str) -> None:
    risk = opened(kept)

    ACTS[verb](kept.secretary, risk)

    assert (events("open_risk"), events(verb)) == (1, 1)


@pytest.mark.parametrize("who", ["member", "regional", "provider", "conflicted"])
@pytest.mark.parametrize("verb", ACTS)
def test_nobody_else_may_and_nothing_is_changed(kept: Kept, verb: str, who: str) -> None:
    risk = opened(kept)
    before = everything()

    with pytest.raises(Refused):
        ACTS[verb](getattr(kept, who), risk)

    assert everything() == before and events(verb) == 0


@pytest.mark.parametrize("who", ["member", "regional", "provider", "conflicted"])
def test_nobody_else_opens_a_risk(kept: Kept, who: str) -> None:
    with pytest.raises(Refused):
        opened(kept, by=getattr(kept, who))

    assert not Risk.objects.exists() and events("open_risk") == 0


@pytest.mark.requirement("RSK-15")
def test_risk_is_opened_with_everything_that_is_known_of_it(kept: Kept) -> None:
    risk = opened(
        kept,
        by=kept.secretary,
        initial=Scored(4, 4),
        target=Scored(1, 3, by_on=TOMORROW),
        places=(Placing(Tier.ICB, kept.icb, "I-7"),),
        accountable=kept.icb,
        partners=("One", "Two"),
    )

    facts = facts_of_one(risk, TODAY)
    assert (facts.category, facts.severity, facts.status) == ("safety", Severity.MINOR, Status.OPEN)
    assert facts.place(Tier.ICB) is not None and facts.accountable is not None and facts.target is not None
    assert (now_of(risk).score, now_of(risk).status, now_of(risk).statement.number) == (12, "open", 1)


@pytest.mark.requirement("RSK-01")
def test_region_opens_a_risk_on_its_own_record(kept: Kept) -> None:
    given = Opening(stated=stated(), subjects=(kept.subject,))

    risk = open_risk(by=kept.regional, at=NOW, system="YZ1", given=given, form_key=uuid4())

    assert Risk.objects.visible_to(kept.regional, TODAY).filter(pk=risk.pk).exists()
    assert not Risk.objects.visible_to(kept.secretary, TODAY).filter(pk=risk.pk).exists()


def test_form_sent_twice_opens_one_risk(kept: Kept) -> None:
    key, given = uuid4(), Opening(stated=stated(), subjects=(kept.subject,))
    open_risk(by=kept.lead, at=NOW, system=SYSTEM, given=given, form_key=key)

    with pytest.raises(Already):
        open_risk(by=kept.lead, at=NOW, system=SYSTEM, given=given, form_key=key)

    assert (Risk.objects.count(), events("open_risk")) == (1, 1)


BAD: dict[str, dict[str, Any]] = {
    "an unknown category": {"category": "weather"},
    "no title": {"title": " "},
    "a title without end": {"title": "x" * 251},
    "no effect": {"effect": ""},
    "nobody it is about": {"subjects": ()},
    "a day to come": {"opened_on": TOMORROW},
    "a score off the scale": {"current": Scored(6, 1)},
    "a score of tomorrow": {"current": Scored(3, 1, holds_from=TOMORROW)},
    "a target for yesterday": {"target": Scored(1, 1, by_on=TODAY - timedelta(days=1))},
    "an NHS number": {"cause": "The patient 943 476 5919 fell"},
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_stand_is_said_and_nothing_is_written(kept: Kept, what: str) -> None:
    before = everything()

    with pytest.raises(Invalid):
        opened(kept, at=NOW, **BAD[what])

    assert everything() == before and events("open_risk") == 0


def test_personal_data_stays_where_somebody_says_why(kept: Kept) -> None:
    given = Opening(stated=stated(cause="The patient 943 476 5919 fell"), subjects=(kept.subject,))

    risk = open_risk(by=kept.lead, at=NOW, system=SYSTEM, given=given, form_key=uuid4(), knowingly="The coroner asks")

    assert risk.statements.get().knowingly == "The coroner asks"


@pytest.mark.requirement("RSK-12")
def test_group_answers_for_no_risk(kept: Kept) -> None:
    group = Group.objects.create(
        kind="system-group",
        name="Lantern group",
        area=kept.icb,
        begun_on=TODAY,
        because="So",
        recorded_at=NOW,
        recorded_by=WRITER,
    )

    with pytest.raises(Refused, match="A group has no powers of its own"):
        opened(kept, accountable_group=group)

    assert not Risk.objects.exists()


@pytest.mark.requirement("RSK-04")
def test_target_above_tolerance_may_be_set_for_the_checks_remark_on_it(kept: Kept) -> None:
    risk = opened(kept, target=Scored(4, 4))

    assert facts_of_one(risk, TODAY).target is not None


@pytest.mark.requirement("RSK-07")
def test_risk_that_follows_a_closed_one_is_recurrent(kept: Kept) -> None:
    first = opened(kept, opened_on=TODAY - timedelta(days=200), at=NOW - timedelta(days=200))
    close_risk(by=kept.lead, at=NOW - timedelta(days=100), risk=first, because="It held")

    again = opened(kept, follows=first)

    assert facts_of_one(again, TODAY).modifiers == {"recurrent"}
    assert facts_of_one(again, TODAY).follows == str(first.pk)


def test_no_risk_follows_one_that_is_still_open(kept: Kept) -> None:
    first = opened(kept)

    with pytest.raises(Invalid, match="was not closed"):
        opened(kept, follows=first)


@pytest.mark.requirement("LRN-01", "GRP-16")
@pytest.mark.parametrize(
    ("severity", "is_known", "looks_back"),
    [
        (Severity.SIGNIFICANT, False, True),
        (Severity.SIGNIFICANT, True, False),
        (Severity.MINOR, False, False),
    ],
)
def test_grave_risk_that_nobody_saw_coming_opens_a_look_back_by_itself(
    kept: Kept, severity: Severity, is_known: bool, looks_back: bool
) -> None:
    if is_known:
        before = moment(TODAY - timedelta(days=9))
        Concern.objects.create(
            subject=kept.subject, raised_on=TODAY, form_key=uuid4(), recorded_at=before, recorded_by=WRITER
        )

    risk = opened(kept, severity=severity)

    found = LookBack.objects.filter(risk=risk, by_itself=True, subject=kept.subject, system=SYSTEM)
    assert found.exists() is looks_back


@pytest.mark.requirement("LRN-01")
def test_risk_that_turns_grave_and_was_never_seen_is_looked_back_on_once(kept: Kept) -> None:
    risk = opened(kept)
    for number, title in ((1, "Graver"), (2, "Graver still")):
        said = stated(title=title, severity=Severity.VERY_SIGNIFICANT)
        restate_risk(by=kept.lead, at=NOW, risk=risk, stated=said, seen=number, because="Two deaths")

    assert LookBack.objects.filter(risk=risk).count() == 1


def test_two_who_state_a_risk_anew_at_once_do_not_write_over_each_other(kept: Kept) -> None:
    risk = opened(kept)
    restate_risk(by=kept.lead, at=NOW, risk=risk, stated=stated(title="First"), seen=1, because="So")

    with pytest.raises(Overtaken) as late:
        restate_risk(by=kept.secretary, at=NOW, risk=risk, stated=stated(title="Second"), seen=1, because="So")

    assert late.value.newest.title == "First"
    assert list(RiskStatement.objects.filter(risk=risk).values_list("title", flat=True)) == [
        "Falls on two wards",
        "First",
    ]


def test_what_is_said_again_in_the_same_words_is_on_record_once(kept: Kept) -> None:
    risk = opened(kept)

    with pytest.raises(Already):
        restate_risk(by=kept.lead, at=NOW, risk=risk, stated=stated(), seen=1, because="So")


@pytest.mark.requirement("RSK-03")
def test_score_is_looked_up_in_the_matrix_and_none_is_overwritten(kept: Kept) -> None:
    risk = opened(kept)
    ACTS["score_risk"](kept.lead, risk)

    assert now_of(risk).score == 6
    assert [one.likelihood for one in facts_of_one(risk, TODAY).scores] == [4, 2]
    with pytest.raises(Already):
        ACTS["score_risk"](kept.lead, risk)


@pytest.mark.requirement("RSK-04")
def test_risk_above_tolerance_is_accepted_only_by_name(kept: Kept) -> None:
    risk = opened(kept)

    with pytest.raises(Refused, match="only by somebody who answers for it by name"):
        accept_risk(by=kept.lead, at=NOW, risk=risk, because="Nothing else can be done")
    assert now_of(risk).status == "open"

    accept_risk(by=kept.lead, at=NOW, risk=risk, because="Nothing else", accepted_by="Chief executive")
    assert now_of(risk).status == "accepted"


def test_acceptance_ends_when_the_risk_gets_another_score(kept: Kept) -> None:
    risk = opened(kept)
    ACTS["accept_risk"](kept.lead, risk)
    later = NOW + timedelta(minutes=1)

    score_risk(
        by=kept.lead, at=later, risk=risk, kind=ScoreKind.CURRENT, likelihood=5, consequence=5, because="A death"
    )

    assert now_of(risk).status == "open"


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda by, risk: close_risk(by=by, at=NOW, risk=risk, because="So", ended_on=TOMORROW), "future"),
        (
            lambda by, risk: close_risk(by=by, at=NOW, risk=risk, because="So", ended_on=date(2020, 1, 1)),
            "before it was opened",
        ),
        (lambda by, risk: review_risk(by=by, at=NOW, risk=risk, says="So", reviewed_on=TOMORROW), "future"),
        (lambda by, risk: review_risk(by=by, at=NOW, risk=risk, says="So", next_review_on=TODAY), "comes after"),
        (lambda by, risk: review_risk(by=by, at=NOW, risk=risk, says=" "), "what the review found"),
        (
            lambda by, risk: accept_risk(
                by=by, at=NOW, risk=risk, because="So", accepted_by="A", until=date(2020, 1, 1)
            ),
            "has passed",
        ),
    ],
)
def test_days_that_cannot_be_are_refused(kept: Kept, act: Act, says: str) -> None:
    risk = opened(kept)

    with pytest.raises(Invalid, match=says):
        act(kept.lead, risk)


def test_review_sets_when_the_risk_is_looked_at_next(kept: Kept) -> None:
    risk = opened(kept)

    review_risk(by=kept.lead, at=NOW, risk=risk, says="It holds", next_review_on=TOMORROW)

    assert now_of(risk).review_on == TOMORROW
    assert facts_of_one(risk, TODAY).reviewed_on == TODAY


@pytest.mark.requirement("RSK-15")
def test_closed_risk_keeps_its_reason_and_nothing_more_is_done_about_it(kept: Kept) -> None:
    risk = opened(kept)
    close_risk(by=kept.lead, at=NOW, risk=risk, because="It held for three months", learned="Count at night")

    assert (now_of(risk).status, RiskEnding.objects.get().learned) == ("closed", "Count at night")
    for verb in ("restate_risk", "score_risk", "accept_risk", "review_risk"):
        with pytest.raises(Refused, match="closed"):
            ACTS[verb](kept.lead, risk)
    with pytest.raises(Already):
        ACTS["close_risk"](kept.lead, risk)
    assert events("close_risk") == 1


def test_somebody_elses_system_is_not_theirs_to_keep(kept: Kept) -> None:
    stranger = a_person(Grant(Role.QUALITY_LEAD, system="QZ2"))
    risk = opened(kept)

    with pytest.raises(Refused):
        ACTS["score_risk"](stranger, risk)
    with pytest.raises(Refused):
        opened(kept, by=stranger)


def test_risk_about_several_is_closed_to_whoever_has_an_interest_in_one_of_them(kept: Kept) -> None:
    other = an_organisation("ZR2").subjects.get()

    risk = opened(kept, subjects=(other, kept.subject))

    assert not Risk.objects.visible_to(kept.conflicted, timezone.localdate()).filter(pk=risk.pk).exists()
    assert not Risk.objects.visible_to(kept.provider, timezone.localdate()).filter(pk=risk.pk).exists()

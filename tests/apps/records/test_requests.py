"""Requests for information: found as far as their worker reads, decided passage by passage, cleared by a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.records.answering import Ruling
from sightline.core.rulebook.keeping import RequestKind
from sightline.core.verdict import Already, Invalid, Refused
from sightline.overview.presenters.waiting import waiting_lines
from sightline.overview.queries.waiting import waits_for
from sightline.records import operations
from sightline.records.giving import Consulted, Decision
from sightline.records.models import DisclosurePack, InformationRequest, PassageRuling, RequestClosing, RequestPassage
from sightline.records.queries.finding import Candidate, candidates
from sightline.records.queries.requests import one_case, requests_for, requests_waiting
from sightline.records.queries.retaining import Show, Wanted, what_falls_due
from sightline.records.words import Ending, SourceKind
from tests.factories.accounts import a_person
from tests.factories.actions import Log
from tests.factories.groups import a_seat, a_seating, an_interest
from tests.factories.indicators import TODAY
from tests.factories.meetings_noting import a_draft, a_held_meeting
from tests.factories.records import an_officer, asked, case_of, cleared, held, ruled, taken
from tests.factories.reports import begun, frozen, wrote
from tests.factories.surveillance_levels import decided

SECRET = "Xanthippe-9031"


def a_filled_case(log: Log) -> tuple[InformationRequest, list[RequestPassage]]:
    """A request into which a report was taken: two paragraphs in words, one of them a secret."""
    report = begun(log)
    wrote(log, report, "good-practice", f"Two wards share one rota.\n{SECRET} told us so.")
    frozen(log, report)
    request = asked(log, words="rota")
    return request, taken(log, request)


def named(passages: list[RequestPassage], words: str) -> RequestPassage:
    (found,) = [one for one in passages if words in one.text]
    return found


@pytest.mark.requirement("IGV-04")
def test_request_has_its_last_day_by_the_working_days_of_england(log: Log) -> None:
    request = asked(log, received_on=date(2025, 12, 22))
    assert request.answer_by == date(2026, 1, 22), "Christmas Day, Boxing Day and New Year are not counted"
    assert asked(log, kind=RequestKind.SAR).answer_by == date(2026, 2, 16)
    assert requests_waiting(log.world.secretary, TODAY) == (2, date(2026, 1, 22))
    lines = [one.says for one in waiting_lines(waits_for(log.world.secretary, TODAY))]
    assert "2 requests for information to answer, the first with 5 working days left" in lines
    assert requests_waiting(a_person(Grant(Role.AUDITOR, system=log.group.system)), TODAY) == (0, None)


@pytest.mark.requirement("IGV-04")
def test_candidates_are_found_by_words_days_and_subject(log: Log) -> None:
    decision = decided(log.world)
    frozen(log, begun(log))
    who = log.world.secretary

    def kinds(request: InformationRequest) -> set[SourceKind]:
        return {one.kind for one in candidates(who, TODAY, request).some}

    assert kinds(asked(log)) == {SourceKind.DECISION, SourceKind.VERSION}
    assert kinds(asked(log, words=decision.because.split()[0].upper())) >= {SourceKind.DECISION}
    assert kinds(asked(log, words="no such words at all")) == set()
    assert kinds(asked(log, to_on=TODAY - timedelta(days=1))) == set()
    assert kinds(asked(log, subject=log.world.subject)) >= {SourceKind.DECISION}


@pytest.mark.requirement("IGV-04", "COI-03")
def test_nobody_finds_what_they_may_not_read(log: Log) -> None:
    decided(log.world)
    request = asked(log)
    assert candidates(log.world.secretary, TODAY, request).some
    assert not candidates(an_officer(), TODAY, request).some, "an officer reads what others took in"
    an_interest(log.world.secretary, log.world.subject)
    assert not candidates(log.world.secretary, TODAY, request).some
    with pytest.raises(Invalid):
        taken(log, request)


def test_note_of_a_meeting_is_found_by_whoever_reads_its_items(house: None) -> None:
    live = a_draft(a_held_meeting(), is_shared=True)
    request = InformationRequest.objects.create(
        system=live.group.system, kind="foi", received_on=TODAY, asked_by="x", asks="x", answer_by=TODAY, pack="x",
        rules_version="x", form_key=uuid4(), recorded_at=timezone.now(), recorded_by="x",
    )  # fmt: skip
    found = candidates(live.secretary, TODAY, request).some
    assert found and {one.kind for one in found} == {SourceKind.NOTE}


@pytest.mark.requirement("IGV-04")
def test_each_paragraph_is_a_passage_of_its_own_and_is_taken_in_once(log: Log) -> None:
    request, passages = a_filled_case(log)
    assert [one.place for one in passages] == list(range(1, len(passages) + 1))
    assert named(passages, SECRET) != named(passages, "rota")
    with pytest.raises(Invalid):
        taken(log, request)


@pytest.mark.requirement("IGV-04")
def test_a_line_that_only_leads_in_is_no_passage_of_its_own() -> None:
    said = Candidate(
        SourceKind.NOTE, 1, "", TODAY, "What was said:\nCalls go unanswered.\n\nLevel:\nAgreed:\n\nEnhanced.\nNext:"
    )
    assert said.paragraphs == ("What was said: Calls go unanswered.", "Level: Agreed: Enhanced.", "Next:")


@pytest.mark.requirement("IGV-04")
def test_passage_is_withheld_on_a_ground_and_a_decision_is_never_altered(log: Log) -> None:
    _, passages = a_filled_case(log)
    one = passages[0]
    for more in ({}, {"exemption": "s43"}, {"exemption": "serious-harm"}, {"exemption": "nothing"}):
        with pytest.raises(Refused):
            ruled(log, one, Ruling.WITHHOLD, **more)
    assert not PassageRuling.objects.exists()
    ruled(log, one, Ruling.WITHHOLD, exemption="s40")
    ruled(log, one, Ruling.RELEASE, exemption="s40")
    assert list(one.rulings.values_list("ruling", "exemption")) == [("withhold", "s40"), ("release", "")]
    with pytest.raises(Invalid):
        operations.rule_on_passage(
            by=log.world.secretary, at=timezone.now(), passage=one, seen=0,
            given=Decision(Ruling.RELEASE),
        )  # fmt: skip


@pytest.mark.requirement("IGV-04")
def test_a_second_person_clears_and_nothing_withheld_is_in_what_is_given_out(log: Log) -> None:
    request, passages = a_filled_case(log)
    for one in passages:
        if SECRET in one.text:
            ruled(log, one, Ruling.WITHHOLD, exemption="s43", public_interest="It would end fair tendering.")
        else:
            with pytest.raises(Refused):
                cleared(log, request)
            ruled(log, one)
    with pytest.raises(Refused):
        cleared(log, request, by=log.world.secretary)
    assert not DisclosurePack.objects.exists()
    pack = cleared(log, request, by=an_officer())
    text = str(pack.content)
    assert "Two wards share one rota." in text and "It would end fair tendering." in text
    assert SECRET not in text and "Querent" not in text and request.asks not in text
    assert "News of the quarter" not in text and str(request.pk) not in text
    with pytest.raises(Already):
        cleared(log, request)


def test_what_is_not_asked_for_leaves_no_trace_in_what_is_given_out(log: Log) -> None:
    request, passages = a_filled_case(log)
    for one in passages:
        ruled(log, one, Ruling.OUT_OF_SCOPE if SECRET in one.text else Ruling.RELEASE)
    assert len(cleared(log, request).content["passages"]) == len(passages) - 1


def test_pack_is_frozen_withdrawn_for_a_reason_and_replaced_by_a_new_version(log: Log) -> None:
    request, passages = a_filled_case(log)
    for one in passages:
        ruled(log, one)
    first = cleared(log, request)
    ruled(log, passages[0], Ruling.WITHHOLD, exemption="s41")
    assert not case_of(log.world.lead, request).is_given_out
    second = cleared(log, request)
    assert (first.number, second.number) == (1, 2) and first.sha256 != second.sha256
    with pytest.raises(Already):
        operations.withdraw_pack(by=log.world.lead, at=timezone.now(), pack=first, because="Too much.")
    operations.withdraw_pack(by=log.world.lead, at=timezone.now(), pack=second, because="Too much.")
    assert case_of(log.world.lead, request).standing is None
    assert DisclosurePack.objects.get(pk=first.pk).content == first.content
    assert cleared(log, request).number == 3


def test_what_was_read_otherwise_is_not_cleared(log: Log) -> None:
    request, passages = a_filled_case(log)
    for one in passages:
        ruled(log, one)
    stamp = case_of(log.world.lead, request).stamp
    ruled(log, passages[0], Ruling.OUT_OF_SCOPE)
    with pytest.raises(Invalid):
        operations.clear_pack(by=log.world.lead, at=timezone.now(), request=request, seen=stamp)


@pytest.mark.requirement("COI-03")
def test_request_with_a_passage_that_is_closed_to_somebody_is_not_there_for_them(log: Log) -> None:
    decided(log.world)
    request = asked(log)
    assert one_case(log.world.lead, TODAY, request.pk)
    taken(log, request)
    an_interest(log.world.lead, log.world.subject)
    assert one_case(log.world.lead, TODAY, request.pk) is None
    assert requests_for(log.world.lead, TODAY).to_answer == () and requests_waiting(log.world.lead, TODAY)[0] == 0
    with pytest.raises(Refused):
        operations.close_request(
            by=log.world.lead, at=timezone.now(), request=request, how=Ending.NOT_HELD, says="Nothing."
        )


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.AUDITOR, Role.REGION])
def test_others_change_nothing(log: Log, role: Role) -> None:
    request, passages = a_filled_case(log)
    who = a_person(Grant(role, system=log.group.system))
    for act in (
        lambda: asked(log, by=who),
        lambda: taken(log, request, by=who),
        lambda: ruled(log, passages[0], by=who),
    ):
        with pytest.raises(Refused):
            act()
    assert (one_case(who, TODAY, request.pk) is not None) is (role is Role.AUDITOR)
    assert InformationRequest.objects.count() == 1 and not PassageRuling.objects.exists()


def test_keepers_of_another_system_do_not_find_it(log: Log) -> None:
    request = asked(log)
    who = a_person(Grant(Role.FOI_OFFICER, system="QZ9"))
    assert one_case(who, TODAY, request.pk) is None
    with pytest.raises(Refused):
        asked(log, by=who)


@pytest.mark.requirement("IGV-03")
def test_what_another_body_that_holds_it_says_is_written_down(log: Log) -> None:
    request = asked(log)
    given = Consulted(log.world.region, TODAY, "Asked what they hold.", uuid4())
    with pytest.raises(Invalid):
        operations.record_consultation(by=log.world.secretary, at=timezone.now(), request=request, given=given)
    a_seating(a_seat(log.group, "Region", organisation=log.world.region), log.unseated)
    before = Event.objects.count()
    operations.record_consultation(by=log.world.secretary, at=timezone.now(), request=request, given=given)
    assert Event.objects.count() == before + 1
    with pytest.raises(Already):
        operations.record_consultation(by=log.world.secretary, at=timezone.now(), request=request, given=given)
    with pytest.raises(Invalid):
        later = replace(given, on_day=TODAY + timedelta(days=1), form_key=uuid4())
        operations.record_consultation(by=log.world.secretary, at=timezone.now(), request=request, given=later)


@pytest.mark.requirement("REC-10")
def test_closed_request_takes_nothing_more_and_is_kept_by_the_schedule(log: Log) -> None:
    request, passages = a_filled_case(log)
    close = {"by": log.world.secretary, "at": timezone.now(), "request": request}
    with pytest.raises(Invalid):
        operations.close_request(**close, how=Ending.ANSWERED)
    for one in passages:
        ruled(log, one)
    cleared(log, request)
    operations.close_request(**close, how=Ending.ANSWERED)
    for act in (lambda: ruled(log, passages[0]), lambda: cleared(log, request)):
        with pytest.raises(Refused):
            act()
    assert RequestClosing.objects.count() == 1 and requests_waiting(log.world.secretary, TODAY) == (0, None)
    hold = held(log, subject=log.world.subject)
    rows = what_falls_due(log.world.secretary, TODAY, Wanted(Show.ALL, "request")).rows
    assert [one.due for one in rows] == [date(2029, 1, 15)] and hold not in rows[0].holds


def test_request_is_entered_once_with_days_that_can_be(log: Log) -> None:
    request = asked(log)
    with pytest.raises(Already):
        asked(log, form_key=request.form_key)
    for more in (
        {"received_on": TODAY + timedelta(days=1)},
        {"asked_by": " "},
        {"asks": " "},
        {"from_on": TODAY, "to_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(Invalid):
            asked(log, **more)
    assert InformationRequest.objects.count() == 1

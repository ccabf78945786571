"""Disposal of reports, key points, risks, plans and reviews: the oldest version first, each with all that hangs on it."""

from __future__ import annotations

from uuid import uuid4

import pytest
import yaml
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.queries import verify_chains
from sightline.core.access import Grant, Role
from sightline.core.rulebook import as_text
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Refused
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.improvement.models import Plan, RapidEnding, RapidReview
from sightline.meetings.models import Meeting
from sightline.publication.models import Edition, KeyPoint, KeyPoints, Release, Withdrawal
from sightline.publication.queries.public import Sought, sought_pages
from sightline.records import operations
from sightline.records.giving import What
from sightline.records.models import Disposal, DisposalAnswer
from sightline.records.queries.going import GOING, what_of
from sightline.reports import operations as report_operations
from sightline.reports.models import (
    Gathering,
    Passage,
    Receipt,
    Report,
    ReportGiven,
    ReportLine,
    ReportSubject,
    ReportVersion,
    Sending,
)
from sightline.risks.models import Measure, Risk
from sightline.risks.words import MeasureKind
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import Log
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.improvement import (
    a_finding,
    a_plan,
    a_rapid_review,
    all_lasting,
    all_reported,
    approved,
    found_out,
    written_anew,
)
from tests.factories.meetings_live import Live
from tests.factories.publication import a_held_meeting, released
from tests.factories.publication import cleared as words_cleared
from tests.factories.publication import proposed as words_proposed
from tests.factories.publication import written as words_written
from tests.factories.records import ago, asked, ended, frozen_long_ago, held, taken
from tests.factories.reports import acknowledged, begun, drafted, frozen, sent, wrote
from tests.factories.risks import a_risk
from tests.factories.rulebook import a_local_version, in_force
from tests.factories.surveillance_levels import decided

OLD = "What the group thought long ago."
NEW = "What the group thinks now."


def written_twice(log: Log, old: float = 22, new: float = 21) -> tuple[ReportVersion, ReportVersion]:
    """A report of which two versions were frozen long ago, the first sent and received, each with words of its own."""
    decided(log.world)
    report = begun(log)
    section = next(one.section.id for one in drafted(log, report).parts if one.section.stands is None)
    wrote(log, report, section, OLD)
    first = frozen(log, report)
    acknowledged(log, sent(log, first))
    _gathered_again(log, report)
    wrote(log, report, section, NEW, seen=report.passages.filter(section=section).latest("number").number)
    second = frozen(log, report, changed="It was looked at again.")
    frozen_long_ago(first, old)
    frozen_long_ago(second, new)
    return first, second


def _gathered_again(log: Log, report: Report) -> None:
    report_operations.gather_again(by=log.world.secretary, at=timezone.now(), report=report)


def disposed(log: Log, record: object, kind: RecordKind = RecordKind.REPORT) -> DisposalAnswer:
    """The secretary proposes, and the quality lead agrees."""
    return agreed(log.world.lead, proposed(log.world.secretary, kind, record))


def proposed(who: Person, kind: RecordKind, record: object) -> Disposal:
    what = what_of(kind, record)
    assert what is not None
    return operations.propose_disposal(
        by=who, at=timezone.now(), kind=what.kind, record=what.record, number=what.number, form_key=uuid4()
    )


def agreed(who: Person, disposal: Disposal) -> DisposalAnswer:
    return operations.answer_disposal(by=who, at=timezone.now(), disposal=disposal, agreed=True)


# --- reports


@pytest.mark.requirement("REC-10", "PER-14")
def test_an_older_version_goes_with_its_words_and_whom_it_reached_and_the_newer_stays_whole(log: Log) -> None:
    first, second = written_twice(log)
    signed_in(log.world.secretary).get(reverse("report_version", args=[first.report_id, 1]))
    assert ReportGiven.objects.filter(version=first).count() == 1
    answer = disposed(log, first)
    assert list(ReportVersion.objects.all()) == [second]
    assert not Sending.objects.exists() and not Receipt.objects.exists() and not ReportGiven.objects.exists()
    assert not Passage.objects.filter(text=OLD).exists() and Passage.objects.filter(text=NEW).count() == 1
    assert list(Gathering.objects.all()) == [second.gathering]
    assert answer.gone["given_out"] == [[1, first.sha256]]
    assert answer.gone["rows"]["sendings"] == answer.gone["rows"]["receipts"] == answer.gone["rows"]["given"] == 1
    page = signed_in(log.world.secretary).get(reverse("report", args=[second.report_id])).content.decode()
    assert "Version 2" in page and "disposed of on" in page and reverse("disposal", args=[answer.disposal_id]) in page


@pytest.mark.requirement("REC-10")
def test_certificate_of_a_report_names_its_group_version_and_day_and_nothing_that_stood_in_it(log: Log) -> None:
    first, _ = written_twice(log)
    answer = disposed(log, first)
    page = signed_in(log.world.secretary).get(reverse("disposal", args=[answer.disposal_id])).content.decode()
    assert first.sha256 in page and str(first.report_id) in page and log.group.name in page and "version 1" in page
    assert first.report.title not in page and OLD not in page and "Lantern Hospitals" not in page


@pytest.mark.requirement("REC-10", "PER-14")
def test_the_report_goes_with_its_last_version_and_its_address_says_so_to_keepers_alone(log: Log) -> None:
    first, second = written_twice(log)
    one, two = disposed(log, first), disposed(log, second)
    for model in (Report, ReportVersion, ReportSubject, ReportLine, Gathering, Passage):
        assert not model._default_manager.exists()
    assert two.gone["rows"]["reports"] == 1 and not verify_chains().breaks
    keeper, member = signed_in(log.world.secretary), signed_in(a_person(Grant(Role.MEMBER, system=log.group.system)))
    address = reverse("report", args=[first.report_id])
    said = keeper.get(address)
    assert said.status_code == 410
    for answer in (one, two):
        assert reverse("disposal", args=[answer.disposal_id]) in said.content.decode()
    version = keeper.get(reverse("report_version", args=[first.report_id, 2]))
    assert version.status_code == 410 and reverse("disposal", args=[one.disposal_id]) not in version.content.decode()
    assert member.get(address).status_code == 404
    assert keeper.get(reverse("report", args=[uuid4()])).status_code == 404
    assert keeper.get(reverse("all_reports")).status_code == 200


def test_a_version_after_a_disposal_takes_the_next_number_and_never_one_that_was(log: Log) -> None:
    first, second = written_twice(log)
    disposed(log, first)
    _gathered_again(log, second.report)
    assert frozen(log, second.report, changed="Once more.").number == 3


@pytest.mark.requirement("PER-14")
def test_the_older_version_goes_first(log: Log) -> None:
    _, second = written_twice(log)
    with pytest.raises(Refused, match="Version 1 is older"):
        proposed(log.world.secretary, RecordKind.REPORT, second)
    assert not Disposal.objects.exists()


@pytest.mark.requirement("PER-14", "REC-10")
def test_a_version_is_kept_to_the_end_of_its_period_and_while_it_is_held(log: Log) -> None:
    first, _ = written_twice(log, old=19.9, new=19)
    with pytest.raises(Refused, match="It is kept to"):
        proposed(log.world.secretary, RecordKind.REPORT, first)
    frozen_long_ago(first, 21)
    disposal = proposed(log.world.secretary, RecordKind.REPORT, first)
    held(log, subject=log.world.subject)
    with pytest.raises(Refused, match="It is held"):
        agreed(log.world.lead, disposal)
    assert ReportVersion.objects.count() == 2


@pytest.mark.requirement("PER-14")
def test_a_version_from_which_a_request_took_something_is_kept_with_it(log: Log) -> None:
    first, _ = written_twice(log)
    taken(log, asked(log))
    with pytest.raises(Refused, match="rests on it"):
        proposed(log.world.secretary, RecordKind.REPORT, first)


@pytest.mark.requirement("PER-14")
def test_the_last_version_is_kept_while_what_was_written_after_it_is(log: Log) -> None:
    first, second = written_twice(log)
    disposed(log, first)
    _gathered_again(log, second.report)
    with pytest.raises(Refused, match="Somebody worked on it until 15 January 2026"):
        proposed(log.world.secretary, RecordKind.REPORT, second)


@pytest.mark.requirement("PER-14", "PER-03")
def test_whoever_may_not_read_a_report_neither_proposes_nor_agrees(log: Log) -> None:
    first, _ = written_twice(log)
    for who in (
        a_person(Grant(Role.FOI_OFFICER, system=log.group.system)),
        a_person(Grant(Role.SECRETARY, system="QZ9")),
        a_person(Grant(Role.AUDITOR, system=log.group.system)),
    ):
        with pytest.raises(Refused):
            proposed(who, RecordKind.REPORT, first)
    disposal = proposed(log.world.secretary, RecordKind.REPORT, first)
    officer = a_person(Grant(Role.FOI_OFFICER, system=log.group.system))
    assert signed_in(officer).get(reverse("disposal", args=[disposal.pk])).status_code == 404
    with pytest.raises(Refused):
        agreed(officer, disposal)
    with pytest.raises(Refused, match="Another person"):
        agreed(log.world.secretary, disposal)
    assert ReportVersion.objects.count() == 2


@pytest.mark.requirement("COI-03", "COI-04")
def test_an_interest_in_whom_a_report_was_about_closes_its_certificate_and_what_its_address_says(log: Log) -> None:
    first, second = written_twice(log)
    answer = disposed(log, first)
    disposed(log, second)
    an_interest(log.world.secretary, log.world.subject)
    client = signed_in(log.world.secretary)
    assert client.get(reverse("disposal", args=[answer.disposal_id])).status_code == 404
    assert client.get(reverse("report", args=[first.report_id])).status_code == 404
    assert "version 1" not in client.get(reverse("disposals")).content.decode()


@pytest.mark.requirement("COI-03")
def test_whom_a_report_came_to_touch_after_it_was_proposed_closes_its_certificate_too(log: Log) -> None:
    first, _ = written_twice(log)
    disposal = proposed(log.world.secretary, RecordKind.REPORT, first)
    another_body = Subject.objects.get(organisation=an_organisation("QT8", "Harbour Hospitals"))
    ReportSubject.objects.create(report=first.report, subject=another_body)
    agreed(log.world.lead, disposal)
    an_interest(log.world.secretary, another_body)
    assert signed_in(log.world.secretary).get(reverse("disposal", args=[disposal.pk])).status_code == 404


def test_a_version_is_proposed_from_the_list_and_answered_on_its_pages(log: Log) -> None:
    first, second = written_twice(log)
    client, lead = signed_in(log.world.secretary), signed_in(log.world.lead)
    listed = client.get(f"{reverse('retention')}?show=all").content.decode()
    propose = reverse("disposal_propose", args=["report", first.report_id, 1])
    assert propose in listed and "Version 1 is older and is kept still" in listed
    assert reverse("disposal_propose", args=["report", first.report_id, 2]) not in listed
    assert client.post(propose, {"form_key": str(uuid4())}).status_code == 302
    disposal = Disposal.objects.get()
    shown = lead.get(reverse("disposal", args=[disposal.pk])).content.decode()
    assert reverse("report_version", args=[first.report_id, 1]) in shown
    assert lead.post(reverse("disposal_answer", args=[disposal.pk]), {"answer": "agree"}).status_code == 302
    assert client.get(propose).status_code == 404
    for kind in ("decision", "nothing"):
        assert client.get(reverse("disposal_propose", args=[kind, second.report_id, 2])).status_code == 404


# --- key points


def released_twice() -> tuple[Live, KeyPoints, KeyPoints]:
    """Key points of a meeting that were released twice, long ago."""
    live = a_held_meeting()
    for words in (words_written(OLD), words_written(NEW, changed="It was said otherwise.")):
        released(live, words)
    first, second = KeyPoints.objects.order_by("number")
    for one, years in ((first, 22), (second, 21)):
        Release.objects.filter(key_points=one).update(recorded_at=ago(years))
    return live, first, second


def another(live: Live) -> Person:
    return a_person(Grant(Role.SECRETARY, system=live.meeting.system))


@pytest.mark.requirement("REC-10", "PER-14")
def test_key_points_go_with_their_public_copy_and_the_newer_stay_public(house: None) -> None:
    live, first, second = released_twice()
    page = first.release.edition.page_id
    answer = agreed(another(live), proposed(live.secretary, RecordKind.KEY_POINTS, first))
    assert list(KeyPoints.objects.all()) == [second] and KeyPoint.objects.get().text == NEW
    assert Edition.objects.get().points == [NEW] and answer.gone["rows"]["copies"] == 1
    assert len(answer.gone["given_out"][0][1]) == 64 and OLD not in str(answer.gone)
    assert signed_in(live.secretary).get(reverse("public_page", args=[page])).status_code == 200
    assert not verify_chains().breaks


@pytest.mark.requirement("REC-10")
def test_the_public_address_says_that_key_points_are_no_longer_kept_and_no_search_finds_them(house: None) -> None:
    live, first, second = released_twice()
    page = first.release.edition.page_id
    assert sought_pages(Sought("thinks now")).total == 1
    lead = another(live)
    for one in (first, second):
        agreed(lead, proposed(live.secretary, RecordKind.KEY_POINTS, one))
    assert not KeyPoints.objects.exists() and not Edition.objects.exists() and not Withdrawal.objects.exists()
    assert sought_pages(Sought("thinks now")).total == 0 and sought_pages(Sought()).total == 0
    said = signed_in(live.secretary).get(reverse("public_page", args=[page]))
    assert said.status_code == 410 and "no longer kept" in said.content.decode() and NEW not in said.content.decode()
    keeper = signed_in(live.secretary).get(reverse("key_points", args=[live.meeting.pk])).content.decode()
    assert keeper.count("disposed of on") >= 2 and "Nothing is written yet" not in keeper
    assert Meeting.objects.filter(pk=live.meeting.pk).exists()


def test_drafts_before_key_points_go_with_them_and_later_ones_stay_under_their_numbers(house: None) -> None:
    live = a_held_meeting()
    words_proposed(live, words_written(OLD))
    released(live, words_written(NEW))
    words_proposed(live, words_written("Later words.", changed="More."))
    second = KeyPoints.objects.get(number=2)
    Release.objects.update(recorded_at=ago(21))
    agreed(another(live), proposed(live.secretary, RecordKind.KEY_POINTS, second))
    assert [one.number for one in KeyPoints.objects.all()] == [3]
    assert words_cleared(live, seen=3, answer="Everybody knows of it.").key_points.number == 3
    assert words_proposed(live, words_written("Last words."), seen=3).number == 4


@pytest.mark.requirement("PER-14")
def test_older_key_points_go_first_lest_the_public_reads_them_again(house: None) -> None:
    live, _, second = released_twice()
    with pytest.raises(Refused, match="Version 1 is older"):
        proposed(live.secretary, RecordKind.KEY_POINTS, second)


# --- plans and reviews


def _long_ended(log: Log) -> Plan:
    """A plan with a milestone that was noted, which ended long ago."""
    plan = a_plan(log.world)
    approved(log.world, plan)
    written_anew(log.world, plan, name="Safer nights")
    all_lasting(plan, log.world.secretary)
    ended(plan, ago(21))
    return plan


@pytest.mark.requirement("REC-10", "PER-14")
def test_a_plan_goes_with_all_its_versions_and_its_address_says_so(log: Log) -> None:
    decided(log.world)
    plan = _long_ended(log)
    answer = disposed(log, plan, RecordKind.PLAN)
    assert answer.gone["rows"]["versions"] == 2 and answer.gone["rows"]["approvals"] == 1
    assert answer.gone["rows"]["entries"] == answer.gone["rows"]["milestones"] == 1
    for model in GOING[RecordKind.PLAN].models:
        assert not model._default_manager.exists(), model
    client = signed_in(log.world.secretary)
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 410
    page = client.get(reverse("disposal", args=[answer.disposal_id])).content.decode()
    assert "Improvement plan that ended on" in page and "2 versions" in page
    assert "Safer" not in page and "Lantern Hospitals" not in page
    assert client.get(reverse("plans")).status_code == client.get(reverse("plans_learning")).status_code == 200
    assert client.get(reverse("subject", args=[log.world.subject.pk])).status_code == 200
    assert not verify_chains().breaks


@pytest.mark.requirement("PER-14")
def test_a_plan_that_a_review_asked_for_is_kept_while_the_review_is(log: Log) -> None:
    decided(log.world)
    plan = _long_ended(log)
    review = a_rapid_review(log.world)
    found_out(review, log.world.secretary, a_finding(plan=plan, no_plan=""))
    with pytest.raises(Refused, match="rests on it"):
        proposed(log.world.secretary, RecordKind.PLAN, plan)
    all_reported(review, log.world.secretary)
    RapidEnding.objects.create(
        review=review, ends_on=ago(21).date(), because="x", recorded_at=ago(21), recorded_by="operator:test"
    )
    answer = disposed(log, review, RecordKind.REVIEW)
    assert answer.gone["rows"] == {"findings": 1, "reports": 3, "endings": 1, "reviews": 1}
    assert not RapidReview.objects.exists() and Group.objects.filter(pk=review.group_id).exists()
    assert signed_in(log.world.secretary).get(reverse("rapid", args=[review.pk])).status_code == 410
    assert signed_in(log.world.secretary).get(reverse("rapid_list")).status_code == 200
    assert disposed(log, plan, RecordKind.PLAN).agreed


@pytest.mark.requirement("COI-03", "COI-04")
def test_an_interest_closes_the_proposal_of_a_plan_and_its_certificate(log: Log) -> None:
    decided(log.world)
    plan = _long_ended(log)
    disposal = proposed(log.world.secretary, RecordKind.PLAN, plan)
    other = a_person(Grant(Role.SECRETARY, system=log.group.system))
    an_interest(other, log.world.subject)
    assert signed_in(other).get(reverse("disposal", args=[disposal.pk])).status_code == 404
    with pytest.raises(Refused):
        agreed(other, disposal)
    agreed(log.world.lead, disposal)
    assert signed_in(other).get(reverse("disposal", args=[disposal.pk])).status_code == 404
    assert signed_in(other).get(reverse("plan", args=[plan.pk])).status_code == 404


# --- risks


def _kept_six_years(kind: RecordKind) -> None:
    """The house lays down six years for the class of a kind, for which the guidance gives none."""
    told = yaml.safe_load(as_text(in_force("retention").content))
    next(one for one in told["classes"] if kind.value in one["kinds"])["years"] = 6
    a_local_version("retention", yaml.safe_dump(told, allow_unicode=True, sort_keys=False))


def _closed_risk(log: Log) -> Risk:
    """A risk that stood on the board's register and was closed long ago, with an action against a gap."""
    risk = a_risk(
        log.group.system, [log.world.subject], opened_on=ago(10).date(), initial=(4, 4), closed_on=ago(7).date(),
        places=[(Tier.ICB, log.world.board)], measures=[(MeasureKind.GAP, "Nobody at night")], title=OLD,
    )  # fmt: skip
    gap = risk.measures.get()
    Measure.objects.create(
        risk=risk, kind=MeasureKind.ACTION.value, against=gap, says="Hire", recorded_at=ago(9), recorded_by="x"
    )
    return risk


@pytest.mark.requirement("REC-10", "PER-14")
def test_a_closed_risk_goes_from_every_register_once_the_house_lays_down_a_period(log: Log) -> None:
    risk = _closed_risk(log)
    with pytest.raises(Refused, match="No period is laid down"):
        proposed(log.world.secretary, RecordKind.RISK, risk)
    _kept_six_years(RecordKind.RISK)
    client = signed_in(log.world.secretary)
    pages = [
        reverse(name, args=[Tier.ICB.value, log.world.board.pk])
        for name in ("register", "register_movement", "register_checks")
    ]
    assert all(client.get(page).status_code == 200 for page in pages)
    answer = disposed(log, risk, RecordKind.RISK)
    assert answer.gone["rows"]["measures"] == 2 and answer.gone["rows"]["places"] == 1
    for model in GOING[RecordKind.RISK].models:
        assert not model._default_manager.exists(), model
    for page in pages:
        said = client.get(page)
        assert said.status_code == 200 and OLD not in said.content.decode()
    assert client.get(reverse("risk", args=[risk.pk])).status_code == 410
    certificate = client.get(reverse("disposal", args=[answer.disposal_id])).content.decode()
    assert "Risk that was closed on" in certificate and OLD not in certificate
    assert not verify_chains().breaks


@pytest.mark.requirement("PER-14")
def test_a_risk_that_another_follows_is_kept_with_it(log: Log) -> None:
    _kept_six_years(RecordKind.RISK)
    risk = _closed_risk(log)
    a_risk(log.group.system, follows=risk)
    with pytest.raises(Refused, match="rests on it"):
        proposed(log.world.secretary, RecordKind.RISK, risk)


# --- every kind


@pytest.mark.requirement("PER-14", "REC-10")
@pytest.mark.parametrize("kind", list(GOING))
def test_whatever_rests_on_what_goes_goes_before_it_or_is_looked_for(kind: RecordKind) -> None:
    going = GOING[kind]
    for model in going.models:
        for other in _resting_on(model):
            assert other in going.models | going.in_the_way, f"{other.__name__} rests on {model.__name__}"


def _resting_on(model: type[Model]) -> set[type[Model]]:
    fields = model._meta.get_fields(include_hidden=True)
    return {one.related_model for one in fields if one.auto_created and not one.concrete and not one.many_to_many}


@pytest.mark.parametrize("kind", list(GOING))
def test_a_key_that_is_not_there_is_found_by_no_kind(house: None, kind: RecordKind) -> None:
    with pytest.raises(Refused):
        operations.propose_disposal(
            by=a_person(Grant(Role.SECRETARY, system="QX1")), at=timezone.now(), kind=kind, record=uuid4(),
            number=What(kind, uuid4()).number, form_key=uuid4(),
        )  # fmt: skip

"""Whatever writes is on the record: each address that changes something, sent as a browser does, adds one event.

The opening of an identity and the taking of a copy change nothing, and are on the record all the same. What is only
looked at is not, and neither is what is refused: the sweep of the access table holds that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.meetings.deciding import Outcome
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.escalation.messages import DUTY_ARISEN
from sightline.escalation.operations.exchange_steps import answer_exchange
from sightline.groups.models import Group, Seating
from sightline.groups.words import SeatPart
from sightline.improvement.models import ExitAgreement, RapidReport
from sightline.improvement.operations import restate_plan
from sightline.improvement.queries.improving import parties_of
from sightline.intelligence.sources.many_items import template_csv
from sightline.meetings.models import (
    AgendaItem,
    ItemOutcome,
    MeetingTime,
    Presence,
    Suspicion,
    SuspicionReferral,
    WrittenQuestion,
)
from sightline.meetings.words import How
from sightline.profiles.giving import Written
from sightline.profiles.models import CommissionerEntry
from sightline.profiles.operations import share_entries, write_entry
from sightline.records.models import RequestClosing
from sightline.reports.presenters.word import starter
from sightline.rulebook.forms import digest
from sightline.surveillance.models import LevelProposal
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.groups_terms import a_recipient, an_approval, some_terms
from tests.factories.improvement import a_content
from tests.factories.notify import a_message
from tests.factories.rulebook import a_change
from tests.factories.surveillance import a_concern, the_body
from tests.security.access_table import FILE, read_table
from tests.security.addresses import addresses, path_of
from tests.security.filling import day, filled
from tests.security.personas import HOME, OTHER, REGION, SUBJECT, Cast
from tests.security.world import indicator_id
from tests.security.world.profiled import domain

TABLE = read_table(FILE.read_text(encoding="utf-8"))
STAGES = (
    "groups", "notify", "rulebook", "intelligence", "triangulation", "profiles", "surveillance", "escalation", "risks",
    "improvement", "actions", "meetings", "publication", "records",
)  # fmt: skip
KEEPER, LEAD = "secretariat", "quality_lead"
More = Callable[[Cast], dict[str, Any]]


@dataclass(frozen=True)
class Sent:
    """A form as somebody sends it: from which page, and what they say beside what stands there; and its event."""

    who: str
    verb: str
    says: Mapping[str, Any] = field(default_factory=dict)
    more: More = lambda cast: {}
    bare: bool = False  # nothing is filled in but what is said
    page: str = ""  # where the form stands, if not at its own address
    before: Callable[[Cast], None] = lambda cast: None
    query: Callable[[Cast], str] = lambda cast: ""  # what was chosen on the page before
    as_whom: str = ""  # whom the record names, if not who is signed in
    calls: tuple[str, ...] = ()  # other operations by which this one does its work, each with an event of its own


def _today(*names: str) -> dict[str, str]:
    return {key: value for name in names for key, value in day(name, timezone.localdate()).items()}


def _reader(*names: str) -> More:
    return lambda cast: {"readers": [cast.people[name].actor_id for name in names]}


def _this_month(cast: Cast) -> dict[str, str]:
    return {"month": timezone.localdate().replace(day=1).isoformat()}


def _person(cast: Cast) -> dict[str, str]:
    return {"person": str(cast.people["member"].pk)}


def _waiting(cast: Cast) -> dict[str, str]:
    return {"items": str(cast.records["waiting"].pk)}


def _rating(cast: Cast) -> dict[str, str]:
    return {"signals": str(cast.records[f"rating {OTHER}"].pk)}


def _files(cast: Cast) -> dict[str, Any]:
    return {"files": SimpleUploadedFile("many.csv", template_csv().encode())}


def _paper(cast: Cast) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("paper.txt", b"A plain word")}


def _charts(cast: Cast) -> dict[str, Any]:
    return {"charts": [f"{indicator_id()}.{Subject.objects.get(key=OTHER).pk}"]}


def _template(cast: Cast) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("letter.docx", starter())}


def _change(cast: Cast) -> dict[str, str]:
    """A text is kept once its difference was shown."""
    content = a_change(old="sources: 4", new="sources: 5")
    return {"content": content, "checked": digest(content), "because": "So we decided"}


def _meets_now(cast: Cast) -> None:
    """The planned meeting is today."""
    MeetingTime.objects.filter(meeting=cast.records["planned meeting"]).update(starts_at=timezone.now())


def _nothing_open(cast: Cast) -> None:
    """Each item of the meeting under way comes again, and what was suspected is referred."""
    wrote = {"recorded_at": timezone.now(), "recorded_by": cast.people[KEEPER].actor_id}
    known = ItemOutcome.objects.get(item=cast.records["item about other"])
    for item in AgendaItem.objects.standing().filter(meeting=cast.records["meeting"], outcomes=None):
        known.pk, known.form_key, known.item, known.outcome = uuid4(), uuid4(), item, ItemOutcome.CARRIED_OVER
        known.save(force_insert=True)
    for one in Suspicion.objects.filter(referral=None):
        SuspicionReferral.objects.create(
            suspicion=one, body="x", referred_by="x", referred_on=timezone.localdate(), **wrote
        )


def _all_there(cast: Cast) -> None:
    """Whoever sits in the group is at the meeting under way."""
    meeting = cast.records["meeting"]
    for one in Seating.objects.filter(seat__group=meeting.group_id):
        Presence.objects.create(
            meeting=meeting, person=one.person, seat=one.seat, how=How.IN_ROOM.value, form_key=uuid4(),
            arrived_at=timezone.now() - timedelta(minutes=5), recorded_at=timezone.now(), recorded_by="operator:test",
        )  # fmt: skip


def _reports(cast: Cast) -> None:
    """The group that meets has terms in force, by which it reports to a council."""
    terms = some_terms(cast.records["meeting"].group)
    a_recipient(terms, "local-authority", cast.records["council"])
    an_approval(terms, timezone.localdate() - timedelta(days=9))


def _inquorate(cast: Cast) -> None:
    """The group is one whose rules know decisions in writing, and its meeting could not decide an item."""
    item = cast.records["item of meeting"]
    Group.objects.filter(pk=item.group_id).update(kind="system-group")
    WrittenQuestion.objects.filter(item=item).update(item=cast.records["item about other"])
    ItemOutcome.objects.update(quorum="not_quorate", outcome=Outcome.DISCUSSION_ONLY.value)
    known = ItemOutcome.objects.get(item=cast.records["item about other"])
    known.pk, known.form_key, known.item = uuid4(), uuid4(), item
    known.save(force_insert=True)


def _time_is_up(cast: Cast) -> None:
    WrittenQuestion.objects.update(closes_at=timezone.now())


def _heard_now(cast: Cast) -> dict[str, str]:
    return {"person": str(cast.people["lay_member"].pk), "clock": f"{timezone.localtime():%H:%M}"}


def _new_words(cast: Cast) -> None:
    """Something new on the commissioner's side, so that there is something to share."""
    profile = cast.records["profile"]
    seen = CommissionerEntry.objects.filter(profile=profile, domain=domain()).count()
    write_entry(
        by=cast.people[LEAD], at=timezone.now(), profile=profile, domain=domain(), seen=seen,
        written=Written(view="Another view"),
    )  # fmt: skip


def _domains(cast: Cast) -> dict[str, list[str]]:
    return {"domains": [domain()]}


def _shared_words(cast: Cast) -> None:
    _new_words(cast)
    share_entries(by=cast.people[LEAD], at=timezone.now(), profile=cast.records["profile"], domains=(domain(),))


def _of_subject(cast: Cast) -> str:
    return f"?subject={Subject.objects.get(key=SUBJECT).pk}"


def _piece(cast: Cast) -> dict[str, str]:
    return {"profile": f"profile:{cast.records['profile'].pk}"}


def _told_by(cast: Cast) -> dict[str, str]:
    return {"told_by": str(the_body().pk)}


def _told_something(cast: Cast) -> None:
    a_message(cast.people[LEAD], DUTY_ARISEN, str(cast.records["duty"].pk))


def _in_the_group(cast: Cast) -> str:
    return f"?group={cast.records['group'].pk}"


def _owner(cast: Cast) -> dict[str, str]:
    return {"owner": str(cast.people["deputy"].pk), "owner_name": ""}


def _chairing(cast: Cast) -> None:
    a_seating(a_seat(cast.records["group"], "Co-chair", SeatPart.CO_CHAIR), cast.people[LEAD])


def _enough_to_ask(cast: Cast) -> None:
    """So many sit in the group that what they answer can be shown."""
    for name in ("member", "lay_member", "deputy", "region", KEEPER, LEAD):
        a_seating(a_seat(cast.records["group"], f"Seat of {name}", SeatPart.MEMBER), cast.people[name])


def _in_the_chair(cast: Cast) -> None:
    """Whoever approves the terms chairs the group, and nothing is missing from them."""
    _chairing(cast)
    terms = some_terms(cast.records["group"], 3)
    a_recipient(terms, "icb", a_group(the_body(), "assurance-committee", "Quality committee"))
    a_recipient(terms, "local-authority", cast.records["council"])
    a_recipient(terms, "region", the_body(REGION))


def _in_the_system(cast: Cast) -> None:
    a_relation(cast.records["body of subject"], Link.PART_OF, the_body())


def _under_the_region(cast: Cast) -> None:
    a_relation(the_body(), Link.PART_OF, the_body(REGION))


def _a_regulator(cast: Cast) -> None:
    """Somebody who could have written the letter."""
    an_organisation(kind=Kind.CQC)


def _another_concern(cast: Cast) -> None:
    """Another one on which the level rests when this one is closed."""
    a_concern(cast.records["concern"].subject, raised_on=timezone.localdate())


def _assessed(cast: Cast) -> None:
    """The proposal rests on a risk profile, as the guidance asks."""
    LevelProposal.objects.filter(pk=cast.records["level proposal"].pk).update(profile=cast.records["profile"])


def _whole_plan(cast: Cast) -> None:
    """A version in which nothing is missing, written by somebody else than who approves it."""
    plan = cast.records["plan"]
    restate_plan(
        by=cast.people[KEEPER], at=timezone.now(), plan=plan, seen=plan.versions.count(), content=a_content(),
        because="It was not whole",
    )  # fmt: skip


def _long_closed(cast: Cast) -> None:
    """The closed request was closed so long ago that its period has ended, and nothing holds it any more."""
    cast.records["hold"].delete()
    closings = RequestClosing.objects.filter(request=cast.records["closed information request"])
    closings.update(closed_on=timezone.localdate() - timedelta(days=4 * 366))


def _unproposed(cast: Cast) -> None:
    _long_closed(cast)
    cast.records["proposed disposal"].subjects.all().delete()
    cast.records["proposed disposal"].delete()


def _long_frozen(cast: Cast) -> None:
    """The report was frozen so long ago that its period has ended, and nothing was written in it since."""
    cast.records["hold"].delete()
    report, long_ago = cast.records["report of the group"], timezone.now() - timedelta(days=21 * 366)
    for rows in (report.versions, report.passages, report.gatherings):
        rows.update(recorded_at=long_ago)


def _a_body_sits(cast: Cast) -> None:
    """Somebody sits in the group for another body, which may hold the same."""
    seat = a_seat(cast.records["group that meets"], "Seat of another body", SeatPart.MEMBER)
    type(seat)._base_manager.filter(pk=seat.pk).update(organisation=the_body(REGION))
    a_seating(seat, cast.people["quality_lead"])


def _all_reported(cast: Cast) -> None:
    """The review reported on the two routes that it owed still."""
    for route in ("assurance", "region"):
        RapidReport.objects.create(
            review=cast.records["rapid review"], route=route, is_sent=False, on=timezone.localdate(), says="No body",
            recorded_at=timezone.now(), recorded_by="x",
        )  # fmt: skip


def _all_agree(cast: Cast) -> None:
    """Everybody who is asked agrees that the group has done what it is for."""
    for one in parties_of(cast.records["improvement group"], timezone.localdate())[0]:
        ExitAgreement.objects.create(
            improving=cast.records["improvement group"], party=one.party, answer="agrees", on=timezone.localdate(),
            recorded_at=timezone.now() + timedelta(seconds=1), recorded_by="x",
        )  # fmt: skip


def _chairs_seat(cast: Cast) -> dict[str, str]:
    """Another seat than the one that answers for it so far."""
    return {"seat": str(cast.records["seat"].pk)}


def _answered(cast: Cast) -> None:
    answer_exchange(by=cast.people["region"], at=timezone.now(), exchange=cast.records["exchange"], says="We read it")


def _other_place(cast: Cast) -> None:
    """A register on which so grave a risk need not stand."""
    cast.records["place"] = cast.records["risk"].places.get(tier=Tier.REGION)


OTHERS = f"{OTHER} Trust"
BOARD = f"Board of {HOME} ({HOME})"
SHARING = f"system-quality-group.{HOME}.sharing.system-quality-group"
OTHER_QUESTIONS = {"instrument": "sqg-2022:principles"}
IN_A_MONTH = timezone.localdate() + timedelta(days=30)
AFTERNOON = {**day("day", IN_A_MONTH), "starts": "2pm", "ends": "4pm", "link": ""}
NOW = {"when": ""}
LAST_YEAR = timezone.localdate() - timedelta(days=365)
NO_FIGURES = {f"kpi_{number}_{name}": "" for number in (1, 2) for name in ("target", "held_months")}
SENT: Mapping[str, Sent] = {
    "interest_declare": Sent("member", "groups.declare_interest", {"subject": OTHERS}),
    "interest_record": Sent(KEEPER, "groups.record_interest", {"subject": OTHERS}, _person),
    "interest_end": Sent("conflicted_member", "groups.end_interest"),
    "agreement_record": Sent(LEAD, "groups.record_agreement", {"status": "in_discussion"}),
    "safeguarding_lead": Sent(KEEPER, "groups.name_safeguarding_lead", {}, _chairs_seat),
    "safeguarding_period": Sent(KEEPER, "groups.ask_again_after", {"months": "6"}),
    "safeguarding_confirm": Sent(
        "deputy",
        "groups.confirm_safeguarding",
        {"represented": "another", "knows_accountability": "on", "knows_processes": "on"},
    ),
    "safeguarding_body": Sent(KEEPER, "groups.record_council_body", {"name": "Another board"}),
    "rule_change": Sent(LEAD, "rulebook.change_part", {}, _change),
    "rule_withdraw@changed": Sent(LEAD, "rulebook.withdraw_local_part"),
    "source_add": Sent(LEAD, "rulebook.add_source"),
    "source_retire": Sent(LEAD, "rulebook.retire_source"),
    "share": Sent(
        "member",
        "intelligence.share",
        {"subject": OTHERS, "words": "It is better", "bearing": "improvement"},
        bare=True,
    ),
    "share_draft": Sent("member", "intelligence.save_draft", {"words": "Half a"}, page="share"),
    "share_check": Sent("member", "intelligence.share", {"p0": "no"}, bare=True),
    "item_add_words@plain": Sent("member", "intelligence.add_words"),
    "item_handling@plain": Sent(KEEPER, "intelligence.change_handling", {"handling": "restricted"}, _reader("member")),
    "item_mark@plain": Sent(LEAD, "intelligence.mark_sensitive", {}, _reader("member")),
    "item_tags@plain": Sent(KEEPER, "intelligence.tag", {"values": ["effective"]}),
    "passage_replace@plain": Sent(KEEPER, "intelligence.replace_words", {"words": "Other words"}),
    "item_review@plain": Sent(KEEPER, "intelligence.review", {"outcome": "set_aside"}),
    "item_same_story@subject": Sent(KEEPER, "intelligence.tells_again"),
    "item_undo_join@subject": Sent(KEEPER, "intelligence.undo_join"),
    "item_feedback@plain": Sent(KEEPER, "intelligence.answer_giver"),
    "item_shared_with@plain": Sent(KEEPER, "intelligence.note_sharing", _today("shared_on")),
    "item_panel@protocol": Sent(KEEPER, "intelligence.note_panel", _today("met_on")),
    "item_investigation@plain": Sent(KEEPER, "intelligence.describe_investigation"),
    "item_refer@plain": Sent("member", "intelligence.refer", _today("referred_on")),
    "referral_receipt": Sent(KEEPER, "intelligence.note_receipt", _today("received_on")),
    "release_prepare@plain": Sent(KEEPER, "intelligence.prepare_release", {"text": "Answers are late."}),
    "release@prepared": Sent(LEAD, "intelligence.decide_release", {"step": "released"}),
    "released_one@released": Sent("subject_provider", "intelligence.answer_release"),
    "annex_add@plain": Sent(KEEPER, "intelligence.add_annex", {}, _reader(KEEPER)),
    "annex@other": Sent("lay_member", "intelligence.open_annex"),
    "annex_readers": Sent(KEEPER, "intelligence.name_annex_readers", {}, _reader(KEEPER)),
    "items_csv": Sent("member", "intelligence.take_copy", page="items"),
    "review": Sent(KEEPER, "intelligence.review_many", {"outcome": "accepted"}, _waiting),
    "review_file": Sent(KEEPER, "intelligence.review_file", {"outcome": "accepted"}),
    "intelligence_import": Sent(KEEPER, "intelligence.take_in_text", {}, _files),
    "name_to_place@waiting": Sent(KEEPER, "intelligence.place_name", {"other": ""}),
    "proposal_answer": Sent(LEAD, "triangulation.answer_proposal", page="picture"),
    "ask": Sent(KEEPER, "triangulation.ask"),
    "request_end@subject": Sent(KEEPER, "triangulation.end_request"),
    "ratings_to_review": Sent(KEEPER, "triangulation.review_ratings", {"counts": "yes"}, _rating),
    "heat_map_new": Sent(KEEPER, "profiles.read_heat_map", {"issues": "3"}),
    "trigger_tool_new": Sent(KEEPER, "profiles.assess_triggers"),
    "profile_start": Sent(KEEPER, "profiles.start_profile"),
    "profile_other_process": Sent(KEEPER, "profiles.record_other_process", _today("held_on")),
    "profile_domain": Sent(LEAD, "profiles.write_entry", {"view": "A new view"}),
    "profile_share": Sent(LEAD, "profiles.share_entries", {}, _domains, before=_new_words),
    "profile_sign": Sent("subject_provider", "profiles.sign_profile", {"confirm": "on"}, before=_shared_words),
    "profile_review": Sent(KEEPER, "profiles.review_measures", {"measures": "Falls\nFires"}),
    "group_new": Sent(
        KEEPER,
        "groups.set_up_group",
        {"kind": "assurance-committee", "area": BOARD, "subject": "", **_today("begun_on")},
    ),
    "group_end": Sent(KEEPER, "groups.end_group", _today("ends_on")),
    "group_guidance": Sent(KEEPER, "groups.lay_down_guidance", _today("from_on")),
    "group_providers": Sent(KEEPER, "groups.meet_without_providers", {"who": "with"}),
    "seat_new": Sent(KEEPER, "groups.add_seat", {"expected": "cqc", "organisation": ""}),
    "seat_fill": Sent(KEEPER, "groups.seat_person", {"is_deputy": "on"}, _person),
    "seat_end": Sent(KEEPER, "groups.end_seat"),
    "seating_end": Sent(KEEPER, "groups.end_seating"),
    "office_give": Sent(KEEPER, "groups.give_office", {"slot": "icb-chair", "organisation": BOARD}, _person),
    "office_end": Sent(KEEPER, "groups.end_office"),
    "messages_seen": Sent(LEAD, "notify.look_through", page="messages", before=_told_something),
    "messages_when": Sent("member", "notify.choose_when_told"),
    "concerns_csv": Sent("member", "surveillance.copy_concerns", page="concerns"),
    "concern_raise": Sent("member", "surveillance.raise_concern", query=_of_subject),
    "process_lead": Sent(
        KEEPER,
        "escalation.agree_lead",
        _today("agreed_on"),
        before=_in_the_system,
        calls=("surveillance.agree_process_lead",),
    ),
    "concern_restate": Sent("member", "surveillance.restate_concern"),
    "concern_evidence": Sent("member", "surveillance.link_evidence", {}, _piece),
    "concern_evidence_remove": Sent("member", "surveillance.remove_evidence"),
    "concern_referral": Sent("member", "surveillance.record_referral"),
    "concern_close": Sent("member", "surveillance.close_concern", before=_another_concern),
    "level_propose": Sent("member", "surveillance.propose_level", query=lambda cast: "?to=routine"),
    "level_region_answer": Sent("region", "surveillance.record_region_answer"),
    "level_dissent": Sent("region", "surveillance.dissent"),
    "level_dissent_withdraw": Sent("member", "surveillance.withdraw_dissent", page="level_proposal"),
    "level_withdraw": Sent(KEEPER, "surveillance.withdraw_proposal"),
    "level_decline": Sent(LEAD, "surveillance.decline_proposal"),
    "level_decide": Sent(LEAD, "escalation.set_level", before=_assessed, calls=("surveillance.decide_level",)),
    "level_review": Sent(KEEPER, "surveillance.review_level"),
    "level_regulation": Sent("region", "escalation.record_regulation", {"outcome": "none"}),
    "seating_authority": Sent(KEEPER, "groups.record_authority", {"confirmed": "no"}),
    "seat_ask": Sent(KEEPER, "groups.ask_for_representative"),
    "access_needs": Sent("member", "groups.say_access_needs", {"needs": "chat"}),
    "council_arrange": Sent(KEEPER, "groups.arrange_with_council", {"words": "care home"}),
    "sub_group_ask": Sent(KEEPER, "groups.ask_of_sub_group"),
    "sub_group_report": Sent("deputy", "groups.report_back"),
    "group_engagement": Sent("deputy", "groups.tell_engagement", {"words": "A panel of patients"}),
    "terms_begin": Sent(
        KEEPER, "groups.begin_terms", {}, lambda cast: {"form_key": str(uuid4())}, bare=True, page="group_new"
    ),
    "terms_section": Sent(KEEPER, "groups.write_section", {"words": "Fewer falls"}),
    "terms_approve": Sent(LEAD, "groups.approve_terms", _today("approved_on"), before=_in_the_chair),
    "code_accept": Sent(LEAD, "groups.accept_code", {"version": "1"}, bare=True, page="group_new"),
    "effectiveness_open": Sent(
        KEEPER,
        "groups.open_effectiveness_review",
        {**OTHER_QUESTIONS, **day("last_day", IN_A_MONTH)},
        before=_enough_to_ask,
    ),
    "effectiveness_answer": Sent("deputy", "groups.answer_effectiveness_review", {"words": "Fewer papers"}),
    "effectiveness_reflect": Sent(KEEPER, "groups.record_reflection"),
    "chairing_review": Sent(LEAD, "groups.review_own_chairing", before=_chairing),
    "chairing_review_share": Sent(LEAD, "groups.share_own_chairing", page="chairing_review", before=_chairing),
    "action_new": Sent(
        KEEPER,
        "actions.raise_action",
        {"subject": OTHERS, "organisation": BOARD, **day("due_on", IN_A_MONTH)},
        _owner,
        query=_in_the_group,
    ),
    "action_report": Sent("subject_provider", "actions.report_on_action"),
    "action_restate": Sent(KEEPER, "actions.restate_action"),
    "action_owner": Sent(KEEPER, "actions.change_owner", {"organisation": BOARD}, _owner),
    "action_due": Sent(KEEPER, "actions.change_due_date", day("due_on", IN_A_MONTH)),
    "action_review": Sent(KEEPER, "actions.review_action"),
    "action_close": Sent(KEEPER, "actions.close_action"),
    "action_reopen": Sent(KEEPER, "actions.reopen_action"),
    "meeting_plan": Sent(KEEPER, "meetings.plan_meeting", AFTERNOON),
    "meeting_move": Sent(KEEPER, "meetings.move_meeting", AFTERNOON),
    "meeting_cancel": Sent(KEEPER, "meetings.cancel_meeting"),
    "calendar": Sent("member", "meetings.make_calendar_address"),
    "calendar_end": Sent("member", "meetings.end_calendar_address", page="calendar"),
    "agenda_draft": Sent(KEEPER, "meetings.draft_agenda", bare=True, page="item_add"),
    "agenda_order": Sent(KEEPER, "meetings.order_agenda", {"seen": "0", "order": "x"}, bare=True, page="item_add"),
    "item_add": Sent(KEEPER, "meetings.add_item", {"subject": OTHERS, "minutes": "5"}),
    "item_reword": Sent(KEEPER, "meetings.reword_item", {"title": "Other words"}),
    "item_withdraw": Sent(KEEPER, "meetings.withdraw_item"),
    "item_invite": Sent(KEEPER, "meetings.invite_to_item", {}, _person),
    "paper_add": Sent(KEEPER, "meetings.add_paper", {"purpose": "decision"}, _paper),
    "pack_pdf": Sent("member", "meetings.note_papers_given", page="meeting"),
    "pack_zip": Sent("member", "meetings.note_papers_given", page="meeting"),
    "paper_record": Sent(KEEPER, "meetings.make_record_paper"),
    "paper_chart": Sent(KEEPER, "meetings.make_chart_paper"),
    "paper_data_pack": Sent(KEEPER, "meetings.make_data_pack", {}, _charts),
    "paper_revise": Sent(KEEPER, "meetings.revise_paper"),
    "paper_withdraw": Sent(KEEPER, "meetings.withdraw_paper"),
    "paper_file": Sent("member", "meetings.note_papers_given", page="paper"),
    "meeting_open@planned": Sent(KEEPER, "meetings.open_meeting", NOW, before=_meets_now),
    "meeting_close": Sent("conflicted_chair", "meetings.close_meeting", NOW, before=_nothing_open),
    "meeting_arrive": Sent(
        KEEPER, "meetings.record_arrival", {"who": "guest", "visitor": "Gus Guest", "how": "online", **NOW}
    ),
    "meeting_nothing": Sent("member", "meetings.declare_nothing"),
    "meeting_leave": Sent(KEEPER, "meetings.record_departure", NOW),
    "meeting_strike": Sent(KEEPER, "meetings.strike_presence", {"because": "It was another"}),
    "item_begin": Sent(KEEPER, "meetings.begin_item", NOW),
    "item_interest": Sent("member", "meetings.declare_tie", {"detail": "A post there"}),
    "item_rule": Sent("conflicted_chair", "meetings.rule_on_interest", {"measure": "note", "because": "It is small"}),
    "item_note": Sent(KEEPER, "meetings.write_note", {"text": "All spoke"}),
    "item_outcome": Sent(
        KEEPER, "meetings.record_outcome", {"text": "It was heard", "only_discussed": "on", "sort": "agreement", **NOW}
    ),
    "item_action": Sent(
        KEEPER,
        "meetings.agree_action",
        {"subject": OTHERS, "organisation": BOARD, **day("due_on", IN_A_MONTH)},
        _owner,
        calls=("actions.raise_action",),
    ),
    "item_carry": Sent(KEEPER, "meetings.carry_over", {"because": "There was no time"}),
    "item_tell": Sent(
        KEEPER, "meetings.name_teller", {"told_by": "", "not_yet": "It is too early", **day("review_on", IN_A_MONTH)}
    ),
    "conversation_add": Sent("member", "meetings.record_conversation", _today("held_on")),
    "cycle_agree": Sent("conflicted_chair", "meetings.agree_cycle"),
    "cycle_draft": Sent(KEEPER, "meetings.draft_plan", bare=True, page="cycle"),
    "cycle_add": Sent(KEEPER, "meetings.add_to_plan", {"subject": "", "sector": "dental"}, _this_month),
    "cycle_move": Sent(KEEPER, "meetings.move_in_plan"),
    "cycle_drop": Sent("conflicted_chair", "meetings.drop_from_plan"),
    "cycle_review": Sent(KEEPER, "meetings.record_cycle_review", _today("reviewed_on")),
    "cycle_theme": Sent("member", "meetings.propose_theme"),
    "cycle_theme_answer": Sent(KEEPER, "meetings.answer_theme"),
    "written_put": Sent(
        KEEPER, "meetings.put_in_writing", {**day("day", IN_A_MONTH), "clock": "5pm"}, before=_inquorate
    ),
    "written_urgent": Sent("conflicted_chair", "meetings.deem_urgent", before=_inquorate),
    "written_answer": Sent("member", "meetings.answer_in_writing", {"answer": "agrees"}),
    "written_heard": Sent(
        KEEPER, "meetings.record_answer", {"answer": "agrees", "how": "email", **_today("day")}, _heard_now
    ),
    "written_conclude": Sent(
        "conflicted_chair", "meetings.conclude_in_writing", {"result": "not_carried"}, before=_time_is_up
    ),
    "written_withdraw": Sent(KEEPER, "meetings.withdraw_question"),
    "item_lived": Sent(KEEPER, "meetings.record_involvement", {"who": "Others"}),
    "item_board": Sent(KEEPER, "meetings.raise_with_board", {"raised_by": "chair"}),
    "item_suspicion": Sent(KEEPER, "meetings.note_suspicion"),
    "item_referral": Sent(KEEPER, "meetings.refer_suspicion", _today("referred_on")),
    "note_draft": Sent(KEEPER, "meetings.draft_note", bare=True, page="note"),
    "note_share": Sent(KEEPER, "meetings.share_note", bare=True, page="note"),
    "note_write": Sent(KEEPER, "meetings.write_passage", {"text": "Other words"}),
    "note_item": Sent(KEEPER, "meetings.write_passage", {"text": "Other words"}),
    "note_agree": Sent("conflicted_chair", "meetings.agree_note", NOW, before=_all_there),
    "note_comment": Sent("member", "meetings.comment_on_note"),
    "note_comment_item": Sent("member", "meetings.comment_on_note"),
    "note_answer": Sent(KEEPER, "meetings.answer_comment", {"became": "taken"}),
    "note_annex": Sent(KEEPER, "meetings.add_to_annex", {"item": "whole"}),
    "note_readers": Sent(
        KEEPER, "meetings.name_annex_readers", {}, lambda cast: {"people": [cast.people["member"].pk]}
    ),
    "note_fed_back": Sent(KEEPER, "meetings.feed_back", _today("told_on"), before=_reports),
    "note_tell": Sent("deputy", "meetings.tell_organisation", _today("told_on")),
    "key_points_write": Sent(KEEPER, "publication.propose_key_points"),
    "key_points_clear": Sent("conflicted_chair", "publication.clear_key_points"),
    "key_points_release": Sent(KEEPER, "publication.release_key_points"),
    "key_points_withdraw": Sent(KEEPER, "publication.withdraw_key_points"),
    "group_list": Sent("conflicted_chair", "publication.list_group"),
    "group_unlist": Sent(KEEPER, "publication.unlist_group"),
    "public_follow": Sent(
        "anonymous", "publication.ask_to_follow", {"address": "reader@example.org"}, as_whom="public"
    ),
    "public_follow_confirm": Sent("anonymous", "publication.confirm_following", as_whom="public"),
    "public_follow_stop": Sent("anonymous", "publication.stop_following", as_whom="public"),
    "plan_begin": Sent("member", "improvement.begin_plan", NO_FIGURES),
    "plan_restate": Sent("member", "improvement.restate_plan", NO_FIGURES),
    "plan_end": Sent(LEAD, "improvement.end_plan", {"outcome": "partly"}),
    "milestone_note": Sent("member", "improvement.note_milestone", {"progress": "reached", "lasts": "not-yet"}),
    "own_milestone": Sent("subject_provider", "improvement.update_milestone", {"progress": "under-way"}),
    "own_concern": Sent("subject_provider", "improvement.tell_concern", {"says": "x", "steps": "x"}),
    "report_begin": Sent(
        KEEPER,
        "reports.begin_report",
        _today("begins_on", "ends_on"),
        lambda cast: {"report": f"{cast.records['group that meets'].pk}.area-to-system"},
    ),
    "report_gather": Sent(KEEPER, "reports.gather_again", bare=True, page="report"),
    "report_section": Sent(KEEPER, "reports.write_section"),
    "report_freeze": Sent(KEEPER, "reports.freeze_report"),
    "report_send": Sent(KEEPER, "reports.send_report", {"to_body": HOME}),
    "report_acknowledge": Sent("region", "reports.acknowledge_report"),
    "report_pdf": Sent("member", "reports.note_report_given", page="report_version"),
    "report_word": Sent("member", "reports.note_report_given", page="report_version"),
    "report_csv": Sent("member", "reports.note_report_given", page="report_version"),
    "report_xlsx": Sent("member", "reports.note_report_given", page="report_version"),
    "report_template_bring": Sent(KEEPER, "reports.bring_word_template", {}, _template),
    "report_template_end": Sent(KEEPER, "reports.end_word_template"),
    "plan_approve": Sent(LEAD, "improvement.approve_plan", before=_whole_plan),
    "hold_place": Sent(KEEPER, "records.place_hold", {"subject": "", "system": HOME}),
    "hold_lift": Sent(KEEPER, "records.lift_hold"),
    "information_request_open": Sent(
        KEEPER, "records.open_request", {"subject": "", "system": HOME, **_today("received_on")}
    ),
    "information_find": Sent(
        KEEPER,
        "records.take_passages",
        more=lambda cast: {"sources": f"version.{cast.records['report of the group'].versions.get().pk}.key-points"},
    ),
    "information_passage": Sent(KEEPER, "records.rule_on_passage", {"ruling": "release"}),
    "information_consult": Sent(
        KEEPER, "records.record_consultation", {"body": REGION, **_today("on_day")}, before=_a_body_sits
    ),
    "information_clear": Sent(LEAD, "records.clear_pack"),
    "information_close": Sent(KEEPER, "records.close_request", {"how": "not-held"}),
    "information_pack_withdraw": Sent(KEEPER, "records.withdraw_pack"),
    "disposal_propose@request": Sent(KEEPER, "records.propose_disposal", before=_unproposed),
    "disposal_propose@report": Sent(KEEPER, "records.propose_disposal", before=_long_frozen),
    "disposal_answer": Sent(LEAD, "records.answer_disposal", {"answer": "agree"}, before=_long_closed),
    "rapid_call": Sent(
        KEEPER,
        "improvement.call_review",
        {"chairs_for": HOME, "trigger": "none", "providers": "with", **_today("called_on", "meets_on")},
        lambda cast: {"chair": str(cast.people[LEAD].pk)},
        calls=("groups.set_up_group", "groups.add_seat", "groups.seat_person", *["groups.add_seat"] * 10),
    ),
    "rapid_findings": Sent(KEEPER, "improvement.write_findings", _today("held_on")),
    "rapid_report": Sent(KEEPER, "improvement.record_report", {"how": "sent", "through": "letter"}),
    "rapid_close": Sent(KEEPER, "improvement.close_review", before=_all_reported),
    "improving_convene": Sent(
        KEEPER,
        "improvement.convene_group",
        {
            "chairs_for": HOME,
            "trigger": "none",
            "instigator": "icb",
            "convener": "icb",
            "stands": "alone",
            **_today("instigated_on"),
        },
        lambda cast: {"chair": str(cast.people[LEAD].pk)},
        calls=("groups.set_up_group", "groups.add_seat", "groups.seat_person", *["groups.add_seat"] * 10),
    ),
    "improving_watch": Sent(KEEPER, "improvement.watch_plans"),
    "improving_told": Sent(KEEPER, "improvement.record_told", {"needs_action": "no", **_today("on")}),
    "improving_stakeholder": Sent(KEEPER, "improvement.name_stakeholder"),
    "improving_agree": Sent(KEEPER, "improvement.record_agreement_to_end", {"answer": "agrees", **_today("on")}),
    "improving_end": Sent(KEEPER, "improvement.end_improvement_group", before=_all_agree, calls=("groups.end_group",)),
    "plan_concern": Sent("member", "improvement.answer_concern"),
    "memorandum_terms": Sent(KEEPER, "escalation.record_terms", before=_under_the_region),
    "duty": Sent(KEEPER, "escalation.step_duty"),
    "duty_tell": Sent(KEEPER, "escalation.tell_provider", {}, _told_by),
    "told_one": Sent("subject_provider", "escalation.answer_telling"),
    "exchange_send": Sent(KEEPER, "escalation.send_exchange", {"subject": ""}, query=lambda cast: f"?way={SHARING}"),
    "exchange_receive": Sent(
        KEEPER,
        "escalation.receive_letter",
        {"subject": "", "from_body": "QC1", **_today("received_on")},
        before=_a_regulator,
    ),
    "exchange_update": Sent(KEEPER, "escalation.send_update", {"needs": ""}, before=_under_the_region),
    "exchange_step@answer": Sent("region", "escalation.answer_exchange"),
    "exchange_step@close": Sent(KEEPER, "escalation.close_exchange", before=_answered),
    "look_back_open": Sent("member", "risks.open_look_back", day("as_of", LAST_YEAR)),
    "look_back_finding": Sent("member", "risks.record_finding"),
    "look_back_finish": Sent(KEEPER, "risks.finish_look_back"),
    "risk_new": Sent(
        KEEPER,
        "risks.open_risk",
        {"subject": OTHERS, **{f"subject_{number}": "" for number in range(2, 13)}, "sure": "1"},
    ),
    "risk_restate": Sent(KEEPER, "risks.restate_risk", {"title": "Other words", "accountable": ""}),
    "risk_score": Sent(KEEPER, "risks.score_risk"),
    "risk_measure": Sent(KEEPER, "risks.add_measure"),
    "risk_step": Sent(KEEPER, "risks.step_measure"),
    "risk_place": Sent(KEEPER, "risks.place_risk"),
    "risk_remove": Sent(KEEPER, "risks.remove_from_register", before=_other_place),
    "risk_link": Sent(KEEPER, "risks.link_risk"),
    "risk_accept": Sent(KEEPER, "risks.accept_risk"),
    "risk_review": Sent(KEEPER, "risks.review_risk"),
    "risk_close": Sent(KEEPER, "risks.close_risk"),
}


def _writing() -> set[str]:
    """The names of every address of these stages that takes what is sent."""
    views = {one.name: one.view for one in addresses()}
    return {
        row.partition("@")[0]
        for row, people in TABLE.items()
        if any(cells["POST"] in {"200", "204", "302", "400"} for cells in people.values())
        and views[row.partition("@")[0]].__module__.split(".")[1] in STAGES
    }


def test_every_address_that_writes_is_sent_a_form() -> None:
    missing = _writing() - {row.partition("@")[0] for row in SENT}
    assert not missing, f"Add to SENT a line for: {sorted(missing)}"


@pytest.mark.django_db
@pytest.mark.parametrize("row", SENT)
@pytest.mark.requirement("IGV-08")
def test_one_sending_is_one_event(row: str, cast: Cast, settings: Any) -> None:
    settings.ANNEX_ON_SQLITE = True
    sent = SENT[row]
    cast.sign_in(sent.who)
    sent.before(cast)
    client, path = cast.clients[sent.who], path_of(row, cast, sent.who)
    path += sent.query(cast)
    stands = path_of(sent.page, cast, sent.who) if sent.page else path
    asked = client.get(stands)
    before = Event.objects.count()
    typed = {**filled(asked.content.decode(), path, bare=sent.bare), **sent.says, **sent.more(cast)}
    answer = client.post(path, typed)
    made = list(Event.objects.order_by("pk").values_list("verb", "actor"))[before:]
    told = (made, answer.status_code, _problems(answer.content.decode(errors="replace")))
    by = sent.as_whom or cast.people[sent.who].actor_id
    assert made == [(verb, by) for verb in (*sent.calls, sent.verb)], told
    assert answer.status_code in {200, 204, 302}


def _problems(page: str) -> list[str]:
    """What the page says is wrong with the form."""
    found = re.findall(r'class="nhsuk-error-(?:message|summary)"[^>]*>(.*?)</(?:span|ul)>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in found]


@pytest.mark.django_db
def test_what_is_refused_is_not_recorded(cast: Cast) -> None:
    cast.sign_in("member", "lay_member")
    before = Event.objects.count()
    annex = path_of("annex@subject", cast, "lay_member")
    assert cast.clients["lay_member"].post(annex, {"because": "To see"}).status_code == 404
    assert cast.clients["lay_member"].post(reverse("annex", args=[uuid4()]), {"because": "To see"}).status_code == 404
    path = path_of("item_review@plain", cast, "member")
    assert cast.clients["member"].post(path, {"outcome": "set_aside", "because": "No"}).status_code == 403
    assert Event.objects.count() == before

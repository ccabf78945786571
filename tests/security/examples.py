"""What stands in each address: one line for every URL that takes arguments.

To add one: the URL's name, and a function from the cast and the persona who asks to the URL's arguments. A name may
be followed by ``@`` and a word where one URL answers differently for different records; the access table then has a
row for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from sightline.core.access import Handling
from sightline.directory.models import Organisation, Subject
from sightline.indicators.models import ChartChoice, Delivery, Publication, Rebase
from sightline.intelligence.models import Attachment, Passage
from sightline.publication.links import For, link_of
from tests.security.personas import HOME, OTHER, REGION, SUBJECT, Cast
from tests.security.world import indicator_id
from tests.security.world.profiled import domain

Arguments = Mapping[str, Any]


def _own_key(cast: Cast, who: str) -> Arguments:
    keys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return {"pk": keys.filter(user=cast.people.get(who, cast.people["member"])).get().pk}


def _anothers_key(cast: Cast, who: str) -> Arguments:
    return _own_key(cast, "deputy" if who != "deputy" else "member")


def _member(cast: Cast, who: str) -> Arguments:
    return {"person_id": cast.people["member"].pk}


def _subject(cast: Cast, who: str) -> Arguments:
    return {"subject": Subject.objects.get(key=SUBJECT).pk}


def _series(cast: Cast, who: str) -> Arguments:
    return {"indicator": indicator_id(), **_subject(cast, who)}


def _delivery(state: str) -> Callable[[Cast, str], Arguments]:
    return lambda cast, who: {"delivery": Delivery.objects.get(state=state).pk}


Example = Callable[[Cast, str], Arguments]


def _of(name: str, record: str) -> Example:
    """An address that takes the key of one record of the world."""
    return lambda cast, who: {name: cast.records[record].pk}


def _link(record: str, purpose: For) -> Example:
    """What stands in a letter to somebody who follows a group."""
    return lambda cast, who: {"link": link_of(cast.records[record].pk, purpose)}


def _item(record: str) -> Example:
    return _of("item", record)


def _file(record: str, handling: Handling) -> Example:
    return lambda cast, who: {
        "attachment": Attachment.objects.get(item=cast.records[record], handling=handling.value).pk
    }


def _passage(record: str) -> Example:
    return lambda cast, who: {"passage": Passage.objects.filter(item=cast.records[record]).earliest("place").pk}


def _domain(cast: Cast, who: str) -> Arguments:
    return {"profile": cast.records["profile"].pk, "domain": domain()}


def _tags(record: str) -> Example:
    return lambda cast, who: {"item": cast.records[record].pk, "kind": "dimension"}


def _refer(record: str) -> Example:
    return lambda cast, who: {"item": cast.records[record].pk, "kind": "safeguarding"}


# Items of the world by the word that follows the name of a page about one: those of which it is asked.
_SEEN = {
    "plain": "plain", "subject": "open", "restricted": "restricted", "restricted_subject": "restricted_subject",
    "of_itself": "of_itself", "by_conflicted": "by_conflicted", "unnamed": "unnamed", "elsewhere": "elsewhere",
    "waiting": "waiting", "waiting_subject": "waiting_subject", "aside": "aside", "nowhere": "nowhere",
    "report": "report",
}  # fmt: skip
_HANDLED = (
    "item_handling", "item_review", "item_feedback", "item_shared_with", "item_investigation", "release_prepare",
    "annex_add", "item_holding", "item_holding_csv",
)  # fmt: skip
_COPIES = {
    "released": "released copy", "prepared": "prepared copy", "refused": "refused copy", "withdrawn": "withdrawn copy",
    "other": "copy of other",
}  # fmt: skip


def _register(tier: str, body: str) -> Example:
    return lambda cast, who: {"tier": tier, "organisation": Organisation.objects.get(code=body).pk}


def _measure(cast: Cast, who: str) -> Arguments:
    return {"risk": cast.records["risk"].pk, "measure": cast.records["measure"].pk}


def _place(cast: Cast, who: str) -> Arguments:
    return {"risk": cast.records["risk"].pk, "place": cast.records["place"].pk}


def _of_council(**more: str) -> Example:
    return lambda cast, who: {"group": cast.records["group"].pk, "organisation": cast.records["council"].pk, **more}


def _here(cast: Cast, who: str) -> Arguments:
    return {"meeting": cast.records["meeting"].pk, "presence": cast.records["presence"].pk}


def _item_of(record: str, **people: str) -> Example:
    return lambda cast, who: {
        "meeting": cast.records[record].meeting_id,
        "item": cast.records[record].pk,
        **{name: cast.people[one].pk for name, one in people.items()},
    }


def _suspicion(cast: Cast, who: str) -> Arguments:
    return {**_item_of("item of meeting")(cast, who), "suspicion": cast.records["suspicion"].pk}


def _milestone(cast: Cast, who: str) -> Arguments:
    return {"plan": cast.records["plan"].pk, "number": 1}


def _evidence(cast: Cast, who: str) -> Arguments:
    return {"concern": cast.records["concern"].pk, "evidence": cast.records["evidence"].pk}


# Addresses of levels, duties, exchanges and risks, by the record of which they are asked.
_BY_RECORD: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("group", "group"): (
        "group", "group_end", "group_guidance", "seat_new", "safeguarding", "safeguarding_lead", "safeguarding_period",
        "terms", "terms_approve", "code", "code_accept", "group_members", "group_members_csv", "group_seat",
        "councils",
        "effectiveness", "effectiveness_csv", "effectiveness_open", "effectiveness_reflect", "chairing_review",
    ),
    ("review", "review of work"): ("effectiveness_answer",),
    ("own", "chairing"): ("chairing_review_share",),
    ("seat", "seat"): ("seat_fill", "seat_end"),
    ("group", "group without terms"): ("terms_begin",),
    ("group", "review"): ("group_providers",),
    ("seat", "empty seat"): ("seat_ask",),
    ("seating", "seating"): ("seating_end",),
    ("seating", "sitting"): ("seating_authority",),
    ("group", "sub-group"): ("sub_group", "sub_group_ask", "sub_group_report"),
    ("action", "action"): (
        "action", "action_report", "action_restate", "action_owner", "action_due", "action_review", "action_close",
    ),
    ("action", "closed action"): ("action_reopen",),
    ("meeting", "meeting"): (
        "meeting", "meeting_calendar", "meeting_live", "meeting_open", "meeting_close", "meeting_arrive", "pack",
        "meeting_nothing", "pack_pdf", "pack_zip",
    ),
    ("meeting", "planned meeting"): (
        "meeting_move", "meeting_cancel", "agenda_draft", "agenda_order", "item_add", "meeting_open@planned",
    ),
    ("meeting", "held meeting"): (
        "note", "note_write", "note_comment", "note_agree", "note_annex", "note_readers", "note_fed_back",
        "note_told", "note_tell",
    ),
    ("meeting", "drafted meeting"): ("note_draft", "note_share"),
    ("item", "item to come"): ("item_reword", "item_withdraw", "item_invite", "paper_add"),
    ("item", "item of meeting"): ("written_put",),
    ("group", "group that meets"): (
        "cycle", "cycle_coverage", "cycle_coverage_csv", "cycle_agree", "cycle_draft", "cycle_add", "cycle_theme",
    ),
    ("entry", "entry"): ("cycle_move", "cycle_drop"),
    ("entry", "tied entry"): ("cycle_move@tied",),
    ("theme", "theme"): ("cycle_theme_answer",),
    ("question", "question to be sent"): ("written_urgent",),
    ("question", "question"): (
        "written", "written_answer", "written_heard", "written_conclude", "written_withdraw",
    ),
    ("question", "tied question"): ("written@tied", "written_answer@tied"),
    ("item", "item about other"): ("paper_record", "paper_data_pack"),
    ("paper", "paper"): ("paper", "paper_revise", "paper_withdraw"),
    ("paper", "tied paper"): ("paper@tied",),
    ("meeting", "worded meeting"): ("key_points", "key_points_write", "key_points_clear"),
    ("meeting", "cleared meeting"): ("key_points_release",),
    ("meeting", "public meeting"): ("key_points_withdraw",),
    ("group", "listed group"): ("group_listing", "group_list", "group_unlist"),
    ("group", "public group"): ("public_group", "public_group_feed", "public_follow"),
    ("page", "public page"): ("public_page",),
    ("page", "withdrawn page"): ("public_page@withdrawn",),
    ("office", "office"): ("office_end",),
    ("report", "report of the group"): ("report", "report_gather", "report_freeze", "report_send"),
    ("sending", "sending x"): ("report_acknowledge",),
    ("template", "word template"): ("report_template_file", "report_template_end"),
    ("hold", "hold"): ("hold_lift",),
    ("disposal", "proposed disposal"): ("disposal", "disposal_answer"),
    ("information", "information request"): (
        "information_request", "information_find", "information_consult", "information_clear", "information_close",
    ),
    ("concern", "concern"): ("concern", "concern_restate", "concern_evidence", "concern_referral", "concern_close"),
    ("proposal", "level proposal"): (
        "level_proposal", "level_region_answer", "level_dissent", "level_withdraw", "level_decline", "level_decide",
    ),
    ("dissent", "dissent"): ("level_dissent_withdraw",),
    ("decision", "level decision"): ("level_decision", "level_review", "level_regulation"),
    ("telling", "telling"): ("told_one",),
    ("exchange", "exchange"): ("exchange", "exchange_text"),
    ("rapid", "rapid review"): ("rapid", "rapid_findings", "rapid_close"),
    ("improving", "improvement group"): ("improving", "improving_watch", "improving_end"),
    ("plan", "plan"): ("plan", "plan_restate", "plan_approve", "plan_end", "own_plan", "own_concern"),
    ("record", "look-back"): ("look_back_record", "look_back_finding", "look_back_finish"),
    ("risk", "own risk"): ("risk@closed",),
    ("risk", "risk"): (
        "risk", "risk_print", "risk_restate", "risk_score", "risk_measure", "risk_place", "risk_accept", "risk_review",
        "risk_close", "risk_link",
    ),
}  # fmt: skip
_REGISTERS = (
    "register", "register_csv", "register_xlsx", "register_checks", "register_checks_csv", "register_movement",
)  # fmt: skip
_LEVELLED: Mapping[str, Example] = {
    **{name: _of(word, record) for (word, record), names in _BY_RECORD.items() for name in names},
    **dict.fromkeys(
        ("process_lead", "levels_of_subject", "level_propose", "look_back", "look_back_open", "plan_begin"), _subject
    ),
    **dict.fromkeys(("milestone", "milestone_note", "own_milestone"), _milestone),
    "concern_evidence_remove": _evidence,
    "memorandum_terms": lambda cast, who: {"organisation": Organisation.objects.get(code=HOME).pk},
    "safeguarding_confirm": _of_council(),
    "group_engagement": _of_council(),
    "council_arrange": _of_council(),
    **dict.fromkeys(("meeting_leave", "meeting_strike"), _here),
    **dict.fromkeys(
        (
            "meeting_live_item",
            "item_begin",
            "item_interest",
            "item_note",
            "item_outcome",
            "item_carry",
            "item_lived",
            "item_board",
            "item_suspicion",
            "item_action",
        ),
        _item_of("item of meeting"),
    ),
    "meeting_live_item@tied": _item_of("tied item"),
    "calendar_feed": lambda cast, who: {"secret": f"secret of {who}"},
    **dict.fromkeys(("note_item", "note_comment_item"), _item_of("item of held meeting")),
    "note_answer": lambda cast, who: {
        "meeting": cast.records["held meeting"].pk,
        "comment": cast.records["comment"].pk,
    },
    **dict.fromkeys(
        ("conversations", "conversation_add"),
        lambda cast, who: {"subject": Subject.objects.get(key=OTHER).pk},
    ),
    **dict.fromkeys(("conversations@tied", "conversation_add@tied"), _subject),
    "improving_convene": lambda cast, who: {"subject": Subject.objects.get(key=OTHER).pk},
    "improving_told": lambda cast, who: {"improving": cast.records["improvement group"].pk, "told": "trainees"},
    "improving_stakeholder": lambda cast, who: {"improving": cast.records["improvement group"].pk, "number": 1},
    "improving_agree": lambda cast, who: {"improving": cast.records["improvement group"].pk, "party": "icb"},
    "plan_concern": lambda cast, who: {
        "plan": cast.records["plan"].pk,
        "concern": cast.records["plan"].concerns.get(answer=None).pk,
    },
    "rapid_call": lambda cast, who: {"subject": Subject.objects.get(key=OTHER).pk},
    "rapid_report": lambda cast, who: {"rapid": cast.records["rapid review"].pk, "route": "region"},
    "report_section": lambda cast, who: {"report": cast.records["report of the group"].pk, "section": "key-points"},
    "information_passage": lambda cast, who: {
        "information": cast.records["information request"].pk,
        "passage": cast.records["passage of information request"].pk,
    },
    **dict.fromkeys(
        ("information_pack", "information_pack_pdf", "information_pack_withdraw"),
        lambda cast, who: {"information": cast.records["information request"].pk, "number": 1},
    ),
    "disposal_propose@request": lambda cast, who: {
        "kind": "request",
        "record": cast.records["closed information request"].pk,
        "number": 0,
    },
    "disposal_propose@report": lambda cast, who: {
        "kind": "report",
        "record": cast.records["report of the group"].pk,
        "number": 1,
    },
    **dict.fromkeys(
        ("report_version", "report_pdf", "report_word", "report_csv", "report_xlsx"),
        lambda cast, who: {"report": cast.records["report of the group"].pk, "number": 1},
    ),
    "cycle_review": lambda cast, who: {"group": cast.records["group that meets"].pk, "of": "cycle"},
    "item_referral": _suspicion,
    "public_year": lambda cast, who: {
        "group": cast.records["public group"].pk,
        "year": timezone.localdate().year,
    },
    "public_year@empty": lambda cast, who: {"group": cast.records["public group"].pk, "year": 1999},
    "public_follow_confirm": _link("asked", For.CONFIRM),
    "public_follow_confirm@used": _link("follower", For.CONFIRM),
    "public_follow_stop": _link("follower", For.STOP),
    "public_follow_stop@no_link": lambda cast, who: {"link": "made-up"},
    "paper_file": lambda cast, who: {"paper": cast.records["paper"].pk, "number": 1},
    "paper_file@tied": lambda cast, who: {"paper": cast.records["tied paper"].pk, "number": 1},
    "item_rule": _item_of("tied item", person="conflicted_member"),
    "item_tell": _item_of("item about other"),
    "terms_section": lambda cast, who: {"group": cast.records["group"].pk, "section": "aims"},
    "safeguarding_body": _of_council(kind="wellbeing-board"),
    "duty": _of("duty", "duty"),
    "duty_tell": _of("duty", "duty to tell"),
    **{
        f"exchange_step@{step}": lambda cast, who, step=step: {"exchange": cast.records["exchange"].pk, "step": step}
        for step in ("answer", "close")
    },
    "risk_step": _measure,
    "risk_remove": _place,
    **{f"{name}@system": _register("system", HOME) for name in _REGISTERS},
    **{f"{name}@region": _register("region", REGION) for name in _REGISTERS},
}

EXAMPLES: Mapping[str, Example] = {
    "mfa_remove_webauthn@own": _own_key,
    "mfa_remove_webauthn@anothers": _anothers_key,
    "mfa_edit_webauthn@own": _own_key,
    "mfa_edit_webauthn@anothers": _anothers_key,
    "person": _member,
    "person_grant": _member,
    "person_deactivate": _member,
    "person_reactivate": _member,
    "person_password": _member,
    "person_second_factor": _member,
    "subject": _subject,
    "indicator": lambda cast, who: {"indicator": indicator_id()},
    "funnel_csv": lambda cast, who: {"indicator": indicator_id()},
    "series": _series,
    "paper_chart": _series,
    "series_csv": _series,
    "body": _subject,
    "record_fact": lambda cast, who: {**_subject(cast, who), "kind": "oversight_segment"},
    "record_commissioning": _subject,
    "record_relation": _subject,
    "record_identifier": _subject,
    "method": lambda cast, who: {"indicator": indicator_id()},
    "rebase": _series,
    "withdraw_rebase": lambda cast, who: {**_series(cast, who), "rebase_id": Rebase.objects.get().pk},
    "chart": lambda cast, who: {"indicator": indicator_id()},
    "withdraw_chart": lambda cast, who: {"indicator": indicator_id(), "choice_id": ChartChoice.objects.get().pk},
    "publication": lambda cast, who: {"publication": Publication.objects.get().pk},
    "import_drop": lambda cast, who: {"batch": Delivery.objects.all()[0].batch},
    "import_mapping": _delivery("mapping"),
    "import_faults": _delivery("refused"),
    "role_end": lambda cast, who: {"grant_id": cast.grant_of("member").pk},
    "interest_end": _of("interest", "interest of conflicted_member"),
    "agreement_record": _of("organisation", "body of subject"),
    "metric_set": lambda cast, who: {"metric_set": cast.records["metric set"]},
    "metric_set_change": lambda cast, who: {"metric_set": cast.records["metric set"]},
    "rule_part": lambda cast, who: {"part": "freshness"},
    "rule_change": lambda cast, who: {"part": "freshness"},
    "rule_withdraw@changed": lambda cast, who: {"part": "freshness"},
    "rule_withdraw@published": lambda cast, who: {"part": "themes"},
    "source_retire": lambda cast, who: {"source": "workforce"},
    "share_check": lambda cast, who: {"key": cast.records["draft"]},
    **{f"item@{word}": _item(record) for word, record in _SEEN.items()},
    "sent@subject": _item("open"),
    "sent@of_itself": _item("of_itself"),
    **{f"item_add_words@{word}": _item(word) for word in ("plain", "of_itself", "restricted")},
    "attachment@subject": _file("open", Handling.MEMBERS),
    "attachment@restricted": _file("restricted", Handling.RESTRICTED),
    "attachment@mixed_members": _file("mixed", Handling.MEMBERS),
    "attachment@mixed_restricted": _file("mixed", Handling.RESTRICTED),
    **{f"{name}@{word}": _item(word) for name in _HANDLED for word in ("plain", "restricted")},
    "item_tags@plain": _tags("plain"),
    "item_tags@restricted": _tags("restricted"),
    "passage_replace@plain": _passage("plain"),
    "passage_replace@restricted": _passage("restricted"),
    "item_same_story@subject": _item("open"),
    "item_same_story@restricted": _item("restricted"),
    "item_undo_join@subject": _item("open"),
    "item_undo_join@restricted": _item("restricted"),
    "review_file": _of("delivery", "file of comments"),
    "item_mark@plain": _item("plain"),
    "item_mark@mixed": _item("mixed"),
    "item_panel@protocol": _item("protocol"),
    "item_panel@elsewhere": _item("elsewhere"),
    "item_refer@plain": _refer("plain"),
    "item_refer@subject": _refer("open"),
    "item_refer@restricted": _refer("restricted"),
    "name_to_place@waiting": _of("unplaced", "unplaced of enforcement"),
    "name_to_place@settled": _of("unplaced", "unplaced of death_report"),
    "intelligence_import_result": _of("delivery", "text delivery settled"),
    "intelligence_import_faults": _of("delivery", "text delivery refused"),
    "referral_receipt": _of("referral", "referral"),
    "release@prepared": _of("release", "prepared copy"),
    "release@other": _of("release", "copy of other"),
    **{f"released_one@{word}": _of("release", record) for word, record in _COPIES.items()},
    "annex@subject": _of("annex", "annex of annexed"),
    "annex@other": _of("annex", "annex of annexed_other"),
    "annex_opened@subject": _of("annex", "annex of annexed"),
    "annex_opened@other": _of("annex", "annex of annexed_other"),
    "annex_readers": _of("annex", "annex of annexed_other"),
    "picture": _subject,
    "proposal_answer": _subject,
    "ask": _subject,
    "request_end@subject": _of("asked", "request free"),
    "request_end@narrow": _of("asked", "request narrow"),
    **dict.fromkeys(
        (
            "profiles",
            "heat_map",
            "trigger_tool",
            "heat_map_new",
            "trigger_tool_new",
            "profile_start",
            "profile_other_process",
        ),
        _subject,
    ),
    **dict.fromkeys(
        ("profile", "profile_print", "profile_csv", "profile_share", "profile_sign", "profile_review"),
        _of("profile", "profile"),
    ),
    **_LEVELLED,
    "profile_domain": _domain,
    "profile_domain_history": _domain,
}

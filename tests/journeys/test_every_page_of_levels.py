"""Every page of levels, what follows from them, groups, actions and registers: each found by links, and looked at."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from sightline.demonstration import Part
from tests.journeys.house import LEAD, PROVIDER, SECRETARY, House
from tests.journeys.looking import Looker
from tests.journeys.test_every_page_of_telling import Walk
from tests.journeys.test_telling import PHONE
from tests.journeys.walking import found_from

CHAIR = Part.CHAIR
LEVELS = {
    "levels": Walk(
        LEAD,
        ("/levels/", "/levels/waiting/"),
        (
            *("levels", "levels_waiting", "levels_of_subject", "level_propose", "level_proposal", "level_withdraw"),
            *("level_dissent", "level_region_answer", "level_decision", "level_review"),
        ),
    ),
    "deciding": Walk(CHAIR, ("/levels/waiting/", "/levels/"), ("level_decide", "level_decline")),
    "rapid reviews": Walk(
        LEAD,
        ("/rapid-reviews/", "/levels/"),
        ("rapid_list", "rapid", "rapid_findings", "rapid_report", "rapid_close", "rapid_call"),
    ),
    "improvement groups": Walk(
        LEAD,
        ("/improvement-groups/", "/levels/"),
        (
            *("improving_list", "improving", "improving_watch", "improving_told", "improving_stakeholder"),
            *("improving_agree", "improving_end", "improving_convene"),
        ),
    ),
    "what providers doubt": Walk(LEAD, ("/plans/doubted/",), ("plans_doubted", "plan_concern")),
    "plans": Walk(
        LEAD,
        ("/plans/", "/levels/"),
        ("plans", "plan", "plan_begin", "plan_restate", "milestone", "milestone_note", "plans_learning"),
    ),
    "milestones of a provider": Walk(
        PROVIDER, ("/", "/plans/own/"), ("own_plans", "own_plan", "own_milestone", "own_concern")
    ),
    "approving": Walk(CHAIR, ("/plans/",), ("plan_approve", "plan_end")),
    "concerns": Walk(
        LEAD,
        ("/concerns/", "/concerns/raise/"),
        (
            *("concerns", "concern_raise", "concern", "concern_restate", "concern_evidence", "concern_referral"),
            *("concern_evidence_remove", "concern_close", "process_lead"),
        ),
    ),
    "duties and exchanges": Walk(
        CHAIR,
        ("/duties/?show=untold", "/duties/", "/exchanges/"),
        (
            *("duties", "duty", "duty_tell", "exchanges", "exchange", "exchange_send", "exchange_receive"),
            *("exchange_update", "exchange_step", "exchanges_across", "level_regulation", "memorandum_terms"),
        ),
    ),
    "what a provider was told": Walk(PROVIDER, ("/", "/told/"), ("told", "told_one")),
    "groups and messages": Walk(
        LEAD,
        ("/groups/", "/offices/", "/messages/"),
        (
            *("groups", "group", "group_new", "group_end", "group_guidance", "seat_new", "seat_fill", "seating_end"),
            *(
                "group_providers",
                "seat_end",
                "safeguarding",
                "safeguarding_lead",
                "safeguarding_period",
                "safeguarding_confirm",
            ),
            "safeguarding_body",
            *("offices", "office_give", "office_end", "messages", "messages_when"),
        ),
    ),
    "members": Walk(
        LEAD,
        ("/groups/",),
        (
            *("group_members", "group_seat", "group_engagement", "seat_ask", "seating_authority", "access_needs"),
            *("terms", "terms_section", "code"),
            *("councils", "council_arrange"),
        ),
    ),
    "sub-groups": Walk(LEAD, ("/sub-groups/",), ("sub_groups", "sub_group", "sub_group_ask", "sub_group_report")),
    "approving terms": Walk(CHAIR, ("/groups/",), ("terms_approve",)),
    "how a group works": Walk(
        CHAIR,
        ("/groups/", "/questionnaires/"),
        (
            *("questionnaires", "effectiveness", "effectiveness_answer", "effectiveness_open", "effectiveness_reflect"),
            "chairing_review",
        ),
    ),
    "actions": Walk(
        SECRETARY,
        ("/actions/", "/actions/?state=closed", "/actions/changed/"),
        (
            *("actions", "actions_changed", "action_new", "action", "action_report", "action_restate", "action_owner"),
            *("action_due", "action_review", "action_close", "action_reopen"),
        ),
    ),
    "the provider’s own actions": Walk(PROVIDER, ("/actions/?mine=yes",), ("actions", "action", "action_report")),
    "registers": Walk(
        LEAD,
        ("/registers/", "/risks/open/"),
        (
            *("registers", "register", "register_checks", "register_movement", "risk", "risk_new", "risk_print"),
            *("risk_restate", "risk_score", "risk_measure", "risk_step", "risk_place", "risk_remove", "risk_accept"),
            *("risk_review", "risk_close", "risk_link"),
        ),
    ),
    "looking back": Walk(
        LEAD,
        ("/look-back/", "/levels/"),
        (
            *("look_backs", "look_back", "look_back_open", "look_back_record", "look_back_finding"),
            "look_back_finish",
        ),
    ),
}


@pytest.mark.parametrize("walk", LEVELS.values(), ids=LEVELS)
def test_given_a_reader_when_they_follow_the_links_of_levels_then_they_find_every_page_and_can_use_it(
    house: House, looker: Looker, walk: Walk
) -> None:
    page = house.visit(walk.who)
    found = found_from(page, walk.starts, walk.pages)
    assert set(found) == set(walk.pages)
    for name, address in found.items():
        page.goto(address)
        looker.look(page, name)


def test_given_a_phone_when_the_action_log_is_read_then_each_action_is_a_card_and_nothing_scrolls_sideways(
    house: House,
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/actions/?state=all")
    row, log = page.get_by_role("row").nth(1), page.get_by_role("region", name="Action log")
    expect(row).to_have_css("display", "table-row")
    page.set_viewport_size(PHONE)
    expect(row).to_have_css("display", "block")
    expect(row.get_by_role("rowheader")).to_have_count(1)  # it is a table still to whoever hears it
    assert log.evaluate("log => log.scrollWidth <= log.clientWidth")
    page.emulate_media(media="print")
    expect(row).to_have_css("display", "table-row")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert all(one.mediabox.width > one.mediabox.height for one in sheets)  # across, so that no column is cut off
    assert "Comments" in sheets[0].extract_text()

"""Every page and its states, as each kind of reader meets them: for everybody, without errors, from this host alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, expect

from sightline.demonstration import Part
from tests.journeys.house import ADMINISTRATOR, LEAD, PROVIDER, House, heading
from tests.journeys.looking import Looker
from tests.journeys.test_every_page_of_key_points import PUBLISHED
from tests.journeys.test_every_page_of_levels import LEVELS
from tests.journeys.test_every_page_of_meetings import AT_THE_MEETING, BETWEEN, CHARTED, CYCLED, NOTED, PLANNED
from tests.journeys.test_every_page_of_telling import WALKS

NOBODY_KNOWN = "00000000-0000-4000-8000-000000000000"
FIRST_SUBJECT = ".s-subject__name a"
FIRST_SERIES = ".s-multiple__title a"
FIRST_ROW = "main tbody th a"
A_PROVIDER = "/subjects/?name=ZA1&area="
HELD = "main a[href^='/directory/']"  # what the directory holds about a subject
SEND = "main form[method=post] button[type=submit]"


@dataclass(frozen=True)
class Stop:
    """One page in one state: its name, who goes there, where they begin, and what they then press."""

    name: str
    who: Part | None
    start: str
    presses: tuple[str, ...] = ()
    status: int = 200

    @property
    def label(self) -> str:
        """What the test is called."""
        return f"{self.who.value if self.who else 'anonymous'}-{self.name}"


STOPS = (
    # Anybody
    Stop("account_login", None, "/sign-in/"),
    Stop("account_login@empty", None, "/sign-in/", (SEND + " >> nth=0",)),
    Stop("account_inactive", None, "/sign-in/deactivated/"),
    Stop("about", None, "/about/"),
    Stop("accessibility", None, "/accessibility/"),
    Stop("glossary", None, "/glossary/"),
    Stop("@not_found", None, "/nothing-is-here/", status=404),
    # A quality lead: the picture
    Stop("home@worried", LEAD, "/"),
    Stop("home@new", LEAD, "/?show=new&since=2020-01-01"),
    Stop("home@nothing_new", LEAD, "/?show=new&since=2099-01-01"),
    Stop("home@improving", LEAD, "/?show=improving"),
    Stop("home@missing", LEAD, "/?show=missing"),
    Stop("home@empty", LEAD, "/?area=none-such"),
    Stop("subjects", LEAD, "/subjects/?area="),
    Stop("subjects@empty", LEAD, "/subjects/?name=none-such"),
    Stop("subject", LEAD, "/", (FIRST_SUBJECT,)),
    Stop("subject@place", LEAD, "/subjects/?kind=place", (FIRST_ROW,)),
    Stop("subject@absent", LEAD, f"/subjects/{NOBODY_KNOWN}/", status=404),
    Stop("systems", LEAD, "/systems/"),
    Stop("search@nothing_asked", LEAD, "/search/"),
    Stop("search@found", LEAD, "/search/?q=a"),
    Stop("search@nothing_found", LEAD, "/search/?q=none-such"),
    Stop("indicators", LEAD, "/indicators/"),
    Stop("worth_a_look", LEAD, "/indicators/", ("text=Worth a look",)),
    Stop("worth_a_look@none", LEAD, "/indicators/worth-a-look/?area=NOWHERE"),
    Stop("indicator", LEAD, "/indicators/", ("tr:has(td.s-number) th a",)),
    Stop("series", LEAD, "/", (FIRST_SUBJECT, FIRST_SERIES)),
    Stop("rebase", LEAD, "/", (FIRST_SUBJECT, FIRST_SERIES, "text=Start new limits from a date")),
    Stop("rebase@refused", LEAD, "/", (FIRST_SUBJECT, FIRST_SERIES, "text=Start new limits", SEND), 400),
    Stop("method", LEAD, "/indicators/", ("tr:has(td.s-number) th a", "text=Choose the rules")),
    Stop("method@refused", LEAD, "/indicators/", ("tr:has(td.s-number) th a", "text=Choose the rules", SEND), 400),
    Stop("chart", LEAD, "/indicators/", ("tr:has(td.s-number) th a", "text=Choose the rules", "text=Choose the chart")),
    Stop(
        "chart@refused",
        LEAD,
        "/indicators/",
        ("tr:has(td.s-number) th a", "text=Choose the rules", "text=Choose the chart", SEND),
        400,
    ),
    Stop("publications", LEAD, "/publications/"),
    Stop("publications@second", LEAD, "/publications/?page=2"),
    Stop("publication", LEAD, "/publications/", ("main ul li a",)),
    # A quality lead: the directory
    Stop("body", LEAD, A_PROVIDER, (FIRST_ROW, HELD)),
    Stop("record_fact", LEAD, A_PROVIDER, (FIRST_ROW, HELD, "main tbody td a")),
    Stop("record_fact@refused", LEAD, A_PROVIDER, (FIRST_ROW, HELD, "main tbody td a", SEND), 400),
    Stop("record_commissioning", LEAD, A_PROVIDER, (FIRST_ROW, HELD, "text=Record who commissions")),
    Stop("record_relation", LEAD, A_PROVIDER, (FIRST_ROW, HELD, "text=Record how it stands")),
    Stop("record_relation@refused", LEAD, A_PROVIDER, (FIRST_ROW, HELD, "text=Record how it stands", SEND), 400),
    Stop("record_identifier", LEAD, A_PROVIDER, (FIRST_ROW, HELD, "text=Record another code")),
    Stop("unsettled", LEAD, "/directory/unsettled/"),
    Stop("add_provider", LEAD, "/directory/providers/add/"),
    Stop("add_subject", LEAD, "/directory/subjects/add/"),
    Stop("add_subject@refused", LEAD, "/directory/subjects/add/", (SEND,), 400),
    # A quality lead: files, their own account, and doors that are shut
    Stop("import", LEAD, "/import/"),
    Stop("import@refused", LEAD, "/import/", (SEND,), 400),
    Stop("account_home", LEAD, "/account/"),
    Stop("account_logout", LEAD, "/sign-out/"),
    Stop("account_change_password", LEAD, "/account/password/"),
    Stop("account_change_password@refused", LEAD, "/account/password/", (SEND,)),
    Stop("account_reauthenticate", LEAD, "/account/2fa/password/"),
    Stop("mfa_index", LEAD, "/account/2fa/"),
    Stop("mfa_list_webauthn@none", LEAD, "/account/2fa/keys/"),
    Stop("people@refused", LEAD, "/people/", status=403),
    # An administrator
    Stop("people", ADMINISTRATOR, "/people/"),
    Stop("person_invite", ADMINISTRATOR, "/people/invite/"),
    Stop("person_invite@refused", ADMINISTRATOR, "/people/invite/", (SEND,)),
    Stop("person", ADMINISTRATOR, "/people/", ("text=Jasper Millrace",)),
    Stop("role_end", ADMINISTRATOR, "/people/", ("text=Winifred Sallowfield", "main table a")),
    Stop("role_end@refused", ADMINISTRATOR, "/people/", ("text=Winifred Sallowfield", "main table a", SEND)),
    Stop("person_password", ADMINISTRATOR, "/people/", ("text=Winifred Sallowfield", "text=Give a new first")),
    Stop("person_second_factor", ADMINISTRATOR, "/people/", ("text=Winifred Sallowfield", "text=Remove the second")),
    Stop("person_deactivate", ADMINISTRATOR, "/people/", ("text=Winifred Sallowfield", "text=Deactivate")),
    Stop("home@refused", ADMINISTRATOR, "/", status=403),
    # The chief nurse of a provider
    Stop("home", PROVIDER, "/"),
    Stop("subjects", PROVIDER, "/subjects/"),
    Stop("subject", PROVIDER, "/subjects/", (FIRST_ROW,)),
    Stop("series", PROVIDER, "/subjects/", (FIRST_ROW, FIRST_SERIES)),
    Stop("systems", PROVIDER, "/systems/"),
    Stop("indicators", PROVIDER, "/indicators/"),
    Stop("import@refused", PROVIDER, "/import/", status=403),
)

# Addresses at which nobody ever sees a page, and what is there instead.
NO_PAGE = {
    "meeting_calendar": "a file",
    "calendar_feed": "a file, read by calendars",
    "calendar_end": "sends a form",
    "series_csv": "a file",
    "worth_a_look_csv": "a file",
    "funnel_csv": "a file",
    "import_faults": "a file",
    "interests_csv": "a file",
    "items_csv": "a file, sent for a form",
    "attachment": "a file",
    "sources_csv": "a file",
    "requests_csv": "a file",
    "blind_spots_csv": "a file",
    "profile_csv": "a file",
    "item_holding_csv": "a file",
    "intelligence_import_template": "a file",
    "intelligence_import_faults": "a file",
    "concerns_csv": "a file, sent for a form",
    "paper_file": "a file, sent for a form",
    "pack_pdf": "a file, sent for a form",
    "pack_zip": "a file, sent for a form",
    "levels_csv": "a file",
    "levels_xlsx": "a file",
    "level_dissent_withdraw": "takes a form and sends on",
    "duties_csv": "a file",
    "exchanges_csv": "a file",
    "exchange_text": "a file",
    "group_members_csv": "a file",
    "note_draft": "takes a form and sends on",
    "note_share": "takes a form and sends on",
    "terms_begin": "takes a form and sends on",
    "code_accept": "takes a form and sends on",
    "effectiveness_csv": "a file",
    "chairing_review_share": "takes a form and sends on",
    "actions_csv": "a file",
    "actions_xlsx": "a file",
    "public_feed": "a feed",
    "public_group_feed": "a feed",
    "cycle_draft": "takes a form and sends on",
    "cycle_coverage_csv": "a file",
    "agenda_draft": "takes a form and sends on",
    "agenda_order": "takes a form and sends on",
    "messages_seen": "takes a form and sends on",
    "register_csv": "a file",
    "report_gather": "takes a form and sends on",
    "report_pdf": "a file, sent for a form",
    "report_word": "a file, sent for a form",
    "report_csv": "a file, sent for a form",
    "report_xlsx": "a file, sent for a form",
    "report_template_start": "a file",
    "report_template_file": "a file",
    "information_pack_pdf": "a file",
    "register_xlsx": "a file",
    "register_checks_csv": "a file",
    "share_draft": "answers the browser's script",
    "proposal_answer": "takes a form and sends on",
    "mfa_download_recovery_codes": "a file",
    "withdraw_chart": "takes a form and sends on",
    "mfa_login_webauthn": "answers the browser's script",
}

# Pages that need a record which no link of the demonstration leads to; their forms are tested without a browser.
NOT_WALKED_TO: tuple[str, ...] = ("public_follow_stop",)


def go(page: Page, stop: Stop) -> int:
    """This function will go to a page and give the status with which it was answered."""
    answer = page.goto(stop.start)
    for press in stop.presses:
        with page.expect_navigation() as going:
            page.locator(press).first.click()
        answer = going.value
    assert answer is not None
    return answer.status


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.label)
def test_given_any_reader_when_a_page_is_opened_then_everybody_can_use_it(
    house: House, looker: Looker, stop: Stop
) -> None:
    page = house.visit(stop.who)
    assert go(page, stop) == stop.status
    looker.look(page, stop.name)


def test_given_an_indicator_when_no_subject_fits_the_filter_then_the_page_says_so(house: House, looker: Looker) -> None:
    page = house.visit(LEAD)
    go(page, Stop("indicator", LEAD, "/indicators/", ("tr:has(td.s-number) th a",)))
    page.get_by_label("Name or code").fill("none-such")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("No subject with figures fits.")).to_be_visible()
    looker.look(page, "indicator@empty")


def test_given_a_role_without_its_organisation_when_it_is_granted_then_the_page_says_what_is_missing(
    house: House, looker: Looker
) -> None:
    page = house.visit(ADMINISTRATOR)
    go(page, Stop("person", ADMINISTRATOR, "/people/", ("text=Winifred Sallowfield",)))
    page.get_by_label("Role", exact=True).select_option(label="Provider")
    page.get_by_role("button", name="Grant").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the code of the organisation")
    looker.look(page, "person_grant@refused")


def test_given_an_auditor_when_they_read_the_record_then_everybody_can_use_it(house: House, looker: Looker) -> None:
    page, _ = house.settle("Auditor")
    page.goto("/record/")
    looker.look(page, "event_log")


def test_given_a_form_that_was_open_too_long_when_it_is_sent_then_the_page_says_what_to_do(
    house: House, looker: Looker
) -> None:
    page = house.visit()
    page.goto("/sign-in/")
    page.context.clear_cookies()
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "The page was open too long")
    looker.look(page, "account_login@open_too_long")


def test_given_a_request_of_a_thousand_fields_when_it_is_sent_then_the_page_says_that_nothing_changed(
    house: House, looker: Looker
) -> None:
    page = house.visit()
    page.goto("/sign-in/")
    page.locator("main form").first.evaluate(
        "form => { for (let i = 0; i < 1001; i++) form.append(Object.assign(document.createElement('input'),"
        " {type: 'hidden', name: `field${i}`})) }"
    )
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "The request could not be read")
    looker.look(page, "account_login@unreadable")


def test_given_a_mistake_of_ours_when_a_page_fails_then_the_reader_is_told_in_words(
    house: House, looker: Looker
) -> None:
    page = house.visit()
    words = render_to_string("500.html")  # nothing in the house fails on purpose, so it is put in a page's place
    policy = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}  # as every answer carries it
    page.route("**/about/", lambda route: route.fulfill(content_type="text/html", body=words, headers=policy))
    page.goto("/about/")
    heading(page, "Something went wrong")
    looker.look(page, "about@failed")


def test_every_address_that_shows_a_page_is_looked_at() -> None:
    looked = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    walked = {name for walk in (*WALKS.values(), *LEVELS.values()) for name in walk.pages}
    walked |= {*PLANNED, *CHARTED, *AT_THE_MEETING, *NOTED, *BETWEEN, *CYCLED, *PUBLISHED}
    walked |= {"item_rule", "meeting_close", "note_agree", "note_tell", "cycle_theme"}
    seen = {stop.name for stop in STOPS} | walked | set(re.findall(r"\blook\(\w+, \"(\w+)", looked))
    assert set(_names()) - {name.partition("@")[0] for name in seen} == {*NO_PAGE, *NOT_WALKED_TO}


def _names() -> Iterator[str]:
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while waiting:
        found = waiting.pop()
        if isinstance(found, URLResolver):
            waiting += found.url_patterns
        else:
            yield found.name or str(found.pattern)

"""The story of a level, from a worry on the home page to Enhanced and back: each person in a browser of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from sightline.demonstration import Part
from sightline.demonstration.organisations import IMPROVED_TRUST, PROVIDERS
from tests.journeys import story_of_a_level as story
from tests.journeys.house import LEAD, House, heading
from tests.journeys.looking import Looker
from tests.journeys.story_of_a_level import go_on

# A trust that was at Enhanced before and is back at Routine, so that its log has a past; no other journey judges it.
TRUST = next(one.name for one in PROVIDERS if one.code == IMPROVED_TRUST)
TELL, SHARE = "Tell the provider of the level", "Share with NHS England’s region"
BEGINS = (
    *("Share with the System Quality Group", "Put on the registers of the system and of the ICB", SHARE),
    *("Share with the Regional Quality Group", "Consider national escalation", "Review the oversight segment"),
    *("Develop an action or improvement plan", TELL),
)
COMES_AGAIN = "Update the region on levels and actions"
TELL_THE_END = "Tell the provider that the level has ended"
ENDS = (TELL_THE_END, "Tell NHS England’s region that the level has ended")
EARLIER = ["Enhanced", "Enhanced", "Routine"]
FOUR_EYES = "Whoever proposes a move cannot be the only one to authorise it"
ANSWERED = "The second bay opened today, and the plan comes in four weeks."


@dataclass
class Tale:
    """Whom it is about, and the browsers of those who take part: they know of one another only what pages say."""

    subject: str
    lead: Page
    region: Page
    chair: Page
    nurse: Page


@pytest.fixture
def tale(house: House) -> Tale:
    """This function will let the quality lead find on the home page what worries, and the others sign in."""
    lead, *others = (house.visit(who) for who in (LEAD, Part.REGION, Part.CHAIR, Part.OTHER_PROVIDER))
    story.open_worry(lead, TRUST)
    return Tale(lead.url.rstrip("/").rpartition("/")[2], lead, *others)


@pytest.mark.requirement("LVL-05", "LVL-16", "PER-10", "PER-15", "PRV-03", "RPT-04", "SUR-05")
def test_given_a_worry_when_a_level_rises_and_falls_again_then_each_does_what_is_theirs_and_nothing_arises_twice(
    house: House, looker: Looker, tale: Tale
) -> None:
    expect(tale.lead.locator("main > p").nth(1)).to_contain_text("Routine since")
    before = story.duties_about(tale.lead, tale.subject)
    concern = a_concern_is_raised(tale)
    proposal = enhanced_is_proposed(tale)
    it_is_decided_by_another(tale)
    risen = before + Counter(BEGINS)
    assert story.duties_about(tale.lead, tale.subject) == risen
    for _ in range(2):
        story.run_clocks(house.shared / "data")
        assert story.duties_about(tale.lead, tale.subject) == risen + Counter([COMES_AGAIN])

    telling = the_provider_is_told(tale, concern, proposal)
    looker.look(tale.nurse, "told_one@answered")
    what_fell_to_them_is_done(tale, proposal, telling)
    assert story.in_the_log(tale.lead, TRUST) == (EARLIER, "Enhanced")

    the_chair_may_not_end_it_alone(tale)
    it_ends_when_two_agree(tale)
    fallen = risen + Counter([COMES_AGAIN, *ENDS])
    story.run_clocks(house.shared / "data")
    assert story.duties_about(tale.lead, tale.subject) == fallen
    assert story.in_the_log(tale.lead, TRUST) == (EARLIER, "Routine")


def a_concern_is_raised(tale: Tale) -> str:
    """This function will raise a concern, which says what it lacks until that is there."""
    page, lacking = tale.lead, "Still missing before a higher level can be proposed"
    page.goto(f"/subjects/{tale.subject}/")
    concern = story.raise_concern(page)
    expect(page.get_by_text(lacking)).to_be_visible()
    story.record_assessment(page)
    story.link_evidence(page, concern)
    expect(page.get_by_text(lacking)).to_have_count(0)
    expect(page.locator("section", has_text="Hard evidence")).to_contain_text("A&E within 4 hours")
    return concern


def enhanced_is_proposed(tale: Tale) -> str:
    """This function will propose Enhanced, which the form does not take half filled in, nor whoever proposes decide."""
    page = tale.lead
    go_on(page, "Propose a level")
    go_on(page, "Propose Enhanced")
    page.get_by_label("Why should it move?").fill(story.REASON)
    go_on(page, "Propose Enhanced")
    wrong = page.get_by_role("alert")
    for lacks in ("Name at least one trigger", "Link or describe the risk profile", "Set the day of the next review"):
        expect(wrong).to_contain_text(lacks)
    expect(wrong).not_to_contain_text("Give the reason for the move")
    story.fill_in_rise(page)
    go_on(page, "Propose Enhanced")
    heading(page, "Proposed: Routine to Enhanced")
    proposal = page.url
    expect(page.get_by_text("You proposed this. Another person decides.")).to_be_visible()
    expect(page.locator("main").get_by_role("button", name="Go to the decision")).to_have_count(0)
    page.goto(proposal.replace("/proposals/", "/decide/"))
    expect(page.get_by_text("You hold no office that decides this.")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    return proposal


def it_is_decided_by_another(tale: Tale) -> None:
    """This function will have the region agree, and the chair decide after seeing who will be told."""
    story.answer_for_region(tale.region, TRUST)
    expect(tale.region.get_by_text("Northern Waters agrees")).to_be_visible()
    page = tale.chair
    page.goto("/levels/waiting/")
    go_on(page, TRUST)
    expect(page.get_by_text("You may decide this.")).to_be_visible()
    go_on(page, "Go to the decision")
    foreseen = page.get_by_role("region", name="Table of what arises").locator("tbody th")
    expect(foreseen).to_contain_text(BEGINS)
    story.decide(page, "Enhanced")
    expect(page.get_by_text("The level is set.")).to_be_visible()


def the_provider_is_told(tale: Tale, concern: str, proposal: str) -> str:
    """This function will tell the chief nurse, who reads that much and no more, and answers."""
    duty = story.open_duty(tale.lead, tale.subject, TELL)
    story.tell(tale.lead)
    expect(tale.lead.get_by_text("They have not answered yet.")).to_be_visible()
    page = tale.nurse
    page.goto("/")
    go_on(page, "1 thing you were told waits for an answer")
    with page.expect_navigation():
        page.get_by_role("link", name="Enhanced: told by Harrowmere and Quillhaven ICB").click()
    expect(page.get_by_text(story.ASKS)).to_be_visible()
    telling = page.url
    closed = (concern, proposal, duty, f"/levels/of/{tale.subject}/", "/levels/", "/concerns/", "/duties/")
    for address in (*closed, proposal.replace("/proposals/", "/decide/")):
        assert page.request.get(address).status in {403, 404}, address
    for address in ("/", "/messages/", f"/subjects/{tale.subject}/", telling):
        read = page.request.get(address)
        assert read.ok and not [words for words in (story.WRONG, story.REASON) if words in read.text()], address
    page.get_by_label("Your answer").fill(ANSWERED)
    go_on(page, "Say that you have read it, or answer")
    tale.lead.reload()
    expect(tale.lead.get_by_text(ANSWERED)).to_be_visible()
    return telling


def what_fell_to_them_is_done(tale: Tale, proposal: str, telling: str) -> None:
    """This function will have each be told once of what is theirs, in words that give nothing away, and act on it."""
    shared = story.open_duty(tale.chair, tale.subject, SHARE)
    story.step(tale.chair, "Done")
    letters = {
        "chair": story.messages_about(tale.chair, proposal, shared),
        "region": story.messages_about(tale.region, proposal, shared),
        "lead": story.messages_about(tale.lead, proposal),
        "nurse": story.messages_about(tale.nurse, telling),
    }
    found = {who: set(some) for who, some in letters.items()}
    both = {proposal, shared}
    assert found == {"chair": both, "region": both, "lead": {proposal}, "nurse": {telling}}
    words = " ".join(says for some in letters.values() for says in some.values())
    assert not [one for one in (TRUST, "Enhanced", story.WRONG, story.REASON, story.ASKS) if one in words]
    story.open_message(tale.region, shared)
    story.step(tale.region, "Received and acknowledged")
    expect(tale.region.locator("main > .s-verdict")).to_contain_text("Acknowledged")


def the_chair_may_not_end_it_alone(tale: Tale) -> None:
    """This function will have the chair propose the way back, and find that whoever proposes does not decide alone."""
    page = tale.chair
    page.goto(f"/levels/of/{tale.subject}/")
    go_on(page, "Propose a level")
    go_on(page, "Propose Routine")
    story.fill_in_fall(page)
    go_on(page, "Propose Routine")
    proposal = page.url
    expect(page.locator("main").get_by_role("button", name="Go to the decision")).to_have_count(0)
    page.goto(proposal.replace("/proposals/", "/decide/"))
    expect(page.get_by_text(FOUR_EYES)).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)


def it_ends_when_two_agree(tale: Tale) -> None:
    """This function will have the quality lead review the level and propose the way back herself, and the chair decide."""
    page = tale.lead
    page.goto(f"/levels/of/{tale.subject}/")
    go_on(page, "Review: it stays as it is")
    page.get_by_label("Why does it stay at this level?").fill("The group wants to see the bay in use first.")
    go_on(page, "Record the review")
    expect(page.locator("section", has_text="Reviews").last).to_contain_text("wants to see the bay in use")
    page.goto(f"/levels/of/{tale.subject}/")
    go_on(page, TRUST)
    go_on(page, "Propose it otherwise")
    expect(page.get_by_label("What shows that the milestones are reached")).to_have_value(story.LASTED)
    go_on(page, "Propose Routine")
    expect(page.get_by_text("You proposed this. Another person decides.")).to_be_visible()
    tale.chair.goto(page.url)
    go_on(tale.chair, "Go to the decision")
    story.decide(tale.chair, "Routine")
    expect(tale.chair.get_by_text("The level is set.")).to_be_visible()

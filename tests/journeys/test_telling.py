"""What people tell, and who hears of it: each partner's own way through the house, and what stays shut to them."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from sightline.demonstration import Part
from sightline.demonstration.geography import NEIGHBOUR
from sightline.demonstration.organisations import MATERNITY_TRUST
from tests.journeys.house import LEAD, PROVIDER, SECRETARY, House, heading
from tests.journeys.looking import Looker

PHONE = {"width": 390, "height": 844}
HEALTHWATCH, INSPECTOR = Part.HEALTHWATCH, Part.REGULATOR
HOSPICE = "Candlemere Hospice"
DOMAINS = "a[href*='/domains/']:not([href$='/history/'])"
LEADERSHIP = "a[href$='/domains/leadership/']"
NHS_NUMBER = "943 476 5919"  # of the numbers that are never given to anybody


def press(page: Page, name: str) -> None:
    """This function will press a button and wait for what it answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """This function will follow the link in the content that bears this name."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def give_day(page: Page, asked: str, day: date) -> None:
    """This function will fill in a day."""
    group = page.get_by_role("group", name=asked)
    for part, number in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
        group.get_by_label(part, exact=True).fill(str(number))


def share(page: Page, about: str, words: str, bearing: str = "A worry") -> None:
    """This function will answer the questions that matter, and send."""
    page.goto("/intelligence/share/")
    page.get_by_label("Whom or what is it about?").fill(about)
    page.get_by_label("What have you heard, seen or noticed?").fill(words)
    page.get_by_label(bearing, exact=True).check()
    press(page, "Share it")


def answer_no(page: Page) -> None:
    """This function will say of every question of the check that it does not apply."""
    for no in page.get_by_label("No", exact=True).all():
        no.check()


def links(page: Page) -> list[str]:
    """This function will list the addresses of items to which a page leads."""
    return page.locator("main").evaluate(
        "main => [...main.querySelectorAll('a')].map((a) => a.pathname)"
        ".filter((path) => /^.intelligence.[0-9a-f]{8}-/.test(path))"
    )


def status(page: Page, address: str) -> int:
    """This function will go to an address and give the status with which it is answered."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def found_by(page: Page, words: str) -> str:
    """This function will give the address of the first item that holds these words."""
    page.goto(f"/intelligence/?area=&words={words}")
    address = page.locator("main .s-subject__name a").first.get_attribute("href")
    assert address is not None
    return address


def on_home(page: Page) -> list[str]:
    """This function will list the subjects on all pages of home."""
    page.goto("/?area=")
    found = page.locator(".s-subject__name a").all_inner_texts()
    while (further := page.get_by_role("link", name="Next page")).count():
        with page.expect_navigation():
            further.first.click()
        found += page.locator(".s-subject__name a").all_inner_texts()
    return found


def judge(page: Page, likely: str, grave: str, view: str) -> None:
    """This function will write what one side thinks of a domain."""
    page.get_by_label(likely).check()
    page.get_by_label(grave).check()
    page.get_by_role("group", name="How much confidence").get_by_label("Some").check()
    page.get_by_label("Your side’s view, in sum").fill(view)


def test_given_a_phone_when_a_healthwatch_officer_tells_then_a_number_is_caught_and_she_hears_what_came_of_it(
    house: House, looker: Looker
) -> None:
    page = house.visit(HEALTHWATCH, has_touch=True)
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.get_by_role("link", name="Share", exact=True).click()
    heading(page, "Share what you heard")
    page.get_by_label("Whom or what is it about?").fill("Packhorse Practice")
    told = "Patients with hearing aids are called by voice alone"
    page.get_by_label("What have you heard, seen or noticed?").fill(f"{told}, such as {NHS_NUMBER}.")
    page.get_by_label("I am fairly sure").check()
    press(page, "Share it")
    expect(page.get_by_role("alert")).to_contain_text("Choose which one you mean by “Packhorse Practice”.")
    expect(page.get_by_label("How reliable is the source?")).to_be_hidden()  # what is well stays folded
    looker.look(page, "share@which_one")
    page.get_by_role("radio", name="Marrowdale Packhorse Practice").first.check()
    press(page, "Share it")

    heading(page, "Check before it is shared")
    expect(page.get_by_role("heading", name="This looks like personal data")).to_be_visible()
    expect(page.locator("main mark")).to_have_text(NHS_NUMBER)
    looker.look(page, "share_check")
    follow(page, "Change what you wrote")
    page.get_by_label("What have you heard, seen or noticed?").fill(f"{told}.")
    press(page, "Share it")
    expect(page.get_by_role("heading", name="This looks like personal data")).to_have_count(0)
    answer_no(page)
    press(page, "Share it")

    heading(page, "Shared. Thank you.")
    expect(page.locator("main")).to_contain_text("The provider concerned does not see it")
    looker.look(page, "sent")
    follow(page, "My contributions")
    mine = page.locator("article", has_text=told)
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("Nobody has marked it as read yet, or told you what came of it.")

    lead = house.visit(LEAD)
    lead.goto(found_by(lead, "hearing aids"))
    follow(lead, "Tell the giver what came of it")
    looker.look(lead, "item_feedback")
    lead.get_by_label("What came of it?").fill("The practice now shows names on a screen as well.")
    press(lead, "Tell the giver")

    page.reload()
    expect(mine).to_contain_text("The practice now shows names on a screen as well.")
    expect(mine).not_to_contain_text("Nobody has")
    looker.look(page, "my_intelligence@told")


def test_given_a_provider_when_others_tell_of_it_then_it_reads_nothing_but_the_copy_that_two_people_gave_it(
    house: House, looker: Looker
) -> None:
    provider, secretary, lead = house.visit(PROVIDER), house.visit(SECRETARY), house.visit(LEAD)
    share(provider, MATERNITY_TRUST, "We now answer every call about movements within an hour.", "Good news")
    heading(provider, "Shared. Thank you.")
    provider.goto("/intelligence/mine/")
    expect(provider.locator("article")).to_contain_text(["within an hour"])

    item = found_by(secretary, "take a bath")
    for address in (item, f"{item}feedback/", "/intelligence/"):
        assert status(provider, address) in {403, 404}
        assert "Healthwatch" not in provider.content()
    secretary.goto(item)
    subject = secretary.locator("main a[href^='/subjects/']").first.get_attribute("href") or ""
    provider.goto("/intelligence/mine/")
    own = set(links(provider))
    for address in ("/", "/subjects/", "/search/?q=take+a+bath", subject):
        provider.goto(address)
        assert set(links(provider)) <= own
        assert "Healthwatch" not in provider.content()

    secretary.goto(item)
    follow(secretary, "Prepare a copy for the provider")
    copy = "Women told partners that it is not plain whom to ring at night."
    secretary.get_by_label("What may it read?").fill(copy)
    secretary.get_by_label("What do you ask of it?").fill("Please say which number is answered at night.")
    press(secretary, "Prepare it")
    expect(secretary.locator("main")).to_contain_text("It waits for a second person; the provider cannot read it.")
    provider.goto("/released/")
    expect(provider.get_by_text(copy)).to_have_count(0)

    lead.goto(secretary.url)
    lead.get_by_label("Release it").check()
    lead.get_by_label("Why?").fill("It names nobody, and the trust can act on it.")
    press(lead, "Decide")
    provider.reload()
    follow(provider, copy)
    expect(provider.get_by_text("Please say which number is answered at night.")).to_be_visible()
    assert "Healthwatch" not in provider.content()
    looker.look(provider, "released_one@new")


def test_given_an_inspector_when_she_reads_and_grades_then_what_is_for_others_alone_is_not_there(
    house: House, looker: Looker
) -> None:
    chair, page = house.visit(Part.CHAIR), house.visit(INSPECTOR)
    secret = found_by(chair, "police")
    page.goto("/intelligence/?area=")
    assert page.locator("article").count() > 10
    page.get_by_label("Words in it").fill("police")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Nothing that you may see fits.")).to_be_visible()
    assert status(page, secret) == 404

    page.goto("/intelligence/share/")
    page.get_by_label("Whom or what is it about?").fill("1-999000088")
    page.get_by_label("What have you heard, seen or noticed?").fill("Two wards share one resuscitation trolley.")
    page.get_by_label("I am sure").check()
    page.get_by_text("Add more (optional)").click()
    page.get_by_label("How reliable is the source?").select_option("B")
    page.get_by_label("How credible is the information?").select_option("2")
    press(page, "Share it")
    answer_no(page)
    press(page, "Share it")
    page.goto(found_by(page, "resuscitation"))
    expect(page.locator("dl.s-facts").first).to_contain_text("B / 2")
    looker.look(page, "item@graded")


def test_given_a_secretary_when_she_keeps_the_record_then_each_item_says_what_was_done(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/intelligence/?area=&waiting=yes")
    published = page.locator("main .s-subject__name a").first.get_attribute("href") or ""
    for address in (published, found_by(page, "forty minutes")):
        page.goto(address)
        follow(page, "Accept it, or set it aside")
        page.get_by_label("Accept it").check()
        page.get_by_label("Why?").fill("Read. It names nobody.")
        press(page, "Save")
        expect(page.locator("section", has_text="Does it count?")).to_contain_text("Accepted: it counts in the picture")
    page.goto("/intelligence/?area=&waiting=yes")
    expect(page.locator(f"main a[href='{published}']")).to_have_count(0)

    page.goto("/intelligence/?area=&kind=emerging_concern")
    page.locator("main .s-subject__name a").first.click()
    follow(page, "Link a Regulatory Review Panel")
    page.get_by_label("Which body convened the panel?").fill("The local authority")
    give_day(page, "When did it meet, or when will it?", date.today() + timedelta(days=9))
    looker.look(page, "item_panel")
    press(page, "Save")
    expect(page.get_by_text("Regulatory Review Panel: The local authority")).to_be_visible()

    page.goto(found_by(page, "speak freely"))
    follow(page, "A provider does not cooperate in an investigation")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    looker.look(page, "item_investigation@refused")
    page.get_by_label("How is the investigation known?").fill("Review of night nursing")
    page.get_by_label("Who leads it?").fill("The integrated care board")
    page.get_by_label("What was it asked for, and what has it not done?").fill(
        "Rotas of three months, asked for twice."
    )
    press(page, "Save")
    expect(page.locator("section", has_text="The investigation")).to_contain_text("Review of night nursing")


def test_given_two_items_joined_by_mistake_when_a_secretary_undoes_it_then_both_count_and_the_record_says_why(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto(found_by(page, "Healthwatch says"))
    expect(page.get_by_text("together they count as one witness")).to_be_visible()
    follow(page, "They do not tell the same story: undo a joining")
    looker.look(page, "item_undo_join")
    page.get_by_label("Why do you think so?").fill("She has been there herself since.")
    press(page, "Undo it")
    expect(page.get_by_text("together they count as one witness")).to_have_count(0)
    expect(page.get_by_text("She has been there herself since.")).to_be_visible()


def test_given_a_file_of_comments_when_a_secretary_opens_it_then_she_reads_some_before_she_decides(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/intelligence/review/")
    page.locator("main a[href*='/review/file/']").first.click()
    heading(page, "Decide about a whole file")
    expect(page.locator("article").first).to_be_visible()
    looker.look(page, "review_file")


def test_given_an_identity_kept_apart_when_its_readers_change_then_only_they_find_it(
    house: House, looker: Looker
) -> None:
    page, chair = house.visit(SECRETARY), house.visit(Part.CHAIR)
    chair.goto("/intelligence/annexes/")
    expect(chair.get_by_text("No annex names you as its reader.")).to_be_visible()
    page.goto(found_by(page, "former employee"))
    follow(page, "Change who may open it")
    looker.look(page, "annex_readers")
    page.get_by_label("Perpetua Whinfell").check()
    page.get_by_label("Why?").fill("The chair will speak with them.")
    press(page, "Change it")
    expect(page.locator("section", has_text="Identities, kept apart")).to_contain_text("Perpetua Whinfell")
    chair.reload()
    follow(chair, "About Rowanslack Care Home")
    chair.get_by_label("Why do you need to know it?").fill("To arrange when we speak.")
    press(chair, "Open it")
    identity = chair.locator(".s-never-printed").inner_text()

    auditor = house.visit(Part.AUDITOR)
    auditor.goto("/intelligence/annexes/openings/")
    looker.look(auditor, "annex_openings")
    follow(auditor, "About Rowanslack Care Home")
    expect(auditor.get_by_text("To arrange when we speak.")).to_be_visible()
    assert identity not in auditor.content()
    looker.look(auditor, "annex_opened")


def test_given_a_referral_to_another_group_when_it_arrives_then_that_group_says_so_and_never_sees_the_item(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    item = found_by(page, "Crews wait")
    page.goto(item)
    follow(page, "Refer it to another group")
    page.get_by_label("Which group, if it keeps its record here?").select_option(NEIGHBOUR.code)
    told = "Ambulances wait long outside hospitals on both sides of the border. We ask you to look at yours."
    page.get_by_label("What should the other group know?").fill(told)
    press(page, "Record it")
    sent = page.locator(".s-file", has_text=told)
    expect(sent).to_contain_text("Its receipt is still awaited.")

    theirs, _ = house.settle("Secretary", system=NEIGHBOUR.code)
    theirs.goto("/intelligence/referrals/")
    theirs.locator("article", has_text=told).get_by_role("link", name="Record its receipt").click()
    looker.look(theirs, "referral_receipt")
    theirs.get_by_label("What is the answer to it?").fill("We look at it on Thursday.")
    press(theirs, "Record the receipt")
    assert status(theirs, item) == 404
    page.reload()
    expect(sent).to_contain_text("Received on")
    expect(sent).to_contain_text("We look at it on Thursday.")


def test_given_a_member_when_she_declares_an_interest_then_nothing_of_that_subject_is_told_her_anywhere(
    house: House, looker: Looker
) -> None:
    page, _ = house.settle("Member")
    item = found_by(page, "out-of-hours doctor")
    page.goto(item)
    follow(page, HOSPICE)
    subject = page.url
    assert item in links(page)
    assert HOSPICE in on_home(page)

    page.goto(subject)
    follow(page, "Declare an interest")
    page.get_by_role("group", name="What kind of interest is it?").get_by_role("radio").first.check()
    page.get_by_label("What is it?", exact=True).fill("I am a trustee of the hospice.")
    press(page, "Declare the interest")
    expect(page.get_by_text("Your interest is declared.")).to_be_visible()

    assert status(page, item) == 404
    page.goto("/intelligence/?area=&words=hospice")
    expect(page.get_by_text("Nothing that you may see fits.")).to_be_visible()
    looker.look(page, "items@conflicted")
    page.goto("/search/?q=out-of-hours+doctor")
    assert not links(page)
    page.goto(subject)  # timeline, picture and all
    assert not links(page)
    expect(page.get_by_text("No signal stands about this subject now.")).to_be_visible()
    assert HOSPICE not in on_home(page)

    member, secretary = house.visit(Part.LOCAL_AUTHORITY), house.visit(SECRETARY)
    # His interest is in the company; this was told of its homes.
    assert status(member, found_by(secretary, "Emerging Concerns Protocol")) == 404


def test_given_a_profile_when_provider_and_commissioner_differ_then_both_views_stand_and_both_sign(
    house: House, looker: Looker
) -> None:
    lead, provider = house.visit(LEAD), house.visit(PROVIDER)
    lead.goto(f"/subjects/?area=&name={MATERNITY_TRUST}")
    lead.locator("main tbody th a").first.click()
    lead.goto(f"{lead.url}profile/")
    follow(lead, "Start a structured risk profile")
    lead.get_by_label("Why now?").fill("Three sources agree on maternity, and the answers gave no assurance.")
    press(lead, "Start the profile")
    lead.locator("main tbody th a").first.click()
    profile = lead.url
    assert status(provider, profile) == 404  # nothing is shared yet
    lead.locator(LEADERSHIP).click()
    heading(lead, "Leadership and culture")
    looker.look(lead, "profile_domain")
    judge(lead, "4 – Likely", "4 – Major", "The board heard of the calls from us.")
    lead.get_by_label("Measures to watch").fill("Calls answered within an hour")
    press(lead, "Save")
    for domain in lead.locator(DOMAINS).evaluate_all("links => links.map((one) => one.href)"):
        if not domain.endswith("/leadership/"):
            lead.goto(domain)
            lead.get_by_label("Your side’s view, in sum").fill("Nothing stands out.")
            press(lead, "Save")
    follow(lead, "Share with the provider")
    looker.look(lead, "profile_share")
    for domain in lead.get_by_role("checkbox").all():
        domain.check()
    press(lead, "Share")

    provider.goto(profile)
    expect(provider.get_by_text("The board heard of the calls from us.")).to_be_visible()
    provider.locator(LEADERSHIP).click()
    judge(provider, "2 – Unlikely", "3 – Moderate", "The board has listened to ten calls since.")
    press(provider, "Save")
    expect(provider.get_by_text("They differ on").first).to_be_visible()
    provider.get_by_role("link", name="Sign for your side").click()
    looker.look(provider, "profile_sign")
    provider.get_by_label("I have read it").check()
    press(provider, "Sign for the provider’s side")

    lead.goto(profile)
    for words in ("The board heard of the calls from us.", "The board has listened to ten calls since."):
        expect(lead.get_by_text(words)).to_be_visible()
    lead.get_by_role("link", name="Sign for your side").click()
    lead.get_by_label("I have read it").check()
    press(lead, "Sign for the commissioner’s side")
    expect(lead.locator("main .nhsuk-tag").first).to_have_text("Agreed")
    expect(lead.get_by_role("link", name="Sign for your side")).to_have_count(0)
    expect(lead.get_by_text("They differ on").first).to_be_visible()  # signed with the difference, not over it
    looker.look(lead, "profile")
    lead.get_by_role("link", name="All versions").first.click()
    looker.look(lead, "profile_domain_history")
    lead.goto(profile)
    follow(lead, "For paper")
    looker.look(lead, "profile_print")
    lead.goto(profile)
    follow(lead, "Review the measures")
    looker.look(lead, "profile_review")
    lead.get_by_label("What did you change, and why?").fill("Nothing: the measure still tells us what we need.")
    press(lead, "Record the review")
    expect(lead.get_by_text("Nothing was changed.").first).to_be_visible()
    lead.goto("/profiles/reviews/")
    looker.look(lead, "profile_reviews")


def test_given_a_local_rule_when_it_is_taken_back_then_the_published_one_counts_again(
    house: House, looker: Looker
) -> None:
    page = house.visit(LEAD)
    page.goto("/rules/populations/")
    follow(page, "Change")
    text = page.get_by_label("The rules as text")
    text.fill(text.input_value().replace("name: Sex workers", "name: People who sell sex"))
    press(page, "Check the text")
    page.get_by_label("Why?").fill("Said as the people themselves say it.")
    press(page, "Keep this version")
    expect(page.get_by_text("The local version counts from now on.")).to_be_visible()
    follow(page, "Take the local version back")
    looker.look(page, "rule_withdraw")
    page.get_by_label("Why?").fill("Our partners know the published words.")
    press(page, "Take it back")
    expect(page.get_by_text("The published version counts again.")).to_be_visible()
    expect(page.get_by_text("Our partners know the published words.")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Sex workers")).to_be_visible()

"""The pages on which intelligence is shared, as a Healthwatch officer, a provider and others use them on a phone."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing
from sightline.directory.models import Subject
from sightline.directory.words import Kind as Body
from sightline.intelligence.models import Attachment, Draft, DraftFile, Giver, Item, NamedReader, Onward, Passage, Tag
from sightline.intelligence.words import Certainty, Kind, ReferralKind, Safeguarding, Wish
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.intelligence import BELL, NOW, SYSTEM, a_body, an_item, somebody, words_of

pytestmark = pytest.mark.usefixtures("house")
SHARE, MINE = "/intelligence/share/", "/intelligence/mine/"
NUMBER = "943 476 5919"  # an NHS number of the range kept for tests
NONE_OF_IT = {"p0": "no", "p1": "no", "p2": "no", "p3": "no", "p4": "no"}


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI900", "Elm House")


@pytest.fixture
def officer(house: None) -> Person:
    an_organisation("ZQ9", "Healthwatch Lantern", Body.HEALTHWATCH)
    return somebody(Role.LAY_MEMBER, organisation="ZQ9")


@pytest.fixture
def phone(officer: Person) -> Client:
    return signed_in(officer)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "subject": "Elm House",
        "words": BELL,
        "bearing": "improvement",
        "handling": "members",
        "action": "send",
        **more,
    }


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def shared_by(client: Client, answers: dict[str, Any] | None = None, **more: Any) -> Item:
    """What came of sending the form and, where it is asked for, the check."""
    answer = client.post(SHARE, typed(**more))
    assert answer.status_code == 302, text_of(answer)
    if "/check/" in answer["Location"]:
        answer = client.post(answer["Location"], {**NONE_OF_IT, **(answers or {})})
        assert answer.status_code == 302, text_of(answer)
    assert answer["Location"].endswith("/sent/")
    return Item.objects.get(pk=answer["Location"].split("/")[2])


# --- the form


@pytest.mark.requirement("INT-01", "INT-05")
def test_two_minutes_on_a_phone(phone: Client, officer: Person, subject: Subject) -> None:
    page = text_of(phone.get(f"{SHARE}?subject={subject.pk}"))
    assert 'value="Elm House (ZI900)"' in page
    assert page.index('<optgroup label="Most likely for you">') < page.index("Healthwatch reports")
    item = shared_by(phone, bearing="concern", certainty="hunch", source="healthwatch-reports")
    assert (item.bearing, item.certainty, item.source) == (Bearing.CONCERN, Certainty.HUNCH, "healthwatch-reports")
    assert (item.system, item.quadrant) == (SYSTEM, "internal-qualitative")
    giver = Giver.objects.get(item=item)
    assert (giver.actor_id, giver.organisation, giver.wish) == (officer.actor_id, "ZQ9", Wish.NAMED)
    sent = text_of(phone.get(f"/intelligence/{item.pk}/sent/"))
    assert "Shared. Thank you." in sent
    assert "The provider concerned does not see it" in sent
    assert BELL in text_of(phone.get(MINE))


@pytest.mark.requirement("INT-05")
def test_a_subject_and_one_line_suffice(phone: Client, subject: Subject) -> None:
    key = str(uuid4())
    least = {"form_key": key, "subject": "ZI900", "words": "All well", "bearing": "improvement", "handling": "members"}
    answer = phone.post(SHARE, least)
    assert answer["Location"].endswith("/sent/")
    assert words_of(Item.objects.get(form_key=key)) == ["All well"]


@pytest.mark.requirement("INT-16")
def test_good_news_without_a_name_is_sent_straight_on(phone: Client, subject: Subject) -> None:
    assert phone.post(SHARE, typed())["Location"].endswith("/sent/")


def test_all_that_may_be_added_is_kept(phone: Client, subject: Subject) -> None:
    other, colleague = a_body("ZI901", "Mill House"), somebody(display_name="Ada Long")
    item = shared_by(
        phone,
        subject="ZI900",
        also="ZI901",
        readers=[colleague.actor_id],
        channel="written",
        wish="unnamed",
        narrow="It was ward 3",
        narrow_handling="restricted",
        why_fewer="One ward could be recognised",
        dimensions=["safe", "caring"],
        evidence=["observation"],
        issues=["place"],
        populations=["carers"],
        reliability="B",
        credibility="2",
        protocol="on",
        **{"heard_on-day": "3", "heard_on-month": "1", "heard_on-year": "2026"},
    )
    assert [item.heard_on.isoformat(), item.channel, item.reliability, item.credibility] == [
        "2026-01-03",
        "written",
        "B",
        "2",
    ]
    assert item.kind == Kind.EMERGING_CONCERN
    assert {row.subject for row in item.about.all()} == {subject, other}
    assert set(Tag.objects.values_list("kind", "value")) == {
        ("dimension", "safe"), ("dimension", "caring"), ("evidence", "observation"), ("issue", "place"), ("population", "carers"),
    }  # fmt: skip
    assert list(Passage.objects.order_by("place").values_list("text", "handling")) == [
        (BELL, "members"), ("It was ward 3", "restricted"),
    ]  # fmt: skip
    assert NamedReader.objects.filter(item=item, actor_id=colleague.actor_id).exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"subject": ""}, "is needed"),
        ({"subject": "Nowhere"}, "Nothing here fits"),
        ({"words": " "}, "Say in a sentence what you heard."),
        ({"words": "x" * 1_000_000}, "20,000 are allowed"),
        ({"bearing": "rumour"}, "Select a valid choice"),
        ({"handling": "annex"}, "Select a valid choice"),
        ({"handling": "restricted"}, "Choose the people who may see it"),
        ({"readers": ["person:nobody"]}, "Select a valid choice"),
        ({"heard_on-day": "1", "heard_on-month": "1", "heard_on-year": "2027"}, "lies ahead"),
        ({"heard_on-day": "31", "heard_on-month": "2", "heard_on-year": "2025"}, "a day in the calendar"),
        ({"source": "hearsay"}, "Select a valid choice"),
    ],
)
def test_useless_form_is_shown_again_with_all_that_was_typed_and_kept_as_a_draft(
    phone: Client, subject: Subject, more: dict[str, Any], says: str
) -> None:
    somebody()  # a colleague who could be named
    sent = typed(**{"narrow": "And more besides", **more})
    answer = phone.post(SHARE, sent)
    page = text_of(answer)
    assert answer.status_code == 400
    assert says in page
    assert sent["words"][:200] in page
    assert "And more besides" in page
    assert not Item.objects.exists()
    assert Draft.objects.get().content["words"] == [sent["words"]]
    assert [event.verb for event in Event.objects.all()] == ["intelligence.save_draft"]


def test_a_name_that_fits_two_is_chosen_by_the_giver(phone: Client, subject: Subject) -> None:
    a_body("ZI902", "Elm House")
    sent = typed()
    page = text_of(phone.post(SHARE, sent))
    assert "Choose which one you mean" in page
    assert not Item.objects.exists()
    answer = phone.post(SHARE, {**sent, "subject_chosen": str(subject.pk)})
    assert answer["Location"].endswith("/sent/")
    assert Item.objects.get().about.get().subject == subject


def test_a_form_sent_twice_makes_one_item_and_one_event(phone: Client, subject: Subject) -> None:
    sent = typed()
    first, second = phone.post(SHARE, sent), phone.post(SHARE, sent)
    assert first["Location"] == second["Location"]
    assert Item.objects.count() == 1
    assert [event.verb for event in Event.objects.all()] == ["intelligence.share"]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert('x')</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1)) **bold** <b>bold</b>",
        "{{ 7 * 7 }} {% include 'x' %}",
    ],
)
def test_text_is_shown_as_text(phone: Client, subject: Subject, words: str) -> None:
    item = shared_by(phone, words=words)
    for address in (f"/intelligence/{item.pk}/", MINE):
        page = text_of(phone.get(address))
        assert "<script>alert" not in page
        assert not re.search(r"<(img src=x|b>bold|a [^>]*javascript)", page)
    assert words_of(item) == [words]


def test_marks_that_turn_the_line_round_are_taken_out_and_told_of(phone: Client, subject: Subject) -> None:
    answer = phone.post(SHARE, typed(words="Good \u202eevil\u202c care"))
    page = text_of(phone.get(answer["Location"]))
    assert "change the direction of the text were removed" in page
    assert "\u202e" not in page
    phone.post(answer["Location"], {})
    assert words_of(Item.objects.get()) == ["Good evil care"]


# --- the check


@pytest.mark.requirement("IGV-01")
def test_what_looks_like_a_person_is_shown_before_anything_is_saved(phone: Client, subject: Subject) -> None:
    somebody(display_name="Kate Nightingale")
    answer = phone.post(SHARE, typed(words=f"Kate Nightingale said so. {NUMBER}"))
    page = text_of(phone.get(answer["Location"]))
    assert "This looks like an NHS number (ending 19)" in page
    assert "a name on the list (initials K N)" in page
    assert f"<mark>{NUMBER}</mark>" in page
    assert "It does not know every name" in page
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("answers", "words", "knowingly"),
    [
        ({"people": "mask"}, "Her number: [NHS number removed]", ""),
        ({"people": "keep", "knowingly": "It is published"}, f"Her number: {NUMBER}", "It is published"),
    ],
)
def test_personal_data_are_taken_out_or_stay_with_a_reason(
    phone: Client, subject: Subject, answers: dict[str, str], words: str, knowingly: str
) -> None:
    item = shared_by(phone, answers, words=f"Her number: {NUMBER}")
    assert list(Passage.objects.filter(item=item).values_list("text", "knowingly")) == [(words, knowingly)]


def test_one_may_go_back_and_change_ones_words(phone: Client, subject: Subject) -> None:
    answer = phone.post(SHARE, typed(words=f"Her number: {NUMBER}"))
    back = phone.post(answer["Location"], {"people": "change"})
    assert "?draft=" in back["Location"]
    page = text_of(phone.get(back["Location"]))
    assert f"Her number: {NUMBER}" in page
    assert "There is a problem" not in page
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "What shall be done about it"),
        ({"people": "keep"}, "Say in a sentence why it must stay."),
        ({"people": "keep", "knowingly": " "}, "Say in a sentence why it must stay."),
        ({"people": "mask", "p0": ""}, "suffering abuse or neglect"),
        ({"people": "mask", "p4": "yes"}, "Choose who it should go to."),
        ({"people": "mask", "p3": "yes"}, "Choose who it should go to."),
        ({"people": "mask", "p4_why": f"Ask {NUMBER}"}, "looks like an NHS number"),
    ],
)
def test_unanswered_check_is_asked_again(phone: Client, subject: Subject, answers: dict[str, str], says: str) -> None:
    address = phone.post(SHARE, typed(words=f"Her number: {NUMBER}", bearing="concern"))["Location"]
    answer = phone.post(address, {**NONE_OF_IT, **answers})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert not Item.objects.exists()
    assert Draft.objects.exists()


@pytest.mark.requirement("SAF-01", "SAF-02", "INT-07", "INT-09", "INT-10")
@pytest.mark.parametrize(
    ("answers", "safeguarding", "practitioner", "onward", "owed"),
    [
        ({}, Safeguarding.NO, False, [], []),
        ({"p0": "yes"}, Safeguarding.SUSPECTED, False, [], ["Safeguarding referral: not recorded yet"]),
        ({"p1": "yes"}, Safeguarding.STRATEGIC, False, [], []),
        ({"p0": "yes", "p1": "yes"}, Safeguarding.SUSPECTED, False, [], ["Safeguarding referral: not recorded yet"]),
        ({"p2": "yes"}, Safeguarding.NO, True, [], ["regulator of a profession: not recorded yet"]),
        (
            {"p3": "yes", "p3_body": "Regional quality group", "p3_which": "The North"},
            Safeguarding.NO,
            False,
            [(ReferralKind.OTHER_GROUP, "Regional quality group: The North", "")],
            ["Referral to another group: not recorded yet"],
        ),
        (
            {"p4": "yes", "p4_body": "The provider itself"},
            Safeguarding.NO,
            False,
            [(ReferralKind.BUSINESS_AS_USUAL, "The provider itself", "")],
            ["Passed to those who can settle it: not recorded yet"],
        ),
        (
            {"p4": "no", "p4_why": "Two homes share one team"},
            Safeguarding.NO,
            False,
            [(ReferralKind.BUSINESS_AS_USUAL, "", "Two homes share one team")],
            [],
        ),
    ],
)
def test_where_else_it_must_go_is_asked_and_stays_open_in_red(
    phone: Client,
    subject: Subject,
    answers: dict[str, str],
    safeguarding: str,
    practitioner: bool,
    onward: list[tuple[str, str, str]],
    owed: list[str],
) -> None:
    item = shared_by(phone, answers, bearing="concern")
    assert (item.safeguarding, item.practitioner) == (safeguarding, practitioner)
    assert list(Onward.objects.values_list("kind", "body", "because")) == onward
    for address in (f"/intelligence/{item.pk}/sent/", f"/intelligence/{item.pk}/", MINE):
        page = text_of(phone.get(address))
        assert page.count("nhsuk-tag--red") == len(owed)
        assert all(says in page for says in owed)


def test_a_check_that_is_answered_twice_makes_one_item(phone: Client, subject: Subject) -> None:
    address = phone.post(SHARE, typed(bearing="concern"))["Location"]
    first, second = phone.post(address, NONE_OF_IT), phone.post(address, NONE_OF_IT)
    assert first["Location"] == second["Location"]
    assert phone.get(address)["Location"] == first["Location"]
    assert [event.verb for event in Event.objects.all()] == ["intelligence.save_draft", "intelligence.share"]


# --- documents


def test_a_bad_document_keeps_the_rest(phone: Client, subject: Subject) -> None:
    sent = typed()
    files = [
        SimpleUploadedFile("leaflet.txt", b"Ring twice"),
        SimpleUploadedFile("virus.exe", b"MZ\x90\x00"),
    ]
    answer = phone.post(SHARE, {**sent, "documents": files})
    page = text_of(answer)
    assert answer.status_code == 400
    assert "virus.exe” cannot be attached" in page
    assert "Leave out leaflet.txt" in page
    assert BELL in page
    assert phone.post(SHARE, sent)["Location"].endswith("/sent/")
    assert list(Attachment.objects.values_list("name", flat=True)) == ["leaflet.txt"]


def test_a_document_waits_through_the_check_and_may_be_left_out(phone: Client, subject: Subject) -> None:
    sent = typed(bearing="concern", documents=[SimpleUploadedFile(f"{name}.txt", b"Ring") for name in ("one", "two")])
    phone.post(SHARE, sent)
    dropped = DraftFile.objects.get(name="one.txt")
    again = {**sent, "documents": [], "dropped": [str(dropped.pk), "nonsense"]}
    address = phone.post(SHARE, again)["Location"]
    assert "two.txt" in text_of(phone.get(address))
    phone.post(address, NONE_OF_IT)
    assert list(Attachment.objects.values_list("name", flat=True)) == ["two.txt"]
    assert not DraftFile.objects.exists()


def test_a_name_in_the_name_of_a_document_is_found_and_taken_out(phone: Client, subject: Subject) -> None:
    somebody(display_name="Kate Nightingale")
    item = shared_by(phone, {"people": "mask"}, documents=[SimpleUploadedFile("Kate Nightingale.txt", b"Ring")])
    assert "Kate" not in Attachment.objects.get(item=item).name


def test_what_is_only_said_has_no_documents(phone: Client, subject: Subject) -> None:
    answer = phone.post(SHARE, typed(verbal_only="on", documents=[SimpleUploadedFile("leaflet.txt", b"Ring")]))
    assert answer.status_code == 400
    assert "A document circulates" in text_of(answer)


# --- drafts on the pages


def test_what_was_begun_is_offered_again_and_discarded(phone: Client, subject: Subject) -> None:
    sent = typed(words="Half a sen")
    assert phone.post(f"{SHARE}draft/", sent).status_code == 204
    page = text_of(phone.get(SHARE))
    assert "You began to write at midday on 15 January 2026, about Elm House." in page
    address = f"{SHARE}?draft={sent['form_key']}"
    assert address.replace("&", "&amp;") in page
    assert "Half a sen" in text_of(phone.get(address))
    phone.post(SHARE, {"form_key": sent["form_key"], "action": "discard"})
    assert not Draft.objects.exists()
    assert phone.get(address).status_code == 404


def test_autosave_writes_only_what_changed_and_nothing_empty(phone: Client, subject: Subject) -> None:
    sent = typed()
    for data in (typed(words="", subject=""), sent, sent):
        assert phone.post(f"{SHARE}draft/", data).status_code == 204
    assert [event.verb for event in Event.objects.all()] == ["intelligence.save_draft"]


def test_autosave_after_sending_brings_no_draft_back(phone: Client, subject: Subject) -> None:
    sent = typed()
    phone.post(SHARE, sent)
    assert phone.post(f"{SHARE}draft/", sent).status_code == 409
    assert not Draft.objects.exists()


def test_kept_for_later_it_is_found_under_my_contributions(phone: Client, subject: Subject) -> None:
    sent = typed(action="later", subject="", documents=[SimpleUploadedFile("leaflet.txt", b"Ring")])
    assert phone.post(SHARE, sent)["Location"] == MINE
    assert sent["form_key"] in text_of(phone.get(MINE))
    assert "Leave out leaflet.txt" in text_of(phone.get(f"{SHARE}?draft={sent['form_key']}"))


@pytest.mark.parametrize("key", ["7c6f0d8e-1111-4222-8333-444455556666", "nonsense"])
def test_anothers_draft_and_none_look_alike(phone: Client, subject: Subject, key: str) -> None:
    own = typed()
    signed_in(somebody()).post(f"{SHARE}draft/", own)
    assert phone.get(f"{SHARE}?draft={own['form_key']}").status_code == 404
    assert phone.get(f"{SHARE}?draft={key}").status_code == 404
    assert phone.get(f"{SHARE}check/{own['form_key']}/").status_code == 404


def test_nul_and_a_key_that_is_none_do_no_harm(phone: Client, subject: Subject) -> None:
    answer = phone.post(SHARE, typed(form_key="none", words="Bell\0s", subject="Nowhere\0"))
    assert answer.status_code == 400
    assert "\0" not in str(Draft.objects.values_list("content", flat=True))


# --- who shares, and what they then see


@pytest.mark.requirement("PER-10", "INT-08")
def test_a_provider_tells_of_itself_and_of_others_and_sees_its_own_words_alone(subject: Subject) -> None:
    own = a_body("ZI903", "Mill House")
    provider = signed_in(somebody(Role.PROVIDER, organisation="ZI903"))
    of_itself = shared_by(provider, subject="ZI903", words="We have too few nurses")
    of_another = shared_by(provider, subject="ZI900", words="They send people home at night")
    others = an_item(own, "Others say that Mill House is unsafe")
    mine = text_of(provider.get(MINE))
    assert "too few nurses" in mine
    assert "home at night" in mine
    assert "unsafe" not in mine
    assert provider.get(f"/intelligence/{others.pk}/").status_code == 404
    for item in (of_itself, of_another):
        assert provider.get(f"/intelligence/{item.pk}/").status_code == 200
    assert f"/subjects/{subject.pk}/" not in text_of(provider.get(f"/intelligence/{of_another.pk}/"))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FOI_OFFICER, Role.ADMINISTRATOR])
def test_who_sits_in_no_group_is_not_asked(house: None, role: Role) -> None:
    client = signed_in(somebody(role))
    assert [client.get(address).status_code for address in (SHARE, MINE)] == [403, 403]
    assert [client.post(address, typed()).status_code for address in (SHARE, f"{SHARE}draft/")] == [403, 403]
    assert not Draft.objects.exists()


def test_nobody_else_is_thanked(phone: Client, subject: Subject) -> None:
    item = shared_by(phone)
    for person in (somebody(), somebody(Role.SECRETARY)):
        assert signed_in(person).get(f"/intelligence/{item.pk}/sent/").status_code == 404
    assert phone.get(f"/intelligence/{uuid4()}/sent/").status_code == 404


def test_only_colleagues_who_could_read_it_are_offered_as_readers(phone: Client, officer: Person) -> None:
    somebody(display_name="Member of ours")
    somebody(system="QZ2", display_name="Member of theirs")
    somebody(Role.PROVIDER, organisation="ZI9", display_name="Provider")
    page = text_of(phone.get(SHARE))
    assert "Member of ours" in page
    assert "Member of theirs" not in page
    assert "> Provider" not in page
    assert officer.actor_id not in page


def test_alone_in_a_group_one_is_offered_no_readers(phone: Client) -> None:
    assert 'value="restricted"' not in text_of(phone.get(SHARE)).split("Add more")[0]


def test_who_belongs_to_two_groups_says_for_which_it_is(subject: Subject) -> None:
    client = signed_in(a_person(Grant(Role.MEMBER, "QZ1", "ZA1"), Grant(Role.MEMBER, "QZ2", "ZA2")))
    assert "Which group is it for?" in text_of(client.get(SHARE))
    item = shared_by(client, system="QZ2")
    assert (item.system, Giver.objects.get().organisation) == ("QZ2", "ZA2")


def test_what_one_chose_before_is_offered_first(phone: Client, officer: Person, subject: Subject) -> None:
    an_item(subject, by=officer, source="media", at=NOW, handling=Handling.MEMBERS)
    page = text_of(phone.get(SHARE))
    assert page.count('value="media"') == 1
    assert page.index('value="media"') < page.index('<optgroup label="From inside')

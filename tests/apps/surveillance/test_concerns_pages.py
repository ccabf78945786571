"""The pages of concerns as their readers meet them: who sees what, what they say, and what a form keeps."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.surveillance.models import (
    Concern,
    ConcernEnding,
    ConcernReferral,
    Evidence,
    EvidenceRemoval,
    ProcessLead,
)
from sightline.surveillance.operations import close_concern
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import TODAY, a_signal
from tests.factories.intelligence import BELL, an_item
from tests.factories.surveillance import (
    REGION,
    SAYS,
    a_concern,
    a_decision,
    a_process_lead,
    a_referral,
    a_statement,
    evidence,
    the_body,
)
from tests.factories.triangulation import People, people_around

PHONE = "ring 07700 900123 about it"  # of the range kept for stories
ASKS = "This looks like personal data. What shall be done about it?"


@dataclass
class Scene:
    """One body with the people around it."""

    subject: Subject
    people: People


@pytest.fixture
def scene(house: None) -> Scene:
    """This function will make a body that the home system watches, and everybody around it."""
    body = an_organisation("ZR1", "Lantern Trust")
    a_relation(body, Link.PART_OF, the_body())
    subject = body.subjects.get()
    return Scene(subject, people_around(subject))


def page(person: Person, name: str, *args: Any, status: int = 200, query: str = "") -> str:
    answer = signed_in(person).get(reverse(name, args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(person: Person, name: str, given: dict[str, Any], *args: Any, status: int = 302, query: str = "") -> str:
    answer = signed_in(person).post(reverse(name, args=args) + query, given)
    assert answer.status_code == status, answer.content.decode()[:4000]
    return answer.content.decode() if status != 302 else answer.headers["Location"]


def statement(**change: Any) -> dict[str, Any]:
    """This function will fill in the form of a concern."""
    return {
        "form_key": str(uuid4()), "says": SAYS, "severity": "significant", "commissioned_by": "icb",
        "raised_on-day": "14", "raised_on-month": "1", "raised_on-year": "2026",
        "why_not_closer": "", "system_causes": "", **change,
    }  # fmt: skip


# --- who reads


READERS = {
    "lead": 200,
    "secretary": 200,
    "chair": 200,
    "member": 200,
    "auditor": 200,
    "conflicted": 404,
    "elsewhere": 404,
}


@pytest.mark.requirement("COI-03")
@pytest.mark.parametrize(("who", "status"), READERS.items())
def test_members_read_a_concern_and_to_all_others_it_is_not_there(who: str, status: int, scene: Scene) -> None:
    concern, person = a_concern(scene.subject), getattr(scene.people, who)
    html = page(person, "concern", concern.pk, status=status)
    listed = page(person, "concerns")
    assert (SAYS in html) is (SAYS in listed) is (status == 200)


@pytest.mark.requirement("PER-09", "PER-10")
@pytest.mark.parametrize("role", [Role.PROVIDER, Role.REGION, Role.FOI_OFFICER, Role.ADMINISTRATOR])
def test_the_provider_and_the_region_are_turned_away_from_every_page_of_concerns(role: Role, scene: Scene) -> None:
    concern = a_concern(scene.subject)
    body = {Role.PROVIDER: "ZR1", Role.REGION: REGION}.get(role, "")
    person = a_person(Grant(role, system="" if role is Role.REGION else "QZ1", organisation=body))
    for name in ("concerns", "concern"):
        page(person, name, *([concern.pk] if name == "concern" else []), status=403)
    page(person, "concern_raise", status=403)
    may_hold_a_pen = role is Role.REGION
    for name in ("concern_restate", "concern_evidence", "concern_referral", "concern_close"):
        page(person, name, concern.pk, status=404 if may_hold_a_pen else 403)


def test_whoever_reads_without_sitting_in_the_group_is_offered_nothing_to_do(scene: Scene) -> None:
    html = page(scene.people.auditor, "concern", a_concern(scene.subject).pk)
    assert "State it anew" not in html and "Link evidence" not in html and "Close the concern" not in html


# --- evidence: each piece only for whoever may see it where it stands


@pytest.mark.requirement("IGV-08")
def test_evidence_that_a_reader_may_not_read_leaves_no_trace_not_even_a_count(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    evidence(concern, a_signal(scene.subject))
    evidence(concern, an_item(scene.subject))
    lead = scene.people.lead
    for words in ("One ward alone", "One nurse alone"):
        evidence(concern, an_item(scene.subject, words, handling=Handling.RESTRICTED, readers=(lead.actor_id,)))
    seen = page(lead, "concern", concern.pk)
    assert "One ward alone" in seen and "4 pieces of evidence" in page(lead, "concerns")
    html = page(scene.people.member, "concern", concern.pk)
    assert BELL in html and "alone" not in html.replace("let alone", "")
    assert "more piece" not in html and "not read" not in html
    assert "2 pieces of evidence" in page(scene.people.member, "concerns")
    copies = {one: signed_in(one).post(reverse("concerns_csv")).content.decode() for one in (lead, scene.people.member)}
    assert "No,4," in copies[lead] and "No,2," in copies[scene.people.member]


def test_what_a_concern_lacks_is_told_as_though_hidden_evidence_were_not_there(scene: Scene) -> None:
    bare, hidden = a_concern(scene.subject), a_concern(scene.subject)
    lead = scene.people.lead
    evidence(hidden, an_item(scene.subject, "One ward", handling=Handling.RESTRICTED, readers=(lead.actor_id,)))
    wanting = "Link the evidence: signals that stand"
    for concern, who, lacks in ((bare, lead, True), (hidden, lead, False), (hidden, scene.people.member, True)):
        assert (wanting in page(who, "concern", concern.pk)) is lacks
    assert "No evidence is linked that you may read." in page(scene.people.member, "concern", hidden.pk)


def test_hard_evidence_stands_before_soft_and_an_ended_signal_says_so(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    evidence(concern, an_item(scene.subject))
    evidence(concern, a_signal(scene.subject, stands=False))
    html = page(scene.people.member, "concern", concern.pk)
    assert html.index("Hard evidence") < html.index("Soft evidence")
    assert "It no longer stands." in html


def test_the_picker_offers_what_stands_and_is_not_linked_yet_worries_first(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    better = a_signal(scene.subject, bearing=Bearing.IMPROVEMENT, measure="staff-turnover-rate")
    worse, gone = a_signal(scene.subject), a_signal(scene.subject, stands=False)
    linked = an_item(scene.subject, "Linked already")
    evidence(concern, linked)
    told = an_item(scene.subject)
    html = page(scene.people.member, "concern_evidence", concern.pk)
    assert html.index(str(worse.pk)) < html.index(str(better.pk))
    assert str(gone.pk) not in html and str(linked.pk) not in html and BELL in html
    given = {"signal": f"signal:{worse.pk}", "intelligence": f"intelligence:{told.pk}"}
    where = sent(scene.people.member, "concern_evidence", given, concern.pk)
    assert where.endswith("#evidence") and concern.evidence.count() == 3


def test_the_picker_asks_for_a_tick_and_refuses_what_it_did_not_offer(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    a_signal(scene.subject)
    assert "Tick at least one" in sent(scene.people.member, "concern_evidence", {}, concern.pk, status=400)
    given = {"signal": f"signal:{uuid4()}"}
    assert "no longer stands" in sent(scene.people.member, "concern_evidence", given, concern.pk, status=400)
    assert not Evidence.objects.exists()


def test_a_picker_with_nothing_to_offer_says_what_to_do(scene: Scene) -> None:
    html = page(scene.people.member, "concern_evidence", a_concern(scene.subject).pk)
    assert "Share what you have heard" in html and '<button class="nhsuk-button" type="submit">Link' not in html


def test_a_piece_is_taken_off_with_a_reason_that_stays(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    piece = evidence(concern, a_signal(scene.subject))
    args = (concern.pk, piece.pk)
    assert "why it no longer counts" in sent(scene.people.member, "concern_evidence_remove", {}, *args, status=400)
    sent(scene.people.member, "concern_evidence_remove", {"because": "Counted twice"}, *args)
    assert "Counted twice" in page(scene.people.member, "concern", concern.pk)
    page(scene.people.member, "concern_evidence_remove", *args, status=404)
    assert EvidenceRemoval.objects.count() == 1
    other = a_concern(scene.subject)
    page(scene.people.member, "concern_evidence_remove", other.pk, piece.pk, status=404)


# --- raising


def test_raising_begins_with_the_subject(scene: Scene) -> None:
    assert "Whom or what is it about?" in page(scene.people.member, "concern_raise")
    where = sent(scene.people.member, "concern_raise", {"subject": "ZR1"})
    assert where.endswith(f"?subject={scene.subject.pk}")
    assert "Nothing here fits" in sent(scene.people.member, "concern_raise", {"subject": "zzzz"}, status=400)


@pytest.mark.requirement("RSK-06", "SUR-15", "LVL-11")
def test_a_concern_is_raised_with_all_that_the_guidance_asks(scene: Scene) -> None:
    given = statement(
        modifiers=["complex", "recurrent"], reaches=["is_wider", "has_conflict"],
        why_not_closer="Two boards have to act", system_causes="Few nurses anywhere",
    )  # fmt: skip
    query = f"?subject={scene.subject.pk}"
    where = sent(scene.people.member, "concern_raise", given, query=query)
    concern = Concern.objects.get()
    assert where == reverse("concern", args=[concern.pk])
    said = concern.statements.get()
    assert (said.severity, said.is_complex, said.is_recurrent, said.is_wider) == ("significant", True, True, True)
    assert (said.has_conflict, said.needs_national_action, said.is_abuse_suspected) == (True, False, False)
    assert sent(scene.people.member, "concern_raise", given, query=query) == where, "sent twice, raised once"
    html = page(scene.people.member, "concern", concern.pk)
    for words in (SAYS, "Significant", "Complex", "Two boards have to act", "Few nurses anywhere", "This ICB"):
        assert words in html
    assert Concern.objects.count() == 1


@pytest.mark.requirement("LVL-07")
def test_the_way_of_commissioning_is_filled_in_from_the_directory(scene: Scene) -> None:
    html = page(scene.people.member, "concern_raise", query=f"?subject={scene.subject.pk}")
    assert '<option value="icb" selected>' in html
    assert "multi-agency safeguarding process" in html, "the guidance's own words"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"says": ""}, "Say what is wrong."),
        ({"severity": ""}, "Choose how grave it is."),
        ({"severity": "dreadful"}, "not one of the available choices"),
        ({"raised_on-year": "2027"}, "still to come"),
        ({"raised_on-day": "x"}, "must be in numbers"),
        ({"modifiers": ["odd"]}, "not one of the available choices"),
        ({"says": "x" * 8_001}, "at most 8000"),
    ],
)
def test_a_form_that_cannot_be_used_says_why_and_keeps_what_was_typed(
    change: dict[str, Any], says: str, scene: Scene
) -> None:
    given = statement(system_causes="Typed with care", **change)
    html = sent(scene.people.member, "concern_raise", given, status=400, query=f"?subject={scene.subject.pk}")
    assert says in html and "Typed with care" in html
    assert not Concern.objects.exists()


@pytest.mark.requirement("IGV-01")
def test_the_form_asks_about_what_looks_like_personal_data_until_somebody_answers(scene: Scene) -> None:
    query, given = f"?subject={scene.subject.pk}", statement(says=PHONE)
    html = sent(scene.people.member, "concern_raise", given, status=400, query=query)
    assert ASKS in html and PHONE in html and not Concern.objects.exists()
    mark = html.partition('name="looked" value="')[2].partition('"')[0]
    sent(scene.people.member, "concern_raise", {**given, "looked": mark, "people": "mask"}, query=query)
    assert Concern.objects.get().statements.get().says == "ring [telephone number removed] about it"


@pytest.mark.parametrize("who", ["conflicted", "provider"])
def test_nobody_raises_a_concern_about_what_they_have_an_interest_in(who: str, scene: Scene) -> None:
    person = getattr(scene.people, who)
    status = 404 if who == "conflicted" else 403
    page(person, "concern_raise", status=status, query=f"?subject={scene.subject.pk}")
    sent(person, "concern_raise", statement(), status=status, query=f"?subject={scene.subject.pk}")
    if who == "conflicted":
        assert "declared an interest" in sent(person, "concern_raise", {"subject": "ZR1"}, status=400)


@pytest.mark.parametrize("query", ["?subject=nonsense", "?subject=", "?follows=4f3b66ce-c24c-4d7a-ac92-0a0b13f3f7ef"])
def test_an_address_that_names_nothing_asks_whom_it_is_about(query: str, scene: Scene) -> None:
    assert "Whom or what is it about?" in page(scene.people.member, "concern_raise", query=query)


def test_what_was_closed_is_raised_again_with_its_words_and_counts_as_recurrent(scene: Scene) -> None:
    before = a_concern(scene.subject)
    close_concern(by=scene.people.lead, at=timezone.now(), concern=before, because="Put right")
    assert f"follows={before.pk}" in page(scene.people.member, "concern", before.pk)
    html = page(scene.people.member, "concern_raise", query=f"?follows={before.pk}")
    assert SAYS in html and 'value="recurrent" checked' in html
    sent(scene.people.member, "concern_raise", statement(modifiers=["recurrent"]), query=f"?follows={before.pk}")
    again = Concern.objects.get(follows=before)
    assert reverse("concern", args=[before.pk]) in page(scene.people.member, "concern", again.pk)


def test_stating_anew_shows_what_was_said_and_who_is_overtaken_keeps_their_words(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    assert SAYS in page(scene.people.member, "concern_restate", concern.pk)
    a_statement(concern, "Written meanwhile")
    given = statement(says="My own words", seen="1", because="It grew")
    html = sent(scene.people.member, "concern_restate", given, concern.pk, status=400)
    assert "Somebody else stated this concern anew" in html and "My own words" in html
    sent(scene.people.member, "concern_restate", {**given, "seen": "2"}, concern.pk)
    html = page(scene.people.member, "concern", concern.pk)
    assert html.index("My own words") < html.index("Written meanwhile") < html.index("Falls on two wards")


# --- safeguarding, closing, leading


@pytest.mark.requirement("SAF-01")
def test_a_referral_that_is_owed_is_said_loudly_until_it_is_recorded(scene: Scene) -> None:
    concern = a_concern(scene.subject, is_abuse_suspected=True)
    owed = "no referral is recorded"
    member = scene.people.member
    assert owed in page(member, "concern", concern.pk) and "Referral owed" in page(member, "concerns")
    assert "It cannot be closed yet." in page(scene.people.lead, "concern_close", concern.pk)
    sent(scene.people.lead, "concern_close", {"because": "Talked about it"}, concern.pk, status=403)
    assert not ConcernEnding.objects.exists()
    day = {"referred_on-day": "14", "referred_on-month": "1", "referred_on-year": "2026"}
    given = {"kind": "case", "body": "Adult safeguarding of the council", "reference": "SG 7", **day}
    sent(member, "concern_referral", given, concern.pk)
    html = page(member, "concern", concern.pk)
    assert owed not in html
    assert "Reported to Adult safeguarding of the council on 14 January 2026, reference SG 7." in html
    sent(scene.people.lead, "concern_close", {"because": "The council leads now"}, concern.pk)
    assert "The council leads now" in page(member, "concern", concern.pk)


def test_a_referral_form_says_what_is_missing(scene: Scene) -> None:
    html = sent(scene.people.member, "concern_referral", {}, a_concern(scene.subject).pk, status=400)
    for words in ("Choose which of the two it is.", "Name the body", "Give the day"):
        assert words in html
    assert "Safeguarding Adults Board" in html and not ConcernReferral.objects.exists()


def test_a_closed_concern_is_worked_on_no_more(scene: Scene) -> None:
    concern = a_concern(scene.subject)
    sent(scene.people.lead, "concern_close", {"because": "Put right"}, concern.pk)
    for name in ("concern_restate", "concern_evidence", "concern_close"):
        page(scene.people.lead, name, concern.pk, status=403)
    page(scene.people.lead, "concern_referral", concern.pk)


@pytest.mark.requirement("ORG-11")
def test_who_leads_is_asked_for_where_several_systems_are_concerned(scene: Scene) -> None:
    assert scene.subject.organisation is not None
    second = an_organisation("QZ2", "Second board", Kind.ICB)
    a_relation(scene.subject.organisation, Link.PART_OF, second)
    concern = a_concern(scene.subject)
    assert "nobody was agreed to lead" in page(scene.people.lead, "concern", concern.pk)
    assert "Second board" in page(scene.people.lead, "process_lead", scene.subject.pk)
    given = {
        "form_key": str(uuid4()), "organisation": str(second.pk), "agreed_with": "Both boards", "because": "The contract",
        "agreed_on-day": "1", "agreed_on-month": "12", "agreed_on-year": "2025",
    }  # fmt: skip
    for _ in range(2):
        sent(scene.people.lead, "process_lead", given, scene.subject.pk)
    assert ProcessLead.objects.count() == 1
    assert "Second board leads since 1 December 2025" in page(scene.people.member, "concern", concern.pk)
    page(scene.people.member, "process_lead", scene.subject.pk, status=403)
    page(scene.people.elsewhere, "process_lead", scene.subject.pk, status=403)


def test_without_anybody_who_could_lead_the_page_says_what_to_complete(house: None) -> None:
    alone = an_organisation("ZR7").subjects.get()
    html = page(a_person(Grant(Role.QUALITY_LEAD, system="QZ1")), "process_lead", alone.pk)
    assert "Complete the directory first." in html


def test_a_lead_agreed_before_is_shown_and_gives_way(scene: Scene) -> None:
    a_process_lead(scene.subject)
    assert "A new agreement takes its place." in page(scene.people.lead, "process_lead", scene.subject.pk)


@pytest.mark.requirement("IGV-01")
@pytest.mark.parametrize(("who", "reads"), [("lead", 5), ("secretary", 5), ("member", 0), ("chair", 0)])
def test_why_personal_data_stays_is_for_those_who_keep_the_record(who: str, reads: int, scene: Scene) -> None:
    told = {"knowingly": "The ward’s own line"}
    concern = a_concern(scene.subject, **told)
    a_referral(concern, **told)
    a_process_lead(scene.subject, **told)
    by = {"recorded_at": timezone.now(), "recorded_by": scene.people.lead.actor_id, **told}
    ConcernEnding.objects.create(concern=concern, ended_on=TODAY, because="Put right", **by)
    EvidenceRemoval.objects.create(evidence=evidence(concern, a_signal(scene.subject)), because="Twice", **by)
    html = page(getattr(scene.people, who), "concern", concern.pk)
    assert html.count("The ward’s own line") == reads and "Put right" in html and "Twice" in html


# --- what is missing, and where it stands


def test_the_page_says_what_is_missing_before_a_level_and_where_the_subject_stands(scene: Scene) -> None:
    concern = a_concern(scene.subject, why_not_closer="")
    html = page(scene.people.member, "concern", concern.pk)
    assert "stands at Routine" in html and "Still missing before a higher level" in html
    for words in ("Link the evidence", "risk profile on which the decision rests", "nearer to it"):
        assert words in html
    a_decision(scene.subject, "enhanced", on=TODAY, concern=concern)
    html = page(scene.people.lead, "concern", concern.pk)
    assert "stands at Enhanced since 15 January 2026" in html and "Why it cannot be closed yet" in html


# --- the list and its copy


def test_the_list_says_how_many_and_what_its_filters_leave_out(scene: Scene) -> None:
    a_concern(scene.subject, "Grave matter", severity="very-significant")
    closed = a_concern(scene.subject, "Closed matter", severity="minor")
    owed = a_concern(an_organisation("ZR2", "Mill Trust").subjects.get(), "Owed matter", is_abuse_suspected=True)
    close_concern(by=scene.people.lead, at=timezone.now(), concern=closed, because="Put right")

    def shown(query: str) -> set[str]:
        html = page(scene.people.member, "concerns", query=query)
        return {word for word in ("Grave", "Closed", "Owed") if f"{word} matter" in html}

    assert shown("") == {"Grave", "Owed"} and shown("?state=closed") == {"Closed"}
    assert shown("?state=") == {"Grave", "Closed", "Owed"}
    assert shown("?severity=very-significant") == {"Grave"} and shown("?waiting=yes") == {"Owed"}
    assert shown(f"?state=&subject={scene.subject.pk}") == {"Grave", "Closed"}
    assert shown("?severity=odd&subject=odd&state=odd&page=99x") == {"Grave", "Closed", "Owed"}
    assert "2 concerns, those that are open" in page(scene.people.member, "concerns")
    a_referral(owed)
    assert shown("?waiting=yes") == set()
    assert "No concern that you may read fits." in page(scene.people.member, "concerns", query="?waiting=yes")


def test_an_empty_list_says_what_to_do(scene: Scene) -> None:
    html = page(scene.people.member, "concerns")
    assert "0 concerns" in html and "Raise a concern" in html
    assert "Raise a concern" not in page(scene.people.auditor, "concerns")


def test_a_copy_holds_what_is_listed_and_no_evidence(scene: Scene) -> None:
    concern = a_concern(scene.subject, "=SUM(A1) falls")
    evidence(concern, an_item(scene.subject))
    text = sent(scene.people.member, "concerns_csv", {}, status=200)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Official – Sensitive: for members of the quality group"] and "Mel Member" in rows[1][0]
    assert rows[3][:4] == ["Lantern Trust", "ZR1", "Routine", "Significant"] and "'=SUM(A1) falls" in rows[3]
    assert BELL not in text
    assert len(list(csv.reader(io.StringIO(sent(scene.people.conflicted, "concerns_csv", {}, status=200))))) == 3


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    number: int, scene: Scene, django_assert_max_num_queries: Any
) -> None:
    for index in range(number):
        evidence(a_concern(scene.subject, f"Matter {index}"), a_signal(scene.subject))
    client = signed_in(scene.people.member)
    with django_assert_max_num_queries(32):
        client.get(reverse("concerns"))


def test_a_key_that_names_no_concern_finds_nothing(scene: Scene) -> None:
    for name in ("concern", "concern_restate", "concern_evidence", "concern_referral", "concern_close"):
        page(scene.people.lead, name, UUID(int=7), status=404)
    page(scene.people.lead, "process_lead", UUID(int=7), status=404)

"""Every page of the aids and of profiles: it is drawn, does what it says, and shows each reader what is theirs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sightline.core.access import Grant, Role
from sightline.core.signals import SignalKind
from sightline.profiles.giving import Written
from sightline.profiles.models import (
    CommissionerEntry,
    HeatMapReading,
    MeasureReview,
    OtherProcess,
    Profile,
    ProviderEntry,
    SharedEntry,
    Signature,
    TriggerAnswer,
    TriggerAssessment,
)
from sightline.profiles.queries import current_tool
from tests.factories.accounts import a_person, signed_in
from tests.factories.indicators import NOW, TODAY, a_signal
from tests.factories.profiles import (
    ANOTHER_VIEW,
    SYSTEM,
    Two,
    a_shared_profile,
    an_agreed_profile,
    domains,
    shared,
    sheet_of,
    started,
    wrote,
)

SECRET = Written(view="Kept among ourselves for now")


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    """This function will give a page that answers as it should."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def done(client: Client, address: str, given: dict[str, object]) -> None:
    """This function will send a form that must be accepted."""
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert "/sign-in/" not in answer.headers["Location"]


def entry_of(sheet_seen: int = 0, **given: object) -> dict[str, object]:
    """This function will fill in the form of a domain."""
    return {"seen": sheet_seen, "likelihood": "", "consequence": "", "confidence": "", **given}


def test_subject_without_anything_says_what_to_do_next(two: Two) -> None:
    html = page(signed_in(two.lead), "profiles", two.subject.pk)
    assert "No structured risk profile has been made" in html
    assert reverse("profile_start", args=[two.subject.pk]) in html
    assert "nothing here shows yet how risk was assessed" in html
    assert "generic" in html, "it must not pass for the tool of NHS England"


def test_member_reads_and_is_offered_nothing_to_write(two: Two) -> None:
    profile = a_shared_profile(two)
    client = signed_in(two.member)
    for name in ("profiles", "heat_map", "trigger_tool"):
        html = page(client, name, two.subject.pk)
        assert "/new/" not in html and "/start/" not in html and "/other/" not in html
    html = page(client, "profile", profile.pk)
    assert "Two infections in one ward" in html
    assert html.count("Only one side has judged it") == len(domains()) and "No difference" not in html
    assert (
        "/sign/" not in html
        and "Write your side" not in html
        and reverse("profile_share", args=[profile.pk]) not in html
    )


@pytest.mark.requirement("RSK-11")
def test_profile_goes_by_pages_from_start_to_agreement(two: Two) -> None:
    ours, theirs = signed_in(two.lead), signed_in(two.provider)
    given = {"form_key": str(uuid4()), "because": "Concerns last"}
    done(ours, reverse("profile_start", args=[two.subject.pk]), given)
    profile = Profile.objects.get()
    assert "Draft" in page(ours, "profiles", two.subject.pk)
    assert "No risk profile has been shared with you" in page(theirs, "profiles", two.subject.pk)
    for domain in domains():
        address = reverse("profile_domain", args=[profile.pk, domain])
        sent = entry_of(evidence_for=f"What we know of {domain}", likelihood="3", consequence="4", confidence="some")
        done(ours, address, sent)
    assert "Share it with the provider first" in page(ours, "profile_sign", profile.pk)
    done(ours, reverse("profile_share", args=[profile.pk]), {"domains": domains()})
    address = reverse("profile_domain", args=[profile.pk, "safety"])
    assert "What we know of safety" in page(theirs, "profile_domain", profile.pk, "safety")
    done(theirs, address, entry_of(view="We see it otherwise", likelihood="2", consequence="2"))
    html = page(ours, "profile", profile.pk)
    assert "We see it otherwise" in html and "They differ on the band: High by the commissioner’s side" in html
    for client in (ours, theirs):
        seen = sheet_of(two.lead, profile).now
        done(client, reverse("profile_sign", args=[profile.pk]), {"seen": seen, "confirm": "on"})
    html = page(ours, "profiles", two.subject.pk)
    assert "Agreed" in html and "Due by 15 January 2027" in html
    assert Signature.objects.count() == 2


def test_later_change_says_that_signatures_are_void(two: Two) -> None:
    profile = an_agreed_profile(two)
    theirs = signed_in(two.provider)
    html = page(theirs, "profile_domain", profile.pk, "safety")
    assert "If you save a change, no signature holds any longer" in html
    sent = entry_of(1, view="We now see it gravely", likelihood="4", consequence="4", confidence="high")
    done(theirs, reverse("profile_domain", args=[profile.pk, "safety"]), sent)
    html = page(signed_in(two.lead), "profile", profile.pk)
    assert "no longer hold" in html and html.count("Void: it was changed since") == 2
    assert ">Shared</strong>" in html


def test_second_editor_sees_both_texts_and_loses_none(two: Two) -> None:
    profile = started(two)
    wrote(two.secretary, profile, Written(view="The first to save"))
    client = signed_in(two.lead)
    address = reverse("profile_domain", args=[profile.pk, "safety"])
    answer = client.post(address, entry_of(0, view="The second to save"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The first to save" in html and "The second to save" in html
    assert "Sam Secretary" in html and 'name="seen" value="1"' in html
    assert CommissionerEntry.objects.count() == 1
    done(client, address, entry_of(1, view="The second to save"))
    assert [one.view for one in CommissionerEntry.objects.order_by("number")] == [
        "The first to save",
        "The second to save",
    ]


def test_form_sent_twice_is_saved_once(two: Two) -> None:
    profile = started(two)
    client = signed_in(two.lead)
    for _ in range(2):
        done(client, reverse("profile_domain", args=[profile.pk, "safety"]), entry_of(0, view="Once"))
    assert CommissionerEntry.objects.count() == 1
    given = {"form_key": str(uuid4()), "because": "Twice"}
    for _ in range(2):
        done(client, reverse("profile_start", args=[two.subject.pk]), given)
    assert Profile.objects.filter(because="Twice").count() == 1


def test_provider_never_meets_what_was_not_shared(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile)
    shared(two, profile)
    wrote(two.lead, profile, SECRET, seen=1)
    wrote(two.lead, profile, SECRET, domain="leadership")
    theirs = signed_in(two.provider)
    pages = [page(theirs, name, profile.pk) for name in ("profile", "profile_print", "profile_csv", "profile_sign")]
    pages += [page(theirs, "profile_domain", profile.pk, "safety")]
    pages += [page(theirs, "profile_domain_history", profile.pk, one) for one in ("safety", "leadership")]
    for html in pages:
        assert SECRET.view not in html and "Not shared yet" not in html and "not shared yet" not in html
    assert "Two infections in one ward" in pages[0]
    assert "Concerns last, and visits gave no assurance" not in "".join(pages), "why it was started is not shared"
    ours = page(signed_in(two.lead), "profile", profile.pk)
    assert ours.count("Not shared yet") == 2
    assert "Holds what the provider has not been given" in ours


def test_provider_is_shown_no_aid_and_no_draft(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile)
    theirs = signed_in(two.provider)
    for name in ("profile", "profile_print", "profile_csv", "profile_sign", "profile_share", "profile_review"):
        page(theirs, name, profile.pk, status=404)
    for name in ("heat_map_new", "trigger_tool_new", "profile_other_process", "profile_start"):
        page(theirs, name, two.subject.pk, status=404)
    for name in ("heat_map", "trigger_tool"):
        page(theirs, name, two.subject.pk, status=403)
    html = page(theirs, "profiles", two.subject.pk)
    assert "Heat map" not in html and "Trigger tool" not in html and "Started on" not in html


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        (Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR9"), 404),
        (Grant(Role.CHAIR, system="QZ2"), 404),
        (Grant(Role.MEMBER, system=SYSTEM, organisation="ZR1"), 404),
        (Grant(Role.REGION, system=SYSTEM), 403),
        (Grant(Role.FOI_OFFICER, system=SYSTEM), 403),
        (Grant(Role.ADMINISTRATOR), 403),
        (Grant(Role.MEMBER, system=SYSTEM), 200),
        (Grant(Role.LAY_MEMBER, system=SYSTEM), 200),
        (Grant(Role.AUDITOR, system=SYSTEM), 200),
    ],
)
def test_who_is_let_into_a_shared_profile(two: Two, grant: Grant, status: int) -> None:
    profile = a_shared_profile(two)
    client = signed_in(a_person(grant))
    for name in ("profile", "profile_print", "profile_csv"):
        page(client, name, profile.pk, status=status)
    page(client, "profile_domain_history", profile.pk, "safety", status=status)


def test_heat_map_is_filled_in_from_the_signals_and_asks_why_a_count_is_changed(two: Two) -> None:
    a_signal(two.subject)
    a_signal(two.subject, source="shmi", measure="shmi")
    a_signal(two.subject, kind=SignalKind.STOPPED)
    client = signed_in(two.lead)
    html = page(client, "heat_map_new", two.subject.pk)
    assert "Concerns that stand in the signals: 2" in html and "2 independent sources" in html
    assert 'name="issues" type="number" value="2"' in html or 'value="2"' in html
    address = reverse("heat_map_new", args=[two.subject.pk])
    given = {"form_key": str(uuid4()), "issues": "4", "risk": "high", "confidence": "low", "because": "As we hear"}
    answer = client.post(address, given)
    assert answer.status_code == 400 and "2 concerns stand. Say why the number is another." in answer.content.decode()
    assert "As we hear" in answer.content.decode(), "what was typed is kept"
    done(client, address, {**given, "issues_because": "Two more were told"})
    one = HeatMapReading.objects.get()
    assert (one.issues_counted, one.issues, one.suggested) == (2, 4, "enhanced")
    html = page(client, "heat_map", two.subject.pk)
    assert "4 issues in place of the 2 counted: Two more were told" in html and "As we hear" in html


def answers(word: str = "no", **other: str) -> dict[str, str]:
    """This function will answer every question alike, some otherwise."""
    tool = current_tool("trigger_tool", TODAY)
    asked = {f"q-{one.id}": other.get(one.id.replace("-", "_"), word) for one in tool.part.questions}  # type: ignore[union-attr]
    return {"form_key": str(uuid4()), "because": "As the group sees it", **asked}


def test_trigger_tool_suggests_from_signals_and_chooses_nothing_beforehand(two: Two) -> None:
    for source in ("sickness_absence", "shmi"):
        a_signal(two.subject, source=source, measure="shmi" if source == "shmi" else "sickness-absence-rate")
    html = page(signed_in(two.lead), "trigger_tool_new", two.subject.pk)
    assert "The signals suggest yes: two independent sources have concerns." in html
    assert "suggest no" not in html
    assert " checked" not in html


def test_answers_lead_to_a_step_and_a_later_assessment_supersedes(two: Two) -> None:
    client = signed_in(two.lead)
    address = reverse("trigger_tool_new", args=[two.subject.pk])
    done(client, address, answers())
    assert "Recommended: Routine monitoring" in page(client, "trigger_tool", two.subject.pk)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client = signed_in(two.lead)
        given = {**answers(no_assurance="yes", lasting="yes", leadership="not_known"), "note-lasting": "Since spring"}
        done(client, address, given)
        html = page(client, "trigger_tool", two.subject.pk)
    newest, _, earlier = html.partition("Superseded")
    assert "Recommended: Structured risk profile" in newest and "Since spring" in newest
    assert "1 answer is not known, which is a finding" in newest
    assert "Routine monitoring" in earlier
    assert TriggerAssessment.objects.count() == 2
    assert reverse("profile_start", args=[two.subject.pk]) in newest


def test_question_without_an_answer_is_asked_for_and_nothing_typed_is_lost(two: Two) -> None:
    client = signed_in(two.lead)
    given = {**answers("yes"), "note-silence": "They stopped in May"}
    del given["q-silence"]
    answer = client.post(reverse("trigger_tool_new", args=[two.subject.pk]), given)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "is not answered. Choose “Not known” if nobody can say." in html and "They stopped in May" in html
    assert not TriggerAnswer.objects.exists()


@pytest.mark.requirement("RSK-09")
def test_another_robust_process_is_recorded_and_shown(two: Two) -> None:
    client = signed_in(two.lead)
    given = {
        "form_key": str(uuid4()), "name": "Clinical summit", "reference": "QC/26/4", "because": "All partners took part",
        "held_on-day": "3", "held_on-month": "1", "held_on-year": "2026",
    }  # fmt: skip
    address = reverse("profile_other_process", args=[two.subject.pk])
    assert client.post(address, {**given, "held_on-year": "2027"}).status_code == 400
    done(client, address, given)
    assert OtherProcess.objects.get().reference == "QC/26/4"
    html = page(client, "profiles", two.subject.pk)
    assert "Clinical summit" in html and "3 January 2026" in html and "nothing here shows yet" not in html


@pytest.mark.requirement("RSK-10")
def test_yearly_review_falls_due_is_overdue_and_is_recorded_with_what_it_changed(two: Two) -> None:
    profile = an_agreed_profile(two)
    client = signed_in(two.lead)
    assert "Due by 15 January 2027" in page(client, "profile_review", profile.pk)
    with time_machine.travel(NOW + timedelta(days=366), tick=False):
        client = signed_in(two.lead)
        assert "Overdue since 15 January 2027" in page(client, "profiles", two.subject.pk)
        given = {"form_key": str(uuid4()), "measures": "Falls a month\n\nInfections A MONTH", "because": "Falls rose"}
        done(client, reverse("profile_review", args=[profile.pk]), given)
        html = page(client, "profile", profile.pk)
    assert MeasureReview.objects.count() == 1
    assert "<strong>Added:</strong> Falls a month." in html and "Taken out" not in html
    assert "Due by 16 January 2028" in html and "Agreed" in html, "a review leaves what was signed as it is"


def test_table_carries_its_handling_and_no_formula(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile, Written(view="=HYPERLINK(1)", evidence_for="Line one\nLine two"))
    answer = signed_in(two.lead).get(reverse("profile_csv", args=[profile.pk]))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1] == ["Handling", rows[1][1]] and "Not for publication" in rows[1][1]
    (line,) = [row for row in rows if row[:1] == ["Safety"]]
    assert "'=HYPERLINK(1)" in line and "Line one\nLine two" in line and "no" in line


def test_paper_holds_everything_and_the_text_that_is_signed(two: Two) -> None:
    profile = an_agreed_profile(two)
    html = page(signed_in(two.member), "profile_print", profile.pk)
    assert "Not for publication" in html and sheet_of(two.member, profile).now in html
    assert ANOTHER_VIEW.view in html and "Two infections in one ward" in html and html.count("Holds") >= 2


def test_script_typed_into_a_profile_stays_text(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile, Written(view="<script>alert(1)</script>", measures=("<b>x</b>",)))
    client = signed_in(two.lead)
    for name in ("profile", "profile_print"):
        html = page(client, name, profile.pk)
        assert "<script>alert(1)" not in html and "&lt;script&gt;alert(1)" in html and "<b>x</b>" not in html
    page(client, "profile_domain_history", profile.pk, "safety")


def test_signals_are_kept_in_the_words_of_the_day(two: Two) -> None:
    one = a_signal(two.subject)
    profile = started(two)
    client = signed_in(two.lead)
    html = page(client, "profile_domain", profile.pk, "staffing")
    assert "Worse: " in html
    words = next(value for value in _values(html, "signals"))
    address = reverse("profile_domain", args=[profile.pk, "staffing"])
    assert client.post(address, entry_of(0, signals=["Invented: not a signal"])).status_code == 400
    done(client, address, entry_of(0, signals=[words]))
    assert CommissionerEntry.objects.get().signals == words
    type(one).objects.filter(pk=one.pk).update(stands=False)
    assert words in [*_values(page(client, "profile_domain", profile.pk, "staffing"), "signals")]


def _values(html: str, name: str) -> list[str]:
    import html as plain
    import re

    return [plain.unescape(found) for found in re.findall(rf'name="{name}"[^>]*?value="([^"]*)"', html)]


def test_secretary_prepares_and_does_not_sign(two: Two) -> None:
    profile = a_shared_profile(two)
    client = signed_in(two.secretary)
    assert "A quality lead signs it" in page(client, "profile_sign", profile.pk)
    seen = sheet_of(two.secretary, profile).now
    answer = client.post(reverse("profile_sign", args=[profile.pk]), {"seen": seen, "confirm": "on"})
    assert answer.status_code == 403 and not Signature.objects.exists()


def test_signing_what_was_changed_meanwhile_is_refused(two: Two) -> None:
    profile = a_shared_profile(two)
    seen = sheet_of(two.lead, profile).now
    wrote(two.provider, profile, ANOTHER_VIEW)
    answer = signed_in(two.lead).post(reverse("profile_sign", args=[profile.pk]), {"seen": seen, "confirm": "on"})
    assert answer.status_code == 403 and "It was changed while you read it" in answer.content.decode()
    assert not Signature.objects.exists()


def test_newer_profile_takes_the_place_of_one_never_agreed_but_not_of_an_agreed_one(two: Two) -> None:
    first = an_agreed_profile(two)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        client = signed_in(two.lead)
        started(two)
        html = page(client, "profiles", two.subject.pk)
        assert "this one holds until that is agreed" in html
        assert "A newer profile of this subject was started" in page(client, "profile_domain", first.pk, "safety")
        assert "newer" not in page(signed_in(two.provider), "profile", first.pk), (
            "of a draft the provider knows nothing"
        )
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        started(two)
        html = page(signed_in(two.lead), "profiles", two.subject.pk)
    assert html.count(">Superseded</strong>") == 1 and html.count(">Draft</strong>") == 1
    assert html.count(">Agreed</strong>") == 1


def test_pages_ask_the_database_little(
    two: Two, outside_transaction: None, django_assert_max_num_queries: object
) -> None:
    profile = an_agreed_profile(two)
    client = signed_in(two.lead)
    for name, args in (("profile", profile.pk), ("profiles", two.subject.pk), ("profile_sign", profile.pk)):
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            page(client, name, args)
    assert SharedEntry.objects.count() == len(domains()) and ProviderEntry.objects.count() == 1

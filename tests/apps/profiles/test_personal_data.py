"""What looks like personal data is found before it is kept: where it stands, and what its writer does about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.core.intelligence.checking import REMEDIES, WHAT_IS_CHECKED, Remedy, find_personal
from sightline.core.triangulation.triggering import Answer as TriggerReply
from sightline.core.verdict import Invalid
from sightline.profiles.giving import Answered, Written
from sightline.profiles.models import (
    CommissionerEntry,
    HeatMapReading,
    MeasureReview,
    OtherProcess,
    Profile,
    ProviderEntry,
    SharedEntry,
    TriggerAnswer,
    TriggerAssessment,
)
from sightline.profiles.operations import assess_triggers, share_entries, write_entry
from sightline.profiles.queries import current_tool
from sightline.web.checking import ASKS
from tests.factories.accounts import signed_in
from tests.factories.indicators import TODAY
from tests.factories.profiles import Two, an_agreed_profile, shared, started, wrote

pytestmark = pytest.mark.requirement("IGV-01")

PHONE = "ring 07700 900123 about it"  # of the range kept for stories
REASON = "The line is the ward’s own and is printed on its door"
TELEPHONE = "This looks like a telephone number (ending 23)."


def sent(client: Client, address: str, given: dict[str, Any], status: int) -> str:
    """This function will send a form and give the page that answers."""
    answer = client.post(address, given)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def again(html: str, given: dict[str, Any], **answer: str) -> dict[str, Any]:
    """This function will answer the check on the page that asks it."""
    _, _, rest = html.partition('name="looked" value="')
    mark = rest.partition('"')[0]
    assert len(mark) == 64, "the page does not ask"
    return {**given, "looked": mark, **answer}


Fill = Callable[[Two], tuple[str, dict[str, Any], str]]


def _heat_map(two: Two) -> tuple[str, dict[str, Any], str]:
    given = {"form_key": str(uuid4()), "issues": "0", "risk": "low", "confidence": "high", "because": PHONE}
    return reverse("heat_map_new", args=[two.subject.pk]), given, "because"


def _triggers(two: Two) -> tuple[str, dict[str, Any], str]:
    tool = current_tool("trigger_tool", TODAY)
    asked = {f"q-{one.id}": "no" for one in tool.part.questions}  # type: ignore[union-attr]
    given = {"form_key": str(uuid4()), "because": "As we see it", **asked, "note-lasting": PHONE}
    return reverse("trigger_tool_new", args=[two.subject.pk]), given, "note-lasting"


def _process(two: Two) -> tuple[str, dict[str, Any], str]:
    given = {
        "form_key": str(uuid4()), "name": "Summit", "reference": "", "because": PHONE,
        "held_on-day": "3", "held_on-month": "1", "held_on-year": "2026",
    }  # fmt: skip
    return reverse("profile_other_process", args=[two.subject.pk]), given, "because"


def _start(two: Two) -> tuple[str, dict[str, Any], str]:
    given = {"form_key": str(uuid4()), "because": PHONE}
    return reverse("profile_start", args=[two.subject.pk]), given, "because"


def _entry(two: Two) -> tuple[str, dict[str, Any], str]:
    given = {"seen": 0, "likelihood": "", "consequence": "", "confidence": "", "evidence_for": PHONE}
    return reverse("profile_domain", args=[started(two).pk, "safety"]), given, "evidence_for"


def _review(two: Two) -> tuple[str, dict[str, Any], str]:
    given = {"form_key": str(uuid4()), "measures": "Falls", "because": PHONE}
    return reverse("profile_review", args=[an_agreed_profile(two).pk]), given, "because"


FORMS: dict[str, tuple[Fill, type, str]] = {
    "heat map": (_heat_map, HeatMapReading, "because"),
    "trigger tool": (_triggers, TriggerAssessment, ""),
    "other process": (_process, OtherProcess, "because"),
    "start": (_start, Profile, "because"),
    "entry": (_entry, CommissionerEntry, "evidence_for"),
    "review": (_review, MeasureReview, "because"),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_says_where_and_keeps_nothing_until_its_writer_has_answered(name: str, two: Two) -> None:
    fill, model, _ = FORMS[name]
    address, given, field = fill(two)
    before = model._default_manager.count()
    html = sent(signed_in(two.lead), address, given, 400)
    assert TELEPHONE in html and f'href="#id_{field}"' in html, "it says where"
    assert ASKS in html and WHAT_IS_CHECKED in html and PHONE in html
    assert model._default_manager.count() == before


@pytest.mark.parametrize("name", FORMS)
def test_it_stays_with_a_reason_kept_beside_it(name: str, two: Two) -> None:
    fill, model, column = FORMS[name]
    address, given, _ = fill(two)
    client = signed_in(two.lead)
    html = sent(client, address, given, 400)
    assert "Say in a sentence why it must stay." in sent(client, address, again(html, given, people="keep"), 400)
    sent(client, address, again(html, given, people="keep", knowingly=REASON), 302)
    made = model._default_manager.latest("recorded_at" if model is not Profile else "started_at")
    assert made.knowingly == REASON
    kept = getattr(made, column) if column else TriggerAnswer.objects.get(question="lasting").note
    assert kept == PHONE


@pytest.mark.parametrize("name", FORMS)
def test_it_is_taken_out_where_its_writer_asks_for_that(name: str, two: Two) -> None:
    fill, model, column = FORMS[name]
    address, given, _ = fill(two)
    client = signed_in(two.lead)
    html = sent(client, address, given, 400)
    sent(client, address, again(html, given, people="mask"), 302)
    made = model._default_manager.latest("recorded_at" if model is not Profile else "started_at")
    kept = getattr(made, column) if column else TriggerAnswer.objects.get(question="lasting").note
    assert kept == "ring [telephone number removed] about it" and made.knowingly == ""


def test_changed_words_are_kept_without_another_question(two: Two) -> None:
    address, given, _ = _entry(two)
    client = signed_in(two.lead)
    html = sent(client, address, given, 400)
    assert TELEPHONE in sent(client, address, again(html, given, people="change"), 400)
    sent(client, address, again(html, {**given, "evidence_for": "ring the ward"}, people="change"), 302)
    assert CommissionerEntry.objects.get().evidence_for == "ring the ward"


def test_answer_holds_for_what_was_found_and_not_for_what_was_added_since(two: Two) -> None:
    address, given, _ = _entry(two)
    client = signed_in(two.lead)
    html = sent(client, address, given, 400)
    more = {**given, "view": "Post to someone@example.org"}
    html = sent(client, address, again(html, more, people="keep", knowingly=REASON), 400)
    assert "This looks like an e-mail address" in html and not CommissionerEntry.objects.exists()
    sent(client, address, again(html, more, people="keep", knowingly=REASON), 302)
    assert CommissionerEntry.objects.get().knowingly == REASON


def test_names_of_the_house_are_found_with_the_line_in_which_they_stand(two: Two) -> None:
    address, given, _ = _entry(two)
    html = sent(signed_in(two.lead), address, {**given, "evidence_for": "First\nMel Member said so"}, 400)
    assert "“Evidence that there is a risk”, line 2: This is a name on the list (initials M M)." in html


def test_provider_is_asked_the_same_of_its_own_words(two: Two) -> None:
    profile = started(two)
    wrote(two.lead, profile)
    shared(two, profile)
    address = reverse("profile_domain", args=[profile.pk, "safety"])
    given = {"seen": 0, "likelihood": "", "consequence": "", "confidence": "", "view": PHONE}
    client = signed_in(two.provider)
    html = sent(client, address, given, 400)
    sent(client, address, again(html, given, people="keep", knowingly=REASON), 302)
    assert ProviderEntry.objects.get().knowingly == REASON
    page = reverse("profile", args=[profile.pk])
    assert REASON in client.get(page).content.decode(), "whoever wrote it reads the reason"
    assert REASON in signed_in(two.lead).get(page).content.decode(), "and so does who keeps the record"
    assert REASON not in signed_in(two.member).get(page).content.decode()


def test_what_the_provider_is_given_is_looked_through_once_more(two: Two) -> None:
    profile = started(two)
    now = {"by": two.lead, "at": timezone.now(), "profile": profile}
    write_entry(**now, domain="safety", seen=0, written=Written(view=PHONE), knowingly="Only among ourselves")
    client, address = signed_in(two.lead), reverse("profile_share", args=[profile.pk])
    html = sent(client, address, {"domains": ["safety"]}, 400)
    assert f", view: {TELEPHONE}" in html
    assert REMEDIES[Remedy.MASK] not in html, "a copy says what was written"
    sent(client, address, again(html, {"domains": ["safety"]}, people="keep", knowingly=REASON), 302)
    assert SharedEntry.objects.get().knowingly == REASON
    html = signed_in(two.provider).get(reverse("profile", args=[profile.pk])).content.decode()
    assert PHONE in html and REASON not in html and "Only among ourselves" not in html
    html = client.get(reverse("profile", args=[profile.pk])).content.decode()
    assert REASON in html and "Only among ourselves" in html


def test_operations_refuse_for_every_face_what_nobody_answers_for(two: Two) -> None:
    profile = started(two)
    now: dict[str, Any] = {"by": two.lead, "at": timezone.now()}
    with pytest.raises(Invalid, match="telephone number"):
        write_entry(**now, profile=profile, domain="safety", seen=0, written=Written(measures=(PHONE,)))
    write_entry(**now, profile=profile, domain="safety", seen=0, written=Written(view=PHONE), knowingly=REASON)
    with pytest.raises(Invalid, match="telephone number"):
        share_entries(**now, profile=profile, domains=("safety",))
    tool = current_tool("trigger_tool", TODAY)
    answers = tuple(Answered(one.id, TriggerReply.NOT_KNOWN, PHONE) for one in tool.part.questions)  # type: ignore[union-attr]
    with pytest.raises(Invalid, match="Take it out, or say why it must stay"):
        assess_triggers(**now, subject=two.subject, form_key=uuid4(), answers=answers, because="As we see it")
    assert not SharedEntry.objects.exists() and not TriggerAssessment.objects.exists()


def test_reason_without_anything_to_answer_for_is_not_kept(two: Two) -> None:
    profile = started(two)
    write_entry(
        by=two.lead, at=timezone.now(), profile=profile, domain="safety", seen=0, written=Written(view="Plain"),
        knowingly=REASON,
    )  # fmt: skip
    assert find_personal("Plain") == () and CommissionerEntry.objects.get().knowingly == ""

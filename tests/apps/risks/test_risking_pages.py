"""Pages of one risk: who is let in, what is told before a risk is opened, and that each form does its one thing."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Relation
from sightline.directory.words import Kind, Link
from sightline.risks.giving import Placing, Scored
from sightline.risks.models import Measure, Place, Risk, RiskEnding, RiskReview, RiskScore, RiskStatement
from sightline.risks.operations import add_measure, close_risk, link_risk, place_risk, restate_risk, score_risk
from sightline.risks.words import MeasureKind, ScoreKind
from sightline.surveillance.models import Concern
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import NOW, TODAY, a_signal
from tests.factories.intelligence import an_item
from tests.factories.risks import SYSTEM, WRITER, Kept, a_kept_system, opened, stated
from tests.factories.surveillance import a_concern, a_decision, an_office

SECRET = "lantern-secret-words"


@pytest.fixture
def kept(house: None) -> Kept:
    """This function will make a trust in a system of a region, and the people around it."""
    kept = a_kept_system()
    trust = kept.subject.organisation
    assert trust is not None
    a_relation(trust, Link.PART_OF, kept.icb)
    a_relation(kept.icb, Link.PART_OF, kept.region)
    assert Relation.objects.count() == 2
    return kept


@pytest.fixture
def client(kept: Kept) -> Client:
    """This function will sign in somebody who keeps the risks of the system."""
    return signed_in(kept.secretary)


def filled(kept: Kept, **more: Any) -> dict[str, Any]:
    """This function will fill in the form of a new risk."""
    plain = {
        "form_key": str(uuid4()),
        "subject": kept.subject.key,
        "title": "Falls on two wards",
        "cause": "Night shifts without the planned staff",
        "event": "People fall and nobody is there",
        "effect": "Broken hips and longer stays",
        "category": "safety",
        "severity": "minor",
        "holds": ["is_healthcare"],
        "likelihood": "4",
        "consequence": "3",
        "rationale": "Falls have doubled",
    }
    return {**plain, **more}


def words(answer: Any) -> str:
    """This function will give a page as text."""
    return str(answer.content.decode())


def typed(answer: Any, name: str) -> str:
    """This function will give what stands in a field of a form."""
    (box,) = re.findall(rf'<input[^>]* name="{name}"[^>]*>', words(answer))
    found = re.search(r' value="([^"]*)"', box)
    return html.unescape(found[1]) if found else ""


def test_form_of_a_new_risk_is_there_for_those_who_keep_them(kept: Kept) -> None:
    for who, status in ((kept.secretary, 200), (kept.regional, 200), (kept.member, 403), (kept.provider, 403)):
        assert signed_in(who).get(reverse("risk_new")).status_code == status


def test_nothing_is_recorded_before_the_rules_were_seen(kept: Kept, client: Client) -> None:
    seen = client.post(reverse("risk_new"), filled(kept))

    assert seen.status_code == 200 and not Risk.objects.exists()
    assert "12 High" in words(seen) and "Above what is tolerated" in words(seen)
    assert "May not stand here" in words(seen) and "NQB risk response 2022, Routine/Regional" in words(seen)

    given = filled(kept, sure="1")
    answer = client.post(reverse("risk_new"), given)
    risk = Risk.objects.get()
    assert answer.headers["Location"] == reverse("risk", args=[risk.pk])
    assert client.post(reverse("risk_new"), given).headers["Location"] == reverse("risk", args=[risk.pk])
    assert Risk.objects.count() == 1


@pytest.mark.requirement("RPT-03")
def test_t15_a_register_on_which_it_may_not_stand_is_refused_in_the_form_and_nothing_typed_is_lost(
    kept: Kept, client: Client
) -> None:
    given = filled(kept, registers=[f"region:{kept.region.pk}"], sure="1")

    answer = client.post(reverse("risk_new"), given)

    assert answer.status_code == 400 and not Risk.objects.exists()
    assert "only where NHS England commissions the service" in words(answer)
    assert "Falls have doubled" in words(answer)


def test_system_concern_is_told_where_it_has_to_stand(kept: Kept, client: Client) -> None:
    seen = words(client.post(reverse("risk_new"), filled(kept, severity="system")))

    assert "Has to stand here: tick it" in seen and "NQB risk response 2022, Enhanced/System" in seen


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"category": "weather"}, "valid choice"),
        ({"likelihood": "9"}, "valid choice"),
        ({"subject": "nobody of this name"}, "Nothing here fits"),
        ({"title": ""}, "is needed"),
        ({"initial_likelihood": "3"}, "Give both likelihood and consequence"),
        (
            {"opened_on-day": "1", "opened_on-month": "1", "opened_on-year": "2999", "sure": "1"},
            "cannot lie in the future",
        ),
        ({"cause": "The patient 943 476 5919 fell"}, "This looks like an NHS number"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_form(
    kept: Kept, client: Client, changed: dict[str, str], says: str
) -> None:
    answer = client.post(reverse("risk_new"), filled(kept, **changed))

    assert answer.status_code == 400 and says in words(answer)
    assert not Risk.objects.exists()


@pytest.mark.requirement("RSK-04")
def test_target_above_tolerance_is_remarked_on_and_may_be_set(kept: Kept, client: Client) -> None:
    high = {"target_likelihood": "4", "target_consequence": "4"}

    assert "The target of 16 is above 6" in words(client.post(reverse("risk_new"), filled(kept, **high)))
    assert client.post(reverse("risk_new"), filled(kept, sure="1", **high)).status_code == 302


@pytest.mark.requirement("RSK-07")
def test_form_asks_whether_a_closed_risk_is_back_and_the_risk_offers_the_region_in(kept: Kept, client: Client) -> None:
    first = opened(kept)
    close_risk(by=kept.lead, at=NOW, risk=first, because="It held")

    seen = client.post(reverse("risk_new"), filled(kept))
    assert "Is it one of these, come back?" in words(seen) and not Risk.objects.exclude(pk=first.pk).exists()
    client.post(reverse("risk_new"), filled(kept, follows=str(first.pk), sure="1"))

    again = Risk.objects.exclude(pk=first.pk).get()
    page = words(client.get(reverse("risk", args=[again.pk])))
    assert again.follows == first and "It came back." in page and "That is a reason to involve the region" in page


def _begun(kept: Kept, kind: str) -> Any:
    """What an address names beside the form: itself, and what a risk that is opened from it is linked to."""
    match kind:
        case "subject":
            return kept.subject
        case "concern":
            return a_concern(kept.subject, system=SYSTEM)
        case "signal":
            return a_signal(kept.subject)
        case "intelligence":
            return an_item(kept.subject, by=kept.lead)
        case "decision":
            return a_decision(kept.subject, "enhanced", TODAY, an_office(organisation=kept.icb))
    raise ValueError(kind)


@pytest.mark.parametrize("kind", ["subject", "concern", "signal", "intelligence", "decision"])
def test_risk_is_opened_from_what_it_rests_on_and_linked_to_it(kept: Kept, client: Client, kind: str) -> None:
    record = _begun(kept, kind)
    address = f"{reverse('risk_new')}?{kind}={record.pk}"

    form = client.get(address)
    assert kept.subject.name in typed(form, "subject")
    given = filled(kept, subject=typed(form, "subject"), links=typed(form, "links"), sure="1")
    assert client.post(reverse("risk_new"), given).status_code == 302

    risk = Risk.objects.get()
    linked = [one.signal_id or one.item_id or one.concern_id or one.decision_id for one in risk.links.all()]
    assert linked == ([] if kind == "subject" else [record.pk])
    assert [one.subject_id for one in risk.subjects.all()] == [kept.subject.pk]


@pytest.mark.parametrize("kind", ["subject", "concern", "signal", "intelligence", "decision"])
def test_form_tells_nothing_of_what_is_closed_to_its_reader(kept: Kept, kind: str) -> None:
    record = _begun(kept, kind)
    for key in (record.pk, uuid4(), "x"):
        answer = signed_in(kept.conflicted).get(f"{reverse('risk_new')}?{kind}={key}")
        assert answer.status_code == 200 and not typed(answer, "subject")
        assert kept.subject.name not in words(answer)


def test_risk_is_about_as_many_as_are_named(kept: Kept, client: Client) -> None:
    others = [an_organisation(f"ZR{number}", f"Other {number}").subjects.get() for number in range(21, 32)]
    names = {f"subject_{number}": one.key for number, one in enumerate(others, 2)}
    given = filled(kept, **names)

    seen = client.post(reverse("risk_new"), given)
    assert seen.status_code == 200 and "Other 31" not in words(seen) and 'value="ZR31"' in words(seen)
    assert client.post(reverse("risk_new"), {**given, "sure": "1"}).status_code == 302

    assert Risk.objects.get().subjects.count() == 12


def test_register_of_a_body_that_is_named_in_the_form_can_be_ticked(kept: Kept, client: Client) -> None:
    other = an_organisation("YZ8", "Elsewhere ICB", Kind.ICB)
    trust = an_organisation("ZR8", "Elsewhere Trust")
    a_relation(trust, Link.PART_OF, other)
    register = f"system:{other.pk}"
    given = filled(kept, subject_2="ZR8", severity="system", registers=[register])

    assert register not in words(client.get(reverse("risk_new")))
    seen = client.post(reverse("risk_new"), given)
    assert seen.status_code == 200 and register in words(seen)


@pytest.mark.parametrize("name", ["risk", "risk_print"])
def test_risk_is_read_by_its_group_and_by_nobody_else(kept: Kept, name: str) -> None:
    risk = opened(kept, cause=SECRET)

    for who in (kept.lead, kept.secretary, kept.member):
        answer = signed_in(who).get(reverse(name, args=[risk.pk]))
        assert answer.status_code == 200 and SECRET in words(answer)
    for who in (kept.conflicted, kept.regional):
        assert signed_in(who).get(reverse(name, args=[risk.pk])).status_code == 404
    assert signed_in(kept.provider).get(reverse(name, args=[risk.pk])).status_code == 403


def test_region_reads_what_stands_on_its_register(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT, places=(Placing(Tier.REGION, kept.region, "R-1"),))

    answer = signed_in(kept.regional).get(reverse("risk", args=[risk.pk]))

    assert answer.status_code == 200 and "number R-1" in words(answer)


def test_link_is_shown_to_whoever_may_see_what_it_leads_to(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT, places=(Placing(Tier.REGION, kept.region),))
    concern = Concern.objects.create(
        subject=kept.subject, system=SYSTEM, raised_on=TODAY, form_key=uuid4(), recorded_at=NOW, recorded_by=WRITER
    )
    link_risk(by=kept.lead, at=NOW, risk=risk, record=concern)

    said = "Raised on 15 January 2026 about Lantern Trust"
    assert said in words(signed_in(kept.member).get(reverse("risk", args=[risk.pk])))
    assert said not in words(signed_in(kept.regional).get(reverse("risk", args=[risk.pk])))


FORMS: dict[str, tuple[dict[str, str], type[Any], str]] = {
    "risk_score": ({"kind": "current", "likelihood": "2", "consequence": "3", "because": "Fewer"}, RiskScore, "score"),
    "risk_measure": ({"kind": "control", "says": "Huddle"}, Measure, "measure"),
    "risk_review": ({"says": "It holds"}, RiskReview, "review"),
    "risk_accept": ({"because": "So", "accepted_by": "Chief executive"}, Risk, "acceptance"),
    "risk_close": ({"because": "It held"}, RiskEnding, "ending"),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_does_its_one_thing_and_an_empty_one_says_what_is_missing(
    kept: Kept, client: Client, name: str
) -> None:
    risk, (given, model, _) = opened(kept), FORMS[name]
    address, before = reverse(name, args=[risk.pk]), model.objects.count()

    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 400 and model.objects.count() == before
    assert client.post(address, given).headers["Location"] == reverse("risk", args=[risk.pk])
    assert client.post(address, {**given, "because": "x 943 476 5919", "says": "x 943 476 5919"}).status_code in {
        400,
        403,
    }
    assert client.get(reverse("risk", args=[risk.pk])).status_code == 200


@pytest.mark.parametrize("name", [*FORMS, "risk_restate", "risk_place", "risk_link"])
def test_forms_are_for_those_who_keep_the_record(kept: Kept, name: str) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT, places=(Placing(Tier.REGION, kept.region),))
    address = reverse(name, args=[risk.pk])

    assert signed_in(kept.member).get(address).status_code == 403
    assert signed_in(kept.conflicted).get(address).status_code == 404
    assert signed_in(kept.regional).get(address).status_code == (200 if name == "risk_place" else 403)
    close_risk(by=kept.lead, at=NOW, risk=risk, because="It held")
    assert signed_in(kept.secretary).get(address).status_code == 403


def test_register_that_is_closed_to_a_risk_is_refused_at_the_form_with_its_paragraph(
    kept: Kept, client: Client
) -> None:
    risk = opened(kept)
    address = reverse("risk_place", args=[risk.pk])

    answer = client.post(address, {"register": f"region:{kept.region.pk}", "reference": "R-1"})

    assert answer.status_code == 400 and "NQB risk response 2022, Routine/Regional" in words(answer)
    assert not Place.objects.exists()
    assert client.post(address, {"register": f"icb:{kept.icb.pk}", "reference": "I-7"}).status_code == 302
    assert Place.objects.get().reference == "I-7"


def test_risk_is_taken_off_a_register_for_a_reason(kept: Kept, client: Client) -> None:
    risk = opened(kept)
    place = place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb)
    address = reverse("risk_remove", args=[risk.pk, place.pk])

    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"because": "The place deals with it"}).status_code == 302
    assert client.get(address).status_code == 404


def test_what_became_of_a_measure_is_asked_by_its_kind(kept: Kept, client: Client) -> None:
    risk = opened(kept)
    gap = add_measure(by=kept.lead, at=NOW, risk=risk, kind=MeasureKind.GAP, says="No night lead")
    address = reverse("risk_step", args=[risk.pk, gap.pk])

    assert "It may stay, for a reason" in words(client.get(address))
    assert client.post(address, {"how": "borne"}).status_code == 400
    assert client.post(address, {"how": "borne", "because": "Until spring"}).status_code == 302
    assert client.get(reverse("risk_step", args=[opened(kept).pk, gap.pk])).status_code == 404


def test_whoever_was_overtaken_sees_both_texts(kept: Kept, client: Client) -> None:
    risk = opened(kept)
    restate_risk(by=kept.lead, at=NOW, risk=risk, stated=stated(title="Theirs"), seen=1, because="So")
    mine = {**filled(kept, title="Mine"), "seen": "1", "because": "Because"}

    late = client.post(reverse("risk_restate", args=[risk.pk]), mine)

    assert late.status_code == 409 and "Theirs" in words(late) and "Mine" in words(late)
    assert client.post(reverse("risk_restate", args=[risk.pk]), {**mine, "seen": "2"}).status_code == 302
    assert RiskStatement.objects.filter(risk=risk).latest("number").title == "Mine"


def test_words_that_look_like_personal_data_stay_for_a_reason(kept: Kept, client: Client) -> None:
    given = filled(kept, cause="The patient 943 476 5919 fell", sure="1")
    asked = client.post(reverse("risk_new"), given)
    mark = asked.context["form"].data["looked"] if asked.context else ""
    if not mark:
        text = words(asked)
        mark = text.split('name="looked" value="')[1].split('"')[0]

    client.post(reverse("risk_new"), {**given, "looked": mark, "people": "keep", "knowingly": "The coroner asks"})

    assert Risk.objects.get().statements.get().knowingly == "The coroner asks"


def test_risks_page_shows_its_movement_and_the_checks_of_it_alone(kept: Kept, client: Client) -> None:
    risk = opened(kept, initial=Scored(5, 5), target=Scored(1, 3))
    assert 'class="chart' not in words(client.get(reverse("risk", args=[risk.pk])))  # one score is no movement
    score_risk(
        by=kept.lead, at=NOW, risk=risk, kind=ScoreKind.CURRENT, likelihood=2, consequence=3, because="Fewer falls"
    )
    page = words(client.get(reverse("risk", args=[risk.pk])))

    assert 'role="img"' in page and "6 (moderate) since 15 January 2026, from 12" in page
    assert "It does not say which organisation answers for it" in page
    assert "25 Extreme" in page and "style=" not in page


def test_as_many_queries_however_much_is_on_record(
    kept: Kept, client: Client, django_assert_max_num_queries: Any
) -> None:
    risk = opened(kept)
    for number in range(6):
        opened(kept)
        add_measure(by=kept.lead, at=NOW, risk=risk, kind=MeasureKind.CONTROL, says=f"Control {number}")

    with django_assert_max_num_queries(95):
        client.get(reverse("risk", args=[risk.pk]))

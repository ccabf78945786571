"""The pages of terms of reference and of the code of conduct: who reads what, what is offered, how a difference is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.groups.terms import Written
from sightline.directory.words import Kind
from sightline.groups.models import CodeAcceptance, TermsApproval, TermsVersion
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.groups_terms import HOME, Quality, an_approval
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()
FIRST_WORDS = "The group hears from people who use services."


@pytest.fixture
def quality(house: None) -> Quality:
    return Quality()


def home(quality: Quality, *more: str) -> str:
    return "/".join([f"/groups/{quality.group.pk}/terms", *more, ""])


def code(quality: Quality, *more: str) -> str:
    return "/".join([f"/groups/{quality.group.pk}/code", *more, ""])


def page(person: Person, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def send(person: Person, address: str, **given: Any) -> Any:
    return signed_in(person).post(address, {"form_key": str(uuid4()), **given})


def the_day(name: str, when: Any) -> dict[str, str]:
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def changed(version: TermsVersion) -> tuple[Written, ...]:
    """The same terms with one line of the aims taken out, one changed and one added."""
    aims = next(one for one in version.written if one.id == "aims").words.splitlines()
    lines = [f"{aims[0]} Always.", *aims[2:], FIRST_WORDS]
    return tuple(Written("aims", "\n".join(lines)) if one.id == "aims" else one for one in version.written)


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        (Grant(Role.MEMBER, HOME), 200),
        (Grant(Role.AUDITOR, HOME), 200),
        (Grant(Role.REGION, HOME, "QY1"), 200),
        (Grant(Role.CHAIR, "QZ2"), 200),
        (Grant(Role.PROVIDER, HOME, "ZT1"), 404),
        (Grant(Role.FOI_OFFICER, HOME), 403),
        (Grant(Role.ADMINISTRATOR), 403),
    ],
)
def test_terms_are_read_by_whoever_sees_the_group(quality: Quality, grant: Grant, status: int) -> None:
    quality.whole()
    assert signed_in(a_person(grant)).get(home(quality)).status_code == status


def test_provider_that_sits_in_the_group_reads_what_binds_it_and_agrees(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY)
    trust = an_organisation("ZT1", "Mill Trust", Kind.NHS_TRUST)
    provider = a_person(Grant(Role.PROVIDER, HOME, "ZT1"))
    a_seating(a_seat(quality.group, "Provider", SeatPart.MEMBER, organisation=trust), provider)
    shown = page(provider, home(quality))
    assert "Code of conduct" in shown and f'href="/groups/{quality.group.pk}/"' not in shown
    assert send(provider, code(quality, "agree"), version="1").status_code == 302
    assert CodeAcceptance.objects.get().person == provider


def test_terms_of_a_group_about_one_subject_are_not_there_for_whoever_may_not_know_of_it(quality: Quality) -> None:
    trust = an_organisation("ZT1", "Mill Trust", Kind.NHS_TRUST)
    review = a_group(quality.icb, "rapid-quality-review", "Review", subject=trust.subjects.get())
    address = f"/groups/{review.pk}/terms/"
    assert signed_in(quality.member).get(address).status_code == 200
    for grant in (Grant(Role.PROVIDER, HOME, "ZT1"), Grant(Role.CHAIR, "QZ2")):
        assert signed_in(a_person(grant)).get(address).status_code == 404


@pytest.mark.requirement("GRP-02")
def test_keeper_begins_with_one_press_and_member_is_told_to_wait(quality: Quality) -> None:
    assert "no terms of reference yet" in page(quality.member, home(quality))
    assert "Begin with the model of" not in page(quality.member, home(quality))
    assert "Begin with the model of National Guidance" in page(quality.keeper, home(quality))
    answer = send(quality.keeper, home(quality, "begin"))
    assert answer.status_code == 302 and answer.headers["Location"] == f"{home(quality)}?version=1"
    assert send(quality.keeper, home(quality, "begin")).status_code == 302 and TermsVersion.objects.count() == 1
    assert signed_in(quality.keeper).get(home(quality, "begin")).status_code == 405
    assert send(quality.member, home(quality, "begin")).status_code == 403


def test_section_is_written_and_everybody_reads_it_and_why(quality: Quality) -> None:
    quality.whole()
    address = home(quality, "sections", "aims")
    assert "Quality stands at the centre" in page(quality.keeper, address)
    assert send(quality.keeper, address, base="1", words=FIRST_WORDS, because="Lay members asked").status_code == 302
    shown = page(quality.member, f"{home(quality)}?version=2")
    assert FIRST_WORDS in shown and "Lay members asked" in shown
    assert "sections/aims" not in shown and signed_in(quality.member).get(address).status_code == 403


def test_empty_or_unchanged_section_is_asked_again_and_keeps_what_was_typed(quality: Quality) -> None:
    quality.whole()
    address = home(quality, "sections", "aims")
    answer = send(quality.keeper, address, base="1", words=FIRST_WORDS)
    assert answer.status_code == 400 and FIRST_WORDS in answer.content.decode()
    assert signed_in(quality.keeper).post(address, {}).status_code == 400
    for elsewhere in (home(quality, "sections", "weather"), f"/groups/{uuid4()}/terms/sections/aims/"):
        assert signed_in(quality.keeper).get(elsewhere).status_code == 404
    assert TermsVersion.objects.count() == 1


def test_lines_of_a_list_are_kept_or_left_out_and_the_latter_is_shown(quality: Quality) -> None:
    quality.whole()
    kept = ["places", "collaboratives", "senates", "themes", "national"]
    answer = send(quality.keeper, home(quality, "sections", "inputs"), base="1", kept=kept, words="", because="Agreed")
    assert answer.status_code == 302
    assert "Left out of the model’s list:" in page(quality.member, f"{home(quality)}?version=2")


@pytest.mark.requirement("GRP-13")
def test_what_the_group_will_not_do_stands_whatever_is_sent(quality: Quality) -> None:
    quality.whole()
    address = home(quality, "sections", "will-not")
    assert send(quality.keeper, address, base="1", words=FIRST_WORDS, because="Agreed").status_code == 302
    shown = page(quality.member, f"{home(quality)}?version=2")
    assert "act on a contract or regulate" in shown and FIRST_WORDS in shown


@pytest.mark.requirement("GRP-17")
def test_objective_without_its_day_or_its_success_is_asked_again(quality: Quality) -> None:
    quality.whole()
    address, told = home(quality, "sections", "objectives"), {"base": "1", "because": "Agreed", "says_0": "Fewer falls"}
    answer = send(quality.keeper, address, **told)
    assert answer.status_code == 400 and "Objective 1: Say by when" in answer.content.decode()
    whole = {**told, "success_0": "A fifth fewer", **the_day("by_0", TODAY)}
    assert send(quality.keeper, address, **whole).status_code == 302
    assert "Reached when: A fifth fewer" in page(quality.member, f"{home(quality)}?version=2")


@pytest.mark.requirement("GRP-06")
def test_recipients_are_chosen_from_those_that_fit_or_by_name(quality: Quality) -> None:
    quality.whole()
    other = an_organisation("ZL2", "Moor Council", Kind.LOCAL_AUTHORITY)
    address = home(quality, "sections", "reporting")
    assert "Quality committee" in page(quality.keeper, address)
    given = {"base": "1", "because": "Agreed", "words": "", "to_region": f"body:{quality.region.pk}"}
    astray = send(quality.keeper, address, **given, other="ZL2")
    assert astray.status_code == 400 and "Say as which of these" in astray.content.decode()
    done = send(quality.keeper, address, **given, other="ZL2", other_as="local-authority")
    assert done.status_code == 302
    rows = TermsVersion.objects.get(number=2).recipients
    assert {(one.to, one.organisation) for one in rows.all()} == {
        ("region", quality.region),
        ("local-authority", other),
    }
    assert "It reports to Moor Council" in page(quality.member, f"{home(quality)}?version=2")


def test_difference_is_told_in_words_and_marked_for_eyes_and_ears(quality: Quality) -> None:
    first = quality.whole()
    quality.whole(2, changed(first))
    for against in ("model", "before"):
        shown = page(quality.member, f"{home(quality)}?version=2&against={against}")
        assert "1 section. Aims and responsibilities: 1 line added, 1 line taken out, 1 line changed" in shown
        for mark in ("[added:</span>", "[taken out:</span>", "<ins>", "<del>"):
            assert mark in shown, (against, mark)
    plain = page(quality.member, f"{home(quality)}?version=2&against=elsewhere")
    assert "<del>" not in plain and "[added:" not in plain
    assert "This is the first version" in page(quality.member, f"{home(quality)}?version=1&against=before")
    assert signed_in(quality.member).get(f"{home(quality)}?version=9").status_code == 404


@pytest.mark.requirement("GRP-02", "CHR-09")
def test_chair_records_the_approval_and_everybody_reads_when_and_by_whom(quality: Quality) -> None:
    quality.whole()
    address = home(quality, "approve")
    assert address in page(quality.chair, home(quality)) and address not in page(quality.member, home(quality))
    assert send(quality.chair, address).status_code == 400
    done = send(quality.chair, address, number="1", because="At the meeting of March", **the_day("approved_on", TODAY))
    assert done.status_code == 302 and TermsApproval.objects.count() == 1
    shown = page(quality.member, home(quality))
    assert "At the meeting of March" in shown and "In force" in shown and "Recorded by Cora Chair" in shown
    assert [signed_in(one).get(address).status_code for one in (quality.member, quality.keeper)] == [404, 403]


@pytest.mark.requirement("COI-05", "GRP-06")
def test_what_is_missing_is_said_to_all_and_approval_is_refused_with_its_paragraphs(quality: Quality) -> None:
    begun = quality.whole()
    bare = tuple(Written(one.id) if one.id == "conflicts" else one for one in begun.written)
    made = quality.whole(2, bare)
    made.recipients.filter(to="region").delete()
    shown = page(quality.member, f"{home(quality)}?version=2")
    assert "2 things are missing" in shown and "Conflicts of interest: nothing is written yet" in shown
    given = {"number": "2", "because": "Agreed", **the_day("approved_on", TODAY)}
    answer = send(quality.chair, home(quality, "approve"), **given)
    assert answer.status_code == 400 and "Conflicts of interest: nothing is written yet" in answer.content.decode()
    assert "Regional Quality Group" in answer.content.decode() and not TermsApproval.objects.exists()


@pytest.mark.requirement("GRP-02")
@pytest.mark.parametrize(("days", "says"), [(5, "Review due"), (-1, "Review overdue"), (200, "Approved")])
def test_review_shows_on_the_pages_of_the_group_and_in_the_list(quality: Quality, days: int, says: str) -> None:
    an_approval(quality.whole(), TODAY - timedelta(days=150), TODAY + timedelta(days=days))
    assert says in page(quality.member, f"/groups/{quality.group.pk}/") and says in page(quality.member, home(quality))
    assert (says.lower() in page(quality.member, "/groups/")) is (says != "Approved")


@pytest.mark.requirement("COI-06", "COI-07")
def test_code_is_offered_to_whoever_sits_there_until_they_agree(quality: Quality) -> None:
    assert signed_in(quality.member).get(code(quality)).status_code == 404
    an_approval(quality.whole(), TODAY)
    offer = "have not yet agreed"
    assert offer in page(quality.member, f"/groups/{quality.group.pk}/") and offer in page(
        quality.member, home(quality)
    )
    shown = page(quality.member, code(quality))
    assert "I agree to this code" in shown and "Who agreed" not in shown
    assert "Equality, diversity and inclusion" in shown and "Collective responsibility" in shown
    assert send(quality.member, code(quality, "agree"), version="1").status_code == 302
    assert "You agreed to it on" in page(quality.member, code(quality))
    assert offer not in page(quality.member, f"/groups/{quality.group.pk}/")
    kept = page(quality.keeper, code(quality))
    assert "1 person has agreed. 1 person who sits here has not yet." in kept and "I agree to this code" not in kept


@pytest.mark.requirement("COI-06")
def test_code_that_nobody_read_is_not_agreed_to(quality: Quality) -> None:
    an_approval(quality.whole(), TODAY)
    for version in ("2", "", "-1", "eins"):
        assert send(quality.member, code(quality, "agree"), version=version).status_code == 302
    assert send(a_person(Grant(Role.AUDITOR, HOME)), code(quality, "agree"), version="1").status_code == 403
    assert send(a_person(Grant(Role.MEMBER, HOME)), code(quality, "agree"), version="1").status_code == 302
    assert not CodeAcceptance.objects.exists()


def test_rules_page_tells_of_models_beside_their_paragraphs(quality: Quality) -> None:
    shown = page(quality.member, "/rules/terms/")
    for says in ("Model terms of a System Quality Group", "Annex C, Confidentiality", "Share and triangulate"):
        assert says in shown, says
    assert "Model terms of a Regional QSG" in page(quality.member, "/rules/terms/?pack=qsg-2017")

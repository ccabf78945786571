"""The timeline of a subject's page: everything dated, for each reader what they may see, and no trace of the rest."""

from __future__ import annotations

import html as markup
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.accounts.models import Person
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing, SignalKind
from sightline.directory.models import Subject
from sightline.directory.operations import add_subject
from sightline.directory.words import Link, SubjectKind
from sightline.indicators.models import Publication, Rating, SignalEnding
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Addressee, Item, Release, ReleaseAnswer, ReleaseDecision, Report
from sightline.intelligence.words import Kind, ReleaseStep
from sightline.overview.queries import Asked, gathered, timeline_of
from sightline.overview.queries.moments import A_PAGE, MomentKind
from sightline.profiles.models import HeatMapReading, Template
from sightline.triangulation.models import ProposalDecision, Request, RequestAnswer
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import KEEPER, a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import NOW, TODAY, a_signal, dropped, sickness, usual, worsening
from tests.factories.intelligence import BELL, a_body, an_item
from tests.factories.readers import Cast
from tests.factories.surveillance import a_decision, an_office

pytestmark = pytest.mark.usefixtures("house")
HOME = "QZ1"
SECRET = "Only those on the list may read of the roof."


def page(person: Person, subject: Subject, query: str = "") -> str:
    """This function will give a subject's page as somebody sees it, as plain text where entities stand."""
    answer = signed_in(person).get(f"/subjects/{subject.pk}/{query}")
    assert answer.status_code == 200
    return markup.unescape(answer.content.decode())


def line_of_time(person: Person, subject: Subject, query: str = "") -> str:
    """This function will give the timeline alone."""
    return page(person, subject, query).partition('aria-labelledby="timeline"')[2].partition("</section>")[0]


def kinds_of(person: Person, subject: Subject, **asked: object) -> list[str]:
    """This function will name the kinds of moments that somebody is given, in order."""
    found = timeline_of(person, TODAY, gathered(person, TODAY, subject), Asked(**asked))  # type: ignore[arg-type]
    return [one.kind.value for one in found.moments]


def _rated(subject: Subject, rating: str, on: date, about: str = "overall", recorded_at: datetime = NOW) -> None:
    publication, _ = Publication.objects.get_or_create(
        source="cqc_api",
        sha256=f"{recorded_at:%Y%m%d}".zfill(64),
        defaults={"title": "Ratings", "recorded_at": recorded_at},
    )
    Rating.objects.create(subject=subject, about=about, rating=rating, published_on=on, publication=publication)


def _death(subject: Subject, sent_on: date, **answer: object) -> Item:
    item = an_item(subject, "Nobody checked the pump.", kind=Kind.DEATH_REPORT, heard_on=sent_on)
    report = Report.objects.create(item=item, reference="2025-0001", sent_on=sent_on)
    given = {
        "organisation": subject.organisation,
        "name": "First Trust",
        "due_on": sent_on + timedelta(days=56),
        **answer,
    }
    Addressee.objects.create(report=report, **given)
    return item


def _released(item: Item, subject: Subject, text: str = "People wait long at night.") -> Release:
    release = Release.objects.create(
        item=item, system=HOME, to=subject.organisation, text=text, recorded_at=NOW, recorded_by="person:a"
    )
    ReleaseDecision.objects.create(
        release=release, step=ReleaseStep.RELEASED.value, because="Fair", recorded_at=NOW, recorded_by="person:b"
    )
    return release


def _everything(cast: Cast) -> None:
    """This function will put one of each kind on record."""
    subject = cast.subject
    a_signal(subject)
    a_signal(subject, measure="ae-4h-all-types", kind=SignalKind.STOPPED, bearing=Bearing.NEITHER)
    _rated(subject, "Good", date(2021, 3, 1))
    _rated(subject, "Inadequate", date(2025, 6, 1))
    item = an_item(subject, by=cast.giver)
    an_item(subject, SECRET, by=cast.giver, handling=Handling.RESTRICTED, readers=(cast.people["reader"].actor_id,))
    _death(subject, date(2025, 9, 1))
    _released(item, subject)
    template = Template.objects.create(sha256="0" * 64, part="heat_map", version="1", content="", recorded_at=NOW)
    HeatMapReading.objects.create(
        subject=subject, system=HOME, because="Many calls", form_key=item.pk, recorded_at=NOW, recorded_by="person:a",
        template=template, issues_counted=1, issues=1, risk="high", confidence="some", suggested="further-information",
    )  # fmt: skip
    decision = ProposalDecision.objects.create(
        subject=subject, system=HOME, rule="three-agree", pack="sqg-2022", fingerprint="a|b|c", says="Ask for information.",
        evidence=f"item:{item.pk}", accepted=True, because="Yes", recorded_at=NOW, recorded_by="person:a",
    )  # fmt: skip
    asked = Request.objects.create(
        subject=subject, system=HOME, asked_of="The ambulance service", question="How long are the waits?",
        decision=decision, recorded_at=NOW, recorded_by="person:a",
    )  # fmt: skip
    RequestAnswer.objects.create(request=asked, came=True, says="An hour", recorded_at=NOW, recorded_by="person:a")
    a_decision(subject, system=HOME, by_office=an_office())
    old = an_organisation("ZR8", "Old Trust")
    assert subject.organisation
    a_relation(old, Link.SUCCEEDED_BY, subject.organisation, valid_from=date(2024, 4, 1))


EVERYTHING = {kind.value for kind in MomentKind}
PUBLISHED = {"figures", "silence", "regulator", "body"}


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("member", EVERYTHING - {"released"}),
        ("reader", EVERYTHING - {"released"}),
        ("keeper", EVERYTHING),
        ("conflicted", PUBLISHED),
        ("stranger", PUBLISHED),
        ("provider", PUBLISHED | {"released"}),
    ],
)
@pytest.mark.requirement("PER-10", "COI-03", "IGV-10")
def test_everybody_is_told_what_they_may_see_and_nothing_of_the_rest(cast: Cast, who: str, kinds: set[str]) -> None:
    _everything(cast)
    assert set(kinds_of(cast.people[who], cast.subject)) == kinds
    shown = page(cast.people[who], cast.subject)
    assert (BELL in shown) is ("told" in kinds)
    assert (SECRET in shown) is (who == "reader")
    assert ("How long are the waits?" in shown) is ("asked" in kinds)
    assert ("further information" in shown) is ("risk" in kinds)
    assert ("People wait long at night." in shown) is (who == "provider")
    assert "hidden" not in line_of_time(cast.people[who], cast.subject).casefold()


@pytest.mark.requirement("IGV-10")
@pytest.mark.parametrize("who", ["member", "conflicted", "provider", "stranger", "keeper"])
def test_what_is_for_named_readers_alone_changes_no_letter_of_anybody_elses_page(cast: Cast, who: str) -> None:
    an_item(cast.subject, by=cast.giver)
    person = cast.people[who]
    before = line_of_time(person, cast.subject)
    an_item(
        cast.subject, SECRET, by=cast.giver, handling=Handling.RESTRICTED, readers=(cast.people["reader"].actor_id,)
    )
    assert line_of_time(person, cast.subject) == before
    assert SECRET in line_of_time(cast.people["reader"], cast.subject)


def test_another_provider_finds_no_page_at_all(cast: Cast) -> None:
    other = a_person(Grant(Role.PROVIDER, system=HOME, organisation="ZR2"))
    assert signed_in(other).get(f"/subjects/{cast.subject.pk}/").status_code == 404


def test_giver_reads_on_though_they_declared_an_interest_since(cast: Cast) -> None:
    an_item(cast.subject, by=cast.giver)
    an_interest(cast.giver, cast.subject)
    an_item(cast.subject, "Another said this.")
    shown = line_of_time(cast.giver, cast.subject)
    assert BELL in shown and "Another said this." not in shown


@pytest.mark.requirement("INT-05")
def test_what_is_only_to_be_said_has_no_words_here(cast: Cast) -> None:
    an_item(cast.subject, verbal_only=True)
    shown = line_of_time(cast.people["keeper"], cast.subject)
    assert BELL not in shown and "To be said and not circulated" in shown


def test_narrower_passage_of_an_item_is_not_what_a_member_reads(cast: Cast) -> None:
    words = (Words(SECRET, Handling.RESTRICTED), Words(BELL, Handling.MEMBERS))
    an_item(cast.subject, words=words, by=cast.giver, readers=(cast.people["reader"].actor_id,))
    assert BELL in line_of_time(cast.people["member"], cast.subject)
    assert SECRET not in page(cast.people["member"], cast.subject)
    assert SECRET in line_of_time(cast.people["reader"], cast.subject)


def test_words_are_never_taken_for_markup(cast: Cast) -> None:
    an_item(cast.subject, "<script>alert(1)</script> at night")
    answer = signed_in(cast.people["member"]).get(f"/subjects/{cast.subject.pk}/").content.decode()
    assert "<script>alert(1)" not in answer and "&lt;script&gt;alert(1)" in answer


def test_newest_come_first_under_their_years(cast: Cast) -> None:
    for on in (date(2023, 5, 1), date(2025, 11, 1), date(2024, 2, 1)):
        an_item(cast.subject, f"Heard {on:%Y}", heard_on=on)
    shown = line_of_time(cast.people["member"], cast.subject)
    assert re.findall(r"<h3[^>]*>(\d+)</h3>", shown) == ["2025", "2024", "2023"]
    assert shown.index("Heard 2025") < shown.index("Heard 2024") < shown.index("Heard 2023")


def test_pattern_that_goes_on_is_one_line_and_its_end_another(cast: Cast) -> None:
    first = a_signal(cast.subject, raised_at=NOW - timedelta(days=90), stands=False)
    SignalEnding.objects.create(signal=first, ended_at=NOW - timedelta(days=60), because="continued")
    then = a_signal(
        cast.subject, raised_at=NOW - timedelta(days=60), first_raised_at=first.raised_at, continues=first, stands=False
    )
    assert kinds_of(cast.people["member"], cast.subject) == ["figures"]
    SignalEnding.objects.create(signal=then, ended_at=NOW, because="no longer so")
    assert kinds_of(cast.people["member"], cast.subject) == ["figures", "figures"]
    shown = line_of_time(cast.people["member"], cast.subject)
    assert "No longer so: eight months above its usual level" in shown
    assert shown.index("15 January 2026") < shown.index("17 October 2025")


def test_each_change_of_a_rating_is_told_with_the_one_before_and_none_without_a_change(cast: Cast) -> None:
    _rated(cast.subject, "Good", date(2021, 3, 1))
    _rated(cast.subject, "Good", date(2023, 3, 1))
    _rated(cast.subject, "Inadequate", date(2025, 6, 1))
    _rated(cast.subject, "Requires improvement", date(2025, 6, 1), about="safe")
    assert kinds_of(cast.people["member"], cast.subject) == ["regulator", "regulator"]
    shown = line_of_time(cast.people["member"], cast.subject)
    assert "Inadequate overall (before: good). Safe: requires improvement." in shown
    assert "1 March 2023" not in shown


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "The answer of First Trust is overdue by 80 days."),
        ({"status": "awaited", "stated_on": date(2025, 9, 20)}, "Nobody has published whether First Trust answered."),
        ({"status": "answered", "answered_on": date(2025, 10, 1)}, "First Trust has answered."),
        ({"status": "answered", "answered_on": date(2025, 11, 5)}, "First Trust answered 9 days late."),
    ],
)
@pytest.mark.requirement("INT-13")
def test_coroners_report_says_how_the_answer_stands(cast: Cast, answer: dict[str, object], says: str) -> None:
    _death(cast.subject, date(2025, 9, 1), **{"status": "overdue", **answer})
    assert says in line_of_time(cast.people["member"], cast.subject)


def test_answer_that_was_published_later_was_not_known_then(cast: Cast) -> None:
    item = _death(cast.subject, date(2025, 9, 1), status="answered", answered_on=date(2025, 10, 1), stated_on=TODAY)
    Item.objects.filter(pk=item.pk).update(recorded_at=datetime(2025, 9, 5, tzinfo=UTC))
    shown = line_of_time(cast.people["member"], cast.subject, "?on=2025-10-10")
    assert "The answer of First Trust is awaited, 17 days left." in shown


def test_provider_reads_its_own_copy_and_answer_and_the_keeper_who_released_it(cast: Cast) -> None:
    release = _released(an_item(cast.subject, by=cast.giver), cast.subject)
    ReleaseAnswer.objects.create(release=release, text="We hired two nurses.", recorded_at=NOW, recorded_by="person:p")
    own = line_of_time(cast.people["provider"], cast.subject)
    assert "Released to you" in own and "People wait long at night." in own and "We hired two nurses." in own
    kept = line_of_time(cast.people["keeper"], cast.subject)
    assert "A copy was released to First Trust" in kept and "We hired two nurses." in kept
    ReleaseDecision.objects.create(
        release=release, step=ReleaseStep.WITHDRAWN.value, because="Wrong", recorded_at=NOW, recorded_by="person:b"
    )
    assert kinds_of(cast.people["provider"], cast.subject) == []
    assert "A copy was withdrawn from First Trust" in line_of_time(cast.people["keeper"], cast.subject)


def test_kinds_are_chosen_in_the_address_and_kept_ticked(cast: Cast) -> None:
    _everything(cast)
    member = cast.people["member"]
    assert set(kinds_of(member, cast.subject, kinds=frozenset({MomentKind.TOLD, MomentKind.BODY}))) == {"told", "body"}
    shown = line_of_time(member, cast.subject, "?kind=told&kind=body&kind=nonsense")
    assert BELL in shown and "Took over Old Trust (ZR8)" in shown
    assert "How long are the waits?" not in shown and "Inadequate" not in shown
    assert re.search(r'value="told" checked', shown) and not re.search(r'value="figures" checked', shown)
    assert "Others are left out by what you chose." in shown
    assert "Nothing of this kind is on record." in line_of_time(cast.people["stranger"], cast.subject, "?kind=told")


@pytest.mark.parametrize("kind", list(MomentKind))
def test_every_kind_is_given_by_itself(cast: Cast, kind: MomentKind) -> None:
    _everything(cast)
    assert set(kinds_of(cast.people["keeper"], cast.subject, kinds=frozenset({kind}))) == {kind.value}


def test_what_was_known_on_a_day_is_what_had_been_recorded_by_then(cast: Cast) -> None:
    early, late = datetime(2025, 3, 3, 22, tzinfo=UTC), datetime(2025, 3, 4, 9, tzinfo=UTC)
    an_item(cast.subject, "Told in time", heard_on=date(2025, 2, 1), at=early)
    an_item(cast.subject, "Told too late", heard_on=date(2025, 2, 1), at=late)
    _rated(cast.subject, "Good", date(2024, 1, 1), recorded_at=early)
    _rated(cast.subject, "Inadequate", date(2025, 2, 2), recorded_at=late)
    signal = a_signal(cast.subject, raised_at=early, stands=False)
    SignalEnding.objects.create(signal=signal, ended_at=late, because="no longer so")
    member = cast.people["member"]
    shown = line_of_time(member, cast.subject, "?on=2025-03-03")
    assert "Told in time" in shown and "Good overall" in shown and "above its usual level" in shown
    assert not [late for late in ("Told too late", "Inadequate", "No longer so") if late in shown]
    assert "Only what had been recorded here by 3 March 2025" in shown
    after = line_of_time(member, cast.subject, "?on=2025-03-04")
    assert "Told too late" in after and "Inadequate" in after and "No longer so" in after


def test_words_added_later_were_not_known(cast: Cast) -> None:
    item = an_item(cast.subject, heard_on=date(2025, 12, 1))
    Item.objects.filter(pk=item.pk).update(recorded_at=NOW - timedelta(days=10))
    shown = line_of_time(cast.people["member"], cast.subject, f"?on={(NOW - timedelta(days=5)).date()}")
    assert "Soft intelligence" in shown and BELL not in shown


def test_long_history_is_shown_in_pages_and_nothing_twice_or_never(cast: Cast) -> None:
    for number in range(A_PAGE + 30):  # many on one day, so that a page ends in the middle of it
        an_item(cast.subject, f"Number {number:03}.", by=cast.giver, heard_on=TODAY - timedelta(days=number // 60))
    for number in range(5):
        a_signal(cast.subject, measure=f"m{number}", raised_at=NOW - timedelta(days=1))
    member, seen, before = cast.people["member"], [], ""
    while True:
        found = timeline_of(member, TODAY, gathered(member, TODAY, cast.subject), Asked(before=before))
        seen += [one.key for one in found.moments]
        assert len(found.moments) <= A_PAGE
        if not (before := found.earlier):
            break
    assert len(seen) == len(set(seen)) == A_PAGE + 35
    first = line_of_time(member, cast.subject)
    (following,) = re.findall(r'<a href="[^"?]*(\?[^"]*)#timeline" rel="next">Earlier', first)
    second = line_of_time(member, cast.subject, following)
    numbers = [set(re.findall(r"Number (\d+)\.", shown)) for shown in (first, second)]
    assert not numbers[0] & numbers[1] and len(numbers[0] | numbers[1]) == A_PAGE + 30


@pytest.mark.parametrize(
    "query",
    ["?on=nonsense", "?on=9999-12-31", "?on=0001-01-01", "?before=nonsense", "?before=2025-01-01.told:x", "?kind=%00",
     "?before=2025-01-01.%00", "?before=9999-12-31.raised:x", "?before=" + "9" * 400],
)  # fmt: skip
def test_nonsense_in_the_address_is_answered_calmly(cast: Cast, query: str) -> None:
    _everything(cast)
    assert signed_in(cast.people["member"]).get(f"/subjects/{cast.subject.pk}/{query}").status_code == 200


@pytest.mark.parametrize("kind", [SubjectKind.PLACE, SubjectKind.PATHWAY, SubjectKind.THEME])
def test_subject_that_is_no_body_has_its_page(cast: Cast, kind: SubjectKind) -> None:
    subject = add_subject(by=KEEPER, at=NOW, kind=kind, name="Falls at night")
    an_item(subject)
    assert BELL in line_of_time(cast.people["member"], subject)
    assert BELL not in page(cast.people["stranger"], subject)


def test_body_that_merged_tells_when_on_both_pages(cast: Cast) -> None:
    new = a_body("ZR9", "New Trust")
    assert cast.subject.organisation and new.organisation
    a_relation(cast.subject.organisation, Link.SUCCEEDED_BY, new.organisation, valid_from=date(2025, 4, 1))
    a_relation(
        cast.subject.organisation, Link.SUCCEEDED_BY, new.organisation, valid_from=date(2025, 5, 1), source="ods"
    )
    member = cast.people["member"]
    assert "Became New Trust (ZR9)" in line_of_time(member, cast.subject)
    assert line_of_time(member, new).count("Took over First Trust (ZR1)") == 1


def test_empty_timeline_says_so(cast: Cast) -> None:
    assert "Nothing dated is on record about this subject." in line_of_time(cast.people["member"], cast.subject)


@pytest.mark.requirement("INT-04")
def test_matrix_and_proposals_on_the_page_are_for_those_who_take_part(cast: Cast) -> None:
    for number in range(3):
        an_item(cast.subject, f"Story {number}", by=a_person(Grant(Role.MEMBER, system=HOME)))
    a_signal(cast.subject, measure="shmi", source="shmi", kind=SignalKind.OUTLIER, until=TODAY)
    shown = page(cast.people["member"], cast.subject)
    assert "Who speaks of which dimension of quality" in shown and "worried" in shown
    assert "Four independent sources have concerns" in shown and "Of these, 3 told by people." in shown
    for who in ("conflicted", "stranger", "provider"):
        other = page(cast.people[who], cast.subject)
        assert "told by people" not in other and "Proposals that wait" not in other
        assert "One source has a concern" in other


@pytest.mark.parametrize("who", ["member", "keeper", "provider", "conflicted"])
def test_page_asks_few_questions_however_much_happened(cast: Cast, who: str, outside_transaction: None) -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": usual(24)}))
    _everything(cast)
    client = signed_in(cast.people[who])
    assert len(_questions(client, cast.subject)) <= 36
    for number in range(12):
        an_item(cast.subject, f"More {number}", by=cast.giver)
        a_signal(cast.subject, measure="ae-4h-all-types", stands=False)
    assert len(_questions(client, cast.subject)) <= 36


def _questions(client: Client, subject: Subject) -> list[str]:
    """Whether anything changed is asked before each read that is kept; those short questions are not counted here."""
    address = f"/subjects/{subject.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in asked if '"audit_head"' not in one["sql"]]

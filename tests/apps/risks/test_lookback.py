"""Look-backs: opened, written in and finished by who may, recorded once, and shown to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.verdict import Already, Invalid, Refused
from sightline.risks.models import LookBack, LookBackEnding, LookBackFinding
from sightline.risks.operations import finish_look_back, open_look_back, record_finding
from sightline.risks.queries.lookback import page_of_look_backs
from sightline.risks.words import FindingKind
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.indicators import NOW, TODAY
from tests.factories.intelligence import SYSTEM
from tests.factories.readers import HEARING, Cast, a_cast
from tests.factories.risks import a_risk

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("LRN-01")]
NUMBER = "943 476 5919"
Act = Callable[[Person, LookBack], object]
ACTS: dict[str, Act] = {
    "open_look_back": lambda by, one: open_look_back(
        by=by, at=NOW, subject=one.subject, as_of=TODAY - timedelta(days=9), because="Nobody saw it"
    ),
    "record_finding": lambda by, one: record_finding(
        by=by, at=NOW, look_back=one, kind=FindingKind.LESSON, says="Ask the wards each month"
    ),
    "finish_look_back": lambda by, one: finish_look_back(by=by, at=NOW, look_back=one, because="We ask each month"),
}
MAY = {
    "open_look_back": HEARING | {"stranger"},  # on the record of their own group
    "record_finding": HEARING,
    "finish_look_back": frozenset({"keeper"}),
}


@pytest.fixture
def cast() -> Cast:
    """This function will make a body with everybody who might look back at it."""
    return a_cast()


@pytest.fixture
def one(cast: Cast) -> LookBack:
    """This function will make a look-back in which something is written down already."""
    made = LookBack.objects.create(
        subject=cast.subject, system=SYSTEM, as_of=TODAY, because="It came unseen", recorded_at=NOW, recorded_by="x"
    )
    LookBackFinding.objects.create(
        look_back=made, kind=FindingKind.KNOWN.value, says="The wards knew", recorded_at=NOW, recorded_by="x"
    )
    return made


def _counts() -> tuple[int, ...]:
    models = (LookBack, LookBackFinding, LookBackEnding, Event)
    return tuple(model._default_manager.count() for model in models)


@pytest.mark.parametrize("verb", ACTS)
def test_who_may_does_it_and_it_is_recorded_once(cast: Cast, one: LookBack, verb: str) -> None:
    for name in sorted(MAY[verb])[:1]:
        before = _counts()
        ACTS[verb](cast.people[name], one)
        after = _counts()
        assert sum(after[:3]) == sum(before[:3]) + 1
        assert Event.objects.filter(verb=f"risks.{verb}").count() == 1 and after[3] == before[3] + 1


@pytest.mark.parametrize("verb", ACTS)
def test_nobody_else_may_and_nothing_is_changed(cast: Cast, one: LookBack, verb: str) -> None:
    for name, person in cast.people.items():
        if name in MAY[verb]:
            continue
        before = _counts()
        with pytest.raises(Refused):
            ACTS[verb](person, one)
        assert _counts() == before, name


def test_words_of_the_record_do_not_enter_the_event_log(cast: Cast, one: LookBack) -> None:
    for verb in ("record_finding", "open_look_back", "finish_look_back"):
        ACTS[verb](cast.people["keeper"], one)
    logged = " ".join(Event.objects.values_list("facts", flat=True))
    assert "month" not in logged and "Nobody" not in logged


def test_the_very_same_is_recorded_once(cast: Cast, one: LookBack) -> None:
    for verb in ("open_look_back", "record_finding"):
        ACTS[verb](cast.people["member"], one)
        with pytest.raises(Already):
            ACTS[verb](cast.people["reader"], one)


def test_day_to_come_and_a_hidden_risk_are_turned_away(cast: Cast) -> None:
    member = cast.people["member"]
    given = {"by": member, "at": NOW, "subject": cast.subject, "because": "b"}
    with pytest.raises(Invalid, match="still to come"):
        open_look_back(as_of=TODAY + timedelta(days=1), **given)
    with pytest.raises(Refused):
        open_look_back(as_of=TODAY, risk=a_risk(subjects=[]), **given)  # about somebody else
    risk = a_risk(SYSTEM, subjects=[cast.subject])
    made = open_look_back(as_of=TODAY, risk=risk, **given)
    assert (made.risk, made.by_itself) == (risk, False)
    with pytest.raises(Already):
        open_look_back(as_of=TODAY - timedelta(days=3), risk=risk, **given)


def test_finished_one_takes_nothing_more(cast: Cast, one: LookBack) -> None:
    keeper = cast.people["keeper"]
    ACTS["finish_look_back"](keeper, one)
    for verb in ("record_finding", "finish_look_back"):
        with pytest.raises(Invalid, match="finished"):
            ACTS[verb](keeper, one)
    ACTS["open_look_back"](keeper, one)  # and another may be opened


def test_one_in_which_nothing_is_written_is_not_finished(cast: Cast, one: LookBack) -> None:
    one.findings.all().delete()
    with pytest.raises(Invalid, match="Nothing is written down yet"):
        ACTS["finish_look_back"](cast.people["keeper"], one)


@pytest.mark.requirement("IGV-01")
def test_personal_data_stays_only_in_a_finding_and_only_for_a_reason(cast: Cast, one: LookBack) -> None:
    keeper = cast.people["keeper"]
    finding = {"by": keeper, "at": NOW, "look_back": one, "kind": FindingKind.MISSED, "says": f"See {NUMBER}"}
    with pytest.raises(Invalid):
        record_finding(**finding)
    assert record_finding(knowingly="The coroner’s number", **finding).knowingly == "The coroner’s number"
    with pytest.raises(Invalid):
        finish_look_back(by=keeper, at=NOW, look_back=one, because=f"See {NUMBER}")
    with pytest.raises(Invalid):
        open_look_back(by=keeper, at=NOW, subject=cast.subject, as_of=TODAY - timedelta(days=9), because=NUMBER)


def test_list_is_for_members_of_the_group_with_open_ones_first(cast: Cast, one: LookBack) -> None:
    keeper = cast.people["keeper"]
    ACTS["finish_look_back"](keeper, one)
    ACTS["open_look_back"](keeper, one)
    for name, person in cast.people.items():
        found, total = page_of_look_backs(person, TODAY, 1)
        expected = [(True, 0), (False, 1)] if name in HEARING else []
        assert ([(line.is_open, line.findings) for line in found], total) == (expected, len(expected)), name


PAGES = ("look_back", "look_back_open", "look_back_record", "look_back_finding", "look_back_finish")


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_members_and_are_not_there_for_others(cast: Cast, one: LookBack, page: str) -> None:
    at = reverse(page, args=[cast.subject.pk if page in {"look_back", "look_back_open"} else one.pk])
    answers = {name: signed_in(person).get(at).status_code for name, person in cast.people.items()}
    finishes = page == "look_back_finish"
    assert answers == {
        "member": 403 if finishes else 200,
        "reader": 403 if finishes else 200,
        "keeper": 200,
        "conflicted": 403 if finishes else 404,
        "stranger": 403 if finishes else (404 if page not in {"look_back", "look_back_open"} else 200),
        "provider": 403,
        "other_provider": 403,
        "foi": 403,
    }


def test_stranger_sees_nothing_of_the_group_on_the_page_of_a_subject(cast: Cast, one: LookBack) -> None:
    at = reverse("look_back", args=[cast.subject.pk])
    page = signed_in(cast.people["stranger"]).get(at).content.decode()
    assert "Look-backs on record" not in page
    assert "Look-backs on record" in signed_in(cast.people["member"]).get(at).content.decode()


def test_whole_way_through_the_pages(cast: Cast) -> None:
    """A member opens one and writes in it; a keeper finishes it; a form sent twice does it once."""
    member, keeper = signed_in(cast.people["member"]), signed_in(cast.people["keeper"])
    day = TODAY - timedelta(days=30)
    told = {
        "as_of-day": str(day.day),
        "as_of-month": str(day.month),
        "as_of-year": str(day.year),
        "because": "It came unseen",
    }
    opened = member.post(reverse("look_back_open", args=[cast.subject.pk]), told)
    assert opened.status_code == 302, opened.content.decode()[:3000]
    (made,) = LookBack.objects.all()
    assert (made.as_of, made.because, made.system) == (day, "It came unseen", SYSTEM)
    again = member.post(reverse("look_back_open", args=[cast.subject.pk]), told)
    assert again.status_code == 302 and LookBack.objects.count() == 1
    write = reverse("look_back_finding", args=[made.pk])
    assert member.post(write, {}).status_code == 400
    asks = member.post(write, {"kind": "missed", "says": f"See {NUMBER}"})
    assert asks.status_code == 400 and "looks like personal data" in asks.content.decode()
    assert member.post(write, {"kind": "missed", "says": "Nobody asked the wards"}).status_code == 302
    finish = reverse("look_back_finish", args=[made.pk])
    assert keeper.post(finish, {"because": "We ask each month"}).status_code == 302
    page = member.get(reverse("look_back_record", args=[made.pk])).content.decode()
    for words in ("Nobody asked the wards", "We ask each month", "Finished", "What was missed"):
        assert words in page
    assert "Write down a finding" not in page
    assert "Finished" in member.get(reverse("look_backs")).content.decode()


def test_page_says_what_cannot_be_reconstructed(cast: Cast) -> None:
    page = signed_in(cast.people["member"]).get(reverse("look_back", args=[cast.subject.pk]) + "?on=2025-01-01")
    words = page.content.decode()
    for says in (
        "What cannot be reconstructed",
        "nobody’s reading is recorded",
        "Nobody had told anything",
        "Nothing stood out",
    ):
        assert says in words, says


def test_unknown_subject_and_record_are_not_there(cast: Cast) -> None:
    keeper = signed_in(cast.people["keeper"])
    assert [keeper.get(reverse(page, args=[uuid4()])).status_code for page in PAGES] == [404] * len(PAGES)


def test_interest_declared_since_closes_a_look_back(cast: Cast, one: LookBack) -> None:
    at = reverse("look_back_record", args=[one.pk])
    assert signed_in(cast.people["member"]).get(at).status_code == 200
    an_interest(cast.people["member"], cast.subject)
    assert signed_in(cast.people["member"]).get(at).status_code == 404

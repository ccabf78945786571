"""Word to the owners of risks whose review is due: who is told, of what, and that nobody is told twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Refused
from sightline.notify.kinds import kind_of
from sightline.notify.models import Message
from sightline.risks.messages import RISK_REVIEW_DUE, may_open_risk
from sightline.risks.models import Risk
from sightline.risks.operations import close_risk, restate_risk, review_risk, tell_of_risk_reviews
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.indicators import NOW, TODAY
from tests.factories.risks import SYSTEM, Kept, a_kept_system, opened, stated

pytestmark = pytest.mark.requirement("RSK-15")


@pytest.fixture
def kept(house: None) -> Kept:
    """This function will make a trust in a system, and the people around it."""
    return a_kept_system()


def due(kept: Kept, owner: Person | None = None, on: date = TODAY, **more: Any) -> Risk:
    """This function will open a risk that somebody owns, whose review is due on a day."""
    return opened(kept, at=NOW - timedelta(days=40), owner=owner or kept.member, owner_name="", review_on=on, **more)


def run(kept: Kept, days: int = 0) -> int:
    """This function will let the server's clock run so many days later."""
    return tell_of_risk_reviews(by=kept.lead, at=NOW + timedelta(days=days))


def told() -> list[tuple[str, str]]:
    """This function will list who was told of which risk, the oldest first."""
    rows = Message.objects.filter(kind=RISK_REVIEW_DUE).order_by("queued_at", "key")
    return [(one.person.display_name, one.record) for one in rows.select_related("person")]


def test_owner_is_told_on_the_day_and_not_before(kept: Kept) -> None:
    risk = due(kept)

    assert run(kept, days=-1) == 0 and told() == []
    assert run(kept) == 1
    assert told() == [("Mel Member", str(risk.pk))]
    assert Message.objects.get().path == reverse("risk", args=[risk.pk])


def test_nobody_is_told_twice_however_often_the_clock_runs(kept: Kept) -> None:
    risks = [due(kept), due(kept, on=TODAY - timedelta(days=20)), due(kept, kept.secretary)]

    assert [run(kept, days) for days in (0, 0, 1, 2, 30)] == [3, 0, 0, 0, 0]
    assert sorted(record for _, record in told()) == sorted(str(one.pk) for one in risks)


def test_each_day_that_is_set_anew_is_told_of_once_it_has_come(kept: Kept) -> None:
    risk = due(kept)
    run(kept)
    review_risk(by=kept.lead, at=NOW, risk=risk, says="It holds", next_review_on=TODAY + timedelta(days=30))

    assert [run(kept, days) for days in (1, 29, 30, 31)] == [0, 0, 1, 0]
    assert told() == [("Mel Member", str(risk.pk))] * 2


def test_whoever_takes_over_a_risk_whose_review_is_due_is_told_too(kept: Kept) -> None:
    risk = due(kept)
    run(kept)
    said = stated(owner=kept.secretary, owner_name="", review_on=TODAY)
    restate_risk(by=kept.lead, at=NOW, risk=risk, stated=said, seen=1, because="A new lead")

    assert [run(kept, days) for days in (0, 1)] == [1, 0]
    assert sorted(name for name, _ in told()) == ["Mel Member", "Sam Secretary"]


def test_nobody_is_told_of_what_is_closed_or_not_for_them_or_has_no_day(kept: Kept) -> None:
    close_risk(by=kept.lead, at=NOW, risk=due(kept), because="It held")
    due(kept, kept.conflicted)
    due(kept, a_person(Grant(Role.MEMBER, system="QZ9")))
    due(kept, a_person(Grant(Role.MEMBER, system=SYSTEM), is_active=False))
    opened(kept, owner_name="Director of nursing", review_on=TODAY)
    opened(kept, owner=kept.member, owner_name="")

    assert run(kept, days=5) == 0 and told() == []


def test_word_is_not_sent_to_who_may_no_longer_read_the_risk(kept: Kept) -> None:
    risk = due(kept)
    assert may_open_risk(kept.member, str(risk.pk), TODAY)
    an_interest(kept.member, kept.subject)
    assert not may_open_risk(Person.objects.get(pk=kept.member.pk), str(risk.pk), TODAY)


def test_words_name_no_body_and_no_matter(kept: Kept) -> None:
    kind = kind_of(RISK_REVIEW_DUE)
    assert kind is not None and "{count}" in kind.plural
    said = f"{kind.subject} {kind.says} {kind.plural}"
    assert kept.subject.name not in said and "{" not in kind.says + kind.subject


def test_telling_is_for_those_who_keep_risks_and_leaves_one_event(kept: Kept) -> None:
    due(kept)
    before = Event.objects.count()
    with pytest.raises(Refused):
        tell_of_risk_reviews(by=kept.member, at=NOW)
    assert told() == [] and Event.objects.count() == before

    run(kept)
    (event,) = Event.objects.order_by("-sequence")[: Event.objects.count() - before]
    assert event.verb == "risks.tell_of_risk_reviews"


def test_as_many_queries_for_many_risks_of_one_owner(kept: Kept, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        due(kept)
    run(kept)
    with django_assert_max_num_queries(25):
        assert run(kept, days=1) == 0

"""What was known on a day: nothing that came later, nothing that the reader may not see today, and who could read it then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.core.access import Grant, Handling, Role
from sightline.core.rulebook.registers import Tier
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import FormerReader, Item, Marking, NamedReader, Review
from sightline.intelligence.words import Kind, Outcome
from sightline.risks.queries.known import Known, known_by
from tests.factories.accounts import a_person
from tests.factories.indicators import NOW, TODAY, a_signal
from tests.factories.intelligence import an_item, somebody
from tests.factories.readers import HEARING, Cast, a_cast
from tests.factories.risks import a_risk, moment
from tests.factories.surveillance import a_concern, a_decision, a_proposal, a_statement, an_office, the_body

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("LRN-01")]
DAYS = [TODAY - timedelta(days=back) for back in (50, 40, 30, 20, 10, 0)]


@pytest.fixture
def cast() -> Cast:
    """This function will make a body with everybody who might read about it."""
    return a_cast()


def _known(cast: Cast, day: date, name: str = "keeper") -> Known:
    return known_by(cast.people[name], TODAY, cast.subject, day)


def _told(day: date, found: Known) -> dict[str, bool]:
    return {
        "signal": bool(found.signals),
        "ended": found.earlier > 0,
        "told": bool(found.heard),
        "concern": bool(found.concerns),
        "worse": any(one.statement.says == "It is worse" for one in found.concerns),
        "closed": any(one.is_closed for one in found.concerns),
        "proposal": bool(found.proposals),
        "decision": any(one.decision for one in found.proposals),
        "risk": bool(found.risks),
        "high": any(one.current is not None and one.current.likelihood == 5 for one in found.risks),
    }


def test_each_day_knows_what_was_on_record_by_its_end_and_no_more(cast: Cast) -> None:
    """The slow twin is the list below: on which day each thing first was on record."""
    first, second, third, fourth, fifth, _ = DAYS
    subject = cast.subject
    signal = a_signal(subject, raised_at=moment(first), stands=False)
    signal_ended = moment(fourth)
    type(signal).ending.related.related_model.objects.create(signal=signal, ended_at=signal_ended, because="figures")
    an_item(subject, by=cast.giver, at=moment(second), heard_on=first)
    concern = a_concern(subject, raised_on=second)
    a_statement(concern, "It is worse", recorded_at=moment(third))
    office = an_office(organisation=the_body("QZ1"))
    proposal = a_proposal(subject, on=third)
    a_decision(subject, on=third, by_office=office, proposal=proposal, decided_at=moment(fourth))
    risk = a_risk(
        subjects=[subject], opened_on=third, scores=[((2, 2), third)], places=[(Tier.SYSTEM, the_body("QZ1"))]
    )
    risk.scores.create(
        kind="current", likelihood=5, consequence=5, holds_from=fourth, recorded_at=moment(fifth), recorded_by="x"
    )
    since = {
        "signal": first, "ended": fourth, "told": second, "concern": second, "worse": third, "closed": date.max,
        "proposal": third, "decision": fourth, "risk": third, "high": fifth,
    }  # fmt: skip
    for day in [first - timedelta(days=1), *DAYS, *(one - timedelta(days=1) for one in DAYS[1:])]:
        expected = {what: on <= day for what, on in since.items()} | {"signal": first <= day < fourth}
        assert _told(day, _known(cast, day)) == expected, day
    assert (_known(cast, third).level, _known(cast, TODAY).level) == ("Routine", "Enhanced")


def test_who_sees_what_was_known_is_who_may_see_it_today(cast: Cast) -> None:
    an_item(cast.subject, by=cast.giver)
    a_concern(cast.subject)
    a_risk(subjects=[cast.subject])
    sees = {}
    for name in cast.people:
        found = _known(cast, TODAY, name)
        sees[name] = (len(found.heard), len(found.concerns), len(found.risks))
    assert sees == {name: (1, 1, 1) if name in HEARING else (0, 0, 0) for name in cast.people}


def test_how_many_could_read_an_item_is_what_asking_for_each_of_them_gives(cast: Cast) -> None:
    """Slow and obvious: what the database lets each of those see who hear at all."""
    reader = cast.people["reader"].actor_id
    for handling, readers in ((Handling.PUBLIC, ()), (Handling.MEMBERS, ()), (Handling.RESTRICTED, (reader,))):
        an_item(cast.subject, f"Told for {handling}", by=cast.giver, handling=handling, readers=readers)
    everybody = [*cast.people.values(), cast.giver, somebody(Role.AUDITOR, system=""), somebody(system="QZ9")]
    viewers = [one for one in (viewer_of(person, TODAY) for person in everybody) if one.hears]
    found = _known(cast, TODAY, "reader")
    assert len(found.heard) == 3
    for one in found.heard:
        slow = sum(1 for viewer in viewers if Item.objects.seen_by(viewer).filter(pk=one.item.pk).exists())
        assert one.could_read == slow, one.handling
    assert len({one.could_read for one in found.heard}) > 1


def test_who_came_into_the_group_later_could_not_read_then(cast: Cast) -> None:
    an_item(cast.subject, by=cast.giver, at=moment(DAYS[0]), heard_on=DAYS[0])
    before = _known(cast, DAYS[1])
    a_person(Grant(Role.MEMBER, system="QZ1", valid_from=DAYS[3]))
    after = _known(cast, DAYS[4])
    assert _known(cast, DAYS[1]).heard[0].could_read == before.heard[0].could_read
    assert after.heard[0].could_read == (before.heard[0].could_read or 0) + 1
    assert len(after.sitting) == len(before.sitting) + 1


def test_how_far_an_item_travelled_then_is_told_from_what_was_said_of_it_or_not_at_all(cast: Cast) -> None:
    item = an_item(cast.subject, by=cast.giver, at=moment(DAYS[0]), heard_on=DAYS[0])
    reader = cast.people["reader"].actor_id
    Item.objects.filter(pk=item.pk).update(handling=Handling.RESTRICTED.value)
    Marking.objects.filter(item=item).delete()
    marked = {"item": item, "because": "Few know", "recorded_by": "x"}
    Marking.objects.create(handling=Handling.RESTRICTED.value, recorded_at=moment(DAYS[2]), **marked)
    NamedReader.objects.create(item=item, actor_id=reader, recorded_at=moment(DAYS[2]), recorded_by="x")
    FormerReader.objects.create(
        item=item, actor_id=cast.people["member"].actor_id, named_at=moment(DAYS[2]), named_by="x",
        recorded_at=moment(DAYS[4]), recorded_by="x",
    )  # fmt: skip

    def then(day: date) -> tuple[Handling | None, int | None]:
        (one,) = _known(cast, day, "reader").heard
        return one.handling, one.could_read

    assert then(DAYS[1]) == (None, None)
    assert then(DAYS[3]) == (Handling.RESTRICTED, 3)  # the giver, the reader, and a member who was struck off since
    assert then(TODAY) == (Handling.RESTRICTED, 2)


def test_published_item_counts_from_its_review_on(cast: Cast) -> None:
    item = an_item(cast.subject, by=cast.giver, at=moment(DAYS[0]), heard_on=DAYS[0])
    Item.objects.filter(pk=item.pk).update(kind=Kind.COMMENT.value)
    Review.objects.filter(item=item).delete()
    Review.objects.create(
        item=item, outcome=Outcome.ACCEPTED.value, because="b", recorded_at=moment(DAYS[2]), recorded_by="x"
    )
    counted = [_known(cast, day).heard[0].counted for day in (DAYS[1], DAYS[2])]
    assert counted == [False, True]


def test_words_that_were_put_otherwise_since_are_not_brought_back(cast: Cast) -> None:
    from sightline.intelligence.models import Passage

    item = an_item(cast.subject, "Bell not answered", by=cast.giver, at=moment(DAYS[0]), heard_on=DAYS[0])
    (old,) = Passage.objects.filter(item=item)
    assert _known(cast, DAYS[1]).heard[0].words == "Bell not answered"
    Passage.objects.create(
        item=item, handling=old.handling, text="Bell answered late", replaces=old, recorded_at=NOW, recorded_by="x"
    )
    assert [_known(cast, day).heard[0].words for day in (DAYS[1], TODAY)] == ["", "Bell answered late"]


def test_day_begins_and_ends_as_clocks_show_it_here(cast: Cast) -> None:
    day = date(2025, 7, 1)  # in summer, when an hour before midnight in London is 22 hours in universal time
    an_item(cast.subject, by=cast.giver, at=datetime(2025, 7, 1, 22, 59, tzinfo=UTC), heard_on=day)
    an_item(cast.subject, "Next day", by=cast.giver, at=datetime(2025, 7, 1, 23, 0, tzinfo=UTC), heard_on=day)
    assert [len(_known(cast, one).heard) for one in (day, day + timedelta(days=1))] == [1, 2]

"""The demonstration's stories are found, its false friends are passed by, and each of its people sees their part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import pytest
from django.db.models import QuerySet

from sightline.audit.models import Event
from sightline.audit.queries import verify_chains
from sightline.core.rulebook import ProposalKind
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation import Blindness, Certainty, Evidence, Proposal
from sightline.core.triangulation.profiling import Side, Status, differences
from sightline.demonstration import Part
from sightline.demonstration.agreed import SET_NAME, THEN
from sightline.demonstration.geography import MAIN, NEIGHBOUR, authority_named
from sightline.demonstration.many import PLACE_WITHOUT_WORDS
from sightline.demonstration.organisations import (
    GROUP_HOMES,
    IMPROVED_TRUST,
    MATERNITY_TRUST,
    OTHER_HOMES,
    SILENT_TRUST,
    UNHEARD_OF,
    Provider,
)
from sightline.demonstration.partners import HEALTHWATCH, INSPECTORS
from sightline.demonstration.tales import BETTER_PRACTICE, GOOD_FIGURES, RESTRAINT_TRUST, STORIES
from sightline.demonstration.tales_kinds import KINDS
from sightline.demonstration.tales_misleading import (
    BIG_TRUST,
    MISLEADING,
    MISSES_AS_ALWAYS,
    OLD_NEWS_OF,
    RUMOURED,
    TOLD_BY_ONE,
)
from sightline.demonstration.tidy_surgery import TEN_BAD_FIGURES
from sightline.indicators.queries.agreeing import agreed_sets
from sightline.intelligence.models import Item, Passage, Receipt, Referral, Release, ReleaseAnswer, Unplaced
from sightline.intelligence.queries.mine import owed_by
from sightline.profiles.queries import aids_of, earlier_of, sheets_of, sheets_to_review
from sightline.triangulation.models import RatingReview
from sightline.triangulation.queries import Triangulated, current_signals

from .conftest import TODAY, World

pytestmark = pytest.mark.requirement("INT-04")

WORRIES = {ProposalKind.ASK_FOR_INFORMATION, ProposalKind.DISCUSS, ProposalKind.TRIGGER_TOOL}
COUNCIL, REGION = "body:E06999001", "body:E40999001"
WATCH, INSPECTOR = f"body:{HEALTHWATCH.code}", f"body:{INSPECTORS.code}"


def worries(picture: Triangulated) -> list[Proposal]:
    return [one for one in picture.proposals if one.kind in WORRIES]


def proposed(picture: Triangulated, row: Dimension) -> Proposal:
    (found,) = [one for one in worries(picture) if one.row is row]
    return found


def concerns(picture: Triangulated) -> list[Evidence]:
    return [one for one in picture.evidence.values() if one.is_concern]


def test_maternity_is_to_be_discussed_because_five_kinds_of_source_agree(world: World) -> None:
    found = proposed(world.picture(MATERNITY_TRUST), Dimension.SAFE)
    assert found.kind is ProposalKind.DISCUSS
    agreeing = {"tidy:maternity-reporting", "tidy:clinical-audits", "cqc_api", "coroners_reports", "patient_comments"}
    assert {*agreeing, WATCH, COUNCIL} <= set(found.origins)
    assert set(found.quadrants) == set(Quadrant)


DISCUSS, ASK = ProposalKind.DISCUSS, ProposalKind.ASK_FOR_INFORMATION
HOMES = dict(zip((home.code for home in GROUP_HOMES[:5]), (DISCUSS, ASK, DISCUSS, ASK, ASK), strict=True))


@pytest.mark.parametrize(("code", "kind"), HOMES.items())
def test_homes_of_the_group_are_found_each_by_its_own_witnesses(world: World, code: str, kind: ProposalKind) -> None:
    found = proposed(world.picture(code), Dimension.SAFE)
    assert found.kind is kind
    assert {"tidy:incidents-and-alerts", "cqc_api"} <= set(found.origins)
    assert len(found.origins) >= 3


@pytest.mark.parametrize("home", [GROUP_HOMES[6], *OTHER_HOMES])
def test_homes_in_which_nothing_changed_are_not_swept_along(world: World, home: Provider) -> None:
    assert worries(world.picture(home.code)) == []


def test_restraint_is_found_from_figures_a_whistleblower_and_advocates(world: World) -> None:
    found = proposed(world.picture(RESTRAINT_TRUST), Dimension.SAFE)
    assert {"tidy:nhs-digital", INSPECTOR, COUNCIL, "coroners_reports"} <= set(found.origins)
    assert found.kind is DISCUSS


def test_three_voices_are_enough_where_every_figure_is_good(world: World) -> None:
    """QSG 2017 ¶114: good figures never outweigh what people say."""
    picture = world.picture(GOOD_FIGURES)
    assert [one for one in concerns(picture) if one.hard] == []
    assert any(one.hard and one.rows for one in picture.evidence.values()), "there are figures, and they are quiet"
    found = proposed(picture, Dimension.SAFE)
    assert found.kind is ASK
    assert set(found.origins) == {WATCH, COUNCIL, REGION}


@pytest.mark.parametrize(
    ("code", "row", "witness"),
    [
        (IMPROVED_TRUST, Dimension.SAFE, "ae_monthly"),
        (BETTER_PRACTICE, Dimension.EFFECTIVE, "tidy:nhs-digital"),
    ],
)
def test_good_practice_is_noted_where_figures_and_words_agree(
    world: World, code: str, row: Dimension, witness: str
) -> None:
    noted = [one for one in world.picture(code).proposals if one.kind is ProposalKind.NOTE_GOOD_PRACTICE]
    assert [{witness, WATCH} <= set(one.origins) for one in noted if one.row is row] == [True]


# Each false friend, with what proves that it is there at all.
def test_one_organisation_that_tells_one_tale_five_times_is_one_witness(world: World) -> None:
    picture = world.picture(TOLD_BY_ONE)
    assert Counter(one.origin for one in concerns(picture))[COUNCIL] == 5
    assert picture.proposals == ()


def test_a_big_trust_with_the_most_complaints_is_not_worrying_for_its_size(world: World) -> None:
    """That it is asked for figures about a row of which there are none is no worry."""
    picture = world.picture(BIG_TRUST)
    loud = [one for one in concerns(picture) if one.origin == "patient_comments"]
    others = [len(_complaints(world.picture(code))) for code in ("ZA4", "ZA5", "ZB1", "ZB2", "ZC1", "ZM1")]
    assert len(loud) >= max(others)
    assert worries(picture) == []


def _complaints(picture: Triangulated) -> list[Evidence]:
    return [one for one in concerns(picture) if one.origin == "patient_comments"]


def test_a_standard_that_was_always_missed_is_no_news(world: World) -> None:
    picture = world.picture(MISSES_AS_ALWAYS)
    missed = [one for one in concerns(picture) if one.hard and one.origin == "ae_monthly"]
    assert missed and not any(one.changed for one in missed)
    assert WATCH in {one.origin for one in concerns(picture) if Dimension.SAFE in one.rows}
    assert worries(picture) == []


def test_old_bad_news_stays_to_be_read_and_proposes_nothing(world: World) -> None:
    picture = world.picture(OLD_NEWS_OF)
    voices = {WATCH, COUNCIL, REGION, INSPECTOR}
    assert voices <= {one.origin for one in concerns(picture) if Dimension.SAFE in one.rows}
    assert picture.matrix.row(Dimension.SAFE).concerns == ()
    assert worries(picture) == []


def test_a_rumour_of_hunches_alone_proposes_nothing(world: World) -> None:
    told = concerns(picture := world.picture(RUMOURED))
    assert len({one.origin for one in told}) == 4
    assert {one.certainty for one in told} == {Certainty.HUNCH}
    assert picture.proposals == ()


def test_a_provider_that_praises_itself_silences_nobody(world: World) -> None:
    picture = world.picture(MATERNITY_TRUST)
    praise = [one for one in picture.evidence.values() if one.origin == f"body:{MATERNITY_TRUST}"]
    assert [one.bearing for one in praise] == [Bearing.IMPROVEMENT] * 2
    row = picture.matrix.row(Dimension.SAFE)
    assert f"body:{MATERNITY_TRUST}" in row.improving
    assert proposed(picture, Dimension.SAFE).kind is DISCUSS
    assert not set(proposed(picture, Dimension.SAFE).keys) & {one.key for one in praise}


def test_ten_bad_figures_of_one_return_are_one_witness(world: World) -> None:
    picture = world.picture(TEN_BAD_FIGURES)
    bad = {one.label for one in concerns(picture) if one.hard and one.changed}
    assert len([name for name in bad if name.startswith("demo-surgery-")]) == 10
    assert {one.origin for one in concerns(picture) if one.changed} == {"tidy:model-health-system"}
    assert picture.proposals == ()


@pytest.mark.requirement("INT-14")
def test_a_dentist_of_whom_nobody_has_heard_is_blind_all_over(world: World) -> None:
    picture = world.picture(UNHEARD_OF)
    assert not picture.known
    assert Counter(spot.kind for spot in picture.spots) == {Blindness.NOTHING: len(ROWS) * len(Quadrant)}
    assert picture.questions.asks


@pytest.mark.requirement("INT-14")
def test_one_place_has_no_words_while_its_neighbours_have(world: World) -> None:
    def in_words(name: str) -> bool:
        evidence = world.picture(authority_named(name).gss).evidence.values()
        return any(not one.hard for one in evidence)

    assert {name: in_words(name) for name in ("Harrowmere", "Quillhaven", PLACE_WITHOUT_WORDS)} == {
        "Harrowmere": True, "Quillhaven": True, PLACE_WITHOUT_WORDS: False,
    }  # fmt: skip


@pytest.mark.requirement("INT-14")
def test_the_silent_trust_has_been_asked_and_has_not_answered(world: World) -> None:
    picture = world.picture(SILENT_TRUST)
    assert sorted(hasattr(one, "answer") for one in picture.requests) == [False, True]
    assert max(one.until for one in picture.evidence.values() if one.origin == "ae_monthly") < TODAY.replace(month=7)


# What each of the cast may see of it.
def _heard(world: World, part: Part) -> QuerySet[Item]:
    return Item.objects.visible_to(world.person(part), TODAY)


def _about(world: World, part: Part, codes: Collection[str]) -> int:
    return _heard(world, part).filter(about__subject__organisation__code__in=codes).distinct().count()


@pytest.mark.requirement("COI-03")
def test_a_member_with_an_interest_hears_nothing_of_that_group_and_all_the_rest(world: World) -> None:
    homes = [home.code for home in GROUP_HOMES]
    assert _about(world, Part.LOCAL_AUTHORITY, homes) == 0
    assert _about(world, Part.HEALTHWATCH, homes) > 3
    assert _about(world, Part.LOCAL_AUTHORITY, [MATERNITY_TRUST]) > 20


@pytest.mark.requirement("PER-09", "PER-10")
@pytest.mark.parametrize("part", [Part.SUBJECT_PROVIDER, Part.OTHER_PROVIDER, Part.REGION])
def test_who_sits_in_no_group_sees_only_what_they_gave(world: World, part: Part) -> None:
    seen = _heard(world, part)
    assert seen.exists()
    assert not seen.exclude(giver__actor_id=world.person(part).actor_id).exists()


def test_a_lay_member_sees_what_a_member_sees_but_for_each_ones_own(world: World) -> None:
    """SQG 2022 §3.17: an equal voice. Restricted items go by their lists."""
    lay, member = (
        set(_heard(world, part).exclude(handling="restricted").values_list("pk", flat=True))
        for part in (Part.LAY_MEMBER, Part.HEALTHWATCH)
    )
    assert lay == member


@pytest.mark.requirement("IGV-10")
@pytest.mark.parametrize(
    ("key", "readers"),
    [
        ("named-readers", {Part.REGULATOR, Part.QUALITY_LEAD, Part.SECRETARY}),
        ("named-readers-chair", {Part.LOCAL_AUTHORITY, Part.CHAIR}),
    ],
)
def test_restricted_items_are_seen_by_their_readers_and_their_giver(world: World, key: str, readers: set[Part]) -> None:
    (text,) = [tale.text for tale in KINDS if tale.key == key]
    (item,) = Passage.objects.filter(text=text).values_list("item", flat=True)
    assert {part for part in Part if _heard(world, part).filter(pk=item).exists()} == readers


def test_the_neighbouring_group_hears_its_own_items_alone(world: World) -> None:
    assert set(_heard(world, Part.OTHER_SYSTEM).values_list("system", flat=True)) == {NEIGHBOUR.code}


@pytest.mark.requirement("PRV-03")
def test_the_provider_may_read_one_copy_of_three(world: World) -> None:
    steps = [list(one.decisions.order_by("pk").values_list("step", flat=True)) for one in Release.objects.all()]
    assert sorted(steps) == [[], ["released"], ["released", "withdrawn"]]
    (answer,) = ReleaseAnswer.objects.all()
    assert answer.recorded_by == world.person(Part.SUBJECT_PROVIDER).actor_id


@pytest.mark.requirement("SAF-01")
def test_one_suspicion_of_abuse_still_owes_its_referral(world: World) -> None:
    suspected = Item.objects.filter(safeguarding="suspected")
    owed = {one.is_open for some in owed_by(list(suspected)).values() for one in some}
    assert owed == {True, False}


@pytest.mark.requirement("INT-09")
def test_the_referral_to_the_neighbour_was_received(world: World) -> None:
    (made,) = Referral.objects.filter(group_system=NEIGHBOUR.code)
    assert Receipt.objects.filter(referral=made).exists()


def test_everything_came_in_and_something_of_each_waits(world: World) -> None:
    assert world.printed == ""
    waiting = Counter(Item.objects.filter(counts=False, reviews=None).values_list("kind", flat=True))
    assert all(waiting[kind] for kind in ("comment", "death_report", "enforcement"))
    assert sum(waiting.values()) < Item.objects.filter(counts=True).count() / 10
    assert any(len(one.candidates.split()) == 2 for one in Unplaced.objects.all())
    signals = current_signals(world.person(Part.QUALITY_LEAD), TODAY).filter(kind="rating")
    confirmed = RatingReview.objects.filter(signal__in=signals).values_list("signal", flat=True).distinct().count()
    assert 0.75 * signals.count() <= confirmed < signals.count()
    assert RatingReview.objects.filter(counts=False).count() == 1


def test_two_who_tell_one_story_are_one_witness(world: World) -> None:
    picture = world.picture("ZA5")
    row = picture.matrix.row(Dimension.EQUITABLE)
    assert WATCH in row.concerns and not any(one.startswith("person:") for one in row.concerns)


def test_every_deed_is_one_event_of_an_unbroken_chain(world: World) -> None:
    verbs = Counter(Event.objects.values_list("verb", flat=True))
    assert verbs["intelligence.share"] == len((*STORIES, *MISLEADING, *KINDS))
    assert verbs["intelligence.open_annex"] == verbs["intelligence.tells_again"] == 1
    assert verify_chains().breaks == ()


@pytest.mark.requirement("DAT-06", "DAT-09")
def test_group_has_agreed_what_to_measure_by_and_changed_it_once(world: World) -> None:
    (found,) = agreed_sets()
    assert (found.record.name, found.record.area, found.agreement.number) == (SET_NAME, MAIN.code, 2)
    assert {one.indicator: one.rhythm for one in found.chosen} == {one.indicator: one.rhythm for one in THEN}


@pytest.mark.requirement("RSK-10")
def test_profile_was_signed_by_both_its_review_is_late_and_the_next_is_begun(world: World) -> None:
    lead, provider = world.person(Part.QUALITY_LEAD), world.person(Part.SUBJECT_PROVIDER)
    second, first = sheets_of(lead, TODAY, world.subject(MATERNITY_TRUST))
    assert (first.status, second.status) == (Status.AGREED, Status.SHARED)
    assert {one.side for one in first.signed} == set(Side) and len({one.by for one in first.signed}) == 2
    ours, theirs = (first.written["safety", side] for side in (Side.COMMISSIONER, Side.PROVIDER))
    assert differences(first.template, ours, theirs), "they differ, and it stays on the record"
    (late,) = sheets_to_review(lead, TODAY)
    assert late.profile == first.profile and late.review_due is not None and late.review_due < TODAY
    assert {one.profile for one in sheets_of(provider, TODAY, world.subject(MATERNITY_TRUST))} == {
        first.profile,
        second.profile,
    }
    assert ("safety", Side.COMMISSIONER) in earlier_of(second)


@pytest.mark.requirement("RSK-09")
def test_each_aid_was_used_and_another_process_is_on_record(world: World) -> None:
    lead = world.person(Part.QUALITY_LEAD)
    kept = aids_of(lead, TODAY, world.subject(MATERNITY_TRUST))
    assert (len(kept.readings), len(kept.assessments)) == (1, 1)
    assert len(aids_of(lead, TODAY, world.subject(SILENT_TRUST)).processes) == 1

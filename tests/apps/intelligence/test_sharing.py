"""Sharing, adding to and amending soft intelligence: allowed, refused with nothing changed, recorded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing, Dimension
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.giving import Kept, Way, Words
from sightline.intelligence.keeping import read_file
from sightline.intelligence.models import (
    About,
    Attachment,
    FormerReader,
    Giver,
    Item,
    NamedReader,
    Onward,
    Passage,
    Sighting,
    Tag,
    TagRemoval,
)
from sightline.intelligence.operations import add_words, change_handling, replace_words, share, tag
from sightline.intelligence.queries import attachments_of, attributions_of, one_item, passages_of
from sightline.intelligence.words import Kind, ReferralKind, Safeguarding, TagKind, Wish
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.intelligence import (
    BELL,
    ELSEWHERE,
    LATER,
    NOW,
    SYSTEM,
    TODAY,
    a_body,
    an_item,
    given,
    somebody,
    words_of,
)

pytestmark = pytest.mark.usefixtures("house")
NUMBER = "943 476 5919"  # an NHS number of the range kept for tests
LEAFLET = Kept("leaflet.txt", "text/plain", b"Ring twice", Handling.MEMBERS)


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


def everything() -> dict[str, int]:
    tables = (Item, About, Giver, Passage, NamedReader, FormerReader, Tag, TagRemoval, Onward, Attachment, Sighting)
    return {table.__name__: table.objects.count() for table in tables}


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body()


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY)


def reads(person: Person, item: Item) -> list[str]:
    """The words of an item that a person reads, by the road of the page."""
    found = passages_of(viewer_of(person, TODAY), [item.pk])
    return [one.text for one in found[item.pk]] if one_item(person, TODAY, item.pk) else []


# --- share


@pytest.mark.requirement("INT-01", "INT-05")
@pytest.mark.parametrize("role", [Role.LAY_MEMBER, Role.MEMBER, Role.CHAIR, Role.SECRETARY, Role.PROVIDER, Role.REGION])
def test_whoever_sits_in_a_group_shares(subject: Subject, role: Role) -> None:
    giver = somebody(role, organisation="ZQ9")
    item = share(by=giver, at=NOW, given=given(subject, organisation="ZQ9"))
    assert (item.system, item.kind, item.bearing, item.counts) == (SYSTEM, Kind.SOFT, Bearing.CONCERN, True)
    assert words_of(item) == [BELL]
    assert list(About.objects.values_list("subject", flat=True)) == [subject.pk]
    assert Giver.objects.get(item=item).actor_id == giver.actor_id
    assert item.origin == "body:ZQ9"
    assert list(Sighting.objects.values_list("row", "subject")) == [(Dimension.SAFE.value, subject.pk)]
    assert verbs() == ["intelligence.share"]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FOI_OFFICER, Role.ADMINISTRATOR])
def test_who_sits_in_no_group_does_not_share(subject: Subject, role: Role) -> None:
    with pytest.raises(Refused):
        share(by=somebody(role), at=NOW, given=given(subject))
    assert not any(everything().values())
    assert verbs() == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"text": "  \n "}, "Say in a sentence"),
        ({"text": "\u202e\u200b"}, "Say in a sentence"),
        ({"subjects": ()}, "Choose whom it is about"),
        ({"heard_on": TODAY + timedelta(days=1)}, "lies ahead"),
        ({"handling": Handling.ANNEX}, "annex"),
        ({"words": (Words(BELL, Handling.MEMBERS), Words("Who", Handling.ANNEX))}, "annex"),
        ({"handling": Handling.RESTRICTED}, "Name who may read it"),
        ({"words": (Words(BELL, Handling.MEMBERS), Words("More", Handling.RESTRICTED))}, "Name who may read it"),
        ({"files": (replace(LEAFLET, handling=Handling.RESTRICTED),)}, "Name who may read it"),
        ({"system": ELSEWHERE}, "group of your own system"),
        ({"text": "x" * 1_000_000}, "20,000 are allowed"),
        ({"text": f"Her number is {NUMBER}."}, "looks like an NHS number"),
        ({"onward": (Way(ReferralKind.BUSINESS_AS_USUAL, body=f"Ask {NUMBER}"),)}, "looks like an NHS number"),
    ],
)
def test_what_cannot_be_used_is_refused_and_changes_nothing(subject: Subject, more: dict[str, Any], says: str) -> None:
    what = {"subject": subject, **more}
    gift = given(**what) if "subjects" not in more else replace(given(subject), subjects=())
    giver = somebody()
    with pytest.raises(Invalid, match=says):
        share(by=giver, at=NOW, given=gift)
    assert not any(everything().values())
    assert verbs() == []


@pytest.mark.requirement("IGV-01")
def test_personal_data_stay_only_with_a_reason_which_is_kept_beside_the_words(subject: Subject) -> None:
    words = (Words(f"Her number is {NUMBER}.", Handling.MEMBERS), Words("It was night.", Handling.MEMBERS))
    item = an_item(subject, words=words, knowingly="The coroner has published it")
    kept = dict(Passage.objects.filter(item=item).values_list("text", "knowingly"))
    assert kept == {words[0].text: "The coroner has published it", words[1].text: ""}


def test_the_event_holds_no_word_of_what_was_said(subject: Subject) -> None:
    an_item(subject, "Quagmire at the lighthouse", organisation="ZQ9", files=(LEAFLET,), knowingly="Zephyr")
    facts = Event.objects.get().facts
    assert not [word for word in ("Quagmire", "lighthouse", "Zephyr", "leaflet", "Ring") if word in facts]


@pytest.mark.requirement("INT-16")
def test_good_news_stands_on_the_same_footing(subject: Subject) -> None:
    item = an_item(subject, "The new bell is answered at once.", bearing=Bearing.IMPROVEMENT)
    assert Sighting.objects.get(item=item).bearing == Bearing.IMPROVEMENT


def test_a_form_sent_twice_makes_one_item(subject: Subject) -> None:
    giver, key = somebody(), uuid4()
    first = an_item(subject, by=giver, form_key=key)
    before = everything()
    assert an_item(subject, "Other words", by=giver, form_key=key) == first
    assert everything() == before


def test_the_key_of_anothers_form_opens_nothing(subject: Subject) -> None:
    key = uuid4()
    an_item(subject, form_key=key)
    before = everything()
    with pytest.raises(Invalid, match="sent already"):
        an_item(subject, form_key=key)
    assert everything() == before


def test_one_subject_named_twice_is_told_about_once(subject: Subject) -> None:
    item = an_item(subjects=(subject, subject))
    assert About.objects.filter(item=item).count() == 1


def test_hidden_marks_are_taken_out_and_scripts_stay_text(subject: Subject) -> None:
    item = an_item(subject, "<script>alert(1)</script> \u202eright to left\u202c")
    assert words_of(item) == ["<script>alert(1)</script> right to left"]


def test_a_passage_and_a_file_are_never_freer_than_their_item(subject: Subject) -> None:
    reader = somebody()
    words = (Words(BELL, Handling.PUBLIC), Words("More", Handling.RESTRICTED))
    item = an_item(subject, words=words, files=(LEAFLET,), handling=Handling.MEMBERS, readers=(reader.actor_id,))
    assert list(Passage.objects.order_by("place").values_list("handling", flat=True)) == ["members", "restricted"]
    file = Attachment.objects.get(item=item)
    assert (file.handling, read_file(file)) == ("members", b"Ring twice")


def test_a_file_that_was_altered_on_the_disk_is_not_given_out(subject: Subject, house: Any) -> None:
    an_item(subject, files=(LEAFLET,))
    file = Attachment.objects.get()
    (house / "attachments" / str(file.pk)).write_bytes(b"Ring thrice")
    assert read_file(file) is None


@pytest.mark.requirement("INT-09", "INT-10", "SAF-01", "INT-07")
def test_where_it_should_go_is_kept_with_it(subject: Subject) -> None:
    ways = (
        Way(ReferralKind.BUSINESS_AS_USUAL, because="Two homes share one team"),
        Way(ReferralKind.OTHER_GROUP, body="The group across the river"),
    )
    item = an_item(subject, onward=ways, safeguarding=Safeguarding.SUSPECTED, practitioner=True)
    kept = set(Onward.objects.filter(item=item).values_list("kind", "body", "because"))
    assert kept == {(way.kind.value, way.body, way.because) for way in ways}
    assert (item.safeguarding, item.practitioner) == (Safeguarding.SUSPECTED, True)


# --- who reads it


@pytest.mark.requirement("IGV-10", "PER-10", "COI-03")
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (lambda s: somebody(), True),
        (lambda s: somebody(Role.LAY_MEMBER), True),
        (lambda s: somebody(Role.SECRETARY), True),
        (lambda s: somebody(system=ELSEWHERE), False),
        (lambda s: somebody(Role.PROVIDER, organisation=s.key), False),
        (lambda s: somebody(Role.MEMBER, organisation=s.key), False),
        (lambda s: somebody(Role.SECRETARY, organisation=s.key), True),
        (lambda s: somebody(Role.REGION), False),
        (lambda s: somebody(Role.FOI_OFFICER), False),
        (lambda s: _conflicted(Role.MEMBER, s), False),
        (lambda s: _conflicted(Role.SECRETARY, s), False),
        (lambda s: _conflicted(Role.CHAIR, s), False),
        # keeps the record of another system, and is a mere member here: their own body's affairs stay closed
        (lambda s: _member_here_keeper_there(s.key), False),
        (lambda s: _member_here_keeper_there("ZQ9"), True),
    ],
)
def test_words_reach(subject: Subject, who: Callable[[Subject], Person], sees: bool) -> None:
    item = an_item(subject)
    person = who(subject)
    assert (reads(person, item) == [BELL]) is sees
    assert bool(attributions_of(viewer_of(person, TODAY), [item.pk])) is True


def _conflicted(role: Role, subject: Subject) -> Person:
    person = somebody(role)
    an_interest(person, subject)
    return person


def _member_here_keeper_there(code: str) -> Person:
    return a_person(Grant(Role.MEMBER, SYSTEM, code), Grant(Role.QUALITY_LEAD, ELSEWHERE))


def test_the_giver_keeps_their_own_words_and_reads_no_addition(subject: Subject) -> None:
    giver = somebody(Role.PROVIDER, organisation=subject.key)
    item = an_item(subject, by=giver)
    add_words(by=somebody(), at=LATER, item=item, words=Words("So say others", Handling.MEMBERS))
    assert reads(giver, item) == [BELL]
    assert reads(somebody(), item) == [BELL, "So say others"]


def test_restricted_words_are_for_those_on_the_list(subject: Subject) -> None:
    reader, other, giver = somebody(), somebody(Role.SECRETARY), somebody()
    words = (Words(BELL, Handling.MEMBERS), Words("Ward 3", Handling.RESTRICTED))
    item = an_item(subject, by=giver, words=words, readers=(reader.actor_id,), files=(LEAFLET,))
    secret = an_item(subject, by=giver, handling=Handling.RESTRICTED, readers=(reader.actor_id,))
    assert [reads(one, item) for one in (reader, other, giver)] == [[BELL, "Ward 3"], [BELL], [BELL, "Ward 3"]]
    assert [reads(one, secret) for one in (reader, other, giver)] == [[BELL], [], [BELL]]
    assert [len(attachments_of(viewer_of(one, TODAY), item)) for one in (reader, other, giver)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("wish", "member", "keeper"),
    [
        (Wish.NAMED, ("Ann Giver", "Elm House"), ("Ann Giver", "Elm House")),
        (Wish.ORGANISATION, ("", "Elm House"), ("Ann Giver", "Elm House")),
        (Wish.UNNAMED, ("", ""), ("Ann Giver", "Elm House")),
    ],
)
def test_the_givers_wish_is_kept(wish: Wish, member: tuple[str, str], keeper: tuple[str, str]) -> None:
    body = a_body("ZQ9", "Elm House")
    giver = somebody(organisation="ZQ9", display_name="Ann Giver")
    item = an_item(a_body(), by=giver, organisation=body.key, wish=wish)
    for person, sees in ((somebody(), member), (somebody(Role.SECRETARY), keeper), (giver, keeper)):
        found = attributions_of(viewer_of(person, TODAY), [item.pk])[item.pk]
        assert (found.person, found.organisation) == sees
    elsewhere = a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE))
    found = attributions_of(viewer_of(elsewhere, TODAY), [item.pk])[item.pk]
    assert (found.person, found.organisation) == member


# --- add_words


def test_words_are_added_once_and_recorded(subject: Subject) -> None:
    item = an_item(subject)
    added = add_words(by=somebody(), at=NOW, item=item, words=Words("Again last night", Handling.PUBLIC))
    assert (added.text, added.handling) == ("Again last night", "members")
    assert verbs() == ["intelligence.share", "intelligence.add_words"]


@pytest.mark.parametrize(
    ("text", "handling", "says"),
    [
        (" ", Handling.MEMBERS, "Say in a sentence"),
        ("Who", Handling.ANNEX, "annex"),
        (NUMBER, Handling.MEMBERS, "NHS number"),
    ],
)
def test_useless_words_are_not_added(subject: Subject, text: str, handling: Handling, says: str) -> None:
    item = an_item(subject)
    before = everything()
    with pytest.raises(Invalid, match=says):
        add_words(by=somebody(), at=NOW, item=item, words=Words(text, handling))
    assert everything() == before


def test_who_may_not_see_an_item_adds_nothing_to_it(subject: Subject) -> None:
    item = an_item(subject)
    before = everything(), len(verbs())
    for person in (somebody(system=ELSEWHERE), somebody(Role.PROVIDER, organisation=subject.key)):
        with pytest.raises(Refused):
            add_words(by=person, at=NOW, item=item, words=Words("More", Handling.MEMBERS))
    assert (everything(), len(verbs())) == before


# --- replace_words


def test_replaced_words_are_read_by_their_writer_alone(subject: Subject, secretary: Person) -> None:
    giver = somebody()
    item = an_item(subject, "Sister Kate never answers", by=giver)
    first = Passage.objects.get(item=item)
    replace_words(
        by=secretary,
        at=LATER,
        passage=first,
        words=Words("A nurse never answers", Handling.MEMBERS),
        because="No names",
    )
    assert words_of(item) == ["Sister Kate never answers", "A nurse never answers"]
    assert reads(somebody(), item) == ["A nurse never answers"]
    assert reads(secretary, item) == ["A nurse never answers"]
    assert reads(giver, item) == ["Sister Kate never answers", "A nurse never answers"]
    assert verbs() == ["intelligence.share", "intelligence.replace_words"]


def test_who_replaced_words_reads_them_no_more_once_conflicted(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    first = Passage.objects.get(item=item)
    replace_words(by=secretary, at=NOW, passage=first, words=Words("Kinder", Handling.MEMBERS), because="Kinder")
    an_interest(secretary, subject)
    assert passages_of(viewer_of(secretary, TODAY), [item.pk]) == {item.pk: []}


@pytest.mark.parametrize("what", ["member", "elsewhere", "no reason", "unread", "twice", "number", "empty"])
def test_words_are_not_replaced(subject: Subject, secretary: Person, what: str) -> None:
    reader = somebody()
    words = (Words(BELL, Handling.MEMBERS), Words("Ward 3", Handling.RESTRICTED))
    an_item(subject, words=words, readers=(reader.actor_id,))
    open_one, narrow_one = Passage.objects.get(text=BELL), Passage.objects.get(text="Ward 3")
    by, passage, text, because = secretary, open_one, "Kinder words", "Kinder"
    match what:
        case "member":
            by = somebody()
        case "elsewhere":
            by = a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE))
        case "no reason":
            because = " "
        case "unread":
            passage = narrow_one
        case "twice":
            replace_words(by=by, at=NOW, passage=passage, words=Words("First", Handling.MEMBERS), because="First")
        case "number":
            text = NUMBER
        case "empty":
            text = "\u200b"
    before = everything(), len(verbs())
    with pytest.raises((Refused, Invalid)):
        replace_words(by=by, at=NOW, passage=passage, words=Words(text, Handling.MEMBERS), because=because)
    assert (everything(), len(verbs())) == before


# --- change_handling


def test_handling_is_narrowed_at_once_and_recorded(subject: Subject, secretary: Person) -> None:
    giver, reader, other = somebody(), somebody(), somebody()
    item = an_item(subject, by=giver)
    changed = change_handling(
        by=secretary,
        at=NOW,
        item=item,
        handling=Handling.RESTRICTED,
        readers=(reader.actor_id,),
        because="It names a ward",
        version=item.version,
    )
    assert (changed.handling, changed.version) == ("restricted", 2)
    assert [reads(one, item) for one in (giver, reader, secretary, other)] == [[BELL], [BELL], [BELL], []]
    assert set(Sighting.objects.values_list("handling", flat=True)) == {"restricted"}
    assert verbs() == ["intelligence.share", "intelligence.change_handling"]


def test_who_is_left_off_the_list_is_struck_off_and_stays_on_record(subject: Subject, secretary: Person) -> None:
    one, two = somebody(), somebody()
    narrow = {"handling": Handling.RESTRICTED, "because": "Fewer"}
    item = an_item(subject, handling=Handling.RESTRICTED, readers=(one.actor_id, two.actor_id, secretary.actor_id))
    change_handling(by=secretary, at=NOW, item=item, readers=(two.actor_id,), **narrow)
    assert (reads(one, item), reads(two, item)) == ([], [BELL])
    assert list(FormerReader.objects.values_list("actor_id", flat=True)) == [one.actor_id]
    change_handling(by=secretary, at=NOW, item=item, readers=(one.actor_id, two.actor_id), **narrow)
    assert reads(one, item) == [BELL]


def test_a_wider_handling_frees_no_words(subject: Subject, secretary: Person) -> None:
    item = an_item(subject, handling=Handling.RESTRICTED, readers=(secretary.actor_id,))
    change_handling(by=secretary, at=NOW, item=item, handling=Handling.MEMBERS, readers=(), because="The giver agrees")
    assert one_item(somebody(), TODAY, item.pk) == item
    assert reads(somebody(), item) == []


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"handling": Handling.ANNEX}, Invalid),
        ({"handling": Handling.RESTRICTED, "readers": ()}, Invalid),
        ({"version": 7}, Invalid),
        ({"because": ""}, Refused),
        ({"by": Role.CHAIR}, Refused),
        ({"by": Role.MEMBER}, Refused),
    ],
)
def test_handling_is_not_changed(subject: Subject, secretary: Person, more: dict[str, Any], error: type) -> None:
    item = an_item(subject)
    by = somebody(more["by"]) if "by" in more else secretary
    what = {"handling": Handling.MEMBERS, "readers": (), "because": "Because", **more, "by": by}
    before = everything(), verbs()
    with pytest.raises(error):
        change_handling(at=NOW, item=item, **what)
    item.refresh_from_db()
    assert (everything(), verbs(), item.handling, item.version) == (*before, "members", 1)


# --- tag


def test_tags_are_given_and_taken_back_on_the_record(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    wanted = (Dimension.CARING.value, Dimension.RESPONSIVE.value)
    tag(by=secretary, at=NOW, item=item, kind=TagKind.DIMENSION, values=wanted)
    standing = Tag.objects.filter(item=item).standing()
    assert set(standing.values_list("value", flat=True)) == set(wanted)
    assert TagRemoval.objects.get().tag.value == Dimension.SAFE.value
    assert list(Sighting.objects.values_list("row", flat=True)) == [Dimension.PERSONALISED.value]
    assert verbs() == ["intelligence.share", "intelligence.tag"]


def test_tagging_keeps_what_another_changed_meanwhile(subject: Subject, secretary: Person) -> None:
    stale = an_item(subject)
    Item.objects.filter(pk=stale.pk).update(counts=False)
    tag(by=secretary, at=NOW, item=stale, kind=TagKind.DIMENSION, values=(Dimension.SAFE.value,))
    assert Sighting.objects.get().counts is False


def test_a_member_tags_nothing(subject: Subject) -> None:
    item = an_item(subject)
    before = everything(), verbs()
    with pytest.raises(Refused):
        tag(by=somebody(), at=NOW, item=item, kind=TagKind.DIMENSION, values=())
    assert (everything(), verbs()) == before


def test_the_day_on_which_it_was_heard_may_be_long_ago(subject: Subject) -> None:
    assert an_item(subject, heard_on=date(2019, 2, 28)).heard_on == date(2019, 2, 28)

"""What is hidden is not counted either: pages are the same with and without it, to the last number.

Every page that a persona reaches is kept, then much is added that they may not see, and every page is read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.core.access import Handling
from sightline.core.signals import Dimension
from sightline.directory.models import Subject
from sightline.intelligence import operations as do
from sightline.intelligence.models import Item, Passage, Placing, Release, Review, Unplaced
from sightline.intelligence.words import Kind, Outcome, TagKind
from sightline.triangulation.models import ProposalDecision, Request
from tests.factories.groups import an_interest
from tests.security.access_table import FILE, read_table
from tests.security.addresses import addresses, path_of
from tests.security.examples import EXAMPLES
from tests.security.personas import ELSEWHERE, OTHER, SUBJECT, Cast
from tests.security.test_access import ask
from tests.security.world.handled import published_item
from tests.security.world.told import GIFTS, Gift, given
from tests.security.world.weighed import decided

TABLE = read_table(FILE.read_text(encoding="utf-8"))
PLAIN, RESTRICTED = Handling.MEMBERS, Handling.RESTRICTED
# Of these apps every page is read. The log grows with whatever anybody does, and only auditors read it.
STAGES = ("overview", "groups", "intelligence", "triangulation", "profiles", "indicators", "directory")
NOT_COMPARED = {"event_log", "about", "accessibility", "glossary", "import"}
RECORDED = (Item, Passage, Review, Release, ProposalDecision, Request)
NEW = {gift.name: gift for gift in GIFTS}
NEW_CELL = ((TagKind.DIMENSION, Dimension.EFFECTIVE.value),)
LATELY = (timezone.localdate() - timedelta(days=2)).isoformat()
# What is asked of a page beside its bare address: each heading, filter and word that narrows or counts.
ASKED = {
    "subject": [{"on": LATELY}, {"kind": "told"}, {"kind": "deaths"}, {"kind": "asked"}, {"kind": "released"}],
    "home": [{"show": one} for one in ("new", "missing", "improving", "worried")] + [{"area": ""}],
    "search": [{"q": one} for one in ("bell", "staffing", SUBJECT, OTHER)],
    "items": [
        {"area": "", "words": "bell"}, {"theme": "staffing"}, {"dimension": "safe"}, {"kind": "soft"},
        {"waiting": "yes"}, {"area": "", "bearing": "concern"},
    ],
    "themes": [{"theme": "staffing"}, {"kind": "comment"}],
    "blind_spots": [{"area": ""}, {"row": "safe", "area": ""}],
    "blind_spots_csv": [{"area": ""}],
    "proposals": [{"area": ""}],
    "requests": [{"show": "all"}, {"row": "safe"}],
    "requests_csv": [{"show": "all"}],
    "ratings_to_review": [{"show": "aside", "area": ""}],
}  # fmt: skip


def _about(cast: Cast, about: str, **more: object) -> list[Item]:
    """Two witnesses and a published one, tagged and joined: enough for a proposal, a theme and a filled cell."""
    made = [
        given(cast, replace(NEW[name], name="", about=about, **more))
        for name in ("open", "unnamed", "of_itself")
        if name != "of_itself" or about == SUBJECT
    ]
    made.append(given(cast, replace(NEW["plain"], name="", about=about, more={"tags": NEW_CELL, "source": "media"})))
    made.append(published_item(cast, f"more of {about}", about, Kind.COMMENT, counts=True))
    published_item(cast, f"waiting of {about}", about, Kind.ENFORCEMENT, counts=False)
    return made


def _talk_of_subject(cast: Cast) -> None:
    """Everything that may happen to what is told of the one body: also answers, requests and another copy."""
    made = _about(cast, SUBJECT)
    keeper = {"by": cast.people["secretariat"], "at": timezone.now()}
    do.review(item=made[0], outcome=Outcome.ACCEPTED, because="So it is", **keeper)
    do.note_sharing(item=made[0], body="The council", shared_on=timezone.localdate(), **keeper)
    decided(cast, "more", SUBJECT, ("open",))
    do.prepare_release(
        item=made[0], to=cast.records["body of subject"], text="Answers are late.", asks="", answer_by=None, **keeper
    )


def _restricted(cast: Cast) -> None:
    """For others by name: of both bodies, from several, and with everything that hangs on an item."""
    for about in (SUBJECT, OTHER):
        for by in ("deputy", "secretariat"):
            readers = ("quality_lead", "secretariat", "deputy")
            item = given(cast, Gift("", by, about, RESTRICTED, readers, files=(RESTRICTED,)))
            do.review(
                by=cast.people["secretariat"],
                at=timezone.now(),
                item=item,
                outcome=Outcome.ACCEPTED,
                because="So it is",
            )
        published_item(cast, f"waiting too of {about}", about, Kind.ENFORCEMENT, counts=False)
        aside = given(cast, Gift("", "secretariat", about, RESTRICTED, ("quality_lead",)))
        do.review(
            by=cast.people["secretariat"],
            at=timezone.now(),
            item=aside,
            outcome=Outcome.SET_ASIDE,
            because="It is not so",
        )
        cast.records["hidden"] = aside
        decided(cast, "resting on it", about, ("hidden",))


def _everything(cast: Cast) -> None:
    _talk_of_subject(cast)
    _about(cast, OTHER)
    _restricted(cast)


def _elsewhere(cast: Cast) -> None:
    """In another system's group."""
    for about in (SUBJECT, OTHER):
        given(cast, Gift("", "other_systems_chair", about, more={"system": ELSEWHERE}))


CASES: dict[str, Callable[[Cast], None]] = {
    "conflicted_member": _talk_of_subject,
    "conflicted_chair": _talk_of_subject,
    "other_provider": _everything,
    "foi_officer": _everything,
    "other_systems_chair": _everything,
    "member": _restricted,
    "lay_member": _restricted,
    "auditor": _elsewhere,
    "secretariat": _elsewhere,
}


def _addresses(cast: Cast, who: str) -> Iterator[tuple[str, str]]:
    """Every page that the persona reaches, by method and address: as it stands, and with what may be asked of it."""
    views, tried = {one.name: one.view for one in addresses()}, set[str]()
    for row, people in TABLE.items():
        name = row.partition("@")[0]
        if name in NOT_COMPARED | tried or views[name].__module__.split(".")[1] not in STAGES:
            continue
        tried.add(name)
        if people[who]["GET"] == "200":
            yield "GET", path_of(row, cast, who)
            yield from (("GET", f"{path_of(row, cast, who)}?{urlencode(one)}") for one in ASKED.get(name, ()))
        elif people[who]["POST"] == "200" and row not in EXAMPLES:  # a copy that is taken away
            yield "POST", path_of(row, cast, who)
    for about in (SUBJECT, OTHER):
        key = Subject.objects.get(key=about).pk
        for name in ("subject", "picture", "profiles"):
            yield "GET", reverse(name, args=[key])
        for name in ("items", "themes"):
            if TABLE[name][who]["GET"] == "200":
                yield "GET", f"{reverse(name)}?{urlencode({'subject': key, 'area': ''})}"


def _pages(cast: Cast, who: str) -> dict[tuple[str, str], str]:
    found = {}
    for method, path in _addresses(cast, who):
        answer = ask(cast.clients[who], method, path)
        found[method, path] = f"{answer.status_code} {_plain(answer.content.decode())}"
    return found


def _plain(text: str) -> str:
    """Without what differs from one answer to the next: tokens, keys of forms, the minute of a copy."""
    clocks = r"\d\d?(?:[.:]\d\d)? ?[ap]m|midday|midnight"
    return re.sub(rf'nonce="[^"]*"|value="[^"]*"|{clocks}', "", text)


# One of each case is shown on PostgreSQL too: how the same case looks to another is the house's own matter.
FIRST = {case: who for who, case in reversed(CASES.items())}.values()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", [pytest.param(who, marks=() if who in FIRST else pytest.mark.sqlite_is_enough) for who in CASES]
)
@pytest.mark.requirement("IGV-10", "COI-03", "PER-01", "PER-10")
def test_pages_are_the_same_with_and_without_what_is_hidden(who: str, cast: Cast) -> None:
    cast.sign_in(who)
    before = _pages(cast, who)
    there = {model: set(model._default_manager.values_list("pk", flat=True)) for model in RECORDED}
    CASES[who](cast)
    for model, keys in there.items():
        added = model._default_manager.exclude(pk__in=keys)
        assert added.exists() or model is not Item
        added.update(recorded_at=timezone.now() - timedelta(days=9))  # as though it had long been on record
    after = _pages(cast, who)
    assert before.keys() == after.keys()
    changed = [f"{path}: {_first_change(before[path], after[path])}" for path in before if before[path] != after[path]]
    assert not changed, "\n" + "\n".join(changed)


def _first_change(before: str, after: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return f"{before[max(0, at - 80) : at + 80]!r} became {after[max(0, at - 80) : at + 80]!r}"


@pytest.mark.django_db
def test_the_same_things_do_change_what_others_see(cast: Cast) -> None:
    cast.sign_in("deputy", "quality_lead")
    before = {who: _pages(cast, who) for who in ("deputy", "quality_lead")}
    _talk_of_subject(cast)
    after = {who: _pages(cast, who) for who in before}
    for who in before:
        changed = {path.partition("?")[0] for (_, path), text in before[who].items() if after[who][_, path] != text}
        for name in ("home", "items", "items_csv", "search", "themes", "blind_spots", "requests", "proposals"):
            assert reverse(name) in changed, f"{name} for {who}"


@pytest.mark.django_db
def test_a_filter_finds_nothing_of_what_is_hidden(cast: Cast) -> None:
    """Each part of a hidden item, asked for by itself: a filter must not answer what the list would not."""
    cast.sign_in("conflicted_member", "member")
    theme = {"theme": "staffing", "words": "bell", "dimension": "safe", "area": ""}
    key = Subject.objects.get(key=SUBJECT).pk
    address = f"{reverse('items')}?{urlencode({**theme, 'subject': key})}"
    assert "The bell" in ask(cast.clients["member"], "GET", address).content.decode()
    own = str(cast.records["by_conflicted"].pk)
    shown = ask(cast.clients["conflicted_member"], "GET", address).content.decode()
    links = set(re.findall(r"/intelligence/([0-9a-f-]{36})/", shown))
    assert links == {own}
    since = timezone.localdate() + timedelta(days=1)
    assert (
        own not in ask(cast.clients["conflicted_member"], "GET", f"{address}&since={since:%Y-%m-%d}").content.decode()
    )


@pytest.mark.django_db
@pytest.mark.requirement("COI-03")
def test_an_answer_given_in_a_hidden_item_is_not_told_again(cast: Cast) -> None:
    subject, keeper = Subject.objects.get(key=SUBJECT), cast.people["secretariat"]
    an_interest(keeper, subject)
    cast.sign_in("secretariat")
    path = path_of("name_to_place@waiting", cast, "secretariat")
    before = ask(cast.clients["secretariat"], "GET", path).content.decode()
    hidden = published_item(cast, "of the same name", SUBJECT, Kind.ENFORCEMENT, counts=False)
    words = cast.records["unplaced of enforcement"].words
    unplaced = Unplaced.objects.create(item=hidden, words=words, recorded_at=timezone.now())
    Placing.objects.create(
        unplaced=unplaced, subject=subject, recorded_at=timezone.now(), recorded_by=cast.people["quality_lead"].actor_id
    )
    assert _plain(ask(cast.clients["secretariat"], "GET", path).content.decode()) == _plain(before)

"""Sight ends at once: the very next request in a session that was open all along shows no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import RoleGrant
from sightline.accounts.operations import deactivate_person, end_role
from sightline.accounts.operator import Operator
from sightline.core.access import Handling
from sightline.directory.models import Subject
from sightline.groups.operations import declare_interest, record_interest
from sightline.groups.words import InterestKind
from sightline.intelligence import operations as do
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Attachment, Item, Passage
from sightline.intelligence.words import Outcome, ReleaseStep
from tests.security.personas import OTHER, SUBJECT, Cast
from tests.security.test_access import ask
from tests.security.world.told import Gift, given

SECRET = "The kingfisher was not answered."
LISTED = ("lay_member", "secretariat")
Change = Callable[[Cast, Item], None]
Paths = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """Who reads what, and what then ends it."""

    who: str
    gift: Gift
    change: Change


@pytest.fixture(autouse=True)
def as_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will have answers kept between requests, as they are where no transaction is around everything."""
    monkeypatch.setattr("sightline.audit.keeping.connection", SimpleNamespace(in_atomic_block=False))


def _keeper(cast: Cast) -> dict[str, object]:
    return {"by": cast.people["secretariat"], "at": timezone.now(), "because": "It has to be"}


def _declares(who: str) -> Change:
    return lambda cast, item: _void(
        declare_interest(
            by=cast.people[who], at=timezone.now(), subject=item.about.get().subject, kind=InterestKind.FINANCIAL,
            detail="Shares",
        )
    )  # fmt: skip


def _is_recorded(who: str) -> Change:
    return lambda cast, item: _void(
        record_interest(
            person=cast.people[who], subject=item.about.get().subject, kind=InterestKind.FINANCIAL, detail="Shares",
            **_keeper(cast),
        )
    )  # fmt: skip


def _struck_off(cast: Cast, item: Item) -> None:
    listed = (cast.people["secretariat"].actor_id,)
    do.change_handling(item=item, handling=Handling.RESTRICTED, readers=listed, **_keeper(cast))


def _narrowed(cast: Cast, item: Item) -> None:
    passage = Passage.objects.get(item=item)
    do.replace_words(passage=passage, words=Words("Something else.", Handling.MEMBERS), **_keeper(cast))
    _struck_off(cast, item)


def _reworded(cast: Cast, item: Item) -> None:
    words = Words("Something else.", Handling.MEMBERS)
    do.replace_words(passage=Passage.objects.get(item=item), words=words, **_keeper(cast))


def _set_aside(cast: Cast, item: Item) -> None:
    do.review(item=item, outcome=Outcome.SET_ASIDE, **_keeper(cast))


def _role_ends(who: str) -> Change:
    return lambda cast, item: _void(
        end_role(
            by=Operator("keeper"), at=timezone.now(), grant=RoleGrant.objects.get(person=cast.people[who]),
            because="They left the group",
        )
    )  # fmt: skip


def _deactivated(who: str) -> Change:
    return lambda cast, item: deactivate_person(
        by=Operator("keeper"), at=timezone.now(), person=cast.people[who], because="They left"
    )


def _void(made: object) -> None:
    """An operation gives what it made, which nobody needs here."""


OF_SUBJECT = Gift("", "secretariat", SUBJECT, files=(Handling.MEMBERS,))
OF_OTHER = Gift("", "secretariat", OTHER, files=(Handling.MEMBERS,))
FOR_NAMED = Gift("", "secretariat", OTHER, Handling.RESTRICTED, LISTED, files=(Handling.RESTRICTED,))
CASES = {
    "interest declared": Case("member", OF_SUBJECT, _declares("member")),
    "interest of the one who keeps the record": Case("quality_lead", OF_SUBJECT, _declares("quality_lead")),
    "interest that another wrote down": Case("deputy", OF_OTHER, _is_recorded("deputy")),
    "interest of the chair": Case("conflicted_chair", OF_OTHER, _declares("conflicted_chair")),
    "struck off the list": Case("lay_member", FOR_NAMED, _struck_off),
    "made narrower": Case("member", OF_OTHER, _struck_off),
    "made narrower with other words": Case("member", OF_OTHER, _narrowed),
    "set aside": Case("auditor", OF_OTHER, _set_aside),
    "role ended": Case("member", OF_OTHER, _role_ends("member")),
    "person deactivated": Case("deputy", OF_OTHER, _deactivated("deputy")),
}


def _paths(item: Item, file: Attachment) -> Paths:
    asked = urlencode({"words": "kingfisher", "area": ""})
    subject = item.about.get().subject_id
    return {
        "item": reverse("item", args=[item.pk]),
        "attachment": reverse("attachment", args=[file.pk]),
        "items": f"{reverse('items')}?{asked}",
        "items_csv": f"{reverse('items_csv')}?{asked}",
        "search": f"{reverse('search')}?q=kingfisher",
        "subject": reverse("subject", args=[subject]),
        "picture": reverse("picture", args=[subject]),
    }


def _said(cast: Cast, who: str, paths: Paths, item: Item) -> dict[str, bool]:
    """Where the words are, or the way to them."""
    tells = {}
    for name, path in paths.items():
        answer = ask(cast.clients[who], "POST" if name == "items_csv" else "GET", path)
        shown = answer.content.decode()
        tells[name] = answer.status_code == 200 and (name == "attachment" or SECRET in shown or str(item.pk) in shown)
    return tells


@pytest.mark.django_db
@pytest.mark.parametrize("name", CASES)
@pytest.mark.requirement("COI-03", "IGV-10", "PER-01")
def test_next_request_shows_no_more(name: str, cast: Cast) -> None:
    case = CASES[name]
    item = given(cast, case.gift)
    Passage.objects.filter(item=item).update(text=SECRET)
    file = Attachment.objects.get(item=item)
    cast.sign_in(case.who)
    paths = _paths(item, file)
    before = _said(cast, case.who, paths, item)
    assert all(before[one] for one in ("item", "attachment", "items", "items_csv")), before
    case.change(cast, item)
    after = _said(cast, case.who, paths, item)
    assert not any(after.values()), after


@pytest.mark.django_db
@pytest.mark.requirement("COI-03")
def test_words_that_were_replaced_are_gone_at_once_and_the_item_stays(cast: Cast) -> None:
    item = given(cast, OF_OTHER)
    Passage.objects.filter(item=item).update(text=SECRET)
    cast.sign_in("member")
    path = reverse("item", args=[item.pk])
    assert SECRET in ask(cast.clients["member"], "GET", path).content.decode()
    _reworded(cast, item)
    shown = ask(cast.clients["member"], "GET", path).content.decode()
    assert SECRET not in shown
    assert "Something else." in shown


@pytest.mark.django_db
@pytest.mark.requirement("COI-03", "RSK-10")
def test_interest_closes_talk_profile_and_aids_at_once(cast: Cast) -> None:
    key = Subject.objects.get(key=SUBJECT).pk
    profile, asked = cast.records["profile"].pk, cast.records["request free"].pk
    pages = {
        "heat_map": [key], "trigger_tool": [key], "profiles": [key], "profile": [profile], "profile_csv": [profile],
        "request_end": [asked], "release": [cast.records["prepared copy"].pk], "ask": [key],
    }  # fmt: skip
    paths = {name: reverse(name, args=args) for name, args in pages.items()}
    cast.sign_in("quality_lead")
    client = cast.clients["quality_lead"]
    assert {name: ask(client, "GET", path).status_code for name, path in paths.items()} == dict.fromkeys(paths, 200)
    assert "What do you hear?" in ask(client, "GET", reverse("requests_csv") + "?show=all").content.decode()
    _declares("quality_lead")(cast, cast.records["open"])
    assert {name: ask(client, "GET", path).status_code for name, path in paths.items()} == dict.fromkeys(paths, 404)
    left = ask(client, "GET", reverse("requests_csv") + "?show=all").content.decode()
    assert f"{SUBJECT} Trust" not in left


@pytest.mark.django_db
@pytest.mark.requirement("IGV-02", "PER-11")
@pytest.mark.parametrize("how", ["struck off", "closed", "interest"])
def test_annex_opens_no_more(how: str, cast: Cast) -> None:
    annex = cast.records["annex of annexed_other"]
    cast.sign_in("lay_member")
    client, path = cast.clients["lay_member"], reverse("annex", args=[annex.pk])
    assert b"Somebody of ours" in client.post(path, {"because": "To find them"}).content
    match how:
        case "struck off":
            only = (cast.people["deputy"].actor_id,)
            do.name_annex_readers(annex=annex, readers=only, **_keeper(cast))
        case "closed":
            type(annex).objects.filter(pk=annex.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
        case "interest":
            _declares("lay_member")(cast, cast.records["annexed_other"])
    answer = client.post(path, {"because": "To find them"})
    assert answer.status_code == 404
    assert b"Somebody of ours" not in answer.content
    assert client.get(path).status_code == 404
    assert path.encode() not in client.get(reverse("annexes")).content


@pytest.mark.django_db
@pytest.mark.requirement("PRV-03", "PER-10")
@pytest.mark.parametrize("how", ["withdrawn", "role ended"])
def test_provider_reads_a_withdrawn_copy_no_more(how: str, cast: Cast) -> None:
    copy = cast.records["released copy"]
    cast.sign_in("subject_provider")
    client, path = cast.clients["subject_provider"], reverse("released_one", args=[copy.pk])
    pages = [path, reverse("released"), reverse("home")]
    assert "Answers at night are late." in client.get(path).content.decode()
    assert path in client.get(reverse("released")).content.decode()
    if how == "withdrawn":
        do.decide_release(
            by=cast.people["quality_lead"], at=timezone.now(), release=copy, step=ReleaseStep.WITHDRAWN,
            because="It names a ward",
        )  # fmt: skip
    else:
        _role_ends("subject_provider")(cast, cast.records["open"])
    for page in pages:
        answer = client.get(page)
        assert path not in answer.content.decode()
        assert "Answers at night are late." not in answer.content.decode()
    assert client.get(path).status_code == (404 if how == "withdrawn" else 403)
    assert client.post(path, {"says": "Too late"}).status_code == (404 if how == "withdrawn" else 403)

"""The rulebook's pages: every rule beside its citation, and changes checked, shown and asked a reason for."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.rulebook import PARTS, as_text
from sightline.rulebook import previews
from sightline.rulebook.models import LocalPart
from sightline.rulebook.packs import PACKS
from sightline.rulebook.previews import Change
from sightline.rulebook.queries import part, part_with_origin
from sightline.rulebook.words import FEED, PART
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house
from tests.factories.rulebook import a_change, a_local_version, in_force

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
WHY = {"because": "Our returns come monthly"}


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


@pytest.fixture
def member(house: None) -> Client:
    return signed_in(a_person(Role.LAY_MEMBER))


def page(client: Client, address: str) -> str:
    """This function will give the words of a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def hidden(answer: str, name: str) -> str:
    """This function will give what a hidden field carries."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer)
    assert found, name
    return html.unescape(found[1])


@pytest.mark.requirement("FRW-02")
def test_list_shows_every_pack_with_its_parts_and_which_is_in_force(member: Client) -> None:
    words = page(member, "/rules/")
    for pack in PACKS.values():
        assert pack.title in words
    assert words.index(PACKS["sqg-2022"].title) < words.index(PACKS["qsg-2017"].title)
    assert "/rules/themes/" in words and "/rules/sources/?pack=qsg-2017" in words
    assert words.count("In force</span>") == 1


@pytest.mark.parametrize(("pack", "name"), [(p.id, name) for p in PACKS.values() for name in p.parts])
def test_every_entry_of_every_part_stands_beside_its_citation(member: Client, pack: str, name: str) -> None:
    words = page(member, f"/rules/{name}/?pack={pack}")
    entries = list(cited(yaml.safe_load(as_text(PACKS[pack].parts[name]))))
    assert entries
    for entry in entries:
        title = next(entry[field] for field in ("name", "asks", "giver", "says", "cites") if field in entry)
        assert title in words and entry["cites"] in words


def cited(plain: Any) -> Iterator[dict[str, Any]]:
    """This function will give whatever stands beside a citation in the text of a part."""
    if isinstance(plain, dict) and "cites" in plain:
        yield plain
    for one in plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ():
        yield from cited(one)


def test_a_part_that_no_pack_has_is_not_there(member: Client, lead: Client) -> None:
    for address in ("nonsense/", "sources/?pack=nonsense", "themes/?pack=qsg-2017"):
        assert member.get(f"/rules/{address}").status_code == 404
    assert lead.get("/rules/nonsense/change/").status_code == 404
    assert lead.get("/rules/sources/nonsense/retire/").status_code == 404


def test_members_read_and_are_offered_nothing_to_change(member: Client) -> None:
    assert "/change/" not in page(member, "/rules/sources/")
    for address in ("sources/change/", "sources/withdraw/", "sources/add/", "sources/workforce/retire/"):
        assert member.get(f"/rules/{address}").status_code == 403
        assert member.post(f"/rules/{address}", WHY).status_code == 403
    assert not LocalPart.objects.exists()


@pytest.mark.requirement("FRW-08")
def test_change_is_checked_then_shown_then_kept_with_its_reason(lead: Client, member: Client) -> None:
    first = page(lead, "/rules/freshness/change/")
    asked = {"content": a_change(), "derived_from": hidden(first, "derived_from")}
    answer = lead.post("/rules/freshness/change/", asked)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 200 and not LocalPart.objects.exists()
    assert re.search(r"<strong>Removed</strong></td><td class=\"s-hash\">\xa0\xa0sources: 3<", shown)
    assert re.search(r"<strong>Added</strong></td><td class=\"s-hash\">\xa0\xa0sources: 4<", shown)
    assert "Keep this version" in shown
    before = Event.objects.count()
    answer = lead.post("/rules/freshness/change/", {**asked, **WHY, "checked": hidden(shown, "checked")})
    assert answer.status_code == 302 and answer["Location"] == "/rules/freshness/"
    assert Event.objects.count() == before + 1
    words = page(member, "/rules/freshness/")
    assert "Local version since" in words and WHY["because"] in words
    assert "Changed here" in words and "sources: 4" in words
    assert "Local version since" in page(member, "/rules/")


def test_text_changed_after_the_difference_was_shown_is_shown_again_before_it_is_kept(lead: Client) -> None:
    asked = {"content": a_change(), "derived_from": str(in_force().version)}
    shown = lead.post("/rules/freshness/change/", asked).content.decode()
    other = {**asked, **WHY, "content": a_change(new="sources: 5"), "checked": hidden(shown, "checked")}
    again = lead.post("/rules/freshness/change/", other)
    words = html.unescape(again.content.decode())
    assert again.status_code == 200 and "\xa0\xa0sources: 5<" in words and WHY["because"] in words
    assert not LocalPart.objects.exists()
    assert lead.post("/rules/freshness/change/", {**other, "checked": hidden(words, "checked")}).status_code == 302
    assert part("freshness", timezone.localdate()).fewest.sources == 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: a_change(new="sources: many"), "Line 15, fewest › sources: input should be a valid integer"),
        (lambda: a_change(old="cites: local", new="quotes: local"), "Line 2, ages › number 1 › cites: it is missing."),
        (lambda: as_text(in_force().content), "Nothing is changed yet"),
        (lambda: "", "The rules as text” is needed."),
    ],
    ids=["wrong value", "unknown field", "unchanged", "empty"],
)
def test_mistakes_are_named_with_their_line_and_what_was_typed_stays(
    lead: Client, content: Callable[[], str], says: str
) -> None:
    typed = content()
    answer = lead.post("/rules/freshness/change/", {"content": typed, "derived_from": str(in_force().version)})
    words = html.unescape(answer.content.decode())
    assert answer.status_code == 400 and says in words
    assert typed.strip() in words
    assert not LocalPart.objects.exists()


def test_change_of_a_version_that_no_longer_counts_is_refused_and_both_are_told(lead: Client) -> None:
    old = str(in_force().version)
    a_local_version()
    asked = {"content": a_change(old="sources: 4", new="sources: 6"), "derived_from": old, **WHY}
    shown = lead.post("/rules/freshness/change/", asked).content.decode()
    answer = lead.post("/rules/freshness/change/", {**asked, "checked": hidden(shown, "checked")})
    words = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert f"“{old}”" in words and f"“{in_force().version}”" in words and "sources: 6" in words
    assert LocalPart.objects.count() == 1


def test_reason_is_needed(lead: Client) -> None:
    asked = {"content": a_change(), "derived_from": str(in_force().version)}
    shown = lead.post("/rules/freshness/change/", asked).content.decode()
    answer = lead.post("/rules/freshness/change/", {**asked, "checked": hidden(shown, "checked")})
    assert answer.status_code == 400 and "Say in a sentence why." in html.unescape(answer.content.decode())
    assert "sources: 4" in answer.content.decode()
    assert not LocalPart.objects.exists()


def test_local_version_is_taken_back(lead: Client) -> None:
    assert lead.get("/rules/freshness/withdraw/").status_code == 404
    a_local_version()
    shown = page(lead, "/rules/freshness/withdraw/")
    assert "counts again as it was published" in shown
    answer = lead.post("/rules/freshness/withdraw/", WHY, follow=True)
    words = html.unescape(answer.content.decode())
    assert "As published" in words and "local version taken back" in words
    assert part("freshness", timezone.localdate()).fewest.sources == 3
    assert lead.get("/rules/freshness/withdraw/").status_code == 404


@pytest.mark.requirement("FRW-08")
def test_what_taking_a_local_version_back_would_do_is_shown_before_it_is_done(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Change] = []
    monkeypatch.setitem(previews._TOLD, "freshness", [lambda change: told.append(change) or ["3 reviews are due."]])
    a_local_version()
    shown = page(lead, "/rules/freshness/withdraw/")
    assert re.search(r"<strong>Removed</strong></td><td class=\"s-hash\">\xa0\xa0sources: 4<", shown)
    assert re.search(r"<strong>Added</strong></td><td class=\"s-hash\">\xa0\xa0sources: 3<", shown)
    assert "3 reviews are due." in shown and "Nothing has changed yet" in shown
    assert [(one.before, one.after) for one in told] == [(in_force().content, in_force().own)]
    refused = lead.post("/rules/freshness/withdraw/", {"because": ""})
    assert refused.status_code == 400 and "3 reviews are due." in html.unescape(refused.content.decode())
    assert LocalPart.objects.count() == 1


@pytest.mark.requirement("FRW-03", "FRW-04")
def test_a_guidance_says_what_it_replaces_and_what_came_in_its_place(member: Client) -> None:
    words = page(member, "/rules/")
    assert "Replaces Guidance on Quality Surveillance Groups" in words
    assert "serves as its new edition. (SQG 2022 §1.7)" in words
    assert "Replaces Quality Escalation Framework and Trigger Tool" in words
    assert words.count("Replaced by") == 1
    old = page(member, "/rules/levels/?pack=qsg-2017")
    assert "National Guidance on System Quality Groups, since 21 January 2022 (SQG 2022 §1.7)" in old


@pytest.mark.requirement("FRW-01")
def test_how_a_group_meets_stands_beside_its_paragraph_and_where_2017_is_silent_nothing_is_made_up(
    member: Client,
) -> None:
    words = page(member, "/rules/group_types/")
    assert "somebody from each of five seats" in words and "SQG 2022 §3.20 and Annex A, Quoracy" in words
    assert "A member is named who is responsible" in words
    assert "hen it is quorate" not in page(member, "/rules/group_types/?pack=qsg-2017")


def test_local_version_that_can_no_longer_be_read_is_told_of_and_mended(lead: Client) -> None:
    made = a_local_version()
    LocalPart.objects.filter(pk=made.pk).update(content="ages: []\nstrange: 1\n")
    words = page(lead, "/rules/freshness/")
    assert "no longer fits" in words and "Line 2, strange: there is no such field" in words
    assert "strange: 1" in page(lead, "/rules/freshness/change/")
    asked = {"content": a_change(), "derived_from": str(in_force().version), **WHY}
    shown = lead.post("/rules/freshness/change/", asked).content.decode()
    assert lead.post("/rules/freshness/change/", {**asked, "checked": hidden(shown, "checked")}).status_code == 302
    assert "no longer fits" not in page(lead, "/rules/freshness/")
    assert part("freshness", timezone.localdate()).fewest.sources == 4


@pytest.mark.requirement("INT-02")
def test_source_is_added_by_a_form_and_retired_by_another(lead: Client) -> None:
    assert "What patients wrote" in page(lead, "/rules/sources/add/")
    given = {"name": "Ward walks", "quadrant": "internal-qualitative", "cites": "local", "feeds": ["patient_comments"]}
    words = lead.post("/rules/sources/add/", {**given, **WHY}, follow=True).content.decode()
    assert "Ward walks" in words and "Added here" in words
    again = lead.post("/rules/sources/add/", {**given, **WHY, "name": "ward walks"})
    assert again.status_code == 400 and "has “ward walks” already" in html.unescape(again.content.decode())
    assert "Ward walks" in page(lead, "/rules/sources/ward-walks/retire/")
    words = html.unescape(lead.post("/rules/sources/ward-walks/retire/", WHY, follow=True).content.decode())
    assert "Retired: asked for no longer" in words
    sources = part("sources", timezone.localdate())
    assert [one.id for one in sources.retired] == ["ward-walks"]
    assert lead.get("/rules/sources/ward-walks/retire/").status_code == 404


def test_source_form_asks_for_what_is_missing_and_keeps_what_was_typed(lead: Client) -> None:
    answer = lead.post("/rules/sources/add/", {"name": "Ward walks"})
    words = html.unescape(answer.content.decode())
    assert answer.status_code == 400 and "Ward walks" in words
    assert "“Which kind of evidence is it?” is needed: choose one." in words and "Say in a sentence why." in words


def test_list_of_sources_leaves_as_a_table(member: Client) -> None:
    answer = member.get("/rules/sources.csv")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert len(lines) == 1 + 58
    assert "hospital-mortality" in lines[3] and "Hospital mortality (SHMI)" in lines[3]


def test_older_pack_is_changed_without_touching_the_one_in_force(lead: Client) -> None:
    today = timezone.localdate()
    found = page(lead, "/rules/sources/change/?pack=qsg-2017")
    text = as_text(PACKS["qsg-2017"].parts["sources"]).replace("Never Events", "Never events of the year")
    asked = {"content": text, "derived_from": hidden(found, "derived_from"), **WHY}
    shown = lead.post("/rules/sources/change/?pack=qsg-2017", asked).content.decode()
    answer = lead.post("/rules/sources/change/?pack=qsg-2017", {**asked, "checked": hidden(shown, "checked")})
    assert answer["Location"] == "/rules/sources/?pack=qsg-2017"
    assert "Never events of the year" in page(lead, "/rules/sources/?pack=qsg-2017")
    counting = part_with_origin("sources", today)
    assert counting is not None and not counting.is_local and counting.pack.id == "sqg-2022"


def test_every_part_and_every_feed_has_words_for_readers() -> None:
    assert set(PART) == set(PARTS)
    feeds = {
        feed for pack in PACKS.values() for one in getattr(pack.part("sources"), "sources", ()) for feed in one.feeds
    }
    assert feeds <= set(FEED)

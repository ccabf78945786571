"""What people change in the rulebook: allowed, refused with nothing changed, recorded once; and what then counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.accounts.models import GRANTABLE
from sightline.audit import keeping
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook import Sources, as_text
from sightline.core.signals import Quadrant
from sightline.core.verdict import Invalid, Refused
from sightline.rulebook.models import LocalPart
from sightline.rulebook.operations import add_source, change_part, retire_source, withdraw_local_part
from sightline.rulebook.packs import PACKS
from sightline.rulebook.queries import local_versions, part, part_of, part_with_origin, rules_on, standing_on
from tests.factories.accounts import a_person
from tests.factories.house import clock, folder, house
from tests.factories.indicators import KEEPER
from tests.factories.rulebook import a_change, a_local_version, in_force

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
WHY = "Our returns come monthly"
BY_AND_AT: dict[str, Any] = {"by": KEEPER, "because": WHY}


def fewest() -> int:
    """This function will give the number that the tests change."""
    return part("freshness", timezone.localdate()).fewest.sources


def change(**more: Any) -> LocalPart:
    """This function will change a part, with whatever is given changed."""
    content = more.pop("content") if "content" in more else a_change()
    plain = {"pack": "sqg-2022", "part": "freshness", "derived_from": str(in_force().version), "at": timezone.now()}
    return change_part(content=content, **{**plain, **BY_AND_AT, **more})


def sources_now() -> Sources:
    """This function will give the list of sources that counts."""
    return part("sources", timezone.localdate())


# --- allowed, recorded


@pytest.mark.requirement("FRW-08")
def test_local_version_counts_and_tells_what_it_was_made_from() -> None:
    before = Event.objects.count()
    made = change()
    assert fewest() == 4
    found = in_force()
    assert found.is_local and found.local is not None and not found.is_behind
    assert (found.local.because, found.local.by, found.local.derived_from) == (WHY, KEEPER.actor_id, "sqg-2022 v1")
    assert str(found.version) == f"sqg-2022 v1, change {made.pk}"
    event = Event.objects.latest("sequence")
    assert Event.objects.count() == before + 1
    assert (event.verb, event.on_id) == ("rulebook.change_part", str(made.pk))
    assert WHY not in event.facts and "quadrant" not in event.facts


def test_pack_itself_stays_as_published() -> None:
    change()
    assert PACKS["sqg-2022"].parts["freshness"] == in_force().own
    assert in_force().own != in_force().content


def test_only_one_spelling_of_a_content_is_kept() -> None:
    shuffled = "# a remark\n" + a_change().replace("  sources: 4\n", "").replace(
        "  quadrants: 2", "  quadrants: 2\n  sources: 4"
    )
    made = change(content=shuffled)
    assert made.content == as_text(in_force().content) and "remark" not in made.content


def test_withdrawn_version_gives_way_to_the_pack_and_both_stay_on_record() -> None:
    first = change()
    back = withdraw_local_part(at=timezone.now(), pack="sqg-2022", part="freshness", **BY_AND_AT)
    assert fewest() == 3 and not in_force().is_local
    assert [one.change for one in local_versions("sqg-2022", "freshness")] == [back.pk, first.pk]
    assert Event.objects.latest("sequence").verb == "rulebook.withdraw_local_part"
    again = change()
    assert fewest() == 4
    assert again.derived_from_version == f"sqg-2022 v1, change {back.pk}"


@pytest.mark.requirement("INT-02")
def test_source_is_added_beside_the_guidances_own() -> None:
    before = sources_now()
    add_source(at=timezone.now(), name=" Ward  walks ", quadrant=Quadrant.INTERNAL_QUALITATIVE, **BY_AND_AT)
    after = sources_now()
    assert after.sources[:-1] == before.sources
    added = after.sources[-1]
    assert (added.id, added.name, added.cites, added.feeds) == ("ward-walks", "Ward walks", "local", ())
    assert added in after.of_quadrant(Quadrant.INTERNAL_QUALITATIVE)


def test_sources_of_like_names_have_ids_of_their_own() -> None:
    for name in ("Workforce", "Workforce!", "¿?"):
        add_source(at=timezone.now(), name=name, quadrant=Quadrant.EXTERNAL_QUALITATIVE, **BY_AND_AT)
    assert [one.id for one in sources_now().sources[-3:]] == ["workforce-2", "workforce-3", "source"]


@pytest.mark.requirement("INT-02")
def test_retired_source_is_kept_by_name() -> None:
    retire_source(at=timezone.now(), source="workforce", **BY_AND_AT)
    now = sources_now()
    assert "workforce" not in {one.id for one in now.sources}
    assert [one.id for one in now.retired] == ["workforce"]
    assert now.entry("workforce") == PACKS["sqg-2022"].parts["sources"].entry("workforce")  # type: ignore[attr-defined]


# --- refused, nothing changed

OPERATIONS: dict[str, Callable[..., LocalPart]] = {
    "change": lambda **given: change(**given),
    "withdraw": lambda **given: withdraw_local_part(pack="sqg-2022", part="freshness", at=timezone.now(), **given),
    "add": lambda **given: add_source(
        name="Ward walks", quadrant=Quadrant.INTERNAL_QUALITATIVE, at=timezone.now(), **given
    ),
    "retire": lambda **given: retire_source(source="workforce", at=timezone.now(), **given),
}
MAY = {Role.QUALITY_LEAD}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("role", GRANTABLE)
def test_only_keepers_of_rules_may(name: str, role: Role) -> None:
    a_local_version()
    text = {"content": a_change(old="sources: 4", new="sources: 5")} if name == "change" else {}
    person = a_person(Grant(role, organisation="ZR1"), second_factor=False)
    before = (LocalPart.objects.count(), Event.objects.count())
    if role in MAY:
        OPERATIONS[name](by=person, because=WHY, **text)
        assert (LocalPart.objects.count(), Event.objects.count()) == (before[0] + 1, before[1] + 1)
    else:
        with pytest.raises(Refused):
            OPERATIONS[name](by=person, because=WHY, **text)
        assert (LocalPart.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("because", ["", "  \n"])
def test_a_reason_is_needed(name: str, because: str) -> None:
    a_local_version()
    text = {"content": a_change(old="sources: 4", new="sources: 5")} if name == "change" else {}
    before = (LocalPart.objects.count(), Event.objects.count())
    with pytest.raises(Refused, match="reason"):
        OPERATIONS[name](by=KEEPER, because=because, **text)
    assert (LocalPart.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"content": "ages: []\n"}, "Line 1, fewest: it is missing."),
        ({"part": "nonsense"}, "There is no part “nonsense”"),
        ({"pack": "nonsense"}, "in a pack “nonsense”"),
        ({"pack": "qsg-2013"}, "There is no part “freshness”"),
        ({"derived_from": "sqg-2022 v0"}, "“sqg-2022 v0”, and meanwhile “sqg-2022 v1” counts"),
        ({"because": "x" * 1001}, "Keep the reason to 1,000 characters"),
    ],
)
def test_change_that_cannot_be_used_is_refused_with_what_to_do(given: dict[str, Any], says: str) -> None:
    before = Event.objects.count()
    with pytest.raises(Invalid, match=says):
        change(**given)
    assert not LocalPart.objects.exists() and Event.objects.count() == before


def test_change_that_changes_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="Nothing is changed"):
        change(content=as_text(in_force().content))
    a_local_version()
    with pytest.raises(Invalid, match="take the local version back instead"):
        change(content=as_text(in_force().own))
    assert LocalPart.objects.count() == 1


def test_second_change_of_one_version_is_refused_and_tells_both() -> None:
    seen = str(in_force().version)
    made = change()
    with pytest.raises(Invalid, match=f"“sqg-2022 v1”, and meanwhile “sqg-2022 v1, change {made.pk}”"):
        change(content=a_change(old="sources: 4", new="sources: 6"), derived_from=seen)
    assert fewest() == 4


def test_database_itself_lets_a_version_be_followed_once_only() -> None:
    made = change()
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalPart.objects.create(
            pack=made.pack, part=made.part, content="", derived_from_version=made.derived_from_version, because=WHY,
            recorded_at=timezone.now(), recorded_by="someone",
        )  # fmt: skip


def test_whoever_is_later_by_a_moment_is_told_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = in_force()
    change()
    monkeypatch.setattr("sightline.rulebook.operations.part_of", lambda *_: stale)
    before = Event.objects.count()
    with pytest.raises(Invalid, match="Somebody else has just changed"):
        change(content=a_change(old="sources: 4", new="sources: 7"), derived_from=str(stale.version))
    assert LocalPart.objects.count() == 1 and Event.objects.count() == before


def test_version_that_is_not_there_cannot_be_taken_back() -> None:
    with pytest.raises(Invalid, match="There is no local version to take back"):
        withdraw_local_part(at=timezone.now(), pack="sqg-2022", part="freshness", **BY_AND_AT)
    assert not LocalPart.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "workforce: ABSENCE and turnover"}, "already"),
        ({"name": "W"}, "name: "),
        ({"name": "Ward walks", "cites": ""}, "cites: "),
        ({"name": "Ward walks", "feeds": ("no words",)}, "feeds: "),
    ],
)
def test_source_that_cannot_be_used_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        add_source(at=timezone.now(), quadrant=Quadrant.EXTERNAL_QUALITATIVE, **BY_AND_AT, **given)
    assert not LocalPart.objects.exists()


def test_source_cannot_be_retired_twice_nor_the_last_one_at_all() -> None:
    retire_source(at=timezone.now(), source="workforce", **BY_AND_AT)
    with pytest.raises(Invalid, match="retired already"):
        retire_source(at=timezone.now(), source="workforce", **BY_AND_AT)
    one = Sources(sources=sources_now().sources[:1])
    a_local_version("sources", one)
    with pytest.raises(Invalid, match="last source"):
        retire_source(at=timezone.now(), source=one.sources[0].id, **BY_AND_AT)


# --- what counts, when


def test_part_is_given_as_it_stood_on_a_day(clock: time_machine.Traveller) -> None:
    today = timezone.localdate()
    change()
    clock.shift(timedelta(days=10))
    change(content=a_change(old="sources: 4", new="sources: 5"))
    stood = {days: part("freshness", today + timedelta(days=days)).fewest.sources for days in (-1, 0, 9, 10, 400)}
    assert stood == {-1: 3, 0: 4, 9: 4, 10: 5, 400: 5}


def test_local_version_touches_no_other_pack_and_no_other_part() -> None:
    today = timezone.localdate()
    before = {name: found.content for name, found in rules_on(today).parts.items()}
    change()
    after = {name: found.content for name, found in rules_on(today).parts.items()}
    assert {name for name in before if before[name] != after[name]} == {"freshness"}
    older = part_of("qsg-2017", "sources", today)
    assert older is not None and not older.is_local


def test_part_that_nobody_in_force_holds_is_nothing() -> None:
    assert part("nonsense", timezone.localdate()) is None
    assert part_of("nonsense", "sources", timezone.localdate()) is None
    assert part_of("qsg-2013", "themes", timezone.localdate()) is None
    assert rules_on(timezone.localdate()).part("nonsense") is None


@pytest.mark.requirement("FRW-04")
def test_older_pack_gives_its_own_list_on_its_own_days() -> None:
    assert len(part("sources", date(2018, 5, 1)).sources) == 17
    found = part_with_origin("themes", date(2018, 5, 1))
    assert found is not None and found.pack.id == "sqg-2022"


def test_newer_edition_of_the_pack_is_noticed() -> None:
    a_local_version()
    LocalPart.objects.update(derived_from_version="sqg-2022 v0")
    assert in_force().is_behind
    LocalPart.objects.update(derived_from_version="sqg-2022 v1, change 7")
    assert not in_force().is_behind


def test_version_that_no_longer_fits_gives_way_and_says_why() -> None:
    made = a_local_version()
    LocalPart.objects.filter(pk=made.pk).update(content="ages: 1\n")
    found = in_force()
    assert found.content == found.own and not found.is_local
    assert any("fewest: it is missing" in problem for problem in found.problems)
    assert found.text == "ages: 1\n"
    retire_source(at=timezone.now(), source="workforce", **BY_AND_AT)  # another part is not held up by it
    LocalPart.objects.filter(part="sources").update(content="nonsense")
    with pytest.raises(Invalid, match="mend or withdraw it first"):
        retire_source(at=timezone.now(), source="staff-survey", **BY_AND_AT)


def test_all_parts_of_a_day_cost_one_short_query_and_a_change_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(in_atomic_block=False))  # as on a page
    today = timezone.localdate()
    a_local_version()
    for read in (rules_on, standing_on):
        read(today)
        with CaptureQueriesContext(connection) as asked:
            read(today)
        assert len(asked) == 1
    change(content=a_change(old="sources: 4", new="sources: 8"))
    assert fewest() == 8

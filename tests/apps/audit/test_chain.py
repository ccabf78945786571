"""The chain finds what was done to it: edit, delete, insert, reorder, a cut tail, a full rewrite; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction

from sightline.audit.chain import START, hash_of
from sightline.audit.models import Event, Head
from sightline.audit.operation import append
from sightline.audit.queries import ChainEnd, chain_ends, verify_chains
from sightline.audit.signing import read_head, signed_head, signing_key
from sightline.audit.triggers import make_triggers, missing_triggers
from sightline.core.verdict import Invalid

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 12, tzinfo=UTC)
TRIGGERS = {
    "sqlite": ("audit_no_update", "audit_no_delete", "audit_no_replace"),
    "postgresql": ("audit_no_change", "audit_no_truncate"),
}


def _write(count: int, system: str = "QZ1", verb: str = "tests.did") -> None:
    for number in range(count):
        append(
            system=system,
            at=AT + timedelta(seconds=number),
            actor="person:a",
            verb=verb,
            on_kind="",
            on_id="",
            facts={"number": number},
        )


@contextmanager
def _unguarded() -> Any:
    """What an attacker with the database's own rights does first, and puts back last."""
    with connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            on = " ON audit_event" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
    yield
    make_triggers("default")


def _sequence(number: int) -> Any:
    return Event.objects.filter(system="QZ1", sequence=number)


def _edit() -> None:
    _sequence(3).update(actor="person:b")


def _edit_facts() -> None:
    _sequence(3).update(facts='{"number":99}')


def _edit_and_hash_again() -> None:
    event = _sequence(3).get()
    event.actor = "person:b"
    _sequence(3).update(actor="person:b", hash=hash_of(event))


def _delete() -> None:
    _sequence(3).delete()


def _delete_and_close_up() -> None:
    _sequence(3).delete()
    for number in (4, 5):
        _sequence(number).update(sequence=number - 1)


def _insert() -> None:
    for number in (5, 4):
        _sequence(number).update(sequence=number + 1)
    _forge(4, _sequence(3).get().hash)


def _reorder() -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        _sequence(old).update(sequence=new)


def _cut_tail() -> None:
    Event.objects.filter(system="QZ1", sequence__gt=3).delete()


def _forge(sequence: int, previous: str) -> Event:
    event = Event(
        system="QZ1",
        sequence=sequence,
        recorded_at=AT,
        actor="person:b",
        verb="tests.forged",
        facts="{}",
        previous=previous,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    return event


def _cut_tail_and_head() -> None:
    _cut_tail()
    last = _sequence(3).get()
    Head.objects.filter(system="QZ1").update(sequence=3, hash=last.hash)


def _rewrite() -> None:
    """Everything anew, from the first event to the head: the chain alone cannot show this."""
    Event.objects.filter(system="QZ1").delete()
    previous = START
    for number in range(1, 6):
        previous = _forge(number, previous).hash
    Head.objects.filter(system="QZ1").update(sequence=5, hash=previous)


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        (_edit, "Was changed after it was written."),
        (_edit_facts, "Was changed after it was written."),
        (_edit_and_hash_again, "Does not follow from the event before it."),
        (_delete, "Events 3 to 3 are missing."),
        (_delete_and_close_up, "Does not follow from the event before it."),
        (_insert, "Does not follow from the event before it."),
        (_reorder, "Does not follow from the event before it."),
        (_cut_tail, "events were cut off"),
    ],
)
def test_attack_is_found_by_walking_the_chain(attack: Callable[[], None], says: str) -> None:
    _write(5)
    assert not verify_chains().breaks
    with _unguarded():
        attack()
    assert any(says in broken.says for broken in verify_chains().breaks)


@pytest.mark.parametrize("attack", [_cut_tail_and_head, _rewrite])
def test_attack_on_everything_is_found_by_the_witness(attack: Callable[[], None], tmp_path: Path) -> None:
    _write(5)
    key = signing_key(tmp_path)
    document = signed_head(chain_ends(), AT, key)
    with _unguarded():
        attack()
    assert not verify_chains().breaks, "the chain alone cannot show it"
    found = verify_chains(read_head(document, key.public_key())).breaks
    assert [broken.says for broken in found] == ["Is not the event that the witness's head names."]


def test_whole_chain_grows_beyond_a_witnessed_head(tmp_path: Path) -> None:
    _write(3)
    key = signing_key(tmp_path)
    document = signed_head(chain_ends(), AT, key)
    _write(2)
    found = verify_chains(read_head(document, key.public_key()))
    assert not found.breaks
    assert found.events == 5


def test_chains_of_two_systems_are_walked_apart() -> None:
    _write(2)
    _write(3, system="QZ2")
    with _unguarded():
        Event.objects.filter(system="QZ2", sequence=2).update(actor="x")
    found = verify_chains()
    assert {broken.system for broken in found.breaks} == {"QZ2"}
    assert [(end.system, end.sequence) for end in found.ends] == [("QZ1", 2), ("QZ2", 3)]


def test_chain_without_a_head_is_found() -> None:
    _write(2)
    Head.objects.all().delete()
    assert verify_chains().breaks


# --- the signed head


def test_head_that_was_changed_or_signed_by_another_is_not_taken(tmp_path: Path) -> None:
    _write(2)
    key = signing_key(tmp_path)
    document = signed_head(chain_ends(), AT, key)
    assert read_head(document, key.public_key()) == chain_ends()
    shorter = {**document, "ends": [{**document["ends"][0], "sequence": 1}]}
    for wrong in (shorter, {**document, "signed_at": "2020"}, {**document, "signature": "zz"}, {"ends": []}):
        with pytest.raises(Invalid, match="was not signed"):
            read_head(wrong, key.public_key())
    with pytest.raises(Invalid, match="was not signed"):
        read_head(document, Ed25519PrivateKey.generate().public_key())


def test_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    one, two = signing_key(tmp_path), signing_key(tmp_path)
    assert one.public_key() == two.public_key()
    assert (tmp_path / "audit-signing.pem").stat().st_mode & 0o777 == 0o600


def test_empty_head_witnesses_nothing() -> None:
    assert not verify_chains((ChainEnd("QZ1", 0, START),)).breaks


# --- the database's own refusal


def _raw(statement: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


REFUSED: dict[str, Callable[[], Any]] = {
    "update through the model": lambda: Event.objects.update(actor="x"),
    "update of one": lambda: Event.objects.get(sequence=1).save(),
    "delete through the model": lambda: Event.objects.all().delete(),
    "raw update": _raw("UPDATE audit_event SET actor = 'x'"),
    "raw delete": _raw("DELETE FROM audit_event"),
}
if connection.vendor == "postgresql":
    REFUSED["truncate"] = _raw("TRUNCATE audit_event")
else:
    COLUMNS = "id, system, sequence, recorded_at, actor, verb, on_kind, on_id, facts, previous, hash"
    OTHERS = COLUMNS.replace("actor", "'x'")
    REFUSED["replace by id"] = _raw(f"INSERT OR REPLACE INTO audit_event ({COLUMNS}) SELECT {OTHERS} FROM audit_event")
    REFUSED["replace by place"] = _raw(
        f"INSERT OR REPLACE INTO audit_event ({COLUMNS}) SELECT {OTHERS.replace('id, ', 'id + 100, ', 1)} FROM audit_event"
    )


@pytest.mark.parametrize("way", REFUSED)
def test_database_refuses_to_change_an_event(way: str) -> None:
    _write(2)
    before = list(Event.objects.order_by("pk").values_list())
    with pytest.raises(DatabaseError, match="audit events are never"), transaction.atomic():
        REFUSED[way]()
    assert list(Event.objects.order_by("pk").values_list()) == before


def test_missing_trigger_is_named_by_the_check_and_made_again() -> None:
    for name in TRIGGERS[connection.vendor]:
        on = " ON audit_event" if connection.vendor == "postgresql" else ""
        _raw(f"DROP TRIGGER {name}{on}")()
        assert missing_triggers("default") == [name]
        (error,) = [found for found in run_checks(databases=["default"]) if found.id == "audit.E001"]
        assert name in error.msg
        assert "sightline migrate" in str(error.hint)
        make_triggers("default")
        assert not missing_triggers("default")


def test_migrating_makes_the_triggers_again() -> None:
    from django.apps import apps
    from django.db.models.signals import post_migrate

    for name in TRIGGERS[connection.vendor]:
        _raw(f"DROP TRIGGER {name}{' ON audit_event' if connection.vendor == 'postgresql' else ''}")()
    config = apps.get_app_config("audit")
    post_migrate.send(sender=config, app_config=config, using="default", verbosity=0, interactive=False)
    assert not missing_triggers("default")


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Only PostgreSQL can switch a trigger off without removing it."
)
def test_trigger_that_is_switched_off_counts_as_missing() -> None:
    _raw("ALTER TABLE audit_event DISABLE TRIGGER audit_no_change")()
    assert missing_triggers("default") == ["audit_no_change"]

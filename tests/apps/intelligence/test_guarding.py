"""Rows of annexes guard themselves on PostgreSQL, for a role that is no superuser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from sightline.intelligence.guarding import comparing, reading_as
from sightline.intelligence.models import Annex, AnnexReader, AnnexText
from tests.factories.intelligence import NOW, an_item

ROLE = "sightline_guarded"
TABLES = "intelligence_annextext, intelligence_annexreader, intelligence_annex"


@pytest.fixture
def annex(db: None) -> Annex:
    made = Annex.objects.create(item=an_item(), basis="consent", because="Needed", recorded_at=NOW, recorded_by="x")
    AnnexReader.objects.create(annex=made, actor_id="person:reader", recorded_at=NOW, recorded_by="x")
    AnnexText.objects.create(annex=made, text="Somebody")
    return made


@pytest.fixture
def guarded(annex: Annex) -> Iterator[Annex]:
    """As the product's own role in production: neither owner nor superuser."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} NOSUPERUSER NOBYPASSRLS")
        cursor.execute(f"GRANT SELECT, INSERT ON {TABLES} TO {ROLE}")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield annex
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_nobody_in_particular_reads_nothing(guarded: Annex) -> None:
    assert AnnexText.objects.count() == 0


def test_named_reader_reads_and_only_while_they_ask(guarded: Annex) -> None:
    with reading_as("person:reader"):
        assert AnnexText.objects.get(annex=guarded).text == "Somebody"
    assert AnnexText.objects.count() == 0


def test_anybody_else_reads_nothing(guarded: Annex) -> None:
    with reading_as("person:other"):
        assert AnnexText.objects.count() == 0


def test_reader_who_was_struck_off_reads_nothing(guarded: Annex) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        AnnexReader.objects.update(struck_off_on=NOW.date())
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    with reading_as("person:reader"):
        assert AnnexText.objects.count() == 0


def test_comparing_sees_for_its_moment_alone(guarded: Annex) -> None:
    with comparing():
        assert AnnexText.objects.count() == 1
    assert AnnexText.objects.count() == 0


def test_row_is_written_by_somebody_in_particular(guarded: Annex) -> None:
    bare = Annex.objects.create(item=guarded.item, basis="consent", because="Needed", recorded_at=NOW, recorded_by="x")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        AnnexText.objects.create(annex=bare, text="Somebody else")
    with reading_as("person:keeper"):
        AnnexText.objects.create(annex=bare, text="Somebody else")


def test_whoever_owns_the_whole_database_is_not_kept_out(annex: Annex) -> None:
    """What row-level security cannot do, and why the product's own role should be neither owner nor superuser."""
    with reading_as("person:other"):
        assert AnnexText.objects.get(annex=annex).text == "Somebody"

"""The second wall around the annexes of notes: on PostgreSQL their rows are there only while one annex is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from sightline.audit.guarding import told

OPENED = "sightline.annex_of"
_IS_OPENED = "meeting_id::text = nullif(current_setting('sightline.annex_of', true), '')"

# FORCE binds the owner of the table too. A superuser, or a role with BYPASSRLS, still reads everything.
POLICIES = (
    "ALTER TABLE meetings_annexentry ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE meetings_annexentry FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY annex_of_note_is_written ON meetings_annexentry FOR INSERT WITH CHECK ({_IS_OPENED})",
    f"CREATE POLICY annex_of_note_is_read ON meetings_annexentry FOR SELECT USING ({_IS_OPENED})",
)


@contextmanager
def opening_annex_of(meeting: UUID) -> Iterator[None]:
    """This function will let the database show the annex of one meeting while a block runs, and of no other.

    Who may open it is decided before. What else asks for annexes, a search, an export or a slip of ours, gets nothing.
    """
    with transaction.atomic(), told(OPENED, str(meeting)):
        yield

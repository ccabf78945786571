"""The second wall around identities: on PostgreSQL the rows of annexes guard themselves, whatever our code asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sightline.audit.guarding import told

READER, COMPARING = "sightline.reader", "sightline.comparing"

# FORCE binds the owner of the table too. A superuser, or a role with BYPASSRLS, still reads everything.
POLICIES = (
    "ALTER TABLE intelligence_annextext ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE intelligence_annextext FORCE ROW LEVEL SECURITY",
    """
    CREATE POLICY annex_is_written ON intelligence_annextext FOR INSERT
    WITH CHECK (coalesce(current_setting('sightline.reader', true), '') <> '')
    """,
    """
    CREATE POLICY annex_is_read ON intelligence_annextext FOR SELECT
    USING (
      current_setting('sightline.comparing', true) = 'yes'
      OR annex_id = ANY (ARRAY (
        SELECT named.annex_id FROM intelligence_annexreader AS named
        WHERE named.actor_id = nullif(current_setting('sightline.reader', true), '') AND named.struck_off_on IS NULL
      ))
    )
    """,
)


@contextmanager
def reading_as(actor_id: str) -> Iterator[None]:
    """This function will let the database know who reads or writes an annex, inside the operation's transaction."""
    with told(READER, actor_id):
        yield


@contextmanager
def comparing() -> Iterator[None]:
    """This function will let a release be compared with identities that its writer may not read."""
    with told(COMPARING, "yes"):
        yield

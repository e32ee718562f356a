"""The only Alembic: one file in `versions/` for each change of the schema, applied when a store is opened."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from backlint.errors import StoreError
from backlint.store.schema import metadata


def settings(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(connection: Connection, store: str) -> None:
    """Apply what is missing, inside the caller's transaction. Raises `StoreError` for a schema from the future."""
    config = settings(connection)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(f"{store} was written by a newer backlint; install that version or a later one.")
    if current is None and metadata.tables.keys() & set(inspect(connection).get_table_names()):
        raise StoreError(f"{store} holds tables of something else; name another one.")
    command.upgrade(config, "head")

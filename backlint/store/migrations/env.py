"""Alembic runs this; the connection and its transaction are the caller's."""

from alembic import context

from backlint.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()

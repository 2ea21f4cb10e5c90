"""Run by Alembic: the tables a migration is compared with, and the connection it runs on."""

from alembic import context

from parkloop.store.migrate import VERSION_TABLE
from parkloop.store.tables import metadata

with_connection = context.config.attributes["connection"]
context.configure(
    connection=with_connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

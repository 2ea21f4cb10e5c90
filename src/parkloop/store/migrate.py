"""Bring a database to the tables this version of the code knows."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from parkloop.store.connect import Database, reading, writing
from parkloop.store.errors import StoreForeign
from parkloop.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
"""The newest revision in `migrations/versions`."""
VERSION_TABLE = "parkloop_version"
_LOCK = "migrate"


def ensure_current(database: Database) -> None:
    """Create or upgrade the tables where they are not up to date; two short queries where they are.

    Raises
    ------
    StoreForeign
        When the database holds something else, or was written by a newer version of parkloop.
    """
    if _revision(database) == HEAD:
        return
    with writing(database, _LOCK) as connection:
        found = _revision_of(connection, database.place)
        if found == HEAD:
            return
        if found is None:
            _must_be_ours(connection, database)
        upgrade(connection)


def upgrade(connection: sa.Connection) -> None:
    """Run the migrations up to `HEAD` inside the connection's transaction."""
    from alembic import command  # a store that is up to date never pays for this import

    settings = alembic_config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, HEAD)


def alembic_config() -> "Config":
    """Alembic's settings for the migrations in this package."""
    from alembic.config import Config

    settings = Config()
    folder = Path(str(files("parkloop.store"))) / "migrations"
    settings.set_main_option("script_location", str(folder).replace("%", "%%"))
    return settings


def _revision(database: Database) -> str | None:
    with reading(database) as connection:
        return _revision_of(connection, database.place)


def _revision_of(connection: sa.Connection, place: str) -> str | None:
    """The revision a database is at; None where it has no version table."""
    version = sa.table(VERSION_TABLE, sa.column("version_num"))
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(sa.select(version.c.version_num)).scalar()
    revision = None if found is None else str(found)
    if revision is not None and revision > HEAD:
        raise StoreForeign("store.newer", {"place": place, "found": revision, "known": HEAD})
    return revision


def _must_be_ours(connection: sa.Connection, database: Database) -> None:
    there = set(sa.inspect(connection).get_table_names())
    foreign = there if database.is_sqlite else there & set(metadata.tables)
    if foreign:
        tables = ", ".join(sorted(foreign)[:3])
        raise StoreForeign("store.not_a_store", {"place": database.place, "reason": tables})


def draft(message: str, revision: str) -> None:
    """Write the migration from where the migrations lead to what the records say now (for developers).

    Afterwards read the file, set `HEAD`, and run the tests of the store.

    Parameters
    ----------
    message
        What changes, for the file's name and first line.
    revision
        The four digits after `HEAD`.
    """
    from alembic import command

    engine = sa.create_engine("sqlite://")
    settings = alembic_config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        command.revision(settings, message, rev_id=revision, autogenerate=True)
    engine.dispose()

"""Where a store is: from a path or URL to an engine, and from a database's complaint to a sentence."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from parkloop.store.errors import (
    StoreBusy,
    StoreConflict,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreUnknown,
    StoreUnreachable,
)
from parkloop.store.values import same

_SECRET_OPTIONS = ("password", "sslpassword")
_WRITES = "parkloop_writes"
_LOCK_SPACE = 1885433963  # the letters "park" as a number: keeps our advisory locks apart from others'
_POLL_S = 0.02

_SQLITE_ERRORS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, "store.busy.unnamed"),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "store.busy.unnamed"),
    sqlite3.SQLITE_FULL: (StoreFull, "store.full"),
    sqlite3.SQLITE_READONLY: (StoreUnreachable, "store.read_only"),
    sqlite3.SQLITE_CANTOPEN: (StoreUnreachable, "store.cannot_open"),
    sqlite3.SQLITE_PERM: (StoreUnreachable, "store.cannot_open"),
    sqlite3.SQLITE_IOERR: (StoreUnreachable, "store.disk_error"),
    sqlite3.SQLITE_NOTADB: (StoreForeign, "store.not_a_store"),
    sqlite3.SQLITE_CORRUPT: (StoreForeign, "store.damaged"),
    sqlite3.SQLITE_CONSTRAINT: (StoreConflict, "store.conflict.rule"),
}
# SQLSTATE codes and classes of PostgreSQL, appendix A of its manual.
_POSTGRES_ERRORS: dict[str, tuple[type[StoreError], str]] = {
    "53100": (StoreFull, "store.full"),
    "55P03": (StoreBusy, "store.busy.unnamed"),
    "57014": (StoreBusy, "store.busy.unnamed"),
    "40": (StoreBusy, "store.busy.unnamed"),
    "25006": (StoreUnreachable, "store.read_only"),
    "42501": (StoreUnreachable, "store.read_only"),
    "08": (StoreUnreachable, "store.cannot_reach"),
    "28": (StoreUnreachable, "store.cannot_reach"),
    "3D": (StoreUnreachable, "store.cannot_reach"),
    "23": (StoreConflict, "store.conflict.rule"),
}


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, its place as people may read it (no password), and how long a writer waits [s]."""

    engine: sa.Engine
    place: str
    wait_s: float

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is one file."""
        return self.engine.dialect.name == "sqlite"


def locate(url_or_path: str | Path) -> URL:
    """The database URL of a path or URL; a path means an SQLite file.

    Raises
    ------
    StoreUnreachable
        When the text is a URL of a kind the store does not know; the text itself is not repeated.
    """
    text = str(url_or_path)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise StoreUnreachable("store.url.unreadable") from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise StoreUnreachable("store.url.unknown_kind", {"kind": url.drivername})


def shown(url: URL) -> str:
    """A place as people may read it: the path of a file, a URL without its secrets."""
    if url.drivername == "sqlite":
        return str(url.database)
    hidden = {name: "***" for name in _SECRET_OPTIONS if name in url.query}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def connect(url: URL, wait_s: float) -> Database:
    """The engine for `url`, ready for many threads; nothing is opened yet.

    Raises
    ------
    StoreUnreachable
        When the driver of PostgreSQL is not installed; the sentence says how to install it.
    """
    try:
        # Cells carry ready JSON text (codec.py); parameters stay out of logs and messages.
        engine = sa.create_engine(
            url, json_serializer=same, json_deserializer=_json_text, hide_parameters=True
        )
    except ImportError:
        raise StoreUnreachable("store.postgres.not_installed") from None
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _sqlite_settings(wait_s))
        sa.event.listen(engine, "begin", _sqlite_begin)
    return Database(engine, shown(url), wait_s)


def _json_text(data: str | bytes | memoryview) -> str:
    return data if isinstance(data, str) else bytes(data).decode()


def _sqlite_settings(wait_s: float) -> Any:
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # We begin transactions ourselves: the driver would begin too late and never IMMEDIATE.
        connection.isolation_level = None
        for setting in (
            f"busy_timeout = {int(wait_s * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {setting}").close()

    return prepare


def _sqlite_begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(database: Database) -> Iterator[sa.Connection]:
    """A connection that sees the store as it is at this moment, whatever others write meanwhile."""
    options = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with named(database.place), database.engine.connect() as plain:
        connection = plain.execution_options(**options)
        with connection.begin():
            yield connection


@contextmanager
def writing(database: Database, *locks: str) -> Iterator[sa.Connection]:
    """One transaction that is kept wholly or not at all, with the only right to write under `locks`.

    An SQLite file has one writer; in PostgreSQL there is one for each lock (a programme's id).

    Raises
    ------
    StoreBusy
        When another writer does not finish in time.
    """
    with named(database.place), database.engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        with connection.begin():
            if not database.is_sqlite:
                for lock in locks:
                    _advise(connection, lock, database)
            yield connection


def _advise(connection: sa.Connection, lock: str, database: Database) -> None:
    number = crc32(lock.encode()) - 2**31
    attempt = sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK_SPACE, number))
    deadline = time.monotonic() + database.wait_s
    while not connection.execute(attempt).scalar_one():
        if time.monotonic() > deadline:
            raise StoreBusy("store.busy.unnamed", {"place": database.place})
        time.sleep(_POLL_S)


@contextmanager
def named(place: str) -> Iterator[None]:
    """Turn a database's complaint inside the block into a StoreError that names `place`."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise complaint(error, place) from error


def complaint(error: sa.exc.DBAPIError, place: str) -> StoreError:
    """The StoreError for what a driver said."""
    kind, code = _classify(error)
    reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    return kind(code, {"place": place, "reason": reason})


def _classify(error: sa.exc.DBAPIError) -> tuple[type[StoreError], str]:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return _SQLITE_ERRORS.get(number & 0xFF, (StoreError, "store.database"))
    state = getattr(error.orig, "sqlstate", None) or ""
    for key in (state, state[:2]):
        if key in _POSTGRES_ERRORS:
            return _POSTGRES_ERRORS[key]
    if not state and isinstance(error, sa.exc.OperationalError):
        return StoreUnreachable, "store.cannot_reach"
    return StoreError, "store.database"


def must_exist(url: URL, *, create: bool) -> None:
    """Check the folder, and the file unless `create`, of an SQLite store.

    Raises
    ------
    StoreUnknown
        When there is no such file.
    StoreUnreachable
        When there is no such folder, or the path is a folder.
    """
    if url.drivername != "sqlite":
        return
    path = Path(str(url.database))
    if path.is_dir():
        raise StoreUnreachable("store.path.is_folder", {"place": str(path)})
    if not path.parent.is_dir():
        raise StoreUnreachable("store.path.no_folder", {"place": str(path), "folder": str(path.parent)})
    if not create and not path.exists():
        raise StoreUnknown("store.path.missing", {"place": str(path)})

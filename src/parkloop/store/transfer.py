"""Copy a programme with its history and evidence from one store to another, whatever their databases."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from parkloop.store.connect import Database, connect, locate, must_exist, named, reading, writing
from parkloop.store.errors import StoreConflict, StoreForeign, StoreUnreachable
from parkloop.store.migrate import ensure_current
from parkloop.store.read import read_programmes, read_revision, unknown
from parkloop.store.tables import KINDS, evidence_file, metadata, origin, programme, running_work

_AT_ONCE = 2000
_LEFT_OUT = (evidence_file.name, running_work.name)


def copy_programme(source: sa.Connection, target: sa.Connection, programme_id: str, new_id: str = "") -> None:
    """Copy every row of a programme, its history and its evidence; under `new_id` where given.

    Raises
    ------
    StoreUnknown
        When the source has no such programme.
    StoreConflict
        When the target already has one of that id.
    """
    name = new_id or programme_id
    if read_revision(source, programme_id) is None:
        raise unknown(source, programme_id)
    if read_revision(target, name) is not None:
        raise StoreConflict("store.conflict.exists", {"id": name})
    for table in metadata.sorted_tables:
        if table.name in _LEFT_OUT:
            continue
        key = table.c.id if table is programme else table.c.programme_id
        found = source.execute(sa.select(table).where(key == programme_id)).mappings()
        for rows in found.partitions(_AT_ONCE):
            renamed = [_renamed(table.name, dict(row), programme_id, name) for row in rows]
            target.execute(sa.insert(table), renamed)
    _copy_evidence(source, target, programme_id)


def _renamed(table: str, row: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The row under the new id of its programme."""
    if old == new:
        return row
    for column in ("id",) if table == programme.name else ("programme_id", "record_programme_id"):
        if row.get(column) == old:
            row[column] = new
    if table == "solution":
        ids = json.loads(row["programme_ids"])
        row["programme_ids"] = json.dumps([new if one == old else one for one in ids], ensure_ascii=False)
    return row


def _copy_evidence(source: sa.Connection, target: sa.Connection, programme_id: str) -> None:
    """Copy the files that records and origins of the programme name by their hash."""
    if source is target:
        return
    record = KINDS["evidence"].table
    named_hashes = sa.union(
        sa.select(record.c.file_hash).where(record.c.programme_id == programme_id),
        sa.select(origin.c.file_hash).where(origin.c.programme_id == programme_id),
    )
    there = set(target.execute(sa.select(evidence_file.c.file_hash)).scalars())
    wanted = sa.select(evidence_file.c.file_hash).where(evidence_file.c.file_hash.in_(named_hashes))
    for file_hash in source.execute(wanted).scalars().all():
        if file_hash in there:
            continue
        row = source.execute(sa.select(evidence_file).where(evidence_file.c.file_hash == file_hash))
        target.execute(sa.insert(evidence_file), dict(row.mappings().one()))


def export_programme(database: Database, programme_id: str, path: Path) -> None:
    """Write one programme to one new SQLite file that any store opens.

    Raises
    ------
    StoreConflict
        When the file is already there.
    """
    if path.exists():
        raise StoreConflict("store.export.exists", {"place": str(path)})
    part = path.with_name(path.name + ".part")
    target_url = locate(part)
    must_exist(target_url, create=True)
    _delete(part)
    try:
        with reading(database) as source:
            if read_revision(source, programme_id) is None:
                raise unknown(source, programme_id)
            target = connect(target_url, database.wait_s)
            try:
                ensure_current(target)
                with writing(target, programme_id) as connection:
                    copy_programme(source, connection, programme_id)
            finally:
                target.engine.dispose()
        _make_one_file(part)
        part.replace(path)
    except OSError as error:
        raise StoreUnreachable("store.cannot_open", {"place": str(path), "reason": str(error)}) from error
    finally:
        _delete(part)


def _make_one_file(path: Path) -> None:
    """Fold the write-ahead log in, so that the file alone is the whole store."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def import_programmes(database: Database, path: Path) -> tuple[str, ...]:
    """Copy every programme of an SQLite store into this store, all or none; the ids that came in.

    Raises
    ------
    StoreUnknown
        When there is no such file.
    StoreForeign
        When the file is no store or holds no programme.
    StoreConflict
        When a programme of one of its ids is here already.
    """
    with _snapshot(path, database.wait_s) as copied, reading(copied) as source:
        ids = tuple(item.id for item in read_programmes(source))
        if not ids:
            raise StoreForeign("store.import.empty", {"place": str(path)})
        with writing(database, *ids) as target:
            for programme_id in ids:
                copy_programme(source, target, programme_id)
    return ids


@contextmanager
def _snapshot(path: Path, wait_s: float) -> Iterator[Database]:
    """A store in a temporary copy of the file, brought up to date; the file itself is only read."""
    must_exist(locate(path), create=False)
    with TemporaryDirectory() as folder:
        copied = Path(folder) / "copy.db"
        _back_up(path, copied)
        database = connect(locate(copied), wait_s)
        try:
            with named(str(path)):
                ensure_current(database)
                yield database
        finally:
            database.engine.dispose()


def _back_up(path: Path, copied: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copied)) as target,
        ):
            source.backup(target)
    except sqlite3.DatabaseError as error:
        raise StoreForeign("store.not_a_store", {"place": str(path), "reason": str(error)}) from error

"""Nouns to rows: a planned change is written in the transaction of the caller."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from parkloop.store.changes import Entry
from parkloop.store.errors import StoreConflict, StoreRefused
from parkloop.store.plan import KindPlan, Plan
from parkloop.store.read import columns_of, read_revision, unknown
from parkloop.store.records import ApplyResult, Work
from parkloop.store.tables import (
    audit_event,
    extra,
    origin,
    programme,
    programme_codec,
)
from parkloop.store.values import UnstorableError, check_text

_AT_ONCE = 500


def write_plan(connection: sa.Connection, plan: Plan, work: Work, revision: int | None) -> ApplyResult:
    """Write a planned change and its audit entries; `revision` is the one the change starts from, if known.

    Raises
    ------
    StoreConflict
        When the store has moved on since the ledger the change starts from was read.
    """
    programme_id = plan.after.programme.id
    stored = _check_start(connection, plan, revision)
    if not plan.any:
        return ApplyResult(stored, {}, {}, {}, 0)
    _write_programme(connection, plan, stored)
    for item in plan.kinds:
        _write_kind(connection, item, programme_id)
    _write_map(connection, origin, "figure_id", plan)
    _write_map(connection, extra, "record", plan)
    write_entries(connection, programme_id, plan.entries, work)
    return _result(plan, stored + 1)


def _check_start(connection: sa.Connection, plan: Plan, revision: int | None) -> int:
    """The stored revision (0 for a programme that is not there), after checking that nothing moved on."""
    programme_id = plan.after.programme.id
    stored = read_revision(connection, programme_id)
    if plan.before is None:
        if stored is not None:
            raise StoreConflict("store.conflict.exists", {"id": programme_id})
        return 0
    if stored is None:
        raise unknown(connection, programme_id)
    if revision is not None and revision != stored:
        raise StoreConflict(
            "store.conflict.revision", {"id": programme_id, "expected": revision, "found": stored}
        )
    if plan.before.programme != plan.after.programme:
        query = sa.select(*columns_of(programme, programme_codec)).where(programme.c.id == programme_id)
        if programme_codec.decode(connection.execute(query).one()) != plan.before.programme:
            raise StoreConflict("store.conflict.record", {"record": f"programme {programme_id}"})
    for item in plan.kinds:
        _check_stored(connection, item, programme_id)
    return stored


def _check_stored(connection: sa.Connection, item: KindPlan, programme_id: str) -> None:
    """Refuse to overwrite or remove a record that is no longer what the change starts from."""
    kind = item.change.kind
    expected = {key: old for key, (old, _) in item.change.changed.items()} | dict(item.change.removed)
    columns = columns_of(kind.table, kind.codec)
    for keys in _chunks(expected):
        query = sa.select(*columns, kind.table.c.id.label("record_key")).where(
            kind.table.c.programme_id == programme_id, kind.table.c.id.in_(keys)
        )
        stored = {row[-1]: kind.codec.decode(row) for row in connection.execute(query)}
        for key in keys:
            if stored.get(key) != expected[key]:
                raise StoreConflict("store.conflict.record", {"record": f"{kind.name} {key}"})


def _write_programme(connection: sa.Connection, plan: Plan, stored: int) -> None:
    row = {**plan.programme_row, "revision": stored + 1}
    if plan.before is None:
        connection.execute(sa.insert(programme), row)
    else:
        connection.execute(sa.update(programme).where(programme.c.id == row["id"]), row)


def _write_kind(connection: sa.Connection, item: KindPlan, programme_id: str) -> None:
    change, table = item.change, item.change.kind.table
    _remove(connection, table, "id", programme_id, change.removed)
    _update(connection, table, "id", item.updates)
    if change.appended:
        query = sa.select(sa.func.max(table.c.position)).where(table.c.programme_id == programme_id)
        last = connection.execute(query).scalar()
        first = 0 if last is None else last + 1
        places = {row["id"]: first + number for number, row in enumerate(item.inserts)}
    else:
        places = {key: number for number, key in enumerate(change.order)}
        stay = [
            {"programme_id": programme_id, "id": key, "position": places[key]}
            for key in change.order
            if key not in change.added
        ]
        _update(connection, table, "id", stay)
    if item.inserts:
        rows = [{**row, "position": places[row["id"]]} for row in item.inserts]
        connection.execute(sa.insert(table), rows)


def _write_map(connection: sa.Connection, table: sa.Table, key: str, plan: Plan) -> None:
    change, rows = (plan.origins, plan.origin_rows) if table is origin else (plan.extras, plan.extra_rows)
    _remove(connection, table, key, plan.after.programme.id, change.removed)
    _update(connection, table, key, [rows[name] for name in change.changed])
    if change.added:
        connection.execute(sa.insert(table), [rows[name] for name in change.added])


def _remove(
    connection: sa.Connection, table: sa.Table, key: str, programme_id: str, names: Iterable[str]
) -> None:
    for chunk in _chunks(names):
        connection.execute(
            sa.delete(table).where(table.c.programme_id == programme_id, table.c[key].in_(chunk))
        )


def _update(connection: sa.Connection, table: sa.Table, key: str, rows: Sequence[dict[str, Any]]) -> None:
    """Update whole rows found by `programme_id` and `key`."""
    if not rows:
        return
    values: dict[str, Any] = {
        name: sa.bindparam(f"new_{name}") for name in rows[0] if name not in ("programme_id", key)
    }
    statement = (
        sa.update(table)
        .where(
            table.c.programme_id == sa.bindparam("new_programme_id"),
            table.c[key] == sa.bindparam(f"new_{key}"),
        )
        .values(values)
    )
    connection.execute(statement, [{f"new_{name}": cell for name, cell in row.items()} for row in rows])


def write_entries(connection: sa.Connection, programme_id: str, entries: Sequence[Entry], work: Work) -> None:
    """Append audit events, numbered on from the last one of the programme."""
    if not entries:
        return
    query = sa.select(sa.func.max(audit_event.c.number)).where(audit_event.c.programme_id == programme_id)
    last = connection.execute(query).scalar() or 0
    at = work.at.isoformat()
    try:
        for item in (work.action, work.who, work.reason):
            check_text(item)
    except UnstorableError as error:
        raise StoreRefused(f"store.value.{error.args[1]}", {"record": "audit", "field": "who"}) from None
    rows = [
        {
            "programme_id": programme_id,
            "number": number,
            "at": at,
            "who": work.who,
            "action": work.action,
            "record_kind": entry.record_kind,
            "record_id": entry.record_id,
            "field": entry.field,
            "old": entry.old,
            "new": entry.new,
            "reason": work.reason,
        }
        for number, entry in enumerate(entries, last + 1)
    ]
    connection.execute(sa.insert(audit_event), rows)


def _result(plan: Plan, revision: int) -> ApplyResult:
    added = {item.change.kind.name: len(item.change.added) for item in plan.kinds if item.change.added}
    changed = {item.change.kind.name: len(item.change.changed) for item in plan.kinds if item.change.changed}
    removed = {item.change.kind.name: len(item.change.removed) for item in plan.kinds if item.change.removed}
    if plan.before is None:
        added = {"programme": 1, **added}
    elif plan.before.programme != plan.after.programme:
        changed = {"programme": 1, **changed}
    return ApplyResult(revision, added, changed, removed, len(plan.entries))


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield chunk

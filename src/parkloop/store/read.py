"""Rows to nouns."""

import json
from typing import Any

import sqlalchemy as sa

from parkloop.model import AuditEvent, Ledger, Programme
from parkloop.store.codec import RecordCodec
from parkloop.store.errors import StoreUnknown
from parkloop.store.tables import (
    KINDS,
    Kind,
    audit_codec,
    audit_event,
    column_name,
    extra,
    origin,
    origin_codec,
    programme,
    programme_codec,
)


def columns_of(table: sa.Table, codec: RecordCodec) -> list[sa.ColumnElement[Any]]:
    """The columns of `table` in the order `codec` decodes; NULL of a reference reads as the empty text."""
    return [_readable(table.c[column_name(item.name)], nullable=item.nullable) for item in codec.columns]


def _readable(column: sa.Column[Any], *, nullable: bool) -> sa.ColumnElement[Any]:
    return sa.func.coalesce(column, "") if column.nullable and not nullable else column


def read_programmes(connection: sa.Connection) -> tuple[Programme, ...]:
    """All programmes by id."""
    query = sa.select(*columns_of(programme, programme_codec)).order_by(programme.c.id)
    return tuple(programme_codec.decode(row) for row in connection.execute(query))


def read_revision(connection: sa.Connection, programme_id: str) -> int | None:
    """The revision of a programme; None where there is none."""
    query = sa.select(programme.c.revision).where(programme.c.id == programme_id)
    return connection.execute(query).scalar()


def unknown(connection: sa.Connection, programme_id: str) -> StoreUnknown:
    """The error for a programme that is not there, with those that are."""
    known = ", ".join(connection.execute(sa.select(programme.c.id).order_by(programme.c.id)).scalars())
    return StoreUnknown("store.programme.unknown", {"id": programme_id, "known": known or "-"})


def read_ledger(connection: sa.Connection, programme_id: str) -> Ledger:
    """All records of a programme, in their order, with origins and unknown columns.

    Raises
    ------
    StoreUnknown
        When there is no such programme.
    """
    query = sa.select(*columns_of(programme, programme_codec)).where(programme.c.id == programme_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise unknown(connection, programme_id)
    collections: dict[str, Any] = {
        kind.collection: read_kind(connection, kind, programme_id) for kind in KINDS.values()
    }
    return Ledger(
        programme_codec.decode(row),
        **collections,
        origins=_origins(connection, programme_id),
        extras=_extras(connection, programme_id),
    )


def read_kind(connection: sa.Connection, kind: Kind, programme_id: str) -> tuple[Any, ...]:
    """All records of one kind, in the order of the ledger."""
    table, decode = kind.table, kind.codec.decode
    query = (
        sa.select(*columns_of(table, kind.codec))
        .where(table.c.programme_id == programme_id)
        .order_by(table.c.position)
    )
    return tuple([decode(row) for row in connection.execute(query).fetchall()])


def _origins(connection: sa.Connection, programme_id: str) -> dict[str, Any]:
    query = sa.select(*columns_of(origin, origin_codec), origin.c.figure_id)
    rows = connection.execute(query.where(origin.c.programme_id == programme_id)).fetchall()
    decode = origin_codec.decode
    return {row[-1]: decode(row) for row in rows}


def _extras(connection: sa.Connection, programme_id: str) -> dict[str, Any]:
    query = sa.select(extra.c.record, extra.c["columns"]).where(extra.c.programme_id == programme_id)
    return {record: json.loads(columns) for record, columns in connection.execute(query)}


def read_history(
    connection: sa.Connection, programme_id: str, record_kind: str | None, record_id: str | None
) -> tuple[AuditEvent, ...]:
    """The audit events of a programme from the oldest, of one kind or record where given."""
    query = sa.select(*columns_of(audit_event, audit_codec)).where(audit_event.c.programme_id == programme_id)
    if record_kind is not None:
        query = query.where(audit_event.c.record_kind == record_kind)
    if record_id is not None:
        query = query.where(audit_event.c.record_id == record_id)
    rows = connection.execute(query.order_by(audit_event.c.number))
    return tuple(audit_codec.decode(row) for row in rows)

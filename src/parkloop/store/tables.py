"""The tables: one for each kind of record of the ledger, and the store's own.

Every table of records has the key (`programme_id`, `id`) and `position`, the place in the ledger's tuple.
Columns follow from the records (`codec.py`); what is written here is keys, references and indexes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

import sqlalchemy as sa

from parkloop.model import (
    AuditEvent,
    CheckOff,
    ExchangeRate,
    Ledger,
    Origin,
    Price,
    Programme,
    SeriesPoint,
    Submission,
    record_fields,
)
from parkloop.store.codec import Column, RecordCodec, record_codec

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NATURAL_KEYS: Mapping[type, tuple[str, ...]] = {
    SeriesPoint: ("meter_id", "at"),
    Price: ("resource_id", "side", "band", "fate", "participant_id", "currency", "year"),
    ExchangeRate: ("currency", "base", "year"),
    CheckOff: ("row_id", "who", "when"),
}
"""The fields that name a record without an id; equal ones are told apart by their order."""

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "participant": {"park_id": "park"},
    "geometry": {"park_id": "park"},
    "stakeholder": {"park_id": "park"},
    "park_screening": {"park_id": "park"},
    "product": {"participant_id": "participant"},
    "flow": {"participant_id": "participant"},
    "bill": {"participant_id": "participant"},
    "equipment": {"participant_id": "participant"},
    "log_entry": {"participant_id": "participant"},
    "meter": {"participant_id": "participant"},
    "check_item": {"visit_id": "visit"},
    "observation": {"visit_id": "visit"},
}
"""Kind to field to the kind it must name; an empty text names nothing and is kept as NULL."""

_INDEXED = ("participant_id", "resource_id", "period")
_KEY_COLUMNS = ("programme_id", "position")
_TYPES: Mapping[str, Callable[[], sa.types.TypeEngine[Any]]] = {
    "text": sa.Text,
    "integer": sa.BigInteger,
    "number": sa.Double,
    "boolean": sa.Boolean,
    "date": sa.Date,
    # SQLite would take a column declared JSON for a numeric one and turn the text 1.0 into the number 1.
    "json": lambda: sa.JSON(none_as_null=True).with_variant(sa.Text(), "sqlite"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its name, the ledger's collection of it, and how it is kept.

    Attributes
    ----------
    columns
        Names of the table's columns in the order of `codec.columns`.
    references
        Column to the kind it must name.
    """

    name: str
    collection: str
    codec: RecordCodec
    table: sa.Table
    columns: tuple[str, ...]
    references: Mapping[str, str]


def kind_name(record: type) -> str:
    """The name of a kind of record, as in figure ids: `Flow` -> `flow`, `LogEntry` -> `log_entry`."""
    letters = ("_" + letter.lower() if letter.isupper() else letter for letter in record.__name__)
    return "".join(letters).lstrip("_")


def column_name(name: str) -> str:
    """The column of a field; a field named like a key column is set apart."""
    return f"record_{name}" if name in _KEY_COLUMNS else name


def _columns(columns: tuple[Column, ...], nullable: Mapping[str, str] | None = None) -> list[sa.Column[Any]]:
    loose = nullable or {}
    return [
        sa.Column(column_name(item.name), _TYPES[item.type](), nullable=item.nullable or item.name in loose)
        for item in columns
        if item.name != "id"
    ]


def _of_programme(*, deferred: bool = True) -> sa.Column[Any]:
    reference = sa.ForeignKey("programme.id", deferrable=deferred, initially="DEFERRED" if deferred else None)
    return sa.Column("programme_id", sa.Text, reference, primary_key=True)


def _kind(collection: str) -> Kind:
    record = get_args(get_type_hints(Ledger)[collection])[0]
    name = kind_name(record)
    codec = record_codec(record)
    references = REFERENCES.get(name, {})
    table = sa.Table(
        name,
        metadata,
        _of_programme(),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        *_columns(codec.columns, references),
    )
    for column, target in references.items():
        table.append_constraint(
            sa.ForeignKeyConstraint(
                ["programme_id", column],
                [f"{target}.programme_id", f"{target}.id"],
                deferrable=True,
                initially="DEFERRED",
            )
        )
    for column in _INDEXED:
        if column in table.c:
            sa.Index(None, table.c.programme_id, table.c[column])
    names = tuple(column_name(item.name) for item in codec.columns)
    return Kind(name, collection, codec, table, names, references)


programme_codec = record_codec(Programme)
programme = sa.Table(
    "programme",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_columns(programme_codec.columns),
    sa.Column("revision", sa.BigInteger, nullable=False),
)
programme_columns = tuple(item.name for item in programme_codec.columns)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in map(_kind, record_fields())}
"""Kind name to kind, in the order of the ledger's collections."""

origin_codec = record_codec(Origin)
origin = sa.Table(
    "origin",
    metadata,
    _of_programme(),
    sa.Column("figure_id", sa.Text, primary_key=True),
    *_columns(origin_codec.columns),
)
sa.Index(None, origin.c.programme_id, origin.c.file_hash)

extra = sa.Table(
    "extra",
    metadata,
    _of_programme(),
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("columns", _TYPES["json"](), nullable=False),
)

audit_codec = record_codec(AuditEvent)
audit_event = sa.Table(
    "audit_event",
    metadata,
    _of_programme(),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    *_columns(tuple(item for item in audit_codec.columns if item.name != "number")),
)
sa.Index(None, audit_event.c.programme_id, audit_event.c.record_kind, audit_event.c.record_id)

accepted_issue = sa.Table(
    "accepted_issue",
    metadata,
    _of_programme(),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

reporting_round = sa.Table(
    "reporting_round",
    metadata,
    _of_programme(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("year", sa.BigInteger, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("shares", _TYPES["json"](), nullable=False),
)

submission_codec = record_codec(Submission)
submission = sa.Table(
    "submission",
    metadata,
    _of_programme(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("step", sa.BigInteger, primary_key=True, autoincrement=False),
    *_columns(submission_codec.columns),
)

evidence_file = sa.Table(
    "evidence_file",
    metadata,
    sa.Column("file_hash", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

running_work = sa.Table(
    "running_work",
    metadata,
    sa.Column("programme_id", sa.Text, primary_key=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)
"""What is writing now, for those who have to wait; never part of a ledger."""

APPEND_ONLY = ("audit_event", "reporting_round", "submission")
"""Tables whose rows are never changed nor deleted; the database itself refuses."""

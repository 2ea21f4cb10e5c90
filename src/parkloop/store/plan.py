"""Everything a change will write, worked out and checked before the store is touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parkloop.model import Ledger
from parkloop.store.changes import (
    Entry,
    KindChange,
    MapChange,
    compare_extras,
    compare_kind,
    compare_origins,
    extra_entries,
    origin_entries,
    programme_entries,
    record_entries,
)
from parkloop.store.codec import RecordCodec
from parkloop.store.errors import StoreRefused
from parkloop.store.tables import KINDS, Kind, column_name, origin_codec, programme_codec, programme_columns
from parkloop.store.values import UnstorableError, json_of, to_text

Row = dict[str, Any]
_extra_json = json_of(Mapping[str, str])[0]
_origin_columns = tuple(column_name(item.name) for item in origin_codec.columns)


@dataclass(frozen=True, slots=True)
class KindPlan:
    """The rows of one kind: to insert, to update, and what is removed; without positions yet."""

    change: KindChange
    inserts: Sequence[Row]
    updates: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Plan:
    """A change from one ledger to another as rows and audit entries; it writes nothing itself."""

    before: Ledger | None
    after: Ledger
    programme_row: Row
    kinds: tuple[KindPlan, ...]
    origins: MapChange
    origin_rows: Mapping[str, Row]
    extras: MapChange
    extra_rows: Mapping[str, Row]
    entries: tuple[Entry, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to write."""
        same_programme = self.before is not None and self.before.programme == self.after.programme
        return bool(self.kinds) or self.origins.any or self.extras.any or not same_programme


def plan_change(before: Ledger | None, after: Ledger) -> Plan:
    """What has to be written to get from `before` (None: nothing yet) to `after`.

    Raises
    ------
    StoreRefused
        When a record cannot be kept: an id given twice, a reference to nothing, a value no database keeps,
        or the two ledgers are of different programmes.
    """
    programme_id = after.programme.id
    if before is not None and before.programme.id != programme_id:
        names = {"id": programme_id, "other": before.programme.id}
        raise StoreRefused("store.programme.other", names)
    changes = [found for kind in KINDS.values() if (found := compare_kind(kind, before, after))]
    _check_references(after)
    origins, extras = compare_origins(before, after), compare_extras(before, after)
    kinds = tuple(_plan_kind(change, programme_id) for change in changes)
    programme_row = encoded(programme_codec, programme_columns, after.programme, f"programme {programme_id}")
    entries = [*programme_entries(before, after)]
    for change in changes:
        entries.extend(record_entries(change))
    return Plan(
        before,
        after,
        programme_row,
        kinds,
        origins,
        {key: _origin_row(programme_id, key, value) for key, value in _news(origins).items()},
        extras,
        {key: _extra_row(programme_id, key, value) for key, value in _news(extras).items()},
        (*entries, *origin_entries(origins), *extra_entries(extras)),
    )


def _news(change: MapChange) -> dict[str, Any]:
    return {**change.added, **{key: new for key, (_, new) in change.changed.items()}}


def encoded(codec: RecordCodec, columns: tuple[str, ...], record: Any, name: str) -> Row:
    """Column name to value of one record; StoreRefused names the record and the field."""
    try:
        return dict(zip(columns, codec.encode(record), strict=True))
    except UnstorableError as error:
        raise _refused(error, name) from None


def _refused(error: UnstorableError, name: str) -> StoreRefused:
    field, reason = error.args
    return StoreRefused(f"store.value.{reason}", {"record": name, "field": field})


def _plan_kind(change: KindChange, programme_id: str) -> KindPlan:
    kind = change.kind
    new = {key: record for key, (_, record) in change.changed.items()}
    return KindPlan(
        change,
        [record_row(kind, programme_id, key, record) for key, record in change.added.items()],
        [record_row(kind, programme_id, key, record) for key, record in new.items()],
    )


def record_row(kind: Kind, programme_id: str, key: str, record: Any) -> Row:
    """One record as a row of its table, without its position."""
    row = encoded(kind.codec, kind.columns, record, f"{kind.name} {key}")
    for column in kind.references:
        row[column] = row[column] or None
    row["programme_id"] = programme_id
    row["id"] = key
    return row


def _origin_row(programme_id: str, figure_id: str, value: Any) -> Row:
    row = encoded(origin_codec, _origin_columns, value, f"origin {figure_id}")
    return {**row, "programme_id": programme_id, "figure_id": figure_id}


def _extra_row(programme_id: str, record: str, columns: Mapping[str, str]) -> Row:
    try:
        text = to_text(_extra_json(columns))
    except UnstorableError as error:
        raise _refused(error, record) from None
    return {"programme_id": programme_id, "record": record, "columns": text}


def _check_references(ledger: Ledger) -> None:
    ids: dict[str, set[str]] = {}
    for kind in KINDS.values():
        for field, target in kind.references.items():
            if target not in ids:
                ids[target] = {item.id for item in getattr(ledger, KINDS[target].collection)}
            for record in getattr(ledger, kind.collection):
                value = getattr(record, field)
                if value and value not in ids[target]:
                    missing = {"record": f"{kind.name} {record.id}", "field": field, "value": value}
                    raise StoreRefused("store.record.reference_missing", {**missing, "target": target})

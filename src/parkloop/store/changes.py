"""What differs between two ledgers, record by record, and the audit entries of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from parkloop.model import Ledger
from parkloop.store.errors import StoreRefused
from parkloop.store.tables import NATURAL_KEYS, Kind
from parkloop.store.values import field_text, record_text, to_text


@dataclass(frozen=True, slots=True)
class KindChange:
    """The difference of one kind of record, by record key.

    Attributes
    ----------
    order
        All keys after the change, in the order of the ledger.
    appended
        Whether the records that stay keep their order and the new ones come after them.
    """

    kind: Kind
    added: Mapping[str, Any]
    changed: Mapping[str, tuple[Any, Any]]
    removed: Mapping[str, Any]
    order: tuple[str, ...]
    appended: bool


@dataclass(frozen=True, slots=True)
class MapChange:
    """The difference of a mapping (origins, unknown columns) by its keys."""

    added: Mapping[str, Any]
    changed: Mapping[str, tuple[Any, Any]]
    removed: Mapping[str, Any]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Entry:
    """An audit event before it has a number, a time and a name."""

    record_kind: str
    record_id: str
    field: str = ""
    old: str = ""
    new: str = ""


def keyed(kind: Kind, records: Sequence[Any]) -> dict[str, Any]:
    """Record key to record, in order.

    Raises
    ------
    StoreRefused
        When two records with an id have the same one.
    """
    natural = NATURAL_KEYS.get(kind.codec.record)
    if natural is None:
        found = {record.id: record for record in records}
        if len(found) < len(records):
            ids = [record.id for record in records]
            twice = next(one for one in ids if ids.count(one) > 1)
            raise StoreRefused("store.record.twice", {"kind": kind.name, "id": twice})
        return found
    found = {}
    for record in records:
        key = _natural_key(record, natural)
        repeat = 1
        while (numbered := key if repeat == 1 else f"{key}#{repeat}") in found:
            repeat += 1
        found[numbered] = record
    return found


def _natural_key(record: Any, names: tuple[str, ...]) -> str:
    parts = (getattr(record, name) for name in names)
    return "/".join(part.isoformat() if isinstance(part, date) else str(part) for part in parts)


def _compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> MapChange:
    if before is after:
        return MapChange({}, {}, {})
    return MapChange(
        added={key: record for key, record in after.items() if key not in before},
        changed={
            key: (before[key], record)
            for key, record in after.items()
            if key in before and before[key] is not record and before[key] != record
        },
        removed={key: record for key, record in before.items() if key not in after},
    )


def compare_kind(kind: Kind, before: Ledger | None, after: Ledger) -> KindChange | None:
    """The difference of one kind of record; None where the two ledgers say the same in the same order."""
    new = getattr(after, kind.collection)
    old = () if before is None else getattr(before, kind.collection)
    if new is old or not (new or old):
        return None
    old_keyed, new_keyed = keyed(kind, old), keyed(kind, new)
    found = _compare(old_keyed, new_keyed)
    stay = [key for key in old_keyed if key in new_keyed]
    order = tuple(new_keyed)
    appended = list(order[: len(stay)]) == stay
    if not found.any and appended:
        return None
    return KindChange(kind, found.added, found.changed, found.removed, order, appended)


def compare_origins(before: Ledger | None, after: Ledger) -> MapChange:
    """The difference of where values came from."""
    return _compare({} if before is None else before.origins, after.origins)


def compare_extras(before: Ledger | None, after: Ledger) -> MapChange:
    """The difference of the unknown columns."""
    return _compare({} if before is None else before.extras, after.extras)


def programme_entries(before: Ledger | None, after: Ledger) -> Iterator[Entry]:
    """The audit entries of the programme itself."""
    new = after.programme
    if before is None:
        yield Entry("programme", new.id, new=record_text(new))
    elif before.programme != new:
        yield from _field_entries("programme", new.id, before.programme, new)


def record_entries(change: KindChange) -> Iterator[Entry]:
    """One entry for a record that came or went, one a field for a record that changed."""
    kind = change.kind.name
    for key, record in change.added.items():
        yield Entry(kind, key, new=record_text(record))
    for key, (old, new) in change.changed.items():
        yield from _field_entries(kind, key, old, new)
    for key, record in change.removed.items():
        yield Entry(kind, key, old=record_text(record))


def _field_entries(kind: str, key: str, old: Any, new: Any) -> Iterator[Entry]:
    for item in fields(new):
        if getattr(old, item.name) != getattr(new, item.name):
            yield Entry(kind, key, item.name, field_text(old, item.name), field_text(new, item.name))


def origin_entries(change: MapChange) -> Iterator[Entry]:
    """Entries for origins that were replaced or removed; new ones stand in the ledger itself."""
    for figure_id, (old, new) in change.changed.items():
        yield Entry("origin", figure_id, old=record_text(old), new=record_text(new))
    for figure_id, old in change.removed.items():
        yield Entry("origin", figure_id, old=record_text(old))


def extra_entries(change: MapChange) -> Iterator[Entry]:
    """Entries for unknown columns that came, changed or went."""
    for record, new in change.added.items():
        yield Entry("extra", record, new=to_text(dict(new)))
    for record, (old, new) in change.changed.items():
        yield Entry("extra", record, old=to_text(dict(old)), new=to_text(dict(new)))
    for record, old in change.removed.items():
        yield Entry("extra", record, old=to_text(dict(old)))

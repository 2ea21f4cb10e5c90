"""The ledger while a workbook is laid over it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from parkloop.intake.cell import Blank
from parkloop.intake.look import Look
from parkloop.intake.sheet import SheetSpec, blank_of
from parkloop.intake.sheets import PermitLimit, sheets
from parkloop.intake.words import without_marks
from parkloop.model import Ledger, Origin, record_fields

NaturalKey = tuple[Any, ...]
_ID_LENGTH = 80


def by_path(record: Any, path: str) -> Any:
    """The value at a dotted path of a record."""
    for name in path.split("."):
        record = getattr(record, name)
    return record


def holds(spec: SheetSpec, record: Any) -> bool:
    """Whether the sheet shows this record; measures and exchanges share a collection."""
    if spec.collection == "solutions":
        return (record.exchange is not None) == (spec.key == "exchanges")
    return True


def natural_key(spec: SheetSpec, record: Any) -> NaturalKey:
    """What tells a record from its like when nobody gave it an id."""
    columns = {column.key: column for column in spec.columns}
    parts: list[Any] = []
    for name in spec.natural:
        values = (by_path(record, columns[key].path) for key in name.split("|"))
        parts.append(next((value for value in values if value), ""))
    return tuple(parts)


def key_text(key: NaturalKey) -> str:
    """A natural key as the id of a record that has none."""
    return "|".join(_part(item) for item in key)


def _part(item: Any) -> str:
    if hasattr(item, "code"):
        return str(item.code)
    if hasattr(item, "isoformat"):
        return str(item.isoformat())
    if isinstance(item, tuple):
        return "+".join(str(part) for part in item)
    return str(getattr(item, "value", item))


def made_id(spec: SheetSpec, key: NaturalKey, taken: Iterable[str]) -> str:
    """A readable id from a natural key, with a number behind it when another record has it."""
    words = without_marks(" ".join(_part(item) for item in key if item))
    kept = "".join(mark if (mark.isalnum() and mark.isascii()) or mark == "_" else "-" for mark in words)
    slug = "-".join(part for part in kept.split("-") if part)[:_ID_LENGTH].strip("-")
    first = f"{spec.prefix}-{slug}" if slug else spec.prefix
    used, number, found = set(taken), 2, first
    while found in used:
        found, number = f"{first}-{number}", number + 1
    return found


class Draft:
    """Records by id per collection, changed in place and turned into a ledger at the end."""

    def __init__(self, ledger: Ledger) -> None:
        self._base = ledger
        self._records: dict[str, dict[str, Any]] = {}
        self._indexes: dict[str, dict[NaturalKey, list[str]]] = {}
        self.positions: dict[str, int] = {}
        self.origins: dict[str, Origin] = dict(ledger.origins)
        self.extras: dict[str, Mapping[str, str]] = dict(ledger.extras)

    def records(self, collection: str) -> dict[str, Any]:
        """The records of a collection by id."""
        if collection not in self._records:
            self._records[collection] = self._load(collection)
        return self._records[collection]

    def _load(self, collection: str) -> dict[str, Any]:
        if collection == "programme":
            return {self._base.programme.id: self._base.programme}
        if collection == "limits":
            rows = [PermitLimit.of(p.id, limit) for p in self._base.permits for limit in p.limits]
            return {key_text(natural_key(sheets()["limits"], row)): row for row in rows}
        rows = getattr(self._base, collection)
        spec = next(spec for spec in sheets().values() if spec.collection == collection)
        if spec.has_id:
            return {row.id: row for row in rows}
        return {key_text(natural_key(spec, row)): row for row in rows}

    def index(self, spec: SheetSpec) -> dict[NaturalKey, list[str]]:
        """Ids by natural key for the records of a sheet."""
        if spec.key not in self._indexes:
            index: dict[NaturalKey, list[str]] = {}
            for record_id, record in self.records(spec.collection).items():
                if holds(spec, record):
                    index.setdefault(natural_key(spec, record), []).append(record_id)
            self._indexes[spec.key] = index
        return self._indexes[spec.key]

    def put(self, spec: SheetSpec, record_id: str, record: Any) -> None:
        """Keep a record, new or in place of the one before."""
        self.records(spec.collection)[record_id] = record
        self._indexes.pop(spec.key, None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the programme is there."""
        return not any(getattr(self._base, name) for name in record_fields())

    def finish(self) -> Ledger:
        """The ledger as it became."""
        found: dict[str, Any] = {
            name: tuple(self._ordered(name)) for name in self._records if name not in ("programme", "limits")
        }
        if "programme" in self._records:
            found["programme"] = next(iter(self._records["programme"].values()))
        if "limits" in self._records:
            found["permits"] = self._permits(found.get("permits", self._base.permits))
        return replace(self._base, **found, origins=self.origins, extras=self.extras)

    def _ordered(self, name: str) -> list[Any]:
        records = self._records[name]
        if name != "solutions" or not self.positions:
            return list(records.values())
        old = {item.id for item in self._base.solutions}
        new = sorted((i for i in records if i not in old), key=lambda i: self.positions.get(i, len(records)))
        return [records[i] for i in (*(i for i in records if i in old), *new)]

    def _permits(self, permits: tuple[Any, ...]) -> tuple[Any, ...]:
        rows: dict[str, list[Any]] = {}
        for row in self._records["limits"].values():
            rows.setdefault(row.permit_id, []).append(row.limit)
        return tuple(replace(permit, limits=tuple(rows.get(permit.id, ()))) for permit in permits)


def introduce_all(look: Look, ledger: Ledger) -> None:
    """Let cells refer to everything a ledger holds."""
    look.programme_id = ledger.programme.id
    look.currency = ledger.programme.currency
    for park in ledger.parks:
        look.introduce("parks", park.id, park.name_en, park.name_vi)
    for participant in ledger.participants:
        look.introduce("participants", participant.id, participant.name)
    for visit in ledger.visits:
        look.introduce("visits", visit.id)


def default_part(spec: SheetSpec, name: str) -> Any:
    """The part of a natural key a blank column stands for; `Blank.ABSENT` when it must be filled."""
    column = next(column for column in spec.columns if column.key == name)
    if column.required:
        return Blank.ABSENT
    default = blank_of(spec.record, column.path)
    return "" if default is None or default is Blank.ABSENT else default

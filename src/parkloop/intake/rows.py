"""One row of a sheet to the values of one record."""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from parkloop.intake.cell import Blank, read_cell, text_of
from parkloop.intake.column import Column
from parkloop.intake.draft import NaturalKey, by_path, default_part
from parkloop.intake.look import Look
from parkloop.intake.plain import from_plain, hints, read_json
from parkloop.intake.sheet import Cells, Codec, SheetSpec, blank_of
from parkloop.intake.sheets import sheets
from parkloop.intake.trouble import CellError, Note

EXACT = "exact"
_LONG = 80
_PAIRS = (("name_en", "name_vi"), ("title_en", "title_vi"))


@dataclass(slots=True)
class Row:
    """A row as it stands in a sheet: filled cells by column key, and where each of them is.

    `addresses` gives the cell of a key where the row does not lie on one line; `sides` the year, source
    class and note beside a field; `held` the exact values of cells nobody touched, `stale` of those that
    were; `trouble` is what was wrong with it before its cells were read.
    """

    number: int
    raw: dict[str, object]
    letters: Mapping[str, str]
    addresses: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    sides: dict[tuple[str, str], object] = field(default_factory=dict)
    held: dict[str, Any] = field(default_factory=dict)
    stale: dict[str, Any] = field(default_factory=dict)
    position: int | None = None
    parsed: dict[str, Any] = field(default_factory=dict)
    trouble: CellError | None = None

    def address(self, key: str) -> str:
        """The cell of a column in this row, such as `E14`."""
        if key in self.addresses:
            return self.addresses[key]
        letter = self.letters.get(key)
        return f"{letter}{self.number}" if letter else f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns of a sheet feed the fields of its record.

    `simple` and `nested` give column, field, enumeration or inner path, and the figure of the value (empty
    for what tells records apart).
    """

    simple: Mapping[str, tuple[Column, str, type[Enum] | None, str]]
    nested: Mapping[str, tuple[Column, str, str, str]]
    codec_of: Mapping[str, Codec]
    keys_of: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Column]


@dataclass(slots=True)
class Read:
    """What a row says: new field values, figures with the column they came from, and notes."""

    values: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


@cache
def plan(key: str) -> Plan:
    """The plan of sheet `key`."""
    spec = sheets()[key]
    codec_of = {name: codec for codec in spec.codecs for name in codec.keys}
    simple: dict[str, tuple[Column, str, type[Enum] | None, str]] = {}
    nested: dict[str, tuple[Column, str, str, str]] = {}
    keys_of: dict[str, list[str]] = {}
    silent = _silent(spec)
    for column in spec.columns:
        if column.key in codec_of or column.type == "derived":
            continue
        head, _, rest = column.path.partition(".")
        figure = "" if column.key in silent else column.figure
        keys_of.setdefault(head, []).append(column.key)
        if rest:
            nested[column.key] = (column, head, rest, figure)
        else:
            simple[column.key] = (column, head, _enum(hints(spec.record).get(head)), figure)
    for codec in spec.codecs:
        for name in codec.fields:
            keys_of.setdefault(name, []).extend(codec.keys)
    columns = {column.key: column for column in spec.columns}
    return Plan(simple, nested, codec_of, {name: tuple(keys) for name, keys in keys_of.items()}, columns)


def _silent(spec: SheetSpec) -> frozenset[str]:
    """Columns that tell records apart rather than say something about them."""
    if spec.key in ("parks", "participants", "programme"):
        return frozenset({"id", "park"})
    return frozenset({"id", *(part for name in spec.natural for part in name.split("|"))})


@cache
def needed(record: type) -> tuple[str, ...]:
    """The fields of a record class that have no default."""
    return tuple(f.name for f in fields(record) if blank_of(record, f.name) is Blank.ABSENT)


def _enum(hint: Any) -> type[Enum] | None:
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else None


def shown(raw: object) -> str:
    """A cell as it is compared with what was written into it."""
    if raw is None:
        return ""
    text = text_of(raw).removesuffix(" 00:00:00")
    return text if len(text) <= _LONG else "#" + sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def bound(spec: SheetSpec, cells: Mapping[str, object]) -> list[str]:
    """The cells that tell which record the hidden cell of a row belongs to."""
    keys = ("id",) if spec.has_id else tuple(key for name in spec.natural for key in name.split("|"))
    return [shown(cells.get(key)) for key in keys]


@lru_cache(maxsize=4096)
def bound_to(text: str) -> list[str]:
    """What `bound` said of the row a hidden cell was written for; empty when it does not say."""
    try:
        return list(read_json(text)["@"][0])
    except (ValueError, TypeError, KeyError, IndexError):
        return []


def take_exact(spec: SheetSpec, row: Row) -> bool:
    """Sort the exact values of a row into those whose cells are untouched and those that were edited.

    False when they are those of another record, as after a sort without the hidden column: none is taken.

    Raises
    ------
    CellError
        When the hidden cell no longer holds what was written into it.
    """
    text = row.raw.pop(EXACT, None)
    if text is None:
        return True
    known, layout = hints(spec.record), plan(spec.key)
    try:
        entries = read_json(str(text))
        for name, (was, value) in entries.items():
            if name == "@" and was != bound(spec, row.raw):
                return False
            if name == "+":
                for label, (seen, whole) in value.items():
                    if shown(row.extras.get(label)) == seen:
                        row.extras[label] = str(whole)
            elif name == "#":
                row.position = int(value)
            elif name in known:
                now = [shown(row.raw.get(key)) for key in layout.keys_of.get(name, ())]
                (row.held if now == was else row.stale)[name] = from_plain(known[name], value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CellError("intake.row.exact_damaged", EXACT) from error
    return True


def natural_of(spec: SheetSpec, row: Row, look: Look) -> NaturalKey | None:
    """The natural key of a row; None when one of its columns is blank."""
    layout = plan(spec.key)
    parts: list[Any] = []
    for name in spec.natural:
        part = Blank.ABSENT
        for key in name.split("|"):
            part = _key_part(spec, layout.columns[key], row, look)
            if part is not Blank.ABSENT and part != "":
                break
        if part is Blank.ABSENT:
            return None
        parts.append(part)
    return tuple(parts)


def _key_part(spec: SheetSpec, column: Column, row: Row, look: Look) -> Any:
    if column.head in row.held:
        return _inside(row, column)
    raw = row.raw.get(column.key)
    if raw is not None:
        notes: list[Note] = []
        value = read_cell(column, raw, look, notes)
        if value is Blank.CLEAR:
            return default_part(spec, column.key)
        if not notes:
            row.parsed[column.key] = value
        return value
    if column.type == "park" and len(look.park_ids) == 1:
        return look.park_ids[0]
    return default_part(spec, column.key)


def _inside(row: Row, column: Column) -> Any:
    value = row.held[column.head]
    rest = column.path.partition(".")[2]
    return by_path(value, rest) if rest else value


def require(spec: SheetSpec, row: Row) -> None:
    """Refuse a new row whose required columns are not all filled; one name may stand for both languages."""
    twins = {name: pair for pair in _PAIRS for name in pair}
    for column in spec.columns:
        names = twins.get(column.key, (column.key,))
        if not column.required or column.key == "id" or column.head in row.held:
            continue
        if not any(name in row.raw for name in names):
            raise CellError("intake.row.required_missing", column.key, column=column.key)


def read_row(spec: SheetSpec, row: Row, existing: Any, look: Look) -> Read:
    """The values a row gives its record, laid over what the record was.

    Raises
    ------
    CellError
        At the first cell that cannot be taken.
    """
    layout, result = plan(spec.key), Read()
    values, figures, notes, held = result.values, result.figures, result.notes, row.held
    values.update(held)
    codecs: dict[int, Codec] = {}
    nested: dict[str, dict[str, Any]] = {}
    for key, raw in row.raw.items():
        if key in layout.simple:
            column, name, enum, figure = layout.simple[key]
            if name not in held:
                value = row.parsed[key] if key in row.parsed else _cell(spec, column, raw, look, notes)
                if column.type == "json":
                    value = _of_type(spec, column, value)
                values[name] = enum(value) if enum is not None and type(value) is str else value
        elif key in layout.codec_of:
            codec = layout.codec_of[key]
            codecs[id(codec)] = codec
            continue
        elif key in layout.nested:
            column, name, rest, figure = layout.nested[key]
            if name not in held:
                nested.setdefault(name, {})[rest] = read_cell(column, raw, look, notes)
        else:
            continue
        if figure:
            figures[figure] = key
    for head, parts in nested.items():
        base = row.stale[head] if head in row.stale else None if existing is None else getattr(existing, head)
        if existing is None and head not in row.stale:
            default = blank_of(spec.record, head)
            base = None if default is Blank.ABSENT else default
        values[head] = lay(hints(spec.record)[head], base, parts)
    _run_codecs(codecs, row, existing, look, result, layout)
    return result


def _run_codecs(
    codecs: Mapping[int, Codec], row: Row, existing: Any, look: Look, result: Read, layout: Plan
) -> None:
    if not codecs:
        return
    cells = Cells(layout.columns, row.raw, look, result.notes)
    cells.existing, cells.base_values, cells.values = existing, {**row.stale, **row.held}, result.values
    cells.figures, cells.sides = result.figures, row.sides
    for codec in codecs.values():
        if all(name in row.held for name in codec.fields):
            for key in codec.keys:
                if key in row.raw:
                    result.figures.setdefault(key, key)
            continue
        found = codec.read(cells)
        result.values.update({name: value for name, value in found.items() if name not in row.held})


def _cell(spec: SheetSpec, column: Column, raw: object, look: Look, notes: list[Note]) -> Any:
    value = read_cell(column, raw, look, notes)
    if value is not Blank.CLEAR:
        return value
    default = blank_of(spec.record, column.head)
    if column.required or default is Blank.ABSENT:
        raise CellError("intake.cell.cannot_clear", column.key)
    return default


def _of_type(spec: SheetSpec, column: Column, value: Any) -> Any:
    try:
        return from_plain(hints(spec.record)[column.path], value)
    except (ValueError, TypeError, AttributeError):
        raise CellError("intake.cell.not_json", column.key, typed=str(value)[:60]) from None


def lay(hint: Any, base: Any, parts: Mapping[str, Any]) -> Any:
    """`base` with the values of `parts` (dotted paths) laid over it; built anew where there was none.

    `Blank.CLEAR` puts the default back, or takes an entry out of a mapping.
    """
    record = _record_class(hint)
    if record is None:
        kept = dict(base or {})
        for name, value in parts.items():
            if value is Blank.CLEAR:
                kept.pop(name, None)
            else:
                kept[name] = value
        return kept
    known = hints(record)
    grouped: dict[str, dict[str, Any]] = {}
    direct: dict[str, Any] = {}
    for path, value in parts.items():
        head, _, rest = path.partition(".")
        if rest:
            grouped.setdefault(head, {})[rest] = value
        else:
            direct[head] = blank_of(record, head) if value is Blank.CLEAR else value
    for head, inner in grouped.items():
        old = blank_of(record, head) if base is None else getattr(base, head)
        direct[head] = lay(known[head], None if old is Blank.ABSENT else old, inner)
    missing = [name for name, value in direct.items() if value is Blank.ABSENT]
    if base is None:
        missing += [name for name in needed(record) if name not in direct]
    if missing:
        raise CellError("intake.row.required_missing", "", column=", ".join(missing))
    return replace(base, **direct) if base is not None else record(**direct)


def _record_class(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(item for item in typing.get_args(hint) if item is not type(None))
    return hint if is_dataclass(hint) else None


def build(spec: SheetSpec, values: Mapping[str, Any], look: Look) -> tuple[Any, tuple[str, ...]]:
    """A new record from the values of its row; also the fields that were copied from their twin.

    Raises
    ------
    CellError
        Naming the first column that must be filled.
    """
    given = {**spec.defaults, **values}
    known = hints(spec.record)
    if "programme_id" in known:
        given.setdefault("programme_id", look.programme_id)
    if "park_id" in known and "park_id" not in given and len(look.park_ids) == 1:
        given["park_id"] = look.park_ids[0]
    copied: list[str] = []
    for pair in _PAIRS:
        for name, twin in (pair, pair[::-1]):
            if name in known and name not in given and given.get(twin):
                given[name] = given[twin]
                copied.append(name)
    for name in needed(spec.record):
        if name not in given:
            key = next(iter(plan(spec.key).keys_of.get(name, (name,))))
            raise CellError("intake.row.required_missing", key, column=key)
    return spec.record(**given), tuple(copied)

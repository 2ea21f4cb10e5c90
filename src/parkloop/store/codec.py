"""Frozen records to table rows and back, driven by the types of their fields.

A scalar field is a column. A nested record made of scalars alone is spread over columns (`amount` ->
`amount_value`, `amount_unit`, ...); every other nested record, tuple or mapping is one JSON column.
"""

import json
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, get_args, get_origin

from parkloop.model import Period
from parkloop.store.values import (
    CACHED_TEXTS,
    SIMPLE,
    UNIONS,
    Turn,
    UnstorableError,
    hints,
    json_of,
    json_scalar,
    same,
    to_text,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record's table; `type` is `text integer number boolean date json`."""

    name: str
    type: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class RecordCodec:
    """How one record class is kept.

    Attributes
    ----------
    columns
        In the order of the values `encode` gives and `decode` takes.
    encode
        Record to column values; UnstorableError names the field it fails at.
    decode
        A row that starts with the column values to the record.
    """

    record: type
    columns: tuple[Column, ...]
    encode: Callable[[Any], tuple[Any, ...]]
    decode: Callable[[Sequence[Any]], Any]


@dataclass(frozen=True, slots=True)
class _Leaf:
    column: Column
    get: Turn
    to_cell: Turn
    from_cell: Turn | None


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type without None, and whether None is allowed."""
    if get_origin(hint) in UNIONS:
        parts = [part for part in get_args(hint) if part is not types.NoneType]
        if len(parts) == 1:
            return parts[0], True
    return hint, False


def _scalar(hint: Any) -> tuple[str, Turn, Turn] | None:
    """Column type and turns of a type that fits one cell, else None."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if hint is date:
        return "date", same, same
    if hint is datetime or hint is Period:
        return ("text", *json_scalar(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "integer" if issubclass(hint, int) else "text", attrgetter("value"), hint
    return None


def _spreads(hint: Any) -> bool:
    """Whether a nested record is made of scalars alone, so that it can be spread over columns."""
    if not (isinstance(hint, type) and is_dataclass(hint)) or hint is Period:
        return False
    inner = (_bare(item)[0] for item in hints(hint).values())
    return all(_scalar(item) is not None or _spreads(item) for item in inner)


def _leaf(name: str, path: str, hint: Any) -> _Leaf:
    bare, optional = _bare(hint)
    get = attrgetter(path)
    scalar = _scalar(bare)
    if scalar is not None:
        kind, to_cell, from_cell = scalar
        return _Leaf(
            Column(name, kind, optional),
            get,
            _or_none(to_cell) if optional else to_cell,
            None if from_cell is same else _or_none(from_cell) if optional else from_cell,
        )
    to_json, from_json = json_of(bare)
    nullable = optional or _admits_none(hint)

    def to_cell_text(value: Any) -> str | None:
        return None if nullable and value is None else to_text(to_json(value))

    def from_cell_text(text: str | None) -> Any:
        return None if text is None else from_json(json.loads(text))

    # Thousands of flows say the same of their quality: equal texts give one shared frozen record.
    shared = is_dataclass(bare) or get_origin(bare) is tuple
    from_cell = lru_cache(maxsize=CACHED_TEXTS)(from_cell_text) if shared else from_cell_text
    return _Leaf(Column(name, "json", nullable), get, to_cell_text, from_cell)


def _admits_none(hint: Any) -> bool:
    return hint is object or (get_origin(hint) in UNIONS and types.NoneType in get_args(hint))


def _or_none(turn: Turn) -> Turn:
    return lambda value: None if value is None else turn(value)


def _parts(record: type, prefix: str, path: str, leaves: list[_Leaf]) -> list[Turn]:
    """For each field the function from row to field value; columns are appended to `leaves`."""
    parts: list[Turn] = []
    for name, hint in hints(record).items():
        if _spreads(hint):
            inner = _parts(hint, f"{prefix}{name}_", f"{path}{name}.", leaves)
            parts.append(_maker(hint, inner))
            continue
        pick = itemgetter(len(leaves))
        leaf = _leaf(f"{prefix}{name}", f"{path}{name}", hint)
        leaves.append(leaf)
        parts.append(pick if leaf.from_cell is None else _chain(pick, leaf.from_cell))
    return parts


def _chain(pick: Turn, turn: Turn) -> Turn:
    return lambda row: turn(pick(row))


def _maker(record: type, parts: list[Turn]) -> Turn:
    return lambda row: record(*[part(row) for part in parts])


def record_codec(record: type) -> RecordCodec:
    """The codec of a frozen record class.

    Raises
    ------
    TypeError
        When a field has a type the store does not know, or two fields would share a column.
    """
    leaves: list[_Leaf] = []
    parts = _parts(record, "", "", leaves)
    names = [leaf.column.name for leaf in leaves]
    if len(set(names)) < len(names):
        raise TypeError(f"two fields of {record.__name__} share a column: {sorted(names)}")
    steps = [(leaf.column.name, leaf.get, leaf.to_cell) for leaf in leaves]

    def encode(value: Any) -> tuple[Any, ...]:
        try:
            return tuple([to_cell(get(value)) for _, get, to_cell in steps])
        except (UnstorableError, AttributeError, TypeError):
            raise _blamed(steps, value) from None

    return RecordCodec(record, tuple(leaf.column for leaf in leaves), encode, _maker(record, parts))


def _blamed(steps: Sequence[tuple[str, Turn, Turn]], value: Any) -> UnstorableError:
    """The error with the name of the field that cannot be kept."""
    for name, get, to_cell in steps:
        try:
            to_cell(get(value))
        except UnstorableError as error:
            return UnstorableError(name, error.args[1])
        except (AttributeError, TypeError):
            return UnstorableError(name, "wrong_type")
    return UnstorableError("", "wrong_type")

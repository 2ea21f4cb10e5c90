"""Field values to JSON values and back, driven by their types.

Takes any type a record of the ledger may use: texts, numbers, truth values, dates, periods, enumerations,
nested records, tuples, mappings, and free nestings (`object`).
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from math import isfinite
from operator import attrgetter, index
from typing import Any, Union, get_args, get_origin, get_type_hints

from parkloop.model import Period

Turn = Callable[[Any], Any]
CACHED_TEXTS = 4096
UNIONS = (Union, types.UnionType)
_PLAIN = (str, int, float, bool)
_LARGEST = 2**63


class UnstorableError(ValueError):
    """A value no database keeps faithfully; `args` are the field and the reason."""


def check_text(value: str) -> str:
    """The text, or UnstorableError for letters a database cannot keep."""
    if "\x00" in value:
        raise UnstorableError("", "zero_character")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise UnstorableError("", "half_character") from None
    return value


def _number(value: float) -> float:
    if not isfinite(value):
        raise UnstorableError("", "not_finite")
    return value


def _integer(value: int) -> int:
    value = index(value)
    if not -_LARGEST <= value < _LARGEST:
        raise UnstorableError("", "too_large")
    return value


def same(value: Any) -> Any:
    """The value as it is."""
    return value


def _plain(value: Any) -> Any:
    """A value of a union of texts, numbers and truth values, checked for what JSON cannot hold."""
    if isinstance(value, str):
        return check_text(value)
    if isinstance(value, float):
        return _number(value)
    return value


def _free(value: Any) -> Any:
    """Any nesting of lists, tuples, mappings and plain values; tuples and mappings are marked."""
    if isinstance(value, tuple):
        return {"tuple": [_free(item) for item in value]}
    if isinstance(value, list):
        return [_free(item) for item in value]
    if isinstance(value, Mapping):
        return {"map": [[_free(key), _free(item)] for key, item in value.items()]}
    if value is None or isinstance(value, _PLAIN):
        return _plain(value)
    raise UnstorableError("", "unknown_type")


def _freed(value: Any) -> Any:
    if isinstance(value, list):
        return [_freed(item) for item in value]
    if isinstance(value, dict):
        if "tuple" in value:
            return tuple(_freed(item) for item in value["tuple"])
        return {_freed(key): _freed(item) for key, item in value["map"]}
    return value


SIMPLE: dict[Any, tuple[str, Turn, Turn]] = {
    str: ("text", check_text, same),
    bool: ("boolean", same, same),
    int: ("integer", _integer, same),
    float: ("number", _number, same),
}


def json_of(hint: Any) -> tuple[Turn, Turn]:
    """The pair (value to JSON value, JSON value to value) for a type."""
    if hint in SIMPLE:
        return SIMPLE[hint][1:]
    if hint is object:
        return _free, _freed
    if get_origin(hint) in UNIONS:
        return _json_union([part for part in get_args(hint) if part is not types.NoneType])
    if get_origin(hint) is tuple:
        return _json_tuple(get_args(hint))
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        return _json_mapping(*get_args(hint))
    if isinstance(hint, type) and is_dataclass(hint) and hint is not Period:
        return _json_record(hint)
    return json_scalar(hint)


def json_scalar(hint: Any) -> tuple[Turn, Turn]:
    """The turns of an enumeration, a period, a date or a time; TypeError for any other type."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return attrgetter("value"), hint
    if hint is Period:
        return attrgetter("code"), _period
    if hint in (date, datetime):
        return hint.isoformat, hint.fromisoformat
    raise TypeError(f"a field of type {hint!r} cannot be stored; teach parkloop.store.values the type first")


def _json_union(parts: list[Any]) -> tuple[Turn, Turn]:
    if len(parts) > 1:
        if not all(part in _PLAIN for part in parts):
            raise TypeError(f"a union of {parts} cannot be told apart in JSON; use one record type")
        return _plain, same
    to_json, from_json = json_of(parts[0])
    return (
        lambda value: None if value is None else to_json(value),
        lambda value: None if value is None else from_json(value),
    )


def _json_tuple(parts: tuple[Any, ...]) -> tuple[Turn, Turn]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        to_json, from_json = json_of(parts[0])
        return (
            lambda value: [to_json(item) for item in value],
            lambda value: tuple(from_json(item) for item in value),
        )
    pairs = [json_of(part) for part in parts]
    return (
        lambda value: [pair[0](item) for pair, item in zip(pairs, value, strict=True)],
        lambda value: tuple(pair[1](item) for pair, item in zip(pairs, value, strict=True)),
    )


def _json_mapping(key: Any, item: Any) -> tuple[Turn, Turn]:
    to_item, from_item = json_of(item)
    if key is str:
        return (
            lambda value: {check_text(name): to_item(part) for name, part in value.items()},
            lambda value: {name: from_item(part) for name, part in value.items()},
        )
    to_key, from_key = json_of(key)
    return (
        lambda value: [[to_key(name), to_item(part)] for name, part in value.items()],
        lambda value: {from_key(name): from_item(part) for name, part in value},
    )


def _json_record(record: type) -> tuple[Turn, Turn]:
    pairs = {name: json_of(hint) for name, hint in hints(record).items()}
    steps = [(name, attrgetter(name), pair[0]) for name, pair in pairs.items()]

    def to_json(value: Any) -> dict[str, Any]:
        return {name: turn(get(value)) for name, get, turn in steps}

    def from_json(value: dict[str, Any]) -> Any:
        # A name that is missing was added to the record after this row was written: its default holds.
        return record(**{name: pairs[name][1](part) for name, part in value.items() if name in pairs})

    return to_json, from_json


def hints(record: type) -> dict[str, Any]:
    """Field name to resolved type, in the order of the fields."""
    found = get_type_hints(record)
    return {item.name: found[item.name] for item in fields(record)}


_period = lru_cache(maxsize=CACHED_TEXTS)(Period.parse)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def to_text(value: Any) -> str:
    """JSON text of a JSON value, short and with its letters readable."""
    return _encode(value)


@cache
def _record_json(record: Any) -> Mapping[str, Turn]:
    return {name: json_of(hint)[0] for name, hint in hints(record).items()}


def record_text(value: Any) -> str:
    """A whole record as JSON text, as the audit history keeps it."""
    kind: Any = type(value)
    turns = _record_json(kind)
    return to_text({name: turn(getattr(value, name)) for name, turn in turns.items()})


def field_text(value: Any, name: str) -> str:
    """One field of a record as JSON text, as the audit history keeps it."""
    kind: Any = type(value)
    return to_text(_record_json(kind)[name](getattr(value, name)))

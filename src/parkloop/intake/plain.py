"""Records as plain JSON values and back, for cells that columns cannot hold."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from math import isfinite
from typing import Any, NoReturn, Union

_DEEPEST = 50  # GeoJSON nests five deep


def to_plain(value: object) -> object:
    """A record, tuple, mapping, date or enum as what `json.dumps` writes."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def read_json(text: str) -> Any:
    """What JSON text says; ValueError when it is none, holds no finite number, or nests without end."""
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise ValueError("the JSON text nests too deep") from None
    level = [value]
    for _ in range(_DEEPEST):
        level = [part for item in level for part in _parts(item)]
        if not level:
            return value
    raise ValueError("the JSON text nests too deep")


def _parts(item: object) -> list[Any]:
    if isinstance(item, dict):
        return list(item.values())
    return item if isinstance(item, list) else []


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text} is too large")
    return value


def from_plain(kind: Any, value: Any) -> Any:
    """What `to_plain` was given, as the type `kind`; ValueError or TypeError when it does not fit."""
    origin = typing.get_origin(kind)
    if origin in (Union, types.UnionType):
        return _from_union(typing.get_args(kind), value)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"{value!r} is no list")
        return _from_tuple(typing.get_args(kind), value)
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise TypeError(f"{value!r} has no names")
        item = typing.get_args(kind)[1]
        return {key: from_plain(item, part) for key, part in value.items()}
    if isinstance(kind, type):
        return _from_class(kind, value)
    return value


_SCALARS = (str, bool, int, float)


@cache
def hints(record: type) -> Mapping[str, Any]:
    """The field types of a record class by field name."""
    return typing.get_type_hints(record)


def _from_union(members: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    rest = [member for member in members if member is not type(None)]
    if len(rest) == 1:
        return from_plain(rest[0], value)
    for member in rest:
        if type(value) is member:
            return value
    if float in rest and isinstance(value, int):
        return float(value)
    if all(member in _SCALARS for member in rest):
        raise TypeError(f"{value!r} is of no kind that fits")
    return value


def _from_tuple(members: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(from_plain(members[0], item) for item in value)
    return tuple(from_plain(member, item) for member, item in zip(members, value, strict=True))


def _from_class(kind: type, value: Any) -> Any:
    if issubclass(kind, Enum):
        return kind(value)
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            raise TypeError(f"{value!r} is no {kind.__name__}")
        known = hints(kind)
        return kind(**{name: from_plain(known[name], part) for name, part in value.items() if name in known})
    if issubclass(kind, datetime) or issubclass(kind, date):
        return kind.fromisoformat(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if kind in _SCALARS and not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value

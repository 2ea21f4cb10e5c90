"""How the YAML tables of this package are read: plain values, checked for what must be there."""

from collections.abc import Mapping
from importlib.resources import files

import yaml

__all__ = ["Row", "listed", "load", "number", "required", "rows", "table", "text_of"]

Row = Mapping[str, object]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str) -> object:
    """The plain values written in `text`; ValueError says where it is not YAML."""
    try:
        found: object = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as trouble:
        raise ValueError(f"the text is not YAML: {trouble}") from trouble
    return found


def text_of(name: str) -> str:
    """The text of the file `name` in `frameworks/`."""
    return (files("parkloop.reference") / "frameworks" / f"{name}.yaml").read_text("utf-8")


def rows(row: Row, key: str) -> tuple[Row, ...]:
    """The tables listed under `key`; none when the key is absent."""
    return tuple(item for item in listed(row, key) if isinstance(item, Mapping))


def listed(row: Row, key: str) -> list[object]:
    """The list under `key`; empty when the key is absent."""
    value = row.get(key, [])
    return value if isinstance(value, list) else []


def table(row: Row, key: str) -> Row:
    """The table under `key`; empty when the key is absent."""
    value = row.get(key, {})
    return value if isinstance(value, Mapping) else {}


def required(row: Row, key: str, name: str) -> str:
    """The text under `key`; ValueError names the row when it is missing."""
    value = str(row.get(key) or "").strip()
    if not value:
        raise ValueError(f"{name}: the field {key!r} is missing")
    return value


def number(value: object) -> float | None:
    """A number as written in a row; None where there is none."""
    return None if value is None else float(str(value))

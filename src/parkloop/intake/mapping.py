"""A saved column mapping: where in a user's own sheet the columns of the ledger stand."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from reprlib import repr as repr_short
from typing import Any

import yaml

from parkloop.intake.number import EN_STYLE, STYLES, VI_STYLE
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.sheets import sheets
from parkloop.intake.words import bare, closest
from parkloop.model import Issue, Severity, Where

AMOUNT, MONEY = "amount", "money"
_KINDS_LEFT_OUT = ("programme", "bill_months")
_STYLES = {"": "", "vi": VI_STYLE, "en": EN_STYLE} | {style: style for style in STYLES}
_TABLE_KEYS = (
    "sheet", "header", "rows", "records", "style", "language", "columns", "constants", "months", "fill_down",
    "skip", "where", "keep", "encoding", "delimiter",
)  # fmt: skip
_COLUMN_KEYS = ("header", "letter", "unit", "values")
_MONTH_KEYS = ("from", "count", "year", "values", "unit")
_MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the user's sheet: by `header` text or by `letter`, what field it fills, how it is read.

    With both, the letter counts where no header reads so.

    `unit` is put beside numbers without one; `values` turns the user's words into ours.
    """

    fills: str
    header: str = ""
    letter: str = ""
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows are taken only where the column holds one of `words` (or, with `negated`, none of them)."""

    column: MappedColumn
    words: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Months:
    """Months across: the first column (`header` or `letter`), how many months, and what repeats in each.

    `values` are the fields of the columns of one month in order (`amount`, or `amount, money`). Without
    `year` the headers have to name month and year.
    """

    first: MappedColumn
    count: int = 12
    year: int | None = None
    values: tuple[str, ...] = (AMOUNT,)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one sheet becomes records of one kind.

    Attributes
    ----------
    sheet
        Name, or number counted from 1; empty for the first.
    header
        Row of the headers counted from 1; 0 when there is none, None to look for it.
    first_row, last_row
        Rows of data counted from 1; 0 for the row below the header and for the end.
    records
        The sheet of the template whose records these are (`flows`, `bills`, ...).
    constants
        Field to the value of every row that leaves it blank.
    fill_down
        Fields whose blank cells repeat the one above (merged cells).
    skip
        Starts of words of rows that are no data (`Tổng`, `Cộng`).
    keep
        Whether columns nobody mapped are kept beside the records.
    """

    records: str
    columns: tuple[MappedColumn, ...]
    sheet: str = ""
    header: int | None = None
    first_row: int = 0
    last_row: int = 0
    style: str = ""
    constants: Mapping[str, str | float | int | bool] = field(default_factory=dict)
    months: Months | None = None
    fill_down: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    keep: bool = True
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A saved mapping: its name, one table a sheet, and what is wrong with it; wrong ones read nothing."""

    name: str
    tables: tuple[TableMapping, ...] = ()
    issues: tuple[Issue, ...] = ()


class _WrongError(Exception):
    """A statement of the mapping that means nothing; `arguments` say where and what."""

    def __init__(self, code: str, key: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.key = key
        self.arguments = arguments


def read_mapping(content: bytes, name: str) -> ColumnMapping:
    """The mapping saved in a YAML, TOML or JSON file, by the ending of its name (YAML when it has none).

    A file that cannot be understood gives a mapping whose `issues` are blocking; reading with it gives the
    ledger unchanged and those issues.
    """
    try:
        said = _parse(content, name)
        if not isinstance(said, Mapping):
            raise _WrongError("intake.mapped.mapping_empty", "")
        tables = said.get("tables", [said])
        if not isinstance(tables, Sequence) or isinstance(tables, str) or not tables:
            raise _WrongError("intake.mapped.mapping_value", "tables", typed=_shown(tables))
        return ColumnMapping(name, tuple(_table(_mapping(item, "tables")) for item in tables))
    except _WrongError as wrong:
        where = Where(name, field=wrong.key)
        arguments = {"file": name, "key": wrong.key, **wrong.arguments}
        return ColumnMapping(name, (), (Issue(wrong.code, Severity.BLOCKING, where, arguments),))


def _parse(content: bytes, name: str) -> Any:
    ending = name.rpartition(".")[2].casefold()
    try:
        text = content.decode("utf-8-sig")
        if ending == "toml":
            return tomllib.loads(text)
        return json.loads(text) if ending == "json" else yaml.safe_load(text)
    except (UnicodeDecodeError, ValueError, yaml.YAMLError, RecursionError) as error:
        detail = " ".join(str(error).split())[:160]
        raise _WrongError("intake.mapped.mapping_unreadable", "", detail=detail) from error


def _shown(value: object) -> str:
    """A short text of anything; bounded, because aliases in YAML can make small files enormous."""
    return value[:60] if isinstance(value, str) else repr_short(value)[:60]


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise _WrongError("intake.mapped.mapping_value", key, typed=_shown(value))
    return value


def _only(said: Mapping[str, Any], known: Sequence[str], key: str) -> None:
    for name in said:
        if name not in known:
            near = ", ".join(closest(name, known)) or ", ".join(known)
            place = f"{key}.{name}" if key else name
            raise _WrongError("intake.mapped.mapping_key", place, typed=name, candidates=near)


def _table(said: Mapping[str, Any]) -> TableMapping:
    _only(said, _TABLE_KEYS, "")
    spec = _spec(said.get("records"))
    style = str(said.get("style", said.get("language", "")))
    if style not in _STYLES:
        raise _WrongError("intake.mapped.mapping_value", "style", typed=style)
    header = _header(said.get("header"))
    first, last = _rows(said.get("rows", {}))
    columns = tuple(
        _column(name, value, field_key(spec, name, "columns"))
        for name, value in _mapping(said.get("columns", {}), "columns").items()
    )
    months = _months(said["months"], spec) if said.get("months") is not None else None
    units = [c.fills for c in columns if c.unit and unit_place(spec, c.fills) is None]
    if units:
        raise _WrongError("intake.mapped.no_unit", f"columns.{units[0]}", typed=units[0])
    if not columns and months is None:
        raise _WrongError("intake.mapped.mapping_empty", "columns")
    if header == 0 and (named := [c.header for c in columns if c.header and not c.letter]):
        raise _WrongError("intake.mapped.header_needed", "columns", typed=named[0])
    return TableMapping(
        records=spec.key,
        columns=columns,
        sheet=str(said.get("sheet", "")),
        header=header,
        first_row=first,
        last_row=last,
        style=_STYLES[style],
        constants=_constants(said.get("constants", {}), spec),
        months=months,
        fill_down=tuple(field_key(spec, name, "fill_down") for name in _words(said, "fill_down")),
        skip=_words(said, "skip"),
        where=_conditions(said.get("where")),
        keep=_flag(said.get("keep", True)),
        encoding=str(said.get("encoding", "")),
        delimiter=str(said.get("delimiter", "")),
    )


def _spec(records: Any) -> SheetSpec:
    known = [key for key in sheets() if key not in _KINDS_LEFT_OUT]
    if records not in known:
        near = ", ".join(closest(str(records), known)) if records else ""
        arguments = {"typed": _shown(records or ""), "candidates": near or ", ".join(known)}
        raise _WrongError("intake.mapped.mapping_key", "records", **arguments)
    return sheets()[records]


def field_key(spec: SheetSpec, name: str, key: str) -> str:
    """The column key of `spec` that a mapping calls `name`: key, record field or label in either language."""
    for column in spec.columns:
        if name in (column.key, column.path):
            return column.key
    for column in spec.columns:
        if bare(name) in (bare(column.key), bare(column.label_en), bare(column.label_vi)):
            return column.key
    keys = [column.key for column in spec.columns]
    near = ", ".join(closest(name, keys)) or ", ".join(keys[:12])
    raise _WrongError("intake.mapped.mapping_key", f"{key}.{name}", typed=name, candidates=near)


def unit_place(spec: SheetSpec, key: str) -> str | None:
    """Where the unit of a column goes: a column of units, the cell itself (`""`), None if it has none."""
    columns = {column.key: column for column in spec.columns}
    column = columns[key]
    if column.type == "amount":
        beside = f"unit_{key[-1]}" if key.startswith("saving_") else "unit"
        return beside if key != "price" and beside in columns else None
    if column.type not in ("number", "integer"):
        return None
    plain = "unit" in columns and columns["unit"].type == "text" and not column.unit
    return "unit" if plain and key not in {name for name, _ in spec.money} else ""


def _header(said: Any) -> int | None:
    if said is None or said == "auto":
        return None
    if said is False or said == "none":
        return 0
    if isinstance(said, bool) or not isinstance(said, int) or said < 0:
        raise _WrongError("intake.mapped.mapping_value", "header", typed=_shown(said))
    return said


def _rows(said: Any) -> tuple[int, int]:
    rows = _mapping(said or {}, "rows")
    _only(rows, ("first", "last"), "rows")
    return _whole(rows.get("first", 0), "rows.first"), _whole(rows.get("last", 0), "rows.last")


def _whole(said: Any, key: str, bounds: tuple[int, int] = (0, 10_000_000)) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or not bounds[0] <= said <= bounds[1]:
        raise _WrongError("intake.mapped.mapping_value", key, typed=_shown(said))
    return said


def _column(name: str, said: Any, field_name: str = "") -> MappedColumn:
    """A column as the mapping writes it: a header, one capital letter, or more about it in a table.

    Two capitals may be either: the header is looked for first.
    """
    key = f"columns.{name}"
    if isinstance(said, (str, int, float)) and not isinstance(said, bool):
        text = str(said)
        letter = text if text.isascii() and text.isalpha() and text.isupper() and len(text) <= 2 else ""
        return MappedColumn(field_name, header="" if len(letter) == 1 else text, letter=letter)
    more = _mapping(said, key)
    _only(more, _COLUMN_KEYS, key)
    header, letter = str(more.get("header", "")), str(more.get("letter", "")).upper()
    if bool(header) == bool(letter) or (letter and not (letter.isascii() and letter.isalpha())):
        raise _WrongError("intake.mapped.mapping_value", key, typed=_shown(said))
    values = {str(k): str(v) for k, v in _mapping(more.get("values", {}), f"{key}.values").items()}
    return MappedColumn(field_name, header, letter, str(more.get("unit", "")), values)


def _constants(said: Any, spec: SheetSpec) -> Mapping[str, str | float | int | bool]:
    found: dict[str, str | float | int | bool] = {}
    for name, value in _mapping(said or {}, "constants").items():
        key = field_key(spec, name, "constants")
        found[key] = value if isinstance(value, (str, int, float)) else str(value)
    return found


def _months(said: Any, spec: SheetSpec) -> Months:
    more = _mapping(said, "months")
    _only(more, _MONTH_KEYS, "months")
    if not any(column.key == "period" for column in spec.columns):
        raise _WrongError("intake.mapped.no_period", "months", records=spec.key)
    if "from" not in more:
        raise _WrongError("intake.mapped.mapping_value", "months.from", typed="")
    year = more.get("year")
    values = tuple(field_key(spec, v, "months.values") for v in _words(more, "values") or (AMOUNT,))
    count = _whole(more.get("count", 12), "months.count", (1, _MOST_MONTHS))
    return Months(
        _column("months.from", more["from"]),
        count,
        None if year is None else _whole(year, "months.year", (1900, 2200)),
        values,
        str(more.get("unit", "")),
    )


def _words(said: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = said.get(key) or ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence):
        raise _WrongError("intake.mapped.mapping_value", key, typed=_shown(value))
    return tuple(str(item) for item in value)


def _conditions(said: Any) -> tuple[Condition, ...]:
    if said is None:
        return ()
    found = []
    for item in [said] if isinstance(said, Mapping) else said if isinstance(said, Sequence) else [None]:
        more = _mapping(item, "where")
        _only(more, ("column", "is", "not"), "where")
        words, others = _words(more, "is"), _words(more, "not")
        if "column" not in more or bool(words) == bool(others):
            raise _WrongError("intake.mapped.mapping_value", "where", typed=_shown(item))
        found.append(Condition(_column("where", more["column"]), words or others, negated=bool(others)))
    return tuple(found)


def _flag(said: Any) -> bool:
    if not isinstance(said, bool):
        raise _WrongError("intake.mapped.mapping_value", "keep", typed=_shown(said))
    return said

"""Series files as one long frame of text or numbers: which column is the time, which are meters."""

import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from parkloop.intake.cell import typed_text
from parkloop.intake.container import Limits, open_workbook
from parkloop.intake.delimited import TextTroubleError, decode, delimiter_of
from parkloop.intake.grid import plain_label
from parkloop.intake.number import read_number
from parkloop.model import Issue, Severity, Where

LARGEST_SERIES = 500_000
LONG_COLUMNS = ("meter", "time", "value", "unit", "participant", "resource", "utc_offset")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "time": (
        "time", "timestamp", "datetime", "date", "date time", "at", "thoi gian", "thoi diem", "ngay gio",
        "ngay",
    ),
    "meter": ("meter", "meter id", "meter_id", "point", "dong ho", "dong ho do", "ma dong ho", "diem do"),
    "value": ("value", "gia tri"),
    "unit": ("unit", "don vi"),
    "participant": ("participant", "ben tham gia", "doanh nghiep"),
    "resource": ("resource", "tai nguyen"),
    "utc_offset": ("utc_offset", "utc offset", "offset", "timezone", "mui gio"),
}  # fmt: skip
_UNIT_BEHIND = re.compile(r"(.*?)\s*[\[(]\s*([^\])]+?)\s*[\])]\s*", re.DOTALL)
_HEAD_LINES = 30
_OLE = b"\xd0\xcf\x11\xe0"


class SeriesTroubleError(Exception):
    """A series file that is not read; `issue` says why."""

    def __init__(self, code: str, file: str, **arguments: str | float | int) -> None:
        super().__init__(code)
        self.issue = Issue(code, Severity.BLOCKING, Where(file), {"file": file, **arguments})


@dataclass(frozen=True, slots=True)
class LongFrame:
    """A series file as rows of `LONG_COLUMNS`, `exact` (cells that were numbers) and `row` (their place).

    `comma_between` tells that cells were separated by commas, so that a decimal comma is out of the question.
    """

    frame: pl.DataFrame
    comma_between: bool


def open_series(content: bytes, file: str) -> LongFrame:
    """The rows of a CSV, XLSX or Parquet file, long or wide, as one long frame.

    Raises
    ------
    SeriesTroubleError
        When it cannot be read, is too long, or has no time or meter column.
    """
    frame, first_row, comma = _read(content, file)
    names = _recognise(frame.columns)
    if "time" not in names:
        found = ", ".join(frame.columns[:12])
        raise SeriesTroubleError("intake.series.no_time", file, found=found)
    frame = frame.with_row_index("row#", first_row)
    long = _long(frame, names) if _is_long(names) else _wide(frame, names, file)
    zone = header_unit(names["time"])[1]
    if zone:
        long = long.with_columns(pl.col("utc_offset").fill_null(zone))
    long = long.filter(pl.any_horizontal(pl.col("value", "exact").is_not_null()))
    if long.height > LARGEST_SERIES:
        raise SeriesTroubleError("intake.series.too_many", file, count=long.height, limit=LARGEST_SERIES)
    return LongFrame(long, comma)


def _read(content: bytes, file: str) -> tuple[pl.DataFrame, int, bool]:
    """The columns as they stand, the number of the first data row, and whether commas separate cells."""
    if not content.strip():
        raise SeriesTroubleError("intake.file.empty", file)
    try:
        if content.startswith(b"PAR1"):
            rows = pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item()
            if rows > LARGEST_SERIES:
                raise SeriesTroubleError("intake.series.too_many", file, count=rows, limit=LARGEST_SERIES)
            return pl.read_parquet(io.BytesIO(content)), 1, False
        if content.startswith((b"PK", _OLE)):
            return *_workbook(content, file), False
        return _text(content)
    except TextTroubleError as trouble:
        raise SeriesTroubleError("intake.series.unreadable", file, detail=trouble.detail) from trouble
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise SeriesTroubleError("intake.series.unreadable", file, detail=type(error).__name__) from error


def _text(content: bytes) -> tuple[pl.DataFrame, int, bool]:
    text = decode(content)
    mark = delimiter_of(text)
    lines = text.splitlines()[:_HEAD_LINES]
    head = next((at for at, line in enumerate(lines) if "time" in _recognise(line.split(mark))), 0)
    frame = pl.read_csv(io.BytesIO(text.encode("utf-8")), separator=mark, infer_schema=False, skip_lines=head)
    return frame, head + 2, mark == ","


def _workbook(content: bytes, file: str) -> tuple[pl.DataFrame, int]:
    sheets, issue = open_workbook(content, file, Limits())
    if issue is not None:
        trouble = SeriesTroubleError(issue.code, file)
        trouble.issue = issue
        raise trouble
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_HEAD_LINES]):
            names = [typed_text(cell).strip() for cell in row]
            if "time" in _recognise(names):
                return _columns(names, sheet.rows[at + 1 :]), at + 2
    return pl.DataFrame({"?": []}), 1


def _columns(names: Sequence[str], rows: Sequence[Sequence[object]]) -> pl.DataFrame:
    """The columns of a sheet as text, those of values as numbers where cells hold numbers already."""
    known = _recognise(names)
    values = {known["value"]} if _is_long(known) else set(names) - set(known.values())
    found: dict[str, pl.Series] = {}
    for at, name in enumerate(names):
        if not name:
            continue
        label = name if name not in found else f"{name} #{at + 1}"
        cells = [row[at] if at < len(row) and row[at] != "" else None for row in rows]
        if name in values and any(_is_number(cell) for cell in cells):
            found[label] = pl.Series([_number(cell) for cell in cells], dtype=pl.Float64)
        else:
            texts = [None if cell is None else typed_text(cell) for cell in cells]
            found[label] = pl.Series(texts, dtype=pl.String)
    return pl.DataFrame(found)


def _is_number(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _number(cell: object) -> float | None:
    """A number cell as it is, a text beside it as people type; NaN marks one that is no number."""
    if cell is None:
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    typed = read_number(cell) if isinstance(cell, str) else None
    return typed.value if typed is not None and not typed.rest else math.nan


def _is_long(names: Mapping[str, str]) -> bool:
    return "meter" in names and "value" in names


def _recognise(columns: Sequence[str]) -> dict[str, str]:
    """Known columns by what they are; the first of each kind counts."""
    found: dict[str, str] = {}
    for column in columns:
        label = plain_label(header_unit(column.strip().strip('"'))[0])
        for name, words in _WORDS.items():
            if label in words and name not in found:
                found[name] = column
                break
    return found


def header_unit(header: str) -> tuple[str, str]:
    """Meter and unit of a header such as `Main meter [kWh]`; no unit when it has no brackets.

    Examples
    --------
    >>> header_unit("M-01 (kWh)")
    ('M-01', 'kWh')
    """
    found = _UNIT_BEHIND.fullmatch(header)
    return (found[1].strip(), found[2]) if found and found[1].strip() else (header.strip(), "")


def _text_column(name: str | None, alias: str) -> pl.Expr:
    if name is None:
        return pl.lit(None, pl.String).alias(alias)
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text == "").then(None).otherwise(text).alias(alias)


def _long(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    unit = header_unit(names["value"])[1]
    long = frame.select(
        pl.col("row#").alias("row"),
        _text_column(names["meter"], "meter"),
        pl.col(names["time"]).alias("time"),
        *_value(frame, names["value"]),
        *(_text_column(names.get(name), name) for name in LONG_COLUMNS[3:]),
    )
    return long.with_columns(pl.col("unit").fill_null(unit)) if unit else long


def _value(frame: pl.DataFrame, name: str) -> tuple[pl.Expr, pl.Expr]:
    """The cells of a column as text still to be read, and as numbers where they are numbers already."""
    if frame.schema[name].is_numeric():
        return pl.lit(None, pl.String).alias("value"), pl.col(name).cast(pl.Float64).alias("exact")
    return _text_column(name, "value"), pl.lit(None, pl.Float64).alias("exact")


def _wide(frame: pl.DataFrame, names: Mapping[str, str], file: str) -> pl.DataFrame:
    known = set(names.values())
    meters = [name for name in frame.columns if name not in known and name != "row#" and name.strip()]
    if not meters:
        raise SeriesTroubleError("intake.series.no_meter", file, found=", ".join(frame.columns[1:13]))
    if frame.height * len(meters) > 10 * LARGEST_SERIES:
        raise SeriesTroubleError(
            "intake.series.too_many", file, count=frame.height * len(meters), limit=LARGEST_SERIES
        )
    parts = []
    for name in meters:
        meter, unit = header_unit(name)
        parts.append(
            frame.select(
                pl.col("row#").alias("row"),
                pl.lit(meter).alias("meter"),
                pl.col(names["time"]).alias("time"),
                *_value(frame, name),
                pl.lit(unit or None, pl.String).alias("unit"),
                *(_text_column(names.get(column), column) for column in LONG_COLUMNS[4:]),
            )
        )
    return pl.concat(parts)

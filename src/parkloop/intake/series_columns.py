"""Series files as one long frame of text or numbers: which column is the time, which are meters."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from parkloop.intake.cell import typed_text
from parkloop.intake.container import Limits, open_workbook
from parkloop.intake.delimited import TextTroubleError, decode, delimiter_of
from parkloop.intake.grid import plain_label
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
    """A series file as rows of `LONG_COLUMNS` and `row` (its place in the file).

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
    is_long = "meter" in names and "value" in names
    long = _long(frame, names) if is_long else _wide(frame, names, file)
    zone = header_unit(names["time"])[1]
    if zone:
        long = long.with_columns(pl.col("utc_offset").fill_null(zone))
    long = long.filter(pl.col("value").is_not_null())
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
    found: dict[str, list[str | None]] = {}
    for at, name in enumerate(names):
        if name:
            label = name if name not in found else f"{name} #{at + 1}"
            found[label] = [typed_text(row[at]) if at < len(row) and row[at] != "" else None for row in rows]
    return pl.DataFrame(found, schema=dict.fromkeys(found, pl.String))


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
        _value(frame, names["value"]),
        *(_text_column(names.get(name), name) for name in LONG_COLUMNS[3:]),
    )
    return long.with_columns(pl.col("unit").fill_null(unit)) if unit else long


def _value(frame: pl.DataFrame, name: str) -> pl.Expr:
    if frame.schema[name].is_numeric():
        return pl.col(name).cast(pl.Float64).alias("value")
    return _text_column(name, "value")


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
    numeric = all(frame.schema[name].is_numeric() for name in meters)
    for name in meters:
        meter, unit = header_unit(name)
        value = pl.col(name).cast(pl.Float64).alias("value") if numeric else _text_column(name, "value")
        parts.append(
            frame.select(
                pl.col("row#").alias("row"),
                pl.lit(meter).alias("meter"),
                pl.col(names["time"]).alias("time"),
                value,
                pl.lit(unit or None, pl.String).alias("unit"),
                *(_text_column(names.get(column), column) for column in LONG_COLUMNS[4:]),
            )
        )
    return pl.concat(parts)

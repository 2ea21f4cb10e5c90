"""Tables of public registers as frames: Parquet or CSV, with the columns that are asked for."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from parkloop.intake.delimited import TextTroubleError, decode, delimiter_of
from parkloop.model import Issue, Severity, Where

ROW = "row"
FIRST_CSV_ROW = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a register: `frame` with the wanted columns and `row`, the place of each row in the file."""

    file: str
    file_hash: str
    frame: pl.DataFrame


class FrameTroubleError(Exception):
    """A table that cannot be used; `issue` says why."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


def open_frame(content: bytes, file: str) -> pl.DataFrame:
    """The rows of a Parquet or CSV file; cells of CSV are text.

    Raises
    ------
    FrameTroubleError
        When the file is empty, damaged, or in no known encoding.
    """
    where = Where(file)
    if not content.strip():
        raise FrameTroubleError(Issue("intake.file.empty", Severity.BLOCKING, where, {"file": file}))
    try:
        if content.startswith(b"PAR1"):
            return pl.read_parquet(io.BytesIO(content))
        text = decode(content)
        return pl.read_csv(io.BytesIO(text.encode("utf-8")), separator=delimiter_of(text), infer_schema=False)
    except TextTroubleError as trouble:
        arguments = {"file": file, "detail": trouble.detail}
        raise FrameTroubleError(
            Issue("intake.register.encoding", Severity.BLOCKING, where, arguments)
        ) from trouble
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        arguments = {"file": file, "detail": type(error).__name__}
        raise FrameTroubleError(
            Issue("intake.register.unreadable", Severity.BLOCKING, where, arguments)
        ) from error


def read_table(content: bytes, file: str, wanted: Mapping[str, pl.DataType], needed: Sequence[str]) -> Table:
    """The wanted columns of a table, cast to their types; absent ones that are not needed are null.

    Parameters
    ----------
    wanted
        Column name to type; names are compared without case.
    needed
        The columns without which the table means nothing.

    Raises
    ------
    FrameTroubleError
        When it cannot be read, or a needed column is missing.
    """
    frame = open_frame(content, file)
    present = {name.strip().casefold(): name for name in frame.columns}
    missing = [name for name in needed if name.casefold() not in present]
    if missing:
        arguments = {"file": file, "columns": ", ".join(missing), "found": ", ".join(frame.columns[:12])}
        raise FrameTroubleError(
            Issue("intake.register.columns_missing", Severity.BLOCKING, Where(file), arguments)
        )
    first = 1 if content.startswith(b"PAR1") else FIRST_CSV_ROW
    columns = [_column(frame, present.get(name.casefold()), name, kind) for name, kind in wanted.items()]
    digest = sha256(content).hexdigest()
    return Table(file, digest, frame.select(columns).with_row_index(ROW, first))


def _column(frame: pl.DataFrame, found: str | None, name: str, kind: pl.DataType) -> pl.Expr:
    if found is None:
        return pl.lit(None, kind).alias(name)
    column = pl.col(found)
    if kind == pl.String or frame.schema[found] == pl.String:
        text = column.cast(pl.String).str.strip_chars()
        column = pl.when(text == "").then(None).otherwise(text)
    if kind == pl.Int64:
        column = column.cast(pl.Float64, strict=False)
    return column.cast(kind, strict=False).alias(name)


def far_from_the_rest(frame: pl.DataFrame, group: str, limit_deg: float) -> pl.Series:
    """Whether each row lies more than `limit_deg` [deg] from the median place of its group.

    Columns read: `group`, `Latitude`, `Longitude`; rows without a place are not far.
    """
    away = pl.any_horizontal(
        (pl.col(name) - pl.col(name).median().over(group)).abs() > limit_deg
        for name in ("Latitude", "Longitude")
    )
    return frame.select(away.fill_null(value=False)).to_series()

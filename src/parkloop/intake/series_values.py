"""Times and numbers of a series, a whole column at a time."""

import re

import polars as pl

_ISO = (
    r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?$"
)
_DAY_FIRST = (
    r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]+(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?$"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_GROUPED = r"^[+-]?[1-9]\d{0,2}([.,]\d{3})+$"
_FULL_DAY = 24


def offset_minutes(text: str) -> int | None:
    """Minutes east of Greenwich of `+07:00`, `UTC+7` or `Z`; None for anything else.

    Examples
    --------
    >>> offset_minutes("UTC+7"), offset_minutes("-03:30"), offset_minutes("Hanoi")
    (420, -210, None)
    """
    clean = text.strip()
    if clean.upper() in ("Z", "UTC", "GMT"):
        return 0
    found = _OFFSET.fullmatch(clean)
    if found is None or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    return (-1 if found[1] == "-" else 1) * (int(found[2]) * 60 + int(found[3] or 0))


def to_utc(frame: pl.DataFrame, default_minutes: int) -> pl.DataFrame:
    """The frame with `at` (UTC without zone, null where unreadable) and `assumed` (no offset was said).

    Columns read: `time` (text, date or time), `utc_offset` (text). Texts are ISO (`2025-03-01 10:15`, with
    `Z` or `+07:00` where known) or day first (`01/03/2025 10:15`); 24:00 is the midnight after.
    """
    kind = frame.schema["time"]
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        at = pl.col("time").dt.convert_time_zone("UTC").dt.replace_time_zone(None).cast(pl.Datetime("us"))
        return frame.with_columns(at.alias("at"), pl.lit(value=False).alias("assumed"))
    if kind in (pl.Date, pl.Datetime):
        local = frame.with_columns(pl.col("time").cast(pl.Datetime("us")).alias("local"))
        return _shift(local.with_columns(pl.lit(None, pl.String).alias("zone")), default_minutes)
    text = pl.col("time").cast(pl.String).str.strip_chars()
    local = frame.with_columns(
        text.str.extract_groups(_ISO).struct.rename_fields([f"i{n}" for n in range(1, 9)]).alias("iso"),
        text.str.extract_groups(_DAY_FIRST).struct.rename_fields([f"d{n}" for n in range(1, 9)]).alias("day"),
    ).unnest("iso", "day")
    order = {"y": ("i1", "d3"), "m": ("i2", "d2"), "d": ("i3", "d1"), "h": ("i4", "d4")}
    order |= {"n": ("i5", "d5"), "s": ("i6", "d6"), "f": ("i7", "d7"), "zone": ("i8", "d8")}
    local = local.with_columns(pl.coalesce(pair).alias(name) for name, pair in order.items())
    hour = pl.col("h").cast(pl.Int64, strict=False).fill_null(0)
    midnight = (hour == _FULL_DAY) & (pl.col("n") == "00") & (pl.col("s").fill_null("00") == "00")
    stamp = pl.concat_str(
        "y", pl.lit("-"), pl.col("m").str.zfill(2), pl.lit("-"), pl.col("d").str.zfill(2), pl.lit(" "),
        pl.when(midnight).then(pl.lit("00")).otherwise(hour.cast(pl.String).str.zfill(2)), pl.lit(":"),
        pl.col("n").fill_null("00"), pl.lit(":"), pl.col("s").fill_null("00"), pl.lit("."),
        pl.col("f").fill_null("0").str.pad_end(6, "0"),
    )  # fmt: skip
    moment = stamp.str.strptime(pl.Datetime("us"), "%Y-%m-%d %H:%M:%S%.6f", strict=False)
    moment = moment + pl.duration(days=midnight.fill_null(value=False).cast(pl.Int64))
    return _shift(local.with_columns(moment.alias("local")), default_minutes)


def _shift(frame: pl.DataFrame, default_minutes: int) -> pl.DataFrame:
    said = pl.coalesce("zone", "utc_offset")
    words = frame.select(said.unique()).to_series().drop_nulls().to_list()
    table = {word: offset_minutes(word) for word in words}
    minutes = (
        said.replace_strict(table, default=None, return_dtype=pl.Int64) if table else pl.lit(None, pl.Int64)
    )
    wrong = said.is_not_null() & minutes.is_null()
    at = pl.col("local") - pl.duration(minutes=minutes.fill_null(default_minutes))
    return frame.with_columns(
        pl.when(wrong).then(None).otherwise(at).alias("at"), said.is_null().alias("assumed")
    )


def to_numbers(texts: pl.Series, *, comma_between: bool) -> tuple[pl.Series, str]:
    """The numbers of a column of texts (null where there is none), and the mark taken for the decimal.

    One habit holds for the whole column: a mark that stands alone but not before three digits is the
    decimal; where every number fits both readings the Vietnamese one is taken and `?` is put before the
    mark, so that the reader is told.

    Parameters
    ----------
    texts
        Numbers as typed, shape (n_rows,); spaces between digits are dropped.
    comma_between
        Cells were separated by commas: only the point can be a decimal.

    Examples
    --------
    >>> to_numbers(pl.Series(["1.234,5", "12"]), comma_between=False)[0].to_list()
    [1234.5, 12.0]
    """
    clean = texts.str.replace_all(r"[\s\u00a0\u202f']", "").str.replace_all("\u2212", "-")
    mark = "." if comma_between else _decimal(clean.drop_nulls())
    other = "," if mark.endswith(".") else "."
    plain = clean.str.replace_all(other, "", literal=True).str.replace_all(mark[-1], ".", literal=True)
    fits = clean.str.contains(rf"^[+-]?(\d+|\d{{1,3}}(\{other}\d{{3}})+)?(\{mark[-1]}\d+)?([eE][+-]?\d+)?$")
    numbers = plain.cast(pl.Float64, strict=False)
    kept = fits.fill_null(value=False) & numbers.is_finite().fill_null(value=False)
    return numbers.set(~kept, None), mark


def _decimal(texts: pl.Series) -> str:
    both = texts.filter(texts.str.contains(".", literal=True) & texts.str.contains(",", literal=True))
    if both.len():
        return "," if both[0].rfind(",") > both[0].rfind(".") else "."
    for mark in (",", "."):
        marked = texts.filter(texts.str.contains(mark, literal=True))
        if marked.len():
            if not marked.str.contains(_GROUPED).all():
                return mark
            several = marked.str.count_matches(mark, literal=True).max()
            if isinstance(several, int) and several > 1:
                return "." if mark == "," else ","
            return "?,"
    return "."

"""Read meter, production and weather series into the ledger."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import polars as pl

from parkloop import units
from parkloop.intake.amount import known_unit
from parkloop.intake.draft import introduce_all
from parkloop.intake.look import Look
from parkloop.intake.registers import Incoming, gathered, lay_over
from parkloop.intake.series_columns import LARGEST_SERIES, LongFrame, SeriesTroubleError, open_series
from parkloop.intake.series_values import offset_minutes, to_numbers, to_utc
from parkloop.intake.trouble import CellError
from parkloop.model import (
    Change,
    ChangeKind,
    Intake,
    Issue,
    Ledger,
    Meter,
    Origin,
    OriginKind,
    SeriesPoint,
    Severity,
    Where,
)

DEFAULT_OFFSET = "+07:00"  # Viet Nam, all year
_METERED = (
    "energy", "mass", "volume", "power", "count", "mass_flow", "volume_flow", "reactive_energy",
)  # fmt: skip
_CONVERTED = (*_METERED, "pressure", "concentration", "fraction")
Issues = list[Issue]


def read_series(content: bytes, name: str, into: Ledger, *, utc_offset: str = DEFAULT_OFFSET) -> Intake:
    """What `into` becomes with the values of a series file, and the meters it did not know.

    The file is CSV, XLSX or Parquet: long (`meter, time, value, unit`, also `participant, resource,
    utc_offset`) or wide (`time` and one column a meter, its unit in brackets: `Main meter [kWh]`). Values
    are kept in canonical units where their unit is known, else as written (`degC`). Up to 500,000 values
    fit into a ledger.

    Parameters
    ----------
    content, name
        The file.
    utc_offset
        Taken for times that say no offset; a column `utc_offset` and the time itself go before it.

    Returns
    -------
    Intake
        One change a meter (added, changed or unchanged values); the later of two values for one time is
        kept, with an issue when they differ.

    Raises
    ------
    ValueError
        When `utc_offset` is none.
    """
    minutes = offset_minutes(utc_offset)
    if minutes is None:
        raise ValueError(f"{utc_offset!r} is no offset from UTC; write +07:00")
    where = Where(name)
    issues: Issues = []
    try:
        source = open_series(content, name)
    except SeriesTroubleError as trouble:
        return Intake(into, (), (trouble.issue,))
    frame = to_utc(source.frame, minutes)
    frame = _values(source, frame, where, issues)
    frame = _usable(frame, where, issues, utc_offset)
    frame = _canonical(frame, into, where, issues)
    frame = _one_a_time(frame, where, issues)
    if frame.height + len(into.series) > LARGEST_SERIES:
        total = _total(frame, into)
        if total > LARGEST_SERIES:
            refusal = SeriesTroubleError("intake.series.too_many", name, count=total, limit=LARGEST_SERIES)
            return Intake(into, (), (refusal.issue,))
    ledger, changes = _with_meters(frame, into, where, issues)
    ledger, more = _with_points(frame, ledger, name, sha256(content).hexdigest())
    return Intake(ledger, (*changes, *more), tuple(issues))


def _values(source: LongFrame, frame: pl.DataFrame, where: Where, issues: Issues) -> pl.DataFrame:
    numbers, mark = to_numbers(frame["value"], comma_between=source.comma_between)
    if mark.startswith("?"):
        marked = frame["value"].drop_nulls()
        shown = next((text for text in marked if "." in text or "," in text), "")
        issues.append(Issue("intake.series.number_doubtful", Severity.WARNING, where, {"typed": shown}))
    return frame.with_columns(pl.coalesce(pl.col("exact"), numbers).alias("value"))


def _usable(frame: pl.DataFrame, where: Where, issues: Issues, utc_offset: str) -> pl.DataFrame:
    """Rows with a meter, a time and a number; what is missing is put down with the first rows."""
    checks = (
        ("intake.series.meter_missing", pl.col("meter").is_null()),
        ("intake.series.time_unreadable", pl.col("at").is_null()),
        ("intake.series.value_unreadable", ~pl.col("value").is_finite().fill_null(value=False)),
    )
    for code, condition in checks:
        bad = frame.filter(condition)["row"].unique(maintain_order=True).to_list()
        if bad:
            issues.append(gathered(code, Severity.ERROR, where, bad))
        frame = frame.filter(~condition)
    assumed = int(frame["assumed"].sum())
    if assumed:
        arguments: dict[str, str | float | int] = {"count": assumed, "offset": utc_offset}
        issues.append(Issue("intake.series.offset_assumed", Severity.INFO, where, arguments))
    return frame


def _canonical(frame: pl.DataFrame, into: Ledger, where: Where, issues: Issues) -> pl.DataFrame:
    """Values in canonical units, or in the unit their meter has already; one unit a meter.

    Adds `kept`, the unit, and `kind`, its dimension (empty for a unit nobody knows).
    """
    before = {point.meter_id: point.unit for point in into.series}
    held = pl.col("meter").replace_strict(before, default=None, return_dtype=pl.String)
    frame = frame.with_columns(held.alias("held"), pl.coalesce("unit", held).alias("unit"))
    bare = frame.filter(pl.col("unit").is_null())["meter"].unique(maintain_order=True).to_list()
    if bare:
        issues.append(gathered("intake.series.unit_missing", Severity.ERROR, where, bare))
    frame = frame.filter(pl.col("unit").is_not_null())
    units_said = frame["unit"].unique(maintain_order=True).to_list()
    unknown = [word for word in units_said if not _unit(word)[2]]
    if unknown:
        issues.append(gathered("intake.series.unit_kept", Severity.INFO, where, unknown))
    table = pl.DataFrame(
        [(word, *_unit(word)) for word in dict.fromkeys((*units_said, *before.values()))],
        schema={"unit": pl.String, "factor": pl.Float64, "kept": pl.String, "kind": pl.String},
        orient="row",
    )
    old = table.rename({"unit": "held", "factor": "held_factor", "kept": "held_kept"}).drop("kind")
    frame = frame.join(table, on="unit", how="left", maintain_order="left")
    frame = frame.join(old, on="held", how="left", maintain_order="left")
    alike = (pl.col("kept") == pl.col("held_kept")).fill_null(value=False)
    scale = pl.when(alike).then(pl.col("factor") / pl.col("held_factor")).otherwise("factor")
    unit = pl.when(alike).then("held").otherwise("kept")
    frame = frame.with_columns((pl.col("value") * scale).alias("value"), unit.alias("kept"))
    one = pl.coalesce(pl.col("held"), pl.col("kept").first().over("meter"))
    mixed = frame.filter(pl.col("kept") != one)["meter"].unique(maintain_order=True).to_list()
    if mixed:
        issues.append(gathered("intake.series.unit_mixed", Severity.ERROR, where, mixed))
    return frame.filter(pl.col("kept") == one)


def _unit(word: str) -> tuple[float, str, str]:
    """Factor to the unit values are kept in, that unit, and its dimension (empty when nobody knows it)."""
    symbol = known_unit(word)
    if symbol is None:
        return 1.0, word, ""
    found = units.unit(symbol)
    if found.dimension not in _CONVERTED:
        return 1.0, word, found.dimension
    return found.factor, units.CANONICAL[found.dimension], found.dimension


def _one_a_time(frame: pl.DataFrame, where: Where, issues: Issues) -> pl.DataFrame:
    """One value a meter and time: repeats are dropped, of values that differ the last one is kept."""
    if not frame.height:
        return frame
    groups = frame.group_by("meter", "at", maintain_order=True).agg(
        pl.len().alias("times"), pl.col("value").n_unique().alias("values"), pl.col("row").last()
    )
    repeated = groups.filter((pl.col("times") > 1) & (pl.col("values") == 1))["row"].to_list()
    if repeated:
        issues.append(gathered("intake.series.repeated", Severity.INFO, where, repeated))
    conflicts = groups.filter(pl.col("values") > 1)["row"].to_list()
    if conflicts:
        issues.append(gathered("intake.series.conflict", Severity.WARNING, where, conflicts))
    return frame.unique(("meter", "at"), keep="last", maintain_order=True)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _total(frame: pl.DataFrame, into: Ledger) -> int:
    there = {(point.meter_id, _utc(point.at)) for point in into.series}
    news = sum(
        (meter, at.replace(tzinfo=UTC)) not in there for meter, at in frame.select("meter", "at").iter_rows()
    )
    return len(there) + news


def _with_meters(
    frame: pl.DataFrame, into: Ledger, where: Where, issues: Issues
) -> tuple[Ledger, tuple[Change, ...]]:
    """The ledger with a meter for every series of an amount; weather and the like need none."""
    known = {meter.id for meter in into.meters}
    look = Look()
    introduce_all(look, into)
    firsts = frame.group_by("meter", maintain_order=True).agg(
        pl.col("participant", "resource").drop_nulls().first(), pl.col("kind").first()
    )
    news: list[Meter] = []
    for meter_id, participant, resource, kind in firsts.iter_rows():
        if meter_id in known or kind not in _METERED:
            continue
        person = _party(look, participant, meter_id, (where, issues))
        news.append(Meter(meter_id, person, _resource(look, resource, meter_id, (where, issues))))
    incomplete = [meter.id for meter in news if not (meter.participant_id and meter.resource_id)]
    if incomplete:
        issues.append(gathered("intake.series.meter_incomplete", Severity.WARNING, where, incomplete))
    incoming = Incoming(where.file, {"meters": list(news)}, {"meters": ()})
    return lay_over(into, incoming)


def _party(look: Look, text: str | None, meter_id: str, told: tuple[Where, Issues]) -> str:
    try:
        return look.party(("participants",), text) if text else ""
    except CellError as trouble:
        return _unknown(trouble, meter_id, told)


def _resource(look: Look, text: str | None, meter_id: str, told: tuple[Where, Issues]) -> str:
    try:
        return look.resource(text) if text else ""
    except CellError as trouble:
        return _unknown(trouble, meter_id, told)


def _unknown(trouble: CellError, meter_id: str, told: tuple[Where, Issues]) -> str:
    where, issues = told
    issues.append(Issue(trouble.code, Severity.WARNING, replace(where, record=meter_id), trouble.arguments))
    return ""


def _with_points(
    frame: pl.DataFrame, into: Ledger, file: str, file_hash: str
) -> tuple[Ledger, tuple[Change, ...]]:
    """The ledger with the values, and one change a meter and kind."""
    place = {(point.meter_id, _utc(point.at)): n for n, point in enumerate(into.series)}
    points = list(into.series)
    counts: dict[str, dict[ChangeKind, int]] = {}
    for meter, at, value, unit in (
        frame.sort("meter", "at", maintain_order=True).select("meter", "at", "value", "kept").iter_rows()
    ):
        moment = at.replace(tzinfo=UTC)
        n = place.get((meter, moment))
        if n is None:
            kind = ChangeKind.ADDED
            points.append(SeriesPoint(meter, moment, value, unit))
        elif points[n].value == value and points[n].unit == unit:
            kind = ChangeKind.UNCHANGED
        else:
            kind = ChangeKind.CHANGED
            points[n] = SeriesPoint(meter, points[n].at, value, unit)
        tally = counts.setdefault(meter, {})
        tally[kind] = tally.get(kind, 0) + 1
    origins = {
        f"series/{meter}/value": Origin(
            OriginKind.METER, file, file_hash, who=meter, typed=f"{sum(tally.values())} values"
        )
        for meter, tally in counts.items()
        if set(tally) != {ChangeKind.UNCHANGED}
    }
    changes = tuple(change for meter, tally in counts.items() for change in _changes(meter, tally, file))
    if not origins:
        return into, changes
    return replace(into, series=tuple(points), origins={**into.origins, **origins}), changes


def _changes(meter: str, tally: Mapping[ChangeKind, int], file: str) -> list[Change]:
    """What happened to the values of one meter; the unchanged ones are told only when all of them are."""
    moved = {kind: count for kind, count in tally.items() if kind is not ChangeKind.UNCHANGED} or tally
    return [
        Change(
            kind, "series", meter, "value", "" if kind is ChangeKind.ADDED else str(count), str(count), file
        )
        for kind, count in moved.items()
    ]

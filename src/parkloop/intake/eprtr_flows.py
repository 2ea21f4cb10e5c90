"""Waste transfers of the European pollutant register as likely streams of each activity."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from parkloop import reference
from parkloop.intake.registers import gathered
from parkloop.intake.registers_frames import ROW, Table
from parkloop.model import (
    Amount,
    Direction,
    Fate,
    Flow,
    Issue,
    Origin,
    OriginKind,
    Period,
    Severity,
    SourceClass,
    Where,
)
from parkloop.texts import LANGUAGES, text

FLOW_FIELDS = ("amount", "fate", "note")
REGISTER = "EEA Industrial Reporting"
_CLASSES = {"HW": "HW", "HWIC": "HW", "HWOC": "HW", "NONHW": "NONHW", "NON-HW": "NONHW"}
_TREATMENTS = {"RECOVERY": "Recovery", "R": "Recovery", "DISPOSAL": "Disposal", "D": "Disposal"}
_FATES = {"Recovery": Fate.RECYCLED, "Disposal": Fate.UNKNOWN}
_REST = {"HW": "hazardous_waste", "NONHW": "general_industrial_waste"}
_REST_ORDER = 99
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_KEY = ("FacilityInspireId", "reportingYear", "class", "treatment")


@dataclass(slots=True)
class Flows:
    """Flows with their origins and places, and how many reported transfers they were made from."""

    transfers: int
    records: list[Flow] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)


def streams_of(table: Table, facilities: pl.DataFrame, issues: list[Issue]) -> Flows:
    """The flows behind the transfers: for each, likely streams that add up to the reported tonnes.

    Parameters
    ----------
    table
        The waste transfers: facility, year, treatment, class, tonnes.
    facilities
        One row a facility with `FacilityInspireId`, `id` and `EPRTRAnnexIMainActivity`.
    issues
        Receives what is wrong with the transfers, one issue a kind.
    """
    totals = _totals(table, facilities, issues)
    parts = totals.join(_shares(totals), on=("activity", "class"), how="inner")
    parts = parts.filter((pl.col("total") > 0) | (pl.col("order") == _REST_ORDER))
    parts = parts.with_columns(
        low=pl.col("total") * pl.col("low"),
        best=pl.col("total") * pl.col("best"),
        high=pl.col("total") * pl.col("high"),
    ).sort("place", "reportingYear", "class", "treatment", "order")
    flows = Flows(totals.height)
    _records(flows, parts, table)
    return flows


def _totals(table: Table, facilities: pl.DataFrame, issues: list[Issue]) -> pl.DataFrame:
    """One row a facility, year, class and treatment, with its tonnes summed and its activity beside it."""
    where = Where(table.file)
    frame = table.frame.with_columns(
        _coded("wasteClassification", _CLASSES).alias("class"),
        _coded("wasteTreatment", _TREATMENTS).alias("treatment"),
    )
    usable = (
        pl.col("wasteTransfers").is_finite()
        & (pl.col("wasteTransfers") >= 0)
        & pl.col("reportingYear").is_between(_FIRST_YEAR, _LAST_YEAR)
        & pl.all_horizontal(pl.col("class", "treatment", "FacilityInspireId").is_not_null())
    ).fill_null(value=False)
    bad = frame.filter(~usable)[ROW].to_list()
    if bad:
        issues.append(gathered("intake.register.transfer_unusable", Severity.ERROR, where, bad))
    frame = frame.filter(usable)
    known = facilities.select(
        "FacilityInspireId", "id", pl.col("EPRTRAnnexIMainActivity").fill_null("").alias("activity")
    ).with_row_index("place")
    lost = frame.join(known, on="FacilityInspireId", how="anti")["FacilityInspireId"].unique()
    if lost.len():
        issues.append(
            gathered("intake.register.facility_unknown", Severity.WARNING, where, sorted(lost.to_list()))
        )
    totals = frame.group_by(_KEY).agg(
        pl.col("wasteTransfers").sum().alias("total"), pl.col(ROW).min(), pl.len().alias("times")
    )
    summed = totals.filter(pl.col("times") > 1).sort(ROW)[ROW].to_list()
    if summed:
        issues.append(gathered("intake.register.transfers_summed", Severity.INFO, where, summed))
    return totals.join(known, on="FacilityInspireId", how="inner")


def _coded(column: str, codes: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).str.to_uppercase().replace_strict(codes, default=None)


def _shares(totals: pl.DataFrame) -> pl.DataFrame:
    """Streams and the rest by activity and class, with shares [-] of the total; the best ones sum to 1."""
    found: list[tuple[str, str, str, float, float, float, str, int]] = []
    for activity, waste_class in totals.select("activity", "class").unique().iter_rows():
        streams = reference.register_streams(activity, waste_class)
        for order, stream in enumerate(streams):
            low, best, high = stream.share.low, stream.share.best, stream.share.high
            found.append((activity, waste_class, stream.resource_id, low, best, high, stream.id, order))
        best = 1.0 - sum(stream.share.best for stream in streams)
        low = max(0.0, 1.0 - sum(stream.share.high for stream in streams))
        high = 1.0 - sum(stream.share.low for stream in streams)
        found.append((activity, waste_class, _REST[waste_class], low, best, high, "", _REST_ORDER))
    names = ("activity", "class", "resource", "low", "best", "high", "share_id", "order")
    return pl.DataFrame(found, schema=names, orient="row")


def _records(flows: Flows, parts: pl.DataFrame, table: Table) -> None:
    periods = {year: Period.year(year) for year in parts["reportingYear"].unique()}
    unsaid = " | ".join(text("intake.register.disposal_note", lang) for lang in LANGUAGES)
    columns = (
        "id", "reportingYear", "class", "treatment", "resource", "low", "best", "high", "total", "share_id",
        ROW, "activity",
    )  # fmt: skip
    for (
        person, year, waste_class, treatment, resource, low, best, high, total, share_id, row, activity,
    ) in parts.select(columns).iter_rows():  # fmt: skip
        flow_id = f"{person}-{year}-{waste_class}-{treatment}-{resource}"
        cell = f"row {row}"
        flows.records.append(
            Flow(
                flow_id, person, Direction.OUT, resource,
                Amount(best, "t", source_class=SourceClass.INFERRED, low=low, high=high),
                periods[year], f"{waste_class}/{treatment}", fate=_FATES[treatment],
                note=unsaid if treatment == "Disposal" else "",
            )
        )  # fmt: skip
        flows.origins[f"flow/{flow_id}/amount"] = Origin(
            OriginKind.REGISTER, table.file, table.file_hash, "waste_transfers", cell, REGISTER,
            share_id or activity, "share of the reported total" if share_id else "rest of the reported total",
            typed=f"{waste_class} {treatment} {total:.10g} t",
        )  # fmt: skip
        flows.cells[f"flow/{flow_id}"] = ("waste_transfers", cell)

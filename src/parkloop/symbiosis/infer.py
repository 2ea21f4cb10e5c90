"""Inputs and outputs that nobody entered, from sector and size: ranges, never entered values."""

from collections.abc import Mapping

import polars as pl

from parkloop.model import Direction, Family, Resource
from parkloop.reference.uses import sector_streams, symbiosis_rates
from parkloop.symbiosis.frames import SIDE_SCHEMA

PEOPLE_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "participant": pl.String,
    "park": pl.String,
    "kind": pl.String,
    "isic": pl.String,
    "employees": pl.Float64,
    "lat": pl.Float64,
    "lon": pl.Float64,
    "located": pl.Boolean,
    "visibility": pl.String,
}
"""Columns of participants as the inference reads them."""


def prefixes(frame: pl.DataFrame, column: str = "isic") -> pl.DataFrame:
    """The frame once for each prefix of a sector code, the empty one included: adds `prefix`."""
    parts = [frame.with_columns(prefix=pl.col(column).str.slice(0, n)) for n in (0, 2, 3, 4)]
    return pl.concat(parts).unique(maintain_order=True)


def infer_sides(
    people: pl.DataFrame, entered: pl.DataFrame, direction: Direction, resources: Mapping[str, Resource]
) -> pl.DataFrame:
    """Streams of `direction` that participants of their sector usually have and these did not enter.

    Parameters
    ----------
    people
        Participants, columns `PEOPLE_SCHEMA`.
    entered
        Their entered streams of the same direction, columns `participant`, `resource`. Who entered one
        fuel is not presumed to burn another.
    resources
        The taxonomy, for hazard classes.

    Returns
    -------
    DataFrame
        `SIDE_SCHEMA`; amounts [canonical unit/a] are log-normal 10, 50 and 90 % points; `flow` is
        `inferred/<participant>/<resource>`.
    """
    streams = pl.DataFrame(
        [
            (stream.isic, stream.resource_id, stream.per_employee, stream.factor)
            for stream in sector_streams()
            if stream.direction is direction and stream.resource_id in resources
        ],
        schema={"prefix": pl.String, "resource": pl.String, "per_employee": pl.Float64, "factor": pl.Float64},
        orient="row",
    )
    size = symbiosis_rates()["default_employees"].value
    unsized = size.high / size.best
    fuels = [key for key, resource in resources.items() if resource.family is Family.FUEL]
    fuelled = entered.filter(pl.col("resource").is_in(fuels)).select("participant").unique()
    hazards = pl.DataFrame(
        [(key, resource.hazardous, "") for key, resource in resources.items()],
        schema={"resource": pl.String, "hazardous": pl.Boolean, "legal_class": pl.String},
        orient="row",
    )
    found = (
        prefixes(people)
        .filter(pl.col("prefix") != "")
        .join(streams, on="prefix")
        .sort("participant", "resource", pl.col("prefix").str.len_chars(), descending=[False, False, True])
        .unique(["participant", "resource"], keep="first", maintain_order=True)
        .join(entered.select("participant", "resource").unique(), on=["participant", "resource"], how="anti")
        .join(fuelled.with_columns(fuelled=True), on="participant", how="left")
        .filter(~(pl.col("fuelled").fill_null(value=False) & pl.col("resource").is_in(fuels)))
        .join(hazards, on="resource", how="left")
        .with_columns(
            amount=pl.col("employees").fill_null(size.best) * pl.col("per_employee"),
            factor=pl.when(pl.col("employees").is_null())
            .then(pl.col("factor") * unsized)
            .otherwise(pl.col("factor")),
        )
        .with_columns(
            flow=pl.format("inferred/{}/{}", "participant", "resource"),
            amount_low=pl.col("amount") / pl.col("factor"),
            amount_high=pl.col("amount") * pl.col("factor"),
            temperature_c=pl.lit(None, dtype=pl.Float64),
            fate=pl.lit("unknown"),
            profile=pl.lit(""),
            source_class=pl.lit("inferred"),
            currency=pl.lit(""),
            inferred=pl.lit(value=True),
        )
    )
    blank = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in SIDE_SCHEMA.items()
        if name not in found.columns
    ]
    return found.with_columns(blank).select([pl.col(name).cast(kind) for name, kind in SIDE_SCHEMA.items()])

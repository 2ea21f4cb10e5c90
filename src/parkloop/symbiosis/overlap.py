"""How much of the time two partners run together, over the day and over the months."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parkloop.reference.uses import symbiosis_rates

Floats = NDArray[np.float64]


def storable() -> pl.Expr:
    """Whether stock evens the two out: hauled things, unless they spoil within the month."""
    days = symbiosis_rates()["storable_days"].value.best
    return (pl.col("mode") == "truck") & (pl.col("storage_days").fill_null(days) >= days)


def day_overlap() -> pl.Expr:
    """Share of the smaller stream that meets the other within the day [-]; even where nothing is said."""
    rates = symbiosis_rates()
    kinds = ("day", "batch")
    donor = pl.when(pl.col("profile").is_in(kinds)).then(pl.col("profile")).otherwise(pl.lit("continuous"))
    receiver = (
        pl.when(pl.col("want_profile").is_in(kinds))
        .then(pl.col("want_profile"))
        .otherwise(pl.lit("continuous"))
    )
    batch = (donor == "batch") | (receiver == "batch")
    return (
        pl.when(batch)
        .then(rates["overlap_batch_any"].value.best)
        .when((donor == "day") & (receiver == "day"))
        .then(rates["overlap_day_day"].value.best)
        .when((donor == "day") | (receiver == "day"))
        .then(rates["overlap_day_continuous"].value.best)
        .otherwise(1.0)
    )


def month_overlap(pairs: pl.DataFrame) -> Floats:
    """Share of the smaller yearly stream that finds the other in the same month [-], `(n_pairs,)`.

    Needs `profile`, `want_profile` (twelve shares joined by `;`, anything else is even), `amount` and
    `want_amount` scaled to the same unit by `displaced_per_unit` and `cap_fraction`.
    """
    result = np.ones(len(pairs))
    concerned = pairs.select(
        (pl.col("profile").str.count_matches(";") == 11)
        | (pl.col("want_profile").str.count_matches(";") == 11)
    ).to_series()
    rows = np.flatnonzero(concerned.fill_null(value=False).to_numpy())
    if rows.size == 0:
        return result
    part = pairs[rows]
    give = part["amount"].fill_null(1.0).to_numpy()
    need = (part["want_amount"] * part["cap_fraction"] / part["displaced_per_unit"]).fill_null(1.0).to_numpy()
    months = np.minimum(
        _months(part["profile"]) * give[:, None], _months(part["want_profile"]) * need[:, None]
    )
    smaller = np.minimum(give, need)
    result[rows] = np.divide(months.sum(axis=1), smaller, out=np.ones(rows.size), where=smaller > 0)
    return np.minimum(result, 1.0)


def _months(profiles: pl.Series) -> Floats:
    even = pl.Series([1 / 12] * 12)
    lists = (
        pl.DataFrame({"profile": profiles})
        .with_columns(
            shares=pl.when(pl.col("profile").str.count_matches(";") == 11)
            .then(pl.col("profile").str.split(";"))
            .otherwise(None)
            .cast(pl.List(pl.Float64), strict=False)
        )
        .with_columns(
            shares=pl.when(pl.col("shares").is_null())
            .then(pl.lit(even.to_list(), dtype=pl.List(pl.Float64)))
            .otherwise(pl.col("shares"))
        )
    )
    shares = np.asarray(lists["shares"].list.to_array(12).to_numpy(), dtype=np.float64)
    total = shares.sum(axis=1, keepdims=True)
    return np.asarray(shares / np.where(total > 0, total, 1.0), dtype=np.float64)

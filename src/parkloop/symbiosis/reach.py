"""Which outputs and inputs could meet at all: a use for both, and near enough; row numbers alone."""

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from parkloop.methods.geography import pairs_within
from parkloop.model import Direction, Resource
from parkloop.reference.uses import symbiosis_rates
from parkloop.symbiosis.frames import lineage
from parkloop.symbiosis.infer import prefixes
from parkloop.symbiosis.settings import MatchSettings

ROWS = ("use_row", "offer_row", "want_row")
_AT_ONCE = 50_000


def in_blocks(reached: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The pairs some at a time, so that memory stays small however many there are; one block at least."""
    for start in range(0, max(reached.height, 1), _AT_ONCE):
        yield reached.slice(start, _AT_ONCE)


def want_uses(wants: pl.DataFrame, uses: pl.DataFrame, resources: Mapping[str, Resource]) -> pl.DataFrame:
    """Which use could serve which want: rows (`use_row`, `want_row`).

    The sector has to fit; where nobody gave it the pair is kept, and the sector asked for.
    """
    rows = wants.select("resource", "isic", "kind").with_row_index("want_row")
    named = rows.join(lineage(resources, Direction.IN), on="resource", how="left").with_columns(
        pl.col("as_resource").fill_null(pl.col("resource"))
    )
    keys = uses.select("displaced", "sectors", "kinds").with_row_index("use_row")
    fits = (
        prefixes(named)
        .join(keys.explode("sectors"), left_on=["as_resource", "prefix"], right_on=["displaced", "sectors"])
        .filter(pl.col("kinds").list.contains(pl.col("kind")))
        .select("use_row", "want_row")
    )
    unsectored = (
        named.filter(pl.col("isic") == "")
        .join(keys, left_on="as_resource", right_on="displaced")
        .filter(pl.col("kinds").list.contains(pl.col("kind")))
        .select("use_row", "want_row")
    )
    return pl.concat([fits, unsectored]).unique().sort("use_row", "want_row")


def offer_uses(offers: pl.DataFrame, uses: pl.DataFrame, resources: Mapping[str, Resource]) -> pl.DataFrame:
    """Which use could take which offer: rows (`use_row`, `offer_row`)."""
    rows = offers.select("resource").with_row_index("offer_row")
    named = rows.join(lineage(resources, Direction.OUT), on="resource", how="left").with_columns(
        pl.col("as_resource").fill_null(pl.col("resource"))
    )
    keys = uses.select("use_resource").with_row_index("use_row")
    return (
        named.join(keys, left_on="as_resource", right_on="use_resource")
        .select("use_row", "offer_row")
        .unique()
        .sort("use_row", "offer_row")
    )


def reach(
    asked: pl.DataFrame,
    given: pl.DataFrame,
    offers: pl.DataFrame,
    wants: pl.DataFrame,
    uses: pl.DataFrame,
    settings: MatchSettings,
) -> pl.DataFrame:
    """Pairs near enough for their use, nobody with itself; one tree a use, never a loop over rows.

    Returns
    -------
    DataFrame
        `use_row`, `offer_row`, `want_row`, and `straight_km`, null where one of the two has no place.
    """
    road = symbiosis_rates()["road_factor"].value.best
    offer_at = offers.select("lat", "lon").to_numpy()
    want_at = wants.select("lat", "lon").to_numpy()
    limits = uses["max_distance_km"].to_numpy() * settings.reach_factor
    if settings.max_distance_km is not None:
        limits = np.minimum(limits, settings.max_distance_km)
    offer_rows = {key[0]: part["offer_row"].to_numpy() for key, part in given.partition_by(
        "use_row", as_dict=True, maintain_order=True).items()}  # fmt: skip
    found: list[tuple[np.ndarray, ...]] = []
    for key, part in asked.partition_by("use_row", as_dict=True, maintain_order=True).items():
        use = key[0]
        donors = offer_rows.get(use)
        if donors is None:
            continue
        receivers = part["want_row"].to_numpy()
        i, j, km = pairs_within(
            (offer_at[donors, 0], offer_at[donors, 1]),
            (want_at[receivers, 0], want_at[receivers, 1]),
            float(limits[use]) / road,
            nearest=settings.max_partners,
        )
        pair = (np.full(i.size, use), donors[i], receivers[j])
        found.append((*(row.astype(np.int32) for row in pair), km))
    found.append(_neighbours_without_place(asked, given, offers, wants))
    *rows, km = (np.concatenate(parts) for parts in zip(*found, strict=True))
    pairs = pl.DataFrame({name: row.astype(np.int32) for name, row in zip(ROWS, rows, strict=True)})
    pairs = pairs.with_columns(straight_km=pl.Series(km, dtype=pl.Float64).fill_nan(None))
    who = pl.concat([offers["participant"], wants["participant"]]).rank("dense")
    donor, receiver = who[: offers.height], who[offers.height :]
    return pairs.filter(donor.gather(pairs["offer_row"]) != receiver.gather(pairs["want_row"]))


def _neighbours_without_place(
    asked: pl.DataFrame, given: pl.DataFrame, offers: pl.DataFrame, wants: pl.DataFrame
) -> tuple[np.ndarray, ...]:
    """Pairs in one park of which at least one has no coordinates at all."""
    # only rows that have a park and lack a place may enter the joins: a nation has millions of the others
    keys = ["use_row", "park"]
    want = asked.join(_placed(wants, "want_row"), on="want_row")
    offer = given.join(_placed(offers, "offer_row"), on="offer_row")
    both = pl.concat(
        [
            want.filter(~pl.col("placed")).join(offer, on=keys),
            want.filter("placed").join(offer.filter(~pl.col("placed")), on=keys),
        ]
    )
    return (
        both["use_row"].to_numpy(),
        both["offer_row"].to_numpy(),
        both["want_row"].to_numpy(),
        np.full(len(both), np.nan),
    )


def _placed(side: pl.DataFrame, row: str) -> pl.DataFrame:
    """The rows that stand in a park, with whether they have coordinates."""
    placed = side.select("park", placed=pl.col("lat").is_not_null() & pl.col("lon").is_not_null())
    return placed.with_row_index(row).filter(pl.col("park") != "")

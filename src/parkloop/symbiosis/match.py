"""Who could use what: wants first, then outputs within reach, then the gates, then a rank; all by columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from parkloop.methods.geography import pairs_within
from parkloop.methods.transport import delivered_fraction
from parkloop.model import Direction, Resource
from parkloop.reference.uses import Use, symbiosis_rates
from parkloop.symbiosis import gates
from parkloop.symbiosis.frames import energy_gj, limits_frame, lineage, uses_frame
from parkloop.symbiosis.infer import prefixes
from parkloop.symbiosis.overlap import day_overlap, month_overlap, storable
from parkloop.symbiosis.settings import MatchSettings

_ESSENTIAL = ("sector", "hazard", "temperature", "quantity", "distance")


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """What matching found, three frames of the same columns.

    Attributes
    ----------
    candidates
        Pairs of entered flows that pass every gate: `donor`, `receiver`, `donor_flow`, `receiver_flow`,
        `resource`, `displaced`, `use`, `distance_km`, `quantity_low | quantity | quantity_high` [unit/a that
        leaves the donor], `displaced_per_unit` [-], `gate_*`, `missing`, `confidence` [-], and the columns of
        both sides and the use they were made from. Best first.
    leads
        The same for pairs where a side is inferred or an essential figure is missing.
    rejected
        Pairs that fail a gate, with `reason`.
    """

    candidates: pl.DataFrame
    leads: pl.DataFrame
    rejected: pl.DataFrame


def match(
    offers: pl.DataFrame,
    wants: pl.DataFrame,
    parameters: pl.DataFrame,
    uses: tuple[Use, ...],
    resources: Mapping[str, Resource],
    settings: MatchSettings = MatchSettings(),  # noqa: B008 - frozen record
) -> Matches:
    """Pairs of an output and the input it could replace, judged by the gates.

    Parameters
    ----------
    offers, wants
        Frames with the columns `frames.SIDE_SCHEMA`.
    parameters
        Measured qualities of the offers, `frames.PARAMETER_SCHEMA`.
    uses, resources
        The knowledge of uses and the taxonomy.
    settings
        Country, reach, number of partners, whether rejected pairs are kept.

    Returns
    -------
    Matches
        Candidates, leads and rejected pairs; independent of the order of the rows given.
    """
    offers = offers.sort("participant", "flow")
    wants = wants.sort("participant", "flow")
    use_columns = uses_frame(uses, resources, settings.country)
    asked = _want_uses(wants, use_columns, resources)
    given = _offer_uses(offers, use_columns, resources)
    pairs = _pairs(offers, wants, use_columns, _reach(asked, given, offers, wants, use_columns, settings))
    pairs = _measure(_in_units(pairs, resources))
    pairs = _judge(pairs, parameters.lazy(), limits_frame(uses).lazy())
    failed = pl.col("reason").is_not_null()
    open_end = pl.any_horizontal([pl.col(f"gate_{gate}") == "unknown" for gate in _ESSENTIAL])
    lead = open_end | pl.col("inferred") | pl.col("want_inferred")
    order = [pl.col("confidence"), pl.col("quantity")]
    ties = ["donor_flow", "receiver_flow", "use"]

    def ranked(part: pl.DataFrame) -> pl.DataFrame:
        return part.sort(*order, *ties, descending=[True, True, False, False, False], nulls_last=True)

    rejected = pairs.filter(failed) if settings.keep_rejected else pairs.clear()
    return Matches(
        candidates=ranked(pairs.filter(~failed & ~lead)),
        leads=ranked(pairs.filter(~failed & lead)),
        rejected=rejected.sort(ties),
    )


def _want_uses(wants: pl.DataFrame, uses: pl.DataFrame, resources: Mapping[str, Resource]) -> pl.DataFrame:
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


def _offer_uses(offers: pl.DataFrame, uses: pl.DataFrame, resources: Mapping[str, Resource]) -> pl.DataFrame:
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


@dataclass(frozen=True, slots=True, eq=False)
class _Reached:
    use: np.ndarray
    offer: np.ndarray
    want: np.ndarray
    straight_km: np.ndarray


def _reach(
    asked: pl.DataFrame,
    given: pl.DataFrame,
    offers: pl.DataFrame,
    wants: pl.DataFrame,
    uses: pl.DataFrame,
    settings: MatchSettings,
) -> _Reached:
    """Pairs near enough for their use; one tree a use, never a loop over rows."""
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
        found.append((np.full(i.size, use), donors[i], receivers[j], km))
    unplaced = _neighbours_without_place(asked, given, offers, wants)
    found.append(unplaced)
    use, offer, want, km = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return _Reached(use.astype(np.int64), offer.astype(np.int64), want.astype(np.int64), km)


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


def _pairs(offers: pl.DataFrame, wants: pl.DataFrame, uses: pl.DataFrame, reached: _Reached) -> pl.DataFrame:
    """The columns of both sides and the use, a row a pair; nobody is matched with itself."""
    donor = offers[reached.offer].rename({"participant": "donor", "flow": "donor_flow"})
    receiver = wants[reached.want].rename(lambda name: f"want_{name}")
    receiver = receiver.rename({"want_participant": "receiver", "want_flow": "receiver_flow"})
    use = uses[reached.use].rename({"displaced": "use_displaced"})
    road = symbiosis_rates()["road_factor"].value.best
    inside = symbiosis_rates()["intra_park_km"].value.best
    return (
        pl.concat([donor, receiver, use], how="horizontal")
        .with_columns(
            straight_km=pl.Series(reached.straight_km, dtype=pl.Float64).fill_nan(None),
            displaced=pl.col("want_resource"),
        )
        .with_columns(
            distance_km=pl.when(
                (pl.col("park") == pl.col("want_park"))
                & (pl.col("park") != "")
                & ~(pl.col("located") & pl.col("want_located"))
            )
            .then(pl.lit(inside))
            .otherwise(pl.col("straight_km") * road)
        )
        .filter(pl.col("donor") != pl.col("receiver"))
    )


def _in_units(pairs: pl.DataFrame, resources: Mapping[str, Resource]) -> pl.DataFrame:
    """Ratios of energies turned into units by the calorific values of what is given and what is replaced."""
    concerned = {*pairs["resource"].unique(), *pairs["displaced"].unique()}
    energy = {name: energy_gj(name, resources) for name in sorted(concerned)}

    def energy_of(column: str) -> pl.Expr:
        return pl.col(column).replace_strict(energy, default=None, return_dtype=pl.Float64)

    scale = pl.when(pl.col("by_energy")).then(energy_of("resource") / energy_of("displaced")).otherwise(1.0)
    return pairs.with_columns(pl.col("ratio_low", "ratio", "ratio_high") * scale)


def _measure(pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds what is left on arrival, the overlap in time, and the quantity that could move."""
    loss = symbiosis_rates()["heat_loss_per_km"].value.best
    length = pairs["distance_km"].fill_null(0.0).to_numpy()
    delivered = np.where((pairs["link"] == "pipe_heat").to_numpy(), delivered_fraction(length, loss), 1.0)
    pairs = pairs.with_columns(delivered_fraction=pl.Series(delivered)).with_columns(
        displaced_per_unit_low=pl.col("ratio_low") * pl.col("yield_low") * pl.col("delivered_fraction"),
        displaced_per_unit=pl.col("ratio") * pl.col("yield") * pl.col("delivered_fraction"),
        displaced_per_unit_high=pl.col("ratio_high") * pl.col("yield_high") * pl.col("delivered_fraction"),
    )
    months = pl.Series(month_overlap(pairs))
    overlap = pl.when(storable()).then(1.0).otherwise(day_overlap() * months)
    need = pl.col("want_amount") * pl.col("cap_fraction") / pl.col("displaced_per_unit")
    need_low = pl.col("want_amount_low") * pl.col("cap_fraction") / pl.col("displaced_per_unit_high")
    need_high = pl.col("want_amount_high") * pl.col("cap_fraction") / pl.col("displaced_per_unit_low")

    def smaller(give: str, take: pl.Expr) -> pl.Expr:
        known = pl.col(give).is_not_null() & take.is_not_null()
        return pl.when(known).then(pl.min_horizontal(pl.col(give), take)) * pl.col("overlap_fraction")

    return pairs.with_columns(overlap_fraction=overlap).with_columns(
        quantity_low=smaller("amount_low", need_low),
        quantity=smaller("amount", need),
        quantity_high=smaller("amount_high", need_high),
        required_temperature_c=gates.required_temperature(),
        legal=gates.legal_class(),
    )


def _judge(pairs: pl.DataFrame, parameters: pl.LazyFrame, limits: pl.LazyFrame) -> pl.DataFrame:
    """Adds the gates, the first failure, what is missing, and the screening score."""
    numbered = pairs.with_row_index("pair")
    tested = (
        numbered.lazy()
        .select("pair", "use", flow="donor_flow")
        .join(limits, on="use")
        .join(parameters, on=["flow", "basis", "parameter"], how="left")
        .with_columns(
            fails=pl.col("low") > pl.col("limit"),
            open=pl.col("high").is_null()
            | ((pl.col("high") > pl.col("limit")) & (pl.col("low") <= pl.col("limit"))),
        )
        .group_by("pair")
        .agg(
            parameter_fails=pl.col("fails").fill_null(value=False).sum(),
            failed_parameters=pl.col("parameter").filter(pl.col("fails").fill_null(value=False)).sort(),
            parameters_missing=(pl.lit("quality.") + pl.col("parameter").filter("open")).sort(),
        )
        .collect()
    )
    empty = pl.lit([], dtype=pl.List(pl.String))
    judged = (
        numbered.join(tested, on="pair", how="left", maintain_order="left")
        .drop("pair")
        .with_columns(
            pl.col("parameter_fails").fill_null(0),
            pl.coalesce("failed_parameters", empty),
            pl.coalesce("parameters_missing", empty),
        )
        .with_columns(
            gates.sector_gate(),
            gates.hazard_gate(),
            gates.legal_gate(),
            gates.quality_gate(),
            gates.temperature_gate(),
            gates.time_gate(),
            gates.quantity_gate(),
            gates.distance_gate(),
        )
        .with_columns(gates.first_failure())
    )
    return judged.with_columns(missing=_missing()).with_columns(confidence=_confidence())


def _missing() -> pl.Expr:
    """Codes of what is still to be asked, the essential ones first."""
    codes = [
        ("donor_amount", pl.col("amount").is_null()),
        ("receiver_amount", pl.col("want_amount").is_null()),
        ("calorific_value", pl.col("ratio").is_null()),
        ("hazard_test", pl.col("hazardous").is_null()),
        ("licence", gates.licence_open()),
        ("sector", pl.col("gate_sector") == "unknown"),
        ("donor_temperature", pl.col("gate_temperature") == "unknown"),
        (
            "receiver_temperature",
            pl.col("min_temperature_c").is_not_null() & pl.col("want_temperature_c").is_null(),
        ),
        ("place", ~(pl.col("located") & pl.col("want_located"))),
        ("moisture", pl.col("max_moisture_fraction").is_not_null() & pl.col("moisture_fraction").is_null()),
        ("authority", pl.col("gate_legal") == "ask"),
        ("fate", pl.col("fate") == "unknown"),
    ]
    named = pl.concat_list([pl.when(test).then(pl.lit(code)) for code, test in codes]).list.drop_nulls()
    return named.list.concat(pl.col("parameters_missing"))


def _confidence() -> pl.Expr:
    """Screening score [-]: how the figures were obtained, how sure the use is, how much is missing."""
    rates = symbiosis_rates()

    def weight(column: str, prefix: str) -> pl.Expr:
        table = {
            key.removeprefix(prefix): rate.value.best
            for key, rate in rates.items()
            if key.startswith(prefix) and key.removeprefix(prefix) in pl_keys[prefix]
        }
        return pl.col(column).replace_strict(table, default=min(table.values()), return_dtype=pl.Float64)

    pl_keys = {
        "weight_": ("metered", "billed", "estimated", "inferred"),
        "weight_use_": ("checked", "inferred", "unchecked"),
    }
    missing = rates["weight_missing"].value.best
    return (
        weight("source_class", "weight_")
        * weight("want_source_class", "weight_")
        * weight("use_confidence", "weight_use_")
        * pl.lit(missing).pow(pl.col("missing").list.len())
    )

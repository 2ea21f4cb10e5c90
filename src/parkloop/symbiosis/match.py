"""Who could use what: wants first, then outputs within reach, then the gates, then a rank; all by columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from parkloop.methods.transport import delivered_fraction
from parkloop.model import Resource
from parkloop.reference.uses import Use, symbiosis_rates
from parkloop.symbiosis import gates
from parkloop.symbiosis.frames import energy_gj, limits_frame, uses_frame
from parkloop.symbiosis.overlap import day_overlap, month_overlap, storable
from parkloop.symbiosis.reach import in_blocks, offer_uses, reach, want_uses
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


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What pairs are made from: both sides and the uses by row, and the tests of an offer for a use."""

    offers: pl.DataFrame
    wants: pl.DataFrame
    uses: pl.DataFrame
    quality: pl.DataFrame
    resources: Mapping[str, Resource]


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
    ground, reached = prepare(offers, wants, parameters, uses, resources, settings)
    pairs = pl.concat([with_missing(judge(ground, block)) for block in in_blocks(reached)])
    failed = pl.col("reason").is_not_null()
    order = [pl.col("confidence"), pl.col("quantity")]
    ties = ["donor_flow", "receiver_flow", "use"]

    def ranked(part: pl.DataFrame) -> pl.DataFrame:
        return part.sort(*order, *ties, descending=[True, True, False, False, False], nulls_last=True)

    rejected = pairs.filter(failed) if settings.keep_rejected else pairs.clear()
    return Matches(
        candidates=ranked(pairs.filter(~failed & ~lead())),
        leads=ranked(pairs.filter(~failed & lead())),
        rejected=rejected.sort(ties),
    )


def prepare(
    offers: pl.DataFrame,
    wants: pl.DataFrame,
    parameters: pl.DataFrame,
    uses: tuple[Use, ...],
    resources: Mapping[str, Resource],
    settings: MatchSettings,
) -> tuple[Ground, pl.DataFrame]:
    """The ground to judge pairs on, and the row numbers of all pairs within reach (see `match`)."""
    offers = offers.sort("participant", "flow")
    wants = wants.sort("participant", "flow")
    use_columns = uses_frame(uses, resources, settings.country)
    asked = want_uses(wants, use_columns, resources)
    given = offer_uses(offers, use_columns, resources)
    quality = _quality(given, offers, use_columns, parameters, limits_frame(uses))
    ground = Ground(offers, wants, use_columns.drop("kinds"), quality, resources)
    return ground, reach(asked, given, offers, wants, use_columns, settings)


def judge(ground: Ground, rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs given by their row numbers with all columns of `Matches` but `missing`, in the same order."""
    return _judge(_measure(_in_units(_pairs(ground, rows), ground.resources)), ground.quality)


def lead() -> pl.Expr:
    """Whether a pair that passes is only a lead: a side is inferred or an essential figure is missing."""
    open_end = pl.any_horizontal([pl.col(f"gate_{gate}") == "unknown" for gate in _ESSENTIAL])
    return open_end | pl.col("inferred") | pl.col("want_inferred")


def _pairs(ground: Ground, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of both sides and the use, a row a pair."""
    donor = ground.offers[rows["offer_row"]].rename({"participant": "donor", "flow": "donor_flow"})
    receiver = ground.wants[rows["want_row"]].rename(lambda name: f"want_{name}")
    receiver = receiver.rename({"want_participant": "receiver", "want_flow": "receiver_flow"})
    use = ground.uses[rows["use_row"]].rename({"displaced": "use_displaced"})
    road = symbiosis_rates()["road_factor"].value.best
    inside = symbiosis_rates()["intra_park_km"].value.best
    return pl.concat([rows, donor, receiver, use], how="horizontal").with_columns(
        displaced=pl.col("want_resource"),
        distance_km=pl.when(
            (pl.col("park") == pl.col("want_park"))
            & (pl.col("park") != "")
            & ~(pl.col("located") & pl.col("want_located"))
        )
        .then(pl.lit(inside))
        .otherwise(pl.col("straight_km") * road),
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


def _quality(
    given: pl.DataFrame,
    offers: pl.DataFrame,
    uses: pl.DataFrame,
    parameters: pl.DataFrame,
    limits: pl.DataFrame,
) -> pl.DataFrame:
    """How each offer stands to the limits of each use it could serve, where that use has any."""
    return (
        given.with_columns(
            use=uses["use"].gather(given["use_row"]), flow=offers["flow"].gather(given["offer_row"])
        )
        .lazy()
        .join(limits.lazy(), on="use")
        .join(parameters.lazy(), on=["flow", "basis", "parameter"], how="left")
        .with_columns(
            fails=pl.col("low") > pl.col("limit"),
            open=pl.col("high").is_null()
            | ((pl.col("high") > pl.col("limit")) & (pl.col("low") <= pl.col("limit"))),
        )
        .group_by("use_row", "offer_row")
        .agg(
            parameter_fails=pl.col("fails").fill_null(value=False).sum(),
            failed_parameters=pl.col("parameter").filter(pl.col("fails").fill_null(value=False)).sort(),
            parameters_missing=(pl.lit("quality.") + pl.col("parameter").filter("open")).sort(),
        )
        .with_columns(pl.col("use_row", "offer_row").cast(pl.Int32))
        .collect()
    )


def _judge(pairs: pl.DataFrame, quality: pl.DataFrame) -> pl.DataFrame:
    """Adds the gates, the first failure, and the screening score."""
    empty = pl.lit([], dtype=pl.List(pl.String))
    return (
        pairs.join(quality, on=["use_row", "offer_row"], how="left", maintain_order="left")
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
        .with_columns(gates.first_failure(), confidence=_confidence())
    )


def _asked() -> list[tuple[str, pl.Expr]]:
    """Codes of what may still have to be asked, the essential ones first, and whether it has."""
    return [
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


def with_missing(pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds `missing`, the codes of what is still to be asked of each pair."""
    named = pl.concat_list([pl.when(test).then(pl.lit(code)) for code, test in _asked()]).list.drop_nulls()
    return pairs.with_columns(missing=named.list.concat(pl.col("parameters_missing")))


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
    count = pl.sum_horizontal([test.fill_null(value=False).cast(pl.UInt32) for _, test in _asked()])
    return (
        weight("source_class", "weight_")
        * weight("want_source_class", "weight_")
        * weight("use_confidence", "weight_use_")
        * pl.lit(missing).pow(count + pl.col("parameters_missing").list.len())
    )

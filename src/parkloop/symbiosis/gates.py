"""The gates a pair has to pass before anyone ranks it: one expression a gate, over a frame of pairs.

Each gate gives `pass`, `fail`, or `unknown` where the figure it needs is missing; `ask` (legal gate alone)
passes, and the authority is to be asked.
"""

import polars as pl

GATES = ("hazard", "legal", "quality", "temperature", "time", "quantity", "distance")
"""Gates in the order in which a failure is named."""

# classes from the strictest to the mildest; of two opinions the stricter counts
_LEGAL_ORDER = ("prohibited", "waste", "ask_authority", "scrap", "by_product", "product")


def _verdict(fails: pl.Expr, unknown: pl.Expr) -> pl.Expr:
    return (
        pl.when(fails.fill_null(value=False))
        .then(pl.lit("fail"))
        .when(unknown)
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("pass"))
    )


def hazard_gate() -> pl.Expr:
    """Hazardous outputs go only to uses made for them, at licensed receivers; what is not known is unknown.

    Contractors and waste handlers (ISIC division 38) are taken as licensed; of others it is to be asked.
    """
    closed = ~pl.col("hazard_allowed")
    unlicensed = pl.col("hazard_allowed") & pl.col("hazardous").fill_null(value=True) & ~_handles_waste()
    return _verdict(
        closed & pl.col("hazardous"), (closed & pl.col("hazardous").is_null()) | unlicensed
    ).alias("gate_hazard")


def licence_open() -> pl.Expr:
    """Whether it has to be asked if the receiver may take hazardous waste."""
    return pl.col("hazardous").fill_null(value=True) & pl.col("hazard_allowed") & ~_handles_waste()


def _handles_waste() -> pl.Expr:
    return (pl.col("want_kind") == "contractor") | pl.col("want_isic").str.starts_with("38")


def sector_gate() -> pl.Expr:
    """Uses that only some processes have need a receiver whose sector is known; a city has none to know."""
    particular = ~pl.col("sectors").list.contains("")
    nameless = (pl.col("want_isic") == "") & (pl.col("want_kind") != "city")
    return _verdict(pl.lit(value=False), particular & nameless).alias("gate_sector")


def legal_class() -> pl.Expr:
    """The stricter of what the resource is in law and what the use makes of it; unsaid is `ask_authority`."""
    rank = {name: position for position, name in enumerate(_LEGAL_ORDER)}

    def ranked(column: str) -> pl.Expr:
        return pl.col(column).replace_strict(rank, default=len(rank), return_dtype=pl.Int64)

    strictest = pl.min_horizontal(ranked("legal_class"), ranked("legal_use"))
    names = dict(enumerate(_LEGAL_ORDER))
    return strictest.replace_strict(names, default="ask_authority", return_dtype=pl.String).alias("legal")


def legal_gate() -> pl.Expr:
    """Forbidden uses fail; waste and open cases are to be asked about. Needs the column `legal`."""
    return (
        pl.when(pl.col("legal") == "prohibited")
        .then(pl.lit("fail"))
        .when(pl.col("legal").is_in(["waste", "ask_authority"]))
        .then(pl.lit("ask"))
        .otherwise(pl.lit("pass"))
        .alias("gate_legal")
    )


def required_temperature() -> pl.Expr:
    """What a heat use asks of the donor [degC]: its least temperature, or the receiver's plus `dt_min_k`."""
    return (
        pl.when(pl.col("min_temperature_c").is_not_null())
        .then(pl.max_horizontal("min_temperature_c", pl.col("want_temperature_c") + pl.col("dt_min_k")))
        .alias("required_temperature_c")
    )


def temperature_gate() -> pl.Expr:
    """No heat below the temperature needed, no cold above it; too hot a stream fails as well."""
    hot = pl.col("temperature_c") < pl.col("required_temperature_c")
    limit = pl.min_horizontal(
        "max_temperature_c", pl.when(pl.col("cold")).then(pl.col("want_temperature_c") - pl.col("dt_min_k"))
    )
    needed = pl.col("required_temperature_c").is_not_null() | pl.col("cold")
    fails = hot.fill_null(value=False) | (pl.col("temperature_c") > limit).fill_null(value=False)
    return _verdict(fails, needed & pl.col("temperature_c").is_null()).alias("gate_temperature")


def quality_gate() -> pl.Expr:
    """Moisture, pressure and measured parameters within the limits of the use.

    Needs `parameter_fails` (how many parameters exceed their limit), `parameters_missing` (list) from the
    long table of limits.
    """
    wet = pl.col("moisture_fraction") > pl.col("max_moisture_fraction")
    weak = pl.col("pressure_bar") < pl.col("min_pressure_bar")
    fails = wet.fill_null(value=False) | weak.fill_null(value=False) | (pl.col("parameter_fails") > 0)
    return _verdict(fails, pl.col("parameters_missing").list.len() > 0).alias("gate_quality")


def time_gate() -> pl.Expr:
    """Donor and receiver run at the same time often enough. Needs `overlap_fraction`."""
    return _verdict(pl.col("overlap_fraction") < 0.02, pl.lit(value=False)).alias("gate_time")


def quantity_gate() -> pl.Expr:
    """Enough on both sides to be worth it; an amount that is not known is unknown. Needs `quantity`."""
    small = (pl.col("quantity") <= 0) | (pl.col("quantity_high") < pl.col("min_amount"))
    missing = pl.col("amount").is_null() | pl.col("want_amount").is_null() | pl.col("ratio").is_null()
    return _verdict(small & ~missing, missing).alias("gate_quantity")


def distance_gate() -> pl.Expr:
    """Within the distance the use bears. Needs `distance_km`."""
    return _verdict(pl.col("distance_km") > pl.col("max_distance_km"), pl.col("distance_km").is_null()).alias(
        "gate_distance"
    )


def first_failure() -> pl.Expr:
    """The name of the first gate that fails; null where none does."""
    return pl.coalesce(
        [pl.when(pl.col(f"gate_{gate}") == "fail").then(pl.lit(gate)) for gate in GATES]
    ).alias("reason")

"""What an exchange is worth before anyone makes a case of it: money or emissions per unit given.

Screening figures for ranking and allocation alone; cases are made elsewhere, from the deltas.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from parkloop.methods import transport
from parkloop.methods.economics import annuity
from parkloop.model import Direction, FactorSet, PriceBook, Resource
from parkloop.reference.uses import Use, symbiosis_rates, treatments
from parkloop.symbiosis.frames import lineage
from parkloop.symbiosis.settings import MatchSettings

_EARNING = ("sold", "reused", "recycled")
_DISPOSED = ("landfilled", "incinerated", "treated", "discharged", "stored")
_TRUCK_FUEL = "diesel"


def rate_to_book(book: PriceBook, currency: str) -> float | None:
    """Units of the book's currency for one of `currency`, of the nearest year; None if unknown."""
    if currency in (book.currency, ""):
        return 1.0
    steps = [(rate.base, rate.currency, rate.rate, rate.year) for rate in book.rates]
    steps += [(second, first, 1.0 / value, year) for first, second, value, year in steps if value]

    def direct(one: str, other: str) -> float | None:
        found = [
            (abs(year - book.year), year, value) for a, b, value, year in steps if (a, b) == (one, other)
        ]
        return min(found)[2] if found else None

    through = sorted({rate.base for rate in book.rates})
    chains = [(direct(currency, base), direct(base, book.currency)) for base in through]
    crossed = [first * second for first, second in chains if first is not None and second is not None]
    return direct(currency, book.currency) or (crossed[0] if crossed else None)


def unit_prices(book: PriceBook, side: str, resources: Mapping[str, Resource]) -> pl.DataFrame:
    """The price of each resource on one side of the book [book currency/unit]: its own, else its kind's.

    Columns `resource`, `participant` (empty: general), `fate`, `price`; of several the plain band, then the
    normal one, then the year nearest to the book's.
    """
    schema = {
        "as_resource": pl.String,
        "participant": pl.String,
        "fate": pl.String,
        "band": pl.String,
        "year": pl.Int64,
        "price": pl.Float64,
    }
    rows = []
    for item in book.prices:
        rate = rate_to_book(book, item.currency) if item.side == side else None
        if rate is not None:
            rows.append(
                (item.resource_id, item.participant_id, item.fate, item.band, item.year, item.value * rate)
            )
    band_rank = pl.col("band").replace_strict({"": 0, "normal": 1}, default=2, return_dtype=pl.Int64)
    keys = ["resource", "participant", "fate"]
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .join(lineage(resources, Direction.OUT), on="as_resource")
        .with_columns(band_rank=band_rank, age=(pl.col("year") - book.year).abs())
        .sort(*keys, "steps", "band_rank", "age", "band", "price")
        .unique(keys, keep="first", maintain_order=True)
        .select(*keys, "price")
    )


def _priced(
    frame: pl.DataFrame, prices: pl.DataFrame, columns: tuple[str, str, str], name: str
) -> pl.DataFrame:
    """Adds `name`: own price in the book, else the price of the flow, else the general one.

    `columns` name the resource, the participant and the flow's own price; where the flow is shown to nobody
    but its owner the general price stands alone, so that no figure gives the own one away.
    """
    resource, participant, own_price = columns
    plain = prices.filter(pl.col("fate") == "").drop("fate")
    own = plain.filter(pl.col("participant") != "").rename({"price": "_own"})
    general = plain.filter(pl.col("participant") == "").drop("participant").rename({"price": "_general"})
    return (
        frame.join(
            own, left_on=[resource, participant], right_on=["resource", "participant"], how="left",
            maintain_order="left",
        )
        .join(general, left_on=resource, right_on="resource", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("secret"))
            .then(pl.col("_general"))
            .otherwise(pl.coalesce("_own", own_price, "_general"))
            .alias(name)
        )
        .drop("_own", "_general")
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What pairs are valued by: the prices of each side of the book (`unit_prices`) and the rejects of uses.

    `rejects` has the columns `use` and `reject_money` [book currency/unit].
    """

    buy: pl.DataFrame
    sell: pl.DataFrame
    dispose: pl.DataFrame
    rejects: pl.DataFrame
    resources: Mapping[str, Resource]
    book: PriceBook
    settings: MatchSettings


def worth_of(
    uses: tuple[Use, ...], resources: Mapping[str, Resource], book: PriceBook, settings: MatchSettings
) -> Worth:
    """The tables of one run."""
    buy, sell, dispose = (unit_prices(book, side, resources) for side in ("buy", "sell", "dispose"))
    general = dispose.filter(pl.col("participant") == "")
    fees = dict(zip(general.select("resource", "fate").iter_rows(), general["price"], strict=True))
    rejects = pl.DataFrame(
        [(use.id, reject_cost(use, resources, fees)) for use in uses],
        schema={"use": pl.String, "reject_money": pl.Float64},
        orient="row",
    )
    return Worth(buy, sell, dispose, rejects, resources, book, settings)


def add_gain(
    pairs: pl.DataFrame,
    uses: tuple[Use, ...],
    resources: Mapping[str, Resource],
    book: PriceBook,
    settings: MatchSettings,
) -> pl.DataFrame:
    """The pairs with what one unit and one link are worth (see `gain_by`)."""
    return gain_by(worth_of(uses, resources, book, settings), pairs)


def gain_by(worth: Worth, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with what one unit and one link are worth, by tables made once.

    Returns
    -------
    DataFrame
        Adds `purchase_price`, `disposal_value`, `treatment_money`, `transport_money` [book currency/unit],
        `fuel_t_per_unit` [t/unit], `link_capex` and `link_cost_per_a` [book currency(/a)], `money_per_unit`,
        `gain_per_unit` and `fixed_cost_per_a` in terms of the objective, and `price_missing` (codes).
    """
    conversions = {code: rate_to_book(worth.book, code) for code in _currencies(pairs)}
    converted = pairs.with_columns(
        secret=(pl.col("visibility") == "owner") | (pl.col("want_visibility") == "owner"),
        _buy=pl.col("want_price")
        * pl.col("want_currency").replace_strict(conversions, default=None, return_dtype=pl.Float64),
        _out=pl.col("price")
        * pl.col("currency").replace_strict(conversions, default=None, return_dtype=pl.Float64),
    )
    priced = _priced(converted, worth.buy, ("displaced", "receiver", "_buy"), "purchase_price")
    priced = _transport(_treatment(_disposal(priced, worth), worth), worth)
    missing = pl.concat_list(
        pl.when(pl.col("purchase_price").is_null()).then(pl.lit("price")),
        pl.when(pl.col("fate").is_in(_EARNING) & pl.col("disposal_value").is_null()).then(
            pl.lit("sale_price")
        ),
    ).list.drop_nulls()
    money = (
        pl.col("purchase_price").fill_null(0.0) * pl.col("displaced_per_unit")
        + pl.col("disposal_value").fill_null(0.0)
        - pl.col("treatment_money")
        - pl.col("transport_money")
    )
    priced = priced.with_columns(price_missing=missing, money_per_unit=money).drop("_buy", "_out", "secret")
    settings = worth.settings
    if settings.objective == "emissions" and settings.factors is not None:
        return _emissions(priced, settings.factors, settings, worth.resources)
    return priced.with_columns(
        gain_per_unit=pl.col("money_per_unit"), fixed_cost_per_a=pl.col("link_cost_per_a")
    )


def _currencies(pairs: pl.DataFrame) -> list[str]:
    return sorted({*pairs["currency"].drop_nulls(), *pairs["want_currency"].drop_nulls(), ""})


def _disposal(pairs: pl.DataFrame, worth: Worth) -> pl.DataFrame:
    """Adds `disposal_value` per unit: fee saved (positive), sale lost (negative), none if fate unknown."""
    fees = worth.dispose
    by_fate = fees.filter((pl.col("participant") == "") & (pl.col("fate") != "")).drop("participant")
    blank = pl.lit(None, dtype=pl.Float64)
    pairs = pairs.with_columns(_none=blank)
    pairs = _priced(pairs, fees, ("resource", "donor", "_none"), "_fee")
    pairs = _priced(pairs, worth.sell, ("resource", "donor", "_none"), "_sale")
    pairs = pairs.join(
        by_fate.rename({"price": "_fate_fee"}), on=["resource", "fate"], how="left", maintain_order="left"
    )
    own = pl.when(~pl.col("secret")).then(pl.col("_out"))
    return pairs.with_columns(
        disposal_value=pl.when(own.is_not_null())
        .then(-own)
        .when(pl.col("fate").is_in(_EARNING))
        .then(-pl.col("_sale"))
        .when(pl.col("fate").is_in(_DISPOSED))
        .then(pl.coalesce("_fate_fee", "_fee"))
    ).drop("_none", "_fee", "_sale", "_fate_fee")


def general_price(prices: pl.DataFrame, resource: str) -> float:
    """The general price of one resource; 0 where the book has none."""
    found = prices.filter((pl.col("resource") == resource) & (pl.col("participant") == ""))
    return float(found["price"][0]) if len(found) else 0.0


def _treatment(pairs: pl.DataFrame, worth: Worth) -> pl.DataFrame:
    """Adds `treatment_money`: upkeep, electricity, rejects and the yearly burden of the equipment."""
    power = general_price(worth.buy, "electricity")
    dollar = rate_to_book(worth.book, "USD") or 0.0
    life = symbiosis_rates()["truck_lifetime"].value.best
    burden = float(annuity(1.0, worth.book.discount_rate, life))
    return pairs.join(worth.rejects, on="use", how="left", maintain_order="left").with_columns(
        treatment_money=(pl.col("treatment_cost") + pl.col("treatment_capex") * burden) * dollar
        + pl.col("treatment_kwh") * power
        + pl.col("reject_money").fill_null(0.0)
    )


def rejects_of(use: Use, resources: Mapping[str, Resource]) -> tuple[tuple[str, str, float], ...]:
    """What the treatment path throws out per unit that enters it: resource, fate, amount [its unit/unit].

    A tonne of rejected water is taken as a cubic metre and the other way round.
    """
    left, found = 1.0, []
    for step in (treatments()[name] for name in use.treatment):
        share = left * (1.0 - step.yield_fraction.best)
        left *= step.yield_fraction.best
        reject = resources.get(step.reject_resource_id)
        if reject is not None and share > 0 and {reject.unit, step.unit} <= {"t", "m3"}:
            found.append((step.reject_resource_id, step.reject_fate, share))
    return tuple(found)


def reject_cost(use: Use, resources: Mapping[str, Resource], fees: Mapping[tuple[str, str], float]) -> float:
    """Fees for what the treatment path throws out per unit that enters it [book currency/unit].

    `fees` gives the general fee of a resource and fate; where it has none, that of the empty fate counts.
    """
    total = 0.0
    for resource, fate, share in rejects_of(use, resources):
        total += share * fees.get((resource, fate), fees.get((resource, ""), 0.0))
    return total


def _transport(pairs: pl.DataFrame, worth: Worth) -> pl.DataFrame:
    """Adds the money of haulage per unit, its fuel, and the investment in the line and its yearly burden."""
    rates = {key: rate.value.best for key, rate in symbiosis_rates().items()}
    dollar = rate_to_book(worth.book, "USD") or 0.0
    fuel_price, power = general_price(worth.buy, _TRUCK_FUEL), general_price(worth.buy, "electricity")
    density = {key: item.density_t_per_m3 for key, item in worth.resources.items() if item.unit == "m3"}
    tonnes = pairs.select(
        pl.col("resource").replace_strict(density, default=1.0, return_dtype=pl.Float64).fill_null(1.0)
    )["resource"].to_numpy()
    length = pl.col("distance_km").fill_null(0.0)
    way_km = pairs.select(length)["distance_km"].to_numpy()
    truck = pl.col("mode") == "truck"
    fuel = pl.Series(transport.haul_fuel_t(tonnes, way_km, rates["truck_fuel"], rates["diesel_density"]))
    haul = pl.Series(
        transport.haul_cost(tonnes, way_km, rates["truck_rate"], rates["truck_handling"]) * dollar
    )
    per_metre = pl.col("link").replace_strict(
        {key: rates[key] for key in ("pipe_water", "pipe_heat", "pipe_gas", "cable")},
        default=0.0,
        return_dtype=pl.Float64,
    )
    pumping = pl.when(pl.col("link") == "pipe_water").then(length * rates["pipe_pumping"]).otherwise(0.0)
    burden = float(annuity(1.0, worth.book.discount_rate, rates["link_lifetime"]))
    return pairs.with_columns(
        fuel_t_per_unit=pl.when(truck).then(fuel).otherwise(0.0),
        haul_money=pl.when(truck).then(haul).otherwise(0.0),
        pumping_kwh=pumping,
        link_capex=per_metre * length * 1000.0 * dollar,
    ).with_columns(
        transport_money=pl.col("haul_money")
        + pl.col("fuel_t_per_unit") * fuel_price
        + pl.col("pumping_kwh") * power,
        link_cost_per_a=pl.col("link_capex") * burden,
    )


def _emissions(
    pairs: pl.DataFrame,
    factors: FactorSet,
    settings: MatchSettings,
    resources: Mapping[str, Resource],
) -> pl.DataFrame:
    """Gain in avoided tCO2e: displaced input and disposal, less electricity and truck fuel."""
    rows = [
        (item.resource_id, item.fate, item.value)
        for item in factors.factors
        if item.book in settings.books and not item.biogenic
    ]
    schema = {"as_resource": pl.String, "fate": pl.String, "value": pl.Float64}
    table = (
        pl.DataFrame(rows, schema=schema, orient="row")
        .group_by("as_resource", "fate")
        .agg(pl.col("value").sum())
        .join(lineage(resources, Direction.OUT), on="as_resource")
        .sort("resource", "fate", "steps")
        .unique(["resource", "fate"], keep="first", maintain_order=True)
        .select("resource", "fate", "value")
    )
    plain = table.filter(pl.col("fate") == "").drop("fate")
    by_fate = table.filter(pl.col("fate") != "")

    def of(resource: str) -> float:
        found = plain.filter(pl.col("resource") == resource)
        return float(found["value"][0]) if len(found) else 0.0

    joined = pairs.join(
        plain.rename({"resource": "displaced", "value": "_displaced"}),
        on="displaced", how="left", maintain_order="left",
    ).join(
        by_fate.rename({"value": "_fate"}), on=["resource", "fate"], how="left", maintain_order="left"
    )  # fmt: skip
    bought = ~pl.col("fate").is_in(_EARNING)
    return joined.with_columns(
        gain_per_unit=pl.col("_displaced").fill_null(0.0) * pl.col("displaced_per_unit") * bought
        + pl.col("_fate").fill_null(0.0)
        - (pl.col("treatment_kwh") + pl.col("pumping_kwh")) * of("electricity")
        - pl.col("fuel_t_per_unit") * of(_TRUCK_FUEL),
        fixed_cost_per_a=pl.lit(0.0),
    ).drop("_displaced", "_fate")

"""Prices, tariff hours, exchange rates and economic parameters by country, as defaults to be replaced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache, lru_cache

from parkloop.model import Confidence, ExchangeRate, Family, Price
from parkloop.reference.reference_rows import ReferenceRow, row
from parkloop.reference.resources import inheritors, resources
from parkloop.reference.tables import confidence, rows

__all__ = [
    "TariffHours",
    "discount_rate",
    "exchange_rates",
    "parameters",
    "prices",
    "tariff_hours",
    "voltages",
]

_SIDES = ("buy", "sell", "dispose")
_WIDER = 1.5  # what a kind may differ from what it is a kind of, over the doubt of the row itself


@lru_cache(maxsize=64)
def prices(country: str, year: int, voltage: str = "22_to_110kV") -> tuple[Price, ...]:
    """Default prices [currency per canonical unit] of `country`, excluding VAT.

    Of several editions of one price the latest not after `year` is given, else the earliest; `Price.year`
    says which. Electricity comes by band (`normal`, `peak`, `off_peak`) of one voltage level; the line with
    an empty band is the mean of steady use over the week and no value for a saving. On the side `dispose` a
    positive price is a cost. An empty `fate` fits any fate. A resource without a price on a side takes that
    of its nearest `ancestors` with the same unit, with half as much doubt again.

    Parameters
    ----------
    country
        ISO 3166 alpha-2; an unknown one gives no prices.
    year
        Price year asked for.
    voltage
        One of `voltages(country)`.

    Notes
    -----
    Sources per row: Decision 1279/QD-BCT of 9 May 2025 for electricity in Viet Nam; all others are orders
    of magnitude, `unchecked`, with a wide `uncertainty`.

    Examples
    --------
    >>> [p.value for p in prices("VN", 2025) if p.resource_id == "electricity" and p.band == "peak"]
    [3398.0]
    """
    latest: dict[tuple[str, ...], Mapping[str, str]] = {}
    for cells in rows("prices.csv"):
        if (
            cells["country"] != country
            or cells["side"] not in _SIDES
            or cells["voltage"] not in ("", voltage)
        ):
            continue
        key = (cells["resource_id"], cells["side"], cells["band"], cells["fate"])
        if key not in latest or _nearer(int(cells["year"]), int(latest[key]["year"]), year):
            latest[key] = cells
    own = tuple(_price(cells) for cells in latest.values())
    return (*own, *_inherited(own))


def _inherited(own: tuple[Price, ...]) -> Iterable[Price]:
    held: dict[str, dict[str, list[Price]]] = {}
    for price in own:
        held.setdefault(price.side, {}).setdefault(price.resource_id, []).append(price)
    for by_resource in held.values():
        for resource_id, ancestor in inheritors(by_resource):
            if resource_id not in _own_generation():
                for price in by_resource[ancestor]:
                    yield replace(
                        price,
                        resource_id=resource_id,
                        confidence=_weaker(price.confidence),
                        uncertainty=price.uncertainty * _WIDER,
                    )


def _weaker(given: Confidence) -> Confidence:
    return Confidence.INFERRED if given is Confidence.CHECKED else given


@cache
def _own_generation() -> frozenset[str]:
    """Electricity that is made, not bought: the grid tariff is no price of it."""
    made = {item.id for item in resources().values() if item.family is Family.ELECTRICITY}
    return frozenset(made - {"electricity", "electricity_grid"})


def _nearer(candidate: int, held: int, year: int) -> bool:
    if (candidate <= year) != (held <= year):
        return candidate <= year
    return candidate > held if candidate <= year else candidate < held


def _price(cells: Mapping[str, str]) -> Price:
    return Price(
        resource_id=cells["resource_id"],
        value=float(cells["value"]),
        currency=cells["currency"],
        year=int(cells["year"]),
        side=cells["side"],
        band=cells["band"],
        fate=cells["fate"],
        reference_id=cells["id"],
        confidence=confidence(cells["confidence"]),
        uncertainty=float(cells["uncertainty"]),
    )


@cache
def voltages(country: str) -> tuple[str, ...]:
    """The voltage levels of the electricity tariff of `country`, as `prices` takes them."""
    found = [cells["voltage"] for cells in rows("prices.csv") if cells["country"] == country]
    return tuple(dict.fromkeys(item for item in found if item))


@dataclass(frozen=True, slots=True)
class TariffHours:
    """One daily window of a tariff band, local time; `end` before `start` runs over midnight.

    `days` is `mon-sat` or `mon-sun`; what no window covers is the normal band. `status` is `in_force` or
    `decided` (published, not applied on `seen_on`).
    """

    id: str
    country: str
    band: str
    days: str
    start: time
    end: time
    status: str
    valid_from: date | None
    seen_on: date
    source: str
    confidence: Confidence
    note: str = ""

    @property
    def hours_per_week(self) -> float:
        """Length of the window over a week [h/week]."""
        minutes = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return (minutes % 1440) / 60 * (6 if self.days == "mon-sat" else 7)


@cache
def tariff_hours(country: str, status: str = "in_force") -> tuple[TariffHours, ...]:
    """The windows of the peak and off-peak bands of `country`.

    Examples
    --------
    >>> sum(item.hours_per_week for item in tariff_hours("VN") if item.band == "peak")
    30.0
    """
    return tuple(
        TariffHours(
            id=cells["id"],
            country=cells["country"],
            band=cells["band"],
            days=cells["days"],
            start=time.fromisoformat(cells["start"]),
            end=time.fromisoformat(cells["end"]),
            status=cells["status"],
            valid_from=date.fromisoformat(cells["valid_from"]) if cells["valid_from"] else None,
            seen_on=date.fromisoformat(cells["seen_on"]),
            source=cells["source"],
            confidence=confidence(cells["confidence"]),
            note=cells["note"],
        )
        for cells in rows("prices_hours.csv")
        if cells["country"] == country and cells["status"] == status
    )


@cache
def exchange_rates() -> tuple[ExchangeRate, ...]:
    """Units of each currency for one US dollar: orders of magnitude, to be replaced by a dated rate.

    Examples
    --------
    >>> next(item.rate for item in exchange_rates() if item.currency == "VND")
    25500.0
    """
    return tuple(
        ExchangeRate(
            currency=cells["currency"],
            base=cells["base"],
            rate=float(cells["value"]),
            year=int(cells["year"]),
            source=cells["source"],
            reference_id=cells["id"],
            confidence=confidence(cells["confidence"]),
        )
        for cells in rows("prices_exchange_rates.csv")
    )


@cache
def parameters(country: str) -> Mapping[str, ReferenceRow]:
    """Economic parameters of `country` by name (`discount_rate`, `vat`, `power_factor_limit`, ...).

    Rows without a country hold everywhere and give way to one of the country.
    """
    own: dict[str, ReferenceRow] = {}
    general: dict[str, ReferenceRow] = {}
    for cells in rows("prices_parameters.csv"):
        if cells["country"] in (country, ""):
            (own if cells["country"] else general)[cells["parameter"]] = row(cells["id"])
    return general | own


def discount_rate(country: str) -> ReferenceRow:
    """The default discount rate [1/a] of `country`, nominal and before tax, with its band.

    Examples
    --------
    >>> discount_rate("VN").value
    0.1
    """
    return parameters(country)["discount_rate"]

"""Prices and factors of a run, resolved once: the user's own before the published ones."""

from parkloop import reference
from parkloop.app.settings import RunSettings
from parkloop.model import FactorSet, Ledger, PriceBook

__all__ = ["factor_set", "price_book"]


def price_book(ledger: Ledger, settings: RunSettings, year: int) -> PriceBook:
    """The programme's prices in its currency: entered prices, flow prices, then the reference tables."""
    country = ledger.programme.country
    rate = settings.discount_rate
    row = reference.discount_rate(country)
    return PriceBook(
        currency=ledger.programme.currency,
        year=year,
        prices=ledger.prices + _flow_prices(ledger, year) + reference.prices(country, year, settings.voltage),
        rates=ledger.exchange_rates + reference.exchange_rates(),
        discount_rate=row.value if rate is None else rate,
        discount_rate_source=row.id if rate is None else "settings",
    )


def factor_set(ledger: Ledger, year: int) -> FactorSet:
    """The emission factors for the programme's country and `year`."""
    return reference.factor_set(ledger.programme.country, year)

"""Prices and factors of a run, resolved once: the user's own before the published ones."""

from parkloop import reference
from parkloop.app.settings import RunSettings
from parkloop.model import Confidence, Direction, FactorSet, Flow, Ledger, Price, PriceBook

__all__ = ["factor_set", "price_book"]

ENTERED_UNCERTAINTY = 0.05


def price_book(ledger: Ledger, settings: RunSettings, year: int) -> PriceBook:
    """The programme's prices in its currency: entered ones, those of its flows, then the reference tables."""
    country = ledger.programme.country
    row = reference.discount_rate(country)
    given = settings.discount_rate
    return PriceBook(
        currency=ledger.programme.currency,
        year=year,
        prices=ledger.prices + flow_prices(ledger.flows) + reference.prices(country, year, settings.voltage),
        rates=ledger.exchange_rates + reference.exchange_rates(),
        discount_rate=float(row.value or 0.0) if given is None else given,
        discount_rate_source=row.id if given is None else "settings",
    )


def flow_prices(flows: tuple[Flow, ...]) -> tuple[Price, ...]:
    """What participants themselves pay or get for a resource, from their flows.

    A negative price of an output is what its disposal costs; on the side `dispose` a cost is positive.
    """
    found = []
    for flow in flows:
        if flow.price is None or not flow.currency:
            continue
        if flow.direction is Direction.IN:
            side, value = "buy", flow.price
        else:
            side, value = ("sell", flow.price) if flow.price >= 0 else ("dispose", -flow.price)
        found.append(
            Price(
                resource_id=flow.resource_id,
                value=value,
                currency=flow.currency,
                year=flow.period.start.year,
                side=side,
                fate=flow.fate.value if flow.direction is Direction.OUT else "",
                participant_id=flow.participant_id,
                figure_id=f"flow/{flow.id}/price",
                confidence=Confidence.CHECKED,
                uncertainty=ENTERED_UNCERTAINTY,
            )
        )
    return tuple(found)


def factor_set(ledger: Ledger, year: int) -> FactorSet:
    """The emission factors for the programme's country and `year`."""
    return reference.factor_set(ledger.programme.country, year)

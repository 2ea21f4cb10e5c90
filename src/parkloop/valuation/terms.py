"""What solutions are valued on, and how."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop.model import Bill, Book, EndUseGraph, Factor, FactorSet, Flow, Price, PriceBook, Range, Resource


@dataclass(frozen=True, slots=True)
class ValuationSettings:
    """How to value.

    Attributes
    ----------
    year
        Baseline year of flows and bills without a graph.
    seed, draws
        Of the Monte Carlo runs; the same seed gives the same numbers in any order of solutions.
    realisation
        Verified over expected savings [-] as 10/50/90 points, one draw for all solutions that are not yet
        verified or measured. It widens ranges; `best` stays the saving as stated.
    assessor_correlation
        Correlation between the errors of two estimates [-]: estimates by one assessor share a bias.
    single_limit_fraction, bundle_limit_fraction
        A measure above this share of its use, a bundle above this share of a site's carrier (fuel switch,
        solar and exchanges apart) is an issue to explain [-].
    """

    year: int
    seed: int = 1
    draws: int = 500
    realisation: Range = Range(0.6, 0.8, 1.0)
    assessor_correlation: float = 0.5
    single_limit_fraction: float = 0.4
    bundle_limit_fraction: float = 0.3


@dataclass(frozen=True, slots=True)
class Terms:
    """The baseline that savings are taken from, and the prices and factors they are valued at.

    Attributes
    ----------
    graphs
        Participant id to its end-use graph.
    flows, bills
        Flows and bills of all participants; bills stand in where neither graph nor flow is known.
    book, factors
        Prices and emission factors, resolved once.
    resources
        The taxonomy by id, with the canonical units.
    flow_by_id, flows_of, bills_of
        The same flows and bills by id and by participant.
    prices_of
        The prices of the book by resource, side and participant (empty: general).
    price_spread
        The largest relative half-width of the prices of a resource and side [-].
    factors_of
        The factors that savings are counted with (not the inventory's), by resource and fate.
    """

    graphs: Mapping[str, EndUseGraph]
    flows: tuple[Flow, ...]
    bills: tuple[Bill, ...]
    book: PriceBook
    factors: FactorSet
    resources: Mapping[str, Resource]
    settings: ValuationSettings
    flow_by_id: Mapping[str, Flow] = field(init=False, repr=False, compare=False)
    flows_of: Mapping[str, tuple[Flow, ...]] = field(init=False, repr=False, compare=False)
    bills_of: Mapping[str, tuple[Bill, ...]] = field(init=False, repr=False, compare=False)
    prices_of: Mapping[tuple[str, str, str], tuple[Price, ...]] = field(init=False, repr=False, compare=False)
    price_spread: Mapping[tuple[str, str], float] = field(init=False, repr=False, compare=False)
    factors_of: Mapping[tuple[str, str], tuple[Factor, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Indexes made once: a search evaluates thousands of bundles on the same terms.
        flows: dict[str, list[Flow]] = defaultdict(list)
        bills: dict[str, list[Bill]] = defaultdict(list)
        for flow in self.flows:
            flows[flow.participant_id].append(flow)
        for bill in self.bills:
            bills[bill.participant_id].append(bill)
        prices: dict[tuple[str, str, str], list[Price]] = defaultdict(list)
        spread: dict[tuple[str, str], float] = {}
        factors: dict[tuple[str, str], list[Factor]] = defaultdict(list)
        for price in self.book.prices:
            prices[price.resource_id, price.side, price.participant_id].append(price)
            key = price.resource_id, price.side
            spread[key] = max(spread.get(key, price.uncertainty), price.uncertainty)
        for factor in self.factors.factors:
            if factor.book is not Book.INVENTORY:
                factors[factor.resource_id, factor.fate].append(factor)
        object.__setattr__(self, "prices_of", {key: tuple(found) for key, found in prices.items()})
        object.__setattr__(self, "price_spread", spread)
        object.__setattr__(self, "factors_of", {key: tuple(found) for key, found in factors.items()})
        object.__setattr__(self, "flow_by_id", {flow.id: flow for flow in self.flows})
        object.__setattr__(self, "flows_of", {name: tuple(found) for name, found in flows.items()})
        object.__setattr__(self, "bills_of", {name: tuple(found) for name, found in bills.items()})

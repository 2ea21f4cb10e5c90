"""What a site takes of each carrier in a year, from bills where they cover it, else from flows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop.model import Bill, Direction, Family, Fate, Flow, Issue, Severity, Site, SourceClass, Where
from parkloop.reference import resources

__all__ = ["Supply", "supplies"]

_CARRIERS = {Family.ELECTRICITY, Family.FUEL, Family.WATER, Family.HEAT}
_NOT_ENERGY_BANDS = {"reactive", "capacity"}
_FULL_YEAR = 0.97


@dataclass(frozen=True, slots=True)
class Supply:
    """One carrier of a site in a year [canonical unit], with the share of each tariff band."""

    resource_id: str
    amount: float
    source_class: SourceClass
    band_shares: Mapping[str, float] = field(default_factory=dict)


def supplies(site: Site) -> tuple[tuple[Supply, ...], tuple[Issue, ...]]:
    """Every energy and water carrier the site takes, and what was odd about the figures.

    Bills that cover the year go before flows; flows of own generation and of exchanges come on top of bills;
    what is sold on is taken off. Bills of part of a year are used as they are, never scaled up, and say so.
    """
    bills, flows, sold = _by_resource(site)
    found: list[Supply] = []
    issues: list[Issue] = []
    for resource_id in sorted({*bills, *flows}):
        paid, covered = bills.get(resource_id, ()), _coverage(bills.get(resource_id, ()))
        entered = flows.get(resource_id, ())
        if paid and (covered >= _FULL_YEAR or not entered):
            if covered < _FULL_YEAR:
                issues.append(_incomplete(site, resource_id, covered))
            supply = _from_bills(resource_id, paid, entered, sold.get(resource_id, 0.0))
        else:
            supply = _from_flows(resource_id, entered, sold.get(resource_id, 0.0))
        if supply.amount > 0:
            found.append(supply)
    return tuple(found), tuple(issues)


def _by_resource(
    site: Site,
) -> tuple[dict[str, tuple[Bill, ...]], dict[str, tuple[Flow, ...]], dict[str, float]]:
    bills: dict[str, list[Bill]] = defaultdict(list)
    flows: dict[str, list[Flow]] = defaultdict(list)
    sold: dict[str, float] = defaultdict(float)
    for bill in site.bills:
        counts = bill.band not in _NOT_ENERGY_BANDS and bill.period.start.year == site.year
        if counts and bill.participant_id == site.participant.id and _is_carrier(bill.resource_id):
            bills[bill.resource_id].append(bill)
    for flow in site.flows:
        if flow.participant_id != site.participant.id or flow.period.start.year != site.year:
            continue
        if flow.direction is Direction.IN and _is_carrier(flow.resource_id):
            flows[flow.resource_id].append(flow)
        elif flow.direction is Direction.OUT and flow.fate in {Fate.SOLD, Fate.EXCHANGED}:
            sold[flow.resource_id] += flow.amount.value
    return {k: tuple(v) for k, v in bills.items()}, {k: tuple(v) for k, v in flows.items()}, dict(sold)


def _is_carrier(resource_id: str) -> bool:
    found = resources().get(resource_id)
    return found is not None and found.family in _CARRIERS


def _coverage(bills: tuple[Bill, ...]) -> float:
    spans = {(bill.period.start, bill.period.end) for bill in bills}
    return sum((end - start).days + 1 for start, end in spans) / 365.0


def _from_bills(resource_id: str, bills: tuple[Bill, ...], flows: tuple[Flow, ...], sold: float) -> Supply:
    bands: dict[str, float] = defaultdict(float)
    for bill in bills:
        bands[bill.band] += bill.amount.value
    paid = sum(bands.values())
    own = sum(f.amount.value for f in flows if f.fate in {Fate.OWN, Fate.EXCHANGED})
    named = {band: amount / paid for band, amount in sorted(bands.items()) if band and paid > 0}
    return Supply(resource_id, max(0.0, paid + own - sold), SourceClass.BILLED, named)


def _from_flows(resource_id: str, flows: tuple[Flow, ...], sold: float) -> Supply:
    taken = sum(flow.amount.value for flow in flows)
    order = list(SourceClass)
    weakest = max(
        (flow.amount.source_class for flow in flows), key=order.index, default=SourceClass.ESTIMATED
    )
    return Supply(resource_id, max(0.0, taken - sold), weakest)


def _incomplete(site: Site, resource_id: str, covered: float) -> Issue:
    return Issue(
        "recp.graph.bills_incomplete",
        Severity.INFO,
        Where(record=site.participant.id),
        {"participant": site.participant.name, "carrier": resource_id, "percent": round(covered * 100)},
    )

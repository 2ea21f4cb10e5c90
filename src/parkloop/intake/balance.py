"""Balances of participants and of what passes between them, and reconciliation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from math import sqrt

import numpy as np

from parkloop.intake.quantities import KWH_PER_GJ, Yearly, amount_sigma
from parkloop.methods.reconciliation import reconcile
from parkloop.model import (
    Adjusted,
    Balance,
    Direction,
    Family,
    Flow,
    Issue,
    Ledger,
    Resource,
    Severity,
    Where,
)

__all__ = ["balances", "reconciled"]

ENERGY = (Family.ELECTRICITY, Family.FUEL, Family.HEAT)
GROSS_Z = 3.0
CONFIDENT_Z = 2.0


def balances(
    amounts: Iterable[Yearly], year: int, resources: Mapping[str, Resource]
) -> tuple[tuple[Balance, ...], tuple[Issue, ...]]:
    """Water, energy, mass and named substances of each participant.

    Water and energy may leave unseen (evaporation, products, losses) but never come from nowhere: they close
    when the outflow does not exceed the inflow by more than two standard uncertainties. A substance closes
    when both sides are known and differ by no more than that. Mass is shown as coverage only.
    """
    found, issues = [], []
    by_owner: dict[str, list[Yearly]] = defaultdict(list)
    for item in amounts:
        by_owner[item.participant_id].append(item)
    for owner, items in sorted(by_owner.items()):
        rows = [
            _balance(items, (owner, "water", "m3", year), lambda i: _water(i, resources)),
            _balance(items, (owner, "energy", "kWh", year), lambda i: _energy(i, resources)),
            _mass(items, owner, year, resources),
            *_substances(items, owner, year, resources),
        ]
        for row in rows:
            if row is None:
                continue
            found.append(row)
            if row.closes is False:
                issues.append(_open(row))
    return tuple(found), tuple(issues)


def _open(row: Balance) -> Issue:
    return Issue(
        "intake.balance.does_not_close",
        Severity.WARNING,
        Where(record=row.participant_id, field=row.subject),
        {
            "subject": row.subject,
            "inflow": round(row.inflow, 1),
            "outflow": round(row.outflow, 1),
            "unit": row.unit,
            "year": row.year,
        },
    )


def _water(item: Yearly, resources: Mapping[str, Resource]) -> float | None:
    resource = resources[item.resource_id]
    return 1.0 if resource.family is Family.WATER and resource.unit == "m3" else None


def _energy(item: Yearly, resources: Mapping[str, Resource]) -> float | None:
    """kWh per canonical unit, on net calorific value; None where there is none."""
    resource = resources[item.resource_id]
    if resource.unit == "kWh":
        return 1.0
    if resource.family in ENERGY and resource.ncv_gj_per_unit:
        return resource.ncv_gj_per_unit * KWH_PER_GJ
    return None


def _balance(
    items: list[Yearly], key: tuple[str, str, str, int], weight: Callable[[Yearly], float | None]
) -> Balance | None:
    owner, subject, unit, year = key
    inflow = outflow = variance = 0.0
    sides = set()
    for item in items:
        factor = weight(item)
        if factor is None:
            continue
        sides.add(item.direction)
        variance += (item.sigma * factor) ** 2
        if item.direction is Direction.IN:
            inflow += item.amount * factor
        else:
            outflow += item.amount * factor
    if Direction.IN not in sides:
        return None
    sigma = sqrt(variance)
    closes = inflow - outflow >= -CONFIDENT_Z * sigma
    return Balance(owner, subject, unit, year, inflow, outflow, inflow - outflow, sigma, closes)


def _mass(items: list[Yearly], owner: str, year: int, resources: Mapping[str, Resource]) -> Balance | None:
    tonnes = [i for i in items if resources[i.resource_id].unit == "t"]
    inflow = sum(i.amount for i in tonnes if i.direction is Direction.IN)
    outflow = sum(i.amount for i in tonnes if i.direction is Direction.OUT)
    if inflow <= 0:
        return None
    sigma = sqrt(sum(i.sigma**2 for i in tonnes))
    return Balance(owner, "mass", "t", year, inflow, outflow, inflow - outflow, sigma, None, outflow / inflow)


def _substances(
    items: list[Yearly], owner: str, year: int, resources: Mapping[str, Resource]
) -> Iterable[Balance]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for item in items:
        if item.flow is None or resources[item.resource_id].unit != "t":
            continue
        for substance, (low, high) in item.flow.quality.composition.items():
            share, spread = (low + high) / 2, (high - low) / 2
            row = sums[substance]
            row[0 if item.direction is Direction.IN else 1] += item.amount * share
            row[2] += (item.sigma * share) ** 2 + (item.amount * spread) ** 2
    for substance, (inflow, outflow, variance) in sorted(sums.items()):
        if inflow > 0 and outflow > 0:
            sigma = sqrt(variance)
            closes = abs(inflow - outflow) <= CONFIDENT_Z * sigma
            yield Balance(owner, substance, "t", year, inflow, outflow, inflow - outflow, sigma, closes)


def reconciled(
    ledger: Ledger, year: int, resources: Mapping[str, Resource]
) -> tuple[Mapping[str, tuple[Adjusted, ...]], tuple[Issue, ...]]:
    """Flows that must be equal to others, adjusted by weighted least squares; by participant.

    Two kinds of equality are known: what tenants send to a named counterpart is what it takes in, and what a
    donor gives to a named receiver is what that one takes. An adjustment of more than three of its standard
    deviations is an issue.
    """
    flows = [f for f in ledger.flows if f.period.start.year <= year <= f.period.end.year]
    links = _links(flows)
    if not links:
        return {}, ()
    ids = sorted({flow_id for gives, takes in links for flow_id in (*gives, *takes)})
    place = {flow_id: n for n, flow_id in enumerate(ids)}
    by_id = {f.id: f for f in flows}
    rows = np.zeros((len(links), len(ids)))
    for n, (gives, takes) in enumerate(links):
        rows[n, [place[i] for i in gives]] = 1.0
        rows[n, [place[i] for i in takes]] = -1.0
    values = [by_id[i].amount.value for i in ids]
    spread = [amount_sigma(by_id[i], resources[by_id[i].resource_id]) for i in ids]
    answer = reconcile(values, spread, rows)
    found: dict[str, list[Adjusted]] = defaultdict(list)
    issues = []
    for n, flow_id in enumerate(ids):
        flow = by_id[flow_id]
        row = Adjusted(
            flow_id,
            flow.amount.value,
            float(answer.values[n]),
            flow.amount.unit,
            spread[n],
            float(answer.z[n]),
        )
        found[flow.participant_id].append(row)
        if abs(row.z) > GROSS_Z:
            issues.append(_gross(row, flow))
    return {owner: tuple(rows_) for owner, rows_ in found.items()}, tuple(issues)


def _gross(row: Adjusted, flow: Flow) -> Issue:
    return Issue(
        "intake.balance.gross_error",
        Severity.WARNING,
        Where(record=f"flow/{row.flow_id}", field="amount"),
        {
            "participant": flow.participant_id,
            "entered": round(row.entered, 2),
            "adjusted": round(row.adjusted, 2),
            "unit": row.unit,
            "z": round(abs(row.z), 1),
        },
    )


def _links(flows: list[Flow]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(flows given, flows taken) that must be equal, for each resource and receiver that has entered both."""
    given: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    taken: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    for flow in flows:
        if flow.direction is Direction.OUT and flow.counterpart_id:
            given[flow.resource_id, flow.counterpart_id].append(flow)
        if flow.direction is Direction.IN:
            taken[flow.resource_id, flow.participant_id].append(flow)
    links = []
    for (resource_id, receiver), gives in sorted(given.items()):
        takes = taken.get((resource_id, receiver), [])
        named = [t for t in takes if t.counterpart_id]
        pairs = _pairs(gives, named) if named else [(gives, takes)]
        links += [(tuple(g.id for g in a), tuple(t.id for t in b)) for a, b in pairs if a and b]
    return links


def _pairs(gives: list[Flow], takes: list[Flow]) -> list[tuple[list[Flow], list[Flow]]]:
    donors = sorted({f.participant_id for f in gives})
    return [
        ([g for g in gives if g.participant_id == d], [t for t in takes if t.counterpart_id == d])
        for d in donors
    ]

"""Yearly amounts of a participant, from bills where they exist, else from flows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from parkloop import reference
from parkloop.methods.reconciliation import half_width_to_sigma
from parkloop.model import Direction, Flow, Ledger, Resource, SourceClass

__all__ = ["Yearly", "amount_sigma", "yearly_amounts"]

KWH_PER_GJ = 1 / 0.0036
LEAST_RELATIVE = 1e-4


@dataclass(frozen=True, slots=True)
class Yearly:
    """One amount of a year [canonical unit of the resource] with its standard uncertainty.

    `months` counts the months that bills cover; None for a flow.
    """

    participant_id: str
    direction: Direction
    resource_id: str
    amount: float
    sigma: float
    source_class: SourceClass
    figure_ids: tuple[str, ...]
    months: int | None = None
    flow: Flow | None = None


def amount_sigma(flow: Flow, resource: Resource) -> float:
    """Standard uncertainty of a flow: its typed range, else the default of its source class."""
    amount = flow.amount
    if amount.low is not None and amount.high is not None:
        half = (amount.high - amount.low) / 2
    else:
        half = abs(amount.value) * _relative(amount.source_class, resource)
    return max(half_width_to_sigma(half), LEAST_RELATIVE * max(abs(amount.value), 1e-9))


def _relative(source_class: SourceClass, resource: Resource) -> float:
    if source_class is SourceClass.INFERRED:
        return reference.inferred_factor(resource.family) - 1
    return reference.uncertainty(source_class, resource.family, resource.id)


def yearly_amounts(ledger: Ledger, year: int, resources: Mapping[str, Resource]) -> tuple[Yearly, ...]:
    """Every amount of `year`; an input with bills is taken from them and its flow left aside."""
    found: list[Yearly] = []
    billed: set[tuple[str, str]] = set()
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    energy_bands = ("reactive", "capacity")
    for n, bill in enumerate(ledger.bills):
        if bill.period.start.year == year and bill.band not in energy_bands and bill.resource_id in resources:
            groups[bill.participant_id, bill.resource_id].append(n)
    for (participant_id, resource_id), places in groups.items():
        bills = [ledger.bills[n] for n in places]
        resource = resources[resource_id]
        total = sum(b.amount.value for b in bills)
        half = sum(abs(b.amount.value) * _relative(b.amount.source_class, resource) for b in bills)
        billed.add((participant_id, resource_id))
        found.append(
            Yearly(
                participant_id,
                Direction.IN,
                resource_id,
                total,
                max(half_width_to_sigma(half), LEAST_RELATIVE * max(total, 1e-9)),
                SourceClass.BILLED,
                tuple(f"bill/{b.id}/amount" for b in bills),
                months=len({b.period for b in bills}),
            )
        )
    for flow in ledger.flows:
        if not flow.period.start.year <= year <= flow.period.end.year or flow.resource_id not in resources:
            continue
        if flow.direction is Direction.IN and (flow.participant_id, flow.resource_id) in billed:
            continue
        found.append(
            Yearly(
                flow.participant_id,
                flow.direction,
                flow.resource_id,
                flow.amount.value,
                amount_sigma(flow, resources[flow.resource_id]),
                flow.amount.source_class,
                (f"flow/{flow.id}/amount",),
                flow=flow,
            )
        )
    return tuple(found)

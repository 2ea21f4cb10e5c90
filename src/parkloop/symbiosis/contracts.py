"""Exchanges the ledger already holds: they take their supply and demand first and are not proposed again."""

from collections.abc import Iterable

import polars as pl

from parkloop.model import Direction, Exchange, Fate, Flow, Range, Solution, Stage

_BINDING = (Stage.DECIDED, Stage.IMPLEMENTED, Stage.VERIFIED)

Yearly = tuple[Flow, Range, float]


def known_pairs(known: Iterable[Solution]) -> pl.DataFrame:
    """Donor, receiver and resource of every exchange in the ledger, refused ones included."""
    rows = sorted(
        {
            (item.exchange.donor_id, item.exchange.receiver_id, item.exchange.resource_id)
            for item in known
            if item.exchange
        }
    )
    schema = {"donor": pl.String, "receiver": pl.String, "resource": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def reserve(flows: list[Yearly], known: Iterable[Solution]) -> list[Yearly]:
    """The flows less what decided and running exchanges take of them.

    Where an exchange names no flow, the largest open one of its resource gives way; none does if a flow of it
    is already marked as exchanged, because then that flow is the contract.
    """
    left = {flow.id: amount for flow, amount, _ in flows}
    for item in known:
        if item.exchange is None or item.stage not in _BINDING:
            continue
        exchange = item.exchange
        for flow_id, taken in (
            (_donor_flow(exchange, flows), exchange.amount.best),
            (_receiver_flow(exchange, flows), exchange.amount.best * _usable(exchange)),
        ):
            if flow_id in left:
                left[flow_id] = _less(left[flow_id], taken)
    return [(flow, left[flow.id], coverage) for flow, _, coverage in flows]


def _usable(exchange: Exchange) -> float:
    """Displaced units per unit given: ratio times what every treatment step leaves."""
    usable = exchange.displacement_ratio
    for step in exchange.treatment:
        usable *= step.yield_fraction
    return usable


def _less(amount: Range, taken: float) -> Range:
    return Range(max(0.0, amount.low - taken), max(0.0, amount.best - taken), max(0.0, amount.high - taken))


def _donor_flow(exchange: Exchange, flows: list[Yearly]) -> str:
    return exchange.donor_flow_id or _largest(flows, exchange.donor_id, exchange.resource_id, Direction.OUT)


def _receiver_flow(exchange: Exchange, flows: list[Yearly]) -> str:
    return exchange.receiver_flow_id or _largest(
        flows, exchange.receiver_id, exchange.displaced_resource_id, Direction.IN
    )


def _largest(flows: list[Yearly], participant: str, resource: str, direction: Direction) -> str:
    same = [
        (amount.best, flow)
        for flow, amount, _ in flows
        if (flow.participant_id, flow.resource_id, flow.direction) == (participant, resource, direction)
    ]
    if not same or any(flow.fate is Fate.EXCHANGED for _, flow in same):
        return ""
    return max(same, key=lambda item: (item[0], item[1].id))[1].id

"""The exchanges of a park as lines between participants, numbered alike on map, network and table."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from parkloop.model import Exchange, ParkResult, Rung, Solution, Stage

DASHES = {"solid": "", "striped": "9 4", "dotted": "2 4"}
_THINNEST, _THICKEST = 1.5, 9.0


@dataclass(frozen=True, slots=True)
class ExchangeLink:
    """One exchange with its number in the document, line width [px] and line style by confidence.

    `style` is `solid` (measured, quoted or already running), `striped` (engineering), `dotted` (screening).
    """

    number: int
    solution: Solution
    exchange: Exchange
    width: float
    style: str


def line_style(solution: Solution) -> str:
    """How sure an exchange is, as a line: solid, striped or dotted."""
    if solution.stage in {Stage.IMPLEMENTED, Stage.VERIFIED} or solution.rung in {Rung.MEASURED, Rung.QUOTED}:
        return "solid"
    return "striped" if solution.rung is Rung.ENGINEERING else "dotted"


def exchange_links(result: ParkResult) -> tuple[ExchangeLink, ...]:
    """All exchanges that are not rejected; widths compare amounts of one unit with each other."""
    found = [
        (item, item.exchange)
        for item in result.solutions
        if item.exchange is not None and item.stage is not Stage.REJECTED
    ]
    largest: dict[str, float] = {}
    for _, exchange in found:
        unit = unit_of(result, exchange)
        largest[unit] = max(largest.get(unit, 0.0), abs(exchange.amount.best))
    links = []
    for number, (solution, exchange) in enumerate(found, start=1):
        most = largest[unit_of(result, exchange)]
        share = math.sqrt(abs(exchange.amount.best) / most) if most else 0.0
        width = _THINNEST + (_THICKEST - _THINNEST) * share
        links.append(ExchangeLink(number, solution, exchange, width, line_style(solution)))
    return tuple(links)


def unit_of(result: ParkResult, exchange: Exchange) -> str:
    """The canonical unit of the exchanged resource."""
    resource = result.resources.get(exchange.resource_id)
    return resource.unit if resource else ""


def partners(links: Iterable[ExchangeLink]) -> tuple[str, ...]:
    """Everyone who gives or takes, in the order of first appearance."""
    seen: dict[str, None] = {}
    for link in links:
        seen[link.exchange.donor_id] = None
        seen[link.exchange.receiver_id] = None
    return tuple(seen)

"""The places of a park that changes act on: graph nodes, purchases and given-off flows, as one forest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from parkloop.model import (
    Bill,
    Direction,
    EndUseGraph,
    EndUseNode,
    Family,
    Fate,
    Flow,
    Issue,
    NodeKind,
    Severity,
    Where,
)
from parkloop.valuation.terms import Terms

Record = TypeVar("Record", Flow, Bill)
_NO_USE = {"reactive", "capacity"}
_NO_FATE = {"", Fate.UNKNOWN.value, Fate.PURCHASED.value, Fate.OWN.value}


@dataclass(frozen=True, slots=True)
class Place:
    """One node of the forest: where it is, and what one unit of it is worth where the flow says so.

    `income` is money gained per unit more of it in `currency` of `price_year` (negative for a purchase or
    a disposal fee), None where the flow has no price of its own. `parent` is -1 for what crosses the fence.
    """

    participant_id: str
    resource_id: str
    outgoing: bool
    node_id: str
    amount: float
    parent: int = -1
    output_fraction: float = 1.0
    output_resource_id: str = ""
    kind: NodeKind = NodeKind.SUPPLY
    weight: float = 1.0
    bounded: bool = True
    fate: str = ""
    bands: Mapping[str, float] = field(default_factory=dict)
    income: float | None = None
    currency: str = ""
    price_year: int = 0
    price_ref: str = ""
    source_class: str = ""


class Places:
    """The forest of all participants concerned; places of unknown baseline are added while resolving."""

    def __init__(self, terms: Terms, participant_ids: Iterable[str]) -> None:
        year = terms.settings.year
        self._resources = terms.resources
        self.places: list[Place] = []
        self.issues: list[Issue] = []
        self.nodes: dict[str, int] = {}
        self.supplies: dict[tuple[str, str], int] = {}
        self.outputs: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.flows = terms.flow_by_id
        self.converters: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.inner: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._free: dict[tuple[str, str, bool, str], int] = {}
        self._flow_places: dict[str, int] = {}
        self._streams: dict[tuple[str, str, str, str, int], float] = defaultdict(float)
        wanted = sorted(set(participant_ids))
        for participant_id in wanted:
            if participant_id in terms.graphs:
                self._add_graph(terms.graphs[participant_id])
        inflows: dict[tuple[str, str], list[Flow]] = defaultdict(list)
        outflows: dict[tuple[str, str, str, str, int], list[Flow]] = defaultdict(list)
        for flow in (f for name in wanted for f in terms.flows_of.get(name, ())):
            stream = _stream(flow)
            self._streams[stream] += flow.amount.value
            if flow.direction is Direction.IN:
                inflows[flow.participant_id, flow.resource_id].append(flow)
            else:
                outflows[stream].append(flow)
        for together in outflows.values():
            first = together[0]
            self.outputs[first.participant_id, first.resource_id].append(self._add_output(together))
        bills: dict[tuple[str, str], list[Bill]] = defaultdict(list)
        for bill in (b for name in wanted for b in terms.bills_of.get(name, ())):
            if bill.band not in _NO_USE:
                bills[bill.participant_id, bill.resource_id].append(bill)
        for key in sorted(inflows.keys() | bills.keys()):
            self._add_supply(key, inflows.get(key, []), bills.get(key, []), year)
        self._year = year

    def of_flow(self, flow_id: str) -> tuple[int, float] | None:
        """The place of a flow and the largest change it allows; None when there is no such flow.

        A stream that is entered month by month is one place: its records of the year count together.
        """
        flow = self.flows.get(flow_id)
        if flow is None:
            return None
        if flow.direction is Direction.IN:
            place = self.supplies.get((flow.participant_id, flow.resource_id))
            return None if place is None else (place, self._streams[_stream(flow)])
        place = self._flow_places.get(flow_id)
        return None if place is None else (place, self.places[place].amount)

    def given_off(self, participant_id: str, resource_id: str, fate: str) -> list[int]:
        """Outputs of a resource in the baseline year, of one fate where some have it."""
        found = self.outputs.get((participant_id, resource_id), [])
        same_year = [n for n in found if self.places[n].price_year == self._year]
        found = same_year or found
        if fate not in _NO_FATE:
            same_fate = [n for n in found if self.places[n].fate == fate]
            return same_fate or [n for n in found if self.places[n].fate in _NO_FATE]
        return found

    def is_waste(self, resource_id: str) -> bool:
        """Whether a resource leaves a site rather than enters it where no flow tells."""
        return self._resources[resource_id].family is Family.WASTE

    def free(self, participant_id: str, resource_id: str, fate: str, *, outgoing: bool) -> int:
        """A place whose baseline nobody knows: changes pass through it as stated."""
        key = (participant_id, resource_id, outgoing, fate)
        if key not in self._free:
            self._free[key] = self._append(
                Place(participant_id, resource_id, outgoing, "", 0.0, bounded=False, fate=fate)
            )
        return self._free[key]

    def _append(self, place: Place) -> int:
        self.places.append(place)
        return len(self.places) - 1

    def _add_graph(self, graph: EndUseGraph) -> None:
        children: dict[str, list[EndUseNode]] = defaultdict(list)
        known = {node.id for node in graph.nodes}
        for node in graph.nodes:
            children[node.parent_id if node.parent_id in known else ""].append(node)
        todo = [(node, -1, 1.0) for node in children[""]]
        while todo:
            node, parent, weight = todo.pop()
            number = self._append(_of_node(node, parent, weight))
            self.nodes[node.id] = number
            key = (node.participant_id, node.resource_id)
            if parent < 0:
                self.supplies.setdefault(key, number)
            elif self.places[parent].resource_id != node.resource_id:
                self.inner[key].append(number)
            if node.output_resource_id and node.output_resource_id != node.resource_id:
                self.converters[node.participant_id, node.output_resource_id].append(number)
            below = children.get(node.id, [])
            output, used = node.amount * node.output_fraction, sum(child.amount for child in below)
            share = 1.0 if used <= output or used <= 0.0 else max(output, 0.0) / used
            if share < 0.99:
                self.issues.append(_overused(node, used, output))
            todo.extend((child, number, share) for child in below)

    def _add_output(self, stream: list[Flow]) -> int:
        first = stream[0]
        place = Place(
            first.participant_id,
            first.resource_id,
            outgoing=True,
            node_id=f"flow/{first.id}",
            amount=sum(flow.amount.value for flow in stream),
            fate=first.fate.value,
            price_year=first.period.start.year,
            source_class=first.amount.source_class.value,
        )
        number = self._append(_priced(place, stream, sign=1.0))
        self._flow_places.update({flow.id: number for flow in stream})
        return number

    def _add_supply(self, key: tuple[str, str], flows: list[Flow], bills: list[Bill], year: int) -> None:
        """What a participant buys of one resource: the graph's supply, else its flows, else its bills."""
        current, billed = _of_year(flows, year), _of_year(bills, year)
        if key not in self.supplies:
            bands = _band_shares(billed)
            records = [flow.amount for flow in current] or [bill.amount for bill in billed]
            total = sum(amount.value for amount in records)
            place = Place(key[0], key[1], outgoing=False, node_id="", amount=total, bands=bands)
            source = records[0].source_class.value if records else ""
            self.supplies[key] = self._append(replace(place, source_class=source))
        number = self.supplies[key]
        self.places[number] = _priced(self.places[number], current, sign=-1.0)


def _of_node(node: EndUseNode, parent: int, weight: float) -> Place:
    return Place(
        node.participant_id,
        node.resource_id,
        outgoing=False,
        node_id=node.id,
        amount=node.amount,
        parent=parent,
        output_fraction=node.output_fraction,
        output_resource_id=node.output_resource_id,
        kind=node.kind,
        weight=weight,
        bands=node.band_shares,
        source_class=node.source_class.value,
    )


def _of_year(records: list[Record], year: int) -> list[Record]:
    """The records of the year, or of the latest year there is."""
    same = [r for r in records if r.period.start.year == year]
    if same or not records:
        return same
    latest = max(r.period.start.year for r in records)
    return [r for r in records if r.period.start.year == latest]


def _band_shares(bills: list[Bill]) -> dict[str, float]:
    by_band: dict[str, float] = defaultdict(float)
    for bill in bills:
        if bill.band:
            by_band[bill.band] += bill.amount.value
    total = sum(by_band.values())
    return {band: value / total for band, value in by_band.items()} if total > 0.0 else {}


def _stream(flow: Flow) -> tuple[str, str, str, str, int]:
    """What the records of one stream have in common, whatever the periods they were entered for."""
    direction = f"{flow.direction.value} {flow.fate.value}"
    return flow.participant_id, flow.resource_id, flow.label, direction, flow.period.start.year


def _priced(place: Place, flows: list[Flow], *, sign: float) -> Place:
    """The place with the agreed unit price of its flows, weighted by amount where there are several.

    `sign` is -1 for purchases, where a price is paid, and 1 for outputs, where it is received.
    """
    priced = [f for f in flows if f.price is not None and f.amount.value > 0.0]
    if not priced or len({f.currency for f in priced}) > 1:
        return place
    amount = sum(f.amount.value for f in priced)
    money = sum((f.price or 0.0) * f.amount.value for f in priced)
    return replace(
        place,
        income=sign * money / amount,
        currency=priced[0].currency,
        price_year=priced[0].period.start.year,
        price_ref=f"flow/{priced[0].id}/price",
    )


def _overused(node: EndUseNode, used: float, output: float) -> Issue:
    return Issue(
        "valuation.graph.uses_exceed_supply",
        Severity.WARNING,
        Where(record=f"participant/{node.participant_id}", field=node.id),
        {"node": node.id, "used": round(used, 3), "output": round(output, 3)},
    )

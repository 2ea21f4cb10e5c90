"""Where the energy of a park goes: carriers, participants, conversion, uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop.model import (
    EndUseGraph,
    EndUseNode,
    Family,
    NodeKind,
    ParkResult,
    ParticipantKind,
    Resource,
)
from parkloop.reports.colours import LINE, MUTED, resource_colour
from parkloop.reports.sankey import Diagram, Link, Node, merged
from parkloop.reports.voice import Voice
from parkloop.units import GJ_PER_KWH

_ENERGY_FAMILIES = frozenset({Family.ELECTRICITY, Family.HEAT, Family.FUEL})
_OUTSIDE = frozenset({ParticipantKind.CITY, ParticipantKind.CONTRACTOR})
_PARTICIPANT_COLOUR = "#3d4a54"


@dataclass(frozen=True, slots=True)
class Throughflow:
    """A diagram, what enters and leaves it in its unit, and what could not be drawn.

    `hides_losses` when something is converted into a carrier without a known heat content.
    """

    diagram: Diagram
    inflow: float
    outflow: float
    unexplained: float
    adjusted_count: int
    left_out: tuple[str, ...]
    hides_losses: bool = False


def kwh_per_unit(resource: Resource | None) -> float | None:
    """How much energy one canonical unit of a resource carries [kWh]; None where none is known."""
    if resource is None:
        return None
    if resource.unit == "kWh":
        return 1.0
    return resource.ncv_gj_per_unit / GJ_PER_KWH if resource.ncv_gj_per_unit else None


def node_energy(graph: EndUseGraph, resources: Mapping[str, Resource]) -> dict[str, float]:
    """Yearly energy into each node of a graph [kWh]; carriers without a calorific value are left out."""
    energy: dict[str, float] = {}
    for node in graph.nodes:
        if node.kind is NodeKind.SUPPLY and _carries_energy(resources.get(node.resource_id)):
            energy[node.id] = node.amount * (kwh_per_unit(resources.get(node.resource_id)) or 0.0)
            _descend(graph, node, energy, resources)
    return energy


def _carries_energy(resource: Resource | None) -> bool:
    return resource is not None and (resource.family in _ENERGY_FAMILIES or bool(resource.ncv_gj_per_unit))


def _descend(
    graph: EndUseGraph, parent: EndUseNode, energy: dict[str, float], resources: Mapping[str, Resource]
) -> None:
    children = graph.children(parent.id)
    given = energy[parent.id]
    whole = sum(child.amount for child in children)
    own = [_own(child, resources) for child in children]
    known = sum(value for value in own if value is not None)
    for child, value in zip(children, own, strict=True):
        if value is None or known > given * 1.02:
            # no calorific value below this node: its energy is split by amount
            fraction = (
                parent.output_fraction if parent.output_resource_id in {"", parent.resource_id} else 1.0
            )
            value = given * min(1.0, fraction) * child.amount / whole if whole else 0.0
        energy[child.id] = value
        _descend(graph, child, energy, resources)


def _own(node: EndUseNode, resources: Mapping[str, Resource]) -> float | None:
    per_unit = kwh_per_unit(resources.get(node.resource_id))
    return None if per_unit is None else node.amount * per_unit


def _last_name(node: EndUseNode) -> str:
    """The use a node stands for; what follows a hyphen tells machines of one kind apart."""
    return node.id.rsplit("/", 1)[-1].partition("-")[0]


@dataclass(frozen=True, slots=True)
class _Way:
    carrier: str
    participant: str
    conversion: str
    use: str
    value: float


def _ways(graph: EndUseGraph, energy: Mapping[str, float]) -> Iterable[_Way]:
    """Every path of a graph from supply to a leaf, losses as leaves of their own."""

    def walk(node: EndUseNode, carrier: str, conversion: str) -> Iterable[_Way]:
        children = graph.children(node.id)
        if node.kind is NodeKind.CONVERSION:
            conversion = _last_name(node)
        if not children:
            open_end = node.kind in {NodeKind.UNALLOCATED, NodeKind.SUPPLY}
            use = "unallocated" if open_end else _last_name(node)
            yield _Way(carrier, graph.participant_id, conversion, use, energy[node.id])
            return
        for child in children:
            yield from walk(child, carrier, conversion)
        rest = energy[node.id] - sum(energy[child.id] for child in children)
        if rest > 1e-6 * energy[node.id]:
            kind = "unallocated" if node.kind is NodeKind.SUPPLY else "losses"
            yield _Way(carrier, graph.participant_id, conversion, kind, rest)

    for node in graph.nodes:
        if node.kind is NodeKind.SUPPLY and energy.get(node.id, 0.0) > 0:
            yield from walk(node, node.resource_id, "")


def energy_throughflow(result: ParkResult, voice: Voice) -> Throughflow | None:
    """The energy diagram of those inside the fence [kWh/a]; None when no graph carries energy."""
    ways: list[_Way] = []
    left_out: dict[str, None] = {}
    inflow, steam = 0.0, False
    outside = {p.id for p in result.ledger.participants if p.kind in _OUTSIDE}
    for graph in result.graphs.values():
        if graph.participant_id in outside:
            continue
        energy = node_energy(graph, result.resources)
        ways.extend(_ways(graph, energy))
        for node in graph.nodes:
            if node.kind is NodeKind.SUPPLY:
                inflow += energy.get(node.id, 0.0)
            into = node.output_resource_id or node.resource_id
            steam |= node.kind is NodeKind.CONVERSION and kwh_per_unit(result.resources.get(into)) is None
            resource = result.resources.get(node.resource_id)
            if (
                node.kind is NodeKind.SUPPLY
                and _carries_energy(resource)
                and not energy.get(node.id)
                and node.amount
            ):
                left_out[node.resource_id] = None
    if not ways:
        return None
    nodes: dict[str, Node] = {}
    links: list[Link] = []
    for way in ways:
        colour = resource_colour(result.resources.get(way.carrier))
        path = _path(way, voice, colour)
        nodes.update({node.id: node for node in path})
        links.extend(Link(a.id, b.id, way.value, colour) for a, b in zip(path, path[1:], strict=False))
    headings = tuple(
        voice.say(f"sankey.{name}") for name in ("carriers", "participants", "conversion", "uses")
    )
    diagram = Diagram(tuple(nodes.values()), merged(links), headings, "kWh")
    outflow = sum(way.value for way in ways)
    unallocated = sum(way.value for way in ways if way.use == "unallocated")
    names = tuple(voice.resource(item) for item in left_out)
    return Throughflow(diagram, inflow, outflow, unallocated, 0, names, steam)


def _path(way: _Way, voice: Voice, colour: str) -> tuple[Node, Node, Node, Node]:
    quiet = way.use in {"losses", "unallocated"}
    return (
        Node(f"in/{way.carrier}", voice.resource(way.carrier), 0, colour),
        Node(f"at/{way.participant}", voice.participant(way.participant), 1, _PARTICIPANT_COLOUR),
        Node(
            f"by/{way.conversion}",
            voice.code("conversion", way.conversion or "direct"),
            2,
            MUTED if way.conversion else LINE,
        ),
        Node(f"use/{way.use}", voice.code("use", way.use), 3, LINE if quiet else _PARTICIPANT_COLOUR),
    )

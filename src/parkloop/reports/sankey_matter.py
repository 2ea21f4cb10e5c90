"""Where the water and the materials of a park go: inputs, participants, outputs, fates."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from parkloop.model import Direction, Family, ParkResult, ParticipantKind, Resource
from parkloop.reports.colours import LINE, resource_colour
from parkloop.reports.sankey import Diagram, Link, Node, merged
from parkloop.reports.sankey_energy import Throughflow
from parkloop.reports.voice import Voice
from parkloop.reports.yearly import YearFlow

_PARTICIPANT_COLOUR = "#3d4a54"
_NOTHING = 1e-6
_MATERIAL_FAMILIES = frozenset({Family.MATERIAL, Family.CHEMICAL, Family.PRODUCT, Family.WASTE})


def is_water(resource: Resource) -> bool:
    """Whether a resource belongs on the water diagram: water counted in m3."""
    return resource.family is Family.WATER and resource.unit == "m3"


def is_material(resource: Resource) -> bool:
    """Whether a resource belongs on the material diagram: goods and wastes counted in tonnes."""
    return resource.family in _MATERIAL_FAMILIES and resource.unit == "t"


def water_throughflow(result: ParkResult, flows: tuple[YearFlow, ...], voice: Voice) -> Throughflow | None:
    """The water diagram [m3/a]; None when no water is in the ledger."""
    return _throughflow(result, flows, voice, is_water, "m3")


def material_throughflow(result: ParkResult, flows: tuple[YearFlow, ...], voice: Voice) -> Throughflow | None:
    """The material diagram [t/a]; None when no material is in the ledger."""
    return _throughflow(result, flows, voice, is_material, "t")


def _throughflow(
    result: ParkResult,
    flows: tuple[YearFlow, ...],
    voice: Voice,
    belongs: Callable[[Resource], bool],
    unit: str,
) -> Throughflow | None:
    utilities = {p.id for p in result.ledger.participants if p.kind is not ParticipantKind.ENTERPRISE}
    wanted = [
        flow
        for flow in flows
        if (resource := result.resources.get(flow.resource_id)) is not None
        and belongs(resource)
        and flow.participant_id not in utilities  # what passes through a plant was counted at the enterprise
        and flow.amount > 0
    ]
    if not wanted:
        return None
    rest = _rests(wanted)
    nodes: dict[str, Node] = {}
    links: list[Link] = []
    for flow in wanted:
        _place(flow, result.resources, voice, nodes, links)
    for participant_id, value in rest.items():
        _place_rest(participant_id, value, voice, nodes, links)
    headings = tuple(voice.say(f"sankey.{name}") for name in ("inputs", "participants", "outputs", "fates"))
    inflow = sum(flow.amount for flow in wanted if flow.direction is Direction.IN)
    outflow = sum(flow.amount for flow in wanted if flow.direction is Direction.OUT)
    return Throughflow(
        Diagram(tuple(nodes.values()), merged(links), headings, unit),
        inflow,
        outflow,
        inflow - outflow,
        sum(1 for flow in wanted if flow.adjusted),
        (),
    )


def _rests(flows: list[YearFlow]) -> Mapping[str, float]:
    """What comes in and is not seen going out again, by participant; negative when more goes out."""
    rest: dict[str, float] = defaultdict(float)
    for flow in flows:
        rest[flow.participant_id] += flow.amount if flow.direction is Direction.IN else -flow.amount
    return rest


def _place(
    flow: YearFlow,
    resources: Mapping[str, Resource],
    voice: Voice,
    nodes: dict[str, Node],
    links: list[Link],
) -> None:
    colour = resource_colour(resources.get(flow.resource_id))
    who = Node(f"at/{flow.participant_id}", voice.participant(flow.participant_id), 1, _PARTICIPANT_COLOUR)
    nodes[who.id] = who
    name = voice.resource(flow.resource_id)
    if flow.direction is Direction.IN:
        source = Node(f"in/{flow.resource_id}", name, 0, colour)
        nodes[source.id] = source
        links.append(Link(source.id, who.id, flow.amount, colour, flow.adjusted))
        return
    what = Node(f"out/{flow.resource_id}", name, 2, colour)
    fate = Node(f"fate/{flow.fate}", voice.code("fate", flow.fate), 3, _PARTICIPANT_COLOUR)
    nodes[what.id], nodes[fate.id] = what, fate
    links.append(Link(who.id, what.id, flow.amount, colour, flow.adjusted))
    links.append(Link(what.id, fate.id, flow.amount, colour, flow.adjusted))


def _place_rest(
    participant_id: str, value: float, voice: Voice, nodes: dict[str, Node], links: list[Link]
) -> None:
    if value > _NOTHING:
        node = Node("out/rest", voice.say("sankey.not_seen_leaving"), 2, LINE)
        links.append(Link(f"at/{participant_id}", node.id, value, LINE))
    elif value < -_NOTHING:
        node = Node("in/rest", voice.say("sankey.not_seen_coming"), 0, LINE)
        links.append(Link(node.id, f"at/{participant_id}", -value, LINE))
    else:
        return
    nodes[node.id] = node

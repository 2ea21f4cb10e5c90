"""Where a measure applies: machines of a kind, or a use that is only known from the sector."""

from collections.abc import Callable
from dataclasses import dataclass

from parkloop.model import (
    EndUseGraph,
    EndUseNode,
    Equipment,
    Finding,
    Input,
    NodeKind,
    Site,
    SourceClass,
)
from parkloop.recp.demand import demands
from parkloop.recp.heat import heat_source
from parkloop.recp.inputs import Need, gather, hours_input, reference_input
from parkloop.recp.uses import map_uses

__all__ = [
    "Subject",
    "always",
    "find_heat_losses",
    "find_machines",
    "find_shares",
    "graph_of",
    "node_use_input",
]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a measure looks for: kinds of equipment, the fields it reads, and the carrier it saves.

    `carrier` tells apart machines that take two (`electricity`, `water`, `fuel`); `timed` asks for running
    hours.
    """

    type_id: str
    kinds: tuple[str, ...]
    needs: tuple[Need, ...]
    carrier: str = ""
    timed: bool = True


def always(item: Equipment) -> bool:
    """A measure that every machine of its kind may take."""
    return True


def graph_of(site: Site) -> EndUseGraph:
    """The graph of the site, drawn when the site came without."""
    return site.graph or map_uses(site)


def find_machines(
    site: Site, subject: Subject, applies: Callable[[Equipment], bool] = always
) -> tuple[Finding, ...]:
    """A finding for each machine of the subject's kinds that uses something and may take the measure.

    Fields without value and without reference row are named in `missing`.
    """
    graph = graph_of(site)
    found = []
    for item in site.equipment:
        if item.kind not in subject.kinds or item.participant_id != site.participant.id or not applies(item):
            continue
        inputs, missing = gather(item, subject.needs)
        hours = hours_input(item, site.participant)
        if subject.timed and hours is None:
            missing = (*missing, "hours_per_a")
        node = _node(graph, item, subject.carrier)
        if node is None:
            missing = (*missing, "yearly_use")
        found.append(
            Finding(
                type_id=subject.type_id,
                participant_id=site.participant.id,
                subject_id=item.id,
                inputs=(
                    *inputs,
                    *_common(site, item, hours),
                    *(_node_inputs(site, item, node) if node else ()),
                ),
                node_id=node.id if node else "",
                missing=missing,
            )
        )
    return tuple(found)


def _node(graph: EndUseGraph, item: Equipment, carrier: str) -> EndUseNode | None:
    for node in graph.nodes:
        if item.id not in node.equipment_ids or node.amount <= 0:
            continue
        if carrier == "water" and node.resource_id == "electricity":
            continue
        if carrier == "electricity" and node.resource_id != "electricity":
            continue
        return node
    return None


def _common(site: Site, item: Equipment, hours: Input | None) -> tuple[Input, ...]:
    count = Input("count", float(item.count), "item", figure_id=f"equipment/{item.id}/count")
    return (count, hours) if hours is not None else (count,)


def node_use_input(node: EndUseNode) -> Input:
    """What a node takes in a year, as the input `node_use`; a saving never exceeds it."""
    return Input(
        name="node_use",
        value=node.amount,
        unit="unit/a",
        source_class=node.source_class,
        note=f"end-use graph, {node.id}",
    )


def _node_inputs(site: Site, item: Equipment, node: EndUseNode) -> tuple[Input, ...]:
    share = 1.0
    if len(node.equipment_ids) > 1:
        known = {other.id: other for other in site.equipment}
        taken = {
            each: sum(
                d.amount for d in demands(known[each], site.participant) if d.carrier == node.resource_id
            )
            for each in node.equipment_ids
        }
        share = taken[item.id] / sum(taken.values())
    note = f"this machine's part of {node.id}"
    part = Input("share_of_node", share, "-", source_class=node.source_class, note=note)
    return node_use_input(node), part


def find_heat_losses(
    site: Site, subject: Subject, applies: Callable[[Equipment], bool] = always
) -> tuple[Finding, ...]:
    """A finding for each item that loses heat somebody else makes: lines, traps, surfaces, baths.

    The node is the boiler (or bought steam, or electricity) that pays for the heat; its calorific value and
    efficiency become inputs.
    """
    graph = graph_of(site)
    found = []
    for item in site.equipment:
        if item.kind not in subject.kinds or item.participant_id != site.participant.id or not applies(item):
            continue
        inputs, missing = gather(item, subject.needs)
        hours = hours_input(item, site.participant)
        if subject.timed and hours is None:
            missing = (*missing, "hours_per_a")
        source = heat_source(site, graph, str(item.properties.get("heated_by", "")), item.id)
        paid: tuple[Input, ...] = ()
        if source is None:
            missing = (*missing, "heat_source")
        else:
            paid = (*source.inputs, node_use_input(source.node))
        found.append(
            Finding(
                type_id=subject.type_id,
                participant_id=site.participant.id,
                subject_id=item.id,
                inputs=(*inputs, *_common(site, item, hours), *paid),
                node_id=source.node.id if source else "",
                missing=missing,
            )
        )
    return tuple(found)


def find_shares(site: Site, type_id: str, names: tuple[str, ...], carrier: str) -> tuple[Finding, ...]:
    """A screening finding for a use that is known from the sector's shares alone."""
    graph = graph_of(site)
    owner = site.participant.id
    found = []
    for name in names:
        node = graph.node(f"{owner}/{carrier}/{name}")
        inferred = node is not None and not node.equipment_ids and node.source_class is SourceClass.INFERRED
        if node is None or not inferred or node.kind is not NodeKind.USE or node.amount <= 0:
            continue
        found.append(
            Finding(
                type_id=type_id,
                participant_id=owner,
                subject_id=name,
                inputs=(reference_input("screening_fraction", f"screening.{type_id}"), node_use_input(node)),
                node_id=node.id,
            )
        )
    return tuple(found)

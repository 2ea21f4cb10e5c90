"""Where a participant's carriers go: the graph that savings are taken from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parkloop.model.value import SourceClass


class NodeKind(StrEnum):
    """The four stages from the fence to the use, and the rest."""

    SUPPLY = "supply"
    CONVERSION = "conversion"
    DISTRIBUTION = "distribution"
    USE = "use"
    UNALLOCATED = "unallocated"


@dataclass(frozen=True, slots=True)
class EndUseNode:
    """One node of the graph of one participant.

    Attributes
    ----------
    id
        `<participant>/<carrier>/<name>`, for instance `E-012/electricity/compressed_air`.
    parent_id
        The node that feeds this one; empty for supply.
    resource_id
        What enters the node.
    amount
        Yearly input in the canonical unit of `resource_id`.
    output_resource_id, output_fraction
        What leaves towards the children and the share of the input that does [output unit per input unit]:
        a boiler's kWh of steam per t of coal, 1 minus the loss for distribution.
    band_shares
        Tariff band to share of the input [-], for electricity.
    """

    id: str
    participant_id: str
    kind: NodeKind
    resource_id: str
    amount: float
    parent_id: str = ""
    output_resource_id: str = ""
    output_fraction: float = 1.0
    equipment_ids: tuple[str, ...] = ()
    band_shares: Mapping[str, float] = field(default_factory=dict)
    source_class: SourceClass = SourceClass.INFERRED


@dataclass(frozen=True, slots=True)
class EndUseGraph:
    """All nodes of one participant in one year; every child's input comes out of its parent."""

    participant_id: str
    year: int
    nodes: tuple[EndUseNode, ...]

    def node(self, node_id: str) -> EndUseNode | None:
        """The node `node_id`, or None."""
        return next((node for node in self.nodes if node.id == node_id), None)

    def children(self, node_id: str) -> tuple[EndUseNode, ...]:
        """The nodes fed by `node_id`."""
        return tuple(node for node in self.nodes if node.parent_id == node_id)

    def supply(self, resource_id: str) -> EndUseNode | None:
        """The supply node of `resource_id`, or None when the participant does not take it."""
        return next(
            (n for n in self.nodes if n.kind is NodeKind.SUPPLY and n.resource_id == resource_id), None
        )

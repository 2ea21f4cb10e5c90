"""Which water a site's water measures save."""

from parkloop.model import EndUseGraph, EndUseNode, NodeKind

__all__ = ["main_water", "water_supply"]

_WATERS = ("fresh_water", "ground_water", "surface_water", "reclaimed_water", "rain_water")


def water_supply(graph: EndUseGraph) -> EndUseNode | None:
    """The largest water supply of a site, or None when it takes none."""
    found = [n for n in graph.nodes if n.kind is NodeKind.SUPPLY and n.resource_id in _WATERS]
    return max(found, key=lambda node: node.amount, default=None)


def main_water(graph: EndUseGraph) -> str:
    """Resource id of the largest water supply; empty when the site takes none."""
    node = water_supply(graph)
    return node.resource_id if node else ""

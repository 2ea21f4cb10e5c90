"""Draw where the carriers of a site go: supply, conversion, distribution, uses, and what nobody can name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkloop.model import (
    EndUseGraph,
    EndUseNode,
    Equipment,
    Issue,
    NodeKind,
    Severity,
    Site,
    SourceClass,
    Where,
)
from parkloop.recp.demand import WATER, Demand, demands
from parkloop.recp.shares import sector_shares
from parkloop.recp.supply import Supply, supplies
from parkloop.reference import measure_values

__all__ = ["UseMap", "map_uses", "read_uses"]

_UNBELIEVABLE = 3.0  # a machine that alone uses this many times the supply [-]
_TOLERANCE = 0.05
_WATER_ORDER = ("fresh_water", "ground_water", "surface_water", "reclaimed_water", "rain_water")


@dataclass(frozen=True, slots=True)
class UseMap:
    """The graph of one site and what was odd when it was drawn."""

    graph: EndUseGraph
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    name: str
    amount: float
    equipment_ids: tuple[str, ...]
    source_class: SourceClass
    output_fraction: float = 1.0
    kind: NodeKind = NodeKind.USE


def map_uses(site: Site) -> EndUseGraph:
    """The end-use graph of a site: every child's input comes out of its parent, the rest is unallocated.

    Amounts are yearly in the canonical unit of each carrier. Uses come from equipment, scaled down together
    where they exceed the supply; where no equipment of a system was entered they come from the shares of the
    sector, marked inferred.
    """
    return read_uses(site).graph


def read_uses(site: Site) -> UseMap:
    """The end-use graph of a site with the issues met on the way (see `map_uses`)."""
    found, issues = supplies(site)
    wanted, homeless = _wanted(site, found)
    nodes: list[EndUseNode] = []
    noted = [*issues, *homeless]
    steam_users = wanted.pop("steam", [])
    sources = _steam_sources(found, wanted)
    for supply in found:
        believed, doubted = _believable(supply, wanted.get(supply.resource_id, []))
        noted += doubted
        uses, trouble = _fit(site, supply, believed)
        if trouble is not None:
            noted.append(trouble)
        nodes += _tree(site, supply, uses, _share_of(steam_users, supply, sources))
    return UseMap(EndUseGraph(site.participant.id, site.year, tuple(nodes)), tuple(noted))


def _wanted(site: Site, found: Iterable[Supply]) -> tuple[dict[str, list[Demand]], list[Issue]]:
    carriers = {supply.resource_id: supply.amount for supply in found}
    water = next(iter(sorted((c for c in _WATER_ORDER if c in carriers), key=lambda c: -carriers[c])), "")
    wanted: dict[str, list[Demand]] = defaultdict(list)
    issues: list[Issue] = []
    for item in site.equipment:
        if item.participant_id != site.participant.id:
            continue
        for demand in demands(item, site.participant):
            carrier = water if demand.carrier == WATER else demand.carrier
            if demand.amount <= 0:
                continue
            if carrier in carriers or carrier == "steam":
                wanted[carrier].append(demand)
            else:
                issues.append(_no_supply(item, carrier or WATER))
    return wanted, issues


def _believable(supply: Supply, wanted: list[Demand]) -> tuple[list[Demand], list[Issue]]:
    """Demands without those of machines that alone would use far more than the site takes: a slip of unit."""
    believed = [d for d in wanted if d.amount <= _UNBELIEVABLE * supply.amount]
    issues = [
        Issue(
            "recp.graph.machine_unbelievable",
            Severity.WARNING,
            Where(sheet="Equipment", record=d.equipment.id),
            {
                "equipment": d.equipment.id,
                "carrier": supply.resource_id,
                "times": round(d.amount / supply.amount, 1),
            },
        )
        for d in wanted
        if d.amount > _UNBELIEVABLE * supply.amount
    ]
    return believed, issues


def _no_supply(item: Equipment, carrier: str) -> Issue:
    return Issue(
        "recp.graph.no_supply",
        Severity.WARNING,
        Where(sheet="Equipment", record=item.id),
        {"equipment": item.id, "name": item.name or item.kind, "carrier": carrier},
    )


def _fit(site: Site, supply: Supply, wanted: list[Demand]) -> tuple[list[_Use], Issue | None]:
    total = sum(demand.amount for demand in wanted)
    scale = min(1.0, supply.amount / total) if total > 0 else 1.0
    uses = _merge(wanted, scale)
    issue = None
    if total > supply.amount * (1.0 + _TOLERANCE):
        issue = Issue(
            "recp.graph.equipment_exceeds_supply",
            Severity.WARNING,
            Where(sheet="Equipment", record=site.participant.id),
            {
                "participant": site.participant.name,
                "carrier": supply.resource_id,
                "percent": round(total / supply.amount * 100),
            },
        )
    rest = supply.amount - sum(use.amount for use in uses)
    uses += _inferred(site, supply, rest)
    return uses, issue


def _merge(wanted: list[Demand], scale: float) -> list[_Use]:
    by_name: dict[str, list[Demand]] = defaultdict(list)
    for demand in wanted:
        by_name[demand.use].append(demand)
    order = list(SourceClass)
    uses = []
    for name, group in by_name.items():
        amount = sum(d.amount for d in group)
        boiler = group[0].equipment.kind == "boiler"
        uses.append(
            _Use(
                name=name,
                amount=amount * scale,
                equipment_ids=tuple(dict.fromkeys(d.equipment.id for d in group)),
                source_class=max((d.equipment.source_class for d in group), key=order.index),
                output_fraction=group[0].output_fraction,
                kind=NodeKind.CONVERSION if boiler else NodeKind.USE,
            )
        )
    return uses


def _inferred(site: Site, supply: Supply, rest: float) -> list[_Use]:
    wanted = {name: share * supply.amount for name, share in sector_shares(site, supply.resource_id).items()}
    total = sum(wanted.values())
    if total <= 0 or rest <= supply.amount * 1e-9:
        return []
    scale = min(1.0, rest / total)
    return [_Use(name, amount * scale, (), SourceClass.INFERRED) for name, amount in wanted.items()]


def _steam_sources(found: Iterable[Supply], wanted: Mapping[str, list[Demand]]) -> dict[str, float]:
    sources = {}
    for supply in found:
        boilers = [d for d in wanted.get(supply.resource_id, []) if d.equipment.kind == "boiler"]
        steam = sum(d.amount * d.output_fraction for d in boilers)
        if supply.resource_id == "steam":
            steam = supply.amount
        if steam > 0:
            sources[supply.resource_id] = steam
    return sources


def _share_of(users: list[Demand], supply: Supply, sources: Mapping[str, float]) -> list[Demand]:
    total = sum(sources.values())
    part = sources.get(supply.resource_id, 0.0) / total if total > 0 else 0.0
    return [Demand(d.equipment, d.carrier, d.amount * part) for d in users] if part > 0 else []


def _tree(site: Site, supply: Supply, uses: list[_Use], steam_users: list[Demand]) -> list[EndUseNode]:
    owner, carrier = site.participant.id, supply.resource_id
    root = EndUseNode(
        id=f"{owner}/{carrier}/supply",
        participant_id=owner,
        kind=NodeKind.SUPPLY,
        resource_id=carrier,
        amount=supply.amount,
        output_resource_id=carrier,
        band_shares=supply.band_shares,
        source_class=supply.source_class,
    )
    if carrier == "steam":
        return [root, *_network(site, root, supply.amount, "", steam_users)]
    nodes = [root]
    boilers = [use for use in uses if use.kind is NodeKind.CONVERSION]
    steam = sum(use.amount * use.output_fraction for use in boilers)
    for use in uses:
        node = _use_node(root, use)
        nodes.append(node)
        if use.kind is NodeKind.CONVERSION:
            made = use.amount * use.output_fraction
            part = (
                [Demand(d.equipment, d.carrier, d.amount * made / steam) for d in steam_users]
                if steam
                else []
            )
            nodes += _network(site, node, made, use.name.partition("-")[2], part)
    rest = supply.amount - sum(use.amount for use in uses)
    nodes += _rest(root, rest)
    return nodes


def _use_node(root: EndUseNode, use: _Use) -> EndUseNode:
    converts = use.kind is NodeKind.CONVERSION
    return EndUseNode(
        id=f"{root.participant_id}/{root.resource_id}/{use.name}",
        participant_id=root.participant_id,
        kind=use.kind,
        resource_id=root.resource_id,
        amount=use.amount,
        parent_id=root.id,
        output_resource_id="steam" if converts else "",
        output_fraction=use.output_fraction,
        equipment_ids=use.equipment_ids,
        band_shares=root.band_shares,
        source_class=use.source_class,
    )


def _rest(parent: EndUseNode, amount: float, suffix: str = "") -> list[EndUseNode]:
    if amount <= parent.amount * 1e-9:
        return []
    carrier = parent.output_resource_id or parent.resource_id
    name = f"unallocated-{suffix}" if suffix else "unallocated"
    return [
        EndUseNode(
            id=f"{parent.participant_id}/{carrier}/{name}",
            participant_id=parent.participant_id,
            kind=NodeKind.UNALLOCATED,
            resource_id=carrier,
            amount=amount,
            parent_id=parent.id,
            band_shares=parent.band_shares,
        )
    ]


def _network(
    site: Site, parent: EndUseNode, steam: float, suffix: str, users: list[Demand]
) -> list[EndUseNode]:
    owner, tail = parent.participant_id, f"-{suffix}" if suffix else ""
    loss = measure_values()["default.steam_distribution_loss_fraction"].value
    pipes = EndUseNode(
        id=f"{owner}/steam/distribution{tail}",
        participant_id=owner,
        kind=NodeKind.DISTRIBUTION,
        resource_id="steam",
        amount=steam,
        parent_id=parent.id,
        output_resource_id="steam",
        output_fraction=1.0 - loss,
    )
    left = steam * (1.0 - loss)
    total = sum(user.amount for user in users)
    scale = min(1.0, left / total) if total > 0 else 0.0
    uses = [
        _Use(user.use, user.amount * scale, (user.equipment.id,), user.equipment.source_class)
        for user in users
    ]
    if not users:
        shares = sector_shares(site, "steam").items()
        uses = [_Use(name, share * left, (), SourceClass.INFERRED) for name, share in shares]
    rest = left - sum(use.amount for use in uses)
    return [pipes, *(_steam_use(pipes, use, tail) for use in uses), *_rest(pipes, rest, suffix)]


def _steam_use(pipes: EndUseNode, use: _Use, tail: str) -> EndUseNode:
    return EndUseNode(
        id=f"{pipes.participant_id}/steam/{use.name}{tail}",
        participant_id=pipes.participant_id,
        kind=NodeKind.USE,
        resource_id="steam",
        amount=use.amount,
        parent_id=pipes.id,
        equipment_ids=use.equipment_ids,
        source_class=use.source_class,
    )

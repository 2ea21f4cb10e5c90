"""Heat in fuels and what makes it: calorific values, efficiencies, and the boiler a heat saving acts on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from parkloop.methods.steam import heat_per_tonne
from parkloop.model import EndUseGraph, EndUseNode, Equipment, Family, Input, NodeKind, Site, SourceClass
from parkloop.recp.inputs import number_input, reference_input
from parkloop.reference import measure_values, resources
from parkloop.units import GJ_PER_KWH

__all__ = [
    "HeatSource",
    "boiler_efficiency",
    "fuel_group",
    "fuel_heat_kwh",
    "heat_input",
    "heat_source",
    "steam_heat_kwh",
]

_GAS = {"natural_gas", "cng", "lng", "lpg", "biogas"}
_OIL = {"diesel", "fuel_oil", "kerosene", "gasoline"}


@dataclass(frozen=True, slots=True)
class HeatSource:
    """The node that pays for a kilowatt-hour of heat, with the inputs that convert heat to what it takes."""

    node: EndUseNode
    inputs: tuple[Input, ...]


def fuel_group(fuel: str) -> str:
    """`gas`, `oil`, `coal` or `biomass`: the group default efficiencies are given for."""
    if fuel in _GAS:
        return "gas"
    if fuel in _OIL:
        return "oil"
    found = resources().get(fuel)
    coal = (
        fuel.startswith("coal") or (found is not None and found.parent == "coal") or fuel == "petroleum_coke"
    )
    return "coal" if coal else "biomass"


def fuel_heat_kwh(resource_id: str) -> float | None:
    """Heat in one canonical unit of a carrier [kWh per unit], on net calorific value; None when unknown."""
    found = resources().get(resource_id)
    if found is None:
        return None
    if found.unit == "kWh":
        return 1.0
    if resource_id == "steam":
        return steam_heat_kwh(None)
    return found.ncv_gj_per_unit / GJ_PER_KWH if found.ncv_gj_per_unit else None


def heat_input(name: str, resource_id: str) -> Input:
    """Heat in one unit of a carrier [kWh per unit] as the input `name`, with the row it comes from."""
    note = "IAPWS-IF97 at the usual pressure" if resource_id == "steam" else ""
    row = "default.steam_pressure_bar_g" if resource_id == "steam" else f"{resource_id}-ncv"
    value = fuel_heat_kwh(resource_id) or 0.0
    if resources()[resource_id].unit == "kWh":
        return Input(name, value, "kWh", source_class=SourceClass.INFERRED, note="a kWh is a kWh")
    return Input(name, value, "kWh", reference_id=row, source_class=SourceClass.INFERRED, note=note)


def steam_heat_kwh(boiler: Equipment | None) -> float:
    """Useful heat in one tonne of steam above its feed water [kWh/t]; defaults fill what was not entered."""

    def pick(name: str) -> float:
        entered = boiler.properties.get(name) if boiler else None
        row = {"pressure_bar_g": "default.steam_pressure_bar_g"}.get(name, "default.feed_water_temperature_c")
        return float(entered) if isinstance(entered, int | float) else measure_values()[row].value

    return float(heat_per_tonne(pick("pressure_bar_g"), pick("feed_water_temperature_c")))


def boiler_efficiency(item: Equipment) -> Input:
    """Efficiency of a boiler or heater on net calorific value, as entered or by fuel group."""
    entered = number_input(item, "efficiency_fraction", "-")
    group = fuel_group(str(item.properties.get("fuel", "")))
    return entered or reference_input("efficiency_fraction", f"default.boiler_efficiency.{group}")


def heat_source(site: Site, graph: EndUseGraph, heated_by: str = "", item_id: str = "") -> HeatSource | None:
    """Where saved heat is saved: the named source, else the largest boiler, else bought steam."""
    if heated_by == "electricity":
        return _electric_source(graph, item_id)
    boilers = [item for item in site.equipment if item.kind in {"boiler", "thermal_oil_heater"}]
    named = [item for item in boilers if item.id == heated_by or item.properties.get("fuel") == heated_by]
    found = _largest(graph, named or [item for item in boilers if item.kind == "boiler"])
    if found is not None:
        item, node = found
        heat = fuel_heat_kwh(node.resource_id)
        if heat is None:
            return None
        ncv = heat_input("ncv_kwh_per_unit", node.resource_id)
        return HeatSource(node, (ncv, replace(boiler_efficiency(item), name="heat_efficiency_fraction")))
    bought = graph.supply("steam")
    if bought is None:
        return None
    heat_t = heat_input("ncv_kwh_per_unit", "steam")
    whole = Input(
        "heat_efficiency_fraction", 1.0, "-", source_class=SourceClass.INFERRED, note="bought as steam"
    )
    return HeatSource(bought, (heat_t, whole))


def _electric_source(graph: EndUseGraph, item_id: str) -> HeatSource | None:
    own = (n for n in graph.nodes if item_id in n.equipment_ids and n.resource_id == "electricity")
    supply = next(own, None) or graph.supply("electricity")
    if supply is None:
        return None
    one = Input("ncv_kwh_per_unit", 1.0, "kWh", source_class=SourceClass.INFERRED, note="a kWh is a kWh")
    whole = Input(
        "heat_efficiency_fraction", 1.0, "-", source_class=SourceClass.INFERRED, note="resistance heat"
    )
    return HeatSource(supply, (one, whole))


def _largest(graph: EndUseGraph, items: Iterable[Equipment]) -> tuple[Equipment, EndUseNode] | None:
    pairs = [
        (item, node)
        for item in items
        for node in graph.nodes
        if item.id in node.equipment_ids and node.kind in {NodeKind.CONVERSION, NodeKind.USE}
        and _is_fuel(node.resource_id)
    ]  # fmt: skip
    return max(
        pairs, key=lambda pair: pair[1].amount * (fuel_heat_kwh(pair[1].resource_id) or 0.0), default=None
    )


def _is_fuel(resource_id: str) -> bool:
    found = resources().get(resource_id)
    return found is not None and found.family is Family.FUEL

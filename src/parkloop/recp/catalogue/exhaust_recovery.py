"""Warm the fresh air of a dryer, oven or stenter with its exhaust."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop.methods.process_heat import recovered_heat
from parkloop.model import Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.heat import heat_input
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, carrier_of, cost, fuel_for_heat, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("exhaust_flow_m3_h"),
    Need("exhaust_temperature_c"),
    Need("fresh_air_temperature_c", "default.ambient_temperature_c"),
    Need("effectiveness_fraction", "exhaust.effectiveness_fraction"),
    Need("outlet_floor_c", "exhaust.outlet_floor_c"),
    Need("heat_efficiency_fraction", "exhaust.heater_efficiency_fraction"),
    Need("load_fraction", "default.load_fraction"),
)
_SUBJECT = Subject("exhaust_recovery", ("dryer", "oven_stenter"), _NEEDS)
_PLAN = Plan(
    "exhaust_recovery",
    Step.DEMAND,
    ("process_heat.recovered_heat",),
    Benefits(
        "Less oil mist and smell at the stack.",
        "Giảm hơi dầu và mùi ở ống thải.",
        "Lint and spin-finish oil foul the exchanger: washing system needed, fire risk.",
        "Xơ và dầu bám bộ trao đổi: cần hệ thống rửa, có nguy cơ cháy.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Dryers, ovens and stenters with a measured exhaust."""
    return tuple(_with_heat(item) for item in find_machines(site, _SUBJECT))


def _with_heat(finding: Finding) -> Finding:
    if not finding.node_id:
        return finding
    heat = heat_input("ncv_kwh_per_unit", carrier_of(finding))
    return replace(finding, inputs=(*finding.inputs, heat))


def _heat_kw(n: Mapping[str, float]) -> float:
    one = recovered_heat(
        n["exhaust_flow_m3_h"],
        n["exhaust_temperature_c"],
        n["fresh_air_temperature_c"],
        n["effectiveness_fraction"],
        n["outlet_floor_c"],
    )
    return float(one) * n["count"]


def quantify(finding: Finding) -> Quantity:
    """Fuel for the fresh-air heat that the exhaust gives instead, over the hours at load."""

    def saved(n: Mapping[str, float]) -> float:
        return fuel_for_heat(_heat_kw(n) * n["hours_per_a"] * min(n["load_fraction"], 1.0), n)

    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = absolute_saving(finding, _PLAN, saved)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.exhaust_recovery", _heat_kw(numbers)),))


MEASURE = SolutionType(
    id="exhaust_recovery",
    title_en="Recover heat of dryer or stenter exhaust",
    title_vi="Thu hồi nhiệt khí thải máy sấy, máy văng",
    system="process_heating",
    recp_class="on_site_recovery",
    inputs=type_inputs("oven_stenter", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("effectiveness of an air-to-air exchanger",),
    summary_en="An exchanger passes the heat of the exhaust to the fresh air.",
    summary_vi="Bộ trao đổi chuyển nhiệt khí thải sang gió tươi.",
)

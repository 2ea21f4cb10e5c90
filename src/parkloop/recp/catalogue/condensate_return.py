"""Bring more condensate back to the boiler house."""

from collections.abc import Mapping

import numpy as np

from parkloop.methods.steam import (
    ATMOSPHERE_BAR,
    liquid_enthalpy,
    saturated_vapour_enthalpy,
)
from parkloop.model import Delta, Effect, Equipment, Finding, Input, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines, graph_of
from parkloop.recp.heat import boiler_efficiency
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.recp.spread import Column, Columns, spread
from parkloop.recp.water import main_water

__all__ = ["MEASURE"]

_NEEDS = (
    Need("pressure_bar_g", "default.steam_pressure_bar_g"),
    Need("feed_water_temperature_c", "default.feed_water_temperature_c"),
    Need("make_up_temperature_c", "default.make_up_temperature_c"),
    Need("condensate_temperature_c", "default.condensate_temperature_c"),
    Need("condensate_return_fraction"),
    Need("possible_condensate_return_fraction"),
    Need("reach_fraction", "boiler.heat_of_load_fraction"),
    Need("load_fraction", "default.boiler_load_fraction"),
    Need("steam_capacity_t_h"),
)
_SUBJECT = Subject("condensate_return", ("boiler",), _NEEDS, "fuel")
_PLAN = Plan(
    "condensate_return",
    Step.CONVERSION,
    ("steam.saturated_vapour_enthalpy", "steam.liquid_enthalpy"),
    Benefits(
        "Less make-up water, less blowdown, fewer treatment chemicals.",
        "Giảm nước bổ sung, giảm xả đáy và hóa chất xử lý nước.",
        "Condensate of dirty users needs a conductivity guard.",
        "Nước ngưng từ thiết bị có nguy cơ nhiễm bẩn cần giám sát độ dẫn điện.",
    ),
)


def _more_possible(item: Equipment) -> bool:
    now = item.properties.get("condensate_return_fraction")
    then = item.properties.get("possible_condensate_return_fraction")
    return not (isinstance(now, int | float) and isinstance(then, int | float) and then <= now)


def find(site: Site) -> tuple[Finding, ...]:
    """Boilers that get less condensate back than could be piped."""
    water = main_water(graph_of(site))
    extra = (Input("water", water, "text", note="largest water supply of the site"),) if water else ()
    machines = {item.id: item for item in site.equipment}
    return tuple(
        Finding(
            type_id=item.type_id,
            participant_id=item.participant_id,
            subject_id=item.subject_id,
            inputs=(*item.inputs, boiler_efficiency(machines[item.subject_id]), *extra),
            node_id=item.node_id,
            missing=item.missing,
        )
        for item in find_machines(site, _SUBJECT, _more_possible)
    )


def _more(n: Mapping[str, float]) -> float:
    return max(0.0, n["possible_condensate_return_fraction"] - n["condensate_return_fraction"])


def _saved(n: Columns) -> Column:
    vapour = saturated_vapour_enthalpy(n["pressure_bar_g"] + ATMOSPHERE_BAR)
    feed = liquid_enthalpy(n["feed_water_temperature_c"])
    rise = liquid_enthalpy(n["condensate_temperature_c"]) - liquid_enthalpy(n["make_up_temperature_c"])
    more = np.maximum(n["possible_condensate_return_fraction"] - n["condensate_return_fraction"], 0.0)
    warmer = np.minimum(feed + n["reach_fraction"] * more * np.maximum(rise, 0.0), liquid_enthalpy(105.0))
    return 1.0 - (vapour - np.maximum(warmer, feed)) / (vapour - feed)


def _water_m3(n: Mapping[str, float]) -> float:
    steam = n["steam_capacity_t_h"] * n["load_fraction"] * n["hours_per_a"] * n["count"]
    return steam * _more(n)


def quantify(finding: Finding) -> Quantity:
    """Share of the boiler's fuel from warmer feed water, and make-up water not taken [m3]."""
    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = fraction_saving(finding, _PLAN, _saved, at_once=True)
    water = next((str(i.value) for i in finding.inputs if i.name == "water"), "")
    if deltas and water:
        saved = spread(_water_m3, finding.inputs).scaled(-1.0)
        node = f"{finding.participant_id}/{water}/supply"
        deltas = (*deltas, Delta(finding.participant_id, water, Step.DEMAND, Effect.ABSOLUTE, saved, node))
    hourly = numbers["steam_capacity_t_h"] * numbers["load_fraction"] * _more(numbers)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.condensate_return", hourly),))


MEASURE = SolutionType(
    id="condensate_return",
    title_en="Return more condensate",
    title_vi="Tăng thu hồi nước ngưng",
    system="steam",
    recp_class="on_site_recovery",
    inputs=type_inputs("boiler", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("IAPWS-IF97 heat balance",),
    summary_en="Condensate is collected and pumped back, its heat and water replace fuel and make-up.",
    summary_vi="Thu gom và bơm nước ngưng về lò, tiết kiệm nhiên liệu và nước bổ sung.",
)

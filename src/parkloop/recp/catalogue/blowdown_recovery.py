"""Take back the heat of continuous boiler blowdown."""

import numpy as np

from parkloop.methods.steam import (
    ATMOSPHERE_BAR,
    boiler_heat,
    liquid_enthalpy,
    saturated_liquid_enthalpy,
    saturated_vapour_enthalpy,
)
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("pressure_bar_g", "default.steam_pressure_bar_g"),
    Need("blowdown_fraction"),
    Need("feed_water_temperature_c", "default.feed_water_temperature_c"),
    Need("make_up_temperature_c", "default.make_up_temperature_c"),
    Need("recovery_fraction", "boiler.blowdown_recovery_fraction"),
    Need("steam_capacity_t_h"),
)
_SUBJECT = Subject("blowdown_recovery", ("boiler",), _NEEDS, "fuel")
_PLAN = Plan(
    "blowdown_recovery",
    Step.CONVERSION,
    ("steam.boiler_heat", "steam.saturated_liquid_enthalpy"),
    Benefits(
        "Cooler drain, no vapour plume at the blowdown pit.",
        "Nước xả nguội hơn, không bốc hơi ở hố xả đáy.",
        "The exchanger scales when water treatment is poor.",
        "Bộ trao đổi nhiệt bị cáu cặn nếu xử lý nước kém.",
    ),
)


def _some(item: Equipment) -> bool:
    share = item.properties.get("blowdown_fraction")
    return not isinstance(share, int | float) or share > 0


def find(site: Site) -> tuple[Finding, ...]:
    """Boilers with continuous blowdown."""
    return find_machines(site, _SUBJECT, _some)


def _saved(n: Columns) -> Column:
    pressure = n["pressure_bar_g"] + ATMOSPHERE_BAR
    drum, share = saturated_liquid_enthalpy(pressure), np.minimum(n["blowdown_fraction"], 0.5)
    vapour, feed = saturated_vapour_enthalpy(pressure), liquid_enthalpy(n["feed_water_temperature_c"])
    before = boiler_heat(1.0, vapour, feed, drum, share)
    blown = share / (1.0 - share)
    taken = n["recovery_fraction"] * blown * (drum - liquid_enthalpy(n["make_up_temperature_c"]))
    return taken / before


def quantify(finding: Finding) -> Quantity:
    """Share of the boiler's fuel: heat in the blowdown against the heat the boiler gives."""
    deltas = fraction_saving(finding, _PLAN, _saved, at_once=True)
    size = finding.number("steam_capacity_t_h")
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.blowdown_recovery", size, finding.number("count")),)
    )


MEASURE = SolutionType(
    id="blowdown_recovery",
    title_en="Recover heat of boiler blowdown",
    title_vi="Thu hồi nhiệt nước xả đáy lò hơi",
    system="steam",
    recp_class="on_site_recovery",
    inputs=type_inputs("boiler", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("IAPWS-IF97 heat balance",),
    summary_en="Flash steam goes to the deaerator, the rest of the heat to make-up water.",
    summary_vi="Hơi giãn áp về bồn khử khí, nhiệt còn lại gia nhiệt nước bổ sung.",
)

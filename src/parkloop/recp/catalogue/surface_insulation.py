"""Insulate hot walls of tanks, dyeing machines, presses and furnaces."""

from typing import Any

import numpy as np

from parkloop.methods.insulation import flat_heat_loss
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_heat_losses
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, fuel_for_heat, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_COMMON = (
    Need("area_m2"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
    Need("wind_speed_m_s", "default.wind_speed_m_s"),
    Need("proposed_thickness_mm", "insulation.thickness_mm"),
    Need("conductivity_w_mk", "insulation.conductivity_w_mk"),
    Need("bare_emissivity", "insulation.bare_emissivity"),
    Need("jacket_emissivity", "insulation.jacket_emissivity"),
)
_WALL = Subject("surface_insulation", ("hot_surface",), (*_COMMON, Need("surface_temperature_c")))
_TANK = Subject("surface_insulation", ("tank",), (*_COMMON, Need("liquid_temperature_c")))
_PLAN = Plan(
    "surface_insulation",
    Step.DEMAND,
    ("insulation.flat_heat_loss",),
    Benefits(
        "No burns, cooler workshop, steadier process temperature.",
        "Tránh bỏng, xưởng mát hơn, nhiệt độ công nghệ ổn định.",
        "Corrosion under insulation where baths splash.",
        "Ăn mòn dưới lớp bảo ôn nơi bể bắn nước.",
    ),
)


def _warm(item: Equipment) -> bool:
    level = item.properties.get("surface_temperature_c", item.properties.get("liquid_temperature_c"))
    return not isinstance(level, int | float) or level >= 45


def find(site: Site) -> tuple[Finding, ...]:
    """Bare walls at 45 degC and more."""
    return (*find_heat_losses(site, _WALL, _warm), *find_heat_losses(site, _TANK, _warm))


def _loss_w_m2(n: Columns, thickness_mm: Column) -> Column:
    wall = n["surface_temperature_c"] if "surface_temperature_c" in n else n["liquid_temperature_c"]
    emissivity = np.where(thickness_mm > 0, n["jacket_emissivity"], n["bare_emissivity"])
    surface: tuple[Any, Any] = (emissivity, n["wind_speed_m_s"])
    return flat_heat_loss(
        wall, n["ambient_temperature_c"], thickness_mm / 1000.0, n["conductivity_w_mk"], surface
    )


def _saved(n: Columns) -> Column:
    then = n["proposed_thickness_mm"]
    bare, covered = _loss_w_m2(n, np.stack([np.zeros_like(then), then]))
    watts = (bare - covered) * n["area_m2"] * n["count"]
    return fuel_for_heat(watts * n["hours_per_a"] / 1000.0, n)


def quantify(finding: Finding) -> Quantity:
    """Fuel or electricity for the heat a bare wall loses, before and after it is covered."""

    area = finding.number("area_m2") * finding.number("count")
    deltas = absolute_saving(finding, _PLAN, _saved, at_once=True)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.insulation", area),))


MEASURE = SolutionType(
    id="surface_insulation",
    title_en="Insulate hot surfaces and tanks",
    title_vi="Bảo ôn bề mặt nóng và bồn",
    system="insulation",
    recp_class="equipment_modification",
    inputs=(*type_inputs("hot_surface", _WALL.needs), *type_inputs("tank", (Need("liquid_temperature_c"),))),
    find=find,
    quantify=quantify,
    sources=("ISO 12241 (recalled)",),
    summary_en="Hot walls get mineral wool or ceramic fibre with cladding.",
    summary_vi="Bọc bông khoáng hoặc sợi gốm có vỏ cho thành nóng.",
)

"""Insulate bare steam and hot-water lines, valves and flanges."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from parkloop.methods.insulation import pipe_heat_loss
from parkloop.methods.steam import ATMOSPHERE_BAR, saturation_temperature
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_heat_losses
from parkloop.recp.inputs import Need, number_input, type_inputs
from parkloop.recp.result import Amount, Benefits, Plan, absolute_saving, cost, fuel_for_heat, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_COMMON = (
    Need("length_m"),
    Need("outside_diameter_mm"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
    Need("wind_speed_m_s", "default.wind_speed_m_s"),
    Need("proposed_thickness_mm", "insulation.thickness_mm"),
    Need("conductivity_w_mk", "insulation.conductivity_w_mk"),
    Need("bare_emissivity", "insulation.bare_emissivity"),
    Need("jacket_emissivity", "insulation.jacket_emissivity"),
    Need("valve_length_m", "insulation.valve_length_m"),
)
_HOT = (*_COMMON, Need("fluid_temperature_c"))
_STEAM = (*_COMMON, Need("pressure_bar_g"))
_PLAN = Plan(
    "line_insulation",
    Step.DISTRIBUTION,
    ("insulation.pipe_heat_loss", "steam.saturation_temperature"),
    Benefits(
        "No burns, cooler workshop.",
        "Tránh bỏng, xưởng mát hơn.",
        "Wet insulation is worse than none: cladding must stay tight.",
        "Bảo ôn ướt còn tệ hơn không bọc: vỏ bọc phải kín.",
    ),
)


def _hot(item: Equipment) -> bool:
    return "fluid_temperature_c" in item.properties


def _steam(item: Equipment) -> bool:
    return not _hot(item)


def find(site: Site) -> tuple[Finding, ...]:
    """Lines with bare or thinly covered length."""
    hot = find_heat_losses(site, Subject("line_insulation", ("steam_line",), _HOT), _hot)
    steam = find_heat_losses(site, Subject("line_insulation", ("steam_line",), _STEAM), _steam)
    machines = {item.id: item for item in site.equipment}
    return tuple(_with_extras(item, machines[item.subject_id]) for item in (*hot, *steam))


def _with_extras(finding: Finding, item: Equipment) -> Finding:
    extras = [number_input(item, name, unit) for name, unit in _EXTRAS]
    known = tuple(extra for extra in extras if extra is not None)
    return Finding(
        finding.type_id, finding.participant_id, finding.subject_id, (*finding.inputs, *known),
        finding.node_id,
        finding.note, finding.missing,
    )  # fmt: skip


_EXTRAS = (("insulation_thickness_mm", "mm"), ("bare_valve_count", "item"))


def _length(n: Mapping[str, Amount]) -> Amount:
    covered = n["length_m"]
    if "bare_valve_count" in n:
        covered = covered + n["bare_valve_count"] * n["valve_length_m"]
    return covered * n["count"]


def _loss_w_m(n: Columns, fluid: Column, thickness_mm: Column) -> Column:
    emissivity = np.where(thickness_mm > 0, n["jacket_emissivity"], n["bare_emissivity"])
    surface: tuple[Any, Any] = (emissivity, n["wind_speed_m_s"])
    return pipe_heat_loss(
        n["outside_diameter_mm"] / 1000.0,
        fluid,
        n["ambient_temperature_c"],
        thickness_mm / 1000.0,
        n["conductivity_w_mk"],
        surface,
    )


def _saved(n: Columns) -> Column:
    fluid = n.get("fluid_temperature_c")
    if fluid is None:
        fluid = saturation_temperature(n["pressure_bar_g"] + ATMOSPHERE_BAR)
    now = n.get("insulation_thickness_mm", np.zeros_like(fluid))
    bare, covered = _loss_w_m(n, fluid, np.stack([now, np.maximum(now, n["proposed_thickness_mm"])]))
    return fuel_for_heat((bare - covered) * _length(n) * n["hours_per_a"] / 1000.0, n)


def quantify(finding: Finding) -> Quantity:
    """Fuel for the heat a bare line loses, before and after it is covered."""

    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    outside = (numbers["outside_diameter_mm"] + 2 * numbers["proposed_thickness_mm"]) / 1000.0
    deltas = absolute_saving(finding, _PLAN, _saved, at_once=True)
    work = cost(finding, "cost.insulation", float(np.pi) * outside * _length(numbers))
    return quantity(finding, _PLAN, deltas, (work,))


MEASURE = SolutionType(
    id="line_insulation",
    title_en="Insulate steam lines and valves",
    title_vi="Bảo ôn đường ống và van hơi",
    system="insulation",
    recp_class="good_housekeeping",
    inputs=type_inputs("steam_line", (*_HOT, Need("pressure_bar_g"), Need("bare_valve_count"))),
    find=find,
    quantify=quantify,
    sources=("ISO 12241 (recalled)",),
    summary_en="Bare pipe, valves and flanges get mineral wool with cladding or removable jackets.",
    summary_vi="Bọc bông khoáng có vỏ hoặc áo tháo rời cho ống, van, mặt bích trần.",
)

"""Insulate the barrels of injection-moulding machines."""

from typing import Any

import numpy as np

from parkloop.methods.insulation import flat_heat_loss
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("barrel_area_m2"),
    Need("barrel_temperature_c"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
    Need("wind_speed_m_s", "default.wind_speed_m_s"),
    Need("conductivity_w_mk", "insulation.conductivity_w_mk"),
    Need("bare_emissivity", "insulation.bare_emissivity"),
    Need("jacket_emissivity", "insulation.jacket_emissivity"),
)
_SUBJECT = Subject("barrel_jacket", ("injection_machine",), _NEEDS, "electricity")
_JACKET_M = 0.02
_PLAN = Plan(
    "barrel_jacket",
    Step.DEMAND,
    ("insulation.flat_heat_loss",),
    Benefits(
        "Faster start of shift, no burns, less heat in the hall.",
        "Khởi động ca nhanh hơn, tránh bỏng, xưởng bớt nóng.",
        "Zones that must give off heat (feed throat) stay bare.",
        "Vùng cần tản nhiệt (họng cấp liệu) phải để trần.",
    ),
)


def _bare(item: Equipment) -> bool:
    area = item.properties.get("barrel_area_m2")
    return isinstance(area, int | float) and area > 0


def find(site: Site) -> tuple[Finding, ...]:
    """Injection machines with a known bare barrel."""
    return find_machines(site, _SUBJECT, _bare)


def _loss_kwh(n: Columns, thickness_m: Column) -> Column:
    emissivity = np.where(thickness_m > 0, n["jacket_emissivity"], n["bare_emissivity"])
    surface: tuple[Any, Any] = (emissivity, n["wind_speed_m_s"])
    flux = flat_heat_loss(
        n["barrel_temperature_c"],
        n["ambient_temperature_c"],
        thickness_m,
        n["conductivity_w_mk"],
        surface,
        0.3,
    )
    return flux * n["barrel_area_m2"] * n["count"] * n["hours_per_a"] / 1000.0


def _saved_kwh(n: Columns) -> Column:
    bare, covered = _loss_kwh(n, np.array([[0.0], [_JACKET_M]]))
    return np.asarray(bare - covered)


def quantify(finding: Finding) -> Quantity:
    """Heater electricity for what the bare barrel loses, before and after a 20 mm jacket."""
    deltas = absolute_saving(finding, _PLAN, _saved_kwh, at_once=True)
    area = finding.number("barrel_area_m2")
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.barrel_jacket", area, finding.number("count")),)
    )


MEASURE = SolutionType(
    id="barrel_jacket",
    title_en="Insulate injection barrels",
    title_vi="Bọc bảo ôn nòng máy ép",
    system="insulation",
    recp_class="equipment_modification",
    inputs=type_inputs("injection_machine", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("ISO 12241 (recalled)",),
    summary_en="Removable jackets cover the heater bands.",
    summary_vi="Áo bảo ôn tháo rời bọc quanh vòng nhiệt.",
)

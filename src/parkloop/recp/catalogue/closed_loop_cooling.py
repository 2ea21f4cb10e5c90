"""A cooling tower in place of cooling with water that is used once."""

from collections.abc import Mapping

from parkloop.methods.cooling import make_up, tower_evaporation
from parkloop.methods.process_heat import water_heat
from parkloop.model import Delta, Effect, Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.recp.spread import spread

__all__ = ["MEASURE"]

_NEEDS = (
    Need("water_flow_m3_h"),
    Need("temperature_rise_k"),
    Need("cycles", "tower.possible_cycles"),
    Need("latent_share", "tower.latent_share"),
    Need("electricity_per_heat", "tower.electricity_per_heat"),
)
_SUBJECT = Subject("closed_loop_cooling", ("water_point",), _NEEDS, "water")
_PLAN = Plan(
    "closed_loop_cooling",
    Step.DEMAND,
    ("cooling.tower_evaporation", "cooling.make_up"),
    Benefits(
        "Wastewater plant and well are relieved.",
        "Giảm tải trạm xử lý nước thải và giếng khai thác.",
        "A tower needs treatment against scale and Legionella, and takes some electricity.",
        "Tháp cần xử lý chống cáu cặn, Legionella và tiêu thụ thêm điện.",
    ),
)


def _once_through(item: Equipment) -> bool:
    return item.properties.get("purpose") == "once_through_cooling"


def find(site: Site) -> tuple[Finding, ...]:
    """Machines cooled with water that runs to the drain."""
    return find_machines(site, _SUBJECT, _once_through)


def _saved(n: Mapping[str, float]) -> float:
    flow = n["water_flow_m3_h"]
    evaporated = tower_evaporation(flow, n["temperature_rise_k"], n["latent_share"])
    return 1.0 - float(make_up(evaporated, n["cycles"])) / flow if flow > 0 else 0.0


def _electricity_kwh(n: Mapping[str, float]) -> float:
    heat = float(water_heat(n["water_flow_m3_h"], 0.0, n["temperature_rise_k"]))
    return heat * n["electricity_per_heat"] * n["hours_per_a"] * n["count"]


def quantify(finding: Finding) -> Quantity:
    """Share of the cooling water: make-up of a tower for the same heat; plus electricity of fan and pump."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    if deltas:
        extra = spread(_electricity_kwh, finding.inputs)
        deltas = (
            *deltas,
            Delta(finding.participant_id, "electricity", Step.DEMAND, Effect.ABSOLUTE, extra),
        )
    flow, number = finding.number("water_flow_m3_h"), finding.number("count")
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.closed_loop", flow, number),))


MEASURE = SolutionType(
    id="closed_loop_cooling",
    title_en="Closed loop in place of once-through cooling",
    title_vi="Làm mát tuần hoàn kín thay làm mát một lần",
    system="water",
    recp_class="equipment_modification",
    inputs=type_inputs("water_point", (*_NEEDS, Need("purpose"))),
    find=find,
    quantify=quantify,
    sources=("heat and salt balance of a cooling tower",),
    summary_en="The same water circulates over a tower; only evaporation and blowdown are replaced.",
    summary_vi="Nước tuần hoàn qua tháp; chỉ bù phần bay hơi và xả.",
)

"""Use the heat of an oil-flooded compressor in place of boiler heat."""

from collections.abc import Mapping

from parkloop.methods.compressed_air import recoverable_heat
from parkloop.methods.motors import input_power
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_heat_losses
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, fuel_for_heat, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("rated_power_kw"),
    Need("load_fraction", "default.load_fraction"),
    Need("efficiency_fraction", "default.motor_efficiency_fraction"),
    Need("usable_heat_demand_kw"),
    Need("heat_share", "air.heat_share"),
)
_SUBJECT = Subject("air_heat_recovery", ("air_compressor",), _NEEDS)
_PLAN = Plan(
    "air_heat_recovery",
    Step.DEMAND,
    ("compressed_air.recoverable_heat",),
    Benefits(
        "Cooler compressor room, longer oil life.",
        "Phòng máy nén mát hơn, dầu bền hơn.",
        "Less heat is left once leaks and pressure are brought down.",
        "Nhiệt thu hồi giảm sau khi sửa rò rỉ và hạ áp suất.",
    ),
)


def _wanted(item: Equipment) -> bool:
    demand = item.properties.get("usable_heat_demand_kw")
    return isinstance(demand, int | float) and demand > 0


def find(site: Site) -> tuple[Finding, ...]:
    """Compressors with a heat demand nearby that a boiler, bought steam or a heater meets today."""
    return find_heat_losses(site, _SUBJECT, _wanted)


def _heat_kw(n: Mapping[str, float]) -> float:
    power = float(input_power(n["rated_power_kw"], n["load_fraction"], n["efficiency_fraction"])) * n["count"]
    return float(recoverable_heat(power, n["heat_share"], n["usable_heat_demand_kw"]))


def quantify(finding: Finding) -> Quantity:
    """Fuel not burnt: the smaller of recoverable heat and heat demand, over the boiler's efficiency."""

    def saved(n: Mapping[str, float]) -> float:
        return fuel_for_heat(_heat_kw(n) * n["hours_per_a"], n)

    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = absolute_saving(finding, _PLAN, saved)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.air_heat_recovery", _heat_kw(numbers)),))


MEASURE = SolutionType(
    id="air_heat_recovery",
    title_en="Use the heat of the air compressor",
    title_vi="Thu hồi nhiệt máy nén khí",
    system="compressed_air",
    recp_class="on_site_recovery",
    inputs=type_inputs("air_compressor", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("energy balance of an oil-flooded screw compressor",),
    summary_en="A heat exchanger in the oil circuit warms wash water or boiler feed water.",
    summary_vi="Bộ trao đổi nhiệt trên mạch dầu gia nhiệt nước rửa hoặc nước cấp lò hơi.",
)

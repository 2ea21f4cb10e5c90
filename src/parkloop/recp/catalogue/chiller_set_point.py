"""Raise the chilled-water temperature to what its users accept."""

from collections.abc import Mapping

from parkloop.methods.cooling import compressor_power_ratio
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines, find_shares
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity, screened, screening_saving

__all__ = ["MEASURE"]

_NEEDS = (
    Need("chilled_water_temperature_c"),
    Need("possible_chilled_water_temperature_c"),
    Need("condenser_water_temperature_c"),
    Need("evaporator_approach_k", "chiller.evaporator_approach_k"),
    Need("condenser_lift_k", "chiller.condenser_lift_k"),
    Need("cooling_capacity_kw"),
)
_SUBJECT = Subject("chiller_set_point", ("chiller",), _NEEDS, "electricity")
_PLAN = Plan(
    "chiller_set_point",
    Step.CONVERSION,
    ("cooling.compressor_power_ratio",),
    Benefits(
        "Costs nothing but a trial.",
        "Gần như không tốn chi phí, chỉ cần chạy thử.",
        "Dehumidification in summer and the most demanding user set the limit.",
        "Nhu cầu khử ẩm mùa nóng và hộ yêu cầu khắt khe nhất là giới hạn.",
    ),
)


def _room_to_rise(item: Equipment) -> bool:
    now = item.properties.get("chilled_water_temperature_c")
    then = item.properties.get("possible_chilled_water_temperature_c")
    return not (isinstance(now, int | float) and isinstance(then, int | float) and then <= now)


def find(site: Site) -> tuple[Finding, ...]:
    """Chillers that make water colder than its users need."""
    return (
        *find_machines(site, _SUBJECT, _room_to_rise),
        *find_shares(site, "chiller_set_point", ("cooling",), "electricity"),
    )


def _saved(n: Mapping[str, float]) -> float:
    condensing = n["condenser_water_temperature_c"] + n["condenser_lift_k"]
    now = n["chilled_water_temperature_c"] - n["evaporator_approach_k"]
    then = max(n["possible_chilled_water_temperature_c"], n["chilled_water_temperature_c"])
    after = then - n["evaporator_approach_k"]
    return 1.0 - float(compressor_power_ratio((now, condensing), (after, condensing)))


def quantify(finding: Finding) -> Quantity:
    """Share of the chiller's electricity: COP at the present lift over COP at the smaller lift."""
    if screened(finding):
        return screening_saving(finding, _PLAN)
    deltas = fraction_saving(finding, _PLAN, _saved)
    size = finding.number("cooling_capacity_kw")
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.set_point", size, finding.number("count")),))


MEASURE = SolutionType(
    id="chiller_set_point",
    title_en="Raise the chilled-water temperature",
    title_vi="Tăng nhiệt độ nước lạnh",
    system="cooling",
    recp_class="process_control",
    inputs=type_inputs("chiller", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("Carnot ratio at constant quality of the machine",),
    summary_en="The set-point rises to the highest temperature the users accept.",
    summary_vi="Nâng nhiệt độ đặt đến mức cao nhất mà hộ tiêu thụ chấp nhận.",
)

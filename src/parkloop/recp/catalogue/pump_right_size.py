"""Put a pump of the right size and efficiency in place of an oversized or worn one."""

from collections.abc import Mapping

from parkloop.methods.pumps import hydraulic_power
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("rated_power_kw"),
    Need("load_fraction", "default.load_fraction"),
    Need("flow_m3_h"),
    Need("required_head_m"),
    Need("new_pump_efficiency_fraction", "default.new_pump_efficiency_fraction"),
)
_SUBJECT = Subject("pump_right_size", ("pump",), _NEEDS, "electricity")
_PLAN = Plan(
    "pump_right_size",
    Step.DEMAND,
    ("pumps.hydraulic_power",),
    Benefits(
        "Longer life of seals and bearings.",
        "Phớt và ổ bi bền hơn.",
        "Later growth of the flow must be asked for before the pump is chosen.",
        "Cần xác nhận nhu cầu mở rộng trước khi chọn bơm.",
    ),
)


def _measured(item: Equipment) -> bool:
    return bool({"flow_m3_h", "required_head_m", "head_m"} & set(item.properties))


def find(site: Site) -> tuple[Finding, ...]:
    """Pumps with a measured working point and a known need."""
    return find_machines(site, _SUBJECT, _measured)


def _shaft_kw(n: Mapping[str, float]) -> float:
    return float(hydraulic_power(n["flow_m3_h"], n["required_head_m"])) / n["new_pump_efficiency_fraction"]


def _saved(n: Mapping[str, float]) -> float:
    now = n["rated_power_kw"] * n["load_fraction"]
    return 1.0 - _shaft_kw(n) / now if now > 0 else 0.0


def quantify(finding: Finding) -> Quantity:
    """Share of the pump's electricity: shaft power for the need against shaft power today."""
    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = fraction_saving(finding, _PLAN, _saved)
    size = _shaft_kw(numbers) * 1.15 if deltas else 0.0
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.pump", size, finding.number("count")),))


MEASURE = SolutionType(
    id="pump_right_size",
    title_en="Pump of the right size",
    title_vi="Thay bơm đúng cỡ",
    system="pumps",
    recp_class="equipment_modification",
    inputs=type_inputs("pump", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("ANSI/HI 14.6 (recalled)",),
    summary_en="The new pump is chosen for the flow and head that are needed, at its best point.",
    summary_vi="Chọn bơm mới theo lưu lượng và cột áp thực cần, tại điểm hiệu suất cao nhất.",
)

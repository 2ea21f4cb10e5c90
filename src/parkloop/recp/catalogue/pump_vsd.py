"""Variable speed in place of throttling or by-passing a pump."""

from collections.abc import Mapping

from parkloop.methods.pumps import speed_controlled_power, throttled_power
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines, find_shares
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity, screened, screening_saving

__all__ = ["MEASURE"]

_NEEDS = (
    Need("control"),
    Need("mean_flow_fraction"),
    Need("static_fraction", "default.static_fraction"),
    Need("shut_off_head_fraction", "default.shut_off_head_fraction"),
    Need("drive_efficiency_fraction", "default.drive_efficiency_fraction"),
    Need("rated_power_kw"),
)
_MEASURED = (
    Need("control"),
    Need("throttled_fraction"),
    Need("drive_efficiency_fraction", "default.drive_efficiency_fraction"),
    Need("rated_power_kw"),
)
_PLAN = Plan(
    "pump_vsd",
    Step.DEMAND,
    ("pumps.throttled_power", "pumps.speed_controlled_power"),
    Benefits(
        "Less noise and wear, soft start, steadier pressure.",
        "Giảm ồn và mài mòn, khởi động mềm, áp suất ổn định hơn.",
        "Harmonics; motor insulation and cooling at low speed are to be checked.",
        "Sóng hài; cần kiểm tra cách điện và làm mát động cơ ở tốc độ thấp.",
    ),
)


def _throttled(item: Equipment) -> bool:
    return item.properties.get("control", "throttle") in {"throttle", "bypass"}


def _head_known(item: Equipment) -> bool:
    return _throttled(item) and "throttled_fraction" in item.properties


def _head_unknown(item: Equipment) -> bool:
    return _throttled(item) and "throttled_fraction" not in item.properties


def find(site: Site) -> tuple[Finding, ...]:
    """Pumps throttled or by-passed today; from the head lost over the valve where it was measured."""
    measured = find_machines(site, Subject("pump_vsd", ("pump",), _MEASURED, "electricity"), _head_known)
    modelled = find_machines(site, Subject("pump_vsd", ("pump",), _NEEDS, "electricity"), _head_unknown)
    return (*measured, *modelled, *find_shares(site, "pump_vsd", ("pumps",), "electricity"))


def _saved(numbers: Mapping[str, float]) -> float:
    if "throttled_fraction" in numbers:
        return 1.0 - (1.0 - numbers["throttled_fraction"]) / numbers["drive_efficiency_fraction"]
    flow, shut_off = numbers["mean_flow_fraction"], numbers["shut_off_head_fraction"]
    before = 1.0 if numbers["bypassed"] else float(throttled_power(flow, shut_off))
    after = float(speed_controlled_power(flow, numbers["static_fraction"], shut_off))
    return 1.0 - after / numbers["drive_efficiency_fraction"] / before


def quantify(finding: Finding) -> Quantity:
    """Share of the pump's electricity: shaft power throttled against shaft power at lower speed."""
    if screened(finding):
        return screening_saving(finding, _PLAN)
    bypassed = any(item.name == "control" and item.value == "bypass" for item in finding.inputs)
    deltas = fraction_saving(finding, _PLAN, lambda n: _saved({**n, "bypassed": float(bypassed)}))
    drives = cost(finding, "cost.vsd", finding.number("rated_power_kw"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (drives,))


MEASURE = SolutionType(
    id="pump_vsd",
    title_en="Variable speed in place of throttling a pump",
    title_vi="Lắp biến tần cho bơm thay van tiết lưu",
    system="pumps",
    recp_class="equipment_modification",
    inputs=type_inputs("pump", (*_NEEDS, Need("throttled_fraction"))),
    find=find,
    quantify=quantify,
    sources=("ANSI/HI 9.6.8 affinity laws (recalled)",),
    summary_en="A drive lowers the speed until the valve can stand open; the head lost there is saved.",
    summary_vi="Biến tần giảm tốc độ đến khi mở hết van; phần cột áp mất qua van được tiết kiệm.",
)

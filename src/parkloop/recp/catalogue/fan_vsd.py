"""Variable speed in place of a damper or inlet vane on a fan."""

from collections.abc import Mapping

from parkloop.methods.fans import controlled_power
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines, find_shares
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity, screened, screening_saving
from parkloop.reference.measures import fan_control

__all__ = ["MEASURE"]

_NEEDS = (
    Need("control"),
    Need("mean_flow_fraction"),
    Need("drive_efficiency_fraction", "default.drive_efficiency_fraction"),
    Need("rated_power_kw"),
)
_SUBJECT = Subject("fan_vsd", ("fan", "blower"), _NEEDS, "electricity")
_PLAN = Plan(
    "fan_vsd",
    Step.DEMAND,
    ("fans.controlled_power",),
    Benefits(
        "Less noise, soft start, air follows the process.",
        "Giảm ồn, khởi động mềm, lưu lượng gió theo nhu cầu.",
        "Dust extraction needs a lowest speed so that nothing settles in the duct.",
        "Hút bụi cần tốc độ tối thiểu để bụi không lắng trong ống.",
    ),
)


def _damped(item: Equipment) -> bool:
    return item.properties.get("control") in {"damper", "inlet_vane"}


def find(site: Site) -> tuple[Finding, ...]:
    """Fans and blowers held back by a damper or vane."""
    return (
        *find_machines(site, _SUBJECT, _damped),
        *find_shares(site, "fan_vsd", ("fans",), "electricity"),
    )


def quantify(finding: Finding) -> Quantity:
    """Share of the fan's electricity: part-flow power with the damper against lower speed."""
    if screened(finding):
        return screening_saving(finding, _PLAN)
    control = next(str(item.value) for item in finding.inputs if item.name == "control")

    def saved(n: Mapping[str, float]) -> float:
        flow = min(n["mean_flow_fraction"], 1.0)
        before = float(controlled_power(flow, fan_control(control)))
        after = float(controlled_power(flow, fan_control("vsd"))) / n["drive_efficiency_fraction"]
        return 1.0 - after / before if before > 0 else 0.0

    deltas = fraction_saving(finding, _PLAN, saved)
    drives = cost(finding, "cost.vsd", finding.number("rated_power_kw"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (drives,))


MEASURE = SolutionType(
    id="fan_vsd",
    title_en="Variable speed in place of a fan damper",
    title_vi="Lắp biến tần cho quạt thay cánh hướng",
    system="fans",
    recp_class="equipment_modification",
    inputs=type_inputs("fan", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("part-load curves of building-energy simulation (recalled)",),
    summary_en="The fan turns slower and the damper stands open.",
    summary_vi="Quạt chạy chậm lại, mở hết cánh hướng.",
)

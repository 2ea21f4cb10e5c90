"""Servo drive in place of a fixed hydraulic pump on injection machines."""

from collections.abc import Mapping

from parkloop.methods.motors import duty_power
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("rated_power_kw"),
    Need("idle_fraction", "injection.idle_fraction"),
    Need("idle_power_fraction", "injection.idle_power_fraction"),
    Need("servo_idle_power_fraction", "injection.servo_idle_power_fraction"),
    Need("servo_motion_ratio", "injection.servo_motion_ratio"),
)
_SUBJECT = Subject("injection_servo", ("injection_machine", "hydraulic_press"), _NEEDS, "electricity")
_PLAN = Plan(
    "injection_servo",
    Step.DEMAND,
    ("motors.duty_power",),
    Benefits(
        "Quieter, cooler oil, better repeatability.",
        "Êm hơn, dầu mát hơn, độ lặp lại tốt hơn.",
        "Machines near the end of their life are better replaced by all-electric ones.",
        "Máy sắp hết tuổi thọ nên thay bằng máy toàn điện.",
    ),
    ("idle_fraction",),
)


def _fixed(item: Equipment) -> bool:
    drive = item.properties.get("drive")
    return drive == "fixed_pump" or (item.kind == "hydraulic_press" and drive is None)


def find(site: Site) -> tuple[Finding, ...]:
    """Injection machines and presses with a fixed pump."""
    return find_machines(site, _SUBJECT, _fixed)


def _saved(n: Mapping[str, float]) -> float:
    before = float(duty_power(1.0 - n["idle_fraction"], 1.0, n["idle_power_fraction"]))
    after = float(
        duty_power(1.0 - n["idle_fraction"], n["servo_motion_ratio"], n["servo_idle_power_fraction"])
    )
    return 1.0 - after / before


def quantify(finding: Finding) -> Quantity:
    """Share of the pump motor's electricity: mean power over the cycle with servo against fixed pump."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    drives = cost(finding, "cost.servo_pump", finding.number("rated_power_kw"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (drives,))


MEASURE = SolutionType(
    id="injection_servo",
    title_en="Servo drive on injection machines",
    title_vi="Lắp servo cho máy ép phun",
    system="motors",
    recp_class="technology_change",
    inputs=type_inputs("injection_machine", (*_NEEDS, Need("drive"))),
    find=find,
    quantify=quantify,
    sources=("power over the cycle",),
    summary_en="The pump turns only as fast as the cycle needs oil.",
    summary_vi="Bơm chỉ quay theo nhu cầu dầu của từng pha chu kỳ.",
)

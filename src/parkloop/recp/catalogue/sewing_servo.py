"""Servo motors in place of clutch motors on sewing machines."""

from collections.abc import Mapping

from parkloop.methods.motors import duty_power
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("rated_power_kw"),
    Need("sewing_fraction", "sewing.sewing_fraction"),
    Need("idle_power_fraction", "sewing.idle_power_fraction"),
    Need("servo_idle_power_fraction", "sewing.servo_idle_power_fraction"),
    Need("servo_motion_ratio", "sewing.servo_motion_ratio"),
)
_SUBJECT = Subject("sewing_servo", ("sewing_machine",), _NEEDS, "electricity")
_PLAN = Plan(
    "sewing_servo",
    Step.DEMAND,
    ("motors.duty_power",),
    Benefits(
        "Quieter hall, less heat, needle positioning.",
        "Xưởng êm và bớt nóng, có định vị kim.",
        "Operators need a day to get used to the pedal.",
        "Công nhân cần một ngày làm quen bàn đạp.",
    ),
    ("sewing_fraction",),
)


def _clutch(item: Equipment) -> bool:
    return item.properties.get("drive") == "clutch"


def find(site: Site) -> tuple[Finding, ...]:
    """Sewing machines with clutch motors."""
    return find_machines(site, _SUBJECT, _clutch)


def _saved(n: Mapping[str, float]) -> float:
    before = float(duty_power(n["sewing_fraction"], 1.0, n["idle_power_fraction"]))
    after = float(duty_power(n["sewing_fraction"], n["servo_motion_ratio"], n["servo_idle_power_fraction"]))
    return 1.0 - after / before


def quantify(finding: Finding) -> Quantity:
    """Share of the machines' electricity: mean power over sewing and rest, servo against clutch."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.sewing_servo", finding.number("count")),))


MEASURE = SolutionType(
    id="sewing_servo",
    title_en="Servo motors on sewing machines",
    title_vi="Lắp mô tơ servo cho máy may",
    system="motors",
    recp_class="technology_change",
    inputs=type_inputs("sewing_machine", (*_NEEDS, Need("drive"))),
    find=find,
    quantify=quantify,
    sources=("power over the duty cycle",),
    summary_en="A clutch motor runs all shift; a servo runs only while sewing.",
    summary_vi="Mô tơ ly hợp chạy suốt ca; servo chỉ chạy khi may.",
)

"""An IE4 motor when a motor is due for replacement."""

import numpy as np

from parkloop.methods.motors import KW_PER_HP, exponential_curve, full_load_efficiency, part_load_efficiency
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines, find_shares
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity, screened, screening_saving
from parkloop.recp.spread import Column, Columns
from parkloop.reference.measures import motor_class, motor_curve

__all__ = ["MEASURE"]

_NEEDS = (Need("rated_power_kw"), Need("load_fraction", "default.load_fraction"))
_PLATE = (*_NEEDS, Need("efficiency_fraction"))
_CLASS = (*_NEEDS, Need("ie_class"))
_KINDS = ("motor", "pump", "fan", "blower", "vacuum_pump")
_CURVE = {"IE0": "standard", "IE1": "standard", "IE2": "energy_efficient"}
_OLD = {"IE0", "IE1", "IE2"}
_TARGET = "IE4"
_PLAN = Plan(
    "motor_high_efficiency",
    Step.DEMAND,
    ("motors.full_load_efficiency", "motors.part_load_efficiency"),
    Benefits(
        "Cooler windings, longer bearing life.",
        "Cuộn dây mát hơn, ổ bi bền hơn.",
        "Higher starting current and slightly higher speed: check protection and the driven machine.",
        "Dòng khởi động và tốc độ cao hơn một chút: kiểm tra bảo vệ và máy công tác.",
    ),
)


def _on_plate(item: Equipment) -> bool:
    if item.properties.get("ie_class", "IE1") not in _OLD:
        return False
    return "efficiency_fraction" in item.properties


def _by_class(item: Equipment) -> bool:
    return "efficiency_fraction" not in item.properties and item.properties.get("ie_class") in _OLD


def find(site: Site) -> tuple[Finding, ...]:
    """Motors below IE3, by the efficiency on the plate or else by class."""
    plate = find_machines(site, Subject("motor_high_efficiency", _KINDS, _PLATE, "electricity"), _on_plate)
    classed = find_machines(site, Subject("motor_high_efficiency", _KINDS, _CLASS, "electricity"), _by_class)
    return (*plate, *classed, *find_shares(site, "motor_high_efficiency", ("motors",), "electricity"))


def _points(horsepower: Column, full: Column, name: str) -> Column:
    """Efficiency at quarter loads of a motor of a class with a full-load efficiency `(n, 4)`."""
    points = np.empty((len(horsepower), 4))
    for size in np.unique(horsepower).tolist():
        curve = motor_curve(_CURVE.get(name, "premium"), 4, size)
        points[horsepower == size] = exponential_curve(size, curve)
    return points * (full / points[:, 3])[:, None]


def quantify(finding: Finding) -> Quantity:
    """Share of the motor's electricity: efficiency at its load against an IE4 motor's."""
    if screened(finding):
        return screening_saving(finding, _PLAN)
    name = next((str(item.value) for item in finding.inputs if item.name == "ie_class"), "IE1")
    table = motor_class("IE1" if name == "IE0" else name)

    def saved(n: Columns) -> Column:
        power, load = n["rated_power_kw"], np.maximum(n["load_fraction"], 0.05)
        stated = n.get("efficiency_fraction", np.zeros_like(power))
        full = np.where(stated != 0.0, stated, full_load_efficiency(power, *table))
        new = full_load_efficiency(power, *motor_class(_TARGET))
        size = power / KW_PER_HP
        points = np.concatenate([_points(size, full, name), _points(size, new, _TARGET)])
        before, after = part_load_efficiency(np.tile(size, 2), np.tile(load, 2), points).reshape(2, -1)
        return 1.0 - before / after

    idle = finding.number("load_fraction") <= 0
    deltas = () if idle else fraction_saving(finding, _PLAN, saved, at_once=True)
    motors = cost(finding, "cost.motor", finding.number("rated_power_kw"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (motors,))


MEASURE = SolutionType(
    id="motor_high_efficiency",
    title_en="High-efficiency motor at replacement",
    title_vi="Thay động cơ hiệu suất cao",
    system="motors",
    recp_class="equipment_modification",
    inputs=type_inputs("motor", (*_PLATE, Need("ie_class"))),
    find=find,
    quantify=quantify,
    sources=("IEC 60034-30-1:2014 (recalled)", "MEASUR part-load fits"),
    summary_en="Instead of rewinding, the motor is replaced by one of class IE4.",
    summary_vi="Thay vì quấn lại, thay bằng động cơ cấp hiệu suất IE4.",
)

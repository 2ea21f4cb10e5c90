"""Rinse in counter-current stages in place of single or parallel rinses."""

import numpy as np

from parkloop.methods.water_use import parallel_rinse_ratio, rinse_ratio
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("water_flow_m3_h"),
    Need("stages", "rinse.stages"),
    Need("proposed_stages", "rinse.proposed_stages"),
    Need("dilution_ratio", "rinse.dilution_ratio"),
    Need("reachable_fraction", "rinse.reachable_fraction"),
)
_SUBJECT = Subject("counter_current_rinse", ("rinse_line",), _NEEDS, "water")
_PLAN = Plan(
    "counter_current_rinse",
    Step.DEMAND,
    ("water_use.rinse_ratio", "water_use.parallel_rinse_ratio"),
    Benefits(
        "Stronger first rinse that can go back to the bath or to metal recovery.",
        "Nước rửa bậc đầu đậm đặc hơn, có thể bổ sung lại bể hoặc thu hồi kim loại.",
        "Needs room for one more tank; concentration of wastewater rises.",
        "Cần chỗ cho thêm bể; nồng độ nước thải tăng.",
    ),
    ("dilution_ratio",),
)


def _single(item: Equipment) -> bool:
    now, then = item.properties.get("stages"), item.properties.get("proposed_stages")
    return not (isinstance(now, int | float) and isinstance(then, int | float) and then <= now)


def find(site: Site) -> tuple[Finding, ...]:
    """Rinse lines with fewer stages than could stand there."""
    return find_machines(site, _SUBJECT, _single)


def _saved(n: Columns) -> Column:
    before = parallel_rinse_ratio(n["dilution_ratio"], n["stages"])
    stages = np.maximum(np.round(n["proposed_stages"]), np.round(n["stages"]))
    after = rinse_ratio(n["dilution_ratio"], stages)
    share = 1.0 - after / np.where(before > 0.0, before, np.inf)
    return np.where(before > 0.0, n["reachable_fraction"] * share, 0.0)


def quantify(finding: Finding) -> Quantity:
    """Share of the line's water: rinse per drag-out in counter-current against the present rinses."""
    deltas = fraction_saving(finding, _PLAN, _saved, at_once=True)
    flow, lines = finding.number("water_flow_m3_h"), finding.number("count")
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.rinse_stage", flow, lines),))


MEASURE = SolutionType(
    id="counter_current_rinse",
    title_en="Counter-current rinsing",
    title_vi="Rửa ngược dòng nhiều bậc",
    system="water",
    recp_class="equipment_modification",
    inputs=type_inputs("rinse_line", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("cascade mass balance; EU BREF Surface Treatment of Metals and Plastics (recalled)",),
    summary_en="Fresh water enters the last rinse and overflows towards the bath.",
    summary_vi="Nước sạch vào bậc cuối và chảy tràn ngược về phía bể.",
)

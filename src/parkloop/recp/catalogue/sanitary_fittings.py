"""Taps, flushes and urinals that take less water."""

from collections.abc import Mapping

from parkloop.model import Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("users"),
    Need("use_l_per_person_day"),
    Need("saving_fraction", "water.sanitary_saving_fraction"),
    Need("least_l_per_person_day", "water.sanitary_least_l"),
)
_SUBJECT = Subject("sanitary_fittings", ("sanitary_fittings",), _NEEDS, "water", timed=False)
_PLAN = Plan(
    "sanitary_fittings",
    Step.DEMAND,
    ("recp.sanitary_fittings",),
    Benefits(
        "Better hygiene with touch-free taps.",
        "Vệ sinh tốt hơn với vòi cảm ứng.",
        "Flow below 4 L/min at basins annoys people.",
        "Vòi rửa dưới 4 L/phút gây khó chịu cho người dùng.",
    ),
    ("saving_fraction",),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Sanitary blocks of workers."""
    return find_machines(site, _SUBJECT)


def _saved(n: Mapping[str, float]) -> float:
    use = n["use_l_per_person_day"]
    reachable = max(0.0, 1.0 - n["least_l_per_person_day"] / use) if use > 0 else 0.0
    return min(n["saving_fraction"], reachable)


def quantify(finding: Finding) -> Quantity:
    """Share of the water of sanitary blocks that efficient fittings save."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.sanitary", finding.number("users")),))


MEASURE = SolutionType(
    id="sanitary_fittings",
    title_en="Water-saving sanitary fittings",
    title_vi="Thiết bị vệ sinh tiết kiệm nước",
    system="water",
    recp_class="good_housekeeping",
    inputs=type_inputs("sanitary_fittings", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("practitioners' bands (recalled)",),
    summary_en="Aerators, dual flush and water-poor urinals.",
    summary_vi="Đầu tạo bọt, xả hai mức và bồn tiểu tiết kiệm nước.",
)

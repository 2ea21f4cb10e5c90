"""Put an efficient chiller in place of an old one."""

from collections.abc import Mapping

from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (Need("cop"), Need("new_cop", "chiller.new_cop"), Need("cooling_capacity_kw"))
_SUBJECT = Subject("chiller_replacement", ("chiller",), _NEEDS, "electricity")
_WORTH_IT = 4.5
_PLAN = Plan(
    "chiller_replacement",
    Step.CONVERSION,
    ("recp.chiller_replacement",),
    Benefits(
        "Refrigerant with a lower warming potential, fewer breakdowns.",
        "Môi chất có tiềm năng nóng lên thấp hơn, ít hỏng hóc.",
        "The old refrigerant must be recovered by a licensed firm.",
        "Môi chất cũ phải được đơn vị có phép thu hồi.",
    ),
)


def _weak(item: Equipment) -> bool:
    cop = item.properties.get("cop")
    return isinstance(cop, int | float) and cop < _WORTH_IT


def find(site: Site) -> tuple[Finding, ...]:
    """Chillers with a measured COP below 4.5."""
    return find_machines(site, _SUBJECT, _weak)


def _saved(n: Mapping[str, float]) -> float:
    cooling = 1.0
    before, after = cooling / n["cop"], cooling / max(n["new_cop"], n["cop"])
    return 1.0 - after / before


def quantify(finding: Finding) -> Quantity:
    """Share of the chiller's electricity: the same cooling at the COP of a new machine."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    size = finding.number("cooling_capacity_kw")
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.chiller", size, finding.number("count")),))


MEASURE = SolutionType(
    id="chiller_replacement",
    title_en="Replace the chiller",
    title_vi="Thay chiller hiệu suất cao",
    system="cooling",
    recp_class="technology_change",
    inputs=type_inputs("chiller", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("definition of COP",),
    summary_en="A magnetic-bearing or inverter-screw machine does the same cooling with less power.",
    summary_vi="Máy ổ từ hoặc trục vít biến tần làm cùng lượng lạnh với ít điện hơn.",
)

"""Let the condensing pressure of a refrigeration plant follow the weather."""

from collections.abc import Mapping

from parkloop.methods.cooling import compressor_power_ratio
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_BASE = (Need("evaporating_temperature_c"), Need("condensing_temperature_c"), Need("rated_power_kw"))
_KNOWN = (*_BASE, Need("possible_condensing_temperature_c"))
_USUAL = (*_BASE, Need("fall_k", "cooling.floating_head_k"))
_PLAN = Plan(
    "floating_head",
    Step.CONVERSION,
    ("cooling.compressor_power_ratio",),
    Benefits(
        "Lower discharge temperature, less wear.",
        "Nhiệt độ đầu đẩy thấp hơn, giảm mài mòn.",
        "Liquid feed and hot-gas defrost need a lowest pressure.",
        "Cấp lỏng và xả băng bằng hơi nóng cần áp suất tối thiểu.",
    ),
)


def _fixed(item: Equipment) -> bool:
    now = item.properties.get("condensing_temperature_c")
    then = item.properties.get("possible_condensing_temperature_c")
    return isinstance(then, int | float) and not (isinstance(now, int | float) and then >= now)


def _unknown(item: Equipment) -> bool:
    return "possible_condensing_temperature_c" not in item.properties


def find(site: Site) -> tuple[Finding, ...]:
    """Refrigeration plants that hold their condensing temperature above what the weather allows."""
    kinds = ("refrigeration_plant",)
    return (
        *find_machines(site, Subject("floating_head", kinds, _KNOWN, "electricity"), _fixed),
        *find_machines(site, Subject("floating_head", kinds, _USUAL, "electricity"), _unknown),
    )


def _saved(n: Mapping[str, float]) -> float:
    evaporating, now = n["evaporating_temperature_c"], n["condensing_temperature_c"]
    then = n["possible_condensing_temperature_c"] if "fall_k" not in n else now - n["fall_k"]
    then = min(max(then, evaporating + 15.0), now)
    return 1.0 - float(compressor_power_ratio((evaporating, now), (evaporating, then)))


def quantify(finding: Finding) -> Quantity:
    """Share of the compressors' electricity: COP at the present lift over COP at the smaller lift."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    size = finding.number("rated_power_kw")
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.floating_head", size, finding.number("count")),)
    )


MEASURE = SolutionType(
    id="floating_head",
    title_en="Let the condensing pressure float",
    title_vi="Thả nổi áp suất ngưng tụ",
    system="cooling",
    recp_class="process_control",
    inputs=type_inputs("refrigeration_plant", _KNOWN),
    find=find,
    quantify=quantify,
    sources=("Carnot ratio at constant quality of the machine",),
    summary_en="Condenser fans and pumps are controlled so that the pressure falls in cooler hours.",
    summary_vi="Điều khiển quạt và bơm dàn ngưng để áp suất giảm khi trời mát.",
)

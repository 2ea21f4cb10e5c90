"""Tune the air ratio of a furnace or kiln."""

from collections.abc import Mapping

from parkloop.methods.combustion import available_heat, oxygen_excess_air
from parkloop.model import Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.reference.measures import curve

__all__ = ["MEASURE"]

_NEEDS = (
    Need("flue_gas_temperature_c"),
    Need("flue_o2_fraction"),
    Need("combustion_air_temperature_c", "default.ambient_temperature_c"),
    Need("target_o2_fraction", "furnace.target_o2_fraction"),
    Need("rated_power_kw"),
)
_SUBJECT = Subject("furnace_air_ratio", ("furnace",), _NEEDS, "fuel")
_PLAN = Plan(
    "furnace_air_ratio",
    Step.CONVERSION,
    ("combustion.available_heat", "combustion.oxygen_excess_air"),
    Benefits(
        "Less scale and oxidation loss of the charge.",
        "Giảm vảy và hao hụt oxy hóa phôi.",
        "Air drawn in through doors looks like excess air: seal first.",
        "Gió lọt qua cửa lò dễ nhầm với gió thừa: làm kín trước.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Fuel-fired furnaces whose flue gas is measured."""
    return find_machines(site, _SUBJECT)


def _available(n: Mapping[str, float], oxygen: float) -> float:
    excess, flue = oxygen_excess_air(oxygen), n["flue_gas_temperature_c"]
    return float(available_heat(excess, flue, n["combustion_air_temperature_c"], curve("available_heat")))


def _saved(n: Mapping[str, float]) -> float:
    before = _available(n, n["flue_o2_fraction"])
    return 1.0 - before / _available(n, min(n["target_o2_fraction"], n["flue_o2_fraction"]))


def quantify(finding: Finding) -> Quantity:
    """Share of the furnace's fuel: heat left in the furnace at the present oxygen over that at the target."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    size = finding.number("rated_power_kw")
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.furnace_tuning", size, finding.number("count")),)
    )


MEASURE = SolutionType(
    id="furnace_air_ratio",
    title_en="Tune the furnace air ratio",
    title_vi="Hiệu chỉnh tỷ lệ gió lò nung",
    system="process_heating",
    recp_class="process_control",
    inputs=type_inputs("furnace", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("MEASUR available-heat fit",),
    summary_en="Burners are set to the least oxygen that burns out, furnace pressure slightly positive.",
    summary_vi="Chỉnh đầu đốt ở mức oxy thấp nhất vẫn cháy kiệt, áp suất lò hơi dương.",
)

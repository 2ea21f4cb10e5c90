"""Lower the set pressure of compressed air to what its users need."""

from collections.abc import Mapping

from parkloop.methods.compressed_air import pressure_power_ratio
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (Need("pressure_bar_g"), Need("required_pressure_bar_g"), Need("rated_power_kw"))
_SUBJECT = Subject("air_pressure", ("air_compressor",), _NEEDS, "electricity")
_PLAN = Plan(
    "air_pressure",
    Step.CONVERSION,
    ("compressed_air.pressure_power_ratio",),
    Benefits(
        "Leaks and open blowing fall with the pressure.",
        "Rò rỉ và lượng khí thổi hở giảm theo áp suất.",
        "One user with a higher need must get a booster or its own machine.",
        "Hộ tiêu thụ cần áp cao hơn phải có bộ tăng áp hoặc máy riêng.",
    ),
)


def _not_low_already(item: Equipment) -> bool:
    now, needed = item.properties.get("pressure_bar_g"), item.properties.get("required_pressure_bar_g")
    return not (isinstance(now, int | float) and isinstance(needed, int | float) and needed >= now)


def find(site: Site) -> tuple[Finding, ...]:
    """Compressors set above the pressure their users need."""
    return find_machines(site, _SUBJECT, _not_low_already)


def _saved(n: Mapping[str, float]) -> float:
    needed = min(n["required_pressure_bar_g"], n["pressure_bar_g"])
    return 1.0 - float(pressure_power_ratio(needed, n["pressure_bar_g"]))


def quantify(finding: Finding) -> Quantity:
    """Share of the compressor's electricity: work to the lower pressure against the present one."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    power = finding.number("rated_power_kw") * finding.number("count")
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.air_pressure", power),))


MEASURE = SolutionType(
    id="air_pressure",
    title_en="Lower the compressed-air pressure",
    title_vi="Giảm áp suất đặt khí nén",
    system="compressed_air",
    recp_class="process_control",
    inputs=type_inputs("air_compressor", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("isentropic compression work",),
    summary_en="The set-point goes down to the highest real need plus pipe losses.",
    summary_vi="Hạ áp suất đặt xuống mức cần thực tế cao nhất cộng tổn thất đường ống.",
)

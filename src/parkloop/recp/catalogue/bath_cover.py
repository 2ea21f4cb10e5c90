"""Cover heated open baths."""

from collections.abc import Mapping

from parkloop.methods.insulation import open_bath_loss
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_heat_losses
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, fuel_for_heat, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("open_surface_m2"),
    Need("liquid_temperature_c"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
    Need("relative_humidity", "tank.relative_humidity"),
    Need("air_speed_m_s", "tank.air_speed_m_s"),
    Need("cover_reduction_fraction", "tank.cover_reduction_fraction"),
)
_SUBJECT = Subject("bath_cover", ("tank",), _NEEDS)
_PLAN = Plan(
    "bath_cover",
    Step.DEMAND,
    ("insulation.open_bath_loss",),
    Benefits(
        "Less vapour in the hall, less extraction, less water and chemicals lost.",
        "Giảm hơi trong xưởng, giảm hút thải, giảm mất nước và hóa chất.",
        "Covers must not hinder racks and hoists.",
        "Nắp đậy không được cản giá treo và cầu trục.",
    ),
)


def _open(item: Equipment) -> bool:
    surface = item.properties.get("open_surface_m2")
    return isinstance(surface, int | float) and surface > 0


def find(site: Site) -> tuple[Finding, ...]:
    """Heated baths with an open surface."""
    return find_heat_losses(site, _SUBJECT, _open)


def _lost_kwh(n: Mapping[str, float], open_share: float) -> float:
    flux = open_bath_loss(
        n["liquid_temperature_c"], n["ambient_temperature_c"], n["relative_humidity"], n["air_speed_m_s"]
    )
    return float(flux) * n["open_surface_m2"] * n["count"] * open_share * n["hours_per_a"] / 1000.0


def quantify(finding: Finding) -> Quantity:
    """Fuel or electricity for the heat that evaporation takes, before and after covering."""

    def saved(n: Mapping[str, float]) -> float:
        return fuel_for_heat(_lost_kwh(n, 1.0) - _lost_kwh(n, 1.0 - n["cover_reduction_fraction"]), n)

    deltas = absolute_saving(finding, _PLAN, saved)
    surface = finding.number("open_surface_m2")
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.bath_cover", surface, finding.number("count")),)
    )


MEASURE = SolutionType(
    id="bath_cover",
    title_en="Cover heated baths",
    title_vi="Đậy bể gia nhiệt",
    system="insulation",
    recp_class="good_housekeeping",
    inputs=type_inputs("tank", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("Carrier's evaporation equation, ASHRAE (recalled)",),
    summary_en="Lids or floating balls stop most of the evaporation.",
    summary_vi="Nắp đậy hoặc bi nổi ngăn phần lớn bay hơi.",
)

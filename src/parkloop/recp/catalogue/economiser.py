"""An economiser that heats feed water with flue gas."""

from collections.abc import Mapping

from parkloop.methods.combustion import efficiency_after_stack_change, stack_loss
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.burning import with_burning
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("flue_gas_temperature_c"),
    Need("flue_o2_fraction"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
    Need("feed_water_temperature_c", "default.feed_water_temperature_c"),
    Need("effectiveness_fraction", "boiler.economiser_effectiveness_fraction"),
    Need("steam_capacity_t_h"),
)
_SUBJECT = Subject("economiser", ("boiler",), _NEEDS, "fuel")
_PLAN = Plan(
    "economiser",
    Step.CONVERSION,
    ("combustion.stack_loss", "combustion.efficiency_after_stack_change"),
    Benefits(
        "Feed water enters the drum warmer: less thermal stress.",
        "Nước cấp vào lò ấm hơn, giảm ứng suất nhiệt.",
        "Draught loss and corrosion below the acid dew point; soot cleaning is needed.",
        "Tăng trở lực khói và ăn mòn dưới điểm sương axit; cần vệ sinh muội.",
    ),
)


def _without(item: Equipment) -> bool:
    return item.properties.get("has_economiser") != "yes"


def find(site: Site) -> tuple[Finding, ...]:
    """Boilers without economiser whose flue gas is measured."""
    found = (with_burning(site, item) for item in find_machines(site, _SUBJECT, _without))
    return tuple(item for item in found if item is not None)


def _outlet_c(n: Mapping[str, float]) -> float:
    hot, water = n["flue_gas_temperature_c"], n["feed_water_temperature_c"]
    return min(hot, max(n["lowest_stack_c"], hot - n["effectiveness_fraction"] * (hot - water)))


def _saved(n: Mapping[str, float]) -> float:
    air, oxygen, a2, b = n["ambient_temperature_c"], n["flue_o2_fraction"], n["siegert_a2"], n["siegert_b"]
    before = float(stack_loss(n["flue_gas_temperature_c"], air, oxygen, a2, b))
    after = float(stack_loss(_outlet_c(n), air, oxygen, a2, b))
    return 1.0 - n["efficiency_fraction"] / float(
        efficiency_after_stack_change(n["efficiency_fraction"], before, after)
    )


def quantify(finding: Finding) -> Quantity:
    """Share of the boiler's fuel: stack loss at the cooled flue gas against the present one."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    work = cost(finding, "cost.economiser", finding.number("steam_capacity_t_h"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (work,))


MEASURE = SolutionType(
    id="economiser",
    title_en="Economiser on the boiler",
    title_vi="Lắp bộ economiser cho lò hơi",
    system="steam",
    recp_class="equipment_modification",
    inputs=type_inputs("boiler", (*_NEEDS, Need("has_economiser"), Need("efficiency_fraction"))),
    find=find,
    quantify=quantify,
    sources=("Siegert's formula, EN 50379 (recalled)",),
    summary_en="Flue gas heats the feed water, down to the lowest safe stack temperature.",
    summary_vi="Khói thải gia nhiệt nước cấp, xuống đến nhiệt độ khói an toàn thấp nhất.",
)

"""Preheat the combustion air of a furnace with its flue gas."""

from collections.abc import Mapping

from parkloop.methods.combustion import available_heat, oxygen_excess_air
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.heat import fuel_group
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.reference import measure_values
from parkloop.reference.measures import curve

__all__ = ["MEASURE"]

_NEEDS = (
    Need("flue_gas_temperature_c"),
    Need("flue_o2_fraction"),
    Need("combustion_air_temperature_c", "default.ambient_temperature_c"),
    Need("preheat_effectiveness_fraction", "furnace.preheat_effectiveness_fraction"),
    Need("preheat_limit_c", "furnace.preheat_limit_c"),
    Need("load_fraction", "default.load_fraction"),
    Need("rated_power_kw"),
)
_SUBJECT = Subject("recuperator", ("furnace",), _NEEDS, "fuel")
_PLAN = Plan(
    "recuperator",
    Step.CONVERSION,
    ("combustion.available_heat", "combustion.oxygen_excess_air"),
    Benefits(
        "Hotter flame, shorter heating time.",
        "Ngọn lửa nóng hơn, rút ngắn thời gian nung.",
        "Hot-air burners make more NOx; dust shortens the life of the exchanger.",
        "Đầu đốt gió nóng tăng NOx; bụi làm giảm tuổi thọ bộ trao đổi.",
    ),
)


def _hot_and_clean(item: Equipment) -> bool:
    flue = item.properties.get("flue_gas_temperature_c")
    clean = fuel_group(str(item.properties.get("fuel", ""))) in {"gas", "oil"}
    least = measure_values()["fuel.preheat_oil_gas_lowest_flue_c"].value
    return clean and (not isinstance(flue, int | float) or flue >= least)


def find(site: Site) -> tuple[Finding, ...]:
    """Gas and oil furnaces with hot flue gas and cold combustion air."""
    return find_machines(site, _SUBJECT, _hot_and_clean)


def _preheated(n: Mapping[str, float]) -> float:
    air, flue = n["combustion_air_temperature_c"], n["flue_gas_temperature_c"]
    return max(air, min(n["preheat_limit_c"], air + n["preheat_effectiveness_fraction"] * (flue - air)))


def _saved(n: Mapping[str, float]) -> float:
    excess, flue = oxygen_excess_air(n["flue_o2_fraction"]), n["flue_gas_temperature_c"]
    fit = curve("available_heat")
    before = float(available_heat(excess, flue, n["combustion_air_temperature_c"], fit))
    return 1.0 - before / float(available_heat(excess, flue, _preheated(n), fit))


def quantify(finding: Finding) -> Quantity:
    """Share of the furnace's fuel: heat left in the furnace with cold air over that with preheated air."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    heat = -deltas[0].value.best * finding.number("rated_power_kw") if deltas else 0.0
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.recuperator", heat, finding.number("count")),)
    )


MEASURE = SolutionType(
    id="recuperator",
    title_en="Preheat combustion air with flue gas",
    title_vi="Sấy gió cấp cháy bằng khói thải",
    system="process_heating",
    recp_class="equipment_modification",
    inputs=type_inputs("furnace", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("MEASUR available-heat fit",),
    summary_en="A metallic recuperator heats the combustion air, burners are changed to hot air.",
    summary_vi="Bộ thu hồi kim loại sấy nóng gió cháy, thay đầu đốt chịu gió nóng.",
)

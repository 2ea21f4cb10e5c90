"""Burn biomass in place of coal or oil."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop.model import (
    Delta,
    Effect,
    Equipment,
    Finding,
    Quantity,
    Site,
    SolutionType,
    Step,
)
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.heat import boiler_efficiency, fuel_group, heat_input
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, carrier_of, cost, fraction_saving, quantity
from parkloop.recp.spread import spread

__all__ = ["MEASURE"]

_BIOMASS = "rice_husk_pellet"
_NEEDS = (
    Need("fuel"),
    Need("steam_capacity_t_h"),
    Need("substitution_fraction", "biomass.substitution_fraction"),
    Need("new_efficiency_fraction", "biomass.efficiency_fraction"),
)
_SUBJECT = Subject("biomass_switch", ("boiler",), _NEEDS, "fuel")
_PLAN = Plan(
    "biomass_switch",
    Step.SOURCE,
    ("recp.biomass_switch",),
    Benefits(
        "Fossil emissions nearly vanish, husk ash has takers.",
        "Gần như hết phát thải hóa thạch, tro trấu có nơi tiêu thụ.",
        "Dust and NOx permit, store and fire protection, security of supply, sustainability of the source.",
        "Giấy phép bụi và NOx, kho và phòng cháy, nguồn cung ổn định và bền vững.",
    ),
)


def _fossil(item: Equipment) -> bool:
    return fuel_group(str(item.properties.get("fuel", ""))) in {"coal", "oil"}


def find(site: Site) -> tuple[Finding, ...]:
    """Coal and oil boilers."""
    machines = {item.id: item for item in site.equipment}
    return tuple(_with_heat(f, machines[f.subject_id]) for f in find_machines(site, _SUBJECT, _fossil))


def _with_heat(finding: Finding, boiler: Equipment) -> Finding:
    if not finding.node_id:
        return finding
    heats = (
        heat_input("ncv_kwh_per_unit", carrier_of(finding)),
        heat_input("biomass_kwh_per_unit", _BIOMASS),
    )
    return replace(finding, inputs=(*finding.inputs, *heats, boiler_efficiency(boiler)))


def _biomass_t(n: Mapping[str, float]) -> float:
    heat = n["node_use"] * n["substitution_fraction"] * n["ncv_kwh_per_unit"] * n["efficiency_fraction"]
    return heat / (n["biomass_kwh_per_unit"] * n["new_efficiency_fraction"])


def quantify(finding: Finding) -> Quantity:
    """Fossil fuel no longer burnt, and the biomass that gives the same steam at its own efficiency."""
    deltas = fraction_saving(finding, _PLAN, lambda n: n["substitution_fraction"])
    if deltas:
        burnt = spread(_biomass_t, finding.inputs)
        owner = finding.participant_id
        deltas = (*deltas, Delta(owner, _BIOMASS, Step.SOURCE, Effect.ABSOLUTE, burnt))
    size, number = finding.number("steam_capacity_t_h"), finding.number("count")
    costs = (
        cost(finding, "cost.biomass", size, number),
        cost(finding, "cost.biomass_opex", size, number),
    )
    return quantity(finding, _PLAN, deltas, costs)


MEASURE = SolutionType(
    id="biomass_switch",
    title_en="Replace fossil boiler fuel by biomass",
    title_vi="Chuyển nhiên liệu lò hơi sang sinh khối",
    system="steam",
    recp_class="input_change",
    inputs=type_inputs("boiler", (Need("fuel"), Need("steam_capacity_t_h"), Need("efficiency_fraction"))),
    find=find,
    quantify=quantify,
    sources=("equal steam from both fuels",),
    summary_en="Grate, feeding and dust filter are changed for rice-husk pellets.",
    summary_vi="Thay ghi lò, cấp liệu và lọc bụi để đốt viên trấu.",
)

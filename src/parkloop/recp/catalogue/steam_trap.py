"""Survey steam traps and replace those that blow through."""

from parkloop.methods.steam import heat_per_tonne, trap_leak_flow
from parkloop.model import Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_heat_losses
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, fuel_for_heat, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("trap_count"),
    Need("pressure_bar_g"),
    Need("failed_fraction", "steam.trap_failed_fraction"),
    Need("orifice_diameter_mm", "steam.trap_orifice_diameter_mm"),
    Need("discharge_coefficient", "steam.trap_discharge_coefficient"),
    Need("repairable_fraction", "steam.trap_repairable_fraction"),
    Need("feed_water_temperature_c", "default.feed_water_temperature_c"),
)
_SUBJECT = Subject("steam_trap", ("steam_trap_group",), _NEEDS)
_PLAN = Plan(
    "steam_trap",
    Step.DISTRIBUTION,
    ("steam.trap_leak_flow", "steam.heat_per_tonne"),
    Benefits(
        "Drier steam, less water hammer, lower back pressure in condensate lines.",
        "Hơi khô hơn, giảm va đập thủy lực, giảm áp ngược đường nước ngưng.",
        "Failure comes back without a yearly round.",
        "Bẫy hơi hỏng lại nếu không kiểm tra hằng năm.",
    ),
    ("failed_fraction",),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Groups of traps on steam somebody makes or buys."""
    return find_heat_losses(site, _SUBJECT)


def _lost_kwh(n: Columns, failed: Column) -> Column:
    each = trap_leak_flow(n["orifice_diameter_mm"], n["pressure_bar_g"], n["discharge_coefficient"])
    tonnes = each * failed * n["trap_count"] * n["count"] * n["hours_per_a"] / 1000.0
    return tonnes * heat_per_tonne(n["pressure_bar_g"], n["feed_water_temperature_c"])


def _saved(n: Columns) -> Column:
    left = n["failed_fraction"] * (1.0 - n["repairable_fraction"])
    return fuel_for_heat(_lost_kwh(n, n["failed_fraction"] - left), n)


def quantify(finding: Finding) -> Quantity:
    """Fuel for the live steam that failed traps let through, before and after the round."""
    traps = finding.number("trap_count") * finding.number("failed_fraction") * finding.number("count")
    deltas = absolute_saving(finding, _PLAN, _saved, at_once=True)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.steam_trap", traps),))


MEASURE = SolutionType(
    id="steam_trap",
    title_en="Survey and replace steam traps",
    title_vi="Khảo sát và thay bẫy hơi",
    system="steam",
    recp_class="good_housekeeping",
    inputs=type_inputs("steam_trap_group", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("Napier's equation", "IAPWS-IF97"),
    summary_en="Traps are tested by ultrasound and temperature; those that blow through are replaced.",
    summary_vi="Kiểm tra bẫy hơi bằng siêu âm và nhiệt độ, thay bẫy bị xì hơi.",
)

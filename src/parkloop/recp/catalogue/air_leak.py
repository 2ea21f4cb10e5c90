"""Find and repair leaks of the compressed-air net."""

import numpy as np

from parkloop.methods.compressed_air import leak_share_of_power, orifice_leak_flow
from parkloop.model import Equipment, Finding, Input, Quantity, Site, SolutionType, Step
from parkloop.recp.find import find_shares, graph_of, node_use_input
from parkloop.recp.inputs import Need, gather, number_input, reference_input, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity, screened, screening_saving
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("leak_fraction"),
    Need("leak_flow_m3_min"),
    Need("leak_count"),
    Need("leak_diameter_mm", "air.default_leak_diameter_mm"),
    Need("pressure_bar_g", "air.net_pressure_bar_g"),
)
_PLAN = Plan(
    "air_leak",
    Step.DISTRIBUTION,
    ("compressed_air.orifice_leak_flow", "compressed_air.leak_share_of_power"),
    Benefits(
        "Steadier pressure, less noise, a compressor may be switched off.",
        "Áp suất ổn định, giảm tiếng ồn, có thể ngừng bớt một máy nén.",
        "Leaks come back: repeat the survey every half year.",
        "Rò rỉ tái diễn: cần khảo sát lại mỗi sáu tháng.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """The leak survey of a site with compressors; without survey the usual share, as screening."""
    node = graph_of(site).node(f"{site.participant.id}/electricity/compressed_air")
    machines = [item for item in site.equipment if item.kind == "air_compressor"]
    if node is None or not machines:
        return find_shares(site, "air_leak", ("compressed_air",), "electricity")
    use = node_use_input(node)
    surveys = [item for item in site.equipment if item.kind == "air_leak_survey"]
    if not surveys:
        usual = reference_input("screening_fraction", "screening.air_leak")
        return (Finding("air_leak", site.participant.id, "compressed_air", (usual, use), node.id),)
    return tuple(_of_survey(item, machines, use, node.id, site) for item in surveys)


def _of_survey(survey: Equipment, machines: list[Equipment], use: Input, node_id: str, site: Site) -> Finding:
    inputs, _ = gather(survey, _NEEDS)
    largest = max(machines, key=lambda m: float(m.properties.get("rated_power_kw", 0.0) or 0.0) * m.count)
    load = number_input(largest, "load_fraction", "-")
    air = [number_input(m, "free_air_delivery_m3_min", "m3/min") for m in machines]
    total = sum(float(a.value) * m.count for a, m in zip(air, machines, strict=True) if a is not None)
    power = sum(float(m.properties.get("rated_power_kw", 0.0) or 0.0) * m.count for m in machines)
    known = {item.name for item in inputs}
    counted = "leak_flow_m3_min" in known or "leak_count" in known
    missing = () if "leak_fraction" in known or (counted and total > 0) else ("leak_fraction",)
    control = str(largest.properties.get("control", "load_unload"))
    return Finding(
        type_id="air_leak",
        participant_id=site.participant.id,
        subject_id=survey.id,
        inputs=(
            *inputs,
            load or reference_input("load_fraction", "default.load_fraction"),
            reference_input("repairable_fraction", "air.repairable_fraction"),
            reference_input("unload_power_fraction", "air.unload_power_fraction"),
            reference_input("discharge_coefficient", "air.discharge_coefficient"),
            reference_input("net_temperature_c", "air.net_temperature_c"),
            Input(
                "air_m3_min", total, "m3/min", figure_id=f"equipment/{largest.id}/free_air_delivery_m3_min"
            ),
            Input("compressor_kw", power, "kW", figure_id=f"equipment/{largest.id}/rated_power_kw"),
            Input("control", control, "text", figure_id=f"equipment/{largest.id}/control"),
            use,
        ),
        node_id=node_id,
        missing=missing,
    )


def _leak(numbers: Columns) -> Column:
    if "leak_fraction" in numbers:
        return numbers["leak_fraction"]
    flow = numbers.get("leak_flow_m3_min")
    if flow is None:
        hole = orifice_leak_flow(
            numbers["leak_diameter_mm"],
            numbers["pressure_bar_g"],
            numbers["net_temperature_c"],
            numbers["discharge_coefficient"],
        )
        flow = hole * numbers["leak_count"]
    made = numbers["air_m3_min"]
    used = np.where(made != 0.0, made, np.inf) * numbers["load_fraction"]
    return np.minimum(flow / used, 0.9)


def quantify(finding: Finding) -> Quantity:
    """Share of the compressors' electricity: air no longer lost, less what unloaded running takes."""
    if screened(finding):
        return screening_saving(finding, _PLAN)
    follows = any(item.name == "control" and item.value in {"vsd", "on_off"} for item in finding.inputs)

    def saved(n: Columns) -> Column:
        air = _leak(n) * n["repairable_fraction"]
        unload = n["unload_power_fraction"]
        return leak_share_of_power(air, unload, 0.0 if follows else 1.0, n["load_fraction"])

    deltas = fraction_saving(finding, _PLAN, saved, at_once=True)
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.air_leak", finding.number("compressor_kw")),)
    )


MEASURE = SolutionType(
    id="air_leak",
    title_en="Repair compressed-air leaks",
    title_vi="Sửa rò rỉ khí nén",
    system="compressed_air",
    recp_class="good_housekeeping",
    inputs=type_inputs("air_leak_survey", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("ISO 11011:2013 (recalled)", "isentropic nozzle flow"),
    summary_en="Leaks found with ultrasound are sealed and the survey is repeated.",
    summary_vi="Dò rò rỉ bằng siêu âm, làm kín và khảo sát lại định kỳ.",
)

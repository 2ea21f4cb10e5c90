"""Find and repair leaks of the water network inside the fence."""

from collections.abc import Mapping

from parkloop.methods.water_use import night_leak
from parkloop.model import Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import graph_of, node_use_input
from parkloop.recp.inputs import Need, gather, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, quantity
from parkloop.recp.water import water_supply

__all__ = ["MEASURE"]

_NEEDS = (
    Need("night_flow_m3_h"),
    Need("legitimate_night_flow_m3_h"),
    Need("leak_hours_per_day", "water.leak_hours_per_day"),
    Need("repairable_fraction", "water.leak_repairable_fraction"),
)
_PLAN = Plan(
    "water_leak",
    Step.DISTRIBUTION,
    ("water_use.night_leak",),
    Benefits(
        "Drier ground, steadier pressure.",
        "Nền khô ráo, áp lực nước ổn định.",
        "Leaks come back: watch the night flow every week.",
        "Rò rỉ tái diễn: theo dõi lưu lượng đêm hằng tuần.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Water networks with a measured night flow."""
    supply = water_supply(graph_of(site))
    found = []
    for item in site.equipment:
        if item.kind != "water_network":
            continue
        inputs, missing = gather(item, _NEEDS)
        use = (node_use_input(supply),) if supply else ()
        found.append(
            Finding(
                type_id="water_leak",
                participant_id=site.participant.id,
                subject_id=item.id,
                inputs=(*inputs, *use),
                node_id=supply.id if supply else "",
                missing=missing if supply else (*missing, "yearly_use"),
            )
        )
    return tuple(found)


def _lost_m3(n: Mapping[str, float]) -> float:
    return float(night_leak(n["night_flow_m3_h"], n["legitimate_night_flow_m3_h"], n["leak_hours_per_day"]))


def quantify(finding: Finding) -> Quantity:
    """Water that leaks day and night, less what stays after repair."""

    def saved(n: Mapping[str, float]) -> float:
        return _lost_m3(n) - _lost_m3(n) * (1.0 - n["repairable_fraction"])

    leak = finding.number("night_flow_m3_h") - finding.number("legitimate_night_flow_m3_h")
    deltas = absolute_saving(finding, _PLAN, saved)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.water_leak", leak),))


MEASURE = SolutionType(
    id="water_leak",
    title_en="Find and repair water leaks",
    title_vi="Dò và sửa rò rỉ nước",
    system="water",
    recp_class="good_housekeeping",
    inputs=type_inputs("water_network", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("minimum night flow, IWA (recalled)",),
    summary_en="Night flow shows the leak, listening and step tests find the place.",
    summary_vi="Lưu lượng đêm cho biết mức rò, nghe âm và thử từng đoạn để định vị.",
)

"""Press wastewater sludge drier, so that less of it is hauled and treated."""

from collections.abc import Mapping

from parkloop.model import Delta, Effect, Finding, Flow, Input, Quantity, Site, SolutionType, Step, TypeInput
from parkloop.recp.flows import flow_input, waste_flows
from parkloop.recp.inputs import reference_input
from parkloop.recp.result import Benefits, Plan, cost, quantity
from parkloop.recp.spread import spread

__all__ = ["MEASURE"]

_SLUDGE = {"wastewater_sludge", "plating_sludge", "paper_sludge"}
_PLAN = Plan(
    "sludge_press",
    Step.DEMAND,
    ("recp.sludge_press",),
    Benefits(
        "Fewer lorries, less leachate and smell.",
        "Ít chuyến xe, giảm nước rỉ và mùi.",
        "Filtrate goes back to the plant: its nitrogen load rises.",
        "Nước lọc quay về trạm: tải lượng nitơ tăng.",
    ),
    ("dry_solids_fraction",),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Wet sludge that leaves the site."""
    return tuple(_of_flow(flow) for flow in waste_flows(site, _SLUDGE))


def _of_flow(flow: Flow) -> Finding:
    moisture = flow.quality.moisture_fraction
    dry = reference_input("dry_solids_fraction", "sludge.dry_solids_fraction")
    if moisture is not None:
        figure = f"flow/{flow.id}/quality.moisture_fraction"
        dry = Input("dry_solids_fraction", 1.0 - moisture, "-", figure, note="1 minus moisture")
    return Finding(
        type_id="sludge_press",
        participant_id=flow.participant_id,
        subject_id=flow.id,
        inputs=(
            flow_input(flow, "sludge_t"),
            dry,
            Input("resource", flow.resource_id, "text", f"flow/{flow.id}/resource_id"),
            Input("fate", flow.fate.value, "text", f"flow/{flow.id}/fate"),
            reference_input("new_dry_solids_fraction", "sludge.new_dry_solids_fraction"),
            reference_input("press_kwh_per_t", "sludge.press_kwh_per_t"),
        ),
        node_id=f"flow/{flow.id}",
    )


def _water_t(n: Mapping[str, float]) -> float:
    drier = max(n["new_dry_solids_fraction"], n["dry_solids_fraction"])
    return n["sludge_t"] * (1.0 - n["dry_solids_fraction"] / drier)


def quantify(finding: Finding) -> Quantity:
    """Water pressed out: the dry solids stay, their share rises; plus electricity of the press."""
    water = spread(_water_t, finding.inputs, finding.number("sludge_t"))
    if water.best <= 0:
        return quantity(finding, _PLAN, (), ())
    words = {i.name: str(i.value) for i in finding.inputs if isinstance(i.value, str)}
    owner, sludge = finding.participant_id, finding.number("sludge_t")
    power = spread(lambda n: n["sludge_t"] * n["press_kwh_per_t"], finding.inputs)
    less, resource = water.scaled(-1.0), words["resource"]
    deltas = (
        Delta(owner, resource, Step.DEMAND, Effect.ABSOLUTE, less, finding.node_id, sludge, words["fate"]),
        Delta(owner, "electricity", Step.DEMAND, Effect.ABSOLUTE, power),
    )
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.sludge_press", sludge),))


MEASURE = SolutionType(
    id="sludge_press",
    title_en="Dewater sludge further",
    title_vi="Ép bùn khô hơn",
    system="wastewater",
    recp_class="equipment_modification",
    inputs=(TypeInput("sludge_t", "t", "Wet sludge", "Bùn ướt", 0.0),),
    find=find,
    quantify=quantify,
    sources=("mass balance of dry solids",),
    summary_en="A membrane press takes the sludge from about 20 to 35 % dry solids.",
    summary_vi="Máy ép màng nâng chất khô của bùn từ khoảng 20 lên 35 %.",
)

"""Grind clean plastic waste and feed it back."""

from collections.abc import Mapping

from parkloop.model import (
    Delta,
    Direction,
    Effect,
    Finding,
    Input,
    Quantity,
    Site,
    SolutionType,
    Step,
    TypeInput,
)
from parkloop.recp.flows import flow_input, waste_flows
from parkloop.recp.inputs import reference_input
from parkloop.recp.result import Benefits, Plan, cost, quantity
from parkloop.recp.spread import spread

__all__ = ["MEASURE"]

_WASTE = {"waste_plastic_pe", "waste_plastic_pet", "waste_plastic_mixed"}
_RESIN = "plastic_resin"
_PLAN = Plan(
    "plastic_regrind",
    Step.DEMAND,
    ("recp.plastic_regrind",),
    Benefits(
        "Less waste to store and haul.",
        "Giảm lưu chứa và vận chuyển chất thải.",
        "Colours and resins must be kept apart; some products admit no regrind.",
        "Phải tách màu và loại nhựa; một số sản phẩm không cho phép dùng nhựa nghiền.",
    ),
    ("regrind_fraction",),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Plastic thrown away by a site that buys resin."""
    bought = [
        flow
        for flow in site.flows
        if flow.direction is Direction.IN
        and flow.resource_id == _RESIN
        and flow.participant_id == site.participant.id
        and flow.period.start.year == site.year
    ]
    if not bought:
        return ()
    resin = sum(flow.amount.value for flow in bought)
    return tuple(
        Finding(
            type_id="plastic_regrind",
            participant_id=site.participant.id,
            subject_id=flow.id,
            inputs=(
                flow_input(flow, "waste_t"),
                Input("resin_t", resin, "t", f"flow/{bought[0].id}/amount"),
                Input("resource", flow.resource_id, "text", f"flow/{flow.id}/resource_id"),
                Input("fate", flow.fate.value, "text", f"flow/{flow.id}/fate"),
                reference_input("regrind_fraction", "plastic.regrind_fraction"),
                reference_input("resin_cap_fraction", "plastic.resin_cap_fraction"),
                reference_input("granulator_kwh_per_t", "plastic.granulator_kwh_per_t"),
            ),
            node_id=f"flow/{flow.id}",
        )
        for flow in waste_flows(site, _WASTE)
    )


def _ground_t(n: Mapping[str, float]) -> float:
    return min(n["waste_t"] * n["regrind_fraction"], n["resin_t"] * n["resin_cap_fraction"])


def quantify(finding: Finding) -> Quantity:
    """Resin not bought and waste not thrown away, tonne for tonne; plus electricity of the granulator."""
    ground = spread(_ground_t, finding.inputs, finding.number("waste_t"))
    if ground.best <= 0:
        return quantity(finding, _PLAN, (), ())
    words = {i.name: str(i.value) for i in finding.inputs if isinstance(i.value, str)}
    owner, waste = finding.participant_id, finding.number("waste_t")
    power = spread(lambda n: _ground_t(n) * n["granulator_kwh_per_t"], finding.inputs)
    less, resource = ground.scaled(-1.0), words["resource"]
    deltas = (
        Delta(
            owner,
            resource,
            Step.DEMAND,
            Effect.ABSOLUTE,
            less,
            finding.node_id,
            waste,
            words["fate"],
        ),
        Delta(owner, _RESIN, Step.DEMAND, Effect.ABSOLUTE, less, cap=finding.number("resin_t")),
        Delta(owner, "electricity", Step.DEMAND, Effect.ABSOLUTE, power),
    )
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.regrind", ground.best),))


MEASURE = SolutionType(
    id="plastic_regrind",
    title_en="Regrind clean plastic waste",
    title_vi="Nghiền tái sử dụng nhựa phế sạch",
    system="materials",
    recp_class="on_site_recovery",
    inputs=(TypeInput("waste_t", "t", "Plastic thrown away", "Nhựa thải bỏ", 0.0),),
    find=find,
    quantify=quantify,
    sources=("mass balance",),
    summary_en="Runners and rejects are ground beside the machine and dosed with new resin.",
    summary_vi="Cuống keo và hàng lỗi được nghiền tại máy và phối với nhựa mới.",
)

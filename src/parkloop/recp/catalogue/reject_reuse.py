"""Use the reject of reverse osmosis where clean water is wasted today."""

from collections.abc import Mapping

from parkloop.methods.water_use import reject_flow
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("feed_m3_h"),
    Need("recovery_fraction", "ro.recovery_fraction"),
    Need("reject_reused_fraction"),
    Need("reusable_fraction", "ro.reusable_fraction"),
)
_SUBJECT = Subject("reject_reuse", ("reverse_osmosis",), _NEEDS, "water")
_PLAN = Plan(
    "reject_reuse",
    Step.DEMAND,
    ("water_use.reject_flow",),
    Benefits(
        "Less wastewater to the sewer.",
        "Giảm nước thải ra cống.",
        "Salts are twice to four times those of the feed: not for boilers or towers without a check.",
        "Muối cao gấp 2-4 lần nước cấp: không dùng cho lò hơi, tháp nếu chưa kiểm tra.",
    ),
)


def _drained(item: Equipment) -> bool:
    share = item.properties.get("reject_reused_fraction")
    return not isinstance(share, int | float) or share < 0.5


def find(site: Site) -> tuple[Finding, ...]:
    """Reverse-osmosis units that drain most of their reject."""
    return find_machines(site, _SUBJECT, _drained)


def _saved(n: Mapping[str, float]) -> float:
    return max(0.0, n["reusable_fraction"] - n["reject_reused_fraction"])


def quantify(finding: Finding) -> Quantity:
    """Share of the reject that goes to wash-down, scrubbers and toilets in place of supply water."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    numbers: Mapping[str, float] = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    flow = float(reject_flow(numbers["feed_m3_h"], numbers["recovery_fraction"])) * _saved(numbers)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.reject_reuse", flow, numbers["count"]),))


MEASURE = SolutionType(
    id="reject_reuse",
    title_en="Use the reject of reverse osmosis",
    title_vi="Tái sử dụng nước thải RO",
    system="water",
    recp_class="on_site_recovery",
    inputs=type_inputs("reverse_osmosis", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("mass balance of a membrane unit",),
    summary_en="A tank and pump bring the reject to uses that tolerate its salts.",
    summary_vi="Bồn và bơm đưa nước thải RO đến nơi chấp nhận được hàm lượng muối.",
)

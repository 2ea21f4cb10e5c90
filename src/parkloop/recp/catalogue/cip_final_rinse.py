"""Keep the final rinse of a cleaning cycle as pre-rinse of the next."""

from collections.abc import Mapping

from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("cycles_per_a"),
    Need("final_rinse_m3_per_cycle"),
    Need("pre_rinse_m3_per_cycle"),
    Need("recovered_fraction", "cip.recovered_fraction"),
    Need("recoverable_fraction", "cip.recoverable_fraction"),
)
_SUBJECT = Subject("cip_final_rinse", ("cip_station",), _NEEDS, "water", timed=False)
_PLAN = Plan(
    "cip_final_rinse",
    Step.DEMAND,
    ("recp.cip_final_rinse",),
    Benefits(
        "Less wastewater, some caustic and heat come back with the rinse.",
        "Giảm nước thải, thu lại một phần xút và nhiệt.",
        "The recovered rinse must be used within a day for hygiene.",
        "Nước thu hồi phải dùng trong ngày để bảo đảm vệ sinh.",
    ),
)


def _some_left(item: Equipment) -> bool:
    share = item.properties.get("recovered_fraction")
    return not isinstance(share, int | float) or share < 0.5


def find(site: Site) -> tuple[Finding, ...]:
    """Cleaning stations that drain most of their final rinse."""
    return find_machines(site, _SUBJECT, _some_left)


def _fresh_m3(n: Mapping[str, float], recovered: float) -> float:
    kept = min(n["final_rinse_m3_per_cycle"] * recovered, n["pre_rinse_m3_per_cycle"])
    return n["final_rinse_m3_per_cycle"] + n["pre_rinse_m3_per_cycle"] - kept


def _saved(n: Mapping[str, float]) -> float:
    before = _fresh_m3(n, n["recovered_fraction"])
    after = _fresh_m3(n, max(n["recoverable_fraction"], n["recovered_fraction"]))
    return 1.0 - after / before if before > 0 else 0.0


def quantify(finding: Finding) -> Quantity:
    """Share of the station's water: final rinse kept for the next pre-rinse, at most what that takes."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    volume = finding.number("final_rinse_m3_per_cycle")
    tank = cost(finding, "cost.cip_tank", volume, finding.number("count"))
    return quantity(finding, _PLAN, deltas, (tank,))


MEASURE = SolutionType(
    id="cip_final_rinse",
    title_en="Reuse the final rinse of cleaning in place",
    title_vi="Tái sử dụng nước tráng cuối CIP",
    system="water",
    recp_class="on_site_recovery",
    inputs=type_inputs("cip_station", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("water balance of a cleaning cycle",),
    summary_en="A tank keeps the final rinse; conductivity decides what is clean enough.",
    summary_vi="Bồn chứa giữ nước tráng cuối; độ dẫn điện quyết định phần đủ sạch.",
)

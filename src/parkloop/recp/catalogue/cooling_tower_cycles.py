"""Run a cooling tower at more cycles of concentration."""

from collections.abc import Mapping

from parkloop.methods.cooling import make_up, tower_evaporation
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity

__all__ = ["MEASURE"]

_NEEDS = (
    Need("circulation_m3_h"),
    Need("load_fraction", "default.load_fraction"),
    Need("temperature_range_k", "tower.temperature_range_k"),
    Need("cycles_of_concentration", "tower.cycles_of_concentration"),
    Need("possible_cycles", "tower.possible_cycles"),
    Need("drift_fraction", "tower.drift_fraction"),
    Need("latent_share", "tower.latent_share"),
)
_SUBJECT = Subject("cooling_tower_cycles", ("cooling_tower",), _NEEDS, "water")
_PLAN = Plan(
    "cooling_tower_cycles",
    Step.DEMAND,
    ("cooling.tower_evaporation", "cooling.make_up"),
    Benefits(
        "Less blowdown to the sewer, fewer chemicals lost with it.",
        "Giảm nước xả ra cống và hóa chất mất theo.",
        "Silica, hardness and Legionella set the limit: water analysis first.",
        "Silic, độ cứng và Legionella là giới hạn: cần phân tích nước trước.",
    ),
    ("cycles_of_concentration",),
)


def _more_possible(item: Equipment) -> bool:
    now, then = item.properties.get("cycles_of_concentration"), item.properties.get("possible_cycles")
    return not (isinstance(now, int | float) and isinstance(then, int | float) and then <= now)


def find(site: Site) -> tuple[Finding, ...]:
    """Cooling towers that blow down more than their water demands."""
    return find_machines(site, _SUBJECT, _more_possible)


def _make_up(n: Mapping[str, float], cycles: float) -> float:
    circulation = n["circulation_m3_h"] * n["load_fraction"]
    evaporated = tower_evaporation(circulation, n["temperature_range_k"], n["latent_share"])
    return float(make_up(evaporated, cycles, circulation * n["drift_fraction"]))


def _saved(n: Mapping[str, float]) -> float:
    before = _make_up(n, n["cycles_of_concentration"])
    after = _make_up(n, max(n["possible_cycles"], n["cycles_of_concentration"]))
    return 1.0 - after / before if before > 0 else 0.0


def quantify(finding: Finding) -> Quantity:
    """Share of the tower's make-up: E C / (C - 1) at more cycles against the present ones."""
    deltas = fraction_saving(finding, _PLAN, _saved)
    size = finding.number("circulation_m3_h") * finding.number("count")
    costs = (
        cost(finding, "cost.tower_treatment", size),
        cost(finding, "cost.tower_treatment_opex", size),
    )
    return quantity(finding, _PLAN, deltas, costs)


MEASURE = SolutionType(
    id="cooling_tower_cycles",
    title_en="More cycles of concentration in the cooling tower",
    title_vi="Tăng số vòng cô đặc tháp giải nhiệt",
    system="water",
    recp_class="process_control",
    inputs=type_inputs("cooling_tower", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("salt balance of a cooling tower",),
    summary_en="A conductivity controller opens the blowdown; treatment keeps scale and growth down.",
    summary_vi="Bộ điều khiển độ dẫn điện mở van xả; xử lý nước ngăn cáu cặn và vi sinh.",
)

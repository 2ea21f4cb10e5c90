"""LED luminaires of the same light."""

from collections.abc import Mapping

from parkloop.methods.lighting import lighting_energy
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines, find_shares
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity, screened, screening_saving

__all__ = ["MEASURE"]

_CHOSEN = (Need("lamp_power_w"), Need("led_power_w"))
_USUAL = (Need("lamp_power_w"), Need("power_ratio", "led.power_ratio"))
_PLAN = Plan(
    "led_lighting",
    Step.DEMAND,
    ("lighting.lighting_energy",),
    Benefits(
        "Better light, fewer lamp changes, less heat in cooled rooms, no mercury.",
        "Ánh sáng tốt hơn, ít thay bóng, bớt nhiệt trong phòng lạnh, không thủy ngân.",
        "Old lamps with mercury are hazardous waste.",
        "Bóng cũ chứa thủy ngân là chất thải nguy hại.",
    ),
)


def _old(item: Equipment) -> bool:
    return item.properties.get("lamp_type") != "led"


def _chosen(item: Equipment) -> bool:
    return _old(item) and "led_power_w" in item.properties


def _not_chosen(item: Equipment) -> bool:
    return _old(item) and "led_power_w" not in item.properties


def find(site: Site) -> tuple[Finding, ...]:
    """Groups of luminaires that are not LED."""
    return (
        *find_machines(site, Subject("led_lighting", ("lighting_group",), _CHOSEN, "electricity"), _chosen),
        *find_machines(
            site, Subject("led_lighting", ("lighting_group",), _USUAL, "electricity"), _not_chosen
        ),
        *find_shares(site, "led_lighting", ("lighting",), "electricity"),
    )


def _led_w(n: Mapping[str, float]) -> float:
    return n["led_power_w"] if "led_power_w" in n else n["lamp_power_w"] * n["power_ratio"]


def quantify(finding: Finding) -> Quantity:
    """Share of the group's electricity: LED against present luminaires, hours alike."""
    if screened(finding):
        return screening_saving(finding, _PLAN)

    def saved(n: Mapping[str, float]) -> float:
        before = float(lighting_energy(n["count"], n["lamp_power_w"], n["hours_per_a"]))
        after = float(lighting_energy(n["count"], _led_w(n), n["hours_per_a"]))
        return 1.0 - after / before if before > 0 else 0.0

    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = fraction_saving(finding, _PLAN, saved)
    return quantity(finding, _PLAN, deltas, (cost(finding, "cost.led", _led_w(numbers) * numbers["count"]),))


MEASURE = SolutionType(
    id="led_lighting",
    title_en="LED lighting",
    title_vi="Chuyển sang đèn LED",
    system="lighting",
    recp_class="equipment_modification",
    inputs=type_inputs("lighting_group", (*_CHOSEN, Need("lamp_type"))),
    find=find,
    quantify=quantify,
    sources=("EN 15193-1 (recalled)",),
    summary_en="Luminaires are replaced by LED of equal illuminance.",
    summary_vi="Thay bộ đèn hiện có bằng đèn LED cùng độ rọi.",
)

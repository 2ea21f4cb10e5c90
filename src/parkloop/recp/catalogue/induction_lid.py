"""Keep the lid of an induction or arc furnace closed."""

from parkloop.methods.process_heat import opening_loss
from parkloop.model import Equipment, Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("bath_surface_m2"),
    Need("bath_temperature_c"),
    Need("lid_open_fraction", "induction.lid_open_fraction"),
    Need("closed_fraction", "induction.lid_closed_fraction"),
    Need("bath_emissivity", "induction.bath_emissivity"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
)
_SUBJECT = Subject("induction_lid", ("induction_furnace",), _NEEDS, "electricity")
_PLAN = Plan(
    "induction_lid",
    Step.DEMAND,
    ("process_heat.opening_loss",),
    Benefits(
        "Less fume and radiant heat on the workers.",
        "Giảm khói và bức xạ nhiệt lên công nhân.",
        "The lid must open fast for charging and must not touch slag build-up.",
        "Nắp phải mở nhanh khi nạp liệu, không chạm xỉ bám.",
    ),
    ("lid_open_fraction",),
)


def _open(item: Equipment) -> bool:
    share = item.properties.get("lid_open_fraction")
    return not isinstance(share, int | float) or share > 0


def find(site: Site) -> tuple[Finding, ...]:
    """Electric melting furnaces that stand open part of the time."""
    return find_machines(site, _SUBJECT, _open)


def _lost_kwh(n: Columns, open_share: Column) -> Column:
    radiated = opening_loss(
        n["bath_surface_m2"], n["bath_temperature_c"], n["ambient_temperature_c"], n["bath_emissivity"], 1.0
    )
    return radiated * open_share * n["hours_per_a"] * n["count"]


def quantify(finding: Finding) -> Quantity:
    """Electricity that made up for radiation from the open bath, before and after."""

    def saved(n: Columns) -> Column:
        left = n["lid_open_fraction"] * (1.0 - n["closed_fraction"])
        return _lost_kwh(n, n["lid_open_fraction"]) - _lost_kwh(n, left)

    deltas = absolute_saving(finding, _PLAN, saved, at_once=True)
    work = cost(finding, "cost.furnace_lid", finding.number("bath_surface_m2"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (work,))


MEASURE = SolutionType(
    id="induction_lid",
    title_en="Keep the furnace lid closed",
    title_vi="Đóng nắp lò cảm ứng",
    system="process_heating",
    recp_class="good_housekeeping",
    inputs=type_inputs("induction_furnace", _NEEDS),
    find=find,
    quantify=quantify,
    sources=("Stefan-Boltzmann radiation",),
    summary_en="A driven, lined lid covers the bath except while charging and sampling.",
    summary_vi="Nắp có lót cách nhiệt và dẫn động, chỉ mở khi nạp liệu và lấy mẫu.",
)

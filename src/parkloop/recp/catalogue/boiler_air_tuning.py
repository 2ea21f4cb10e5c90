"""Bring the excess air of a boiler down to what a tuned burner or grate needs."""

import numpy as np

from parkloop.methods.combustion import efficiency_after_stack_change, stack_loss
from parkloop.model import Finding, Quantity, Site, SolutionType, Step
from parkloop.recp.burning import with_burning
from parkloop.recp.find import Subject, find_machines
from parkloop.recp.inputs import Need, type_inputs
from parkloop.recp.result import Benefits, Plan, cost, fraction_saving, quantity
from parkloop.recp.spread import Column, Columns

__all__ = ["MEASURE"]

_NEEDS = (
    Need("flue_gas_temperature_c"),
    Need("flue_o2_fraction"),
    Need("ambient_temperature_c", "default.ambient_temperature_c"),
    Need("steam_capacity_t_h"),
)
_SUBJECT = Subject("boiler_air_tuning", ("boiler",), _NEEDS, "fuel")
_PLAN = Plan(
    "boiler_air_tuning",
    Step.CONVERSION,
    ("combustion.stack_loss", "combustion.efficiency_after_stack_change"),
    Benefits(
        "Less dust and NOx, steadier flame.",
        "Giảm bụi và NOx, ngọn lửa ổn định hơn.",
        "Too little air makes carbon monoxide and soot: tune with CO measured.",
        "Thiếu gió sinh CO và muội: phải đo CO khi hiệu chỉnh.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Boilers whose flue gas holds more oxygen than a tuned one."""
    found = (with_burning(site, item) for item in find_machines(site, _SUBJECT))
    return tuple(item for item in found if item is not None)


def _saved(n: Columns) -> Column:
    target = np.minimum(n["target_o2_fraction"], n["flue_o2_fraction"])
    flue, air = n["flue_gas_temperature_c"], n["ambient_temperature_c"]
    before = stack_loss(flue, air, n["flue_o2_fraction"], n["siegert_a2"], n["siegert_b"])
    after = stack_loss(flue, air, target, n["siegert_a2"], n["siegert_b"])
    now = n["efficiency_fraction"]
    return 1.0 - now / efficiency_after_stack_change(now, before, after)


def quantify(finding: Finding) -> Quantity:
    """Share of the boiler's fuel: efficiency today over efficiency with the stack loss of a tuned burner."""
    deltas = fraction_saving(finding, _PLAN, _saved, at_once=True)
    work = cost(finding, "cost.boiler_tuning", finding.number("steam_capacity_t_h"), finding.number("count"))
    return quantity(finding, _PLAN, deltas, (work,))


MEASURE = SolutionType(
    id="boiler_air_tuning",
    title_en="Tune the boiler's excess air",
    title_vi="Hiệu chỉnh hệ số không khí thừa lò hơi",
    system="steam",
    recp_class="process_control",
    inputs=type_inputs("boiler", (*_NEEDS, Need("efficiency_fraction"))),
    find=find,
    quantify=quantify,
    sources=("Siegert's formula, EN 50379 (recalled)",),
    summary_en="Air and fuel are set by flue-gas analysis and kept by an oxygen signal.",
    summary_vi="Chỉnh gió và nhiên liệu theo phân tích khói, duy trì bằng tín hiệu oxy.",
)
